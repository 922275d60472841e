//! `newsloom diff`.

use super::args::DiffFormat;
use super::{Done, config, output};
use crate::schema::vocab::{compact, foaf, nl, org, rdf, rdfs, schema, sem};
use crate::store::Store;
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

/// Things that are told by name, the most telling class first.
const TOLD: [(&str, &str); 9] = [
    (foaf::PERSON, "person"),
    (org::ORGANIZATION, "organisation"),
    (schema::PLACE, "place"),
    (sem::EVENT, "event"),
    (nl::POSSIBLE_EVENT, "possible event"),
    (org::MEMBERSHIP, "role"),
    (nl::FIGURE, "figure"),
    (schema::NEWS_ARTICLE, "document"),
    ("https://w3id.org/newsloom/ns#Curation", "decision"),
];

pub(super) fn run(config: &config::Diff) -> anyhow::Result<Done> {
    let (old, new) = (Graph::read(&config.old)?, Graph::read(&config.new)?);
    let removed: Vec<&Quad> = old.minus(&new);
    let added: Vec<&Quad> = new.minus(&old);
    let mut out = output::stdout();
    if config.format == DiffFormat::Patch {
        patch(&removed, &added, &mut out)?;
    } else {
        let things = things(&old, &new, &removed, &added);
        if config.json {
            let all = json!({
                "quads": { "removed": removed.len(), "added": added.len() },
                "things": things.iter().map(Change::json).collect::<Vec<_>>(),
            });
            serde_json::to_writer_pretty(&mut out, &all)?;
            writeln!(out)?;
        } else if removed.is_empty() && added.is_empty() {
            writeln!(out, "the graphs are the same")?;
        } else {
            for thing in &things {
                thing.print(&mut out)?;
            }
            writeln!(
                out,
                "{} quads gone, {} quads new",
                removed.len(),
                added.len()
            )?;
        }
    }
    out.flush()?;
    Ok(Done::All)
}

/// All quads of a store by their text, and what their subjects are.
struct Graph {
    quads: BTreeMap<String, Quad>,
    kinds: BTreeMap<String, usize>,
    labels: BTreeMap<String, String>,
}

impl Graph {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let store = Store::open(path)?;
        let mut graph = Self {
            quads: BTreeMap::new(),
            kinds: BTreeMap::new(),
            labels: BTreeMap::new(),
        };
        for quad in store.quads(None, None, None, None) {
            let quad = quad?;
            let subject = subject(&quad);
            if quad.predicate.as_str() == rdf::TYPE
                && let Term::NamedNode(class) = &quad.object
                && let Some(kind) = TOLD.iter().position(|(iri, _)| *iri == class.as_str())
            {
                let known = graph.kinds.entry(subject).or_insert(kind);
                *known = kind.min(*known);
            } else if quad.predicate.as_str() == rdfs::LABEL
                && let Term::Literal(label) = &quad.object
            {
                // The least of several, so that the order of the store leaves no trace.
                let label = label.value().to_owned();
                let known = graph.labels.entry(subject).or_insert_with(|| label.clone());
                if label < *known {
                    *known = label;
                }
            }
            graph.quads.insert(quad.to_string(), quad);
        }
        Ok(graph)
    }

    fn minus(&self, other: &Self) -> Vec<&Quad> {
        self.quads
            .iter()
            .filter(|(text, _)| !other.quads.contains_key(*text))
            .map(|(_, quad)| quad)
            .collect()
    }

    fn label(&self, iri: &str) -> Option<&String> {
        self.labels.get(iri)
    }
}

fn subject(quad: &Quad) -> String {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(n) => n.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(b) => b.to_string(),
    }
}

/// What became of one thing.
struct Change {
    kind: usize,
    iri: String,
    label: String,
    /// Gone, new, or changed.
    state: State,
    /// For a changed thing: lost and gained properties in words.
    lines: BTreeSet<(char, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Gone,
    New,
    Changed,
}

impl Change {
    fn json(&self) -> serde_json::Value {
        json!({
            "change": self.word(),
            "kind": TOLD[self.kind].1,
            "iri": self.iri,
            "label": self.label,
            "lost": self.side('-'),
            "gained": self.side('+'),
        })
    }

    fn side(&self, sign: char) -> Vec<&str> {
        self.lines
            .iter()
            .filter(|(s, _)| *s == sign)
            .map(|(_, line)| line.as_str())
            .collect()
    }

    fn word(&self) -> &'static str {
        match self.state {
            State::Gone => "gone",
            State::New => "new",
            State::Changed => "changed",
        }
    }

    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(
            out,
            "{:<8}{} {}",
            self.word(),
            TOLD[self.kind].1,
            self.label
        )?;
        for (sign, line) in &self.lines {
            writeln!(out, "        {sign} {line}")?;
        }
        Ok(())
    }
}

fn things(old: &Graph, new: &Graph, removed: &[&Quad], added: &[&Quad]) -> Vec<Change> {
    let mut changes: BTreeMap<(usize, String), Change> = BTreeMap::new();
    for (sign, graph, quads) in [('-', old, removed), ('+', new, added)] {
        for quad in quads {
            let iri = subject(quad);
            let Some(&kind) = graph.kinds.get(&iri) else {
                continue;
            };
            let state = match (old.kinds.contains_key(&iri), new.kinds.contains_key(&iri)) {
                (true, false) => State::Gone,
                (false, true) => State::New,
                _ => State::Changed,
            };
            let label = graph.label(&iri).cloned().unwrap_or_else(|| compact(&iri));
            let change = changes
                .entry((kind, label.clone() + &iri))
                .or_insert_with(|| Change {
                    kind,
                    iri: iri.clone(),
                    label,
                    state,
                    lines: BTreeSet::new(),
                });
            if state == State::Changed && quad.predicate.as_str() != nl::EVIDENCE {
                let value = match &quad.object {
                    Term::NamedNode(n) => graph
                        .label(n.as_str())
                        .cloned()
                        .unwrap_or_else(|| compact(n.as_str())),
                    Term::Literal(l) => l.value().to_owned(),
                    Term::BlankNode(b) => b.to_string(),
                };
                let line = format!("{} {value}", compact(quad.predicate.as_str()));
                change.lines.insert((sign, line));
            }
        }
    }
    changes
        .into_values()
        .filter(|c| c.state != State::Changed || !c.lines.is_empty())
        .collect()
}

/// As RDF Patch: one transaction of deletions, then additions (<https://afs.github.io/rdf-patch/>).
fn patch(removed: &[&Quad], added: &[&Quad], out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "TX .")?;
    for (sign, quads) in [("D", removed), ("A", added)] {
        for quad in quads {
            let (s, p, o) = (&quad.subject, &quad.predicate, &quad.object);
            match &quad.graph_name {
                GraphName::DefaultGraph => writeln!(out, "{sign} {s} {p} {o} .")?,
                graph => writeln!(out, "{sign} {s} {p} {o} {graph} .")?,
            }
        }
    }
    writeln!(out, "TC .")
}
