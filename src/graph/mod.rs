//! The graph: quads in standard vocabularies, each fact tied to the sentences that state it.
//!
//! In: [`Extraction`]s and their [`Resolution`]. Out: sorted quads without repetition: one named graph a document for
//! its assertions and evidence, one graph of resolved facts, nothing in the default graph. Refuses: blank nodes, the
//! clock, and a plain triple whose claims nobody affirms as actual.

mod document;
mod entity;
mod event;
mod figure;
mod iris;
mod label;
mod relation;
mod role;
mod statement;
mod text;
mod words;

#[cfg(test)]
mod tests;

pub use iris::{DEFAULT_BASE, IriError, Iris, slug};

use crate::claim::{Extraction, Filler};
use crate::entity::{DocumentNo, EntityId, InferredHolder, Resolution};
use crate::mention::{ChainId, Form, MentionId};
use crate::schema::Schema;
use english::{Byte, Span};
use oxigraph::model::{NamedNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// What the user may choose about the graph.
#[derive(Clone, Debug, Default)]
pub struct GraphOptions {
    /// The mint, which holds the base of data IRIs.
    pub iris: Iris,
}

/// The quads of resolved documents, sorted and without repetition; the same for any order of the documents.
pub fn quads(
    extractions: &[Extraction],
    resolution: &Resolution,
    schema: &Schema,
    options: &GraphOptions,
) -> Vec<Quad> {
    let mut weaver = Weaver::new(extractions, resolution, schema, &options.iris);
    weaver.documents();
    weaver.entities();
    weaver.events();
    weaver.possibly_same();
    weaver.figures();
    weaver.roles();
    weaver.relations();
    weaver.finish()
}

/// What the things of a resolution are called in the graph.
#[derive(Clone, Debug)]
pub struct Names {
    /// IRI of each entity.
    pub entities: Vec<NamedNode>,
    /// IRI and label of each event.
    pub events: Vec<(NamedNode, String)>,
    /// IRI of each document.
    pub documents: Vec<NamedNode>,
    /// The extracted claims behind the IRI of each claim and assertion.
    pub claims: BTreeMap<String, Vec<(DocumentNo, u32)>>,
    /// IRI of the assertion of each extracted claim that is in the graph.
    pub assertions: BTreeMap<(DocumentNo, u32), NamedNode>,
}

/// The IRIs that a graph of these documents has.
pub fn names(
    extractions: &[Extraction],
    resolution: &Resolution,
    schema: &Schema,
    options: &GraphOptions,
) -> Names {
    let mut weaver = Weaver::new(extractions, resolution, schema, &options.iris);
    weaver.entities();
    weaver.events();
    weaver.figures();
    weaver.roles();
    weaver.relations();
    let mut claims: BTreeMap<String, Vec<(DocumentNo, u32)>> = weaver
        .stated
        .iter()
        .map(|(claim, at)| (claim.as_str().to_owned(), at.iter().copied().collect()))
        .collect();
    let mut assertions = BTreeMap::new();
    for (&at, (assertion, _)) in &weaver.assertions {
        claims.insert(assertion.as_str().to_owned(), vec![at]);
        assertions.insert(at, assertion.clone());
    }
    Names {
        claims,
        assertions,
        events: weaver
            .events
            .iter()
            .map(|e| (e.iri.clone(), e.label.clone()))
            .collect(),
        entities: weaver.entities,
        documents: weaver.documents,
    }
}

/// Collects quads while the parts of the graph are written.
struct Weaver<'a> {
    extractions: &'a [Extraction],
    resolution: &'a Resolution,
    schema: &'a Schema,
    iris: &'a Iris,
    facts: NamedNode,
    documents: Vec<NamedNode>,
    points: Vec<text::CodePoints>,
    entities: Vec<NamedNode>,
    events: Vec<event::EventFacts>,
    /// Whom chains without a name mean.
    meant: BTreeMap<(DocumentNo, ChainId), &'a InferredHolder>,
    /// Assertion and evidence of each claim written so far.
    assertions: BTreeMap<(DocumentNo, u32), (NamedNode, NamedNode)>,
    /// For each claim node, the origins that state it.
    origins: BTreeMap<NamedNode, BTreeSet<String>>,
    /// For each claim node, the extracted claims that state it.
    stated: BTreeMap<NamedNode, BTreeSet<(DocumentNo, u32)>>,
    out: Vec<Quad>,
}

/// What fills a slot once resolved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Filled {
    /// An entity with a node.
    Entity(EntityId),
    /// Another event.
    Event(u32),
    /// Words that name no entity: as the text has them, and as a label shows them.
    Words {
        /// As the text has them.
        said: String,
        /// As a label shows them.
        shown: String,
    },
}

impl<'a> Weaver<'a> {
    fn new(
        extractions: &'a [Extraction],
        resolution: &'a Resolution,
        schema: &'a Schema,
        iris: &'a Iris,
    ) -> Self {
        let documents = extractions
            .iter()
            .map(|x| iris.document(&x.document))
            .collect();
        let points = extractions
            .iter()
            .map(|x| text::CodePoints::new(x.document.text()))
            .collect();
        let entities = resolution
            .entities
            .iter()
            .map(|e| iris.thing(entity::kind(e.kind), &e.name, &e.disambiguator))
            .collect();
        Self {
            extractions,
            resolution,
            schema,
            iris,
            facts: iris.facts_graph(),
            documents,
            points,
            entities,
            events: Vec::new(),
            meant: resolution.meant.iter().map(|m| (m.open, m)).collect(),
            assertions: BTreeMap::new(),
            origins: BTreeMap::new(),
            stated: BTreeMap::new(),
            out: Vec::new(),
        }
    }

    /// Writes a triple into the graph of resolved facts.
    fn fact(&mut self, subject: &NamedNode, predicate: &str, object: impl Into<Term>) {
        self.out.push(Quad::new(
            subject.clone(),
            NamedNode::new_unchecked(predicate),
            object,
            self.facts.clone(),
        ));
    }

    /// Writes a triple into the graph of a document.
    fn of_document(
        &mut self,
        document: DocumentNo,
        subject: &NamedNode,
        predicate: &str,
        object: impl Into<Term>,
    ) {
        let graph = self.documents[document as usize].clone();
        self.out.push(Quad::new(
            subject.clone(),
            NamedNode::new_unchecked(predicate),
            object,
            graph,
        ));
    }

    /// Writes the three names that every thing carries.
    fn named(&mut self, subject: &NamedNode, name: &str) {
        use crate::schema::vocab::{rdfs, skos};
        self.fact(subject, rdfs::LABEL, text::english(name));
        self.fact(subject, skos::PREF_LABEL, text::english(name));
    }

    /// Whether a person rejected a claim.
    fn rejected(&self, at: (DocumentNo, u32)) -> bool {
        self.resolution.rejected.contains(&at)
    }

    /// The entity behind a mention, when it has a node.
    fn entity_of(&self, document: DocumentNo, mention: MentionId) -> Option<EntityId> {
        let chain = self.extractions[document as usize]
            .mentions
            .mentions
            .get(mention as usize)?
            .chain;
        self.resolution.entity_of.get(&(document, chain)).copied()
    }

    /// Where the words of a mention without a node stand: its own, or for a pronoun those of the first fuller mention of its chain.
    fn words_of(&self, document: DocumentNo, mention: MentionId) -> Option<Span<Byte>> {
        let x = &self.extractions[document as usize];
        let own = x.mentions.mentions.get(mention as usize)?;
        let fuller = if own.form == Form::Pronoun {
            let chain = x.mentions.chains.get(own.chain as usize)?;
            chain
                .mentions
                .iter()
                .filter_map(|&m| x.mentions.mentions.get(m as usize))
                .find(|m| m.form != Form::Pronoun)?
        } else {
            own
        };
        Some(fuller.span)
    }

    /// Words that fill a slot; nothing when a label could show none of them.
    fn words(&self, document: DocumentNo, span: Span<Byte>) -> Option<Filled> {
        let x = &self.extractions[document as usize];
        let said = text::flat(x.document.slice(span));
        let shown = words::readable(x, span);
        (!shown.is_empty()).then_some(Filled::Words { said, shown })
    }

    /// What fills a slot, or nothing when it says nothing ("they").
    fn filled(&self, document: DocumentNo, filler: &Filler) -> Option<Filled> {
        match filler {
            Filler::Mention(m) => self
                .entity_of(document, *m)
                .map(Filled::Entity)
                .or_else(|| self.words(document, self.words_of(document, *m)?)),
            Filler::Text(span) => self.words(document, *span),
            Filler::Event(claim) => self
                .resolution
                .event_of
                .get(&(document, *claim))
                .map(|&e| Filled::Event(e)),
        }
    }

    /// Ends the work: counts of independent sources, then order.
    fn finish(mut self) -> Vec<Quad> {
        self.independent_sources();
        let mut keyed: Vec<(String, Quad)> =
            self.out.into_iter().map(|q| (q.to_string(), q)).collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0));
        keyed.dedup_by(|a, b| a.0 == b.0);
        keyed.into_iter().map(|(_, q)| q).collect()
    }
}
