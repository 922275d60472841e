//! Event claims made ready for comparison.
//!
//! In: claims of kind `Event` and the resolved entities. Out: [`Reading`]s: class, participants by slot, places, time,
//! reality and how the text refers to the event. Refuses: nothing; what cannot be compared has no tie.

use super::office::Meant;
use super::{ChainId, DocumentNo, EntityId, Resolution, in_order, name, ranks, turn};
use crate::claim::{Claim, ClaimKind, Extraction, Filler, Modality, Polarity};
use crate::mention::{Form, MentionId, MentionKind, Precision, TimeValue};
use crate::schema::Schema;
use english::Upos;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Index of a reading.
pub(super) type ReadingId = u32;

/// Words before a noun that make it another than the one before.
const OTHER: [&str; 14] = [
    "another", "other", "previous", "earlier", "past", "second", "third", "further", "fresh",
    "separate", "similar", "future", "new", "next",
];

/// Under this the people among the objects stand once more: what is done to one is not what is done to another, while of
/// bodies and things several may be meant at once.
pub(super) const ONE_PERSON: &str = "object person";

/// How real a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reality {
    /// Stated as fact.
    Actual,
    /// Charged, not proven.
    Alleged,
    /// May be.
    Possible,
    /// Is to be.
    Planned,
    /// Denied.
    Denied,
}

/// How the text points at the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reference {
    /// A verb, or a noun without article.
    Plain,
    /// "The", "this", "its": one that the reader knows.
    Definite,
    /// "Another", "previous": not the one before.
    Other,
}

/// One event claim.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// Rank of its document in the order of content.
    pub rank: u32,
    /// Where the claim stands in the input.
    pub at: (DocumentNo, u32),
    /// Class IRI.
    pub class: String,
    /// Number of the class among those that readings have, in the order of their IRIs: faster to compare.
    pub class_no: u32,
    /// How real.
    pub reality: Reality,
    /// How it is pointed at.
    pub reference: Reference,
    /// Lemma of the trigger.
    pub trigger: String,
    /// Named participants by slot.
    pub named: BTreeMap<String, BTreeSet<EntityId>>,
    /// All named participants.
    pub participants: BTreeSet<EntityId>,
    /// Head words of unnamed participants by slot.
    pub words: BTreeMap<String, BTreeSet<String>>,
    /// Ages by which unnamed participants are described, by slot ("a 36-year-old climber").
    pub ages: BTreeMap<String, BTreeSet<u16>>,
    /// Places, by entity.
    pub places: BTreeSet<EntityId>,
    /// Bounds of its time.
    pub time: Option<(Date, Date)>,
    /// Its time as read, settled or not.
    pub value: Option<TimeValue>,
    /// Sentence.
    pub sentence: u32,
    /// Everybody and everything with a node that its sentence names.
    pub around: BTreeSet<EntityId>,
    /// Lemmas of the nouns and verbs of its sentence, the trigger left out.
    pub wording: BTreeSet<String>,
    /// Lemma of the trigger's object.
    pub theme: Option<String>,
    /// For acts of saying: number of the turn that it begins or goes on with, in its document.
    pub turn: u32,
    /// For acts of saying: hashes of runs of three words within quotation marks of its turn, sorted.
    pub quoted: Vec<u64>,
    /// For acts of saying: hashes of all runs of three words of its turn, sorted.
    pub spoken: Vec<u64>,
    /// Whether it is told with a pronoun for the speaker ("she added").
    pub by_pronoun: bool,
    /// Whether the trigger is a noun.
    pub noun: bool,
}

/// The readings of all event claims, in the order of content.
pub(super) fn gather(
    extractions: &[Extraction],
    order: &[DocumentNo],
    schema: &Schema,
    meant: &Meant,
    resolution: &Resolution,
) -> Vec<Reading> {
    let mut by_document: Vec<Vec<Reading>> = Vec::with_capacity(extractions.len());
    for ((x, rank), no) in extractions.iter().zip(ranks(order)).zip(0..) {
        // Looked up once for the document: a tree of all documents' chains is slow to walk for each mention.
        let nodes: Nodes = resolution
            .entity_of
            .range((no, 0)..=(no, ChainId::MAX))
            .map(|(&(_, chain), &entity)| (chain, entity))
            .collect();
        let mut readings = Vec::new();
        for (index, claim) in x.claims.iter().enumerate() {
            let at = (no, index as u32);
            if claim.kind == ClaimKind::Event && !resolution.rejected.contains(&at) {
                readings.push(read(x, claim, meant, resolution, &nodes, rank, at));
            }
        }
        turn::take(x, schema, &mut readings);
        by_document.push(readings);
    }
    let mut out = in_order(order, by_document);
    let classes: BTreeSet<&str> = out.iter().map(|r| r.class.as_str()).collect();
    let numbers: FxHashMap<String, u32> = classes.into_iter().map(str::to_owned).zip(0..).collect();
    for reading in &mut out {
        reading.class_no = numbers.get(&reading.class).copied().unwrap_or_default();
    }
    out
}

/// The readings of each event.
pub(super) fn by_event<'a>(
    readings: &'a [Reading],
    resolution: &Resolution,
) -> Vec<Vec<&'a Reading>> {
    let mut out = vec![Vec::new(); resolution.events.len()];
    for r in readings {
        if let Some(&event) = resolution.event_of.get(&r.at) {
            out[event as usize].push(r);
        }
    }
    out
}

/// The chains of a document that have an entity, sorted.
type Nodes = Vec<(ChainId, EntityId)>;

/// The entity of a chain.
fn node(nodes: &Nodes, chain: ChainId) -> Option<EntityId> {
    let at = nodes.binary_search_by_key(&chain, |n| n.0).ok()?;
    Some(nodes[at].1)
}

fn read(
    x: &Extraction,
    claim: &Claim,
    meant: &Meant,
    resolution: &Resolution,
    nodes: &Nodes,
    rank: u32,
    at: (DocumentNo, u32),
) -> Reading {
    let entity = |m: MentionId| {
        let chain = x.mentions.mentions.get(m as usize)?.chain;
        node(nodes, chain).or_else(|| Some(meant.get(&(at.0, chain))?.entity))
    };
    let mut reading = Reading {
        rank,
        at,
        class: claim.frame.clone(),
        class_no: 0,
        reality: match (claim.polarity, claim.modality) {
            (Polarity::Negated, _) => Reality::Denied,
            (_, Modality::Actual) => Reality::Actual,
            (_, Modality::Alleged) => Reality::Alleged,
            (_, Modality::Possible) => Reality::Possible,
            (_, Modality::Planned) => Reality::Planned,
        },
        reference: Reference::Plain,
        trigger: String::new(),
        named: BTreeMap::new(),
        participants: BTreeSet::new(),
        words: BTreeMap::new(),
        ages: BTreeMap::new(),
        places: BTreeSet::new(),
        time: None,
        value: None,
        sentence: claim.evidence().sentence,
        around: BTreeSet::new(),
        wording: BTreeSet::new(),
        theme: None,
        turn: at.1,
        quoted: Vec::new(),
        spoken: Vec::new(),
        by_pronoun: false,
        noun: false,
    };
    for slot in &claim.slots {
        if let (Filler::Mention(m), "speaker") = (&slot.filler, slot.name.as_str())
            && let Some(mention) = x.mentions.mentions.get(*m as usize)
        {
            reading.by_pronoun |= mention.form == Form::Pronoun;
        }
        let filler = match &slot.filler {
            Filler::Mention(m) => match entity(*m) {
                Some(e) if slot.name == "place" => {
                    reading.places.insert(e);
                    continue;
                }
                Some(e) => {
                    if slot.name == "object"
                        && resolution.entities[e as usize].kind == MentionKind::Person
                    {
                        reading
                            .named
                            .entry(ONE_PERSON.to_owned())
                            .or_default()
                            .insert(e);
                    }
                    reading
                        .named
                        .entry(slot.name.clone())
                        .or_default()
                        .insert(e);
                    continue;
                }
                None => x.mentions.mentions.get(*m as usize).map(|m| {
                    if let Some(age) = age(x.document.slice(m.span)) {
                        reading
                            .ages
                            .entry(slot.name.clone())
                            .or_default()
                            .insert(age);
                    }
                    let token = x
                        .mentions
                        .sentences
                        .get(m.sentence as usize)
                        .and_then(|s| s.tokens.get(m.head as usize));
                    token.map_or_else(String::new, |t| t.lemma.to_lowercase())
                }),
            },
            Filler::Text(span) => name::words(x.document.slice(*span)).pop(),
            Filler::Event(other) => x
                .claims
                .get(*other as usize)
                .map(|c| crate::schema::vocab::local_name(&c.frame).to_lowercase()),
        };
        if let Some(word) = filler.filter(|w| w.len() > 2) {
            reading
                .words
                .entry(slot.name.clone())
                .or_default()
                .insert(word);
        }
    }
    reading.participants = reading.named.values().flatten().copied().collect();
    let value = claim
        .time
        .and_then(|t| x.mentions.times.get(t as usize))
        .map(|t| t.value.clone());
    reading.time = value
        .as_ref()
        .filter(|v| v.precision != Precision::Unresolved)
        .and_then(|v| Some((v.earliest?, v.latest?)));
    reading.value = value;
    refer(x, claim, &mut reading);
    let from = x
        .mentions
        .mentions
        .partition_point(|m| m.sentence < reading.sentence);
    reading.around = x.mentions.mentions[from..]
        .iter()
        .take_while(|m| m.sentence == reading.sentence)
        .filter_map(|m| node(nodes, m.chain))
        .collect();
    if let Some(sentence) = x.mentions.sentences.get(reading.sentence as usize) {
        reading.wording = sentence
            .tokens
            .iter()
            .filter(|t| matches!(t.upos, Upos::Noun | Upos::Verb | Upos::Adj))
            .map(|t| t.lemma.to_lowercase())
            .filter(|l| l.len() > 3 && *l != reading.trigger)
            .collect();
    }
    reading
}

/// The age in a description: "a 36-year-old climber".
fn age(description: &str) -> Option<u16> {
    let (before, _) = description.split_once("-year-old")?;
    before.rsplit(' ').next()?.parse().ok()
}

/// Reads how the trigger points at its event.
fn refer(x: &Extraction, claim: &Claim, reading: &mut Reading) {
    let found = claim.evidence();
    let Some(sentence) = x.mentions.sentences.get(found.sentence as usize) else {
        return;
    };
    let Some(at) = sentence
        .tokens
        .iter()
        .position(|t| found.trigger.contains(t.span))
    else {
        return;
    };
    let token = &sentence.tokens[at];
    reading.trigger = token.lemma.to_lowercase();
    reading.theme = sentence
        .children(at)
        .find(|&c| sentence.tokens[c].deprel == "obj")
        .map(|c| sentence.tokens[c].lemma.to_lowercase());
    if !matches!(token.upos, Upos::Noun | Upos::Propn) {
        return;
    }
    reading.noun = true;
    for child in sentence.children(at) {
        let word = sentence.tokens[child].lemma.to_lowercase();
        if OTHER.contains(&word.as_str()) {
            reading.reference = Reference::Other;
            return;
        }
        let definite = matches!(word.as_str(), "the" | "this" | "that" | "these" | "those")
            || sentence.tokens[child].deprel == "nmod:poss";
        if definite && child < at {
            reading.reference = Reference::Definite;
        }
    }
}
