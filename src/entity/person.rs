//! Which named chains are one person.
//!
//! In: units of kind person. Out: joined clusters and the judgements behind them. Refuses: to join two full names that
//! contradict each other in any part, two genders, or a bare surname to one of several bearers without company.

use super::cluster::Clusters;
use super::name::PersonName;
use super::unit::{UnitId, Units};
use super::{Found, Reason, Verdict};
use crate::mention::{Gender, MentionKind};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Company that must be shared before a bare surname, an initial or a namesake is taken for somebody.
const SAME_STORY: f32 = 1.0;
/// Clusters of one key that are compared; beyond them a new unit starts its own.
const MOST: usize = 48;

/// What is known of a person in the making.
struct Person {
    units: Vec<UnitId>,
    /// Ranks of the documents of the units.
    ranks: BTreeSet<u32>,
    names: BTreeSet<PersonName>,
    gender: Option<Gender>,
    roles: BTreeSet<String>,
    company: FxHashSet<u32>,
    own: Vec<u32>,
}

impl Person {
    fn new(units: &Units, unit: UnitId, name: &PersonName) -> Self {
        let mut person = Self {
            units: Vec::new(),
            ranks: BTreeSet::new(),
            names: BTreeSet::new(),
            gender: None,
            roles: BTreeSet::new(),
            company: FxHashSet::default(),
            own: Vec::new(),
        };
        person.add(units, unit, name);
        person
    }

    fn add(&mut self, units: &Units, unit: UnitId, name: &PersonName) {
        let u = units.get(unit);
        self.units.push(unit);
        self.ranks.insert(u.rank);
        if !self.names.contains(name) {
            self.names.insert(name.clone());
        }
        self.gender = self.gender.or(u.gender);
        self.roles.extend(u.roles.iter().cloned());
        self.company
            .extend(units.company[u.rank as usize].iter().copied());
        if let Err(at) = self.own.binary_search(&u.own) {
            self.own.insert(at, u.own);
        }
    }

    fn gender_clash(&self, other: Option<Gender>) -> bool {
        matches!((self.gender, other), (Some(a), Some(b)) if a != b)
    }

    fn fits(&self, name: &PersonName) -> bool {
        self.names.iter().all(|n| n.fits(name))
    }
}

/// Joins the units that are one person.
pub(super) fn link(units: &Units, clusters: &mut Clusters, found: &mut Vec<Found>) {
    let mut families: BTreeMap<String, Vec<(PersonName, UnitId)>> = BTreeMap::new();
    for (i, unit) in units.all.iter().enumerate() {
        if unit.kind == MentionKind::Person
            && let Some(name) = PersonName::parse(&unit.name)
        {
            families
                .entry(name.family.clone())
                .or_default()
                .push((name, i as UnitId));
        }
    }
    // A title and a forename ("Sir Alan") look for a bearer among the forenames.
    let mut people: BTreeMap<String, Vec<Person>> = BTreeMap::new();
    let mut bare: Vec<(PersonName, UnitId)> = Vec::new();
    for (family, members) in families {
        let (full, short): (Vec<_>, Vec<_>) = members.into_iter().partition(|(n, _)| n.is_full());
        people.insert(family, namesakes(units, full, found));
        bare.extend(short);
    }
    let mut forenames: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    for (family, persons) in &people {
        for (i, person) in persons.iter().enumerate() {
            let given: BTreeSet<&str> = person
                .names
                .iter()
                .filter_map(|n| n.given.first().map(String::as_str))
                .collect();
            for g in given {
                forenames
                    .entry(g.to_owned())
                    .or_default()
                    .push((family.clone(), i));
            }
        }
    }
    let mut left: BTreeMap<String, Vec<(PersonName, UnitId)>> = BTreeMap::new();
    for (name, unit) in bare {
        if !bearer(units, &mut people, &forenames, &name, unit, found) {
            left.entry(name.family.clone())
                .or_default()
                .push((name, unit));
        }
    }
    for (_, short) in left {
        for person in by_story(units, short) {
            join(clusters, &person.units);
        }
    }
    for person in people.values().flatten() {
        join(clusters, &person.units);
    }
}

fn join(clusters: &mut Clusters, units: &[UnitId]) {
    for pair in units.windows(2) {
        clusters.join(pair[0], pair[1]);
    }
}

/// The people of one family name, from the chains that name them in full.
fn namesakes(
    units: &Units,
    full: Vec<(PersonName, UnitId)>,
    found: &mut Vec<Found>,
) -> Vec<Person> {
    let mut by_name: BTreeMap<PersonName, Vec<UnitId>> = BTreeMap::new();
    for (name, unit) in full {
        by_name.entry(name).or_default().push(unit);
    }
    let mut people: Vec<Person> = Vec::new();
    let mut firsts: BTreeMap<PersonName, Vec<usize>> = BTreeMap::new();
    for (name, members) in by_name {
        let mut mine: Vec<usize> = Vec::new();
        for unit in members {
            match mine.iter().copied().find(|&p| one(units, &people[p], unit)) {
                Some(p) => people[p].add(units, unit, &name),
                None if mine.len() >= MOST => {
                    people[mine[MOST - 1]].add(units, unit, &name);
                }
                None => {
                    if let Some(&first) = mine.first() {
                        found.push(Found::new(
                            Verdict::Possible,
                            (people[first].units[0], unit),
                            vec![
                                Reason::new(1.0, "the full name is the same"),
                                Reason::new(-1.0, "gender, or both role and company, differ"),
                            ],
                        ));
                    }
                    mine.push(people.len());
                    people.push(Person::new(units, unit, &name));
                }
            }
        }
        firsts.insert(name, mine);
    }
    fold_initials(units, people, &firsts, found)
}

/// Whether a unit with the very name of a person is that person: always in the same company; else unless gender or role
/// speaks against it.
fn one(units: &Units, person: &Person, unit: UnitId) -> bool {
    let u = units.get(unit);
    // Pronouns are misread more often than two namesakes meet in one story.
    let overlap = units.overlap(unit, &person.company, &person.own);
    if overlap >= SAME_STORY {
        return true;
    }
    let roles_differ =
        !person.roles.is_empty() && !u.roles.is_empty() && person.roles.is_disjoint(&u.roles);
    !person.gender_clash(u.gender) && (!roles_differ || overlap > 0.0)
}

/// Joins "J. Pike" and "Jane Mary Pike" to "Jane Pike" where only one bearer fits and the company is shared.
fn fold_initials(
    units: &Units,
    people: Vec<Person>,
    firsts: &BTreeMap<PersonName, Vec<usize>>,
    found: &mut Vec<Found>,
) -> Vec<Person> {
    let mut by_initial: BTreeMap<Option<char>, Vec<usize>> = BTreeMap::new();
    for (name, mine) in firsts {
        let initial = name.given.first().and_then(|g| g.chars().next());
        by_initial.entry(initial).or_default().extend(mine);
    }
    let mut clusters = Clusters::new(people.len());
    for block in by_initial.values() {
        if block.len() > MOST {
            continue;
        }
        for &a in block {
            let mut fitting = block
                .iter()
                .copied()
                .filter(|&b| b != a && people[a].names != people[b].names)
                .filter(|&b| {
                    people[b].names.iter().all(|n| people[a].fits(n))
                        && !people[a].gender_clash(people[b].gender)
                });
            let (Some(b), None) = (fitting.next(), fitting.next()) else {
                continue;
            };
            let pair = (people[a].units[0], people[b].units[0]);
            let shares_document = !people[a].ranks.is_disjoint(&people[b].ranks);
            let mut both: Vec<u32> = people[a]
                .company
                .intersection(&people[b].company)
                .copied()
                .filter(|f| !people[a].own.contains(f) && !people[b].own.contains(f))
                .collect();
            // In one order, because sums of fractions depend on it.
            both.sort_unstable();
            let shared: f32 = both.iter().map(|&f| units.weight[f as usize]).sum();
            let roles = !people[a].roles.is_disjoint(&people[b].roles);
            if shares_document {
                found.push(Found::new(
                    Verdict::Different,
                    pair,
                    vec![Reason::new(
                        f32::NEG_INFINITY,
                        "one document writes both names in full",
                    )],
                ));
            } else if shared >= SAME_STORY || roles {
                clusters.join(a as u32, b as u32);
                found.push(Found::new(
                    Verdict::Same,
                    pair,
                    vec![
                        if roles {
                            Reason::new(1.0, "they hold the same role")
                        } else {
                            Reason::new(shared, "they are named in the same company")
                        },
                        Reason::new(0.5, "no part of the names differs"),
                    ],
                ));
            } else {
                found.push(Found::new(
                    Verdict::Possible,
                    pair,
                    vec![
                        Reason::new(0.5, "no part of the names differs"),
                        Reason::new(shared - SAME_STORY, "nothing else ties them"),
                    ],
                ));
            }
        }
    }
    let mut joined: BTreeMap<u32, Person> = BTreeMap::new();
    for (i, person) in people.into_iter().enumerate() {
        let root = clusters.root(i as u32);
        match joined.get_mut(&root) {
            None => {
                joined.insert(root, person);
            }
            Some(first) => {
                first.units.extend(person.units);
                first.ranks.extend(person.ranks);
                first.names.extend(person.names);
                first.gender = first.gender.or(person.gender);
                first.roles.extend(person.roles);
                first.company.extend(person.company);
                first.own.extend(person.own);
            }
        }
    }
    joined.into_values().collect()
}

/// Finds the bearer of a bare surname or forename among the people named in full elsewhere.
fn bearer(
    units: &Units,
    people: &mut BTreeMap<String, Vec<Person>>,
    forenames: &BTreeMap<String, Vec<(String, usize)>>,
    name: &PersonName,
    unit: UnitId,
    found: &mut Vec<Found>,
) -> bool {
    let u = units.get(unit);
    let mut candidates: Vec<(String, usize)> = (0..people.get(&name.family).map_or(0, Vec::len))
        .map(|i| (name.family.clone(), i))
        .collect();
    if !u.titled.is_empty() {
        candidates.extend(forenames.get(&name.family).into_iter().flatten().cloned());
    }
    let mut scored: Vec<(f32, usize)> = candidates
        .iter()
        .enumerate()
        .take(MOST)
        .filter_map(|(c, (family, i))| {
            let person = &people.get(family)?[*i];
            // The document names this person in full elsewhere: its own chains have been settled there.
            let here = person.ranks.contains(&u.rank);
            if person.gender_clash(u.gender) || here {
                return None;
            }
            let roles = person.roles.intersection(&u.roles).count() as f32;
            Some((units.overlap(unit, &person.company, &person.own) + roles, c))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let Some(&(best, at)) = scored.first() else {
        return false;
    };
    let second = scored.get(1).map_or(0.0, |s| s.0);
    let (family, i) = &candidates[at];
    let Some(person) = people.get_mut(family).and_then(|p| p.get_mut(*i)) else {
        return false;
    };
    let pair = (person.units[0], unit);
    if best >= SAME_STORY && best >= 1.5 * second {
        found.push(Found::new(
            Verdict::Same,
            pair,
            vec![
                Reason::new(best, "they are named in the same company"),
                Reason::new(0.5, "the short name is part of the full one"),
            ],
        ));
        person.add(units, unit, name);
        // A later unit is measured against the full name's own company, not against what short names brought in.
        person.names.remove(name);
        return true;
    }
    if best > 0.0 {
        found.push(Found::new(
            Verdict::Possible,
            pair,
            vec![
                Reason::new(0.5, "the short name is part of the full one"),
                if second > 0.0 {
                    Reason::new(-second, "another bearer of the name fits as well")
                } else {
                    Reason::new(best - SAME_STORY, "little company is shared")
                },
            ],
        ));
    }
    false
}

/// Bare names without a bearer: one person for each story.
fn by_story(units: &Units, short: Vec<(PersonName, UnitId)>) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for (name, unit) in short {
        let u = units.get(unit);
        let best = people
            .iter()
            .enumerate()
            .take(MOST)
            .filter(|(_, p)| !p.gender_clash(u.gender))
            .map(|(i, p)| {
                let roles = p.roles.intersection(&u.roles).count() as f32;
                (units.overlap(unit, &p.company, &p.own) + roles, i)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match best {
            Some((score, i)) if score >= SAME_STORY => people[i].add(units, unit, &name),
            _ => people.push(Person::new(units, unit, &name)),
        }
    }
    people
}
