//! Cuts a paragraph into tokens.

use super::{
    abbreviations::{Stop, is_prefix, stop_after},
    patterns::{address, clitic, face, is_date, is_domain, is_mark, is_word},
};
use crate::{Byte, Span};

/// Longest run of characters that is looked at as a whole (address, abbreviation, number), so that time stays linear.
const WHOLE: usize = 1024;

/// Units written right after a number that are tokens of their own.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "am", "bn", "cc", "cm", "ft", "g", "gb", "ghz", "h", "hz", "hr", "hrs", "in", "k", "kb", "kg", "khz", "km", "kw", "kwh", "lb", "lbs", "m", "mb",
    "mg", "mhz", "mi", "min", "mins", "ml", "mm", "mn", "mph", "mw", "p", "pm", "px", "sec", "tb", "tn", "trn", "v", "w", "x", "yd", "yds",
];

/// Words that are two in the treebanks, with the length of the first part.
#[rustfmt::skip]
const FUSED: &[(&str, usize)] = &[
    ("arent", 3), ("cannot", 3), ("couldnt", 5), ("didnt", 3), ("doesnt", 4), ("dont", 2), ("gonna", 3), ("gotta", 3), ("hadnt", 3),
    ("hasnt", 3), ("havent", 4), ("isnt", 2), ("shouldnt", 6), ("wanna", 3), ("wasnt", 3), ("werent", 4), ("wouldnt", 5),
];

/// Token spans of the paragraph `block` of `text`, in order.
pub(super) fn tokens(text: &str, block: Span<Byte>) -> Vec<Span<Byte>> {
    let mut out = Vec::with_capacity(block.len() / 4);
    let words = block.slice(text);
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let chunk = rest.find(is_space).map_or(rest, |end| &rest[..end]);
        if chunk.is_empty() {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let after = words[at + chunk.len()..].chars().find(|&c| !is_space(c));
        Scanner {
            chunk,
            base: block.start() + at,
            after,
            out: &mut out,
        }
        .run();
        at += chunk.len();
    }
    out
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{2060}'
        )
}

/// Cuts one run of characters between spaces.
struct Scanner<'a> {
    chunk: &'a str,
    base: usize,
    /// First character after the space that follows.
    after: Option<char>,
    out: &'a mut Vec<Span<Byte>>,
}

impl Scanner<'_> {
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.out.push(Span::new(self.base + start, self.base + end));
        }
    }

    fn run(mut self) {
        let addressed = self.chunk.len() <= WHOLE
            && (self.chunk.contains('@')
                || self.chunk.contains("://")
                || self.chunk.contains("www.")
                || self.chunk.contains("WWW."));
        // Most runs are plain words.
        if self.chunk.len() <= 32 && self.chunk.bytes().all(|b| b.is_ascii_alphabetic()) {
            self.word(0, self.chunk.len());
            return;
        }
        let mut at = 0;
        while at < self.chunk.len() {
            if addressed && let Some(end) = address(self.chunk, at) {
                self.push(at, end);
                at = end;
                continue;
            }
            let first = self.chunk[at..].chars().next().unwrap_or(' ');
            at = if is_word(first) {
                self.lexeme(at)
            } else {
                self.mark(at, first)
            };
        }
    }

    /// A word or number with what belongs to it; returns its end.
    fn lexeme(&mut self, start: usize) -> usize {
        let chunk = self.chunk;
        let mut end = start;
        let mut prev = ' ';
        let mut part = start; // where the part since the last inner mark began
        let mut chars = chunk[start..].char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let here = start + i;
            let next = chars.peek().map(|&(_, n)| n);
            if is_word(c) || is_mark(c) {
                end = here + c.len_utf8();
                prev = c;
                continue;
            }
            if here - start > WHOLE || !self.inner(start, part, here, prev, c, next) {
                break;
            }
            part = here + c.len_utf8();
            end = part;
            prev = c;
        }
        let end = self.final_stop(start, end);
        self.word(start, end);
        end
    }

    /// Whether the mark `c` at `here` belongs to the word that began at `start`.
    fn inner(
        &self,
        start: usize,
        part: usize,
        here: usize,
        prev: char,
        c: char,
        next: Option<char>,
    ) -> bool {
        let Some(next) = next else { return false };
        let digits = prev.is_ascii_digit() && next.is_ascii_digit();
        let chunk = self.chunk;
        match c {
            '\'' | '’' => next.is_alphabetic() && prev.is_alphabetic(),
            '.' => {
                digits
                    || (next.is_ascii_alphabetic() && prev.is_ascii_alphabetic() && {
                        let piece = chunk[part..here].chars().count();
                        let follow = chunk[here + 1..]
                            .chars()
                            .take_while(|c| c.is_alphanumeric())
                            .take(6)
                            .count();
                        let lower = next.is_lowercase()
                            && chunk[start..here]
                                .chars()
                                .next_back()
                                .is_some_and(char::is_lowercase);
                        (piece <= 2 && follow == 1)
                            || (lower && (2..=4).contains(&follow) && is_domain(&chunk[here + 1..]))
                            || (piece <= 2
                                && next.is_uppercase()
                                && follow <= 2
                                && prev.is_uppercase())
                            || chunk[start..here].eq_ignore_ascii_case("ph")
                    })
            }
            ',' => {
                digits
                    && chunk[here + 1..]
                        .bytes()
                        .take_while(u8::is_ascii_digit)
                        .take(4)
                        .count()
                        == 3
                    || {
                        digits
                            && chunk[part..here].len() <= 3
                            && chunk[here + 1..]
                                .bytes()
                                .take_while(u8::is_ascii_digit)
                                .take(4)
                                .count()
                                == 2
                            && chunk[here + 1..].contains(',')
                    }
            }
            ':' => digits,
            '&' => prev.is_uppercase() && next.is_uppercase() && chunk[start..here].len() <= 3,
            '/' => {
                digits
                    && (chunk[here + 1..].matches('/').take(1).count() == 1
                        || chunk[start..here].contains('/')
                        || part - start > 0
                        || is_date(&chunk[start..], here - start))
            }
            '-' => self.hyphen(start, part, here, prev, next),
            '_' | '@' | '+' => next.is_alphanumeric() && c == '_',
            '\u{ad}' => true,
            _ => false,
        }
    }

    fn hyphen(&self, start: usize, part: usize, here: usize, prev: char, next: char) -> bool {
        let chunk = self.chunk;
        if prev.is_ascii_digit() && next.is_ascii_digit() {
            // Telephone numbers and dates keep their hyphens, ranges and results do not.
            let left = &chunk[part..here];
            let right = chunk[here + 1..]
                .bytes()
                .take_while(u8::is_ascii_digit)
                .take(12)
                .count();
            let more =
                chunk[here + 1 + right..].starts_with('-') || chunk[start..here].contains('-');
            return more || (left.len() == 3 && right == 4);
        }
        let left = &chunk[part..here];
        next.is_alphanumeric()
            && left.len() <= 8
            && part == start
            && is_prefix(&left.to_lowercase())
    }

    /// Takes a full stop into the word where it is an abbreviation; returns the end.
    fn final_stop(&self, start: usize, end: usize) -> usize {
        let (word, rest) = (&self.chunk[start..end], &self.chunk[end..]);
        if !rest.starts_with('.') || rest.starts_with("..") || word.len() > 24 {
            return end;
        }
        let glued = rest[1..].chars().next();
        if glued.is_some_and(char::is_alphanumeric) {
            return end;
        }
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let initial = letters == 1
            && word.chars().count() == 1
            && word.starts_with(char::is_uppercase)
            && word != "I";
        let dotted = word.contains('.')
            && word
                .split('.')
                .all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
        let next = glued.or(self.after);
        let keeps = match stop_after(&word.to_lowercase()) {
            Stop::Title | Stop::Either => {
                self.after.is_some()
                    || glued.is_some()
                    || !matches!(word, "co" | "ill" | "mo" | "pa" | "wash")
            }
            Stop::BeforeNumber => glued.is_none() && next.is_some_and(|c| c.is_ascii_digit()),
            Stop::Sentence => {
                dotted
                    || (initial
                        && glued.is_none()
                        && next.is_some_and(|c| c.is_uppercase() || c == '“'))
            }
        };
        let cased = !matches!(
            word,
            "ill" | "fri" | "wash" | "ind" | "mo" | "pa" | "wed" | "co" | "mon"
        );
        if keeps && cased { end + 1 } else { end }
    }

    /// Puts out a word, its clitics apart.
    fn word(&mut self, start: usize, end: usize) {
        let word = &self.chunk[start..end];
        if word.len() <= 8
            && word.len() >= 4
            && let Some(&(_, cut)) = FUSED
                .iter()
                .find(|(fused, _)| fused.eq_ignore_ascii_case(word))
        {
            self.push(start, start + cut);
            self.push(start + cut, end);
            return;
        }
        let digits = word
            .bytes()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':'))
            .count();
        if digits > 0
            && digits < word.len()
            && word.len() - digits <= 4
            && word.starts_with(|c: char| c.is_ascii_digit())
        {
            let unit = &word[digits..];
            let lower = unit.trim_end_matches('.').to_lowercase();
            if UNITS.contains(&lower.as_str())
                && (unit.len() > 1 || unit.starts_with(char::is_lowercase) || unit == "M")
            {
                self.push(start, start + digits);
                self.push(start + digits, end);
                return;
            }
        }
        if word.is_ascii() && !word.contains('\'') {
            self.push(start, end);
            return;
        }
        let cut = clitic(word);
        self.push(start, start + cut);
        self.push(start + cut, end);
    }

    /// A mark or a run of equal marks; returns its end.
    fn mark(&mut self, start: usize, first: char) -> usize {
        let rest = &self.chunk[start..];
        let run = |of: &dyn Fn(char) -> bool| start + rest.find(|c| !of(c)).unwrap_or(rest.len());
        let one = start + first.len_utf8();
        let end = match first {
            '.' | '!' | '?' | '…' => run(&|c| matches!(c, '.' | '!' | '?' | '…')),
            '-' | '*' | '=' | '_' | '~' | '<' | '>' | '`' | '+' | '#' => run(&|c| c == first),
            '\'' | '’' => return self.apostrophe(start, first),
            ':' | ';' if start == 0 => face(rest).map_or(one, |len| start + len),
            '$' | '£' | '€' => one,
            _ => {
                // Combining marks, joiners and skin tones stay with what they modify.
                let mut end = one;
                for c in rest[first.len_utf8()..].chars() {
                    if !is_mark(c) {
                        break;
                    }
                    end += c.len_utf8();
                }
                end
            }
        };
        self.push(start, end);
        end
    }

    /// A single quote: opening or closing mark, clitic, or the beginning of a shortened word.
    fn apostrophe(&mut self, start: usize, first: char) -> usize {
        let rest = &self.chunk[start + first.len_utf8()..];
        let one = start + first.len_utf8();
        if rest.starts_with(first) {
            self.push(start, one + first.len_utf8());
            return one + first.len_utf8();
        }
        let letters = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let word = &rest[..letters];
        let decade =
            word.len() == 3 && word.ends_with('s') && word[..2].bytes().all(|b| b.is_ascii_digit());
        let clitic = start > 0
            && letters <= 2
            && matches!(
                word.to_lowercase().as_str(),
                "s" | "m" | "d" | "ll" | "re" | "ve"
            );
        let short = start == 0
            && letters <= 5
            && matches!(
                word.to_lowercase().as_str(),
                "em" | "til" | "tis" | "twas" | "cause" | "bout"
            );
        let end = if decade || clitic || short {
            one + letters
        } else {
            one
        };
        self.push(start, end);
        end
    }
}
