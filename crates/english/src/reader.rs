//! The way from a text to read sentences: tokens, tags, lemmas, trees, names.
//!
//! In: any text up to 4 GiB. Out: sentences whose spans slice the text. It refuses nothing: odd input gets odd, but well-formed, sentences.

use crate::{
    Byte, Sentence, Span, Token, Upos,
    lemma::Lemmas,
    model::{ModelError, Sections},
    names::NameModel,
    perceptron::{Table, look, tags, tree},
    split::split,
    tagset::{RELATIONS, TAGS},
};
use std::{borrow::Cow, sync::OnceLock};

/// Reads English with the embedded models. Shared by reference between threads.
#[derive(Debug)]
pub struct Reader {
    lemmas: Lemmas,
    tags: Cow<'static, [u8]>,
    moves: Cow<'static, [u8]>,
    relations: Cow<'static, [u8]>,
    names: &'static NameModel,
}

impl Reader {
    /// The reader over the embedded models, unpacked on first use.
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
        let table = |name| -> Result<Cow<'static, [u8]>, ModelError> {
            let body = sections.get(name)?;
            let fits = body.len().is_power_of_two() && body.len() >= 128;
            if fits {
                Ok(Cow::Owned(body.to_vec()))
            } else {
                Err(ModelError::Shape(name))
            }
        };
        Ok(Self {
            lemmas: Lemmas::read(sections.get("lemmas")?)?,
            tags: table("tags")?,
            moves: table("moves")?,
            relations: table("relations")?,
            names: NameModel::embedded(),
        })
    }

    /// Reads a text: sentences with tags, lemmas, trees and names.
    pub fn read(&self, text: &str) -> Vec<Sentence> {
        let mut sentences = self.tokenize(text);
        for sentence in &mut sentences {
            self.annotate(text, sentence);
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
        self.names.label_document(&text, &mut out);
        out
    }

    /// Splits a text into sentences and tokens only: tags, lemmas, trees and names are left at their defaults.
    pub fn tokenize(&self, text: &str) -> Vec<Sentence> {
        split(text)
            .iter()
            .filter_map(|line| bare(&line.tokens, line.paragraph))
            .collect()
    }

    fn annotate(&self, text: &str, sentence: &mut Sentence) {
        let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.slice(text)).collect();
        let looks = look(&words);
        let tags = tags(&Table(&self.tags), &looks);
        let (heads, labels) = tree(&Table(&self.moves), &Table(&self.relations), &looks, &tags);
        for (i, token) in sentence.tokens.iter_mut().enumerate() {
            (token.upos, token.xpos) = TAGS[tags[i] as usize];
            token.lemma = self.lemmas.lemma(words[i], token.xpos);
            token.head = (heads[i] as usize != words.len()).then_some(heads[i]);
            token.deprel = match token.head {
                None => "root",
                Some(_) if RELATIONS[labels[i] as usize] == "root" => "dep",
                Some(_) => RELATIONS[labels[i] as usize],
            };
        }
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
