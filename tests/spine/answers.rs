//! What the questions that we ship answer. Right answers are worked out by hand from the articles, those of
//! `seeds/articles` or a few written here where they show more.

use std::collections::{BTreeMap, BTreeSet};

use newsloom::query::Question;

use crate::newsroom::{Newsroom, finish};

/// One row of an answer: column and value.
type Row = BTreeMap<String, String>;

/// The rows of an answer.
struct Rows(Vec<Row>);

/// The answer to a question with its parameters.
fn ask(room: &Newsroom, question: &str, parameters: &[&str]) -> Rows {
    let mut command = room.command(["ask", question, "--format", "csv", "--store"]);
    command.arg(room.store()).args(parameters);
    let text = finish(command).exits(0).stdout;
    let rows = csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(|row| row.expect("a row of CSV"))
        .collect();
    Rows(rows)
}

impl Rows {
    /// Rows that have these values.
    fn with(&self, wanted: &[(&str, &str)]) -> Vec<&Row> {
        let has = |row: &Row, (column, value): &(&str, &str)| {
            let found = row.get(*column);
            found.unwrap_or_else(|| panic!("no column {column} in {row:?}")) == value
        };
        let rows = self.0.iter();
        rows.filter(|row| wanted.iter().all(|pair| has(row, pair)))
            .collect()
    }

    /// Fails unless exactly one row has these values.
    #[track_caller]
    fn one(&self, wanted: &[(&str, &str)]) -> &Row {
        let found = self.with(wanted);
        assert_eq!(found.len(), 1, "{wanted:?} in {:#?}", self.0);
        found[0]
    }

    /// Fails if a row has these values.
    #[track_caller]
    fn none(&self, unwanted: &[(&str, &str)]) {
        let found = self.with(unwanted);
        assert!(found.is_empty(), "{unwanted:?}: {found:#?}");
    }

    /// The values of a column, each once.
    fn column(&self, name: &str) -> BTreeSet<&str> {
        self.0.iter().map(|row| row[name].as_str()).collect()
    }

    /// Fails unless the column has these values and no other.
    #[track_caller]
    fn only(&self, name: &str, values: &[&str]) {
        assert_eq!(
            self.column(name),
            values.iter().copied().collect(),
            "{:#?}",
            self.0
        );
    }
}

/// A town whose mayor changes, with an arrest that the police deny, a fire that two papers count differently, and a death
/// that they date differently.
fn town() -> Newsroom {
    let room = Newsroom::open();
    for (name, text) in [
        (
            "1.txt",
            "Mayor opens bridge\n\nPublished 1 March 2021\n\n\
             Ada Quill, the mayor of Norwich, opened the new bridge on Monday.\n\n\
             Carla Reyes was finance minister from 2016 to 2018.\n\n\
             Tom Berg, the finance minister, was arrested in Norwich on 27 February 2021.\n\n\
             Carla Reyes was arrested in Ipswich on 26 February 2021. She is married to Lewis Stone.\n",
        ),
        (
            "2.txt",
            "Council row\n\nPublished 2 June 2022\n\n\
             Ben Carter, the mayor of Norwich, resigned on Tuesday. Former mayor Ada Quill praised him.\n\n\
             Tom Berg was not arrested in Norwich on 27 February 2021, police said.\n\n\
             Twelve people died in the Norwich fire on 1 June 2022. Ben Carter met Tom Berg in Paris on 20 May 2022.\n",
        ),
        (
            "3.txt",
            "Fire\n\nPublished 3 June 2022\n\n\
             At least 20 people died in the Norwich fire on 1 June 2022.\n\n\
             Lewis Stone, the former mayor of Norwich, died in Paris on 2 June 2022. Ben Carter denied that he had met \
             Tom Berg in Paris. Strikes spread over France.\n",
        ),
        (
            "4.txt",
            "Death\n\nPublished 4 June 2022\n\n\
             Lewis Stone died in Paris on 3 June 2022, his family said.\n\n\
             Ada Quill has been appointed as chair of Norfolk Council. Sixty soldiers may be sent to Norwich.\n",
        ),
    ] {
        room.write(&format!("articles/{name}"), text);
    }
    room.build(&["articles".into()]).exits(0);
    room
}

#[test]
fn every_question_has_a_test_of_its_answer() {
    let here = include_str!("answers.rs");
    for question in Question::all() {
        let asked = format!("\"{}\"", question.name);
        assert!(here.contains(&asked), "nobody asks {}", question.name);
    }
}

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
    let death = all.one(&[("event", "Death of Twelve people, 1 June 2022")]);
    assert_eq!(
        [
            &death["counted"],
            &death["oneFigure"],
            &death["otherFigure"]
        ],
        ["people", "Twelve people", "At least 20 people"]
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
    let guns = seeds.with(&[("otherFigure", "As many as 300 firearms officers")]);
    assert!(
        guns.iter()
            .any(|row| row["oneFigure"] == "More than 100 officers"),
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
