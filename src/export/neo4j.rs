//! Two CSV files for `neo4j-admin database import`, which fills a property graph at once.
//!
//! In: a [`GraphView`]. Out: `nodes.csv` with `:ID` and `:LABEL`, `relationships.csv` with `:START_ID`, `:END_ID` and
//! `:TYPE`, both with typed columns. Refuses: line ends within a field, which the import takes only when told so.

use super::view::{GraphView, NodeKind};
use std::borrow::Cow;
use std::io::{self, Write};

/// Name of the file with the nodes.
pub const NODES: &str = "nodes.csv";
/// Name of the file with the relationships.
pub const RELATIONSHIPS: &str = "relationships.csv";

/// Writes both files, each opened by name.
pub fn write(
    view: &GraphView,
    open: &mut dyn FnMut(&str) -> io::Result<Box<dyn Write>>,
) -> io::Result<()> {
    let mut file = open(NODES)?;
    nodes(view, &mut file)?;
    file.flush()?;
    let mut file = open(RELATIONSHIPS)?;
    relationships(view, &mut file)?;
    file.flush()
}

/// One line.
fn flat(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return text.into();
    }
    text.split(['\n', '\r'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .into()
}

fn nodes(view: &GraphView, out: &mut impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "iri:ID(Thing)",
        "name",
        ":LABEL",
        "class",
        "begins:date",
        "ends:date",
        "sentences:int",
        "evidence",
        "source",
        "unconfirmed:boolean",
    ])?;
    for node in &view.nodes {
        let label = match node.kind {
            NodeKind::Person => "Person",
            NodeKind::Organisation => "Organisation",
            NodeKind::Place => "Place",
            NodeKind::Event => "Event",
            NodeKind::PossibleEvent => "PossibleEvent",
            NodeKind::Figure => "Figure",
            NodeKind::Thing => "Thing",
        };
        table.write_record([
            node.iri.as_str(),
            &flat(&node.label),
            label,
            &flat(&node.detail),
            node.begins.as_deref().unwrap_or_default(),
            node.ends.as_deref().unwrap_or_default(),
            &node.mentions.to_string(),
            &flat(&node.tooltip),
            &flat(&node.source),
            &(node.kind == NodeKind::PossibleEvent).to_string(),
        ])?;
    }
    table.flush()
}

fn relationships(view: &GraphView, out: &mut impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        ":START_ID(Thing)",
        ":END_ID(Thing)",
        ":TYPE",
        "name",
        "iri",
        "evidence",
        "source",
        "unconfirmed:boolean",
    ])?;
    for edge in &view.edges {
        table.write_record([
            view.nodes[edge.from].iri.as_str(),
            &view.nodes[edge.to].iri,
            &type_name(&edge.label),
            &flat(&edge.label),
            &edge.iri,
            &flat(&edge.tooltip),
            &flat(&edge.source),
            &edge.unconfirmed.to_string(),
        ])?;
    }
    table.flush()
}

/// "harbour master" as `HARBOUR_MASTER`, as types of relationships are written.
fn type_name(label: &str) -> String {
    let mut name = String::new();
    for c in label.chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_uppercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_').to_owned();
    if name.is_empty() {
        "RELATED".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::view::tests::harbour;

    #[test]
    fn relationships_name_nodes_that_are_there() {
        let view = harbour();
        let read = |text: Vec<u8>| {
            csv::Reader::from_reader(text.as_slice())
                .records()
                .map(|r| r.expect("it is a table"))
                .collect::<Vec<_>>()
        };
        let (mut all, mut edges) = (Vec::new(), Vec::new());
        super::nodes(&view, &mut all).expect("memory takes it");
        relationships(&view, &mut edges).expect("memory takes it");
        let (nodes, ties) = (read(all), read(edges));
        assert_eq!(
            (nodes.len(), ties.len()),
            (view.nodes.len(), view.edges.len())
        );
        let ids: Vec<&str> = nodes.iter().map(|n| &n[0]).collect();
        assert!(
            ties.iter()
                .all(|t| ids.contains(&&t[0]) && ids.contains(&&t[1]))
        );
        assert!(ties.iter().any(|t| &t[2] == "FORMER_HARBOUR_MASTER"));
        assert!(
            nodes
                .iter()
                .any(|n| &n[1] == "Ada \"A\" Pike" && &n[2] == "Person")
        );
    }
}
