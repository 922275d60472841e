//! What the network sees of words and of parser states, as rows of its tables.

use crate::{
    arcs::{NONE, State},
    form::{hash, prefix, shape, suffix},
    tagset::{RELATIONS, TAGS},
};

/// Number of fields that describe a word.
pub const FIELDS: usize = 6;

/// Rows of the tables after the first, which holds the words: endings of two, three and four letters, beginnings of three, shape.
pub const TABLES: [usize; FIELDS - 1] = [512, 3072, 4096, 3072, 16];

/// Row of each table.
pub type Fields = [u32; FIELDS];

/// Describes a word; `row` is its row in the table of words, 0 for one that is not in it.
pub fn fields(word: &str, normal: &str, row: u32) -> Fields {
    let bucket = |part: &str, table: usize| (hash(part.as_bytes()) % TABLES[table] as u64) as u32;
    [
        row,
        bucket(suffix(normal, 2), 0),
        bucket(suffix(normal, 3), 1),
        bucket(suffix(normal, 4), 2),
        bucket(prefix(normal, 3), 3),
        u32::from(shape(word)),
    ]
}

const LABELS: usize = RELATIONS.len() + 1;
const KINDS: usize = TAGS.len() + 1;

/// Rows of the table of what a state shows beside the vectors of its words.
pub const SHOWS: usize = 5 * LABELS + 2 * 8 + 4 * KINDS;

/// Rows of the table of what an arc shows beside the vectors of its ends.
pub const GAPS: usize = 16 + 4 * LABELS + 2 * KINDS;

/// Distance from `a` to `b` in eight steps, 0 where one is missing.
fn arc_gap(a: u32, b: u32) -> usize {
    if a == NONE || b == NONE {
        return 0;
    }
    match a.abs_diff(b) {
        d @ 0..=3 => d as usize,
        4..=5 => 4,
        6..=8 => 5,
        9..=15 => 6,
        _ => 7,
    }
}

/// What a state shows beside the vectors of its words, as rows of one table: relations of outer dependents, two distances,
/// tags of the words. `tags` and `labels` hold places in [`TAGS`] and [`RELATIONS`], anything larger for none.
pub fn move_rows(state: &State, tags: &[u8], labels: &[u8]) -> [usize; 11] {
    let label = |side: &[[u32; 2]], word: u32| {
        let kid = side.get(word as usize).map_or(NONE, |k| k[0]);
        place(labels, kid, LABELS)
    };
    let (second, below, top, next) = (state.top(2), state.top(1), state.top(0), state.next);
    let tag = |word: u32| place(tags, word, KINDS);
    const DISTANCES: usize = 5 * LABELS;
    const WORDS: usize = DISTANCES + 16;
    [
        label(&state.left, top),
        LABELS + label(&state.right, top),
        2 * LABELS + label(&state.left, below),
        3 * LABELS + label(&state.right, below),
        4 * LABELS + label(&state.left, next),
        DISTANCES + arc_gap(top, if next < state.len { next } else { NONE }),
        DISTANCES + 8 + arc_gap(below, top),
        WORDS + tag(second),
        WORDS + KINDS + tag(below),
        WORDS + 2 * KINDS + tag(top),
        WORDS + 3 * KINDS + tag(next),
    ]
}

/// What an arc just drawn from `head` to `word` shows beside the vectors of its ends, as rows of one table: direction and
/// distance, relations of the dependent's outer dependents and of the head's dependents before this one, tags of both.
pub fn relation_rows(
    state: &State,
    tags: &[u8],
    labels: &[u8],
    word: u32,
    head: u32,
) -> [usize; 7] {
    let label = |kid: u32| place(labels, kid, LABELS);
    let to_left = head > word;
    let (dep, gov) = (word as usize, head as usize);
    let before = |side: &[[u32; 2]], own: bool| side[gov][usize::from(own)];
    const KIDS: usize = 16;
    const WORDS: usize = KIDS + 4 * LABELS;
    [
        arc_gap(word, head) + if to_left { 8 } else { 0 },
        KIDS + label(state.left[dep][0]),
        KIDS + LABELS + label(state.right[dep][0]),
        KIDS + 2 * LABELS + label(before(&state.left, to_left)),
        KIDS + 3 * LABELS + label(before(&state.right, !to_left)),
        WORDS + place(tags, word, KINDS),
        WORDS + KINDS + place(tags, head, KINDS),
    ]
}

/// The class of a word below `classes`, the last one where there is no word or no class yet.
fn place(of: &[u8], word: u32, classes: usize) -> usize {
    of.get(word as usize)
        .map_or(classes - 1, |&c| (c as usize).min(classes - 1))
}
