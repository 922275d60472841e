//! Scores a store against a gold file: entities, roles, events, evidence.
//!
//! In: a [`Gold`] file and a store. Out: a [`Score`]: figures in a fixed order, and every miss in words. It looks at the
//! graph through queries, as a user does. It differs from the scorer that the project is judged by in two ways: event
//! types match when they are equal, an alternative of the gold file, or close relatives in the ontology (that one keeps a
//! list of families), and it leaves out traps, participants and modality.

mod entities;
mod events;
mod gold;
mod roles;

pub use gold::{Gold, GoldError};

use crate::query::{self, QueryError};
use crate::schema::Schema;
use crate::store::Store;
use oxigraph::model::Term;
use std::collections::BTreeMap;

/// The outcome.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Score {
    /// Figures from 0 to 1, in a fixed order.
    pub figures: Vec<(&'static str, f64)>,
    /// What was missed or is wrong, by kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<&'static str, Vec<String>>,
}

impl Score {
    fn figure(&mut self, name: &'static str, right: f64, of: f64) {
        self.figures
            .push((name, if of > 0.0 { right / of } else { 0.0 }));
    }

    fn harmonic(&mut self, name: &'static str, precision: &str, recall: &str) {
        let get = |name: &str| {
            let found = self.figures.iter().find(|(n, _)| *n == name);
            found.map_or(0.0, |(_, value)| *value)
        };
        let (p, r) = (get(precision), get(recall));
        self.figure(name, 2.0 * p * r, p + r);
    }

    fn note(&mut self, kind: &'static str, what: impl Into<String>) {
        self.notes.entry(kind).or_default().push(what.into());
    }
}

/// Scores a store.
pub fn score(gold: &Gold, store: &Store, schema: &Schema) -> Result<Score, QueryError> {
    let mut score = Score::default();
    let things = entities::score(gold, store, &mut score)?;
    roles::score(gold, store, &things, &mut score)?;
    events::score(gold, store, schema, &mut score)?;
    for notes in score.notes.values_mut() {
        notes.sort();
    }
    Ok(score)
}

/// Rows of a query as texts; what is unbound is empty.
fn texts(store: &Store, query: &str) -> Result<Vec<Vec<String>>, QueryError> {
    let rows = query::rows(store, query)?;
    Ok(rows
        .into_iter()
        .map(|row| row.into_iter().map(text).collect())
        .collect())
}

fn text(term: Option<Term>) -> String {
    match term {
        Some(Term::NamedNode(name)) => name.into_string(),
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// A name or quote as the gold file compares it: lower case, straight apostrophes, no article, no genitive.
fn norm(text: &str) -> String {
    let plain = text
        .replace('\u{a0}', " ")
        .replace(['’', '‘'], "'")
        .to_lowercase();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let joined = words.join(" ");
    let mut rest = joined.trim_matches([' ', '.', ',', ';', ':', '\'', '"']);
    for article in ["the ", "a ", "an "] {
        if let Some(bare) = rest.strip_prefix(article) {
            rest = bare;
            break;
        }
    }
    rest.strip_suffix("'s")
        .or_else(|| rest.strip_suffix('\''))
        .unwrap_or(rest)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_article_and_genitive() {
        assert_eq!(norm("The  Harbour Board’s"), "harbour board");
        assert_eq!(norm("Leeds."), "leeds");
    }

    #[test]
    fn figures_without_a_base_are_nought() {
        let mut score = Score::default();
        score.figure("precision", 1.0, 2.0);
        score.figure("recall", 0.0, 0.0);
        score.harmonic("f1", "precision", "recall");
        assert_eq!(score.figures[1].1, 0.0);
        assert_eq!(score.figures[2].1, 0.0);
    }
}
