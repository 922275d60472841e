//! Which event claims speak of one event.
//!
//! In: readings of all event claims. Out: events, links from what happened to what was planned, judgements. Refuses: to join
//! what contradicts in class, time, place or a participant, and to join on class and place alone: something positive must
//! tie two readings (a shared participant, a definite reference, a retold sentence, the same story told with the same words).

use super::cluster::{Clusters, Sets};
use super::few::Few;
use super::reading::{ClassNo, Reading, ReadingId, Readings, Reality, Slot};
use super::reason::{RULED_TWO, Reason, Weighing};
use super::tie::{Ground, Part};
use super::{
    DocumentNo, EntityId, EventId, EventNode, Judgement, Resolution, Rulings, Things, Verdict,
};
use crate::schema::vocab::sem;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Tie that joins two readings.
const TIE: f32 = 0.8;
/// Tie that joins a reading that somebody affirms with one that is only possible.
const STRONG_TIE: f32 = 1.1;
/// Tie that is too weak to join and too strong to pass over.
const OPEN_TIE: f32 = 0.7;
/// Readings of one block that are compared all with all; larger blocks are compared within a window.
const BLOCK: usize = 64;
/// Window of a block of someone who takes part in more than that: whoever is in everything tells little, so beyond these
/// only readings are compared that share a second thing.
const NEAR: usize = 4;

/// What the readings of a block share.
const BY_PARTICIPANT: u8 = 0;
const BY_DOCUMENT: u8 = 1;
const BY_STORY: u8 = 2;
const BY_COPY: u8 = 3;

/// Why what was planned and what happened stay apart.
const PLAN: &str = "others of the two tell what is planned and what happened";

/// What is known of an event in the making.
#[derive(Clone)]
struct Draft {
    time: Option<(Date, Date)>,
    single: Few<(Slot, EntityId)>,
    /// Who does it, by slot.
    doers: Few<(Slot, EntityId)>,
    /// Ages of unnamed participants, by slot.
    ages: Few<(Slot, u16), 1>,
    places: Few<EntityId>,
    classes: Few<ClassNo>,
    /// Whether some reading says that it is to be.
    planned: bool,
    /// Whether some reading says that it was.
    happened: bool,
}

impl Draft {
    fn of(reading: &Reading, ground: &Ground<'_>) -> Self {
        let fillers = |kind: fn(Part) -> bool| {
            let all = reading.named.iter().copied();
            all.filter(|f| kind(ground.part(f.0))).collect()
        };
        Self {
            time: reading.time,
            single: fillers(|p| p.single),
            doers: fillers(|p| p.doer),
            ages: reading.ages.clone(),
            places: reading.places.clone(),
            classes: std::iter::once(reading.class).collect(),
            planned: reading.reality == Reality::Planned,
            happened: matches!(reading.reality, Reality::Actual | Reality::Alleged),
        }
    }

    /// The two as one, or what contradicts.
    fn merged(&self, other: &Self, ground: &Ground<'_>) -> Result<Self, &'static str> {
        let time = match (self.time, other.time) {
            (Some(a), Some(b)) => {
                let both = (a.0.max(b.0), a.1.min(b.1));
                if both.0 > both.1 {
                    return Err("others of the two tell of another time");
                }
                Some(both)
            }
            (a, b) => a.or(b),
        };
        let mut single = self.single.slots();
        if single.any(|slot| self.single.differ(&other.single, slot)) {
            return Err("others of the two name another victim, accused or speaker");
        }
        let mut aged = self.ages.slots().filter(|&s| ground.part(s).single);
        if aged.any(|slot| self.ages.differ(&other.ages, slot)) {
            return Err("others of the two tell of somebody of another age");
        }
        let mut doers = self.doers.slots();
        if self.classes != other.classes && doers.any(|s| self.doers.differ(&other.doers, s)) {
            return Err("one is of a narrower kind, and others of the two do it");
        }
        let classes = ground.classes();
        let once = |draft: &Self| {
            let mut all = draft.classes.iter();
            all.find_map(|&c| classes[c as usize].once)
        };
        let same_once = once(self).is_some_and(|slot| {
            once(other) == Some(slot) && self.single.both(&other.single, slot).next().is_some()
        });
        let near = same_once
            || self.places.is_empty()
            || other.places.is_empty()
            || self
                .places
                .iter()
                .any(|&a| other.places.iter().any(|&b| ground.near(a, b)));
        // Two classes below one are two kinds of thing even if each fits the one above.
        let is_a = |a: ClassNo, b: ClassNo| {
            let (a, b) = (classes[a as usize].iri, classes[b as usize].iri);
            ground.schema.is_a(a, b)
        };
        let classes = self.classes.iter().all(|&a| {
            let mut others = other.classes.iter();
            others.all(|&b| is_a(a, b) || is_a(b, a))
        });
        if !near {
            return Err("others of the two put it in another place");
        }
        if !classes {
            return Err("others of the two tell of another kind of event");
        }
        let (planned, happened) = (
            self.planned || other.planned,
            self.happened || other.happened,
        );
        // A reading that is only possible fits both, and is no bridge between them.
        if planned && happened {
            return Err(PLAN);
        }
        let mut merged = self.clone();
        (merged.planned, merged.happened) = (planned, happened);
        merged.time = time;
        merged.single.extend(other.single.iter().copied());
        merged.doers.extend(other.doers.iter().copied());
        merged.ages.extend(other.ages.iter().copied());
        merged.places.extend(other.places.iter().copied());
        merged.classes.extend(other.classes.iter().copied());
        Ok(merged)
    }
}

/// Joins readings into events and fills the events of a resolution; the readings of each event.
pub(super) fn link(
    readings: &Readings,
    ground: &Ground<'_>,
    rulings: &Rulings,
    resolution: &mut Resolution,
) -> Sets {
    let readings = readings.all.as_slice();
    let ties = ties(readings, ground);
    let mut clusters = Clusters::new(readings.len());
    let mut drafts: FxHashMap<ReadingId, Draft> = FxHashMap::default();
    rule(readings, rulings, &mut clusters);
    let mut realised: Vec<(ReadingId, ReadingId)> = Vec::new();
    let mut found: Vec<(Verdict, ReadingId, ReadingId, Option<&'static str>)> = Vec::new();
    for &(tie, a, b) in &ties {
        let (x, y) = (&readings[a as usize], &readings[b as usize]);
        match meeting(x.reality, y.reality) {
            Meeting::Join if tie >= TIE => {}
            Meeting::JoinIfStrong if tie >= STRONG_TIE => {}
            Meeting::Join | Meeting::JoinIfStrong => {
                let why = (tie >= TIE).then_some("one is not known to have happened");
                found.push((Verdict::Possible, a, b, why));
                continue;
            }
            Meeting::Realise if tie < TIE => continue,
            Meeting::Realise => {
                realised.push(if x.reality == Reality::Planned {
                    (b, a)
                } else {
                    (a, b)
                });
                continue;
            }
        }
        let (p, q) = (clusters.root(a), clusters.root(b));
        if p == q {
            continue;
        }
        if clusters.forbidden(p, q) {
            found.push((Verdict::Different, a, b, Some(RULED_TWO)));
            continue;
        }
        let draft = |root: ReadingId| {
            let known = drafts.get(&root).map(Cow::Borrowed);
            known.unwrap_or_else(|| Cow::Owned(Draft::of(&readings[root as usize], ground)))
        };
        let merged = draft(p).merged(&draft(q), ground);
        match merged {
            Ok(merged) => {
                drafts.remove(&p);
                drafts.remove(&q);
                clusters.join(p, q);
                drafts.insert(clusters.root(p), merged);
                found.push((Verdict::Same, a, b, None));
            }
            Err(why) => found.push((Verdict::Different, a, b, Some(why))),
        }
    }
    let events = clusters.sets();
    fill(readings, ground, &events, &realised, resolution);
    judge(readings, ground, &found, resolution);
    events
}

/// Applies what a person ruled about events.
fn rule(readings: &[Reading], rulings: &Rulings, clusters: &mut Clusters) {
    if rulings.same_event.is_empty() && rulings.different_event.is_empty() {
        return;
    }
    let number: BTreeMap<(DocumentNo, u32), ReadingId> = readings
        .iter()
        .enumerate()
        .map(|(i, r)| (r.at, i as ReadingId))
        .collect();
    let pairs = |ruled: &BTreeSet<_>| -> Vec<(ReadingId, ReadingId)> {
        let mut pairs: Vec<_> = ruled
            .iter()
            .filter_map(|(a, b)| Some((*number.get(a)?, *number.get(b)?)))
            .map(|(a, b): (ReadingId, ReadingId)| (a.min(b), a.max(b)))
            .collect();
        pairs.sort_unstable();
        pairs
    };
    for (a, b) in pairs(&rulings.different_event) {
        clusters.forbid(a, b);
    }
    for (a, b) in pairs(&rulings.same_event) {
        clusters.join(a, b);
    }
}

/// Writes down why events were joined, kept apart or left open: each pair of events once, the strongest tie first.
fn judge(
    readings: &[Reading],
    ground: &Ground<'_>,
    found: &[(Verdict, ReadingId, ReadingId, Option<&'static str>)],
    resolution: &mut Resolution,
) {
    let mut seen = BTreeSet::new();
    for &(verdict, a, b, why) in found {
        let (x, y) = (&readings[a as usize], &readings[b as usize]);
        let (Some(&e), Some(&f)) = (
            resolution.event_of.get(&x.at),
            resolution.event_of.get(&y.at),
        ) else {
            continue;
        };
        // What was left open or apart and was joined on other grounds is open no more.
        let same = verdict == Verdict::Same;
        if same != (e == f) || (!same && !seen.insert((e.min(f), e.max(f)))) {
            continue;
        }
        // Two open readings without a name between them are no question for a person.
        if verdict == Verdict::Possible && x.participants.is_disjoint(&y.participants) {
            continue;
        }
        let mut weighing = Weighing::telling();
        ground.weigh(x, y, &mut weighing);
        let mut reasons = weighing.into_reasons();
        if let Some(why) = why {
            reasons.insert(0, Reason::new(f32::NEG_INFINITY, why));
        }
        resolution.judgements.push(Judgement {
            verdict,
            about: (
                ground.word(x.trigger).to_owned(),
                ground.word(y.trigger).to_owned(),
            ),
            reasons,
            things: Some(Things::Events(e, f)),
            at: (x.at, y.at),
        });
    }
}

/// What becomes of two tied readings.
enum Meeting {
    Join,
    JoinIfStrong,
    Realise,
}

/// What is planned stays apart from what is said to have happened; what may be, or is alleged, is the thing itself once
/// another sentence affirms it.
fn meeting(a: Reality, b: Reality) -> Meeting {
    use Reality::{Actual, Alleged, Planned, Possible};
    match (a, b) {
        (Planned, Actual | Alleged) | (Actual | Alleged, Planned) => Meeting::Realise,
        (Possible, Actual | Alleged) | (Actual | Alleged, Possible) => Meeting::JoinIfStrong,
        _ => Meeting::Join,
    }
}

/// Ties of all pairs that share a participant, a document or a story, at least as strong as joins need, strongest first;
/// among equals the order of content decides.
fn ties(readings: &[Reading], ground: &Ground<'_>) -> Vec<(f32, ReadingId, ReadingId)> {
    let classes = ground.classes();
    let number: BTreeMap<&str, u32> = classes.iter().map(|c| c.iri).zip(0..).collect();
    // A wider class that nobody tells of joins nothing that its narrower ones do not.
    let met = |class: &str| number.get(class).copied().filter(|_| class != sem::EVENT);
    let wider: Vec<Vec<u32>> = classes
        .iter()
        .map(|class| match class.frame {
            Some(frame) => frame.ancestors.iter().filter_map(|c| met(c)).collect(),
            None => met(class.iri).into_iter().collect(),
        })
        .collect();
    let class_of: Vec<u32> = readings.iter().map(|r| r.class).collect();
    let mut tellers = vec![0u32; ground.story.len()];
    for &story in ground.story {
        tellers[story as usize] += 1;
    }
    let mut keyed: Vec<(BlockKey, ReadingId)> = Vec::new();
    for (i, r) in readings.iter().enumerate() {
        let mut keys: SmallVec<[(u8, u32); 8]> = SmallVec::new();
        keys.push((BY_DOCUMENT, r.rank));
        let story = ground.story[r.rank as usize];
        // Of a document that has its story to itself, the two blocks are one.
        if tellers[story as usize] > 1 {
            keys.push((BY_STORY, story));
        }
        let shared = r.participants.iter().filter(|e| ground.is_shared(**e));
        keys.extend(shared.map(|&e| (BY_PARTICIPANT, e)));
        keys.extend(r.copies.map(|set| (BY_COPY, set)));
        for &class in &wider[r.class as usize] {
            let reading = i as ReadingId;
            keyed.extend(
                keys.iter()
                    .map(|&(kind, n)| (block_key(class, kind, n), reading)),
            );
        }
    }
    keyed.sort_unstable();
    let mut out: Vec<(f32, ReadingId, ReadingId)> = Vec::new();
    // Two readings can meet several times in a block and are weighed once.
    let mut pairs: Vec<(ReadingId, ReadingId)> = Vec::new();
    let meet = |class: u32, block: &[ReadingId], window: usize, pairs: &mut Vec<_>| {
        for (n, &a) in block.iter().enumerate() {
            for &b in block[n + 1..].iter().take(window) {
                // Two kinds meet under the wider of them; under what both are below, they would only meet again.
                if class_of[a as usize] == class || class_of[b as usize] == class {
                    pairs.push((a, b));
                }
            }
        }
    };
    let blocks = keyed.chunk_by(|x, y| x.0 == y.0);
    for block in blocks.filter(|b| b.len() > 1) {
        let (class, kind, number) = block_parts(block[0].0);
        let block: Vec<ReadingId> = block.iter().map(|b| b.1).collect();
        if kind == BY_PARTICIPANT && block.len() > BLOCK {
            meet(class, &block, NEAR, &mut pairs);
            let parts = sharing_more(readings, ground, &block, number);
            for part in parts.chunk_by(|x, y| x.0 == y.0) {
                let part: SmallVec<[ReadingId; 8]> = part.iter().map(|p| p.1).collect();
                meet(class, &part, BLOCK, &mut pairs);
            }
        } else {
            meet(class, &block, BLOCK, &mut pairs);
        }
        pairs.sort_unstable();
        pairs.dedup();
        out.extend(pairs.drain(..).filter_map(|(a, b)| {
            let tie = ground.tie(&readings[a as usize], &readings[b as usize])?;
            (tie >= OPEN_TIE).then_some((tie, a, b))
        }));
    }
    out.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    out.dedup();
    out
}

/// Class, kind of tie and number of what is shared, in one number: there are millions to sort.
type BlockKey = u64;

fn block_key(class: u32, kind: u8, number: u32) -> BlockKey {
    u64::from(class) << 40 | u64::from(kind) << 32 | u64::from(number)
}

fn block_parts(key: BlockKey) -> (u32, u8, u32) {
    ((key >> 40) as u32, (key >> 32) as u8, key as u32)
}

/// A second thing that readings with one participant can share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Second {
    Participant(EntityId),
    Place(EntityId),
    Month(i16, i8),
}

/// The readings of a block by what they share besides the participant whose block it is.
fn sharing_more(
    readings: &[Reading],
    ground: &Ground<'_>,
    block: &[ReadingId],
    participant: EntityId,
) -> Vec<(Second, ReadingId)> {
    let mut parts: Vec<(Second, ReadingId)> = Vec::new();
    for &id in block {
        let r = &readings[id as usize];
        let others = r.participants.iter().copied();
        let others = others.filter(|&e| e != participant && ground.is_shared(e));
        let month = r
            .time
            .filter(|t| t.0.first_of_month() == t.1.first_of_month());
        let shared = others
            .map(Second::Participant)
            .chain(r.places.iter().map(|&p| Second::Place(p)))
            .chain(month.map(|t| Second::Month(t.0.year(), t.0.month())));
        parts.extend(shared.map(|second| (second, id)));
    }
    parts.sort_unstable();
    parts
}

/// Numbers the events and writes them down.
fn fill(
    readings: &[Reading],
    ground: &Ground<'_>,
    events: &Sets,
    realised: &[(ReadingId, ReadingId)],
    resolution: &mut Resolution,
) {
    let mut event_of = Vec::with_capacity(readings.len());
    resolution.events.reserve_exact(events.len());
    for (id, group) in events.iter().enumerate() {
        let mut claims: Vec<(DocumentNo, u32)> =
            group.iter().map(|&r| readings[r as usize].at).collect();
        claims.sort_unstable();
        event_of.extend(claims.iter().map(|&claim| (claim, id as EventId)));
        resolution.events.push(EventNode {
            class: class_of(readings, ground, group),
            actual: group
                .iter()
                .any(|&r| readings[r as usize].reality == Reality::Actual),
            claims,
            realises: Vec::new(),
        });
    }
    resolution.event_of = event_of.into_iter().collect();
    for &(real, planned) in realised {
        let event = |r: ReadingId| resolution.event_of.get(&readings[r as usize].at).copied();
        let (Some(a), Some(b)) = (event(real), event(planned)) else {
            continue;
        };
        if a != b && resolution.events[a as usize].actual && !resolution.events[b as usize].actual {
            resolution.events[a as usize].realises.push(b);
        }
    }
    for event in &mut resolution.events {
        event.realises.sort_unstable();
        event.realises.dedup();
    }
}

/// The most specific class of a group; among equals the most used. Of what is known to have happened only the readings that
/// say so count: a charge of murder makes a death no murder.
fn class_of(readings: &[Reading], ground: &Ground<'_>, group: &[ReadingId]) -> String {
    let actual = |r: &ReadingId| readings[*r as usize].reality == Reality::Actual;
    let known = group.iter().any(actual);
    let mut told: SmallVec<[ClassNo; 8]> = group
        .iter()
        .filter(|r| !known || actual(r))
        .map(|&r| readings[r as usize].class)
        .collect();
    told.sort_unstable();
    let classes = ground.classes();
    told.chunk_by(|a, b| a == b)
        .map(|same| (classes[same[0] as usize], same.len()))
        .max_by_key(|(class, n)| {
            let depth = class.frame.map_or(0, |f| f.ancestors.len());
            (depth, *n, std::cmp::Reverse(class.iri))
        })
        .map(|(class, _)| class.iri.to_owned())
        .unwrap_or_default()
}
