//! People, organisations and places.
//!
//! In: resolved entities. Out: their types, names and containment. Refuses: a node for anybody whom no text names.

use super::{Weaver, text};
use crate::entity::{Things, Verdict};
use crate::mention::MentionKind;
use crate::schema::vocab::{foaf, nl, org, rdf, rdfs, schema, sem, skos};
use oxigraph::model::NamedNode;

/// Path segment of a kind's IRIs; facilities are places, so that a change of mind between the two keeps the IRI.
pub(super) const fn kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Person => "person",
        MentionKind::Group => "group",
        MentionKind::Organisation => "org",
        MentionKind::Place | MentionKind::Facility => "place",
        MentionKind::Other => "thing",
    }
}

/// Classes of a kind.
const fn classes(kind: MentionKind) -> &'static [&'static str] {
    match kind {
        MentionKind::Person => &[foaf::PERSON, schema::PERSON],
        MentionKind::Organisation => &[org::ORGANIZATION, foaf::ORGANIZATION, schema::ORGANIZATION],
        MentionKind::Place => &[schema::PLACE, sem::PLACE],
        MentionKind::Facility => &[schema::PLACE, sem::PLACE, nl::FACILITY],
        MentionKind::Group => &[foaf::GROUP],
        MentionKind::Other => &[],
    }
}

impl Weaver<'_> {
    /// Writes every entity, which documents name it, and how entities lie in one another.
    pub(super) fn entities(&mut self) {
        for (entity, iri) in self.resolution.entities.iter().zip(self.entities.clone()) {
            for class in classes(entity.kind) {
                self.fact(&iri, rdf::TYPE, NamedNode::new_unchecked(*class));
            }
            self.named(&iri, entity.shown());
            self.fact(&iri, schema::NAME, text::english(entity.shown()));
            for alias in &entity.aliases {
                self.fact(&iri, skos::ALT_LABEL, text::english(alias));
            }
            for &(no, _) in &entity.chains {
                let document = self.documents[no as usize].clone();
                self.of_document(no, &document, schema::MENTIONS, iri.clone());
            }
        }
        for &(inner, outer) in &self.resolution.containment {
            let (inner, outer) = (
                self.entities[inner as usize].clone(),
                self.entities[outer as usize].clone(),
            );
            self.fact(&inner, schema::CONTAINED_IN_PLACE, outer);
        }
    }

    /// Links what may be one, and says why.
    pub(super) fn possibly_same(&mut self) {
        for judgement in &self.resolution.judgements {
            let (Verdict::Possible, Some(things)) = (judgement.verdict, judgement.things) else {
                continue;
            };
            let (a, b) = match things {
                Things::Entities(a, b) => (
                    self.entities[a as usize].clone(),
                    self.entities[b as usize].clone(),
                ),
                Things::Events(a, b) => (
                    self.events[a as usize].iri.clone(),
                    self.events[b as usize].iri.clone(),
                ),
            };
            self.fact(&a, nl::POSSIBLY_SAME_AS, b.clone());
            self.fact(&b, nl::POSSIBLY_SAME_AS, a.clone());
            let claim = self.iris.claim(
                &a,
                &NamedNode::new_unchecked(nl::POSSIBLY_SAME_AS),
                &b.clone().into(),
            );
            self.fact(&claim, LINKS, a);
            self.fact(&claim, LINKS, b);
            self.fact(&claim, rdf::TYPE, NamedNode::new_unchecked(POSSIBLE_LINK));
            self.fact(
                &claim,
                rdfs::LABEL,
                text::english(&format!(
                    "{} may be {}",
                    judgement.about.0, judgement.about.1
                )),
            );
            for reason in &judgement.reasons {
                self.fact(&claim, REASON, text::english(&reason.words));
            }
        }
    }
}

/// Class of an open question of identity.
const POSSIBLE_LINK: &str = "https://w3id.org/newsloom/ns#PossibleLink";
/// A reason for or against an identity.
const REASON: &str = "https://w3id.org/newsloom/ns#reason";
/// From an open question of identity to the two things.
const LINKS: &str = "https://w3id.org/newsloom/ns#links";
