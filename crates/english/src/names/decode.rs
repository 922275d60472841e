//! Labels of tokens, and the best sequence of them: a linear-chain conditional random field (Lafferty and others 2001).

use crate::NameKind;

/// Kinds of name that the field tells apart; facilities are told from places and bodies afterwards, by form.
pub const KINDS: [NameKind; 5] = [
    NameKind::Person,
    NameKind::Organisation,
    NameKind::Place,
    NameKind::Event,
    NameKind::Other,
];

/// Number of labels: outside, and for each kind begin, inside, last, alone.
pub const LABELS: usize = 1 + 4 * KINDS.len();
/// Outside of names.
pub const OUT: usize = 0;

/// Place of a token in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// First of several.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several.
    Last,
    /// The only one.
    Alone,
}

/// The label of a place in a name of a kind (an index into [`KINDS`]).
pub const fn label(kind: usize, place: Place) -> usize {
    1 + 4 * kind + place as usize
}

/// The kind of a label, `None` outside.
pub const fn kind_of(label: usize) -> Option<usize> {
    if label == OUT {
        None
    } else {
        Some((label - 1) / 4)
    }
}

/// Whether label `b` may follow label `a`.
pub const fn follows(a: usize, b: usize) -> bool {
    let open = a != OUT && (a - 1) % 4 < 2;
    let continues = b != OUT && ((b - 1) % 4 == 1 || (b - 1) % 4 == 2);
    if open {
        continues && (a - 1) / 4 == (b - 1) / 4
    } else {
        !continues
    }
}

/// Whether a sentence may begin with the label.
pub const fn begins(label: usize) -> bool {
    follows(OUT, label)
}

/// Whether a sentence may end with the label.
pub const fn ends(label: usize) -> bool {
    label == OUT || (label - 1) % 4 >= 2
}

/// Whether a name is open after the label.
const fn opens(label: usize) -> bool {
    label != OUT && (label - 1) % 4 < 2
}

/// Labels that may stand before `b`.
fn before_of(b: usize) -> impl Iterator<Item = usize> {
    let inside = b != OUT && matches!((b - 1) % 4, 1 | 2);
    // Inside: begin and inside of the same kind. Else: outside, last and alone of any kind.
    let (from, to) = if inside {
        (1 + (b - 1) / 4 * 4, 3 + (b - 1) / 4 * 4)
    } else {
        (0, LABELS)
    };
    (from..to).filter(move |&a| inside || !opens(a))
}

/// Labels that may stand after `a`.
fn after_of(a: usize) -> impl Iterator<Item = usize> {
    let inside = opens(a);
    let (from, to) = if inside {
        (2 + (a - 1) / 4 * 4, 4 + (a - 1) / 4 * 4)
    } else {
        (0, LABELS)
    };
    (from..to).filter(move |&b| inside || begins(b))
}

/// Scores of labels of the tokens of one sentence.
pub type Scores = Vec<[f32; LABELS]>;
/// Scores of one label after another; forbidden ones are minus infinity.
pub type Transitions = [[f32; LABELS]; LABELS];

/// The labels of the best sequence.
pub fn best(scores: &Scores, transitions: &Transitions) -> Vec<usize> {
    let n = scores.len();
    let mut back = vec![[0_u8; LABELS]; n];
    let mut row = [f32::NEG_INFINITY; LABELS];
    for (i, score) in scores.iter().enumerate() {
        let mut next = [f32::NEG_INFINITY; LABELS];
        for b in 0..LABELS {
            if i == 0 {
                if begins(b) {
                    next[b] = score[b];
                }
                continue;
            }
            for a in before_of(b) {
                let s = row[a] + transitions[a][b];
                if s > next[b] {
                    next[b] = s;
                    back[i][b] = a as u8;
                }
            }
            next[b] += score[b];
        }
        row = next;
    }
    let mut at = OUT;
    let mut top = f32::NEG_INFINITY;
    for (b, &s) in row.iter().enumerate() {
        if ends(b) && s > top {
            (at, top) = (b, s);
        }
    }
    let mut out = vec![OUT; n];
    for i in (0..n).rev() {
        out[i] = at;
        at = back[i][at] as usize;
    }
    out
}

/// Factors of one label after another: the exponentials of their scores.
pub fn factors(transitions: &Transitions) -> Transitions {
    transitions.map(|row| row.map(f32::exp))
}

/// Probability of each label of each token under the field, with the sum over label sequences that `allowed` admits at
/// every token; also the logarithm of that sum. `steps` are the [`factors`] of the transitions. Runs in scaled probability
/// space.
pub fn marginals(
    scores: &Scores,
    steps: &Transitions,
    allowed: impl Fn(usize, usize) -> bool,
) -> (Vec<[f32; LABELS]>, f64) {
    let n = scores.len();
    let mut log = 0.0_f64;
    let mut local = vec![[0.0_f32; LABELS]; n];
    for (i, score) in scores.iter().enumerate() {
        let top = score.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        log += f64::from(top);
        for b in 0..LABELS {
            if allowed(i, b) {
                local[i][b] = (score[b] - top).exp();
            }
        }
    }
    let mut forward = vec![[0.0_f32; LABELS]; n];
    for i in 0..n {
        let mut sum = 0.0;
        for b in 0..LABELS {
            let before: f32 = if i == 0 {
                f32::from(u8::from(begins(b)))
            } else {
                before_of(b).map(|a| forward[i - 1][a] * steps[a][b]).sum()
            };
            let here = before * local[i][b] * f32::from(u8::from(i + 1 < n || ends(b)));
            forward[i][b] = here;
            sum += here;
        }
        let sum = sum.max(1e-30);
        log += f64::from(sum).ln();
        for x in &mut forward[i] {
            *x /= sum;
        }
    }
    let mut backward = [1.0_f32; LABELS];
    let mut out = vec![[0.0_f32; LABELS]; n];
    for i in (0..n).rev() {
        let mut sum = 0.0;
        for b in 0..LABELS {
            out[i][b] = forward[i][b] * backward[b];
            sum += out[i][b];
        }
        let sum = sum.max(1e-30);
        for x in &mut out[i] {
            *x /= sum;
        }
        let mut next = [0.0_f32; LABELS];
        let mut total = 0.0;
        for a in 0..LABELS {
            next[a] = after_of(a)
                .map(|b| steps[a][b] * local[i][b] * backward[b])
                .sum();
            total += next[a];
        }
        let total = total.max(1e-30);
        backward = next.map(|x| x / total);
    }
    (out, log)
}

/// Runs of labels as names: first token, token after the last, kind index.
pub fn spans(labels: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut out = Vec::new();
    let mut from = 0;
    for (i, &l) in labels.iter().enumerate() {
        let Some(kind) = kind_of(l) else { continue };
        match (l - 1) % 4 {
            0 => from = i,
            2 => out.push((from, i + 1, kind)),
            3 => out.push((i, i + 1, kind)),
            _ => {}
        }
    }
    out
}
