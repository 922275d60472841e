//! Expressions of time and what they mean.
//!
//! In: a document and its sentences. Out: [`TimeMention`]s in text order, resolved against the date of publication when
//! it is known. Refuses: durations, ages, times of day alone, what lies before or after a time, and any year that neither the words nor the date of
//! publication give.

mod meaning;
mod numbers;
mod resolve;
mod words;

use super::TimeMention;
use crate::document::Document;
use english::{Sentence, Span, Upos};
use meaning::{Meaning, Relation};
use resolve::{Tense, resolve};
use words::Words;

pub(super) use numbers::is_calendar;
pub(crate) use numbers::small_number;

/// The expressions of time in `sentences`, in text order.
pub fn find(document: &Document, sentences: &[Sentence]) -> Vec<TimeMention> {
    let mut out = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let words = Words::new(document.text(), sentence);
        let mut at = 0;
        while at < sentence.tokens.len() {
            let Some(found) = words.expression(at) else {
                at += 1;
                continue;
            };
            if found.relation == Relation::Apart
                || within_name(sentence, found.core)
                || is_modifier_of_age(sentence, found.end)
            {
                at = found.end;
                continue;
            }
            let tokens = Span::new(found.start, found.end);
            let head = head_of(sentence, found.start, found.end, found.core);
            out.push(TimeMention {
                span: sentence.bytes(tokens),
                sentence: number as u32,
                tokens,
                head: head as u32,
                value: resolve(
                    &found.meaning,
                    found.relation,
                    document.published(),
                    tense(sentence, head, &found.meaning),
                ),
            });
            at = found.end;
        }
    }
    out
}

/// The highest token of the expression: its syntactic head, with the preposition left out.
fn head_of(sentence: &Sentence, start: usize, end: usize, core: usize) -> usize {
    let mut at = core;
    for _ in start..end {
        match sentence.tokens[at].head {
            Some(head) if (start..end).contains(&(head as usize)) => at = head as usize,
            _ => break,
        }
    }
    if sentence.tokens[at].upos == Upos::Adp {
        core
    } else {
        at
    }
}

/// Names such as "Black Friday" or "Sunday Times" are no times.
fn within_name(sentence: &Sentence, core: usize) -> bool {
    sentence
        .names
        .iter()
        .any(|n| n.tokens.holds(core) && n.tokens.len() > 1)
}

/// "a 2023-registered car", "48 hours old".
fn is_modifier_of_age(sentence: &Sentence, end: usize) -> bool {
    sentence
        .tokens
        .get(end)
        .is_some_and(|t| &*t.lemma == "old" && t.upos == Upos::Adj)
}

/// Whether the clause around a time looks back or ahead.
fn tense(sentence: &Sentence, head: usize, meaning: &Meaning) -> Tense {
    if let Some(tense) = meaning.own_tense() {
        return tense;
    }
    let mut at = Some(head);
    for _ in 0..8 {
        let Some(token) = at else { break };
        let t = &sentence.tokens[token];
        if matches!(t.upos, Upos::Verb | Upos::Aux) || is_root_predicate(sentence, token) {
            return tense_of(sentence, token);
        }
        if t.upos == Upos::Adj && matches!(&*t.lemma, "due" | "likely" | "ready") {
            return Tense::Future;
        }
        at = t.head.map(|h| h as usize);
    }
    Tense::Past
}

fn is_root_predicate(sentence: &Sentence, token: usize) -> bool {
    sentence.children(token).any(|c| {
        sentence.tokens[c].deprel == "cop"
            || (sentence.tokens[c].deprel == "aux" && sentence.tokens[token].upos != Upos::Noun)
    })
}

fn tense_of(sentence: &Sentence, verb: usize) -> Tense {
    let t = &sentence.tokens[verb];
    let mut infinitive = false;
    let mut auxiliary = None;
    for c in sentence.children(verb) {
        let child = &sentence.tokens[c];
        match &*child.lemma {
            "will" | "shall" | "'ll" if child.upos == Upos::Aux => return Tense::Future,
            "due" => return Tense::Future,
            "to" if child.deprel == "mark" || child.upos == Upos::Part => infinitive = true,
            _ if matches!(child.deprel, "aux" | "cop" | "aux:pass") && auxiliary.is_none() => {
                auxiliary = Some(child.xpos);
            }
            _ => {}
        }
    }
    let planned = matches!(
        &*t.lemma,
        "schedule" | "expect" | "plan" | "set" | "slate" | "intend" | "aim"
    );
    let present = matches!(auxiliary.unwrap_or(t.xpos), "VBZ" | "VBP");
    match t.xpos {
        "VBN" | "VBD" if planned => Tense::Future,
        "VBG" if auxiliary.is_some() && present => Tense::Future,
        "VBZ" | "VBP" => Tense::Present,
        "VB" if infinitive => match t.head {
            Some(head) if sentence.tokens[head as usize].upos == Upos::Verb => {
                match &*sentence.tokens[head as usize].lemma {
                    "expect" | "schedule" | "plan" | "set" | "intend" | "hope" | "want"
                    | "promise" | "vow" | "agree" | "prepare" | "go" => Tense::Future,
                    _ => tense_of_finite(sentence, head as usize),
                }
            }
            Some(_) => Tense::Future,
            None => Tense::Past,
        },
        _ => Tense::Past,
    }
}

fn tense_of_finite(sentence: &Sentence, verb: usize) -> Tense {
    let future = sentence
        .children(verb)
        .any(|c| matches!(&*sentence.tokens[c].lemma, "will" | "shall"));
    if future { Tense::Future } else { Tense::Past }
}

#[cfg(test)]
mod tests;
