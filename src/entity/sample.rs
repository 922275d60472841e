//! Extractions built by hand for tests: a text, its names and what its sentences say, found by their words.

use crate::claim::{
    Claim, ClaimKind, Evidence, Extraction, FigureWords, Filler, RoleWords, Slot, Status,
};
use crate::document::Document;
use crate::mention::{
    Chain, ChainId, Form, Gender, Mention, MentionKind, Mentions, Precision, TimeMention, TimeValue,
};
use english::{Byte, Nth, Sentence, Span, Token, Upos};
use jiff::civil::Date;

/// A document in the making; every line of its text is a sentence.
pub(crate) struct Story {
    document: Document,
    mentions: Mentions,
    claims: Vec<Claim>,
}

impl Story {
    pub(crate) fn new(source: &str, published: Option<Date>, text: &str) -> Self {
        let document = Document::sample(source, published, text);
        let mut mentions = Mentions::default();
        let mut at = 0;
        for (paragraph, line) in text.split('\n').enumerate() {
            let mut tokens: Vec<Token> = Vec::new();
            let mut from = at;
            for word in line.split(' ') {
                let bare = word.trim_end_matches(['.', ',', ';']);
                if !bare.is_empty() {
                    tokens.push(Token {
                        span: Span::new(from, from + bare.len()),
                        upos: Upos::Noun,
                        xpos: "NN",
                        lemma: bare.to_lowercase().into(),
                        head: None,
                        deprel: "dep",
                    });
                }
                from += word.len() + 1;
            }
            let count = tokens.len();
            for (i, token) in tokens.iter_mut().enumerate() {
                if matches!(&*token.lemma, "the" | "another" | "previous") && i + 1 < count {
                    token.head = Some(i as u32 + 1);
                }
            }
            if !tokens.is_empty() {
                mentions.sentences.push(Sentence {
                    span: Span::new(at, at + line.len()),
                    paragraph: paragraph as u32,
                    tokens,
                    names: Vec::new(),
                });
                mentions.story.push(true);
            }
            at += line.len() + 1;
        }
        Self {
            document,
            mentions,
            claims: Vec::new(),
        }
    }

    /// A chain of every occurrence of each of these names; the first is the fullest.
    pub(crate) fn name(&mut self, kind: MentionKind, names: &[&str]) -> ChainId {
        let chain = self.mentions.chains.len() as ChainId;
        self.mentions.chains.push(Chain {
            kind,
            name: names.first().map(|&n| n.to_owned()),
            mentions: Vec::new(),
            gender: None,
        });
        for name in names {
            let spans: Vec<usize> = self
                .document
                .text()
                .match_indices(name)
                .map(|(i, _)| i)
                .collect();
            assert!(!spans.is_empty(), "{name:?} is not in the text");
            for at in spans {
                let span = Span::new(at, at + name.len());
                if !self.mentions.mentions.iter().any(|m| m.span.overlaps(span)) {
                    self.mention(span, kind, Form::Name, chain);
                }
            }
        }
        chain
    }

    /// An unnamed chain of one nominal mention.
    pub(crate) fn nominal(&mut self, kind: MentionKind, words: &str) -> ChainId {
        let chain = self.mentions.chains.len() as ChainId;
        self.mentions.chains.push(Chain {
            kind,
            name: None,
            mentions: Vec::new(),
            gender: None,
        });
        let span = self.find(words);
        self.mention(span, kind, Form::Nominal, chain);
        chain
    }

    pub(crate) fn gender(&mut self, chain: ChainId, gender: Gender) {
        self.mentions.chains[chain as usize].gender = Some(gender);
    }

    /// Makes the words before a name its honorific.
    pub(crate) fn honorific(&mut self, words: &str, name: &str) {
        let span = self.find(&format!("{words} {name}"));
        let honorific = Span::new(span.start(), span.start() + words.len());
        let name_at = span.start() + words.len() + 1;
        for m in &mut self.mentions.mentions {
            if m.span.start() == name_at {
                m.honorific = Some(honorific);
            }
        }
    }

    fn mention(&mut self, span: Span<Byte>, kind: MentionKind, form: Form, chain: ChainId) {
        let sentence = self.sentence_at(span.start());
        let tokens = &self.mentions.sentences[sentence as usize].tokens;
        let first = tokens
            .iter()
            .position(|t| t.span.end() > span.start())
            .expect("a mention has a token");
        let last = tokens
            .iter()
            .rposition(|t| t.span.start() < span.end())
            .expect("a mention has a token");
        self.mentions.mentions.push(Mention {
            span,
            sentence,
            tokens: Span::<Nth>::new(first, last + 1),
            head: last as u32,
            kind,
            form,
            chain,
            gender: None,
            honorific: None,
        });
    }

    fn sentence_at(&self, at: usize) -> u32 {
        self.mentions
            .sentences
            .iter()
            .position(|s| s.span.holds(at))
            .expect("the words stand in a sentence") as u32
    }

    fn find(&self, words: &str) -> Span<Byte> {
        let at = self
            .document
            .text()
            .find(words)
            .unwrap_or_else(|| panic!("{words:?} is not in the text"));
        Span::new(at, at + words.len())
    }

    fn evidence(&self, trigger: &str) -> Evidence {
        let span = self.find(trigger);
        let sentence = self.sentence_at(span.start());
        Evidence {
            document: self.document.id().clone(),
            sentence,
            span: self.mentions.sentences[sentence as usize].span,
            trigger: span,
            rule: "test".to_owned(),
        }
    }

    /// A claim whose slots are filled by mentions, or bare words, of the trigger's sentence; gives its number.
    pub(crate) fn claim(
        &mut self,
        kind: ClaimKind,
        frame: &str,
        trigger: &str,
        slots: &[(&str, &str)],
    ) -> u32 {
        let evidence = self.evidence(trigger);
        let sentence = evidence.sentence;
        let mut claim = Claim::new(kind, frame, evidence, 0.9);
        for (name, words) in slots {
            let mention = self
                .mentions
                .mentions
                .iter()
                .position(|m| m.sentence == sentence && self.document.slice(m.span) == *words);
            let filler = mention.map_or_else(
                || Filler::Text(self.find(words)),
                |m| Filler::Mention(m as u32),
            );
            claim.slots.push(Slot {
                name: (*name).to_owned(),
                filler,
            });
        }
        self.claims.push(claim);
        (self.claims.len() - 1) as u32
    }

    /// An event of Newsloom's own class `class`.
    pub(crate) fn event(&mut self, class: &str, trigger: &str, slots: &[(&str, &str)]) -> u32 {
        self.claim(
            ClaimKind::Event,
            &format!("https://w3id.org/newsloom/ns#{class}"),
            trigger,
            slots,
        )
    }

    /// A role with these words.
    pub(crate) fn role(&mut self, words: &str, status: Status, slots: &[(&str, &str)]) -> u32 {
        let no = self.claim(
            ClaimKind::Role,
            "https://w3id.org/newsloom/ns#Membership",
            words,
            slots,
        );
        let span = self.find(words);
        let claim = &mut self.claims[no as usize];
        claim.status = Some(status);
        claim.role = Some(RoleWords {
            span,
            concept: None,
            qualifier: None,
        });
        no
    }

    /// A figure with these words.
    pub(crate) fn figure(&mut self, words: &str, value: f64, unit: &str) -> u32 {
        let no = self.claim(
            ClaimKind::Figure,
            "https://w3id.org/newsloom/ns#Figure",
            words,
            &[],
        );
        let span = self.find(words);
        self.claims[no as usize].figure = Some(FigureWords {
            span,
            value: Some(value),
            comparator: "exactly",
            unit: unit.to_owned(),
        });
        no
    }

    /// Changes a claim.
    pub(crate) fn with(&mut self, claim: u32, change: impl FnOnce(&mut Claim)) {
        change(&mut self.claims[claim as usize]);
    }

    /// Dates a claim by words of the text.
    pub(crate) fn time(&mut self, claim: u32, words: &str, value: TimeValue) {
        let span = self.find(words);
        let sentence = self.sentence_at(span.start());
        self.mentions.times.push(TimeMention {
            span,
            sentence,
            tokens: Span::new(0, 1),
            head: 0,
            value,
        });
        self.claims[claim as usize].time = Some((self.mentions.times.len() - 1) as u32);
    }

    pub(crate) fn done(mut self) -> Extraction {
        // Mentions stand in text order; fillers and chains follow them.
        let mut order: Vec<usize> = (0..self.mentions.mentions.len()).collect();
        order.sort_by_key(|&i| self.mentions.mentions[i].span.start());
        let mut place = vec![0u32; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new as u32;
        }
        self.mentions.mentions = order
            .iter()
            .map(|&i| self.mentions.mentions[i].clone())
            .collect();
        for (i, m) in self.mentions.mentions.iter().enumerate() {
            self.mentions.chains[m.chain as usize]
                .mentions
                .push(i as u32);
        }
        for claim in &mut self.claims {
            for slot in &mut claim.slots {
                if let Filler::Mention(m) = &mut slot.filler {
                    *m = place[*m as usize];
                }
            }
        }
        Extraction {
            document: self.document,
            mentions: self.mentions,
            claims: self.claims,
            quotations: Vec::new(),
        }
    }
}

/// A day.
pub(crate) fn day(year: i16, month: i8, day: i8) -> TimeValue {
    let at = Date::new(year, month, day).expect("a real day");
    TimeValue {
        earliest: Some(at),
        latest: Some(at),
        precision: Precision::Day,
        partial: None,
        year_offset: None,
    }
}

/// A month.
pub(crate) fn month(year: i16, month: i8) -> TimeValue {
    let first = Date::new(year, month, 1).expect("a real month");
    TimeValue {
        earliest: Some(first),
        latest: Some(first.last_of_month()),
        precision: Precision::Month,
        partial: None,
        year_offset: None,
    }
}
