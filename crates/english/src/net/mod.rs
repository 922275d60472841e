//! The reading network: an encoder over the words of a sentence, with heads for tags, parser moves and relations.
//!
//! In: words. Out: tags, heads and relations. The trainer shares the definitions of features, so both sides see the same.
//! Several sentences go through the encoder together, and what a word form gives to it is computed once and kept.
//! The encoder sums vectors of word, affixes and shape, looks at windows of three words, and runs layers of gated
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
    tagset::RELATIONS,
};
use fearless_simd::{Level, Simd, dispatch};
use layers::{
    BLOCK, Bytes, Dense, Narrow, Rows, STRIDE, Table, add, add_up, best, positive, recur,
};

/// Widths and number of the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Of word vectors.
    pub vector: usize,
    /// Of the encoder's layers; a multiple of 32.
    pub hidden: usize,
    /// Number of recurrent layers; tags come from the first, trees from the last.
    pub layers: usize,
    /// Of the layer that scores moves; a multiple of 64.
    pub steps: usize,
    /// Of the layer that scores relations; a multiple of 64.
    pub arcs: usize,
}

/// The network, ready to read.
#[derive(Debug)]
pub struct Net {
    level: Level,
    sizes: Sizes,
    words: Lookup,
    tables: Vec<Bytes>,
    /// From the vector of a word to what it adds to the windows of the next word, of itself and of the word before.
    spread: Dense,
    /// Bias of the windows.
    window: Vec<f32>,
    layers: Vec<Dense>,
    tags: Dense,
    slots: Dense,
    shows: Table,
    moves: Narrow<3>,
    ends: Dense,
    gaps: Table,
    relations: Dense,
}

/// What the network says of sentences, one after another.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Places in `TAGS`.
    pub tags: Vec<u8>,
    /// Head of each word, as its place in the sentence; the number of words for the root.
    pub heads: Vec<u32>,
    /// Places in [`RELATIONS`].
    pub labels: Vec<u8>,
}

/// Working memory, kept from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    low: Vec<f32>,
    rows: Rows,
    inputs: Vec<f32>,
    scores: Vec<f32>,
    slots: Vec<f32>,
    ends: Vec<f32>,
    state: Vec<f32>,
    cells: Vec<i32>,
    arcs: State,
}

/// What the encoder knows of word forms: for each, what it adds to the windows that it stands in.
#[derive(Debug, Default)]
pub struct Spreads {
    rows: Vec<f32>,
    vectors: Vec<f32>,
    more: Vec<f32>,
    whole: Rows,
}

impl Spreads {
    /// Forgets all forms.
    pub fn clear(&mut self) {
        self.rows.clear();
    }
}

/// Number of words that stand for a word on the stack or in the queue.
const SLOTS: usize = 4;
const RELATION_BLOCKS: usize = RELATIONS.len().div_ceil(BLOCK);

impl Net {
    /// Describes a word, given its normalised form.
    pub fn fields(&self, word: &str, normal: &str) -> Fields {
        let row = self.words.get(hash(normal.as_bytes()) as u32).unwrap_or(0);
        fields(word, normal, row)
    }

    /// Makes ready the forms that come after those which are ready.
    pub fn learn<'a>(&self, forms: impl Iterator<Item = &'a Fields>, spreads: &mut Spreads) {
        let vector = self.sizes.vector;
        dispatch!(self.level, simd => simd.vectorize(#[inline(always)] || {
            spreads.vectors.clear();
            for fields in forms {
                let at = spreads.vectors.len();
                spreads.vectors.resize(at + vector, 0.0);
                for (table, &field) in self.tables.iter().zip(fields) {
                    table.add_row(field as usize, &mut spreads.vectors[at..]);
                }
            }
            spreads.whole.take(&spreads.vectors, vector);
            self.spread.apply(simd, &spreads.whole, &mut spreads.more);
            spreads.rows.extend_from_slice(&spreads.more);
        }));
    }

    /// Reads sentences of the given numbers of words, which are numbers of forms that [`Self::learn`] made ready.
    pub fn judge(
        &self,
        words: &[u32],
        lengths: &[usize],
        spreads: &Spreads,
        scratch: &mut Scratch,
        verdict: &mut Verdict,
    ) {
        dispatch!(self.level, simd => simd.vectorize(#[inline(always)] || {
            self.embed(words, lengths, spreads, scratch);
            self.encode(simd, lengths, scratch, verdict);
            verdict.heads.clear();
            verdict.labels.clear();
            let mut from = 0;
            for &n in lengths {
                self.parse(simd, from, n, scratch, verdict);
                from += n;
            }
        }));
    }

    /// Sums what the words of each window of three give to it.
    #[inline(always)]
    fn embed(&self, words: &[u32], lengths: &[usize], spreads: &Spreads, scratch: &mut Scratch) {
        let hidden = self.sizes.hidden;
        scratch.low.resize(words.len() * hidden, 0.0);
        let part = |word: u32, slot: usize| {
            let from = (word as usize * 3 + slot) * hidden;
            &spreads.rows[from..from + hidden]
        };
        let mut from = 0;
        for &n in lengths {
            let sentence = &words[from..from + n];
            for at in 0..n {
                let row = &mut scratch.low[(from + at) * hidden..(from + at + 1) * hidden];
                row.copy_from_slice(&self.window);
                add(row, part(sentence[at], 1));
                if at > 0 {
                    add(row, part(sentence[at - 1], 0));
                }
                if at + 1 < n {
                    add(row, part(sentence[at + 1], 2));
                }
                positive(row);
            }
            from += n;
        }
    }

    #[inline(always)]
    fn encode<S: Simd>(
        &self,
        simd: S,
        lengths: &[usize],
        scratch: &mut Scratch,
        verdict: &mut Verdict,
    ) {
        let hidden = self.sizes.hidden;
        let Scratch {
            low,
            rows,
            inputs,
            scores,
            slots,
            ends,
            state,
            ..
        } = scratch;
        state.resize(hidden, 0.0);
        rows.take(low, hidden);
        for (i, layer) in self.layers.iter().enumerate() {
            layer.apply(simd, rows, inputs);
            recur(inputs, hidden, lengths, state, low);
            rows.take(low, hidden);
            if i == 0 {
                self.tags.apply(simd, rows, scores);
                verdict.tags.clear();
                verdict
                    .tags
                    .extend(scores.chunks_exact(self.tags.cols).map(|s| best(s) as u8));
            }
        }
        self.slots.apply(simd, rows, slots);
        // Stands for every word that there is not.
        slots.resize(slots.len() + self.sizes.steps, 0.0);
        self.ends.apply(simd, rows, ends);
    }

    /// Builds the tree of the `n` words from `from`, and adds it to the verdict.
    #[inline(always)]
    fn parse<S: Simd>(
        &self,
        simd: S,
        from: usize,
        n: usize,
        scratch: &mut Scratch,
        verdict: &mut Verdict,
    ) {
        let Sizes { steps, arcs, .. } = self.sizes;
        let Scratch {
            slots,
            ends,
            state: hidden,
            cells,
            arcs: state,
            ..
        } = scratch;
        hidden.resize(arcs.max(self.sizes.hidden), 0.0);
        cells.resize(arcs / 2, 0);
        let hidden = &mut hidden[..arcs];
        let none = &slots[slots.len() - steps..];
        state.reset(n);
        let Verdict {
            tags,
            labels,
            heads,
        } = verdict;
        let tags = &tags[from..from + n];
        labels.resize(from + n, u8::MAX);
        let labels = &mut labels[from..];
        while !state.is_done() {
            let allowed = Move::ALL.map(|m| state.allows(m));
            let step = match allowed {
                [true, false, false] => 0,
                [false, true, false] => 1,
                [false, false, true] => 2,
                _ => {
                    let word = |slot: usize, word: u32| {
                        if (word as usize) < n {
                            let at = ((from + word as usize) * SLOTS + slot) * steps;
                            &slots[at..at + steps]
                        } else {
                            none
                        }
                    };
                    let shows = move_rows(state, tags, labels).map(
                        #[inline(always)]
                        |i| self.shows.row(i),
                    );
                    let scores = self.moves.one(
                        simd,
                        &[
                            word(0, state.top(2)),
                            word(1, state.top(1)),
                            word(2, state.top(0)),
                            word(3, state.next),
                            shows[0],
                            shows[1],
                            shows[2],
                            shows[3],
                            shows[4],
                            shows[5],
                            shows[6],
                            shows[7],
                            shows[8],
                            shows[9],
                            shows[10],
                        ],
                    );
                    let mut top = usize::MAX;
                    for m in 0..3 {
                        if allowed[m] && (top == usize::MAX || scores[m] > scores[top]) {
                            top = m;
                        }
                    }
                    top
                }
            };
            if let Some((word, head)) = state.take(Move::ALL[step])
                && (head as usize) < n
            {
                let shows = relation_rows(state, tags, labels, word, head).map(
                    #[inline(always)]
                    |i| self.gaps.row(i),
                );
                let dep = (from + word as usize) * 2 * arcs;
                let gov = ((from + head as usize) * 2 + 1) * arcs;
                let rows = [
                    &ends[dep..dep + arcs],
                    &ends[gov..gov + arcs],
                    shows[0],
                    shows[1],
                    shows[2],
                    shows[3],
                    shows[4],
                    shows[5],
                    shows[6],
                ];
                add_up(simd, &rows, hidden);
                let scores = self
                    .relations
                    .one::<S, RELATION_BLOCKS>(simd, hidden, cells);
                labels[word as usize] = best(scores.as_flattened()) as u8;
            }
        }
        heads.extend_from_slice(&state.heads);
    }
}
