use super::*;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use std::collections::BTreeSet;

const BASE: &str = "https://example.org/id/";

fn iri(name: &str) -> NamedNode {
    let full = match name.split_once(':') {
        Some(("nl", local)) => format!("https://w3id.org/newsloom/ns#{local}"),
        Some(("foaf", local)) => format!("http://xmlns.com/foaf/0.1/{local}"),
        Some(("rdfs", local)) => format!("http://www.w3.org/2000/01/rdf-schema#{local}"),
        Some(("rdf", local)) => format!("http://www.w3.org/1999/02/22-rdf-syntax-ns#{local}"),
        Some(("xsd", local)) => format!("http://www.w3.org/2001/XMLSchema#{local}"),
        _ => format!("{BASE}{name}"),
    };
    NamedNode::new(full).unwrap()
}

fn typed(value: &str, datatype: &str) -> Term {
    Literal::new_typed_literal(value, iri(datatype)).into()
}

/// A small graph with everything that writers stumble over.
fn quads() -> Vec<Quad> {
    let awkward = [
        "plain",
        "say \"no\"\\ and\nleave\ttown\r",
        "<b>&amp; ]]>",
        "😀 نص 東京 e\u{301}",
        "",
        " edge ",
    ];
    let mut all = Vec::new();
    let mut put = |s: &str, p: &str, o: Term, g: &str| {
        all.push(Quad::new(iri(s), iri(p), o, GraphName::from(iri(g))));
    };
    put(
        "person/ann-lee-2a",
        "rdf:type",
        iri("foaf:Person").into(),
        "graph/facts",
    );
    for text in awkward {
        let tagged = Literal::new_language_tagged_literal(text, "en").unwrap();
        put(
            "person/ann-lee-2a",
            "rdfs:label",
            tagged.into(),
            "graph/facts",
        );
        put(
            "person/ann-lee-2a",
            "nl:cue",
            Literal::from(text).into(),
            "doc/a",
        );
    }
    for (value, kind) in [
        ("5", "xsd:integer"),
        ("-5", "xsd:integer"),
        ("0.9", "xsd:decimal"),
        ("-1.5", "xsd:decimal"),
        ("true", "xsd:boolean"),
        ("2024-05", "xsd:gYearMonth"),
        ("2024-05-31", "xsd:date"),
    ] {
        put("event/x-1", "nl:value", typed(value, kind), "graph/facts");
    }
    put(
        "event/x-1",
        "nl:confidence",
        typed("0.97", "xsd:decimal"),
        "doc/a",
    );
    put(
        "doc/a#char=0,5",
        "nl:topic",
        iri("person/ann-lee-2a").into(),
        "doc/a",
    );
    put("person/a.b", "nl:topic", iri("nl:Odd.Name").into(), "doc/b");
    put(
        "person/a:b",
        "nl:topic",
        iri("doc/a#char=0,5").into(),
        "doc/b",
    );
    all
}

fn store() -> Store {
    Store::in_memory(&quads(), BASE).unwrap()
}

fn written(format: Format) -> String {
    let mut out = Vec::new();
    let cut = Cut::default();
    write(&store(), &cut, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn triples(text: &str, format: RdfFormat) -> BTreeSet<String> {
    RdfParser::from_format(format)
        .for_slice(text.as_bytes())
        .map(|quad| {
            let quad = quad.unwrap_or_else(|error| panic!("{error}\n{text}"));
            format!("{} {} {}", quad.subject, quad.predicate, quad.object)
        })
        .collect()
}

#[test]
fn every_format_holds_the_same_triples() {
    let expected = triples(&written(Format::NTriples), RdfFormat::NTriples);
    for quad in quads() {
        let triple = format!("{} {} {}", quad.subject, quad.predicate, quad.object);
        assert!(expected.contains(&triple), "{triple}");
    }
    for (format, parser) in [
        (Format::Turtle, RdfFormat::Turtle),
        (Format::TriG, RdfFormat::TriG),
        (Format::NQuads, RdfFormat::NQuads),
        (Format::RdfXml, RdfFormat::RdfXml),
        (
            Format::JsonLd,
            RdfFormat::JsonLd {
                profile: oxigraph::io::JsonLdProfileSet::empty(),
            },
        ),
    ] {
        let text = written(format);
        let found = triples(&text, parser);
        let missing: Vec<_> = expected.difference(&found).collect();
        let added: Vec<_> = found.difference(&expected).collect();
        assert!(
            missing.is_empty() && added.is_empty(),
            "{format:?} misses {missing:#?} and adds {added:#?}\n{text}"
        );
    }
}

#[test]
fn turtle_reads_as_a_person_writes_it() {
    let text = written(Format::Turtle);
    for line in [
        "@base <https://example.org/id/> .",
        "<person/ann-lee-2a> a foaf:Person ;",
        "<doc/a#char=0,5> nl:topic <person/ann-lee-2a> .",
        "foaf:Person a owl:Class",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    assert!(!text.contains("_:"), "{text}");
}

#[test]
fn a_focus_leaves_what_is_far_away() {
    let mut out = Vec::new();
    let cut = Cut {
        focus: Some("Nobody".into()),
        ..Cut::default()
    };
    let error = write(&store(), &cut, Format::Turtle, &mut out).unwrap_err();
    assert!(error.to_string().contains("Nobody"), "{error}");
}

#[test]
fn what_is_streamed_is_what_is_written_from_memory() {
    let mut quads = quads();
    // A triple in two graphs, a term of ours that the graph labels itself, and IRIs that begin alike.
    let mut put = |s: &str, p: &str, o: Term, g: &str| {
        quads.push(Quad::new(iri(s), iri(p), o, GraphName::from(iri(g))));
    };
    let person = Term::from(iri("foaf:Person"));
    put("doc/a", "rdf:type", person.clone(), "graph/facts");
    put("doc/a", "rdf:type", person.clone(), "doc/a");
    put("doc/a-b", "rdf:type", person, "graph/facts");
    put("doc/ab", "nl:topic", iri("doc/a").into(), "graph/facts");
    put("event/x-1", "rdf:type", iri("nl:Protest").into(), "doc/a");
    let label = Literal::new_language_tagged_literal("march", "en").unwrap();
    put("nl:Protest", "rdfs:label", label.into(), "graph/facts");
    quads.sort_by_cached_key(ToString::to_string);
    quads.dedup();
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("store");
    let manifest = crate::store::Manifest {
        base: BASE.to_owned(),
        ..Default::default()
    };
    crate::store::replace(&at, &quads, &[], manifest).unwrap();
    let on_disk = Store::open(&at).unwrap();
    let in_memory = Store::in_memory(&quads, BASE).unwrap();
    assert!(on_disk.lines().unwrap().is_some() && in_memory.lines().unwrap().is_none());
    let cut = Cut::default();
    for format in [
        Format::Turtle,
        Format::TriG,
        Format::NTriples,
        Format::NQuads,
    ] {
        assert!(stream::fits(&cut, format));
        let text = |store: &Store| {
            let mut out = Vec::new();
            write(store, &cut, format, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(text(&on_disk), text(&in_memory), "{format:?}");
    }
}
