//! Events: what happened, and what is only planned, possible, alleged or denied.
//!
//! In: resolved events and their claims. Out: `sem:Event`s for what some text affirms, `nl:PossibleEvent`s for the rest,
//! with actors, places, times and the claims behind each. Refuses: to call an event a fact because somebody fears,
//! plans or denies it, and a slot of a fact that only such a claim fills.

use super::label::{self, Parts};
use super::statement::{self, At};
use super::{Filled, Weaver, text};
use crate::claim::{Claim, Filler, Modality, Polarity};
use crate::entity::{Entity, EntityId, EventId};
use crate::mention::TimeValue;
use crate::schema::vocab::{local_name, nl, prov, rdf, rdfs, schema, sem};
use jiff::civil::Date;
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// From what happened to what was planned or feared.
const REALISES: &str = "https://w3id.org/newsloom/ns#realises";
/// A time that follows from two sentences together.
const INFERRED_TIME: &str = "https://w3id.org/newsloom/ns#inferredTime";
/// A place that follows from two sentences together, or from the area of a body.
const INFERRED_PLACE: &str = "https://w3id.org/newsloom/ns#inferredPlace";

/// Somebody in an event whom two sentences together name.
const INFERRED_ACTOR: &str = "https://w3id.org/newsloom/ns#inferredActor";
/// From an inference to whom the words mean.
const MEANS: &str = "https://w3id.org/newsloom/ns#means";

/// From an inference to the words that it explains.
const WORDS: &str = "https://w3id.org/newsloom/ns#words";

/// One event with its slots gathered from all its claims.
pub(super) struct EventFacts {
    /// Its IRI.
    pub(super) iri: NamedNode,
    /// Its label.
    pub(super) label: String,
    /// The label before a person named anything anew, from which its IRI is made.
    plain: String,
    slots: BTreeSet<(String, Filled)>,
    times: Vec<TimeValue>,
}

impl Weaver<'_> {
    /// Settles slots, label and IRI of every event.
    pub(super) fn name_events(&mut self) {
        self.events = self.gathered();
    }

    /// Writes every event.
    pub(super) fn events(&mut self) {
        self.name_events();
        for no in 0..self.events.len() {
            self.event(no as EventId);
        }
    }

    /// Slots, label and IRI of every event.
    fn gathered(&self) -> Vec<EventFacts> {
        let mut all: Vec<EventFacts> = Vec::with_capacity(self.resolution.events.len());
        let mut keys: BTreeMap<(String, String), u32> = BTreeMap::new();
        for (no, node) in self.resolution.events.iter().enumerate() {
            let mut slots = BTreeSet::new();
            let mut times = Vec::new();
            for &at in &node.claims {
                let claim = self.claim(at);
                if !counts(node.actual, claim) {
                    continue;
                }
                for slot in &claim.slots {
                    if let Some(filled) = self.filled(at.0, &slot.filler) {
                        slots.insert((slot.name.clone(), filled));
                    }
                }
                if let Some(value) = self.time(at) {
                    times.push(value.clone());
                }
            }
            let inferred = self.resolution.times_of(no as EventId);
            times.extend(inferred.iter().map(|i| i.value.clone()));
            times.sort_by_key(|t| (t.precision, t.earliest, t.latest));
            times.dedup();
            let plain = self.event_label(no as EventId, &slots, &times, |e| &e.name);
            let renamed = slots.iter().any(|(_, f)| match f {
                Filled::Entity(e) => self.resolution.entities[*e as usize].label.is_some(),
                _ => false,
            });
            let label = if renamed {
                self.event_label(no as EventId, &slots, &times, Entity::shown)
            } else {
                plain.clone()
            };
            *keys.entry((node.class.clone(), plain.clone())).or_default() += 1;
            all.push(EventFacts {
                iri: self.facts.clone(),
                label,
                plain,
                slots,
                times,
            });
        }
        for (node, facts) in self.resolution.events.iter().zip(&mut all) {
            let named = facts
                .slots
                .iter()
                .any(|(_, f)| matches!(f, Filled::Entity(_)));
            let alone = keys
                .get(&(node.class.clone(), facts.plain.clone()))
                .is_none_or(|&n| n == 1);
            // Without a name, a like event elsewhere is another event: the first sentence tells it apart.
            let key = if named && alone {
                node.class.clone()
            } else {
                format!("{} {}", node.class, self.first_sentence(&node.claims))
            };
            facts.iri = self.iris.thing("event", &facts.plain, &key);
        }
        all
    }

    /// What names the earliest evidence of some claims, whatever the order of the documents.
    fn first_sentence(&self, claims: &[At]) -> String {
        claims
            .iter()
            .map(|&at| {
                let x = &self.extractions[at.0 as usize];
                let trigger = x.claims[at.1 as usize].evidence().trigger;
                format!("{} {:010}", x.document.id().hex(), trigger.start())
            })
            .min()
            .unwrap_or_default()
    }

    fn claim(&self, at: At) -> &Claim {
        &self.extractions[at.0 as usize].claims[at.1 as usize]
    }

    /// The time of a claim.
    pub(super) fn time(&self, at: At) -> Option<&TimeValue> {
        let x = &self.extractions[at.0 as usize];
        let time = x.claims[at.1 as usize].time?;
        x.mentions.times.get(time as usize).map(|t| &t.value)
    }

    /// Label of a class, from its frame or its name.
    pub(super) fn class_label(&self, class: &str) -> String {
        self.schema.frame(class).map_or_else(
            || super::relation::in_words(local_name(class)),
            |f| f.label.clone(),
        )
    }

    fn event_label(
        &self,
        event: EventId,
        slots: &BTreeSet<(String, Filled)>,
        times: &[TimeValue],
        name: impl Fn(&Entity) -> &str,
    ) -> String {
        let node = &self.resolution.events[event as usize];
        let class = self.class_label(&node.class);
        let words = |filled: &Filled| match filled {
            Filled::Entity(e) => name(&self.resolution.entities[*e as usize]).to_owned(),
            Filled::Event(e) => self.class_label(&self.resolution.events[*e as usize].class),
            Filled::Words { shown, .. } => shown.clone(),
        };
        // Names first; bare words only where no name fills the slot, and one of them.
        let named: BTreeSet<&str> = slots
            .iter()
            .filter(|(_, f)| matches!(f, Filled::Entity(_)))
            .map(|(s, _)| s.as_str())
            .collect();
        // A district says enough where the texts also name the city that it lies in.
        let wider = |outer: EntityId| {
            slots.iter().any(|(s, f)| {
                matches!(f, Filled::Entity(inner) if s == "place" && self.lies_in(*inner, outer))
            })
        };
        let mut phrases: Vec<(&str, String)> = Vec::new();
        for (slot, filled) in slots {
            if matches!(filled, Filled::Entity(place) if slot == "place" && wider(*place)) {
                continue;
            }
            let is_name = matches!(filled, Filled::Entity(_));
            if is_name
                || (!named.contains(slot.as_str()) && !phrases.iter().any(|(s, _)| s == slot))
            {
                phrases.push((slot, words(filled)));
            }
        }
        let places = phrases
            .iter()
            .filter(|(s, _)| *s == "place")
            .map(|(_, p)| p.clone())
            .collect();
        let modality = (!node.actual).then(|| self.possible_word(&node.claims));
        label::compose(&Parts {
            class: &class,
            prosecutes: self
                .schema
                .frame(&node.class)
                .is_some_and(|f| f.slots.iter().any(|s| s.name == "offence")),
            slots: phrases,
            places,
            time: times.iter().find_map(text::time_in_words),
            modality,
        })
    }

    /// Whether one place lies in another, at whatever remove.
    fn lies_in(&self, inner: EntityId, outer: EntityId) -> bool {
        let mut seen = BTreeSet::new();
        let mut rest = vec![inner];
        while let Some(place) = rest.pop() {
            let around = self.resolution.containment.iter();
            for &(_, around) in around.filter(|(within, _)| *within == place) {
                if around == outer && outer != inner {
                    return true;
                }
                if seen.insert(around) {
                    rest.push(around);
                }
            }
        }
        false
    }

    /// How an event that nobody affirms is put.
    fn possible_word(&self, claims: &[At]) -> &'static str {
        let modalities = self.modalities(claims);
        for (iri, word) in [
            (nl::PLANNED, "planned"),
            (nl::ALLEGED, "alleged"),
            (nl::POSSIBLE, "possible"),
        ] {
            if modalities.contains(iri) {
                return word;
            }
        }
        "denied"
    }

    fn modalities(&self, claims: &[At]) -> BTreeSet<&'static str> {
        claims
            .iter()
            .map(|&at| {
                let claim = self.claim(at);
                if claim.polarity == Polarity::Negated {
                    nl::DENIED
                } else {
                    statement::modality(claim.modality)
                }
            })
            .filter(|&m| m != nl::ACTUAL)
            .collect()
    }

    fn event(&mut self, no: EventId) {
        let node = &self.resolution.events[no as usize];
        let facts = &self.events[no as usize];
        let (iri, label) = (facts.iri.clone(), facts.label.clone());
        let times = facts.times.clone();
        let class = NamedNode::new_unchecked(&node.class);
        if node.actual {
            for class in [sem::EVENT, schema::EVENT, node.class.as_str()] {
                self.fact(&iri, rdf::TYPE, NamedNode::new_unchecked(class));
            }
        } else {
            self.fact(
                &iri,
                rdf::TYPE,
                NamedNode::new_unchecked(nl::POSSIBLE_EVENT),
            );
            for modality in self.modalities(&node.claims) {
                self.fact(&iri, nl::MODALITY, NamedNode::new_unchecked(modality));
            }
        }
        let class_label = self.class_label(&node.class);
        self.fact(
            &class,
            rdf::TYPE,
            NamedNode::new_unchecked(sem::EVENT_TYPE_CLASS),
        );
        self.fact(&class, rdfs::LABEL, text::english(&class_label));
        self.named(&iri, &label);
        self.fact(&iri, schema::NAME, text::english(&label));
        for &at in &node.claims {
            self.event_claim(no, at);
        }
        for other in &node.realises {
            let other = self.events[*other as usize].iri.clone();
            self.fact(&iri, REALISES, other);
        }
        self.inferred_times(no);
        self.inferred_place(no);
        self.inferred_actors(no);
        if let Some((earliest, latest)) = bounds(&times) {
            for (property, day) in [
                (sem::HAS_EARLIEST_BEGIN_TIME_STAMP, earliest),
                (sem::HAS_LATEST_END_TIME_STAMP, latest),
            ] {
                if let Some(day) = day {
                    self.fact(&iri, property, text::date(day));
                }
            }
        }
    }

    /// Writes what one claim says of an event.
    fn event_claim(&mut self, no: EventId, at: At) {
        let node = &self.resolution.events[no as usize];
        let iri = self.events[no as usize].iri.clone();
        let claim = self.claim(at);
        let direct = counts(node.actual, claim);
        let (slots, frame) = (claim.slots.clone(), claim.frame.clone());
        let time = self.time(at).cloned();
        let class = self.class_label(&frame);
        let name = self.events[no as usize].label.clone();
        let (_, evidence) = self.assertion(at);
        self.fact(&iri, nl::EVIDENCE, evidence);
        // A claim of a broader class than the event's own is stated at the event's class, which its sentence shares in.
        let same_class = frame == self.resolution.events[no as usize].class;
        self.state(
            &iri,
            sem::EVENT_TYPE,
            NamedNode::new_unchecked(&frame),
            at,
            &format!("{}: {name}", label::capital(&class)),
            direct && same_class,
        );
        if direct && !same_class {
            self.broader_class(&iri, &frame, &class);
        }
        for slot in slots {
            let Some(filled) = self.filled(at.0, &slot.filler) else {
                continue;
            };
            self.event_slot(no, at, &slot.name, &filled, direct);
        }
        if let Some(literal) = time.as_ref().and_then(text::time) {
            let words = time
                .as_ref()
                .and_then(text::time_in_words)
                .unwrap_or_default();
            self.state(
                &iri,
                sem::HAS_TIME_STAMP,
                literal.clone(),
                at,
                &format!("time of {name}: {words}"),
                direct,
            );
            if direct {
                self.fact(&iri, schema::STARTS, literal);
            }
        }
    }

    /// States the class that a merged claim gave, beside the event's own.
    fn broader_class(&mut self, iri: &NamedNode, frame: &str, label: &str) {
        let class = NamedNode::new_unchecked(frame);
        self.fact(iri, sem::EVENT_TYPE, class.clone());
        self.fact(
            &class,
            rdf::TYPE,
            NamedNode::new_unchecked(sem::EVENT_TYPE_CLASS),
        );
        self.fact(&class, rdfs::LABEL, text::english(label));
    }

    fn event_slot(&mut self, no: EventId, at: At, slot: &str, filled: &Filled, direct: bool) {
        let (iri, name) = (
            self.events[no as usize].iri.clone(),
            self.events[no as usize].label.clone(),
        );
        let property = self.slot_property(no, slot);
        let heading = super::relation::in_words(slot);
        match filled {
            Filled::Entity(e) => {
                let entity = self.entities[*e as usize].clone();
                let label = format!(
                    "{heading} of {name}: {}",
                    self.resolution.entities[*e as usize].shown()
                );
                self.state(&iri, &property, entity.clone(), at, &label, direct);
                if direct && slot == "place" {
                    self.fact(&iri, schema::LOCATION, entity);
                } else if direct {
                    self.fact(&iri, sem::HAS_ACTOR, entity);
                }
            }
            Filled::Event(e) if *e != no => {
                let other = self.events[*e as usize].iri.clone();
                let label = format!("{heading} of {name}: {}", self.events[*e as usize].label);
                self.state(&iri, &property, other, at, &label, direct);
            }
            Filled::Event(_) => {}
            Filled::Words { said, shown } => {
                let property = format!("{}{slot}Text", nl::NS);
                let label = format!("{heading} of {name}: {shown}");
                self.state(&iri, &property, text::english(said), at, &label, direct);
            }
        }
    }

    /// Writes the place that follows from what is said, with all that it follows from as evidence.
    fn inferred_place(&mut self, no: EventId) {
        let Ok(at) = self
            .resolution
            .places
            .binary_search_by_key(&no, |p| p.event)
        else {
            return;
        };
        let found = &self.resolution.places[at];
        let iri = self.events[no as usize].iri.clone();
        let place = self.entities[found.place as usize].clone();
        let words = self.resolution.entities[found.place as usize]
            .shown()
            .to_owned();
        self.fact(&iri, sem::HAS_PLACE, place.clone());
        self.fact(&iri, schema::LOCATION, place);
        let from: Vec<At> = std::iter::once(found.open)
            .chain(found.settled_by)
            .collect();
        self.inference(
            no,
            INFERRED_PLACE,
            &Inferred {
                what: "place",
                key: &words,
                of: iri.as_str(),
                shown: &words,
                value: text::english(&words).into(),
                from: &from,
            },
        );
    }

    /// Writes the node of an inference about an event, under the property that leads to it.
    fn inference(&mut self, no: EventId, property: &str, found: &Inferred<'_>) -> NamedNode {
        let facts = &self.events[no as usize];
        let (iri, label) = (facts.iri.clone(), facts.label.clone());
        // Not the label: a person's renaming changes it, and no IRI may change by that.
        let name = format!("{} {}", facts.plain, found.key);
        let node = self.iris.thing("inference", &name, found.of);
        self.fact(&iri, property, node.clone());
        self.fact(&node, rdf::TYPE, NamedNode::new_unchecked(INFERENCE));
        let words = format!("{} of {label}, inferred: {}", found.what, found.shown);
        self.fact(&node, rdfs::LABEL, text::english(&words));
        self.fact(&node, nl::VALUE, found.value.clone());
        self.derived(&node, found.from);
        node
    }

    /// The property that a slot of an event fills.
    fn slot_property(&self, no: EventId, slot: &str) -> String {
        if slot == "place" {
            return sem::HAS_PLACE.to_owned();
        }
        self.schema
            .frame(&self.resolution.events[no as usize].class)
            .and_then(|f| f.slots.iter().find(|s| s.name == slot))
            .map_or_else(|| format!("{}{slot}", nl::NS), |s| s.property.clone())
    }

    /// Writes who is meant by words that name nobody ("the home secretary") where another document says so, with both
    /// sentences as evidence. No claim says it, so none is written.
    fn inferred_actors(&mut self, no: EventId) {
        let node = &self.resolution.events[no as usize];
        let mut inferred = Vec::new();
        for &at in &node.claims {
            let claim = self.claim(at);
            for slot in &claim.slots {
                let Filler::Mention(m) = slot.filler else {
                    continue;
                };
                let x = &self.extractions[at.0 as usize];
                let chain = x.mentions.mentions.get(m as usize).map(|m| m.chain);
                if let Some(holder) = chain.and_then(|c| self.meant.get(&(at.0, c)))
                    && slot.name != "place"
                {
                    let direct = counts(node.actual, claim);
                    inferred.push((at, slot.name.clone(), m, (*holder).clone(), direct));
                }
            }
        }
        for (at, slot, mention, holder, direct) in inferred {
            let iri = self.events[no as usize].iri.clone();
            let entity = self.entities[holder.entity as usize].clone();
            let person = self.resolution.entities[holder.entity as usize]
                .shown()
                .to_owned();
            if direct {
                let property = self.slot_property(no, &slot);
                self.fact(&iri, &property, entity.clone());
                self.fact(&iri, sem::HAS_ACTOR, entity.clone());
            }
            let heading = super::relation::in_words(&slot);
            let node = self.inference(
                no,
                INFERRED_ACTOR,
                &Inferred {
                    what: &heading,
                    key: &heading,
                    of: &format!("{} {}", iri.as_str(), entity.as_str()),
                    shown: &person,
                    value: text::english(&person).into(),
                    from: &[at, holder.settled_by],
                },
            );
            self.fact(&node, MEANS, entity);
            let words = self.phrase(at.0, mention);
            self.fact(&node, WORDS, words);
        }
    }

    /// Ties an inference to the assertions that it follows from.
    fn derived(&mut self, node: &NamedNode, from: &[At]) {
        for &at in from {
            let (assertion, evidence) = self.assertion(at);
            self.fact(node, prov::WAS_DERIVED_FROM, assertion);
            self.fact(node, nl::EVIDENCE, evidence);
        }
    }

    /// Writes times that follow from two sentences together, with both as evidence.
    fn inferred_times(&mut self, no: EventId) {
        for found in self.resolution.times_of(no) {
            let Some(literal) = text::time(&found.value) else {
                continue;
            };
            let iri = self.events[no as usize].iri.clone();
            let words = text::time_in_words(&found.value).unwrap_or_default();
            self.fact(&iri, sem::HAS_TIME_STAMP, literal.clone());
            self.fact(&iri, schema::STARTS, literal.clone());
            self.inference(
                no,
                INFERRED_TIME,
                &Inferred {
                    what: "time",
                    key: &words,
                    of: iri.as_str(),
                    shown: &words,
                    value: literal.into(),
                    from: &[found.open, found.settled_by],
                },
            );
        }
    }
}

/// What an inference about an event says.
struct Inferred<'x> {
    /// "place", "time" or the words of a slot.
    what: &'x str,
    /// With the event's name, the name of its node.
    key: &'x str,
    /// What tells it from namesakes.
    of: &'x str,
    /// What is inferred, in words.
    shown: &'x str,
    /// The same as a literal.
    value: Term,
    /// The assertions that it follows from.
    from: &'x [At],
}

/// Class of what follows from assertions and is said by none of them.
const INFERENCE: &str = "https://w3id.org/newsloom/ns#Inference";

/// Whether a claim's slots may stand as triples of its event: of an event that happened only what is affirmed, of a
/// possible one all that is said.
fn counts(actual: bool, claim: &Claim) -> bool {
    !actual || (claim.polarity == Polarity::Affirmed && claim.modality == Modality::Actual)
}

/// First and last day that all the times allow; when they disagree, that any allows.
fn bounds(times: &[TimeValue]) -> Option<(Option<Date>, Option<Date>)> {
    let settled: Vec<&TimeValue> = times
        .iter()
        .filter(|t| t.earliest.is_some() || t.latest.is_some())
        .collect();
    if settled.is_empty() {
        return None;
    }
    let earliest: Vec<Date> = settled.iter().filter_map(|t| t.earliest).collect();
    let latest: Vec<Date> = settled.iter().filter_map(|t| t.latest).collect();
    let (from, to) = (earliest.iter().max().copied(), latest.iter().min().copied());
    if let (Some(f), Some(t)) = (from, to)
        && f > t
    {
        return Some((earliest.iter().min().copied(), latest.iter().max().copied()));
    }
    Some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Precision;

    fn between(from: Date, to: Date) -> TimeValue {
        TimeValue {
            earliest: Some(from),
            latest: Some(to),
            precision: Precision::Range,
            partial: None,
            year_offset: None,
        }
    }

    #[test]
    fn bounds_are_the_narrowest_that_all_allow() {
        let month = between(Date::constant(2021, 5, 1), Date::constant(2021, 5, 31));
        let day = between(Date::constant(2021, 5, 4), Date::constant(2021, 5, 4));
        let later = between(Date::constant(2021, 6, 1), Date::constant(2021, 6, 2));
        assert_eq!(
            bounds(&[month.clone(), day.clone()]),
            Some((day.earliest, day.latest))
        );
        assert_eq!(
            bounds(&[day.clone(), later.clone()]),
            Some((day.earliest, later.latest)),
            "a conflict shows as a span that holds both"
        );
        assert_eq!(bounds(&[]), None);
    }
}
