//! Events, and whether every fact has its sentence.

use super::gold::Event;
use super::{Gold, Score, norm, texts};
use crate::query::QueryError;
use crate::schema::Schema;
use crate::schema::vocab::{nl, sem};
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

const EVENTS: &str = "SELECT DISTINCT ?e ?type WHERE { VALUES ?kind { sem:Event nl:PossibleEvent }
  ?e a ?kind . OPTIONAL { ?e sem:eventType ?type } }";
const MEMBERSHIPS: &str = "SELECT DISTINCT ?m WHERE { ?m a org:Membership }";
const EVIDENCE: &str = "SELECT DISTINCT ?f ?source ?text WHERE { ?f nl:evidence ?s .
  ?s nif:anchorOf ?text ; nif:referenceContext/dcterms:source ?source }";

pub(super) fn score(
    gold: &Gold,
    store: &Store,
    schema: &Schema,
    score: &mut Score,
) -> Result<(), QueryError> {
    let mut types: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in texts(store, EVENTS)? {
        let [event, class] = &row[..] else { continue };
        types
            .entry(event.clone())
            .or_default()
            .insert(class.clone());
    }
    let mut evidence: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in texts(store, EVIDENCE)? {
        let [fact, source, text] = &row[..] else {
            continue;
        };
        if let Some(document) = document(gold, source) {
            let sentences = evidence.entry(fact.clone()).or_default();
            sentences.push((document.to_owned(), norm(text)));
        } else {
            evidence.entry(fact.clone()).or_default();
        }
    }
    let mut matched: BTreeMap<&str, usize> = BTreeMap::new();
    let mut right = 0;
    for (event, classes) in &types {
        let said = evidence.get(event).map_or(&[][..], Vec::as_slice);
        let mut any = false;
        for wanted in &gold.events {
            if touches(wanted, said) && classes.iter().any(|c| fits(wanted, c, schema)) {
                *matched.entry(&wanted.id).or_default() += 1;
                any = true;
            }
        }
        right += usize::from(any);
        if !any {
            let kinds: Vec<&str> = classes
                .iter()
                .map(|c| c.strip_prefix(nl::NS).unwrap_or(c))
                .collect();
            let sentence = said.first().map_or("(no evidence)", |(_, text)| text);
            score.note(
                "event unmatched",
                format!("{}: {sentence}", kinds.join("/")),
            );
        }
    }
    for (tier, name, missed) in [
        ("core", "events_recall_core", "event missed (core)"),
        (
            "secondary",
            "events_recall_secondary",
            "event missed (secondary)",
        ),
    ] {
        let of_tier = || gold.events.iter().filter(|e| e.tier == tier);
        let hits = of_tier()
            .filter(|e| matched.contains_key(e.id.as_str()))
            .count();
        for event in of_tier().filter(|e| !matched.contains_key(e.id.as_str())) {
            score.note(missed, format!("{}: {}", event.kind, event.label));
        }
        score.figure(name, hits as f64, of_tier().count() as f64);
    }
    score.figure("events_precision_floor", right as f64, types.len() as f64);
    let mut facts: BTreeSet<String> = types.into_keys().collect();
    facts.extend(texts(store, MEMBERSHIPS)?.into_iter().flatten());
    let proven = facts.iter().filter(|f| evidence.contains_key(*f)).count();
    score.figure("facts_with_evidence", proven as f64, facts.len() as f64);
    Ok(())
}

/// The gold document behind a source, by file name.
fn document<'a>(gold: &'a Gold, source: &str) -> Option<&'a str> {
    let stem = |name: &str| {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        file.rsplit_once('.')
            .map_or(file.clone(), |(stem, _)| stem.to_owned())
    };
    gold.documents
        .iter()
        .map(|d| d.id.as_str())
        .find(|id| stem(id) == stem(source))
}

/// Whether some sentence holds some trigger of the event.
fn touches(event: &Event, sentences: &[(String, String)]) -> bool {
    sentences.iter().any(|(document, text)| {
        let triggers = event.triggers.get(document).into_iter().flatten();
        triggers.map(|t| norm(t)).any(|t| text.contains(&t))
    })
}

/// Whether a class is the type of the event, an alternative to it, or a close relative.
fn fits(event: &Event, class: &str, schema: &Schema) -> bool {
    let alternatives = event.type_alternatives.iter().chain([&event.kind]);
    let parents = |iri: &str| -> BTreeSet<String> {
        let frame = schema.frame(iri);
        frame
            .into_iter()
            .flat_map(|f| f.parents.iter().cloned())
            .filter(|p| p != sem::EVENT)
            .collect()
    };
    alternatives
        .map(|kind| format!("{}{kind}", nl::NS))
        .any(|wanted| {
            wanted == class
                || schema.is_a(class, &wanted)
                || schema.is_a(&wanted, class)
                || !parents(class).is_disjoint(&parents(&wanted))
        })
}
