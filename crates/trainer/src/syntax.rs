//! Trains the reading model: tags, lemmas and trees.
//!
//! In: EWT and GUM for everything, the open texts for word vectors. Out: the model file, its section of the card, scores on `dev/`.

use crate::{
    card,
    chance::Chance,
    lemmas,
    net::{
        train::{Network, Plan},
        vectors,
        vocabulary::{self, Counts},
    },
    treebank::{self, Tree},
};
use english::{
    Reader, Sentence,
    model::Sections,
    net::Sizes,
    tagset::{RELATIONS, TAGS, relation, tag},
};
use std::{error::Error, fmt::Write, fs, ops::RangeInclusive, path::Path};

const SEED: u64 = 20_260_101;
/// What the shipped network learns from, beside the treebanks: trees that a wider one reads in running text.
const TEACHER: (Sizes, Plan) = (
    Sizes {
        hidden: 192,
        ..SIZES
    },
    Plan {
        rounds: 14,
        drop: 0.25,
        ..PLAN
    },
);
const SIZES: Sizes = Sizes {
    vector: 64,
    hidden: 96,
    layers: 3,
    steps: 64,
    arcs: 64,
};
const PLAN: Plan = Plan {
    rounds: 12,
    batch: 250,
    rate: 0.002,
    drop: 0.1,
    settled: 0.85,
};
/// How many words of running text the teacher reads, in sentences of how many.
const TAUGHT: usize = 800_000;
const TAUGHT_SENTENCE: RangeInclusive<usize> = 6..=45;
/// Words with a vector: at most, and how often one must occur.
const WORDS: (usize, u32) = (40_000, 4);
const VECTOR_ROUNDS: usize = 5;
const VECTOR_SPREAD: f32 = 0.15;

const DATA: &str = "Tokens and sentences are cut by rules; this model gives tags, lemmas and Universal Dependencies trees.

- Trained on the English Web Treebank of Universal Dependencies (CC BY-SA 4.0; Silveira and others 2014) and on the
  academic, bio, court, interview, news and voyage documents of GUM (annotations CC BY 4.0; texts CC BY, CC BY-SA or
  public domain; Zeldes 2017).
- Word vectors also from openly licensed text: MASC, State of the Union and inaugural addresses (public domain),
  OneStopEnglish (CC BY-SA 4.0), KnowledgeNet (CC BY-SA 4.0), sentences of Wikipedia from FewRel, Re-DocRED and
  TekGen (CC BY-SA), and the free parts of re3d (public domain, OGL v3.0, CC BY).
- Licence of the model: CC BY-SA 4.0.
- Method: summed vectors of word, affixes and shape; a window of three; three layers of gated averages in both
  directions; greedy arc-hybrid parser with a dynamic oracle; the weights are a mean over the end of the training.
  A wider network of the same kind is trained first, and what it reads in the open texts is training data, too
  (distillation; Kim and Rush 2016). See `docs/reading.md`.";

/// Trains on `corpora/train`, writes the model to `out` with its card, and prints the scores on `corpora/dev`.
pub(crate) fn train(corpora: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut trees = treebank::read_folder(&corpora.join("train/ewt"))?;
    let gum = treebank::read_folder(&corpora.join("train/gum"))?;
    trees.extend(gum.iter().cloned());
    eprintln!(
        "{} sentences, {} words",
        trees.len(),
        trees.iter().map(|t| t.words.len()).sum::<usize>()
    );
    let lemmas = lemmas::learn(&trees);

    let mut counts = Counts::new();
    vocabulary::count(
        trees
            .iter()
            .flat_map(|t| t.words.iter().map(String::as_str)),
        &mut counts,
    );
    let text = running_text(corpora)?;
    let mut all = counts.clone();
    vocabulary::count(text.iter().flatten().map(String::as_str), &mut all);
    let words = vocabulary::choose(&all, WORDS.1, WORDS.0);
    eprintln!("{} words with vectors", words.len());

    let vectors = vectors::learn(
        &text,
        &words,
        &all,
        SIZES.vector,
        VECTOR_ROUNDS,
        VECTOR_SPREAD,
        &mut Chance::new(SEED + 1),
    );
    // GUM has the genres of news, so it comes twice a round.
    trees.extend(gum);

    let mut chance = Chance::new(SEED);
    let mut teacher = Network::new(TEACHER.0, words.clone(), &counts, &mut chance);
    teacher.give(vectors.clone());
    teacher.train(&trees, &counts, TEACHER.1, &mut chance);
    let teacher = Reader::from_bytes(&model(&lemmas, &teacher))?;

    let mut chance = Chance::new(SEED);
    let mut network = Network::new(SIZES, words, &counts, &mut chance);
    network.give(vectors);
    trees.extend(taught(&teacher, text, &mut chance));
    network.train(&trees, &counts, PLAN, &mut chance);
    let bytes = model(&lemmas, &network);
    fs::write(out, &bytes)?;

    let reader = Reader::from_bytes(&bytes)?;
    let mut body = format!(
        "{DATA}\n- Seed {SEED}; {PLAN:?}; {SIZES:?}; the wider one {TEACHER:?}; {TAUGHT} words of what it read.\n\nScores on gold tokens, in percent (LAS without punctuation):\n\n"
    );
    body.push_str("| | UPOS | XPOS | lemma | UAS | LAS | LAS with subtypes |\n|---|---|---|---|---|---|---|\n");
    for (corpus, name) in [("ewt", "EWT dev"), ("gum", "GUM dev")] {
        let scores = score(
            &reader,
            &treebank::read_folder(&corpora.join("dev").join(corpus))?,
        );
        let cells: Vec<String> = scores.iter().map(|s| format!("{s:.2}")).collect();
        writeln!(body, "| {name} | {} |", cells.join(" | "))?;
        println!(
            "{name}: UPOS {} XPOS {} lemma {} UAS {} LAS {} with subtypes {}",
            cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]
        );
    }
    card::write(out, &body)?;
    println!("{}: {} bytes", out.display(), bytes.len());
    Ok(())
}

/// The model file of a network.
fn model(lemmas: &[u8], network: &Network) -> Vec<u8> {
    let mut sections = Sections::default();
    sections.add("lemmas", lemmas);
    let net = network.write();
    sections.add("net", &net);
    sections.write()
}

/// Sentences of running text with the trees that `teacher` gives them, [`TAUGHT`] words or a sentence more.
fn taught(teacher: &Reader, mut text: Vec<Vec<String>>, chance: &mut Chance) -> Vec<Tree> {
    text.retain(|s| TAUGHT_SENTENCE.contains(&s.len()));
    chance.shuffle(&mut text);
    let mut words = 0;
    text.retain(|sentence| {
        let wanted = words < TAUGHT;
        words += sentence.len();
        wanted
    });
    let read = teacher.read_tokens(&text);
    let tree = |(words, sentence): (Vec<String>, &Sentence)| {
        let tokens = &sentence.tokens;
        let root = words.len() as u32;
        Tree {
            tags: tokens
                .iter()
                .map(|t| tag(t.upos.as_str(), t.xpos) as u8)
                .collect(),
            xpos: tokens.iter().map(|t| t.xpos.to_owned()).collect(),
            lemmas: tokens.iter().map(|t| t.lemma.to_string()).collect(),
            heads: tokens.iter().map(|t| t.head.unwrap_or(root)).collect(),
            labels: tokens.iter().map(|t| relation(t.deprel) as u8).collect(),
            words,
        }
    };
    text.into_iter().zip(&read).map(tree).collect()
}

/// The sentences of the open texts, as tokens.
fn running_text(corpora: &Path) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let mut files: Vec<_> = fs::read_dir(corpora.join("train/open_text"))?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|e| e.path())
        .collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut out = Vec::new();
    for file in files {
        let text = fs::read_to_string(file)?;
        for sentence in english::tokenize(&text) {
            out.push(
                sentence
                    .tokens
                    .iter()
                    .map(|t| t.span.slice(&text).to_owned())
                    .collect(),
            );
        }
    }
    Ok(out)
}

/// UPOS, XPOS, lemmas, UAS, LAS, LAS with subtypes on gold tokens, in percent.
fn score(reader: &Reader, trees: &[Tree]) -> [f64; 6] {
    let tokens: Vec<Vec<String>> = trees.iter().map(|t| t.words.clone()).collect();
    let mut hits = [0_usize; 6];
    let (mut words, mut arcs) = (0_usize, 0_usize);
    for (tree, sentence) in trees.iter().zip(&reader.read_tokens(&tokens)) {
        for (i, token) in sentence.tokens.iter().enumerate() {
            words += 1;
            let relation = RELATIONS[tree.labels[i] as usize];
            let attached = token.head.unwrap_or(tree.words.len() as u32) == tree.heads[i];
            let counted = relation != "punct";
            arcs += usize::from(counted);
            let main = |r: &str| r.split(':').next().unwrap_or_default().to_owned();
            let right = [
                token.upos == TAGS[tree.tags[i] as usize].0,
                token.xpos == tree.xpos[i],
                *token.lemma == *tree.lemmas[i],
                counted && attached,
                counted && attached && main(token.deprel) == main(relation),
                counted && attached && token.deprel == relation,
            ];
            for (hit, right) in hits.iter_mut().zip(right) {
                *hit += usize::from(right);
            }
        }
    }
    std::array::from_fn(|i| 100.0 * hits[i] as f64 / if i < 3 { words } else { arcs }.max(1) as f64)
}
