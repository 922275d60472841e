//! Binary relations: who was born where, who founded what, which body is part of which.
//!
//! In: a document, its mentions and the relations of the schema. Out: one [`Claim`] of kind `Relation` for each pair that a
//! sentence relates. Refuses: a pair without a word that names the relation (mere co-occurrence), and a pair that the
//! learned scorer finds unlikely.
//!
//! Frames propose: a relation's triggers are its cues, its slots say what kinds of things it joins. The scorer, a logistic
//! regression over the dependency path and the words around (after Mintz and others, "Distant supervision for relation
//! extraction without labeled data", ACL 2009), accepts or rejects and gives the confidence.

pub mod candidates;
pub mod features;
pub mod model;
mod tie;

use super::grammar::Tree;
use super::roles::is_no_name;
use super::scope::{self, Cues};
use super::{Claim, ClaimKind, Evidence, Filler, Modality, Polarity, Slot};
use crate::document::{BlockKind, Document};
use crate::mention::{Form, Line, Mentions};
use crate::schema::Schema;
use candidates::{Candidate, Object, Stand};
use model::RelationModel;

/// Confidence of a pair that a file's own patterns join, where the scorer was never trained on that relation.
const BY_PATTERN: f32 = 0.8;

/// The relations that the story sentences of a document state, in text order. `stated`: the other claims of the document.
pub fn find(
    document: &Document,
    mentions: &Mentions,
    schema: &Schema,
    stated: &[Claim],
) -> Vec<Claim> {
    find_with(
        RelationModel::embedded(),
        document,
        mentions,
        schema,
        stated,
    )
}

/// The same by another scorer, as training needs it to score what it has not seen.
pub fn find_with(
    model: &RelationModel,
    document: &Document,
    mentions: &Mentions,
    schema: &Schema,
    stated: &[Claim],
) -> Vec<Claim> {
    let cues = Cues::of(schema);
    let mut out = Vec::new();
    let mut features = Vec::new();
    for (number, sentence) in mentions.sentences.iter().enumerate() {
        let story = mentions.story.get(number) == Some(&true);
        // Headlines drop the words that tell who is related to whom.
        let body = document
            .block_at(sentence.span.start())
            .is_none_or(|b| b.kind != BlockKind::Headline);
        if !story || !body || !mentions.several_in(number as u32) {
            continue;
        }
        let tree = Tree::new(document.text(), sentence);
        let mut chosen: Vec<(Candidate, f32)> = Vec::new();
        let told = told(mentions, number as u32, stated);
        for candidate in candidates::find(&tree, mentions, number as u32, schema) {
            if !candidate.held {
                continue;
            }
            let relation = &schema.relations[candidate.relation];
            if relation.told_by.as_deref().is_some_and(|class| {
                let chain = |m: u32| mentions.mentions[m as usize].chain;
                matches!(candidate.object, Object::Mention(o)
                    if told.contains(&(class, chain(candidate.subject), chain(o))))
            }) {
                continue;
            }
            let confidence = match model.relation(&relation.iri) {
                Some(known) => {
                    features.clear();
                    features::of(&tree, mentions, schema, &candidate, &mut features);
                    let p = model.probability(known, &features);
                    if p < model.threshold(known) {
                        continue;
                    }
                    p
                }
                None if (candidate.patterned || candidate.shown)
                    && candidate.stand != Stand::Inside =>
                {
                    BY_PATTERN
                }
                None => continue,
            };
            chosen.push((candidate, confidence));
        }
        if chosen.is_empty() {
            continue;
        }
        let line = Line::new(document.text(), sentence, number as u32);
        let named = |m: u32| !is_no_name(&line, &mentions.mentions[m as usize], schema);
        chosen.retain(|(c, _)| {
            named(c.subject)
                && match c.object {
                    Object::Mention(m) => named(m),
                    Object::Time(_) => true,
                }
        });
        let chosen = by_name(mentions, chosen);
        for (candidate, confidence) in one_way(schema, chosen) {
            out.push(claim(
                document,
                &tree,
                mentions,
                schema,
                &cues,
                number as u32,
                &candidate,
                confidence,
            ));
        }
    }
    out
}

/// Frame and the chains of each two mentions that other claims of a sentence join, either way.
fn told<'c>(mentions: &Mentions, sentence: u32, stated: &'c [Claim]) -> Vec<(&'c str, u32, u32)> {
    let mut out = Vec::new();
    for claim in stated.iter().filter(|c| c.evidence().sentence == sentence) {
        let chains: Vec<u32> = claim
            .slots
            .iter()
            .filter_map(|s| match s.filler {
                Filler::Mention(m) => Some(mentions.mentions[m as usize].chain),
                _ => None,
            })
            .collect();
        for &a in &chains {
            out.extend(chains.iter().map(|&b| (claim.frame.as_str(), a, b)));
        }
    }
    out
}

/// "Before his death in May, Ada Pike …": where a name and a pronoun that was taken for somebody else claim the same other
/// end, the name has it.
fn by_name(mentions: &Mentions, chosen: Vec<(Candidate, f32)>) -> Vec<(Candidate, f32)> {
    let form = |m: u32| mentions.mentions[m as usize].form;
    let chain = |m: u32| mentions.mentions[m as usize].chain;
    let object = |c: &Candidate| match c.object {
        Object::Mention(m) => Ok(m),
        Object::Time(t) => Err(t),
    };
    let rival = |named: u32, by_pronoun: u32| {
        form(by_pronoun) == Form::Pronoun
            && form(named) == Form::Name
            && chain(named) != chain(by_pronoun)
            && mentions.chains[chain(by_pronoun) as usize].name.is_some()
    };
    let keep: Vec<bool> = chosen
        .iter()
        .map(|(c, _)| {
            !chosen.iter().any(|(o, _)| {
                o.relation == c.relation
                    && (object(o) == object(c) && rival(o.subject, c.subject)
                        || o.subject == c.subject
                            && matches!((o.object, c.object), (Object::Mention(a), Object::Mention(b))
                                if rival(a, b)))
            })
        })
        .collect();
    let mut keep = keep.into_iter();
    chosen
        .into_iter()
        .filter(|_| keep.next().unwrap_or(true))
        .collect()
}

/// Keeps one of the two orders in which the two ends of a symmetric relation can be told, the surer.
fn one_way(schema: &Schema, chosen: Vec<(Candidate, f32)>) -> Vec<(Candidate, f32)> {
    let mut out: Vec<(Candidate, f32)> = Vec::with_capacity(chosen.len());
    for (candidate, confidence) in chosen {
        let other = out.iter().position(|(c, _)| {
            schema.relations[c.relation].symmetric
                && c.relation == candidate.relation
                && c.object == Object::Mention(candidate.subject)
                && candidate.object == Object::Mention(c.subject)
        });
        match other {
            Some(at) if out[at].1 < confidence => out[at] = (candidate, confidence),
            Some(_) => {}
            None => out.push((candidate, confidence)),
        }
    }
    out
}

/// The claim of an accepted candidate.
#[expect(
    clippy::too_many_arguments,
    reason = "one place turns a candidate into a claim"
)]
fn claim(
    document: &Document,
    tree: &Tree<'_>,
    mentions: &Mentions,
    schema: &Schema,
    cues: &Cues<'_>,
    number: u32,
    candidate: &Candidate,
    confidence: f32,
) -> Claim {
    let relation = &schema.relations[candidate.relation];
    let scope = scope::judge(tree, cues, candidate.cue, None);
    let evidence = Evidence {
        document: document.id().clone(),
        sentence: number,
        span: tree.sentence.span,
        trigger: tree.token(candidate.cue).span,
        rule: format!(
            "relation:{}:{}",
            relation.name,
            tree.lemma(candidate.cue).to_lowercase()
        ),
    };
    let mut claim = Claim::new(
        ClaimKind::Relation,
        relation.iri.clone(),
        evidence,
        confidence,
    );
    claim.polarity = scope.polarity;
    claim.modality = scope.modality;
    claim.cue = scope.cue.map(|c| tree.token(c).span);
    if scope.polarity != Polarity::Affirmed || scope.modality != Modality::Actual {
        claim.confidence *= 0.95;
    }
    let object = match candidate.object {
        Object::Mention(m) => Filler::Mention(m),
        Object::Time(t) => {
            claim.time = Some(t);
            Filler::Text(mentions.times[t as usize].span)
        }
    };
    for (name, filler) in [
        ("subject", Filler::Mention(candidate.subject)),
        ("object", object),
    ] {
        claim.slots.push(Slot {
            name: name.to_owned(),
            filler,
        });
    }
    claim
}
