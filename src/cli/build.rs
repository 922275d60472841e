//! `newsloom build`.

use super::{Done, config, output};
use crate::graph::GraphOptions;
use crate::pipeline::review::Decision;
use crate::pipeline::{self, Cache, Options, Pipeline};
use crate::schema::Schema;
use crate::source::Articles;
use crate::store;
use anyhow::Context;
use english::Reader;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) fn run(config: config::Build) -> anyhow::Result<Done> {
    let stop = stop_flag();
    let schema = schema(config.ontology.as_deref())?;
    let pipeline = Pipeline {
        schema: schema.as_ref(),
        reader: Reader::embedded(),
    };
    let held = if config.add {
        store::articles(&config.store)?
    } else {
        Vec::new()
    };
    let new = Articles::new(
        config.articles.inputs,
        config.articles.format,
        config.articles.encoding,
    );
    let articles = with_held(new, held, config.remove, config.store.display().to_string());
    let options = Options {
        cache: config.cache.then(|| Cache::of(&config.store)),
        store: config.store,
        graph: GraphOptions { iris: config.iris },
        decisions: decisions(&config.review)?,
        min_confidence: config.min_confidence,
    };
    let progress = progress();
    let report = pipeline::build(&pipeline, articles, &options, |documents| {
        progress.set_position(documents as u64);
        !stop.load(Ordering::Relaxed)
    })?;
    progress.finish_and_clear();
    let mut out = output::stdout();
    if config.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        write!(out, "{report}")?;
    }
    out.flush()?;
    Ok(if report.skipped.is_empty() {
        Done::All
    } else {
        Done::Skipped
    })
}

/// The decisions of a file; none when it is not there.
pub(super) fn decisions(file: &std::path::Path) -> anyhow::Result<Vec<Decision>> {
    match std::fs::read_to_string(file) {
        Ok(turtle) => pipeline::review::read(&turtle).with_context(|| file.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error).with_context(|| file.display().to_string()),
    }
}

/// The new articles, then those of the store that did not come again.
fn with_held(
    new: Articles,
    held: Vec<String>,
    remove: Vec<String>,
    store: String,
) -> impl Iterator<Item = Result<crate::source::RawArticle, crate::source::Skipped>> {
    let mut again: BTreeSet<String> = remove.into_iter().collect();
    let mut new = Some(new);
    let mut held = held.into_iter().enumerate();
    std::iter::from_fn(move || {
        if let Some(articles) = &mut new {
            if let Some(article) = articles.next() {
                if let Ok(raw) = &article {
                    again.insert(raw.source.clone());
                }
                return Some(article);
            }
            new = None;
        }
        held.by_ref().find_map(|(number, line)| {
            let article = crate::source::record(&line, &store, number + 1)?;
            let comes_again = article
                .as_ref()
                .is_ok_and(|raw| again.contains(&raw.source));
            (!comes_again).then_some(article)
        })
    })
}

/// Set once the user interrupts; a second interruption ends the program at once.
fn stop_flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let set = ctrlc::set_handler(move || {
        if seen.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    // Without a handler the interruption ends the program at once, which is as safe for the store.
    drop(set);
    stop
}

/// A line that counts documents, shown only to a terminal.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} documents, {per_sec}") {
        bar.set_style(style);
    }
    bar
}

/// A schema that is built in or was just read.
pub(super) enum Knowledge {
    Embedded(&'static Schema),
    Read(Box<Schema>),
}

impl AsRef<Schema> for Knowledge {
    fn as_ref(&self) -> &Schema {
        match self {
            Self::Embedded(schema) => schema,
            Self::Read(schema) => schema,
        }
    }
}

/// The built-in schema, or that with a folder laid over it.
pub(super) fn schema(ontology: Option<&std::path::Path>) -> anyhow::Result<Knowledge> {
    Ok(match ontology {
        None => Knowledge::Embedded(Schema::embedded()),
        Some(folder) => Knowledge::Read(Box::new(Schema::load(Some(folder))?)),
    })
}
