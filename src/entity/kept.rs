//! Words as written, each kept once and known by its number: the same few names make up most of millions of mentions.
//!
//! In: strings. Out: numbers, in the order of first use, which is no lasting one. Refuses: nothing.

use rustc_hash::FxBuildHasher;
use string_interner::backend::StringBackend;
use string_interner::symbol::SymbolU32;
use string_interner::{StringInterner, Symbol};

/// Number of a word that is kept.
pub(super) type WordNo = u32;

/// Words by their numbers.
pub(super) struct Kept(StringInterner<StringBackend<SymbolU32>, FxBuildHasher>);

impl Default for Kept {
    fn default() -> Self {
        Self(StringInterner::with_hasher(FxBuildHasher))
    }
}

impl Kept {
    /// The number of a word, which is kept from now on.
    pub(super) fn keep(&mut self, word: &str) -> WordNo {
        self.0.get_or_intern(word).to_usize() as WordNo
    }

    /// The number of a word that is kept.
    pub(super) fn find(&self, word: &str) -> Option<WordNo> {
        self.0.get(word).map(|symbol| symbol.to_usize() as WordNo)
    }

    /// The word with this number.
    pub(super) fn get(&self, no: WordNo) -> &str {
        let symbol = SymbolU32::try_from_usize(no as usize);
        symbol.and_then(|s| self.0.resolve(s)).unwrap_or_default()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
