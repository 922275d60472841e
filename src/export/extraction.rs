//! An extraction as one JSON object, the format of `docs/extract.schema.json`.
//!
//! In: an [`Extraction`]. Out: one line of JSON. Offsets are Unicode code points into `text`.

use crate::claim::{Claim, Extraction, Filler, Modality, Polarity, Speaker, Status, Voice};
use crate::document::CodePoints;
use crate::mention::Form;
use crate::schema::vocab;
use english::{Byte, Span};
use serde::Serialize;
use std::{collections::BTreeMap, io};

#[derive(Serialize)]
struct Json<'a> {
    id: String,
    source: &'a str,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    published: Option<String>,
    text: &'a str,
    sentences: Vec<Sentence>,
    mentions: Vec<Mention>,
    chains: Vec<Chain<'a>>,
    claims: Vec<ClaimJson<'a>>,
    quotations: Vec<QuotationJson<'a>>,
}

#[derive(Clone, Copy, Serialize)]
struct Stretch {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct QuotationJson<'a> {
    #[serde(flatten)]
    at: Stretch,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<SlotJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<&'a str>,
}

#[derive(Serialize)]
struct Sentence {
    #[serde(flatten)]
    at: Stretch,
    story: bool,
}

#[derive(Serialize)]
struct Mention {
    id: usize,
    #[serde(flatten)]
    at: Stretch,
    kind: &'static str,
    form: &'static str,
    chain: u32,
    sentence: u32,
}

#[derive(Serialize)]
struct Chain<'a> {
    id: usize,
    kind: &'static str,
    name: Option<&'a str>,
    mentions: &'a [u32],
}

#[derive(Serialize)]
struct Words<'a> {
    text: &'a str,
    #[serde(flatten)]
    at: Stretch,
}

#[derive(Serialize)]
#[serde(untagged)]
enum SlotJson<'a> {
    Mention {
        mention: u32,
    },
    Event {
        event: u32,
    },
    Text(Words<'a>),
    Role {
        #[serde(flatten)]
        words: Words<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        concept: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        qualifier: Option<&'a str>,
    },
    Figure {
        #[serde(flatten)]
        words: Words<'a>,
        value: Option<f64>,
        comparator: &'static str,
        unit: &'a str,
    },
    Several(Vec<SlotJson<'a>>),
}

#[derive(Serialize)]
struct Time<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    value: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
}

#[derive(Serialize)]
struct ClaimJson<'a> {
    frame: String,
    trigger: Stretch,
    sentence: u32,
    slots: BTreeMap<&'a str, SlotJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Time<'a>>,
    polarity: &'static str,
    modality: &'static str,
    voice: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<SlotJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<&'a str>,
    confidence: f64,
    rule: &'a str,
}

/// Writes an extraction as one line of JSON.
pub fn write(extraction: &Extraction, mut out: impl io::Write) -> io::Result<()> {
    let view = View {
        extraction,
        points: CodePoints::new(extraction.document.text()),
    };
    serde_json::to_writer(&mut out, &view.json())?;
    out.write_all(b"\n")
}

struct View<'a> {
    extraction: &'a Extraction,
    points: CodePoints,
}

impl<'a> View<'a> {
    fn json(&self) -> Json<'a> {
        let document = &self.extraction.document;
        let found = &self.extraction.mentions;
        let stories = found.story.iter().copied().chain(std::iter::repeat(true));
        Json {
            id: document.id().urn(),
            source: document.source(),
            title: document.title(),
            publisher: document.publisher(),
            published: document.published().map(|d| d.to_string()),
            text: document.text(),
            sentences: found
                .sentences
                .iter()
                .zip(stories)
                .map(|(s, story)| Sentence {
                    at: self.stretch(s.span),
                    story,
                })
                .collect(),
            mentions: found
                .mentions
                .iter()
                .enumerate()
                .map(|(id, m)| Mention {
                    id,
                    at: self.stretch(m.span),
                    kind: m.kind.as_str(),
                    form: match m.form {
                        Form::Name => "name",
                        Form::Nominal => "nominal",
                        Form::Pronoun => "pronoun",
                    },
                    chain: m.chain,
                    sentence: m.sentence,
                })
                .collect(),
            chains: found
                .chains
                .iter()
                .enumerate()
                .map(|(id, c)| Chain {
                    id,
                    kind: c.kind.as_str(),
                    name: c.name.as_deref(),
                    mentions: &c.mentions,
                })
                .collect(),
            claims: self
                .extraction
                .claims
                .iter()
                .map(|c| self.claim(c))
                .collect(),
            quotations: self
                .extraction
                .quotations
                .iter()
                .map(|q| QuotationJson {
                    at: self.stretch(q.span),
                    speaker: q.speaker.as_ref().map(|s| self.speaker(s)),
                    cue: q.cue.map(|c| self.slice(c)),
                })
                .collect(),
        }
    }

    fn stretch(&self, span: Span<Byte>) -> Stretch {
        Stretch {
            start: self.points.before(span.start()),
            end: self.points.before(span.end()),
        }
    }

    fn slice(&self, span: Span<Byte>) -> &'a str {
        self.extraction.document.slice(span)
    }

    fn words(&self, span: Span<Byte>) -> Words<'a> {
        Words {
            text: self.slice(span),
            at: self.stretch(span),
        }
    }

    fn filler(&self, filler: &Filler) -> SlotJson<'a> {
        match filler {
            Filler::Mention(mention) => SlotJson::Mention { mention: *mention },
            Filler::Event(event) => SlotJson::Event { event: *event },
            Filler::Text(span) => SlotJson::Text(self.words(*span)),
        }
    }

    fn speaker(&self, speaker: &Speaker) -> SlotJson<'a> {
        match speaker {
            Speaker::Mention(mention) => SlotJson::Mention { mention: *mention },
            Speaker::Text(span) => SlotJson::Text(self.words(*span)),
        }
    }

    fn claim(&self, claim: &'a Claim) -> ClaimJson<'a> {
        let evidence = claim.evidence();
        let mut slots: BTreeMap<&'a str, Vec<SlotJson<'a>>> = BTreeMap::new();
        for slot in &claim.slots {
            slots
                .entry(&slot.name)
                .or_default()
                .push(self.filler(&slot.filler));
        }
        if let Some(role) = &claim.role {
            let role = SlotJson::Role {
                words: self.words(role.span),
                concept: role.concept.as_deref().map(vocab::compact),
                qualifier: role.qualifier.map(|q| self.slice(q)),
            };
            slots.insert("role", vec![role]);
        }
        if let Some(figure) = &claim.figure {
            let figure = SlotJson::Figure {
                words: self.words(figure.span),
                value: figure.value,
                comparator: figure.comparator,
                unit: &figure.unit,
            };
            slots.insert("value", vec![figure]);
        }
        let slots = slots
            .into_iter()
            .filter_map(|(name, mut fillers)| {
                let slot = if fillers.len() > 1 {
                    SlotJson::Several(fillers)
                } else {
                    fillers.pop()?
                };
                Some((name, slot))
            })
            .collect();
        let time = claim
            .time
            .and_then(|t| self.extraction.mentions.times.get(t as usize))
            .map(|t| Time {
                words: self.words(t.span),
                value: t.value.lexical(),
                earliest: t.value.earliest.map(|d| d.to_string()),
                latest: t.value.latest.map(|d| d.to_string()),
            });
        ClaimJson {
            frame: vocab::compact(&claim.frame),
            trigger: self.stretch(evidence.trigger),
            sentence: evidence.sentence,
            slots,
            status: claim.status.map(|s| match s {
                Status::Current => "current",
                Status::Former => "former",
                Status::Future => "future",
                Status::Undated => "undated",
            }),
            time,
            polarity: match claim.polarity {
                Polarity::Affirmed => "affirmed",
                Polarity::Negated => "negated",
            },
            modality: match claim.modality {
                Modality::Actual => "actual",
                Modality::Possible => "possible",
                Modality::Alleged => "alleged",
                Modality::Planned => "planned",
            },
            voice: match claim.voice {
                Voice::Narrated => "narrated",
                Voice::Reported => "reported",
            },
            speaker: claim.speaker.as_ref().map(|s| self.speaker(s)),
            cue: claim.cue.map(|c| self.slice(c)),
            confidence: (f64::from(claim.confidence) * 1000.0).round() / 1000.0,
            rule: &evidence.rule,
        }
    }
}
