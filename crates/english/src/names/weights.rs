//! Weights of features by key.
//!
//! In: the records of a model file, sorted by key. Out: sums of weights. Most of what a look-up costs is waiting for memory,
//! so it is laid out for few and independent reads: a bit for each run of neighbouring keys tells whether one is there, and
//! the number of bits before it tells where, without a probe that could be guessed wrong.
#![expect(
    clippy::inline_always,
    reason = "the caller decides the instruction set, which reaches inlined code only"
)]

use super::{RECORD, feature_key};
use crate::model::ModelError;
use fearless_simd::{Level, dispatch, prelude::*};

/// Weights of a feature in memory: one a label, filled up to a width that suits the machine.
pub(super) const WIDTH: usize = 24;

/// Sums of weights of features, one a label. Even all features of a token together stay within 16 bits.
pub(crate) type Sums = [i16; WIDTH];

/// Bits of a key that its run leaves out.
const RUN: u32 = 11;

/// Marks a group with two keys in one run; the rows of such a group are searched.
const CROWDED: u32 = 1 << 31;

/// Sixty-four runs of neighbouring keys.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    /// A bit for each run that has a key.
    runs: u64,
    /// How many keys stand before the group, with the mark [`CROWDED`].
    before: u32,
}

/// Half a cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Row {
    key: u32,
    weights: [i8; WIDTH],
}

#[derive(Debug)]
pub(super) struct Weights {
    level: Level,
    groups: Vec<Group>,
    /// By key.
    rows: Vec<Row>,
}

impl Weights {
    /// Reads the section `features` of a model file.
    pub(super) fn read(records: &[u8]) -> Result<Self, ModelError> {
        let shape = || ModelError::Shape("features");
        if !records.len().is_multiple_of(RECORD) {
            return Err(shape());
        }
        let mut groups = vec![Group::default(); 1 << (32 - RUN - 6)];
        let mut rows: Vec<Row> = Vec::with_capacity(records.len() / RECORD);
        for record in records.chunks_exact(RECORD) {
            let (key, bytes) = record.split_first_chunk::<4>().ok_or_else(shape)?;
            let key = u32::from_le_bytes(*key);
            if rows.last().is_some_and(|last| last.key >= key) {
                return Err(shape());
            }
            let group = &mut groups[(key >> (RUN + 6)) as usize];
            if group.runs == 0 {
                group.before = rows.len() as u32;
            }
            let run = 1 << (key >> RUN & 63);
            if group.runs & run != 0 {
                group.before |= CROWDED;
            }
            group.runs |= run;
            let mut weights = [0; WIDTH];
            for (w, &b) in weights.iter_mut().zip(bytes) {
                *w = b as i8;
            }
            rows.push(Row { key, weights });
        }
        Ok(Self {
            level: Level::new(),
            groups,
            rows,
        })
    }

    /// Adds up the weights of features; `hits` is working memory.
    pub(super) fn sum(&self, hashes: &[u64], hits: &mut Vec<(u32, u32)>, sums: &mut Sums) {
        dispatch!(self.level, simd => simd.vectorize(#[inline(always)] || {
            self.sum_here(hashes, hits, sums);
        }));
    }

    #[inline(always)]
    fn sum_here(&self, hashes: &[u64], hits: &mut Vec<(u32, u32)>, sums: &mut Sums) {
        hits.resize(hashes.len(), (0, 0));
        let mut n = 0;
        for &h in hashes {
            let key = feature_key(h);
            let group = self.groups[(key >> (RUN + 6)) as usize];
            let run = key >> RUN & 63;
            let before = (group.runs & ((1 << run) - 1)).count_ones();
            hits[n] = (key, group.before + before);
            n += (group.runs >> run & 1) as usize;
        }
        let mut all = *sums;
        for &(key, place) in &hits[..n] {
            let row = if place & CROWDED == 0 {
                &self.rows[place as usize]
            } else {
                self.search(key)
            };
            // Another key of the same run has nothing to say; no branch, for that would be guessed wrong.
            let same = -i16::from(row.key == key);
            for (s, &w) in all.iter_mut().zip(&row.weights) {
                *s = s.wrapping_add(i16::from(w) & same);
            }
        }
        *sums = all;
    }

    /// The row of a key, or any other, in a crowded group.
    fn search(&self, key: u32) -> &Row {
        let group = self.groups[(key >> (RUN + 6)) as usize];
        let from = (group.before & !CROWDED) as usize;
        let rows = &self.rows[from..];
        let before = rows.iter().take_while(|row| row.key < key).count();
        &rows[before.min(rows.len() - 1)]
    }
}
