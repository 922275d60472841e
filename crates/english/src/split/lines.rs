//! Cuts a text into paragraphs.
//!
//! News text has one paragraph a line; mail and old files wrap lines by hand. A document counts as wrapped when many of
//! its line breaks stand between a long line without a final stop and a line that goes on in lower case.

use crate::{Byte, Span};

/// Longest line that a hand-wrapped text may have, in bytes.
const WRAP: usize = 140;

/// Spans of the paragraphs, trimmed, none empty.
pub(super) fn paragraphs(text: &str) -> Vec<Span<Byte>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(is_break) {
        let line = piece.trim_end_matches(is_break);
        let trimmed = line.trim();
        let start = at + (trimmed.as_ptr() as usize - piece.as_ptr() as usize);
        lines.push(Span::new(start, start + trimmed.len()));
        at += piece.len();
    }
    let wrapped = is_wrapped(text, &lines);
    let longest = lines
        .iter()
        .map(|l| l.len())
        .filter(|&l| l <= WRAP)
        .max()
        .unwrap_or(0);
    let mut out: Vec<Span<Byte>> = Vec::new();
    let mut open = false;
    for &line in &lines {
        if line.is_empty() {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(last) if open => *last = last.cover(line),
            _ => out.push(line),
        }
        let words = line.slice(text);
        open = wrapped && !(ends_sentence(words) && line.len() * 3 < longest * 2);
    }
    out
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn is_wrapped(text: &str, lines: &[Span<Byte>]) -> bool {
    let (mut breaks, mut flowing) = (0, 0);
    for pair in lines.windows(2) {
        if pair[0].is_empty() || pair[1].is_empty() {
            continue;
        }
        breaks += 1;
        let long = (40..=WRAP).contains(&pair[0].len());
        let goes_on = pair[1].slice(text).starts_with(char::is_lowercase);
        flowing += usize::from(long && goes_on && !ends_sentence(pair[0].slice(text)));
    }
    breaks >= 2 && flowing * 10 >= breaks * 3
}

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    line.ends_with(['.', '!', '?', '…', ':'])
}
