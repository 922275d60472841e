//! Relations between two things: the plain triple, with its claim node.
//!
//! In: claims of kind `Relation`. Out: triples. Refuses: a relation one end of which has no node, and the plain triple of
//! a relation that nobody affirms as actual.

use super::{Filled, Weaver, text};
use crate::claim::ClaimKind;
use crate::entity::{DocumentNo, EntityId};
use crate::mention::MentionKind;
use crate::schema::vocab::local_name;
use oxigraph::model::Term;
use rustc_hash::{FxHashMap, FxHashSet};

impl Weaver<'_> {
    /// Writes every relation.
    pub(super) fn relations(&mut self) {
        let resolution = self.resolution;
        let mut places: FxHashMap<&str, EntityId> = FxHashMap::default();
        for (id, entity) in resolution.entities.iter().enumerate() {
            if entity.kind == MentionKind::Place {
                for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                    places.entry(name).or_insert(id as EntityId);
                }
            }
        }
        // The country whose people go by this word, if the articles name it.
        let gazetteer = self.schema.gazetteer();
        let country_of = |demonym: &str| {
            let country = gazetteer.demonym(demonym)?;
            places.get(country).copied()
        };
        for no in 0..self.extractions.len() as DocumentNo {
            // A sentence that names somebody twice says it once.
            let mut said = FxHashSet::default();
            for index in 0..self.extractions[no as usize].claims.len() as u32 {
                let x = &self.extractions[no as usize];
                let claim = &x.claims[index as usize];
                if claim.kind != ClaimKind::Relation || self.rejected((no, index)) {
                    continue;
                }
                let Some(Filled::Entity(subject)) =
                    claim.slot("subject").and_then(|f| self.filled(no, f))
                else {
                    continue;
                };
                let (object, words): (Term, String) =
                    match claim.slot("object").and_then(|f| self.filled(no, f)) {
                        Some(Filled::Entity(o)) if o != subject => (
                            self.entities[o as usize].clone().into(),
                            self.resolution.entities[o as usize].shown().to_owned(),
                        ),
                        Some(Filled::Entity(_) | Filled::Event(_)) => continue,
                        // "a Norwegian chemist": the country, where the articles name it.
                        Some(Filled::Words { said, .. }) if claim.time.is_none() => {
                            match country_of(&said) {
                                Some(country) => (
                                    self.entities[country as usize].clone().into(),
                                    self.resolution.entities[country as usize]
                                        .shown()
                                        .to_owned(),
                                ),
                                None => continue,
                            }
                        }
                        Some(Filled::Words { .. }) | None => {
                            let time = claim
                                .time
                                .and_then(|t| x.mentions.times.get(t as usize))
                                .map(|t| &t.value);
                            match time.and_then(|t| Some((text::time(t)?, text::time_in_words(t)?)))
                            {
                                Some((literal, words)) => (literal.into(), words),
                                None => continue,
                            }
                        }
                    };
                let sentence = claim.evidence().sentence;
                if !said.insert((sentence, claim.frame.clone(), subject, object.to_string())) {
                    continue;
                }
                let label = format!(
                    "{} – {} – {words}",
                    self.resolution.entities[subject as usize].shown(),
                    in_words(local_name(&claim.frame)),
                );
                let (frame, direct) = (claim.frame.clone(), claim.is_fact());
                let subject = self.entities[subject as usize].clone();
                self.state(&subject, &frame, object, (no, index), &label, direct);
            }
        }
    }
}

/// A property's local name in words ("birthPlace" → "birth place").
pub(super) fn in_words(local: &str) -> String {
    let mut out = String::with_capacity(local.len() + 4);
    for c in local.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}
