//! Names: finds people, organisations, places and other named things.
//!
//! In: the words of sentences. Out: disjoint [`Name`]s in order, without leading article or closing `'s`. A linear-chain
//! conditional random field labels each sentence; then the document is made consistent with itself. It does not decide
//! who is meant, and it does not see tags or trees, so that it can be trained apart from them.

pub mod decode;
mod document;
pub mod features;
pub mod lexicon;
mod site;
mod weights;

use crate::{
    Name, NameKind, Nth, Sentence, Span,
    form::normal,
    model::{ModelError, Sections},
};
use decode::{KINDS, LABELS, Scores, Transitions, best, factors, follows, marginals, spans};
use features::{Look, Setting, Sight};
use lexicon::Lexicon;
use std::sync::OnceLock;
pub(crate) use weights::Sums;
use weights::{WIDTH, Weights};

/// Bytes of a feature in the model file: a 32-bit key and one weight a label.
pub const RECORD: usize = 4 + LABELS;

/// The slot of a table of `room` slots (a power of two) where the search for a key begins. Keys in order fill the table
/// from front to back, so that unpacking a sorted file runs through memory once.
pub(crate) fn first_slot(key: u32, room: usize) -> usize {
    ((u64::from(key) * room as u64) >> 32) as usize
}

/// The trained name finder.
#[derive(Debug)]
pub struct NameModel {
    lexicon: Lexicon,
    weights: Weights,
    transitions: Transitions,
    /// Factors of the transitions.
    steps: Transitions,
    /// Score of one unit of weight.
    unit: f32,
}

/// The key of a feature in the model file; never 0.
pub const fn feature_key(h: u64) -> u32 {
    let k = (h ^ (h >> 32)) as u32;
    if k == 0 { 1 } else { k }
}

impl NameModel {
    /// The model embedded in the program, unpacked on first use.
    ///
    /// # Panics
    /// Never: the embedded model is the one that the tests read.
    pub fn embedded() -> &'static NameModel {
        static MODEL: OnceLock<NameModel> = OnceLock::new();
        MODEL.get_or_init(|| {
            let bytes = include_bytes!("../../../../models/names.bin");
            Self::from_bytes(bytes).expect("the embedded model is the one that the tests read")
        })
    }

    /// A model from the bytes of a model file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let sections = Sections::read(bytes)?;
        let lexicon = Lexicon::read(sections.get("gazetteer")?, sections.get("words")?)?;
        let weights = Weights::read(sections.get("features")?)?;
        let numbers = sections.get("transitions")?;
        let mut floats = numbers
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let mut next = || floats.next().ok_or(ModelError::Shape("transitions"));
        let unit = next()?;
        let mut transitions = [[f32::NEG_INFINITY; LABELS]; LABELS];
        for (a, row) in transitions.iter_mut().enumerate() {
            for (b, t) in row.iter_mut().enumerate() {
                let x = next()?;
                if follows(a, b) {
                    *t = x;
                }
            }
        }
        Ok(Self {
            lexicon,
            weights,
            steps: factors(&transitions),
            transitions,
            unit,
        })
    }

    /// What a word's own features add to its scores.
    pub(crate) fn own(&self, look: &Look, setting: Setting) -> Sums {
        let mut hashes = Vec::with_capacity(16);
        let mut sums = [0; WIDTH];
        look.own(setting, &mut hashes);
        self.weights
            .sum(&hashes, &mut Vec::with_capacity(16), &mut sums);
        sums
    }

    /// Scores of the tokens `from..to`; `own` gives what the own features of a token add.
    fn scores(
        &self,
        sight: &Sight,
        (from, to): (usize, usize),
        own: &mut impl FnMut(usize, Setting) -> Sums,
        scores: &mut Scores,
    ) {
        let mut hashes = Vec::with_capacity(96);
        let mut hits = Vec::with_capacity(96);
        scores.clear();
        for at in from..to {
            sight.shared(at, &mut hashes);
            let mut sums = own(at, sight.setting(at));
            self.weights.sum(&hashes, &mut hits, &mut sums);
            let mut score = [0.0; LABELS];
            for (to, from) in score.iter_mut().zip(sums) {
                *to = f32::from(from) * self.unit;
            }
            scores.push(score);
        }
    }

    /// Names of one sentence, ordered and disjoint. `words` are the surface forms of its tokens.
    pub fn label(&self, words: &[&str]) -> Vec<Name> {
        let looks: Vec<Look> = words
            .iter()
            .map(|word| self.look(word, &normal(word)))
            .collect();
        self.label_looks(words, looks.iter().copied(), |at, setting| {
            self.own(&looks[at], setting)
        })
    }

    /// What a word shows wherever it stands, given its normalised form.
    pub(crate) fn look(&self, word: &str, normal: &str) -> Look {
        Look::new(&self.lexicon, word, normal)
    }

    /// As [`Self::label`], given what each word shows by itself, and how to learn what its own features add.
    pub(crate) fn label_looks(
        &self,
        words: &[&str],
        looks: impl Iterator<Item = Look>,
        mut own: impl FnMut(usize, Setting) -> Sums,
    ) -> Vec<Name> {
        let sight = Sight::of(&self.lexicon, words, looks);
        let mut out = Vec::new();
        let mut scores = Scores::new();
        for (start, end) in sight.stretches() {
            self.scores(&sight, (start, end), &mut own, &mut scores);
            let found = spans(&best(&scores, &self.transitions));
            if found.is_empty() {
                continue;
            }
            let (sure, _) = marginals(&scores, &self.steps, |_, _| true);
            for (from, to, kind) in found {
                let (mut from, to) = trim(words, start + from, start + to);
                if from == to {
                    continue;
                }
                let mut what = KINDS[kind];
                // An office before a code ("Officer AB12") makes the code a person.
                let code = |w: &str| w.chars().any(|c| c.is_ascii_digit());
                if to - from == 2 && self.lexicon.office(words[from]) && code(words[from + 1]) {
                    what = NameKind::Person;
                }
                if what == NameKind::Person {
                    from = self.past_role(words, from, to);
                }
                // The weakest token decides; places of the kind count together.
                let confidence = (from..to)
                    .map(|i| {
                        sure[i - start][1 + 4 * kind..5 + 4 * kind]
                            .iter()
                            .sum::<f32>()
                    })
                    .fold(1.0, f32::min);
                out.push(Name {
                    tokens: Span::<Nth>::new(from, to),
                    kind: site::kind_of(&self.lexicon, what, &words[from..to]),
                    confidence: (confidence * 100.0).round() / 100.0,
                });
            }
        }
        out
    }

    /// Where the name of a person begins after words of office that the field took for a part of it ("Home Secretary …"):
    /// behind the last title among them that is no forename or surname.
    fn past_role(&self, words: &[&str], from: usize, to: usize) -> usize {
        (from..to.saturating_sub(1))
            .rev()
            .find(|&at| self.lexicon.office(words[at]))
            .map_or(from, |at| at + 1)
    }

    /// Names of all sentences of a document: each sentence by itself, then made consistent over the document.
    pub fn label_document(&self, text: &str, sentences: &mut [Sentence]) {
        for sentence in &mut *sentences {
            let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.slice(text)).collect();
            sentence.names = self.label(&words);
        }
        self.agree(text, sentences);
    }

    /// Makes the names of the sentences of a document consistent.
    pub(crate) fn agree(&self, text: &str, sentences: &mut [Sentence]) {
        document::agree(&self.lexicon, text, sentences);
    }
}

/// Cuts articles in front and possessive marks and stray quotes at the ends off a name.
fn trim(words: &[&str], mut from: usize, mut to: usize) -> (usize, usize) {
    let mark = |w: &str| w.chars().all(|c| !c.is_alphanumeric());
    while from < to
        && (matches!(words[from], "the" | "The" | "THE" | "a" | "an") || mark(words[from]))
    {
        from += 1;
    }
    while from < to
        && (matches!(words[to - 1], "'s" | "’s" | "'S" | "’S")
            || (mark(words[to - 1]) && words[to - 1] != "!"))
    {
        to -= 1;
    }
    (from, to)
}
