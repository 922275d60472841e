//! One id per real person, organisation, place and event across all documents.
//!
//! In: all [`Extraction`](crate::claim::Extraction)s. Out: a [`Resolution`]: which chain is which entity, which event claim
//! is which event, and a [`Judgement`] with reasons for every link made or refused. Refuses: to edit a claim.

use crate::mention::{ChainId, MentionKind};
use std::collections::BTreeMap;

/// Index of an [`Entity`] in a resolution.
pub type EntityId = u32;
/// Index of an [`EventNode`] in a resolution.
pub type EventId = u32;
/// Number of a document in the list that was resolved.
pub type DocumentNo = u32;

/// A real person, organisation, place or facility (kinds `Group` and unnamed chains get none unless they need a node).
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: MentionKind,
    /// Canonical name.
    pub name: String,
    /// All other names seen, sorted, without the canonical one.
    pub aliases: Vec<String>,
    /// Settles equal names: empty, or what tells this one from its namesakes.
    pub disambiguator: String,
    /// Its chains, sorted.
    pub chains: Vec<(DocumentNo, ChainId)>,
}

/// A real event, or one that is only planned, possible, alleged or denied.
#[derive(Clone, Debug, PartialEq)]
pub struct EventNode {
    /// Class IRI (the most specific that its claims share).
    pub class: String,
    /// Whether some source affirms it as actual.
    pub actual: bool,
    /// Its claims (document, index in that document's claims), sorted.
    pub claims: Vec<(DocumentNo, u32)>,
}

/// Why two things were linked, kept apart or left open.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What was decided.
    pub verdict: Verdict,
    /// Names of the two things, as found.
    pub about: (String, String),
    /// Evidence for and against, in words, strongest first.
    pub reasons: Vec<String>,
    /// The two entities, when both have a node.
    pub entities: Option<(EntityId, EntityId)>,
}

/// What a judgement decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// One and the same.
    Same,
    /// Two.
    Different,
    /// Not settled: kept apart and linked `nl:possiblySameAs`.
    Possible,
}

/// The outcome for a set of documents; independent of their order.
#[derive(Clone, Debug, Default)]
pub struct Resolution {
    /// Sorted by kind, name, disambiguator.
    pub entities: Vec<Entity>,
    /// The entity of each chain that has one.
    pub entity_of: BTreeMap<(DocumentNo, ChainId), EntityId>,
    /// Sorted by first claim.
    pub events: Vec<EventNode>,
    /// The event of each event claim.
    pub event_of: BTreeMap<(DocumentNo, u32), EventId>,
    /// In a fixed order.
    pub judgements: Vec<Judgement>,
}
