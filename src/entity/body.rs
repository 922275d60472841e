//! Which named chains are one organisation.
//!
//! In: units of kind organisation, and the gazetteer's aliases. Out: joined clusters and the judgements behind them.
//! Refuses: to read an acronym that two bodies share without company that tells which is meant, and to take a body for
//! a wider one because its name is contained ("Northern Police" is not "Great Northern Police").

use super::cluster::Clusters;
use super::few::Few;
use super::kept::{Kept, WordNo};
use super::name::{abbreviates, body_key, is_acronym, shortens};
use super::unit::{Company, Unit, UnitId, Units};
use super::{Found, Reason, Verdict};
use crate::mention::MentionKind;
use crate::schema::Schema;
use std::collections::{BTreeMap, BTreeSet};

/// Company that must be shared before an ambiguous short name is read.
const SAME_STORY: f32 = 0.5;

/// What the texts and the gazetteer say of one name key.
#[derive(Default)]
struct Key {
    units: Vec<UnitId>,
    /// Names written for the key, to ask the gazetteer.
    written: Few<WordNo>,
    /// Full keys of the chains in which this key is only a short form.
    stands_for: Few<KeyNo>,
}

/// Number of a key, in no lasting order.
type KeyNo = WordNo;

/// The keys of all bodies and of their short forms.
struct Keys<'a> {
    units: &'a Units,
    schema: &'a Schema,
    words: Kept,
    all: Vec<Key>,
    /// The key of each name as written, once it is asked for.
    of_name: Vec<Option<KeyNo>>,
}

impl<'a> Keys<'a> {
    fn new(units: &'a Units, schema: &'a Schema) -> Self {
        let mut keys = Self {
            units,
            schema,
            words: Kept::default(),
            all: Vec::new(),
            of_name: vec![None; units.names.len()],
        };
        for (unit, id) in units.all.iter().zip(0..) {
            if unit.kind == MentionKind::Organisation {
                keys.read(unit, id);
            }
        }
        keys
    }

    /// Notes the full name of a chain and its short forms.
    fn read(&mut self, unit: &Unit, id: UnitId) {
        let full = self.number(unit.name);
        let own = &mut self.all[full as usize];
        own.units.push(id);
        own.written.insert(unit.name);
        for form in unit.forms.plain().filter(|f| f.name != unit.name) {
            let short = self.number(form.name);
            if short == full || self.stands_for(short, full, form.name, unit.name) {
                let entry = &mut self.all[short as usize];
                entry.written.insert(form.name);
                if short != full {
                    entry.stands_for.insert(full);
                }
            }
        }
    }

    /// Whether a form can be short for a name.
    fn stands_for(&self, short: KeyNo, full: KeyNo, form: WordNo, name: WordNo) -> bool {
        let names = &self.units.names;
        let (s, f) = (self.words.get(short), self.words.get(full));
        self.all[short as usize].stands_for.contains(full)
            || abbreviates(s, f)
            || shortens(s, f)
            || listed_together(self.schema, names.get(form), names.get(name))
    }

    /// The key of a name as written.
    fn number(&mut self, name: WordNo) -> KeyNo {
        if let Some(key) = self.of_name[name as usize] {
            return key;
        }
        let key = self.words.keep(&body_key(self.units.names.get(name)));
        if self.all.len() <= key as usize {
            self.all.push(Key::default());
        }
        self.of_name[name as usize] = Some(key);
        key
    }

    fn get(&self, key: KeyNo) -> &Key {
        &self.all[key as usize]
    }

    /// The keys in the order of their words.
    fn sorted(&self) -> Vec<KeyNo> {
        let mut order: Vec<KeyNo> = (0..self.all.len() as KeyNo).collect();
        order.sort_unstable_by_key(|&key| self.words.get(key));
        order
    }

    /// The gazetteer's own name for a key, when exactly one body bears it.
    fn entry(&self, key: KeyNo) -> Option<String> {
        let names: BTreeSet<String> = self
            .get(key)
            .written
            .iter()
            .flat_map(|&w| {
                let gazetteer = self.schema.gazetteer();
                gazetteer.organisations(self.units.names.get(w))
            })
            .map(|o| o.name)
            .collect();
        let mut names = names.into_iter();
        match (names.next(), names.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    }

    fn is_same_entry(&self, a: KeyNo, b: KeyNo) -> bool {
        matches!((self.entry(a), self.entry(b)), (Some(x), Some(y)) if x == y)
    }

    /// The keys of the organisations named in the document of that rank.
    fn of_document(&self, rank: u32) -> impl Iterator<Item = KeyNo> + '_ {
        self.units
            .of_document(rank)
            .map(|u| self.units.get(u))
            .filter(|u| u.kind == MentionKind::Organisation)
            .filter_map(|u| self.of_name[u.name as usize])
    }

    /// What a key means across documents.
    fn meaning(&self, key: KeyNo) -> Meaning {
        let k = self.get(key);
        let word = |key: KeyNo| self.words.get(key);
        let mut known: Vec<KeyNo> = k.stands_for.to_vec();
        known.retain(|&full| {
            let mut others = k.stands_for.iter();
            !others.any(|&f| word(f) < word(full) && self.is_same_entry(f, full))
        });
        known.sort_unstable_by_key(|&full| word(full));
        match known[..] {
            [full] => return Meaning::One(full, "a document writes both names for one body"),
            [] => {}
            _ => return Meaning::Several(known),
        }
        if self.entry(key).is_some() {
            return Meaning::Itself;
        }
        // No document spells it out and nothing lists it: a body of the same documents that it can be cut from.
        let written = || k.written.iter().map(|&w| self.units.names.get(w));
        let acronym = written().any(is_acronym);
        let cut = |&full: &KeyNo| {
            if acronym {
                abbreviates(word(key), word(full))
            } else {
                same_length_cut(word(key), word(full))
            }
        };
        let readings: Few<KeyNo> = k
            .units
            .iter()
            .flat_map(|&unit| self.of_document(self.units.get(unit).rank))
            .filter(cut)
            .collect();
        match readings[..] {
            [one] => Meaning::One(
                one,
                "one document names both, and the short name can only be cut from the long one",
            ),
            _ => Meaning::Itself,
        }
    }
}

/// What a key means across documents.
enum Meaning {
    /// Its own body.
    Itself,
    /// The short form of one other key, and why.
    One(KeyNo, &'static str),
    /// The short form of several.
    Several(Vec<KeyNo>),
}

/// Joins the units that are one organisation.
pub(super) fn link(
    units: &Units,
    schema: &Schema,
    clusters: &mut Clusters,
    found: &mut Vec<Found>,
) {
    let keys = Keys::new(units, schema);
    // Forms that are nobody's full name mean nothing by themselves.
    let mut order = keys.sorted();
    order.retain(|&key| !keys.get(key).units.is_empty());
    let meant: Vec<Meaning> = order.iter().map(|&key| keys.meaning(key)).collect();
    for (&key, meaning) in order.iter().zip(&meant) {
        let own = &keys.get(key).units;
        match meaning {
            Meaning::Itself => all_one(clusters, own),
            Meaning::One(full, why) => {
                all_one(clusters, own);
                if let Some(&other) = keys.get(*full).units.first()
                    && *full != key
                {
                    clusters.join(own[0], other);
                    found.push(Found::new(
                        Verdict::Same,
                        (other, own[0]),
                        vec![Reason::new(1.0, *why)],
                    ));
                }
            }
            Meaning::Several(fulls) => by_company(&keys, own, fulls, clusters, found),
        }
    }
    // Two keys with one entry in the gazetteer are one body even if neither is the entry's own name.
    let mut entries: BTreeMap<String, UnitId> = BTreeMap::new();
    for (&key, meaning) in order.iter().zip(&meant) {
        let (first, Some(entry)) = (keys.get(key).units[0], keys.entry(key)) else {
            continue;
        };
        if matches!(meaning, Meaning::Several(_)) {
            continue;
        }
        if let Some(&other) = entries.get(&entry) {
            if clusters.root(other) != clusters.root(first) {
                found.push(Found::new(
                    Verdict::Same,
                    (other, first),
                    vec![Reason::new(
                        1.0,
                        format!("the gazetteer lists both as {entry}"),
                    )],
                ));
            }
            clusters.join(other, first);
        } else {
            entries.insert(entry, first);
        }
    }
}

fn all_one(clusters: &mut Clusters, units: &[UnitId]) {
    for pair in units.windows(2) {
        clusters.join(pair[0], pair[1]);
    }
}

/// Whether each word of `short` is the word of `long` in its place, or the beginning of it; or it is the beginning of the
/// first word alone.
fn same_length_cut(short: &str, long: &str) -> bool {
    let (s, l): (Vec<&str>, Vec<&str>) = (short.split(' ').collect(), long.split(' ').collect());
    let cut = |s: &str, l: &str| s.len() >= 3 && s.len() < l.len() && l.starts_with(s);
    match s[..] {
        [word] => l.len() > 1 && cut(word, l[0]),
        _ => {
            short != long
                && s.len() == l.len()
                && s.iter().zip(&l).all(|(s, l)| s == l || cut(s, l))
        }
    }
}

/// Whether the gazetteer lists both names for one body.
pub(super) fn listed_together(schema: &Schema, a: &str, b: &str) -> bool {
    let of_b: BTreeSet<String> = schema
        .gazetteer()
        .organisations(b)
        .into_iter()
        .map(|o| o.name)
        .collect();
    schema
        .gazetteer()
        .organisations(a)
        .iter()
        .any(|o| of_b.contains(&o.name))
}

/// Reads a short name that several bodies share by the company each of its documents keeps.
fn by_company(
    keys: &Keys<'_>,
    own: &[UnitId],
    fulls: &[KeyNo],
    clusters: &mut Clusters,
    found: &mut Vec<Found>,
) {
    let units = keys.units;
    let companies: Vec<(UnitId, Company, Vec<u32>)> = fulls
        .iter()
        .filter_map(|full| {
            let bodies = &keys.get(*full).units;
            let first = *bodies.first()?;
            let company = Company::of(units, bodies);
            Some((first, company, vec![units.get(first).own]))
        })
        .collect();
    for &unit in own {
        let mut scored: Vec<(f32, UnitId)> = companies
            .iter()
            .map(|(body, company, name)| (units.overlap(unit, company, name), *body))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        match scored[..] {
            [(best, body), (second, _), ..] if best >= SAME_STORY && best > 1.5 * second => {
                clusters.join(body, unit);
                found.push(Found::new(
                    Verdict::Same,
                    (body, unit),
                    vec![
                        Reason::new(best, "this one is named in the same company"),
                        Reason::new(-0.5, "several bodies share the short name"),
                    ],
                ));
            }
            [(_, body), ..] => found.push(Found::new(
                Verdict::Possible,
                (body, unit),
                vec![Reason::new(-0.5, "several bodies share the short name")],
            )),
            [] => {}
        }
    }
}
