//! Roles held: memberships, posts and the role concepts they use.
//!
//! In: claims of kind `Role`. Out: one `org:Membership` for each person, role, organisation and status, with the posts.
//! Refuses: a membership nobody affirms (such claims stay claims), a holder without a name, and an organisation that no
//! text gives.

use super::statement::At;
use super::{Filled, Weaver, text};
use crate::claim::{Claim, ClaimKind, Modality, Polarity, Status};
use crate::entity::{DocumentNo, Entity, EntityId};
use crate::schema::vocab::{nl, org, rdf, rdfs, schema, skos, time};
use english::{Byte, Span};
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// Place a post is for ("Mayor of …").
const AREA_SERVED: &str = "https://schema.org/areaServed";
/// Property of a claim to have held a post before.
const FORMERLY_HELD: &str = "https://w3id.org/newsloom/ns#formerlyHeld";
/// Property of a claim that does not say when the post was held.
const HOLDS_OR_HELD: &str = "https://w3id.org/newsloom/ns#holdsOrHeld";
/// Property of a claim to hold a post later.
const WILL_HOLD: &str = "https://w3id.org/newsloom/ns#willHold";

/// A role: a concept of the scheme or the bare words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Role {
    iri: NamedNode,
    label: String,
    concept: bool,
}

/// Who holds what where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Holding {
    member: EntityId,
    role: Option<Role>,
    organisation: Option<EntityId>,
    place: Option<EntityId>,
}

/// The title of a holding, with the names before a person named anything anew (for IRIs) and as shown.
struct Title {
    plain: String,
    shown: String,
}

impl Weaver<'_> {
    /// Writes every role.
    pub(super) fn roles(&mut self) {
        let mut held: BTreeMap<Holding, Vec<At>> = BTreeMap::new();
        for no in 0..self.extractions.len() as DocumentNo {
            for (index, claim) in self.extractions[no as usize].claims.iter().enumerate() {
                if claim.kind != ClaimKind::Role || self.rejected((no, index as u32)) {
                    continue;
                }
                if let Some(holding) = self.holding(no, claim) {
                    held.entry(holding).or_default().push((no, index as u32));
                }
            }
        }
        for (holding, claims) in &held {
            self.claimed(holding, claims);
        }
        for (holding, claims) in self.united(held) {
            self.membership(&holding, &claims);
        }
    }

    /// The words of a role as one person holds it: "armed officers A and B" makes each an armed officer.
    fn singular(&self, no: DocumentNo, span: Span<Byte>) -> String {
        let extraction = &self.extractions[no as usize];
        let words = extraction.document.slice(span);
        let sentences = &extraction.mentions.sentences;
        // The words may stand in another sentence than the claim ("Both worked for …").
        let place = sentences.partition_point(|s| s.span.end() < span.end());
        let last = sentences
            .get(place)
            .and_then(|s| s.tokens.iter().find(|t| t.span.end() == span.end()));
        match last {
            Some(token) if token.xpos == "NNS" && token.span.start() >= span.start() => {
                let head = &words[..token.span.start() - span.start()];
                normal_role(&format!("{head}{}", token.lemma))
            }
            _ => normal_role(words),
        }
    }

    fn holding(&self, no: DocumentNo, claim: &Claim) -> Option<Holding> {
        let entity = |slot: &str| match claim.slot(slot).and_then(|f| self.filled(no, f)) {
            Some(Filled::Entity(e)) => Some(e),
            _ => None,
        };
        let role = claim.role.as_ref().and_then(|words| {
            let known = words
                .concept
                .as_ref()
                .and_then(|iri| self.schema.roles.concept(iri).map(|c| (iri, c)));
            if let Some((iri, concept)) = known {
                return Some(Role {
                    iri: NamedNode::new_unchecked(iri),
                    label: concept.label.clone(),
                    concept: true,
                });
            }
            let label = self.singular(no, words.span);
            (!label.is_empty()).then(|| Role {
                iri: self.iris.thing("role", &label, ""),
                label,
                concept: false,
            })
        });
        let holding = Holding {
            member: entity("member")?,
            role,
            organisation: entity("organization"),
            place: entity("place"),
        };
        (holding.role.is_some() || holding.organisation.is_some()).then_some(holding)
    }

    /// Writes the claims: person, holds (held, will hold), post.
    fn claimed(&mut self, holding: &Holding, claims: &[At]) {
        let subject = self.entities[holding.member as usize].clone();
        let name = self.resolution.entities[holding.member as usize]
            .shown()
            .to_owned();
        let (post, title) = self.post(holding);
        let title = title.shown;
        for &at in claims {
            let claim = &self.extractions[at.0 as usize].claims[at.1 as usize];
            let fact = stated(claim);
            // That somebody holds a post now is a fact only if the text puts it in the present.
            let (predicate, verb) = match claim.status {
                Some(Status::Former) => (FORMERLY_HELD, "formerly"),
                Some(Status::Future) => (WILL_HOLD, "is to be"),
                Some(Status::Current) => (org::HOLDS, "is"),
                Some(Status::Undated) | None => (HOLDS_OR_HELD, "is or was"),
            };
            match &post {
                Some(post) => self.state(
                    &subject,
                    predicate,
                    post.clone(),
                    at,
                    &format!("{name} {verb} {title}"),
                    fact,
                ),
                None => {
                    if let Some(organisation) = holding.organisation {
                        let object = self.entities[organisation as usize].clone();
                        self.state(
                            &subject,
                            org::MEMBER_OF,
                            object,
                            at,
                            &format!("{name} – member of – {title}"),
                            fact && claim.status == Some(Status::Current),
                        );
                    }
                }
            }
        }
    }

    /// The title of a holding: its role, and of what.
    fn title(&self, holding: &Holding) -> Title {
        let entity = |e: EntityId| &self.resolution.entities[e as usize];
        let of = holding.organisation.or(holding.place).map(entity);
        let title = |of: Option<&str>| match (&holding.role, of) {
            (Some(role), Some(of)) => format!("{}, {of}", role.label),
            (Some(role), None) => role.label.clone(),
            (None, of) => of.unwrap_or_default().to_owned(),
        };
        Title {
            plain: title(of.map(|e| e.name.as_str())),
            shown: title(of.map(Entity::shown)),
        }
    }

    /// The post of a holding, when it has a role, and its title.
    fn post(&mut self, holding: &Holding) -> (Option<NamedNode>, Title) {
        let title = self.title(holding);
        let Some(role) = &holding.role else {
            return (None, title);
        };
        let mut key = role.iri.as_str().to_owned();
        for e in [holding.organisation, holding.place].into_iter().flatten() {
            key.push(' ');
            key.push_str(self.entities[e as usize].as_str());
        }
        let post = self.iris.thing("post", &title.plain, &key);
        let role = role.clone();
        self.fact(&post, rdf::TYPE, NamedNode::new_unchecked(org::POST_CLASS));
        self.named(&post, &title.shown);
        self.fact(&post, org::ROLE, role.iri.clone());
        self.concept(&role);
        if let Some(e) = holding.organisation {
            let e = self.entities[e as usize].clone();
            self.fact(&post, org::POST_IN, e);
        }
        if let Some(e) = holding.place {
            let e = self.entities[e as usize].clone();
            self.fact(&post, AREA_SERVED, e);
        }
        (Some(post), title)
    }

    /// Writes a role concept.
    fn concept(&mut self, role: &Role) {
        for class in [org::ROLE_CLASS, skos::CONCEPT] {
            self.fact(&role.iri, rdf::TYPE, NamedNode::new_unchecked(class));
        }
        self.named(&role.iri, &role.label);
    }

    /// Holdings that the texts affirm, those without an organisation joined to the one organisation that the same person
    /// is elsewhere said to hold the same role in.
    fn united(&self, held: BTreeMap<Holding, Vec<At>>) -> BTreeMap<Holding, Vec<At>> {
        let mut affirmed: BTreeMap<Holding, Vec<At>> = BTreeMap::new();
        for (holding, claims) in held {
            let claims: Vec<At> = claims
                .into_iter()
                .filter(|at| stated(&self.extractions[at.0 as usize].claims[at.1 as usize]))
                .collect();
            if !claims.is_empty() {
                affirmed.insert(holding, claims);
            }
        }
        let mut full: BTreeMap<(EntityId, Option<Role>), BTreeSet<Holding>> = BTreeMap::new();
        for holding in affirmed.keys().filter(|h| h.organisation.is_some()) {
            full.entry((holding.member, holding.role.clone()))
                .or_default()
                .insert(holding.clone());
        }
        let mut out: BTreeMap<Holding, Vec<At>> = BTreeMap::new();
        for (holding, claims) in affirmed {
            let target = match full.get(&(holding.member, holding.role.clone())) {
                Some(candidates) if holding.organisation.is_none() && candidates.len() == 1 => {
                    candidates.first().cloned().unwrap_or(holding)
                }
                _ => holding,
            };
            out.entry(target).or_default().extend(claims);
        }
        out
    }

    /// Writes the memberships of one holding: one for each status, the undated evidence joined to the only dated status.
    fn membership(&mut self, holding: &Holding, claims: &[At]) {
        let mut by_status: BTreeMap<Status, Vec<At>> = BTreeMap::new();
        for &at in claims {
            let claim = &self.extractions[at.0 as usize].claims[at.1 as usize];
            by_status
                .entry(claim.status.unwrap_or(Status::Undated))
                .or_default()
                .push(at);
        }
        if by_status.len() == 2
            && let Some(undated) = by_status.remove(&Status::Undated)
            && let Some(dated) = by_status.values_mut().next()
        {
            dated.extend(undated);
        }
        let person = self.entities[holding.member as usize].clone();
        let (post, title) = self.post(holding);
        let member = &self.resolution.entities[holding.member as usize];
        let (name, shown) = (member.name.clone(), member.shown().to_owned());
        for (status, claims) in by_status {
            let (word, status_iri) = match status {
                Status::Current => ("", nl::CURRENT),
                Status::Former => ("former ", nl::FORMER),
                Status::Future => ("future ", nl::FUTURE),
                Status::Undated => ("", nl::UNDATED),
            };
            let label = format!("{shown} – {word}{}", title.shown);
            let membership = self.iris.thing(
                "membership",
                &format!("{name} – {word}{}", title.plain),
                &format!(
                    "{} {} {status_iri}",
                    person.as_str(),
                    post.as_ref().map_or("", NamedNode::as_str)
                ),
            );
            self.fact(
                &membership,
                rdf::TYPE,
                NamedNode::new_unchecked(org::MEMBERSHIP),
            );
            self.fact(&membership, rdfs::LABEL, text::english(&label));
            self.fact(&membership, org::MEMBER, person.clone());
            self.fact(&person, org::HAS_MEMBERSHIP, membership.clone());
            self.fact(
                &membership,
                nl::STATUS,
                NamedNode::new_unchecked(status_iri),
            );
            if let (Some(post), Some(role)) = (&post, &holding.role) {
                self.fact(&membership, nl::POST, post.clone());
                self.fact(&membership, org::ROLE, role.iri.clone());
                if status == Status::Current {
                    self.fact(&person, schema::JOB_TITLE, text::english(&role.label));
                }
            }
            if let Some(o) = holding.organisation {
                let o = self.entities[o as usize].clone();
                self.fact(&membership, org::ORGANIZATION_OF, o.clone());
                if status == Status::Current {
                    self.fact(&person, schema::AFFILIATION, o);
                }
            }
            if let Some(p) = holding.place {
                let p = self.entities[p as usize].clone();
                self.fact(&membership, AREA_SERVED, p);
            }
            for at in claims {
                self.membership_evidence(&membership, &label, at);
            }
        }
    }

    /// Ties a membership to one claim behind it: sentence, day of the evidence, words, time.
    fn membership_evidence(&mut self, membership: &NamedNode, label: &str, at: At) {
        let (_, evidence) = self.assertion(at);
        self.fact(membership, nl::EVIDENCE, evidence);
        let x = &self.extractions[at.0 as usize];
        let claim = &x.claims[at.1 as usize];
        if let Some(day) = x.document.published() {
            self.fact(membership, nl::AS_OF, text::date(day));
        }
        if let Some(words) = &claim.role {
            self.fact(
                membership,
                nl::ROLE_WORDS,
                text::english(&text::flat(x.document.slice(words.span))),
            );
            if let Some(qualifier) = words.qualifier {
                self.fact(
                    membership,
                    nl::QUALIFIER,
                    text::english(&text::flat(x.document.slice(qualifier))),
                );
            }
        }
        let Some(value) = claim
            .time
            .and_then(|t| x.mentions.times.get(t as usize))
            .map(|t| t.value.clone())
        else {
            return;
        };
        if value.earliest.is_none() && value.latest.is_none() {
            return;
        }
        let bounds = format!(
            "{} {}",
            value.earliest.map(|d| d.to_string()).unwrap_or_default(),
            value.latest.map(|d| d.to_string()).unwrap_or_default()
        );
        let interval = self.iris.thing("interval", &bounds, membership.as_str());
        self.fact(membership, org::MEMBER_DURING, interval.clone());
        self.fact(
            &interval,
            rdf::TYPE,
            NamedNode::new_unchecked(time::INTERVAL),
        );
        self.fact(
            &interval,
            rdfs::LABEL,
            text::english(&format!("time of: {label}")),
        );
        for (property, day) in [
            (time::HAS_BEGINNING, value.earliest),
            (time::HAS_END, value.latest),
        ] {
            if let Some(day) = day {
                let instant = self.iris.thing("instant", &day.to_string(), "");
                self.fact(&interval, property, instant.clone());
                self.fact(&instant, rdf::TYPE, NamedNode::new_unchecked(time::INSTANT));
                self.fact(&instant, rdfs::LABEL, text::english(&day.to_string()));
                self.fact(&instant, time::IN_XSD_DATE, text::date(day));
            }
        }
    }
}

/// Whether a text affirms the holding: as actual, or as settled for the future.
fn stated(claim: &Claim) -> bool {
    claim.polarity == Polarity::Affirmed
        && (claim.modality == Modality::Actual
            || (claim.modality == Modality::Planned && claim.status == Some(Status::Future)))
}

/// Role words in one spelling: one line, lower case but for words in capitals (acronyms).
fn normal_role(words: &str) -> String {
    text::flat(words)
        .split(' ')
        .map(|w| {
            let letters = w.chars().filter(|c| c.is_alphabetic()).count();
            if letters > 1 && w.chars().all(|c| !c.is_lowercase()) {
                w.to_owned()
            } else {
                w.to_lowercase()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}
