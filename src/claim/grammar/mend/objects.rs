//! Subjects and objects that a verb was given wrongly.
//!
//! In: the arcs of a sentence and a token. Out: the arcs, mended. Refuses: verbs with one subject and one object.

use super::{Arc, has};
use crate::mention::lexicon::{Class, Lexicon};
use english::{NameKind, Sentence, Upos};

/// "granted Ada Pike bail" with the name for a part of "bail": the person right after the verb gets what follows.
pub(super) fn name_of_who_gets(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let tokens = &sentence.tokens;
    if tokens[verb].upos != Upos::Verb
        || !Lexicon::embedded()
            .verb(&tokens[verb].lemma)
            .is(Class::GIVING)
        || has(arcs, verb, |r| r == "iobj" || r == "aux:pass")
    {
        return;
    }
    let Some(name) = sentence
        .names
        .iter()
        .find(|n| n.kind == NameKind::Person && n.tokens.start() == verb + 1)
    else {
        return;
    };
    let inside = |t: usize| name.tokens.holds(t);
    let top = name
        .tokens
        .range()
        .find(|&t| arcs[t].0.is_none_or(|h| !inside(h as usize)));
    let Some(top) = top else { return };
    if let (Some(object), "compound") = arcs[top]
        && arcs[object as usize] == (Some(verb as u32), "obj")
    {
        arcs[top] = (Some(verb as u32), "iobj");
    }
}

/// "lent it a few officers": of two objects that nothing joins, the first is who gets the second.
pub(super) fn first_of_two_objects(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    if sentence.tokens[verb].upos != Upos::Verb || has(arcs, verb, |r| r == "iobj") {
        return;
    }
    let mut objects = (verb + 1..arcs.len()).filter(|&t| arcs[t] == (Some(verb as u32), "obj"));
    if let (Some(first), Some(_), None) = (objects.next(), objects.next(), objects.next()) {
        arcs[first].1 = "iobj";
    }
}

/// "urged ministers to act": who gets nothing is the object.
pub(super) fn only_object(arcs: &mut [Arc], noun: usize) {
    if let (Some(verb), "iobj") = arcs[noun]
        && !has(arcs, verb as usize, |r| matches!(r, "obj" | "ccomp"))
    {
        arcs[noun].1 = "obj";
    }
}

/// "Pike later resigned", "whom the states have criticised": without "be" there is no passive where the verb takes no object
/// or has "have" before it.
pub(super) fn active_after_all(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let tokens = &sentence.tokens;
    if tokens[verb].upos != Upos::Verb || has(arcs, verb, |r| r == "aux:pass") {
        return;
    }
    let have =
        (0..verb).any(|c| arcs[c] == (Some(verb as u32), "aux") && &*tokens[c].lemma == "have");
    if !have
        && !Lexicon::embedded()
            .verb(&tokens[verb].lemma)
            .is(Class::INTRANSITIVE)
    {
        return;
    }
    for arc in &mut arcs[..verb] {
        if *arc == (Some(verb as u32), "nsubj:pass") {
            arc.1 = "nsubj";
        }
    }
}

/// "The couple separated": a noun right before a finite verb that has no subject is it.
pub(super) fn subject_without_preposition(sentence: &Sentence, arcs: &mut [Arc], noun: usize) {
    let verb = noun + 1;
    if verb < arcs.len()
        && arcs[noun] == (Some(verb as u32), "obl:unmarked")
        && matches!(sentence.tokens[verb].xpos, "VBD" | "VBZ" | "VBP")
        && matches!(arcs[verb].1, "root" | "ccomp" | "advcl")
        && !has(arcs, verb, |r| {
            r.starts_with("nsubj") || r.starts_with("aux")
        })
    {
        arcs[noun].1 = "nsubj";
    }
}

/// "A review by Ofsted found gaps" with "Ofsted" for a subject and "by" for what opens its clause: no clause opens with "by"
/// where the verb has another subject, so the noun belongs to that one.
pub(super) fn phrase_taken_for_subject(sentence: &Sentence, arcs: &mut [Arc], noun: usize) {
    let (Some(verb), "nsubj" | "nsubj:pass") = arcs[noun] else {
        return;
    };
    let subject = (0..noun).find(|&t| arcs[t].0 == Some(verb) && arcs[t].1.starts_with("nsubj"));
    let opens = (0..noun).rev().find(|&t| arcs[t] == (Some(verb), "mark"));
    let (Some(subject), Some(opens)) = (subject, opens) else {
        return;
    };
    if subject < opens
        && matches!(
            &*sentence.tokens[opens].lemma,
            "by" | "of" | "from" | "in" | "at" | "with"
        )
    {
        arcs[opens] = (Some(noun as u32), "case");
        arcs[noun] = (Some(subject as u32), "nmod");
    }
}

/// "A, 42, and his wife B are on trial": of two subjects with "and" between them the second is joined to the first.
pub(super) fn coordinated_subjects(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let subjects: Vec<usize> = (0..verb)
        .filter(|&c| arcs[c].0 == Some(verb as u32) && arcs[c].1.starts_with("nsubj"))
        .collect();
    let joined = |first: usize, second: usize| {
        let between = &sentence.tokens[first + 1..second];
        between.iter().any(|t| &*t.lemma == "and")
            && between
                .iter()
                .all(|t| !matches!(t.upos, Upos::Verb | Upos::Aux))
    };
    match subjects[..] {
        [first, second] if joined(first, second) => {
            arcs[second] = (Some(first as u32), "conj");
        }
        // The parser took the first for a sentence of its own.
        [second] if arcs[verb].1 == "parataxis" => {
            let Some(first) = arcs[verb].0.map(|h| h as usize) else {
                return;
            };
            if first < second
                && matches!(sentence.tokens[first].upos, Upos::Propn | Upos::Noun)
                && joined(first, second)
            {
                arcs[verb] = arcs[first];
                arcs[first] = (Some(verb as u32), arcs[second].1);
                arcs[second] = (Some(first as u32), "conj");
            }
        }
        _ => {}
    }
}

/// "said on Monday it would cut jobs": a phrase between the verb and the subject of what is said belongs to the verb.
pub(super) fn phrase_before_content(sentence: &Sentence, arcs: &mut [Arc], phrase: usize) {
    let (Some(content), "obl" | "obl:unmarked") = arcs[phrase] else {
        return;
    };
    let content = content as usize;
    let (Some(verb), "ccomp") = arcs[content] else {
        return;
    };
    let verb = verb as usize;
    let of_content = |t: usize| arcs[t].0 == Some(content as u32);
    let opened = (0..phrase)
        .any(|t| of_content(t) && (arcs[t].1 == "mark" || arcs[t].1.starts_with("nsubj")));
    let subject = (phrase + 1..content).any(|t| of_content(t) && arcs[t].1.starts_with("nsubj"));
    let pause = (verb + 1..phrase).any(|t| sentence.tokens[t].upos == Upos::Punct);
    if verb < phrase && phrase < content && subject && !opened && !pause {
        arcs[phrase].0 = Some(verb as u32);
    }
}
