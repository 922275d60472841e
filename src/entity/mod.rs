//! One id per real person, organisation, place and event across all documents.
//!
//! In: all [`Extraction`]s. Out: a [`Resolution`]: which chain is which entity, which event claim
//! is which event, and a [`Judgement`] with reasons for every link made or refused. Refuses: to edit a claim.

mod body;
mod cluster;
mod copies;
mod event;
mod few;
mod filler;
mod inquiry;
mod kept;
mod name;
mod office;
mod person;
mod place;
mod reading;
mod reason;
mod ruling;
mod story;
mod tie;
mod turn;
mod unit;
mod whereabouts;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

use crate::claim::Extraction;
use crate::mention::{ChainId, Form, MentionKind, TimeValue};
use crate::schema::Schema;
use cluster::{Clusters, Sets};
pub use inquiry::{Answer, Inquiry};
use kept::WordNo;
pub use reason::Reason;
pub use ruling::{Place, Rulings};
use smallvec::SmallVec;
use std::collections::{BTreeMap, BTreeSet};
use unit::{UnitId, Units};

/// Index of an [`Entity`] in a resolution.
pub type EntityId = u32;
/// Index of an [`EventNode`] in a resolution.
pub type EventId = u32;
/// Number of a document in the list that was resolved.
pub type DocumentNo = u32;

/// A real person, organisation, place or facility (kinds `Group` and unnamed chains get none unless they need a node).
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: MentionKind,
    /// Canonical name, from which its IRI is made.
    pub name: String,
    /// The name that a person chose for it instead.
    pub label: Option<String>,
    /// All other names seen, sorted, without the canonical one.
    pub aliases: Vec<String>,
    /// Settles equal names: empty, or what tells this one from its namesakes.
    pub disambiguator: String,
    /// Its chains, sorted.
    pub chains: Vec<(DocumentNo, ChainId)>,
}

impl Resolution {
    /// The inferred times of an event.
    pub fn times_of(&self, event: EventId) -> &[InferredTime] {
        let from = self.inferred.partition_point(|i| i.event < event);
        let to = self.inferred.partition_point(|i| i.event <= event);
        &self.inferred[from..to]
    }
}

impl Entity {
    /// The name to show.
    pub fn shown(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

/// A real event, or one that is only planned, possible, alleged or denied.
#[derive(Clone, Debug, PartialEq)]
pub struct EventNode {
    /// Class IRI (the most specific that its claims share).
    pub class: String,
    /// Whether some source affirms it as actual.
    pub actual: bool,
    /// Its claims (document, index in that document's claims), sorted.
    pub claims: Vec<(DocumentNo, u32)>,
    /// Events that were planned, possible or alleged and that this one makes real.
    pub realises: Vec<EventId>,
}

/// A time that one sentence leaves open and another, of the same or a sister document, settles.
#[derive(Clone, Debug, PartialEq)]
pub struct InferredTime {
    /// The event it dates.
    pub event: EventId,
    /// The settled time.
    pub value: TimeValue,
    /// The claim whose time is open ("on 5 May last year" in a document without a date).
    pub open: (DocumentNo, u32),
    /// The claim that settles it ("in May 2022").
    pub settled_by: (DocumentNo, u32),
}

/// A place that no sentence gives and that follows from what is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InferredPlace {
    /// The event.
    pub event: EventId,
    /// Where it was.
    pub place: EntityId,
    /// The claim without a place.
    pub open: (DocumentNo, u32),
    /// The claim of the sentence before that has it; nothing where the area of a body that takes part gives the place.
    pub settled_by: Option<(DocumentNo, u32)>,
}

/// A person meant by words that name nobody: by an office whose holder another document of the story names, or by the part
/// of a victim or an accused in an event of which another report names whom it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InferredHolder {
    /// The person.
    pub entity: EntityId,
    /// The unnamed chain ("the home secretary", "a woman").
    pub open: (DocumentNo, ChainId),
    /// The claim that names the person.
    pub settled_by: (DocumentNo, u32),
}

/// Why two things were linked, kept apart or left open.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What was decided.
    pub verdict: Verdict,
    /// Names of the two things, as found.
    pub about: (String, String),
    /// Evidence for and against, strongest first.
    pub reasons: Vec<Reason>,
    /// The two things, when both have a node.
    pub things: Option<Things>,
    /// Where each stands: document and chain for entities, document and claim for events.
    pub at: ((DocumentNo, u32), (DocumentNo, u32)),
}

/// What a judgement is about; the two numbers are equal when it joined them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Things {
    /// Two entities.
    Entities(EntityId, EntityId),
    /// Two events.
    Events(EventId, EventId),
}

/// What a judgement decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// One and the same.
    Same,
    /// Two.
    Different,
    /// Not settled: kept apart and linked `nl:possiblySameAs`.
    Possible,
}

/// The outcome for a set of documents; independent of their order.
#[derive(Clone, Debug, Default)]
pub struct Resolution {
    /// Sorted by kind, name, disambiguator.
    pub entities: Vec<Entity>,
    /// The entity of each chain that has one.
    pub entity_of: BTreeMap<(DocumentNo, ChainId), EntityId>,
    /// Sorted by first claim.
    pub events: Vec<EventNode>,
    /// The event of each event claim.
    pub event_of: BTreeMap<(DocumentNo, u32), EventId>,
    /// In a fixed order.
    pub judgements: Vec<Judgement>,
    /// Place and the place it lies in, both with a node, sorted.
    pub containment: Vec<(EntityId, EntityId)>,
    /// Times of events filled in from elsewhere, sorted by event.
    pub inferred: Vec<InferredTime>,
    /// Places of events filled in from elsewhere, sorted by event.
    pub places: Vec<InferredPlace>,
    /// Whom words like "the home secretary" mean, where only another sentence says so, sorted.
    pub meant: Vec<InferredHolder>,
    /// Claims that a person rejected.
    pub rejected: BTreeSet<(DocumentNo, u32)>,
    /// For each (document, sentence) that retells another nearly word for word: the number of its set of copies.
    pub copies: BTreeMap<(DocumentNo, u32), u32>,
}

/// A judgement about two units, before entities have numbers.
#[derive(Clone, Debug)]
struct Found {
    verdict: Verdict,
    units: (UnitId, UnitId),
    reasons: Vec<Reason>,
}

impl Found {
    fn new(verdict: Verdict, units: (UnitId, UnitId), reasons: Vec<Reason>) -> Self {
        Self {
            verdict,
            units,
            reasons,
        }
    }
}

/// Resolves the named chains and the events of a set of documents; the order of `extractions` has no influence beyond the
/// numbers by which the result refers to them. What a person ruled comes before all evidence.
pub fn resolve(extractions: &[Extraction], schema: &Schema, rulings: &Rulings) -> Resolution {
    Inquiry::new(extractions, schema, rulings).into_resolution()
}

/// The rank of each document in the order of content.
fn ranks(order: &[DocumentNo]) -> Vec<u32> {
    let mut ranks = vec![0; order.len()];
    for (&no, rank) in order.iter().zip(0..) {
        ranks[no as usize] = rank;
    }
    ranks
}

/// What is read off each document. Documents are read in the order in which they lie in memory, which is not that of content;
/// all stands in one piece, not in a list for each document.
struct ByDocument<T> {
    all: Vec<T>,
    /// Where what was read off each document ends.
    ends: Vec<usize>,
}

impl<T> ByDocument<T> {
    fn new() -> Self {
        Self {
            all: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// What is being read off the present document so far.
    fn present(&mut self) -> &mut [T] {
        let from = self.ends.last().copied().unwrap_or_default();
        &mut self.all[from..]
    }

    /// Ends the present document.
    fn end(&mut self) {
        self.ends.push(self.all.len());
    }

    /// All in the order of content, and where what each document has begins there, with the end of all.
    fn in_order(self, order: &[DocumentNo]) -> (Vec<T>, Vec<u32>) {
        let mut all: Vec<Option<T>> = self.all.into_iter().map(Some).collect();
        let mut sorted = Vec::with_capacity(all.len());
        let mut first = Vec::with_capacity(order.len() + 1);
        first.push(0);
        for &no in order {
            let before = (no as usize).checked_sub(1);
            let from = before.map_or(0, |no| self.ends[no]);
            sorted.extend(
                all[from..self.ends[no as usize]]
                    .iter_mut()
                    .filter_map(Option::take),
            );
            first.push(sorted.len() as u32);
        }
        (sorted, first)
    }
}

/// The chains that some document calls by this very name.
pub fn chains_called(wanted: &str, extractions: &[Extraction]) -> Vec<(DocumentNo, ChainId)> {
    let wanted = name::display(wanted);
    let mut out = Vec::new();
    for (no, x) in extractions.iter().enumerate() {
        for (chain, c) in x.mentions.chains.iter().enumerate() {
            let Some(full) = &c.name else { continue };
            let called = name::display(full) == wanted
                || c.mentions.iter().any(|&m| {
                    let mention = x.mentions.mentions.get(m as usize);
                    mention.is_some_and(|m| {
                        m.form == Form::Name && name::display(x.document.slice(m.span)) == wanted
                    })
                });
            if called {
                out.push((no as DocumentNo, chain as ChainId));
            }
        }
    }
    out
}

/// Makes entities of clusters and numbers them by kind, name and disambiguator.
fn entities(units: &Units, clusters: &mut Clusters, resolution: &mut Resolution) -> Vec<EntityId> {
    let sets = clusters.sets();
    let mut made: Vec<Entity> = sets.iter().map(|members| entity(units, members)).collect();
    let order = disambiguate(units, &sets, &mut made);
    let mut made: Vec<Option<Entity>> = made.into_iter().map(Some).collect();
    // Maps are made at once from lists: a million insertions here and there cost more than one sorting.
    let mut of_chain = Vec::with_capacity(units.all.len());
    let mut of_unit = vec![0; units.all.len()];
    resolution.entities.reserve_exact(made.len());
    for (no, i) in order.into_iter().enumerate() {
        let Some(entity) = made[i].take() else {
            continue;
        };
        of_chain.extend(entity.chains.iter().map(|&c| (c, no as EntityId)));
        for &unit in sets.get(i) {
            of_unit[unit as usize] = no as EntityId;
        }
        resolution.entities.push(entity);
    }
    resolution.entity_of = of_chain.into_iter().collect();
    of_unit
}

/// The first bytes of a name, in whose order names that differ in them stand.
fn first_letters(name: &str) -> [u8; 16] {
    let mut first = [0; 16];
    for (to, from) in first.iter_mut().zip(name.bytes()) {
        *to = from;
    }
    first
}

/// How often each name is used.
fn tally(uses: impl Iterator<Item = (WordNo, u32)>) -> SmallVec<[(WordNo, u32); 4]> {
    let mut all: SmallVec<[(WordNo, u32); 4]> = uses.collect();
    all.sort_unstable();
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    all
}

/// One entity from its units: the most used full name, all other forms as aliases.
fn entity(units: &Units, members: &[UnitId]) -> Entity {
    let all = || members.iter().map(|&u| units.get(u));
    let full = tally(all().map(|u| (u.name, 1)));
    let mut kinds: BTreeMap<MentionKind, usize> = BTreeMap::new();
    for unit in all() {
        *kinds.entry(unit.kind).or_default() += 1;
    }
    let kind = kinds
        .iter()
        .max_by_key(|&(k, n)| (*n, std::cmp::Reverse(*k)))
        .map_or(MentionKind::Other, |(k, _)| *k);
    let short = |name: &str| match kind {
        MentionKind::Person => name::PersonName::parse(name).is_none_or(|n| !n.is_full()),
        _ => name::is_acronym(name),
    };
    let shouted = |name: &str| name.len() > 5 && !name.contains(char::is_lowercase);
    let best = match full[..] {
        [(only, _)] => only,
        _ => full
            .iter()
            .max_by_key(|&&(name, n)| {
                let name = units.names.get(name);
                let code = name.split(' ').any(name::is_code);
                (
                    !short(name),
                    !shouted(name) || code,
                    // "KR77" rather than "Officer KR77": the rank is no part of a code.
                    !(kind == MentionKind::Person && code) || !name.contains(' '),
                    n,
                    name.len(),
                    std::cmp::Reverse(name),
                )
            })
            .map_or(full[0].0, |(name, _)| *name),
    };
    let shown = units.names.get(best);
    let bare = kind == MentionKind::Person && !shown.contains(' ') && short(shown);
    // A bare surname that is always titled is read best with its title ("Baroness Pike").
    let titled = bare.then(|| {
        let titled = all().flat_map(|u| u.forms.titled());
        tally(titled.map(|f| (f.name, f.uses)))
            .into_iter()
            .map(|(name, n)| (n, std::cmp::Reverse(units.names.get(name)), name))
            .filter(|(_, name, _)| name.0.ends_with(shown))
            .max()
            .map(|(.., name)| name)
    });
    let name = titled.flatten().unwrap_or(best);
    let forms = all().flat_map(|u| u.forms.plain().chain(u.forms.titled()));
    let mut aliases: Vec<String> = tally(forms.map(|f| (f.name, 0)).chain([(best, 0)]))
        .into_iter()
        .filter(|f| f.0 != name)
        .map(|f| units.names.get(f.0).to_owned())
        .collect();
    aliases.sort_unstable();
    let mut chains: Vec<(DocumentNo, ChainId)> = members.iter().map(|&u| units.at(u)).collect();
    chains.sort_unstable();
    Entity {
        kind,
        name: units.names.get(name).to_owned(),
        label: None,
        aliases,
        disambiguator: String::new(),
        chains,
    }
}

/// Tells namesakes apart by a role, else by the first document (in order of content) that names each, and puts all in the
/// order of kind, name and disambiguator.
fn disambiguate(units: &Units, sets: &Sets, made: &mut [Entity]) -> Vec<usize> {
    // The first letters decide most comparisons, and are at hand without a look at the name.
    let mut order: Vec<([u8; 16], MentionKind, usize)> = made
        .iter()
        .zip(0..)
        .map(|(entity, i)| (first_letters(&entity.name), entity.kind, i))
        .collect();
    order.sort_by(|a, b| {
        let name = |i: usize| (&made[i].name, i);
        a.0.cmp(&b.0).then_with(|| name(a.2).cmp(&name(b.2)))
    });
    let place = |kind: MentionKind| match kind {
        MentionKind::Facility => MentionKind::Place,
        kind => kind,
    };
    let mut from = 0;
    while from < order.len() {
        let first = order[from];
        let alike = |o: &&([u8; 16], MentionKind, usize)| {
            o.0 == first.0 && made[o.2].name == made[first.2].name
        };
        let to = from + 1 + order[from + 1..].iter().take_while(alike).count();
        let same = &mut order[from..to];
        same.sort_by_key(|o| place(o.1));
        for namesakes in same.chunk_by(|a, b| place(a.1) == place(b.1)) {
            if namesakes.len() > 1 {
                let namesakes: Vec<usize> = namesakes.iter().map(|o| o.2).collect();
                for (&i, what) in namesakes.iter().zip(tell(units, sets, &namesakes)) {
                    made[i].disambiguator = what;
                }
            }
        }
        if same.len() > 1 {
            same.sort_by(|a, b| made[a.2].disambiguator.cmp(&made[b.2].disambiguator));
        }
        from = to;
    }
    order.sort_by_key(|o| o.1);
    order.into_iter().map(|o| o.2).collect()
}

/// What tells each of several namesakes from the others.
fn tell(units: &Units, sets: &Sets, namesakes: &[usize]) -> Vec<String> {
    let roles: Vec<Option<&String>> = namesakes
        .iter()
        .map(|&i| {
            let mut members = sets.get(i).iter();
            members.find_map(|&u| units.get(u).roles.first())
        })
        .collect();
    let mut holders: BTreeMap<&String, usize> = BTreeMap::new();
    for role in roles.iter().copied().flatten() {
        *holders.entry(role).or_default() += 1;
    }
    let own = |role: Option<&String>| role.filter(|r| holders[r] == 1).cloned();
    roles
        .iter()
        .zip(namesakes)
        .map(|(&role, &i)| own(role).unwrap_or_else(|| units.content(sets.get(i)[0])))
        .collect()
}

/// Turns what was found about units into judgements about entities, each pair of names once.
fn judge(units: &Units, found: &[Found], entity_of: &[EntityId], resolution: &mut Resolution) {
    let mut seen: BTreeMap<(Verdict, EntityId, EntityId, String, String), &Found> = BTreeMap::new();
    for f in found {
        let (a, b) = (entity_of[f.units.0 as usize], entity_of[f.units.1 as usize]);
        // What was left open or apart and was joined on other grounds is open no more.
        if (f.verdict == Verdict::Same) != (a == b) {
            continue;
        }
        let (name_a, name_b) = (
            units.name(f.units.0).to_owned(),
            units.name(f.units.1).to_owned(),
        );
        let key = if a <= b {
            (f.verdict, a, b, name_a, name_b)
        } else {
            (f.verdict, b, a, name_b, name_a)
        };
        seen.entry(key).or_insert(f);
    }
    for ((verdict, a, b, name_a, name_b), found) in seen {
        // In the order of the names.
        let (first, second) =
            if entity_of[found.units.0 as usize] == a && units.name(found.units.0) == name_a {
                found.units
            } else {
                (found.units.1, found.units.0)
            };
        resolution.judgements.push(Judgement {
            verdict,
            about: (name_a, name_b),
            reasons: found.reasons.clone(),
            things: Some(Things::Entities(a, b)),
            at: (units.at(first), units.at(second)),
        });
    }
}
