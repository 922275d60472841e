//! Relations between two things: the plain triple, with its claim node.
//!
//! In: claims of kind `Relation`. Out: triples. Refuses: a relation one end of which has no node, and the plain triple of
//! a relation that nobody affirms as actual.

use super::{Filled, Weaver, text};
use crate::claim::ClaimKind;
use crate::entity::DocumentNo;
use crate::schema::vocab::local_name;
use oxigraph::model::Term;

impl Weaver<'_> {
    /// Writes every relation.
    pub(super) fn relations(&mut self) {
        for no in 0..self.extractions.len() as DocumentNo {
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
                        Some(Filled::Words(w)) => (text::english(&w).into(), w),
                        Some(_) => continue,
                        None => {
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
