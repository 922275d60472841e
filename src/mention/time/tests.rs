//! Expressions of time with what they mean on a given day of publication, or on none.

use super::*;
use crate::source::RawArticle;

/// The time expressions of a text: words and value.
fn read(text: &str, published: Option<&str>) -> Vec<(String, String)> {
    let document = Document::new(RawArticle {
        source: "test".to_owned(),
        title: None,
        publisher: None,
        published: published.map(str::to_owned),
        text: text.to_owned(),
    })
    .unwrap();
    let sentences = english::Reader::embedded().read(document.text());
    find(&document, &sentences)
        .into_iter()
        .map(|t| {
            let v = &t.value;
            let value = v.lexical().unwrap_or_else(|| match (v.earliest, v.latest) {
                (None, None) => match (v.partial, v.year_offset) {
                    (None, None) => "open".to_owned(),
                    (Some((m, Some(d))), o) => format!("--{m:02}-{d:02}{}", offset(o)),
                    (Some((m, None)), o) => format!("--{m:02}{}", offset(o)),
                    (None, o) => offset(o),
                },
                (a, b) => format!(
                    "{}..{}",
                    a.map(|d| d.to_string()).unwrap_or_default(),
                    b.map(|d| d.to_string()).unwrap_or_default()
                ),
            });
            (document.slice(t.span).to_owned(), value)
        })
        .collect()
}

fn offset(o: Option<i8>) -> String {
    o.map(|o| format!("{o:+}")).unwrap_or_default()
}

fn one(text: &str, published: Option<&str>) -> (String, String) {
    let mut all = read(text, published);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all.remove(0)
}

#[test]
fn days_and_months_with_a_year_need_no_publication_date() {
    for (text, words, value) in [
        (
            "The bridge fell on 5 March 2019.",
            "on 5 March 2019",
            "2019-03-05",
        ),
        (
            "The bridge fell on March 5, 2019.",
            "on March 5, 2019",
            "2019-03-05",
        ),
        (
            "The bridge fell in September 2021.",
            "in September 2021",
            "2021-09",
        ),
        ("The bridge fell in 1987.", "in 1987", "1987"),
        (
            "The plant closed in the 1990s.",
            "in the 1990s",
            "1990-01-01..1999-12-31",
        ),
        (
            "He ruled from 2010 to 2014.",
            "from 2010 to 2014",
            "2010-01-01..2014-12-31",
        ),
        (
            "He ruled between 2010 and 2014.",
            "between 2010 and 2014",
            "2010-01-01..2014-12-31",
        ),
    ] {
        assert_eq!(one(text, None), (words.to_owned(), value.to_owned()));
    }
}

#[test]
fn weekdays_are_the_nearest_on_the_side_of_the_tense() {
    // 15 May 2024 is a Wednesday.
    let on = Some("2024-05-15");
    for (text, value) in [
        ("Voters went to the polls on Sunday.", "2024-05-12"),
        ("The minister resigned on Wednesday.", "2024-05-15"),
        ("The minister resigned on Thursday night.", "2024-05-09"),
        ("The court will sit on Friday.", "2024-05-17"),
        ("The trial is due to start on Monday.", "2024-05-20"),
        ("The minister resigned yesterday.", "2024-05-14"),
        ("The house burned down last night.", "2024-05-14"),
        ("They married last September.", "2023-09"),
        ("They married in March.", "2024-03"),
        ("They married on 3 August.", "2023-08-03"),
        ("The fair will open on 3 August.", "2024-08-03"),
        ("They married two years ago.", "2022"),
        ("They married last year.", "2023"),
        (
            "The rules changed over the past two days.",
            "2024-05-13..2024-05-15",
        ),
    ] {
        assert_eq!(one(text, on).1, value, "{text}");
    }
}

#[test]
fn without_a_publication_date_the_words_keep_what_they_give() {
    for (text, value) in [
        ("The minister resigned on Thursday.", "open"),
        ("They married in March last year.", "--03-1"),
        ("A hearing is set for 9 June next year.", "--06-09+1"),
        ("They married last year.", "-1"),
        ("They married last September.", "--09"),
    ] {
        assert_eq!(one(text, None).1, value, "{text}");
    }
}

#[test]
fn durations_ages_and_people_are_no_times() {
    for text in [
        "He was jailed for 12 years.",
        "The 24-year-old was unhurt.",
        "Prime Minister May lost the vote.",
        "About 2000 people came.",
        "The march passed the station.",
    ] {
        assert_eq!(read(text, Some("2024-05-15")), [], "{text}");
    }
}

#[test]
fn bounds_are_not_days() {
    let on = Some("2024-05-15");
    assert_eq!(
        one("She has led the firm since March.", on).1,
        "2024-03-01.."
    );
    assert_eq!(
        one("The road will stay shut until Friday.", on).1,
        "..2024-05-17"
    );
}
