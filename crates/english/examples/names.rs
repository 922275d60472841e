//! Prints a text from standard input with its names in brackets, one sentence a line: `[PER 0.98 Ada Lovelace]`.

use english::Reader;
use std::io::{self, Read, Write};

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let mut out = io::stdout().lock();
    for sentence in Reader::embedded().read(&text) {
        let mut at = sentence.span.start();
        for name in &sentence.names {
            let span = sentence.bytes(name.tokens);
            let (kind, sure) = (name.kind.label(), name.confidence);
            write!(
                out,
                "{}[{kind} {sure:.2} {}]",
                &text[at..span.start()],
                span.slice(&text)
            )?;
            at = span.end();
        }
        writeln!(out, "{}", &text[at..sentence.span.end()])?;
    }
    Ok(())
}
