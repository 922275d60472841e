//! The facts of a graph as records, for formats that know no triples.
//!
//! In: a flat graph. Out: things with their names, memberships, events and plain relations between things. It is a view:
//! nothing is in it that the graph does not say.

use super::Flat;
use super::flat::subjects;
use crate::schema::vocab::{dcterms, foaf, local_name, nif, nl, org, rdf, rdfs, schema, sem, skos};
use oxigraph::model::Term;
use std::collections::BTreeMap;

/// Properties of one subject: predicate and objects.
pub(super) type Properties<'a> = BTreeMap<&'a str, Vec<&'a Term>>;

/// The subjects of a graph with their properties.
pub(super) struct Facts<'a> {
    of: BTreeMap<&'a str, Properties<'a>>,
}

/// A connection between two things.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) from: String,
    pub(super) relation: String,
    pub(super) to: String,
    pub(super) status: String,
    pub(super) when: String,
    /// The membership or event behind it; the subject itself for plain relations.
    pub(super) fact: String,
}

impl<'a> Facts<'a> {
    pub(super) fn new(graph: &'a Flat) -> Self {
        let mut of: BTreeMap<&str, Properties<'_>> = BTreeMap::new();
        for rows in subjects(graph.rows()) {
            let properties = of.entry(&rows[0].subject).or_default();
            for row in rows {
                properties
                    .entry(&row.predicate)
                    .or_default()
                    .push(&row.object);
            }
        }
        Self { of }
    }

    /// Subjects of a class, sorted.
    pub(super) fn of_class(&self, class: &str) -> impl Iterator<Item = &'a str> {
        self.of
            .iter()
            .filter(move |(iri, _)| self.is(iri, class))
            .map(|(iri, _)| *iri)
    }

    pub(super) fn is(&self, iri: &str, class: &str) -> bool {
        self.iris(iri, rdf::TYPE).any(|c| c == class)
    }

    fn objects(&self, iri: &str, predicate: &str) -> impl Iterator<Item = &'a Term> {
        self.of
            .get(iri)
            .and_then(|p| p.get(predicate))
            .into_iter()
            .flatten()
            .copied()
    }

    /// IRIs among the objects.
    pub(super) fn iris(&self, iri: &str, predicate: &str) -> impl Iterator<Item = &'a str> {
        self.objects(iri, predicate).filter_map(|term| match term {
            Term::NamedNode(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Texts of literals among the objects.
    pub(super) fn texts(&self, iri: &str, predicate: &str) -> impl Iterator<Item = &'a str> {
        self.objects(iri, predicate).filter_map(|term| match term {
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        })
    }

    pub(super) fn first(&self, iri: &str, predicate: &str) -> String {
        self.texts(iri, predicate)
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    pub(super) fn label(&self, iri: &str) -> String {
        self.texts(iri, rdfs::LABEL)
            .next()
            .unwrap_or_else(|| local_name(iri))
            .to_owned()
    }

    pub(super) fn aliases(&self, iri: &str) -> Vec<&'a str> {
        self.texts(iri, skos::ALT_LABEL).collect()
    }

    /// What a thing is, in a word.
    pub(super) fn kind(&self, iri: &str) -> &'static str {
        [
            (foaf::PERSON, "person"),
            (org::ORGANIZATION, "organisation"),
            (nl::FACILITY, "facility"),
            (schema::PLACE, "place"),
            (sem::EVENT, "event"),
            (nl::POSSIBLE_EVENT, "possible event"),
            (nl::FIGURE, "figure"),
        ]
        .into_iter()
        .find(|(class, _)| self.is(iri, class))
        .map_or("thing", |(_, word)| word)
    }

    /// The time of an event as precise as it is known.
    pub(super) fn when(&self, event: &str) -> String {
        [
            sem::HAS_TIME_STAMP,
            sem::HAS_EARLIEST_BEGIN_TIME_STAMP,
            nl::AS_OF,
        ]
        .into_iter()
        .find_map(|p| self.texts(event, p).next())
        .unwrap_or_default()
        .to_owned()
    }

    /// Status of a role or doubt about an event, in words.
    pub(super) fn status(&self, fact: &str) -> String {
        let mut words: Vec<String> = self
            .iris(fact, nl::STATUS)
            .chain(self.iris(fact, nl::MODALITY))
            .map(|s| local_name(s).to_lowercase())
            .collect();
        words.sort();
        words.join(" ")
    }

    /// Sentences with the source of their document.
    pub(super) fn evidence(&self, fact: &str) -> Vec<(String, String)> {
        self.iris(fact, nl::EVIDENCE)
            .map(|sentence| {
                let source = self
                    .iris(sentence, nif::REFERENCE_CONTEXT)
                    .next()
                    .map(|d| self.first(d, dcterms::SOURCE))
                    .unwrap_or_default();
                (self.first(sentence, nif::ANCHOR_OF), source)
            })
            .collect()
    }

    /// Every connection, sorted.
    pub(super) fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for (&iri, properties) in &self.of {
            let link = |from: &str, relation: String, to: &str| Link {
                from: from.to_owned(),
                relation,
                to: to.to_owned(),
                status: self.status(iri),
                when: self.when(iri),
                fact: iri.to_owned(),
            };
            if self.is(iri, org::MEMBERSHIP) {
                let roles: Vec<String> = self
                    .iris(iri, org::ROLE)
                    .map(|role| self.label(role))
                    .collect();
                let role = if roles.is_empty() {
                    "member".to_owned()
                } else {
                    roles.join(", ")
                };
                for member in self.iris(iri, org::MEMBER) {
                    let mut bodies = self.iris(iri, org::ORGANIZATION_OF).peekable();
                    if bodies.peek().is_none() {
                        links.push(link(member, role.clone(), ""));
                    }
                    for body in bodies {
                        links.push(link(member, role.clone(), body));
                    }
                }
                continue;
            }
            let event = self.is(iri, sem::EVENT) || self.is(iri, nl::POSSIBLE_EVENT);
            let thing = [foaf::PERSON, org::ORGANIZATION, schema::PLACE, nl::FIGURE]
                .iter()
                .any(|class| self.is(iri, class));
            if !event && !thing {
                continue;
            }
            for &predicate in properties.keys() {
                let passed_over = [
                    rdf::TYPE,
                    sem::HAS_ACTOR,
                    schema::LOCATION,
                    sem::EVENT_TYPE,
                    org::HAS_MEMBERSHIP,
                    org::HOLDS,
                    nl::EVIDENCE,
                    nl::MODALITY,
                ];
                if passed_over.contains(&predicate) {
                    continue;
                }
                for object in self.iris(iri, predicate) {
                    if self.kind(object) != "thing" {
                        links.push(link(iri, local_name(predicate).to_owned(), object));
                    }
                }
            }
        }
        links.sort();
        links.dedup();
        links
    }
}
