//! The program as its users meet it: arguments, exit codes, what is printed.
//!
//! In: the command line. Out: results on standard output, everything else on standard error. Arguments are read into
//! `args` as typed, then settled into a `config::Config` in which nothing is left open. Exit codes: 0 done, 1 done with
//! inputs skipped, 2 wrong usage, 3 failed.

mod args;
mod ask;
mod build;
mod check;
mod config;
mod diff;
mod export;
mod extract;
mod output;
mod parse;
mod query;
mod review;
mod schema;
mod score;
mod show;
mod subject;
mod table;
mod why;

use clap::Parser;
use config::Config;
use std::io;
use std::process::ExitCode;

/// Exit code of what failed.
const FAILED: u8 = 3;

/// How a command ended, when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    /// All of it.
    All,
    /// With some inputs left out.
    Skipped,
    /// With examples that did not come out as expected, or a graph that breaks its rules.
    Failing,
}

/// A mistake in what the user typed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let outcome = Config::settle(args::Args::parse()).and_then(run);
    match outcome {
        Ok(Done::All) => ExitCode::SUCCESS,
        Ok(Done::Skipped | Done::Failing) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(if is_usage(&error) { 2 } else { FAILED })
        }
    }
}

fn run(config: Config) -> anyhow::Result<Done> {
    match config {
        Config::Build(config) => build::run(config),
        Config::Extract(config) => extract::run(config),
        Config::Parse(config) => parse::run(&config),
        Config::Query(config) => query::run(config),
        Config::Ask(config) => ask::run(config),
        Config::Export(config) => export::run(&config),
        Config::Show(config) => show::run(&config),
        Config::Review(config) => review::run(config),
        Config::Diff(config) => diff::run(&config),
        Config::Why(config) => why::run(config),
        Config::Check(config) => check::run(&config),
        Config::CheckSchema(config) => schema::run(&config),
        Config::SchemaDocs(config) => schema::docs(&config),
        Config::Eval(config) => score::run(&config),
    }
}

/// Whether the reader of our output went away: nobody is left to tell.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        // An export error passes its cause off as itself, so the cause is not in the chain.
        let export = match cause.downcast_ref::<crate::export::ExportError>() {
            Some(crate::export::ExportError::Io(error)) => Some(error.kind()),
            _ => None,
        };
        io.or(json).or(export) == Some(io::ErrorKind::BrokenPipe)
    })
}

fn is_usage(error: &anyhow::Error) -> bool {
    use crate::query::{QueryError, QuestionError};
    error.is::<Usage>()
        || matches!(error.downcast_ref(), Some(QueryError::Syntax { .. }))
        || error.downcast_ref::<QuestionError>().is_some_and(|e| {
            !matches!(
                e,
                QuestionError::Query(QueryError::Evaluation(_) | QueryError::Stopped)
            )
        })
}
