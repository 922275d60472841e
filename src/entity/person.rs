//! Which named chains are one person.
//!
//! In: units of kind person. Out: joined clusters and the judgements behind them. Refuses: to join two full names that
//! contradict each other in any part, two genders, or a bare surname to one of several bearers without company.

use super::cluster::Clusters;
use super::name::PersonName;
use super::unit::{Company, UnitId, Units};
use super::{Found, Reason, Verdict, first_letters};
use crate::mention::{Gender, MentionKind};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Company that must be shared before a bare surname, an initial or a namesake is taken for somebody.
const SAME_STORY: f32 = 1.0;
/// Clusters of one key that are compared; beyond them a new unit starts its own.
const MOST: usize = 48;

/// A name that persons bear, with the chains that bear it, sorted.
struct Borne {
    name: PersonName,
    units: Vec<UnitId>,
}

/// What is known of a person in the making.
struct Person<'a> {
    units: SmallVec<[UnitId; 4]>,
    /// Ranks of the documents of the units, sorted.
    ranks: SmallVec<[u32; 4]>,
    /// No name twice.
    names: SmallVec<[&'a PersonName; 2]>,
    gender: Option<Gender>,
    roles: BTreeSet<String>,
    company: Company,
    /// Features of the names, sorted.
    own: SmallVec<[u32; 2]>,
}

impl<'a> Person<'a> {
    fn new(units: &Units, unit: UnitId, name: &'a PersonName) -> Self {
        let mut person = Self {
            units: SmallVec::new(),
            ranks: SmallVec::new(),
            names: SmallVec::from_elem(name, 1),
            gender: None,
            roles: BTreeSet::new(),
            company: Company::Of(units.get(unit).rank),
            own: SmallVec::new(),
        };
        person.add(units, unit);
        person
    }

    /// Adds a chain; its name is no news of the person.
    fn add(&mut self, units: &Units, unit: UnitId) {
        let u = units.get(unit);
        self.units.push(unit);
        if let Err(at) = self.ranks.binary_search(&u.rank) {
            self.ranks.insert(at, u.rank);
        }
        self.gender = self.gender.or(u.gender);
        self.roles.extend(u.roles.iter().cloned());
        self.company.add(units, u.rank);
        if let Err(at) = self.own.binary_search(&u.own) {
            self.own.insert(at, u.own);
        }
    }

    /// Takes in another who is found to be the same.
    fn absorb(&mut self, units: &Units, other: Self) {
        self.units.extend(other.units);
        self.ranks.extend(other.ranks);
        self.ranks.sort_unstable();
        self.ranks.dedup();
        for name in other.names {
            if !self.names.contains(&name) {
                self.names.push(name);
            }
        }
        self.gender = self.gender.or(other.gender);
        self.roles.extend(other.roles);
        self.company.absorb(units, other.company);
        self.own.extend(other.own);
        self.own.sort_unstable();
        self.own.dedup();
    }

    fn gender_clash(&self, other: Option<Gender>) -> bool {
        matches!((self.gender, other), (Some(a), Some(b)) if a != b)
    }

    /// Whether a document of that rank names this person.
    fn is_in(&self, rank: u32) -> bool {
        self.ranks.binary_search(&rank).is_ok()
    }

    /// Whether no name of one contradicts a name of the other.
    fn fits(&self, other: &Self) -> bool {
        let fits = |a: &PersonName| other.names.iter().all(|b| a.fits(b));
        self.names.iter().all(|a| fits(a))
    }
}

/// People named in full, by family name.
struct People<'a> {
    families: Vec<Vec<Person<'a>>>,
    /// Place of a family name in the list.
    family: FxHashMap<&'a str, usize>,
    /// Who bears a forename: family and place in it.
    forename: FxHashMap<&'a str, Vec<(usize, usize)>>,
}

impl<'a> People<'a> {
    fn new() -> Self {
        Self {
            families: Vec::new(),
            family: FxHashMap::default(),
            forename: FxHashMap::default(),
        }
    }

    fn add(&mut self, family: &'a str, people: Vec<Person<'a>>) {
        let no = self.families.len();
        for (i, person) in people.iter().enumerate() {
            let given: BTreeSet<&'a str> = person
                .names
                .iter()
                .filter_map(|n| n.given.first().map(String::as_str))
                .collect();
            for g in given {
                self.forename.entry(g).or_default().push((no, i));
            }
        }
        self.family.insert(family, no);
        self.families.push(people);
    }

    /// Those who may be meant by a bare name: by a family name, and with a title by a forename too ("Sir Alan").
    fn candidates(&self, name: &str, titled: bool) -> Vec<(usize, usize)> {
        let family = self.family.get(name).copied();
        let mut out: Vec<(usize, usize)> = family
            .into_iter()
            .flat_map(|no| (0..self.families[no].len()).map(move |i| (no, i)))
            .collect();
        if titled {
            out.extend(self.forename.get(name).into_iter().flatten());
        }
        out
    }
}

/// Joins the units that are one person.
pub(super) fn link(units: &Units, clusters: &mut Clusters, found: &mut Vec<Found>) {
    let names = names(units);
    let mut people = People::new();
    let mut bare: Vec<(&PersonName, UnitId)> = Vec::new();
    for family in names.chunk_by(|a, b| a.name.family == b.name.family) {
        let from = bare.len();
        for borne in family.iter().filter(|b| !b.name.is_full()) {
            bare.extend(borne.units.iter().map(|&u| (&borne.name, u)));
        }
        bare[from..].sort_unstable_by_key(|b| b.1);
        people.add(&family[0].name.family, namesakes(units, family, found));
    }
    let mut left: BTreeMap<&str, Vec<(&PersonName, UnitId)>> = BTreeMap::new();
    for (name, unit) in bare {
        if !bearer(units, &mut people, name, unit, found) {
            left.entry(&name.family).or_default().push((name, unit));
        }
    }
    for (_, short) in left {
        for person in by_story(units, short) {
            join(clusters, &person.units);
        }
    }
    for person in people.families.iter().flatten() {
        join(clusters, &person.units);
    }
}

/// The names of people, sorted by family name and then by the rest.
fn names(units: &Units) -> Vec<Borne> {
    let persons = units.all.iter().zip(0..);
    let mut same: Vec<(u32, UnitId)> = persons
        .filter(|(unit, _)| unit.kind == MentionKind::Person)
        .map(|(unit, id)| (unit.own, id))
        .collect();
    same.sort_unstable();
    // Units with the same words have one feature and are parsed once.
    let mut names: Vec<Borne> = same
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|same| {
            let name = PersonName::parse(units.name(same[0].1))?;
            let units = same.iter().map(|s| s.1).collect();
            Some(Borne { name, units })
        })
        .collect();
    let letters = |borne: &Borne| first_letters(&borne.name.family);
    names.sort_by_cached_key(letters);
    for alike in names.chunk_by_mut(|a, b| letters(a) == letters(b)) {
        alike.sort_by(|a, b| {
            let family = a.name.family.cmp(&b.name.family);
            family.then_with(|| a.name.cmp(&b.name))
        });
    }
    // With and without a particle ("Anna von Pike", "Anna Pike") it is one name.
    names.dedup_by(|next, kept| {
        let same = next.name == kept.name;
        if same {
            kept.units.append(&mut next.units);
            kept.units.sort_unstable();
        }
        same
    });
    names
}

fn join(clusters: &mut Clusters, units: &[UnitId]) {
    for pair in units.windows(2) {
        clusters.join(pair[0], pair[1]);
    }
}

/// The people of one family name, from the chains that name them in full.
fn namesakes<'a>(units: &Units, family: &'a [Borne], found: &mut Vec<Found>) -> Vec<Person<'a>> {
    let mut people: Vec<Person<'a>> = Vec::new();
    // First forename of each, in the order of names.
    let mut forenames: Vec<&str> = Vec::new();
    for borne in family.iter().filter(|b| b.name.is_full()) {
        let first = people.len();
        for &unit in &borne.units {
            let mine = &people[first..];
            match mine.iter().position(|p| one(units, p, unit)) {
                Some(p) => people[first + p].add(units, unit),
                None if mine.len() >= MOST => people[first + MOST - 1].add(units, unit),
                None => {
                    if let Some(first) = mine.first() {
                        found.push(Found::new(
                            Verdict::Possible,
                            (first.units[0], unit),
                            vec![
                                Reason::new(1.0, "the full name is the same"),
                                Reason::new(-1.0, "gender, or both role and company, differ"),
                            ],
                        ));
                    }
                    people.push(Person::new(units, unit, &borne.name));
                }
            }
        }
        let forename = borne.name.given.first().map_or("", String::as_str);
        forenames.resize(people.len(), forename);
    }
    fold_initials(units, people, &forenames, found)
}

/// Whether a unit with the very name of a person is that person: always in the same company; else unless gender or role
/// speaks against it.
fn one(units: &Units, person: &Person<'_>, unit: UnitId) -> bool {
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
fn fold_initials<'a>(
    units: &Units,
    people: Vec<Person<'a>>,
    forenames: &[&str],
    found: &mut Vec<Found>,
) -> Vec<Person<'a>> {
    let initial = |&p: &usize| forenames[p].chars().next();
    let written = |p: usize| forenames[p].chars().nth(1).is_some();
    let all: Vec<usize> = (0..people.len()).collect();
    let mut clusters = Clusters::new(people.len());
    for block in all.chunk_by(|a, b| initial(a) == initial(b)) {
        if block.len() > MOST {
            continue;
        }
        for &a in block {
            let mut fitting = block
                .iter()
                .copied()
                // Two forenames written out are one or none: the names need not be gone through for that.
                .filter(|&b| !written(a) || !written(b) || forenames[a] == forenames[b])
                .filter(|&b| b != a && people[a].names != people[b].names)
                .filter(|&b| {
                    people[a].fits(&people[b]) && !people[a].gender_clash(people[b].gender)
                });
            let (Some(b), None) = (fitting.next(), fitting.next()) else {
                continue;
            };
            let pair = (people[a].units[0], people[b].units[0]);
            let shares_document = people[a].ranks.iter().any(|&r| people[b].is_in(r));
            let mut both: Vec<u32> = people[a]
                .company
                .iter(units)
                .filter(|&f| people[b].company.has(units, f))
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
    let mut joined: BTreeMap<u32, Person<'a>> = BTreeMap::new();
    for (person, i) in people.into_iter().zip(0..) {
        match joined.entry(clusters.root(i)) {
            Entry::Vacant(free) => {
                free.insert(person);
            }
            Entry::Occupied(mut first) => first.get_mut().absorb(units, person),
        }
    }
    joined.into_values().collect()
}

/// Finds the bearer of a bare surname or forename among the people named in full elsewhere.
fn bearer(
    units: &Units,
    people: &mut People<'_>,
    name: &PersonName,
    unit: UnitId,
    found: &mut Vec<Found>,
) -> bool {
    let u = units.get(unit);
    let candidates = people.candidates(&name.family, u.forms.titled().next().is_some());
    let mut scored: Vec<(f32, usize)> = candidates
        .iter()
        .enumerate()
        .take(MOST)
        .filter_map(|(c, &(family, i))| {
            let person = &people.families[family][i];
            // The document names this person in full elsewhere: its own chains have been settled there.
            if person.gender_clash(u.gender) || person.is_in(u.rank) {
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
    let (family, i) = candidates[at];
    let person = &mut people.families[family][i];
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
        person.add(units, unit);
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
fn by_story<'a>(units: &Units, short: Vec<(&'a PersonName, UnitId)>) -> Vec<Person<'a>> {
    let mut people: Vec<Person<'a>> = Vec::new();
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
            Some((score, i)) if score >= SAME_STORY => people[i].add(units, unit),
            _ => people.push(Person::new(units, unit, name)),
        }
    }
    people
}
