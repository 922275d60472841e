//! Turns: one speaker saying one thing over several sentences.
//!
//! In: the readings of one document. Out: which acts of saying go on with one before ("…, she said. She added that …"), and
//! the words of each turn. Refuses: to go on past another speaker, past a gap in the text, or past a new letter or speech.

use super::name;
use super::reading::{Reading, Reality, Said, Slot, Terms};
use crate::claim::Extraction;
use crate::schema::Schema;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Verbs that go on with what was being said.
const GOING_ON: [&str; 3] = ["add", "continue", "conclude"];
/// Verbs that say no more than that something is said.
const PLAIN: [&str; 4] = ["say", "tell", "explain", "note"];
/// Sentences between two acts of one turn.
const GAP: u32 = 3;
/// Sentences of a quotation after its speaker was named.
const LONGEST: u32 = 8;

/// Finds the turns among the readings of a document and notes their words.
pub(super) fn take(x: &Extraction, schema: &Schema, terms: &Terms, readings: &mut [Reading]) {
    let Some(speaker) = terms.slot("speaker") else {
        return;
    };
    let is_speech = |r: &Reading| schema.frame(terms.class(r)).is_some_and(|f| f.speech);
    let spoken: Vec<usize> = (0..readings.len())
        .filter(|&i| is_speech(&readings[i]) && readings[i].reality == Reality::Actual)
        .collect();
    let mut last: Option<usize> = None;
    for &i in &spoken {
        // "In a letter, she said …": another occasion.
        let occasion = spoken
            .iter()
            .any(|&j| readings[j].noun && readings[j].sentence == readings[i].sentence);
        if let Some(before) = last
            && !occasion
            && goes_on(&readings[before], &readings[i], speaker, terms)
        {
            readings[i].turn = readings[before].turn;
        }
        // Who only receives a letter says nothing.
        if readings[i].named.fills(speaker) || readings[i].words.fills(speaker) {
            last = Some(i);
        }
    }
    for &i in &spoken {
        let turn = readings[i].turn;
        let of_turn = spoken
            .iter()
            .map(|&j| &readings[j])
            .filter(|r| r.turn == turn);
        let (first_no, end_no) = of_turn.fold((u32::MAX, 0), |(a, b), r| {
            (a.min(r.sentence), b.max(r.sentence))
        });
        let sentences = &x.mentions.sentences;
        let (Some(first), Some(end)) = (
            sentences.get(first_no as usize),
            sentences.get(end_no as usize),
        ) else {
            continue;
        };
        let said: Vec<u32> = spoken.iter().map(|&j| readings[j].sentence).collect();
        let text = &x.document.text()[first.span.start()..end.span.end()];
        let end = quoted_on(x, end_no, text, &said);
        let text = &x.document.text()[first.span.start()..end];
        let mut quoted: Vec<u64> = quotations(text).flat_map(runs).collect();
        quoted.sort_unstable();
        quoted.dedup();
        let spoken = runs(text);
        readings[i].said = Some(Box::new(Said { quoted, spoken }));
    }
}

/// Where a quotation that a turn begins ends: the sentences after it that stand in quotation marks and in which nobody else
/// is said to speak.
fn quoted_on(x: &Extraction, last: u32, turn: &str, said: &[u32]) -> usize {
    let sentences = &x.mentions.sentences;
    let mut end = sentences[last as usize].span.end();
    let mut open = is_open(turn);
    for no in last + 1..=last + LONGEST {
        let Some(sentence) = sentences.get(no as usize) else {
            break;
        };
        let text = x.document.slice(sentence.span);
        if said.contains(&no) || !(open || text.trim_start().starts_with(['“', '"'])) {
            break;
        }
        open = (open && !text.contains(['”', '"'])) || is_open(text);
        end = sentence.span.end();
    }
    end
}

/// Whether the last quotation of a text is not closed in it.
fn is_open(text: &str) -> bool {
    match (text.rfind('“'), text.rfind('”')) {
        (Some(open), close) => close.is_none_or(|c| c < open),
        (None, _) => text.matches('"').count() % 2 == 1,
    }
}

/// Whether the later act goes on with the earlier one.
fn goes_on(before: &Reading, now: &Reading, speaker: Slot, terms: &Terms) -> bool {
    let same = before.named.both(&now.named, speaker).next().is_some();
    let near = now.sentence.saturating_sub(before.sentence) <= GAP;
    let verb = terms.word(now.trigger);
    let continues = GOING_ON.contains(&verb) || (PLAIN.contains(&verb) && now.by_pronoun);
    near && same && (continues || before.sentence == now.sentence)
}

/// The stretches of a text between quotation marks; one that is not closed runs to the end.
fn quotations(text: &str) -> impl Iterator<Item = &str> {
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match (c, open) {
            ('“', _) => open = Some(end),
            ('"', None) => open = Some(end),
            ('”' | '"', Some(from)) => {
                parts.push(&text[from..at]);
                open = None;
            }
            _ => {}
        }
    }
    if let Some(from) = open {
        parts.push(&text[from..]);
    }
    parts.into_iter()
}

/// Hashes of the runs of three words that hold some word of weight, sorted.
fn runs(text: &str) -> Vec<u64> {
    let words = name::words(text);
    let mut out: Vec<u64> = words
        .windows(3)
        .filter(|w| w.iter().any(|w| w.len() > 5))
        .map(|w| {
            let mut hasher = FxHasher::default();
            w.hash(&mut hasher);
            hasher.finish()
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
