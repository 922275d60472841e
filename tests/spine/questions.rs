//! Asking the graph, and what the program says when it is asked wrongly.

use std::fs;
use std::time::{Duration, Instant};

use crate::newsroom::{Newsroom, Outcome, finish, root};

#[test]
fn every_query_we_ship_runs() {
    let room = Newsroom::with_seeds();
    let mut asked = 0;
    for entry in fs::read_dir(root().join("ontology/queries")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rq") {
            let mut command = room.command(["query", "--format", "json", "--store"]);
            command.arg(room.store()).arg(&path);
            let answer = finish(command).exits(0).stdout;
            assert!(answer.contains("\"head\""), "{}: {answer}", path.display());
            asked += 1;
        }
    }
    assert!(asked >= 12, "only {asked} queries");
}

#[test]
fn the_graph_holds_people_roles_and_events_each_with_its_sentence() {
    let room = Newsroom::with_seeds();
    let people = room.rows("SELECT ?name WHERE { ?p a foaf:Person ; skos:prefLabel ?name }");
    assert!(
        people.iter().any(|name| name.contains("Suella Braverman")),
        "{people:?}"
    );
    let bare = "SELECT ?f WHERE { { ?f a org:Membership } UNION { ?f a sem:Event } UNION { ?f a nl:PossibleEvent }
                FILTER NOT EXISTS { ?f nl:evidence/nif:anchorOf ?text } }";
    assert_eq!(
        room.rows(bare),
        Vec::<String>::new(),
        "facts without a sentence"
    );
    assert!(
        !room
            .rows("SELECT ?f WHERE { ?f a org:Membership }")
            .is_empty()
    );
    assert!(!room.rows("SELECT ?f WHERE { ?f a sem:Event }").is_empty());
}

#[test]
fn evidence_is_the_very_text_of_the_article() {
    let room = Newsroom::with_seeds();
    let rows = room.rows(
        "SELECT DISTINCT ?source ?from ?to WHERE { ?f nl:evidence ?s . ?s nif:beginIndex ?from ; nif:endIndex ?to ;
         nif:referenceContext/dcterms:source ?source }",
    );
    assert!(rows.len() > 10, "{rows:?}");
    let sentences = room.rows(
        "SELECT ?s WHERE { ?s nif:beginIndex ?from ; nif:endIndex ?to ; nif:anchorOf ?text
         FILTER(?to - ?from != STRLEN(?text)) }",
    );
    assert_eq!(
        sentences,
        Vec::<String>::new(),
        "offsets that do not fit their text"
    );
}

#[test]
fn a_wrong_query_is_answered_with_line_column_and_what_was_expected() {
    let room = Newsroom::with_seeds();
    let query = "SELECT ?p WHERE {\n  ?p a foaf:Person ;\n  ?? }";
    let mut command = room.command(["query", "-q", query, "--store"]);
    command.arg(room.store());
    let outcome = finish(command);
    assert!(matches!(outcome.code, Some(2 | 3)), "{outcome:?}");
    assert_eq!(outcome.stdout, "");
    let said = outcome.stderr.to_lowercase();
    assert!(
        said.contains("line 3") || said.contains(":3:") || said.contains("3:3"),
        "no line: {said}"
    );
    assert!(
        said.contains("column") || said.contains("3:3"),
        "no column: {said}"
    );
    assert!(said.contains("expected"), "{said}");
}

#[test]
fn an_event_type_is_added_by_one_file() {
    let room = Newsroom::open();
    room.write(
        "articles/baptism.txt",
        "Bishop Ada Quill baptised ten converts in Norwich on Sunday.\n",
    );
    let baptisms = "SELECT ?place WHERE { ?e a sem:Event ; sem:eventType nl:Baptism ; sem:hasPlace/skos:prefLabel ?place }";
    room.build(&["articles".into()]).exits(0);
    assert_eq!(
        room.rows(baptisms),
        Vec::<String>::new(),
        "known without the file, so this test shows nothing"
    );

    let mut command = room.building(&["articles".into()]);
    command
        .arg("--ontology")
        .arg(root().join("docs/examples/ontology"));
    finish(command).exits(0);
    assert_eq!(room.rows(baptisms), ["Norwich"]);
}

#[test]
fn a_question_is_asked_of_one_thing_by_its_name_however_it_is_typed() {
    let room = Newsroom::with_seeds();
    let ask = |arguments: &[&str]| {
        let mut command = room.command(["ask"]);
        command.args(arguments).args(["--format", "csv", "--store"]);
        command.arg(room.store());
        let answer = finish(command).exits(0).stdout;
        answer
            .lines()
            .skip(1)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let works = ask(&["who-works-where", "--organisation", "sky news"]);
    assert!(
        works.len() == 1 && works[0].starts_with("Sky News,Graham Wettone,"),
        "{works:?}"
    );
    // A role without an organisation is no role at one.
    let roles = ask(&["who-holds-which-role", "--organisation", "Sky News"]);
    assert!(
        roles.len() == 1 && roles[0].contains(",Sky News,"),
        "{roles:?}"
    );
    let career = ask(&["career", "--person", "Suella Braverman"]);
    assert!(
        !career.is_empty() && career.iter().all(|r| r.starts_with("Suella Braverman,")),
        "{career:?}"
    );
    // What happened in a part of the town happened in the town.
    let town = ask(&["events-at-place", "--place", "London"]);
    let part = ask(&["events-at-place", "--place", "Streatham Hill"]);
    assert!(
        !part.is_empty() && part.iter().all(|row| town.contains(row)),
        "{part:?} {town:?}"
    );
    for question in ["timeline", "said-about", "evidence"] {
        let one = ask(&[question, "--name", "Metropolitan Police"]);
        let other = ask(&[question, "--name", "scotland yard"]);
        let all = ask(&[question]);
        assert!(!one.is_empty() && one.len() < all.len(), "{question}");
        assert_eq!(one, other, "{question}: two names of one body");
        assert!(one.iter().all(|row| all.contains(row)), "{question}");
    }
    let (two, three) = (
        ask(&["independent-sources"]),
        ask(&["independent-sources", "--least", "3"]),
    );
    assert!(
        !three.is_empty() && three.len() < two.len(),
        "{two:?} {three:?}"
    );
}

/// What a query prints with these options, and how it ends.
fn queried(room: &Newsroom, query: &str, options: &[&str]) -> Outcome {
    let mut command = room.command(["query", "-q", query, "--store"]);
    command.arg(room.store()).args(options);
    finish(command)
}

const PEOPLE: &str = "SELECT ?p WHERE { ?p a foaf:Person } ORDER BY ?p";

#[test]
fn a_query_that_takes_too_long_is_stopped_with_a_remedy() {
    let room = Newsroom::with_seeds();
    let before = Instant::now();
    queried(&room, PEOPLE, &["--timeout", "60"]).exits(0);
    let opening = before.elapsed();
    // The engine looks for a stop where it reads, not between two pairs of what it has read, and each pair takes long.
    let slow = r#"?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), CONCAT("(b{1,90}){1,90}", ENCODE_FOR_URI(STR(?f)))))"#;
    for (query, options) in [
        (format!("SELECT ?a ?d WHERE {{ {slow} }}"), &[][..]),
        (format!("SELECT ?a WHERE {{ {slow} }} ORDER BY ?a"), &[]),
        (format!("SELECT (COUNT(*) AS ?n) WHERE {{ {slow} }}"), &[]),
        (
            format!("SELECT (COUNT(*) AS ?n) WHERE {{ {slow} }}"),
            &["--explain"],
        ),
        (format!("ASK {{ {slow} }}"), &["--format", "json"]),
        (format!("CONSTRUCT {{ ?a ?b ?f }} WHERE {{ {slow} }}"), &[]),
    ] {
        let before = Instant::now();
        let options = [&["--timeout", "0.3"], options].concat();
        let outcome = queried(&room, &query, &options).exits(3);
        let took = before.elapsed();
        let most = opening * 3 + Duration::from_secs(2);
        assert!(took < most, "{took:?} for {query}");
        assert_eq!(outcome.stdout, "", "{query}");
        let said = outcome.stderr;
        assert_eq!(said.matches("--timeout").count(), 1, "{said}");
    }
    for wrong in ["-1", "soon", "NaN", "inf"] {
        queried(&room, PEOPLE, &["--timeout", wrong]).exits(2);
    }
}
