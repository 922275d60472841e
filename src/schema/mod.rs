//! The knowledge that the stations consult: event frames, relations, roles, vocabulary and gazetteers.
//!
//! In: `ontology/` and `seeds/gazetteers/`, embedded at build time or read from a folder given at run time. Out: one
//! immutable [`Schema`]. Refuses: a file that does not validate, naming file, IRI and remedy.

use std::collections::BTreeMap;

/// Where a word constraint or slot looks, seen from the trigger; the grammar is written down in `docs/frames.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Path {
    /// Logical subject: who does it (active subject, passive "by", "by" of a noun, controller of an infinitive, genitive of a noun trigger when nothing else claims it).
    Subject,
    /// Logical object: whom or what it is done to (object, passive subject, "of" of a noun).
    Object,
    /// Indirect object.
    Recipient,
    /// Phrase with this preposition ("with", "in", "out of"), of a verb (oblique) or noun (modifier) trigger.
    Preposition(String),
    /// Genitive of a noun trigger ("X's resignation").
    Possessive,
    /// Compound before a noun trigger ("the Kaba shooting", "murder charge").
    Compound,
    /// Adjective modifier of a noun trigger ("armed robbery").
    Adjective,
    /// Open or closed complement clause: the lemma of its verb.
    Complement,
    /// The verb that governs a noun trigger as its object (light verbs: "hold a meeting", "launch a review").
    Governor,
    /// Anything among the trigger's direct dependents.
    Any,
}

/// A constraint on what stands on a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Where to look.
    pub path: Path,
    /// Allowed (or, when `negated`, forbidden) fillers; any one suffices.
    pub words: Vec<WordTest>,
    /// True for `!path:…`: no filler on the path may pass.
    pub negated: bool,
}

/// A test on a filler's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordTest {
    /// The lemma, lower case.
    Lemma(String),
    /// Any lemma of the word set (`@weapon`), expanded when loaded.
    Set(String),
    /// A mention of this kind or group of kinds (`#person`, `#org`, `#place`, `#agent` = person, group or organisation, `#name`, `#money`, `#number`).
    Kind(String),
    /// Anything at all.
    Anything,
}

/// Word class of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriggerClass {
    /// `.v`
    Verb,
    /// `.n`
    Noun,
    /// `.a`: adjective or participle used as predicate or modifier ("striking staff", "dead").
    Adjective,
}

/// What sets a frame off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// As written in the file, for messages and the `rule` of evidence.
    pub source: String,
    /// Lemma of the head word, lower case.
    pub lemma: String,
    /// Particle of a phrasal verb ("down" in "stand down"), found as `compound:prt`, `advmod` or misread preposition.
    pub particle: Option<String>,
    /// Word class.
    pub class: TriggerClass,
    /// All must hold.
    pub conditions: Vec<Condition>,
}

/// One slot of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotRule {
    /// Local name of the property it fills, also the slot's name in claims (`agent`, `victim`, `place`, `topic`…).
    pub name: String,
    /// IRI of the property.
    pub property: String,
    /// Paths in order of preference.
    pub via: Vec<Path>,
    /// What may fill it: kinds as in [`WordTest::Kind`]; empty = anything with a mention.
    pub accepts: Vec<String>,
}

/// An event type.
#[derive(Clone, Debug)]
pub struct Frame {
    /// IRI of the class.
    pub iri: String,
    /// Local name ("Protest").
    pub name: String,
    /// English label ("protest").
    pub label: String,
    /// Direct superclasses.
    pub parents: Vec<String>,
    /// Triggers.
    pub triggers: Vec<Trigger>,
    /// Slots, own ones first, then those of the parents.
    pub slots: Vec<SlotRule>,
    /// Set for speech frames (`lex:speech true`): the event is an act of saying and its content is reported.
    pub speech: bool,
    /// Modality that the trigger itself gives (`lex:modality nl:Planned` …), e.g. for threats.
    pub modality: Option<String>,
    /// Frame needs at least one of these slots filled to be stated at all (`lex:needs`), empty = none.
    pub needs: Vec<String>,
}

/// A concept of the role scheme.
#[derive(Clone, Debug)]
pub struct RoleConcept {
    /// IRI.
    pub iri: String,
    /// Preferred label ("Home Secretary").
    pub label: String,
    /// IRI of the broader concept.
    pub broader: Option<String>,
    /// Key of the organisation that the title itself implies ("Home Secretary" → "Home Office"), with country; never stated as said by the text.
    pub implies: Option<String>,
}

/// A place of the gazetteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GazetteerPlace {
    /// Name.
    pub name: String,
    /// Kind: `city`, `region`, `country`, `continent`, `facility`, `district`.
    pub kind: String,
    /// Names of what contains it, nearest first ("England", "United Kingdom").
    pub within: Vec<String>,
    /// How well known, 0 (village) to 9 (capital, country).
    pub rank: u8,
}

/// An organisation of the gazetteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GazetteerOrganisation {
    /// Canonical name.
    pub name: String,
    /// Kind: `police`, `ministry`, `party`, `company`, `broadcaster`, `court`, …
    pub kind: String,
    /// Place of its seat or remit, if listed.
    pub place: Option<String>,
    /// Acronyms, short forms and metonyms.
    pub aliases: Vec<String>,
}

/// Everything, loaded, validated and indexed.
#[derive(Debug, Default)]
pub struct Schema {
    /// Event frames by IRI.
    pub frames: BTreeMap<String, Frame>,
    /// Word sets by name (without `@`), lemmas sorted.
    pub sets: BTreeMap<String, Vec<String>>,
    /// Role concepts by IRI.
    pub roles: BTreeMap<String, RoleConcept>,
}
