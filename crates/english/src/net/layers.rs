//! Matrices as the reader uses them: whole numbers of 16 bits, packed in blocks of sixteen columns, so that sums stay in
//! vector registers.
//!
//! Sums are whole numbers, and what is done in floating point is done in one order without fused products, so every machine
//! gets the same bits. All functions are inlined into the caller, which decides the instruction set.
#![expect(
    clippy::inline_always,
    reason = "the caller decides the instruction set, which reaches inlined code only"
)]

use fearless_simd::{Bytes as _, Simd, f32x16, i16x32, i32x16, prelude::*};

/// Columns of a block.
pub(super) const BLOCK: usize = 16;

/// Rows that are worked on together: as many as their sums find registers where these are 256 bits wide.
const TILE: usize = 6;

/// Largest whole number that stands for a weight.
const WEIGHT: f32 = 2047.0;

/// Largest whole number that stands for an input, for up to `inner` of them: sums of products stay within 32 bits.
fn input_limit(inner: usize) -> f32 {
    (i32::MAX as f32 / WEIGHT / inner as f32)
        .floor()
        .min(f32::from(i16::MAX - 1))
}

/// Adding this rounds a number of at most 22 bits to a whole one, which its low bits then show.
const ROUND: f32 = 12_582_912.0;

#[inline(always)]
fn round(x: f32) -> i32 {
    (x + ROUND).to_bits() as i32 - ROUND.to_bits() as i32
}

/// Rows of inputs as whole numbers with a scale each. Two numbers share a cell: one of the first half of the row and its
/// counterpart of the second.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    cells: Vec<i32>,
    scales: Vec<f32>,
}

impl Rows {
    /// Takes rows of `inner` numbers each.
    #[inline(always)]
    pub(super) fn take(&mut self, x: &[f32], inner: usize) {
        self.cells.resize(x.len() / 2, 0);
        self.scales.clear();
        for (row, cells) in x
            .chunks_exact(inner)
            .zip(self.cells.chunks_exact_mut(inner / 2))
        {
            self.scales.push(whole(row, cells));
        }
    }
}

/// Puts a row into cells; returns its scale.
#[inline(always)]
fn whole(row: &[f32], cells: &mut [i32]) -> f32 {
    // Numbers without sign order like their bits.
    let top = row.iter().fold(0, |top, x| top.max(x.to_bits() << 1));
    let top = f32::from_bits(top >> 1);
    if top == 0.0 || !top.is_finite() {
        cells.fill(0);
        return 0.0;
    }
    let limit = input_limit(row.len());
    let scale = limit / top;
    let (low, high) = row.split_at(cells.len());
    for ((cell, &a), &b) in cells.iter_mut().zip(low).zip(high) {
        *cell = (round(a * scale) & 0xffff) | (round(b * scale) << 16);
    }
    top / limit
}

/// A matrix with a bias; columns are padded to whole blocks.
#[derive(Clone, Debug)]
pub(super) struct Dense {
    /// Cells of a row of inputs, half its numbers.
    cells: usize,
    /// Padded number of columns, the width of an output row.
    pub(super) cols: usize,
    packed: Vec<[i16; 2 * BLOCK]>,
    scales: Vec<[f32; BLOCK]>,
    bias: Vec<[f32; BLOCK]>,
}

impl Dense {
    /// Packs a row-major matrix of `cols` columns with an even number of rows, and a bias; what is lacking of the last block
    /// gives the lowest of all numbers.
    pub(super) fn pack(weights: &[f32], bias: &[f32]) -> Self {
        let cols = bias.len();
        let cells = weights.len() / cols / 2;
        let blocks = cols.div_ceil(BLOCK);
        let mut tops = vec![0.0_f32; cols];
        for row in weights.chunks_exact(cols) {
            for (top, w) in tops.iter_mut().zip(row) {
                *top = top.max(w.abs());
            }
        }
        let cell = |i: usize, j: usize| {
            if j < cols && tops[j] > 0.0 {
                (weights[i * cols + j] / tops[j] * WEIGHT).round_ties_even() as i16
            } else {
                0
            }
        };
        let mut packed = Vec::with_capacity(blocks * cells);
        for block in 0..blocks {
            for i in 0..cells {
                packed.push(std::array::from_fn(|lane| {
                    cell(i + lane % 2 * cells, block * BLOCK + lane / 2)
                }));
            }
        }
        let part = |of: &[f32], scale: f32, lack: f32| {
            (0..blocks)
                .map(|b| std::array::from_fn(|j| of.get(b * BLOCK + j).map_or(lack, |x| x * scale)))
                .collect()
        };
        Self {
            cells,
            cols: blocks * BLOCK,
            packed,
            scales: part(&tops, 1.0 / WEIGHT, 0.0),
            bias: part(bias, 1.0, f32::MIN),
        }
    }

    /// Puts `x · w + b` into `out`, row by row.
    #[inline(always)]
    pub(super) fn apply<S: Simd>(&self, simd: S, x: &Rows, out: &mut Vec<f32>) {
        let n = x.scales.len();
        out.resize(n * self.cols, 0.0);
        for (block, weights) in self.packed.chunks_exact(self.cells).enumerate() {
            let mut row = 0;
            while row < n {
                if row + TILE <= n {
                    self.tile::<S, TILE>(simd, x, row, block, weights, out);
                    row += TILE;
                } else {
                    self.tile::<S, 1>(simd, x, row, block, weights, out);
                    row += 1;
                }
            }
        }
    }

    /// Products of `R` rows with one block of columns.
    #[inline(always)]
    fn tile<S: Simd, const R: usize>(
        &self,
        simd: S,
        x: &Rows,
        row: usize,
        block: usize,
        weights: &[[i16; 2 * BLOCK]],
        out: &mut [f32],
    ) {
        let rows: [&[i32]; R] = std::array::from_fn(|r| {
            &x.cells[(row + r) * weights.len()..(row + r + 1) * weights.len()]
        });
        let mut sums = [i32x16::splat(simd, 0); R];
        for (i, weights) in weights.iter().enumerate() {
            let weights = i16x32::from_slice(simd, weights);
            for r in 0..R {
                let pair: i16x32<S> = i32x16::splat(simd, rows[r][i]).bitcast();
                sums[r] += pair.pairwise_dot_product(weights);
            }
        }
        let scales = f32x16::from_slice(simd, &self.scales[block]);
        let bias = f32x16::from_slice(simd, &self.bias[block]);
        for (r, sum) in sums.into_iter().enumerate() {
            let at = (row + r) * self.cols + block * BLOCK;
            let scale = f32x16::splat(simd, x.scales[row + r]);
            (f32x16::float_from(sum) * (scales * scale) + bias)
                .store_slice(&mut out[at..at + BLOCK]);
        }
    }

    /// `x · w + b` for one row of at most `2 * CELLS` numbers, all blocks together.
    #[inline(always)]
    pub(super) fn one<S: Simd, const BLOCKS: usize>(
        &self,
        simd: S,
        x: &[f32],
        cells: &mut [i32],
    ) -> [[f32; BLOCK]; BLOCKS] {
        let cells = &mut cells[..self.cells];
        let scale = f32x16::splat(simd, whole(x, cells));
        let blocks: [&[[i16; 2 * BLOCK]]; BLOCKS] =
            std::array::from_fn(|b| &self.packed[b * cells.len()..(b + 1) * cells.len()]);
        let mut sums = [i32x16::splat(simd, 0); BLOCKS];
        for (i, &pair) in cells.iter().enumerate() {
            let pair: i16x32<S> = i32x16::splat(simd, pair).bitcast();
            for b in 0..BLOCKS {
                sums[b] += pair.pairwise_dot_product(i16x32::from_slice(simd, &blocks[b][i]));
            }
        }
        let mut out = [[0.0; BLOCK]; BLOCKS];
        for (b, out) in out.iter_mut().enumerate() {
            let scales = f32x16::from_slice(simd, &self.scales[b]);
            let bias = f32x16::from_slice(simd, &self.bias[b]);
            (f32x16::float_from(sums[b]) * (scales * scale) + bias).store_slice(out);
        }
        out
    }
}

/// Blocks of a hidden row of the parser that are summed up together.
const SPAN: usize = 4;

/// Numbers in them.
pub(super) const STRIDE: usize = SPAN * BLOCK;

/// The positive part of the sum of `rows`, from `at` on.
#[inline(always)]
fn positive_sum<S: Simd, const R: usize>(
    simd: S,
    rows: &[&[f32]; R],
    at: usize,
) -> [f32x16<S>; SPAN] {
    let zero = f32x16::splat(simd, 0.0);
    let mut sums = [zero; SPAN];
    for row in rows {
        let part = &row[at..at + STRIDE];
        for b in 0..SPAN {
            sums[b] += f32x16::from_slice(simd, &part[b * BLOCK..(b + 1) * BLOCK]);
        }
    }
    sums.map(
        #[inline(always)]
        |sum| sum.max(zero),
    )
}

/// Puts the positive part of the sum of `rows` into `out`, whose length is a multiple of [`STRIDE`].
#[inline(always)]
pub(super) fn add_up<S: Simd, const R: usize>(simd: S, rows: &[&[f32]; R], out: &mut [f32]) {
    for (i, out) in out.chunks_exact_mut(STRIDE).enumerate() {
        let sums = positive_sum(simd, rows, i * STRIDE);
        for (sum, out) in sums.into_iter().zip(out.chunks_exact_mut(BLOCK)) {
            sum.store_slice(out);
        }
    }
}

/// A matrix of few columns with a bias, column by column.
#[derive(Clone, Debug)]
pub(super) struct Narrow<const COLS: usize> {
    columns: [Vec<[f32; STRIDE]>; COLS],
    bias: [f32; COLS],
}

impl<const COLS: usize> Narrow<COLS> {
    /// Takes a row-major matrix whose number of rows is a multiple of [`STRIDE`], and a bias.
    pub(super) fn new(weights: &[f32], bias: [f32; COLS]) -> Self {
        let parts = weights.len() / COLS / STRIDE;
        let part = |c: usize, p: usize| {
            std::array::from_fn(|lane| weights[(p * STRIDE + lane) * COLS + c])
        };
        Self {
            columns: std::array::from_fn(|c| (0..parts).map(|p| part(c, p)).collect()),
            bias,
        }
    }

    /// `x · w + b` for the positive part of the sum of `rows`.
    #[inline(always)]
    pub(super) fn one<S: Simd, const R: usize>(&self, simd: S, rows: &[&[f32]; R]) -> [f32; COLS] {
        let mut sums = [f32x16::splat(simd, 0.0); COLS];
        for part in 0..self.columns[0].len() {
            let x = positive_sum(simd, rows, part * STRIDE);
            for c in 0..COLS {
                let column = &self.columns[c][part];
                for b in 0..SPAN {
                    sums[c] += x[b] * f32x16::from_slice(simd, &column[b * BLOCK..(b + 1) * BLOCK]);
                }
            }
        }
        let mut out = self.bias;
        for (out, sum) in out.iter_mut().zip(sums) {
            let (low, high) = sum.split();
            let (low, high) = (low + high).split();
            let mut lanes = [0.0; 4];
            (low + high).store_slice(&mut lanes);
            *out += (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
        }
        out
    }
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

/// One recurrent layer with its input added: the first half of the hidden units runs forward, the second backward, in each
/// sentence by itself. `inputs` holds a row of gates and candidates for each row of `out`, which comes in as the layer's input.
#[inline(always)]
pub(super) fn recur(
    inputs: &[f32],
    hidden: usize,
    lengths: &[usize],
    state: &mut [f32],
    out: &mut [f32],
) {
    let half = hidden / 2;
    let state = &mut state[..half];
    let mut start = 0;
    for &n in lengths {
        for back in [false, true] {
            state.fill(0.0);
            let from = if back { half } else { 0 };
            for step in 0..n {
                let at = start + if back { n - 1 - step } else { step };
                let (gates, candidates) =
                    inputs[at * 2 * hidden..(at + 1) * 2 * hidden].split_at(hidden);
                let gates = &gates[from..from + half];
                let candidates = &candidates[from..from + half];
                let out = &mut out[at * hidden + from..at * hidden + from + half];
                for (((h, &g), &c), o) in state.iter_mut().zip(gates).zip(candidates).zip(out) {
                    let z = 0.5 + 0.5 * softsign(g);
                    *h += z * (softsign(c) - *h);
                    *o += *h;
                }
            }
        }
        start += n;
    }
}

/// The first of the highest; the number of scores is a multiple of [`BLOCK`].
#[inline(always)]
pub(super) fn best(scores: &[f32]) -> usize {
    let mut tops = [f32::MIN; BLOCK];
    for block in scores.chunks_exact(BLOCK) {
        for (top, &s) in tops.iter_mut().zip(block) {
            *top = if s > *top { s } else { *top };
        }
    }
    let top = tops.into_iter().fold(f32::MIN, f32::max);
    scores.iter().position(|&s| s == top).unwrap_or(0)
}
