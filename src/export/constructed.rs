//! The answer of a CONSTRUCT query as a drawing sees it: whatever it names is a node, whatever it ties an edge.
//!
//! In: the answer, and types and labels of what it names. Out: a [`GraphView`]. Refuses: to leave a triple of the answer
//! out; literals stand under the name of their subject.

use super::flat::Statement;
use super::view::{Edge, GraphView, Node, NodeKind, edge_label};
use crate::schema::vocab::{local_name, rdf, rdfs, schema, sem, skos};
use oxigraph::model::Term;
use std::collections::{BTreeMap, BTreeSet};

/// Properties whose literals name their subject.
const NAMES: [&str; 3] = [skos::PREF_LABEL, rdfs::LABEL, schema::NAME];

impl GraphView {
    /// Draws an answer; `described` gives types, labels and days of what it names.
    pub(super) fn constructed(answer: &[Statement], described: &[Statement]) -> Self {
        let mut known: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
        for row in answer.iter().chain(described) {
            known.entry(&row.subject).or_default().push(row);
        }
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for row in answer {
            named.insert(&row.subject);
            if row.predicate != rdf::TYPE {
                named.extend(row.object_iri());
            }
        }
        let mut nodes: Vec<Node> = named
            .iter()
            .map(|iri| node(iri, known.get(iri).map_or(&[], Vec::as_slice), answer))
            .collect();
        nodes.sort_by(|a, b| (a.kind, &a.label, &a.iri).cmp(&(b.kind, &b.label, &b.iri)));
        let place: BTreeMap<&str, usize> = nodes
            .iter()
            .enumerate()
            .map(|(i, n)| (n.iri.as_str(), i))
            .collect();
        let mut edges = Vec::new();
        for row in answer.iter().filter(|r| r.predicate != rdf::TYPE) {
            let ends = row
                .object_iri()
                .and_then(|o| Some((*place.get(row.subject.as_str())?, *place.get(o)?)));
            if let Some((from, to)) = ends {
                let label = name(known.get(row.predicate.as_str()))
                    .unwrap_or_else(|| edge_label(&row.predicate));
                edges.push(Edge {
                    from,
                    to,
                    label,
                    iri: row.predicate.clone(),
                    unconfirmed: nodes[from].kind == NodeKind::PossibleEvent,
                    tooltip: String::new(),
                    source: String::new(),
                });
            }
        }
        Self::tidied(nodes, edges)
    }
}

/// The first label among statements.
fn name(about: Option<&Vec<&Statement>>) -> Option<String> {
    let about = about?;
    NAMES.iter().find_map(|property| {
        let texts = about.iter().filter(|r| r.predicate == *property);
        texts
            .filter_map(|r| text(&r.object))
            .min()
            .map(str::to_owned)
    })
}

fn text(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

fn node(iri: &str, about: &[&Statement], answer: &[Statement]) -> Node {
    let types: BTreeSet<&str> = about
        .iter()
        .filter(|r| r.predicate == rdf::TYPE)
        .filter_map(|r| r.object_iri())
        .collect();
    let kind = NodeKind::of_types(|class| types.contains(class)).unwrap_or(NodeKind::Thing);
    let first = |property: &str| {
        let found = about.iter().filter(|r| r.predicate == property);
        found
            .filter_map(|r| text(&r.object))
            .min()
            .map(str::to_owned)
    };
    // What the answer itself says in words; labels are shown as such.
    let mut details: Vec<String> = answer
        .iter()
        .filter(|r| r.subject == iri && !NAMES.contains(&r.predicate.as_str()))
        .filter_map(|r| {
            Some(format!(
                "{}: {}",
                edge_label(&r.predicate),
                text(&r.object)?
            ))
        })
        .collect();
    details.sort();
    details.dedup();
    Node {
        iri: iri.to_owned(),
        label: NAMES
            .iter()
            .find_map(|property| first(property))
            .unwrap_or_else(|| local_name(iri).to_owned()),
        kind,
        detail: details.join(", "),
        begins: first(sem::HAS_EARLIEST_BEGIN_TIME_STAMP),
        ends: first(sem::HAS_LATEST_END_TIME_STAMP),
        tooltip: String::new(),
        source: String::new(),
        mentions: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::vocab::foaf;
    use oxigraph::model::{Literal, NamedNode};

    #[test]
    fn every_triple_of_an_answer_is_drawn() {
        let row = |s: &str, p: &str, object: Term| Statement {
            graph: String::new(),
            subject: format!("https://example.org/{s}"),
            predicate: p.to_owned(),
            object,
        };
        let iri = |name: &str| {
            Term::from(NamedNode::new_unchecked(format!(
                "https://example.org/{name}"
            )))
        };
        let knows = "https://example.org/ns#metWith";
        let answer = [
            row("ada", knows, iri("bo")),
            row(
                "bo",
                "https://example.org/ns#height",
                Literal::from(5).into(),
            ),
        ];
        let described = [
            row(
                "ada",
                rdf::TYPE,
                NamedNode::new_unchecked(foaf::PERSON).into(),
            ),
            row("ada", rdfs::LABEL, Literal::from("Ada Pike").into()),
        ];
        let view = GraphView::constructed(&answer, &described);
        let nodes: Vec<(&str, NodeKind, &str)> = view
            .nodes
            .iter()
            .map(|n| (n.label.as_str(), n.kind, n.detail.as_str()))
            .collect();
        assert_eq!(
            nodes,
            [
                ("Ada Pike", NodeKind::Person, ""),
                ("bo", NodeKind::Thing, "height: 5")
            ]
        );
        assert_eq!(view.edges.len(), 1);
        assert_eq!(view.edges[0].label, "met with");
    }
}
