//! Names that come apart, or stand under the wrong noun.
//!
//! In: the arcs of a sentence and a token. Out: the arcs, mended. Refuses: names that another reading holds together.

use super::{Arc, has, preposition};
use english::{NameKind, Sentence, Upos};

/// Universal Dependencies hangs what belongs to a flat name, and all members of a list, under the first word of it. "Ada Pike,
/// who" may come with "who" under "Pike", and "robbed, beat and killed" with "killed" under "beat".
pub(super) fn under_the_first(arcs: &mut [Arc], token: usize) {
    for _ in 0..arcs.len() {
        let Some(head) = arcs[token].0.map(|h| h as usize) else {
            return;
        };
        let (Some(first), rel) = arcs[head] else {
            return;
        };
        let name = rel == "flat" && (first as usize) < head;
        let list = rel == "conj"
            && arcs[token].1 == "conj"
            && (first as usize) < head
            && head < token
            && !has(arcs, head, |r| r == "cc");
        if !(name || list) {
            return;
        }
        arcs[token].0 = Some(first);
    }
}

/// "the murder of unarmed Ada Pike" with "unarmed" for the noun: an adjective right before the name that it was taken to be
/// named by only describes it.
pub(super) fn name_after_adjective(sentence: &Sentence, arcs: &mut [Arc], adjective: usize) {
    let name = adjective + 1;
    if name < arcs.len()
        && sentence.tokens[adjective].upos == Upos::Adj
        && sentence.tokens[name].upos == Upos::Propn
        && arcs[name].0 == Some(adjective as u32)
        && matches!(arcs[name].1, "appos" | "flat")
    {
        arcs[name] = arcs[adjective];
        arcs[adjective] = (Some(name as u32), "amod");
        for t in 0..arcs.len() {
            if arcs[t].0 == Some(adjective as u32) {
                arcs[t].0 = Some(name as u32);
            }
        }
    }
}

/// "Ada Pike died" with "Ada" and "Pike" as a subject each: two parts of a name side by side in one place are one name.
pub(super) fn halves_of_a_name(sentence: &Sentence, arcs: &mut [Arc], second: usize) {
    let Some(first) = second.checked_sub(1) else {
        return;
    };
    let tokens = &sentence.tokens;
    let one_name = || {
        sentence
            .names
            .iter()
            .any(|n| n.tokens.holds(first) && n.tokens.holds(second))
    };
    if tokens[first].upos == Upos::Propn
        && (tokens[second].upos == Upos::Propn || one_name())
        && arcs[first] == arcs[second]
        && matches!(arcs[first].1, "nsubj" | "nsubj:pass" | "obj" | "iobj")
    {
        arcs[second] = (Some(first as u32), "flat");
    }
}

/// "Ada Pike, who is also the mayor, said": the noun with "who is" describes the name before it, which is the subject of what
/// follows.
pub(super) fn name_who_is(sentence: &Sentence, arcs: &mut [Arc], noun: usize) {
    let tokens = &sentence.tokens;
    if !matches!(tokens[noun].upos, Upos::Noun | Upos::Propn | Upos::Adj)
        || !has(arcs, noun, |r| r == "cop")
        || arcs[noun].1 == "acl:relcl"
    {
        return;
    }
    let who = (1..noun).find(|&c| {
        arcs[c].0 == Some(noun as u32)
            && arcs[c].1.starts_with("nsubj")
            && matches!(tokens[c].xpos, "WP" | "WDT")
    });
    let Some(who) = who.filter(|&w| w > 1 && &*tokens[w - 1].lemma == ",") else {
        return;
    };
    let is_name = |t: usize| matches!(tokens[t].upos, Upos::Propn | Upos::Noun);
    // The name hangs on the noun or on the verb beside it.
    let name = (0..who - 1).find(|&t| {
        is_name(t)
            && (arcs[t].0 == Some(noun as u32) || arcs[t].0.is_some() && arcs[t].0 == arcs[noun].0)
            && matches!(
                arcs[t].1,
                "discourse" | "nsubj" | "nsubj:pass" | "dep" | "vocative" | "dislocated"
            )
    });
    let Some(name) = name else { return };
    if arcs[name].0 == Some(noun as u32) {
        let verb = (noun + 1..tokens.len()).find(|&v| {
            arcs[v].0 == Some(noun as u32)
                && tokens[v].upos == Upos::Verb
                && matches!(tokens[v].xpos, "VBD" | "VBN" | "VBZ")
                && matches!(
                    arcs[v].1,
                    "acl" | "advcl" | "parataxis" | "conj" | "acl:relcl" | "dep"
                )
                && !has(arcs, v, |r| {
                    r.starts_with("nsubj") || matches!(r, "mark" | "cc")
                })
                && tokens[noun..v].iter().any(|t| &*t.lemma == ",")
        });
        let Some(verb) = verb else { return };
        arcs[verb] = arcs[noun];
        arcs[name] = (Some(verb as u32), "nsubj");
    } else if !arcs[noun].1.starts_with("nsubj") {
        return;
    }
    arcs[noun] = (Some(name as u32), "acl:relcl");
}

/// "Met officers": a body's name before a noun is no adjective, whatever its first word was taken for.
pub(super) fn names_before_nouns(sentence: &Sentence, arcs: &mut [Arc]) {
    for name in sentence.names.iter().filter(|n| n.kind != NameKind::Other) {
        for t in name.tokens.range() {
            let (Some(head), "amod") = arcs[t] else {
                continue;
            };
            if head as usize >= name.tokens.end() {
                arcs[t].1 = "compound";
            }
        }
    }
}

/// "their baby, Ada": a name after a comma that no conjunction joins says who the noun before it is.
pub(super) fn name_after_noun(sentence: &Sentence, arcs: &mut [Arc], noun: usize) {
    let tokens = &sentence.tokens;
    if tokens[noun].upos != Upos::Noun || has(arcs, noun, |r| r == "appos") {
        return;
    }
    let joined: Vec<usize> = (0..tokens.len())
        .filter(|&c| arcs[c] == (Some(noun as u32), "conj"))
        .collect();
    if let [name] = joined[..]
        && name > noun
        && tokens[name].upos == Upos::Propn
        && !has(arcs, name, |r| r == "cc")
        && tokens[noun + 1..name].iter().any(|t| &*t.lemma == ",")
    {
        arcs[name].1 = "appos";
    }
}

/// "over the Ada Pike murder charge" with "Ada Pike" and "charge" as a phrase each: a noun without a preposition right behind a
/// name with one is what the name describes.
pub(super) fn name_before_its_noun(sentence: &Sentence, arcs: &mut [Arc], name: usize) {
    let nominal = |t: usize| matches!(sentence.tokens[t].upos, Upos::Noun | Upos::Propn);
    let (Some(head), "obl") = arcs[name] else {
        return;
    };
    let Some(opens) = preposition(arcs, sentence, name) else {
        return;
    };
    if sentence.tokens[name].upos != Upos::Propn {
        return;
    }
    let last = (name + 1..arcs.len())
        .take_while(|&t| arcs[t] == (Some(name as u32), "flat"))
        .last()
        .unwrap_or(name);
    let noun = (last + 1..arcs.len())
        .take_while(|&t| nominal(t))
        .find(|&t| arcs[t] == (Some(head), "obl"));
    if let Some(noun) = noun
        && !has(arcs, noun, |r| matches!(r, "case" | "det"))
        && (last + 1..noun).all(|t| arcs[t] == (Some(noun as u32), "compound"))
    {
        arcs[opens].0 = Some(noun as u32);
        arcs[name] = (Some(noun as u32), "compound");
    }
}
