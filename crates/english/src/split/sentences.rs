//! Cuts the tokens of a paragraph into sentences.

use super::abbreviations::{Stop, stop_after};
use crate::{Byte, Span};
use std::ops::Range;

/// Words that often open a sentence; a capital on one of them after an abbreviation means that a sentence begins.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "A", "After", "All", "Although", "An", "And", "As", "At", "Before", "But", "By", "During", "Each", "Every", "Few", "For", "From",
    "He", "Her", "His", "How", "However", "I", "If", "In", "It", "Its", "Last", "Many", "Meanwhile", "More", "Most", "My", "Nearly",
    "No", "Not", "Now", "On", "One", "Only", "Or", "Our", "Police", "She", "Since", "So", "Some", "Such", "That", "The", "Their",
    "Then", "There", "These", "They", "This", "Those", "Though", "To", "Under", "Until", "We", "What", "When", "Where", "Which",
    "While", "Who", "Why", "With", "You", "Your",
];

/// Longest sentence in tokens; what runs on without an end is cut, so that work and memory stay bounded.
const LONGEST: usize = 200;

/// Token ranges of the sentences, in order, covering all tokens, none longer than [`LONGEST`].
pub(super) fn cut(text: &str, tokens: &[Span<Byte>]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for range in whole(text, tokens) {
        let mut start = range.start;
        while range.end - start > LONGEST {
            let limit = start + LONGEST;
            let pause = |&at: &usize| {
                matches!(
                    tokens[at].slice(text),
                    ";" | "," | ":" | "–" | "—" | "--" | "•"
                )
            };
            let end = (start + LONGEST / 2..limit)
                .rev()
                .find(pause)
                .map_or(limit, |at| at + 1);
            out.push(start..end);
            start = end;
        }
        out.push(start..range.end);
    }
    out
}

fn whole(text: &str, tokens: &[Span<Byte>]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut quotes = 0; // straight double quotes since the sentence began
    let mut at = 0;
    while at < tokens.len() {
        let word = tokens[at].slice(text);
        quotes += usize::from(word == "\"");
        if !may_end(text, tokens, at) {
            at += 1;
            continue;
        }
        // Quotes and brackets that close belong to the sentence.
        let mut end = at + 1;
        while end < tokens.len() && closes(text, tokens, end, quotes) {
            quotes += usize::from(tokens[end].slice(text) == "\"");
            end += 1;
        }
        let quoted = end > at + 1;
        if ends(text, tokens, at, end, quoted) {
            out.push(start..end);
            start = end;
            quotes = 0;
        }
        at = end;
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// Whether the token can be the final mark of a sentence.
fn may_end(text: &str, tokens: &[Span<Byte>], at: usize) -> bool {
    let word = tokens[at].slice(text);
    let Some(last) = word.chars().next_back() else {
        return false;
    };
    if !matches!(last, '.' | '!' | '?' | '…' | '。' | '！' | '？') {
        return false;
    }
    if word.chars().any(char::is_alphanumeric) {
        let bare = word.trim_end_matches('.').to_lowercase();
        let initials = bare.contains('.') && bare.len() >= 3;
        return initials || stop_after(&bare) == Stop::Either;
    }
    true
}

fn closes(text: &str, tokens: &[Span<Byte>], at: usize, quotes: usize) -> bool {
    let glued = tokens[at - 1].end() == tokens[at].start();
    let spaced = tokens.get(at + 1).is_none_or(|next| {
        next.start() > tokens[at].end() || !next.slice(text).starts_with(char::is_alphanumeric)
    });
    match tokens[at].slice(text) {
        "”" | ")" | "]" | "''" | "»" | "}" | "’’" => true,
        "’" | "'" => glued && spaced,
        "\"" => (glued || quotes % 2 == 1) && spaced,
        mark => glued && mark.chars().all(|c| matches!(c, '.' | '!' | '?' | '…')),
    }
}

/// Whether a sentence ends between `end - 1` and `end`, with its final mark at `at`.
fn ends(text: &str, tokens: &[Span<Byte>], at: usize, end: usize, quoted: bool) -> bool {
    let Some(&next) = tokens.get(end) else {
        return true;
    };
    let word = tokens[at].slice(text);
    let gap = next.start() > tokens[end - 1].end();
    let following = next.slice(text);
    let opening = if is_opening(following) {
        tokens.get(end + 1).map_or(following, |t| t.slice(text))
    } else {
        following
    };
    let first = opening.chars().next().unwrap_or(' ');
    if word.chars().any(char::is_alphanumeric) {
        // An abbreviation: a sentence ends only where the next word shows it.
        return gap
            && (OPENERS.contains(&opening)
                || (quoted && first.is_uppercase())
                || (is_opening(following) && first.is_uppercase()));
    }
    if first.is_lowercase() {
        // "Why?" he asked; a stop before lower case is mostly a sloppy new sentence.
        return gap
            && !quoted
            && word == "."
            && !is_opening(following)
            && !after_short(text, tokens, at);
    }
    if matches!(
        first,
        ',' | ';' | ':' | '-' | '–' | '—' | ')' | ']' | '/' | '&'
    ) {
        return false;
    }
    if word.starts_with("..") || word == "…" {
        return gap && first.is_uppercase();
    }
    if !gap && !quoted {
        // "end.Next": two sentences only when a capitalised word follows a full word.
        return first.is_uppercase() && at > 0 && tokens[at - 1].len() > 2;
    }
    if word == "."
        && first.is_numeric()
        && at > 0
        && tokens[at - 1].len() == 1
        && tokens[at - 1].slice(text).starts_with(char::is_alphabetic)
    {
        return false;
    }
    // A numbered item ("1. Introduction") keeps its heading.
    !(word == "." && at + 1 == end && is_item(text, tokens, at))
}

fn after_short(text: &str, tokens: &[Span<Byte>], at: usize) -> bool {
    at > 0 && {
        let before = tokens[at - 1].slice(text);
        before.len() <= 4
            && !before.contains(['a', 'e', 'i', 'o', 'u', 'y'])
            && before.chars().all(char::is_alphabetic)
    }
}

fn is_item(text: &str, tokens: &[Span<Byte>], at: usize) -> bool {
    at == 1 && {
        let before = tokens[0].slice(text);
        before.len() <= 2 && before.bytes().all(|b| b.is_ascii_digit())
    }
}

fn is_opening(word: &str) -> bool {
    matches!(word, "\"" | "“" | "‘" | "(" | "[" | "``" | "'" | "«" | "{")
}
