//! `newsloom review`.

use super::subject::Subject;
use super::{Done, Usage, config, output, why};
use crate::entity::{Judgement, Reason, Things, Verdict};
use crate::graph::{Iris, Names};
use crate::pipeline::review::{Decision, HEADER, Kind};
use anyhow::Context;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

pub(super) fn run(config: config::Review) -> anyhow::Result<Done> {
    let file = config.subject.review.clone();
    let subject = Subject::open(config.subject)?;
    let inquiry = subject.inquiry();
    let names = subject.names(&inquiry);
    let open: Vec<&Judgement> = inquiry
        .resolution()
        .judgements
        .iter()
        .filter(|j| j.verdict != Verdict::Same && !ruled(j))
        .filter(|j| j.verdict == Verdict::Possible || is_close(j))
        .collect();
    let decide = |number: usize, kind: Kind| -> anyhow::Result<Decision> {
        let judgement = number
            .checked_sub(1)
            .and_then(|n| open.get(n))
            .ok_or_else(|| Usage(format!("{number}: the list has {} entries", open.len())))?;
        decision(kind, judgement, &subject, &names)
            .ok_or_else(|| Usage(format!("{number}: it stands nowhere in the graph")).into())
    };
    let mut taken = Vec::new();
    for &number in &config.same {
        taken.push(decide(number, Kind::Same)?);
    }
    for &number in &config.different {
        taken.push(decide(number, Kind::Different)?);
    }
    let mut out = output::stdout();
    if taken.is_empty() {
        list(&open, &subject, &names, config.json, &mut out)?;
    } else {
        append(&file, &taken)?;
        for decision in &taken {
            write!(out, "{}", decision.turtle())?;
        }
        writeln!(out, "written to {}; build again to replay", file.display())?;
    }
    out.flush()?;
    Ok(Done::All)
}

/// Whether a person decided it already.
fn ruled(judgement: &Judgement) -> bool {
    judgement.reasons.iter().any(Reason::is_ruling)
}

/// Whether much speaks for what was kept apart.
fn is_close(judgement: &Judgement) -> bool {
    let finite = |w: f32| if w.is_finite() { w } else { 0.0 };
    judgement
        .reasons
        .iter()
        .map(|r| finite(r.weight))
        .sum::<f32>()
        >= 0.8
}

fn list(
    open: &[&Judgement],
    subject: &Subject,
    names: &Names,
    as_json: bool,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let block = |judgement: &Judgement| {
        let kind = match judgement.verdict {
            Verdict::Different => Kind::Same,
            _ => Kind::Different,
        };
        decision(kind, judgement, subject, names).map(|d| d.turtle())
    };
    if as_json {
        let all: Vec<Value> = open
            .iter()
            .enumerate()
            .map(|(n, j)| {
                let mut value = why::judgement(j, subject);
                value["number"] = json!(n + 1);
                value["decision"] = json!(block(j));
                value
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &all)?;
        writeln!(out)?;
        return Ok(());
    }
    if open.is_empty() {
        writeln!(out, "nothing is uncertain")?;
    }
    for (n, judgement) in open.iter().enumerate() {
        let what = match judgement.things {
            Some(Things::Events(..)) => "event",
            _ => "name",
        };
        writeln!(
            out,
            "{}. {}: {what}s \"{}\" and \"{}\"",
            n + 1,
            why::verdict(judgement.verdict),
            judgement.about.0,
            judgement.about.1
        )?;
        for reason in &judgement.reasons {
            writeln!(out, "   {:>9}  {}", why::weight(reason), reason.words)?;
        }
        for at in [judgement.at.0, judgement.at.1] {
            if let Some((source, sentence)) = subject.snippet(judgement.things, at) {
                writeln!(out, "   {source}: {sentence}")?;
            }
        }
        if let Some(block) = block(judgement) {
            write!(out, "   to overrule: {block}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The decision about what was judged, tied to where the two stand.
fn decision(
    kind: Kind,
    judgement: &Judgement,
    subject: &Subject,
    names: &Names,
) -> Option<Decision> {
    let place = |at: (u32, u32)| match judgement.things? {
        Things::Events(..) => Some(names.assertions.get(&at)?.as_str().to_owned()),
        Things::Entities(..) => {
            let x = subject.read.extractions.get(at.0 as usize)?;
            let chain = x.mentions.chains.get(at.1 as usize)?;
            let first = chain
                .mentions
                .iter()
                .filter_map(|&m| x.mentions.mentions.get(m as usize))
                .find(|m| m.form == crate::mention::Form::Name)?;
            let points = |byte: usize| x.document.code_points(byte);
            let document = names.documents.get(at.0 as usize)?;
            let (begin, end) = (points(first.span.start()), points(first.span.end()));
            Some(Iris::stretch(document, begin, end).into_string())
        }
    };
    let mut about = vec![place(judgement.at.0)?, place(judgement.at.1)?];
    about.sort();
    Some(Decision {
        kind,
        about,
        value: None,
        comment: Some(format!("{} – {}", judgement.about.0, judgement.about.1)),
    })
}

/// Adds decisions at the end of the file, which is begun if need be.
fn append(file: &Path, decisions: &[Decision]) -> anyhow::Result<()> {
    let mut text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => HEADER.to_owned(),
        Err(error) => return Err(error).with_context(|| file.display().to_string()),
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    for decision in decisions {
        text += &decision.turtle();
    }
    std::fs::write(file, text).with_context(|| file.display().to_string())
}
