//! The sentences behind a page.

use super::View;
use crate::schema::vocab::{dcterms, nif, nl, prov};
use crate::store::StoreError;
use serde::Serialize;
use std::collections::BTreeMap;

/// One sentence of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its number on the page.
    pub number: usize,
    /// Where the document came from.
    pub document: String,
    /// Title of the document.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Publisher of the document.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// Day of publication.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub published: String,
    /// First code point of the sentence.
    pub begin: String,
    /// First code point after it.
    pub end: String,
    /// The sentence.
    pub sentence: String,
    /// IRI of the sentence.
    pub iri: String,
}

/// Sentences in order of first use.
pub(super) struct Sources<'a> {
    view: View<'a>,
    numbers: BTreeMap<String, usize>,
    pub(super) list: Vec<Source>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(view: View<'a>) -> Self {
        Self {
            view,
            numbers: BTreeMap::new(),
            list: Vec::new(),
        }
    }

    /// The sentences that are evidence of a fact or claim.
    pub(super) fn of(&mut self, fact: &str) -> Result<Vec<usize>, StoreError> {
        self.numbered(fact, nl::EVIDENCE)
    }

    /// The sentence of an assertion.
    pub(super) fn derived_from(&mut self, assertion: &str) -> Result<Vec<usize>, StoreError> {
        self.numbered(assertion, prov::WAS_DERIVED_FROM)
    }

    /// Who vouches for a sentence: the publisher, else the article by its title or by where it came from.
    pub(super) fn voice(&self, number: usize) -> String {
        let source = &self.list[number];
        match (source.publisher.as_str(), source.title.as_str()) {
            // The list of sources has the whole path.
            ("", "") if !source.document.contains("://") => {
                let file = source.document.rsplit(['/', '\\']).next();
                file.unwrap_or_default().to_owned()
            }
            ("", "") => source.document.clone(),
            ("", title) => format!("“{title}”"),
            (publisher, _) => publisher.to_owned(),
        }
    }

    fn numbered(&mut self, of: &str, predicate: &str) -> Result<Vec<usize>, StoreError> {
        let mut all = Vec::new();
        for iri in self.view.iris(of, predicate)? {
            let known = self.numbers.get(&iri).copied();
            all.push(match known {
                Some(number) => number,
                None => self.add(iri)?,
            });
        }
        Ok(all)
    }

    fn add(&mut self, iri: String) -> Result<usize, StoreError> {
        let first = |of: &str, predicate: &str| -> Result<String, StoreError> {
            Ok(self
                .view
                .texts(of, predicate)?
                .into_iter()
                .next()
                .unwrap_or_default())
        };
        let mut source = Source {
            begin: first(&iri, nif::BEGIN_INDEX)?,
            end: first(&iri, nif::END_INDEX)?,
            sentence: first(&iri, nif::ANCHOR_OF)?,
            iri: iri.clone(),
            ..Source::default()
        };
        if let Some(document) = self.view.iris(&iri, nif::REFERENCE_CONTEXT)?.first() {
            source.document = first(document, dcterms::SOURCE)?;
            source.title = first(document, dcterms::TITLE)?;
            source.published = first(document, dcterms::ISSUED)?;
            if let Some(publisher) = self.view.iris(document, dcterms::PUBLISHER)?.first() {
                source.publisher = self.view.label(publisher)?;
            }
        }
        let number = self.list.len();
        self.numbers.insert(iri, number);
        self.list.push(source);
        Ok(number)
    }
}
