//! One sentence made ready for rules: words in lower case, their classes, and the tree by child.
//!
//! In: a read sentence and the text. Out: a [`Line`] that answers questions about single tokens without searching.
//! Refuses: decisions; it only looks up.

use super::lexicon::{Class, Lexicon};
use english::{Sentence, Span, Token, Upos};
use std::borrow::Cow;

/// A sentence with the look-ups that rules need.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    pub(crate) text: &'a str,
    pub(crate) sentence: &'a Sentence,
    /// Number of the sentence in the document.
    pub(crate) number: u32,
    lower: Vec<Cow<'a, str>>,
    noun: Vec<Class>,
    plural: Vec<bool>,
    word: Vec<Class>,
    first_child: Vec<u32>,
    children: Vec<u32>,
}

impl<'a> Line<'a> {
    pub(crate) fn new(text: &'a str, sentence: &'a Sentence, number: u32) -> Self {
        let lexicon = Lexicon::embedded();
        let n = sentence.tokens.len();
        let (mut lower, mut noun, mut word, mut plural) = (
            Vec::with_capacity(n),
            Vec::with_capacity(n),
            Vec::with_capacity(n),
            Vec::with_capacity(n),
        );
        for token in &sentence.tokens {
            let form = token.span.slice(text);
            let low = if form.bytes().any(|b| b.is_ascii_uppercase() || b >= 0x80) {
                Cow::Owned(form.to_lowercase().replace('’', "'"))
            } else {
                Cow::Borrowed(form)
            };
            let (class, many) = noun_class(lexicon, token, &low);
            noun.push(class);
            plural.push(many || matches!(token.xpos, "NNS" | "NNPS"));
            word.push(lexicon.word(form).or(lexicon.word(&low)));
            lower.push(low);
        }
        let (first_child, children) = by_child(&sentence.tokens);
        Self {
            text,
            sentence,
            number,
            lower,
            noun,
            plural,
            word,
            first_child,
            children,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(crate) fn token(&self, at: usize) -> &'a Token {
        &self.sentence.tokens[at]
    }

    /// The word as written.
    pub(crate) fn form(&self, at: usize) -> &'a str {
        self.sentence.tokens[at].span.slice(self.text)
    }

    /// The word in lower case with straight apostrophes.
    pub(crate) fn lower(&self, at: usize) -> &str {
        &self.lower[at]
    }

    /// The word in lower case, or nothing beyond the ends of the sentence.
    pub(crate) fn word_at(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", |w| w)
    }

    /// Classes as a common noun.
    pub(crate) fn noun(&self, at: usize) -> Class {
        self.noun[at]
    }

    /// Classes as a word of a title or name.
    pub(crate) fn word(&self, at: usize) -> Class {
        self.word[at]
    }

    pub(crate) fn upos(&self, at: usize) -> Upos {
        self.sentence.tokens[at].upos
    }

    pub(crate) fn is_noun(&self, at: usize) -> bool {
        matches!(self.upos(at), Upos::Noun | Upos::Propn)
    }

    pub(crate) fn is_plural(&self, at: usize) -> bool {
        self.plural[at]
    }

    /// Whether it begins with a capital letter.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.form(at).chars().next().is_some_and(char::is_uppercase)
    }

    pub(crate) fn is_possessive(&self, at: usize) -> bool {
        matches!(self.word_at(at), "'s" | "'") && at > 0
    }

    /// Tokens governed by `head`, in order.
    pub(crate) fn children(&self, head: usize) -> &[u32] {
        &self.children[self.first_child[head] as usize..self.first_child[head + 1] as usize]
    }

    /// First token governed by `head` with the relation `deprel` (subtypes included).
    pub(crate) fn child(&self, head: usize, deprel: &str) -> Option<usize> {
        self.children(head)
            .iter()
            .map(|&c| c as usize)
            .find(|&c| is_relation(self.token(c).deprel, deprel))
    }

    /// The relation of a token to its head.
    pub(crate) fn deprel(&self, at: usize) -> &'static str {
        self.token(at).deprel
    }

    /// The governor of a token.
    pub(crate) fn head(&self, at: usize) -> Option<usize> {
        self.token(at).head.map(|h| h as usize)
    }

    /// The token of `span` whose governor lies outside it.
    pub(crate) fn head_of(&self, span: Span<english::Nth>) -> usize {
        span.range()
            .find(|&i| self.head(i).is_none_or(|h| !span.holds(h)))
            .unwrap_or(span.end() - 1)
    }
}

/// Whether `deprel` is `wanted` or a subtype of it.
pub(crate) fn is_relation(deprel: &str, wanted: &str) -> bool {
    deprel
        .strip_prefix(wanted)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// Classes of a noun in either number, and whether its form is a plural.
fn noun_class(lexicon: &Lexicon, token: &Token, lower: &str) -> (Class, bool) {
    if !matches!(
        token.upos,
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::X | Upos::Verb
    ) {
        return (Class::NONE, false);
    }
    let found = lexicon.noun(lower);
    if found != Class::NONE {
        return (found, false);
    }
    let stem = |ending: &str, one: &str| {
        lower
            .strip_suffix(ending)
            .map(|stem| lexicon.noun(&format!("{stem}{one}")))
    };
    let plural = [
        stem("men", "man"),
        stem("women", "woman"),
        stem("ies", "y"),
        stem("s", ""),
        stem("es", ""),
    ]
    .into_iter()
    .flatten()
    .find(|c| *c != Class::NONE);
    if let Some(found) = plural {
        return (found, true);
    }
    // "co-chair", "vice-captain" are what the rest says.
    if let Some(rest) = ["co-", "ex-", "vice-", "sub-"]
        .iter()
        .find_map(|p| lower.strip_prefix(p))
    {
        return (lexicon.noun(rest), false);
    }
    let lemma: &str = &token.lemma;
    if lemma.is_empty() || lemma == lower {
        (Class::NONE, false)
    } else {
        (lexicon.noun(lemma), false)
    }
}

/// Children in order, and where those of each token begin.
fn by_child(tokens: &[Token]) -> (Vec<u32>, Vec<u32>) {
    let n = tokens.len();
    let mut first = vec![0u32; n + 1];
    for token in tokens {
        if let Some(h) = token.head {
            first[h as usize + 1] += 1;
        }
    }
    for i in 0..n {
        first[i + 1] += first[i];
    }
    let mut next = first.clone();
    let mut children = vec![0u32; first[n] as usize];
    for (i, token) in tokens.iter().enumerate() {
        if let Some(h) = token.head {
            children[next[h as usize] as usize] = i as u32;
            next[h as usize] += 1;
        }
    }
    (first, children)
}
