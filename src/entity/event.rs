//! Which event claims speak of one event.
//!
//! In: readings of all event claims. Out: events, links from what happened to what was planned, judgements. Refuses: to join
//! what contradicts in class, time, place or a participant, and to join on class and place alone: something positive must
//! tie two readings (a shared participant, a definite reference, a retold sentence, the same story told with the same words).

use super::cluster::Clusters;
use super::reading::{Reading, ReadingId, Reality, Reference};
use super::{DocumentNo, EntityId, EventId, EventNode, Resolution};
use crate::schema::Schema;
use crate::schema::vocab::sem;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Tie that joins two readings.
const TIE: f32 = 0.8;
/// Tie that joins a reading that somebody affirms with one that is only possible.
const STRONG_TIE: f32 = 1.1;
/// Readings of one block that are compared all with all; larger blocks are compared within a window.
const BLOCK: usize = 64;
/// Slots in which two different names mean two events.
const SINGLE: [&str; 3] = ["victim", "accused", "speaker"];
/// Slots in which two different unnamed parties speak for two events.
const PARTIES: [&str; 4] = ["agent", "victim", "accused", "speaker"];

/// What the comparison consults.
pub(super) struct Ground<'a> {
    /// Frames.
    pub schema: &'a Schema,
    /// Story of each document, by rank.
    pub story: &'a [u32],
    /// Sentences that copy one another.
    pub copies: &'a BTreeMap<(DocumentNo, u32), u32>,
    /// For each place all that contain it.
    pub around: BTreeMap<EntityId, BTreeSet<EntityId>>,
    /// How rare an entity is among readings, 0 to 1.
    pub rarity: BTreeMap<EntityId, f32>,
    /// How rare a class is among documents, 0 to 1.
    pub class_rarity: BTreeMap<String, f32>,
}

impl<'a> Ground<'a> {
    /// Counts what the readings and places show.
    pub(super) fn new(
        schema: &'a Schema,
        story: &'a [u32],
        copies: &'a BTreeMap<(DocumentNo, u32), u32>,
        containment: &[(EntityId, EntityId)],
        readings: &[Reading],
    ) -> Self {
        let mut direct: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
        for &(a, b) in containment {
            direct.entry(a).or_default().push(b);
        }
        let mut around = BTreeMap::new();
        for &a in direct.keys() {
            let mut seen = BTreeSet::new();
            let mut todo = vec![a];
            while let Some(at) = todo.pop() {
                for &b in direct.get(&at).into_iter().flatten() {
                    if seen.insert(b) {
                        todo.push(b);
                    }
                }
            }
            around.insert(a, seen);
        }
        let mut uses: BTreeMap<EntityId, u32> = BTreeMap::new();
        let mut classes: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for r in readings {
            for e in r.participants() {
                *uses.entry(e).or_default() += 1;
            }
            classes.entry(&r.class).or_default().insert(r.rank);
        }
        // Few readings make nothing rare: count as if among a hundred.
        let rare = |df: usize, n: usize| {
            let n = n.max(100) as f32;
            (1.0 + n / df.max(1) as f32).ln() / (1.0 + n).ln()
        };
        let rarity = uses
            .into_iter()
            .map(|(e, df)| (e, rare(df as usize, readings.len())))
            .collect();
        let class_rarity = classes
            .into_iter()
            .map(|(c, docs)| (c.to_owned(), rare(docs.len(), story.len())))
            .collect();
        Self {
            schema,
            story,
            copies,
            around,
            rarity,
            class_rarity,
        }
    }

    fn near(&self, a: EntityId, b: EntityId) -> bool {
        a == b
            || self.around.get(&a).is_some_and(|s| s.contains(&b))
            || self.around.get(&b).is_some_and(|s| s.contains(&a))
    }

    /// How strongly two readings are tied; nothing when they contradict.
    fn tie(&self, a: &Reading, b: &Reading) -> Option<f32> {
        let class = self.schema.is_a(&a.class, &b.class) || self.schema.is_a(&b.class, &a.class);
        if !class || (a.reality == Reality::Denied) != (b.reality == Reality::Denied) {
            return None;
        }
        if a.reference == Reference::Other || b.reference == Reference::Other {
            return None;
        }
        let mut tie = time(a, b)? + self.place(a, b)? + self.parties(a, b)?;
        let same_story = self.story[a.rank as usize] == self.story[b.rank as usize];
        if same_story {
            tie += 0.35;
        }
        if same_story && (a.reference == Reference::Definite || b.reference == Reference::Definite)
        {
            tie += 0.25;
        }
        // A definite noun with no participants of its own points back within its document.
        let anaphor = |r: &Reading| r.reference == Reference::Definite && r.named.is_empty();
        if a.at.0 == b.at.0 && (anaphor(a) || anaphor(b)) {
            tie += 0.4;
        }
        if a.trigger == b.trigger && !a.trigger.is_empty() {
            tie += 0.15;
        }
        tie += 0.3 * self.class_rarity.get(&a.class).copied().unwrap_or(0.0);
        if let (Some(x), Some(y)) = (
            self.copies.get(&(a.at.0, a.sentence)),
            self.copies.get(&(b.at.0, b.sentence)),
        ) && x == y
        {
            tie += 0.8;
        } else if self.schema.frame(&a.class).is_some_and(|f| f.speech) {
            // People say many things: without the same words, a shared speaker is not one statement.
            tie -= 0.6;
            if a.wording.intersection(&b.wording).count() >= 4 {
                tie += 0.5;
            }
        } else {
            tie += match a.wording.intersection(&b.wording).count() {
                0 | 1 => 0.0,
                2 | 3 => 0.15,
                _ => 0.3,
            };
        }
        // One names a participant in a slot, the other in the same sentence.
        let (x, y) = (a.participants(), b.participants());
        let beside = x.intersection(&b.around).any(|e| !y.contains(e))
            || y.intersection(&a.around).any(|e| !x.contains(e));
        if beside {
            tie += 0.2;
        }
        Some(tie)
    }

    fn place(&self, a: &Reading, b: &Reading) -> Option<f32> {
        if a.places.is_empty() || b.places.is_empty() {
            return Some(0.0);
        }
        if !a.places.is_disjoint(&b.places) {
            return Some(0.3);
        }
        let near = a
            .places
            .iter()
            .any(|&x| b.places.iter().any(|&y| self.near(x, y)));
        near.then_some(0.2)
    }

    fn parties(&self, a: &Reading, b: &Reading) -> Option<f32> {
        let mut tie: f32 = 0.0;
        for (slot, x) in &a.named {
            let Some(y) = b.named.get(slot) else { continue };
            let shared: f32 = x
                .intersection(y)
                .map(|e| 0.5 + 0.5 * self.rarity.get(e).copied().unwrap_or(1.0))
                .fold(0.0, f32::max);
            let single = SINGLE.contains(&slot.as_str());
            if shared > 0.0 {
                tie += shared * if single { 0.7 } else { 0.5 };
            } else if single {
                return None;
            } else if slot == "agent" {
                tie -= 0.4;
            } else {
                tie -= 0.2;
            }
        }
        let (all_a, all_b) = (a.participants(), b.participants());
        let crossed = all_a
            .intersection(&all_b)
            .filter(|e| {
                !a.named
                    .iter()
                    .any(|(s, x)| x.contains(e) && b.named.get(s).is_some_and(|y| y.contains(e)))
            })
            .count();
        tie += 0.3 * crossed.min(2) as f32;
        let mut words: f32 = 0.0;
        for (slot, x) in &a.words {
            let Some(y) = b.words.get(slot) else { continue };
            if !x.is_disjoint(y) {
                words += 0.25;
            } else if PARTIES.contains(&slot.as_str()) {
                words -= 0.3;
            }
        }
        Some(tie + words.min(0.5))
    }
}

/// What the times of two readings say; nothing when they exclude each other.
fn time(a: &Reading, b: &Reading) -> Option<f32> {
    let (Some(x), Some(y)) = (a.time, b.time) else {
        return Some(0.0);
    };
    if x.0.max(y.0) > x.1.min(y.1) {
        return None;
    }
    let days = |t: (Date, Date)| t.0.duration_until(t.1).as_hours() / 24;
    Some(match days(x).max(days(y)) {
        ..2 => 0.4,
        2..32 => 0.25,
        _ => 0.1,
    })
}

/// What is known of an event in the making.
#[derive(Clone)]
struct Draft {
    time: Option<(Date, Date)>,
    single: BTreeMap<String, BTreeSet<EntityId>>,
    places: BTreeSet<EntityId>,
    classes: BTreeSet<String>,
}

impl Draft {
    fn of(reading: &Reading) -> Self {
        Self {
            time: reading.time,
            single: reading
                .named
                .iter()
                .filter(|(s, _)| SINGLE.contains(&s.as_str()))
                .map(|(s, e)| (s.clone(), e.clone()))
                .collect(),
            places: reading.places.clone(),
            classes: BTreeSet::from([reading.class.clone()]),
        }
    }

    /// The two as one, unless they contradict.
    fn merged(&self, other: &Self, ground: &Ground<'_>) -> Option<Self> {
        let time = match (self.time, other.time) {
            (Some(a), Some(b)) => {
                let both = (a.0.max(b.0), a.1.min(b.1));
                if both.0 > both.1 {
                    return None;
                }
                Some(both)
            }
            (a, b) => a.or(b),
        };
        for (slot, a) in &self.single {
            if other.single.get(slot).is_some_and(|b| a.is_disjoint(b)) {
                return None;
            }
        }
        let near = self.places.is_empty()
            || other.places.is_empty()
            || self
                .places
                .iter()
                .any(|&a| other.places.iter().any(|&b| ground.near(a, b)));
        // Two classes below one are two kinds of thing even if each fits the one above.
        let classes = self.classes.iter().all(|a| {
            other
                .classes
                .iter()
                .all(|b| ground.schema.is_a(a, b) || ground.schema.is_a(b, a))
        });
        if !near || !classes {
            return None;
        }
        let mut merged = self.clone();
        merged.time = time;
        for (slot, b) in &other.single {
            merged
                .single
                .entry(slot.clone())
                .or_default()
                .extend(b.iter().copied());
        }
        merged.places.extend(other.places.iter().copied());
        merged.classes.extend(other.classes.iter().cloned());
        Some(merged)
    }
}

/// Joins readings into events and fills the events of a resolution.
pub(super) fn link(readings: &[Reading], ground: &Ground<'_>, resolution: &mut Resolution) {
    let mut ties = ties(readings, ground);
    // Strongest first; among equals the order of content decides.
    ties.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut clusters = Clusters::new(readings.len());
    let mut drafts: BTreeMap<ReadingId, Draft> = BTreeMap::new();
    let mut realised: Vec<(ReadingId, ReadingId)> = Vec::new();
    for &(tie, a, b) in &ties {
        let (x, y) = (&readings[a as usize], &readings[b as usize]);
        match meeting(x.reality, y.reality) {
            Meeting::Join => {}
            Meeting::JoinIfStrong if tie >= STRONG_TIE => {}
            Meeting::JoinIfStrong => continue,
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
        let draft = |root: ReadingId, drafts: &BTreeMap<ReadingId, Draft>| {
            drafts
                .get(&root)
                .cloned()
                .unwrap_or_else(|| Draft::of(&readings[root as usize]))
        };
        if let Some(merged) = draft(p, &drafts).merged(&draft(q, &drafts), ground) {
            drafts.remove(&p);
            drafts.remove(&q);
            clusters.join(p, q);
            drafts.insert(clusters.root(p), merged);
        }
    }
    fill(readings, ground, &mut clusters, &realised, resolution);
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

/// Ties of all pairs that share a participant, a document or a story, at least as strong as joins need.
fn ties(readings: &[Reading], ground: &Ground<'_>) -> Vec<(f32, ReadingId, ReadingId)> {
    let mut blocks: BTreeMap<(String, u8, u32), Vec<ReadingId>> = BTreeMap::new();
    for (i, r) in readings.iter().enumerate() {
        let mut keys = vec![(1, r.rank), (2, ground.story[r.rank as usize])];
        keys.extend(r.participants().into_iter().map(|e| (0, e)));
        if let Some(&set) = ground.copies.get(&(r.at.0, r.sentence)) {
            keys.push((3, set));
        }
        let own = [r.class.clone()];
        let classes = ground
            .schema
            .frame(&r.class)
            .map_or(&own[..], |f| &f.ancestors[..]);
        for class in classes.iter().filter(|c| *c != sem::EVENT) {
            for &(kind, number) in &keys {
                blocks
                    .entry((class.clone(), kind, number))
                    .or_default()
                    .push(i as ReadingId);
            }
        }
    }
    let mut out: BTreeMap<(ReadingId, ReadingId), f32> = BTreeMap::new();
    for block in blocks.values() {
        for (n, &a) in block.iter().enumerate() {
            for &b in block[n + 1..].iter().take(BLOCK) {
                if out.contains_key(&(a, b)) {
                    continue;
                }
                let (x, y) = (&readings[a as usize], &readings[b as usize]);
                if let Some(tie) = ground.tie(x, y).filter(|t| *t >= TIE) {
                    out.insert((a, b), tie);
                }
            }
        }
    }
    out.into_iter().map(|((a, b), tie)| (tie, a, b)).collect()
}

/// Numbers the events and writes them down.
fn fill(
    readings: &[Reading],
    ground: &Ground<'_>,
    clusters: &mut Clusters,
    realised: &[(ReadingId, ReadingId)],
    resolution: &mut Resolution,
) {
    let mut members: BTreeMap<ReadingId, Vec<ReadingId>> = BTreeMap::new();
    for i in 0..readings.len() as ReadingId {
        members.entry(clusters.root(i)).or_default().push(i);
    }
    let mut number: BTreeMap<ReadingId, EventId> = BTreeMap::new();
    for (root, group) in members {
        let id = resolution.events.len() as EventId;
        number.insert(root, id);
        let mut claims: Vec<(DocumentNo, u32)> =
            group.iter().map(|&r| readings[r as usize].at).collect();
        claims.sort_unstable();
        for &claim in &claims {
            resolution.event_of.insert(claim, id);
        }
        resolution.events.push(EventNode {
            class: class_of(readings, ground, &group),
            actual: group
                .iter()
                .any(|&r| readings[r as usize].reality == Reality::Actual),
            claims,
            realises: Vec::new(),
        });
    }
    for &(real, planned) in realised {
        let (Some(&a), Some(&b)) = (
            number.get(&clusters.root(real)),
            number.get(&clusters.root(planned)),
        ) else {
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
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let actual = |r: &ReadingId| readings[*r as usize].reality == Reality::Actual;
    let known = group.iter().any(actual);
    for &r in group.iter().filter(|r| !known || actual(r)) {
        *uses.entry(&readings[r as usize].class).or_default() += 1;
    }
    uses.iter()
        .max_by_key(|(class, n)| {
            let depth = ground.schema.frame(class).map_or(0, |f| f.ancestors.len());
            (depth, **n, std::cmp::Reverse(**class))
        })
        .map(|(c, _)| (*c).to_owned())
        .unwrap_or_default()
}
