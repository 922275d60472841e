//! Asking the graph, and what the program says when it is asked wrongly.

use std::fs;
use std::time::{Duration, Instant};

use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput,
};

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

#[test]
fn a_limit_cuts_the_answer_and_says_so() {
    let room = Newsroom::with_seeds();
    let all = queried(&room, PEOPLE, &["--format", "csv"]).exits(0).stdout;
    let all: Vec<&str> = all.lines().collect();
    assert!(all.len() > 5, "{all:?}");
    let two = queried(&room, PEOPLE, &["--limit", "2", "--format", "csv"]).exits(0);
    assert_eq!(two.stdout.lines().collect::<Vec<_>>(), all[..3]);
    let table = queried(&room, PEOPLE, &["--limit", "2"]).exits(0).stdout;
    assert!(table.contains("2 rows, and there are more"), "{table}");
    let enough = (all.len() - 1).to_string();
    let table = queried(&room, PEOPLE, &["--limit", &enough])
        .exits(0)
        .stdout;
    assert!(
        table.ends_with(&format!("{enough} rows\n")),
        "no more than there are: {table}"
    );
    let graph = "CONSTRUCT { ?p a foaf:Person } WHERE { ?p a foaf:Person }";
    let three = queried(&room, graph, &["--limit", "3", "--format", "ntriples"]).exits(0);
    assert_eq!(
        three
            .stdout
            .lines()
            .filter(|line| line.ends_with("Person> ."))
            .count(),
        3
    );
    queried(&room, PEOPLE, &["--limit", "-1"]).exits(2);
}

#[test]
fn labels_stand_for_iris_in_tables_on_request() {
    let room = Newsroom::with_seeds();
    let query = "SELECT ?p ?c WHERE { ?p a foaf:Person , ?c ; rdfs:label \"Rachel Maclean\"@en FILTER(?c = foaf:Person) }";
    let plain = queried(&room, query, &[]).exits(0).stdout;
    assert!(
        plain.contains("<person/rachel-maclean-") && plain.contains("foaf:Person"),
        "{plain}"
    );
    let labelled = queried(&room, query, &["--labels"]).exits(0).stdout;
    assert!(
        labelled.contains("Rachel Maclean") && !labelled.contains("<person/"),
        "{labelled}"
    );
    // Programs get IRIs.
    let csv = queried(&room, query, &["--labels", "--format", "csv"]).exits(0);
    assert!(csv.stdout.contains("https://"), "{}", csv.stdout);
}

#[test]
fn an_explanation_counts_the_rows_of_the_answer() {
    let room = Newsroom::with_seeds();
    let people = room.rows(PEOPLE).len();
    let plan = queried(&room, PEOPLE, &["--explain"]).exits(0).stdout;
    let first = plan.lines().nth(1).unwrap();
    let words: Vec<&str> = first.split_whitespace().collect();
    assert_eq!(words[0], people.to_string(), "{plan}");
    assert!(words[1].parse::<f64>().is_ok(), "{plan}");
    assert!(plan.contains("foaf:Person"), "{plan}");
}

#[test]
fn results_are_the_same_in_every_format() {
    let room = Newsroom::with_seeds();
    // What stumbles in one or another of them: quotes, line ends, angles, a nothing, an emoji, a language and a type.
    let query = "SELECT ?x ?l WHERE { VALUES ?l { \"a,\\\"b\\\"\\n<c> & d\" \"\\tשלום 🚒\"@he 7 2.50 <https://example.org/?a=1&b=2> \"\" }
                 OPTIONAL { ?x a nl:NothingIsThis } }";
    let mut seen = Vec::new();
    for (name, format) in [
        ("json", QueryResultsFormat::Json),
        ("xml", QueryResultsFormat::Xml),
        ("tsv", QueryResultsFormat::Tsv),
    ] {
        let text = queried(&room, query, &["--format", name]).exits(0).stdout;
        let parsed = QueryResultsParser::from_format(format).for_slice(text.as_bytes());
        let SliceQueryResultsParserOutput::Solutions(rows) = parsed.unwrap() else {
            panic!("{name} yields no rows");
        };
        let rows: Vec<String> = rows
            .map(|row| {
                let row = row.unwrap();
                assert_eq!(row.get("x"), None, "{name}");
                row.get("l").unwrap().to_string()
            })
            .collect();
        assert_eq!(rows.len(), 6, "{name}: {text}");
        seen.push(rows);
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
    let csv = queried(&room, query, &["--format", "csv"]).exits(0).stdout;
    let values: Vec<String> = csv::Reader::from_reader(csv.as_bytes())
        .records()
        .map(|row| row.unwrap()[1].to_owned())
        .collect();
    // The engine keeps numbers as values, so a decimal comes in its canonical form.
    assert_eq!(
        values,
        [
            "a,\"b\"\n<c> & d",
            "\tשלום 🚒",
            "7",
            "2.5",
            "https://example.org/?a=1&b=2",
            ""
        ]
    );
}

#[test]
fn a_format_that_does_not_fit_the_query_is_refused_with_those_that_do() {
    let room = Newsroom::with_seeds();
    let graph = "CONSTRUCT { ?p a foaf:Person } WHERE { ?p a foaf:Person }";
    for (query, format, instead) in [
        (PEOPLE, "turtle", "write a CONSTRUCT"),
        (graph, "csv", ""),
        (graph, "xml", "write a SELECT"),
        ("ASK { ?p a foaf:Person }", "svg", "an ASK yields yes or no"),
    ] {
        let outcome = queried(&room, query, &["--format", format]);
        if instead.is_empty() {
            outcome.exits(0);
            continue;
        }
        let outcome = outcome.exits(2);
        assert!(outcome.stderr.contains(instead), "{}", outcome.stderr);
        assert_eq!(outcome.stdout, "");
    }
    let truth = |options: &[&str]| {
        queried(&room, "ASK { ?p a foaf:Person }", options)
            .exits(0)
            .stdout
    };
    assert_eq!(truth(&[]), "yes\n");
    assert!(truth(&["--format", "json"]).contains("\"boolean\":true"));
    queried(&room, PEOPLE, &["--format", "nothing"]).exits(2);
}

#[test]
fn a_question_that_cannot_be_asked_is_answered_with_what_can() {
    let room = Newsroom::with_seeds();
    for (arguments, code, said) in [
        (&["timelin"][..], 2, "did you mean timeline?"),
        (&["nothing-like-it"], 2, "`newsloom ask` lists them"),
        (&["career", "--persn", "x"], 2, "it has --person"),
        (&["documents", "--name", "x"], 2, "it has none"),
        (
            &["role-holder-on-date", "--on", "yesterday"],
            2,
            "date such as 2024-05-31",
        ),
        (&["independent-sources", "--least", "many"], 2, "number"),
    ] {
        let mut command = room.command(["ask", "--store"]);
        command.arg(room.store()).args(arguments);
        let outcome = finish(command).exits(code);
        assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
        assert_eq!(outcome.stdout, "");
    }
    let outcome = finish(room.command(["ask", "career", "--store", "nowhere"])).exits(3);
    assert!(
        outcome.stderr.contains("newsloom build"),
        "{}",
        outcome.stderr
    );
    let list = finish(room.command(["ask"])).exits(0).stdout;
    assert!(
        list.contains("\ntimeline\n") && list.contains("--name TEXT"),
        "{list}"
    );
}
