//! Places of events that no sentence gives.
//!
//! In: readings, and the events made of them. Out: [`InferredPlace`]s. Refuses: a place that the texts do not name, an event
//! that has a place or might be in two, and events of classes whose frames do not say that they happen where their body is.

use super::name::place_key;
use super::reading::{self, Reading, Reality};
use super::{EntityId, InferredPlace, Resolution};
use crate::mention::MentionKind;
use crate::schema::{Schema, WordSet};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Slots of those to whom something is done.
const UNDERGOERS: [&str; 2] = ["victim", "object"];

/// Finds where events without a place were.
pub(super) fn infer(readings: &[Reading], schema: &Schema, resolution: &mut Resolution) {
    let by_event = reading::by_event(readings, resolution);
    let mut at_sentence: FxHashMap<(u32, u32), Vec<&Reading>> = FxHashMap::default();
    for r in readings {
        at_sentence.entry((r.rank, r.sentence)).or_default().push(r);
    }
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
    let mut out = Vec::new();
    for (event, group) in (0..).zip(&by_event) {
        let placed = |r: &&&Reading| !r.places.is_empty() || r.words.contains_key("place");
        if !resolution.events[event as usize].actual || group.iter().any(|r| placed(&r)) {
            continue;
        }
        let actual = || group.iter().filter(|r| r.reality == Reality::Actual);
        let mut areas: BTreeMap<EntityId, InferredPlace> = BTreeMap::new();
        for r in actual() {
            for place in areas_of(r, schema, resolution, &named) {
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
                let before = r.sentence.checked_sub(1).map(|s| (r.rank, s));
                let before = before.and_then(|key| at_sentence.get(&key));
                for other in before.into_iter().flatten() {
                    if let Some(place) = same_scene(r, other, schema, resolution, &by_event) {
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

/// The places, named in the texts, for which the bodies in a reading's telling slots stand.
fn areas_of(
    r: &Reading,
    schema: &Schema,
    resolution: &Resolution,
    named: &BTreeMap<String, EntityId>,
) -> BTreeSet<EntityId> {
    let slots = schema
        .frame(&r.class)
        .map_or(&[][..], |f| f.place_from.as_slice());
    slots
        .iter()
        .filter_map(|slot| r.named.get(slot))
        .flatten()
        .map(|&e| &resolution.entities[e as usize])
        .filter(|e| e.kind == MentionKind::Organisation)
        .flat_map(|e| std::iter::once(&e.name).chain(&e.aliases))
        .filter_map(|name| area(name, schema))
        .filter_map(|area| named.get(&place_key(&area)).copied())
        .collect()
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

/// The place of an event of the sentence before, if both were done to the same person on the spot.
fn same_scene(
    open: &Reading,
    other: &Reading,
    schema: &Schema,
    resolution: &Resolution,
    by_event: &[Vec<&Reading>],
) -> Option<EntityId> {
    let scene = |r: &Reading| schema.frame(&r.class).is_some_and(|f| f.scene);
    let is_place = |e: &EntityId| {
        matches!(
            resolution.entities[*e as usize].kind,
            MentionKind::Place | MentionKind::Facility
        )
    };
    // Whoever died in hospital was hurt elsewhere.
    let elsewhere = schema
        .word_set("scene-elsewhere")
        .is_some_and(|set| other.wording.iter().any(|w| set.contains(w)));
    if !scene(open)
        || !scene(other)
        || elsewhere
        || other.reality != Reality::Actual
        || open.value.is_some()
        || open.around.iter().any(is_place)
    {
        return None;
    }
    let undergo = |r: &Reading| -> BTreeSet<EntityId> {
        UNDERGOERS
            .iter()
            .filter_map(|slot| r.named.get(*slot))
            .flatten()
            .copied()
            .collect()
    };
    // Whom another sentence names as the victim of the same event counts too.
    let event = resolution.event_of.get(&other.at)?;
    let victims: BTreeSet<EntityId> = by_event[*event as usize]
        .iter()
        .flat_map(|r| undergo(r))
        .collect();
    let mut places = other.places.iter();
    match (places.next(), places.next()) {
        (Some(&place), None) if !victims.is_disjoint(&undergo(open)) => Some(place),
        _ => None,
    }
}
