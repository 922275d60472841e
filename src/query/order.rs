//! Puts rows in order here instead of in the engine, which looks every string up again at each comparison.
//!
//! In: the text of a query. Out: the query without its last `ORDER BY` and `LIMIT`, and what these said. Refuses: orders
//! by anything but variables; the engine keeps those.

use super::Row;
use oxigraph::model::{Literal, Term};
use oxigraph::sparql::Variable;
use std::cmp::Ordering;

/// The order of rows, and how many of them are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// Names of variables, each with whether the greatest comes first.
    by: Vec<(String, bool)>,
    /// How many rows are wanted.
    pub(super) most: usize,
}

impl Order {
    /// Splits a query into all before its last order and that order, where it is one that can be kept here.
    pub(super) fn split(text: &str) -> Option<(&str, Self)> {
        let lower = text.to_ascii_lowercase();
        let at = lower.rfind("order by")?;
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        // What a comment says is no order.
        if line.contains('#') {
            return None;
        }
        let rest = lower[at + "order by".len()..].replace(['(', ')'], " ");
        let mut order = Self {
            by: Vec::new(),
            most: usize::MAX,
        };
        let names = &text[at + "order by".len()..].replace(['(', ')'], " ");
        let mut words = rest.split_whitespace().zip(names.split_whitespace());
        let mut descending = false;
        while let Some((word, as_written)) = words.next() {
            match word {
                "asc" => descending = false,
                "desc" => descending = true,
                "limit" => {
                    order.most = words.next()?.0.parse().ok()?;
                    return words.next().is_none().then_some((&text[..at], order));
                }
                _ => {
                    let name = as_written.strip_prefix(['?', '$'])?;
                    if !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                        return None;
                    }
                    order.by.push((name.to_owned(), descending));
                    descending = false;
                }
            }
        }
        Some((&text[..at], order))
    }

    /// Whether it goes by columns of these alone.
    pub(super) fn fits(&self, variables: &[Variable]) -> bool {
        self.by
            .iter()
            .all(|(name, _)| variables.iter().any(|v| v.as_str() == name))
    }

    /// Sorts rows with these columns; rows that are alike by the order go by all their columns, so that the order of a
    /// store leaves no trace.
    pub(super) fn sort(&self, variables: &[Variable], rows: &mut Vec<Row>) {
        let place = |name: &str| variables.iter().position(|v| v.as_str() == name);
        let by: Vec<(usize, bool)> = self
            .by
            .iter()
            .filter_map(|(name, descending)| Some((place(name)?, *descending)))
            .collect();
        rows.sort_by(|a, b| {
            let wanted = by.iter().map(|&(at, descending)| {
                let order = compare(a[at].as_ref(), b[at].as_ref());
                if descending { order.reverse() } else { order }
            });
            let others = a
                .iter()
                .zip(b)
                .map(|(a, b)| compare(a.as_ref(), b.as_ref()));
            wanted
                .chain(others)
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        });
        rows.truncate(self.most);
    }
}

/// The order of SPARQL: nothing, blank nodes, IRIs, literals; numbers by value, all else by text, type and language.
fn compare(a: Option<&Term>, b: Option<&Term>) -> Ordering {
    let rank = |term: Option<&Term>| match term {
        None => 0,
        Some(Term::BlankNode(_)) => 1,
        Some(Term::NamedNode(_)) => 2,
        Some(_) => 3,
    };
    match (a, b) {
        (Some(Term::NamedNode(a)), Some(Term::NamedNode(b))) => a.as_str().cmp(b.as_str()),
        (Some(Term::BlankNode(a)), Some(Term::BlankNode(b))) => a.as_str().cmp(b.as_str()),
        (Some(Term::Literal(a)), Some(Term::Literal(b))) => match (number(a), number(b)) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            _ => (a.value(), a.datatype().as_str(), a.language()).cmp(&(
                b.value(),
                b.datatype().as_str(),
                b.language(),
            )),
        },
        _ => rank(a).cmp(&rank(b)),
    }
}

fn number(literal: &Literal) -> Option<f64> {
    let kind = literal.datatype();
    let kind = kind.as_str().strip_prefix(crate::schema::vocab::xsd::NS)?;
    matches!(kind, "integer" | "decimal" | "double" | "float")
        .then(|| literal.value().parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_by_variables_are_split_off_and_others_are_not() {
        let (rest, order) =
            Order::split("SELECT ?a WHERE { ?a ?b ?C }\nORDER BY DESC(?a) ?C LIMIT 5").unwrap();
        assert_eq!(rest, "SELECT ?a WHERE { ?a ?b ?C }\n");
        assert_eq!(order.by, [("a".to_owned(), true), ("C".to_owned(), false)]);
        assert_eq!(order.most, 5);
        for kept in [
            "SELECT ?a { ?a ?b ?c } ORDER BY (!BOUND(?a)) ?b",
            "SELECT ?a { ?a ?b ?c } ORDER BY DESC(COUNT(*))",
            "SELECT ?a { { SELECT ?a { ?a ?b ?c } ORDER BY ?a LIMIT 5 } }",
            "SELECT ?a { ?a ?b ?c } # ORDER BY ?a",
            "SELECT ?a { ?a ?b ?c } ORDER BY ?a LIMIT 5 OFFSET 5",
        ] {
            assert_eq!(Order::split(kept), None, "{kept}");
        }
    }

    #[test]
    fn rows_are_sorted_as_sparql_sorts() {
        let typed = |value: &str, kind: &str| {
            let kind = format!("http://www.w3.org/2001/XMLSchema#{kind}");
            Term::from(Literal::new_typed_literal(
                value,
                oxigraph::model::NamedNode::new_unchecked(kind),
            ))
        };
        let terms = [
            None,
            Some(oxigraph::model::NamedNode::new_unchecked("a:b").into()),
            Some(typed("9", "integer")),
            Some(typed("10.5", "decimal")),
            Some(Literal::from("Zoe").into()),
            Some(Literal::from("ann").into()),
        ];
        let mut rows: Vec<Row> = terms.iter().rev().map(|t| vec![t.clone()]).collect();
        let (_, order) = Order::split("SELECT ?x { } ORDER BY ?x").unwrap();
        order.sort(&[Variable::new_unchecked("x")], &mut rows);
        let sorted: Vec<Option<Term>> = rows.into_iter().flatten().collect();
        assert_eq!(sorted, terms);
    }
}
