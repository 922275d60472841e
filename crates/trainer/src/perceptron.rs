//! Trains averaged perceptrons over hashed features.

use crate::{chance::Chance, treebank::Tree};
use english::{
    arcs::{Move, State},
    perceptron::{Look, Weights, arc_features, best, look, relation_features, tag_features},
    tagset::{RELATIONS, TAGS},
};

/// Weights in training, with what their average needs.
struct Average {
    now: Vec<i32>,
    sum: Vec<i64>,
    since: Vec<u32>,
    step: u32,
}

impl Weights for Average {
    fn add(&self, h: u64, scores: &mut [i32]) {
        let start = h as usize & (self.now.len() - 1) & !127;
        let block = &self.now[start..start + 128];
        for (class, score) in scores.iter_mut().enumerate() {
            *score += block[(h as usize & 127) ^ class];
        }
    }
}

impl Average {
    fn new(bits: u32) -> Self {
        Self {
            now: vec![0; 1 << bits],
            sum: vec![0; 1 << bits],
            since: vec![0; 1 << bits],
            step: 0,
        }
    }

    fn bump(&mut self, features: &[u64], class: usize, by: i32) {
        for &h in features {
            let at = (h as usize ^ class) & (self.now.len() - 1);
            self.sum[at] += i64::from(self.now[at]) * i64::from(self.step - self.since[at]);
            self.since[at] = self.step;
            self.now[at] += by;
        }
    }

    fn learn(&mut self, features: &[u64], right: usize, wrong: usize) {
        self.step += 1;
        if right != wrong {
            self.bump(features, right, 1);
            self.bump(features, wrong, -1);
        }
    }

    /// Averages, scaled to bytes.
    fn bytes(&self) -> Vec<u8> {
        let average = |i: usize| {
            let sum = self.sum[i] + i64::from(self.now[i]) * i64::from(self.step - self.since[i]);
            sum as f64 / f64::from(self.step)
        };
        let all: Vec<f64> = (0..self.now.len()).map(average).collect();
        let square = all.iter().map(|x| x * x).sum::<f64>()
            / all.iter().filter(|x| **x != 0.0).count().max(1) as f64;
        let scale = 14.0 / square.sqrt().max(1e-9);
        all.iter()
            .map(|x| (x * scale).round().clamp(-127.0, 127.0) as i8 as u8)
            .collect()
    }
}

/// Trained tables: tags, moves, relations.
pub(crate) fn train(trees: &[Tree], rounds: usize, chance: &mut Chance) -> [Vec<u8>; 3] {
    let looks: Vec<Vec<Look>> = trees.iter().map(|t| look(&t.forms())).collect();
    let (mut tagger, mut moves, mut relations) =
        (Average::new(20), Average::new(20), Average::new(20));
    let mut order: Vec<usize> = (0..trees.len()).collect();
    let mut features = Vec::new();
    let mut state = State::default();
    for round in 0..rounds {
        chance.shuffle(&mut order);
        for &i in &order {
            let (tree, words) = (&trees[i], &looks[i]);
            let mut tags: Vec<u8> = Vec::new();
            for at in 0..words.len() {
                tag_features(words, at, &tags, &mut features);
                let mut scores = [0; TAGS.len()];
                for &h in &features {
                    tagger.add(h, &mut scores);
                }
                let guess = best(&scores);
                tagger.learn(&features, tree.tags[at] as usize, guess);
                tags.push(guess as u8);
            }
            // The parser sees tags with about as many errors as it will meet.
            for (tag, &gold) in tags.iter_mut().zip(&tree.tags) {
                if round + 2 < rounds && chance.below(10) < 5 {
                    *tag = gold;
                }
            }
            state.reset(words.len());
            let mut labels = vec![98; words.len()];
            while !state.is_done() {
                arc_features(words, &tags, &labels, &state, &mut features);
                let mut scores = [0; 3];
                for &h in &features {
                    moves.add(h, &mut scores);
                }
                let costs = state.costs(&tree.heads);
                let allowed = |m: usize| state.allows(Move::ALL[m]);
                let least = (0..3)
                    .filter(|&m| allowed(m))
                    .map(|m| costs[m])
                    .min()
                    .unwrap_or(0);
                let by_score = |m: &usize| (scores[*m], 3 - *m);
                let guess = (0..3)
                    .filter(|&m| allowed(m))
                    .max_by_key(by_score)
                    .unwrap_or(0);
                let right = (0..3)
                    .filter(|&m| allowed(m) && costs[m] == least)
                    .max_by_key(by_score)
                    .unwrap_or(0);
                moves.learn(
                    &features,
                    right,
                    if costs[guess] == least { right } else { guess },
                );
                let step = Move::ALL[if round > 0 && chance.below(10) < 9 {
                    guess
                } else {
                    right
                }];
                let word = state.top(0);
                let head = if step == Move::Left {
                    state.next
                } else {
                    state.top(1)
                };
                if step != Move::Shift {
                    relation_features(words, &tags, &labels, &state, word, head, &mut features);
                    let mut scores = [0; RELATIONS.len()];
                    for &h in &features {
                        relations.add(h, &mut scores);
                    }
                    let guess = best(&scores);
                    if tree.heads[word as usize] == head {
                        relations.learn(&features, tree.labels[word as usize] as usize, guess);
                    }
                    labels[word as usize] = guess as u8;
                }
                state.take(step);
            }
        }
    }
    [tagger.bytes(), moves.bytes(), relations.bytes()]
}
