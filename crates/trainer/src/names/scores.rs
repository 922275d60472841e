//! Scores of the name model on the development sets.

use super::corpora::{self, Marked};
use english::{
    Name, NameKind, Sentence, Span, Token, Upos,
    names::{NameModel, decode::spans},
};
use std::{collections::BTreeMap, error::Error, fmt::Write, path::Path};

/// Faults shown for each set.
const FAULTS: usize = 25;

/// Precision, recall and F1 of people, organisations, places (with facilities) and all together.
type Row = [[f64; 3]; 4];

/// Scores a model on the development sets, prints the commonest faults, and gives a table in Markdown. Each set is scored
/// sentence by sentence, and as if it were one document.
pub(crate) fn report(corpora: &Path, model: &NameModel) -> Result<String, Box<dyn Error>> {
    let dev = corpora.join("dev");
    let ewt = corpora::development(&dev.join("ewt/en_ewt-ud-dev.iob2"), 1, 2, true)?;
    let cased = |change: fn(&str) -> String| -> Vec<Marked> {
        let mut all = ewt.clone();
        for word in all.iter_mut().flat_map(|s| &mut s.words) {
            *word = change(word);
        }
        all
    };
    let small = cased(str::to_lowercase);
    let large = cased(str::to_uppercase);
    let sets = [
        ("EWT dev", ewt),
        ("EWT dev, all small letters", small),
        ("EWT dev, all capitals", large),
        (
            "CrossNER politics dev",
            corpora::development(&dev.join("crossner/politics-dev.txt"), 0, 1, false)?,
        ),
        ("WikiGold, last fifth", corpora::wikigold(corpora)?.1),
        (
            "GUM news dev",
            corpora::gum_development(&dev.join("gum"), "news")?,
        ),
    ];
    let mut table = String::from(
        "| | P | R | F1 | F1 person | F1 organisation | F1 place |\n|---|---|---|---|---|---|---|\n",
    );
    for (title, sentences) in &sets {
        let alone: Vec<Vec<Name>> = sentences
            .iter()
            .map(|s| model.label(&s.words.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let (text, mut read) = document(sentences);
        model.label_document(&text, &mut read);
        let together: Vec<Vec<Name>> = read.into_iter().map(|s| s.names).collect();
        for (how, names, shown) in [("", &alone, 0), (", as a document", &together, FAULTS)] {
            let [person, organisation, place, all] = compare(title, sentences, names, shown);
            writeln!(
                table,
                "| {title}{how} | {:.3} | {:.3} | **{:.3}** | {:.3} | {:.3} | {:.3} |",
                all[0], all[1], all[2], person[2], organisation[2], place[2]
            )?;
        }
    }
    println!("{table}");
    Ok(table)
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

/// Compares names with the marked ones.
fn compare(title: &str, sentences: &[Marked], names: &[Vec<Name>], shown: usize) -> Row {
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
    let row = |r: usize, f: usize, w: usize| {
        let share = |of: usize| r as f64 / of.max(1) as f64;
        [share(f), share(w), 2.0 * r as f64 / (f + w).max(1) as f64]
    };
    let mut worst: Vec<(usize, String)> = faults.into_iter().map(|(f, n)| (n, f)).collect();
    worst.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    if shown > 0 {
        println!("{title}:");
    }
    for (n, fault) in worst.iter().take(shown) {
        println!("  {n} × {fault}");
    }
    let kinds = [0, 1, 2].map(|k| row(right[k], found[k], wanted[k]));
    let sum = |x: [usize; 3]| x.iter().sum();
    [
        kinds[0],
        kinds[1],
        kinds[2],
        row(sum(right), sum(found), sum(wanted)),
    ]
}
