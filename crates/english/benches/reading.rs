//! Measures reading on one core: words a second from text to tokens and to trees and names. Reads the files named after `--`,
//! or else the project's own articles, many times over; CoNLL-U files are read by their `# text` lines. Repeated words cost
//! less than new ones, so a file of long running text gives the figure to quote.
//!
//! ```sh
//! cargo bench -p english
//! cargo bench -p english -- FILE…
//! ```

use english::{Reader, tokenize};
use std::{env, fs, io, path::Path, time::Instant};

fn main() -> io::Result<()> {
    let mut text = String::new();
    let files: Vec<String> = env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    for file in &files {
        let body = fs::read_to_string(file)?;
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
    if files.is_empty() {
        text = own_articles()?.repeat(20);
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

/// The project's own articles, one after another.
fn own_articles() -> io::Result<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/articles");
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.sort();
    let bodies: io::Result<Vec<String>> = files.iter().map(fs::read_to_string).collect();
    Ok(bodies?.join("\n\n") + "\n\n")
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
