//! `newsloom show`: a person, a body, a place and an event, as an analyst reads them.

use std::collections::BTreeSet;

use regex::Regex;
use serde_json::Value;

use crate::newsroom::{Newsroom, finish};
use crate::ties;

fn shown(room: &Newsroom, name: &str, format: &str) -> String {
    let mut command = room.command(["show", name, "--format", format, "--store"]);
    command.arg(room.store());
    finish(command).exits(0).stdout
}

/// A person, a body, a place, and the killing that the articles tell of.
fn names(room: &Newsroom) -> Vec<String> {
    let death = "SELECT ?label { ?x a nl:Death ; a sem:Event ; rdfs:label ?label } ORDER BY ?label";
    let mut names: Vec<String> = ["Suella Braverman", "Metropolitan Police", "London"]
        .map(str::to_owned)
        .to_vec();
    names.push(ties::rows(room, death)[0]["label"].clone());
    names
}

fn lines<'a>(page: &'a Value, section: &str) -> Vec<&'a Value> {
    page[section].as_array().unwrap().iter().collect()
}

#[test]
fn every_line_is_said_once_and_has_its_sentences() {
    let room = Newsroom::with_seeds();
    for name in names(&room) {
        let pages: Value = serde_json::from_str(&shown(&room, &name, "json")).unwrap();
        let page = &pages[0];
        let sources: BTreeSet<u64> = lines(page, "sources")
            .iter()
            .map(|source| source["number"].as_u64().unwrap())
            .collect();
        let mut read = 0;
        for section in ["roles", "members", "events", "relations", "statements"] {
            let mut seen = BTreeSet::new();
            for line in lines(page, section) {
                let text = line["text"].as_str().unwrap();
                let notes = line["notes"].to_string();
                let own: Vec<u64> = serde_json::from_value(line["sources"].clone()).unwrap();
                assert!(
                    !own.is_empty() && own.iter().all(|n| sources.contains(n)),
                    "{text}"
                );
                if section == "statements" {
                    assert!(seen.insert((text, notes.clone())), "{text} stands twice");
                    let what = text.split(" – ").next().unwrap();
                    assert_eq!(text.matches(what).count(), 1, "{text}");
                }
                for doubt in ["planned", "possible", "denied"] {
                    let twice = text.ends_with(&format!("({doubt})"))
                        && notes.contains(&format!("{doubt} only"));
                    assert!(!twice, "{text} {notes}");
                }
                read += 1;
            }
        }
        assert!(read > 2, "{name}: {read} lines");
    }
}

#[test]
fn the_page_of_an_event_tells_who_where_and_when() {
    let room = Newsroom::with_seeds();
    let names = names(&room);
    let pages: Value = serde_json::from_str(&shown(&room, &names[3], "json")).unwrap();
    let parts: Vec<&str> = lines(&pages[0], "relations")
        .iter()
        .map(|line| line["text"].as_str().unwrap())
        .collect();
    for part in ["victim: Chris Kaba", "place: Streatham"] {
        assert!(parts.contains(&part), "{part} is not in {parts:?}");
    }
    assert_eq!(pages[0]["events"][0]["when"], "2022-09-05");
    assert!(shown(&room, &names[3], "text").contains("Who, what and where\n"));
}

#[test]
fn the_html_is_whole_by_itself_and_its_tags_close() {
    let room = Newsroom::with_seeds();
    let tag = Regex::new(r"<(/?)([a-z][a-z0-9]*)[^>]*>").unwrap();
    for name in names(&room) {
        let html = shown(&room, &name, "html");
        let mut open: Vec<String> = Vec::new();
        for found in tag.captures_iter(&html) {
            let name = found[2].to_owned();
            match &found[1] {
                "/" => assert_eq!(open.pop(), Some(name)),
                _ if ["meta", "br"].contains(&name.as_str()) => {}
                _ => open.push(name),
            }
        }
        assert_eq!(open, [""; 0]);
        for foreign in ["<script", "<link", "<img", "@import", "url("] {
            assert!(!html.contains(foreign), "{foreign}");
        }
        let all = |pattern: &str| -> Vec<String> {
            let found = Regex::new(pattern).unwrap();
            found
                .captures_iter(&html)
                .map(|c| c[1].to_owned())
                .collect()
        };
        let ids = all(r#" id="([^"]+)""#);
        let distinct: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "an id stands twice");
        let leads = all(r##"href="#([^"]+)""##);
        assert!(leads.len() > 3 && leads.iter().all(|id| distinct.contains(id)));
    }
}
