//! Who says what: quotations of news that were annotated before the program was run on them (`tests/quotations/*.tsv`).
//!
//! The annotations are offsets into texts of the shared corpora, which are no part of the project; where those are absent
//! the test says so and skips.

use newsloom::claim::{Extraction, Speaker};
use newsloom::mention::{Form, MentionKind};
use newsloom::pipeline::Pipeline;
use newsloom::schema::Schema;
use newsloom::source::RawArticle;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Lowest share of quotations with the right speaker.
const RIGHT: f64 = 0.85;

/// One annotated quotation; offsets are bytes of the corpus file.
struct Annotated {
    quotation: Range<usize>,
    speaker: Vec<Range<usize>>,
    note: String,
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Right,
    /// Nobody is said to speak.
    Open,
    /// Somebody else, who has no name or is no person.
    Other(String),
    /// A named person who did not say it.
    WrongPerson(String),
}

fn range(text: &str) -> Range<usize> {
    let (start, end) = text.split_once('-').expect("two offsets");
    start.parse().expect("a number")..end.parse().expect("a number")
}

/// The annotations by document, in order.
fn annotations(page: &str) -> Vec<(Range<usize>, Vec<Annotated>)> {
    let mut out: BTreeMap<usize, (Range<usize>, Vec<Annotated>)> = BTreeMap::new();
    for line in page.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let document = range(fields[0]);
        out.entry(document.start)
            .or_insert_with(|| (document, Vec::new()))
            .1
            .push(Annotated {
                quotation: range(fields[1]),
                speaker: fields[2].split(',').map(range).collect(),
                note: fields[4].to_owned(),
            });
    }
    out.into_values().collect()
}

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("NEWSLOOM_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}

/// What the extraction says of the words at `at`; all ranges count bytes of the document's text.
fn judge(extraction: &Extraction, at: &Range<usize>, speaker: &[Range<usize>]) -> Verdict {
    let overlaps = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let common = |r: &Range<usize>| r.end.min(at.end).saturating_sub(r.start.max(at.start));
    let found = extraction
        .quotations
        .iter()
        .filter(|q| overlaps(&(q.span.start()..q.span.end()), at))
        .max_by_key(|q| common(&(q.span.start()..q.span.end())));
    let Some(found) = found.and_then(|q| q.speaker.as_ref()) else {
        return Verdict::Open;
    };
    let right = |from: usize, to: usize| speaker.iter().any(|s| overlaps(s, &(from..to)));
    match found {
        Speaker::Text(span) if right(span.start(), span.end()) => Verdict::Right,
        Speaker::Text(span) => Verdict::Other(extraction.document.slice(*span).to_owned()),
        Speaker::Mention(id) => {
            let all = &extraction.mentions;
            let chain = &all.chains[all.mentions[*id as usize].chain as usize];
            let mut spans = chain
                .mentions
                .iter()
                .map(|&m| all.mentions[m as usize].span);
            if spans.any(|s| right(s.start(), s.end())) {
                return Verdict::Right;
            }
            let own = extraction.document.slice(all.mentions[*id as usize].span);
            let words = format!("{own} ({})", chain.name.as_deref().unwrap_or("unnamed"));
            let named = chain
                .mentions
                .iter()
                .any(|&m| all.mentions[m as usize].form == Form::Name);
            if chain.kind == MentionKind::Person && named {
                Verdict::WrongPerson(words)
            } else {
                Verdict::Other(words)
            }
        }
    }
}

#[test]
fn quotations_go_to_who_says_them() {
    let Some(shared) = shared() else {
        println!("skipped: no shared data beside the checkout");
        return;
    };
    let file = shared.join("corpora/train/open_text/onestop_advanced.txt");
    let corpus = std::fs::read_to_string(&file).expect("the corpus file reads");
    let page = include_str!("quotations/onestop.tsv");
    let pipeline = Pipeline {
        schema: Schema::embedded(),
        reader: english::Reader::embedded(),
    };
    let (mut right, mut all) = (0, 0);
    let mut wrong = Vec::new();
    for (document, quotations) in annotations(page) {
        let raw = RawArticle {
            source: "onestop".to_owned(),
            title: None,
            publisher: None,
            published: None,
            text: corpus[document.clone()].to_owned(),
        };
        let extraction = pipeline.extract(raw).expect("the article has text");
        assert_eq!(
            extraction.document.text().trim_end(),
            corpus[document.clone()].trim_end(),
            "offsets into the file are offsets into the document"
        );
        let inner = |r: &Range<usize>| r.start - document.start..r.end - document.start;
        for annotated in quotations {
            let speaker: Vec<_> = annotated.speaker.iter().map(inner).collect();
            let verdict = judge(&extraction, &inner(&annotated.quotation), &speaker);
            all += 1;
            if verdict == Verdict::Right {
                right += 1;
            } else {
                let at = annotated.quotation.start;
                println!("byte {at} ({}): {verdict:?}", annotated.note);
            }
            if let Verdict::WrongPerson(who) = verdict {
                wrong.push((annotated.quotation.start, who));
            }
        }
    }
    println!(
        "{}",
        serde_json::json!({
            "quotations": all,
            "right": f64::from(right) / f64::from(all),
            "wrong_person": wrong.len(),
        })
    );
    assert!(all >= 60, "{all} quotations are too few");
    assert_eq!(wrong, [], "quotations given to a wrong named person");
    assert!(
        f64::from(right) >= RIGHT * f64::from(all),
        "{right} of {all}: below {RIGHT}"
    );
}
