//! The way from a text to read sentences: tokens, tags, lemmas, trees, names.
//!
//! In: any text up to 4 GiB. Out: sentences whose spans slice the text. It refuses nothing: odd input gets odd, but well-formed, sentences.

use crate::{
    Byte, Sentence, Span, Token, Upos,
    forms::Forms,
    lemma::Lemmas,
    model::{ModelError, Sections},
    names::{NameModel, features::Look},
    net::{Net, Scratch, Verdict},
    split::split,
    tagset::{RELATIONS, TAGS},
};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Reads English with the embedded models. Shared by reference between threads.
#[derive(Debug)]
pub struct Reader {
    lemmas: Lemmas,
    net: Net,
    names: &'static NameModel,
    /// Working memory that no text uses now.
    desks: Mutex<Vec<Desk>>,
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
            desks: Mutex::default(),
        })
    }

    /// Reads a text: sentences with tags, lemmas, trees and names.
    pub fn read(&self, text: &str) -> Vec<Sentence> {
        let mut sentences = self.tokenize(text);
        self.annotate(text, &mut sentences);
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
            out.extend(bare(&spans, out.len() as u32));
        }
        self.annotate(&text, &mut out);
        out
    }

    /// The same as [`tokenize`].
    pub fn tokenize(&self, text: &str) -> Vec<Sentence> {
        tokenize(text)
    }

    /// Tags, lemmas, trees and names.
    fn annotate(&self, text: &str, sentences: &mut [Sentence]) {
        let desks = || self.desks.lock().unwrap_or_else(PoisonError::into_inner);
        let mut desk = desks().pop().unwrap_or_default();
        let mut rest = &mut *sentences;
        while !rest.is_empty() {
            let mut words = 0;
            let count = rest
                .iter()
                .take_while(|s| {
                    let room = words < GROUP;
                    words += s.tokens.len();
                    room
                })
                .count();
            let (group, tail) = rest.split_at_mut(count);
            self.read_group(text, group, &mut desk);
            rest = tail;
        }
        desks().push(desk);
        self.names.agree(text, sentences);
    }

    /// Sentences that go through the network together; each is read as if it were alone.
    fn read_group(&self, text: &str, group: &mut [Sentence], desk: &mut Desk) {
        let Desk {
            forms,
            numbers,
            lengths,
            scratch,
            verdict,
        } = desk;
        forms.bound();
        numbers.clear();
        lengths.clear();
        for sentence in &*group {
            lengths.extend(sentence.tokens.chunks(PART).map(<[Token]>::len));
            numbers.extend(
                sentence
                    .tokens
                    .iter()
                    .map(|t| forms.number(t.span.slice(text), &self.net, self.names)),
            );
        }
        let spreads = forms.spreads(&self.net);
        self.net.judge(numbers, lengths, spreads, scratch, verdict);
        let mut from = 0;
        for sentence in group {
            let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.slice(text)).collect();
            let to = from + words.len();
            let numbers = &numbers[from..to];
            let looks: Vec<Look> = numbers.iter().map(|&n| forms.look(n)).collect();
            sentence.names = self
                .names
                .label_looks(&words, looks.into_iter(), |at, setting| {
                    forms.own(numbers[at], setting, self.names)
                });
            let mut first_root = None;
            let mut start = 0;
            for part in sentence.tokens.chunks_mut(PART) {
                let end = start + part.len();
                for (i, token) in part.iter_mut().enumerate() {
                    let at = from + start + i;
                    let tag = verdict.tags[at];
                    (token.upos, token.xpos) = TAGS[tag as usize];
                    token.lemma =
                        forms.lemma(numbers[start + i], tag, words[start + i], &self.lemmas);
                    let head = verdict.heads[at] as usize + start;
                    (token.head, token.deprel) =
                        match (RELATIONS.get(verdict.labels[at] as usize), first_root) {
                            (Some(&relation), _) if head < end => (
                                Some(head as u32),
                                if relation == "root" { "dep" } else { relation },
                            ),
                            // Later parts of an overlong sentence hang under the root of its first part.
                            (_, Some(root)) if start > 0 => (Some(root), "parataxis"),
                            _ => (None, "root"),
                        };
                    if token.head.is_none() {
                        first_root = Some((start + i) as u32);
                    }
                }
                start = end;
            }
            from = to;
        }
    }
}

/// Longest run of words that is parsed at once; longer sentences come only from tokens given by the caller.
const PART: usize = 400;

/// Number of words, in whole sentences, that go through the network together: enough to share its weights, few enough for
/// what it computes to stay in the cache.
const GROUP: usize = 96;

/// Working memory.
#[derive(Debug, Default)]
struct Desk {
    forms: Forms,
    numbers: Vec<u32>,
    lengths: Vec<usize>,
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
