//! Cytoscape JSON (`cyjs`), for Cytoscape and cytoscape.js.
//!
//! In: a [`GraphView`]. Out: elements with `id`, `name` and `interaction`, as those programs expect them. Refuses: styles,
//! which belong to the reader.

use super::view::{GraphView, NodeKind};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes a view as Cytoscape JSON.
pub fn write(view: &GraphView, title: &str, out: &mut dyn Write) -> io::Result<()> {
    let nodes: Vec<Value> = view
        .nodes
        .iter()
        .map(|node| {
            let mut data = Map::new();
            for (key, value) in [
                ("id", node.iri.as_str()),
                ("name", &node.label),
                ("shared_name", &node.label),
                ("label", &node.label),
                ("kind", node.kind.label()),
                ("class", &node.detail),
                ("begins", node.begins.as_deref().unwrap_or_default()),
                ("ends", node.ends.as_deref().unwrap_or_default()),
                ("evidence", &node.tooltip),
            ] {
                if !value.is_empty() {
                    data.insert(key.to_owned(), value.into());
                }
            }
            data.insert("sentences".to_owned(), node.mentions.into());
            let unconfirmed = node.kind == NodeKind::PossibleEvent;
            data.insert("unconfirmed".to_owned(), unconfirmed.into());
            json!({ "data": data })
        })
        .collect();
    let edges: Vec<Value> = view
        .edges
        .iter()
        .enumerate()
        .map(|(i, edge)| {
            json!({ "data": {
                "id": format!("e{i}"),
                "source": view.nodes[edge.from].iri,
                "target": view.nodes[edge.to].iri,
                "interaction": edge.label,
                "name": edge.label,
                "label": edge.label,
                "iri": edge.iri,
                "evidence": edge.tooltip,
                "unconfirmed": edge.unconfirmed,
            } })
        })
        .collect();
    let file = json!({
        "format_version": "1.0",
        "generated_by": "newsloom",
        "data": { "name": title, "shared_name": title },
        "elements": { "nodes": nodes, "edges": edges },
    });
    serde_json::to_writer_pretty(&mut *out, &file)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::view::tests::harbour;

    #[test]
    fn edges_name_nodes_that_are_there() {
        let view = harbour();
        let mut out = Vec::new();
        write(&view, "Harbour", &mut out).expect("memory takes it");
        let file: Value = serde_json::from_slice(&out).expect("it is JSON");
        let ids: Vec<&Value> = file["elements"]["nodes"]
            .as_array()
            .expect("nodes")
            .iter()
            .map(|n| &n["data"]["id"])
            .collect();
        let edges = file["elements"]["edges"].as_array().expect("edges");
        assert_eq!(edges.len(), view.edges.len());
        assert!(
            edges
                .iter()
                .all(|e| ids.contains(&&e["data"]["source"]) && ids.contains(&&e["data"]["target"]))
        );
    }
}
