//! How the cost of resolution grows: synthetic documents with heavy-tailed names.
//!
//! `cargo test --release --test scale -- --ignored --nocapture` prints one JSON line of seconds and memory, which the
//! scorecard reads. `NEWSLOOM_SCALE` sets the number of documents.

use english::{Nth, Sentence, Span};
use newsloom::claim::{Claim, ClaimKind, Evidence, Extraction, Filler, Slot};
use newsloom::document::Document;
use newsloom::entity::{Rulings, resolve};
use newsloom::mention::{Chain, Form, Mention, MentionKind, Mentions};
use newsloom::schema::Schema;
use newsloom::source::RawArticle;
use std::time::Instant;

#[path = "common/dice.rs"]
mod dice;
#[path = "common/word.rs"]
mod word;

use dice::Dice;
use word::word;

/// A rank below `n`, the first ones by far the most frequent (Zipf).
fn rank(dice: &mut Dice, n: f64) -> u64 {
    n.powf(dice.roll()) as u64
}

/// A document of twenty mentions in ten sentences: three people, two bodies, two places, who met.
fn document(number: usize, dice: &mut Dice) -> Extraction {
    let mut names: Vec<(MentionKind, Vec<String>)> = Vec::new();
    for _ in 0..3 {
        let (given, family) = (word(rank(dice, 3000.0)), word(rank(dice, 60_000.0) + 400));
        names.push((
            MentionKind::Person,
            vec![format!("{given} {family}"), family],
        ));
    }
    for _ in 0..2 {
        let name = format!("{} Trading", word(rank(dice, 30_000.0) + 50_000));
        names.push((MentionKind::Organisation, vec![name]));
    }
    for _ in 0..2 {
        names.push((MentionKind::Place, vec![word(rank(dice, 8000.0) + 9000)]));
    }
    let mut order: Vec<(usize, usize)> = Vec::new();
    for n in 0..20 {
        let chain = if n < 7 { n } else { n % 7 };
        let form = usize::from(n >= 7 && names[chain].1.len() > 1);
        order.push((chain, form));
    }
    let mut text = String::new();
    let mut spans = Vec::new();
    for (n, &(chain, form)) in order.iter().enumerate() {
        let from = text.len();
        text.push_str(&names[chain].1[form]);
        spans.push((from, text.len()));
        text.push_str(if n % 2 == 0 { " met " } else { ".\n" });
    }
    let document = Document::new(RawArticle {
        source: format!("{number:06}"),
        text: format!("{text}\nNumber {number}."),
        published: Some(format!(
            "2024-{:02}-{:02}",
            number % 12 + 1,
            number % 28 + 1
        )),
        ..RawArticle::default()
    })
    .expect("it has text");
    let mut mentions = Mentions::default();
    for pair in spans.chunks(2) {
        let span = Span::new(pair[0].0, pair[1].1);
        mentions.sentences.push(Sentence {
            span,
            paragraph: mentions.sentences.len() as u32,
            tokens: Vec::new(),
            names: Vec::new(),
        });
        mentions.story.push(true);
    }
    for (kind, forms) in &names {
        mentions.chains.push(Chain {
            kind: *kind,
            name: Some(forms[0].clone()),
            mentions: Vec::new(),
            gender: None,
        });
    }
    for (n, &(chain, _)) in order.iter().enumerate() {
        mentions.chains[chain].mentions.push(n as u32);
        mentions.mentions.push(Mention {
            span: Span::new(spans[n].0, spans[n].1),
            sentence: (n / 2) as u32,
            tokens: Span::<Nth>::new(0, 1),
            head: 0,
            kind: mentions.chains[chain].kind,
            form: Form::Name,
            chain: chain as u32,
            gender: None,
            honorific: None,
        });
    }
    let claims = (0..2)
        .map(|sentence: u32| {
            let span = mentions.sentences[sentence as usize].span;
            let evidence = Evidence {
                document: document.id().clone(),
                sentence,
                span,
                trigger: span,
                rule: "test".to_owned(),
            };
            let class = "https://w3id.org/newsloom/ns#Meeting";
            let mut claim = Claim::new(ClaimKind::Event, class, evidence, 1.0);
            claim.slots = [2 * sentence, 2 * sentence + 1]
                .map(|m| Slot {
                    name: "participant".to_owned(),
                    filler: Filler::Mention(m),
                })
                .to_vec();
            claim
        })
        .collect();
    Extraction {
        document,
        mentions,
        claims,
        quotations: Vec::new(),
    }
}

fn documents(number: usize) -> Vec<Extraction> {
    let mut dice = Dice(7);
    (0..number).map(|n| document(n, &mut dice)).collect()
}

/// Seconds on the clock, and of the processor where the system tells them: what else the machine does is not our cost.
fn seconds(documents: &[Extraction]) -> (f64, f64) {
    let (start, worked) = (Instant::now(), at_work());
    let resolution = resolve(documents, Schema::embedded(), &Rulings::default());
    assert!(!resolution.entities.is_empty() && resolution.entities.len() < documents.len() * 7);
    drop(resolution);
    let taken = start.elapsed().as_secs_f64();
    let work = worked.zip(at_work()).map(|(from, to)| to - from);
    (taken, work.unwrap_or(taken))
}

/// Seconds that a processor has spent on this thread.
fn at_work() -> Option<f64> {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = spent.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// Most memory that this process had, in MiB; nothing where the system does not say.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

#[test]
fn a_thousand_documents_resolve() {
    assert!(seconds(&documents(1000)).0 > 0.0);
}

#[test]
#[ignore = "takes minutes; the scorecard runs it"]
fn cost_stays_near_linear() {
    let most = std::env::var("NEWSLOOM_SCALE")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(100_000);
    let all = documents(most);
    // Each tenth of the documents by itself, so that both sides of the ratio have as long to even out chance, and thrice,
    // because other work on the machine takes its caches from the one and not from the other.
    let (mut tenths, mut alls): (Vec<f64>, Vec<(f64, f64)>) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        tenths.extend(all.chunks(most.div_ceil(10)).map(|tenth| seconds(tenth).1));
        alls.push(seconds(&all));
    }
    let tenth = tenths.iter().sum::<f64>() / tenths.len() as f64;
    let work = alls.iter().map(|a| a.1).sum::<f64>() / alls.len() as f64;
    let seconds = alls.iter().map(|a| a.0).fold(0.0, f64::max);
    let ratio = work / tenth;
    let memory = memory();
    println!(
        "{}",
        serde_json::json!({
            "documents": most,
            "mentions": most * 20,
            "seconds": seconds,
            "seconds_of_a_tenth": tenth,
            "ratio": ratio,
            "memory_mib": memory,
        })
    );
    assert!(
        ratio <= 13.0,
        "ten times the documents cost {ratio} times the time"
    );
    assert!(seconds <= 120.0, "{seconds} seconds");
    assert!(memory.is_none_or(|m| m <= 4096.0), "{memory:?} MiB");
}
