//! Documents and the sentences of them that bear evidence.
//!
//! In: documents. Out: `schema:NewsArticle`s and, on demand, `nif:Sentence`s in their documents' graphs. Refuses: the full
//! text of an article, which is not ours to publish.

use super::{Iris, Weaver, text};
use crate::entity::DocumentNo;
use crate::mention::MentionId;
use crate::schema::vocab::{dcterms, foaf, nif, org, prov, rdf, rdfs, schema, skos, xsd};
use english::{Byte, Span};
use oxigraph::model::NamedNode;

/// Longest label of a sentence, in characters.
const LABEL: usize = 80;

impl Weaver<'_> {
    /// Writes what is known of every document.
    pub(super) fn documents(&mut self) {
        for no in 0..self.extractions.len() as DocumentNo {
            let document = &self.extractions[no as usize].document;
            let iri = self.documents[no as usize].clone();
            for class in [
                schema::NEWS_ARTICLE,
                foaf::DOCUMENT,
                nif::CONTEXT,
                prov::ENTITY,
            ] {
                self.of_document(no, &iri, rdf::TYPE, NamedNode::new_unchecked(class));
            }
            let label = document.title().map_or_else(
                || {
                    document
                        .source()
                        .rsplit(['/', '\\'])
                        .next()
                        .unwrap_or_default()
                        .to_owned()
                },
                text::flat,
            );
            self.of_document(no, &iri, rdfs::LABEL, text::english(&label));
            if let Some(title) = document.title() {
                let title = text::flat(title);
                self.of_document(no, &iri, dcterms::TITLE, text::english(&title));
                self.of_document(
                    no,
                    &iri,
                    "https://schema.org/headline",
                    text::english(&title),
                );
            }
            self.of_document(
                no,
                &iri,
                dcterms::IDENTIFIER,
                text::plain(&document.id().urn()),
            );
            self.of_document(no, &iri, dcterms::SOURCE, text::plain(document.source()));
            self.of_document(no, &iri, dcterms::LANGUAGE, text::plain("en"));
            if let Some(day) = document.published() {
                self.of_document(no, &iri, dcterms::ISSUED, text::date(day));
                self.of_document(
                    no,
                    &iri,
                    "https://schema.org/datePublished",
                    text::date(day),
                );
            }
            if let Some(publisher) = self.publisher(no) {
                let name = text::flat(document.publisher().unwrap_or_default());
                self.of_document(no, &iri, dcterms::PUBLISHER, publisher.clone());
                for class in [org::ORGANIZATION, foaf::ORGANIZATION, schema::ORGANIZATION] {
                    self.of_document(no, &publisher, rdf::TYPE, NamedNode::new_unchecked(class));
                }
                for property in [rdfs::LABEL, skos::PREF_LABEL, schema::NAME] {
                    self.of_document(no, &publisher, property, text::english(&name));
                }
            }
        }
    }

    /// The organisation that publishes a document.
    pub(super) fn publisher(&self, no: DocumentNo) -> Option<NamedNode> {
        let name = text::flat(self.extractions[no as usize].document.publisher()?);
        (!name.is_empty()).then(|| self.iris.thing("org", &name, ""))
    }

    /// Writes a sentence of a document and gives its IRI.
    pub(super) fn sentence(&mut self, no: DocumentNo, span: Span<Byte>) -> NamedNode {
        self.stretch(
            no,
            span,
            &[nif::SENTENCE, nif::OFFSET_BASED_STRING, prov::ENTITY],
        )
    }

    /// Writes the words of a mention and gives their IRI.
    pub(super) fn phrase(&mut self, no: DocumentNo, mention: MentionId) -> NamedNode {
        let span = self.extractions[no as usize].mentions.mentions[mention as usize].span;
        self.stretch(no, span, &[nif::OFFSET_BASED_STRING, prov::ENTITY])
    }

    fn stretch(&mut self, no: DocumentNo, span: Span<Byte>, classes: &[&str]) -> NamedNode {
        let document = &self.extractions[no as usize].document;
        let points = &self.points[no as usize];
        let (begin, end) = (
            points.before(document.text(), span.start()),
            points.before(document.text(), span.end()),
        );
        let quote = document.slice(span);
        let context = self.documents[no as usize].clone();
        let iri = Iris::stretch(&context, begin, end);
        for class in classes {
            self.of_document(no, &iri, rdf::TYPE, NamedNode::new_unchecked(*class));
        }
        self.of_document(
            no,
            &iri,
            rdfs::LABEL,
            text::english(&text::short(&text::flat(quote), LABEL)),
        );
        self.of_document(no, &iri, nif::ANCHOR_OF, text::english(quote));
        // Not as nonNegativeInteger: Oxigraph keeps no narrower kind, and the lines of a store say what it would.
        self.of_document(
            no,
            &iri,
            nif::BEGIN_INDEX,
            text::typed(begin.to_string(), xsd::INTEGER),
        );
        self.of_document(
            no,
            &iri,
            nif::END_INDEX,
            text::typed(end.to_string(), xsd::INTEGER),
        );
        self.of_document(no, &iri, nif::REFERENCE_CONTEXT, context.clone());
        self.of_document(no, &iri, prov::WAS_QUOTED_FROM, context);
        iri
    }
}
