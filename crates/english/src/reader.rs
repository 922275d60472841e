//! The way from a text to read sentences: tokens, tags, lemmas, trees, names.
//!
//! In: any text up to 4 GiB. Out: sentences whose spans slice the text. It refuses nothing: odd input gets odd, but well-formed, sentences.

use crate::{
    Byte, Sentence, Span, Token, Upos,
    form::normal,
    lemma::Lemmas,
    model::{ModelError, Sections},
    names::NameModel,
    net::{Net, Scratch, Verdict},
    split::split,
    tagset::{RELATIONS, TAGS},
};
use std::sync::OnceLock;

/// Reads English with the embedded models. Shared by reference between threads.
#[derive(Debug)]
pub struct Reader {
    lemmas: Lemmas,
    net: Net,
    names: &'static NameModel,
}

impl Reader {
    /// The reader over the embedded models, unpacked on first use.
    ///
    /// # Panics
    /// Never with the model that is committed: the tests read it.
    pub fn embedded() -> &'static Reader {
        static READER: OnceLock<Reader> = OnceLock::new();
        READER.get_or_init(|| {
            let bytes = include_bytes!("../../../models/reading.bin");
            Self::from_bytes(bytes).expect("the embedded model is the one that the tests read")
        })
    }

    /// A reader over a model file other than the embedded one, with the embedded names.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let sections = Sections::read(bytes)?;
        Ok(Self {
            lemmas: Lemmas::read(sections.get("lemmas")?)?,
            net: Net::read(sections.get("net")?)?,
            names: NameModel::embedded(),
        })
    }

    /// Reads a text: sentences with tags, lemmas, trees and names.
    pub fn read(&self, text: &str) -> Vec<Sentence> {
        let mut sentences = self.tokenize(text);
        let mut desk = Desk::default();
        for sentence in &mut sentences {
            self.annotate(text, sentence, &mut desk);
        }
        self.names.label_document(text, &mut sentences);
        sentences
    }

    /// Reads sentences that are already split into tokens; spans run over [`join`](crate::conllu::join) of them.
    /// Empty sentences are left out.
    pub fn read_tokens(&self, sentences: &[Vec<String>]) -> Vec<Sentence> {
        let text = crate::conllu::join(sentences);
        let mut out = Vec::with_capacity(sentences.len());
        let mut at = 0;
        let mut desk = Desk::default();
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
                self.annotate(&text, &mut sentence, &mut desk);
                out.push(sentence);
            }
        }
        self.names.label_document(&text, &mut out);
        out
    }

    /// The same as [`tokenize`].
    pub fn tokenize(&self, text: &str) -> Vec<Sentence> {
        tokenize(text)
    }

    fn annotate(&self, text: &str, sentence: &mut Sentence, desk: &mut Desk) {
        let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.slice(text)).collect();
        let normals: Vec<String> = words.iter().map(|w| normal(w)).collect();
        let mut first_root = None;
        let mut start = 0;
        while start < words.len() {
            let end = words.len().min(start + PART);
            self.net.judge(
                &words[start..end],
                &normals[start..end],
                &mut desk.scratch,
                &mut desk.verdict,
            );
            let Verdict {
                tags,
                heads,
                labels,
            } = &desk.verdict;
            for i in start..end {
                let token = &mut sentence.tokens[i];
                let head = heads[i - start] as usize + start;
                (token.upos, token.xpos) = TAGS[tags[i - start] as usize];
                token.lemma = self.lemmas.lemma(words[i], token.xpos);
                (token.head, token.deprel) =
                    match (RELATIONS.get(labels[i - start] as usize), first_root) {
                        (Some(&relation), _) if head < end => (
                            Some(head as u32),
                            if relation == "root" { "dep" } else { relation },
                        ),
                        // Later parts of an overlong sentence hang under the root of its first part.
                        (_, Some(root)) if start > 0 => (Some(root), "parataxis"),
                        _ => (None, "root"),
                    };
                if token.head.is_none() {
                    first_root = Some(i as u32);
                }
            }
            start = end;
        }
    }
}

/// Longest run of words that is parsed at once; longer sentences come only from tokens given by the caller.
const PART: usize = 400;

/// Working memory of one document.
#[derive(Default)]
struct Desk {
    scratch: Scratch,
    verdict: Verdict,
}

/// Splits a text into sentences and tokens only: tags, lemmas, trees and names are left at their defaults.
pub fn tokenize(text: &str) -> Vec<Sentence> {
    split(text)
        .iter()
        .filter_map(|line| bare(&line.tokens, line.paragraph))
        .collect()
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
