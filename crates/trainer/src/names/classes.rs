//! Word classes from free text, by the exchange algorithm for bigram classes (Martin, Liermann and Ney 1998).

use english::form::normal;
use std::collections::BTreeMap;

/// Classes (1 and up) of the `vocabulary` commonest words, `count` of them; the likelihood of class bigrams is climbed
/// by moving one word at a time, in order of frequency, so the result does not depend on chance.
pub(crate) fn classes(text: &[Vec<&str>], count: usize, vocabulary: usize) -> BTreeMap<String, u8> {
    let mut frequency: BTreeMap<String, u32> = BTreeMap::new();
    for word in text.iter().flatten() {
        *frequency.entry(normal(word)).or_default() += 1;
    }
    let mut order: Vec<(u32, String)> = frequency.into_iter().map(|(w, n)| (n, w)).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    order.truncate(vocabulary);
    let ids: BTreeMap<&str, usize> = order
        .iter()
        .enumerate()
        .map(|(i, (_, w))| (w.as_str(), i))
        .collect();
    let rest = order.len();
    // Pairs of word ids, the word behind the vocabulary standing for all others.
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for line in text {
        let mut before = rest;
        for word in line {
            let id = ids.get(normal(word).as_str()).copied().unwrap_or(rest);
            pairs.push((before as u32, id as u32));
            before = id;
        }
    }
    pairs.sort_unstable();
    let mut right: Vec<Vec<(u32, f64)>> = vec![Vec::new(); rest + 1];
    let mut left: Vec<Vec<(u32, f64)>> = vec![Vec::new(); rest + 1];
    for run in pairs.chunk_by(|a, b| a == b) {
        let ((a, b), n) = (run[0], run.len() as f64);
        right[a as usize].push((b, n));
        left[b as usize].push((a, n));
    }
    // Class 0 holds the words outside the vocabulary; it never changes.
    let mut class: Vec<usize> = (0..rest).map(|i| 1 + i % (count - 1)).collect();
    class.push(0);
    let mut pair = vec![0.0_f64; count * count];
    let (mut out, mut inn) = (vec![0.0; count], vec![0.0; count]);
    for (a, row) in right.iter().enumerate() {
        for &(b, n) in row {
            pair[class[a] * count + class[b as usize]] += n;
            out[class[a]] += n;
            inn[class[b as usize]] += n;
        }
    }
    let xlogx = |x: f64| if x > 0.5 { x * x.ln() } else { 0.0 };
    for _ in 0..8 {
        let mut moved = 0;
        for w in 0..rest {
            let (mut to, mut from) = (vec![0.0; count], vec![0.0; count]);
            let (mut all_right, mut all_left, mut selves) = (0.0, 0.0, 0.0);
            for &(b, n) in &right[w] {
                all_right += n;
                if b as usize == w {
                    selves += n;
                } else {
                    to[class[b as usize]] += n;
                }
            }
            for &(a, n) in &left[w] {
                all_left += n;
                if a as usize != w {
                    from[class[a as usize]] += n;
                }
            }
            let old = class[w];
            let touched: Vec<usize> = (0..count)
                .filter(|&c| to[c] > 0.0 || from[c] > 0.0)
                .collect();
            let mut shift = |c: usize, sign: f64| {
                for &d in &touched {
                    pair[c * count + d] += sign * to[d];
                    pair[d * count + c] += sign * from[d];
                }
                pair[c * count + c] += sign * selves;
                out[c] += sign * all_right;
                inn[c] += sign * all_left;
            };
            shift(old, -1.0);
            let gain = |c: usize| {
                let mut g = 0.0;
                for &d in &touched {
                    if d == c {
                        let now = pair[c * count + c];
                        g += xlogx(now + to[c] + from[c] + selves) - xlogx(now);
                    } else {
                        g += xlogx(pair[c * count + d] + to[d]) - xlogx(pair[c * count + d]);
                        g += xlogx(pair[d * count + c] + from[d]) - xlogx(pair[d * count + c]);
                    }
                }
                g - (xlogx(out[c] + all_right) - xlogx(out[c]))
                    - (xlogx(inn[c] + all_left) - xlogx(inn[c]))
            };
            let mut best = (old, gain(old));
            for c in 1..count {
                let g = gain(c);
                if g > best.1 + 1e-9 {
                    best = (c, g);
                }
            }
            if best.0 != old {
                moved += 1;
            }
            let mut shift = |c: usize, sign: f64| {
                for &d in &touched {
                    pair[c * count + d] += sign * to[d];
                    pair[d * count + c] += sign * from[d];
                }
                pair[c * count + c] += sign * selves;
                out[c] += sign * all_right;
                inn[c] += sign * all_left;
            };
            shift(best.0, 1.0);
            class[w] = best.0;
        }
        eprintln!("word classes: {moved} of {rest} words moved");
        if moved * 200 < rest {
            break;
        }
    }
    order
        .into_iter()
        .zip(class)
        .map(|((_, word), c)| (word, c as u8))
        .collect()
}
