//! Arcs that the words show to be misread, set right before anybody looks.
//!
//! In: a sentence as parsed. Out: head and relation of each token. Refuses: to touch a tree where the words leave two readings.

mod clauses;
mod names;
mod objects;
mod verbs;

use english::{Sentence, Upos};
/// Head and relation of a token.
pub(super) type Arc = (Option<u32>, &'static str);

/// The arcs of a sentence, mended.
pub(super) fn arcs(text: &str, sentence: &Sentence) -> Vec<Arc> {
    let mut arcs: Vec<Arc> = sentence.tokens.iter().map(|t| (t.head, t.deprel)).collect();
    let n = arcs.len();
    let form = |t: usize| sentence.tokens[t].span.slice(text);
    for t in 0..n {
        names::under_the_first(&mut arcs, t);
    }
    for t in 0..n {
        let (Some(head), rel) = arcs[t] else { continue };
        let head = head as usize;
        match rel {
            // "at [the magistrates' court]": the preposition belongs to what is possessed, or to the last noun.
            "case" if t < head && sentence.tokens[t].upos == Upos::Adp => {
                let mut top = head;
                while matches!(arcs[top].1, "nmod:poss" | "compound")
                    && let Some(up) = arcs[top].0.filter(|&u| u as usize > top)
                {
                    top = up as usize;
                }
                arcs[t].0 = Some(top as u32);
            }
            // "were told" is passive, whatever the verb was taken for.
            "cop"
                if sentence.tokens[head].upos == Upos::Verb
                    && matches!(sentence.tokens[head].xpos, "VBN" | "VBD") =>
            {
                arcs[t].1 = "aux:pass";
            }
            "nsubj:outer" if !has(&arcs, head, |r| matches!(r, "nsubj" | "nsubj:pass")) => {
                arcs[t].1 = "nsubj";
            }
            _ => {}
        }
    }
    for t in 0..n {
        let (Some(head), rel) = arcs[t] else { continue };
        let head = head as usize;
        let verb = sentence.tokens[head].upos == Upos::Verb;
        match rel {
            // A noun with a preposition is a phrase, not an object or a second subject; right after the verb it may be a
            // particle ("handed in their guns").
            "obj"
                if verb
                    && preposition(&arcs, sentence, t).is_some()
                    && preposition(&arcs, sentence, t) != Some(head + 1) =>
            {
                arcs[t].1 = "obl";
            }
            "nsubj" | "nsubj:pass"
                if verb
                    && preposition(&arcs, sentence, t).is_some()
                    && (0..n).any(|o| {
                        o != t && arcs[o].0 == Some(head as u32) && arcs[o].1.starts_with("nsubj")
                    }) =>
            {
                arcs[t].1 = "obl";
            }
            // "while behind the wheel": a noun with a preposition is a phrase also where "while" stands before it.
            "advcl"
                if verb
                    && sentence.tokens[t].upos == Upos::Noun
                    && has(&arcs, t, |r| r == "case")
                    && !has(&arcs, t, |r| r.starts_with("nsubj") || r == "cop") =>
            {
                arcs[t].1 = "obl";
            }
            // "with a trial scheduled for May": an absolute clause has a subject.
            "obl"
                if verb
                    && t < head
                    && matches!(arcs[head].1, "advcl" | "acl")
                    && matches!(sentence.tokens[head].xpos, "VBN" | "VBG")
                    && preposition(&arcs, sentence, t)
                        .is_some_and(|p| form(p).eq_ignore_ascii_case("with")) =>
            {
                arcs[t].1 = if sentence.tokens[head].xpos == "VBN" {
                    "nsubj:pass"
                } else {
                    "nsubj"
                };
            }
            _ => {}
        }
    }
    for t in 0..n {
        names::name_after_adjective(sentence, &mut arcs, t);
        names::halves_of_a_name(sentence, &mut arcs, t);
        names::name_before_its_noun(sentence, &mut arcs, t);
        clauses::clause_of_content(sentence, &mut arcs, t);
    }
    names::names_before_nouns(sentence, &mut arcs);
    for t in 0..n {
        objects::active_after_all(sentence, &mut arcs, t);
        verbs::verb_joined_to_noun(sentence, &mut arcs, t);
        objects::name_of_who_gets(sentence, &mut arcs, t);
        objects::first_of_two_objects(sentence, &mut arcs, t);
        objects::only_object(&mut arcs, t);
        verbs::past_joined_to_bare(sentence, &mut arcs, t);
        objects::phrase_before_content(sentence, &mut arcs, t);
        objects::subject_without_preposition(sentence, &mut arcs, t);
        clauses::verb_after_relative(sentence, &mut arcs, t);
        names::name_who_is(sentence, &mut arcs, t);
    }
    for verb in 0..n {
        clauses::subject_of_next_clause(sentence, &mut arcs, verb);
        verbs::reduced_relative(sentence, &mut arcs, verb);
        objects::coordinated_subjects(sentence, &mut arcs, verb);
        clauses::clause_after_subordinator(sentence, &mut arcs, verb);
        names::name_after_noun(sentence, &mut arcs, verb);
        objects::phrase_taken_for_subject(sentence, &mut arcs, verb);
        verbs::participle_after_noun(sentence, &mut arcs, verb);
        clauses::noun_after_relative(sentence, &mut arcs, verb);
    }
    verbs::verb_taken_for_noun(sentence, &mut arcs);
    verbs::verb_taken_for_adjective(sentence, &mut arcs);
    undo_circles(sentence, &mut arcs);
    arcs
}

/// Two mends that each move a word under the other close a circle: what was moved in it goes back to where it was. At worst
/// all goes back, and the parser's arcs are a tree.
pub(super) fn undo_circles(sentence: &Sentence, arcs: &mut [Arc]) {
    loop {
        // Number of the climb that saw a token; 0 for none.
        let mut seen = vec![0_usize; arcs.len()];
        let mut circle = None;
        for start in 0..arcs.len() {
            let mut at = Some(start);
            while let Some(t) = at.filter(|&t| seen[t] == 0) {
                seen[t] = start + 1;
                at = arcs[t].0.map(|h| h as usize);
            }
            circle = at.filter(|&t| seen[t] == start + 1);
            if circle.is_some() {
                break;
            }
        }
        let Some(first) = circle else { return };
        let mut at = first;
        loop {
            let next = arcs[at].0.map_or(first, |h| h as usize);
            let token = &sentence.tokens[at];
            arcs[at] = (token.head, token.deprel);
            at = next;
            if at == first {
                break;
            }
        }
    }
}

fn has(arcs: &[Arc], head: usize, test: impl Fn(&str) -> bool) -> bool {
    arcs.iter().any(|(h, r)| *h == Some(head as u32) && test(r))
}

/// The preposition of a noun.
fn preposition(arcs: &[Arc], sentence: &Sentence, noun: usize) -> Option<usize> {
    (0..noun).find(|&c| {
        arcs[c].0 == Some(noun as u32)
            && arcs[c].1 == "case"
            && sentence.tokens[c].upos == Upos::Adp
    })
}
