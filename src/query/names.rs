//! Finds things by name: exactly, else by folded name, else by what is near.
//!
//! In: a store and what the user typed. Out: the IRIs that bear the name, or names that are near to it.

use super::{QueryError, rows};
use crate::store::Store;
use oxigraph::model::Term;
use std::collections::BTreeMap;

/// What a name leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// IRIs that bear the name, sorted.
    pub exact: Vec<String>,
    /// If there are none: names that are near to it, nearest first.
    pub near: Vec<String>,
}

/// Labels that people, organisations, places, groups and events bear.
const LABELS: &str = "SELECT DISTINCT ?thing ?label ?main ?event WHERE {
  { ?thing rdfs:label ?label BIND(true AS ?main) } UNION { ?thing skos:altLabel ?label BIND(false AS ?main) }
  ?thing a ?class .
  VALUES (?class ?event) { (foaf:Person 0) (foaf:Group 0) (org:Organization 0) (schema:Place 0) (sem:Event 1) (nl:PossibleEvent 1) (org:Post 1) }
}";

/// Finds the things called `name`; an IRI finds itself.
pub fn find(store: &Store, name: &str) -> Result<Found, QueryError> {
    let wanted = fold(name);
    let mut exact: Vec<(bool, String)> = Vec::new();
    let mut near: BTreeMap<String, (bool, usize)> = BTreeMap::new();
    for row in rows(store, LABELS)? {
        let [
            Some(Term::NamedNode(thing)),
            Some(Term::Literal(label)),
            Some(Term::Literal(main)),
            Some(Term::Literal(event)),
        ] = &row[..]
        else {
            continue;
        };
        let main = main.value() == "true";
        // Who and where before what happened.
        let event = event.value() == "1";
        let folded = fold(label.value());
        if folded == wanted || thing.as_str() == name {
            exact.push((!main, thing.as_str().to_owned()));
        } else if let Some(distance) = distance(&wanted, &folded) {
            let rank = (event, distance);
            let known = near.entry(label.value().to_owned()).or_insert(rank);
            *known = rank.min(*known);
        }
    }
    exact.sort();
    // Where some bear the name as their own, those who bear it among others are not meant.
    let own = exact.first().is_some_and(|(other, _)| !other);
    let mut iris: Vec<String> = exact
        .into_iter()
        .filter(|(other, _)| !(own && *other))
        .map(|(_, iri)| iri)
        .collect();
    iris.sort();
    iris.dedup();
    let mut near: Vec<_> = near.into_iter().map(|(name, rank)| (rank, name)).collect();
    near.sort();
    Ok(Found {
        near: if iris.is_empty() {
            near.into_iter().take(5).map(|(_, name)| name).collect()
        } else {
            Vec::new()
        },
        exact: iris,
    })
}

/// Lower case without accents, punctuation and articles.
pub fn fold(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = name
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        all => all.join(" "),
    }
}

/// How far two folded names are apart, when they are near at all: 0 for one that holds all words of the other.
fn distance(wanted: &str, name: &str) -> Option<usize> {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (words(wanted), words(name));
    if a.iter()
        .all(|w| b.iter().any(|o| o.starts_with(w.as_str())))
    {
        return Some(usize::from(b.len() > 4));
    }
    let limit = 1 + wanted.chars().count() / 5;
    let whole = edits(wanted, name);
    let part = b
        .iter()
        .map(|word| edits(wanted, word))
        .min()
        .unwrap_or(usize::MAX);
    let nearest = whole.min(part);
    (nearest <= limit).then_some(nearest + 1)
}

/// Edits (insertions, deletions, replacements) between two words.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut now = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let change = before[j] + usize::from(x != *y);
            now.push(change.min(before[j + 1] + 1).min(now[j] + 1));
        }
        before = now;
    }
    before[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_typed() {
        assert_eq!(fold("The  Café-Owners’"), "cafe owners");
        assert_eq!(fold("The"), "the");
        assert_eq!(distance("lee", "jane lee"), Some(0));
        assert!(distance("jnae lee", "jane lee").is_some());
        assert!(distance("oslo", "harbour bridge").is_none());
        assert_eq!(edits("kitten", "sitting"), 3);
    }
}
