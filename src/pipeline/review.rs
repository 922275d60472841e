//! What a person decided about a graph, as a text file that every build replays.
//!
//! In: a Turtle file of decisions, and documents. Out: [`Rulings`] for the resolution, the decisions that no longer find
//! what they speak of, and quads for the graph of curated statements. Refuses: to guess what a decision means.
//!
//! ```turtle
//! @prefix nl: <https://w3id.org/newsloom/ns#> .
//! [] a nl:SameDecision ; nl:about "J. Lee", "Jane Lee" .
//! [] a nl:DifferentDecision ; nl:about "Ann Lee", "Anne Lee" ; rdfs:comment "sisters" .
//! [] a nl:RenameDecision ; nl:about "J. Lee" ; nl:as "Jane Lee" .
//! [] a nl:RetypeDecision ; nl:about "Acme" ; nl:as "organisation" .
//! [] a nl:RejectDecision ; nl:about <…/assertion/…> .
//! ```
//!
//! A thing is a name (all that bear it), the IRI of an entity, event, assertion or claim, or that of a mention
//! (`DOCUMENT#char=a,b`), as they are in a build without decisions.

use crate::claim::Extraction;
use crate::entity::{self, DocumentNo, Place, Resolution, Rulings};
use crate::graph::{self, GraphOptions, Names};
use crate::mention::MentionKind;
use crate::schema::Schema;
use crate::schema::vocab::{nl, rdf, rdfs};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// Why a file of decisions cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// It is no Turtle.
    #[error("the decisions are no Turtle: {0}")]
    Syntax(String),
    /// A decision that cannot be read.
    #[error("{decision}: {fault}")]
    Decision {
        /// The decision, as far as it can be told.
        decision: String,
        /// What is wrong, and what to do.
        fault: String,
    },
}

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The things are one.
    Same,
    /// The things are two.
    Different,
    /// The thing has another name.
    Rename,
    /// The thing is of another kind.
    Retype,
    /// The claim is not to be believed.
    Reject,
}

impl Kind {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Same, "SameDecision"),
        (Self::Different, "DifferentDecision"),
        (Self::Rename, "RenameDecision"),
        (Self::Retype, "RetypeDecision"),
        (Self::Reject, "RejectDecision"),
    ];

    /// Local name of its class.
    pub fn class(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, name)| name)
    }
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// What is decided.
    pub kind: Kind,
    /// The things it is about, as written, sorted: names or IRIs.
    pub about: Vec<String>,
    /// The new name or kind.
    pub value: Option<String>,
    /// Why, in the words of whoever decided.
    pub comment: Option<String>,
}

impl Decision {
    /// The decision in one line.
    pub fn in_words(&self) -> String {
        let value = self
            .value
            .as_ref()
            .map_or_else(String::new, |v| format!(" as {v}"));
        format!(
            "{} about {}{value}",
            self.kind.class(),
            self.about.join(", ")
        )
    }

    /// The decision as a block of the file.
    pub fn turtle(&self) -> String {
        let term = |t: &String| {
            if is_iri(t) {
                format!("<{t}>")
            } else {
                Literal::new_simple_literal(t).to_string()
            }
        };
        let about: Vec<String> = self.about.iter().map(term).collect();
        let mut out = format!(
            "[] a nl:{} ; nl:about {}",
            self.kind.class(),
            about.join(" , ")
        );
        if let Some(value) = &self.value {
            out.push_str(" ; nl:as ");
            out.push_str(&Literal::new_simple_literal(value).to_string());
        }
        if let Some(comment) = &self.comment {
            out.push_str(" ; rdfs:comment ");
            out.push_str(&Literal::new_simple_literal(comment).to_string());
        }
        out + " .\n"
    }
}

/// What a file of decisions begins with.
pub const HEADER: &str = "# Decisions about this graph, replayed on every build. Remove one to undo it.\n\
@prefix nl: <https://w3id.org/newsloom/ns#> .\n\
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n";

fn is_iri(term: &str) -> bool {
    term.contains("://") && !term.contains(' ')
}

/// Reads the decisions of a file, in a fixed order and each once.
pub fn read(turtle: &str) -> Result<Vec<Decision>, ReviewError> {
    let mut subjects: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
        let quad = quad.map_err(|error| ReviewError::Syntax(error.to_string()))?;
        let subject = match &quad.subject {
            NamedOrBlankNode::NamedNode(n) => n.as_str().to_owned(),
            NamedOrBlankNode::BlankNode(b) => format!("_:{}", b.as_str()),
        };
        let object = match quad.object {
            Term::NamedNode(n) => n.into_string(),
            Term::Literal(l) => l.value().to_owned(),
            Term::BlankNode(_) => continue,
        };
        subjects
            .entry(subject)
            .or_default()
            .entry(quad.predicate.into_string())
            .or_default()
            .insert(object);
    }
    let mut decisions = BTreeSet::new();
    for properties in subjects.values() {
        if let Some(decision) = decision(properties)? {
            decisions.insert(decision);
        }
    }
    Ok(decisions.into_iter().collect())
}

fn decision(
    properties: &BTreeMap<String, BTreeSet<String>>,
) -> Result<Option<Decision>, ReviewError> {
    let values = |local: &str| properties.get(&format!("{}{local}", nl::NS));
    let Some(kind) = properties
        .get(rdf::TYPE)
        .into_iter()
        .flatten()
        .find_map(|class| {
            Kind::ALL
                .iter()
                .find(|(_, name)| class.strip_prefix(nl::NS) == Some(*name))
                .map(|(kind, _)| *kind)
        })
    else {
        return Ok(None);
    };
    let decision = Decision {
        kind,
        about: values("about").into_iter().flatten().cloned().collect(),
        value: values("as").and_then(|v| v.first()).cloned(),
        comment: properties
            .get(rdfs::COMMENT)
            .and_then(|v| v.first())
            .cloned(),
    };
    let fault = match kind {
        Kind::Same | Kind::Different if decision.about.len() < 2 => {
            Some("it needs two things: nl:about \"A\" , \"B\"")
        }
        Kind::Rename | Kind::Retype if decision.value.is_none() => {
            Some("it needs a new value: nl:as \"…\"")
        }
        Kind::Retype if kind_of(decision.value.as_deref()).is_none() => {
            Some("nl:as must be person, organisation, place or facility")
        }
        _ if decision.about.is_empty() => Some("it is about nothing; add nl:about"),
        _ => None,
    };
    match fault {
        Some(fault) => Err(ReviewError::Decision {
            decision: decision.in_words(),
            fault: fault.to_owned(),
        }),
        None => Ok(Some(decision)),
    }
}

fn kind_of(word: Option<&str>) -> Option<MentionKind> {
    Some(match word? {
        "person" => MentionKind::Person,
        "organisation" | "organization" => MentionKind::Organisation,
        "place" => MentionKind::Place,
        "facility" => MentionKind::Facility,
        _ => return None,
    })
}

/// Decisions tied to the chains and claims of a set of documents.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// For the resolution.
    pub rulings: Rulings,
    /// Decisions that hold.
    pub applied: Vec<Decision>,
    /// Decisions that find nothing to decide, each with the reason.
    pub orphans: Vec<String>,
}

/// Ties decisions to documents.
pub fn replay(
    decisions: &[Decision],
    extractions: &[Extraction],
    schema: &Schema,
    options: &GraphOptions,
) -> Replay {
    let mut out = Replay::default();
    if decisions.is_empty() {
        return out;
    }
    let needs_graph = decisions
        .iter()
        .flat_map(|d| &d.about)
        .any(|term| is_iri(term));
    let base = needs_graph.then(|| {
        let resolution = entity::resolve(extractions, schema, &Rulings::default());
        let names = graph::names(extractions, &resolution, schema, options);
        (resolution, names)
    });
    for decision in decisions {
        let found: Vec<Anchor> = decision
            .about
            .iter()
            .map(|term| anchor(term, extractions, base.as_ref()))
            .collect();
        match apply(decision, &found, &mut out.rulings) {
            Ok(()) => out.applied.push(decision.clone()),
            Err(why) => out.orphans.push(format!("{}: {why}", decision.in_words())),
        }
    }
    out
}

/// What a term of a decision stands for in these documents.
#[derive(Default)]
struct Anchor {
    chains: Vec<Place>,
    claims: Vec<Place>,
}

fn anchor(term: &str, extractions: &[Extraction], base: Option<&(Resolution, Names)>) -> Anchor {
    match base {
        Some((resolution, names)) if is_iri(term) => by_iri(term, extractions, resolution, names),
        _ => Anchor {
            chains: entity::chains_called(term, extractions),
            claims: Vec::new(),
        },
    }
}

fn by_iri(
    term: &str,
    extractions: &[Extraction],
    resolution: &Resolution,
    names: &Names,
) -> Anchor {
    let mut anchor = Anchor::default();
    if let Some((document, stretch)) = term.split_once("#char=") {
        let at = names.documents.iter().position(|d| d.as_str() == document);
        if let (Some(no), Some((begin, end))) = (at, stretch.split_once(','))
            && let (Ok(begin), Ok(end)) = (begin.parse::<usize>(), end.parse::<usize>())
        {
            let x = &extractions[no];
            let text = x.document.text();
            let byte = |point: usize| {
                text.char_indices()
                    .nth(point)
                    .map_or(text.len(), |(at, _)| at)
            };
            let (begin, end) = (byte(begin), byte(end));
            let chain = x
                .mentions
                .mentions
                .iter()
                .find(|m| m.span.start() < end && begin < m.span.end())
                .map(|m| m.chain);
            anchor.chains.extend(chain.map(|c| (no as DocumentNo, c)));
        }
        return anchor;
    }
    if let Some(no) = names.entities.iter().position(|e| e.as_str() == term) {
        anchor.chains.clone_from(&resolution.entities[no].chains);
    }
    if let Some(no) = names.events.iter().position(|(e, _)| e.as_str() == term) {
        anchor.claims.clone_from(&resolution.events[no].claims);
    }
    anchor
        .claims
        .extend(names.claims.get(term).into_iter().flatten());
    anchor
}

fn apply(decision: &Decision, found: &[Anchor], rulings: &mut Rulings) -> Result<(), &'static str> {
    const GONE: &str = "nothing in these documents is called so any more";
    if found
        .iter()
        .any(|a| a.chains.is_empty() && a.claims.is_empty())
    {
        return Err(GONE);
    }
    let chains: Vec<Place> = found
        .iter()
        .flat_map(|a| a.chains.iter().copied())
        .collect();
    let claims: Vec<Place> = found
        .iter()
        .flat_map(|a| a.claims.iter().copied())
        .collect();
    match decision.kind {
        Kind::Same => {
            let star = |all: &[Place]| -> Vec<(Place, Place)> {
                all.iter().skip(1).map(|&b| (all[0], b)).collect()
            };
            rulings.same.extend(star(&chains));
            rulings.same_event.extend(star(&claims));
        }
        Kind::Different => {
            for (i, a) in found.iter().enumerate() {
                for b in &found[i + 1..] {
                    if a.chains.iter().any(|c| b.chains.contains(c)) {
                        return Err("one document calls one thing by both names");
                    }
                    rulings.different.extend(pairs(&a.chains, &b.chains));
                    rulings.different_event.extend(pairs(&a.claims, &b.claims));
                }
            }
        }
        Kind::Rename | Kind::Retype if chains.is_empty() => {
            return Err("only people, bodies and places can be named or typed anew");
        }
        Kind::Rename => {
            let name = decision.value.clone().unwrap_or_default();
            rulings
                .renamed
                .extend(chains.into_iter().map(|c| (c, name.clone())));
        }
        Kind::Retype => {
            let Some(kind) = kind_of(decision.value.as_deref()) else {
                return Err("no such kind");
            };
            rulings
                .retyped
                .extend(chains.into_iter().map(|c| (c, kind)));
        }
        Kind::Reject if claims.is_empty() => {
            return Err("only claims, assertions and events can be rejected");
        }
        Kind::Reject => rulings.rejected.extend(claims),
    }
    Ok(())
}

fn pairs(a: &[Place], b: &[Place]) -> Vec<(Place, Place)> {
    a.iter()
        .flat_map(|&x| b.iter().map(move |&y| (x, y)))
        .collect()
}

/// The decisions that hold, as quads of the graph of curated statements.
pub fn curated(replay: &Replay, options: &GraphOptions) -> Vec<Quad> {
    let graph = options.iris.curated_graph();
    let mut out = Vec::new();
    for decision in &replay.applied {
        let node = options.iris.decision(&decision.turtle());
        let mut put = |predicate: String, object: Term| {
            out.push(Quad::new(
                node.clone(),
                NamedNode::new_unchecked(predicate),
                object,
                graph.clone(),
            ));
        };
        let class = format!("{}{}", nl::NS, decision.kind.class());
        put(rdf::TYPE.to_owned(), NamedNode::new_unchecked(class).into());
        let decided = format!("{}Curation", nl::NS);
        put(
            rdf::TYPE.to_owned(),
            NamedNode::new_unchecked(decided).into(),
        );
        let words = Literal::new_language_tagged_literal_unchecked(decision.in_words(), "en");
        put(rdfs::LABEL.to_owned(), words.into());
        for term in &decision.about {
            let object = match NamedNode::new(term) {
                Ok(iri) if is_iri(term) => iri.into(),
                _ => Literal::new_simple_literal(term).into(),
            };
            put(format!("{}about", nl::NS), object);
        }
        if let Some(value) = &decision.value {
            put(
                format!("{}as", nl::NS),
                Literal::new_simple_literal(value).into(),
            );
        }
        if let Some(comment) = &decision.comment {
            put(
                rdfs::COMMENT.to_owned(),
                Literal::new_simple_literal(comment).into(),
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read_back_as_they_were_written() {
        let decisions = vec![
            Decision {
                kind: Kind::Same,
                about: vec!["J. \"Jo\" Lee".into(), "Jane Lee".into()],
                value: None,
                comment: Some("her obituary".into()),
            },
            Decision {
                kind: Kind::Retype,
                about: vec!["https://example.org/id/person/acme-1".into()],
                value: Some("organisation".into()),
                comment: None,
            },
        ];
        let file: String = decisions.iter().map(Decision::turtle).collect();
        assert_eq!(read(&format!("{HEADER}{file}")).unwrap(), decisions);
    }

    #[test]
    fn a_decision_that_decides_nothing_is_named() {
        let fault = read(&format!("{HEADER}[] a nl:SameDecision ; nl:about \"A\" .")).unwrap_err();
        assert!(fault.to_string().contains("needs two things"), "{fault}");
        assert!(read("no turtle").is_err());
        assert_eq!(read(HEADER).unwrap(), []);
    }
}
