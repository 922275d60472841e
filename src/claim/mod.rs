//! What sentences say: roles, relations, events and figures as frames with slots.
//!
//! In: [`Mentions`](crate::mention::Mentions) and the [`Schema`](crate::schema::Schema). Out: [`Claim`]s, each with its
//! [`Evidence`]. Refuses: a claim without a sentence that states it, and any claim from page furniture.

pub mod events;
pub mod figures;
pub mod grammar;
pub mod relations;
pub mod roles;
pub mod scope;
pub mod speech;

use crate::document::DocumentId;
use crate::mention::{MentionId, TimeId};
use english::{Byte, Span};

/// Index of a [`Claim`] in its document's list.
pub type ClaimId = u32;

/// The family of a claim's frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// `nl:Membership`: slots `member`, `role`, `organization`, `place`.
    Role,
    /// A class under `sem:Event`: slots named by the local names of the frame's properties (`agent`, `victim`, …) and `place`.
    Event,
    /// A binary relation: slots `subject` and `object`.
    Relation,
    /// `nl:Figure`: slots `value`, `unit`, `counts`.
    Figure,
}

/// Whether the source affirms or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// It says so.
    Affirmed,
    /// It says that it is not so.
    Negated,
}

/// How real the source makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// Stated as fact.
    Actual,
    /// May, could, if, offered.
    Possible,
    /// Said of an accusation that is not proven.
    Alleged,
    /// Scheduled, intended, ordered, expected.
    Planned,
}

/// Whose voice says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// The writer's.
    Narrated,
    /// A speaker's, quoted or reported.
    Reported,
}

/// When a role is held, as the text puts it on the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Holds it.
    Current,
    /// Held it.
    Former,
    /// Will hold it.
    Future,
    /// The text does not say.
    Undated,
}

/// What fills a slot.
#[derive(Clone, Debug, PartialEq)]
pub enum Filler {
    /// Somebody or something mentioned.
    Mention(MentionId),
    /// Words that name no entity ("an anonymity order"; the words of a role).
    Text(Span<Byte>),
    /// Another event of the same document.
    Event(ClaimId),
}

/// One slot of a claim; a name may occur more than once (several victims).
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// `member`, `organization`, `agent`, `victim`, `place`, …: the local name of the property it becomes.
    pub name: String,
    /// What fills it.
    pub filler: Filler,
}

/// The role words of a membership, tied to the scheme where it knows them.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleWords {
    /// The words in the text, without "former", "acting" and article ("Home Secretary").
    pub span: Span<Byte>,
    /// IRI of the concept in `roles.ttl`, when the scheme has it.
    pub concept: Option<String>,
    /// "acting", "interim", "deputy to be" …: a qualifier that changes the holding, not the post.
    pub qualifier: Option<Span<Byte>>,
}

/// A counted quantity ("more than 100 officers").
#[derive(Clone, Debug, PartialEq)]
pub struct FigureWords {
    /// The whole phrase.
    pub span: Span<Byte>,
    /// The number, when the words give one ("dozens" gives none).
    pub value: Option<f64>,
    /// `more than`, `at least`, `up to`, `around`, `fewer than`, `exactly`, `dozens of`…, as a lower-case word or phrase.
    pub comparator: &'static str,
    /// Lemma of what is counted ("officer").
    pub unit: String,
}

/// Where in which document a claim is stated, and what found it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The document.
    pub document: DocumentId,
    /// Number of the sentence.
    pub sentence: u32,
    /// The sentence in the text.
    pub span: Span<Byte>,
    /// The words that carry the claim.
    pub trigger: Span<Byte>,
    /// The rule or model that fired, e.g. `role:apposition`, `event:nl:Charge:charge.v`.
    pub rule: String,
}

/// Who says it, when it is not the writer.
#[derive(Clone, Debug, PartialEq)]
pub enum Speaker {
    /// A mentioned person, group or body.
    Mention(MentionId),
    /// Somebody unnamed, in the words of the text ("sources").
    Text(Span<Byte>),
}

/// What one sentence says: a frame with slots. It cannot exist without evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Family of the frame.
    pub kind: ClaimKind,
    /// IRI of the frame: `nl:Membership`, an event class or a relation, in full.
    pub frame: String,
    /// Slots in order of the frame.
    pub slots: Vec<Slot>,
    /// Role words (kind `Role`).
    pub role: Option<RoleWords>,
    /// Figure words (kind `Figure`).
    pub figure: Option<FigureWords>,
    /// Status of a role.
    pub status: Option<Status>,
    /// When it held or happened.
    pub time: Option<TimeId>,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Actual, possible, alleged, planned.
    pub modality: Modality,
    /// Narrated or reported.
    pub voice: Voice,
    /// Who says so.
    pub speaker: Option<Speaker>,
    /// The word that shows attribution, polarity or modality ("said", "denied", "alleged").
    pub cue: Option<Span<Byte>>,
    /// How sure the extraction is, 0 to 1.
    pub confidence: f32,
    pub(crate) evidence: Evidence,
}

impl Claim {
    /// A plain affirmed, actual, narrated claim; the caller sets what differs.
    pub fn new(
        kind: ClaimKind,
        frame: impl Into<String>,
        evidence: Evidence,
        confidence: f32,
    ) -> Self {
        Self {
            kind,
            frame: frame.into(),
            slots: Vec::new(),
            role: None,
            figure: None,
            status: None,
            time: None,
            polarity: Polarity::Affirmed,
            modality: Modality::Actual,
            voice: Voice::Narrated,
            speaker: None,
            cue: None,
            confidence,
            evidence,
        }
    }

    /// Where it is stated.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The first filler of the slot `name`.
    pub fn slot(&self, name: &str) -> Option<&Filler> {
        self.slots
            .iter()
            .find(|s| s.name == name)
            .map(|s| &s.filler)
    }

    /// Whether it may be stated as a plain fact.
    pub fn is_fact(&self) -> bool {
        self.polarity == Polarity::Affirmed && self.modality == Modality::Actual
    }
}

/// Words between quotation marks, and who says them.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// Marks included; one quotation a paragraph.
    pub span: Span<Byte>,
    /// Who says them; none where the text leaves it open, or where the marks only set a word apart.
    pub speaker: Option<Speaker>,
    /// The word that says that somebody speaks: "said".
    pub cue: Option<Span<Byte>>,
}

/// A document with all that was found in it: the unit that extraction yields and resolution takes.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// The frozen document.
    pub document: crate::document::Document,
    /// Sentences, mentions, chains, times.
    pub mentions: crate::mention::Mentions,
    /// In text order.
    pub claims: Vec<Claim>,
    /// In text order.
    pub quotations: Vec<Quotation>,
}

impl Extraction {
    /// Leaves out the claims that are less sure than `least`, and what the others say of them.
    pub fn keep_sure(&mut self, least: f32) {
        let mut kept = 0;
        let numbers: Vec<Option<ClaimId>> = self
            .claims
            .iter()
            .map(|c| {
                (c.confidence >= least).then(|| {
                    kept += 1;
                    kept - 1
                })
            })
            .collect();
        self.claims.retain(|c| c.confidence >= least);
        for claim in &mut self.claims {
            claim.slots.retain_mut(|slot| match &mut slot.filler {
                Filler::Event(event) => match numbers[*event as usize] {
                    Some(number) => {
                        *event = number;
                        true
                    }
                    None => false,
                },
                Filler::Mention(_) | Filler::Text(_) => true,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Pipeline;
    use crate::schema::Schema;
    use crate::source::RawArticle;
    use english::Reader;

    #[test]
    fn what_is_left_points_at_what_it_pointed_at() {
        let pipeline = Pipeline {
            schema: Schema::embedded(),
            reader: Reader::embedded(),
        };
        let raw = RawArticle {
            source: "fire.txt".into(),
            text: "Mayor Ada Pike resigned in Leeds.\n\nAn avalanche killed three skiers in Tyrol on 4 May 2021.\n"
                .into(),
            ..RawArticle::default()
        };
        let whole = pipeline.extract(raw).unwrap();
        // Each claim with the words that it is told by, and those of the events in its slots.
        let told = |x: &Extraction| -> Vec<(Span<Byte>, Vec<Span<Byte>>)> {
            let trigger = |c: &Claim| c.evidence().trigger;
            let events = |c: &Claim| {
                c.slots
                    .iter()
                    .filter_map(|s| match s.filler {
                        Filler::Event(e) => Some(trigger(&x.claims[e as usize])),
                        _ => None,
                    })
                    .collect()
            };
            x.claims.iter().map(|c| (trigger(c), events(c))).collect()
        };
        let mut levels: Vec<f32> = whole.claims.iter().map(|c| c.confidence).collect();
        levels.sort_by(f32::total_cmp);
        levels.dedup();
        assert!(levels.len() > 1 && told(&whole).iter().any(|(_, events)| !events.is_empty()));
        for least in levels {
            let mut sure = whole.clone();
            sure.keep_sure(least);
            let left: Vec<_> = told(&whole)
                .into_iter()
                .zip(&whole.claims)
                .filter(|(_, c)| c.confidence >= least)
                .map(|((own, events), _)| {
                    let kept = |e: &Span<Byte>| {
                        whole
                            .claims
                            .iter()
                            .any(|c| c.evidence().trigger == *e && c.confidence >= least)
                    };
                    (own, events.into_iter().filter(kept).collect::<Vec<_>>())
                })
                .collect();
            assert_eq!(told(&sure), left, "at {least}");
        }
    }
}
