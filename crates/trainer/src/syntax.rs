//! Trains the reading model: tags, lemmas and trees.

use crate::{chance::Chance, lemmas, perceptron, treebank};
use english::{Reader, model::Sections};
use std::{error::Error, fs, path::Path};

const SEED: u64 = 20_260_101;

/// Trains on `corpora/train`, writes the model to `out` and prints the scores on `corpora/dev`.
pub(crate) fn train(corpora: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut trees = treebank::read_folder(&corpora.join("train/ewt"))?;
    trees.extend(treebank::read_folder(&corpora.join("train/gum"))?);
    eprintln!(
        "{} sentences, {} words",
        trees.len(),
        trees.iter().map(|t| t.words.len()).sum::<usize>()
    );
    let lemmas = lemmas::learn(&trees).write();
    let [tags, moves, relations] = perceptron::train(&trees, 8, &mut Chance::new(SEED));
    let mut sections = Sections::default();
    sections.add("lemmas", &lemmas);
    sections.add("tags", &tags);
    sections.add("moves", &moves);
    sections.add("relations", &relations);
    let bytes = sections.write();
    fs::write(out, &bytes)?;
    println!("model: {} bytes", bytes.len());
    let reader = Reader::from_bytes(&bytes)?;
    for corpus in ["ewt", "gum"] {
        score(
            &reader,
            corpus,
            &treebank::read_folder(&corpora.join("dev").join(corpus))?,
        );
    }
    Ok(())
}

/// Prints how well the reader does on gold tokens.
fn score(reader: &Reader, name: &str, trees: &[treebank::Tree]) {
    let tokens: Vec<Vec<String>> = trees.iter().map(|t| t.words.clone()).collect();
    let read = reader.read_tokens(&tokens);
    let (mut words, mut upos, mut xpos, mut lemma, mut arcs, mut uas, mut las, mut full) =
        (0, 0, 0, 0, 0, 0, 0, 0);
    for (tree, sentence) in trees.iter().zip(&read) {
        for (i, token) in sentence.tokens.iter().enumerate() {
            let gold = english::tagset::TAGS[tree.tags[i] as usize];
            words += 1;
            upos += usize::from(token.upos == gold.0);
            xpos += usize::from(token.xpos == tree.xpos[i]);
            lemma += usize::from(*token.lemma == *tree.lemmas[i]);
            let relation = english::tagset::RELATIONS[tree.labels[i] as usize];
            if relation == "punct" {
                continue;
            }
            arcs += 1;
            if token.head.unwrap_or(tree.words.len() as u32) == tree.heads[i] {
                uas += 1;
                las += usize::from(token.deprel.split(':').next() == relation.split(':').next());
                full += usize::from(token.deprel == relation);
            }
        }
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    println!(
        "{name}: UPOS {:.2} XPOS {:.2} lemma {:.2} UAS {:.2} LAS {:.2} with subtypes {:.2}",
        share(upos, words),
        share(xpos, words),
        share(lemma, words),
        share(uas, arcs),
        share(las, arcs),
        share(full, arcs)
    );
}
