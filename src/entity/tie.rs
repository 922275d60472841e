//! How strongly two event claims are tied, and by what.
//!
//! In: two readings and the [`Ground`] they stand on. Out: a [`Weighing`]: evidence for and against that both speak of one
//! event, or a veto. Refuses: to weigh what contradicts in class, time, place or a participant.

use super::EntityId;
use super::kept::WordNo;
use super::reading::{ONE_PERSON, Reading, Readings, Reality, Reference, Slot, Terms};
use super::reason::Weighing;
use crate::schema::vocab::local_name;
use crate::schema::{Frame, Schema};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Slots in which two different names mean two events.
const SINGLE: [&str; 4] = ["victim", "accused", "speaker", ONE_PERSON];
/// Slots in which two different unnamed parties speak for two events.
const PARTIES: [&str; 4] = ["agent", "victim", "accused", "speaker"];

/// Slots of who does it: another name there speaks against one event, but two may do it together.
const DOERS: [&str; 2] = ["agent", "requester"];

/// What the comparison consults.
pub(super) struct Ground<'a> {
    /// Frames.
    pub schema: &'a Schema,
    /// Story of each document, by rank.
    pub story: &'a [u32],
    /// For each place all that contain it.
    around: BTreeMap<EntityId, BTreeSet<EntityId>>,
    /// In how many readings each entity takes part.
    uses: Vec<u32>,
    /// How rare each entity is among readings, 0 to 1.
    rarity: Vec<f32>,
    /// What is known of each class that a reading has, by its number.
    classes: Vec<Class<'a>>,
    /// What each slot is, by its number.
    slots: Vec<Part>,
    terms: &'a Terms,
}

/// What comparisons ask of a slot.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// Two different names in it mean two events.
    pub single: bool,
    /// It holds who does it.
    pub doer: bool,
    /// Two different unnamed parties in it speak for two events.
    party: bool,
    /// It is the one that holds the people among the objects once more.
    one_person: bool,
}

/// What comparisons ask of a class.
#[derive(Clone, Copy)]
pub(super) struct Class<'a> {
    /// Its IRI.
    pub iri: &'a str,
    /// Its frame, where the ontology has one.
    pub frame: Option<&'a Frame>,
    /// The slot that one and the same can fill only once.
    pub once: Option<Slot>,
    /// How rare it is among documents, 0 to 1.
    rarity: f32,
}

impl Class<'_> {
    fn is_below(&self, ancestor: &str) -> bool {
        self.frame.is_some_and(|f| f.is_below(ancestor))
    }
}

impl<'a> Ground<'a> {
    /// Counts what the readings and places show.
    pub(super) fn new(
        schema: &'a Schema,
        story: &'a [u32],
        containment: &[(EntityId, EntityId)],
        readings: &'a Readings,
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
        let terms = &readings.terms;
        let mut uses: Vec<u32> = Vec::new();
        // How many documents tell of a class, and the last that did: readings stand in the order of documents.
        let mut documents: Vec<(usize, Option<u32>)> = vec![(0, None); terms.classes.len()];
        for r in &readings.all {
            for &e in r.participants.iter() {
                if uses.len() <= e as usize {
                    uses.resize(e as usize + 1, 0);
                }
                uses[e as usize] += 1;
            }
            let class = &mut documents[r.class as usize];
            if class.1.replace(r.rank) != Some(r.rank) {
                class.0 += 1;
            }
        }
        // Few readings make nothing rare: count as if among a hundred.
        let rare = |df: usize, n: usize| {
            let n = n.max(100) as f32;
            (1.0 + n / df.max(1) as f32).ln() / (1.0 + n).ln()
        };
        let rarity = uses
            .iter()
            .map(|&df| rare(df as usize, readings.all.len()))
            .collect();
        let classes = terms
            .classes
            .iter()
            .zip(documents)
            .map(|(iri, (documents, _))| {
                let frame = schema.frame(iri);
                let once = frame.and_then(|f| terms.slot(f.once.as_deref()?));
                Class {
                    iri,
                    frame,
                    once,
                    rarity: rare(documents, story.len()),
                }
            })
            .collect();
        let slots = terms.slots.iter().map(|slot| Part::of(slot)).collect();
        Self {
            schema,
            story,
            around,
            uses,
            rarity,
            classes,
            slots,
            terms,
        }
    }

    /// Whether one place is the other or lies in it.
    pub(super) fn near(&self, a: EntityId, b: EntityId) -> bool {
        a == b
            || self.around.get(&a).is_some_and(|s| s.contains(&b))
            || self.around.get(&b).is_some_and(|s| s.contains(&a))
    }

    /// The classes that readings have, by their numbers.
    pub(super) fn classes(&self) -> &[Class<'a>] {
        &self.classes
    }

    /// Whether an entity takes part in several readings.
    pub(super) fn is_shared(&self, entity: EntityId) -> bool {
        self.uses[entity as usize] > 1
    }

    /// What a slot is.
    pub(super) fn part(&self, slot: Slot) -> Part {
        self.slots[slot as usize]
    }

    /// A word of a reading.
    pub(super) fn word(&self, word: WordNo) -> &'a str {
        self.terms.word(word)
    }

    /// What is known of the class of a reading.
    fn class(&self, reading: &Reading) -> Class<'a> {
        self.classes[reading.class as usize]
    }

    /// Whether both are events that one and the same goes through once ("nobody dies twice").
    fn same_once(&self, a: &Reading, b: &Reading) -> bool {
        let (Some(x), Some(y)) = (self.class(a).once, self.class(b).once) else {
            return false;
        };
        x == y && a.named.both(&b.named, x).next().is_some()
    }

    /// How strongly two readings are tied; nothing when they contradict.
    pub(super) fn tie(&self, a: &Reading, b: &Reading) -> Option<f32> {
        let mut w = Weighing::silent();
        self.weigh(a, b, &mut w);
        w.veto.is_none().then_some(w.total)
    }

    /// Weighs all that speaks for and against one event.
    pub(super) fn weigh(&self, a: &Reading, b: &Reading, w: &mut Weighing) {
        let class = self.class(a);
        let related = a.class == b.class
            || class.is_below(self.class(b).iri)
            || self.class(b).is_below(class.iri);
        if !related && w.exclude("they are of two kinds") {
            return;
        }
        if (a.reality == Reality::Denied) != (b.reality == Reality::Denied)
            && w.exclude("one is denied")
        {
            return;
        }
        let other = |r: &Reading| r.reference == Reference::Other;
        if (other(a) || other(b))
            && w.exclude("the words say that it is another (\"previous\", \"second\")")
        {
            return;
        }
        let by_word = class.frame.is_some_and(|f| f.by_word);
        if by_word && a.trigger != b.trigger && w.exclude("its kind has a word for each") {
            return;
        }
        let once = self.same_once(a, b);
        time(a, b, w);
        self.place(a, b, once, w);
        self.parties(a, b, w);
        if w.veto.is_some() && !w.is_telling() {
            return;
        }
        if once {
            w.add(1.0, || {
                format!(
                    "nobody goes through a {} twice",
                    words_of(self.class(a).iri)
                )
            });
        }
        self.context(a, b, w);
        if a.trigger == b.trigger {
            let word = self.word(a.trigger);
            w.add(if word.is_empty() { 0.0 } else { 0.15 }, || {
                format!("both say \"{word}\"")
            });
        }
        self.kind(a, b, w);
        self.wording(a, b, w);
    }

    /// Two nouns, or a kind and a narrower one, are not yet one event when nothing else is shared.
    fn kind(&self, a: &Reading, b: &Reading, w: &mut Weighing) {
        let same_sentence = a.at.0 == b.at.0 && a.sentence == b.sentence;
        if same_sentence && a.noun && b.noun && a.trigger != b.trigger {
            w.add(-0.6, || "one sentence has a word for each".to_owned());
        }
        // "helped in the pandemic and covered for strikers last year"
        if same_sentence
            && !a.noun
            && !b.noun
            && a.trigger != b.trigger
            && a.value.is_some() != b.value.is_some()
        {
            w.add(-1.0, || {
                "one sentence says both, and gives a time to one only".to_owned()
            });
        }
        if !a.participants.is_disjoint(&b.participants) || a.trigger == b.trigger {
            return;
        }
        if a.noun && b.noun {
            w.add(-0.3, || {
                let (a, b) = (self.word(a.trigger), self.word(b.trigger));
                format!("\"{a}\" is another word than \"{b}\"")
            });
        }
        if a.class != b.class {
            w.add(-0.3, || "one is of a narrower kind".to_owned());
        }
    }

    /// Story, reference and rarity.
    fn context(&self, a: &Reading, b: &Reading, w: &mut Weighing) {
        let same_story = self.story[a.rank as usize] == self.story[b.rank as usize];
        if same_story {
            w.add(0.35, || "their documents tell one story".to_owned());
            if a.reference == Reference::Definite || b.reference == Reference::Definite {
                w.add(0.25, || {
                    "one is pointed at as known (\"the\", \"this\")".to_owned()
                });
            }
        }
        // A definite noun with no participants of its own points back within its document.
        let anaphor = |r: &Reading| r.reference == Reference::Definite && r.named.is_empty();
        if a.at.0 == b.at.0 && (anaphor(a) || anaphor(b)) {
            w.add(0.4, || {
                "a bare \"the …\" points back within its document".to_owned()
            });
        }
        let rare = 0.3 * self.class(a).rarity;
        w.add(rare, || {
            format!("few documents tell of a {}", words_of(self.class(a).iri))
        });
    }

    /// What the sentences share beyond the slots.
    fn wording(&self, a: &Reading, b: &Reading, w: &mut Weighing) {
        let shared = a.wording.shared(&b.wording).count();
        let copies = a.copies.is_some() && a.copies == b.copies;
        let speech = self.class(a).frame.is_some_and(|f| f.speech);
        if copies {
            w.add(0.8, || "the sentences are copies of one another".to_owned());
        } else if speech {
            self.saying(a, b, shared, w);
        } else {
            let weight = match shared {
                0 | 1 => 0.0,
                2 | 3 => 0.15,
                _ => 0.3,
            };
            w.add(weight, || format!("the sentences share {shared} words"));
        }
        // One names a participant in a slot, the other in the same sentence.
        let (x, y) = (&a.participants, &b.participants);
        let beside = x.shared(&b.around).any(|e| !y.contains(e))
            || y.shared(&a.around).any(|e| !x.contains(e));
        if beside {
            w.add(0.2, || {
                "a participant of one is named in the sentence of the other".to_owned()
            });
        }
    }

    /// People say many things: without the same words, a shared speaker is not one statement.
    fn saying(&self, a: &Reading, b: &Reading, shared: usize, w: &mut Weighing) {
        let same_speaker = !a.participants.is_disjoint(&b.participants);
        let before = w.total;
        if a.turn == b.turn && a.at.0 == b.at.0 {
            w.add(1.2, || {
                "the speaker goes on in the next sentence".to_owned()
            });
        } else if same_speaker && quotes(a, b) {
            w.add(1.0, || {
                "the words that one quotes stand in the other".to_owned()
            });
        } else if shared >= 4 {
            w.add(0.5, || format!("the sentences share {shared} words"));
        } else if a.trigger == b.trigger && a.theme.is_some() && a.theme == b.theme {
            w.add(0.7, || {
                format!(
                    "the same thing is said of the same matter (\"{}\")",
                    a.theme.map_or("", |t| self.word(t))
                )
            });
        }
        // Without a word in common, a shared speaker makes no shared statement; "a request" is more of one thing.
        let weight = match (w.total > before, a.noun && b.noun) {
            (true, false) => -0.6,
            (false, false) => -0.9,
            (_, true) => -0.3,
        };
        w.add(weight, || "people say many things".to_owned());
    }

    fn place(&self, a: &Reading, b: &Reading, once: bool, w: &mut Weighing) {
        if a.places.is_empty() || b.places.is_empty() {
            return;
        }
        let near = a
            .places
            .iter()
            .any(|&x| b.places.iter().any(|&y| self.near(x, y)));
        if !a.places.is_disjoint(&b.places) {
            w.add(0.3, || "in the same place".to_owned());
        } else if near {
            w.add(0.2, || "one place lies in the other".to_owned());
        } else if once {
            w.add(-0.3, || {
                "in two places, one perhaps within the other".to_owned()
            });
        } else {
            w.exclude("they took place in two places");
        }
    }

    fn parties(&self, a: &Reading, b: &Reading, w: &mut Weighing) {
        for slot in a.named.slots().filter(|&s| b.named.fills(s)) {
            let shared: f32 = a
                .named
                .both(&b.named, slot)
                .map(|e| 0.5 + 0.5 * self.rarity.get(e as usize).copied().unwrap_or(1.0))
                .fold(0.0, f32::max);
            let part = self.part(slot);
            let name = &self.terms.slots[slot as usize];
            if part.one_person {
                if shared == 0.0 {
                    w.exclude("it is done to somebody else");
                }
                continue;
            }
            if shared > 0.0 {
                w.add(shared * if part.single { 0.7 } else { 0.5 }, || {
                    format!("the same {name}")
                });
            } else if part.single {
                w.exclude("another victim, accused or speaker");
            } else if part.doer && a.class != b.class {
                w.exclude("one is of a narrower kind, and somebody else does it");
            } else {
                w.add(if part.doer { -0.4 } else { -0.2 }, || {
                    format!("another {name}")
                });
            }
        }
        let crossed = a
            .participants
            .shared(&b.participants)
            .filter(|&e| {
                let mut filled = a.named.iter().filter(|f| f.1 == e);
                !filled.any(|&f| b.named.contains(f))
            })
            .count();
        w.add(0.3 * crossed.min(2) as f32, || {
            "a participant is shared in another part".to_owned()
        });
        let single = a.ages.slots().filter(|&s| self.part(s).single);
        for slot in single {
            if a.ages.differ(&b.ages, slot) {
                w.exclude("the victim, accused or speaker is of another age");
            }
        }
        let mut alike: f32 = 0.0;
        for slot in a.words.slots().filter(|&s| b.words.fills(s)) {
            if !a.words.differ(&b.words, slot) {
                alike += 0.25;
            } else if self.part(slot).party {
                let name = &self.terms.slots[slot as usize];
                w.add(-0.3, || format!("the {name} is described with other words"));
            }
        }
        w.add(alike.min(0.5), || {
            "unnamed participants are described with the same words".to_owned()
        });
    }
}

impl Part {
    fn of(slot: &str) -> Self {
        Self {
            single: SINGLE.contains(&slot),
            doer: DOERS.contains(&slot),
            party: PARTIES.contains(&slot),
            one_person: slot == ONE_PERSON,
        }
    }
}

/// A class in words ("duty withdrawal").
fn words_of(class: &str) -> String {
    let mut out = String::new();
    for c in local_name(class).chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// Whether one quotes what the other says.
fn quotes(a: &Reading, b: &Reading) -> bool {
    let (Some(a), Some(b)) = (&a.said, &b.said) else {
        return false;
    };
    let share = |p: &[u64], q: &[u64]| p.iter().any(|h| q.binary_search(h).is_ok());
    share(&a.quoted, &b.spoken) || share(&b.quoted, &a.spoken)
}

/// What the times of two readings say.
fn time(a: &Reading, b: &Reading, w: &mut Weighing) {
    let (Some(x), Some(y)) = (a.time, b.time) else {
        return;
    };
    if x.0.max(y.0) > x.1.min(y.1) {
        w.exclude("they took place at two times");
        return;
    }
    let days = |t: (Date, Date)| t.0.duration_until(t.1).as_hours() / 24;
    match days(x).max(days(y)) {
        ..2 => w.add(0.4, || "on the same day".to_owned()),
        2..32 => w.add(0.25, || "in the same weeks".to_owned()),
        _ => w.add(0.1, || "the times do not exclude one another".to_owned()),
    }
}
