//! What can be asked of one value: its datatype, its order, its text.

use super::{NodeKinds, Rule, Shape};
use crate::schema::vocab::{compact, xsd};
use oxigraph::model::Term;
use std::cmp::Ordering;
use std::collections::BTreeMap;

impl NodeKinds {
    /// By the local name of SHACL's.
    pub(super) fn named(name: &str) -> Option<Self> {
        let kinds = |iri, blank, literal| Self {
            iri,
            blank,
            literal,
        };
        Some(match name {
            "IRI" => kinds(true, false, false),
            "BlankNode" => kinds(false, true, false),
            "Literal" => kinds(false, false, true),
            "BlankNodeOrIRI" => kinds(true, true, false),
            "BlankNodeOrLiteral" => kinds(false, true, true),
            "IRIOrLiteral" => kinds(true, false, true),
            _ => return None,
        })
    }

    pub(super) fn admit(self, value: &Term) -> bool {
        match value {
            Term::NamedNode(_) => self.iri,
            Term::BlankNode(_) => self.blank,
            Term::Literal(_) => self.literal,
        }
    }

    pub(super) fn words(self) -> String {
        let kinds = [
            (self.iri, "an IRI"),
            (self.blank, "a blank node"),
            (self.literal, "a literal"),
        ];
        let admitted: Vec<&str> = kinds.iter().filter(|k| k.0).map(|k| k.1).collect();
        admitted.join(" or ")
    }
}

/// The IRI, or the words of a literal.
pub(super) fn text(value: &Term) -> Option<&str> {
    match value {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        Term::BlankNode(_) => None,
    }
}

/// The value as a reader wants it.
pub(super) fn short(value: &Term) -> String {
    match value {
        Term::NamedNode(node) => compact(node.as_str()),
        other => other.to_string(),
    }
}

/// Whether it is a literal of that datatype, written as the datatype demands. The store keeps whole numbers of all kinds as
/// xsd:integer, so such a number is also of a narrower kind that it fits.
pub(super) fn has_datatype(value: &Term, datatype: &str) -> bool {
    match value {
        Term::Literal(literal) => {
            let own = literal.datatype();
            let narrowed = own.as_str() == xsd::INTEGER && datatype == xsd::NON_NEGATIVE_INTEGER;
            (own.as_str() == datatype || narrowed) && well_formed(literal.value(), datatype)
        }
        _ => false,
    }
}

fn well_formed(text: &str, datatype: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match datatype {
        xsd::INTEGER => digits(unsigned),
        xsd::NON_NEGATIVE_INTEGER => {
            digits(unsigned) && (!text.starts_with('-') || unsigned.bytes().all(|b| b == b'0'))
        }
        xsd::DECIMAL => {
            let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
            (digits(whole) || whole.is_empty())
                && (digits(part) || part.is_empty())
                && !(whole.is_empty() && part.is_empty())
        }
        xsd::BOOLEAN => matches!(text, "true" | "false" | "0" | "1"),
        xsd::DATE => {
            let day = text.get(..10).unwrap_or(text);
            day.parse::<jiff::civil::Date>().is_ok() && zone(&text[day.len()..])
        }
        xsd::G_YEAR => text.len() >= 4 && digits(&text[..4]) && zone(&text[4..]),
        xsd::G_YEAR_MONTH => text.get(..7).is_some_and(|month| {
            format!("{month}-01").parse::<jiff::civil::Date>().is_ok() && zone(&text[7..])
        }),
        _ => true,
    }
}

/// Whether it is nothing, or a time zone.
fn zone(text: &str) -> bool {
    match text.as_bytes() {
        [] | [b'Z'] => true,
        [b'+' | b'-', rest @ ..] => {
            rest.len() == 5
                && rest[2] == b':'
                && [0, 1, 3, 4].iter().all(|&at| rest[at].is_ascii_digit())
        }
        _ => false,
    }
}

/// How two values compare, when they can be compared: numbers with numbers, days with days, and so on.
pub(super) fn order(a: &Term, b: &Term) -> Option<Ordering> {
    let (Term::Literal(a), Term::Literal(b)) = (a, b) else {
        return None;
    };
    let number = |literal: &oxigraph::model::Literal| {
        let numeric = [
            xsd::INTEGER,
            xsd::NON_NEGATIVE_INTEGER,
            xsd::DECIMAL,
            xsd::DOUBLE,
        ];
        numeric
            .contains(&literal.datatype().as_str())
            .then(|| literal.value().parse::<f64>().ok())
            .flatten()
    };
    if let (Some(a), Some(b)) = (number(a), number(b)) {
        return a.partial_cmp(&b);
    }
    let kind = a.datatype();
    let sorts_as_written = [
        xsd::DATE,
        xsd::DATE_TIME,
        xsd::G_YEAR,
        xsd::G_YEAR_MONTH,
        xsd::STRING,
    ];
    (kind == b.datatype() && sorts_as_written.contains(&kind.as_str()))
        .then(|| a.value().cmp(b.value()))
}

/// Whether an order is the wanted one; what cannot be compared never is.
pub(super) fn keeps(order: Option<Ordering>, above: bool, or_equal: bool) -> bool {
    match order {
        Some(Ordering::Equal) => or_equal,
        Some(Ordering::Greater) => above,
        Some(Ordering::Less) => !above,
        None => false,
    }
}

pub(super) fn bound_fault(bound: &Term, above: bool, or_equal: bool) -> (&'static str, String) {
    let (constraint, words) = match (above, or_equal) {
        (true, true) => ("MinInclusiveConstraintComponent", "less than"),
        (true, false) => ("MinExclusiveConstraintComponent", "not more than"),
        (false, true) => ("MaxInclusiveConstraintComponent", "more than"),
        (false, false) => ("MaxExclusiveConstraintComponent", "not less than"),
    };
    (
        constraint,
        format!("{words} {}", text(bound).unwrap_or_default()),
    )
}

/// The languages that more than one of the values has.
pub(super) fn repeated_languages(values: &[Term]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        if let Term::Literal(literal) = value
            && let Some(language) = literal.language()
        {
            *counts.entry(language.to_lowercase()).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count > 1);
    counts.into_keys().collect()
}

/// The class that a shape is about, for messages.
pub(super) fn what(shape: &Shape) -> String {
    let class = shape.rules.iter().find_map(|rule| match rule {
        Rule::Class(class) => Some(format!(": {}", compact(class))),
        _ => None,
    });
    class.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    fn typed(text: &str, datatype: &str) -> Term {
        Literal::new_typed_literal(text, NamedNode::new_unchecked(datatype)).into()
    }

    #[test]
    fn a_literal_must_be_written_as_its_datatype_demands() {
        for (text, datatype, good) in [
            ("2024-02-29", xsd::DATE, true),
            ("2023-02-29", xsd::DATE, false),
            ("2024-02-29Z", xsd::DATE, true),
            ("2024-02-29T10:00:00", xsd::DATE, false),
            ("2024-13", xsd::G_YEAR_MONTH, false),
            ("2024-12", xsd::G_YEAR_MONTH, true),
            ("2024", xsd::G_YEAR, true),
            ("7", xsd::NON_NEGATIVE_INTEGER, true),
            ("-7", xsd::NON_NEGATIVE_INTEGER, false),
            ("-7", xsd::INTEGER, true),
            ("7.", xsd::DECIMAL, true),
            (".", xsd::DECIMAL, false),
            ("1e3", xsd::DECIMAL, false),
        ] {
            assert_eq!(
                has_datatype(&typed(text, datatype), datatype),
                good,
                "{text} {datatype}"
            );
        }
        assert!(!has_datatype(&typed("7", xsd::INTEGER), xsd::DECIMAL));
        let kept = |text| has_datatype(&typed(text, xsd::INTEGER), xsd::NON_NEGATIVE_INTEGER);
        assert!(kept("7") && !kept("-7"));
    }

    #[test]
    fn numbers_compare_as_numbers_and_days_only_with_days() {
        let order = |a: (&str, &str), b: (&str, &str)| order(&typed(a.0, a.1), &typed(b.0, b.1));
        assert_eq!(
            order(("9", xsd::INTEGER), ("10.5", xsd::DECIMAL)),
            Some(Ordering::Less)
        );
        assert_eq!(
            order(("2024-02-01", xsd::DATE), ("2023-12-31", xsd::DATE)),
            Some(Ordering::Greater)
        );
        assert_eq!(
            order(("2024", xsd::G_YEAR), ("2024-01-01", xsd::DATE)),
            None
        );
    }
}
