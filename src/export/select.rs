//! Which facts leave: of which kinds, from which time, how sure and how well sourced.
//!
//! In: all statements of a graph and what the user asked for. Out: the statements of the facts that pass, with the things
//! that they tie and the proof behind them. Refuses: a fact of unknown time where a time is asked for, and half a fact: what
//! repeats a dropped triple in other words goes with it.

use super::ExportError;
use super::flat::Statement;
use super::header::ancestors;
use crate::schema::vocab::{
    PREFIXES, foaf, local_name, nl, org, rdf, rdfs, schema, sem, skos, time,
};
use oxigraph::model::Term;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// What the user asked for; everything when empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Kinds: `person`, `role`, `event` and so on, or classes such as `nl:Protest` or `Protest`.
    pub types: Vec<String>,
    /// First day, `YYYY-MM-DD`.
    pub since: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Least confidence of the surest assertion of a fact, between 0 and 1.
    pub min_confidence: Option<f64>,
    /// Least number of independent sources of a fact.
    pub min_sources: Option<u64>,
}

/// Words for kinds, each with the class that it means and whether that is a kind of facts.
const WORDS: [(&str, &str, bool); 12] = [
    ("person", foaf::PERSON, false),
    ("group", foaf::GROUP, false),
    ("organisation", org::ORGANIZATION, false),
    ("organization", org::ORGANIZATION, false),
    ("place", schema::PLACE, false),
    ("facility", nl::FACILITY, false),
    ("role", org::MEMBERSHIP, true),
    ("event", sem::EVENT, true),
    ("possible-event", nl::POSSIBLE_EVENT, true),
    ("unconfirmed", nl::POSSIBLE_EVENT, true),
    ("figure", nl::FIGURE, true),
    ("number", nl::FIGURE, true),
];

/// Classes whose members tie things together.
const FACTS: [&str; 4] = [org::MEMBERSHIP, sem::EVENT, nl::POSSIBLE_EVENT, nl::FIGURE];

/// Classes of things that facts tie.
const THINGS: [&str; 4] = [foaf::PERSON, foaf::GROUP, org::ORGANIZATION, schema::PLACE];

impl Selection {
    /// Whether nothing was asked for.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    fn in_time(&self, begins: &str, ends: &str) -> bool {
        self.since.as_deref().is_none_or(|since| ends >= since)
            && self.until.as_deref().is_none_or(|until| begins <= until)
    }

    fn is_timed(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    fn supported(&self, by: Support) -> bool {
        self.min_confidence
            .is_none_or(|least| by.confidence >= least)
            && self.min_sources.is_none_or(|least| by.sources >= least)
    }

    fn asks_support(&self) -> bool {
        self.min_confidence.is_some() || self.min_sources.is_some()
    }
}

/// What stands behind a fact.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Support {
    confidence: f64,
    sources: u64,
}

impl Support {
    fn or(self, other: Self) -> Self {
        Self {
            confidence: self.confidence.max(other.confidence),
            sources: self.sources.max(other.sources),
        }
    }
}

/// Keeps the statements that pass.
pub(super) fn apply(rows: &mut Vec<Statement>, wanted: &Selection) -> Result<(), ExportError> {
    if wanted.is_everything() {
        return Ok(());
    }
    let kept = {
        let graph = Graph::of(rows);
        let classes = Classes::named(&wanted.types, &graph)?;
        graph.kept(wanted, &classes)
    };
    let mut at = 0;
    rows.retain(|_| {
        at += 1;
        kept[at - 1]
    });
    Ok(())
}

/// The classes that `--types` names.
#[derive(Default)]
struct Classes {
    facts: BTreeSet<String>,
    things: BTreeSet<String>,
}

impl Classes {
    fn named(words: &[String], graph: &Graph<'_>) -> Result<Self, ExportError> {
        let mut classes = Self::default();
        let fold = |word: &str| word.to_lowercase().replace(['-', '_', ' '], "");
        for word in words {
            let known = WORDS
                .iter()
                .find(|(name, ..)| fold(name) == fold(word) || format!("{name}s") == fold(word));
            if let Some((_, class, fact)) = known {
                classes.of(*fact).insert((*class).to_owned());
                continue;
            }
            let full = PREFIXES.iter().find_map(|(prefix, namespace)| {
                let rest = word.strip_prefix(prefix)?.strip_prefix(':')?;
                Some(format!("{namespace}{rest}"))
            });
            let full = full.as_deref().unwrap_or(word);
            let fits = |class: &str| class == full || fold(local_name(class)) == fold(word);
            let mut found = false;
            for (iri, about) in &graph.sorted {
                for class in graph.all_classes(about) {
                    if fits(&class) {
                        classes.of(graph.is_fact(iri)).insert(class);
                        found = true;
                    }
                }
            }
            if !found {
                return Err(ExportError::NoType {
                    name: word.clone(),
                    known: WORDS.iter().map(|(name, ..)| *name).collect(),
                });
            }
        }
        Ok(classes)
    }

    fn of(&mut self, fact: bool) -> &mut BTreeSet<String> {
        if fact {
            &mut self.facts
        } else {
            &mut self.things
        }
    }

    fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.things.is_empty()
    }
}

/// The rows of one subject.
type About<'a> = Vec<&'a Statement>;

/// Statements by subject, and what each subject is.
struct Graph<'a> {
    rows: &'a [Statement],
    sorted: Vec<(&'a str, About<'a>)>,
    place: FxHashMap<&'a str, usize>,
    facts: FxHashSet<&'a str>,
    things: FxHashSet<&'a str>,
}

impl<'a> Graph<'a> {
    fn of(rows: &'a [Statement]) -> Self {
        let mut order: Vec<&Statement> = rows.iter().collect();
        order.sort_by(|a, b| a.subject.cmp(&b.subject));
        let sorted: Vec<(&str, About<'a>)> = order
            .chunk_by(|a, b| a.subject == b.subject)
            .map(|of| (of[0].subject.as_str(), of.to_vec()))
            .collect();
        let place = sorted
            .iter()
            .enumerate()
            .map(|(i, (s, _))| (*s, i))
            .collect();
        let with = |classes: &[&str]| {
            rows.iter()
                .filter(|r| r.predicate == rdf::TYPE)
                .filter(|r| r.object_iri().is_some_and(|o| classes.contains(&o)))
                .map(|r| r.subject.as_str())
                .collect()
        };
        Self {
            rows,
            sorted,
            place,
            facts: with(&FACTS),
            things: with(&THINGS),
        }
    }

    fn about(&self, iri: &str) -> &[&'a Statement] {
        self.place.get(iri).map_or(&[], |&i| &self.sorted[i].1)
    }

    fn is_fact(&self, iri: &str) -> bool {
        self.facts.contains(iri)
    }

    fn iris(&self, iri: &str, predicate: &str) -> impl Iterator<Item = &'a str> {
        self.about(iri)
            .iter()
            .filter(move |r| r.predicate == predicate)
            .filter_map(|r| r.object_iri())
    }

    fn texts(&self, iri: &str, predicate: &str) -> impl Iterator<Item = &'a str> {
        self.about(iri)
            .iter()
            .filter(move |r| r.predicate == predicate)
            .filter_map(|r| match &r.object {
                Term::Literal(literal) => Some(literal.value()),
                _ => None,
            })
    }

    /// Classes of a subject with those above them.
    fn all_classes(&self, about: &[&Statement]) -> BTreeSet<String> {
        let mut classes = BTreeSet::new();
        for row in about.iter().filter(|r| r.predicate == rdf::TYPE) {
            if let Some(class) = row.object_iri() {
                classes.extend(ancestors(class));
                classes.insert(class.to_owned());
            }
        }
        classes
    }

    fn is_of(&self, iri: &str, classes: &BTreeSet<String>) -> bool {
        self.all_classes(self.about(iri))
            .iter()
            .any(|class| classes.contains(class))
    }

    /// The ends of a membership.
    fn ends(&self, membership: &str) -> Vec<&'a str> {
        [org::MEMBER, org::ORGANIZATION_OF, AREA_SERVED]
            .iter()
            .flat_map(|p| self.iris(membership, p))
            .collect()
    }

    /// Who holds which post, by these memberships.
    fn posts(&self, memberships: &FxHashSet<&'a str>) -> FxHashSet<(&'a str, &'a str)> {
        let mut posts = FxHashSet::default();
        for (iri, _) in self.sorted.iter().filter(|(i, _)| memberships.contains(i)) {
            for who in self.iris(iri, org::MEMBER) {
                posts.extend(self.iris(iri, nl::POST).map(|post| (who, post)));
            }
        }
        posts
    }

    fn support_of_claim(&self, claim: &str) -> Support {
        let confidence = self
            .iris(claim, nl::ASSERTION_OF)
            .flat_map(|a| self.texts(a, nl::CONFIDENCE))
            .filter_map(|c| c.parse::<f64>().ok())
            .fold(0.0, f64::max);
        let sources = self
            .texts(claim, INDEPENDENT_SOURCES)
            .filter_map(|n| n.parse().ok())
            .max()
            .unwrap_or(1);
        Support {
            confidence,
            sources,
        }
    }

    fn in_time(&self, fact: &str, wanted: &Selection) -> bool {
        if !wanted.is_timed() {
            return true;
        }
        if self.iris(fact, rdf::TYPE).any(|c| c == org::MEMBERSHIP) {
            let held = self.iris(fact, org::MEMBER_DURING).any(|interval| {
                let day = |end: &str| {
                    self.iris(interval, end)
                        .flat_map(|instant| self.texts(instant, time::IN_XSD_DATE))
                        .next()
                };
                let (begin, end) = (day(time::HAS_BEGINNING), day(time::HAS_END));
                (begin.is_some() || end.is_some())
                    && wanted.in_time(begin.unwrap_or("0"), end.unwrap_or("9999-12-31"))
            });
            return held
                || self
                    .texts(fact, nl::AS_OF)
                    .any(|day| wanted.in_time(day, day));
        }
        let begins = self.texts(fact, sem::HAS_EARLIEST_BEGIN_TIME_STAMP).min();
        let ends = self.texts(fact, sem::HAS_LATEST_END_TIME_STAMP).max();
        match (begins, ends) {
            (None, None) => self
                .iris(fact, nl::COUNTS)
                .any(|event| self.in_time(event, wanted)),
            (begins, ends) => wanted.in_time(
                begins.or(ends).unwrap_or_default(),
                ends.or(begins).unwrap_or_default(),
            ),
        }
    }

    /// Which rows pass.
    fn kept(&self, wanted: &Selection, classes: &Classes) -> Vec<bool> {
        let proof = Proof::of(self);
        let mut facts: FxHashSet<&str> = FxHashSet::default();
        let fits_thing = |iri: &str| classes.things.is_empty() || self.is_of(iri, &classes.things);
        for (iri, _) in &self.sorted {
            if !self.is_fact(iri) {
                continue;
            }
            let membership = self.iris(iri, rdf::TYPE).any(|c| c == org::MEMBERSHIP);
            let fits = if classes.is_empty() {
                true
            } else if membership && !classes.things.is_empty() {
                self.ends(iri).into_iter().all(&fits_thing)
            } else {
                self.is_of(iri, &classes.facts)
            };
            let supported = !wanted.asks_support() || wanted.supported(proof.fact(self, iri));
            if fits && supported && self.in_time(iri, wanted) {
                facts.insert(iri);
            }
        }
        // Triples that a claim carries, and whether it is good enough.
        let passes = |row: &Statement| {
            proof
                .triple(row)
                .is_none_or(|support| !wanted.asks_support() || wanted.supported(support))
        };
        let mut things: FxHashSet<&str> = FxHashSet::default();
        let all_named = !classes.things.is_empty() && !wanted.is_timed() && !wanted.asks_support();
        for row in self.rows {
            let Some(object) = row.object_iri() else {
                continue;
            };
            let (subject, fact) = (row.subject.as_str(), facts.contains(row.subject.as_str()));
            let relation = self.things.contains(subject)
                && self.things.contains(object)
                && !wanted.is_timed()
                && classes.facts.is_empty()
                && proof.triple(row).is_some();
            if self.things.contains(object) && (fact || relation) && passes(row) {
                things.insert(object);
                if relation {
                    things.insert(subject);
                }
            }
        }
        if all_named {
            things.extend(self.things.iter());
        }
        things.retain(|iri| fits_thing(iri));
        let (all_posts, posts) = (self.posts(&self.facts), self.posts(&facts));
        let roles = Held::of(self, &facts);
        let in_sight = |iri: &str| {
            !(self.is_fact(iri) && !facts.contains(iri))
                && !(self.things.contains(iri) && !things.contains(iri))
        };
        let stands = |row: &Statement| {
            let object_stays = row.object_iri().is_none_or(&in_sight);
            if !in_sight(&row.subject) || !object_stays || !passes(row) {
                return false;
            }
            match row.predicate.as_str() {
                // Short forms of a role stand as long as a role does that says the same.
                org::HOLDS | FORMERLY_HELD | HOLDS_OR_HELD | WILL_HOLD => {
                    row.object_iri().is_none_or(|post| {
                        let pair = (row.subject.as_str(), post);
                        !all_posts.contains(&pair) || posts.contains(&pair)
                    })
                }
                schema::AFFILIATION | schema::JOB_TITLE => roles.say(row),
                // So does the plain form of a part in an event.
                sem::HAS_ACTOR | schema::LOCATION => proof.has_other(row, &passes),
                _ => true,
            }
        };
        self.reachable(&facts, &things, &proof, &stands)
    }

    /// The rows that stand and that a kept fact, thing or claim leads to.
    fn reachable(
        &self,
        facts: &FxHashSet<&'a str>,
        things: &FxHashSet<&'a str>,
        proof: &Proof<'a>,
        stands: &impl Fn(&Statement) -> bool,
    ) -> Vec<bool> {
        let main = |iri: &str| self.is_fact(iri) || self.things.contains(iri);
        let mut seen: FxHashSet<&str> = facts.union(things).copied().collect();
        let whole = |iri: &str| facts.contains(iri) || things.contains(iri);
        for claim in &proof.claims {
            let ends = self
                .iris(claim, rdf::SUBJECT)
                .chain(self.iris(claim, rdf::OBJECT));
            let mut about = false;
            let mut all = true;
            for end in ends {
                about |= whole(end);
                all &= !main(end) || whole(end);
            }
            if about && all && proof.claim_stands(self, claim, stands) {
                seen.insert(claim);
            }
        }
        let mut queue: Vec<&str> = seen.iter().copied().collect();
        while let Some(at) = queue.pop() {
            for row in self.about(at) {
                let Some(object) = row.object_iri() else {
                    continue;
                };
                // Whoever speaks or publishes stays with the sentence, by name only.
                let named_only = main(object) && !whole(object);
                let stays = if main(at) || proof.is_claim(at) {
                    stands(row) && !named_only && !(main(at) && !whole(at))
                } else {
                    true
                };
                let is_claim = proof.is_claim(object);
                if stays && !is_claim && !self.is_fact(object) && seen.insert(object) {
                    queue.push(object);
                }
            }
        }
        self.rows
            .iter()
            .map(|row| {
                let subject = row.subject.as_str();
                if !seen.contains(subject) {
                    return false;
                }
                let object = row.object_iri();
                if main(subject) && !whole(subject) {
                    return object.is_none_or(|_| row.predicate == rdf::TYPE)
                        && row.predicate != schema::JOB_TITLE;
                }
                let known = object.is_none_or(|o| !self.place.contains_key(o) || seen.contains(o));
                known && (stands(row) || !main(subject))
            })
            .collect()
    }
}

/// Number of independent origins of a claim.
const INDEPENDENT_SOURCES: &str = "https://w3id.org/newsloom/ns#independentSources";
/// Place that a post is for.
const AREA_SERVED: &str = "https://schema.org/areaServed";

/// Properties from a person to a post.
const FORMERLY_HELD: &str = "https://w3id.org/newsloom/ns#formerlyHeld";
const HOLDS_OR_HELD: &str = "https://w3id.org/newsloom/ns#holdsOrHeld";
const WILL_HOLD: &str = "https://w3id.org/newsloom/ns#willHold";

/// The roles that are kept: who is affiliated with whom, and by which titles.
struct Held<'a> {
    bodies: FxHashSet<(&'a str, &'a str)>,
    titles: FxHashSet<(&'a str, &'a str)>,
}

impl<'a> Held<'a> {
    fn of(graph: &Graph<'a>, facts: &FxHashSet<&'a str>) -> Self {
        let mut held = Self {
            bodies: FxHashSet::default(),
            titles: FxHashSet::default(),
        };
        for (iri, _) in graph.sorted.iter().filter(|(iri, _)| facts.contains(iri)) {
            for who in graph.iris(iri, org::MEMBER) {
                for body in graph.iris(iri, org::ORGANIZATION_OF) {
                    held.bodies.insert((who, body));
                }
                let words = graph.texts(iri, nl::ROLE_WORDS);
                let labels = graph
                    .iris(iri, org::ROLE)
                    .chain(graph.iris(iri, nl::POST))
                    .flat_map(|role| {
                        graph
                            .texts(role, skos::PREF_LABEL)
                            .chain(graph.texts(role, rdfs::LABEL))
                    });
                held.titles
                    .extend(words.chain(labels).map(|title| (who, title)));
            }
        }
        held
    }

    fn say(&self, row: &Statement) -> bool {
        match &row.object {
            Term::NamedNode(body) => self.bodies.contains(&(&row.subject, body.as_str())),
            Term::Literal(title) => self.titles.contains(&(&row.subject, title.value())),
            _ => true,
        }
    }
}

/// The claims behind triples.
struct Proof<'a> {
    claims: Vec<&'a str>,
    known: FxHashSet<&'a str>,
    triples: FxHashMap<(&'a str, &'a str, String), Support>,
    /// Support of whatever is said with this subject and object.
    pairs: FxHashMap<(&'a str, String), Vec<&'a str>>,
    subjects: FxHashMap<&'a str, Support>,
}

impl<'a> Proof<'a> {
    fn of(graph: &Graph<'a>) -> Self {
        let mut proof = Self {
            claims: Vec::new(),
            known: FxHashSet::default(),
            triples: FxHashMap::default(),
            pairs: FxHashMap::default(),
            subjects: FxHashMap::default(),
        };
        for (iri, about) in &graph.sorted {
            let is_claim = about
                .iter()
                .any(|r| r.predicate == rdf::TYPE && r.object_iri() == Some(nl::CLAIM));
            if !is_claim {
                continue;
            }
            proof.claims.push(iri);
            proof.known.insert(iri);
            let one = |predicate: &str| graph.iris(iri, predicate).next();
            let object = about.iter().find(|r| r.predicate == rdf::OBJECT);
            let (Some(s), Some(p), Some(o)) = (one(rdf::SUBJECT), one(rdf::PREDICATE), object)
            else {
                continue;
            };
            let support = graph.support_of_claim(iri);
            let object = o.object.to_string();
            proof.pairs.entry((s, object.clone())).or_default().push(p);
            proof.triples.insert((s, p, object), support);
            let all = proof.subjects.entry(s).or_default();
            *all = all.or(support);
        }
        proof
    }

    fn is_claim(&self, iri: &str) -> bool {
        self.known.contains(iri)
    }

    /// Support of a triple, when a claim carries it.
    fn triple(&self, row: &Statement) -> Option<Support> {
        self.triples
            .get(&(&row.subject, &row.predicate, row.object.to_string()))
            .copied()
    }

    /// Support of a fact: of its claims; a role stands with the claim that its holder holds the post.
    fn fact(&self, graph: &Graph<'_>, iri: &str) -> Support {
        let mut support = self.subjects.get(iri).copied().unwrap_or_default();
        for member in graph.iris(iri, org::MEMBER) {
            for post in graph.iris(iri, nl::POST) {
                let object = format!("<{post}>");
                for predicate in self
                    .pairs
                    .get(&(member, object.clone()))
                    .into_iter()
                    .flatten()
                {
                    let of = self.triples.get(&(member, *predicate, object.clone()));
                    support = support.or(of.copied().unwrap_or_default());
                }
            }
        }
        support
    }

    /// Whether some claimed triple that passes says of subject and object what this row repeats; true where none is claimed.
    fn has_other(&self, row: &Statement, passes: &impl Fn(&Statement) -> bool) -> bool {
        let Some(predicates) = self.pairs.get(&(&row.subject, row.object.to_string())) else {
            return true;
        };
        predicates.iter().any(|predicate| {
            passes(&Statement {
                predicate: (*predicate).to_owned(),
                ..row.clone()
            })
        })
    }

    /// Whether what a claim says may be said; that nobody affirms it does not matter here.
    fn claim_stands(
        &self,
        graph: &Graph<'_>,
        claim: &str,
        stands: &impl Fn(&Statement) -> bool,
    ) -> bool {
        let one = |predicate: &str| graph.iris(claim, predicate).next();
        let object = graph
            .about(claim)
            .iter()
            .find(|r| r.predicate == rdf::OBJECT);
        let (Some(s), Some(p), Some(o)) = (one(rdf::SUBJECT), one(rdf::PREDICATE), object) else {
            return false;
        };
        stands(&Statement {
            graph: String::new(),
            subject: s.to_owned(),
            predicate: p.to_owned(),
            object: o.object.clone(),
        })
    }
}
