//! One bad article is a line in the report, never a crash, never silence; the rest is built.

use crate::newsroom::{Newsroom, Outcome, finish};

const ARTICLE: &str = "Finance Minister Ada Quill resigned on Tuesday.\n\nHundreds marched in Leeds against the budget.\n";

/// Builds one good article beside a bad one, and gives the lines that name the bad one.
fn beside_a_good_article(name: &str, content: &[u8]) -> (Newsroom, Outcome) {
    let room = Newsroom::open();
    room.write("articles/good.txt", ARTICLE);
    room.write(&format!("articles/{name}"), content);
    let outcome = room.build(&["articles".into()]);
    (room, outcome)
}

/// The bad one has one line with more than its name, the exit code says so, and the good one is in the graph.
fn is_reported(room: &Newsroom, outcome: Outcome, name: &str) {
    let outcome = outcome.exits(1);
    let lines = outcome.lines_with(name);
    assert_eq!(lines.len(), 1, "{outcome:?}");
    assert!(
        lines[0].split_whitespace().count() > 6,
        "no reason and remedy: {}",
        lines[0]
    );
    assert!(!outcome.stderr.contains("panicked"), "{}", outcome.stderr);
    let documents =
        room.rows("SELECT ?source WHERE { ?d a schema:NewsArticle ; dcterms:source ?source }");
    assert_eq!(documents.len(), 1, "{documents:?}");
    assert!(documents[0].contains("good.txt"), "{documents:?}");
}

#[test]
fn an_empty_file() {
    let (room, outcome) = beside_a_good_article("empty.txt", b"");
    is_reported(&room, outcome, "empty.txt");
}

#[test]
fn a_binary_file() {
    let noise: Vec<u8> = (0..4096_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let (room, outcome) = beside_a_good_article("noise.txt", &noise);
    is_reported(&room, outcome, "noise.txt");
}

#[test]
fn a_file_that_is_not_utf8() {
    let text = [b"The mayor of K\xf6ln, Ada Quill, met the caf\xe9 owners \xff\xfe on Tuesday.\n"
        .as_slice(); 3]
        .concat();
    let (room, outcome) = beside_a_good_article("latin.txt", &text);
    is_reported(&room, outcome, "latin.txt");
}

#[test]
fn fifty_megabytes_of_one_line() {
    let line = "a long line without an end ".repeat(50 * 1024 * 1024 / 27);
    let (room, outcome) = beside_a_good_article("line.txt", line.as_bytes());
    is_reported(&room, outcome, "line.txt");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read() {
    let room = Newsroom::open();
    room.write("articles/good.txt", ARTICLE);
    std::os::unix::fs::symlink("nowhere", room.path("articles/dangling.txt")).unwrap();
    let outcome = room.build(&["articles".into()]);
    is_reported(&room, outcome, "dangling.txt");
}

#[test]
fn a_path_that_does_not_exist() {
    let room = Newsroom::open();
    room.write("articles/good.txt", ARTICLE);
    let outcome = room.build(&["articles".into(), "no-such-folder".into()]);
    is_reported(&room, outcome, "no-such-folder");
}

#[test]
fn nothing_but_bad_files_leaves_an_empty_graph_and_says_why() {
    let room = Newsroom::open();
    room.write("articles/empty.txt", "");
    let outcome = room.build(&["articles".into()]);
    assert!(matches!(outcome.code, Some(1 | 3)), "{outcome:?}");
    assert_eq!(outcome.lines_with("empty.txt").len(), 1, "{outcome:?}");
}

#[test]
fn unsure_claims_are_left_out_on_demand() {
    let room = Newsroom::open();
    room.write("articles/good.txt", ARTICLE);
    let confidences = |least: &str| -> Vec<f64> {
        let printed =
            finish(room.command(["extract", "articles/good.txt", "--min-confidence", least]))
                .exits(0)
                .stdout;
        let document: serde_json::Value = serde_json::from_str(&printed).unwrap();
        let claims = document["claims"].as_array().unwrap();
        claims
            .iter()
            .map(|c| c["confidence"].as_f64().unwrap())
            .collect()
    };
    let all = confidences("0");
    let surest = all.iter().copied().fold(0.0, f64::max);
    let sure = confidences("0.9");
    assert!(sure.len() < all.len(), "{all:?}");
    assert_eq!(
        sure.len(),
        all.iter().filter(|c| **c >= 0.9).count(),
        "{all:?}"
    );
    assert!(surest >= 0.9 && sure.contains(&surest), "{all:?}");
    let mut command = room.building(&["articles".into()]);
    command.args(["--min-confidence", "1.0"]);
    finish(command).exits(0);
    assert!(
        room.rows("SELECT ?m WHERE { ?m a org:Membership }")
            .is_empty()
    );
    // What was left out is only left out, not forgotten.
    let filtered = room.export("nquads");
    room.build(&["articles".into()]).exits(0);
    let whole = room.export("nquads");
    let fresh = Newsroom::open();
    fresh.write("articles/good.txt", ARTICLE);
    fresh.build(&["articles".into()]).exits(0);
    assert!(whole == fresh.export("nquads") && whole != filtered);
    finish(room.command(["extract", "articles/good.txt", "--min-confidence", "2"])).exits(2);
}
