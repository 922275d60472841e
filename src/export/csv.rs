//! A table of all connections for spreadsheets: one row for each role held, part taken in an event, and relation.

use super::Flat;
use super::facts::Facts;
use std::io::{self, Write};

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
