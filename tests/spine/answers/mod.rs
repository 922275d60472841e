//! What the questions that we ship answer. Right answers are worked out by hand from the articles, those of
//! `seeds/articles` or a few written here where they show more.

mod happenings;
mod holders;
mod sources;
mod whole;

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
    let here = [
        include_str!("happenings.rs"),
        include_str!("holders.rs"),
        include_str!("sources.rs"),
        include_str!("whole.rs"),
    ]
    .concat();
    for question in Question::all() {
        let asked = format!("\"{}\"", question.name);
        assert!(here.contains(&asked), "nobody asks {}", question.name);
    }
}
