//! Word vectors from running text: skip-grams with negative samples and an output table for each place of the context
//! (Mikolov and others 2013; Ling and others 2015), which brings out syntax more than topic.

use super::vocabulary::Counts;
use crate::chance::Chance;
use english::form::normal;
use std::collections::HashMap;

/// Words around the centre that have a table of their own; farther ones share the last.
const PLACES: [isize; 4] = [-2, -1, 1, 2];
const FAR: isize = 5;
const NEGATIVES: usize = 5;

/// Vectors for `words`, one row each, scaled so that a typical value is `spread`.
pub(crate) fn learn(
    sentences: &[Vec<String>],
    words: &[String],
    counts: &Counts,
    width: usize,
    rounds: usize,
    spread: f32,
    chance: &mut Chance,
) -> Vec<f32> {
    let index: HashMap<&str, u32> = words
        .iter()
        .enumerate()
        .map(|(i, w)| (w.as_str(), i as u32))
        .collect();
    let text: Vec<Vec<u32>> = sentences
        .iter()
        .map(|s| {
            s.iter()
                .filter_map(|w| index.get(normal(w).as_str()).copied())
                .collect()
        })
        .collect();
    let total: f64 = text.iter().map(|s| s.len() as f64).sum();
    let keep: Vec<f32> = words
        .iter()
        .map(|w| {
            (1e-4 * total / f64::from(counts.get(w).copied().unwrap_or(1)))
                .sqrt()
                .min(1.0) as f32
        })
        .collect();
    let noise = noise(words, counts);
    let n = words.len();
    let mut input: Vec<f32> = (0..n * width)
        .map(|_| chance.symmetric() * 0.5 / width as f32)
        .collect();
    let mut output = vec![0.0_f32; (PLACES.len() + 1) * n * width];
    let mut push = vec![0.0_f32; width];
    let tables = PLACES.len() + 1;
    let mut negatives = [0; NEGATIVES];
    let mut seen = 0.0;
    for _ in 0..rounds {
        for sentence in &text {
            let rate = (0.05 * (1.0 - seen / (total * rounds as f64))).max(0.0005) as f32;
            seen += sentence.len() as f64;
            for (at, &word) in sentence.iter().enumerate() {
                if chance.unit() > keep[word as usize] {
                    continue;
                }
                let far = (3 + chance.below(FAR as usize - 2)) as isize
                    * if chance.below(2) == 0 { 1 } else { -1 };
                let centre = word as usize * width;
                // The same noise words serve all places, so their rows are fetched once.
                for n in &mut negatives {
                    *n = noise[chance.below(noise.len())];
                }
                for (table, offset) in PLACES.into_iter().chain([far]).enumerate() {
                    let Some(&context) =
                        at.checked_add_signed(offset).and_then(|i| sentence.get(i))
                    else {
                        continue;
                    };
                    push.fill(0.0);
                    for (sample, other) in [context].into_iter().chain(negatives).enumerate() {
                        if sample > 0 && other == context {
                            continue;
                        }
                        let from = (other as usize * tables + table) * width;
                        let (x, y) = (
                            &input[centre..centre + width],
                            &mut output[from..from + width],
                        );
                        let dot = dot(x, y);
                        let gain =
                            rate * (f32::from(u8::from(sample == 0)) - 1.0 / (1.0 + (-dot).exp()));
                        for ((p, y), x) in push.iter_mut().zip(y).zip(x) {
                            *p += gain * *y;
                            *y += gain * x;
                        }
                    }
                    for (x, p) in input[centre..centre + width].iter_mut().zip(&push) {
                        *x += p;
                    }
                }
            }
        }
    }
    let square = input
        .iter()
        .map(|v| f64::from(*v) * f64::from(*v))
        .sum::<f64>()
        / input.len() as f64;
    let factor = spread / (square.sqrt() as f32).max(1e-9);
    for v in &mut input {
        *v = (*v * factor).clamp(-4.0 * spread, 4.0 * spread);
    }
    input
}

/// Sum of products in eight lanes, added in a fixed order.
fn dot(x: &[f32], y: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    for (a, b) in x.chunks_exact(8).zip(y.chunks_exact(8)) {
        for j in 0..8 {
            lanes[j] += a[j] * b[j];
        }
    }
    lanes.iter().sum()
}

/// A list from which a word is drawn with a chance that grows as its count to the power 0.75.
fn noise(words: &[String], counts: &Counts) -> Vec<u32> {
    let weight = |w: &String| f64::from(counts.get(w).copied().unwrap_or(1)).powf(0.75);
    let all: f64 = words.iter().map(weight).sum();
    let size = 400_000.0;
    words
        .iter()
        .enumerate()
        .flat_map(|(i, w)| {
            std::iter::repeat_n(i as u32, ((weight(w) / all * size) as usize).max(1))
        })
        .collect()
}
