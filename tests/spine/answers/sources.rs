//! Figures, sources and what they say.

use super::{ask, town};
use crate::newsroom::Newsroom;

#[test]
fn figures() {
    let room = Newsroom::with_seeds();
    let all = ask(&room, "figures", &["--unit", "officer"]);
    all.only("counted", &["officer"]);
    for (value, comparator, source) in [
        ("70", "exactly", "01"),
        ("300", "up to", "03"),
        ("2595", "exactly", "04"),
        ("2841", "exactly", "04"),
        ("", "scores of", "02"),
    ] {
        let row = all.one(&[("value", value), ("comparator", comparator)]);
        assert!(
            row["source"].contains(&format!("/{source}-")),
            "{value}: {row:?}"
        );
    }
    // Two papers say "more than 100", and no figure is a date or an age.
    assert_eq!(
        all.with(&[("value", "100"), ("comparator", "more than")])
            .len(),
        2
    );
    for number in ["24", "2018", "2022", "9"] {
        ask(&room, "figures", &[]).none(&[("value", number)]);
    }
}

#[test]
fn conflicting_figures() {
    let room = town();
    let all = ask(&room, "conflicting-figures", &[]);
    let death = all.one(&[("event", "Death of twelve people, 1 June 2022")]);
    assert_eq!(
        [
            &death["counted"],
            &death["oneFigure"],
            &death["otherFigure"]
        ],
        ["people", "twelve people", "at least 20 people"]
    );
    assert!(
        death["oneSource"].ends_with("2.txt") && death["otherSource"].ends_with("3.txt"),
        "{death:?}"
    );
    all.only("counted", &["people"]);
    ask(&room, "conflicting-figures", &["--unit", "soldier"]).only("event", &[]);

    // How many laid down their guns: the one pair that disagrees. Those of one article are no conflict of sources.
    let seeds = ask(
        &Newsroom::with_seeds(),
        "conflicting-figures",
        &["--unit", "officer"],
    );
    let guns = seeds.with(&[("otherFigure", "as many as 300 firearms officers")]);
    assert!(
        guns.iter()
            .any(|row| row["oneFigure"] == "more than 100 officers"),
        "{guns:?}"
    );
    assert!(
        seeds
            .0
            .iter()
            .all(|row| row["oneSource"] != row["otherSource"])
    );
    seeds.none(&[
        ("oneFigure", "2,595 officers"),
        ("otherFigure", "2,841 officers"),
    ]);
}

#[test]
fn single_source() {
    let all = ask(&Newsroom::with_seeds(), "single-source", &[]);
    let once = all.one(&[(
        "claim",
        "Peter Fahy formerly chief constable, Greater Manchester Police",
    )]);
    assert!(once["source"].contains("/04-"), "{once:?}");
    all.one(&[
        ("sentence", "NX121 has been given conditional bail."),
        ("claim", "Bail: Bail against NX121"),
    ]);
    // Four articles call her so.
    all.none(&[("claim", "Suella Braverman is Home Secretary")]);
    assert!(
        all.column("claim")
            .iter()
            .all(|claim| !claim.starts_with("Criminal charge")),
        "five articles tell of the charge"
    );
}

#[test]
fn independent_sources() {
    let room = Newsroom::with_seeds();
    let three = ask(&room, "independent-sources", &["--least", "3"]);
    // Named Home Secretary in articles 1, 3 and 4; the death in all five.
    let secretary = three.one(&[("claim", "Suella Braverman is Home Secretary")]);
    assert_eq!(
        (
            secretary["origins"].as_str(),
            secretary["documents"].as_str()
        ),
        ("3", "3")
    );
    assert!(
        three.column("claim").iter().any(|claim| claim
            .starts_with("Criminal charge: Criminal charge over Chris Kaba against NX121")),
        "{:?}",
        three.0
    );
    // Articles 2 and 3 give him that title at that body.
    let rowley = [("claim", "Mark Rowley is commissioner, Metropolitan Police")];
    three.none(&rowley);
    let two = ask(&room, "independent-sources", &[]);
    assert_eq!(two.one(&rowley)["origins"], "2");
    two.none(&[("claim", "Bail: Bail against NX121")]);

    // A copy is no second origin.
    let room = Newsroom::open();
    let wire = "Ada Quill, the mayor of Norwich, opened the new bridge over the Wensum on Monday. \
                Hundreds came to see it, and a band played until the evening.\n";
    room.write("articles/wire.txt", wire);
    room.write("articles/copy.txt", format!("{wire}\nThe Daily\n"));
    room.build(&["articles".into()]).exits(0);
    ask(&room, "independent-sources", &[]).only("claim", &[]);
    assert!(!ask(&room, "single-source", &[]).0.is_empty());
}

#[test]
fn who_said_what() {
    let room = Newsroom::with_seeds();
    let khan = ask(&room, "who-said-what", &["--speaker", "Sadiq Khan"]);
    khan.only("who", &["Sadiq Khan"]);
    let rowley = ask(&room, "who-said-what", &["--speaker", "Sir Mark Rowley"]);
    rowley.only("who", &["Mark Rowley"]);
    rowley.one(&[
        (
            "claim",
            "Review: Review by Suella Braverman and Home Office about armed policing",
        ),
        (
            "sentence",
            "The reviews held so far had changed nothing, he added.",
        ),
    ]);
    // The paper says so, not he.
    let narrated = "Sir Mark Rowley, the commissioner, has since talked to 70 firearms officers from all over London.";
    ask(&room, "who-said-what", &[]).none(&[("sentence", narrated)]);

    let town = ask(&town(), "who-said-what", &[]);
    town.only("who", &["Ben Carter", "his family", "police"]);
    let denial = town.with(&[("who", "police")]);
    assert!(
        denial.iter().all(|row| row["sentence"]
            == "Tom Berg was not arrested in Norwich on 27 February 2021, police said."),
        "{denial:?}"
    );
}

#[test]
fn said_about() {
    let room = Newsroom::with_seeds();
    let everard = ask(&room, "said-about", &["--name", "sarah everard"]);
    everard.only("voice", &["narrated"]);
    everard.only(
        "sentence",
        &["Wayne Couzens, an armed officer, abducted Sarah Everard, raped her and murdered her."],
    );
    assert_eq!(everard.0.len(), 3, "{:#?}", everard.0);

    let room = town();
    let stone = ask(&room, "said-about", &["--name", "Lewis Stone"]);
    stone.one(&[
        ("claim", "Lewis Stone – death date – 3 June 2022"),
        ("voice", "reported"),
    ]);
    stone.one(&[
        ("claim", "Lewis Stone – death date – 2 June 2022"),
        ("voice", "narrated"),
        ("by", "Fire"),
    ]);
    // The fire is no claim about him; what is said of his wife is, where it names him.
    stone.one(&[
        ("sentence", "She is married to Lewis Stone."),
        ("claim", "Lewis Stone – spouse – Carla Reyes"),
    ]);
    assert!(
        stone
            .column("sentence")
            .iter()
            .all(|sentence| !sentence.contains("people died")),
    );
    ask(&room, "said-about", &["--name", "Nobody"]).only("claim", &[]);
}

#[test]
fn evidence() {
    let room = Newsroom::with_seeds();
    let maclean = ask(&room, "evidence", &["--name", "Rachel Maclean"]);
    let role = maclean.one(&[("fact", "Rachel Maclean – housing minister")]);
    assert_eq!(
        role["sentence"],
        "Rachel Maclean, the housing minister, took the same line today."
    );
    let article = std::fs::read_to_string(
        crate::newsroom::root().join("seeds/articles/03-soldiers-stood-down.txt"),
    )
    .unwrap();
    let (begin, end): (usize, usize) =
        (role["begin"].parse().unwrap(), role["end"].parse().unwrap());
    let text: String = article.chars().skip(begin).take(end - begin).collect();
    assert_eq!(text, role["sentence"]);
    maclean.only("source", &[role["source"].as_str()]);
    // An event by its label.
    let bail = ask(&room, "evidence", &["--name", "Bail against NX121"]);
    bail.only("sentence", &["NX121 has been given conditional bail."]);

    // What two people are to each other is a fact about both.
    let room = town();
    for name in ["Carla Reyes", "Lewis Stone"] {
        ask(&room, "evidence", &["--name", name])
            .one(&[("fact", "Lewis Stone – spouse – Carla Reyes")]);
    }
}

#[test]
fn documents() {
    let rows = ask(&Newsroom::with_seeds(), "documents", &[]);
    assert_eq!(rows.0.len(), 5);
    let dated = rows.one(&[("published", "2023-09-25")]);
    assert!(dated["source"].ends_with("03-soldiers-stood-down.txt"));
    assert_eq!(
        dated["title"],
        "Met tells soldiers they can go as armed officers pick up their guns again"
    );
    assert_eq!(rows.with(&[("published", "")]).len(), 4);
    for row in &rows.0 {
        let number = |column: &str| row[column].parse::<u32>().unwrap();
        assert!(
            (10..60).contains(&number("sentences")) && number("assertions") >= number("sentences"),
            "{row:?}"
        );
    }
}
