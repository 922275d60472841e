//! Trains the name model: `trainer names --corpora DIR --seeds DIR --out FILE`.

mod classes;
mod corpora;
mod learn;
mod news;
mod partial;
mod scores;
mod tables;

use crate::{card, chance::Chance};
use corpora::Marked;
use english::names::{
    NameModel,
    decode::{LABELS, begins, ends},
    feature_key,
    features::Sight,
    lexicon::Lexicon,
};
pub(crate) use scores::report;
use std::{
    collections::HashMap,
    error::Error,
    fs,
    hash::{BuildHasherDefault, Hasher},
    path::Path,
};

const SEED: u64 = 20_230_924;

/// What the card says of the data and the method.
const DATA: &str = "Finds people, organisations, places, facilities, events and other names.

- Trained on the English Web Treebank with the names of Universal NER (CC BY-SA 4.0; Mayhew and others 2024), GUM (annotations
  CC BY 4.0; texts under their own licences; Zeldes 2017), WikiGold (CC BY 4.0; Balasuriya and others 2009; four fifths),
  CrossNER (MIT; sentences of Wikipedia, CC BY-SA; Liu and others 2021), WNUT-17 (CC BY 4.0; Derczynski and others 2017), and, for
  names marked in part, FewRel (MIT; Wikipedia, CC BY-SA), KnowledgeNet (CC BY-SA 4.0; Diffbot), Text2KGBench Wikidata-TekGen
  (CC BY-SA) and the free sources of re3d (public domain, OGL v3.0, CC BY, CC BY-SA; Dstl).
- Own news sentences filled from `seeds/gazetteers` (CC0; cities from GeoNames, CC BY 4.0).
- Word classes from openly licensed text: MASC, State of the Union and inaugural addresses (public domain), OneStopEnglish
  (CC BY-SA 4.0), EWT, GUM, re3d, and sentences of Wikipedia from FewRel and TekGen.
- Look-up lists: `seeds/gazetteers`, world-cities and admin regions (GeoNames, CC BY 4.0), US Census and Social Security names (public
  domain), universities (MIT), FinanceDatabase (MIT), S&P 500 (PDDL).
- Licence of the model: CC BY-SA 4.0.
- Method: linear-chain conditional random field with partial labels. See `docs/reading-names.md`.
";

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
    let words = tables::words(corpora)?;
    let lexicon = Lexicon::read(&gazetteer, &words)?;
    let mut chance = Chance::new(SEED);
    let mut sentences = corpora::training(corpora)?;
    println!("marked sentences: {}", sentences.len());
    sentences.extend(partial::training(&corpora.join("train"))?);
    sentences.extend(news::training(seeds, 16, SEED)?);
    println!("all sentences: {}", sentences.len());
    vary(&mut sentences, &mut chance);
    // Features seen at least three times get a number. Counting is by the low bits of their keys: a rare one that shares
    // them with a frequent one gets a number too, which does no harm.
    let mut seen = vec![0_u8; 1 << 26];
    let mut hashes = Vec::new();
    for s in &sentences {
        let forms: Vec<&str> = s.words.iter().map(String::as_str).collect();
        let sight = Sight::new(&lexicon, &forms);
        for at in stretches(&sight, &s.allowed)
            .into_iter()
            .flat_map(|(a, b)| a..b)
        {
            sight.features(at, &mut hashes);
            for &h in &hashes {
                let slot = &mut seen[feature_key(h) as usize & ((1 << 26) - 1)];
                *slot = slot.saturating_add(1);
            }
        }
    }
    let mut number: HashMap<u32, u32, BuildHasherDefault<Same>> = HashMap::default();
    let mut keys: Vec<u32> = Vec::new();
    let mut cases: Vec<Case> = Vec::with_capacity(sentences.len());
    for s in &sentences {
        let forms: Vec<&str> = s.words.iter().map(String::as_str).collect();
        let sight = Sight::new(&lexicon, &forms);
        for (from, to) in stretches(&sight, &s.allowed) {
            let mut all = Vec::with_capacity(to - from);
            for at in from..to {
                sight.features(at, &mut hashes);
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
            }
            cases.push(Case {
                features: all,
                allowed: s.allowed[from..to].to_vec(),
            });
        }
    }
    drop(seen);
    println!("features: {}", keys.len());
    let (weights, transitions) = learn::learn(&cases, keys.len(), &mut chance);
    let bytes = learn::pack(&gazetteer, &words, &keys, &weights, &transitions);
    fs::write(out, &bytes)?;
    println!("size: {} bytes", bytes.len());
    let table = report(corpora, &NameModel::from_bytes(&bytes)?)?;
    let body = format!(
        "{DATA}- Seed {SEED}; {} rounds.\n\nF1 of names of people, organisations and places, exact span and kind:\n\n{table}",
        learn::ROUNDS
    );
    card::write(out, &body)?;
    Ok(())
}

/// The stretches of a sentence that may hold names; the whole sentence if a marked name crosses their borders.
fn stretches(sight: &Sight, allowed: &[u32]) -> Vec<(usize, usize)> {
    let all = sight.stretches();
    let fits = |&(from, to): &(usize, usize)| {
        (0..LABELS).any(|b| begins(b) && allowed[from] >> b & 1 == 1)
            && (0..LABELS).any(|b| ends(b) && allowed[to - 1] >> b & 1 == 1)
    };
    if all.iter().all(fits) {
        all
    } else {
        vec![(0, allowed.len())]
    }
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
