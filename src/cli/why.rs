//! `newsloom why`.

use super::subject::Subject;
use super::{Done, Usage, config, output};
use crate::entity::{Answer, Judgement, Reason, Things, Verdict};
use crate::graph::Names;
use serde_json::{Value, json};
use std::io::Write;

pub(super) fn run(config: config::Why) -> anyhow::Result<Done> {
    let subject = Subject::open(config.subject)?;
    let inquiry = subject.inquiry();
    let names = subject.names(&inquiry);
    let find = |word: &str| {
        let found = things(word, inquiry.resolution(), &names);
        if found.is_empty() {
            return Err(Usage(format!(
                "{word}: nothing is called so; give a name, a label or an IRI as `newsloom show` prints it"
            )));
        }
        Ok(found)
    };
    let mut out = output::stdout();
    let first = find(&config.a)?;
    let pairs: Vec<Things> = match &config.b {
        Some(b) => {
            let second = find(b)?;
            let mut pairs = Vec::new();
            for a in &first {
                for b in &second {
                    pairs.extend(a.with(*b));
                }
            }
            // Two names of one thing ask about that thing, whoever else bears them.
            if pairs.iter().any(|p| is_one(*p)) && config.a != *b {
                pairs.retain(|p| is_one(*p));
            }
            if pairs.is_empty() {
                return Err(Usage(format!(
                    "{} and {b}: one is an event and one is not",
                    config.a
                ))
                .into());
            }
            pairs
        }
        None => first.iter().map(|t| t.alone()).collect(),
    };
    let mut all = Vec::new();
    for pair in pairs {
        let (a, b) = label(pair, &names, inquiry.resolution());
        let other = config.b.as_deref().unwrap_or(&config.a);
        let mut answer = inquiry.why(pair, (&config.a, other));
        if config.b.is_none() {
            answer.reasons.clear();
            answer.judgements = touching(pair, &inquiry.resolution().judgements);
        }
        if config.json {
            all.push(as_json(&a, &b, &answer, &subject));
        } else {
            print(&mut out, (&config.a, other), (&a, &b), &answer, &subject)?;
        }
    }
    if config.json {
        serde_json::to_writer_pretty(&mut out, &all)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(Done::All)
}

/// Something that a name can mean.
#[derive(Clone, Copy)]
enum Thing {
    Entity(u32),
    Event(u32),
}

impl Thing {
    fn with(self, other: Self) -> Option<Things> {
        match (self, other) {
            (Self::Entity(a), Self::Entity(b)) => Some(Things::Entities(a, b)),
            (Self::Event(a), Self::Event(b)) => Some(Things::Events(a, b)),
            _ => None,
        }
    }

    fn alone(self) -> Things {
        match self {
            Self::Entity(a) => Things::Entities(a, a),
            Self::Event(a) => Things::Events(a, a),
        }
    }
}

fn is_one(things: Things) -> bool {
    match things {
        Things::Entities(a, b) | Things::Events(a, b) => a == b,
    }
}

/// All that an IRI, a name, an alias or a label means; by name in any case of letters when nothing bears it exactly.
fn things(word: &str, resolution: &crate::entity::Resolution, names: &Names) -> Vec<Thing> {
    let bare = word.trim_matches(['<', '>']);
    let matching = |same: &dyn Fn(&str) -> bool| -> Vec<Thing> {
        let entities = resolution.entities.iter().enumerate().filter(|(no, e)| {
            names.entities[*no].as_str() == bare
                || same(e.shown())
                || same(&e.name)
                || e.aliases.iter().any(|a| same(a))
        });
        let events = names
            .events
            .iter()
            .enumerate()
            .filter(|(_, (iri, label))| iri.as_str() == bare || same(label));
        entities
            .map(|(no, _)| Thing::Entity(no as u32))
            .chain(events.map(|(no, _)| Thing::Event(no as u32)))
            .collect()
    };
    let exact = matching(&|name| name == word);
    if exact.is_empty() {
        let lower = word.to_lowercase();
        matching(&|name| name.to_lowercase() == lower)
    } else {
        exact
    }
}

/// Names of the two things.
fn label(
    things: Things,
    names: &Names,
    resolution: &crate::entity::Resolution,
) -> (String, String) {
    let entity = |e: u32| {
        format!(
            "{} <{}>",
            resolution.entities[e as usize].shown(),
            names.entities[e as usize].as_str()
        )
    };
    let event = |e: u32| {
        let (iri, label) = &names.events[e as usize];
        format!("{label} <{}>", iri.as_str())
    };
    match things {
        Things::Entities(a, b) => (entity(a), entity(b)),
        Things::Events(a, b) => (event(a), event(b)),
    }
}

/// All judgements in which a thing stands.
fn touching(thing: Things, judgements: &[Judgement]) -> Vec<Judgement> {
    let has = |j: &&Judgement| match (j.things, thing) {
        (Some(Things::Entities(a, b)), Things::Entities(c, _))
        | (Some(Things::Events(a, b)), Things::Events(c, _)) => a == c || b == c,
        _ => false,
    };
    judgements.iter().filter(has).cloned().collect()
}

pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Different => "different",
        Verdict::Possible => "possibly the same",
    }
}

/// A weight as it is shown.
pub(super) fn weight(reason: &Reason) -> String {
    if reason.weight == f32::NEG_INFINITY {
        "excludes".to_owned()
    } else if reason.weight == f32::INFINITY {
        "settles".to_owned()
    } else {
        format!("{:+.2}", reason.weight)
    }
}

fn print(
    out: &mut impl Write,
    asked: (&str, &str),
    (a, b): (&str, &str),
    answer: &Answer,
    subject: &Subject,
) -> anyhow::Result<()> {
    if a == b {
        writeln!(out, "{a}")?;
        if asked.0 != asked.1 {
            writeln!(
                out,
                "  one thing bears both names: {} and {}",
                asked.0, asked.1
            )?;
        }
    } else {
        writeln!(out, "{a}\n{b}")?;
        writeln!(out, "  {}", verdict(answer.verdict))?;
    }
    for reason in &answer.reasons {
        writeln!(out, "  {:>9}  {}", weight(reason), reason.words)?;
    }
    for judgement in &answer.judgements {
        writeln!(
            out,
            "\n  {}: {} – {}",
            verdict(judgement.verdict),
            judgement.about.0,
            judgement.about.1
        )?;
        for reason in &judgement.reasons {
            writeln!(out, "  {:>9}  {}", weight(reason), reason.words)?;
        }
        for at in [judgement.at.0, judgement.at.1] {
            if let Some((source, sentence)) = subject.snippet(judgement.things, at) {
                writeln!(out, "             {source}: {sentence}")?;
            }
        }
    }
    writeln!(out)?;
    Ok(())
}

/// Reasons as JSON; a weight that decides alone is `null` beside `"decisive": true`.
pub(super) fn reasons(reasons: &[Reason]) -> Value {
    reasons
        .iter()
        .map(|r| {
            let weight = r.weight.is_finite().then(|| (f64::from(r.weight) * 100.0).round() / 100.0);
            json!({ "weight": weight, "decisive": !r.weight.is_finite(), "for": r.weight > 0.0, "words": r.words })
        })
        .collect()
}

pub(super) fn judgement(judgement: &Judgement, subject: &Subject) -> Value {
    let side = |name: &str, at| {
        let (source, sentence) = subject.snippet(judgement.things, at).unwrap_or_default();
        json!({ "name": name, "source": source, "sentence": sentence })
    };
    json!({
        "verdict": verdict(judgement.verdict),
        "about": [side(&judgement.about.0, judgement.at.0), side(&judgement.about.1, judgement.at.1)],
        "reasons": reasons(&judgement.reasons),
    })
}

fn as_json(a: &str, b: &str, answer: &Answer, subject: &Subject) -> Value {
    let judgements: Vec<Value> = answer
        .judgements
        .iter()
        .map(|j| judgement(j, subject))
        .collect();
    json!({
        "a": a,
        "b": b,
        "verdict": verdict(answer.verdict),
        "reasons": reasons(&answer.reasons),
        "judgements": judgements,
    })
}
