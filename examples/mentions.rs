//! Prints the mentions, chains and roles of files: `mentions FILE…`.

use newsloom::claim::{Filler, roles};
use newsloom::document::Document;
use newsloom::mention::{self, Form};
use newsloom::schema::Schema;
use newsloom::source::RawArticle;
use std::io::{self, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    let schema = Schema::embedded();
    for path in std::env::args().skip(1) {
        let article = RawArticle {
            source: path.clone(),
            text: std::fs::read_to_string(&path)?,
            ..RawArticle::default()
        };
        let document = Document::new(article)?;
        let sentences = english::Reader::embedded().read(document.text());
        let found = mention::find(&document, sentences, schema);
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
            writeln!(
                out,
                "{:12} {:?} {:?}: {}",
                chain.kind.as_str(),
                chain.name,
                chain.gender,
                shown.collect::<Vec<_>>().join(" | ")
            )?;
        }
        for claim in roles::find(&document, &found, schema) {
            let slots = claim.slots.iter().map(|slot| match &slot.filler {
                Filler::Mention(m) => format!(
                    "{}={:?}",
                    slot.name,
                    document.slice(found.mentions[*m as usize].span)
                ),
                other => format!("{}={other:?}", slot.name),
            });
            let role = claim.role.as_ref().map_or("-", |r| document.slice(r.span));
            let concept = claim
                .role
                .as_ref()
                .and_then(|r| r.concept.as_deref())
                .unwrap_or("");
            writeln!(
                out,
                "  {:24} {role:?} {} {:?} {:?} {:?} {concept}  [{}]",
                claim.evidence().rule,
                slots.collect::<Vec<_>>().join(" "),
                claim.status,
                claim.polarity,
                claim.modality,
                document.slice(claim.evidence().span)
            )?;
        }
    }
    Ok(())
}
