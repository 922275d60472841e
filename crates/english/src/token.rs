//! What reading yields: sentences of tokens with tags, lemmas and a tree, and the names in them.

use crate::{Byte, Nth, Span};

/// Universal part-of-speech tag (<https://universaldependencies.org/u/pos/>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the standard's own")]
#[rustfmt::skip]
pub enum Upos { Adj, Adp, Adv, Aux, Cconj, Det, Intj, Noun, Num, Part, Pron, Propn, Punct, Sconj, Sym, Verb, X }

impl Upos {
    /// All tags in alphabetical order.
    #[rustfmt::skip]
    pub const ALL: [Self; 17] = [Self::Adj, Self::Adp, Self::Adv, Self::Aux, Self::Cconj, Self::Det, Self::Intj, Self::Noun, Self::Num, Self::Part, Self::Pron, Self::Propn, Self::Punct, Self::Sconj, Self::Sym, Self::Verb, Self::X];

    /// As written in CoNLL-U, e.g. `PROPN`.
    #[rustfmt::skip]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Adj => "ADJ", Self::Adp => "ADP", Self::Adv => "ADV", Self::Aux => "AUX", Self::Cconj => "CCONJ", Self::Det => "DET",
            Self::Intj => "INTJ", Self::Noun => "NOUN", Self::Num => "NUM", Self::Part => "PART", Self::Pron => "PRON", Self::Propn => "PROPN",
            Self::Punct => "PUNCT", Self::Sconj => "SCONJ", Self::Sym => "SYM", Self::Verb => "VERB", Self::X => "X",
        }
    }

    /// Reads the CoNLL-U form.
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|u| u.as_str() == s)
    }
}

/// One syntactic word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text.
    pub span: Span<Byte>,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag (`VBD`, `NNP`, …), which tells the verb forms apart.
    pub xpos: &'static str,
    /// Dictionary form; lower case except for proper nouns.
    pub lemma: Box<str>,
    /// Number of the governing token in the sentence, `None` for the root. Exactly one root a sentence; no cycles.
    pub head: Option<u32>,
    /// Universal Dependencies relation to the head, with subtype (`nsubj:pass`, `nmod:poss`, `acl:relcl`, `root`).
    pub deprel: &'static str,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person or a group with a surname.
    Person,
    /// A company, party, ministry, force, club, band, newspaper…
    Organisation,
    /// A town, country, region, river, street…
    Place,
    /// A building or site that is a place and may act as a body: court, airport, stadium.
    Facility,
    /// A named event: a war, a tournament, a storm.
    Event,
    /// A work, product, law, programme, nationality or other name.
    Other,
}

impl NameKind {
    /// The label used in CoNLL-U `NER=B-…`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organisation => "ORG",
            Self::Place => "LOC",
            Self::Facility => "FAC",
            Self::Event => "EVENT",
            Self::Other => "MISC",
        }
    }
}

/// A proper name, as a run of tokens of one sentence; names of a sentence are ordered and disjoint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Name {
    /// The tokens it covers, without a leading article or a closing possessive `'s`.
    pub tokens: Span<Nth>,
    /// What it names.
    pub kind: NameKind,
    /// How sure the model is, 0 to 1.
    pub confidence: f32,
}

/// A sentence with everything that was read in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// From its first token to its last, so it slices the text exactly.
    pub span: Span<Byte>,
    /// Number of the paragraph (block between line breaks) it belongs to.
    pub paragraph: u32,
    /// Its tokens in order; never empty.
    pub tokens: Vec<Token>,
    /// Its names in order.
    pub names: Vec<Name>,
}

impl Sentence {
    /// Tokens governed by token `head`, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(move |&i| self.tokens[i].head == Some(head as u32))
    }

    /// Byte span of a run of tokens (not empty).
    pub fn bytes(&self, tokens: Span<Nth>) -> Span<Byte> {
        Span::new(
            self.tokens[tokens.start()].span.start(),
            self.tokens[tokens.end() - 1].span.end(),
        )
    }
}
