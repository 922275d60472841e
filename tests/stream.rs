//! Memory over a stream: what `extract` needs for many documents is what it needs for a tenth of them.
//!
//! `cargo test --release --test stream -- --ignored --nocapture` prints one JSON line, which the scorecard reads.
//! `NEWSLOOM_STREAM` sets the number of documents.
#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

#[path = "common/dice.rs"]
mod dice;
#[path = "common/word.rs"]
mod word;

use dice::Dice;
use word::word;

/// Documents that are in work when the last ones are awaited; their output comes only once the stream ends.
const IN_WORK: usize = 2000;

/// A record with names that few others have, so that whatever is kept for each name would show.
fn record(number: usize, dice: &mut Dice) -> String {
    let mut name = || word((dice.roll() * 1e7) as u64);
    let (given, family, town, firm) = (name(), name(), name(), name());
    let text = format!(
        "{given} {family}, the chief executive of {firm} Trading, was arrested in {town} on Tuesday.\n\n\
         \u{201c}We will help the police with their inquiries,\u{201d} a spokesman for {firm} Trading said. The company \
         fired {given} {family} in March {}, after more than {} of its workers had gone on strike in {town}.\n",
        1990 + number % 30,
        10 + number % 90,
    );
    serde_json::json!({"id": number.to_string(), "text": text, "published": "2024-05-03"})
        .to_string()
}

/// Most memory that a running process had, in MiB.
fn memory(child: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))
        .expect("a running process has a status");
    let line = status
        .lines()
        .find(|l| l.starts_with("VmHWM:"))
        .expect("Linux tells the most memory");
    let kilobytes: f64 = line
        .split_whitespace()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .expect("a number");
    kilobytes / 1024.0
}

/// Memory after a tenth and at the end, and seconds.
fn stream(documents: usize) -> (f64, f64, f64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_newsloom"))
        .args(["extract", "-", "--input-format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = BufWriter::new(child.stdin.take().expect("standard input is a pipe"));
    let writer = std::thread::spawn(move || {
        let mut dice = Dice(11);
        for number in 0..documents + IN_WORK {
            writeln!(input, "{}", record(number, &mut dice)).expect("the program reads on");
        }
    });
    let mut lines = BufReader::new(child.stdout.take().expect("standard output is a pipe")).lines();
    let mut read = |count: usize| {
        lines
            .by_ref()
            .take(count)
            .try_fold(0, |n, line| line.map(|_| n + 1))
            .expect("lines are UTF-8")
    };
    assert_eq!(read(documents / 10), documents / 10);
    let tenth = memory(&child);
    assert_eq!(read(documents - documents / 10), documents - documents / 10);
    let all = memory(&child);
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(read(usize::MAX), IN_WORK);
    writer.join().expect("all was written");
    assert!(child.wait().expect("the program ends").success());
    (tenth, all, seconds)
}

#[test]
#[ignore = "takes a minute; the scorecard runs it"]
fn memory_is_flat() {
    let documents = std::env::var("NEWSLOOM_STREAM")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(100_000);
    let (tenth, all, seconds) = stream(documents);
    println!(
        "{}",
        serde_json::json!({
            "documents": documents,
            "memory_of_a_tenth_mib": tenth,
            "memory_mib": all,
            "ratio": all / tenth,
            "seconds": seconds,
        })
    );
    assert!(all <= 1.1 * tenth, "{tenth} MiB grew to {all} MiB");
}
