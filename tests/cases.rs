//! The cases of `tests/cases/events.md` and `relations.md`: paragraphs of news with the claims that they must yield.
//!
//! A case that fails is named with what came out instead; the expectation stays as it is.

use newsloom::claim::{Claim, ClaimKind, Extraction, Filler, Modality, Polarity};
use newsloom::pipeline::Pipeline;
use newsloom::schema::Schema;
use newsloom::source::RawArticle;
use regex::Regex;

/// A heading, its paragraph and its expectations.
struct Case {
    name: String,
    text: String,
    lines: Vec<String>,
}

fn cases(page: &str) -> Vec<Case> {
    let mut out = Vec::new();
    for part in page.split("\n## ").skip(1) {
        let name = part.lines().next().unwrap_or_default().to_owned();
        let text: Vec<&str> = part.lines().filter_map(|l| l.strip_prefix("> ")).collect();
        let block = part
            .split_once("```claims\n")
            .and_then(|(_, b)| b.split_once("```"))
            .map(|(b, _)| b)
            .unwrap_or_default();
        out.push(Case {
            name,
            text: text.join(" "),
            lines: block.lines().map(str::to_owned).collect(),
        });
    }
    out
}

fn read(text: &str) -> Extraction {
    let pipeline = Pipeline {
        schema: Schema::embedded(),
        reader: english::Reader::embedded(),
    };
    let raw = RawArticle {
        source: "case".to_owned(),
        title: None,
        publisher: None,
        published: Some("2024-05-15".to_owned()),
        text: text.to_owned(),
    };
    pipeline.extract(raw).expect("the case has text")
}

fn words(extraction: &Extraction, filler: &Filler) -> String {
    match filler {
        Filler::Mention(id) => {
            let span = extraction.mentions.mentions[*id as usize].span;
            extraction.document.slice(span).to_owned()
        }
        Filler::Text(span) => extraction.document.slice(*span).to_owned(),
        Filler::Event(id) => {
            let span = extraction.claims[*id as usize].evidence().trigger;
            extraction.document.slice(span).to_owned()
        }
    }
}

/// Whether a filler goes by these words: its own, or the name of its chain.
fn called(extraction: &Extraction, filler: &Filler, wanted: &str) -> bool {
    let name = match filler {
        Filler::Mention(id) => {
            let chain = extraction.mentions.mentions[*id as usize].chain;
            extraction.mentions.chains[chain as usize].name.as_deref()
        }
        _ => None,
    };
    words(extraction, filler) == wanted || name == Some(wanted)
}

/// Whether a claim is what a line asks for, its polarity and modality included.
fn fits(extraction: &Extraction, claim: &Claim, line: &str) -> bool {
    match modality(line) {
        "negated" => claim.polarity == Polarity::Negated && has(extraction, claim, line),
        "planned" => claim.modality == Modality::Planned && has(extraction, claim, line),
        "possible" => claim.modality == Modality::Possible && has(extraction, claim, line),
        "alleged" => claim.modality == Modality::Alleged && has(extraction, claim, line),
        _ => claim.is_fact() && has(extraction, claim, line),
    }
}

/// The word in square brackets.
fn modality(line: &str) -> &str {
    line.split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'))
        .map_or("actual", |(word, _)| word)
}

/// Whether a claim has the class, trigger and fillers that a line names.
fn has(extraction: &Extraction, claim: &Claim, line: &str) -> bool {
    let frame = line.split(' ').next().unwrap_or_default();
    let shape = Regex::new(r#"(?:(\w+)=)?"([^"]*)""#).expect("it compiles");
    claim.frame.rsplit(['#', '/']).next() == Some(frame)
        && shape.captures_iter(line).all(|found| {
            let wanted = &found[2];
            match found.get(1).map(|m| m.as_str()) {
                None => extraction.document.slice(claim.evidence().trigger) == wanted,
                Some("time") => claim.time.is_some_and(|t| {
                    extraction
                        .document
                        .slice(extraction.mentions.times[t as usize].span)
                        == wanted
                }),
                Some(slot) => claim
                    .slots
                    .iter()
                    .any(|s| s.name == slot && called(extraction, &s.filler, wanted)),
            }
        })
}

#[test]
fn paragraphs_of_news_yield_their_events() {
    check(include_str!("cases/events.md"), ClaimKind::Event);
}

#[test]
fn paragraphs_of_news_yield_their_relations() {
    check(include_str!("cases/relations.md"), ClaimKind::Relation);
}

/// Fails with every line of a page's cases that does not hold among the claims of that kind.
fn check(page: &str, kind: ClaimKind) {
    let mut faults = Vec::new();
    for case in cases(page) {
        let extraction = read(&case.text);
        let events = || extraction.claims.iter().filter(|c| c.kind == kind);
        for line in &case.lines {
            let right = match line.strip_prefix("none ") {
                Some(refused) => {
                    let stated = modality(refused) == "affirmed";
                    !events().any(|c| has(&extraction, c, refused) && (c.is_fact() || !stated))
                }
                None => events().any(|c| fits(&extraction, c, line)),
            };
            if !right {
                let got: Vec<String> = events()
                    .map(|c| {
                        let slots: Vec<String> = c
                            .slots
                            .iter()
                            .map(|s| format!("{}={:?}", s.name, words(&extraction, &s.filler)))
                            .collect();
                        format!(
                            "{} {:?}/{:?} {}",
                            c.frame,
                            c.polarity,
                            c.modality,
                            slots.join(" ")
                        )
                    })
                    .collect();
                faults.push(format!(
                    "{}: {line}\n    got {}",
                    case.name,
                    got.join("\n        ")
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
