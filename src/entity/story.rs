//! Documents that tell one story, and the years that they lend each other.
//!
//! In: the names and words each document holds, its day of publication, its open times. Out: a story number a document, and
//! times that two sentences settle together. Refuses: to call two documents one story for the sake of well-known names or
//! common words, or when they were published more than a fortnight apart.

use super::cluster::{Clusters, Sets};
use super::reading::{Reading, ReadingId};
use super::unit::Units;
use super::{InferredTime, Resolution};
use crate::claim::Extraction;
use crate::mention::{Precision, TimeValue};
use english::Upos;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Weight of shared names that makes one story: about three rare names.
const SAME_STORY: f32 = 2.0;
/// Documents that share a name and are compared; a name in more is known everywhere.
const MOST: usize = 40;
/// Days between two documents of one story.
const FORTNIGHT: i64 = 14;
/// Rarest words of a document by which it meets others.
const KEYS: usize = 16;
/// How many of those two documents must share to be compared.
const MEETINGS: usize = 2;
/// Likeness of two documents in their words (cosine) that makes one story.
const LIKENESS: f32 = 0.25;
/// Least weight of the words that they share, so that two short notes do not become one story by chance.
const WORDS: f32 = 2.0;

/// The story of each document, by rank.
pub(super) fn stories(extractions: &[Extraction], units: &Units) -> Vec<u32> {
    let held = units.company.iter().zip(0..);
    let holders = Sets::group(
        units.weight.len(),
        held.flat_map(|(features, rank)| features.iter().map(move |&f| (f, rank))),
    );
    let mut by_names: Vec<(u32, u32)> = Vec::new();
    let mut met: Vec<(u32, f32)> = Vec::new();
    for (rank, features) in units.company.iter().enumerate() {
        let rank = rank as u32;
        met.clear();
        for &f in features {
            let ranks = holders.get(f as usize);
            if ranks.len() <= MOST {
                let later = ranks.partition_point(|&r| r <= rank);
                met.extend(
                    ranks[later..]
                        .iter()
                        .map(|&r| (r, units.weight[f as usize])),
                );
            }
        }
        met.sort_by_key(|m| m.0);
        for meetings in met.chunk_by(|x, y| x.0 == y.0) {
            if meetings.iter().map(|m| m.1).sum::<f32>() >= SAME_STORY {
                by_names.push((rank, meetings[0].0));
            }
        }
    }
    let published = |rank: u32| {
        extractions[units.documents[rank as usize] as usize]
            .document
            .published()
    };
    let mut clusters = Clusters::new(units.company.len());
    for (a, b) in by_names.into_iter().chain(alike(extractions, units)) {
        let apart = match (published(a), published(b)) {
            (Some(x), Some(y)) => days(x, y).abs() > FORTNIGHT,
            _ => false,
        };
        if !apart {
            clusters.join(a, b);
        }
    }
    (0..units.company.len() as u32)
        .map(|r| clusters.root(r))
        .collect()
}

/// Pairs of documents, by rank, that are told in much the same words.
fn alike(extractions: &[Extraction], units: &Units) -> Vec<(u32, u32)> {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut frequency: Vec<u32> = Vec::new();
    let mut words: Vec<Vec<u32>> = Vec::with_capacity(units.documents.len());
    for &no in &units.documents {
        let mentions = &extractions[no as usize].mentions;
        let story = mentions.sentences.iter().zip(&mentions.story);
        let mut own: Vec<u32> = story
            .filter(|(_, story)| **story)
            .flat_map(|(sentence, _)| &sentence.tokens)
            .filter(|t| {
                let content = matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj);
                content && t.lemma.len() > 3
            })
            .map(|t| {
                let next = numbers.len() as u32;
                *numbers.entry(&t.lemma).or_insert(next)
            })
            .collect();
        own.sort_unstable();
        own.dedup();
        frequency.resize(numbers.len(), 0);
        for &word in &own {
            frequency[word as usize] += 1;
        }
        words.push(own);
    }
    let n = units.documents.len().max(50) as f32;
    let weight: Vec<f32> = frequency
        .iter()
        .map(|&df| (1.0 + n / df.max(1) as f32).ln() / (1.0 + n).ln())
        .collect();
    let squared = |list: &[u32]| -> f32 { list.iter().map(|&w| weight[w as usize].powi(2)).sum() };
    let length: Vec<f32> = words.iter().map(|w| squared(w).sqrt()).collect();
    let mut holders: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (rank, own) in words.iter().enumerate() {
        let mut keys: Vec<u32> = own.clone();
        keys.retain(|&w| (2..=MOST as u32).contains(&frequency[w as usize]));
        keys.sort_by_key(|&w| (frequency[w as usize], w));
        for &key in keys.iter().take(KEYS) {
            holders.entry(key).or_default().push(rank as u32);
        }
    }
    let mut met: Vec<(u32, u32)> = Vec::new();
    for ranks in holders.values() {
        for (i, &a) in ranks.iter().enumerate() {
            met.extend(ranks[i + 1..].iter().map(|&b| (a, b)));
        }
    }
    met.sort_unstable();
    let mut out = Vec::new();
    for meetings in met.chunk_by(|x, y| x == y) {
        let (a, b) = meetings[0];
        if meetings.len() < MEETINGS {
            continue;
        }
        let (x, y) = (&words[a as usize], &words[b as usize]);
        let both: Vec<u32> = x
            .iter()
            .copied()
            .filter(|w| y.binary_search(w).is_ok())
            .collect();
        let shared: f32 = both.iter().map(|&w| weight[w as usize]).sum();
        let likeness = squared(&both) / (length[a as usize] * length[b as usize]);
        if shared >= WORDS && likeness >= LIKENESS {
            out.push((a, b));
        }
    }
    out
}

fn days(a: Date, b: Date) -> i64 {
    a.duration_until(b).as_hours() / 24
}

/// A year of publication that follows from an event's time, and the claim that settles it.
type KnownYear = (i16, (u32, u32));

/// Settles open times: first within an event (a day without a year beside the month of that year), then through the year of
/// publication that this reveals for a document and its story.
pub(super) fn infer(
    readings: &[Reading],
    events: &Sets,
    story: &[u32],
    resolution: &mut Resolution,
) {
    let mut years: BTreeMap<u32, Option<KnownYear>> = BTreeMap::new();
    let mut inferred = Vec::new();
    let read = |&r: &ReadingId| &readings[r as usize];
    for (event, group) in (0..).zip(events.iter()) {
        for open in group.iter().map(read).filter(|r| r.time.is_none()) {
            let Some((month, day)) = open.value.as_ref().and_then(|v| v.partial) else {
                continue;
            };
            let settled = group
                .iter()
                .map(read)
                .filter(|r| r.rank != open.rank || r.at != open.at)
                .find_map(|r| {
                    let bounds = r.time?;
                    (bounds.0.year()..=bounds.1.year())
                        .find_map(|year| fits(year, month, day, bounds).map(|v| (v, r.at)))
                });
            let Some((value, settled_by)) = settled else {
                continue;
            };
            let offset = open.value.as_ref().and_then(|v| v.year_offset);
            if let (Some(offset), Some(date)) = (offset, value.earliest) {
                let year = date.year() - i16::from(offset);
                // Two sources that give two years settle nothing.
                years
                    .entry(story[open.rank as usize])
                    .and_modify(|known| {
                        if known.is_some_and(|(y, _)| y != year) {
                            *known = None;
                        }
                    })
                    .or_insert(Some((year, settled_by)));
            }
            inferred.push(InferredTime {
                event,
                value,
                open: open.at,
                settled_by,
            });
        }
    }
    let settled: BTreeSet<(u32, u32)> = inferred.iter().map(|i: &InferredTime| i.open).collect();
    for (event, group) in (0..).zip(events.iter()) {
        for open in group.iter().map(read).filter(|r| r.time.is_none()) {
            if settled.contains(&open.at) {
                continue;
            }
            let Some(value) = open.value.as_ref() else {
                continue;
            };
            let Some(offset) = value.year_offset else {
                continue;
            };
            let Some(Some((year, settled_by))) = years.get(&story[open.rank as usize]) else {
                continue;
            };
            let year = year + i16::from(offset);
            let settled = match value.partial {
                Some((month, day)) => at(year, month, day),
                // "earlier this year" once the year is known
                None => whole(year),
            };
            if let Some(value) = settled {
                inferred.push(InferredTime {
                    event,
                    value,
                    open: open.at,
                    settled_by: *settled_by,
                });
            }
        }
    }
    inferred.sort_by_key(|i| (i.event, i.open));
    resolution.inferred = inferred;
}

/// The month or day in that year, when it lies within the bounds.
fn fits(year: i16, month: i8, day: Option<i8>, bounds: (Date, Date)) -> Option<TimeValue> {
    let value = at(year, month, day)?;
    (value.earliest? >= bounds.0 && value.latest? <= bounds.1).then_some(value)
}

/// A year.
fn whole(year: i16) -> Option<TimeValue> {
    let first = Date::new(year, 1, 1).ok()?;
    Some(TimeValue {
        earliest: Some(first),
        latest: Some(first.last_of_year()),
        precision: Precision::Year,
        partial: None,
        year_offset: None,
    })
}

/// A month or day.
fn at(year: i16, month: i8, day: Option<i8>) -> Option<TimeValue> {
    let first = Date::new(year, month, day.unwrap_or(1)).ok()?;
    Some(TimeValue {
        earliest: Some(first),
        latest: Some(if day.is_some() {
            first
        } else {
            first.last_of_month()
        }),
        precision: if day.is_some() {
            Precision::Day
        } else {
            Precision::Month
        },
        partial: None,
        year_offset: None,
    })
}
