//! Products of row-major matrices, blocked so that the sums stay in vector registers.
//!
//! Sums run over the inner dimension in order and are not fused, so the result does not depend on the machine.

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};

const ROWS: usize = 4;
const COLS: usize = 16;

/// `c += a · b`, with `a` of shape `m × k`, `b` of `k × n` and `c` of `m × n`.
pub(super) fn multiply(a: &[f32], b: &[f32], c: &mut [f32], m: usize, k: usize, n: usize) {
    assert!(a.len() == m * k && b.len() == k * n && c.len() == m * n);
    let shape = Shape { m, k, n };
    dispatch!(Level::new(), simd => simd.vectorize(#[inline(always)] || blocked(simd, a, b, c, shape)));
}

#[derive(Clone, Copy)]
struct Shape {
    m: usize,
    k: usize,
    n: usize,
}

#[expect(
    clippy::inline_always,
    reason = "the instruction set of the caller reaches inlined code only"
)]
#[inline(always)]
fn blocked<S: Simd>(simd: S, a: &[f32], b: &[f32], c: &mut [f32], Shape { m, k, n }: Shape) {
    let mut packed = vec![[0.0; COLS]; k];
    for col in (0..n).step_by(COLS) {
        let width = COLS.min(n - col);
        for (i, row) in packed.iter_mut().enumerate() {
            row[..width].copy_from_slice(&b[i * n + col..i * n + col + width]);
            row[width..].fill(0.0);
        }
        let mut row = 0;
        while row < m {
            let mut sums = [[0.0; COLS]; ROWS];
            let height = if row + ROWS <= m {
                sums = tile::<S, ROWS>(simd, &a[row * k..(row + ROWS) * k], &packed);
                ROWS
            } else {
                [sums[0]] = tile::<S, 1>(simd, &a[row * k..(row + 1) * k], &packed);
                1
            };
            for (r, sum) in sums.iter().enumerate().take(height) {
                let out = &mut c[(row + r) * n + col..(row + r) * n + col + width];
                for (o, s) in out.iter_mut().zip(sum) {
                    *o += s;
                }
            }
            row += height;
        }
    }
}

/// Products of `R` rows with one block of columns.
#[expect(
    clippy::inline_always,
    reason = "the instruction set of the caller reaches inlined code only"
)]
#[inline(always)]
fn tile<S: Simd, const R: usize>(simd: S, a: &[f32], block: &[[f32; COLS]]) -> [[f32; COLS]; R] {
    let k = block.len();
    let rows: [&[f32]; R] = std::array::from_fn(|r| &a[r * k..(r + 1) * k]);
    let mut sums = [[f32x8::splat(simd, 0.0); 2]; R];
    for (i, weights) in block.iter().enumerate() {
        let low = f32x8::from_slice(simd, &weights[..8]);
        let high = f32x8::from_slice(simd, &weights[8..]);
        for r in 0..R {
            let x = f32x8::splat(simd, rows[r][i]);
            sums[r][0] += x * low;
            sums[r][1] += x * high;
        }
    }
    let mut out = [[0.0; COLS]; R];
    for (out, sum) in out.iter_mut().zip(sums) {
        sum[0].store_slice(&mut out[..8]);
        sum[1].store_slice(&mut out[8..]);
    }
    out
}

/// The transpose of `a`, of shape `m × n`.
pub(super) fn transpose(a: &[f32], m: usize, n: usize) -> Vec<f32> {
    let mut out = vec![0.0; m * n];
    for block in (0..m).step_by(16) {
        for j in 0..n {
            for i in block..(block + 16).min(m) {
                out[j * m + i] = a[i * n + j];
            }
        }
    }
    out
}
