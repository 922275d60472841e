//! N-Triples and N-Quads, sorted by line, and RDF/XML.

use super::Flat;
use super::flat::Statement;
use crate::schema::vocab::PREFIXES;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{NamedNodeRef, TripleRef};
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
pub(super) fn xml(graph: &Flat, out: &mut dyn Write) -> io::Result<()> {
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
    let mut writer = serializer.for_writer(out);
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
