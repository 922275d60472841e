//! The vocabulary: its page, its queries, and the graph that is written in it.
//!
//! `cargo xtask exports` writes the page anew; its difference is reviewed as code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use newsloom::query::rows;
use newsloom::schema::vocab::compact;
use newsloom::schema::vocabulary;
use newsloom::store::Store;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Quad, Term};

use crate::newsroom::{Newsroom, finish, root};

#[test]
fn the_page_of_the_vocabulary_is_as_committed() {
    let path = root().join("docs/vocabulary.md");
    let now = vocabulary(None).unwrap();
    if std::env::var_os("NEWSLOOM_BLESS").is_some() {
        fs::write(&path, now).unwrap();
        return;
    }
    assert!(
        fs::read_to_string(&path).unwrap() == now,
        "docs/vocabulary.md is not what the ontology says; look, then run cargo xtask exports"
    );
}

#[test]
fn a_folder_of_ones_own_gets_a_page_with_its_event_types() {
    let room = Newsroom::open();
    let mut command = room.command(["schema", "docs"]);
    command.arg(root().join("docs/examples/ontology"));
    let page = finish(command).exits(0).stdout;
    assert!(page.contains("### nl:Baptism"), "{page}");
    assert!(page.contains("### nl:Protest"));
}

/// Heading and query of each entry.
fn entries(page: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    for entry in page.split("\n### ").skip(1) {
        let name = entry.lines().next().unwrap();
        let query = entry.split("```sparql\n").nth(1);
        let query = query.and_then(|rest| rest.split("\n```").next());
        all.push((name, query.unwrap_or_else(|| panic!("{name} has no query"))));
    }
    all
}

/// The graph of our five articles, as exported.
fn exported(room: &Newsroom) -> Vec<Quad> {
    let text = room.export("nquads");
    let quads = RdfParser::from_format(RdfFormat::NQuads).for_slice(text.as_bytes());
    quads.map(|quad| quad.unwrap()).collect()
}

#[test]
fn every_query_of_the_page_runs_and_finds_what_the_graph_has() {
    let room = Newsroom::with_seeds();
    let store = Store::open(&room.store()).unwrap();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for quad in store.quads(None, None, None, None) {
        let quad = quad.unwrap();
        if let (true, Term::NamedNode(class)) =
            (quad.predicate.as_str().ends_with("#type"), &quad.object)
        {
            used.insert(compact(class.as_str()));
        }
        used.insert(compact(quad.predicate.as_str()));
    }
    let page = vocabulary(None).unwrap();
    let entries = entries(&page);
    assert!(entries.len() > 250, "only {} entries", entries.len());
    let mut empty = Vec::new();
    for (name, query) in entries {
        let found = rows(&store, query).unwrap_or_else(|error| panic!("{name}: {error}"));
        if used.contains(name) && found.is_empty() {
            empty.push(name);
        }
    }
    assert!(empty.is_empty(), "in the graph, but not found: {empty:?}");
}

/// What the ontology says that a term is, by its IRI.
fn declared() -> BTreeMap<String, String> {
    let mut kinds = BTreeMap::new();
    let text = fs::read_to_string(root().join("ontology/core.ttl")).unwrap();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes()) {
        let quad = quad.unwrap();
        let (NamedOrBlankNode::NamedNode(term), Term::NamedNode(kind)) =
            (quad.subject, quad.object)
        else {
            continue;
        };
        let kind = compact(kind.as_str());
        if quad.predicate.as_str().ends_with("#type") && kind.ends_with("Property") {
            let plain = matches!(
                kind.as_str(),
                "owl:ObjectProperty" | "owl:DatatypeProperty" | "owl:AnnotationProperty"
            );
            let before = plain
                .then(|| kinds.insert(term.into_string(), kind))
                .flatten();
            assert_eq!(before, None, "two kinds of one property");
        }
    }
    kinds
}

#[test]
fn each_property_is_used_as_what_it_is_declared() {
    let room = Newsroom::with_seeds();
    let declared = declared();
    let quads = exported(&room);
    let builtin = |iri: &str| {
        let ours = declared.contains_key(iri);
        let foreign = ["rdf:", "rdfs:", "owl:"];
        !ours
            && foreign
                .iter()
                .any(|prefix| compact(iri).starts_with(prefix))
    };
    let mut faults = BTreeSet::new();
    for quad in &quads {
        let property = quad.predicate.as_str();
        let is_iri = matches!(quad.object, Term::NamedNode(_));
        match (declared.get(property).map(String::as_str), is_iri) {
            (Some("owl:ObjectProperty"), true)
            | (Some("owl:DatatypeProperty"), false)
            | (Some("owl:AnnotationProperty"), _) => {}
            (None, _) if builtin(property) => {}
            (kind, _) => {
                faults.insert(format!("{} is {kind:?}: {quad}", compact(property)));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    // The export declares each property for what the ontology says that it is, so that the two can be loaded together.
    let mut said = 0;
    for quad in &quads {
        let (NamedOrBlankNode::NamedNode(term), Term::NamedNode(kind)) =
            (&quad.subject, &quad.object)
        else {
            continue;
        };
        if let (true, Some(known)) = (
            quad.predicate.as_str().ends_with("#type"),
            declared.get(term.as_str()),
        ) {
            assert_eq!(&compact(kind.as_str()), known, "{term}");
            said += 1;
        }
    }
    assert!(said > 50, "only {said} properties are declared");
}

#[test]
fn a_shape_looks_at_every_class_of_the_graph() {
    let room = Newsroom::with_seeds();
    let shapes = fs::read_to_string(root().join("ontology/shapes.ttl")).unwrap();
    let classes = room.rows("SELECT DISTINCT ?class WHERE { ?x a ?class FILTER NOT EXISTS { ?e sem:eventType ?class } }");
    assert!(classes.len() > 15, "{classes:?}");
    let missing: Vec<_> = classes
        .iter()
        .map(|class| compact(class))
        .filter(|class| !shapes.contains(&format!(" {class} ")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn check_finds_no_fault_in_a_store_and_in_its_export() {
    let room = Newsroom::with_seeds();
    let mut command = room.command(["check"]);
    command.arg(room.store());
    let of_store = finish(command).exits(0).stdout;
    assert!(of_store.starts_with("conforms: "), "{of_store}");
    for (format, ending) in [("turtle", "ttl"), ("trig", "trig"), ("rdfxml", "rdf")] {
        let file = room.write(&format!("graph.{ending}"), room.export(format));
        let mut command = room.command(["check"]);
        command.arg(file);
        assert_eq!(finish(command).exits(0).stdout, of_store, "{format}");
    }
}

#[test]
fn check_names_node_path_and_reason() {
    let room = Newsroom::open();
    let graph = "@prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <https://example.org/ada> a foaf:Person ; rdfs:label \"Ada\"@en , \"Ada Quill\"@en .";
    let file = room.write("ada.ttl", graph);
    let mut command = room.command(["check"]);
    command.arg(&file);
    let printed = finish(command).exits(1).stdout;
    assert!(printed.contains("<https://example.org/ada>\n"), "{printed}");
    assert!(
        printed.contains("rdfs:label: more than one value in the language en (Labelled)"),
        "{printed}"
    );
    assert!(
        printed.contains("skos:prefLabel: at least 1 wanted, 0 there"),
        "{printed}"
    );
    assert!(printed.trim_end().ends_with("1 things"), "{printed}");

    let odd = room.write("odd.md", graph);
    let mut command = room.command(["check"]);
    command.arg(odd);
    assert!(finish(command).exits(2).stderr.contains(".ttl .nt"));
}

#[test]
fn shapes_that_are_not_understood_are_refused_by_name() {
    let room = Newsroom::open();
    let shapes = room.write(
        "shapes.ttl",
        "@prefix sh: <http://www.w3.org/ns/shacl#> .
         <https://example.org/Closed> sh:targetClass <https://example.org/C> ; sh:closed true .",
    );
    let graph = room.write("empty.ttl", "");
    let mut command = room.command(["check", "--shapes"]);
    command.arg(shapes).arg(graph);
    let said = finish(command).exits(3).stderr;
    assert!(
        said.contains("https://example.org/Closed: sh:closed"),
        "{said}"
    );
}
