//! Verbs taken for something else, or joined to the wrong word.
//!
//! In: the arcs of a sentence, and a verb. Out: the arcs, mended. Refuses: sentences in which another verb holds the words.

use super::{Arc, has, preposition};
use crate::mention::lexicon::{Class, Lexicon};
use english::{Sentence, Upos};

/// "A blast at a mill in Ohio injured twelve" with "injured" for a noun: a past form with an object, in a sentence that has no
/// other verb above it, is the verb, and the noun that was taken for the head its subject.
pub(super) fn verb_taken_for_noun(sentence: &Sentence, arcs: &mut [Arc]) {
    let tokens = &sentence.tokens;
    let Some(root) = arcs.iter().position(|(h, _)| h.is_none()) else {
        return;
    };
    if !matches!(tokens[root].upos, Upos::Noun | Upos::Propn)
        || has(arcs, root, |r| {
            r.starts_with("nsubj") || matches!(r, "cop" | "parataxis" | "ccomp" | "acl:relcl")
        })
    {
        return;
    }
    let verb = (root + 1..tokens.len()).find(|&v| {
        tokens[v].upos == Upos::Verb
            && matches!(tokens[v].xpos, "VBN" | "VBD")
            && matches!(arcs[v].1, "nmod" | "amod" | "obl" | "appos" | "dep")
            && has(arcs, v, |r| r == "obj")
            && !has(arcs, v, |r| {
                r.starts_with("nsubj") || r.starts_with("aux") || r == "mark"
            })
    });
    let Some(verb) = verb else { return };
    if (0..verb).any(|t| tokens[t].upos == Upos::Verb && arcs[t].1 != "amod") {
        return;
    }
    // What the verb was given as a noun goes to the noun before it.
    let noun = (root..verb)
        .rev()
        .find(|&t| matches!(tokens[t].upos, Upos::Noun | Upos::Propn));
    for t in root + 1..verb {
        if arcs[t].0 != Some(verb as u32) {
            continue;
        }
        match noun {
            Some(noun) if noun != t => arcs[t].0 = Some(noun as u32),
            _ => arcs[t] = (Some(root as u32), "nmod"),
        }
    }
    arcs[root] = (Some(verb as u32), "nsubj");
    arcs[verb] = (None, "root");
}

/// "Rebels seized power in Mali" with "seized" for an adjective of "power": a past form between two nouns, in a sentence without
/// any verb, is the verb of them.
pub(super) fn verb_taken_for_adjective(sentence: &Sentence, arcs: &mut [Arc]) {
    let tokens = &sentence.tokens;
    let nominal = |t: usize| matches!(tokens[t].upos, Upos::Noun | Upos::Propn);
    let Some(root) = arcs.iter().position(|(h, _)| h.is_none()) else {
        return;
    };
    if !nominal(root)
        || has(arcs, root, |r| {
            r.starts_with("nsubj") || matches!(r, "cop" | "parataxis" | "ccomp" | "list")
        })
    {
        return;
    }
    let past = |t: usize| tokens[t].upos == Upos::Verb && matches!(tokens[t].xpos, "VBN" | "VBD");
    let verb = (1..tokens.len()).find(|&v| {
        past(v)
            && arcs[v].1 == "amod"
            && nominal(v - 1)
            && arcs[v].0.is_some_and(|object| {
                let object = object as usize;
                object > v
                    && (nominal(object) || tokens[object].upos == Upos::Num)
                    && (v + 1..object).all(|t| {
                        nominal(t)
                            || matches!(
                                tokens[t].upos,
                                Upos::Det | Upos::Adj | Upos::Num | Upos::Pron
                            )
                    })
            })
    });
    let Some(verb) = verb else { return };
    let other = (0..tokens.len()).any(|t| {
        t != verb
            && (tokens[t].upos == Upos::Aux
                || tokens[t].upos == Upos::Verb && tokens[t].xpos != "VBG")
            && (t < verb || !matches!(arcs[t].1, "amod" | "acl" | "acl:relcl" | "advcl"))
    });
    if other
        || Lexicon::embedded()
            .verb(&tokens[verb].lemma)
            .is(Class::COMPOUNDING)
    {
        return;
    }
    let Some(object) = arcs[verb].0.map(|h| h as usize) else {
        return;
    };
    // The noun before the verb is its subject, or the first of a phrase that hangs together up to the verb.
    let top = |mut t: usize| {
        for _ in 0..verb {
            match arcs[t].0 {
                Some(head) if (head as usize) < verb => t = head as usize,
                _ => break,
            }
        }
        t
    };
    let subject = if root < verb { root } else { top(verb - 1) };
    // "the murder of Ada Pike horrified many": what the object was taken to be is the noun before the verb.
    let before = verb - 1;
    let opens = preposition(arcs, sentence, object).filter(|&p| p < before && before != subject);
    if let Some(opens) = opens {
        arcs[before] = arcs[object];
        for t in opens..before {
            if arcs[t].0 == Some(object as u32) {
                arcs[t].0 = Some(before as u32);
            }
        }
    }
    for t in 0..verb {
        let Some(head) = arcs[t].0.map(|h| h as usize) else {
            continue;
        };
        if t != subject && head >= verb {
            arcs[t] = match arcs[t].1 {
                // Phrases before the subject ("On Friday rebels …") are the verb's.
                "nmod" | "obl" => (Some(verb as u32), "obl"),
                rel => (Some(subject as u32), rel),
            };
        }
    }
    for t in object + 1..tokens.len() {
        let phrase = arcs[t].1 == "nmod"
            && arcs[t].0 == Some(object as u32)
            && preposition(arcs, sentence, t).is_some_and(|p| &*tokens[p].lemma != "of");
        if phrase {
            arcs[t] = (Some(verb as u32), "obl");
        } else if arcs[t].0 == Some(root as u32) && arcs[t].1 == "punct" {
            arcs[t].0 = Some(verb as u32);
        }
    }
    arcs[verb] = (None, "root");
    arcs[object] = (Some(verb as u32), "obj");
    arcs[subject] = (Some(verb as u32), "nsubj");
}

/// "The chief, Ada Pike, resigned and her deputy is leaving": a verb that the parser joined to a noun before it, with a comma
/// and no conjunction, has that noun for its subject.
pub(super) fn verb_joined_to_noun(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let tokens = &sentence.tokens;
    let (Some(noun), "conj") = arcs[verb] else {
        return;
    };
    let noun = noun as usize;
    let (over, rel) = arcs[noun];
    let finite = match tokens[verb].xpos {
        "VBD" | "VBZ" => true,
        // Nothing else in the sentence can be its verb.
        "VBN" => {
            over.is_none()
                && tokens
                    .iter()
                    .all(|t| !matches!(t.xpos, "VBD" | "VBZ" | "VBP" | "MD"))
        }
        _ => false,
    };
    if tokens[verb].upos != Upos::Verb
        || !finite
        || noun >= verb
        || !matches!(tokens[noun].upos, Upos::Noun | Upos::Propn)
        || !(over.is_none() || rel.starts_with("nsubj"))
        || has(arcs, noun, |r| r.starts_with("nsubj") || r == "cop")
        || has(arcs, verb, |r| {
            r.starts_with("nsubj") || r.starts_with("aux") || matches!(r, "cc" | "mark")
        })
        || !tokens[noun..verb].iter().any(|t| &*t.lemma == ",")
    {
        return;
    }
    arcs[noun] = (Some(verb as u32), "nsubj");
    let Some(next) = over.map(|o| o as usize) else {
        arcs[verb] = (None, "root");
        return;
    };
    // The noun joined to the first verb is the subject of the next.
    if let Some(second) = (verb + 1..next).find(|&c| {
        arcs[c] == (Some(verb as u32), "conj") && matches!(tokens[c].upos, Upos::Noun | Upos::Propn)
    }) {
        arcs[second] = (Some(next as u32), "nsubj");
    }
    arcs[verb] = (Some(next as u32), "parataxis");
}

/// "the trial of a clerk charged with fraud": a participle with a phrase of its own, right after a noun, says who that is.
pub(super) fn participle_after_noun(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let tokens = &sentence.tokens;
    let (Some(head), "advcl") = arcs[verb] else {
        return;
    };
    let Some(noun) = verb.checked_sub(1) else {
        return;
    };
    let person = tokens[noun].upos == Upos::Noun && tokens[noun].xpos == "NN";
    let subject = arcs[noun].0 == Some(head) && arcs[noun].1.starts_with("nsubj");
    if tokens[verb].xpos == "VBN"
        && (head as usize) < noun
        && person
        && !subject
        && !arcs[noun].1.ends_with("unmarked")
        && has(arcs, verb, |r| r == "obl")
        && !has(arcs, verb, |r| {
            r.starts_with("nsubj") || r.starts_with("aux") || r == "mark"
        })
    {
        arcs[verb] = (Some(noun as u32), "acl");
    }
}

/// "The officer charged with it can be named": two finite verbs in a row share no subject without a conjunction, so the
/// first, which has no object, is a participle that describes the subject of the second.
pub(super) fn reduced_relative(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let tokens = &sentence.tokens;
    let child = |arcs: &[Arc], of: usize, test: &dyn Fn(usize, &str) -> bool| {
        (0..tokens.len()).find(|&c| arcs[c].0 == Some(of as u32) && test(c, arcs[c].1))
    };
    if tokens[verb].upos != Upos::Verb || tokens[verb].xpos != "VBD" {
        return;
    }
    let Some(subject) = child(arcs, verb, &|c, r| r == "nsubj" && c < verb) else {
        return;
    };
    if has(arcs, verb, |r| {
        r.starts_with("aux") || matches!(r, "obj" | "ccomp" | "cc")
    }) {
        return;
    }
    let finite = |t: usize| matches!(tokens[t].xpos, "MD" | "VBD" | "VBZ" | "VBP");
    let second = (verb + 1..tokens.len()).find(|&w| {
        arcs[w].0 == Some(verb as u32)
            && matches!(arcs[w].1, "advcl" | "parataxis" | "conj" | "dep")
            && child(arcs, w, &|c, r| {
                (r.starts_with("aux") || r == "cop") && c > verb && finite(c)
            })
            .is_some()
            && child(arcs, w, &|c, r| {
                matches!(r, "mark" | "cc") || (r.starts_with("nsubj") && c < w)
            })
            .is_none()
            && (verb..w).all(|t| tokens[t].upos != Upos::Punct)
    });
    let Some(second) = second else {
        return;
    };
    arcs[second] = arcs[verb];
    arcs[verb] = (Some(subject as u32), "acl");
    let passive = has(arcs, second, |r| r == "aux:pass");
    arcs[subject] = (
        Some(second as u32),
        if passive { "nsubj:pass" } else { "nsubj" },
    );
}

/// "argues that it will lead to X and warned that …": a past form is not joined to a bare one after "will" or "to", so it goes
/// with the verb above.
pub(super) fn past_joined_to_bare(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    let tokens = &sentence.tokens;
    let (Some(first), "conj") = arcs[verb] else {
        return;
    };
    let first = first as usize;
    let (Some(above), "ccomp" | "xcomp" | "advcl") = arcs[first] else {
        return;
    };
    let above = above as usize;
    let bare = tokens[first].xpos == "VB"
        && (0..first)
            .any(|t| arcs[t].0 == Some(first as u32) && matches!(tokens[t].xpos, "MD" | "TO"));
    if bare
        && above < first
        && tokens[verb].xpos == "VBD"
        && tokens[above].upos == Upos::Verb
        && !has(arcs, verb, |r| r.starts_with("nsubj"))
    {
        arcs[verb].0 = Some(above as u32);
    }
}
