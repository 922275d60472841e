//! Reads standard input and prints CoNLL-U: `parse - --input-format text|conllu`.

use english::{Reader, conllu};
use std::io::{self, Read, Write};

fn main() -> io::Result<()> {
    let mut input = String::new();
    io::stdin().read_to_string(&mut input)?;
    let reader = Reader::embedded();
    let out = if std::env::args().any(|a| a == "conllu") {
        let tokens = conllu::read(&input);
        conllu::write(&conllu::join(&tokens), &reader.read_tokens(&tokens))
    } else {
        conllu::write(&input, &reader.read(&input))
    };
    io::stdout().write_all(out.as_bytes())
}
