//! What happened, where and when, and what somebody doubts.

use super::{ask, town};
use crate::newsroom::Newsroom;

#[test]
fn events_at_a_place() {
    let room = Newsroom::with_seeds();
    let at = |place: &str, from: &str, to: &str| {
        ask(
            &room,
            "events-at-place",
            &["--place", place, "--from", from, "--to", to],
        )
    };
    let death = "Death of Chris Kaba in Streatham and Streatham Hill, 5 September 2022";
    // Streatham Hill lies in London, by article 1.
    let london = at("london", "2022-01-01", "2022-12-31");
    let row = london.one(&[("event", death), ("where", "Streatham Hill")]);
    assert_eq!(
        (row["earliest"].as_str(), row["latest"].as_str()),
        ("2022-09-05", "2022-09-05")
    );
    // The days that "in September 2022" can mean reach into the period, those of the death do not.
    let late = at("London", "2022-09-10", "2022-09-20");
    late.none(&[("event", death)]);
    late.one(&[(
        "event",
        "Shooting of Chris Kaba in Streatham Hill, September 2022",
    )]);
    assert!(at("London", "2021-01-01", "2021-12-31").0.is_empty());
    // A protest before its headquarters is none in Streatham, and soldiers that may come have not come.
    let hill = ask(&room, "events-at-place", &["--place", "Streatham Hill"]);
    hill.only("where", &["Streatham Hill"]);
    hill.only("type", &["death", "shooting"]);

    let room = town();
    let france = ask(&room, "events-at-place", &["--place", "France"]);
    france.only("where", &["Paris"]);
    france.only("type", &["death", "meeting"]);
    france.none(&[("earliest", "")]);
    let norwich = ask(&room, "events-at-place", &["--place", "Norwich"]);
    norwich.one(&[("type", "fire")]);
    // The arrest that one paper states; the denied one and the soldiers who may be sent did not happen.
    norwich.one(&[("type", "arrest")]);
    norwich.none(&[("type", "deployment")]);
}

#[test]
fn timeline() {
    let room = Newsroom::with_seeds();
    let kaba = ask(&room, "timeline", &["--name", "Chris Kaba"]);
    kaba.only("who", &["Chris Kaba"]);
    kaba.only("part", &["victim"]);
    // Once, on the sharpest of its days.
    let death = kaba.one(&[(
        "event",
        "Death of Chris Kaba in Streatham and Streatham Hill, 5 September 2022",
    )]);
    assert_eq!(
        (death["when"].as_str(), death["kind"].as_str()),
        ("2022-09-05", "happened")
    );
    // In order, and what has no day at the end.
    let force = ask(&room, "timeline", &["--name", "Metropolitan Police"]);
    let days: Vec<&str> = force.0.iter().map(|row| row["when"].as_str()).collect();
    let undated = days.iter().position(|day| day.is_empty()).unwrap();
    assert!(
        undated > 0
            && days[..undated].is_sorted()
            && days[undated..].iter().all(|day| day.is_empty()),
        "{days:?}"
    );
    let officer = ask(&room, "timeline", &["--name", "NX121"]);
    assert_eq!(
        officer.one(&[("event", "Trial against NX121 (planned)")])["kind"],
        "planned, possible"
    );
    ask(&room, "timeline", &["--name", "Streatham Hill"]).only("part", &["place"]);
    // Some say that it is planned and some that it may be: one event, one line for each who takes part.
    let military = ask(&room, "timeline", &["--name", "military"]);
    let line = military.one(&[(
        "event",
        "Deployment by military for Metropolitan Police (planned)",
    )]);
    assert_eq!(line["kind"], "planned, possible");

    let all = ask(&town(), "timeline", &[]);
    all.one(&[
        ("when", "2022-05-20"),
        ("who", "Tom Berg"),
        ("part", "participant"),
        ("kind", "happened"),
    ]);
    all.one(&[
        ("when", "2021-02-27"),
        ("who", "Tom Berg"),
        ("kind", "denied"),
    ]);
}

#[test]
fn what_changed() {
    let room = town();
    let june = ask(
        &room,
        "what-changed",
        &["--from", "2022-06-01", "--to", "2022-06-03"],
    );
    june.one(&[
        ("post", "Ben Carter – mayor, Norwich"),
        ("status", "current"),
        ("asOf", "2022-06-02"),
        ("before", ""),
    ]);
    june.one(&[
        ("holder", "Ada Quill"),
        ("status", "former"),
        ("before", "current"),
    ]);
    june.one(&[("holder", "Lewis Stone"), ("status", "former")]);
    // What was known in 2021, and what was reported the day after.
    june.none(&[("holder", "Tom Berg")]);
    june.none(&[("post", "Ada Quill – chair, Norfolk Council")]);
    let day = ask(&room, "what-changed", &["--from", "2022-06-04"]);
    day.only("post", &["Ada Quill – chair, Norfolk Council"]);

    // Two reports of one role are one change, on the day of the first; what was reported before is none.
    let room = Newsroom::open();
    for (day, person) in [
        ("1 May", "Ada Quill"),
        ("2 May", "Ben Carter"),
        ("3 May", "Ben Carter"),
    ] {
        let text = format!(
            "Council\n\nPublished {day} 2022\n\n{person}, the mayor of Norwich, spoke on Monday of {day}.\n"
        );
        room.write(&format!("articles/{day}.txt"), text);
    }
    room.write(
        "articles/last.txt",
        "Council\n\nPublished 4 May 2022\n\nAda Quill, the mayor, spoke again about it on Tuesday.\n",
    );
    room.build(&["articles".into()]).exits(0);
    let changed = ask(&room, "what-changed", &["--from", "2022-05-02"]);
    changed.one(&[("holder", "Ben Carter"), ("asOf", "2022-05-02")]);
    changed.only("holder", &["Ben Carter"]);
}

#[test]
fn disputed() {
    let room = town();
    let all = ask(&room, "disputed", &[]);
    let arrest = all.one(&[("claim", "Arrest of Tom Berg in Norwich, 27 February 2021")]);
    assert_eq!(
        arrest["affirmedIn"],
        "Tom Berg, the finance minister, was arrested in Norwich on 27 February 2021."
    );
    assert_eq!(
        arrest["deniedIn"],
        "Tom Berg was not arrested in Norwich on 27 February 2021, police said."
    );
    all.one(&[(
        "claim",
        "Meeting with Ben Carter and Tom Berg in Paris, 20 May 2022",
    )]);
    assert_eq!(all.0.len(), 2, "{:#?}", all.0);

    // Another day, another place, other people: no dispute.
    let room = Newsroom::open();
    room.write(
        "articles/1.txt",
        "Ben Carter met Tom Berg in Paris on 20 May 2022. Police arrested Ada Quill in Norwich.\n",
    );
    room.write(
        "articles/2.txt",
        "Ben Carter did not meet Tom Berg in Paris on 21 May 2022. Police did not arrest Ada Quill in Ipswich. \
         Tom Berg did not meet Ada Quill in Paris.\n",
    );
    room.build(&["articles".into()]).exits(0);
    assert!(ask(&room, "denied", &[]).0.len() >= 2);
    ask(&room, "disputed", &[]).only("claim", &[]);
    // In our articles, nothing is affirmed by one and denied by another.
    ask(&Newsroom::with_seeds(), "disputed", &[]).only("claim", &[]);
}

#[test]
fn denied() {
    let room = town();
    let all = ask(&room, "denied", &[]);
    let meeting = all.one(&[("by", "Ben Carter")]);
    assert_eq!(
        meeting["sentence"],
        "Ben Carter denied that he had met Tom Berg in Paris."
    );
    // One line for the event, none for its parts.
    assert_eq!(all.0.len(), 2, "{:#?}", all.0);

    let seeds = ask(&Newsroom::with_seeds(), "denied", &[]);
    seeds.one(&[(
        "sentence",
        "Before the request was dropped, sources stressed that the troops would not patrol the streets.",
    )]);
    seeds.none(&[("sentence", "NX121 has been given conditional bail.")]);
}

#[test]
fn unconfirmed() {
    let all = ask(&Newsroom::with_seeds(), "unconfirmed", &[]);
    for (event, doubt) in [
        ("Trial against NX121 (planned)", "planned"),
        ("Imprisonment of NX121 (possible)", "possible"),
        ("Attack in London (possible)", "possible"),
        ("Deployment by the troops in the streets (denied)", "denied"),
    ] {
        all.one(&[("event", event), ("doubt", doubt)]);
    }
    // Each sentence with its own doubt.
    let military = (
        "event",
        "Deployment by military for Metropolitan Police (planned)",
    );
    let may = "The military may be asked to stand in for firearms officers of the Metropolitan Police, dozens of whom are believed to have stopped carrying guns.";
    all.one(&[military, ("sentence", may), ("doubt", "possible")]);
    all.none(&[military, ("sentence", may), ("doubt", "planned")]);
    for fact in ["shooting", "bail", "Murder", "Protest"] {
        assert!(
            all.column("event")
                .iter()
                .all(|event| !event.contains(fact)),
            "{fact}"
        );
    }

    let town = ask(&town(), "unconfirmed", &[]);
    town.one(&[
        ("sentence", "Sixty soldiers may be sent to Norwich."),
        ("doubt", "possible"),
    ]);
    assert_eq!(town.0.len(), 3, "{:#?}", town.0);
}

#[test]
fn conflicting_dates() {
    let room = town();
    let all = ask(&room, "conflicting-dates", &[]);
    let stone = all.one(&[("oneDate", "2022-06-02"), ("otherDate", "2022-06-03")]);
    assert!(stone["event"].contains("Lewis Stone"), "{stone:?}");
    assert!(
        stone["oneSource"].ends_with("3.txt") && stone["otherSource"].ends_with("4.txt"),
        "{stone:?}"
    );
    assert_eq!(all.0.len(), 1, "{:#?}", all.0);
    // "In September 2022" and "on 5 September" can both hold.
    ask(&Newsroom::with_seeds(), "conflicting-dates", &[]).only("event", &[]);
}

#[test]
fn events_by_type() {
    let counts = |room: &Newsroom, name: &str| {
        let rows = ask(room, "events-by-type", &[]);
        let row = rows.one(&[("type", name)]);
        [row["happened"].clone(), row["unconfirmed"].clone()]
    };
    let room = town();
    assert_eq!(counts(&room, "arrest"), ["2", "1"]);
    assert_eq!(counts(&room, "meeting"), ["1", "1"]);
    assert_eq!(counts(&room, "deployment"), ["0", "1"]);
    assert_eq!(counts(&room, "fire"), ["1", "0"]);
    let room = Newsroom::with_seeds();
    assert_eq!(counts(&room, "trial"), ["0", "1"]);
    assert_eq!(counts(&room, "murder"), ["1", "0"]);
}
