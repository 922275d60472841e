//! Sentences that retell one another nearly word for word: wire copy, shared quotations.
//!
//! In: the story sentences of all documents. Out: sets of copies. Refuses: sentences too short to be anybody's own words.
//! Method: shingles of four words, the least hashes of them as blocking keys (MinHash, Broder 1997), then containment.

use super::DocumentNo;
use super::cluster::Clusters;
use super::name;
use crate::claim::Extraction;
use rustc_hash::FxHasher;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

/// Words of a shingle.
const SHINGLE: usize = 4;
/// Least number of shingles of a sentence that counts.
const LEAST: usize = 4;
/// Least hashes by which sentences meet.
const KEYS: usize = 6;
/// Share of the shorter sentence's shingles that must stand in the other.
const SHARE: f32 = 0.6;
/// Sentences that meet in one hash and are compared; a block beyond this is boilerplate.
const MOST: usize = 64;

/// A set number for each sentence that has copies in other documents.
pub(super) fn find(
    extractions: &[Extraction],
    order: &[DocumentNo],
) -> BTreeMap<(DocumentNo, u32), u32> {
    let mut sentences: Vec<((DocumentNo, u32), usize, Vec<u64>)> = Vec::new();
    for (rank, &no) in order.iter().enumerate() {
        let x = &extractions[no as usize];
        for (i, sentence) in x.mentions.sentences.iter().enumerate() {
            if !x.mentions.story.get(i).copied().unwrap_or(false) {
                continue;
            }
            let hashes = shingles(x.document.slice(sentence.span));
            if hashes.len() >= LEAST {
                sentences.push(((no, i as u32), rank, hashes));
            }
        }
    }
    let mut blocks: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (i, (_, _, hashes)) in sentences.iter().enumerate() {
        for &h in hashes.iter().take(KEYS) {
            blocks.entry(h).or_default().push(i as u32);
        }
    }
    let mut clusters = Clusters::new(sentences.len());
    let mut copied = vec![false; sentences.len()];
    for block in blocks.values().filter(|b| (2..=MOST).contains(&b.len())) {
        for (n, &a) in block.iter().enumerate() {
            for &b in &block[n + 1..] {
                let (x, y) = (&sentences[a as usize], &sentences[b as usize]);
                if x.1 != y.1 && contained(&x.2, &y.2) >= SHARE {
                    clusters.join(a, b);
                    copied[a as usize] = true;
                    copied[b as usize] = true;
                }
            }
        }
    }
    sentences
        .iter()
        .enumerate()
        .filter(|(i, _)| copied[*i])
        .map(|(i, (at, _, _))| (*at, clusters.root(i as u32)))
        .collect()
}

/// Hashes of the shingles of a sentence, sorted.
fn shingles(sentence: &str) -> Vec<u64> {
    let words = name::words(sentence);
    let mut hashes: Vec<u64> = words
        .windows(SHINGLE)
        .map(|w| {
            let mut hasher = FxHasher::default();
            w.hash(&mut hasher);
            // Spread the bits, so that the least hashes are a fair sample.
            hasher
                .finish()
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(29)
        })
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Share of the smaller set of hashes that stands in the other.
fn contained(a: &[u64], b: &[u64]) -> f32 {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = small
        .iter()
        .filter(|h| large.binary_search(h).is_ok())
        .count();
    shared as f32 / small.len() as f32
}

#[cfg(test)]
mod tests {
    use super::super::sample::Story;
    use super::*;

    #[test]
    fn a_wire_sentence_is_found_in_its_retelling() {
        let one = Story::new("a", None, "The harbour master said that the gates would stay shut until the tide had turned.\nIt rained all day in the town and nobody came.").done();
        let two = Story::new("b", None, "Gates of glass are rare in this part of the old town.\nOn Monday the harbour master said that the gates would stay shut until the tide had turned, again.").done();
        let copies = find(&[one, two], &[0, 1]);
        assert_eq!(copies.len(), 2);
        assert_eq!(copies.get(&(0, 0)), copies.get(&(1, 1)));
        assert!(copies.contains_key(&(0, 0)));
    }
}
