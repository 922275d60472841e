//! The encoder: summed vectors of word, affixes and shape, a window of three, and layers of gated averages in both directions.
//!
//! A gated average is the recurrence `h ← h + z·(c − h)` whose gate and candidate depend on the input only (as in SRU,
//! Lei and others 2018, and minGRU, Feng and others 2024), so all products are of whole batches.

use super::param::Param;
use crate::chance::Chance;
use english::net::{FIELDS, Fields, Sizes, TABLES};
use std::ops::Range;

/// The encoder's weights.
#[derive(Clone, Debug)]
pub(crate) struct Encoder {
    pub(crate) tables: Vec<Param>,
    /// Vectors from running text, one row a word; they stay as they are.
    pub(crate) given: Vec<f32>,
    pub(crate) window: Param,
    pub(crate) layers: Vec<Param>,
}

/// What the way back needs of the way there.
pub(super) struct Trace {
    fields: Vec<Fields>,
    ranges: Vec<Range<usize>>,
    x_mask: Vec<f32>,
    windows: Vec<f32>,
    /// Output of the window layer after its mask.
    u: Vec<f32>,
    u_mask: Vec<f32>,
    layers: Vec<Layer>,
}

/// The same of a recurrent layer.
struct Layer {
    gates: Gates,
    /// Output after its mask.
    out: Vec<f32>,
    mask: Vec<f32>,
}

impl Trace {
    /// Output of the first recurrent layer.
    pub(super) fn low(&self) -> &[f32] {
        self.layers.first().map_or(&self.u, |layer| &layer.out)
    }

    /// Output of the last one.
    pub(super) fn high(&self) -> &[f32] {
        self.layers.last().map_or(&self.u, |layer| &layer.out)
    }
}

/// Inputs and states of a recurrent layer.
struct Gates {
    inputs: Vec<f32>,
    states: Vec<f32>,
}

fn softsign(x: f32) -> f32 {
    x / (1.0 + x.abs())
}

fn softsign_slope(x: f32) -> f32 {
    let d = 1.0 + x.abs();
    1.0 / (d * d)
}

impl Encoder {
    pub(super) fn new(sizes: Sizes, words: usize, chance: &mut Chance) -> Self {
        let Sizes { vector, hidden, .. } = sizes;
        let mut tables = vec![Param::table(words + 1, vector, 0.05, chance)];
        tables.extend(
            TABLES
                .iter()
                .map(|&rows| Param::table(rows, vector, 0.05, chance)),
        );
        let dense = |rows: usize, cols: usize, chance: &mut Chance| {
            let mut p = Param::dense(rows + 1, cols, (6.0 / (rows + cols) as f32).sqrt(), chance);
            p.w[rows * cols..].fill(0.0);
            p
        };
        let window = dense(3 * vector, hidden, chance);
        let recurrent = |chance: &mut Chance| {
            let mut p = dense(hidden, 2 * hidden, chance);
            // Gates begin spread from slow to fast.
            for j in 0..hidden {
                p.w[hidden * 2 * hidden + j] =
                    1.0 - 3.0 * (j % (hidden / 2)) as f32 / (hidden / 2) as f32;
            }
            p
        };
        Self {
            tables,
            given: Vec::new(),
            window,
            layers: (0..sizes.layers).map(|_| recurrent(chance)).collect(),
        }
    }

    pub(super) fn forward(
        &self,
        fields: Vec<Fields>,
        given: &[u32],
        ranges: Vec<Range<usize>>,
        drop: f32,
        chance: &mut Chance,
    ) -> Trace {
        let n = fields.len();
        let vector = self.tables[0].cols;
        let hidden = self.window.cols;
        let mut x = vec![0.0; n * vector];
        for ((row, fields), &known) in x.chunks_exact_mut(vector).zip(&fields).zip(given) {
            if known > 0 {
                row.copy_from_slice(
                    &self.given[(known as usize - 1) * vector..known as usize * vector],
                );
            }
            for (table, &field) in self.tables.iter().zip(fields) {
                for (a, b) in row.iter_mut().zip(table.row(field as usize)) {
                    *a += b;
                }
            }
        }
        let x_mask = mask(&mut x, drop * 0.6, chance);
        let mut windows = vec![0.0; n * 3 * vector];
        for range in &ranges {
            for at in range.clone() {
                for (slot, offset) in [-1_isize, 0, 1].into_iter().enumerate() {
                    let from = at as isize + offset;
                    if from >= range.start as isize && from < range.end as isize {
                        let to = (at * 3 + slot) * vector;
                        let from = from as usize * vector;
                        windows[to..to + vector].copy_from_slice(&x[from..from + vector]);
                    }
                }
            }
        }
        let mut u = self.window.forward(&windows, n);
        for v in &mut u {
            *v = v.max(0.0);
        }
        let u_mask = mask(&mut u, drop, chance);
        let mut layers: Vec<Layer> = Vec::with_capacity(self.layers.len());
        for param in &self.layers {
            let from = layers.last().map_or(&u, |layer| &layer.out);
            let (gates, mut out) = recur(param, from, &ranges, hidden);
            let mask = mask(&mut out, drop, chance);
            layers.push(Layer { gates, out, mask });
        }
        Trace {
            fields,
            ranges,
            x_mask,
            windows,
            u,
            u_mask,
            layers,
        }
    }

    /// Takes the gradients of `low` (as the tag head sees it) and `high`.
    pub(super) fn backward(&mut self, trace: &Trace, d_low: &[f32], d_high: Vec<f32>) {
        let n = trace.fields.len();
        let vector = self.tables[0].cols;
        let hidden = self.window.cols;
        let mut d_u = d_high;
        for (i, param) in self.layers.iter_mut().enumerate().rev() {
            if i == 0 {
                add(&mut d_u, d_low);
            }
            let layer = &trace.layers[i];
            scale(&mut d_u, &layer.mask);
            let input = if i == 0 {
                &trace.u
            } else {
                &trace.layers[i - 1].out
            };
            d_u = recur_back(param, &layer.gates, input, &d_u, &trace.ranges, hidden);
        }
        scale(&mut d_u, &trace.u_mask);
        for (d, &u) in d_u.iter_mut().zip(&trace.u) {
            if u <= 0.0 {
                *d = 0.0;
            }
        }
        let d_windows = self.window.backward(&trace.windows, &d_u, n);
        let mut d_x = vec![0.0; n * vector];
        for range in &trace.ranges {
            for at in range.clone() {
                for (slot, offset) in [-1_isize, 0, 1].into_iter().enumerate() {
                    let to = at as isize + offset;
                    if to >= range.start as isize && to < range.end as isize {
                        let to = to as usize * vector;
                        let from = (at * 3 + slot) * vector;
                        add(&mut d_x[to..to + vector], &d_windows[from..from + vector]);
                    }
                }
            }
        }
        scale(&mut d_x, &trace.x_mask);
        for (row, fields) in d_x.chunks_exact(vector).zip(&trace.fields) {
            for (table, &field) in self.tables.iter_mut().zip(fields) {
                table.push(field as usize, row);
            }
        }
        debug_assert_eq!(self.tables.len(), FIELDS);
    }

    pub(super) fn params(&mut self) -> impl Iterator<Item = &mut Param> {
        self.tables
            .iter_mut()
            .chain([&mut self.window])
            .chain(&mut self.layers)
    }
}

/// One recurrent layer with its input added: the first half of the hidden units runs forward, the second backward.
fn recur(param: &Param, x: &[f32], ranges: &[Range<usize>], hidden: usize) -> (Gates, Vec<f32>) {
    let n = x.len() / hidden;
    let inputs = param.forward(x, n);
    let mut states = vec![0.0; n * hidden];
    let half = hidden / 2;
    let mut h = vec![0.0; half];
    for range in ranges {
        for back in [false, true] {
            h.fill(0.0);
            let from = if back { half } else { 0 };
            for step in 0..range.len() {
                let at = if back {
                    range.end - 1 - step
                } else {
                    range.start + step
                };
                let row = &inputs[at * 2 * hidden..(at + 1) * 2 * hidden];
                let (gates, candidates) = row.split_at(hidden);
                for j in 0..half {
                    let z = 0.5 + 0.5 * softsign(gates[from + j]);
                    h[j] += z * (softsign(candidates[from + j]) - h[j]);
                }
                states[at * hidden + from..at * hidden + from + half].copy_from_slice(&h);
            }
        }
    }
    let mut out = states.clone();
    add(&mut out, x);
    (Gates { inputs, states }, out)
}

fn recur_back(
    param: &mut Param,
    gates: &Gates,
    x: &[f32],
    d_out: &[f32],
    ranges: &[Range<usize>],
    hidden: usize,
) -> Vec<f32> {
    let n = x.len() / hidden;
    let half = hidden / 2;
    let mut d_inputs = vec![0.0; n * 2 * hidden];
    let mut carry = vec![0.0; half];
    for range in ranges {
        for back in [false, true] {
            carry.fill(0.0);
            let from = if back { half } else { 0 };
            for step in (0..range.len()).rev() {
                let at = if back {
                    range.end - 1 - step
                } else {
                    range.start + step
                };
                let before = (step > 0).then(|| if back { at + 1 } else { at - 1 });
                let row = at * 2 * hidden;
                for j in 0..half {
                    let (a, b) = (
                        gates.inputs[row + from + j],
                        gates.inputs[row + hidden + from + j],
                    );
                    let prev = before.map_or(0.0, |p| gates.states[p * hidden + from + j]);
                    let dh = d_out[at * hidden + from + j] + carry[j];
                    let z = 0.5 + 0.5 * softsign(a);
                    d_inputs[row + from + j] = dh * (softsign(b) - prev) * 0.5 * softsign_slope(a);
                    d_inputs[row + hidden + from + j] = dh * z * softsign_slope(b);
                    carry[j] = dh * (1.0 - z);
                }
            }
        }
    }
    let mut d_x = param.backward(x, &d_inputs, n);
    add(&mut d_x, d_out);
    d_x
}

fn add(a: &mut [f32], b: &[f32]) {
    for (a, b) in a.iter_mut().zip(b) {
        *a += b;
    }
}

fn scale(a: &mut [f32], by: &[f32]) {
    if !by.is_empty() {
        for (a, b) in a.iter_mut().zip(by) {
            *a *= b;
        }
    }
}

/// Puts a share `drop` of the values to zero and scales the rest; returns the factors.
fn mask(x: &mut [f32], drop: f32, chance: &mut Chance) -> Vec<f32> {
    if drop <= 0.0 {
        return Vec::new();
    }
    let keep = 1.0 / (1.0 - drop);
    let bar = (f64::from(drop) * 65536.0) as u64;
    let mut out = vec![0.0; x.len()];
    for (four, values) in out.chunks_mut(4).zip(x.chunks_mut(4)) {
        let bits = chance.next();
        for (i, (o, v)) in four.iter_mut().zip(values).enumerate() {
            *o = if (bits >> (16 * i)) & 0xFFFF < bar {
                0.0
            } else {
                keep
            };
            *v *= *o;
        }
    }
    out
}
