//! How real a clause is and when it holds, for the roles that it states.
//!
//! In: a verb or predicate of a sentence. Out: polarity, modality and tense, as auxiliaries, adverbs and what governs the
//! clause say. Refuses: to say who holds what.

use super::Scene;
use crate::claim::{Modality, Polarity};
use crate::mention::is_relation;
use english::Upos;

/// How real and when a clause is.
#[derive(Clone, Copy)]
pub(super) struct Mood {
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    pub(super) future: bool,
    /// "no longer".
    pub(super) over: bool,
}

/// Whether one of the words is an auxiliary of `head` before `before`.
pub(super) fn auxiliary(scene: &Scene<'_>, head: usize, before: usize, words: &[&str]) -> bool {
    let line = scene.line;
    line.children(head)
        .iter()
        .any(|&c| (c as usize) < before && words.contains(&line.lower(c as usize)))
        || before > 0 && words.contains(&line.lower(before - 1))
}

/// Polarity, modality and tense of the clause headed at `head`, whose finite part is at `verb`.
pub(super) fn mood(scene: &Scene<'_>, head: usize, verb: usize) -> Mood {
    let line = scene.line;
    let mut mood = Mood {
        polarity: Polarity::Affirmed,
        modality: Modality::Actual,
        future: false,
        over: false,
    };
    let from = verb.saturating_sub(4);
    let near = (from..verb.max(head).min(verb + 4)).filter(|&t| t != verb);
    let children = line.children(head).iter().map(|&c| c as usize);
    for t in near
        .filter(|&t| {
            matches!(
                line.upos(t),
                Upos::Aux | Upos::Adv | Upos::Part | Upos::Det | Upos::Verb
            ) && (line.head(t) == Some(head) || t + 2 >= verb)
        })
        .chain(children.filter(|&c| c < head))
    {
        match line.lower(t) {
            "not" | "n't" | "never" => mood.polarity = Polarity::Negated,
            "will" | "'ll" | "shall" => mood.future = true,
            "may" | "might" | "could" | "would" | "should" | "can" | "must" => {
                mood.modality = Modality::Possible;
            }
            "longer" if t > 0 && line.lower(t - 1) == "no" => mood.over = true,
            "if" | "unless" | "whether" => mood.modality = Modality::Possible,
            "allegedly" | "reportedly" => mood.modality = Modality::Alleged,
            _ => {}
        }
    }
    if mood.over {
        mood.polarity = Polarity::Affirmed;
    }
    // What governs the clause.
    let mut at = head;
    for _ in 0..2 {
        let Some(up) = line.head(at) else { break };
        let relation = line.deprel(at);
        let infinitive = line
            .child(at, "mark")
            .is_some_and(|m| line.lower(m) == "to")
            || at > 0 && line.lower(at - 1) == "to"
            || verb > 0 && line.lower(verb - 1) == "to";
        if !(is_relation(relation, "xcomp")
            || is_relation(relation, "ccomp")
            || is_relation(relation, "advcl")
            || is_relation(relation, "acl") && infinitive)
        {
            break;
        }
        govern(line.token(up).lemma.as_ref(), infinitive, &mut mood);
        at = up;
    }
    // "tipped to be", "refused to become", "denied being" right before, whatever the tree says.
    if verb >= 2 && line.lower(verb - 1) == "to" {
        mood.future = true;
        if !govern(line.token(verb - 2).lemma.as_ref(), true, &mut mood) {
            mood.modality = Modality::Possible;
        }
    } else if verb >= 1 && line.token(verb).xpos == "VBG" {
        govern(line.token(verb - 1).lemma.as_ref(), false, &mut mood);
    }
    if line
        .sentence
        .tokens
        .last()
        .is_some_and(|t| t.span.slice(line.text) == "?")
    {
        mood.modality = Modality::Possible;
    }
    mood
}

/// Applies what a governing verb or adjective says of the clause under it; whether it says anything.
fn govern(lemma: &str, infinitive: bool, mood: &mut Mood) -> bool {
    match lemma {
        "want" | "hope" | "aim" | "plan" | "intend" | "seek" | "try" | "attempt" | "bid"
        | "run" | "aspire" | "wish" | "offer" | "apply" | "campaign" | "ask" | "invite"
        | "urge" | "ready" => {
            mood.modality = Modality::Possible;
            mood.future = true;
        }
        "tip" | "expect" | "rumour" | "rumor" | "favourite" | "favorite" | "likely" | "poise"
        | "consider" | "speculate" | "line" => {
            mood.modality = Modality::Possible;
            mood.future = true;
        }
        "set" | "due" | "agree" | "prepare" | "appoint" | "elect" | "name" | "choose"
        | "schedule" => {
            mood.modality = Modality::Planned;
            mood.future = true;
        }
        "refuse" | "decline" | "deny" | "fail" | "reject" => mood.polarity = Polarity::Negated,
        "claim" | "allege" | "accuse" | "pretend" | "pose" => mood.modality = Modality::Alleged,
        "go" if infinitive => mood.future = true,
        "continue" | "remain" => mood.future = false,
        _ => return false,
    }
    true
}
