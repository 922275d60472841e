//! Event frames: what sets them off, under which conditions, and which slots they fill.
//!
//! In: nothing; [`grammar`](super) builds them from Turtle. Out: types that the claim station matches without allocating.
//! Refuses: to match by itself; it does not know sentences.

use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Kinds of filler as a set; what a mention or token is, or what a test admits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kinds(u16);

impl Kinds {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// One person (`#person`).
    pub const PERSON: Self = Self(1);
    /// Several people (`#group`).
    pub const GROUP: Self = Self(1 << 1);
    /// An organisation (`#org`), or a facility that acts as one.
    pub const ORG: Self = Self(1 << 2);
    /// A place or facility (`#place`).
    pub const PLACE: Self = Self(1 << 3);
    /// Any mention by name (`#name`).
    pub const NAME: Self = Self(1 << 4);
    /// A sum of money (`#money`).
    pub const MONEY: Self = Self(1 << 5);
    /// A number (`#number`).
    pub const NUMBER: Self = Self(1 << 6);
    /// A day, month or year (`#time`).
    pub const TIME: Self = Self(1 << 7);
    /// The word for the people of a country (`#demonym`).
    pub const DEMONYM: Self = Self(1 << 8);
    /// A person, group or organisation (`#agent`).
    pub const AGENT: Self = Self(Self::PERSON.0 | Self::GROUP.0 | Self::ORG.0);

    /// The kinds by the names that frames use, without `#`.
    pub const NAMES: [(&'static str, Self); 10] = [
        ("agent", Self::AGENT),
        ("demonym", Self::DEMONYM),
        ("group", Self::GROUP),
        ("money", Self::MONEY),
        ("name", Self::NAME),
        ("number", Self::NUMBER),
        ("org", Self::ORG),
        ("person", Self::PERSON),
        ("place", Self::PLACE),
        ("time", Self::TIME),
    ];

    /// The kind of that name, without `#`.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|&(_, k)| k)
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets share a kind.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Where a word constraint or slot looks, seen from the trigger; the grammar is written down in `docs/frames.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Path {
    /// Logical subject: who does it (active subject, passive "by", "by" of a noun, controller of an infinitive, genitive of a noun trigger when nothing else claims it).
    Subject,
    /// Logical object: whom or what it is done to (object, passive subject, "of" of a noun).
    Object,
    /// Indirect object.
    Recipient,
    /// Phrase with one of these prepositions ("with", "in", "out of"), of a verb (oblique) or noun (modifier) trigger.
    Preposition(Vec<String>),
    /// Genitive of a noun trigger ("X's resignation").
    Possessive,
    /// Compound before a noun trigger ("the Pike shooting", "murder charge").
    Compound,
    /// Adjective modifier of a noun trigger ("armed robbery").
    Adjective,
    /// Open or closed complement clause: the lemma of its verb.
    Complement,
    /// The verb that governs a noun trigger as its object (light verbs: "hold a meeting", "launch a review").
    Governor,
    /// Anything among the trigger's direct dependents.
    Any,
    /// Steps one after another (`obl:with/obj`: the object of what stands in the "with" phrase); each step starts at the head of
    /// the filler before it.
    Chain(Vec<Path>),
}

/// A named list of lemmas (`@weapon`).
#[derive(Debug, Default, PartialEq, Eq)]
pub struct WordSet {
    /// Name without `@`.
    pub name: String,
    /// Lemmas, lower case.
    words: FxHashSet<String>,
}

impl WordSet {
    /// A set of these lemmas.
    pub fn new(name: impl Into<String>, words: impl IntoIterator<Item = String>) -> Self {
        Self {
            name: name.into(),
            words: words.into_iter().collect(),
        }
    }

    /// Whether the lemma belongs to it.
    pub fn contains(&self, lemma: &str) -> bool {
        self.words.contains(lemma)
    }

    /// Its lemmas, sorted.
    pub fn sorted(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words
    }
}

/// A test on a filler's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordTest {
    /// The lemma, lower case.
    Lemma(String),
    /// Any lemma of the word set (`@weapon`).
    Set(Arc<WordSet>),
    /// A mention of one of these kinds (`#person`, `#agent` …).
    Kind(Kinds),
    /// Anything at all (`*`).
    Anything,
}

impl WordTest {
    /// Whether a filler with this head lemma (lower case) and these kinds passes.
    pub fn admits(&self, lemma: &str, kinds: Kinds) -> bool {
        match self {
            Self::Lemma(wanted) => wanted == lemma,
            Self::Set(set) => set.contains(lemma),
            Self::Kind(wanted) => wanted.meets(kinds),
            Self::Anything => true,
        }
    }
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

impl Condition {
    /// Whether one of the words admits a filler with this head lemma and these kinds; `negated` is for the caller, who
    /// knows all fillers of the path.
    pub fn admits(&self, lemma: &str, kinds: Kinds) -> bool {
        self.words.iter().any(|w| w.admits(lemma, kinds))
    }
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
    pub source: Arc<str>,
    /// Lemma of the head word, lower case.
    pub lemma: String,
    /// Particle of a phrasal verb ("down" in "stand down"), found as `compound:prt`, `advmod` or misread preposition.
    pub particle: Option<String>,
    /// Word class.
    pub class: TriggerClass,
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// `past`: a verb in the past tense or a participle.
    pub past: bool,
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
    /// What may fill it, any one suffices; empty = anything with a mention.
    pub accepts: Vec<WordTest>,
}

impl SlotRule {
    /// Whether a mention with this head lemma and these kinds may fill it.
    pub fn admits(&self, lemma: &str, kinds: Kinds) -> bool {
        self.accepts.is_empty() || self.accepts.iter().any(|w| w.admits(lemma, kinds))
    }
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
    /// What the class covers.
    pub comment: String,
    /// The file that declares it.
    pub file: String,
    /// Direct superclasses.
    pub parents: Vec<String>,
    /// The class itself and all its superclasses, sorted.
    pub ancestors: Vec<String>,
    /// Triggers.
    pub triggers: Vec<Trigger>,
    /// Slots, own ones first, then those of the parents.
    pub slots: Vec<SlotRule>,
    /// Set for a relation that is an `owl:SymmetricProperty`: said of two things, it holds either way.
    pub symmetric: bool,
    /// Set for a relation that claims of another frame state more fully (`lex:toldBy nl:Membership`): its IRI.
    pub told_by: Option<String>,
    /// Set for speech frames (`lex:speech true`): the event is an act of saying and its content is reported.
    pub speech: bool,
    /// The slot whose filler goes through such an event once only (`lex:once "victim"`: nobody dies twice).
    pub once: Option<String>,
    /// Slots whose filler, a body with an area of its own, shows where the event is when no sentence says so
    /// (`lex:placeFrom "participant"`: the staff of a county's force walk out in that county).
    pub place_from: Vec<String>,
    /// Set where the event is done to somebody on the spot (`lex:scene true`), so that it may share the place of what the
    /// sentence before tells of the same person.
    pub scene: bool,
    /// Set where the class gathers unlike things, told apart by their word only (`lex:byWord true`: no pandemic is a scandal).
    pub by_word: bool,
    /// Modality that the trigger itself gives (`lex:modality nl:Planned` …), by local name, e.g. for threats.
    pub modality: Option<String>,
    /// Frame needs at least one of these slots filled to be stated at all (`lex:needs`), empty = none.
    pub needs: Vec<String>,
    /// Its examples, which run as tests.
    pub examples: Vec<super::examples::Example>,
}

impl Frame {
    /// Whether its class lies below another, or is it.
    pub fn is_below(&self, ancestor: &str) -> bool {
        let search = |a: &String| a.as_str().cmp(ancestor);
        self.ancestors.binary_search_by(search).is_ok()
    }
}
