//! A table of all connections for spreadsheets: one row for each role held, part taken in an event, and relation.

use super::Flat;
use super::facts::Facts;
use super::view::GraphView;
use std::io::{self, Write};

/// Writes what a query constructed: a row for each tie, with the names of both ends.
pub(super) fn write_view(view: &GraphView, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "from",
        "from_kind",
        "relation",
        "to",
        "to_kind",
        "from_iri",
        "to_iri",
        "relation_iri",
    ])?;
    for edge in &view.edges {
        let (from, to) = (&view.nodes[edge.from], &view.nodes[edge.to]);
        table.write_record([
            from.label.as_str(),
            from.kind.label(),
            &edge.label,
            &to.label,
            to.kind.label(),
            &from.iri,
            &to.iri,
            &edge.iri,
        ])?;
    }
    table.flush()
}

/// Writes the table.
pub(super) fn write(graph: &Flat, out: &mut dyn Write) -> io::Result<()> {
    let facts = Facts::new(graph);
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "from",
        "from_kind",
        "relation",
        "to",
        "to_kind",
        "status",
        "when",
        "sentence",
        "source",
        "from_iri",
        "to_iri",
        "fact_iri",
    ])?;
    for link in facts.links() {
        let (sentence, source) = facts
            .evidence(&link.fact)
            .into_iter()
            .next()
            .unwrap_or_default();
        let (to, to_kind) = if link.to.is_empty() {
            (String::new(), "")
        } else {
            (facts.label(&link.to), facts.kind(&link.to))
        };
        table.write_record([
            facts.label(&link.from).as_str(),
            facts.kind(&link.from),
            &link.relation,
            &to,
            to_kind,
            &link.status,
            &link.when,
            &sentence,
            &source,
            &link.from,
            &link.to,
            &link.fact,
        ])?;
    }
    table.flush()
}
