//! The RDF that we export, read by the tools of others. `tools.rs` says what happens when one is absent.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::process::Command;

use newsloom::query::Question;
use newsloom::schema::vocab::PREFIXES;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::NamedOrBlankNode;

use crate::newsroom::{Newsroom, finish, root};
use crate::tools::{java, node, program, python, same_lines, skipped, start};

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

/// The triples of `graph.nt`.
fn expected(room: &Newsroom) -> BTreeSet<String> {
    triples(&fs::read_to_string(room.path("graph.nt")).unwrap(), "nt")
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
        same_lines(extension, &read(extension), &expected);
    }
    assert!(
        !expected.iter().any(|triple| triple.contains("_:")),
        "a blank node"
    );
}

#[test]
fn rapper_and_serdi_find_the_same_triples() {
    let room = exported();
    let expected = expected(&room);
    for (format, extension) in RDF {
        let path = room.path(&format!("graph.{extension}"));
        match (program("rapper"), extension != "jsonld") {
            (Some(rapper), true) => {
                let arguments = ["-q", "-i", format, "-o", "ntriples"];
                let printed = start(&rapper, &arguments, Some(&path)).exits(0);
                assert_eq!(printed.stderr, "", "rapper {extension}");
                same_lines(
                    &format!("rapper {extension}"),
                    &triples(&printed.stdout, "nt"),
                    &expected,
                );
            }
            (None, _) => skipped("rapper (raptor2-utils)", true),
            _ => {}
        }
        match (
            program("serdi"),
            matches!(extension, "ttl" | "nt" | "nq" | "trig"),
        ) {
            (Some(serdi), true) => {
                let printed = start(&serdi, &["-o", "nquads"], Some(&path)).exits(0);
                same_lines(
                    &format!("serdi {extension}"),
                    &triples(&printed.stdout, "nq"),
                    &expected,
                );
            }
            (None, _) => skipped("serdi", true),
            _ => {}
        }
    }
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
fn javascript_libraries_find_the_same_triples() {
    let room = exported();
    let Some(mut command) = node("rdf.cjs") else {
        return skipped("the node modules of tests/interop", false);
    };
    command.arg(room.path(""));
    let printed = finish(command).exits(0).stdout;
    assert_eq!(printed.lines().count(), 6, "{printed}");
    let expected = expected(&room);
    for name in printed.lines() {
        let found = fs::read_to_string(room.path(name)).unwrap();
        same_lines(name, &triples(&found, "nt"), &expected);
    }
}

#[test]
fn jena_finds_the_same_triples_and_warns_of_nothing() {
    let room = exported();
    let Some(riot) = java("riot") else {
        return skipped("riot (libapache-jena-java and Java)", false);
    };
    let expected = expected(&room);
    // Its JSON-LD needs what Debian has not packed.
    for extension in ["ttl", "nt", "nq", "trig", "rdf"] {
        let path = room.path(&format!("graph.{extension}"));
        let printed = start(&riot, &["--output=nquads"], Some(&path)).exits(0);
        assert!(
            !printed.stderr.contains("ERROR") && !printed.stderr.contains("WARN"),
            "{}",
            printed.stderr
        );
        same_lines(
            &format!("riot {extension}"),
            &triples(&printed.stdout, "nq"),
            &expected,
        );
    }
}

#[test]
fn jena_answers_our_questions_as_we_do() {
    let room = exported();
    let Some(arq) = java("arq") else {
        return skipped("arq (libapache-jena-java and Java)", false);
    };
    let prefixes = PREFIXES.map(|(name, iri)| format!("PREFIX {name}: <{iri}>\n"));
    for name in [
        "who-holds-which-role",
        "role-holder-on-date",
        "denied",
        "figures",
        "independent-sources",
        "events-by-type",
        "event-model-only",
    ] {
        let question = Question::named(name).unwrap();
        let file = room.write("question.rq", prefixes.concat() + &question.text);
        let lines = |text: &str| {
            let mut lines: Vec<String> = text
                .lines()
                .map(|line| line.trim_end().to_owned())
                .collect();
            lines.sort();
            lines
        };
        let mut command = Command::new(&arq);
        command
            .args(["--results", "csv", "--data"])
            .arg(room.path("graph.ttl"))
            .arg("--query")
            .arg(file);
        let theirs = finish(command).exits(0).stdout;
        let mut command = room.command(["ask", name, "--format", "csv", "--store"]);
        command.arg(room.store());
        let ours = finish(command).exits(0).stdout;
        assert!(ours.lines().count() > 3, "{name} has no answer");
        assert_eq!(lines(&ours), lines(&theirs), "{name}");
    }
}

#[test]
fn owlapi_takes_every_term_for_what_it_is_declared() {
    let Some(java) = java("java-with-owlapi") else {
        return skipped("OWLAPI (libowlapi-java and Java)", false);
    };
    let core = root().join("ontology/core.ttl");
    let mut command = Command::new(java);
    command
        .arg(root().join("tests/interop/Kinds.java"))
        .arg(&core);
    let printed = finish(command).exits(0).stdout;
    let mut declared = BTreeSet::new();
    let text = fs::read(core).unwrap();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(&text) {
        let quad = quad.unwrap();
        let object = quad.object.to_string();
        let kind = object
            .strip_prefix("<http://www.w3.org/2002/07/owl#")
            .map(|kind| kind.trim_end_matches('>').replace("Datatype", "Data"));
        if let (true, Some(kind), NamedOrBlankNode::NamedNode(term)) = (
            quad.predicate.as_str().ends_with("#type"),
            kind,
            quad.subject,
        ) && matches!(
            kind.as_str(),
            "Class" | "ObjectProperty" | "DataProperty" | "AnnotationProperty"
        ) {
            declared.insert(format!("{kind} {}", term.as_str()));
        }
    }
    assert!(declared.len() > 150, "{}", declared.len());
    // It adds what it was not told: a property without a declaration would be an annotation.
    let found = printed.lines().filter(|line| {
        let kind = line.split(' ').next().unwrap_or_default();
        kind == "Class" || kind.ends_with("Property")
    });
    same_lines("OWLAPI", &found.map(str::to_owned).collect(), &declared);
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
    // pyshacl takes its time, so it sees all the faults at once; we find each by itself too.
    let mut worst = good.clone();
    for (name, fault) in FAULTS {
        let broken = fault(&good);
        assert!(broken != good, "{name} changes nothing");
        worst = fault(&worst);
        let mut command = room.command(["check"]);
        command.arg(room.write(&format!("{name}.nt"), broken));
        finish(command).exits(1);
    }
    let mut graphs = vec![
        room.path("graph.ttl").into_os_string(),
        room.write("worst.nt", worst).into_os_string(),
    ];
    let mut arguments = vec![
        root().join("tests/interop/shapes.py").into(),
        OsString::from(root().join("ontology/shapes.ttl")),
    ];
    arguments.append(&mut graphs);
    let mut command = Command::new(python);
    command.args(arguments);
    let outcome = finish(command).exits(0);
    // Verdict and violations of each graph, by pyshacl and by ourselves.
    let mut verdicts: Vec<(&str, BTreeSet<String>)> = Vec::new();
    for line in outcome.stdout.lines() {
        match verdicts.last_mut() {
            Some((_, found)) if line.ends_with("Component") => {
                found.insert(line.to_owned());
            }
            _ => verdicts.push((line, BTreeSet::new())),
        }
    }
    assert!(
        verdicts[0].0.ends_with("graph.ttl conforms"),
        "{}\n{}",
        outcome.stdout,
        outcome.stderr
    );
    assert_eq!(verdicts.len(), 2);
    assert!(verdicts[1].1.len() >= FAULTS.len(), "{verdicts:#?}");
    for (verdict, theirs) in verdicts {
        let (graph, verdict) = verdict.split_once(' ').unwrap();
        let mut command = room.command(["check", "--json"]);
        command.arg(graph);
        let outcome = finish(command);
        let code = outcome.code.unwrap();
        assert_eq!(
            code,
            i32::from(verdict.starts_with("violates ")),
            "{graph} {verdict}"
        );
        let report: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
        let ours: BTreeSet<String> = report["violations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|violation| {
                let node = violation["node"].as_str().unwrap().trim_matches(['<', '>']);
                format!("{node} {}", violation["constraint"].as_str().unwrap())
            })
            .collect();
        assert_eq!(ours, theirs, "{graph}");
    }
}

#[test]
fn owl_tools_take_every_property_for_what_it_is() {
    let room = exported();
    let Some(python) = python() else {
        return skipped("owlready2", true);
    };
    let core = fs::read_to_string(root().join("ontology/core.ttl")).unwrap();
    let mut ntriples = Vec::new();
    let mut declared = BTreeSet::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(core.as_bytes()) {
        let quad = quad.expect("the ontology is Turtle");
        let (subject, object) = (quad.subject.to_string(), quad.object.to_string());
        let kind = object.strip_prefix("<http://www.w3.org/2002/07/owl#");
        if let (true, Some(kind), true) = (
            quad.predicate.as_str().ends_with("#type"),
            kind,
            subject.starts_with('<'),
        ) {
            let kind = kind.trim_end_matches('>');
            if kind.ends_with("Property") || kind == "Class" {
                declared.insert(format!("{kind} {}", subject.trim_matches(['<', '>'])));
            }
        }
        ntriples.push(format!("{subject} {} {object} .\n", quad.predicate));
    }
    let ontology = room.write("core.nt", ntriples.concat());
    let mut command = Command::new(python);
    command
        .arg(root().join("tests/interop/owl.py"))
        .arg(ontology)
        .arg(room.path("graph.rdf"));
    let printed = finish(command).exits(0).stdout;
    let of = |file: &str| -> BTreeSet<String> {
        let lines = printed.lines().filter_map(|line| line.strip_prefix(file));
        lines.map(|line| line.trim_start().to_owned()).collect()
    };
    let is_kind = |line: &&String| {
        let kind = line.split(' ').next().unwrap_or_default();
        kind == "Class" || kind.ends_with("Property")
    };
    let in_core: BTreeSet<String> = of("core.nt").into_iter().filter(|l| is_kind(&l)).collect();
    let also = ["FunctionalProperty", "SymmetricProperty"];
    declared.retain(|line| !also.iter().any(|kind| line.starts_with(kind)));
    let missing: Vec<_> = declared.difference(&in_core).collect();
    assert!(missing.is_empty(), "owlready2 does not see {missing:#?}");

    // The same in the graph, and its people are the people that our own query finds.
    let in_graph = of("graph.rdf");
    for line in in_graph.iter().filter(is_kind) {
        let (kind, iri) = line.split_once(' ').unwrap();
        let other = declared
            .iter()
            .find(|known| known.ends_with(&format!(" {iri}")) && !known.starts_with(kind));
        assert_eq!(other, None, "{line}");
    }
    let people = in_graph
        .iter()
        .filter_map(|line| line.strip_prefix("http://xmlns.com/foaf/0.1/Person "));
    let ours = room.rows("SELECT DISTINCT ?p WHERE { ?p a foaf:Person }");
    assert_eq!(
        people.map(str::to_owned).collect::<BTreeSet<_>>(),
        ours.into_iter().collect()
    );
}

/// A change to N-Triples.
type Fault = fn(&str) -> String;

/// What can be wrong with a graph, each on its own.
const FAULTS: [(&str, Fault); 11] = [
    ("too-sure", |good| {
        instead(
            good,
            "ns#confidence>",
            "\"1.93\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
        )
    }),
    ("without-a-source", |good| without(good, "wasDerivedFrom>")),
    ("without-its-text", |good| {
        without(good, "nif-core#anchorOf>")
    }),
    ("longer-than-it-is", |good| {
        instead(
            good,
            "endIndex>",
            "\"9999\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        )
    }),
    ("no-such-status", |good| {
        instead(good, "ns#status>", "\"current\"")
    }),
    ("ends-before-it-begins", |good| {
        instead(
            good,
            "hasLatestEndTimeStamp>",
            "\"1999-01-01\"^^<http://www.w3.org/2001/XMLSchema#date>",
        )
    }),
    ("no-day", |good| {
        instead(
            good,
            "asOf>",
            "\"2024-02\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>",
        )
    }),
    ("no-hash", |good| {
        instead(good, "terms/identifier>", "\"md5:0\"")
    }),
    ("body-and-person", |good| {
        also(
            good,
            "http://www.w3.org/ns/org#Organization",
            "http://xmlns.com/foaf/0.1/Person",
        )
    }),
    ("happened-and-did-not", |good| {
        also(
            good,
            "http://semanticweb.cs.vu.nl/2009/11/sem/Event",
            "https://w3id.org/newsloom/ns#PossibleEvent",
        )
    }),
    ("lies-in-itself", |good| {
        let within = line(good, "containedInPlace>");
        let parts: Vec<_> = within.split(' ').collect();
        format!("{good}{} {} {} .\n", parts[2], parts[1], parts[0])
    }),
];

/// The first line whose predicate ends so: a property's own declaration has it as subject.
fn line<'a>(ntriples: &'a str, predicate: &str) -> &'a str {
    ntriples
        .lines()
        .find(|line| {
            line.split(' ')
                .nth(1)
                .is_some_and(|p| p.ends_with(predicate))
        })
        .unwrap_or_else(|| panic!("nothing has {predicate}"))
}

fn without(ntriples: &str, predicate: &str) -> String {
    ntriples.replacen(&format!("{}\n", line(ntriples, predicate)), "", 1)
}

fn instead(ntriples: &str, predicate: &str, object: &str) -> String {
    let line = line(ntriples, predicate);
    let (before, _) = line.split_once(predicate).expect("found there");
    ntriples.replacen(line, &format!("{before}{predicate} {object} ."), 1)
}

/// Gives the first thing of a class another class too.
fn also(ntriples: &str, class: &str, other: &str) -> String {
    let line = ntriples
        .lines()
        .find(|line| line.ends_with(&format!("#type> <{class}> .")))
        .unwrap_or_else(|| panic!("no {class}"));
    format!("{ntriples}{}\n", line.replace(class, other))
}
