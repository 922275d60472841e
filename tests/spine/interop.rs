//! The RDF that we export, read by the tools of others. `tools.rs` says what happens when one is absent.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::process::Command;

use oxigraph::io::{RdfFormat, RdfParser};

use crate::newsroom::{Newsroom, finish, root};
use crate::tools::{node, program, python, skipped, start};

/// Format of `newsloom export`, and the end of the file's name.
const RDF: [(&str, &str); 6] = [
    ("turtle", "ttl"),
    ("ntriples", "nt"),
    ("nquads", "nq"),
    ("trig", "trig"),
    ("rdfxml", "rdf"),
    ("jsonld", "jsonld"),
];

/// A newsroom with our five articles and an export in each RDF format, `graph.ttl` and so on.
fn exported() -> Newsroom {
    let room = Newsroom::with_seeds();
    for (format, extension) in RDF {
        room.write(&format!("graph.{extension}"), room.export(format));
    }
    room.write("graph.12.ttl", room.export("rdf12"));
    room
}

/// The distinct triples that Oxigraph's own parser finds, whatever graph they are in.
fn triples(text: &str, extension: &str) -> BTreeSet<String> {
    let format = RdfFormat::from_extension(extension).expect("an extension that Oxigraph knows");
    let quads = RdfParser::from_format(format).for_slice(text.as_bytes());
    quads
        .map(|quad| {
            let quad = quad.expect("our own export parses");
            format!("{} {} {}", quad.subject, quad.predicate, quad.object)
        })
        .collect()
}

/// The number in each line `FILE READER N`, by file and reader.
fn counts(printed: &str) -> BTreeMap<String, usize> {
    let line = |line: &str| {
        let (who, count) = line.rsplit_once(' ')?;
        Some((who.to_owned(), count.parse().ok()?))
    };
    printed.lines().filter_map(line).collect()
}

#[test]
fn every_rdf_format_holds_the_same_triples() {
    let room = exported();
    let read = |extension: &str| {
        triples(
            &fs::read_to_string(room.path(&format!("graph.{extension}"))).unwrap(),
            extension,
        )
    };
    let expected = read("nt");
    assert!(expected.len() > 500, "only {} triples", expected.len());
    for (_, extension) in RDF {
        let found = read(extension);
        let missing: Vec<_> = expected.difference(&found).take(5).collect();
        let added: Vec<_> = found.difference(&expected).take(5).collect();
        assert!(
            missing.is_empty() && added.is_empty(),
            "{extension}: missing {missing:#?}, added {added:#?}"
        );
    }
    assert!(
        !expected.iter().any(|triple| triple.contains("_:")),
        "a blank node"
    );
}

#[test]
fn rapper_and_serdi_find_as_many_triples_as_oxigraph() {
    let room = exported();
    let mut found = Vec::new();
    for (_, extension) in RDF {
        let path = room.path(&format!("graph.{extension}"));
        let text = fs::read_to_string(&path).unwrap();
        let format = RdfFormat::from_extension(extension).unwrap();
        let ours = RdfParser::from_format(format)
            .for_slice(text.as_bytes())
            .count();
        let raptor = match extension {
            "ttl" => Some("turtle"),
            "nt" => Some("ntriples"),
            "nq" => Some("nquads"),
            "trig" => Some("trig"),
            "rdf" => Some("rdfxml"),
            _ => None,
        };
        match (program("rapper"), raptor) {
            (Some(rapper), Some(format)) => {
                let printed = start(&rapper, &["-i", format, "-c"], Some(&path))
                    .exits(0)
                    .stderr;
                found.push((
                    format!("rapper {extension}"),
                    number_before("triples", &printed),
                    ours,
                ));
                assert!(!printed.contains("Error"), "{printed}");
            }
            (None, _) => skipped("rapper (raptor2-utils)", true),
            _ => {}
        }
        match (
            program("serdi"),
            matches!(extension, "ttl" | "nt" | "nq" | "trig"),
        ) {
            (Some(serdi), true) => {
                let printed = start(&serdi, &["-o", "nquads"], Some(&path))
                    .exits(0)
                    .stdout;
                found.push((format!("serdi {extension}"), printed.lines().count(), ours));
            }
            (None, _) => skipped("serdi", true),
            _ => {}
        }
    }
    for (reader, theirs, ours) in found {
        assert_eq!(theirs, ours, "{reader}");
    }
}

/// The number that stands before a word.
fn number_before(word: &str, text: &str) -> usize {
    let words: Vec<_> = text.split_whitespace().collect();
    let pair = words
        .windows(2)
        .find(|pair| pair[1] == word && pair[0].parse::<usize>().is_ok());
    pair.and_then(|pair| pair[0].parse().ok())
        .unwrap_or_else(|| panic!("no number before {word}: {text}"))
}

#[test]
fn python_libraries_read_the_same_triples_from_every_format() {
    let room = exported();
    let Some(python) = python() else {
        return skipped("the Python environment of tests/interop", true);
    };
    let mut command = Command::new(python);
    command
        .arg(root().join("tests/interop/rdf.py"))
        .arg(room.path(""));
    let outcome = finish(command).exits(0);
    let found = counts(&outcome.stdout);
    let ours = triples(&fs::read_to_string(room.path("graph.nt")).unwrap(), "nt").len();
    assert_eq!(found.len(), 2 * RDF.len() + 2, "{found:?}");
    assert!(
        found.values().all(|&count| count == ours),
        "{ours} here, there: {found:?}"
    );
}

#[test]
fn javascript_libraries_find_as_many_triples() {
    let room = exported();
    let Some(mut command) = node("rdf.cjs") else {
        return skipped("the node modules of tests/interop", false);
    };
    command.arg(room.path(""));
    let found = counts(&finish(command).exits(0).stdout);
    let ours = triples(&fs::read_to_string(room.path("graph.nt")).unwrap(), "nt").len();
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(
        found.values().all(|&count| count == ours),
        "{ours} here, there: {found:?}"
    );
}

#[test]
fn jena_counts_as_many_triples_and_warns_of_nothing() {
    let room = exported();
    let Some(riot) = program("riot") else {
        return skipped("riot (Apache Jena)", false);
    };
    let ours = triples(&fs::read_to_string(room.path("graph.nt")).unwrap(), "nt").len();
    for extension in ["ttl", "nt", "rdf"] {
        let path = room.path(&format!("graph.{extension}"));
        let outcome = start(&riot, &["--count"], Some(&path)).exits(0);
        let printed = outcome.stdout + &outcome.stderr;
        assert!(
            !printed.contains("ERROR") && !printed.contains("WARN"),
            "{printed}"
        );
        let digits: String = printed.replace(',', "");
        assert!(
            digits.contains(&format!(": {ours} ")),
            "{ours} here, there: {printed}"
        );
    }
}

#[test]
fn xmllint_accepts_what_is_xml() {
    let room = Newsroom::with_seeds();
    let Some(xmllint) = program("xmllint") else {
        return skipped("xmllint (libxml2-utils)", true);
    };
    for format in ["rdfxml", "svg"] {
        let path = room.write(&format!("graph.{format}.xml"), room.export(format));
        start(&xmllint, &["--noout", "--nonet"], Some(&path)).exits(0);
    }
}

#[test]
fn the_turtle_conforms_to_our_shapes_and_a_broken_one_does_not() {
    let room = exported();
    let Some(python) = python() else {
        return skipped("pyshacl", true);
    };
    let good = fs::read_to_string(room.path("graph.nt")).unwrap();
    let mut graphs = vec![room.path("graph.ttl").into_os_string()];
    for (name, broken) in broken(&good) {
        assert!(broken != good, "{name} changes nothing");
        graphs.push(room.write(&format!("{name}.nt"), broken).into_os_string());
    }
    let mut arguments = vec![
        root().join("tests/interop/shapes.py").into(),
        OsString::from(root().join("ontology/shapes.ttl")),
    ];
    arguments.append(&mut graphs);
    let mut command = Command::new(python);
    command.args(arguments);
    let outcome = finish(command).exits(0);
    let verdicts: Vec<_> = outcome.stdout.lines().collect();
    assert!(
        verdicts[0].ends_with("graph.ttl conforms"),
        "{}\n{}",
        outcome.stdout,
        outcome.stderr
    );
    assert!(
        verdicts.len() > 1
            && verdicts[1..]
                .iter()
                .all(|verdict| verdict.contains(" violates ")),
        "{}",
        outcome.stdout
    );
}

/// The graph with one thing wrong, each in its own way.
fn broken(ntriples: &str) -> Vec<(&'static str, String)> {
    let without = |part: &str| {
        let mut dropped = false;
        let keep = |line: &&str| {
            // In the place of the predicate: the property's own declaration stays.
            let predicate = line.split(' ').nth(1).unwrap_or_default();
            let drop = !dropped && predicate.ends_with(part);
            dropped |= drop;
            !drop
        };
        ntriples
            .lines()
            .filter(keep)
            .fold(String::new(), |text, line| text + line + "\n")
    };
    let confidence = "ns#confidence> \"";
    let (before, after) = ntriples
        .split_once(confidence)
        .expect("assertions have a confidence");
    let (_, rest) = after.split_once('"').expect("a literal ends");
    vec![
        ("too-sure", format!("{before}{confidence}1.93\"{rest}")),
        ("without-a-source", without("wasDerivedFrom>")),
        ("without-its-text", without("nif-core#anchorOf>")),
    ]
}
