//! Prints the mentions and chains of files: `mentions FILE…`.

use newsloom::document::Document;
use newsloom::mention::{self, Form};
use newsloom::schema::Schema;
use newsloom::source::RawArticle;
use std::io::{self, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    let schema = Schema::default();
    for path in std::env::args().skip(1) {
        let article = RawArticle { source: path.clone(), text: std::fs::read_to_string(&path)?, ..RawArticle::default() };
        let document = Document::new(article)?;
        let sentences = english::Reader::embedded().read(document.text());
        let found = mention::find(&document, sentences, &schema);
        writeln!(out, "== {path}")?;
        for chain in &found.chains {
            let shown = chain.mentions.iter().map(|&m| {
                let m = &found.mentions[m as usize];
                let mark = match m.form {
                    Form::Name => "",
                    Form::Nominal => "~",
                    Form::Pronoun => "^",
                };
                format!("{mark}{}@{}", document.slice(m.span), m.sentence)
            });
            writeln!(out, "{:12} {:?} {:?}: {}", chain.kind.as_str(), chain.name, chain.gender, shown.collect::<Vec<_>>().join(" | "))?;
        }
    }
    Ok(())
}
