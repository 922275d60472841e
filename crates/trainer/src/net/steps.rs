//! The parser's heads: they score moves and relations from vectors of the encoder, and learn along a dynamic oracle.

use super::param::Param;
use crate::{chance::Chance, treebank::Tree};
use english::{
    arcs::{Move, State},
    net::{Sizes, move_rows, relation_rows},
    tagset::RELATIONS,
};

/// Weights of the heads.
#[derive(Clone, Debug)]
pub(crate) struct Heads {
    /// Four parts: second and first below the top, top, next word.
    pub(crate) slots: Param,
    /// Vectors of what the state shows beside words; see [`move_rows`].
    pub(crate) shows: Param,
    pub(crate) moves: Param,
    /// Two parts: dependent, head.
    pub(crate) ends: Param,
    /// Vectors of what an arc shows beside its ends; see [`relation_rows`].
    pub(crate) gaps: Param,
    pub(crate) relations: Param,
}

/// Scratch space and gradients of a batch.
pub(super) struct Batch {
    pub(super) slots: Vec<f32>,
    pub(super) ends: Vec<f32>,
    pub(super) d_slots: Vec<f32>,
    pub(super) d_ends: Vec<f32>,
}

/// How a sentence is followed.
#[derive(Clone, Copy)]
pub(super) struct Habit {
    /// Chance in ten to follow the parser's own choice.
    pub(super) explore: usize,
    pub(super) drop: f32,
}

/// A sentence to follow.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    /// Row of its first word in the batch.
    pub(super) base: usize,
    pub(super) tree: &'a Tree,
    /// The tags as the network guesses them.
    pub(super) tags: &'a [u8],
}

impl Heads {
    pub(super) fn new(sizes: Sizes, chance: &mut Chance) -> Self {
        let Sizes {
            hidden,
            steps,
            arcs,
            ..
        } = sizes;
        let bound = |rows: usize, cols: usize| (6.0 / (rows + cols) as f32).sqrt();
        let mut dense = |rows: usize, cols: usize, scale: f32| {
            let mut p = Param::dense(rows + 1, cols, scale, chance);
            p.w[rows * cols..].fill(0.0);
            p
        };
        let slots = dense(hidden, 4 * steps, bound(hidden, steps) * 0.6);
        let moves = dense(steps, 3, bound(steps, 3));
        let ends = dense(hidden, 2 * arcs, bound(hidden, arcs) * 0.7);
        let relations = dense(arcs, RELATIONS.len(), bound(arcs, RELATIONS.len()));
        let shows = Param::table(english::net::SHOWS, steps, 0.05, chance);
        let gaps = Param::table(english::net::GAPS, arcs, 0.05, chance);
        Self {
            slots,
            shows,
            moves,
            ends,
            gaps,
            relations,
        }
    }

    pub(super) fn params(&mut self) -> impl Iterator<Item = &mut Param> {
        [
            &mut self.slots,
            &mut self.shows,
            &mut self.moves,
            &mut self.ends,
            &mut self.gaps,
            &mut self.relations,
        ]
        .into_iter()
    }

    /// Follows one sentence; returns the loss.
    pub(super) fn follow(
        &mut self,
        batch: &mut Batch,
        Case { base, tree, tags }: Case<'_>,
        habit: Habit,
        weight: f32,
        chance: &mut Chance,
    ) -> f32 {
        let steps = self.moves.rows - 1;
        let mut state = State::default();
        state.reset(tree.words.len());
        let mut labels = vec![98; tree.words.len()];
        let mut loss = 0.0;
        let mut hidden = vec![0.0; steps];
        let mut keep = vec![0.0; steps];
        let mut d_hidden = vec![0.0; steps];
        while !state.is_done() {
            let allowed = Move::ALL.map(|m| state.allows(m));
            let costs = state.costs(&tree.heads);
            let least = (0..3)
                .filter(|&m| allowed[m])
                .map(|m| costs[m])
                .min()
                .unwrap_or(0);
            let good: [bool; 3] = std::array::from_fn(|m| allowed[m] && costs[m] == least);
            let forced = allowed.iter().filter(|&&a| a).count() == 1;
            let mut scores = [f32::MIN; 3];
            if !forced {
                let words = [state.top(2), state.top(1), state.top(0), state.next];
                let rows = move_rows(&state, tags, &labels);
                hidden.fill(0.0);
                for (slot, &word) in words.iter().enumerate() {
                    if (word as usize) < tree.words.len() {
                        let from = ((base + word as usize) * 4 + slot) * steps;
                        add(&mut hidden, &batch.slots[from..from + steps]);
                    }
                }
                for &row in &rows {
                    add(&mut hidden, self.shows.row(row));
                }
                for (h, k) in hidden.iter_mut().zip(&mut keep) {
                    *k = if *h <= 0.0 || (habit.drop > 0.0 && chance.unit() < habit.drop) {
                        0.0
                    } else {
                        1.0 / (1.0 - habit.drop)
                    };
                    *h *= *k;
                }
                for m in 0..3 {
                    if allowed[m] {
                        scores[m] = self.moves.w[steps * 3 + m]
                            + (0..steps)
                                .map(|j| hidden[j] * self.moves.w[j * 3 + m])
                                .sum::<f32>();
                    }
                }
                let top = scores.iter().copied().fold(f32::MIN, f32::max);
                let raised: [f32; 3] = std::array::from_fn(|m| {
                    if allowed[m] {
                        (scores[m] - top).exp()
                    } else {
                        0.0
                    }
                });
                let all: f32 = raised.iter().sum();
                let right: f32 = (0..3)
                    .filter(|&m| good[m])
                    .map(|m| raised[m])
                    .sum::<f32>()
                    .max(1e-30);
                loss -= (right / all).ln();
                let slope: [f32; 3] = std::array::from_fn(|m| {
                    weight * (raised[m] / all - if good[m] { raised[m] / right } else { 0.0 })
                });
                for (j, d) in d_hidden.iter_mut().enumerate() {
                    let w = self.moves.row(j);
                    *d = keep[j] * (w[0] * slope[0] + w[1] * slope[1] + w[2] * slope[2]);
                }
                for (j, &h) in hidden.iter().enumerate().filter(|(_, h)| **h != 0.0) {
                    self.moves.push(j, &slope.map(|s| s * h));
                }
                self.moves.push(steps, &slope);
                for (slot, &word) in words.iter().enumerate() {
                    if (word as usize) < tree.words.len() {
                        let from = ((base + word as usize) * 4 + slot) * steps;
                        add(&mut batch.d_slots[from..from + steps], &d_hidden);
                    }
                }
                for &row in &rows {
                    self.shows.push(row, &d_hidden);
                }
            }
            let choose = |of: &[bool; 3]| {
                (0..3)
                    .filter(|&m| of[m])
                    .max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))
                    .unwrap_or(0)
            };
            let step = Move::ALL[if chance.below(10) < habit.explore {
                choose(&allowed)
            } else {
                choose(&good)
            }];
            if let Some((word, head)) = state.take(step)
                && (head as usize) < tree.words.len()
            {
                let gold = (tree.heads[word as usize] == head).then(|| tree.labels[word as usize]);
                let rows = relation_rows(&state, tags, &labels, word, head);
                let (label, cost) = self.relate(
                    batch,
                    base,
                    (word, head),
                    rows,
                    gold,
                    habit.drop,
                    weight,
                    chance,
                );
                labels[word as usize] = label;
                loss += cost;
            }
        }
        loss
    }

    #[expect(clippy::too_many_arguments, reason = "one place in the inner loop")]
    fn relate(
        &mut self,
        batch: &mut Batch,
        base: usize,
        (word, head): (u32, u32),
        rows: [usize; 7],
        gold: Option<u8>,
        drop: f32,
        weight: f32,
        chance: &mut Chance,
    ) -> (u8, f32) {
        let arcs = self.relations.rows - 1;
        let dep = (base + word as usize) * 2 * arcs;
        let gov = ((base + head as usize) * 2 + 1) * arcs;
        let mut hidden = batch.ends[dep..dep + arcs].to_vec();
        add(&mut hidden, &batch.ends[gov..gov + arcs]);
        for row in rows {
            add(&mut hidden, self.gaps.row(row));
        }
        let mut keep = vec![0.0; arcs];
        for (h, k) in hidden.iter_mut().zip(&mut keep) {
            *k = if *h <= 0.0 || (drop > 0.0 && chance.unit() < drop) {
                0.0
            } else {
                1.0 / (1.0 - drop)
            };
            *h *= *k;
        }
        let mut scores = self.relations.row(arcs).to_vec();
        for (j, &h) in hidden.iter().enumerate() {
            if h != 0.0 {
                for (s, w) in scores.iter_mut().zip(self.relations.row(j)) {
                    *s += h * w;
                }
            }
        }
        let label = best(&scores);
        let Some(gold) = gold else {
            return (label, 0.0);
        };
        let loss = softmax(&mut scores, gold as usize, weight);
        let mut d_hidden = vec![0.0; arcs];
        for j in 0..arcs {
            if keep[j] != 0.0 {
                d_hidden[j] = keep[j]
                    * self
                        .relations
                        .row(j)
                        .iter()
                        .zip(&scores)
                        .map(|(w, s)| w * s)
                        .sum::<f32>();
                let push: Vec<f32> = scores.iter().map(|s| s * hidden[j]).collect();
                self.relations.push(j, &push);
            }
        }
        self.relations.push(arcs, &scores);
        add(&mut batch.d_ends[dep..dep + arcs], &d_hidden);
        add(&mut batch.d_ends[gov..gov + arcs], &d_hidden);
        for row in rows {
            self.gaps.push(row, &d_hidden);
        }
        (label, loss)
    }
}

/// The first of the highest.
pub(super) fn best(scores: &[f32]) -> u8 {
    (0..scores.len())
        .rev()
        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]))
        .unwrap_or(0) as u8
}

/// Turns scores into the gradient of the log loss of class `gold`, times `weight`; returns the loss.
pub(super) fn softmax(scores: &mut [f32], gold: usize, weight: f32) -> f32 {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = (*s - top).exp();
        sum += *s;
    }
    let loss = -(scores[gold] / sum).max(1e-30).ln();
    for s in scores.iter_mut() {
        *s *= weight / sum;
    }
    scores[gold] -= weight;
    loss
}

fn add(a: &mut [f32], b: &[f32]) {
    for (a, b) in a.iter_mut().zip(b) {
        *a += b;
    }
}
