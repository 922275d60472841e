//! Which part of the graph leaves: how much evidence, and how far around a focus.
//!
//! In: a store. Out: a [`Flat`] graph with header and declarations. Refuses: half a fact; a claim goes with the fact that
//! it supports, a sentence with either.

use super::flat::Statement;
use super::select::{self, Selection};
use super::view::GraphView;
use super::{ExportError, Flat, Format, header};
use crate::query::{Answer, Query, names};
use crate::schema::vocab::{dcterms, nif, nl, org, prov, rdf, rdfs, sem, skos};
use crate::store::Store;
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// How much evidence goes along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// Facts only.
    None,
    /// Facts with the sentences that state them.
    Spans,
    /// Facts with claims, assertions and sentences.
    #[default]
    Full,
}

/// The part of a graph that leaves.
#[derive(Clone, Debug, Default)]
pub struct Cut {
    /// How much evidence goes along.
    pub evidence: Evidence,
    /// Name of the thing around which to cut; everything when `None`.
    pub focus: Option<String>,
    /// How many facts away from the focus.
    pub depth: usize,
    /// Things that a diagram shows at most; what fits the format when `None`.
    pub most: Option<usize>,
    /// Which facts.
    pub select: Selection,
    /// A CONSTRUCT or DESCRIBE query whose answer leaves instead of the stored graph.
    pub construct: Option<String>,
    /// How a diagram is laid out.
    pub layout: Layout,
}

/// How a diagram is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Things that are tied stand near one another.
    #[default]
    Ties,
    /// Events in the order of their days, those of unknown day last.
    Time,
    /// Things in frames, one an organisation or, where none ties them, a community.
    Groups,
}

impl Cut {
    /// Takes the part as nodes and edges: around the focus, and at most so many as the format or the user allows.
    pub(super) fn view(&self, store: &Store, format: Format) -> Result<GraphView, ExportError> {
        let mut view = if let Some(text) = &self.construct {
            let answer = constructed(store, text)?;
            let described = description(store, &answer)?;
            GraphView::constructed(&answer, &described)
        } else {
            let mut rows = self.stated(store)?;
            select::apply(&mut rows, &self.select)?;
            let view = GraphView::of(
                rows.iter()
                    .map(|r| (r.subject.as_str(), r.predicate.as_str(), &r.object)),
            );
            // Speakers and publishers come along with their sentences; a picture does not show them for that.
            if self.select.is_everything() || !self.select.types.is_empty() {
                view
            } else {
                view.tied()
            }
        };
        if let Some(name) = &self.focus {
            view = view.around(&focus(store, name)?, self.depth);
        }
        if self.evidence == Evidence::None {
            view.forget_sentences();
        }
        if self.layout == Layout::Time && matches!(format, Format::Dot | Format::Svg) {
            view = view.dated();
        }
        let most = self.most.unwrap_or(format.usual_most());
        Ok(if most < usize::MAX {
            view.bounded(most)
        } else {
            view
        })
    }

    /// Title of a diagram.
    pub(super) fn title(&self, store: &Store) -> String {
        let documents = store.manifest().documents.len();
        let of = match documents {
            0 => "a graph".to_owned(),
            1 => "1 document".to_owned(),
            n => format!("{n} documents"),
        };
        let mut title = match (&self.focus, &self.construct) {
            (Some(name), _) => format!("{name} in {of}"),
            (None, Some(_)) => format!("Answer from {of}"),
            (None, None) => format!("News graph of {of}"),
        };
        let select = &self.select;
        let mut notes = Vec::new();
        if !select.types.is_empty() {
            notes.push(select.types.join(", "));
        }
        notes.extend(select.since.iter().map(|day| format!("since {day}")));
        notes.extend(select.until.iter().map(|day| format!("until {day}")));
        notes.extend(
            select
                .min_confidence
                .map(|least| format!("confidence {least} or more")),
        );
        notes.extend(
            select
                .min_sources
                .map(|least| format!("{least} sources or more")),
        );
        if !notes.is_empty() {
            title = format!("{title} ({})", notes.join("; "));
        }
        title
    }

    /// All statements of the store.
    fn stated(&self, store: &Store) -> Result<Vec<Statement>, ExportError> {
        let mut rows = Vec::with_capacity(store.manifest().quads as usize);
        for quad in store.quads(None, None, None, None) {
            rows.push(Statement::new(quad?));
        }
        Ok(rows)
    }

    /// Takes the part from a store.
    pub fn take(&self, store: &Store) -> Result<Flat, ExportError> {
        if let Some(text) = &self.construct {
            return Ok(Flat::new(constructed(store, text)?));
        }
        let mut rows = self.stated(store)?;
        select::apply(&mut rows, &self.select)?;
        if self.focus.is_none() && self.evidence == Evidence::Full {
            header::add(&mut rows, &store.manifest().base);
            return Ok(Flat::new(rows));
        }
        let kinds = Kinds::of(&rows);
        if let Some(name) = &self.focus {
            let kept = around(&rows, &kinds, focus(store, name)?, self.depth);
            rows.retain(|row| {
                kept.contains(&row.subject)
                    && row
                        .object_iri()
                        .is_none_or(|o| kept.contains(o) || !kinds.of.contains_key(o))
            });
        }
        rows.retain(|row| self.evidence.keeps(row, &kinds));
        if self.evidence == Evidence::None {
            drop_orphans(&mut rows, &kinds);
        }
        header::add(&mut rows, &store.manifest().base);
        Ok(Flat::new(rows))
    }
}

/// The things of that name.
fn focus(store: &Store, name: &str) -> Result<Vec<String>, ExportError> {
    let found = names::find(store, name)?;
    if found.exact.is_empty() {
        return Err(ExportError::NoFocus {
            name: name.to_owned(),
            near: found.near,
        });
    }
    Ok(found.exact)
}

/// The answer of a CONSTRUCT or DESCRIBE query.
fn constructed(store: &Store, text: &str) -> Result<Vec<Statement>, ExportError> {
    let Answer::Graph(triples) = Query::parse(text)?.run(store)? else {
        return Err(ExportError::NoGraph);
    };
    let mut rows = Vec::new();
    for triple in triples {
        rows.push(Statement::of_triple(triple?));
    }
    Ok(rows)
}

/// Types and labels in the store of whatever an answer names.
pub(super) fn description(
    store: &Store,
    answer: &[Statement],
) -> Result<Vec<Statement>, ExportError> {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for row in answer {
        named.insert(&row.subject);
        named.insert(&row.predicate);
        named.extend(row.object_iri());
    }
    let wanted = [
        rdf::TYPE,
        rdfs::LABEL,
        skos::PREF_LABEL,
        sem::EVENT_TYPE,
        sem::HAS_EARLIEST_BEGIN_TIME_STAMP,
        sem::HAS_LATEST_END_TIME_STAMP,
    ];
    let mut rows = Vec::new();
    for iri in named {
        let Ok(subject) = NamedNode::new(iri) else {
            continue;
        };
        for quad in store.quads(Some(subject.as_ref().into()), None, None, None) {
            let row = Statement::new(quad?);
            if wanted.contains(&row.predicate.as_str()) {
                rows.push(row);
            }
        }
    }
    Ok(rows)
}

/// What a node of the graph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A membership, event or figure: ties things together.
    Fact,
    Sentence,
    Document,
    Claim,
    Assertion,
    /// People, organisations, places, roles and all else.
    Thing,
}

/// The kind of every subject.
struct Kinds {
    of: BTreeMap<String, Kind>,
}

impl Kinds {
    fn of(rows: &[Statement]) -> Self {
        let mut of = BTreeMap::new();
        for row in rows {
            let kind = match (row.predicate.as_str(), row.object_iri()) {
                (
                    rdf::TYPE,
                    Some(org::MEMBERSHIP | sem::EVENT | nl::POSSIBLE_EVENT | nl::FIGURE),
                ) => Kind::Fact,
                (rdf::TYPE, Some(nif::SENTENCE)) => Kind::Sentence,
                (rdf::TYPE, Some(nif::CONTEXT)) => Kind::Document,
                (rdf::TYPE, Some(nl::CLAIM)) => Kind::Claim,
                (rdf::TYPE, Some(nl::ASSERTION)) => Kind::Assertion,
                _ => Kind::Thing,
            };
            match of.get_mut(&row.subject) {
                Some(known) if *known == Kind::Thing => *known = kind,
                Some(_) => {}
                None => {
                    of.insert(row.subject.clone(), kind);
                }
            }
        }
        Self { of }
    }

    fn get(&self, iri: &str) -> Option<Kind> {
        self.of.get(iri).copied()
    }
}

impl Evidence {
    fn keeps(self, row: &Statement, kinds: &Kinds) -> bool {
        let subject = kinds.get(&row.subject).unwrap_or(Kind::Thing);
        let object = row.object_iri().and_then(|o| kinds.get(o));
        let claims = [Kind::Claim, Kind::Assertion];
        match self {
            Self::Full => true,
            Self::Spans => {
                !claims.contains(&subject) && !object.is_some_and(|o| claims.contains(&o))
            }
            Self::None => {
                let proof = [Kind::Claim, Kind::Assertion, Kind::Sentence];
                !proof.contains(&subject)
                    && !object.is_some_and(|o| proof.contains(&o))
                    && row.predicate != nl::EVIDENCE
            }
        }
    }
}

/// Without evidence, documents that nothing points at say nothing.
fn drop_orphans(rows: &mut Vec<Statement>, kinds: &Kinds) {
    let used: BTreeSet<String> = rows
        .iter()
        .filter(|r| kinds.get(&r.subject) != Some(Kind::Document))
        .filter_map(|r| r.object_iri().map(str::to_owned))
        .collect();
    rows.retain(|r| kinds.get(&r.subject) != Some(Kind::Document) || used.contains(&r.subject));
}

/// The nodes within `depth` facts of `focus`, with the evidence of what is kept.
fn around(rows: &[Statement], kinds: &Kinds, focus: Vec<String>, depth: usize) -> BTreeSet<String> {
    let evidence = |iri: &str| !matches!(kinds.get(iri), Some(Kind::Fact | Kind::Thing));
    let mut links: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in rows {
        let Some(object) = row.object_iri() else {
            continue;
        };
        if kinds.get(object).is_none() || evidence(&row.subject) || evidence(object) {
            continue;
        }
        links.entry(&row.subject).or_default().push(object);
        links.entry(object).or_default().push(&row.subject);
    }
    let mut kept: BTreeSet<String> = focus.iter().cloned().collect();
    let mut edge = focus;
    // A step of depth leads from a thing over a fact to the next thing.
    for half in 0..depth * 2 {
        let mut next = Vec::new();
        for iri in &edge {
            for &other in links.get(iri.as_str()).into_iter().flatten() {
                // Things lead to facts first; from a fact, things.
                let step = kinds.get(other) == Some(Kind::Fact);
                if (step == (half % 2 == 0) || kinds.get(iri) == Some(Kind::Thing))
                    && kept.insert(other.to_owned())
                {
                    next.push(other.to_owned());
                }
            }
        }
        edge = next;
    }
    with_evidence(rows, kinds, kept)
}

/// Adds claims about kept nodes, their assertions, sentences and documents.
fn with_evidence(
    rows: &[Statement],
    kinds: &Kinds,
    mut kept: BTreeSet<String>,
) -> BTreeSet<String> {
    let mut parts: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    for row in rows
        .iter()
        .filter(|r| kinds.get(&r.subject) == Some(Kind::Claim))
    {
        let inside = row
            .object_iri()
            .is_none_or(|o| kept.contains(o) || kinds.get(o).is_none());
        let part = parts.entry(&row.subject).or_insert((false, false));
        match row.predicate.as_str() {
            rdf::SUBJECT => part.0 = inside,
            rdf::OBJECT => part.1 = inside,
            _ => {}
        }
    }
    let claims: Vec<String> = parts
        .iter()
        .filter(|(_, (subject, object))| *subject && *object)
        .map(|(claim, _)| (*claim).to_owned())
        .collect();
    kept.extend(claims);
    // Each round adds what the last one points at: assertions, then sentences and speakers, then documents and publishers.
    let leads = [
        nl::ASSERTION_OF,
        nl::EVIDENCE,
        prov::WAS_DERIVED_FROM,
        prov::WAS_ATTRIBUTED_TO,
        nif::REFERENCE_CONTEXT,
        dcterms::SOURCE,
        dcterms::PUBLISHER,
        org::ROLE,
        nl::POST,
        sem::EVENT_TYPE,
    ];
    for _ in 0..4 {
        let more: Vec<String> = rows
            .iter()
            .filter(|r| leads.contains(&r.predicate.as_str()) && kept.contains(&r.subject))
            .filter_map(|r| r.object_iri())
            .filter(|o| kinds.get(o).is_some())
            .map(str::to_owned)
            .collect();
        kept.extend(more);
    }
    kept
}
