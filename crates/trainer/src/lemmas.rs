//! Learns the lemma model: for each tag, the shortest endings that decide how the form changes.

use crate::treebank::Tree;
use english::lemma::{Change, LONGEST, base, keys, write};
use std::collections::BTreeMap;

/// The change from `base` to `lemma`.
fn change(base: &str, lemma: &str) -> Change {
    let shared: usize = base
        .chars()
        .zip(lemma.chars())
        .take_while(|(a, b)| a == b)
        .map(|(c, _)| c.len_utf8())
        .sum();
    Change {
        cut: (base.len() - shared) as u8,
        add: lemma[shared..].to_owned(),
    }
}

/// The most frequent change and its count; of equals the first in order.
fn winner<'a, C: Ord + 'a>(
    counts: impl DoubleEndedIterator<Item = (C, &'a u32)>,
) -> Option<(C, u32)> {
    counts.rev().max_by_key(|(_, n)| **n).map(|(c, n)| (c, *n))
}

/// Learns from all words and returns the section of the model; an ending is kept where it decides otherwise than the next shorter one.
pub(crate) fn learn(trees: &[Tree]) -> Vec<u8> {
    let mut words: BTreeMap<(&str, String), BTreeMap<Change, u32>> = BTreeMap::new();
    for tree in trees {
        for ((word, lemma), xpos) in tree.words.iter().zip(&tree.lemmas).zip(&tree.xpos) {
            if word.len() < 100 && lemma != "_" {
                let base = base(word, xpos);
                let change = change(&base, lemma);
                *words
                    .entry((xpos, base))
                    .or_default()
                    .entry(change)
                    .or_default() += 1;
            }
        }
    }
    // Types, not tokens, vote on endings, so that frequent irregular words do not drown the rule.
    let decided: Vec<(&str, &str, &Change, u32)> = words
        .iter()
        .filter_map(|((x, b), c)| winner(c.iter()).map(|(c, n)| (*x, b.as_str(), c, n)))
        .collect();
    let mut votes: BTreeMap<u32, BTreeMap<&Change, u32>> = BTreeMap::new();
    for &(xpos, base, change, _) in &decided {
        for &key in &keys(base, xpos).0[..=LONGEST.min(base.len())] {
            *votes.entry(key).or_default().entry(change).or_default() += 1;
        }
    }
    let mut numbers: BTreeMap<&Change, u16> = BTreeMap::new();
    let mut changes = Vec::new();
    let mut number = |c| {
        *numbers.entry(c).or_insert_with(|| {
            changes.push(Change::clone(c));
            changes.len() as u16 - 1
        })
    };
    let mut endings: BTreeMap<u32, u16> = BTreeMap::new();
    for &(xpos, base, change, count) in &decided {
        let (ends, whole) = keys(base, xpos);
        let mut current = None;
        for (n, key) in ends[..=LONGEST.min(base.len())].iter().enumerate() {
            let counts = &votes[key];
            let total: u32 = counts.values().sum();
            let Some((top, share)) = winner(counts.iter().map(|(c, n)| (*c, n))) else {
                continue;
            };
            let firm = total >= 2 && share * 3 > total * 2;
            if (n == 0 || firm) && current != Some(top) {
                endings.insert(*key, number(top));
                current = Some(top);
            }
        }
        if current != Some(change) && (count > 1 || base.len() > 3) {
            endings.insert(whole, number(change));
        }
    }
    let endings: Vec<(u32, u16)> = endings.into_iter().collect();
    write(&changes, &endings)
}
