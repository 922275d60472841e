//! Prints what texts say, one claim a line under its sentence: `claims [--date YYYY-MM-DD] FILE…`.

use newsloom::claim::{Claim, Filler, Speaker, events, figures, speech};
use newsloom::document::Document;
use newsloom::mention::{self, Mentions};
use newsloom::schema::Schema;
use newsloom::source::RawArticle;
use std::fmt::Write as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut published = None;
    let mut arguments = std::env::args().skip(1);
    let schema = Schema::embedded();
    while let Some(argument) = arguments.next() {
        if argument == "--date" {
            published = arguments.next();
            continue;
        }
        let article = RawArticle {
            source: argument.clone(),
            title: None,
            publisher: None,
            published: published.clone(),
            text: std::fs::read_to_string(&argument)?,
        };
        let document = Document::new(article)?;
        let sentences = english::Reader::embedded().read(document.text());
        let mentions = mention::find(&document, sentences, schema);
        let mut claims = events::find(&document, &mentions, schema);
        claims.extend(figures::find(&document, &mentions, &claims));
        speech::attribute(&mut claims, &document, &mentions, schema);
        print!("{}", page(&document, &mentions, &claims));
    }
    Ok(())
}

/// The claims of a document under their sentences.
fn page(document: &Document, mentions: &Mentions, claims: &[Claim]) -> String {
    let mut out = format!("\n#### {}\n", document.source());
    for (number, sentence) in mentions.sentences.iter().enumerate() {
        let mark = if mentions.story[number] {
            ""
        } else {
            "  (furniture) "
        };
        let text = document.slice(sentence.span).replace('\n', " ");
        writeln!(out, "\n{mark}{text}").expect("a string takes it");
        for (i, claim) in claims
            .iter()
            .enumerate()
            .filter(|(_, c)| c.evidence().sentence as usize == number)
        {
            writeln!(out, "   [{i}] {}", line(document, mentions, claim))
                .expect("a string takes it");
        }
    }
    out
}

fn line(document: &Document, mentions: &Mentions, claim: &Claim) -> String {
    let show = |f: &Filler| match f {
        Filler::Mention(id) => {
            let m = &mentions.mentions[*id as usize];
            let name = mentions.chains[m.chain as usize]
                .name
                .as_deref()
                .unwrap_or("-");
            format!("{:?}:{}<{name}>", m.kind, document.slice(m.span))
        }
        Filler::Text(span) => format!("\"{}\"", document.slice(*span)),
        Filler::Event(id) => format!("[{id}]"),
    };
    let name = claim.frame.rsplit(['#', '/']).next().unwrap_or_default();
    let mut out = format!("{name} «{}»", document.slice(claim.evidence().trigger));
    for slot in &claim.slots {
        write!(out, " {}={}", slot.name, show(&slot.filler)).expect("a string takes it");
    }
    if let Some(figure) = &claim.figure {
        write!(
            out,
            " {} {:?} {}",
            figure.comparator, figure.value, figure.unit
        )
        .expect("a string takes it");
    }
    if let Some(time) = claim.time.map(|t| &mentions.times[t as usize]) {
        let value = time.value.lexical().unwrap_or_else(|| {
            format!(
                "{:?}..{:?} {:?} {:?}",
                time.value.earliest, time.value.latest, time.value.partial, time.value.year_offset
            )
        });
        write!(out, " @{} ({value})", document.slice(time.span)).expect("a string takes it");
    }
    if !claim.is_fact() {
        write!(out, " !{:?}/{:?}", claim.polarity, claim.modality).expect("a string takes it");
    }
    match &claim.speaker {
        Some(Speaker::Mention(id)) => write!(out, " says {}", show(&Filler::Mention(*id))),
        Some(Speaker::Text(span)) => write!(out, " says \"{}\"", document.slice(*span)),
        None => write!(
            out,
            "{}",
            if claim.voice == newsloom::claim::Voice::Reported {
                " says ?"
            } else {
                ""
            }
        ),
    }
    .expect("a string takes it");
    write!(out, " {{{}}}", claim.evidence().rule).expect("a string takes it");
    out
}
