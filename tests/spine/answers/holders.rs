//! Who is who: roles, careers, ties between people and bodies.

use super::{ask, town};
use crate::newsroom::Newsroom;

#[test]
fn who_holds_which_role() {
    let room = Newsroom::with_seeds();
    let all = ask(&room, "who-holds-which-role", &[]);
    for (holder, title, body, status) in [
        ("Suella Braverman", "Home Secretary", "", "current"),
        (
            "Mark Rowley",
            "commissioner",
            "Metropolitan Police",
            "current",
        ),
        (
            "Graham Wettone",
            "policing commentator",
            "Sky News",
            "current",
        ),
        (
            "Peter Fahy",
            "chief constable",
            "Greater Manchester Police",
            "former",
        ),
        ("Rachel Maclean", "housing minister", "", "current"),
        ("Sadiq Khan", "mayor", "London", "current"),
    ] {
        all.one(&[
            ("holder", holder),
            ("title", title),
            ("body", body),
            ("status", status),
        ]);
    }
    // They have no role, or it is not said whose.
    for nobody in [
        "Chris Kaba",
        "Sarah Everard",
        "David Carrick",
        "Baroness Casey",
    ] {
        all.none(&[("holder", nobody)]);
    }
    // One article alone is dated, and it calls him nothing but commissioner.
    let rowley = ask(
        &room,
        "who-holds-which-role",
        &["--person", "sir mark rowley"],
    );
    rowley.only("holder", &["Mark Rowley"]);
    rowley.only("title", &["chief", "commissioner"]);
    let dated = rowley.one(&[("title", "commissioner")]);
    assert_eq!(
        (dated["asOf"].as_str(), dated["sentences"].as_str()),
        ("2023-09-25", "3")
    );
    assert_eq!(rowley.one(&[("title", "chief")])["asOf"], "");
    ask(&room, "who-holds-which-role", &["--role", "secretary"])
        .only("holder", &["Suella Braverman"]);
    // The town of a mayor, the body by another of its names.
    ask(&room, "who-holds-which-role", &["--organisation", "london"])
        .only("holder", &["Sadiq Khan"]);
    let yard = ask(
        &room,
        "who-holds-which-role",
        &["--organisation", "Scotland Yard"],
    );
    yard.only("holder", &["Mark Rowley", "NX121"]);
}

#[test]
fn who_held_a_role_on_a_day() {
    let room = town();
    let on =
        |role: &str, day: &str| ask(&room, "role-holder-on-date", &["--role", role, "--on", day]);
    on("mayor", "2021-02-28").only("holder", &[]);
    on("mayor", "2021-12-31").only("holder", &["Ada Quill"]);
    // The paper of 2 June calls her a former mayor, though not of which town.
    let june = on("mayor", "2022-06-02");
    june.only("holder", &["Ben Carter"]);
    assert_eq!(june.0[0]["body"], "Norwich");
    assert_eq!(june.0[0]["lastReport"], "2022-06-02");
    // Her years are in the paper of 2021, which is later than the day.
    on("Finance Minister", "2017-05-01").only("holder", &["Carla Reyes"]);
    on("finance minister", "2015-05-01").only("holder", &[]);
    on("finance minister", "2019-05-01").only("holder", &[]);
    on("finance minister", "2021-03-01").only("holder", &["Tom Berg"]);

    let room = Newsroom::with_seeds();
    let secretary = ["--role", "home secretary", "--on"];
    ask(
        &room,
        "role-holder-on-date",
        &[&secretary[..], &["2023-10-01"]].concat(),
    )
    .only("holder", &["Suella Braverman"]);
    ask(
        &room,
        "role-holder-on-date",
        &[&secretary[..], &["2023-09-24"]].concat(),
    )
    .only("holder", &[]);
    // A former chief constable is none on any day.
    ask(&room, "role-holder-on-date", &["--role", "chief constable"]).only("holder", &[]);
}

#[test]
fn career() {
    let room = town();
    let reyes = ask(&room, "career", &["--person", "carla reyes"]);
    assert_eq!(reyes.0.len(), 1, "{:?}", reyes.0);
    reyes.one(&[
        ("holder", "Carla Reyes"),
        ("status", "former"),
        ("from", "2016-01-01"),
        ("until", "2018-12-31"),
        (
            "sentence",
            "Carla Reyes was finance minister from 2016 to 2018.",
        ),
    ]);
    let quill = ask(&room, "career", &["--person", "Ada Quill"]);
    quill.only("status", &["current", "former"]);
    quill.one(&[
        ("post", "Ada Quill – mayor, Norwich"),
        ("asOf", "2021-03-01"),
    ]);
    quill.one(&[("post", "Ada Quill – former mayor"), ("asOf", "2022-06-02")]);
    quill.one(&[("post", "Ada Quill – chair, Norfolk Council"), ("from", "")]);
    assert_eq!(quill.0.len(), 3);
}

#[test]
fn who_works_where() {
    let room = Newsroom::with_seeds();
    let all = ask(&room, "who-works-where", &[]);
    all.only(
        "body",
        &[
            "Greater Manchester Police",
            "Metropolitan Police",
            "Sky News",
        ],
    );
    all.one(&[("holder", "Peter Fahy"), ("status", "former")]);
    ask(&room, "who-works-where", &["--organisation", "the met"])
        .only("holder", &["Mark Rowley", "NX121"]);

    // Of somebody it may be said only where he works.
    let room = Newsroom::open();
    room.write(
        "a.txt",
        "Ben Carter works for Siemens. Ada Quill, the chief executive of Siemens, praised him.\n",
    );
    room.build(&["a.txt".into()]).exits(0);
    let siemens = ask(&room, "who-works-where", &["--organisation", "Siemens"]);
    siemens.one(&[("holder", "Ada Quill"), ("title", "chief executive")]);
    siemens.one(&[("holder", "Ben Carter"), ("title", "")]);
    assert_eq!(siemens.0.len(), 2, "{:?}", siemens.0);
}

#[test]
fn connections() {
    let room = Newsroom::with_seeds();
    let all = ask(&room, "connections", &[]);
    all.one(&[
        ("one", "Mark Rowley"),
        ("how", "same organisation"),
        ("through", "Metropolitan Police"),
        ("other", "NX121"),
    ]);
    all.one(&[
        ("one", "Sarah Everard"),
        ("through", "Murder of Sarah Everard by Wayne Couzens"),
        ("other", "Wayne Couzens"),
    ]);
    // No article brings these two together, and nobody is connected to himself.
    for row in &all.0 {
        let pair = [row["one"].as_str(), row["other"].as_str()];
        assert_ne!(pair[0], pair[1], "{row:?}");
        assert!(
            !(pair.contains(&"Chris Kaba") && pair.contains(&"Wayne Couzens")),
            "{row:?}"
        );
    }
    // By another of his names.
    let rowley = ask(&room, "connections", &["--person", "Sir Mark"]);
    assert!(!rowley.0.is_empty());
    assert!(
        rowley
            .0
            .iter()
            .all(|row| row["one"] == "Mark Rowley" || row["other"] == "Mark Rowley"),
        "{:?}",
        rowley.0
    );

    let room = town();
    let spouse = [("how", "relation"), ("through", "spouse")];
    ask(&room, "connections", &["--person", "Lewis Stone"]).one(&spouse);
    ask(&room, "connections", &["--person", "Carla Reyes"]).one(&spouse);
    // One meeting is stated, another denied.
    let berg = ask(&room, "connections", &["--person", "Tom Berg"]);
    berg.only(
        "through",
        &["Meeting with Ben Carter and Tom Berg in Paris, 20 May 2022"],
    );
}
