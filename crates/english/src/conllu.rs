//! CoNLL-U in and out: pre-tokenised sentences come in, read sentences go out with `NER=` labels in MISC.
//!
//! Multiword ranges and empty nodes are left out on the way in; features and enhanced dependencies are not written.

use crate::Sentence;
use std::fmt::Write;

/// The tokens of each sentence of a CoNLL-U text, without multiword ranges and empty nodes; sentences without tokens are left out.
pub fn read(text: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    let mut tokens = Vec::new();
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            if !tokens.is_empty() {
                all.push(std::mem::take(&mut tokens));
            }
        } else if !line.starts_with('#') {
            let mut columns = line.split('\t');
            let id = columns.next().unwrap_or_default();
            if let (true, Some(form)) = (id.bytes().all(|b| b.is_ascii_digit()), columns.next()) {
                tokens.push(form.to_owned());
            }
        }
    }
    all
}

/// The text over which the spans of [`Reader::read_tokens`](crate::Reader::read_tokens) run: tokens joined by single spaces, sentences by newline.
pub fn join(sentences: &[Vec<String>]) -> String {
    let lines: Vec<String> = sentences.iter().map(|tokens| tokens.join(" ")).collect();
    lines.join("\n")
}

/// Writes sentences read from `text` as CoNLL-U, one blank line after each.
pub fn write(text: &str, sentences: &[Sentence]) -> String {
    let mut out = String::new();
    let mut paragraph = None;
    for (number, sentence) in sentences.iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            paragraph = Some(sentence.paragraph);
            out.push_str("# newpar\n");
        }
        let line = sentence.span.slice(text).replace(['\n', '\r'], " ");
        writeln!(out, "# sent_id = {}\n# text = {line}", number + 1)
            .expect("a String takes every write");
        let mut names = sentence.names.iter().peekable();
        for (at, token) in sentence.tokens.iter().enumerate() {
            while names.next_if(|name| name.tokens.end() <= at).is_some() {}
            let name = names.peek().filter(|name| name.tokens.holds(at));
            let glued = sentence
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.span.start() == token.span.end());
            number_to(at + 1, &mut out);
            for column in [
                token.span.slice(text),
                &token.lemma,
                token.upos.as_str(),
                token.xpos,
                "_",
            ] {
                out.push('\t');
                out.push_str(column);
            }
            out.push('\t');
            number_to(token.head.map_or(0, |h| h as usize + 1), &mut out);
            for column in ["\t", token.deprel, "\t_\t"] {
                out.push_str(column);
            }
            if let Some(name) = name {
                let mark = if at == name.tokens.start() {
                    "NER=B-"
                } else {
                    "NER=I-"
                };
                out.push_str(mark);
                out.push_str(name.kind.label());
            }
            out.push_str(match (name.is_some(), glued) {
                (false, false) => "_",
                (true, false) => "",
                (false, true) => "SpaceAfter=No",
                (true, true) => "|SpaceAfter=No",
            });
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// Writes a number, digit by digit.
fn number_to(number: usize, out: &mut String) {
    if number > 9 {
        number_to(number / 10, out);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}
