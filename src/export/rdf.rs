//! N-Triples and N-Quads, sorted by line, and RDF/XML.
//!
//! In: a [`Flat`] graph. Out: text. Refuses: RDF/XML of a literal with a character that XML cannot hold.

use super::flat::Statement;
use super::style::fits_xml;
use super::{ExportError, Flat};
use crate::schema::vocab::PREFIXES;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{NamedNodeRef, Term, TripleRef};
use std::io::{self, Write};

/// A statement a line; with the graph where there is one.
pub(super) fn lines(graph: &Flat, out: &mut dyn Write) -> io::Result<()> {
    let mut lines: Vec<String> = graph.rows().iter().map(line).collect();
    lines.sort();
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// A statement of N-Triples or N-Quads, without the end of the line.
pub(super) fn line(row: &Statement) -> String {
    let node = |iri: &str| NamedNodeRef::new_unchecked(iri).to_string();
    let (subject, predicate) = (node(&row.subject), node(&row.predicate));
    if row.graph.is_empty() {
        format!("{subject} {predicate} {} .", row.object)
    } else {
        format!(
            "{subject} {predicate} {} {} .",
            row.object,
            node(&row.graph)
        )
    }
}

/// RDF/XML with our prefixes.
pub(super) fn xml(graph: &Flat, out: &mut dyn Write) -> Result<(), ExportError> {
    for row in graph.rows() {
        if let Term::Literal(literal) = &row.object
            && let Some(character) = literal.value().chars().find(|&c| !fits_xml(c))
        {
            return Err(ExportError::NotInXml {
                character,
                subject: row.subject.clone(),
                predicate: row.predicate.clone(),
            });
        }
    }
    let mut serializer = RdfSerializer::from_format(RdfFormat::RdfXml);
    let used = |namespace: &str| {
        graph.rows().iter().any(|row| {
            row.predicate.starts_with(namespace)
                || row.object_iri().is_some_and(|o| o.starts_with(namespace))
        })
    };
    for (prefix, namespace) in PREFIXES {
        if !used(namespace) {
            continue;
        }
        serializer = serializer
            .with_prefix(prefix, namespace)
            .map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(Returns(out));
    for row in graph.rows() {
        writer.serialize_triple(TripleRef::new(
            NamedNodeRef::new_unchecked(&row.subject),
            NamedNodeRef::new_unchecked(&row.predicate),
            &row.object,
        ))?;
    }
    writer.finish()?;
    Ok(())
}

/// Writes carriage returns by their number, for readers of XML take one as it is for a line feed.
struct Returns<'a>(&'a mut dyn Write);

impl Write for Returns<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (n, part) in bytes.split(|&b| b == b'\r').enumerate() {
            if n > 0 {
                self.0.write_all(b"&#13;")?;
            }
            self.0.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
