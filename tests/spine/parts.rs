//! Parts of the graph: every filter of `newsloom export`, and any query as a file or a picture.

use std::collections::BTreeSet;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;

use crate::newsroom::{Newsroom, Outcome, finish};

fn exported(room: &Newsroom, arguments: &[&str]) -> Outcome {
    let mut command = room.command(["export", "--store"]);
    command.arg(room.store()).args(arguments);
    finish(command)
}

fn quads(room: &Newsroom, arguments: &[&str]) -> Vec<Quad> {
    let mut all = vec!["--format", "ntriples"];
    all.extend(arguments);
    let text = exported(room, &all).exits(0).stdout;
    RdfParser::from_format(RdfFormat::NTriples)
        .for_slice(text.as_bytes())
        .map(|quad| quad.expect("our own export parses"))
        .collect()
}

/// Subjects with this class, by the end of its IRI.
fn of_class(quads: &[Quad], class: &str) -> BTreeSet<String> {
    quads
        .iter()
        .filter(|q| {
            q.predicate.as_str().ends_with("#type")
                && q.object.to_string().ends_with(&format!("{class}>"))
        })
        .map(|q| q.subject.to_string())
        .collect()
}

fn objects(quads: &[Quad], predicate: &str) -> Vec<String> {
    quads
        .iter()
        .filter(|q| q.predicate.as_str().ends_with(predicate))
        .map(|q| q.object.to_string())
        .collect()
}

/// Whatever is pointed at is described, and no claim points out of the part.
fn is_whole(whole: &[Quad], part: &[Quad]) {
    let known: BTreeSet<String> = whole.iter().map(|q| q.subject.to_string()).collect();
    let there: BTreeSet<String> = part.iter().map(|q| q.subject.to_string()).collect();
    let dangling: Vec<_> = part
        .iter()
        .filter(|q| {
            let object = q.object.to_string();
            // A claim may be about a property that nothing in the part uses.
            known.contains(&object)
                && !there.contains(&object)
                && !q.predicate.as_str().ends_with("#predicate")
        })
        .take(5)
        .collect();
    assert!(dangling.is_empty(), "{dangling:#?}");
    let all: BTreeSet<String> = whole.iter().map(ToString::to_string).collect();
    let new: Vec<_> = part
        .iter()
        .filter(|q| !all.contains(&q.to_string()))
        .take(5)
        .collect();
    assert!(new.is_empty(), "what the graph does not say: {new:#?}");
}

#[test]
fn types_keep_kinds_and_what_they_tie() {
    let room = Newsroom::with_seeds();
    let whole = quads(&room, &[]);
    let people = quads(&room, &["--types", "person,organisation"]);
    is_whole(&whole, &people);
    assert_eq!(
        of_class(&people, "foaf/0.1/Person"),
        of_class(&whole, "foaf/0.1/Person")
    );
    assert!(of_class(&people, "sem/Event").is_empty());
    assert!(!of_class(&people, "org#Membership").is_empty());
    let shootings = quads(&room, &["--types", "Shooting"]);
    is_whole(&whole, &shootings);
    assert_eq!(
        of_class(&shootings, "sem/Event"),
        of_class(&whole, "ns#Shooting"),
        "only shootings happen"
    );
    assert!(
        !objects(&shootings, "ns#victim").is_empty(),
        "with those whom they tie"
    );
    assert!(of_class(&shootings, "org#Membership").is_empty());
    let wrong = exported(&room, &["--types", "shoe"]);
    assert_ne!(wrong.code, Some(0));
    assert!(
        wrong.stderr.contains("person, group, organisation"),
        "{}",
        wrong.stderr
    );
}

#[test]
fn a_period_keeps_what_is_dated_in_it() {
    let room = Newsroom::with_seeds();
    let whole = quads(&room, &[]);
    let part = quads(&room, &["--since", "2022-09", "--until", "2022"]);
    is_whole(&whole, &part);
    let events = of_class(&part, "sem/Event");
    assert!(
        !events.is_empty(),
        "the articles date an event in September 2022"
    );
    for day in objects(&part, "hasEarliestBeginTimeStamp") {
        assert!(day.contains("2022-"), "{day}");
    }
    let none = quads(&room, &["--until", "1900"]);
    assert!(
        of_class(&none, "sem/Event").is_empty() && of_class(&none, "org#Membership").is_empty()
    );
    exported(&room, &["--since", "yesterday"]).exits(2);
}

#[test]
fn confidence_and_sources_drop_what_is_weaker() {
    let room = Newsroom::with_seeds();
    let whole = quads(&room, &[]);
    for arguments in [["--min-confidence", "0.8"], ["--min-sources", "2"]] {
        let part = quads(&room, &arguments);
        is_whole(&whole, &part);
        let (some, all) = (of_class(&part, "sem/Event"), of_class(&whole, "sem/Event"));
        assert!(
            !some.is_empty() && some.len() < all.len(),
            "{arguments:?}: {} of {}",
            some.len(),
            all.len()
        );
    }
    for count in objects(
        &quads(&room, &["--min-sources", "2"]),
        "ns#independentSources",
    ) {
        assert!(!count.starts_with("\"1\""), "a claim with one source stays");
    }
    exported(&room, &["--min-confidence", "7"]).exits(2);
}

#[test]
fn every_filter_works_in_every_format() {
    let room = Newsroom::with_seeds();
    for format in [
        "turtle",
        "ntriples",
        "nquads",
        "trig",
        "rdfxml",
        "jsonld",
        "rdf12",
        "csv",
        "ftm",
        "dot",
        "svg",
        "graphml",
        "yed",
        "gexf",
        "cytoscape",
        "mermaid",
    ] {
        let whole = exported(&room, &["--format", format]).exits(0).stdout;
        for arguments in [
            &["--types", "person,role"][..],
            &["--since", "2022", "--until", "2022"],
            &["--min-confidence", "0.85"],
            &["--min-sources", "3"],
            &["--focus", "Suella Braverman", "--depth", "1"],
            &["--evidence", "none"],
        ] {
            let mut all = vec!["--format", format];
            all.extend(arguments);
            let part = exported(&room, &all).exits(0).stdout;
            assert!(
                !part.is_empty() || format == "ftm",
                "{format} {arguments:?} writes nothing"
            );
            // Mermaid shows sentences with links to addresses only, which these articles do not have.
            let shows = format != "ftm" && !(format == "mermaid" && arguments[0] == "--evidence");
            assert!(
                part != whole || !shows,
                "{format} takes no notice of {arguments:?}"
            );
        }
    }
}

#[test]
fn any_query_becomes_a_file_or_a_picture() {
    let room = Newsroom::with_seeds();
    let query =
        "CONSTRUCT { ?who nl:tookPartIn ?what } WHERE { ?what a sem:Event ; nl:victim ?who }";
    room.write("victims.rq", query);
    let triples = quads(&room, &["--construct", "victims.rq"]);
    assert!(!triples.is_empty());
    for format in [
        "turtle",
        "jsonld",
        "rdfxml",
        "csv",
        "dot",
        "svg",
        "graphml",
        "gexf",
        "cytoscape",
        "mermaid",
    ] {
        for command in [
            vec!["export", "--construct", "victims.rq", "--format", format],
            vec!["query", "victims.rq", "--format", format],
        ] {
            let mut command = room.command(command);
            command.arg("--store").arg(room.store());
            let text = finish(command).exits(0).stdout;
            assert!(
                text.contains("took part in") || text.contains("tookPartIn"),
                "{format}: {text}"
            );
        }
    }
    let folder = room.path("import");
    let mut command = room.command([
        "export",
        "--construct",
        "victims.rq",
        "--format",
        "neo4j",
        "--store",
    ]);
    command.arg(room.store()).arg("-o").arg(&folder);
    finish(command).exits(0);
    let ties = std::fs::read_to_string(folder.join("relationships.csv")).unwrap();
    assert_eq!(
        ties.matches("TOOK_PART_IN").count(),
        triples.len(),
        "{ties}"
    );
    room.write("rows.rq", "SELECT * WHERE { ?s ?p ?o }");
    let wrong = exported(&room, &["--construct", "rows.rq"]);
    assert!(
        wrong.code != Some(0) && wrong.stderr.contains("CONSTRUCT"),
        "{wrong:?}"
    );
}

#[test]
fn a_query_explains_how_it_was_answered() {
    let room = Newsroom::with_seeds();
    let mut command = room.command(["ask", "who-holds-which-role", "--explain", "--store"]);
    command.arg(room.store());
    let plan = finish(command).exits(0).stdout;
    assert!(
        plan.contains("seconds  step") && plan.contains("org:Membership"),
        "{plan}"
    );
}
