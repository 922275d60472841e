//! Documents that tell one story, and the years that they lend each other.
//!
//! In: the names each document holds, its day of publication, its open times. Out: a story number a document, and times that
//! two sentences settle together. Refuses: to call two documents one story for the sake of well-known names, or when they
//! were published more than a fortnight apart.

use super::cluster::Clusters;
use super::reading::Reading;
use super::unit::Units;
use super::{InferredTime, Resolution};
use crate::claim::Extraction;
use crate::mention::{Precision, TimeValue};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Weight of shared names that makes one story: about three rare names.
const SAME_STORY: f32 = 2.0;
/// Documents that share a name and are compared; a name in more is known everywhere.
const MOST: usize = 40;
/// Days between two documents of one story.
const FORTNIGHT: i64 = 14;

/// The story of each document, by rank.
pub(super) fn stories(extractions: &[Extraction], units: &Units) -> Vec<u32> {
    let mut holders: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (rank, features) in units.company.iter().enumerate() {
        for &f in features {
            holders.entry(f).or_default().push(rank as u32);
        }
    }
    let mut shared: BTreeMap<(u32, u32), f32> = BTreeMap::new();
    for (&feature, ranks) in holders.iter().filter(|(_, r)| r.len() <= MOST) {
        for (i, &a) in ranks.iter().enumerate() {
            for &b in &ranks[i + 1..] {
                *shared.entry((a, b)).or_default() += units.weight[feature as usize];
            }
        }
    }
    let published = |rank: u32| {
        extractions[units.documents[rank as usize] as usize]
            .document
            .published()
    };
    let mut clusters = Clusters::new(units.company.len());
    for ((a, b), weight) in shared {
        let apart = match (published(a), published(b)) {
            (Some(x), Some(y)) => days(x, y).abs() > FORTNIGHT,
            _ => false,
        };
        if weight >= SAME_STORY && !apart {
            clusters.join(a, b);
        }
    }
    (0..units.company.len() as u32)
        .map(|r| clusters.root(r))
        .collect()
}

fn days(a: Date, b: Date) -> i64 {
    a.duration_until(b).as_hours() / 24
}

/// A year of publication that follows from an event's time, and the claim that settles it.
type KnownYear = (i16, (u32, u32));

/// Settles open times: first within an event (a day without a year beside the month of that year), then through the year of
/// publication that this reveals for a document and its story.
pub(super) fn infer(readings: &[Reading], story: &[u32], resolution: &mut Resolution) {
    let mut years: BTreeMap<u32, Option<KnownYear>> = BTreeMap::new();
    let mut inferred = Vec::new();
    let mut by_event: BTreeMap<u32, Vec<&Reading>> = BTreeMap::new();
    for r in readings {
        if let Some(&event) = resolution.event_of.get(&r.at) {
            by_event.entry(event).or_default().push(r);
        }
    }
    for (&event, group) in &by_event {
        for open in group.iter().filter(|r| r.time.is_none()) {
            let Some((month, day)) = open.value.as_ref().and_then(|v| v.partial) else {
                continue;
            };
            let settled = group
                .iter()
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
    for (&event, group) in &by_event {
        for open in group.iter().filter(|r| r.time.is_none()) {
            if inferred.iter().any(|i| i.open == open.at) {
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
