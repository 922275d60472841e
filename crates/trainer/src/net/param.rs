//! Weights with their gradients, and the Adam rule (Kingma and Ba 2015); rows without gradient are left alone.

use super::matrix::{multiply, transpose};
use crate::chance::Chance;

/// A matrix of weights.
#[derive(Clone, Debug)]
pub(crate) struct Param {
    pub(crate) rows: usize,
    pub(crate) cols: usize,
    pub(crate) w: Vec<f32>,
    g: Vec<f32>,
    m: Vec<f32>,
    v: Vec<f32>,
    /// Rows with a gradient in this step; `None` for a dense matrix.
    touched: Option<Vec<u32>>,
    steps: Vec<u32>,
    /// Sum of the weights taken, and how often they were.
    sum: Vec<f32>,
    taken: u32,
}

impl Param {
    /// A dense matrix with uniform weights in `±scale`.
    pub(super) fn dense(rows: usize, cols: usize, scale: f32, chance: &mut Chance) -> Self {
        let w: Vec<f32> = (0..rows * cols)
            .map(|_| chance.symmetric() * scale)
            .collect();
        let zero = vec![0.0; w.len()];
        Self {
            rows,
            cols,
            g: zero.clone(),
            m: zero.clone(),
            v: zero,
            w,
            touched: None,
            steps: vec![0; rows],
            sum: Vec::new(),
            taken: 0,
        }
    }

    /// A table of vectors of which few are used at a time.
    pub(super) fn table(rows: usize, cols: usize, scale: f32, chance: &mut Chance) -> Self {
        Self {
            touched: Some(Vec::new()),
            ..Self::dense(rows, cols, scale, chance)
        }
    }

    pub(super) fn row(&self, i: usize) -> &[f32] {
        &self.w[i * self.cols..(i + 1) * self.cols]
    }

    /// Adds to the gradient of a row.
    pub(super) fn push(&mut self, i: usize, by: &[f32]) {
        if let Some(touched) = &mut self.touched {
            touched.push(i as u32);
        }
        for (g, b) in self.g[i * self.cols..(i + 1) * self.cols]
            .iter_mut()
            .zip(by)
        {
            *g += b;
        }
    }

    /// `x · w`, with a bias in the last row.
    pub(super) fn forward(&self, x: &[f32], n: usize) -> Vec<f32> {
        let inner = self.rows - 1;
        let bias = self.row(inner);
        let mut out: Vec<f32> = std::iter::repeat_n(bias, n).flatten().copied().collect();
        multiply(
            x,
            &self.w[..inner * self.cols],
            &mut out,
            n,
            inner,
            self.cols,
        );
        out
    }

    /// Takes the gradient of the output; adds to its own and returns that of the input.
    pub(super) fn backward(&mut self, x: &[f32], dy: &[f32], n: usize) -> Vec<f32> {
        let inner = self.rows - 1;
        multiply(
            &transpose(x, n, inner),
            dy,
            &mut self.g[..inner * self.cols],
            inner,
            n,
            self.cols,
        );
        let bias = &mut self.g[inner * self.cols..];
        for row in dy.chunks_exact(self.cols) {
            for (b, d) in bias.iter_mut().zip(row) {
                *b += d;
            }
        }
        let mut dx = vec![0.0; n * inner];
        multiply(
            dy,
            &transpose(&self.w[..inner * self.cols], inner, self.cols),
            &mut dx,
            n,
            self.cols,
            inner,
        );
        dx
    }

    /// Adds the weights to those whose mean [`Self::settle`] takes.
    pub(super) fn take(&mut self) {
        self.sum.resize(self.w.len(), 0.0);
        for (sum, w) in self.sum.iter_mut().zip(&self.w) {
            *sum += w;
        }
        self.taken += 1;
    }

    /// Puts the mean of the weights taken in their place.
    pub(super) fn settle(&mut self) {
        if self.taken > 0 {
            let share = 1.0 / self.taken as f32;
            for (w, sum) in self.w.iter_mut().zip(std::mem::take(&mut self.sum)) {
                *w = sum * share;
            }
            self.taken = 0;
        }
    }

    /// One Adam step at `rate`; clears the gradient.
    pub(super) fn step(&mut self, rate: f32) {
        const B1: f32 = 0.9;
        const B2: f32 = 0.98;
        let rows: Vec<u32> = match &mut self.touched {
            None => (0..self.rows as u32).collect(),
            Some(touched) => {
                touched.sort_unstable();
                touched.dedup();
                std::mem::take(touched)
            }
        };
        for row in rows {
            let i = row as usize;
            self.steps[i] += 1;
            let t = self.steps[i].min(10_000) as i32;
            let (c1, c2) = (1.0 / (1.0 - B1.powi(t)), 1.0 / (1.0 - B2.powi(t)));
            let range = i * self.cols..(i + 1) * self.cols;
            let (w, g, m, v) = (
                &mut self.w[range.clone()],
                &mut self.g[range.clone()],
                &mut self.m[range.clone()],
                &mut self.v[range],
            );
            for j in 0..w.len() {
                m[j] = B1 * m[j] + (1.0 - B1) * g[j];
                v[j] = B2 * v[j] + (1.0 - B2) * g[j] * g[j];
                w[j] -= rate * (m[j] * c1) / ((v[j] * c2).sqrt() + 1e-8);
                g[j] = 0.0;
            }
        }
    }
}
