//! From running text to paragraphs, sentences and tokens.
//!
//! In: any text. Out: for each sentence its paragraph number and its tokens, as byte spans in order. Token conventions
//! are those of the English Web Treebank and GUM (clitics and most hyphens apart). It changes no character, and its time
//! is linear in the text. Layout (one paragraph a line, or lines wrapped by hand) is judged once a document.

mod abbreviations;
mod lines;
mod patterns;
mod sentences;
mod words;

use crate::{Byte, Span};

/// The paragraphs of a text as spans, trimmed, none empty: its lines, or groups of lines where they are wrapped by hand.
/// [`Sentence::paragraph`](crate::Sentence::paragraph) counts these.
pub fn paragraphs(text: &str) -> Vec<Span<Byte>> {
    lines::paragraphs(text)
}

/// One sentence as token spans.
pub(crate) struct Line {
    /// Number of the block of text it stands in.
    pub(crate) paragraph: u32,
    /// Its tokens; never empty.
    pub(crate) tokens: Vec<Span<Byte>>,
}

/// Splits a text.
pub(crate) fn split(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    for (paragraph, block) in lines::paragraphs(text).into_iter().enumerate() {
        let tokens = words::tokens(text, block);
        for part in sentences::cut(text, &tokens) {
            out.push(Line {
                paragraph: paragraph as u32,
                tokens: tokens[part].to_vec(),
            });
        }
    }
    out
}
