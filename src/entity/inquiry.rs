//! A resolution with everything that led to it, so that it can be asked why.
//!
//! In: extractions, schema, rulings. Out: the [`Resolution`], and for any two things of it an [`Answer`]: the evidence for and
//! against, whether or not the two were ever compared. Refuses: to weigh differently than the resolution did.

use super::cluster::Clusters;
use super::office::{self, Meant};
use super::reading::{self, Reading, Readings};
use super::reason::{RULED_ONE, RULED_TWO, Reason, Weighing};
use super::unit::{UnitId, Units};
use super::{
    EntityId, EventId, Found, InferredHolder, Judgement, Resolution, Rulings, Things, Verdict,
    body, copies, entities, event, filler, judge, name, person, place, story, tie, whereabouts,
};
use crate::claim::Extraction;
use crate::mention::MentionKind;
use crate::schema::Schema;
use std::collections::BTreeSet;

/// A resolution that can be asked why.
pub struct Inquiry<'a> {
    schema: &'a Schema,
    units: Units,
    /// The entity of each unit.
    unit_entity: Vec<EntityId>,
    story: Vec<u32>,
    readings: Readings,
    resolution: Resolution,
}

/// Why two things are one or two.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What the resolution holds.
    pub verdict: Verdict,
    /// Evidence for and against, strongest first.
    pub reasons: Vec<Reason>,
    /// What was decided on the way about forms of the two.
    pub judgements: Vec<Judgement>,
}

impl<'a> Inquiry<'a> {
    /// Resolves.
    pub fn new(extractions: &[Extraction], schema: &'a Schema, rulings: &Rulings) -> Self {
        let mut units = Units::gather(extractions, rulings);
        let story = story::stories(extractions, &units);
        units.note_stories(&story);
        let inside = place::inside(extractions, &units);
        let mut clusters = Clusters::new(units.all.len());
        let mut found = Vec::new();
        rule(&units, rulings, &mut clusters, &mut found);
        person::link(&units, &mut clusters, &mut found);
        body::link(&units, schema, &mut clusters, &mut found);
        place::link(&units, &inside, &mut clusters, &mut found);
        let mut resolution = Resolution {
            rejected: rulings.rejected.clone(),
            ..Resolution::default()
        };
        let unit_entity = entities(&units, &mut clusters, &mut resolution);
        rename(rulings, &mut resolution);
        let names: Vec<(MentionKind, String)> = resolution
            .entities
            .iter()
            .map(|e| (e.kind, e.name.clone()))
            .collect();
        resolution.containment = place::containment(&units, &inside, schema, &unit_entity, &names)
            .into_iter()
            .collect();
        judge(&units, &found, &unit_entity, &mut resolution);
        resolution.copies = copies::find(extractions, &units.documents);
        let mut meant = office::meant(extractions, schema, &units, &story, &resolution.entity_of);
        let readings = reading::gather(extractions, &units.documents, schema, &meant, &resolution);
        let ground = tie::Ground::new(schema, &story, &resolution.containment, &readings);
        let events = event::link(&readings, &ground, rulings, &mut resolution);
        drop(ground);
        story::infer(&readings.all, &events, &story, &mut resolution);
        whereabouts::infer(&readings, &events, schema, &mut resolution);
        filler::meant(extractions, &resolution, &mut meant);
        resolution.meant = holders(&meant);
        Self {
            schema,
            units,
            unit_entity,
            story,
            readings,
            resolution,
        }
    }

    /// What was found.
    pub fn resolution(&self) -> &Resolution {
        &self.resolution
    }

    /// What was found, without the grounds.
    pub fn into_resolution(self) -> Resolution {
        self.resolution
    }

    /// Why two things are one or two. For two forms of one entity, `names` are the forms that were asked about.
    pub fn why(&self, things: Things, names: (&str, &str)) -> Answer {
        let (reasons, same) = match things {
            Things::Entities(a, b) => (self.entities(a, b, names), a == b),
            Things::Events(a, b) => (self.events(a, b), a == b),
        };
        let mut judgements: Vec<Judgement> = self
            .resolution
            .judgements
            .iter()
            .filter(|j| j.things.is_some_and(|t| concerns(t, things)))
            .cloned()
            .collect();
        if let (Things::Entities(..), true) = (things, same) {
            let asked = |j: &Judgement| {
                let is = |form: &str| form == names.0 || form == names.1;
                is(&j.about.0) || is(&j.about.1)
            };
            if judgements.iter().any(asked) {
                judgements.retain(asked);
            }
        }
        let possible = judgements.iter().any(|j| j.verdict == Verdict::Possible);
        Answer {
            verdict: match (same, possible) {
                (true, _) => Verdict::Same,
                (false, true) => Verdict::Possible,
                (false, false) => Verdict::Different,
            },
            reasons,
            judgements,
        }
    }

    /// The strongest comparison of two event claims of the events.
    fn events(&self, a: EventId, b: EventId) -> Vec<Reason> {
        let ground = tie::Ground::new(
            self.schema,
            &self.story,
            &self.resolution.containment,
            &self.readings,
        );
        let of = |event: EventId| -> Vec<&Reading> {
            let all = self.readings.all.iter();
            all.filter(|r| self.resolution.event_of.get(&r.at) == Some(&event))
                .collect()
        };
        let mut best: Option<Weighing> = None;
        for x in of(a) {
            for y in of(b) {
                if x.at == y.at {
                    continue;
                }
                let mut w = Weighing::telling();
                ground.weigh(x, y, &mut w);
                let key = |w: &Weighing| (w.veto.is_none(), w.total);
                let better = best.as_ref().is_none_or(|old| {
                    let ((open, total), (was_open, was)) = (key(&w), key(old));
                    (open, total) > (was_open, was)
                });
                if better {
                    best = Some(w);
                }
            }
        }
        best.map(Weighing::into_reasons).unwrap_or_default()
    }

    /// What speaks for and against two entities, or two forms of one, being one.
    fn entities(&self, a: EntityId, b: EntityId, names: (&str, &str)) -> Vec<Reason> {
        let of = |entity: EntityId, form: &str| -> Vec<UnitId> {
            let all: Vec<UnitId> = self
                .unit_entity
                .iter()
                .zip(0..)
                .filter(|(e, _)| **e == entity)
                .map(|(_, unit)| unit)
                .collect();
            let bearing: Vec<UnitId> = all
                .iter()
                .copied()
                .filter(|&u| self.units.bears(u, form))
                .collect();
            if a == b && !bearing.is_empty() {
                bearing
            } else {
                all
            }
        };
        let (x, y) = (of(a, names.0), of(b, names.1));
        let mut w = Weighing::telling();
        let shown = |u: &[UnitId], form: &str| {
            if a == b {
                form.to_owned()
            } else {
                u.first()
                    .map_or_else(String::new, |&u| self.units.name(u).to_owned())
            }
        };
        self.names(&shown(&x, names.0), &shown(&y, names.1), &x, &y, &mut w);
        self.company(a == b, &x, &y, &mut w);
        w.into_reasons()
    }

    /// Kind and name.
    fn names(&self, a: &str, b: &str, x: &[UnitId], y: &[UnitId], w: &mut Weighing) {
        let kind = |u: &[UnitId]| u.first().map(|&u| self.units.get(u).kind);
        let (Some(p), Some(q)) = (kind(x), kind(y)) else {
            return;
        };
        let place = |k| matches!(k, MentionKind::Place | MentionKind::Facility);
        if p != q && !(place(p) && place(q)) {
            w.exclude("they are two kinds of thing");
        }
        if a == b {
            w.add(1.0, || format!("the name \"{a}\" is the same"));
        } else if p == MentionKind::Person {
            match (name::PersonName::parse(a), name::PersonName::parse(b)) {
                (Some(m), Some(n)) if m.fits(&n) => {
                    w.add(0.5, || format!("no part of \"{a}\" and \"{b}\" differs"));
                }
                (Some(m), Some(n)) if m.is_full() && n.is_full() => {
                    w.exclude("the two names differ in a part");
                }
                _ => w.add(-0.5, || format!("\"{a}\" is no part of \"{b}\"")),
            }
        } else {
            let (m, n) = (name::body_key(a), name::body_key(b));
            let (short, long) = if m.len() <= n.len() {
                (&m, &n)
            } else {
                (&n, &m)
            };
            if m == n || name::place_key(a) == name::place_key(b) {
                w.add(1.0, || {
                    format!("\"{a}\" and \"{b}\" are one name in two spellings")
                });
            } else if body::listed_together(self.schema, a, b) {
                w.add(1.0, || {
                    format!("the gazetteer lists \"{a}\" and \"{b}\" as one")
                });
            } else if name::abbreviates(short, long) || name::shortens(short, long) {
                w.add(0.3, || {
                    format!("one of \"{a}\" and \"{b}\" can be short for the other")
                });
            } else {
                w.add(-0.5, || format!("\"{a}\" and \"{b}\" share no form"));
            }
        }
    }

    /// Documents, gender, roles and company.
    fn company(&self, one: bool, x: &[UnitId], y: &[UnitId], w: &mut Weighing) {
        let both: BTreeSet<UnitId> = x.iter().filter(|u| y.contains(u)).copied().collect();
        if one && !both.is_empty() {
            w.add(1.0, || {
                format!("{} document(s) write both forms for one", both.len())
            });
        }
        let ranks =
            |u: &[UnitId]| -> BTreeSet<u32> { u.iter().map(|&u| self.units.get(u).rank).collect() };
        if !one && !ranks(x).is_disjoint(&ranks(y)) {
            w.add(-1.0, || "one document names both, apart".to_owned());
        }
        let gender = |u: &[UnitId]| u.iter().find_map(|&u| self.units.get(u).gender);
        match (gender(x), gender(y)) {
            (Some(a), Some(b)) if a != b => w.add(-1.0, || "one is she, one is he".to_owned()),
            (Some(_), Some(_)) => w.add(0.1, || "the pronouns agree".to_owned()),
            _ => {}
        }
        let roles = |u: &[UnitId]| -> BTreeSet<String> {
            u.iter()
                .flat_map(|&u| self.units.get(u).roles.iter().cloned())
                .collect()
        };
        let (p, q) = (roles(x), roles(y));
        let shared: Vec<&str> = p.intersection(&q).map(|r| label(r)).collect();
        if !shared.is_empty() {
            w.add(1.0, || format!("both have {}", shared.join(", ")));
        } else if !p.is_empty() && !q.is_empty() {
            w.add(-0.5, || "their roles and bodies differ".to_owned());
        }
        let around = |u: &[UnitId]| -> BTreeSet<u32> {
            let own: BTreeSet<u32> = u.iter().map(|&u| self.units.get(u).own).collect();
            ranks(u)
                .into_iter()
                .flat_map(|r| self.units.around(r).iter().copied())
                .filter(|f| !own.contains(f))
                .collect()
        };
        let (p, q) = (around(x), around(y));
        let own: BTreeSet<u32> = x.iter().chain(y).map(|&u| self.units.get(u).own).collect();
        let mut shared: Vec<u32> = p
            .intersection(&q)
            .filter(|f| !own.contains(f))
            .copied()
            .collect();
        let weight: f32 = shared.iter().map(|&f| self.units.weight[f as usize]).sum();
        shared.sort_by(|&a, &b| {
            let weight = |f: u32| self.units.weight[f as usize];
            weight(b).total_cmp(&weight(a)).then(a.cmp(&b))
        });
        let named: Vec<&str> = shared
            .iter()
            .take(5)
            .map(|&f| self.units.feature(f))
            .collect();
        if named.is_empty() {
            w.add(-0.5, || {
                "their documents name nobody else in common".to_owned()
            });
        } else {
            w.add(weight, || {
                format!("named in the same company: {}", named.join(", "))
            });
        }
    }
}

/// A role or body without the word that tells which.
fn label(feature: &str) -> &str {
    let bare = feature.split_once(' ').map_or(feature, |(_, rest)| rest);
    crate::schema::vocab::local_name(bare)
}

/// Whether a judgement about `had` bears on `asked`.
fn concerns(had: Things, asked: Things) -> bool {
    match (had, asked) {
        (Things::Entities(a, b), Things::Entities(c, d))
        | (Things::Events(a, b), Things::Events(c, d)) => (a, b) == (c, d) || (b, a) == (c, d),
        _ => false,
    }
}

/// Applies what a person ruled about entities.
fn rule(units: &Units, rulings: &Rulings, clusters: &mut Clusters, found: &mut Vec<Found>) {
    for pair in Rulings::units(units, &rulings.different) {
        clusters.forbid(pair.0, pair.1);
        let why = Reason::new(f32::NEG_INFINITY, RULED_TWO);
        found.push(Found::new(Verdict::Different, pair, vec![why]));
    }
    for pair in Rulings::units(units, &rulings.same) {
        if clusters.join(pair.0, pair.1) {
            let why = Reason::new(f32::INFINITY, RULED_ONE);
            found.push(Found::new(Verdict::Same, pair, vec![why]));
        }
    }
}

/// Gives entities the names that a person chose.
fn rename(rulings: &Rulings, resolution: &mut Resolution) {
    for (chain, name) in &rulings.renamed {
        if let Some(&entity) = resolution.entity_of.get(chain) {
            let entity = &mut resolution.entities[entity as usize];
            if entity.name != *name && !entity.aliases.contains(&entity.name) {
                entity.aliases.push(entity.name.clone());
                entity.aliases.sort();
            }
            entity.aliases.retain(|a| a != name);
            entity.label = Some(name.clone());
        }
    }
}

fn holders(meant: &Meant) -> Vec<InferredHolder> {
    meant
        .iter()
        .map(|(&open, holder)| InferredHolder {
            entity: holder.entity,
            open,
            settled_by: holder.settled_by,
        })
        .collect()
}
