//! That every format holds names, roles, sentences and sources as they went in, whatever characters are in them.

use super::style::fits_xml;
use super::view::GraphView;
use super::*;
use crate::schema::vocab::{dcterms, foaf, nif, nl, org, rdf, rdfs, skos};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const BASE: &str = "https://example.org/id/";

/// What breaks one syntax or another.
fn awkward() -> Vec<String> {
    let mut all: Vec<String> = [
        "say \"no\" to 'it', `ticks` and ”“",
        "first\nsecond",
        "one\rtwo\r\nthree",
        "a\ttab",
        "<b>bold</b> &amp; ]]> <!-- & --> <?x?>",
        "a 🚒 and a family 👨\u{200d}👩\u{200d}👧, e\u{301} beside é",
        "\u{202b}مرحبا بالعالم\u{202c} and שלום",
        "a backslash \\n, C:\\temp\\new, \\N \\G \\\" \\",
        "a;b,c|d #35; ]) }} {{ %% $x$ [[e]] --> |f| :::g",
        "=1+1",
        " edges ",
        "a line separator\u{2028}and a next line\u{85}and a delete\u{7f}",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push("a very long name that goes on ".repeat(100) + "to its end");
    all.push("Donau".to_owned() + &"dampfschiff".repeat(100) + "fahrt");
    all
}

/// What XML cannot hold.
const NOT_XML: [&str; 2] = [
    "a bell\u{7}, an escape\u{1b}[31m and \0",
    "no\u{ffff} character\u{fffe}",
];

fn all() -> Vec<String> {
    let more = NOT_XML.map(str::to_owned);
    awkward().into_iter().chain(more).collect()
}

/// As it stands in XML, and in pictures.
fn shown(text: &str) -> String {
    let mut out = text.replace(['\u{fffe}', '\u{ffff}'], "�");
    for (hidden, picture) in [("\u{7}", "␇"), ("\u{1b}", "␛"), ("\0", "␀")] {
        out = out.replace(hidden, picture);
    }
    out
}

/// A person with each of these names, who has a role of that name at a body of that name, as a sentence of these very words
/// says in an article of that name.
fn quads(texts: &[String]) -> Vec<Quad> {
    let iri = |name: &str| NamedNode::new_unchecked(format!("{BASE}{name}"));
    let graph = GraphName::from(iri("graph/facts"));
    let mut all = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let named = |kind: &str| iri(&format!("{kind}/{n:02}"));
        let tagged = Term::from(Literal::new_language_tagged_literal_unchecked(text, "en"));
        let plain = Term::from(Literal::from(text.as_str()));
        let class = |class: &str| Term::from(NamedNode::new_unchecked(class));
        let span = Term::from(named("sentence"));
        let mut put = |s: &str, p: &str, o: &Term| {
            let predicate = NamedNode::new_unchecked(p);
            all.push(Quad::new(named(s), predicate, o.clone(), graph.clone()));
        };
        for (kind, of) in [
            ("person", foaf::PERSON),
            ("body", org::ORGANIZATION),
            ("role", skos::CONCEPT),
        ] {
            put(kind, rdf::TYPE, &class(of));
            put(kind, rdfs::LABEL, &tagged);
        }
        put("member", rdf::TYPE, &class(org::MEMBERSHIP));
        put("member", org::MEMBER, &named("person").into());
        put("member", org::ORGANIZATION_OF, &named("body").into());
        put("member", org::ROLE, &named("role").into());
        put("member", nl::EVIDENCE, &span);
        put("claim", rdf::TYPE, &class(nl::CLAIM));
        put("claim", rdf::SUBJECT, &named("member").into());
        put("claim", rdf::PREDICATE, &class(org::ROLE));
        put("claim", rdf::OBJECT, &named("role").into());
        put("claim", rdfs::LABEL, &tagged);
        put("sentence", nif::ANCHOR_OF, &plain);
        put("sentence", nif::REFERENCE_CONTEXT, &named("doc").into());
        put("doc", dcterms::SOURCE, &plain);
    }
    all
}

fn store(texts: &[String]) -> Store {
    Store::in_memory(&quads(texts), BASE).unwrap()
}

fn written(store: &Store, format: Format) -> String {
    let mut out = Vec::new();
    write(store, &Cut::default(), format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The graph as all pictures have it, which itself is as it went in.
fn view(store: &Store, format: Format, texts: &[String]) -> GraphView {
    let view = Cut::default().view(store, format).unwrap();
    let mut labels: Vec<&str> = view.nodes.iter().map(|n| n.label.as_str()).collect();
    labels.sort_unstable();
    let mut expected: Vec<&str> = texts.iter().chain(texts).map(String::as_str).collect();
    expected.sort_unstable();
    assert_eq!(labels, expected);
    assert_eq!(view.edges.len(), texts.len());
    for edge in &view.edges {
        assert_eq!(edge.label, view.nodes[edge.from].label);
        assert_eq!(edge.source, edge.label);
    }
    view
}

/// Who is called what, by the end of the IRI, from texts that are read back.
fn names<'a>(found: impl IntoIterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, String> {
    let of = |(iri, name): (&str, &str)| {
        let at = iri.rfind(['/', '-'])? + 1;
        Some((iri[at..].to_owned(), name.to_owned()))
    };
    found.into_iter().filter_map(of).collect()
}

fn numbered(texts: &[String]) -> BTreeMap<String, String> {
    let all = texts.iter().enumerate();
    all.map(|(n, text)| (format!("{n:02}"), text.clone()))
        .collect()
}

/// One element: its name, its attributes, and the text right within it.
#[derive(Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    /// Place of the one around it.
    within: usize,
}

/// Every element, as a reader of XML has to take it; refuses characters that XML forbids.
fn elements(xml: &str) -> Vec<Element> {
    assert_eq!(xml.chars().find(|&c| !fits_xml(c)), None, "{xml}");
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut all = vec![Element::default()];
    let mut open = vec![0];
    loop {
        let event = reader.read_event().unwrap_or_else(|e| panic!("{e}\n{xml}"));
        let at = open[open.len() - 1];
        match event {
            Event::Eof => break,
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => all[at].text += &text.xml10_content(),
            Event::CData(text) => all[at].text += &text.xml10_content(),
            Event::GeneralRef(name) => {
                if let Some(c) = name.resolve_char_ref().unwrap() {
                    all[at].text.push(c);
                } else {
                    let entity = quick_xml::escape::resolve_predefined_entity(&name);
                    all[at].text += entity.unwrap_or_else(|| panic!("{name:?}"));
                }
            }
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let mut element = Element {
                    name: tag.name().as_ref().to_owned(),
                    within: at,
                    ..Element::default()
                };
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    element.attributes.insert(key, value.into_owned());
                }
                all.push(element);
                if matches!(event, Event::Start(_)) {
                    open.push(all.len() - 1);
                }
            }
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "{xml}");
    all
}

#[test]
fn rdf_says_what_was_said() {
    let texts = all();
    let store = store(&texts);
    let as_triple = |quad: &Quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object);
    for (format, parser) in [
        (Format::NTriples, RdfFormat::NTriples),
        (Format::NQuads, RdfFormat::NQuads),
        (Format::Turtle, RdfFormat::Turtle),
        (Format::TriG, RdfFormat::TriG),
        (
            Format::JsonLd,
            RdfFormat::JsonLd {
                profile: JsonLdProfileSet::empty(),
            },
        ),
    ] {
        let text = written(&store, format);
        let found: BTreeSet<String> = RdfParser::from_format(parser)
            .for_slice(text.as_bytes())
            .map(|quad| as_triple(&quad.unwrap_or_else(|e| panic!("{format:?}: {e}"))))
            .collect();
        for quad in quads(&texts) {
            let triple = as_triple(&quad);
            assert!(found.contains(&triple), "{format:?} misses {triple}");
        }
    }
}

/// The literals of a text in Turtle, escaped as they are there.
fn literals(turtle: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = turtle;
    while let Some((_, from)) = rest.split_once('"') {
        let mut escaped = false;
        let end = from.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let (literal, after) = from.split_at(end.unwrap());
        all.push(literal);
        rest = &after[1..];
    }
    all.sort_unstable();
    all
}

#[test]
fn turtle_12_says_it_of_claims_within_what_they_claim() {
    let store = store(&all());
    let (turtle, profile) = (
        written(&store, Format::Turtle),
        written(&store, Format::Rdf12),
    );
    let (version, profile) = profile.split_once('\n').unwrap();
    assert_eq!(version, "VERSION \"1.2\"");
    assert_eq!(profile.matches("{|").count(), all().len());
    assert_eq!(literals(profile), literals(&turtle));
}

#[test]
fn rdf_as_xml_says_it_too_or_says_that_it_cannot() {
    let texts = awkward();
    let xml = written(&store(&texts), Format::RdfXml);
    let found = elements(&xml);
    let who = |e: &Element| found[e.within].attributes.get("rdf:about").cloned();
    for (property, subject) in [
        ("rdfs:label", "person/"),
        ("rdfs:label", "body/"),
        ("nif:anchorOf", "sentence/"),
        ("dcterms:source", "doc/"),
    ] {
        let of: Vec<(String, &str)> = found
            .iter()
            .filter(|e| e.name == property)
            .filter_map(|e| Some((who(e)?, e.text.as_str())))
            .filter(|(iri, _)| iri.starts_with(&format!("{BASE}{subject}")))
            .collect();
        let pairs = of.iter().map(|(iri, text)| (iri.as_str(), *text));
        assert_eq!(names(pairs), numbered(&texts), "{property} of {subject}");
    }
    for (text, code) in NOT_XML.iter().zip(["U+0007", "U+FFFF"]) {
        let mut out = Vec::new();
        let one = store(&[(*text).to_owned()]);
        let error = write(&one, &Cut::default(), Format::RdfXml, &mut out).unwrap_err();
        let said = error.to_string();
        assert!(said.contains(code) && said.contains("turtle"), "{said}");
        assert!(out.is_empty(), "half a file");
    }
}

#[test]
fn tables_hold_it() {
    let texts = all();
    let store = store(&texts);
    let table = written(&store, Format::Csv);
    let rows: Vec<::csv::StringRecord> = ::csv::Reader::from_reader(table.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows.len(), texts.len());
    // From, relation, to, sentence and source.
    for column in [0, 2, 3, 7, 8] {
        let found = rows.iter().map(|row| (&row[9], &row[column]));
        assert_eq!(names(found), numbered(&texts), "column {column}");
    }

    let folder = tempfile::tempdir().unwrap();
    write_files(&store, &Cut::default(), Format::Neo4j, &mut |name| {
        Ok(Box::new(std::fs::File::create(folder.path().join(name))?))
    })
    .unwrap();
    // The import wants a record a line.
    let expected: Vec<String> = texts
        .iter()
        .map(|text| text.replace("\r\n", " ").replace(['\r', '\n'], " "))
        .collect();
    for (file, columns) in [(neo4j::NODES, &[1][..]), (neo4j::RELATIONSHIPS, &[3, 6])] {
        let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
        let rows: Vec<::csv::StringRecord> = ::csv::Reader::from_reader(text.as_bytes())
            .records()
            .map(Result::unwrap)
            .collect();
        assert_eq!(text.lines().count(), rows.len() + 1, "{file}");
        for &column in columns {
            let found = rows.iter().map(|row| (&row[0], &row[column]));
            assert_eq!(names(found), numbered(&expected), "{file}, {column}");
        }
    }
}

#[test]
fn json_for_other_programs_holds_it() {
    let texts = all();
    let store = store(&texts);
    let text = written(&store, Format::Ftm);
    let entities: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (schema, property) in [
        ("Person", "name"),
        ("Organization", "name"),
        ("Membership", "role"),
    ] {
        let of = entities.iter().filter(|e| e["schema"] == schema);
        let found = of.map(|e| {
            let value = &e["properties"][property][0];
            (e["id"].as_str().unwrap(), value.as_str().unwrap())
        });
        assert_eq!(names(found), numbered(&texts), "{schema}");
    }
    for (n, text) in texts.iter().enumerate() {
        let proof = format!("{text} ({text})");
        let held = entities
            .iter()
            .any(|e| e["properties"]["summary"][0] == *proof);
        assert!(held, "{n}: {proof}");
    }

    let view = view(&store, Format::Cytoscape, &texts);
    let file: Value = serde_json::from_str(&written(&store, Format::Cytoscape)).unwrap();
    for (node, held) in view
        .nodes
        .iter()
        .zip(file["elements"]["nodes"].as_array().unwrap())
    {
        let held = &held["data"];
        assert_eq!(
            (&held["id"], &held["name"]),
            (&node.iri.as_str().into(), &node.label.as_str().into())
        );
    }
    for (edge, held) in view
        .edges
        .iter()
        .zip(file["elements"]["edges"].as_array().unwrap())
    {
        let held = &held["data"];
        assert_eq!(held["interaction"], edge.label);
        assert_eq!(held["evidence"], edge.tooltip);
    }
}

#[test]
fn graph_tools_get_it() {
    let texts = all();
    let store = store(&texts);
    for format in [Format::GraphMl, Format::Yed] {
        let view = view(&store, format, &texts);
        let found = elements(&written(&store, format));
        let data = |key: &str| {
            let of = |e: &&Element| e.attributes.get("key").is_some_and(|k| k == key);
            let texts = found.iter().filter(of).map(|e| e.text.as_str());
            texts.collect::<Vec<_>>()
        };
        let nodes: Vec<String> = view.nodes.iter().map(|n| shown(&n.label)).collect();
        let edges: Vec<String> = view.edges.iter().map(|e| shown(&e.label)).collect();
        assert_eq!(data("n_label"), nodes, "{format:?}");
        assert_eq!(data("e_label"), edges, "{format:?}");
        assert_eq!(
            data("n_iri"),
            view.nodes.iter().map(|n| &n.iri).collect::<Vec<_>>()
        );
        let evidence: Vec<String> = view.edges.iter().map(|e| shown(&e.tooltip)).collect();
        assert_eq!(data("e_evidence"), evidence, "{format:?}");
        let drawn = |name: &str| {
            let of = found.iter().filter(|e| e.name == name);
            of.map(|e| e.text.clone()).collect::<Vec<_>>()
        };
        if format == Format::Yed {
            assert_eq!(drawn("y:NodeLabel"), nodes);
            assert_eq!(drawn("y:EdgeLabel"), edges);
        }
    }

    let view = view(&store, Format::Gexf, &texts);
    let found = elements(&written(&store, Format::Gexf));
    let labels = |name: &str| {
        let of = found.iter().filter(|e| e.name == name);
        of.map(|e| e.attributes["label"].clone())
            .collect::<Vec<_>>()
    };
    let nodes: Vec<String> = view.nodes.iter().map(|n| shown(&n.label)).collect();
    let edges: Vec<String> = view.edges.iter().map(|e| shown(&e.label)).collect();
    assert_eq!(labels("node"), nodes);
    assert_eq!(labels("edge"), edges);
}

/// Words as a picture has them: with one space between, and cut where they would fill it.
fn fits(drawn: &str, text: &str) -> bool {
    let whole = shown(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match drawn.strip_suffix('…') {
        Some(start) => whole.starts_with(start) && start.chars().count() > 25,
        None => drawn == whole,
    }
}

#[track_caller]
fn all_fit(format: Format, drawn: &[String], view: &GraphView) {
    assert_eq!(drawn.len(), view.nodes.len(), "{format:?}: {drawn:#?}");
    for (drawn, node) in drawn.iter().zip(&view.nodes) {
        assert!(
            fits(drawn, &node.label),
            "{format:?}: {drawn:?} for {:?}",
            node.label
        );
    }
}

#[test]
fn our_drawing_shows_it() {
    let texts = all();
    let store = store(&texts);
    let view = view(&store, Format::Svg, &texts);
    let found = elements(&written(&store, Format::Svg));
    let mut drawn: Vec<(usize, String)> = Vec::new();
    for element in found
        .iter()
        .filter(|e| e.attributes.get("class").is_some_and(|c| c == "t"))
    {
        match drawn.last_mut() {
            Some((within, label)) if *within == element.within => {
                label.push(' ');
                label.push_str(&element.text);
            }
            _ => drawn.push((element.within, element.text.clone())),
        }
    }
    // The first are those of the legend.
    let boxes = drawn.split_off(drawn.len() - view.nodes.len());
    let boxes: Vec<String> = boxes.into_iter().map(|(_, label)| label).collect();
    all_fit(Format::Svg, &boxes, &view);
    let arrows: Vec<&str> = found
        .iter()
        .filter(|e| e.attributes.get("class").is_some_and(|c| c == "l"))
        .map(|e| e.text.as_str())
        .collect();
    assert_eq!(arrows.len(), view.edges.len());
    for (arrow, edge) in arrows.into_iter().zip(&view.edges) {
        let cut = arrow.strip_suffix('…').is_some_and(|start| {
            start.chars().count() > 25 && shown(&edge.label).starts_with(start)
        });
        let titled = |e: &&Element| e.name == "title" && e.text.starts_with(&shown(&edge.label));
        assert!(
            arrow == shown(&edge.label) || cut && found.iter().any(|e| titled(&e)),
            "{arrow:?} for {:?}",
            edge.label
        );
    }
    // Sentences are read where the pointer rests, in full.
    let longest = view
        .edges
        .iter()
        .map(|e| e.tooltip.as_str())
        .max_by_key(|t| t.len())
        .unwrap();
    assert!(
        found
            .iter()
            .any(|e| e.name == "title" && e.text.ends_with(longest))
    );
    for element in found.iter().filter(|e| e.name == "a") {
        let href = &element.attributes["href"];
        assert!(
            !href.contains(|c: char| c.is_control() || c == '<' || c == '"'),
            "{href:?}"
        );
    }
}

#[test]
fn mermaid_shows_it() {
    let texts = all();
    let store = store(&texts);
    let view = view(&store, Format::Mermaid, &texts);
    let text = written(&store, Format::Mermaid);
    // What stands in quotation marks, its codes resolved.
    let label = |line: &str| {
        let inner = line.split_once('"')?.1.rsplit_once('"')?.0;
        let mut out = String::new();
        let mut rest = inner;
        while let Some((before, after)) = rest.split_once('#') {
            let (code, tail) = after.split_once(';')?;
            out += before;
            out.push(char::from_u32(code.parse().ok()?)?);
            rest = tail;
        }
        Some((out + rest).replace("<br/>", " "))
    };
    let numbered = |line: &&str| {
        line.starts_with("  n") && line[3..].starts_with(|c: char| c.is_ascii_digit())
    };
    let (arrows, boxes): (Vec<&str>, Vec<&str>) = text
        .lines()
        .filter(numbered)
        .partition(|line| line.contains("-->|"));
    let boxes: Vec<String> = boxes.into_iter().map(|line| label(line).unwrap()).collect();
    all_fit(Format::Mermaid, &boxes, &view);
    assert_eq!(arrows.len(), view.edges.len());
    for (line, edge) in arrows.iter().zip(&view.edges) {
        let drawn = label(line).unwrap();
        let drawn: Vec<&str> = drawn.split_whitespace().collect();
        assert!(fits(&drawn.join(" "), &edge.label), "{drawn:?}");
    }
}

#[test]
fn graphviz_is_told_it() {
    let texts = all();
    let store = store(&texts);
    let view = view(&store, Format::Dot, &texts);
    let text = written(&store, Format::Dot);
    // The value of an attribute, as Graphviz takes it.
    let value = |line: &str, name: &str| {
        let (_, from) = line.split_once(&format!("{name}=\""))?;
        let mut out = String::new();
        let mut rest = from.chars();
        loop {
            match rest.next()? {
                '"' => return Some(out.replace("&amp;", "&")),
                '\\' => match rest.next()? {
                    'n' => out.push('\n'),
                    c => out.push(c),
                },
                c => out.push(c),
            }
        }
    };
    let (arrows, boxes): (Vec<&str>, Vec<&str>) = text
        .lines()
        .filter(|line| line.starts_with("  \"https://"))
        .partition(|line| line.contains("\" -> \""));
    let boxes: Vec<String> = boxes
        .iter()
        .map(|line| value(line, "[label").unwrap().replace('\n', " "))
        .collect();
    all_fit(Format::Dot, &boxes, &view);
    assert_eq!(arrows.len(), view.edges.len());
    for (line, edge) in arrows.iter().zip(&view.edges) {
        for (name, text) in [("[label", &edge.label), (" tooltip", &edge.tooltip)] {
            let lines = shown(text).replace("\r\n", "\n").replace('\r', "\n");
            assert_eq!(value(line, name).unwrap(), lines.replace('\t', " "));
        }
    }
}
