//! Learns the lemma model: for each tag, the shortest endings that decide how the form changes.

use crate::treebank::Tree;
use english::lemma::{Change, LONGEST, Lemmas, base, key};
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

/// Learns from all words; an ending is kept where it decides otherwise than the next shorter one.
pub(crate) fn learn(trees: &[Tree]) -> Lemmas {
    let mut words: BTreeMap<(String, String), BTreeMap<Change, u32>> = BTreeMap::new();
    for tree in trees {
        for ((word, lemma), xpos) in tree.words.iter().zip(&tree.lemmas).zip(&tree.xpos) {
            if word.len() < 100 && lemma != "_" {
                let base = base(word, xpos);
                let change = change(&base, lemma);
                *words
                    .entry((xpos.clone(), base))
                    .or_default()
                    .entry(change)
                    .or_default() += 1;
            }
        }
    }
    // Types, not tokens, vote on endings, so that frequent irregular words do not drown the rule.
    let mut votes: BTreeMap<(u32, Option<usize>), BTreeMap<&Change, u32>> = BTreeMap::new();
    let winner = |counts: &BTreeMap<Change, u32>| {
        counts
            .iter()
            .rev()
            .max_by_key(|(_, n)| **n)
            .map(|(c, n)| (c.clone(), *n))
    };
    let decided: Vec<(&(String, String), Change, u32)> = words
        .iter()
        .filter_map(|(w, c)| winner(c).map(|(c, n)| (w, c, n)))
        .collect();
    for ((xpos, base), change, _) in &decided {
        for n in 0..=LONGEST.min(base.len()) {
            if let Some(k) = key(base, xpos, Some(n)) {
                *votes
                    .entry((k, Some(n)))
                    .or_default()
                    .entry(change)
                    .or_default() += 1;
            }
        }
    }
    let mut numbers: BTreeMap<Change, u16> = BTreeMap::new();
    let mut endings: BTreeMap<u32, u16> = BTreeMap::new();
    let mut number = |c: &Change| {
        let next = numbers.len() as u16;
        *numbers.entry(c.clone()).or_insert(next)
    };
    for ((xpos, base), change, count) in &decided {
        let mut current: Option<Change> = None;
        for n in 0..=LONGEST.min(base.len()) {
            let Some(k) = key(base, xpos, Some(n)) else {
                continue;
            };
            let Some(counts) = votes.get(&(k, Some(n))) else {
                continue;
            };
            let total: u32 = counts.values().sum();
            let Some((top, votes)) = counts.iter().rev().max_by_key(|(_, v)| **v) else {
                continue;
            };
            let firm = total >= 2 && votes * 3 > total * 2;
            if (n == 0 || firm) && current.as_ref() != Some(*top) {
                endings.insert(k, number(top));
                current = Some((*top).clone());
            }
        }
        if current.as_ref() != Some(change)
            && (*count > 1 || base.len() > 3)
            && let Some(k) = key(base, xpos, None)
        {
            endings.insert(k, number(change));
        }
    }
    let mut changes: Vec<(u16, Change)> = numbers.into_iter().map(|(c, n)| (n, c)).collect();
    changes.sort();
    Lemmas::new(changes.into_iter().map(|(_, c)| c).collect(), endings)
}
