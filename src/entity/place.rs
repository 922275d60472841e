//! Which named chains are one place, and which place lies in which.
//!
//! In: units of kind place and facility; the words that follow a place ("Perth, Ontario"); the gazetteer. Out: joined
//! clusters and containment. Refuses: to join two places of one name that the texts put into two others.

use super::cluster::Clusters;
use super::name::{place_key, words};
use super::unit::{Company, UnitId, Units};
use super::{EntityId, Found, Reason, Verdict, ranks};
use crate::claim::Extraction;
use crate::mention::{Form, MentionKind};
use crate::schema::Schema;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Company that ties a place without a container to one of several namesakes.
const SAME_STORY: f32 = 0.5;

/// Words before a place's name that make a part of it.
const PARTS: [&str; 14] = [
    "north",
    "south",
    "east",
    "west",
    "central",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northern",
    "southern",
    "eastern",
    "western",
    "inner",
];

/// Pairs of units: a place and the place that the text puts it in.
pub(super) type Inside = BTreeSet<(UnitId, UnitId)>;

fn is_place(kind: MentionKind) -> bool {
    matches!(kind, MentionKind::Place | MentionKind::Facility)
}

/// Reads "A, B" where both are places and no list goes on: A lies in B.
pub(super) fn inside(extractions: &[Extraction], units: &Units) -> Inside {
    let mut out = Inside::new();
    for (x, rank) in extractions.iter().zip(ranks(&units.documents)) {
        let text = x.document.text();
        for pair in x.mentions.mentions.windows(2) {
            let [a, b] = pair else { continue };
            if a.sentence != b.sentence
                || a.form != Form::Name
                || b.form != Form::Name
                || a.span.end() > b.span.start()
            {
                continue;
            }
            let between = text[a.span.end()..b.span.start()].trim();
            let after = text[b.span.end()..].trim_start();
            let list = after.starts_with("and ") || after.starts_with(", and ") || {
                // "in A, B and C" is a list, "in A, B, and" too; "in A, B, on Monday" is not.
                after
                    .strip_prefix(',')
                    .is_some_and(|r| r.trim_start().starts_with(char::is_uppercase))
            };
            if !matches!(between, "," | "in" | ", in") || (between == "," && list) {
                continue;
            }
            let unit = |chain| units.of_chain(rank, chain);
            if let (Some(a), Some(b)) = (unit(a.chain), unit(b.chain))
                && a != b
                && is_place(units.get(a).kind)
                && units.get(b).kind == MentionKind::Place
                && place_key(units.name(a)) != place_key(units.name(b))
            {
                out.insert((a, b));
            }
        }
    }
    out
}

/// Joins the units that are one place.
pub(super) fn link(
    units: &Units,
    inside: &Inside,
    clusters: &mut Clusters,
    found: &mut Vec<Found>,
) {
    let mut container: BTreeMap<UnitId, String> = BTreeMap::new();
    for &(a, b) in inside {
        container
            .entry(a)
            .or_insert_with(|| place_key(units.name(b)));
    }
    // What the texts say of containers of containers: "Perth, Ontario" and "Perth, Canada" agree if Ontario is in Canada.
    let within: BTreeSet<(String, String)> = inside
        .iter()
        .map(|&(a, b)| (place_key(units.name(a)), place_key(units.name(b))))
        .collect();
    let agree = |a: &str, b: &str| {
        a == b
            || a.contains(b)
            || b.contains(a)
            || within.contains(&(a.to_owned(), b.to_owned()))
            || within.contains(&(b.to_owned(), a.to_owned()))
    };
    let mut keys: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
    for (i, unit) in units.all.iter().enumerate() {
        if is_place(unit.kind) {
            keys.entry(place_key(units.names.get(unit.name)))
                .or_default()
                .push(i as UnitId);
        }
    }
    for members in keys.values() {
        let mut groups: Vec<(String, Vec<UnitId>)> = Vec::new();
        let mut open = Vec::new();
        for &unit in members {
            match container.get(&unit) {
                None => open.push(unit),
                Some(c) => match groups.iter_mut().find(|(g, _)| agree(g, c)) {
                    Some((_, group)) => group.push(unit),
                    None => groups.push((c.clone(), vec![unit])),
                },
            }
        }
        if groups.len() <= 1 {
            for pair in members.windows(2) {
                clusters.join(pair[0], pair[1]);
            }
            continue;
        }
        for (_, group) in &groups {
            for pair in group.windows(2) {
                clusters.join(pair[0], pair[1]);
            }
        }
        for pair in groups.windows(2) {
            found.push(Found::new(
                Verdict::Different,
                (pair[0].1[0], pair[1].1[0]),
                vec![Reason::new(
                    f32::NEG_INFINITY,
                    "the texts put them into two different places",
                )],
            ));
        }
        for unit in open {
            settle_open(units, &groups, unit, clusters, found);
        }
    }
}

/// Ties a place that its document does not locate to the namesake whose documents keep the same company.
fn settle_open(
    units: &Units,
    groups: &[(String, Vec<UnitId>)],
    unit: UnitId,
    clusters: &mut Clusters,
    found: &mut Vec<Found>,
) {
    let mut scored: Vec<(f32, UnitId)> = groups
        .iter()
        .filter_map(|(_, group)| {
            let company = Company::of(units, group);
            let first = *group.first()?;
            Some((
                units.overlap(unit, &company, &[units.get(first).own]),
                first,
            ))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    if let [(best, first), (second, _), ..] = scored[..] {
        if best >= SAME_STORY && best > 1.5 * second {
            clusters.join(first, unit);
        } else {
            found.push(Found::new(
                Verdict::Possible,
                (first, unit),
                vec![Reason::new(-0.5, "several places share the name")],
            ));
        }
    }
}

/// Which entity lies in which, from the texts, from names ("south Leeds") and from the gazetteer.
pub(super) fn containment(
    units: &Units,
    inside: &Inside,
    schema: &Schema,
    entity_of: &[EntityId],
    names: &[(MentionKind, String)],
) -> BTreeSet<(u32, u32)> {
    let mut out: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (a, b) in inside {
        let (a, b) = (entity_of[*a as usize], entity_of[*b as usize]);
        if a != b {
            out.insert((a, b));
        }
    }
    let mut by_key: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (unit, &entity) in units.all.iter().zip(entity_of) {
        if is_place(unit.kind) {
            let known = by_key
                .entry(place_key(units.names.get(unit.name)))
                .or_default();
            if !known.contains(&entity) {
                known.push(entity);
            }
        }
    }
    let only = |key: &str| match by_key.get(key).map(Vec::as_slice) {
        Some([one]) => Some(*one),
        _ => None,
    };
    let located: BTreeMap<u32, BTreeSet<u32>> =
        out.iter().fold(BTreeMap::new(), |mut all, &(a, b)| {
            all.entry(a).or_insert_with(BTreeSet::new).insert(b);
            all
        });
    for (no, (kind, name)) in names.iter().enumerate() {
        let no = no as u32;
        if !is_place(*kind) {
            continue;
        }
        let all = words(name);
        let cut = all
            .iter()
            .take_while(|w| PARTS.contains(&w.as_str()))
            .count();
        if cut > 0
            && cut < all.len()
            && let Some(whole) = only(&all[cut..].concat())
            && whole != no
        {
            out.insert((no, whole));
            continue;
        }
        let places = schema.gazetteer().places(name);
        let said: BTreeSet<String> = located
            .get(&no)
            .into_iter()
            .flatten()
            .map(|&b| place_key(&names[b as usize].1))
            .collect();
        let chosen = if said.is_empty() {
            match &places[..] {
                [one] => Some(one),
                // One of several is meant without saying only where it is far better known.
                [first, second, ..] if first.rank >= second.rank + 3 => Some(first),
                _ => None,
            }
        } else {
            places
                .iter()
                .find(|p| p.within.iter().any(|w| said.contains(&place_key(w))))
        };
        let outer = chosen.and_then(|p| p.within.iter().find_map(|w| only(&place_key(w))));
        if let Some(outer) = outer
            && outer != no
        {
            out.insert((no, outer));
        }
    }
    without_cycles(out)
}

/// Drops what would put a place into itself.
fn without_cycles(pairs: BTreeSet<(u32, u32)>) -> BTreeSet<(u32, u32)> {
    let mut kept: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    let mut out = BTreeSet::new();
    for (a, b) in pairs {
        let mut seen = BTreeSet::from([b]);
        let mut todo = vec![b];
        while let Some(at) = todo.pop() {
            for &next in kept.get(&at).into_iter().flatten() {
                if seen.insert(next) {
                    todo.push(next);
                }
            }
        }
        if !seen.contains(&a) {
            kept.entry(a).or_default().insert(b);
            out.insert((a, b));
        }
    }
    out
}
