//! A store of a million triples of made-up news, made by the program itself: that its questions are answered at once, and
//! that it is written and read at least as fast as by Oxigraph's own command-line tool.
//!
//! `cargo test --release --test million -- --ignored --nocapture` prints one JSON line of figures, which the scorecard
//! reads. `NEWSLOOM_MILLION` sets the number of articles, `NEWSLOOM_MILLION_DIR` a folder in which everything is left, and
//! `OXIGRAPH` the tool to compare with (`pip install oxigraph`); without it the comparison is skipped.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by stopping"
)]

mod articles;
#[path = "../common/dice.rs"]
mod dice;
mod run;

use newsloom::store;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Quad, Term};
use run::{Measured, Room};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::thread;

/// Articles that give a million triples.
const ARTICLES: usize = 600;

/// Longest that an answer may take, in seconds.
const PATIENCE: f64 = 1.0;

/// Least speed, as a multiple of Oxigraph's.
const SPEED: f64 = 0.9;

/// Times that both load the same file.
const ROUNDS: usize = 3;

fn best(rounds: &[Measured]) -> Measured {
    let by_time = |a: &&Measured, b: &&Measured| a.seconds.total_cmp(&b.seconds);
    *rounds.iter().min_by(by_time).unwrap()
}

fn quads(file: &Path) -> Vec<Quad> {
    let bytes = fs::read(file).unwrap();
    let parser = RdfParser::from_format(RdfFormat::NQuads).for_slice(&bytes);
    parser.map(|quad| quad.unwrap()).collect()
}

#[test]
fn awkward_strings_come_out_as_they_went_in() {
    let room = Room::new(24);
    let file = room.export("nquads", "graph.nq").0;
    let mut titles = BTreeSet::new();
    for quad in quads(&file) {
        let Term::Literal(literal) = quad.object else {
            continue;
        };
        let control = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
        assert!(!literal.value().contains(control), "{literal}");
        if quad.predicate.as_str() == "http://purl.org/dc/terms/title" {
            titles.insert(literal.value().to_owned());
        }
    }
    for held in [
        "the \"so-called\" 'safe' zone",
        "<script>alert(1)</script>",
        "👨\u{200d}👩\u{200d}👧",
        "שלום",
        "\\n that is no newline",
        "on and a very long title that goes on",
    ] {
        assert!(
            titles.iter().any(|t| t.contains(held)),
            "{held}: {titles:?}"
        );
    }
    // Turtle says the same as N-Quads, in one graph.
    let turtle = fs::read(room.export("turtle", "graph.ttl").0).unwrap();
    let flat: BTreeSet<String> = RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(&turtle)
        .map(|quad| quad.unwrap().to_string())
        .collect();
    let wanted: BTreeSet<String> = quads(&file)
        .into_iter()
        .map(|quad| oxigraph::model::Triple::from(quad).to_string())
        .collect();
    assert_eq!(flat, wanted);
}

#[test]
#[ignore = "takes minutes; the scorecard runs it"]
fn a_million_triples() {
    let count = std::env::var("NEWSLOOM_MILLION")
        .ok()
        .and_then(|n| n.parse().ok());
    let room = Room::new(count.unwrap_or(ARTICLES));
    let mut figures = Map::new();
    let mut failed = Vec::new();
    let (nquads, ours_nquads) = room.export("nquads", "graph.nq");
    let (ntriples, _) = room.export("ntriples", "graph.nt");
    let (_, ours_turtle) = room.export("turtle", "graph.ttl");
    let triples = fs::read_to_string(&ntriples).unwrap().lines().count();
    figures.insert("triples".into(), triples.into());
    if count.is_none() && triples < 1_000_000 {
        failed.push(format!("only {triples} triples"));
    }
    for (name, measured) in [("nquads", &ours_nquads), ("turtle", &ours_turtle)] {
        figures.insert(format!("{name}_seconds"), json!(measured.seconds));
        figures.insert(format!("{name}_mib"), json!(measured.mib));
    }

    let mut slowest = (0.0, String::new());
    let mut late = 0;
    for arguments in room.questions() {
        let answer = room.ask(&arguments);
        eprintln!(
            "{:7.3} s  {:6} rows  {}",
            answer.seconds,
            answer.lines,
            arguments.join(" ")
        );
        if answer.seconds > slowest.0 {
            slowest = (answer.seconds, arguments.join(" "));
        }
        if answer.seconds >= PATIENCE {
            late += 1;
            failed.push(format!(
                "{} took {:.2} s",
                arguments.join(" "),
                answer.seconds
            ));
        }
    }
    figures.insert("slowest_answer_seconds".into(), json!(slowest.0));
    figures.insert("late_answers".into(), json!(late));

    match run::oxigraph() {
        None => eprintln!(
            "no comparison: set OXIGRAPH to the tool of that name, or `pip install oxigraph`"
        ),
        Some(tool) => {
            let (store, flat) = (room.path("ox-quads"), room.path("ox-triples"));
            // In turns, and the best of each, so that what else the machine does decides nothing.
            let rounds: Vec<_> = (0..ROUNDS)
                .map(|_| (room.load(&nquads), tool.load(&nquads, &store)))
                .collect();
            for (ours, theirs) in &rounds {
                eprintln!(
                    "load: {:.2} s; oxigraph {:.2} s",
                    ours.seconds, theirs.seconds
                );
            }
            let (ours, theirs): (Vec<_>, Vec<_>) = rounds.into_iter().unzip();
            let (ours, theirs) = (best(&ours), best(&theirs));
            tool.load(&ntriples, &flat);
            let dump = tool.dump(&store, &room.path("ox.nq"), false);
            let dump_turtle = tool.dump(&flat, &room.path("ox.ttl"), true);
            for (name, ours, theirs) in [
                ("load", ours, theirs),
                ("nquads", ours_nquads, dump),
                ("turtle", ours_turtle, dump_turtle),
            ] {
                let ratio = theirs.seconds / ours.seconds;
                eprintln!(
                    "{name}: {:.2} s and {:.0} MiB; oxigraph {:.2} s and {:.0} MiB; {ratio:.2} times as fast",
                    ours.seconds, ours.mib, theirs.seconds, theirs.mib
                );
                figures.insert(format!("{name}_ratio"), json!(ratio));
                figures.insert(format!("{name}_mib"), json!(ours.mib));
                figures.insert(format!("{name}_their_mib"), json!(theirs.mib));
                if ratio < SPEED {
                    failed.push(format!("{name} at {ratio:.2} of the speed of oxigraph"));
                }
            }
        }
    }
    println!("{}", Value::Object(figures));
    assert!(failed.is_empty(), "{failed:#?}");
}

/// Reads a file of N-Quads into a new store, when [`Room::load`] starts it in a process of its own.
#[test]
#[ignore = "part of a_million_triples"]
fn load_alone() {
    let (Some(file), Some(store)) = (
        std::env::var_os("NEWSLOOM_LOAD"),
        std::env::var_os("NEWSLOOM_LOAD_INTO"),
    ) else {
        return;
    };
    let bytes = fs::read(file).unwrap();
    let sorted = bytes.split(|b| *b == b'\n').filter(|l| !l.is_empty());
    let sorted = sorted.is_sorted();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let parsers =
        RdfParser::from_format(RdfFormat::NQuads).split_slice_for_parallel_parsing(&bytes, threads);
    let mut quads: Vec<Quad> = thread::scope(|scope| {
        let parts: Vec<_> = parsers
            .into_iter()
            .map(|parser| scope.spawn(|| parser.map(Result::unwrap).collect::<Vec<Quad>>()))
            .collect();
        parts.into_iter().flat_map(|p| p.join().unwrap()).collect()
    });
    drop(bytes);
    if !sorted {
        quads.sort_by_cached_key(ToString::to_string);
    }
    let written = store::replace(Path::new(&store), &quads, &[], store::Manifest::default());
    assert_eq!(written.unwrap(), store::Written::New);
}
