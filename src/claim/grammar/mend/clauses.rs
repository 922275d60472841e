//! Clauses that begin or end at the wrong word.
//!
//! In: the arcs of a sentence, and a verb. Out: the arcs, mended. Refuses: clauses whose words leave two readings.

use super::{Arc, has};
use english::{Sentence, Upos};

/// "They left after their colleague, known as X, was charged": a finite verb that nothing coordinates and that has no subject
/// belongs to the subordinator which the parser took for a preposition; the noun of that phrase is its subject.
pub(super) fn clause_after_subordinator(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let tokens = &sentence.tokens;
    let head = match arcs[verb] {
        (Some(head), "conj" | "parataxis" | "advcl") => head as usize,
        // The parser may hang it on the noun as a participle; then the clause goes where the noun was.
        (Some(noun), "acl") if tokens[verb].xpos == "VBD" => match arcs[noun as usize].0 {
            Some(head) => head as usize,
            None => return,
        },
        _ => return,
    };
    if head >= verb
        || has(arcs, verb, |r| {
            r.starts_with("nsubj") || matches!(r, "cc" | "mark")
        })
    {
        return;
    }
    let finite = |t: usize| matches!(tokens[t].xpos, "VBD" | "VBZ" | "VBP" | "MD");
    let auxiliary = (head + 1..verb).any(|t| {
        arcs[t].0 == Some(verb as u32)
            && (arcs[t].1.starts_with("aux") || arcs[t].1 == "cop")
            && finite(t)
    });
    if !auxiliary && !(tokens[verb].upos == Upos::Verb && finite(verb)) {
        return;
    }
    let found = (head + 1..verb).rev().find_map(|mark| {
        let subordinator = matches!(
            &*tokens[mark].lemma,
            "after" | "as" | "since" | "before" | "while" | "because" | "when" | "once" | "until"
        ) && arcs[mark].1 == "case";
        let noun = arcs[mark].0? as usize;
        (subordinator
            && mark < noun
            && noun < verb
            && matches!(tokens[noun].upos, Upos::Noun | Upos::Propn | Upos::Pron)
            && arcs[noun].0.is_none_or(|h| h as usize <= mark)
            && (noun..verb).all(|t| tokens[t].upos != Upos::Verb || !finite(t)))
        .then_some((mark, noun))
    });
    let Some((mark, noun)) = found else { return };
    let passive = has(arcs, verb, |r| r == "aux:pass");
    arcs[verb] = (Some(head as u32), "advcl");
    arcs[noun] = (
        Some(verb as u32),
        if passive { "nsubj:pass" } else { "nsubj" },
    );
    arcs[mark] = (Some(verb as u32), "mark");
}

/// "confirmed on Monday that he had left": a clause with "that" after its verb is what is said, unless "so" asks for it.
pub(super) fn clause_of_content(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let (Some(head), "advcl") = arcs[verb] else {
        return;
    };
    let head = head as usize;
    let tokens = &sentence.tokens;
    let that = (head..verb)
        .find(|&c| arcs[c] == (Some(verb as u32), "mark") && &*tokens[c].lemma == "that");
    let asked = that.is_some_and(|mark| {
        tokens[..mark]
            .iter()
            .any(|t| matches!(&*t.lemma, "so" | "such" | "now" | "given" | "provided"))
    });
    if that.is_some()
        && !asked
        && tokens[head].upos == Upos::Verb
        && !has(arcs, head, |r| matches!(r, "ccomp" | "xcomp"))
    {
        arcs[verb].1 = "ccomp";
    }
}

/// "Ada Pike, who is 40 and had no ticket": a verb joined to a noun with a relative clause goes on with that clause.
pub(super) fn verb_after_relative(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let (Some(noun), "conj") = arcs[verb] else {
        return;
    };
    let noun = noun as usize;
    if sentence.tokens[verb].upos != Upos::Verb
        || !matches!(sentence.tokens[noun].upos, Upos::Noun | Upos::Propn)
        || has(arcs, verb, |r| r.starts_with("nsubj"))
    {
        return;
    }
    let relative = (noun + 1..verb).find(|&t| {
        arcs[t] == (Some(noun as u32), "acl:relcl") && has(arcs, t, |r| r.starts_with("nsubj"))
    });
    if let Some(relative) = relative {
        arcs[verb].0 = Some(relative as u32);
    }
}

/// "X, who robbed A, and Y": of two nouns with a comma before "and", the second does not belong into the clause about the
/// first; it goes with the noun that the clause is about.
pub(super) fn noun_after_relative(sentence: &Sentence, arcs: &mut [Arc], second: usize) {
    let tokens = &sentence.tokens;
    let (Some(object), "conj") = arcs[second] else {
        return;
    };
    let object = object as usize;
    let comma = |t: usize| t > 0 && &*tokens[t - 1].lemma == ",";
    let Some(and) = (object + 1..second).find(|&c| arcs[c] == (Some(second as u32), "cc")) else {
        return;
    };
    let alone = (0..tokens.len())
        .filter(|&c| arcs[c] == (Some(object as u32), "conj"))
        .count()
        == 1;
    if !comma(and) || !alone || arcs[object].1 != "obj" {
        return;
    }
    // Up from the object to the verb that has the relative pronoun.
    let mut verb = arcs[object].0.map(|h| h as usize);
    for _ in 0..4 {
        let Some(v) = verb else { return };
        let pronoun = (0..v).find(|&c| {
            arcs[c].0 == Some(v as u32)
                && arcs[c].1.starts_with("nsubj")
                && matches!(&*tokens[c].lemma, "who" | "which")
        });
        if let Some(pronoun) = pronoun {
            let noun = (0..pronoun.saturating_sub(1))
                .rev()
                .find(|&t| matches!(tokens[t].upos, Upos::Noun | Upos::Propn));
            if comma(pronoun)
                && let Some(noun) = noun
            {
                arcs[second] = (Some(noun as u32), "conj");
            }
            return;
        }
        if arcs[v].1 != "conj" {
            return;
        }
        verb = arcs[v].0.map(|h| h as usize);
    }
}

/// "A met B and C and D marched": a verb that the parser joined to the verb before it, without a conjunction of its own,
/// takes the nouns that it joined to the object before it as its subject.
pub(super) fn subject_of_next_clause(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let (Some(first), "conj") = arcs[verb] else {
        return;
    };
    let first = first as usize;
    let finite = matches!(sentence.tokens[verb].xpos, "VBD" | "VBN" | "VBZ" | "VBP");
    let bare = !has(arcs, verb, |r| {
        r.starts_with("nsubj") || r == "cc" || r.starts_with("aux")
    });
    if sentence.tokens[verb].upos != Upos::Verb
        || !finite
        || !bare
        || first >= verb
        || sentence.tokens[first].upos != Upos::Verb
    {
        return;
    }
    // The nouns must reach up to the verb.
    let joined = |arcs: &[Arc], t: usize| {
        arcs[t].1 == "conj"
            && arcs[t].0.is_some_and(|h| {
                (h as usize) > first
                    && matches!(sentence.tokens[h as usize].upos, Upos::Noun | Upos::Propn)
            })
    };
    let Some(subject) = (first + 1..verb).find(|&t| joined(arcs, t) && has(arcs, t, |r| r == "cc"))
    else {
        return;
    };
    let top = arcs[subject].0;
    let mut before = verb - 1;
    while before > subject && sentence.tokens[before].upos == Upos::Punct {
        before -= 1;
    }
    // "relatives and friends, including Ada Pike": who is included stands with those who include.
    let beside = |arcs: &[Arc], t: usize| {
        arcs[t].0 == top
            && t > subject
            && (arcs[t].1 == "conj"
                || (0..t).any(|c| {
                    arcs[c] == (Some(t as u32), "case") && &*sentence.tokens[c].lemma == "include"
                }))
    };
    let under = |mut t: usize| {
        for _ in 0..12 {
            if t == subject || beside(arcs, t) {
                return true;
            }
            let Some(h) = arcs[t].0 else { return false };
            t = h as usize;
        }
        false
    };
    if !under(before) {
        return;
    }
    for t in subject + 1..verb {
        if beside(arcs, t) {
            arcs[t].0 = Some(subject as u32);
        }
    }
    arcs[subject] = (Some(verb as u32), "nsubj");
}
