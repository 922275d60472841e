//! Which named chains are one organisation.
//!
//! In: units of kind organisation, and the gazetteer's aliases. Out: joined clusters and the judgements behind them.
//! Refuses: to read an acronym that two bodies share without company that tells which is meant, and to take a body for
//! a wider one because its name is contained ("Northern Police" is not "Great Northern Police").

use super::cluster::Clusters;
use super::name::{abbreviates, body_key, is_acronym, shortens};
use super::unit::{Company, UnitId, Units};
use super::{Found, Reason, Verdict};
use crate::mention::MentionKind;
use crate::schema::Schema;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Company that must be shared before an ambiguous short name is read.
const SAME_STORY: f32 = 0.5;

/// What the texts and the gazetteer say of one name key.
#[derive(Default)]
struct Key {
    units: Vec<UnitId>,
    /// Names written for the key, to ask the gazetteer.
    written: BTreeSet<String>,
    /// Full keys of the chains in which this key is only a short form.
    stands_for: BTreeSet<String>,
}

impl Key {
    /// Notes that the key is written so.
    fn write(&mut self, name: &str) {
        if !self.written.contains(name) {
            self.written.insert(name.to_owned());
        }
    }
}

/// Joins the units that are one organisation.
pub(super) fn link(
    units: &Units,
    schema: &Schema,
    clusters: &mut Clusters,
    found: &mut Vec<Found>,
) {
    // By hash while it grows, because a tree of a million names is slow to walk for each of them.
    let mut keys: FxHashMap<String, Key> = FxHashMap::default();
    for (i, unit) in units.all.iter().enumerate() {
        if unit.kind != MentionKind::Organisation {
            continue;
        }
        let name = units.names.get(unit.name);
        let full = body_key(name);
        let own = keys.entry(full.clone()).or_default();
        own.units.push(i as UnitId);
        own.write(name);
        for form in unit.forms.plain().filter(|f| f.name != unit.name) {
            let form = units.names.get(form.name);
            let short = body_key(form);
            let entry = keys.entry(short.clone()).or_default();
            if short == full {
                entry.write(form);
            } else if abbreviates(&short, &full)
                || shortens(&short, &full)
                || listed_together(schema, form, name)
            {
                entry.write(form);
                entry.stands_for.insert(full.clone());
            }
        }
    }
    let keys: BTreeMap<String, Key> = keys.into_iter().collect();
    let full_of: BTreeMap<&str, Meaning> = keys
        .iter()
        .filter(|(_, k)| !k.units.is_empty())
        .map(|(key, k)| (key.as_str(), meaning(units, schema, &keys, key, k)))
        .collect();
    let mut home: BTreeMap<&str, UnitId> = BTreeMap::new();
    for (key, k) in &keys {
        if let Some(&first) = k.units.first() {
            home.insert(key, first);
        }
    }
    for (key, meaning) in &full_of {
        let own = &keys[*key].units;
        match meaning {
            Meaning::Itself => all_one(clusters, own),
            Meaning::One(full, why) => {
                all_one(clusters, own);
                if let Some(&other) = home.get(full.as_str())
                    && full != key
                {
                    clusters.join(own[0], other);
                    found.push(Found::new(
                        Verdict::Same,
                        (other, own[0]),
                        vec![Reason::new(1.0, *why)],
                    ));
                }
            }
            Meaning::Several(fulls) => by_company(units, &keys, own, fulls, clusters, found),
        }
    }
    // Two keys with one entry in the gazetteer are one body even if neither is the entry's own name.
    let mut entries: BTreeMap<String, UnitId> = BTreeMap::new();
    for (key, k) in &keys {
        let (Some(&first), Some(entry)) = (k.units.first(), entry(schema, &k.written)) else {
            continue;
        };
        if matches!(full_of.get(key.as_str()), Some(Meaning::Several(_))) {
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

/// What a key means across documents.
enum Meaning {
    /// Its own body.
    Itself,
    /// The short form of one other key, and why.
    One(String, &'static str),
    /// The short form of several.
    Several(Vec<String>),
}

fn meaning(
    units: &Units,
    schema: &Schema,
    keys: &BTreeMap<String, Key>,
    key: &str,
    k: &Key,
) -> Meaning {
    let known: Vec<String> = k
        .stands_for
        .iter()
        .filter(|full| {
            !k.stands_for
                .iter()
                .any(|f| is_same_entry(schema, keys, f, full) && f < *full)
        })
        .cloned()
        .collect();
    match known.len() {
        1 => {
            return Meaning::One(
                known[0].clone(),
                "a document writes both names for one body",
            );
        }
        0 => {}
        _ => return Meaning::Several(known),
    }
    if entry(schema, &k.written).is_some() {
        return Meaning::Itself;
    }
    // No document spells it out and nothing lists it: a body of the same documents that it can be cut from.
    let acronym = k.written.iter().any(|w| is_acronym(w));
    let mut readings: Option<BTreeSet<&str>> = None;
    for &unit in &k.units {
        let rank = units.get(unit).rank;
        let here: BTreeSet<&str> = bodies_of(units, rank)
            .filter(|(_, full)| {
                if acronym {
                    abbreviates(key, full)
                } else {
                    same_length_cut(key, full)
                }
            })
            .filter_map(|(_, full)| keys.get_key_value(&full).map(|(k, _)| k.as_str()))
            .collect();
        readings = Some(match readings {
            None => here,
            Some(before) => before.union(&here).copied().collect(),
        });
    }
    match readings.unwrap_or_default().into_iter().collect::<Vec<_>>()[..] {
        [one] => Meaning::One(
            one.to_owned(),
            "one document names both, and the short name can only be cut from the long one",
        ),
        _ => Meaning::Itself,
    }
}

/// Organisations named in the document of that rank, with their keys.
fn bodies_of(units: &Units, rank: u32) -> impl Iterator<Item = (UnitId, String)> + '_ {
    units
        .of_document(rank)
        .filter(|&u| units.get(u).kind == MentionKind::Organisation)
        .map(|u| (u, body_key(units.name(u))))
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

/// The gazetteer's own name for any of these names, when exactly one body bears it.
fn entry(schema: &Schema, written: &BTreeSet<String>) -> Option<String> {
    let names: BTreeSet<String> = written
        .iter()
        .flat_map(|w| schema.gazetteer().organisations(w))
        .map(|o| o.name)
        .collect();
    let mut names = names.into_iter();
    match (names.next(), names.next()) {
        (Some(one), None) => Some(one),
        _ => None,
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

fn is_same_entry(schema: &Schema, keys: &BTreeMap<String, Key>, a: &str, b: &str) -> bool {
    let of = |k: &str| keys.get(k).and_then(|k| entry(schema, &k.written));
    matches!((of(a), of(b)), (Some(x), Some(y)) if x == y)
}

/// Reads a short name that several bodies share by the company each of its documents keeps.
fn by_company(
    units: &Units,
    keys: &BTreeMap<String, Key>,
    own: &[UnitId],
    fulls: &[String],
    clusters: &mut Clusters,
    found: &mut Vec<Found>,
) {
    let companies: Vec<(UnitId, Company, Vec<u32>)> = fulls
        .iter()
        .filter_map(|full| {
            let bodies = &keys.get(full)?.units;
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
