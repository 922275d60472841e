//! The reading network: an encoder over the words of a sentence, with heads for tags, parser moves and relations.
//!
//! In: words. Out: tags, heads and relations. The trainer shares the definitions of features, so both sides see the same.
//! The encoder sums vectors of word, affixes and shape, looks at windows of three words, and runs two layers of gated
//! averages in both directions; the parser is greedy and arc-hybrid.
#![expect(
    clippy::inline_always,
    reason = "the caller decides the instruction set, which reaches inlined code only"
)]

mod features;
mod layers;
mod load;

pub use features::{FIELDS, Fields, GAPS, SHOWS, TABLES, fields, move_rows, relation_rows};

use crate::{
    arcs::{Move, State},
    form::hash,
    lookup::Lookup,
    tagset::{RELATIONS, TAGS},
};
use fearless_simd::{Level, Simd, dispatch};
use layers::{BLOCK, Bytes, Dense, Table, add, best, positive, recur};

/// Widths of the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Of word vectors.
    pub vector: usize,
    /// Of the encoder's layers; a multiple of 32.
    pub hidden: usize,
    /// Of the layer that scores moves; a multiple of 16.
    pub steps: usize,
    /// Of the layer that scores relations; a multiple of 16.
    pub arcs: usize,
}

/// The network, ready to read.
#[derive(Debug)]
pub struct Net {
    level: Level,
    sizes: Sizes,
    words: Lookup,
    tables: Vec<Bytes>,
    window: Dense,
    first: Dense,
    second: Dense,
    tags: Dense,
    slots: Dense,
    shows: Table,
    moves: Dense,
    ends: Dense,
    gaps: Table,
    relations: Dense,
}

/// What the network says of a sentence.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Places in [`TAGS`].
    pub tags: Vec<u8>,
    /// Head of each word; the number of words for the root.
    pub heads: Vec<u32>,
    /// Places in [`RELATIONS`].
    pub labels: Vec<u8>,
}

/// Working memory, kept from sentence to sentence.
#[derive(Debug, Default)]
pub struct Scratch {
    windows: Vec<f32>,
    low: Vec<f32>,
    inputs: Vec<f32>,
    scores: Vec<f32>,
    slots: Vec<f32>,
    ends: Vec<f32>,
    state: Vec<f32>,
    arcs: State,
}

/// Number of words that stand for a word on the stack or in the queue.
const SLOTS: usize = 4;
const RELATION_BLOCKS: usize = RELATIONS.len().div_ceil(BLOCK);

impl Net {
    /// Reads a sentence, given its words and their normalised forms.
    pub fn judge(
        &self,
        words: &[&str],
        normals: &[String],
        scratch: &mut Scratch,
        verdict: &mut Verdict,
    ) {
        dispatch!(self.level, simd => simd.vectorize(#[inline(always)] || {
            self.embed(words, normals, scratch);
            self.run(simd, words.len(), scratch, verdict);
        }));
    }

    /// Sums the vectors of each word's fields and lays them out as windows of three.
    #[inline(always)]
    fn embed(&self, words: &[&str], normals: &[String], scratch: &mut Scratch) {
        let n = words.len();
        let vector = self.sizes.vector;
        scratch.windows.clear();
        scratch.windows.resize(n * 3 * vector, 0.0);
        scratch.state.resize(self.sizes.hidden.max(vector), 0.0);
        for (at, (word, normal)) in words.iter().zip(normals).enumerate() {
            let row = self.words.get(hash(normal.as_bytes()) as u32).unwrap_or(0);
            let x = &mut scratch.state[..vector];
            x.fill(0.0);
            for (table, &field) in self.tables.iter().zip(&fields(word, normal, row)) {
                table.add_row(field as usize, x);
            }
            for slot in 0..3 {
                if let Some(to) = (at + 1).checked_sub(slot).filter(|&to| to < n) {
                    let from = (to * 3 + slot) * vector;
                    scratch.windows[from..from + vector].copy_from_slice(x);
                }
            }
        }
    }

    #[inline(always)]
    fn run<S: Simd>(&self, simd: S, n: usize, scratch: &mut Scratch, verdict: &mut Verdict) {
        let hidden = self.sizes.hidden;
        let Scratch {
            windows,
            low,
            inputs,
            scores,
            slots,
            ends,
            state,
            ..
        } = scratch;
        self.window.apply(simd, windows, low);
        positive(low);
        self.first.apply(simd, low, inputs);
        recur(inputs, hidden, state, low);
        self.tags.apply(simd, low, scores);
        verdict.tags.clear();
        verdict.tags.extend(
            scores
                .chunks_exact(self.tags.cols)
                .map(|s| best(&s[..TAGS.len()]) as u8),
        );
        self.second.apply(simd, low, inputs);
        recur(inputs, hidden, state, low);
        self.slots.apply(simd, low, slots);
        self.ends.apply(simd, low, ends);
        self.parse(simd, n, scratch, verdict);
    }

    #[inline(always)]
    fn parse<S: Simd>(&self, simd: S, n: usize, scratch: &mut Scratch, verdict: &mut Verdict) {
        let steps = self.sizes.steps;
        let Scratch {
            slots,
            ends,
            state: hidden,
            arcs: state,
            ..
        } = scratch;
        hidden.resize(steps.max(self.sizes.hidden).max(self.sizes.arcs), 0.0);
        state.reset(n);
        let Verdict { tags, labels, .. } = verdict;
        labels.clear();
        labels.resize(n, u8::MAX);
        while !state.is_done() {
            let allowed = Move::ALL.map(|m| state.allows(m));
            let step = if allowed.iter().filter(|&&a| a).count() == 1 {
                allowed.iter().position(|&a| a).unwrap_or(0)
            } else {
                let hidden = &mut hidden[..steps];
                hidden.fill(0.0);
                for (slot, word) in [state.top(2), state.top(1), state.top(0), state.next]
                    .into_iter()
                    .enumerate()
                {
                    if (word as usize) < n {
                        let from = (word as usize * SLOTS + slot) * steps;
                        add(hidden, &slots[from..from + steps]);
                    }
                }
                for row in move_rows(state, tags, labels) {
                    add(hidden, self.shows.row(row));
                }
                positive(hidden);
                let [scores] = self.moves.one::<S, 1>(simd, hidden);
                let mut top = usize::MAX;
                for m in 0..3 {
                    if allowed[m] && (top == usize::MAX || scores[m] > scores[top]) {
                        top = m;
                    }
                }
                top
            };
            if let Some((word, head)) = state.take(Move::ALL[step])
                && (head as usize) < n
            {
                let rows = relation_rows(state, tags, labels, word, head);
                labels[word as usize] = self.relate(simd, ends, word, head, rows, hidden);
            }
        }
        std::mem::swap(&mut verdict.heads, &mut state.heads);
    }

    #[inline(always)]
    fn relate<S: Simd>(
        &self,
        simd: S,
        ends: &[f32],
        word: u32,
        head: u32,
        rows: [usize; 7],
        hidden: &mut [f32],
    ) -> u8 {
        let arcs = self.sizes.arcs;
        let dep = word as usize * 2 * arcs;
        let gov = (head as usize * 2 + 1) * arcs;
        let hidden = &mut hidden[..arcs];
        hidden.copy_from_slice(&ends[dep..dep + arcs]);
        add(hidden, &ends[gov..gov + arcs]);
        for row in rows {
            add(hidden, self.gaps.row(row));
        }
        positive(hidden);
        let scores = self.relations.one::<S, RELATION_BLOCKS>(simd, hidden);
        best(&scores.as_flattened()[..RELATIONS.len()]) as u8
    }
}
