//! Who is meant by an office alone ("the home secretary"), when the document itself does not say.
//!
//! In: unnamed chains that name an office, and the roles that sister documents state. Out: [`Meant`]: the person each stands
//! for, with the claim that says so. Refuses: an office of which two people are said to be the holder within the story, one
//! that only names a kind of person ("a spokesman"), and to put the person into the mouth of the document that was silent.

use super::unit::Units;
use super::{DocumentNo, EntityId, name};
use crate::claim::{ClaimKind, Extraction, Filler, Status};
use crate::mention::{ChainId, Form, MentionKind};
use crate::schema::Schema;
use std::collections::BTreeMap;

/// Whom a chain means, and the role claim of another document that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    /// The person.
    pub entity: EntityId,
    /// The claim that gives the person the office.
    pub settled_by: (DocumentNo, u32),
}

/// The holders meant by unnamed chains.
pub(super) type Meant = BTreeMap<(DocumentNo, ChainId), Holder>;

/// Finds the holders meant within each story.
pub(super) fn meant(
    extractions: &[Extraction],
    schema: &Schema,
    units: &Units,
    story: &[u32],
    entity_of: &BTreeMap<(DocumentNo, ChainId), EntityId>,
) -> Meant {
    // Who holds an office, by story and words of the office.
    let mut holders: BTreeMap<(u32, String), BTreeMap<EntityId, (DocumentNo, u32)>> =
        BTreeMap::new();
    for (rank, &no) in units.documents.iter().enumerate() {
        let x = &extractions[no as usize];
        for (index, claim) in x.claims.iter().enumerate() {
            let current = matches!(claim.status, Some(Status::Current));
            if claim.kind != ClaimKind::Role || !claim.is_fact() || !current {
                continue;
            }
            let (Some(role), Some(Filler::Mention(m))) = (&claim.role, claim.slot("member")) else {
                continue;
            };
            let Some(mention) = x.mentions.mentions.get(*m as usize) else {
                continue;
            };
            // The sentence that settles who is meant has to name the person itself.
            if mention.form != Form::Name {
                continue;
            }
            if let Some(&entity) = entity_of.get(&(no, mention.chain))
                && role.qualifier.is_none()
            {
                let Some(office) = role.concept.clone().filter(|c| is_office(schema, c)) else {
                    continue;
                };
                holders
                    .entry((story[rank], office))
                    .or_default()
                    .entry(entity)
                    .or_insert((no, index as u32));
            }
        }
    }
    let mut out = Meant::new();
    for (rank, &no) in units.documents.iter().enumerate() {
        let x = &extractions[no as usize];
        for (chain, c) in x.mentions.chains.iter().enumerate() {
            if c.name.is_some() || c.kind != MentionKind::Person {
                continue;
            }
            let Some(office) = office(x, &c.mentions, schema) else {
                continue;
            };
            let Some(known) = holders.get(&(story[rank], office)) else {
                continue;
            };
            let mut fitting = known.iter();
            if let (Some((&entity, &settled_by)), None) = (fitting.next(), fitting.next())
                && settled_by.0 != no
            {
                out.insert((no, chain as ChainId), Holder { entity, settled_by });
            }
        }
    }
    out
}

/// The office that a chain's first nominal mention names with the definite article.
fn office(x: &Extraction, mentions: &[u32], schema: &Schema) -> Option<String> {
    mentions.iter().find_map(|&m| {
        let mention = x.mentions.mentions.get(m as usize)?;
        if mention.form != Form::Nominal {
            return None;
        }
        let words = name::words(x.document.slice(mention.span));
        if words.first().is_none_or(|w| w != "the") {
            return None;
        }
        let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        let (concept, length) = schema.roles.find(&words)?;
        (length == words.len() && is_office(schema, &concept.iri)).then(|| concept.iri.clone())
    })
}

/// Whether a role is one post of one body, so that one person holds it at a time.
fn is_office(schema: &Schema, concept: &str) -> bool {
    schema
        .roles
        .concept(concept)
        .is_some_and(|c| c.implies.is_some())
}
