//! The words that have a vector of their own.

use english::form::normal;
use std::collections::BTreeMap;

/// How often each normalised form occurs.
pub(crate) type Counts = BTreeMap<String, u32>;

/// Counts the normalised forms of words.
pub(crate) fn count<'a>(words: impl Iterator<Item = &'a str>, counts: &mut Counts) {
    for word in words {
        *counts.entry(normal(word)).or_default() += 1;
    }
}

/// Forms that occur at least `least` times, the most frequent first, `most` at the most.
pub(crate) fn choose(counts: &Counts, least: u32, most: usize) -> Vec<String> {
    let mut kept: Vec<(&String, u32)> = counts
        .iter()
        .filter(|&(w, &n)| n >= least && w.len() < 40)
        .map(|(w, &n)| (w, n))
        .collect();
    kept.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
    kept.truncate(most);
    kept.into_iter().map(|(w, _)| w.clone()).collect()
}
