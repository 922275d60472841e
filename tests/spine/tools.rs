//! The tools of other people that the tests run.
//!
//! A tool that is absent is named on the terminal and its part is skipped; in CI (`CI` set) those that the set-up of
//! `./run test` installs must be there.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::newsroom::{Outcome, finish, root};

/// Says that a part of a test was left out. Not through `print!`, which the test runner keeps to itself.
pub(crate) fn skipped(tool: &str, always_in_ci: bool) {
    let in_ci = std::env::var_os("CI").is_some();
    assert!(
        !(in_ci && always_in_ci),
        "{tool} must be present in CI; ./run test installs it"
    );
    writeln!(std::io::stderr(), "skipped: {tool} is not installed").expect("stderr is open");
}

/// Fails with the first few lines that another tool misses or adds.
#[track_caller]
pub(crate) fn same_lines(what: &str, found: &BTreeSet<String>, expected: &BTreeSet<String>) {
    let missing: Vec<_> = expected.difference(found).take(5).collect();
    let added: Vec<_> = found.difference(expected).take(5).collect();
    assert!(
        missing.is_empty() && added.is_empty(),
        "{what}: missing {missing:#?}, added {added:#?}"
    );
}

/// A program on the `PATH`, if it is there.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// Python with the modules of `tests/interop/requirements.txt`.
pub(crate) fn python() -> Option<PathBuf> {
    let own = root().join("target/tools/python/bin/python");
    let python = if own.is_file() {
        own
    } else {
        program("python3")?
    };
    let found = Command::new(&python)
        .args([
            "-c",
            "import rdflib, pyshacl, pyoxigraph, pyld, networkx, igraph, owlready2",
        ])
        .output();
    found
        .is_ok_and(|output| output.status.success())
        .then_some(python)
}

/// A program that `./run test` makes out of Debian's jars, or one of that name on the `PATH`.
pub(crate) fn java(name: &str) -> Option<PathBuf> {
    let own = root().join("target/tools/java/bin").join(name);
    if own.is_file() {
        return Some(own);
    }
    program(name)
}

/// Node.js, when the modules of `tests/interop/package.json` are there for it.
pub(crate) fn node(script: &str) -> Option<Command> {
    let modules = root().join("target/tools/node/node_modules");
    let mut command = Command::new(program("node").filter(|_| modules.is_dir())?);
    command
        .env("NODE_PATH", modules)
        .arg(root().join("tests/interop").join(script));
    Some(command)
}

pub(crate) fn start(program: &Path, arguments: &[&str], file: Option<&Path>) -> Outcome {
    let mut command = Command::new(program);
    command.args(arguments).args(file);
    finish(command)
}
