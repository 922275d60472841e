//! Places of events that no sentence gives.
//!
//! In: readings, and the events made of them. Out: [`InferredPlace`]s. Refuses: a place that the texts do not name, an event
//! that has a place or might be in two, and events of classes whose frames do not say that they happen where their body is.

use super::cluster::Sets;
use super::few::Few;
use super::name::place_key;
use super::reading::{Reading, ReadingId, Readings, Reality, Slot};
use super::{EntityId, InferredPlace, Resolution};
use crate::mention::MentionKind;
use crate::schema::{Schema, WordSet};
use std::collections::{BTreeMap, BTreeSet};

/// Slots of those to whom something is done.
const UNDERGOERS: [&str; 2] = ["victim", "object"];

/// What the search consults.
struct Search<'a> {
    readings: &'a Readings,
    events: &'a Sets,
    schema: &'a Schema,
    resolution: &'a Resolution,
    /// Places by their names.
    named: BTreeMap<String, EntityId>,
    undergoers: Vec<Slot>,
    /// The readings by document and sentence.
    by_sentence: Vec<(u32, u32, ReadingId)>,
}

/// Finds where events without a place were.
pub(super) fn infer(
    readings: &Readings,
    events: &Sets,
    schema: &Schema,
    resolution: &mut Resolution,
) {
    let named: BTreeMap<String, EntityId> = resolution
        .entities
        .iter()
        .enumerate()
        .filter(|(_, e)| e.kind == MentionKind::Place && e.disambiguator.is_empty())
        .flat_map(|(no, e)| {
            std::iter::once(&e.name)
                .chain(&e.aliases)
                .map(move |n| (place_key(n), no as EntityId))
        })
        .collect();
    let undergoers = UNDERGOERS
        .iter()
        .filter_map(|slot| readings.terms.slot(slot))
        .collect();
    let told = readings.all.iter().zip(0..);
    let mut by_sentence: Vec<(u32, u32, ReadingId)> =
        told.map(|(r, id)| (r.rank, r.sentence, id)).collect();
    by_sentence.sort_unstable();
    let search = Search {
        readings,
        events,
        schema,
        resolution,
        named,
        undergoers,
        by_sentence,
    };
    let place = readings.terms.slot("place");
    let mut out = Vec::new();
    for (event, group) in (0..).zip(events.iter()) {
        let all = || group.iter().map(|&r| &readings.all[r as usize]);
        let described = |r: &Reading| place.is_some_and(|slot| r.words.fills(slot));
        let placed = |r: &Reading| !r.places.is_empty() || described(r);
        if !resolution.events[event as usize].actual || all().any(placed) {
            continue;
        }
        let actual = || all().filter(|r| r.reality == Reality::Actual);
        let mut areas: BTreeMap<EntityId, InferredPlace> = BTreeMap::new();
        for r in actual() {
            for place in search.areas_of(r) {
                areas.entry(place).or_insert(InferredPlace {
                    event,
                    place,
                    open: r.at,
                    settled_by: None,
                });
            }
        }
        if areas.is_empty() {
            for r in actual() {
                for other in search.sentence_before(r) {
                    if let Some(place) = search.same_scene(r, other) {
                        areas.entry(place).or_insert(InferredPlace {
                            event,
                            place,
                            open: r.at,
                            settled_by: Some(other.at),
                        });
                    }
                }
            }
        }
        // Two places are none.
        if areas.len() == 1 {
            out.extend(areas.into_values());
        }
    }
    resolution.places = out;
}

impl Search<'_> {
    /// The readings of the sentence before that of a reading, in order.
    fn sentence_before(&self, r: &Reading) -> impl Iterator<Item = &Reading> {
        let before = r.sentence.checked_sub(1).map(|sentence| (r.rank, sentence));
        let at = |told: &(u32, u32, ReadingId)| Some((told.0, told.1));
        let from = self.by_sentence.partition_point(|told| at(told) < before);
        self.by_sentence[from..]
            .iter()
            .take_while(move |told| at(told) == before)
            .map(|told| &self.readings.all[told.2 as usize])
    }

    /// The places, named in the texts, for which the bodies in a reading's telling slots stand.
    fn areas_of(&self, r: &Reading) -> BTreeSet<EntityId> {
        let terms = &self.readings.terms;
        let frame = self.schema.frame(terms.class(r));
        let slots = frame.map_or(&[][..], |f| f.place_from.as_slice());
        slots
            .iter()
            .filter_map(|slot| terms.slot(slot))
            .flat_map(|slot| r.named.of(slot))
            .map(|e| &self.resolution.entities[e as usize])
            .filter(|e| e.kind == MentionKind::Organisation)
            .flat_map(|e| std::iter::once(&e.name).chain(&e.aliases))
            .filter_map(|name| area(name, self.schema))
            .filter_map(|area| self.named.get(&place_key(&area)).copied())
            .collect()
    }

    /// The place of an event of the sentence before, if both were done to the same person on the spot.
    fn same_scene(&self, open: &Reading, other: &Reading) -> Option<EntityId> {
        let (terms, schema) = (&self.readings.terms, self.schema);
        let scene = |r: &Reading| schema.frame(terms.class(r)).is_some_and(|f| f.scene);
        let is_place = |e: &EntityId| {
            matches!(
                self.resolution.entities[*e as usize].kind,
                MentionKind::Place | MentionKind::Facility
            )
        };
        if !scene(open)
            || !scene(other)
            || other.reality != Reality::Actual
            || open.value.is_some()
            || open.around.iter().any(is_place)
        {
            return None;
        }
        // Whoever died in hospital was hurt elsewhere.
        let elsewhere = schema.word_set("scene-elsewhere");
        let mut wording = other.wording.iter().map(|&w| terms.word(w));
        if elsewhere.is_some_and(|set| wording.any(|w| set.contains(w))) {
            return None;
        }
        // Whom another sentence names as the victim of the same event counts too.
        let event = *self.resolution.event_of.get(&other.at)?;
        let victims: Few<EntityId> = self
            .events
            .get(event as usize)
            .iter()
            .flat_map(|&r| self.undergo(&self.readings.all[r as usize]))
            .collect();
        let mut places = other.places.iter();
        let (Some(&place), None) = (places.next(), places.next()) else {
            return None;
        };
        let same = self.undergo(open).any(|e| victims.contains(e));
        same.then_some(place)
    }

    /// To whom it is done.
    fn undergo(&self, r: &Reading) -> impl Iterator<Item = EntityId> {
        self.undergoers.iter().flat_map(|&slot| r.named.of(slot))
    }
}

/// The area of a body: as listed, else the place that its name starts with ("Kent Police", "Leeds City Council").
fn area(name: &str, schema: &Schema) -> Option<String> {
    let gazetteer = schema.gazetteer();
    if let Some(listed) = gazetteer.organisations(name).first() {
        return listed.remit.clone();
    }
    let local: &WordSet = schema.word_set("area-body")?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let kept = words
        .iter()
        .rposition(|w| !local.contains(&w.to_lowercase()))?;
    let place = words[..=kept].join(" ");
    (kept + 1 < words.len() && gazetteer.is_place(&place)).then_some(place)
}
