//! What the graph says between documents: a plan and what came of it, two who may be one, a time that a sister settles.

use crate::newsroom::Newsroom;

fn built(articles: &[(&str, &str)]) -> Newsroom {
    let room = Newsroom::open();
    for (name, text) in articles {
        room.write(&format!("articles/{name}"), text);
    }
    room.build(&["articles".into()]).exits(0);
    room
}

#[test]
fn what_happened_realises_what_was_planned_and_is_not_merged_with_it() {
    let plan = "Ada Pike will meet Tom Brandt in Oslo on 20 May 2024.\n";
    let met = "Ada Pike met Tom Brandt in Oslo on 20 May 2024.\n";
    let room = built(&[("plan.txt", plan), ("met.txt", met)]);
    let ties = "SELECT ?event ?plan { ?event nl:realises ?plan }";
    assert_eq!(room.rows(ties).len(), 1);
    let kinds = "SELECT DISTINCT ?kind { { ?x nl:realises [] BIND(\"event\" AS ?of) } UNION { [] nl:realises ?x BIND(\"plan\" AS ?of) } \
         ?x a ?class . FILTER(?class IN (sem:Event, nl:PossibleEvent)) BIND(CONCAT(?of, \" \", STRAFTER(STR(?class), \"#\")) AS ?kind) } ORDER BY ?kind";
    let kinds = room.rows(kinds);
    let sem = |kind: &str| kind.starts_with("event") && !kind.contains("Possible");
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    assert!(
        sem(&kinds[0]) && kinds[1] == "plan PossibleEvent",
        "{kinds:?}"
    );
    // Another day is another meeting.
    let later = "Ada Pike met Tom Brandt in Oslo on 4 June 2024.\n";
    let room = built(&[("plan.txt", plan), ("later.txt", later)]);
    assert!(room.rows(ties).is_empty());
    assert_eq!(
        room.rows("SELECT ?e { VALUES ?kind { sem:Event nl:PossibleEvent } ?e a ?kind }")
            .len(),
        2
    );
}

#[test]
fn two_who_may_be_one_are_linked_with_the_reasons() {
    let room = built(&[
        ("full.txt", "Jane Hale leads Northgate Ferries.\n"),
        (
            "short.txt",
            "J. Hale was arrested in Lagos on 3 March 2021.\n",
        ),
    ]);
    let linked = room.rows(
        "SELECT ?name { ?a nl:possiblySameAs ?b . ?a rdfs:label ?name . ?b nl:possiblySameAs ?a } ORDER BY ?name",
    );
    assert_eq!(linked, ["J. Hale", "Jane Hale"]);
    let reasons = room.rows("SELECT ?r { ?link a nl:PossibleLink ; nl:links ?a ; nl:reason ?r . ?a rdfs:label \"Jane Hale\"@en } ORDER BY ?r");
    let said = reasons.join("; ");
    assert!(
        said.contains("no part of the names differs") && said.contains("nothing else ties them"),
        "{said}"
    );
}

#[test]
fn a_time_settled_by_another_document_is_inferred_from_both_and_said_by_neither() {
    let room = built(&[
        (
            "open.txt",
            "Rosa Lind was arrested in Leeds on 5 May last year. The mayor thanked Omar Haddad.\n",
        ),
        (
            "sister.txt",
            "Rosa Lind was arrested in Leeds in May 2022, said Omar Haddad.\n",
        ),
    ]);
    let arrest =
        room.rows("SELECT ?day { ?e a nl:Arrest ; nl:inferredTime ?i . ?i nl:value ?day }");
    assert_eq!(arrest, ["2022-05-05"]);
    let evidence = room
        .rows("SELECT DISTINCT ?document { ?i a nl:Inference ; nl:evidence ?s . ?s nif:referenceContext ?document }");
    assert_eq!(evidence.len(), 2, "{evidence:?}");
    let said = "SELECT ?c { ?c a nl:Claim ; rdf:object \"2022-05-05\"^^xsd:date }";
    assert!(room.rows(said).is_empty());
}
