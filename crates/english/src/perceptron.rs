//! Tags and trees by averaged perceptrons over hashed features: the first, plain reader.
//!
//! A weight sits at `hash(feature) ^ class`, so the classes of one feature share cache lines.

use crate::{
    arcs::{Move, NONE, State},
    form::{hash, mix, normal, prefix, shape, suffix},
    tagset::{RELATIONS, TAGS},
};

/// Anything that adds the weights of a feature to the scores of classes.
pub trait Weights {
    /// Adds the weights of feature `h` for the classes `0..scores.len()`.
    fn add(&self, h: u64, scores: &mut [i32]);
}

/// Weights as the model file holds them; the length is a power of two of at least 128.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a>(pub &'a [u8]);

impl Weights for Table<'_> {
    fn add(&self, h: u64, scores: &mut [i32]) {
        let block = (h as usize & (self.0.len() - 1)) & !127;
        let Some(block) = self.0.get(block..block + 128) else {
            return;
        };
        let low = h as usize & 127;
        for (class, score) in scores.iter_mut().enumerate() {
            *score += i32::from(block[low ^ class] as i8);
        }
    }
}

/// What the features need to know of a word.
#[derive(Clone, Debug)]
pub struct Look {
    word: u64,
    suffixes: [u64; 4],
    prefixes: [u64; 2],
    shape: u64,
}

/// Looks at the words of a sentence.
pub fn look(words: &[&str]) -> Vec<Look> {
    let one = |word: &&str| {
        let normal = normal(word);
        Look {
            word: hash(normal.as_bytes()),
            suffixes: [1, 2, 3, 4].map(|n| hash(suffix(&normal, n).as_bytes())),
            prefixes: [2, 3].map(|n| hash(prefix(&normal, n).as_bytes())),
            shape: u64::from(shape(word)),
        }
    };
    words.iter().map(one).collect()
}

/// Features of the tag decision at `at`, given the tags before.
pub fn tag_features(words: &[Look], at: usize, tags: &[u8], out: &mut Vec<u64>) {
    out.clear();
    let get = |offset: isize| at.checked_add_signed(offset).and_then(|i| words.get(i));
    let form = |offset: isize| get(offset).map_or(1, |w| w.word);
    let end = |offset: isize| get(offset).map_or(1, |w| w.suffixes[2]);
    let before = |n: usize| at.checked_sub(n).map_or(200, |i| u64::from(tags[i]));
    let this = &words[at];
    let first = u64::from(at == 0);
    let mut add = |kind: u64, value: u64| out.push(mix(kind + 0x100, value));
    add(1, this.word);
    for (i, &s) in this.suffixes.iter().enumerate() {
        add(2 + i as u64, s);
    }
    for (i, &p) in this.prefixes.iter().enumerate() {
        add(6 + i as u64, p);
    }
    add(8, this.shape);
    add(9, mix(this.shape, first));
    add(10, form(-1));
    add(11, form(-2));
    add(12, form(1));
    add(13, form(2));
    add(14, end(-1));
    add(15, end(1));
    add(16, before(1));
    add(17, mix(before(1), before(2)));
    add(18, mix(before(1), this.word));
    add(19, mix(form(-1), this.word));
    add(20, mix(this.word, form(1)));
    add(21, mix(before(1), end(1)));
    add(22, mix(this.suffixes[2], before(1)));
    add(23, mix(get(1).map_or(20, |w| w.shape), this.shape));
    add(24, mix(get(-1).map_or(20, |w| w.shape), this.shape));
}

/// Features of a parser state.
pub fn arc_features(words: &[Look], tags: &[u8], labels: &[u8], state: &State, out: &mut Vec<u64>) {
    out.clear();
    let form = |w: u32| {
        words
            .get(w as usize)
            .map_or(u64::from(w == NONE), |l| l.word)
    };
    let tag = |w: u32| {
        tags.get(w as usize)
            .map_or(200 + u64::from(w == NONE), |&t| u64::from(t))
    };
    let label = |w: u32| labels.get(w as usize).map_or(99, |&l| u64::from(l));
    let kid = |side: &[[u32; 2]], w: u32, n: usize| side.get(w as usize).map_or(NONE, |k| k[n]);
    let (s0, s1, s2) = (state.top(0), state.top(1), state.top(2));
    let queue = |n: u32| {
        if state.next + n <= state.len {
            state.next + n
        } else {
            NONE
        }
    };
    let (b0, b1, b2) = (queue(0), queue(1), queue(2));
    let (w0, w1, wb, wb1) = (form(s0), form(s1), form(b0), form(b1));
    let (t0, t1, t2, tb, tb1, tb2) = (tag(s0), tag(s1), tag(s2), tag(b0), tag(b1), tag(b2));
    let gap = |a: u32, b: u32| {
        if a == NONE || b == NONE {
            9
        } else {
            u64::from(b.abs_diff(a).min(8))
        }
    };
    let (d, d1) = (gap(s0, b0), gap(s1, s0));
    let (l0, r0) = (kid(&state.left, s0, 0), kid(&state.right, s0, 0));
    let (l1, r1) = (kid(&state.left, s1, 0), kid(&state.right, s1, 0));
    let lb = kid(&state.left, b0, 0);
    let mut kind = 0x200;
    let mut add = |parts: &[u64]| {
        kind += 1;
        out.push(parts.iter().fold(kind, |h, &p| mix(h, p)));
    };
    for (w, t) in [(w0, t0), (w1, t1), (wb, tb), (wb1, tb1)] {
        add(&[w]);
        add(&[t]);
        add(&[w, t]);
    }
    add(&[t2]);
    add(&[tb2]);
    add(&[w0, wb]);
    add(&[w0, tb]);
    add(&[t0, wb]);
    add(&[t0, tb]);
    add(&[t0, tb, d]);
    add(&[w0, w1]);
    add(&[w0, t1]);
    add(&[t0, w1]);
    add(&[t0, t1]);
    add(&[t0, t1, d1]);
    add(&[t0, tb, tb1]);
    add(&[t1, t0, tb]);
    add(&[t2, t1, t0]);
    add(&[w1, t0, tb]);
    add(&[t1, w0, tb]);
    add(&[t1, t0, wb]);
    add(&[tb, tb1, tb2]);
    add(&[t0, label(l0), label(r0)]);
    add(&[t1, label(l1), label(r1)]);
    add(&[w1, label(r1)]);
    add(&[w0, label(r0)]);
    add(&[t0, tag(l0), tb]);
    add(&[t0, tag(r0), tb]);
    add(&[t1, tag(r1), t0]);
    add(&[t1, tag(l1), t0]);
    add(&[t0, tb, tag(lb)]);
    add(&[t0, tb, label(lb)]);
    add(&[label(kid(&state.right, s0, 1)), label(r0), t0, tb]);
    add(&[label(kid(&state.left, s0, 1)), label(l0), t0, tb]);
    add(&[form(r0), w0]);
    add(&[form(r1), t0, w1]);
}

/// Features of the relation of an arc about to be drawn from `head` to `word`.
pub fn relation_features(
    words: &[Look],
    tags: &[u8],
    labels: &[u8],
    state: &State,
    word: u32,
    head: u32,
    out: &mut Vec<u64>,
) {
    out.clear();
    let look = |w: u32| words.get(w as usize);
    let form = |w: u32| look(w).map_or(1, |l| l.word);
    let end = |w: u32| look(w).map_or(1, |l| l.suffixes[2]);
    let tag = |w: u32| tags.get(w as usize).map_or(200, |&t| u64::from(t));
    let label = |w: u32| labels.get(w as usize).map_or(99, |&l| u64::from(l));
    let (l0, r0) = (state.left[word as usize], state.right[word as usize]);
    let (lh, rh) = (state.left[head as usize], state.right[head as usize]);
    let side = u64::from(head > word);
    let gap = u64::from(head.abs_diff(word).min(5));
    let mut kind = 0x300 + 0x100 * side;
    let mut add = |parts: &[u64]| {
        kind += 1;
        out.push(parts.iter().fold(kind, |h, &p| mix(h, p)));
    };
    add(&[form(word)]);
    add(&[tag(word)]);
    add(&[form(head)]);
    add(&[tag(head)]);
    add(&[form(word), form(head)]);
    add(&[tag(word), form(head)]);
    add(&[form(word), tag(head)]);
    add(&[tag(word), tag(head)]);
    add(&[tag(word), tag(head), gap]);
    add(&[tag(word), tag(head), form(l0[0])]);
    add(&[tag(word), tag(head), label(l0[0]), label(l0[1])]);
    add(&[tag(word), tag(head), label(r0[0])]);
    add(&[tag(word), tag(head), label(lh[0]), label(lh[1])]);
    add(&[tag(word), tag(head), label(rh[0]), label(rh[1])]);
    add(&[form(head), form(l0[0])]);
    add(&[form(word), form(l0[0])]);
    add(&[end(word), tag(head)]);
    add(&[tag(word), end(head)]);
    add(&[tag(word), tag(word.wrapping_sub(1)), tag(word + 1)]);
    add(&[tag(head), tag(head.wrapping_sub(1)), tag(head + 1)]);
    add(&[form(head), label(lh[0])]);
    add(&[form(head), label(rh[0])]);
}

/// The class with the highest score, the first of equals.
pub fn best(scores: &[i32]) -> usize {
    scores
        .iter()
        .enumerate()
        .rev()
        .max_by_key(|&(_, &s)| s)
        .map_or(0, |(i, _)| i)
}

/// Tags of a sentence, as places in [`TAGS`].
pub fn tags(weights: &impl Weights, words: &[Look]) -> Vec<u8> {
    let mut out = Vec::with_capacity(words.len());
    let mut features = Vec::new();
    for at in 0..words.len() {
        tag_features(words, at, &out, &mut features);
        let mut scores = [0; TAGS.len()];
        for &h in &features {
            weights.add(h, &mut scores);
        }
        out.push(best(&scores) as u8);
    }
    out
}

/// Heads (the number of words for the root) and relations of a sentence.
pub fn tree(
    moves: &impl Weights,
    relations: &impl Weights,
    words: &[Look],
    tags: &[u8],
) -> (Vec<u32>, Vec<u8>) {
    let mut state = State::default();
    state.reset(words.len());
    let mut labels = vec![98; words.len()];
    let mut features = Vec::new();
    while !state.is_done() {
        arc_features(words, tags, &labels, &state, &mut features);
        let mut scores = [0; 3];
        for &h in &features {
            moves.add(h, &mut scores);
        }
        for (score, step) in scores.iter_mut().zip(Move::ALL) {
            if !state.allows(step) {
                *score = i32::MIN;
            }
        }
        let step = Move::ALL[best(&scores)];
        let word = state.top(0);
        let head = if step == Move::Left {
            state.next
        } else {
            state.top(1)
        };
        if step != Move::Shift {
            let mut scores = [0; RELATIONS.len()];
            relation_features(words, tags, &labels, &state, word, head, &mut features);
            for &h in &features {
                relations.add(h, &mut scores);
            }
            labels[word as usize] = best(&scores) as u8;
        }
        state.take(step);
    }
    (state.heads, labels)
}
