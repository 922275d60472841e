//! Arcs that the words show to be misread, set right before anybody looks.
//!
//! In: a sentence as parsed. Out: head and relation of each token. Refuses: to touch a tree where the words leave two readings.

use crate::mention::lexicon::{Class, Lexicon};
use english::{NameKind, Sentence, Upos};

/// Head and relation of a token.
pub(super) type Arc = (Option<u32>, &'static str);

/// The arcs of a sentence, mended.
pub(super) fn arcs(text: &str, sentence: &Sentence) -> Vec<Arc> {
    let mut arcs: Vec<Arc> = sentence.tokens.iter().map(|t| (t.head, t.deprel)).collect();
    let n = arcs.len();
    let form = |t: usize| sentence.tokens[t].span.slice(text);
    for t in 0..n {
        under_the_first(&mut arcs, t);
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
        name_after_adjective(sentence, &mut arcs, t);
        halves_of_a_name(sentence, &mut arcs, t);
        clause_of_content(sentence, &mut arcs, t);
    }
    names_before_nouns(sentence, &mut arcs);
    for t in 0..n {
        active_after_all(sentence, &mut arcs, t);
        verb_joined_to_noun(sentence, &mut arcs, t);
        two_objects(sentence, &mut arcs, t);
        first_of_two_objects(sentence, &mut arcs, t);
        only_object(&mut arcs, t);
        subject_without_preposition(sentence, &mut arcs, t);
        verb_after_relative(sentence, &mut arcs, t);
        name_who_is(sentence, &mut arcs, t);
    }
    for verb in 0..n {
        subject_of_next_clause(sentence, &mut arcs, verb);
        reduced_relative(sentence, &mut arcs, verb);
        coordinated_subjects(sentence, &mut arcs, verb);
        clause_after_subordinator(sentence, &mut arcs, verb);
        name_after_noun(sentence, &mut arcs, verb);
        phrase_taken_for_subject(sentence, &mut arcs, verb);
        participle_after_noun(sentence, &mut arcs, verb);
        noun_after_relative(sentence, &mut arcs, verb);
    }
    verb_taken_for_noun(sentence, &mut arcs);
    verb_taken_for_adjective(sentence, &mut arcs);
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

/// Universal Dependencies hangs what belongs to a flat name, and all members of a list, under the first word of it. "Ada Pike,
/// who" may come with "who" under "Pike", and "robbed, beat and killed" with "killed" under "beat".
fn under_the_first(arcs: &mut [Arc], token: usize) {
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
fn name_after_adjective(sentence: &Sentence, arcs: &mut [Arc], adjective: usize) {
    let name = adjective + 1;
    if name < arcs.len()
        && sentence.tokens[adjective].upos == Upos::Adj
        && sentence.tokens[name].upos == Upos::Propn
        && arcs[name] == (Some(adjective as u32), arcs[name].1)
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

/// "They left after their colleague, known as X, was charged": a finite verb that nothing coordinates and that has no subject
/// belongs to the subordinator which the parser took for a preposition; the noun of that phrase is its subject.
fn clause_after_subordinator(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
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

/// "Ada Pike died" with "Ada" and "Pike" as a subject each: two parts of a name side by side in one place are one name.
fn halves_of_a_name(sentence: &Sentence, arcs: &mut [Arc], second: usize) {
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

/// "confirmed on Monday that he had left": a clause with "that" after its verb is what is said, unless "so" asks for it.
fn clause_of_content(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
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

/// "The chief, Ada Pike, resigned and her deputy is leaving": a verb that the parser joined to a noun before it, with a comma
/// and no conjunction, has that noun for its subject.
fn verb_joined_to_noun(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
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

/// "lent it a few officers": of two objects that nothing joins, the first is who gets the second.
fn first_of_two_objects(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
    if sentence.tokens[verb].upos != Upos::Verb || has(arcs, verb, |r| r == "iobj") {
        return;
    }
    let mut objects = (verb + 1..arcs.len()).filter(|&t| arcs[t] == (Some(verb as u32), "obj"));
    if let (Some(first), Some(_), None) = (objects.next(), objects.next(), objects.next()) {
        arcs[first].1 = "iobj";
    }
}

/// "urged ministers to act": who gets nothing is the object.
fn only_object(arcs: &mut [Arc], noun: usize) {
    if let (Some(verb), "iobj") = arcs[noun]
        && !has(arcs, verb as usize, |r| matches!(r, "obj" | "ccomp"))
    {
        arcs[noun].1 = "obj";
    }
}

/// "The couple separated": a noun right before a finite verb that has no subject is it.
fn subject_without_preposition(sentence: &Sentence, arcs: &mut [Arc], noun: usize) {
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

/// "Ada Pike, who is 40 and had no ticket": a verb joined to a noun with a relative clause goes on with that clause.
fn verb_after_relative(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
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

/// "granted Ada Pike bail", "awarded Ada Pike a medal": the person right after the verb gets what follows.
fn two_objects(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
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
    let gets = match arcs[top] {
        (Some(h), "compound") => arcs[h as usize] == (Some(verb as u32), "obj"),
        (Some(h), "obj") => {
            h as usize == verb
                && (name.tokens.end()..tokens.len()).any(|o| arcs[o] == (Some(verb as u32), "obj"))
        }
        _ => false,
    };
    if gets {
        arcs[top] = (Some(verb as u32), "iobj");
    }
}

/// "Pike later resigned", "whom the states have criticised": without "be" there is no passive where the verb takes no object
/// or has "have" before it.
fn active_after_all(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
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

/// "Ada Pike, who is also the mayor, said": the noun with "who is" describes the name before it, which is the subject of what
/// follows.
fn name_who_is(sentence: &Sentence, arcs: &mut [Arc], noun: usize) {
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
fn names_before_nouns(sentence: &Sentence, arcs: &mut [Arc]) {
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

/// "the trial of a clerk charged with fraud": a participle with a phrase of its own, right after a noun, says who that is.
fn participle_after_noun(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
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

/// "X, who robbed A, and Y": of two nouns with a comma before "and", the second does not belong into the clause about the
/// first; it goes with the noun that the clause is about.
fn noun_after_relative(sentence: &Sentence, arcs: &mut [Arc], second: usize) {
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

/// "A blast at a mill in Ohio injured twelve" with "injured" for a noun: a past form with an object, in a sentence that has no
/// other verb above it, is the verb, and the noun that was taken for the head its subject.
fn verb_taken_for_noun(sentence: &Sentence, arcs: &mut [Arc]) {
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
fn verb_taken_for_adjective(sentence: &Sentence, arcs: &mut [Arc]) {
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
    let subject = if root < verb { root } else { verb - 1 };
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

/// "A review by Ofsted found gaps" with "Ofsted" for a subject and "by" for what opens its clause: no clause opens with "by"
/// where the verb has another subject, so the noun belongs to that one.
fn phrase_taken_for_subject(sentence: &Sentence, arcs: &mut [Arc], noun: usize) {
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

/// "their baby, Ada": a name after a comma that no conjunction joins says who the noun before it is.
fn name_after_noun(sentence: &Sentence, arcs: &mut [Arc], noun: usize) {
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

/// "A, 42, and his wife B are on trial": of two subjects with "and" between them the second is joined to the first.
fn coordinated_subjects(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
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

/// "The officer charged with it can be named": two finite verbs in a row share no subject without a conjunction, so the
/// first, which has no object, is a participle that describes the subject of the second.
fn reduced_relative(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
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

/// "A met B and C and D marched": a verb that the parser joined to the verb before it, without a conjunction of its own,
/// takes the nouns that it joined to the object before it as its subject.
fn subject_of_next_clause(sentence: &Sentence, arcs: &mut [Arc], verb: usize) {
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
