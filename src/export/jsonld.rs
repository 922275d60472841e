//! JSON-LD 1.1, compacted: a context with prefixes and the kind of each property, then one object a subject.
//!
//! In: a sorted graph. Out: JSON that other processors expand to the same triples.

use super::Flat;
use super::flat::{Statement, subjects};
use crate::schema::vocab::{PREFIXES, compact, rdf, xsd};
use oxigraph::model::Term;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What all values of a property have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Common {
    Iri,
    Language(String),
    Type(String),
    Text,
    Mixed,
}

impl Common {
    fn of(term: &Term) -> Self {
        match term {
            Term::Literal(literal) => match (literal.language(), literal.datatype().as_str()) {
                (Some(language), _) => Self::Language(language.to_owned()),
                (None, xsd::STRING) => Self::Text,
                (None, datatype) => Self::Type(datatype.to_owned()),
            },
            _ => Self::Iri,
        }
    }
}

/// Writes the graph.
pub(super) fn write(graph: &Flat, base: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut common: BTreeMap<&str, Common> = BTreeMap::new();
    for row in graph.rows().iter().filter(|r| r.predicate != rdf::TYPE) {
        let kind = Common::of(&row.object);
        common
            .entry(&row.predicate)
            .and_modify(|known| {
                if *known != kind {
                    *known = Common::Mixed;
                }
            })
            .or_insert(kind);
    }
    let context = context(graph, base, &common);
    write!(
        out,
        "{{\n\"@context\": {},\n\"@graph\": [",
        serde_json::to_string_pretty(&context)?
    )?;
    for (n, rows) in subjects(graph.rows()).enumerate() {
        let object = subject(rows, base, &common);
        let comma = if n > 0 { "," } else { "" };
        write!(out, "{comma}\n{}", serde_json::to_string(&object)?)?;
    }
    writeln!(out, "\n]\n}}")
}

fn context(graph: &Flat, base: &str, common: &BTreeMap<&str, Common>) -> Value {
    let mut context = Map::new();
    context.insert("@version".into(), json!(1.1));
    context.insert("@base".into(), base.into());
    let used = |namespace: &str| {
        graph.rows().iter().any(|row| {
            row.subject.starts_with(namespace)
                || row.predicate.starts_with(namespace)
                || row.object_iri().is_some_and(|o| o.starts_with(namespace))
                || matches!(&row.object, Term::Literal(l) if l.datatype().as_str().starts_with(namespace))
        })
    };
    for (prefix, namespace) in PREFIXES {
        if used(namespace) {
            context.insert(prefix.into(), namespace.into());
        }
    }
    for (property, kind) in common {
        let name = compact(property);
        let mut term = Map::new();
        if name != *property {
            term.insert("@id".into(), name.clone().into());
        }
        match kind {
            Common::Iri => term.insert("@type".into(), "@id".into()),
            Common::Language(language) => term.insert("@language".into(), language.clone().into()),
            Common::Type(datatype) => term.insert("@type".into(), compact(datatype).into()),
            Common::Text | Common::Mixed => continue,
        };
        context.insert(name, term.into());
    }
    context.into()
}

fn subject(rows: &[Statement], base: &str, common: &BTreeMap<&str, Common>) -> Value {
    let mut object = Map::new();
    object.insert("@id".into(), id(&rows[0].subject, base).into());
    for group in rows.chunk_by(|a, b| a.predicate == b.predicate) {
        let predicate = group[0].predicate.as_str();
        let is_type = predicate == rdf::TYPE;
        let kind = common.get(predicate).unwrap_or(&Common::Mixed);
        let mut values: Vec<Value> = group
            .iter()
            .map(|row| match row.object_iri() {
                Some(class) if is_type => compact(class).into(),
                _ => value(&row.object, base, kind),
            })
            .collect();
        let name = if is_type {
            "@type".to_owned()
        } else {
            compact(predicate)
        };
        let value = match values.pop() {
            Some(only) if values.is_empty() => only,
            last => {
                values.extend(last);
                Value::Array(values)
            }
        };
        object.insert(name, value);
    }
    object.into()
}

fn value(term: &Term, base: &str, kind: &Common) -> Value {
    match term {
        Term::NamedNode(name) if *kind == Common::Iri => id(name.as_str(), base).into(),
        Term::NamedNode(name) => json!({ "@id": id(name.as_str(), base) }),
        Term::Literal(literal) if *kind != Common::Mixed => literal.value().into(),
        Term::Literal(literal) => match (literal.language(), literal.datatype().as_str()) {
            (Some(language), _) => json!({ "@value": literal.value(), "@language": language }),
            (None, xsd::STRING) => literal.value().into(),
            (None, datatype) => json!({ "@value": literal.value(), "@type": compact(datatype) }),
        },
        other => json!({ "@id": other.to_string() }),
    }
}

/// Relative to the base where that reads back the same, with a prefix where there is one, else in full.
fn id(iri: &str, base: &str) -> String {
    match iri.strip_prefix(base) {
        Some(rest)
            if rest.starts_with(|c: char| c.is_ascii_alphanumeric())
                && base.ends_with('/')
                && !rest.contains(':')
                && !rest.contains("/.")
                && !rest.contains("//") =>
        {
            rest.to_owned()
        }
        _ => compact(iri),
    }
}
