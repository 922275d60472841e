//! Who is meant by words in an event ("a woman was killed"), when another report of the event names the person.
//!
//! In: resolved events, whose reports differ in whom they name. Out: the person that an unnamed victim or accused is, with
//! the claim that names. Refuses: parts that several play, in this event or in another that one of its reports tells of, a
//! person of another gender, whoever would be two people by two events, and to put the name into the mouth of the report
//! that was silent.

use super::office::{Holder, Meant};
use super::{DocumentNo, EntityId, Resolution};
use crate::claim::{Extraction, Filler, Polarity};
use crate::mention::{ChainId, Gender, MentionKind};
use std::collections::{BTreeMap, BTreeSet};

/// Parts that one person plays in an event.
const PARTS: [&str; 2] = ["victim", "accused"];

/// What the reports of one event say of one part.
#[derive(Default)]
struct Part {
    /// Who is named, with the first claim that does.
    named: BTreeMap<EntityId, (DocumentNo, u32)>,
    /// Chains without a name.
    open: Vec<(DocumentNo, ChainId)>,
    /// Whether some report gives the part to several, or to no person.
    several: bool,
}

/// Adds whom unnamed victims and accused mean.
pub(super) fn meant(extractions: &[Extraction], resolution: &Resolution, meant: &mut Meant) {
    let mut found: BTreeMap<(DocumentNo, ChainId), Option<Holder>> = BTreeMap::new();
    let players = players(extractions, resolution);
    for event in resolution.events.iter().filter(|e| e.claims.len() > 1) {
        for name in PARTS {
            let part = part(extractions, resolution, &event.claims, name);
            let mut named = part.named.iter();
            let (Some((&entity, &settled_by)), None) = (named.next(), named.next()) else {
                continue;
            };
            let person = &resolution.entities[entity as usize];
            // Where the reports tell of two victims, an unnamed one may be either.
            let others = event.claims.iter().any(|&(no, _)| {
                let here = players.get(&(no, name));
                here.is_some_and(|p| p.iter().any(|&e| e != entity))
            });
            if part.several || others || person.kind != MentionKind::Person {
                continue;
            }
            let gender = person.chains.iter().find_map(|&(no, c)| {
                extractions[no as usize]
                    .mentions
                    .chains
                    .get(c as usize)?
                    .gender
            });
            for open in part.open {
                if !agree(gender, chain_gender(extractions, open)) {
                    continue;
                }
                let holder = Holder { entity, settled_by };
                found
                    .entry(open)
                    .and_modify(|known| {
                        // Two events that give two names settle nothing.
                        if known.as_ref().is_some_and(|k| k.entity != entity) {
                            *known = None;
                        }
                    })
                    .or_insert(Some(holder));
            }
        }
    }
    for (open, holder) in found {
        if let Some(holder) = holder {
            meant.entry(open).or_insert(holder);
        }
    }
}

/// Whom each document names in each part, in whatever event.
fn players<'a>(
    extractions: &[Extraction],
    resolution: &Resolution,
) -> BTreeMap<(DocumentNo, &'a str), BTreeSet<EntityId>> {
    let mut out: BTreeMap<(DocumentNo, &str), BTreeSet<EntityId>> = BTreeMap::new();
    for (no, x) in extractions.iter().enumerate() {
        let no = no as DocumentNo;
        for slot in x.claims.iter().flat_map(|c| &c.slots) {
            let (Some(part), Filler::Mention(m)) =
                (PARTS.iter().find(|p| **p == slot.name), &slot.filler)
            else {
                continue;
            };
            let chain = x.mentions.mentions.get(*m as usize).map(|m| m.chain);
            if let Some(&entity) = chain.and_then(|c| resolution.entity_of.get(&(no, c))) {
                out.entry((no, *part)).or_default().insert(entity);
            }
        }
    }
    out
}

/// What the claims of an event say of a part.
fn part(
    extractions: &[Extraction],
    resolution: &Resolution,
    claims: &[(DocumentNo, u32)],
    name: &str,
) -> Part {
    let mut part = Part::default();
    for &(no, index) in claims {
        let x = &extractions[no as usize];
        let claim = &x.claims[index as usize];
        let mut fillers = claim.slots.iter().filter(|s| s.name == name);
        let Some(first) = fillers.next() else {
            continue;
        };
        part.several |= fillers.next().is_some();
        let Filler::Mention(m) = first.filler else {
            continue;
        };
        let Some(chain) = x.mentions.mentions.get(m as usize).map(|m| m.chain) else {
            continue;
        };
        if let Some(&entity) = resolution.entity_of.get(&(no, chain)) {
            part.named.entry(entity).or_insert((no, index));
        } else if let Some(c) = x.mentions.chains.get(chain as usize) {
            if c.kind != MentionKind::Person {
                part.several = true;
            } else if c.name.is_none() && claim.polarity == Polarity::Affirmed {
                part.open.push((no, chain));
            }
        }
    }
    part
}

fn chain_gender(extractions: &[Extraction], (no, chain): (DocumentNo, ChainId)) -> Option<Gender> {
    extractions[no as usize]
        .mentions
        .chains
        .get(chain as usize)?
        .gender
}

fn agree(a: Option<Gender>, b: Option<Gender>) -> bool {
    a.is_none() || b.is_none() || a == b
}
