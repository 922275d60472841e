//! Which frame a token sets off.
//!
//! In: a tree with its mentions. Out: at most one [`Match`] a token: the most specific trigger whose conditions all hold.
//! Refuses: triggers inside names.

use super::slots::Reader;
use crate::claim::grammar::{Seen, Tree};
use crate::schema::{Condition, Frame, Path, Schema, Trigger, TriggerClass, WordSet, WordTest};
use english::{Byte, Span, Upos};

/// A trigger found in a sentence.
#[derive(Debug)]
pub(in crate::claim) struct Match<'s> {
    /// The head word.
    pub(super) token: u32,
    pub(super) frame: &'s Frame,
    pub(super) trigger: &'s Trigger,
    /// Particle of a phrasal verb.
    pub(super) particle: Option<u32>,
    /// The object that a parser hung on the particle.
    pub(super) particle_object: Option<u32>,
    /// The light verb over a noun trigger.
    pub(super) light: Option<u32>,
    /// That verb, if its subject is who does the event ("launch", not "face").
    pub(super) doer: Option<u32>,
    /// Words that conditions named: nouns of a light verb, the verb of a noun.
    pub(super) used: Vec<u32>,
    /// Triggers that name the same event.
    pub(super) others: Vec<u32>,
}

impl Match<'_> {
    /// Whether the trigger asks for "no longer", so that this denies nothing.
    pub(super) fn ends_something(&self) -> bool {
        self.trigger.conditions.iter().any(|c| {
            !c.negated
                && c.path == Path::Any
                && c.words
                    .iter()
                    .any(|w| matches!(w, WordTest::Lemma(l) if l == "longer"))
        })
    }

    pub(in crate::claim) fn seen(&self) -> Seen {
        Seen {
            light: self.doer,
            particle_object: self.particle_object,
        }
    }
}

/// The matches of a sentence in order.
pub(super) fn find<'s>(tree: &Tree<'_>, reader: &Reader<'_>, schema: &'s Schema) -> Vec<Match<'s>> {
    let mut out = Vec::new();
    let doers = schema.word_set("scope-light");
    let mut lower = String::new();
    let mut form = String::new();
    for at in 0..tree.len() {
        let token = tree.token(at);
        let classes: &[TriggerClass] = match token.upos {
            Upos::Verb => {
                if tree.rel(at) == "amod" {
                    &[TriggerClass::Verb, TriggerClass::Adjective]
                } else {
                    &[TriggerClass::Verb]
                }
            }
            Upos::Noun | Upos::Propn => &[TriggerClass::Noun],
            Upos::Adj => &[TriggerClass::Adjective],
            Upos::Adp
                if token.deprel == "case" && &*token.lemma == "accord"
                    || &*token.lemma == "according" =>
            {
                &[TriggerClass::Verb]
            }
            _ => continue,
        };
        if (token.upos == Upos::Verb && in_compound(tree, at))
            || reader.in_name(at)
            || (token.upos != Upos::Verb && in_title(tree, at))
        {
            continue;
        }
        lower.clear();
        lower.extend(token.lemma.chars().flat_map(char::to_lowercase));
        if token.upos == Upos::Verb && schema.triggers_for(&lower, TriggerClass::Verb).is_empty() {
            // A rare form may have got a wrong lemma; frames know their own verbs' forms.
            form.clear();
            form.extend(tree.form(at).chars().flat_map(char::to_lowercase));
            if let Some(verb) = schema.verb_of_form(&form) {
                lower.clear();
                lower.push_str(verb);
            }
        }
        form.clear();
        let gerund = token.xpos == "VBG" && matches!(tree.rel(at), "nsubj" | "nsubj:pass" | "obj");
        if gerund {
            form.extend(tree.form(at).chars().flat_map(char::to_lowercase));
        }
        let words = classes.iter().map(|&class| (&lower, class)).chain(
            // "Fighting broke out": a gerund in a noun's place is a noun, whatever the tagger took it for.
            gerund.then_some((&form, TriggerClass::Noun)),
        );
        let mut best: Option<(Match<'s>, (bool, usize, usize))> = None;
        for (word, class) in words {
            // "a convicted thief", "a married man": a participle before its noun says what somebody is.
            if class == TriggerClass::Verb && describes(tree, at) {
                continue;
            }
            for &reference in schema.triggers_for(word, class) {
                let (frame, trigger) = schema.trigger(reference);
                let Some(found) = holds(tree, reader, at, frame, trigger, doers) else {
                    continue;
                };
                let rank = (
                    trigger.particle.is_some(),
                    trigger.conditions.iter().filter(|c| !c.negated).count(),
                    frame.ancestors.len(),
                );
                if best.as_ref().is_none_or(|(_, r)| rank > *r) {
                    best = Some((found, rank));
                }
            }
        }
        out.extend(best.map(|(m, _)| m));
    }
    out
}

/// Whether the verb at `at` is a participle before the noun that it describes, with nothing of its own.
fn describes(tree: &Tree<'_>, at: u32) -> bool {
    // "discerning and demanding diners"
    let joined = (tree.rel(at) == "conj")
        .then(|| tree.head(at))
        .flatten()
        .filter(|&h| tree.token(h).upos == Upos::Adj || tree.rel(h) == "amod");
    let first = joined.unwrap_or(at);
    tree.rel(first) == "amod"
        && tree.head(first).is_some_and(|noun| noun > at)
        && tree.child(at, &["obl", "obj", "advmod"]).is_none()
}

/// Whether a verb is a part of a word with hyphens: "ground-breaking".
fn in_compound(tree: &Tree<'_>, at: u32) -> bool {
    let hyphen = |t: u32| tree.form(t) == "-";
    let touches = |a: u32, b: u32| tree.token(a).span.end() == tree.token(b).span.start();
    (at > 1 && hyphen(at - 1) && touches(at - 2, at - 1) && touches(at - 1, at))
        || (at + 2 < tree.len() && hyphen(at + 1) && touches(at, at + 1) && touches(at + 1, at + 2))
}

/// Whether a word is part of a run of capitalised words that no model called a name ("a Civil Aid Order"), in a sentence that
/// is not capitalised as a whole.
fn in_title(tree: &Tree<'_>, at: u32) -> bool {
    let capital = |t: u32| tree.form(t).starts_with(char::is_uppercase);
    if at == 0 || !capital(at) {
        return false;
    }
    let neighbour = (at > 1 && capital(at - 1) && tree.token(at - 1).upos != Upos::Pron)
        || (at + 1 < tree.len() && capital(at + 1));
    if !neighbour {
        return false;
    }
    let words = (0..tree.len()).filter(|&t| tree.form(t).starts_with(char::is_alphabetic));
    let (all, capitals) = words.fold((0, 0), |(n, c), t| (n + 1, c + u32::from(capital(t))));
    capitals * 5 < all * 3
}

/// Whether the particle and all conditions of a trigger hold at `at`.
pub(in crate::claim) fn holds<'s>(
    tree: &Tree<'_>,
    reader: &Reader<'_>,
    at: u32,
    frame: &'s Frame,
    trigger: &'s Trigger,
    doers: Option<&WordSet>,
) -> Option<Match<'s>> {
    let mut found = Match {
        token: at,
        frame,
        trigger,
        particle: None,
        particle_object: None,
        light: None,
        doer: None,
        used: Vec::new(),
        others: Vec::new(),
    };
    if trigger.past && !matches!(tree.token(at).xpos, "VBD" | "VBN") {
        return None;
    }
    match trigger.particle.as_deref() {
        Some(particle) => {
            let (token, object) = tree.particle(at, particle)?;
            found.particle = Some(token);
            found.particle_object = object;
        }
        None => {
            if trigger.class == TriggerClass::Verb && tree.has_particle(at) {
                return None;
            }
        }
    }
    for condition in &trigger.conditions {
        let fits = meets(tree, reader, at, condition, &mut found);
        if fits == condition.negated {
            return None;
        }
    }
    if trigger.class == TriggerClass::Noun && found.light.is_none() {
        found.light = tree
            .governors(at)
            .into_iter()
            .find(|&v| doers.is_some_and(|s| s.contains(tree.lemma(v))));
    }
    found.doer = found
        .light
        .filter(|&v| doers.is_some_and(|s| s.contains(tree.lemma(v))));
    Some(found)
}

/// Whether some filler on the path of a condition passes; remembers the words it named.
fn meets(
    tree: &Tree<'_>,
    reader: &Reader<'_>,
    at: u32,
    condition: &Condition,
    found: &mut Match<'_>,
) -> bool {
    let words_only = condition
        .words
        .iter()
        .all(|w| matches!(w, WordTest::Anything));
    if words_only && condition.path == Path::Complement && said_aloud(tree, at) {
        return true;
    }
    let mut tokens = tree.walk(at, &condition.path, found.seen());
    // "stepped in to help": parsers disagree on what is a complement and what a purpose; the frame names the verb.
    if tokens.is_empty()
        && condition.path == Path::Complement
        && !condition.negated
        && condition
            .words
            .iter()
            .all(|w| matches!(w, WordTest::Lemma(_) | WordTest::Set(_)))
    {
        tokens = tree.purposes(at);
    }
    for token in tokens {
        let agentive = matches!(condition.path, Path::Subject);
        if reader.admits(token, agentive, |lemma, kinds| {
            condition.admits(lemma, kinds)
        }) {
            if !condition.negated {
                if condition.path == Path::Governor {
                    found.light = Some(token);
                }
                let by_word = condition
                    .words
                    .iter()
                    .any(|w| matches!(w, WordTest::Lemma(_) | WordTest::Set(_)));
                if by_word
                    && matches!(
                        condition.path,
                        Path::Object
                            | Path::Governor
                            | Path::Preposition(_)
                            | Path::Complement
                            | Path::Subject
                    )
                {
                    found.used.push(token);
                }
            }
            return true;
        }
    }
    false
}

/// Whether the verb stands beside a quotation.
fn said_aloud(tree: &Tree<'_>, at: u32) -> bool {
    if tree.rel(at) == "parataxis" {
        return true;
    }
    let quote = |t: u32| matches!(tree.form(t), "“" | "”" | "\"" | "``" | "''");
    let from = at.saturating_sub(6);
    (from..(at + 8).min(tree.len())).any(quote) && tree.is_verb(at)
}

/// The words that carry the event: trigger, particle, and light verb beside it.
pub(super) fn span(tree: &Tree<'_>, found: &Match<'_>) -> Span<Byte> {
    let near = |t: &u32| found.token.abs_diff(*t) <= 4;
    let tokens = [Some(found.token), found.particle]
        .into_iter()
        .flatten()
        .chain(found.others.iter().copied().filter(near));
    super::cover(tree, tokens).unwrap_or(tree.token(found.token).span)
}
