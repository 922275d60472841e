//! Particular events and general truths.
//!
//! In: a draft. Out: whether it states one event (or several) rather than a kind of event. Refuses: "armed officers protect
//! ministers", "any attack", "misconduct cases".

use super::{Draft, Held, slots::Reader};
use crate::claim::Filler;
use english::Upos;

/// Whether the draft is about something particular.
pub(super) fn is_particular(reader: &Reader<'_>, draft: &Draft<'_>, headline: bool) -> bool {
    let tree = reader.tree;
    let at = draft.matched.token;
    if tree.is_verb(at) || tree.token(at).upos == Upos::Adj {
        return headline
            || draft.matched.frame.speech
            || !(is_habit(reader, draft, at) || of_a_kind(reader, draft, at));
    }
    // "figure skating", "letter bomb": a word for something said, before another noun, says what kind that is.
    if draft.matched.frame.speech && tree.rel(at) == "compound" {
        return false;
    }
    // "judges grant bail"
    if !headline
        && draft
            .matched
            .light
            .is_some_and(|v| is_habit(reader, draft, v))
    {
        return false;
    }
    let grounded = draft.time.is_some()
        || draft.slots.iter().any(|(_, h)| is_named(reader, h))
        || draft.matched.light.is_some_and(|v| {
            !matches!(tree.token(v).xpos, "VBP" | "VBZ") || !is_bare_plural(reader, at)
        });
    if grounded {
        return true;
    }
    let plural = tree.token(at).xpos.ends_with('S');
    let mut determined = false;
    for c in tree.with_rel(at, &["det", "nmod:poss", "nummod"]) {
        match tree.lemma(c).to_lowercase().as_str() {
            "any" | "every" | "each" | "such" | "what" | "no" | "which" | "whatever" | "some" => {
                return false;
            }
            "a" | "an" => determined |= is_introduced(reader, at),
            _ => determined = true,
        }
    }
    if tree.rel(at) == "compound" {
        return false;
    }
    if plural {
        return determined
            && draft
                .slots
                .iter()
                .any(|(_, h)| matches!(h, Held::Filler(Filler::Mention(_))));
    }
    determined
}

/// "decisions", "attacks": a kind, when nothing determines it.
fn is_bare_plural(reader: &Reader<'_>, noun: u32) -> bool {
    reader.tree.token(noun).xpos.ends_with('S')
        && reader
            .tree
            .child(noun, &["det", "nmod:poss", "nummod"])
            .is_none()
}

/// "a" before an event noun brings in a new event only where something is said to be done with it.
fn is_introduced(reader: &Reader<'_>, noun: u32) -> bool {
    let tree = reader.tree;
    match tree.rel(noun) {
        "obj" | "nsubj" | "nsubj:pass" | "obl" | "root" | "conj" => {
            tree.head(noun).is_none_or(|h| {
                !tree.is_verb(h)
                    || matches!(tree.token(h).xpos, "VBD" | "VBN" | "VBG" | "VBZ" | "VBP")
            })
        }
        "nmod" => tree
            .preposition(noun)
            .is_some_and(|p| matches!(p.as_str(), "after" | "following" | "of" | "during" | "in")),
        _ => false,
    }
}

/// "people fleeing war need help": a participle of a bare plural in a clause about the present.
fn of_a_kind(reader: &Reader<'_>, draft: &Draft<'_>, at: u32) -> bool {
    let tree = reader.tree;
    let Some(noun) = tree.head(at).filter(|_| tree.rel(at) == "acl") else {
        return false;
    };
    if tree.token(at).xpos != "VBG" || draft.time.is_some() || !is_bare_plural(reader, noun) {
        return false;
    }
    let mut over = noun;
    for _ in 0..5 {
        let Some(head) = tree.head(over) else { break };
        over = head;
        if tree.is_verb(over) || tree.child(over, &["cop"]).is_some() {
            let finite = tree
                .child(over, &["aux", "aux:pass", "cop"])
                .unwrap_or(over);
            return matches!(tree.token(finite).xpos, "VBZ" | "VBP" | "MD")
                && tree.lemma(finite) != "have"
                && !(tree.token(over).xpos == "VBG" && tree.lemma(finite) == "be");
        }
    }
    false
}

fn is_named(reader: &Reader<'_>, held: &Held) -> bool {
    match held {
        Held::Filler(Filler::Mention(id)) => {
            let m = &reader.mentions.mentions[*id as usize];
            m.form != crate::mention::Form::Nominal
                || reader
                    .mentions
                    .chains
                    .get(m.chain as usize)
                    .is_some_and(|c| c.name.is_some())
        }
        _ => false,
    }
}

/// The verb `at` in the present simple with a subject that is a kind: "officers carry weapons", "a judge grants bail".
fn is_habit(reader: &Reader<'_>, draft: &Draft<'_>, at: u32) -> bool {
    let tree = reader.tree;
    // The finite word of the clause.
    let finite = tree
        .child(at, &["aux", "cop"])
        .map_or(tree.token(at).xpos, |c| tree.token(c).xpos);
    let have = tree
        .with_rel(at, &["aux"])
        .any(|c| matches!(tree.lemma(c), "have" | "be"));
    let passive_present = tree.with_rel(at, &["aux:pass"]).next().is_some();
    if !matches!(finite, "VBZ" | "VBP")
        || (have && !passive_present)
        || tree
            .with_rel(at, &["aux"])
            .any(|c| matches!(tree.lemma(c), "have"))
    {
        return false;
    }
    let subjects = tree.surface_subjects(at);
    let Some(&subject) = subjects.first() else {
        return false;
    };
    let particular = reader.mention(subject).is_some_and(|id| {
        let m = &reader.mentions.mentions[id as usize];
        m.form != crate::mention::Form::Nominal
    }) || draft.time.is_some();
    if particular {
        return false;
    }
    let mut definite = false;
    for c in tree.with_rel(subject, &["det", "nmod:poss", "nummod"]) {
        match tree.lemma(c).to_lowercase().as_str() {
            "a" | "an" | "any" | "every" | "each" | "no" | "all" => return true,
            _ => definite = true,
        }
    }
    !definite
}
