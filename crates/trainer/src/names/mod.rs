//! Trains the name model: `trainer names --corpora DIR --seeds DIR --out FILE`.

mod classes;
mod corpora;
mod news;
mod partial;
mod tables;

use crate::chance::Chance;
use corpora::Marked;
use english::{
    Name, NameKind, Sentence, Span, Token, Upos,
    model::Sections,
    names::{
        NameModel, RECORD,
        decode::{LABELS, Scores, Transitions, follows, marginals, spans},
        feature_key,
        features::features,
        lexicon::Lexicon,
    },
};
use std::{
    collections::{BTreeMap, HashMap},
    error::Error,
    fs,
    hash::{BuildHasherDefault, Hasher},
    path::Path,
};

const ROUNDS: usize = 9;
const KEEP: usize = 115_000;
const SEED: u64 = 20_230_924;

/// Hashes a key that is a hash already to itself.
#[derive(Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0 << 8 | u64::from(b);
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// A sentence as the field sees it: feature ids by token.
struct Case {
    features: Vec<Vec<u32>>,
    allowed: Vec<u32>,
}

/// Trains, writes and scores the model.
pub(crate) fn train(corpora: &Path, seeds: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let gazetteer = tables::gazetteer(seeds, corpora)?;
    let words = match std::env::var("NAMES_WORDS") {
        Ok(path) => Sections::read(&fs::read(path)?)?.get("words")?.to_vec(),
        Err(_) => tables::words(corpora)?,
    };
    let lexicon = Lexicon::read(&gazetteer, &words)?;
    let mut chance = Chance::new(SEED);
    let mut sentences = corpora::training(corpora)?;
    println!("marked sentences: {}", sentences.len());
    sentences.extend(partial::training(&corpora.join("train"))?);
    sentences.extend(news::training(seeds, 25, SEED)?);
    println!("all sentences: {}", sentences.len());
    vary(&mut sentences, &mut chance);
    // Features seen at least three times get a number. Counting is by the low bits of their keys: a rare one that shares
    // them with a frequent one gets a number too, which does no harm.
    let mut seen = vec![0_u8; 1 << 26];
    for s in &sentences {
        let forms: Vec<&str> = s.words.iter().map(String::as_str).collect();
        features(&lexicon, &forms, |_, hashes| {
            for &h in hashes {
                let slot = &mut seen[feature_key(h) as usize & ((1 << 26) - 1)];
                *slot = slot.saturating_add(1);
            }
        });
    }
    let mut number: HashMap<u32, u32, BuildHasherDefault<Same>> = HashMap::default();
    let mut keys: Vec<u32> = Vec::new();
    let mut cases: Vec<Case> = Vec::with_capacity(sentences.len());
    for s in &sentences {
        let forms: Vec<&str> = s.words.iter().map(String::as_str).collect();
        let mut all = Vec::with_capacity(forms.len());
        features(&lexicon, &forms, |_, hashes| {
            let known = hashes
                .iter()
                .map(|&h| feature_key(h))
                .filter(|&k| seen[k as usize & ((1 << 26) - 1)] >= 3);
            let ids = known.map(|k| {
                *number.entry(k).or_insert_with(|| {
                    keys.push(k);
                    keys.len() as u32 - 1
                })
            });
            all.push(ids.collect());
        });
        cases.push(Case {
            features: all,
            allowed: s.allowed.clone(),
        });
    }
    drop(seen);
    println!("features: {}", keys.len());
    let (weights, transitions) = learn(&cases, keys.len(), &mut chance);
    let bytes = pack(&gazetteer, &words, &keys, &weights, &transitions);
    fs::write(out, &bytes)?;
    println!("size: {} bytes", bytes.len());
    report(corpora, &NameModel::from_bytes(&bytes)?)
}

/// Scores a model on the development sets: `trainer names-score --corpora DIR --out FILE`.
pub(crate) fn report(corpora: &Path, model: &NameModel) -> Result<(), Box<dyn Error>> {
    let dev = corpora.join("dev");
    score(
        "ewt dev",
        model,
        &corpora::development(&dev.join("ewt/en_ewt-ud-dev.iob2"), 1, 2, true)?,
    );
    score(
        "gum news dev",
        model,
        &corpora::gum_development(&dev.join("gum"), "news")?,
    );
    score(
        "wikigold, last fifth",
        model,
        &corpora::wikigold(corpora)?.1,
    );
    score(
        "crossner politics dev",
        model,
        &corpora::development(&dev.join("crossner/politics-dev.txt"), 0, 1, false)?,
    );
    Ok(())
}

/// Adds copies that show names without their usual capitals, so that headlines and careless text are read too, and copies
/// without their closing mark.
fn vary(sentences: &mut Vec<Marked>, chance: &mut Chance) {
    let mut more = Vec::new();
    for s in &*sentences {
        let pick = chance.below(100);
        let mut copy = s.clone();
        match pick {
            0..6 => copy.words.iter_mut().for_each(|w| *w = w.to_lowercase()),
            6..12 => copy.words.iter_mut().for_each(|w| *w = w.to_uppercase()),
            12..17 => copy.words.iter_mut().for_each(|w| {
                let mut chars = w.chars();
                if let Some(c) = chars.next().filter(|_| w.len() > 3) {
                    *w = c.to_uppercase().chain(chars).collect();
                }
            }),
            17..20 if s.words.len() > 2 && s.words.last().is_some_and(|w| w == ".") => {
                copy.words.pop();
                copy.allowed.pop();
            }
            _ => continue,
        }
        more.push(copy);
    }
    sentences.extend(more);
}

/// Stochastic gradient with AdaGrad (Duchi and others 2011) on the log-likelihood of what the annotation allows.
fn learn(cases: &[Case], count: usize, chance: &mut Chance) -> (Vec<[f32; LABELS]>, Transitions) {
    let mut weights = vec![[0.0_f32; LABELS]; count];
    let mut squares = vec![[1e-3_f32; LABELS]; count];
    let mut transitions: Transitions = [[f32::NEG_INFINITY; LABELS]; LABELS];
    let mut transition_squares = [[1e-1_f32; LABELS]; LABELS];
    for (a, row) in transitions.iter_mut().enumerate() {
        for (b, t) in row.iter_mut().enumerate() {
            if follows(a, b) {
                *t = 0.0;
            }
        }
    }
    let drop = env_number("NAMES_DROP", 200);
    let decay = env_number("NAMES_DECAY", 985) as f32 / 1000.0;
    let mut order: Vec<usize> = (0..cases.len()).collect();
    for round in 0..ROUNDS {
        chance.shuffle(&mut order);
        let rate = 0.12 / (1.0 + 0.35 * round as f32);
        let mut likelihood = 0.0;
        for &i in &order {
            let case = &cases[i];
            // Some features are left out at each look, so that no single word carries a name (dropout).
            let kept: Vec<Vec<u32>> = case
                .features
                .iter()
                .map(|ids| {
                    ids.iter()
                        .copied()
                        .filter(|_| chance.below(1000) >= drop)
                        .collect()
                })
                .collect();
            let scores: Scores = kept
                .iter()
                .map(|ids| {
                    let mut sum = [0.0; LABELS];
                    for &id in ids {
                        for (s, w) in sum.iter_mut().zip(&weights[id as usize]) {
                            *s += w;
                        }
                    }
                    sum
                })
                .collect();
            let (free, all) = marginals(&scores, &transitions, |_, _| true);
            let (gold, some) = if case.allowed.iter().all(|a| a.is_power_of_two()) {
                path(&scores, &transitions, &case.allowed)
            } else {
                marginals(&scores, &transitions, |at, b| {
                    case.allowed[at] >> b & 1 == 1
                })
            };
            likelihood += some - all;
            for (at, ids) in kept.iter().enumerate() {
                let mut gradient = [0.0_f32; LABELS];
                let mut big = false;
                for b in 0..LABELS {
                    gradient[b] = gold[at][b] - free[at][b];
                    big |= gradient[b].abs() > 1e-4;
                }
                if !big {
                    continue;
                }
                for &id in ids {
                    let (w, q) = (&mut weights[id as usize], &mut squares[id as usize]);
                    for b in 0..LABELS {
                        q[b] += gradient[b] * gradient[b];
                        w[b] += rate * gradient[b] / q[b].sqrt();
                    }
                }
            }
            // Transitions follow products of neighbouring marginals, an approximation that only scales their step.
            for at in 1..case.features.len() {
                for a in 0..LABELS {
                    for b in 0..LABELS {
                        if !follows(a, b) {
                            continue;
                        }
                        let g = gold[at - 1][a] * gold[at][b] - free[at - 1][a] * free[at][b];
                        if g.abs() > 1e-4 {
                            transition_squares[a][b] += g * g;
                            transitions[a][b] += 0.5 * rate * g / transition_squares[a][b].sqrt();
                        }
                    }
                }
            }
        }
        // Weights shrink a little each round (weight decay).
        for w in weights.iter_mut().flatten() {
            *w *= decay;
        }
        println!("round {}: log-likelihood {likelihood:.0}", round + 1);
    }
    let keep = 1.0 - drop as f32 / 1000.0;
    for w in weights.iter_mut().flatten() {
        *w *= keep;
    }
    (weights, transitions)
}

fn env_number(name: &str, default: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(default)
}

/// Marginals and score where the annotation leaves one label a token.
fn path(scores: &Scores, transitions: &Transitions, allowed: &[u32]) -> (Vec<[f32; LABELS]>, f64) {
    let mut log = 0.0;
    let mut all = vec![[0.0; LABELS]; scores.len()];
    let mut before = None;
    for (at, &a) in allowed.iter().enumerate() {
        let label = a.trailing_zeros() as usize;
        all[at][label] = 1.0;
        log += f64::from(scores[at][label])
            + before.map_or(0.0, |b: usize| f64::from(transitions[b][label]));
        before = Some(label);
    }
    (all, log)
}

/// The model file: the features with the largest weights, as bytes.
fn pack(
    gazetteer: &[u8],
    words: &[u8],
    keys: &[u32],
    weights: &[[f32; LABELS]],
    transitions: &Transitions,
) -> Vec<u8> {
    let spread = |w: &[f32; LABELS]| {
        let (low, high) = w
            .iter()
            .fold((0.0_f32, 0.0_f32), |(l, h), &x| (l.min(x), h.max(x)));
        high - low
    };
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|&a, &b| {
        spread(&weights[b])
            .total_cmp(&spread(&weights[a]))
            .then(keys[a].cmp(&keys[b]))
    });
    order.truncate(KEEP);
    order.sort_by_key(|&i| keys[i]);
    let mut sizes: Vec<f32> = order
        .iter()
        .flat_map(|&i| weights[i])
        .map(f32::abs)
        .collect();
    sizes.sort_by(f32::total_cmp);
    let unit = sizes[sizes.len() - 1 - sizes.len() / 5000] / 127.0;
    let mut records = Vec::with_capacity(order.len() * RECORD);
    for &i in &order {
        records.extend_from_slice(&keys[i].to_le_bytes());
        records.extend(
            weights[i]
                .iter()
                .map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8 as u8),
        );
    }
    let mut numbers = unit.to_le_bytes().to_vec();
    for t in transitions.iter().flatten() {
        numbers.extend_from_slice(&if t.is_finite() { *t } else { 0.0 }.to_le_bytes());
    }
    let mut sections = Sections::default();
    sections.add("gazetteer", gazetteer);
    sections.add("words", words);
    sections.add("features", &records);
    sections.add("transitions", &numbers);
    sections.write()
}

/// Sentences as the reader would hand them over, with the text they stand in.
fn document(sentences: &[Marked]) -> (String, Vec<Sentence>) {
    let mut text = String::new();
    let mut all = Vec::with_capacity(sentences.len());
    for (paragraph, s) in sentences.iter().enumerate() {
        let begin = text.len();
        let mut tokens = Vec::with_capacity(s.words.len());
        for word in &s.words {
            let at = text.len();
            text.push_str(word);
            tokens.push(Token {
                span: Span::new(at, text.len()),
                upos: Upos::X,
                xpos: "FW",
                lemma: Box::default(),
                head: None,
                deprel: "root",
            });
            text.push(' ');
        }
        all.push(Sentence {
            span: Span::new(begin, text.len() - 1),
            paragraph: paragraph as u32,
            tokens,
            names: Vec::new(),
        });
    }
    (text, all)
}

/// Prints precision, recall and F1 of people, organisations and places (facilities counted as places), sentence by
/// sentence and with the sentences read as one document.
fn score(title: &str, model: &NameModel, sentences: &[Marked]) {
    let alone: Vec<Vec<Name>> = sentences
        .iter()
        .map(|s| model.label(&s.words.iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    compare(&format!("{title}, sentences"), sentences, &alone, 0);
    let (text, mut read) = document(sentences);
    model.label_document(&text, &mut read);
    let together: Vec<Vec<Name>> = read.into_iter().map(|s| s.names).collect();
    compare(&format!("{title}, document"), sentences, &together, 40);
}

fn compare(title: &str, sentences: &[Marked], names: &[Vec<Name>], faults_shown: usize) {
    let fold = |kind: NameKind| match kind {
        NameKind::Person => Some(0),
        NameKind::Organisation => Some(1),
        NameKind::Place | NameKind::Facility => Some(2),
        NameKind::Event | NameKind::Other => None,
    };
    const NAMES: [&str; 3] = ["PER", "ORG", "LOC"];
    let (mut right, mut found, mut wanted) = ([0; 3], [0; 3], [0; 3]);
    let mut faults: BTreeMap<String, usize> = BTreeMap::new();
    for (s, names) in sentences.iter().zip(names) {
        let labels: Vec<usize> = s
            .allowed
            .iter()
            .map(|a| a.trailing_zeros() as usize)
            .collect();
        let gold: Vec<(usize, usize, usize)> =
            spans(&labels).into_iter().filter(|n| n.2 < 3).collect();
        let mine: Vec<(usize, usize, usize)> = names
            .iter()
            .filter_map(|n| Some((n.tokens.start(), n.tokens.end(), fold(n.kind)?)))
            .collect();
        let mut fault = |what: &str, n: &(usize, usize, usize)| {
            *faults
                .entry(format!(
                    "{what} {} {}",
                    NAMES[n.2],
                    s.words[n.0..n.1].join(" ")
                ))
                .or_default() += 1;
        };
        for n in &gold {
            wanted[n.2] += 1;
            if !mine.contains(n) {
                fault("missed", n);
            }
        }
        for n in &mine {
            found[n.2] += 1;
            right[n.2] += usize::from(gold.contains(n));
            if !gold.contains(n) {
                fault("wrong ", n);
            }
        }
    }
    let line = |what: &str, r: usize, f: usize, w: usize| {
        let (p, q) = (r as f64 / f.max(1) as f64, r as f64 / w.max(1) as f64);
        println!(
            "{title} {what}: P {p:.4} R {q:.4} F1 {:.4}",
            2.0 * r as f64 / (f + w).max(1) as f64
        );
    };
    for k in 0..3 {
        line(NAMES[k], right[k], found[k], wanted[k]);
    }
    line(
        "all",
        right.iter().sum(),
        found.iter().sum(),
        wanted.iter().sum(),
    );
    let mut worst: Vec<(usize, String)> = faults.into_iter().map(|(f, n)| (n, f)).collect();
    worst.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (n, fault) in worst.iter().take(faults_shown) {
        println!("  {n} × {fault}");
    }
}
