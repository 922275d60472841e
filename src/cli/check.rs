//! `newsloom check`.

use super::{Done, Usage, config, output};
use crate::query::shapes::{Outcome, Shapes};
use crate::schema::Schema;
use crate::schema::vocab::local_name;
use crate::store::Store;
use anyhow::Context;
use oxigraph::io::{RdfFormat, RdfParser};
use std::fs;
use std::io::Write;
use std::path::Path;

pub(super) fn run(config: &config::Check) -> anyhow::Result<Done> {
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let shapes = match &config.shapes {
        Some(path) => Shapes::parse(&read(path)?).with_context(|| path.display().to_string())?,
        None => Shapes::parse(
            Schema::embedded_file("ontology/shapes.ttl").context("the built-in shapes are gone")?,
        )?,
    };
    let store = if config.graph.is_file() {
        from_file(&config.graph)?
    } else {
        Store::open(&config.graph)?
    };
    let outcome = shapes.check(&store)?;
    let mut out = output::stdout();
    if config.json {
        serde_json::to_writer_pretty(&mut out, &outcome)?;
        writeln!(out)?;
    } else {
        print(&outcome, &mut out)?;
    }
    out.flush()?;
    Ok(if outcome.violations.is_empty() {
        Done::All
    } else {
        Done::Failing
    })
}

/// The graph of a file, in memory.
fn from_file(path: &Path) -> anyhow::Result<Store> {
    let ending = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    let format = RdfFormat::from_extension(ending).ok_or_else(|| {
        Usage(format!(
            "{}: its ending names no format of RDF; known are .ttl .nt .nq .trig .rdf .jsonld",
            path.display()
        ))
    })?;
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let quads = RdfParser::from_format(format)
        .for_slice(&bytes)
        .collect::<Result<Vec<_>, _>>()
        .with_context(|| path.display().to_string())?;
    Ok(Store::in_memory(&quads, "")?)
}

fn print(outcome: &Outcome, out: &mut dyn Write) -> std::io::Result<()> {
    let mut before = "";
    for violation in &outcome.violations {
        if violation.node != before {
            writeln!(out, "{}", violation.node)?;
            before = &violation.node;
        }
        let path = violation.path.as_deref().unwrap_or_default();
        let value = violation.value.as_deref().filter(|v| *v != violation.node);
        let at = [path, value.map_or("", plain)].join(" ");
        let colon = if at.trim().is_empty() { "" } else { ": " };
        let shape = local_name(&violation.shape);
        writeln!(out, "  {}{colon}{} ({shape})", at.trim(), violation.message)?;
    }
    match outcome.violations.len() {
        0 => write!(out, "conforms")?,
        1 => write!(out, "1 violation")?,
        n => write!(out, "{n} violations")?,
    }
    writeln!(out, ": {} shapes, {} things", outcome.shapes, outcome.nodes)
}

/// A value without its datatype.
fn plain(value: &str) -> &str {
    value
        .split_once("\"^^")
        .map_or(value, |(text, _)| &value[..=text.len()])
}
