//! Matrices as the reader uses them: packed in blocks of sixteen columns, so that sums stay in vector registers.
//!
//! Sums run over the inner dimension in order and products are never fused, so every machine gets the same bits.
//! All functions are inlined into the caller, which decides the instruction set.
#![expect(
    clippy::inline_always,
    reason = "the caller decides the instruction set, which reaches inlined code only"
)]

use fearless_simd::{Simd, f32x8, prelude::*};

/// Columns of a block.
pub(super) const BLOCK: usize = 16;

/// Rows that are worked on together.
const TILE: usize = 4;

/// A matrix with a bias; columns are padded to whole blocks.
#[derive(Clone, Debug)]
pub(super) struct Dense {
    inner: usize,
    /// Padded number of columns, the width of an output row.
    pub(super) cols: usize,
    packed: Vec<[f32; BLOCK]>,
    bias: Vec<[f32; BLOCK]>,
}

impl Dense {
    /// Packs a row-major matrix of `cols` columns whose last row is the bias.
    pub(super) fn pack(weights: &[f32], cols: usize) -> Self {
        let inner = weights.len() / cols - 1;
        let blocks = cols.div_ceil(BLOCK);
        let cell = |i: usize, j: usize| if j < cols { weights[i * cols + j] } else { 0.0 };
        let part = |block: usize, i: usize| std::array::from_fn(|j| cell(i, block * BLOCK + j));
        let packed = (0..blocks)
            .flat_map(|b| (0..inner).map(move |i| (b, i)))
            .map(|(b, i)| part(b, i))
            .collect();
        let bias = (0..blocks).map(|b| part(b, inner)).collect();
        Self {
            inner,
            cols: blocks * BLOCK,
            packed,
            bias,
        }
    }

    /// Puts `x · w + b` into `out`, row by row.
    #[inline(always)]
    pub(super) fn apply<S: Simd>(&self, simd: S, x: &[f32], out: &mut Vec<f32>) {
        let n = x.len() / self.inner;
        out.resize(n * self.cols, 0.0);
        for (block, (weights, bias)) in self
            .packed
            .chunks_exact(self.inner)
            .zip(&self.bias)
            .enumerate()
        {
            let mut row = 0;
            while row < n {
                let at = row * self.cols + block * BLOCK;
                if row + TILE <= n {
                    let rows = tile::<S, TILE>(
                        simd,
                        &x[row * self.inner..(row + TILE) * self.inner],
                        weights,
                        bias,
                    );
                    for (r, sums) in rows.iter().enumerate() {
                        out[at + r * self.cols..at + r * self.cols + BLOCK].copy_from_slice(sums);
                    }
                    row += TILE;
                } else {
                    let [sums] = tile::<S, 1>(
                        simd,
                        &x[row * self.inner..(row + 1) * self.inner],
                        weights,
                        bias,
                    );
                    out[at..at + BLOCK].copy_from_slice(&sums);
                    row += 1;
                }
            }
        }
    }

    /// `x · w + b` for one row.
    #[inline(always)]
    pub(super) fn one<S: Simd, const BLOCKS: usize>(
        &self,
        simd: S,
        x: &[f32],
    ) -> [[f32; BLOCK]; BLOCKS] {
        let mut out = [[0.0; BLOCK]; BLOCKS];
        for (out, (weights, bias)) in out
            .iter_mut()
            .zip(self.packed.chunks_exact(self.inner).zip(&self.bias))
        {
            [*out] = tile::<S, 1>(simd, x, weights, bias);
        }
        out
    }
}

/// Products of `R` rows with one block of columns.
#[inline(always)]
fn tile<S: Simd, const R: usize>(
    simd: S,
    x: &[f32],
    block: &[[f32; BLOCK]],
    bias: &[f32; BLOCK],
) -> [[f32; BLOCK]; R] {
    let inner = block.len();
    let rows: [&[f32]; R] = std::array::from_fn(|r| &x[r * inner..(r + 1) * inner]);
    let start = [
        f32x8::from_slice(simd, &bias[..8]),
        f32x8::from_slice(simd, &bias[8..]),
    ];
    let mut sums = [start; R];
    for (i, weights) in block.iter().enumerate() {
        let low = f32x8::from_slice(simd, &weights[..8]);
        let high = f32x8::from_slice(simd, &weights[8..]);
        for r in 0..R {
            let v = f32x8::splat(simd, rows[r][i]);
            sums[r][0] += v * low;
            sums[r][1] += v * high;
        }
    }
    let mut out = [[0.0; BLOCK]; R];
    for (out, sum) in out.iter_mut().zip(sums) {
        sum[0].store_slice(&mut out[..8]);
        sum[1].store_slice(&mut out[8..]);
    }
    out
}

/// Rows of vectors.
#[derive(Clone, Debug)]
pub(super) struct Table {
    cols: usize,
    weights: Vec<f32>,
}

impl Table {
    pub(super) fn new(cols: usize, weights: Vec<f32>) -> Self {
        Self { cols, weights }
    }

    #[inline(always)]
    pub(super) fn row(&self, i: usize) -> &[f32] {
        &self.weights[i * self.cols..(i + 1) * self.cols]
    }
}

/// Rows of vectors as bytes with a scale each.
#[derive(Clone, Debug)]
pub(super) struct Bytes {
    cols: usize,
    scales: Vec<f32>,
    weights: Vec<i8>,
}

impl Bytes {
    pub(super) fn new(cols: usize, scales: Vec<f32>, weights: Vec<i8>) -> Self {
        Self {
            cols,
            scales,
            weights,
        }
    }

    /// Adds row `i` to `to`.
    #[inline(always)]
    pub(super) fn add_row(&self, i: usize, to: &mut [f32]) {
        let scale = self.scales[i];
        for (a, &b) in to
            .iter_mut()
            .zip(&self.weights[i * self.cols..(i + 1) * self.cols])
        {
            *a += f32::from(b) * scale;
        }
    }
}

#[inline(always)]
pub(super) fn add(a: &mut [f32], b: &[f32]) {
    for (a, b) in a.iter_mut().zip(b) {
        *a += b;
    }
}

/// Puts negative values to zero.
#[inline(always)]
pub(super) fn positive(x: &mut [f32]) {
    for v in x {
        *v = v.max(0.0);
    }
}

#[inline(always)]
fn softsign(x: f32) -> f32 {
    x / (1.0 + x.abs())
}

/// One recurrent layer with its input added: the first half of the hidden units runs forward, the second backward.
/// `inputs` holds a row of gates and candidates for each row of `out`, which comes in as the layer's input.
#[inline(always)]
pub(super) fn recur(inputs: &[f32], hidden: usize, state: &mut [f32], out: &mut [f32]) {
    let n = out.len() / hidden;
    let half = hidden / 2;
    for back in [false, true] {
        state[..half].fill(0.0);
        let from = if back { half } else { 0 };
        for step in 0..n {
            let at = if back { n - 1 - step } else { step };
            let (gates, candidates) =
                inputs[at * 2 * hidden..(at + 1) * 2 * hidden].split_at(hidden);
            let gates = &gates[from..from + half];
            let candidates = &candidates[from..from + half];
            let out = &mut out[at * hidden + from..at * hidden + from + half];
            for (((h, &g), &c), o) in state[..half].iter_mut().zip(gates).zip(candidates).zip(out) {
                let z = 0.5 + 0.5 * softsign(g);
                *h += z * (softsign(c) - *h);
                *o += *h;
            }
        }
    }
}

/// The first of the highest.
#[inline(always)]
pub(super) fn best(scores: &[f32]) -> usize {
    let mut top = 0;
    for (i, s) in scores.iter().enumerate() {
        if *s > scores[top] {
            top = i;
        }
    }
    top
}
