//! What a person decided: these two are one, those two are not, this one is called so.
//!
//! In: a versioned text file of decisions. Out: [`Decisions`] that every build replays. Refuses: to guess what a decision
//! about names that no text has any more was meant for; such orphans are reported.

use crate::mention::MentionKind;
use std::collections::BTreeMap;

/// Decisions of a reviewer; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Canonical name by kind and name found.
    renamed: BTreeMap<(MentionKind, String), String>,
}

impl Decisions {
    /// The name to use for an entity found under this one.
    pub(super) fn name_for(&self, kind: MentionKind, name: &str) -> String {
        self.renamed
            .get(&(kind, name.to_owned()))
            .cloned()
            .unwrap_or_else(|| name.to_owned())
    }
}
