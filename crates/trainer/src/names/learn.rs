//! The learning of the field, and the model file.

use super::Case;
use crate::chance::Chance;
use english::{
    model::Sections,
    names::{
        RECORD,
        decode::{LABELS, Scores, Transitions, factors, follows, marginals},
    },
};

/// Passes over the sentences.
pub(super) const ROUNDS: usize = 9;
/// Features that the model file keeps.
const KEEP: usize = 110_000;
/// Features left out at each look, of a thousand.
const DROP: usize = 200;
/// What remains of a weight after a round.
const DECAY: f32 = 0.985;

/// Stochastic gradient with AdaGrad (Duchi and others 2011) on the log-likelihood of what the annotation allows.
pub(super) fn learn(
    cases: &[Case],
    count: usize,
    chance: &mut Chance,
) -> (Vec<[f32; LABELS]>, Transitions) {
    let mut weights = vec![[0.0_f32; LABELS]; count];
    let mut squares = vec![[1e-3_f32; LABELS]; count];
    let mut transitions: Transitions = [[f32::NEG_INFINITY; LABELS]; LABELS];
    let mut transition_squares = [[1e-1_f32; LABELS]; LABELS];
    for (a, row) in transitions.iter_mut().enumerate() {
        for (b, t) in row.iter_mut().enumerate() {
            if follows(a, b) {
                *t = 0.0;
            }
        }
    }
    let mut order: Vec<usize> = (0..cases.len()).collect();
    for round in 0..ROUNDS {
        chance.shuffle(&mut order);
        let rate = 0.12 / (1.0 + 0.35 * round as f32);
        let mut likelihood = 0.0;
        for &i in &order {
            let case = &cases[i];
            // Some features are left out at each look, so that no single word carries a name (dropout).
            let kept: Vec<Vec<u32>> = case
                .features
                .iter()
                .map(|ids| {
                    ids.iter()
                        .copied()
                        .filter(|_| chance.below(1000) >= DROP)
                        .collect()
                })
                .collect();
            let scores: Scores = kept
                .iter()
                .map(|ids| {
                    let mut sum = [0.0; LABELS];
                    for &id in ids {
                        for (s, w) in sum.iter_mut().zip(&weights[id as usize]) {
                            *s += w;
                        }
                    }
                    sum
                })
                .collect();
            let steps = factors(&transitions);
            let (free, all) = marginals(&scores, &steps, |_, _| true);
            let (gold, some) = if case.allowed.iter().all(|a| a.is_power_of_two()) {
                path(&scores, &transitions, &case.allowed)
            } else {
                marginals(&scores, &steps, |at, b| case.allowed[at] >> b & 1 == 1)
            };
            likelihood += some - all;
            for (at, ids) in kept.iter().enumerate() {
                let mut gradient = [0.0_f32; LABELS];
                let mut big = false;
                for b in 0..LABELS {
                    gradient[b] = gold[at][b] - free[at][b];
                    big |= gradient[b].abs() > 1e-4;
                }
                if !big {
                    continue;
                }
                for &id in ids {
                    let (w, q) = (&mut weights[id as usize], &mut squares[id as usize]);
                    for b in 0..LABELS {
                        q[b] += gradient[b] * gradient[b];
                        w[b] += rate * gradient[b] / q[b].sqrt();
                    }
                }
            }
            // Transitions follow products of neighbouring marginals, an approximation that only scales their step.
            for at in 1..case.features.len() {
                for a in 0..LABELS {
                    for b in 0..LABELS {
                        if !follows(a, b) {
                            continue;
                        }
                        let g = gold[at - 1][a] * gold[at][b] - free[at - 1][a] * free[at][b];
                        if g.abs() > 1e-4 {
                            transition_squares[a][b] += g * g;
                            transitions[a][b] += 0.5 * rate * g / transition_squares[a][b].sqrt();
                        }
                    }
                }
            }
        }
        // Weights shrink a little each round (weight decay).
        for w in weights.iter_mut().flatten() {
            *w *= DECAY;
        }
        println!("round {}: log-likelihood {likelihood:.0}", round + 1);
    }
    let keep = 1.0 - DROP as f32 / 1000.0;
    for w in weights.iter_mut().flatten() {
        *w *= keep;
    }
    (weights, transitions)
}

/// Marginals and score where the annotation leaves one label a token.
fn path(scores: &Scores, transitions: &Transitions, allowed: &[u32]) -> (Vec<[f32; LABELS]>, f64) {
    let mut log = 0.0;
    let mut all = vec![[0.0; LABELS]; scores.len()];
    let mut before = None;
    for (at, &a) in allowed.iter().enumerate() {
        let label = a.trailing_zeros() as usize;
        all[at][label] = 1.0;
        log += f64::from(scores[at][label])
            + before.map_or(0.0, |b: usize| f64::from(transitions[b][label]));
        before = Some(label);
    }
    (all, log)
}

/// The model file: the features with the largest weights, as bytes.
pub(super) fn pack(
    gazetteer: &[u8],
    words: &[u8],
    keys: &[u32],
    weights: &[[f32; LABELS]],
    transitions: &Transitions,
) -> Vec<u8> {
    let spread = |w: &[f32; LABELS]| {
        let (low, high) = w
            .iter()
            .fold((0.0_f32, 0.0_f32), |(l, h), &x| (l.min(x), h.max(x)));
        high - low
    };
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|&a, &b| {
        spread(&weights[b])
            .total_cmp(&spread(&weights[a]))
            .then(keys[a].cmp(&keys[b]))
    });
    order.truncate(KEEP);
    order.sort_by_key(|&i| keys[i]);
    let mut sizes: Vec<f32> = order
        .iter()
        .flat_map(|&i| weights[i])
        .map(f32::abs)
        .collect();
    sizes.sort_by(f32::total_cmp);
    let unit = sizes[sizes.len() - 1 - sizes.len() / 5000] / 127.0;
    let mut records = Vec::with_capacity(order.len() * RECORD);
    for &i in &order {
        records.extend_from_slice(&keys[i].to_le_bytes());
        records.extend(
            weights[i]
                .iter()
                .map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8 as u8),
        );
    }
    let mut numbers = unit.to_le_bytes().to_vec();
    for t in transitions.iter().flatten() {
        numbers.extend_from_slice(&if t.is_finite() { *t } else { 0.0 }.to_le_bytes());
    }
    let mut sections = Sections::default();
    sections.add("gazetteer", gazetteer);
    sections.add("words", words);
    sections.add("features", &records);
    sections.add("transitions", &numbers);
    sections.write()
}
