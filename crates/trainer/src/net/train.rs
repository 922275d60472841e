//! The training loop.

use super::{
    encoder::Encoder,
    param::Param,
    steps::{Batch, Case, Habit, Heads, best, softmax},
    vocabulary::Counts,
};
use crate::{chance::Chance, treebank::Tree};
use english::{
    form::normal,
    net::{Fields, Sizes, fields},
    tagset::TAGS,
};
use std::collections::HashMap;

/// The network in training.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    pub(crate) sizes: Sizes,
    pub(crate) words: Vec<String>,
    /// Which words do not occur in the treebanks.
    pub(crate) unseen: Vec<bool>,
    pub(crate) encoder: Encoder,
    pub(crate) tags: Param,
    pub(crate) heads: Heads,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) rounds: usize,
    /// Words a batch.
    pub(crate) batch: usize,
    pub(crate) rate: f32,
    pub(crate) drop: f32,
    /// Share of the training after which the weights are taken into their mean, which is what stays (Polyak and Juditsky 1992).
    pub(crate) settled: f32,
}

/// Batches from one taking of the weights to the next.
const TAKE: usize = 16;

impl Network {
    pub(crate) fn new(
        sizes: Sizes,
        words: Vec<String>,
        counts: &Counts,
        chance: &mut Chance,
    ) -> Self {
        let encoder = Encoder::new(sizes, words.len(), chance);
        let mut tags = Param::dense(sizes.hidden + 1, TAGS.len(), 0.15, chance);
        tags.w[sizes.hidden * TAGS.len()..].fill(0.0);
        let heads = Heads::new(sizes, chance);
        let unseen = words.iter().map(|w| !counts.contains_key(w)).collect();
        Self {
            sizes,
            words,
            unseen,
            encoder,
            tags,
            heads,
        }
    }

    /// Sets the vectors that running text gave, one row a word.
    pub(crate) fn give(&mut self, vectors: Vec<f32>) {
        debug_assert_eq!(vectors.len(), self.words.len() * self.sizes.vector);
        self.encoder.given = vectors;
    }

    /// Trains on `trees`; `counts` decides how often a word is hidden behind the unknown one.
    pub(crate) fn train(
        &mut self,
        trees: &[Tree],
        counts: &Counts,
        plan: Plan,
        chance: &mut Chance,
    ) {
        let index: HashMap<String, u32> = self
            .words
            .iter()
            .enumerate()
            .map(|(i, w)| (w.clone(), i as u32 + 1))
            .collect();
        let mut order: Vec<usize> = (0..trees.len()).collect();
        let total = plan.rounds * trees.iter().map(|t| t.words.len()).sum::<usize>();
        let mut seen = 0;
        let mut batches = 0;
        for round in 0..plan.rounds {
            chance.shuffle(&mut order);
            let mut rest = order.as_slice();
            let (mut tag_loss, mut tree_loss, mut count) = (0.0_f64, 0.0_f64, 0);
            while !rest.is_empty() {
                let mut batch: Vec<Tree> = Vec::new();
                let mut words = 0;
                while let Some((&i, tail)) = rest.split_first() {
                    words += trees[i].words.len();
                    batch.push(vary(&trees[i], chance));
                    rest = tail;
                    if words >= plan.batch {
                        break;
                    }
                }
                let progress = seen as f32 / total as f32;
                seen += words;
                let warm = (seen as f32 / 20_000.0).min(1.0);
                let rate = plan.rate * warm * (1.0 - progress).max(0.01);
                let explore = if round == 0 { 0 } else { 9 };
                let (a, b) = self.learn(
                    &batch,
                    &index,
                    counts,
                    Habit {
                        explore,
                        drop: plan.drop,
                    },
                    rate,
                    chance,
                );
                batches += 1;
                if progress >= plan.settled && batches % TAKE == 0 {
                    self.params().for_each(Param::take);
                }
                tag_loss += f64::from(a);
                tree_loss += f64::from(b);
                count += words;
            }
            eprintln!(
                "round {round}: tag loss {:.4}, tree loss {:.4} a word",
                tag_loss / count as f64,
                tree_loss / count as f64
            );
        }
        self.params().for_each(Param::settle);
    }

    fn learn(
        &mut self,
        batch: &[Tree],
        index: &HashMap<String, u32>,
        counts: &Counts,
        habit: Habit,
        rate: f32,
        chance: &mut Chance,
    ) -> (f32, f32) {
        let mut all: Vec<Fields> = Vec::new();
        let mut given = Vec::new();
        let mut ranges = Vec::new();
        for tree in batch {
            let start = all.len();
            for word in &tree.words {
                let normal = normal(word);
                let mut row = index.get(&normal).copied().unwrap_or(0);
                let n = counts.get(&normal).copied().unwrap_or(0) as f32;
                let mut known = row;
                if n == 0.0 || chance.unit() < 0.25 / (0.25 + n) {
                    row = 0;
                    if chance.unit() < 0.4 {
                        known = 0;
                    }
                }
                given.push(if self.encoder.given.is_empty() {
                    0
                } else {
                    known
                });
                all.push(fields(word, &normal, row));
            }
            ranges.push(start..all.len());
        }
        let n = all.len();
        let weight = 1.0 / n as f32;
        let trace = self
            .encoder
            .forward(all, &given, ranges.clone(), habit.drop, chance);
        // Tags.
        let mut scores = self.tags.forward(trace.low(), n);
        let mut tag_loss = 0.0;
        let gold = batch.iter().flat_map(|t| &t.tags);
        let mut guesses = Vec::with_capacity(n);
        for (row, &gold) in scores.chunks_exact_mut(TAGS.len()).zip(gold) {
            guesses.push(best(row));
            tag_loss += softmax(row, gold as usize, weight);
        }
        let d_low = self.tags.backward(trace.low(), &scores, n);
        // Trees.
        let slots = self.heads.slots.forward(trace.high(), n);
        let ends = self.heads.ends.forward(trace.high(), n);
        let mut work = Batch {
            d_slots: vec![0.0; slots.len()],
            d_ends: vec![0.0; ends.len()],
            slots,
            ends,
        };
        let mut tree_loss = 0.0;
        for (tree, range) in batch.iter().zip(&ranges) {
            tree_loss += self.heads.follow(
                &mut work,
                Case {
                    base: range.start,
                    tree,
                    tags: &guesses[range.clone()],
                },
                Habit {
                    drop: habit.drop * 0.6,
                    ..habit
                },
                weight,
                chance,
            );
        }
        let mut d_high = self.heads.slots.backward(trace.high(), &work.d_slots, n);
        for (a, b) in d_high
            .iter_mut()
            .zip(self.heads.ends.backward(trace.high(), &work.d_ends, n))
        {
            *a += b;
        }
        self.encoder.backward(&trace, &d_low, d_high);
        for param in self.params() {
            param.step(rate);
        }
        (tag_loss, tree_loss)
    }

    fn params(&mut self) -> impl Iterator<Item = &mut Param> {
        self.encoder
            .params()
            .chain([&mut self.tags])
            .chain(self.heads.params())
    }
}

/// Now and then another dress of the same sentence: all capitals, no capitals, no final stop.
fn vary(tree: &Tree, chance: &mut Chance) -> Tree {
    let mut tree = tree.clone();
    let n = tree.words.len() as u32;
    match chance.below(100) {
        0..3 => tree.words.iter_mut().for_each(|w| *w = w.to_uppercase()),
        3..7 => tree.words.iter_mut().for_each(|w| *w = w.to_lowercase()),
        7..12 if n > 3 && tree.words[n as usize - 1] == "." && !tree.heads.contains(&(n - 1)) => {
            tree.words.pop();
            tree.tags.pop();
            tree.xpos.pop();
            tree.lemmas.pop();
            tree.heads.pop();
            tree.labels.pop();
            for head in &mut tree.heads {
                if *head == n {
                    *head = n - 1;
                }
            }
        }
        _ => {}
    }
    tree
}
