//! The graph as a whole: its centre, its doubles, its standards.

use super::{Row, Rows, ask, town};
use crate::newsroom::Newsroom;
use std::collections::BTreeSet;

#[test]
fn the_most_central() {
    let room = Newsroom::with_seeds();
    let people = ask(&room, "central-people", &[]);
    assert_eq!(people.0[0]["name"], "Mark Rowley");
    let numbers = |rows: &Rows, name: &str, columns: [&str; 2]| {
        let row = rows.one(&[("name", name)]);
        columns.map(|column| row[column].parse::<u32>().unwrap())
    };
    // Bail, a charge and an appearance in court; the trial and the prison may come.
    assert_eq!(numbers(&people, "NX121", ["roles", "events"]), [1, 3]);
    assert_eq!(
        numbers(&people, "Sarah Everard", ["roles", "events"]),
        [0, 3]
    );
    people.none(&[("name", "Metropolitan Police")]);
    let bodies = ask(&room, "central-organisations", &[]);
    assert_eq!(bodies.0[0]["name"], "Metropolitan Police");
    // Sir Mark, by two titles, and the officer.
    assert_eq!(bodies.0[0]["people"], "2");
    bodies.none(&[("name", "Mark Rowley")]);

    let people = ask(&town(), "central-people", &[]);
    // Mayor, as it is and as it was, and chair; the meeting that is denied is none.
    assert_eq!(numbers(&people, "Ada Quill", ["roles", "events"]), [2, 3]);
    assert_eq!(numbers(&people, "Tom Berg", ["roles", "events"]), [1, 2]);
}

#[test]
fn possibly_the_same() {
    let rows = ask(&Newsroom::with_seeds(), "possibly-same", &[]);
    let sides = |row: &Row| BTreeSet::from([row["one"].clone(), row["other"].clone()]);
    let pairs: BTreeSet<_> = rows.0.iter().map(sides).collect();
    assert_eq!(pairs.len(), rows.0.len(), "a pair stands twice");
    assert!(
        rows.0
            .iter()
            .all(|row| row["one"] != row["other"] && !row["reasons"].is_empty()),
        "{:#?}",
        rows.0
    );
    assert!(!rows.0.is_empty());
    // These are two people, and no text leaves that open.
    assert!(!pairs.contains(&BTreeSet::from([
        "Wayne Couzens".into(),
        "David Carrick".into()
    ])));
}

#[test]
fn what_a_stranger_asks_in_terms_of_standards_alone() {
    let room = Newsroom::with_seeds();
    let schema = ask(&room, "schema-org-only", &[]);
    schema.one(&[("name", "Sadiq Khan"), ("title", "mayor")]);
    // schema.org knows no former title.
    schema.one(&[("name", "Peter Fahy"), ("title", "")]);
    schema.one(&[("name", "Chris Kaba"), ("title", "")]);
    schema.none(&[("name", "Metropolitan Police")]);

    let org = ask(&room, "organization-ontology-only", &[]);
    org.one(&[
        ("person", "Mark Rowley"),
        ("role", "commissioner"),
        ("organization", "Metropolitan Police"),
    ]);
    org.one(&[("person", "Graham Wettone"), ("organization", "Sky News")]);
    org.none(&[("person", "Chris Kaba")]);

    let model = ask(&room, "event-model-only", &[]);
    model.one(&[
        ("type", "murder"),
        ("actor", "Wayne Couzens"),
        ("event", "Murder of Sarah Everard by Wayne Couzens"),
    ]);
    model.one(&[
        ("type", "death"),
        ("actor", "Chris Kaba"),
        ("place", "Streatham Hill"),
        ("time", "2022-09-05"),
    ]);
    // The trial may come; the model would say that it was.
    model.none(&[("type", "trial")]);
    model.none(&[("type", "imprisonment")]);
}
