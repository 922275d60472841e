//! What a document knows that a sentence does not: a name found once is a name elsewhere, and of one kind.
//!
//! In: sentences with the names that the field found in each. Out: the same, made to agree. Acronyms take the kind of what
//! they abbreviate, surnames after a full name are people, a title makes its bearer a person, and what headlines in
//! capitals seem to name is believed only when the body or the gazetteer bears it out.

use super::{
    lexicon::{self, Lexicon, kind},
    site,
};
use crate::{Name, NameKind, Nth, Sentence, Span, form::normal};
use std::collections::BTreeMap;

/// Titles that stand before people only, normalised.
const TITLES: [&str; 24] = [
    "baroness",
    "col",
    "dame",
    "det",
    "dr",
    "father",
    "lady",
    "lord",
    "lt",
    "messrs",
    "miss",
    "mr",
    "mrs",
    "ms",
    "mx",
    "pc",
    "prof",
    "professor",
    "rev",
    "sen",
    "sgt",
    "sheikh",
    "sir",
    "viscount",
];

/// Whether a word is a title that only people bear.
fn title(word: &str) -> bool {
    TITLES
        .binary_search(&normal(word).trim_end_matches('.'))
        .is_ok()
}

/// Offices by which somebody is addressed ("Mr President"), normalised.
const ADDRESSED: [&str; 12] = [
    "ambassador",
    "chair",
    "chairman",
    "chairwoman",
    "chancellor",
    "justice",
    "mayor",
    "minister",
    "moderator",
    "president",
    "secretary",
    "speaker",
];

/// Whether a name is an office behind the word by which its holder is addressed, and so nobody's name.
fn addressed(words: &[&str], name: &Name) -> bool {
    let at = name.tokens.start();
    let before = at.checked_sub(1).map(|i| normal(words[i]));
    name.tokens.len() == 1
        && matches!(
            before.as_deref().map(|w| w.trim_end_matches('.')),
            Some("mr" | "madam" | "madame" | "mrs" | "ms")
        )
        && ADDRESSED.contains(&normal(words[at]).as_str())
}

/// Votes for the kind of a string, and the best confidence for it.
type Votes = BTreeMap<NameKind, f32>;

/// What the body of a document says of strings.
#[derive(Debug, Default)]
struct Memory {
    /// Votes by normalised string.
    strings: BTreeMap<String, Votes>,
    /// Last words of names of people, with the best confidence.
    surnames: BTreeMap<String, f32>,
    /// First words of all these, with the greatest number of words of a string that begins so.
    starts: BTreeMap<String, usize>,
}

impl Memory {
    /// Notes the first words.
    fn index(&mut self) {
        for string in self.strings.keys().chain(self.surnames.keys()) {
            let first = string.split(' ').next().unwrap_or_default();
            let longest = self.starts.entry(first.to_owned()).or_default();
            *longest = (*longest).max(string.split(' ').count().min(8));
        }
    }

    fn winner(&self, string: &str) -> Option<(NameKind, f32)> {
        let votes = self.strings.get(string)?;
        votes
            .iter()
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))
            .map(|(&kind, &weight)| (kind, weight))
    }

    fn votes(&self, string: &str, kind: NameKind) -> f32 {
        self.strings
            .get(string)
            .and_then(|v| v.get(&kind))
            .copied()
            .unwrap_or(0.0)
    }
}

/// Surface forms of the tokens of a sentence.
fn forms<'a>(text: &'a str, sentence: &Sentence) -> Vec<&'a str> {
    sentence.tokens.iter().map(|t| t.span.slice(text)).collect()
}

/// A run of words as it is compared.
fn string(words: &[&str]) -> String {
    words
        .iter()
        .map(|w| normal(w))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a word alone may stand for a name: neither a letter nor a number of a king.
fn telling(word: &str) -> bool {
    word.chars().count() > 1 && !word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

fn capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a sentence shows nothing by its capitals, because it has no small letter.
fn shouted(words: &[&str]) -> bool {
    words.len() > 1
        && words.iter().all(|w| !w.chars().any(char::is_lowercase))
        && words
            .iter()
            .filter(|w| w.chars().any(char::is_alphabetic))
            .count()
            > 1
}

/// Makes the names of a document agree.
pub(super) fn agree(lexicon: &Lexicon, text: &str, sentences: &mut [Sentence]) {
    let mut memory = Memory::default();
    let mut acronyms: BTreeMap<String, NameKind> = BTreeMap::new();
    // Where everything is in capitals there is no body that could bear anything out.
    let all: usize = sentences.iter().map(|s| s.tokens.len()).sum();
    let capitals: usize = sentences
        .iter()
        .filter(|s| shouted(&forms(text, s)))
        .map(|s| s.tokens.len())
        .sum();
    let body = capitals * 2 < all;
    for sentence in &mut *sentences {
        let words = forms(text, sentence);
        entitle(lexicon, &words, &mut sentence.names);
        sentence.names.retain(|name| !addressed(&words, name));
        if body && shouted(&words) {
            continue;
        }
        for name in &sentence.names {
            let run = &words[name.tokens.range()];
            *memory
                .strings
                .entry(string(run))
                .or_default()
                .entry(name.kind)
                .or_default() += name.confidence;
            if name.kind == NameKind::Person
                && run.len() > 1
                && name.confidence > 0.5
                && telling(run[run.len() - 1])
            {
                let sure = memory
                    .surnames
                    .entry(string(&run[run.len() - 1..]))
                    .or_default();
                *sure = sure.max(name.confidence);
            }
            if let Some(short) = defined(&words, name) {
                acronyms.insert(normal(short), name.kind);
            }
        }
    }
    for (short, &kind) in &acronyms {
        memory
            .strings
            .insert(short.clone(), BTreeMap::from([(kind, 3.0)]));
    }
    memory.index();
    for sentence in &mut *sentences {
        let words = forms(text, sentence);
        let loud = body && shouted(&words);
        for name in &mut sentence.names {
            settle(&memory, &words[name.tokens.range()], name);
        }
        if loud {
            sentence.names.retain(|name| {
                let run = &words[name.tokens.range()];
                memory.winner(&string(run)).is_some()
                    || name.confidence >= 0.9
                        && lexicon.kinds(lexicon::sequence(run)) & kind::NAMES != 0
            });
        }
        recover(lexicon, &memory, &words, loud, sentence);
    }
}

/// A title that only people bear makes the capitalised words after it a person.
fn entitle(lexicon: &Lexicon, words: &[&str], names: &mut Vec<Name>) {
    for at in 1..words.len() {
        // A full stop may be a token of its own after a title.
        let before = if words[at - 1] == "." && at > 1 {
            at - 2
        } else {
            at - 1
        };
        if !title(words[before])
            || !capital(words[before])
            || !capital(words[at])
            || title(words[at])
            || lexicon.office(words[at])
        {
            continue;
        }
        match names.iter().position(|n| n.tokens.holds(at)) {
            Some(i) if names[i].tokens.start() == at && names[i].kind != NameKind::Person => {
                names[i].kind = NameKind::Person;
                names[i].confidence = names[i].confidence.max(0.8);
            }
            None if names.iter().all(|n| !n.tokens.holds(before)) => {
                let to = (at..words.len())
                    .take_while(|&i| capital(words[i]) && names.iter().all(|n| !n.tokens.holds(i)))
                    .count()
                    + at;
                let to = to.min(at + 3);
                names.push(Name {
                    tokens: Span::<Nth>::new(at, to),
                    kind: NameKind::Person,
                    confidence: 0.8,
                });
                names.sort_by_key(|n| n.tokens.start());
            }
            _ => {}
        }
    }
}

/// The acronym that a name introduces in brackets after it: its letters are the initials of the name, small words aside.
fn defined<'a>(words: &[&'a str], name: &Name) -> Option<&'a str> {
    let to = name.tokens.end();
    let [open, short, close] = words.get(to..to + 3)? else {
        return None;
    };
    if !matches!(*open, "(" | "[") || !matches!(*close, ")" | "]") || short.len() < 2 {
        return None;
    }
    let initials: Vec<char> = words[name.tokens.range()]
        .iter()
        .filter(|w| capital(w))
        .filter_map(|w| w.chars().next())
        .collect();
    let letters: Vec<char> = short.chars().filter(|c| c.is_uppercase()).collect();
    let fits = letters.len() >= 2
        && letters.first() == initials.first()
        && letters.iter().all(|c| initials.contains(c))
        && letters.len() <= initials.len() + 1;
    fits.then_some(*short)
}

/// Gives a name the kind that the document as a whole gives its string.
fn settle(memory: &Memory, words: &[&str], name: &mut Name) {
    let all = string(words);
    let Some((kind, weight)) = memory.winner(&all) else {
        return;
    };
    let own = memory.votes(&all, name.kind);
    let surname = words.len() == 1
        && name.confidence < 0.9
        && memory.surnames.get(&all).is_some_and(|&s| s > 0.7);
    if surname && name.kind != NameKind::Person && own < 2.0 {
        name.kind = NameKind::Person;
    } else if kind != name.kind && weight > 2.0 * own && name.confidence < 0.97 {
        name.kind = kind;
    }
}

/// Labels strings that are names elsewhere in the document and stand capitalised here.
fn recover(
    lexicon: &Lexicon,
    memory: &Memory,
    words: &[&str],
    loud: bool,
    sentence: &mut Sentence,
) {
    let mut taken = vec![false; words.len()];
    for name in &sentence.names {
        taken[name.tokens.range()].fill(true);
    }
    let start = words
        .iter()
        .position(|w| w.chars().any(char::is_alphanumeric))
        .unwrap_or(0);
    let letters = words.iter().filter(|w| w.chars().any(char::is_alphabetic));
    let due = words.iter().filter(|w| capital(w)).count() * 10 > letters.count() * 6;
    let mut more = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if taken[at] || !capital(words[at]) {
            at += 1;
            continue;
        }
        let first = normal(words[at]);
        let Some(&longest) = memory.starts.get(&first) else {
            at += 1;
            continue;
        };
        let found = (1..=longest.min(words.len() - at)).rev().find_map(|len| {
            let run = at..at + len;
            // A name is not cut out of a longer run of capitals, except in headlines.
            let edge = |i: Option<usize>| {
                i.is_some_and(|i| {
                    i < words.len() && !taken[i] && capital(words[i]) && words[i].len() > 1
                })
            };
            if taken[run.clone()].iter().any(|&t| t) || !capital(words[at + len - 1]) {
                return None;
            }
            if len == 1 && !telling(words[at]) {
                return None;
            }
            let (_, habit) = lexicon.word(lexicon::key(&first));
            // A word that is mostly written small shows by its capital that it is a name only where no capital is due.
            let common = len == 1 && matches!(habit, 1 | 2) && (due || at <= start);
            let all = string(&words[run]);
            let (kind, weight) = memory.winner(&all).filter(|&(_, w)| w > 0.8).or_else(|| {
                let sure = memory.surnames.get(&all).filter(|_| len == 1)?;
                Some((NameKind::Person, *sure))
            })?;
            let inner = !loud && len == 1 && (edge(at.checked_sub(1)) || edge(Some(at + 1)));
            (!inner && (!common || weight > 2.5)).then_some((len, kind, weight))
        });
        if let Some((len, kind, weight)) = found {
            more.push(Name {
                tokens: Span::<Nth>::new(at, at + len),
                kind: site::kind(kind, &words[at..at + len]),
                confidence: (weight.min(1.0) * 70.0).round() / 100.0,
            });
            at += len;
        } else {
            at += 1;
        }
    }
    if !more.is_empty() {
        sentence.names.extend(more);
        sentence.names.sort_by_key(|n| n.tokens.start());
    }
}
