//! Measures relations on Re-DocRED: pairs of things that one sentence relates.
//!
//! In: the annotated documents (Tan and others, "Revisiting DocRED", EMNLP 2022). Out: how many of the related pairs that a
//! sentence of the evidence names both of are stated, and how many of the stated pairs of annotated things are related.
//! Refuses: relations that the program does not have, and pairs that only several sentences together relate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Tally;
use super::extracted::{self, Extracted};

/// Properties of Wikidata and our relations; `true`: the other way round.
const PROPERTIES: [(&str, &str, bool); 22] = [
    ("P569", "birthDate", false),
    ("P570", "deathDate", false),
    ("P19", "birthPlace", false),
    ("P20", "deathPlace", false),
    ("P26", "spouse", false),
    ("P22", "parent", false),
    ("P25", "parent", false),
    ("P40", "parent", true),
    ("P69", "alumniOf", false),
    ("P108", "memberOf", false),
    ("P54", "memberOf", false),
    ("P463", "memberOf", false),
    ("P102", "politicalAffiliation", false),
    ("P27", "nationality", false),
    ("P551", "homeLocation", false),
    ("P112", "founder", false),
    ("P571", "foundingDate", false),
    ("P159", "headquarters", false),
    ("P749", "subOrganizationOf", false),
    ("P355", "subOrganizationOf", true),
    ("P131", "containedInPlace", false),
    ("P17", "containedInPlace", false),
];

/// Kinds of the first thing that make a property one of ours: teams and countries are members too.
const SUBJECTS: [(&str, &str); 3] = [
    ("memberOf", "PER"),
    ("foundingDate", "ORG"),
    ("containedInPlace", "LOC"),
];

/// A document as annotated.
struct Annotated {
    id: String,
    text: String,
    /// The mentions of each thing: sentence, first character, character after the last.
    things: Vec<Vec<(usize, usize, usize)>>,
    kinds: Vec<String>,
    /// Relation, first thing, other thing, sentences of the evidence.
    facts: Vec<(&'static str, usize, usize, Vec<usize>)>,
}

/// Reads the file, extracts the texts, and compares.
pub(crate) fn measure(
    newsloom: &Path,
    scratch: &Path,
    file: &Path,
) -> Result<BTreeMap<&'static str, Tally>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let records: Vec<Value> = serde_json::from_str(&text)?;
    let documents: Vec<Annotated> = records.iter().enumerate().map(annotated).collect();
    let texts: Vec<(String, String)> = documents
        .iter()
        .map(|d| (d.id.clone(), d.text.clone()))
        .collect();
    let input = scratch.join("redocred.jsonl");
    extracted::write(&input, &texts)?;
    let read = extracted::read(newsloom, &input, &texts)?;
    let mut out = BTreeMap::new();
    for document in &documents {
        if let Some(ours) = read.get(&document.id) {
            compare(document, ours, &mut out);
        }
    }
    Ok(out)
}

/// Joins the tokens as they are written, and leads the annotation to characters.
fn annotated((number, record): (usize, &Value)) -> Annotated {
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let whole = |v: &Value| v.as_u64().unwrap_or_default() as usize;
    let mut text = String::new();
    let mut length = 0;
    let mut places: Vec<Vec<(usize, usize)>> = Vec::new();
    for sentence in list(&record["sents"]) {
        let mut own = Vec::new();
        let mut open = true;
        for token in list(&sentence) {
            let token = token.as_str().unwrap_or_default().trim();
            let close = token
                .chars()
                .next()
                .is_some_and(|c| ",.;:!?)]%".contains(c))
                || matches!(token, "'s" | "n't" | "'");
            if !(text.is_empty() || close || open && !own.is_empty()) {
                text.push(' ');
                length += 1;
            }
            open = matches!(token, "(" | "[" | "$" | "£");
            let start = length;
            text.push_str(token);
            length += token.chars().count();
            own.push((start, length));
            if own.len() == 1 {
                open = false;
            }
        }
        places.push(own);
    }
    let vertices = list(&record["vertexSet"]);
    let things = vertices
        .iter()
        .map(|mentions| {
            list(mentions)
                .iter()
                .filter_map(|m| {
                    let sentence = whole(&m["sent_id"]);
                    let own = places.get(sentence)?;
                    let first = own.get(whole(&m["pos"][0]))?.0;
                    let end = own.get(whole(&m["pos"][1]).checked_sub(1)?)?.1;
                    Some((sentence, first, end))
                })
                .collect()
        })
        .collect();
    let kinds: Vec<String> = vertices
        .iter()
        .map(|m| m[0]["type"].as_str().unwrap_or_default().to_owned())
        .collect();
    let mut facts = Vec::new();
    for label in list(&record["labels"]) {
        let property = label["r"].as_str().unwrap_or_default();
        let Some(&(_, relation, turned)) = PROPERTIES.iter().find(|(p, ..)| *p == property) else {
            continue;
        };
        let (h, t) = (whole(&label["h"]), whole(&label["t"]));
        let (subject, object) = if turned { (t, h) } else { (h, t) };
        let fits = SUBJECTS
            .iter()
            .all(|(r, kind)| *r != relation || kinds.get(subject).is_some_and(|k| k == kind));
        if fits {
            let evidence = list(&label["evidence"]).iter().map(whole).collect();
            facts.push((relation, subject, object, evidence));
        }
    }
    Annotated {
        id: format!("r{number}"),
        text,
        things,
        kinds,
        facts,
    }
}

fn compare(document: &Annotated, ours: &Extracted, out: &mut BTreeMap<&'static str, Tally>) {
    let meets = |place: (usize, usize), thing: usize| {
        document.things[thing]
            .iter()
            .any(|&(_, from, to)| place.0 < to && from < place.1)
    };
    let things = |place: Option<&(usize, usize)>| -> Vec<usize> {
        let Some(&place) = place else {
            return Vec::new();
        };
        (0..document.things.len())
            .filter(|&t| meets(place, t))
            .collect()
    };
    // Each pair once, however often it is said.
    let mut stated: BTreeSet<(&'static str, Vec<usize>, Vec<usize>)> = BTreeSet::new();
    for claim in ours.claims.iter().filter(|c| c.plain) {
        let frame = claim
            .frame
            .rsplit([':', '#', '/'])
            .next()
            .unwrap_or_default();
        let (name, subject, object) = if frame == "Membership" {
            ("memberOf", "member", "organization")
        } else {
            (frame, "subject", "object")
        };
        let Some(&(_, relation, _)) = PROPERTIES.iter().find(|(_, r, _)| *r == name) else {
            continue;
        };
        let (s, o) = (
            things(claim.slots.get(subject)),
            things(claim.slots.get(object)),
        );
        if !s.is_empty() && !o.is_empty() {
            stated.insert((relation, s, o));
        }
    }
    let says = |(relation, s, o): &(&'static str, Vec<usize>, Vec<usize>), r: &str, h, t| {
        *relation == r
            && (s.contains(&h) && o.contains(&t)
                || r == "spouse" && s.contains(&t) && o.contains(&h))
    };
    for pair in &stated {
        let right = document
            .facts
            .iter()
            .any(|(r, h, t, _)| says(pair, r, *h, *t));
        out.entry(pair.0).or_default().say(right);
    }
    let mut seen = BTreeSet::new();
    for (relation, h, t, evidence) in &document.facts {
        let within =
            |thing: usize, sentence: usize| document.things[thing].iter().any(|m| m.0 == sentence);
        let near = evidence.iter().any(|&s| within(*h, s) && within(*t, s));
        let twice = *relation == "spouse" && seen.contains(&(*relation, *t, *h));
        if !near || twice || document.kinds[*h].is_empty() || !seen.insert((*relation, *h, *t)) {
            continue;
        }
        let found = stated.iter().any(|pair| says(pair, relation, *h, *t));
        out.entry(*relation).or_default().seek(found);
    }
}
