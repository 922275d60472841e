//! Which thing of the graph is which thing of the gold file, and how well names are gathered.

use super::{Gold, Score, norm, texts};
use crate::query::QueryError;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

const LABELS: &str = "SELECT DISTINCT ?x ?label WHERE {
  VALUES ?type { foaf:Person org:Organization schema:Place }
  ?x a ?type . { ?x skos:prefLabel ?label } UNION { ?x skos:altLabel ?label } UNION { ?x rdfs:label ?label } }";

/// The things of the graph.
pub(super) struct Things {
    /// Names of each, as they are compared.
    pub(super) labels: BTreeMap<String, BTreeSet<String>>,
    /// The gold entity of each that is one.
    pub(super) gold: BTreeMap<String, String>,
    /// Names that stand for unnamed people and nominal mentions, which are neither right nor wrong.
    pub(super) neutral: BTreeSet<String>,
}

pub(super) fn score(gold: &Gold, store: &Store, score: &mut Score) -> Result<Things, QueryError> {
    let mut by_name: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for entity in &gold.entities {
        for name in entity.names().chain([norm(&entity.name)]) {
            by_name.entry(name).or_default().insert(&entity.id);
        }
    }
    let nominal = gold.entities.iter().flat_map(|e| {
        let forms = e.aliases.iter().filter(|a| a.nominal);
        forms.map(|a| norm(&a.form))
    });
    let unnamed = gold.role_mentions_unnamed.iter().flat_map(|u| {
        let quotes = u.mentions.iter().map(|m| norm(&m.quote));
        quotes.chain([norm(&u.label)])
    });
    let mut things = Things {
        labels: BTreeMap::new(),
        gold: BTreeMap::new(),
        neutral: nominal.chain(unnamed).collect(),
    };
    for row in texts(store, LABELS)? {
        let [thing, label] = &row[..] else { continue };
        let labels = things.labels.entry(thing.clone()).or_default();
        labels.insert(norm(label));
    }
    for (thing, labels) in &things.labels {
        let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
        for id in labels.iter().filter_map(|l| by_name.get(l)).flatten() {
            *votes.entry(id).or_default() += 1;
        }
        // Most votes; among equals the first by id.
        let best = votes
            .iter()
            .max_by_key(|(id, n)| (**n, std::cmp::Reverse(**id)));
        if let Some((id, _)) = best {
            things.gold.insert(thing.clone(), (*id).to_owned());
        }
    }
    figures(gold, &things, &by_name, score);
    Ok(things)
}

fn figures(
    gold: &Gold,
    things: &Things,
    by_name: &BTreeMap<String, BTreeSet<&str>>,
    score: &mut Score,
) {
    let found: BTreeSet<&str> = things.gold.values().map(String::as_str).collect();
    let wanted: Vec<_> = gold.entities.iter().filter(|e| e.is_wanted()).collect();
    let furniture: BTreeSet<String> = gold
        .boilerplate_entities
        .iter()
        .map(|e| norm(&e.name))
        .collect();
    let mut hits = 0;
    for entity in &wanted {
        if found.contains(entity.id.as_str()) {
            hits += 1;
        } else {
            score.note("entity missed", &entity.name);
        }
    }
    let mut spurious = 0;
    for (thing, labels) in &things.labels {
        if things.gold.contains_key(thing) || labels.iter().any(|l| things.neutral.contains(l)) {
            continue;
        }
        spurious += 1;
        let names: Vec<&str> = labels.iter().map(String::as_str).collect();
        let kind = if labels.iter().any(|l| furniture.contains(l)) {
            "entity from page furniture"
        } else {
            "entity spurious"
        };
        score.note(kind, names.join(" | "));
    }
    score.figure("entities_recall", f64::from(hits), wanted.len() as f64);
    let all = things.labels.len();
    score.figure("entities_precision", (all - spurious) as f64, all as f64);
    b_cubed(&wanted, things, by_name, score);
}

/// B-cubed over the gold names.
fn b_cubed(
    wanted: &[&super::gold::Entity],
    things: &Things,
    by_name: &BTreeMap<String, BTreeSet<&str>>,
    score: &mut Score,
) {
    let written: BTreeSet<&String> = by_name.keys().collect();
    let mut bearers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (thing, labels) in &things.labels {
        for label in labels {
            bearers.entry(label).or_default().push(thing);
        }
    }
    let (mut precision, mut recall) = ((0.0, 0.0), (0.0, 0.0));
    for entity in wanted {
        let mine: BTreeSet<String> = entity.names().collect();
        for name in &mine {
            if by_name.get(name).is_some_and(|ids| ids.len() > 1) {
                continue;
            }
            recall.1 += 1.0;
            let Some(bearers) = bearers.get(name.as_str()) else {
                continue;
            };
            let labels = |thing: &str| things.labels.get(thing).into_iter().flatten();
            let together: BTreeSet<&String> = bearers
                .iter()
                .flat_map(|thing| labels(thing))
                .filter(|label| written.contains(label))
                .collect();
            let right = together.iter().filter(|l| mine.contains(**l)).count();
            precision.0 += right as f64 / together.len().max(1) as f64;
            precision.1 += 1.0;
            let best = bearers
                .iter()
                .map(|thing| labels(thing).filter(|l| mine.contains(*l)).count())
                .max();
            recall.0 += best.unwrap_or(0) as f64 / mine.len() as f64;
            if right < together.len() {
                let others: Vec<&str> = together
                    .iter()
                    .filter(|l| !mine.contains(**l))
                    .map(|l| l.as_str())
                    .collect();
                score.note(
                    "entity over-merged",
                    format!("{}: {}", entity.name, others.join(", ")),
                );
            }
        }
    }
    score.figure("entities_b3_precision", precision.0, precision.1);
    score.figure("entities_b3_recall", recall.0, recall.1);
    score.harmonic(
        "entities_b3_f1",
        "entities_b3_precision",
        "entities_b3_recall",
    );
}
