//! What CI runs. Every step runs even when an earlier one failed, so that one run shows all that is wrong.

use std::time::Instant;

use anyhow::{Result, bail, ensure};

use crate::{Run, cargo, licences};

/// A name to ask for the step by, and what it does.
type Step = (&'static str, fn() -> Result<()>);

const STEPS: [Step; 6] = [
    ("format", format),
    ("lints", lints),
    ("licences", licences::run),
    ("tests", tests),
    ("documentation", documentation),
    ("in-memory", in_memory),
];

/// Runs the named steps, or all when none is named, then lists them with their times.
pub(crate) fn run(names: &[String]) -> Result<()> {
    if let Some(unknown) = names
        .iter()
        .find(|name| !STEPS.iter().any(|(step, _)| step == name))
    {
        bail!(
            "no step {unknown}; there are: {}",
            STEPS.map(|(name, _)| name).join(", ")
        );
    }
    let mut lines = Vec::new();
    let mut failed = 0;
    for (name, step) in STEPS {
        if !names.is_empty() && !names.iter().any(|asked| asked == name) {
            continue;
        }
        eprintln!("\n== {name}");
        let start = Instant::now();
        let outcome = step();
        if let Err(error) = &outcome {
            eprintln!("{error:#}");
            failed += 1;
        }
        let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
        lines.push(format!(
            "{name:<18} {verdict:<7} {:>6.0} s",
            start.elapsed().as_secs_f64()
        ));
    }
    eprintln!("\n{}", lines.join("\n"));
    ensure!(failed == 0, "{failed} of {} steps failed", lines.len());
    Ok(())
}

fn format() -> Result<()> {
    cargo(&["fmt", "--all", "--check"]).status_ok()
}

// In the release profile, so that RocksDB, which a build script compiles, is compiled once for all steps.
fn lints() -> Result<()> {
    let arguments = [
        "clippy",
        "--release",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ];
    cargo(&arguments).status_ok()
}

fn tests() -> Result<()> {
    cargo(&["test", "--release", "--workspace", "--no-fail-fast"]).status_ok()
}

fn documentation() -> Result<()> {
    let mut command = cargo(&["doc", "--release", "--workspace", "--no-deps"]);
    command.env("RUSTDOCFLAGS", "--deny warnings").status_ok()
}

// The build without RocksDB, in a folder of its own: `target/release/newsloom` stays the program with all features.
fn in_memory() -> Result<()> {
    let arguments = [
        "test",
        "--release",
        "--no-default-features",
        "--no-fail-fast",
        "--target-dir",
        "target/in-memory",
    ];
    cargo(&arguments).status_ok()
}
