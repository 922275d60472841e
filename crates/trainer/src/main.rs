//! Trains the embedded models from corpora: `trainer syntax --corpora DIR --out FILE`.
//!
//! In: the folder with `train/` and `dev/`. Out: a model file, and scores on `dev/` on standard output. Only `train/` goes into a model.

mod card;
mod chance;
mod lemmas;
mod names;
mod net;
mod relations;
mod syntax;
mod treebank;

use std::{env, error::Error, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("trainer: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let value = |name: &str| {
        args.iter()
            .position(|a| a == name)
            .and_then(|i| args.get(i + 1))
            .map(PathBuf::from)
    };
    let usage = "usage: trainer syntax --corpora DIR --out FILE\n       trainer names --corpora DIR --seeds DIR --out FILE\n       trainer relations --corpora DIR --out FILE [--folds DIR]\n       trainer names-score --corpora DIR --out FILE";
    let corpora = value("--corpora").ok_or(usage)?;
    let out = value("--out").ok_or(usage)?;
    match args.first().map(String::as_str) {
        Some("syntax") => syntax::train(&corpora, &out),
        Some("names") => names::train(&corpora, &value("--seeds").ok_or(usage)?, &out),
        Some("relations") => relations::train(&corpora, &out, value("--folds").as_deref()),
        Some("names-score") => {
            let model = english::names::NameModel::from_bytes(&std::fs::read(&out)?)?;
            names::report(&corpora, &model).map(drop)
        }
        _ => Err(usage.into()),
    }
}
