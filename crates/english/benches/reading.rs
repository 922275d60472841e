//! Measures reading on one core: `speed FILE…` prints words a second for each stage. CoNLL-U files are read by their `# text` lines.

use english::{Reader, tokenize};
use std::{env, fs, io, time::Instant};

fn main() -> io::Result<()> {
    let mut text = String::new();
    for file in env::args().skip(1) {
        let body = fs::read_to_string(&file)?;
        if file.ends_with(".conllu") {
            for line in body.lines() {
                match line.strip_prefix("# text = ") {
                    Some(sentence) => text.extend([sentence, " "]),
                    None if line.starts_with("# newpar") => text.push('\n'),
                    None => {}
                }
            }
        } else {
            text.push_str(&body);
        }
    }
    let start = Instant::now();
    let reader = Reader::embedded();
    println!(
        "{:24} {:>9.1} ms",
        "models unpacked",
        start.elapsed().as_secs_f64() * 1e3
    );
    let tokens = measure("tokens and sentences", || {
        tokenize(&text).iter().map(|s| s.tokens.len()).sum()
    });
    let read = measure("text to trees and names", || {
        reader.read(&text).iter().map(|s| s.tokens.len()).sum()
    });
    assert_eq!(tokens, read);
    Ok(())
}

/// Runs `work`, which returns a number of words, five times and prints the fastest run.
fn measure(name: &str, work: impl Fn() -> usize) -> usize {
    let mut best = f64::MAX;
    let mut words = 0;
    for _ in 0..5 {
        let start = Instant::now();
        words = work();
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!(
        "{name:24} {:>9.0} words/s ({words} words)",
        words as f64 / best
    );
    words
}
