//! A newsroom: a folder of its own for one test, with articles, a store and the program to run on them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Our five articles, in order of name.
pub(crate) fn seeds() -> Vec<PathBuf> {
    let folder =
        fs::read_dir(root().join("seeds/articles")).expect("the articles are in the checkout");
    let mut files: Vec<_> = folder
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    files.sort();
    files
}

/// What a run of the program left.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The exit code, or none when a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    /// Fails with what was printed unless the exit code is this one.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "stdout:\n{}\nstderr:\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// The lines of both streams that hold a word.
    pub(crate) fn lines_with(&self, word: &str) -> Vec<&str> {
        self.stdout
            .lines()
            .chain(self.stderr.lines())
            .filter(|line| line.contains(word))
            .collect()
    }
}

/// A folder that goes away with the test.
pub(crate) struct Newsroom {
    folder: tempfile::TempDir,
}

impl Newsroom {
    /// An empty one.
    pub(crate) fn open() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder for the test"),
        }
    }

    /// One in which a store has been built from our five articles.
    pub(crate) fn with_seeds() -> Self {
        let room = Self::open();
        room.build(&seeds()).exits(0);
        room
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.path("store")
    }

    /// The articles that the store keeps, as JSON lines.
    pub(crate) fn articles(&self) -> PathBuf {
        let current = fs::read_to_string(self.store().join("CURRENT")).expect("there is a store");
        self.store().join(current.trim()).join("articles.jsonl")
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("lies in the newsroom"))
            .expect("a folder can be made");
        fs::write(&path, content).expect("a file can be written");
        path
    }

    /// The program, ready to start in this folder.
    pub(crate) fn command<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsloom"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .env("NO_COLOR", "1");
        command
    }

    /// Builds the store from files and folders.
    pub(crate) fn build(&self, inputs: &[PathBuf]) -> Outcome {
        finish(self.building(inputs))
    }

    /// The command that builds the store, not yet started.
    pub(crate) fn building(&self, inputs: &[PathBuf]) -> Command {
        let mut command = self.command(["build"]);
        command.args(inputs).arg("--store").arg(self.store());
        command
    }

    /// The store in a format of `newsloom export`.
    pub(crate) fn export(&self, format: &str) -> String {
        let mut command = self.command(["export", "--format", format, "--store"]);
        command.arg(self.store());
        finish(command).exits(0).stdout
    }

    /// The answer to a query, as CSV lines after the header.
    pub(crate) fn rows(&self, query: &str) -> Vec<String> {
        let mut command = self.command(["query", "--format", "csv", "-q", query, "--store"]);
        command.arg(self.store());
        let answer = finish(command).exits(0).stdout;
        answer.lines().skip(1).map(str::to_owned).collect()
    }
}

/// Runs a command to its end.
pub(crate) fn finish(mut command: Command) -> Outcome {
    let output = command.output().expect("the program starts");
    Outcome {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("the program prints UTF-8"),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
