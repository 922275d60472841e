//! Words as written, each kept once and known by its number: the same few names make up most of millions of mentions.
//!
//! In: strings. Out: numbers, in the order of first use, which is no lasting one. Refuses: nothing.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// Number of a word that is kept.
pub(super) type WordNo = u32;

/// Words by their numbers.
#[derive(Default)]
pub(super) struct Kept(IndexSet<Box<str>, FxBuildHasher>);

impl Kept {
    /// The number of a word, which is kept from now on.
    pub(super) fn keep(&mut self, word: &str) -> WordNo {
        self.find(word)
            .unwrap_or_else(|| self.0.insert_full(word.into()).0 as WordNo)
    }

    /// The number of a word that is kept.
    pub(super) fn find(&self, word: &str) -> Option<WordNo> {
        self.0.get_index_of(word).map(|no| no as WordNo)
    }

    /// The word with this number.
    pub(super) fn get(&self, no: WordNo) -> &str {
        self.0.get_index(no as usize).map_or("", |word| word)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
