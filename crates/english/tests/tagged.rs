//! Snapshots of readings that a linguist can review: each sentence of `tagged/*.txt` stands above its tags and arcs.
//!
//! A line that begins with `> ` is read; the lines below it are what was read. `BLESS=1 cargo test -p english --test tagged`
//! writes them anew.

use english::Reader;
use std::{env, fmt::Write, fs, path::Path};

/// The sentence's words with tags and arcs under them, in columns, at most about a hundred characters wide.
fn show(text: &str) -> String {
    let mut out = String::new();
    for sentence in Reader::embedded().read(text) {
        let mut rows = [const { String::new() }; 4];
        for token in &sentence.tokens {
            let head = token
                .head
                .map_or("-", |h| sentence.tokens[h as usize].span.slice(text));
            let cells = [
                token.span.slice(text).to_owned(),
                format!("{}/{}", token.upos.as_str(), token.xpos),
                token.deprel.to_owned(),
                format!("<{head}"),
            ];
            let width = cells.iter().map(|c| c.chars().count()).max().unwrap_or(0) + 1;
            if rows[0].chars().count() + width > 110 {
                flush(&mut rows, &mut out);
            }
            for (row, cell) in rows.iter_mut().zip(&cells) {
                write!(row, "{cell:width$}").expect("a String takes every write");
            }
        }
        flush(&mut rows, &mut out);
        let names: Vec<String> = sentence
            .names
            .iter()
            .map(|n| {
                format!(
                    "{} {}",
                    n.kind.label(),
                    sentence.bytes(n.tokens).slice(text)
                )
            })
            .collect();
        if !names.is_empty() {
            writeln!(out, "  names: {}", names.join("; ")).expect("a String takes every write");
        }
    }
    out
}

fn flush(rows: &mut [String; 4], out: &mut String) {
    for row in rows {
        writeln!(out, "  {}", row.trim_end()).expect("a String takes every write");
        row.clear();
    }
}

#[test]
fn readings_are_as_blessed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tagged");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder is part of the crate")
        .map(|e| e.expect("readable").path())
        .collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let old = fs::read_to_string(&file).expect("readable");
        let mut new = String::new();
        for line in old
            .lines()
            .filter(|l| l.starts_with("> ") || l.starts_with('#'))
        {
            new.push_str(line);
            new.push('\n');
            if let Some(text) = line.strip_prefix("> ") {
                new.push_str(&show(text));
                new.push('\n');
            } else {
                new.push('\n');
            }
        }
        if env::var_os("BLESS").is_some() {
            fs::write(&file, new).expect("writable");
        } else {
            assert_eq!(
                old,
                new,
                "{} differs; review, then run with BLESS=1",
                file.display()
            );
        }
    }
}
