//! Events: triggers matched by the frames of the schema, their slots filled along the paths that the frames give.
//!
//! In: a document, its mentions and the schema. Out: one [`Claim`] per event that a sentence states, denies, plans or
//! supposes. Refuses: general truths, events inside names, page furniture, and slots that the sentence does not fill.

mod generic;
mod matching;
mod place;
mod slots;
mod when;

use super::grammar::Tree;
use super::scope::{self, Cues};
use super::{Claim, ClaimKind, Evidence, Filler, Modality, Polarity, Slot};
use crate::document::{BlockKind, Document};
use crate::mention::Mentions;
use crate::schema::{Schema, WordSet};
use english::Span;
use matching::Match;
pub(super) use matching::holds;
use rustc_hash::FxHashMap;
pub(super) use slots::Reader;

/// The events that the story sentences of a document state, in text order. Slots that name other events count in the list
/// returned, so keep it at the front of the document's claims or move the numbers with it.
pub fn find(document: &Document, mentions: &Mentions, schema: &Schema) -> Vec<Claim> {
    let cues = Cues::of(schema);
    let mut out = Vec::new();
    for (number, sentence) in mentions.sentences.iter().enumerate() {
        if mentions.story.get(number) != Some(&true) {
            continue;
        }
        let headline = document
            .block_at(sentence.span.start())
            .is_some_and(|b| b.kind == BlockKind::Headline);
        let tree = Tree::new(document.text(), sentence);
        let reader = Reader::new(&tree, mentions, number as u32, schema);
        let matches = matching::find(&tree, &reader, schema);
        if !matches.is_empty() {
            state(
                document, &reader, schema, &cues, headline, matches, &mut out,
            );
        }
    }
    out
}

/// A match with what was read around it.
struct Draft<'s> {
    matched: Match<'s>,
    slots: Vec<(String, Held)>,
    time: Option<u32>,
}

/// What a slot holds before events have numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held {
    /// A mention, text or event of another claim.
    Filler(Filler),
    /// The event that this token sets off.
    Trigger(u32),
}

/// Turns the matches of one sentence into claims.
fn state<'s>(
    document: &Document,
    reader: &Reader<'_>,
    schema: &'s Schema,
    cues: &Cues<'_>,
    headline: bool,
    matches: Vec<Match<'s>>,
    out: &mut Vec<Claim>,
) {
    let tree = reader.tree;
    let triggers: Vec<u32> = matches.iter().map(|m| m.token).collect();
    let addressing = schema.word_set("speech-addressing");
    let answers = schema.word_set("speech-answer");
    let refusals = schema.word_set("speech-refusal");
    let mut drafts: Vec<Draft<'s>> = matches
        .into_iter()
        .map(|matched| Draft {
            slots: slots::fill(reader, &matched, &triggers, addressing),
            time: None,
            matched,
        })
        .collect();
    absorb(&mut drafts, schema);
    place::assign(reader, &mut drafts, schema.gazetteer());
    when::assign(reader, &mut drafts);
    let base = out.len();
    let mut number_of: FxHashMap<u32, u32> = FxHashMap::default();
    let mut stated = Vec::new();
    let offences: Vec<u32> = drafts
        .iter()
        .flat_map(|d| &d.slots)
        .filter_map(|(name, held)| match held {
            Held::Trigger(token) if name == "offence" => Some(*token),
            _ => None,
        })
        .collect();
    for draft in drafts {
        let frame = draft.matched.frame;
        let needs = &frame.needs;
        let filled = |name: &String| {
            name == "time" && draft.time.is_some() || draft.slots.iter().any(|(n, _)| n == name)
        };
        if !needs.is_empty() && !needs.iter().any(filled) {
            continue;
        }
        let mut scope = scope::judge(tree, cues, draft.matched.token, draft.matched.light);
        if let Some(given) = frame.modality.as_deref()
            && scope.modality == Modality::Actual
        {
            scope.modality = match given {
                "Planned" => Modality::Planned,
                "Alleged" => Modality::Alleged,
                _ => Modality::Possible,
            };
        }
        // "is no longer needed": the trigger itself says that something has ended.
        if scope.polarity == Polarity::Negated && draft.matched.ends_something() {
            scope.polarity = Polarity::Affirmed;
        }
        // "agreed to a request for help": what is answered has been said, whatever it was about.
        let token = draft.matched.token;
        let answered = scope.cue.is_some_and(|c| {
            let said = |set: Option<&WordSet>| set.is_some_and(|a| a.contains(tree.lemma(c)));
            let answer = said(answers) || said(refusals);
            (answer && tree.head(token) == Some(c))
                || (tree.head(c) == Some(token) && tree.rel(c) == "nmod")
        });
        if frame.speech && answered && !tree.is_verb(token) {
            scope.modality = Modality::Actual;
            // "rejected the request", "the refusal of a request"
            let refused = scope
                .cue
                .is_some_and(|c| refusals.is_some_and(|r| r.contains(tree.lemma(c))));
            if refused && scope.polarity == Polarity::Negated {
                scope.polarity = Polarity::Affirmed;
            }
        }
        // What somebody is charged with is the offence of the charge, not an event of its own.
        let charged = offences.contains(&draft.matched.token);
        // "to respond to an attack" says nothing yet.
        let unsaid = frame.speech
            && scope.modality != Modality::Actual
            && tree.token(draft.matched.token).xpos == "VB"
            && tree.child(draft.matched.token, &["mark"]).is_some();
        // "the man accused of his murder" says who he is.
        let background = scope.modality == Modality::Alleged
            && scope.cue.is_some_and(|c| {
                let modifier = matches!(tree.rel(c), "acl" | "amod")
                    && tree.head(c) != Some(draft.matched.token);
                // "The man accused of it, …, fled": a participle that the parser took for the verb of the sentence.
                let misread = tree.is_verb(c)
                    && tree.child(c, &["obj", "aux", "aux:pass"]).is_none()
                    && tree.token(c).xpos.starts_with("VB");
                modifier || misread
            });
        if (charged && scope.modality == Modality::Alleged) || background || unsaid {
            continue;
        }
        if !generic::is_particular(reader, &draft, headline) {
            continue;
        }
        number_of.insert(draft.matched.token, (base + stated.len()) as u32);
        stated.push((draft, scope));
    }
    for (draft, scope) in stated {
        let trigger = matching::span(tree, &draft.matched);
        let evidence = Evidence {
            document: document.id().clone(),
            sentence: reader.number,
            span: tree.sentence.span,
            trigger,
            rule: format!(
                "event:{}:{}",
                draft.matched.frame.name, draft.matched.trigger.source
            ),
        };
        let sure = scope.modality == Modality::Actual && scope.polarity == Polarity::Affirmed;
        let confidence = confidence(&draft, sure);
        let mut claim = Claim::new(
            ClaimKind::Event,
            draft.matched.frame.iri.clone(),
            evidence,
            confidence,
        );
        claim.polarity = scope.polarity;
        claim.modality = scope.modality;
        claim.cue = scope.cue.map(|c| tree.token(c).span);
        claim.time = draft.time;
        for (name, held) in draft.slots {
            let filler = match held {
                Held::Filler(filler) => filler,
                Held::Trigger(token) => match number_of.get(&token) {
                    Some(&event) => Filler::Event(event),
                    None => Filler::Text(reader.phrase(token)),
                },
            };
            claim.slots.push(Slot { name, filler });
        }
        out.push(claim);
    }
}

/// A verb and its noun that name one event ("launch a review", "bring a charge") become one draft.
fn absorb(drafts: &mut Vec<Draft<'_>>, schema: &Schema) {
    let mut i = 0;
    while i < drafts.len() {
        let used = drafts[i].matched.used.clone();
        let mut j = 0;
        while j < drafts.len() {
            let same = j != i
                && used.contains(&drafts[j].matched.token)
                && (schema.is_a(&drafts[i].matched.frame.iri, &drafts[j].matched.frame.iri)
                    || schema.is_a(&drafts[j].matched.frame.iri, &drafts[i].matched.frame.iri));
            if !same {
                j += 1;
                continue;
            }
            let gone = drafts.remove(j);
            if j < i {
                i -= 1;
            }
            let keeper = &mut drafts[i];
            keeper.matched.others.push(gone.matched.token);
            for (name, held) in gone.slots {
                if !keeper.slots.iter().any(|(n, h)| *n == name || *h == held) {
                    keeper.slots.push((name, held));
                }
            }
        }
        i += 1;
    }
}

/// How sure: more slots and a firm scope are better.
fn confidence(draft: &Draft<'_>, sure: bool) -> f32 {
    let slots = draft
        .slots
        .iter()
        .filter(|(_, h)| matches!(h, Held::Filler(Filler::Mention(_))))
        .count()
        .min(3) as f32;
    let conditions = draft
        .matched
        .trigger
        .conditions
        .iter()
        .filter(|c| !c.negated)
        .count()
        .min(2) as f32;
    let base =
        0.7 + 0.06 * slots + 0.03 * conditions + if draft.time.is_some() { 0.02 } else { 0.0 };
    if sure {
        base.min(0.97)
    } else {
        (base - 0.05).min(0.97)
    }
}

/// The smallest span over some tokens.
pub(super) fn cover(
    tree: &Tree<'_>,
    tokens: impl Iterator<Item = u32>,
) -> Option<Span<english::Byte>> {
    tokens.map(|t| tree.token(t).span).reduce(Span::cover)
}
