//! The documents that a question about identity is put to, read and resolved again.

use super::{build, config};
use crate::entity::{Inquiry, Rulings, Things};
use crate::graph::{self, GraphOptions, Iris, Names};
use crate::pipeline::{self, Cache, Pipeline, Reading};
use crate::source::Articles;
use crate::store;
use english::Reader;

/// Extractions and knowledge, ready for an [`Inquiry`].
pub(super) struct Subject {
    pub(super) schema: build::Knowledge,
    pub(super) read: Reading,
    pub(super) options: GraphOptions,
    pub(super) rulings: Rulings,
}

impl Subject {
    /// Reads the articles that were named, else those of the store.
    pub(super) fn open(config: config::Subject) -> anyhow::Result<Self> {
        let schema = build::schema(config.ontology.as_deref())?;
        let pipeline = Pipeline {
            schema: schema.as_ref(),
            reader: Reader::embedded(),
        };
        let mut options = GraphOptions::default();
        let read = if let Some(articles) = config.articles {
            let new = Articles::new(articles.inputs, articles.format, articles.encoding);
            pipeline::gather(&pipeline, new, None, &mut |_| true)?
        } else {
            let base = store::Store::open(&config.store)?.manifest().base.clone();
            options.iris = Iris::new(&base)?;
            let held = store::articles(&config.store)?;
            let name = config.store.display().to_string();
            let articles = held
                .iter()
                .enumerate()
                .filter_map(|(n, line)| crate::source::record(line, &name, n + 1));
            pipeline::gather(
                &pipeline,
                articles,
                Some(&Cache::of(&config.store)),
                &mut |_| true,
            )?
        };
        let decisions = build::decisions(&config.review)?;
        let replay =
            pipeline::review::replay(&decisions, &read.extractions, schema.as_ref(), &options);
        Ok(Self {
            schema,
            read,
            options,
            rulings: replay.rulings,
        })
    }

    /// Resolves the documents.
    pub(super) fn inquiry(&self) -> Inquiry<'_> {
        Inquiry::new(&self.read.extractions, self.schema.as_ref(), &self.rulings)
    }

    /// What the things are called in the graph.
    pub(super) fn names(&self, inquiry: &Inquiry<'_>) -> Names {
        graph::names(
            &self.read.extractions,
            inquiry.resolution(),
            self.schema.as_ref(),
            &self.options,
        )
    }

    /// The sentence, with its document, in which a judged thing stands.
    pub(super) fn snippet(
        &self,
        things: Option<Things>,
        at: (u32, u32),
    ) -> Option<(String, String)> {
        let x = self.read.extractions.get(at.0 as usize)?;
        let sentence = if let Some(Things::Events(..)) = things {
            x.claims.get(at.1 as usize)?.evidence().sentence
        } else {
            let first = *x.mentions.chains.get(at.1 as usize)?.mentions.first()?;
            x.mentions.mentions.get(first as usize)?.sentence
        };
        let span = x.mentions.sentences.get(sentence as usize)?.span;
        let words: Vec<&str> = x.document.slice(span).split_whitespace().collect();
        Some((x.document.source().to_owned(), words.join(" ")))
    }
}
