//! The examples of frames, run through the line: data and engine tested together.
//!
//! In: the examples of a [`Schema`](crate::schema::Schema). Out: an [`Outcome`] with every failure. Refuses: to judge what no example asks for.

use super::Pipeline;
use crate::claim::{Claim, ClaimKind, Extraction, Filler, Modality, Polarity};
use crate::schema::{Case, Example};
use crate::source::RawArticle;
use rayon::prelude::*;
use std::fmt;

/// One example that did not come out as its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// File of the frame.
    pub file: String,
    /// The example's text.
    pub text: String,
    /// What was expected and what came.
    pub fault: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}: {}", self.file, self.text, self.fault)
    }
}

/// How many examples ran, and which failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Number of `lex:yes` examples.
    pub yes: usize,
    /// Number of `lex:no` examples.
    pub no: usize,
    /// In the order of the files.
    pub failures: Vec<Failure>,
}

impl Pipeline<'_> {
    /// Runs the examples of the schema that are `wanted`.
    pub fn run_examples(&self, wanted: impl Fn(&Case<'_>) -> bool) -> Outcome {
        let cases: Vec<Case<'_>> = self.schema.examples().filter(wanted).collect();
        let failures = cases
            .par_iter()
            .filter_map(|case| self.run_example(*case).err())
            .collect();
        Outcome {
            yes: cases.iter().filter(|c| c.example.yes).count(),
            no: cases.iter().filter(|c| !c.example.yes).count(),
            failures,
        }
    }

    /// Runs one example.
    fn run_example(&self, case: Case<'_>) -> Result<(), Failure> {
        let failure = |fault: String| Failure {
            file: case.file.to_owned(),
            text: case.example.text.clone(),
            fault,
        };
        let raw = RawArticle {
            source: case.file.to_owned(),
            text: case.example.text.clone(),
            ..RawArticle::default()
        };
        let read = self
            .extract(raw)
            .map_err(|skipped| failure(format!("cannot be read: {}", skipped.reason)))?;
        let found: Vec<&Claim> = read
            .claims
            .iter()
            .filter(|c| matches!(c.kind, ClaimKind::Event | ClaimKind::Relation))
            .filter(|c| self.schema.is_a(&c.frame, case.iri))
            .collect();
        if !case.example.yes {
            return match found.first() {
                None => Ok(()),
                Some(claim) => Err(failure(format!(
                    "must not fire, but {} did",
                    claim.evidence().rule
                ))),
            };
        }
        let told_by = self
            .schema
            .relation(case.iri)
            .and_then(|r| r.told_by.as_deref());
        if found.is_empty() && told_by.is_some_and(|class| tells(&read, class, case.example)) {
            return Ok(());
        }
        if found.is_empty() {
            let others: Vec<&str> = read
                .claims
                .iter()
                .map(|c| c.evidence().rule.as_str())
                .collect();
            return Err(failure(format!("nothing of its class; found {others:?}")));
        }
        if let Some(count) = case.example.count.filter(|&n| n != found.len()) {
            return Err(failure(format!(
                "{} of its class, not {count}",
                found.len()
            )));
        }
        let misses = found
            .iter()
            .map(|claim| missing(&read, claim, case.example))
            .min_by_key(Vec::len)
            .unwrap_or_default();
        if misses.is_empty() {
            return Ok(());
        }
        let rule = found[0].evidence().rule.clone();
        Err(failure(format!("{} ({rule})", misses.join("; "))))
    }
}

/// Whether a claim of the fuller class joins all that the example of a relation names.
fn tells(read: &Extraction, class: &str, example: &Example) -> bool {
    read.claims
        .iter()
        .filter(|c| c.frame == class)
        .any(|claim| {
            example.slots.iter().all(|(_, wanted)| {
                let mut held = claim.slots.iter().filter_map(|s| words(read, &s.filler));
                held.any(|h| plain(&h) == plain(wanted))
            })
        })
}

/// What the example expects and the claim lacks.
fn missing(read: &Extraction, claim: &Claim, example: &Example) -> Vec<String> {
    let mut misses = Vec::new();
    for (name, wanted) in &example.slots {
        let held: Vec<String> = if name == "time" {
            claim
                .time
                .map(|t| {
                    read.document
                        .slice(read.mentions.times[t as usize].span)
                        .to_owned()
                })
                .into_iter()
                .collect()
        } else {
            claim
                .slots
                .iter()
                .filter(|s| s.name == *name)
                .filter_map(|s| words(read, &s.filler))
                .collect()
        };
        if !held.iter().any(|h| plain(h) == plain(wanted)) {
            misses.push(format!("{name} is {held:?}, not {wanted:?}"));
        }
    }
    let modality = match (claim.polarity, claim.modality) {
        (Polarity::Negated, _) => "denied",
        (_, Modality::Actual) => "actual",
        (_, Modality::Possible) => "possible",
        (_, Modality::Alleged) => "alleged",
        (_, Modality::Planned) => "planned",
    };
    let wanted = example.modality.as_deref().unwrap_or("actual");
    if modality != wanted {
        misses.push(format!("is {modality}, not {wanted}"));
    }
    misses
}

/// The words of a filler; an event has none.
fn words(read: &Extraction, filler: &Filler) -> Option<String> {
    match filler {
        Filler::Mention(m) => Some(
            read.document
                .slice(read.mentions.mentions[*m as usize].span)
                .to_owned(),
        ),
        Filler::Text(span) => Some(read.document.slice(*span).to_owned()),
        Filler::Event(_) => None,
    }
}

/// Words as they are compared: lower case, without article and genitive.
fn plain(words: &str) -> String {
    let lower = words.trim().to_lowercase().replace('\u{2019}', "'");
    let bare = ["the ", "a ", "an "]
        .iter()
        .find_map(|a| lower.strip_prefix(a))
        .unwrap_or(&lower);
    bare.strip_suffix("'s").unwrap_or(bare).to_owned()
}
