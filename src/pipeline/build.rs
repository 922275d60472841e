//! From articles to a store.

use super::review::{self, Decision};
use super::{Cache, Pipeline, Report, Stations};
use crate::claim::{ClaimKind, Extraction};
use crate::entity::{self, Resolution};
use crate::graph::{self, GraphOptions};
use crate::mention::MentionKind;
use crate::schema::vocab::{self, nl, org, rdf, sem};
use crate::source::{RawArticle, Skipped};
use crate::store::{self, DocumentEntry, Manifest, StoreError, Written};
use oxigraph::model::{Quad, Term};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a build needs besides articles.
#[derive(Debug)]
pub struct Options {
    /// Folder of the store.
    pub store: PathBuf,
    /// Choices about the graph.
    pub graph: GraphOptions,
    /// What a person decided.
    pub decisions: Vec<Decision>,
    /// What was read before; nothing to read everything anew and keep none of it.
    pub cache: Option<Cache>,
    /// Claims less sure than this are left out.
    pub min_confidence: f32,
}

/// Why a build ended without a store.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The store could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The user asked to stop.
    #[error("stopped; the previous store is as it was")]
    Stopped,
}

/// Builds the store from articles: it will hold exactly these. `watch` sees every document that is read, and says
/// whether to go on.
pub fn build(
    pipeline: &Pipeline<'_>,
    articles: impl Iterator<Item = Result<RawArticle, Skipped>>,
    options: &Options,
    mut watch: impl FnMut(usize) -> bool,
) -> Result<Report, BuildError> {
    let mut report = Report {
        store: options.store.display().to_string(),
        ..Report::default()
    };
    let mut seconds = Stations::default();
    let read = seconds.time("read", || {
        let cache = options.cache.as_ref();
        gather(pipeline, articles, cache, &mut watch)
    })?;
    let extractions = sure(&read.extractions, options.min_confidence);
    report.skipped = read.skipped;
    report.duplicates = read.duplicates;
    let replay = review::replay(
        &options.decisions,
        &extractions,
        pipeline.schema,
        &options.graph,
    );
    report.decisions = replay.applied.len();
    let resolution = seconds.time("resolve", || {
        entity::resolve(&extractions, pipeline.schema, &replay.rulings)
    });
    let quads = seconds.time("graph", || {
        let mut quads = graph::quads(&extractions, &resolution, pipeline.schema, &options.graph);
        let curated = review::curated(&replay, &options.graph);
        if !curated.is_empty() {
            quads.extend(curated);
            quads.sort_by_cached_key(ToString::to_string);
            quads.dedup();
        }
        quads
    });
    report.orphans = replay.orphans;
    if !watch(extractions.len()) {
        return Err(BuildError::Stopped);
    }
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        base: options.graph.iris.base().to_owned(),
        documents: extractions
            .iter()
            .map(|x| DocumentEntry {
                source: x.document.source().to_owned(),
                id: x.document.id().urn(),
            })
            .collect(),
        ..Manifest::default()
    };
    let articles: Vec<String> = extractions.iter().map(record).collect();
    let written = seconds.time("store", || {
        store::replace(&options.store, &quads, &articles, manifest)
    })?;
    report.unchanged = written == Written::Unchanged;
    if let Some(cache) = &options.cache {
        // After the store, so that a folder of other things is refused before anything is written to it. Kept is all that was
        // read: the next build may ask for other claims.
        report.cached = seconds.time("cache", || cache.keep(pipeline, &read.extractions));
    }
    count(&extractions, &resolution, &quads, &mut report);
    report.seconds = seconds;
    Ok(report)
}

/// What was read: extractions in order of their source, and what was left out.
#[derive(Debug, Default)]
pub struct Reading {
    /// One for each document of its own content.
    pub extractions: Vec<Extraction>,
    /// Inputs left out, sorted.
    pub skipped: Vec<Skipped>,
    /// Documents left out because another has the very same content: (left out, kept).
    pub duplicates: Vec<(String, String)>,
}

/// The extractions without claims that are less sure than `least`.
fn sure(read: &[Extraction], least: f32) -> Cow<'_, [Extraction]> {
    if least <= 0.0 {
        return Cow::Borrowed(read);
    }
    let mut sure = read.to_vec();
    for extraction in &mut sure {
        extraction.keep_sure(least);
    }
    Cow::Owned(sure)
}

/// Reads articles into extractions whose order does not depend on that of the inputs, or takes them from the cache. `watch`
/// sees every document that is read, and says whether to go on.
pub fn gather(
    pipeline: &Pipeline<'_>,
    articles: impl Iterator<Item = Result<RawArticle, Skipped>>,
    cache: Option<&Cache>,
    watch: &mut impl FnMut(usize) -> bool,
) -> Result<Reading, BuildError> {
    let mut read = Reading::default();
    let extract = |raw| match cache {
        Some(cache) => cache.extract(pipeline, raw),
        None => pipeline.extract(raw),
    };
    super::each(articles, extract, |outcome| {
        match outcome {
            Ok(extraction) => read.extractions.push(extraction),
            Err(skipped) => read.skipped.push(skipped),
        }
        if watch(read.extractions.len()) {
            Ok(())
        } else {
            Err(BuildError::Stopped)
        }
    })?;
    read.skipped.sort();
    read.skipped.dedup();
    set_in_order(&mut read);
    Ok(read)
}

/// Sorts by source, so that the order of the inputs leaves no trace, and keeps one document of each content.
fn set_in_order(read: &mut Reading) {
    read.extractions.sort_by(|a, b| {
        let key = |x: &Extraction| (x.document.source().to_owned(), x.document.id().clone());
        key(a).cmp(&key(b))
    });
    let mut kept = BTreeMap::new();
    let duplicates = &mut read.duplicates;
    read.extractions.retain(|x| {
        let source = x.document.source().to_owned();
        match kept.get(x.document.id()) {
            None => {
                kept.insert(x.document.id().clone(), source);
                true
            }
            Some(other) => {
                if *other != source {
                    duplicates.push((source, other.clone()));
                }
                false
            }
        }
    });
    duplicates.dedup();
}

/// The article as a JSONL record that gives the same document again.
fn record(extraction: &Extraction) -> String {
    let document = &extraction.document;
    let mut record = serde_json::Map::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            record.insert(name.to_owned(), value.into());
        }
    };
    put("id", Some(document.source().to_owned()));
    put("title", document.title().map(str::to_owned));
    put("publisher", document.publisher().map(str::to_owned));
    put("published", document.published().map(|d| d.to_string()));
    put("text", Some(document.text().to_owned()));
    serde_json::Value::Object(record).to_string()
}

fn count(extractions: &[Extraction], resolution: &Resolution, quads: &[Quad], report: &mut Report) {
    report.documents = extractions.len();
    report.quads = quads.len();
    for x in extractions {
        report.sentences += x.mentions.sentences.len();
        report.words += x
            .mentions
            .sentences
            .iter()
            .map(|s| s.tokens.len())
            .sum::<usize>();
        report.mentions += x.mentions.mentions.len();
        for claim in &x.claims {
            let kind = match claim.kind {
                ClaimKind::Role => "roles",
                ClaimKind::Event => "events",
                ClaimKind::Relation => "relations",
                ClaimKind::Figure => "figures",
            };
            *report.claims.entry(kind).or_default() += 1;
        }
    }
    for entity in &resolution.entities {
        let kind = match entity.kind {
            MentionKind::Person => "people",
            MentionKind::Group => "groups",
            MentionKind::Organisation => "organisations",
            MentionKind::Place => "places",
            MentionKind::Facility => "facilities",
            MentionKind::Other => "others",
        };
        *report.entities.entry(kind).or_default() += 1;
    }
    for quad in quads.iter().filter(|q| q.predicate.as_str() == rdf::TYPE) {
        let Term::NamedNode(class) = &quad.object else {
            continue;
        };
        if [
            org::MEMBERSHIP,
            sem::EVENT,
            nl::POSSIBLE_EVENT,
            nl::FIGURE,
            nl::CLAIM,
        ]
        .contains(&class.as_str())
        {
            let class = vocab::compact(class.as_str());
            *report.facts.entry(class).or_default() += 1;
        }
    }
}
