//! Measurements that no scorer of the shared data makes: of chains within documents and of resolution across them.
//!
//! In: annotated text, and what `newsloom extract`, `parse` and `query` print. Out: counts and shares. Nothing here looks
//! into the program; it reads what a user reads.

pub(crate) mod ecb;
mod extracted;
pub(crate) mod gum;
pub(crate) mod redocred;

pub(crate) use extracted::{Extracted, Mention};

/// Things found, things said, and things there to be found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Said, and right.
    pub(crate) right: usize,
    /// Said.
    pub(crate) said: usize,
    /// There to be found, and found.
    pub(crate) found: usize,
    /// There to be found.
    pub(crate) there: usize,
}

impl Tally {
    /// Share of what was said that is right.
    pub(crate) fn precision(&self) -> f64 {
        share(self.right, self.said)
    }

    /// Share of what there is that was found.
    pub(crate) fn recall(&self) -> f64 {
        share(self.found, self.there)
    }

    /// Counts something said.
    pub(crate) fn say(&mut self, right: bool) {
        self.said += 1;
        self.right += usize::from(right);
    }

    /// Counts something to be found.
    pub(crate) fn seek(&mut self, found: bool) {
        self.there += 1;
        self.found += usize::from(found);
    }
}

/// Part of a whole; nothing of nothing is 0.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}
