//! A sorted graph in memory, the form from which every format is written.
//!
//! In: quads in any order. Out: rows sorted by graph, subject, predicate and object, each once.

use crate::schema::vocab::rdf;
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term, Triple};

/// One statement; `graph` is empty where the format has one graph only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// IRI of the named graph.
    pub graph: String,
    /// IRI of the subject.
    pub subject: String,
    /// IRI of the predicate.
    pub predicate: String,
    /// The object.
    pub object: Term,
}

impl Statement {
    /// From a quad of a store, which has no blank nodes.
    pub fn new(quad: Quad) -> Self {
        Self {
            graph: match quad.graph_name {
                GraphName::NamedNode(name) => name.into_string(),
                GraphName::BlankNode(name) => format!("_:{}", name.as_str()),
                GraphName::DefaultGraph => String::new(),
            },
            subject: match quad.subject {
                NamedOrBlankNode::NamedNode(name) => name.into_string(),
                NamedOrBlankNode::BlankNode(name) => format!("_:{}", name.as_str()),
            },
            predicate: quad.predicate.into_string(),
            object: quad.object,
        }
    }

    /// From a triple that a query constructed.
    pub fn of_triple(triple: Triple) -> Self {
        Self::new(Quad::new(
            triple.subject,
            triple.predicate,
            triple.object,
            GraphName::DefaultGraph,
        ))
    }

    /// The object's IRI, if it is one.
    pub fn object_iri(&self) -> Option<&str> {
        match &self.object {
            Term::NamedNode(name) => Some(name.as_str()),
            _ => None,
        }
    }
}

/// Sorted statements, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flat {
    rows: Vec<Statement>,
}

impl Flat {
    /// Sorts statements and drops repetitions.
    pub fn new(mut rows: Vec<Statement>) -> Self {
        rows.sort_by(|a, b| {
            let key = |r: &Statement| r.predicate != rdf::TYPE;
            (&a.graph, &a.subject, key(a), &a.predicate)
                .cmp(&(&b.graph, &b.subject, key(b), &b.predicate))
                .then_with(|| order(&a.object, &b.object))
        });
        rows.dedup();
        Self { rows }
    }

    /// The statements.
    pub fn rows(&self) -> &[Statement] {
        &self.rows
    }

    /// The statements of all graphs as one graph.
    #[must_use]
    pub fn flat(self) -> Self {
        let rows = self.rows.into_iter().map(|mut row| {
            row.graph.clear();
            row
        });
        Self::new(rows.collect())
    }

    /// Runs of statements of one graph.
    pub fn graphs(&self) -> impl Iterator<Item = &[Statement]> {
        self.rows.chunk_by(|a, b| a.graph == b.graph)
    }
}

/// Runs of statements about one subject.
pub(super) fn subjects(rows: &[Statement]) -> impl Iterator<Item = &[Statement]> {
    rows.chunk_by(|a, b| a.subject == b.subject)
}

/// IRIs before literals, then by text, language and type.
fn order(a: &Term, b: &Term) -> std::cmp::Ordering {
    match (a, b) {
        (Term::NamedNode(a), Term::NamedNode(b)) => a.cmp(b),
        (Term::NamedNode(_), _) => std::cmp::Ordering::Less,
        (_, Term::NamedNode(_)) => std::cmp::Ordering::Greater,
        (Term::Literal(a), Term::Literal(b)) => (a.value(), a.language(), a.datatype().as_str())
            .cmp(&(b.value(), b.language(), b.datatype().as_str())),
        _ => a.to_string().cmp(&b.to_string()),
    }
}
