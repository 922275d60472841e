//! The knowledge that the stations consult: event frames, relations, roles, vocabulary and gazetteers.
//!
//! In: `ontology/` and `seeds/gazetteers/`, embedded at build time, and a folder given at run time that adds to them. Out:
//! one immutable [`Schema`]. Refuses: a file that does not validate, naming file, IRI and remedy.

mod error;
mod examples;
mod frame;
mod gazetteer;
mod grammar;
mod inflection;
mod load;
mod page;
mod roles;
mod turtle;
pub mod vocab;

pub use error::{SchemaError, SchemaErrors};
pub use examples::{Case, Example};
pub use frame::{
    Condition, Frame, Kinds, Path, SlotRule, Trigger, TriggerClass, WordSet, WordTest,
};
pub use gazetteer::{Gazetteer, GazetteerOrganisation, GazetteerPlace, Honorific};
pub use load::embedded_files;
pub use page::vocabulary;
pub use roles::{RoleConcept, RoleScheme};

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A trigger of a frame: index of the frame in [`Schema::frames`] (or `relations`), index of the trigger in it.
pub type TriggerRef = (u32, u32);

/// Triggers by lemma and class.
#[derive(Debug, Default)]
struct Index {
    verbs: FxHashMap<String, Vec<TriggerRef>>,
    nouns: FxHashMap<String, Vec<TriggerRef>>,
    adjectives: FxHashMap<String, Vec<TriggerRef>>,
    /// Inflected forms of the verbs.
    forms: FxHashMap<String, String>,
}

impl Index {
    fn of(frames: &[Frame]) -> Self {
        let mut index = Self::default();
        for (f, frame) in frames.iter().enumerate() {
            for (t, trigger) in frame.triggers.iter().enumerate() {
                let map = match trigger.class {
                    TriggerClass::Verb => &mut index.verbs,
                    TriggerClass::Noun => &mut index.nouns,
                    TriggerClass::Adjective => &mut index.adjectives,
                };
                map.entry(trigger.lemma.clone())
                    .or_default()
                    .push((f as u32, t as u32));
            }
        }
        let mut verbs: Vec<&String> = index.verbs.keys().collect();
        verbs.sort_unstable();
        index.forms = inflection::forms(verbs.iter().copied());
        index
    }

    fn get(&self, lemma: &str, class: TriggerClass) -> &[TriggerRef] {
        let map = match class {
            TriggerClass::Verb => &self.verbs,
            TriggerClass::Noun => &self.nouns,
            TriggerClass::Adjective => &self.adjectives,
        };
        map.get(lemma).map_or(&[], Vec::as_slice)
    }
}

/// Everything, loaded, validated and indexed.
#[derive(Debug, Default)]
pub struct Schema {
    /// Event frames, parents included, sorted by IRI.
    pub frames: Vec<Frame>,
    /// Binary relations, sorted by IRI; their slots are `subject` and `object`.
    pub relations: Vec<Frame>,
    /// Word sets by name (without `@`).
    pub sets: BTreeMap<String, Arc<WordSet>>,
    /// Role titles.
    pub roles: RoleScheme,
    gazetteer: Gazetteer,
    index: Index,
    relation_index: Index,
    /// Hash of the files read from a folder.
    overlay: u64,
}

impl Schema {
    /// The schema that is built in, loaded when first asked for.
    ///
    /// # Panics
    /// Never in a tested build: the embedded files validate.
    pub fn embedded() -> &'static Self {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        SCHEMA.get_or_init(|| {
            Self::load(None).expect("the embedded files validate; a test loads them")
        })
    }

    /// What tells this schema from the built-in one and others: a hash of the files that were read from a folder.
    pub fn overlay(&self) -> u64 {
        self.overlay
    }

    /// The triggers of event frames on this lemma, by frame IRI.
    pub fn triggers_for(&self, lemma: &str, class: TriggerClass) -> &[TriggerRef] {
        self.index.get(lemma, class)
    }

    /// The verb of event triggers that this word form, lower case, is regularly or irregularly formed from; for words
    /// whose lemma the reader has missed.
    pub fn verb_of_form(&self, form: &str) -> Option<&str> {
        self.index.forms.get(form).map(String::as_str)
    }

    /// The triggers of relations on this lemma, by relation IRI.
    pub fn relation_triggers_for(&self, lemma: &str, class: TriggerClass) -> &[TriggerRef] {
        self.relation_index.get(lemma, class)
    }

    /// The event frame and trigger behind a reference of [`Schema::triggers_for`].
    pub fn trigger(&self, (frame, trigger): TriggerRef) -> (&Frame, &Trigger) {
        let frame = &self.frames[frame as usize];
        (frame, &frame.triggers[trigger as usize])
    }

    /// The relation and trigger behind a reference of [`Schema::relation_triggers_for`].
    pub fn relation_trigger(&self, (relation, trigger): TriggerRef) -> (&Frame, &Trigger) {
        let relation = &self.relations[relation as usize];
        (relation, &relation.triggers[trigger as usize])
    }

    /// The event frame of that class IRI.
    pub fn frame(&self, iri: &str) -> Option<&Frame> {
        self.frames
            .binary_search_by(|f| f.iri.as_str().cmp(iri))
            .ok()
            .map(|i| &self.frames[i])
    }

    /// The relation of that property IRI.
    pub fn relation(&self, iri: &str) -> Option<&Frame> {
        self.relations
            .binary_search_by(|f| f.iri.as_str().cmp(iri))
            .ok()
            .map(|i| &self.relations[i])
    }

    /// Whether the class is the other one or below it; both by IRI.
    pub fn is_a(&self, class: &str, ancestor: &str) -> bool {
        class == ancestor || self.frame(class).is_some_and(|f| f.is_below(ancestor))
    }

    /// The word set of that name, without `@`.
    pub fn word_set(&self, name: &str) -> Option<&WordSet> {
        self.sets.get(name).map(AsRef::as_ref)
    }

    /// Places, organisations, names of people, honorifics.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }
}
