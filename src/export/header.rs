//! What a reader of the file must know first: that it is an ontology with a name, and what each class and property is.
//!
//! In: the statements that leave. Out: the same with an `owl:Ontology` header and a declaration of every class and property
//! used, so that tools of OWL take each property for what it is. Kinds and labels come from `ontology/`; a property that it
//! does not know is taken for what its values are.

use super::flat::Statement;
use crate::schema::vocab::{dcterms, local_name, nl, owl, rdf, rdfs};
use crate::schema::{Schema, embedded_files};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Literal, NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Properties that annotate and take part in no inference.
const ANNOTATIONS: [&str; 2] = [rdfs::LABEL, rdfs::COMMENT];

/// Labels and parents of the terms of our own ontology, and the kinds of its properties.
#[derive(Default)]
struct Terms {
    kinds: BTreeMap<String, &'static str>,
    labels: BTreeMap<String, Literal>,
    parents: BTreeMap<String, Vec<String>>,
}

fn terms() -> &'static Terms {
    static TERMS: OnceLock<Terms> = OnceLock::new();
    TERMS.get_or_init(|| {
        let mut terms = Terms::default();
        for (_, text) in embedded_files("ontology/core.ttl") {
            let parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes());
            for quad in parser.flatten() {
                terms.note(Statement::new(quad));
            }
        }
        for frame in &Schema::embedded().frames {
            let parents = terms.parents.entry(frame.iri.clone()).or_default();
            parents.extend(frame.parents.iter().cloned());
        }
        for parents in terms.parents.values_mut() {
            parents.sort();
            parents.dedup();
        }
        terms
    })
}

impl Terms {
    fn note(&mut self, statement: Statement) {
        match (statement.predicate.as_str(), statement.object) {
            (rdfs::LABEL, Term::Literal(label)) => {
                self.labels.entry(statement.subject).or_insert(label);
            }
            (rdf::TYPE, Term::NamedNode(kind)) => {
                let kinds = [
                    owl::OBJECT_PROPERTY,
                    owl::DATATYPE_PROPERTY,
                    owl::ANNOTATION_PROPERTY,
                ];
                if let Some(kind) = kinds.iter().find(|known| **known == kind.as_str()) {
                    self.kinds.insert(statement.subject, kind);
                }
            }
            (rdfs::SUB_CLASS_OF, Term::NamedNode(parent)) => {
                let parents = self.parents.entry(statement.subject).or_default();
                parents.push(parent.into_string());
            }
            _ => {}
        }
    }
}

/// The classes above a class, in our ontology.
pub(super) fn ancestors(class: &str) -> BTreeSet<String> {
    let known = terms();
    let mut above = BTreeSet::new();
    let mut pending = vec![class];
    while let Some(class) = pending.pop() {
        for parent in known.parents.get(class).into_iter().flatten() {
            if above.insert(parent.clone()) {
                pending.push(parent);
            }
        }
    }
    above
}

/// Adds header and declarations, in a graph of their own where there are graphs.
pub(super) fn add(rows: &mut Vec<Statement>, base: &str) {
    let mut used = Used::default();
    for row in rows.iter() {
        used.note(&row.subject, &row.predicate, row.object_iri());
    }
    rows.extend(used.declarations(base));
}

/// The classes and properties that a graph uses, gathered a statement at a time.
#[derive(Default)]
pub(super) struct Used {
    classes: BTreeSet<String>,
    /// Each with whether it has IRIs, and whether it has literals, for objects.
    properties: BTreeMap<String, (bool, bool)>,
    /// Terms of our own that the graph itself labels.
    labelled: BTreeSet<String>,
}

impl Used {
    /// Takes note of a statement; of its object only the IRI matters.
    pub(super) fn note(&mut self, subject: &str, predicate: &str, object: Option<&str>) {
        if predicate == rdf::TYPE {
            if let Some(class) = object.filter(|class| !self.classes.contains(*class)) {
                self.classes.insert(class.to_owned());
            }
            return;
        }
        if predicate == rdfs::LABEL && subject.starts_with(nl::NS) {
            self.labelled.insert(subject.to_owned());
        }
        let is_iri = object.is_some();
        match self.properties.get_mut(predicate) {
            Some((iris, literals)) => {
                *iris |= is_iri;
                *literals |= !is_iri;
            }
            None => {
                self.properties
                    .insert(predicate.to_owned(), (is_iri, !is_iri));
            }
        }
    }

    /// The header, and a declaration of each class and property.
    pub(super) fn declarations(mut self, base: &str) -> Vec<Statement> {
        let known = terms();
        let mut pending: Vec<String> = self.classes.iter().cloned().collect();
        while let Some(class) = pending.pop() {
            for parent in known.parents.get(&class).into_iter().flatten() {
                if self.classes.insert(parent.clone()) {
                    pending.push(parent.clone());
                }
            }
        }
        let mut rows = Vec::new();
        let graph = format!("{base}graph/ontology");
        let mut put = |subject: &str, predicate: &str, object: Term| {
            rows.push(Statement {
                graph: graph.clone(),
                subject: subject.to_owned(),
                predicate: predicate.to_owned(),
                object,
            });
        };
        let node = |iri: &str| Term::from(NamedNode::new_unchecked(iri));
        let text =
            |words: &str| Term::from(Literal::new_language_tagged_literal_unchecked(words, "en"));
        put(base, rdf::TYPE, node(owl::ONTOLOGY));
        put(
            base,
            rdfs::LABEL,
            text("News as a knowledge graph, by Newsloom"),
        );
        put(
            base,
            dcterms::DESCRIPTION,
            text(
                "Who holds which role where, and what happened where and when, each fact with the sentences that state it.",
            ),
        );
        put(
            base,
            owl::VERSION_INFO,
            Literal::new_simple_literal(env!("CARGO_PKG_VERSION")).into(),
        );
        for class in &self.classes {
            if is_builtin(class) {
                continue;
            }
            put(class, rdf::TYPE, node(owl::CLASS));
            for parent in known.parents.get(class).into_iter().flatten() {
                put(class, rdfs::SUB_CLASS_OF, node(parent));
            }
            // What the graph says of a term itself is not said twice.
            if !self.labelled.contains(class) {
                label(&mut put, class, known);
            }
        }
        for (property, (iris, literals)) in &self.properties {
            let declared = known.kinds.get(property).copied();
            let annotates = ANNOTATIONS.contains(&property.as_str());
            if is_builtin(property) && !annotates && declared.is_none() {
                continue;
            }
            let kind = match (declared, iris, literals) {
                (Some(kind), ..) => kind,
                _ if annotates => owl::ANNOTATION_PROPERTY,
                (_, true, true) => owl::ANNOTATION_PROPERTY,
                (_, true, false) => owl::OBJECT_PROPERTY,
                (_, false, _) => owl::DATATYPE_PROPERTY,
            };
            put(property, rdf::TYPE, node(kind));
            if !is_builtin(property) {
                label(&mut put, property, known);
            }
        }
        rows
    }
}

/// Terms of our own get their label; those of others are documented elsewhere.
fn label(put: &mut impl FnMut(&str, &str, Term), term: &str, known: &Terms) {
    if !term.starts_with(nl::NS) {
        return;
    }
    let label = known.labels.get(term).cloned().unwrap_or_else(|| {
        Literal::new_language_tagged_literal_unchecked(words(local_name(term)), "en")
    });
    put(term, rdfs::LABEL, label.into());
}

/// "hasPlace" as "has place".
fn words(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn is_builtin(iri: &str) -> bool {
    [owl::NS, rdf::NS, rdfs::NS]
        .iter()
        .any(|ns| iri.starts_with(ns))
}
