//! A Turtle file as a small tree of subjects, in the order in which it is written.
//!
//! In: the text of one file. Out: its subjects with their properties. Refuses: text that is not Turtle, with line and column.

use super::error::SchemaError;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// What a property points at.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// An IRI.
    Iri(Cow<'static, str>),
    /// The lexical form of a literal; language and datatype are not needed here.
    Text(Cow<'static, str>),
    /// A subject of the same file, by index.
    Node(usize),
}

impl Value {
    /// The text of a literal.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(t) = self {
            Some(t)
        } else {
            None
        }
    }

    /// The IRI.
    pub(super) fn iri(&self) -> Option<&str> {
        if let Self::Iri(t) = self {
            Some(t)
        } else {
            None
        }
    }
}

/// A subject with its properties.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    /// Its IRI, or nothing for `[ … ]`.
    pub(super) iri: Option<Cow<'static, str>>,
    /// Predicate IRI and value, as written.
    pub(super) properties: Vec<(Cow<'static, str>, Value)>,
}

impl Subject {
    /// All values of a property.
    pub(super) fn all<'a>(&'a self, predicate: &'a str) -> impl Iterator<Item = &'a Value> {
        self.properties
            .iter()
            .filter(move |(p, _)| p == predicate)
            .map(|(_, v)| v)
    }

    /// The first literal of a property.
    pub(super) fn text(&self, predicate: &str) -> Option<&str> {
        self.properties
            .iter()
            .filter(|(p, _)| p == predicate)
            .find_map(|(_, v)| v.text())
    }

    /// The first IRI of a property.
    pub(super) fn iri_of(&self, predicate: &str) -> Option<&str> {
        self.properties
            .iter()
            .filter(|(p, _)| p == predicate)
            .find_map(|(_, v)| v.iri())
    }

    /// Whether it has this `rdf:type`.
    pub(super) fn is_a(&self, class: &str) -> bool {
        self.all(super::vocab::rdf::TYPE)
            .any(|v| v.iri() == Some(class))
    }
}

/// One parsed file.
#[derive(Clone, Debug, Default)]
pub(super) struct TurtleFile {
    /// Its name in messages.
    pub(super) name: String,
    /// Its subjects in order of first appearance.
    pub(super) subjects: Vec<Subject>,
}

impl TurtleFile {
    /// Parses Turtle.
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, SchemaError> {
        let mut file = Self {
            name: name.to_owned(),
            subjects: Vec::new(),
        };
        let mut index: FxHashMap<NamedOrBlankNode, usize> = FxHashMap::default();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes()) {
            let quad = quad.map_err(|e| {
                let place = e.location().map_or_else(String::new, |l| format!(" at line {}, column {}", l.start.line + 1, l.start.column + 1));
                SchemaError {
                    file: name.to_owned(),
                    iri: String::new(),
                    message: format!("not valid Turtle{place}: {e}"),
                    remedy: "mend the syntax there (a missing `.` or `;` before the place, or an undeclared prefix, is the usual cause)".to_owned(),
                }
            })?;
            let subject = file.subject(&mut index, quad.subject);
            let value = match quad.object {
                Term::NamedNode(n) => Value::Iri(n.into_string().into()),
                Term::Literal(l) => Value::Text(l.destruct().0.into()),
                Term::BlankNode(b) => {
                    Value::Node(file.subject(&mut index, NamedOrBlankNode::BlankNode(b)))
                }
            };
            file.subjects[subject]
                .properties
                .push((quad.predicate.into_string().into(), value));
        }
        Ok(file)
    }

    /// Reads the lines that the build script made of an embedded file, without copying them.
    pub(super) fn compiled(name: &str, lines: &'static str) -> Self {
        let mut subjects: Vec<Subject> = Vec::new();
        for line in lines.lines() {
            if let Some(iri) = line.strip_prefix('S') {
                subjects.push(Subject {
                    iri: (!iri.is_empty()).then_some(Cow::Borrowed(iri)),
                    properties: Vec::new(),
                });
            } else if let (Some((predicate, value)), Some(subject)) =
                (line.split_once('\t'), subjects.last_mut())
            {
                let (kind, text) = value.split_at(1);
                let value = match kind {
                    "I" => Value::Iri(Cow::Borrowed(text)),
                    "N" => Value::Node(text.parse().expect("the build script wrote a number")),
                    _ => Value::Text(unescaped(text)),
                };
                subject.properties.push((Cow::Borrowed(predicate), value));
            }
        }
        Self {
            name: name.to_owned(),
            subjects,
        }
    }

    /// The index of a node, made when new.
    fn subject(
        &mut self,
        index: &mut FxHashMap<NamedOrBlankNode, usize>,
        node: NamedOrBlankNode,
    ) -> usize {
        if let Some(&i) = index.get(&node) {
            return i;
        }
        let iri = if let NamedOrBlankNode::NamedNode(n) = &node {
            Some(n.as_str().to_owned().into())
        } else {
            None
        };
        self.subjects.push(Subject {
            iri,
            properties: Vec::new(),
        });
        index.insert(node, self.subjects.len() - 1);
        self.subjects.len() - 1
    }

    /// A fault in this file.
    pub(super) fn fault(
        &self,
        iri: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> SchemaError {
        SchemaError {
            file: self.name.clone(),
            iri: super::vocab::compact(iri),
            message: message.into(),
            remedy: remedy.into(),
        }
    }
}

/// A lexical form without the escapes of N-Triples.
fn unescaped(text: &'static str) -> Cow<'static, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some(other) => out.push(other),
            None => {}
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone() {
        assert_eq!(unescaped(r#"say \"no\"\nand \\go"#), "say \"no\"\nand \\go");
        assert!(matches!(unescaped("plain"), Cow::Borrowed(_)));
    }
}
