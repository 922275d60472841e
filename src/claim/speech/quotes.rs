//! Quotations: where quoted words begin and end.
//!
//! In: a document. Out: [`Quote`]s in text order, within one paragraph each. Refuses: single quotation marks, which cannot
//! be told from apostrophes with certainty.

use crate::document::Document;
use english::{Byte, Span};

/// A stretch of quoted words within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// Marks included.
    pub(super) span: Span<Byte>,
    /// No closing mark before the paragraph ends: the next paragraph may go on.
    pub(super) open: bool,
    /// It is the first thing in its paragraph.
    pub(super) opens_paragraph: bool,
    /// It starts with a capital: a sentence, not a phrase.
    pub(super) whole_sentence: bool,
    /// It ends with a full stop, a question or an exclamation.
    pub(super) ends_sentence: bool,
    /// Number of words.
    pub(super) words: usize,
}

/// The quotations of a document.
pub(super) fn find(document: &Document) -> Vec<Quote> {
    let mut out = Vec::new();
    let text = document.text();
    for block in document.blocks() {
        let body = document.slice(block.span);
        let base = block.span.start();
        let mut open: Option<usize> = None;
        let mut push = |from: usize, to: usize, unclosed: bool| {
            let inner = text[base + from..base + to].trim_matches(['"', '“', '”']);
            out.push(Quote {
                span: Span::new(base + from, base + to),
                open: unclosed,
                opens_paragraph: from == 0,
                ends_sentence: inner.trim_end().ends_with(['.', '?', '!']),
                whole_sentence: inner.trim_start().starts_with(char::is_uppercase),
                words: inner.split_whitespace().count(),
            });
        };
        for (at, c) in body.char_indices() {
            let opens = match c {
                '“' => true,
                '"' => open.is_none(),
                '”' => false,
                _ => continue,
            };
            match (opens, open) {
                (true, None) => open = Some(at),
                // A second opening mark at the end of a word closes what stands open.
                (true, Some(from)) if body[..at].ends_with(['.', ',', '!', '?']) => {
                    push(from, at + c.len_utf8(), false);
                    open = None;
                }
                (false, Some(from)) => {
                    push(from, at + c.len_utf8(), false);
                    open = None;
                }
                _ => {}
            }
        }
        if let Some(from) = open {
            push(from, body.len(), true);
        }
    }
    out
}
