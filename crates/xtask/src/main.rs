//! The chores of the project: `cargo xtask COMMAND`.
//!
//! In: a command word. Out: the exit status of what it ran. It holds no knowledge of news or of graphs; it only
//! starts cargo, the trainer and the scorers in the right order, so that a person and CI do the same.

mod check;
mod licences;
mod measure;
mod scorecard;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail, ensure};

const USAGE: &str = "\
cargo xtask COMMAND

  check      what CI runs: format, lints, licences, tests, documentation, in-memory; or only the steps named
  exports    write exports/ anew from seeds/articles, and docs/vocabulary.md from ontology/
  bless      accept what the tests print now: every snapshot, and exports/
  scorecard  run the scorers and write docs/scorecard.md (needs the shared data, see NEWSLOOM_SHARED)
  measure    links within documents (gum) or things across them (ecb), with [--faults] each of them, or relations
             (redocred); NEWSLOOM is the program to measure, else target/release/newsloom
  train      train all models anew from the shared data (arguments, if any, go to the trainer instead: train one)
  bench      measure the speed of each station";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments.as_slice()),
    };
    let outcome = match command {
        "check" => check::run(rest),
        "exports" => bless(&["--test", "spine", "--", "exports", "vocabulary"]),
        "bless" => bless(&["--workspace"]),
        "scorecard" => scorecard::run(),
        "measure" => scorecard::measure(rest),
        "train" => train(rest),
        "bench" => cargo(&["bench", "--workspace"]).status_ok(),
        "help" | "-h" | "--help" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprintln!("no such command: {other}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs tests with leave to rewrite what they compare with. Review the difference as code.
fn bless(tests: &[&str]) -> Result<()> {
    let mut command = cargo(&["test", "--release"]);
    command.args(tests).env("NEWSLOOM_BLESS", "1");
    command.status_ok()
}

/// Trains all models, each before those that read with it; or what the arguments ask of the trainer.
fn train(arguments: &[String]) -> Result<()> {
    let trainer = || cargo(&["run", "--release", "--package", "trainer", "--"]);
    if !arguments.is_empty() {
        return trainer().args(arguments).status_ok();
    }
    let corpora = shared()?.join("corpora");
    for (what, model) in [
        ("syntax", "reading.bin"),
        ("names", "names.bin"),
        ("relations", "relations.bin"),
    ] {
        // Starting anew builds the trainer with the models made so far.
        let mut command = trainer();
        command.arg(what).arg("--corpora").arg(&corpora);
        command.arg("--out").arg(root().join("models").join(model));
        if what == "names" {
            command.arg("--seeds").arg(root().join("seeds"));
        }
        command.status_ok()?;
    }
    Ok(())
}

/// The root of the checkout, whatever the current folder is.
fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = manifest.ancestors().nth(2);
    root.expect("xtask lies two folders below the root")
        .to_path_buf()
}

/// Where the data shared between checkouts lies: `NEWSLOOM_SHARED`, else `shared` beside the checkout.
fn shared() -> Result<PathBuf> {
    let folder = match std::env::var_os("NEWSLOOM_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => root().join("../shared"),
    };
    ensure!(
        folder.join("bench").is_dir(),
        "no shared data at {}: set NEWSLOOM_SHARED",
        folder.display()
    );
    Ok(folder)
}

/// The cargo that started this, in the root of the checkout.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// Running a command to its end.
trait Run {
    /// Shows the command's own output and fails unless it exits with 0.
    fn status_ok(&mut self) -> Result<()>;
    /// What the command prints on stdout; its stderr is shown.
    fn output_ok(&mut self) -> Result<String>;
}

impl Run for Command {
    fn status_ok(&mut self) -> Result<()> {
        let status = self
            .status()
            .with_context(|| format!("cannot start {self:?}"))?;
        ensure!(status.success(), "{status}: {self:?}");
        Ok(())
    }

    fn output_ok(&mut self) -> Result<String> {
        let output = self
            .stderr(std::process::Stdio::inherit())
            .output()
            .with_context(|| format!("cannot start {self:?}"))?;
        if !output.status.success() {
            bail!("{}: {self:?}", output.status);
        }
        String::from_utf8(output.stdout).with_context(|| format!("not UTF-8: {self:?}"))
    }
}
