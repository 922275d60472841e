//! The line, on one screen: articles in, extractions or a store out.
//!
//! In: [`Articles`](crate::source::Articles). Out: [`Extraction`]s in the order of the articles, or a store and its
//! [`Report`]. Documents are read in parallel; nothing that comes out depends on how many threads there are, nor, for a
//! store, on the order in which the documents came. Refuses: to let one bad article stop the rest.

mod build;
mod cache;
mod examples;
mod report;
pub mod review;

pub use build::{BuildError, Options, Reading, build, gather};
pub use cache::{Cache, Cached};
pub use examples::{Failure, Outcome};
pub use report::{Report, Stations};

use crate::claim::{self, Extraction};
use crate::document::Document;
use crate::mention;
use crate::schema::Schema;
use crate::source::{RawArticle, Skipped};
use english::Reader;
use rayon::prelude::*;

/// Articles that are held at once for each thread.
const BATCH: usize = 16;

/// What the stations consult: the schema and the models. Shared by reference between threads.
#[derive(Clone, Copy, Debug)]
pub struct Pipeline<'a> {
    /// Frames, roles, relations, gazetteers.
    pub schema: &'a Schema,
    /// The reader of English.
    pub reader: &'a Reader,
}

impl Pipeline<'_> {
    /// One article from raw text to claims.
    pub fn extract(&self, raw: RawArticle) -> Result<Extraction, Skipped> {
        let document = Document::new(raw).map_err(|error| error.skipped())?;
        Ok(self.read(document))
    }

    /// One document from text to claims.
    pub fn read(&self, document: Document) -> Extraction {
        let sentences = self.reader.read(document.text());
        let mut mentions = mention::find(&document, sentences, self.schema);
        // Events refer to one another by their place in the list, so they come first.
        let mut claims = claim::events::find(&document, &mentions, self.schema);
        let figures = claim::figures::find(&document, &mentions, &claims);
        claims.extend(figures);
        claims.extend(claim::roles::find(&document, &mentions, self.schema));
        let relations = claim::relations::find(&document, &mentions, self.schema, &claims);
        claims.extend(relations);
        let quotations = claim::speech::attribute(&mut claims, &document, &mentions, self.schema);
        claim::speech::part_from_speakers(&mut mentions, &quotations);
        Extraction {
            document,
            mentions,
            claims,
            quotations,
        }
    }

    /// Many articles: each extraction or skipped input goes to `take`, in the order of the articles. Memory holds one
    /// batch of them. Ends early, with `false`, when `take` says so.
    pub fn extract_all<E>(
        &self,
        articles: impl Iterator<Item = Result<RawArticle, Skipped>>,
        take: impl FnMut(Result<Extraction, Skipped>) -> Result<(), E>,
    ) -> Result<(), E> {
        each(articles, |raw| self.extract(raw), take)
    }
}

/// Runs articles through `extract`, in parallel batch by batch, and gives what comes out to `take` in their order.
fn each<E>(
    articles: impl Iterator<Item = Result<RawArticle, Skipped>>,
    extract: impl Fn(RawArticle) -> Result<Extraction, Skipped> + Sync,
    mut take: impl FnMut(Result<Extraction, Skipped>) -> Result<(), E>,
) -> Result<(), E> {
    let size = BATCH * rayon::current_num_threads();
    let mut articles = articles.peekable();
    while articles.peek().is_some() {
        let batch: Vec<_> = articles.by_ref().take(size).collect();
        let done: Vec<_> = batch
            .into_par_iter()
            .map(|article| article.and_then(&extract))
            .collect();
        done.into_iter().try_for_each(&mut take)?;
    }
    Ok(())
}
