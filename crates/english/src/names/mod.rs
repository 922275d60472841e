//! Names: finds people, organisations, places and other named things in a tagged and parsed sentence.

use crate::{Name, Sentence};

/// The trained name finder.
#[derive(Debug)]
pub struct NameModel;

impl NameModel {
    /// The model embedded in the program.
    pub fn embedded() -> &'static NameModel {
        static MODEL: NameModel = NameModel;
        &MODEL
    }

    /// Names of one sentence, ordered and disjoint. `words` are the surface forms of its tokens; tags, lemmas and tree are filled in.
    pub fn label(&self, words: &[&str], sentence: &Sentence) -> Vec<Name> {
        debug_assert_eq!(
            words.len(),
            sentence.tokens.len(),
            "one surface form a token"
        );
        Vec::new()
    }
}
