//! Runs the regression cases of `tests/cases/roles.md`: a paragraph of news, the claims it must and must not yield.

use newsloom::claim::{Claim, Filler, Modality, Polarity, Status, roles};
use newsloom::document::Document;
use newsloom::mention::{self, Mentions};
use newsloom::schema::Schema;
use newsloom::source::RawArticle;
use std::collections::BTreeMap;

/// One case of the page.
#[derive(Default)]
struct Case {
    title: String,
    text: String,
    expected: Vec<(bool, BTreeMap<String, String>)>,
}

const KEYS: [&str; 7] = [
    "member", "role", "org", "place", "status", "polarity", "modality",
];

/// `member=Ada Pike role=chair`: values run to the next key.
fn fields(line: &str) -> BTreeMap<String, String> {
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    let mut key = String::new();
    for word in line.split_whitespace() {
        match word.split_once('=').filter(|(k, _)| KEYS.contains(k)) {
            Some((k, value)) => {
                k.clone_into(&mut key);
                out.insert(key.clone(), value.to_lowercase());
            }
            None => {
                if let Some(value) = out.get_mut(&key) {
                    value.push(' ');
                    value.push_str(&word.to_lowercase());
                }
            }
        }
    }
    out
}

fn cases(page: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            out.push(Case {
                title: title.to_owned(),
                ..Case::default()
            });
        }
        let Some(case) = out.last_mut() else { continue };
        if let Some(text) = line.strip_prefix("> ") {
            text.clone_into(&mut case.text);
        } else if let Some(rest) = line.strip_prefix("- role: ") {
            case.expected.push((true, fields(rest)));
        } else if let Some(rest) = line.strip_prefix("- no role: ") {
            case.expected.push((false, fields(rest)));
        }
    }
    out
}

/// The claim in the words of the page; the member by the name of its chain.
fn shown(document: &Document, mentions: &Mentions, claim: &Claim) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (slot, key) in [
        ("member", "member"),
        ("organization", "org"),
        ("place", "place"),
    ] {
        if let Some(Filler::Mention(m)) = claim.slot(slot) {
            let mention = &mentions.mentions[*m as usize];
            let name = mentions.chains[mention.chain as usize].name.clone();
            out.insert(
                key.to_owned(),
                name.unwrap_or_else(|| document.slice(mention.span).to_owned())
                    .to_lowercase(),
            );
        }
    }
    if let Some(role) = &claim.role {
        out.insert("role".to_owned(), document.slice(role.span).to_lowercase());
    }
    let mut word = |key: &str, value: &str| out.insert(key.to_owned(), value.to_owned());
    match claim.status {
        Some(Status::Former) => word("status", "former"),
        Some(Status::Future) => word("status", "future"),
        Some(Status::Undated) => word("status", "undated"),
        Some(Status::Current) | None => None,
    };
    if claim.polarity == Polarity::Negated {
        word("polarity", "negated");
    }
    match claim.modality {
        Modality::Actual => None,
        Modality::Possible => word("modality", "possible"),
        Modality::Alleged => word("modality", "alleged"),
        Modality::Planned => word("modality", "planned"),
    };
    out
}

#[test]
fn the_cases_of_roles_hold() {
    let page = include_str!("cases/roles.md");
    let schema = Schema::embedded();
    let cases = cases(page);
    assert!(cases.len() >= 20, "the page is read");
    let mut failures = Vec::new();
    for case in &cases {
        let article = RawArticle {
            source: case.title.clone(),
            text: case.text.clone(),
            ..RawArticle::default()
        };
        let document = Document::new(article).expect("cases have text");
        let sentences = english::Reader::embedded().read(document.text());
        let mentions = mention::find(&document, sentences, schema);
        let claims = roles::find(&document, &mentions, schema);
        let found: Vec<_> = claims
            .iter()
            .map(|c| (c.is_fact(), shown(&document, &mentions, c)))
            .collect();
        let mut wrong = Vec::new();
        for (wanted, fields) in &case.expected {
            let holds = if *wanted {
                found.iter().any(|(_, f)| f == fields)
            } else {
                !found
                    .iter()
                    .any(|(fact, f)| *fact && fields.iter().all(|(k, v)| f.get(k) == Some(v)))
            };
            if !holds {
                wrong.push(format!(
                    "  {} {fields:?}",
                    if *wanted { "missing" } else { "forbidden" }
                ));
            }
        }
        if !wrong.is_empty() {
            failures.push(format!(
                "{}\n{}\n  found {found:?}",
                case.title,
                wrong.join("\n")
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {} cases fail:\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
}
