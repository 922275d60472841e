//! The graphs for people and for graph tools that we export, read by the tools of others.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::newsroom::{Newsroom, finish, root};
use crate::tools::{node, program, python, skipped, start};

#[test]
fn dot_draws_the_dot_as_well_formed_svg() {
    let room = Newsroom::with_seeds();
    let dot_file = room.write("graph.dot", room.export("dot"));
    let (Some(dot), Some(xmllint)) = (program("dot"), program("xmllint")) else {
        return skipped("dot (graphviz)", true);
    };
    let drawn = start(&dot, &["-Tsvg"], Some(&dot_file)).exits(0);
    assert!(!drawn.stderr.contains("rror"), "{}", drawn.stderr);
    assert!(
        drawn.stdout.contains("Suella Braverman"),
        "the picture names nobody"
    );
    let svg = room.write("drawn.svg", drawn.stdout);
    start(&xmllint, &["--noout", "--nonet"], Some(&svg)).exits(0);
}

/// A newsroom with `graph.graphml`, `graph.gexf` and `graph.cyjs`, and the nodes and edges of the last.
fn exported() -> (Newsroom, (usize, usize)) {
    let room = Newsroom::with_seeds();
    for (format, extension) in [
        ("graphml", "graphml"),
        ("gexf", "gexf"),
        ("cytoscape", "cyjs"),
    ] {
        room.write(&format!("graph.{extension}"), room.export(format));
    }
    let elements: Value =
        serde_json::from_str(&room.export("cytoscape")).expect("Cytoscape's JSON is JSON");
    let count = |kind: &str| elements["elements"][kind].as_array().map_or(0, Vec::len);
    let size = (count("nodes"), count("edges"));
    assert!(size.0 > 10 && size.1 > 10, "{size:?}");
    (room, size)
}

/// The numbers in each line `FILE READER NODES EDGES`, by file and reader.
fn sizes(printed: &str) -> BTreeMap<String, (usize, usize)> {
    let line = |line: &str| {
        let (rest, edges) = line.rsplit_once(' ')?;
        let (who, nodes) = rest.rsplit_once(' ')?;
        Some((who.to_owned(), (nodes.parse().ok()?, edges.parse().ok()?)))
    };
    printed.lines().filter_map(line).collect()
}

#[test]
fn networkx_reads_every_node_and_edge_of_graphml_and_gexf() {
    let (room, size) = exported();
    let Some(python) = python() else {
        return skipped("networkx", true);
    };
    let mut command = std::process::Command::new(python);
    command
        .arg(root().join("tests/interop/graphs.py"))
        .arg(room.path(""));
    let found = sizes(&finish(command).exits(0).stdout);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.values().all(|&other| other == size),
        "{size:?} here, there: {found:?}"
    );
}

#[test]
fn cytoscape_and_graphology_read_every_node_and_edge() {
    let (room, size) = exported();
    let Some(mut command) = node("graphs.cjs") else {
        return skipped("the node modules of tests/interop", false);
    };
    command.arg(room.path(""));
    let found = sizes(&finish(command).exits(0).stdout);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.values().all(|&other| other == size),
        "{size:?} here, there: {found:?}"
    );
}
