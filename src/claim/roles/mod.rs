//! Who holds which role where, as sentences say it.
//!
//! In: a document, its mentions and the role scheme. Out: claims of `nl:Membership` with the slots `member`,
//! `organization`, `place` and the words of the role. Refuses: a membership that two things merely near each other suggest,
//! an organisation that the text does not give, and holders without a name in the document.
//!
//! `phrase` finds the words of roles; `holder` ties them to people by title, apposition and description; `verb` reads
//! clauses: "is", "was appointed", "stepped down as", "worked for"; `mood` tells how real they are.

mod holder;
mod mood;
mod phrase;
mod verb;

use super::{Claim, ClaimKind, Evidence, Filler, Modality, Polarity, RoleWords, Slot, Status};
use crate::document::Document;
use crate::mention::{Class, Form, Line, Mention, MentionId, MentionKind, Mentions};
use crate::schema::Schema;
use crate::schema::vocab::nl;
use english::{Nth, Span};
use phrase::Phrase;

/// One sentence with its mentions, as the rules see it.
pub(super) struct Scene<'a> {
    line: &'a Line<'a>,
    mentions: &'a Mentions,
    schema: &'a Schema,
    /// First mention of the sentence and the one after its last.
    range: (usize, usize),
    /// The name that covers each token.
    name_at: Vec<Option<MentionId>>,
}

impl<'a> Scene<'a> {
    fn mention(&self, m: MentionId) -> &'a Mention {
        &self.mentions.mentions[m as usize]
    }

    fn here(&self) -> impl Iterator<Item = MentionId> + use<'a> {
        (self.range.0 as u32)..(self.range.1 as u32)
    }

    /// The name, or else the longest mention, that ends right before token `at`.
    fn ending_at(&self, at: usize) -> Option<MentionId> {
        let mut found: Option<MentionId> = None;
        for m in self.here() {
            let mention = self.mention(m);
            if mention.tokens.end() == at && (found.is_none() || mention.form == Form::Name) {
                found = Some(m);
            }
        }
        found
    }

    /// The name, or else the shortest mention, that begins at token `at` or right after an article there.
    fn starting_at(&self, at: usize) -> Option<MentionId> {
        if let Some(m) = self.name_at[at].filter(|&m| self.mention(m).tokens.start() == at) {
            return Some(m);
        }
        self.here()
            .filter(|&m| {
                self.mention(m).form == Form::Nominal
                    && (self.mention(m).tokens.start() == at
                        || self.mention(m).tokens.start() + 1 == at)
            })
            .min_by_key(|&m| self.mention(m).tokens.len())
    }

    /// The mention with its head at `at`.
    fn headed(&self, at: usize) -> Option<MentionId> {
        self.here()
            .find(|&m| self.mention(m).head as usize == at)
            .or_else(|| self.name_at[at])
    }

    fn is_demonym(&self, word: &str) -> bool {
        self.schema.gazetteer().demonym(word).is_some()
    }

    /// Whether the mention's chain is a named person's.
    fn is_named_person(&self, m: MentionId) -> bool {
        let chain = &self.mentions.chains[self.mention(m).chain as usize];
        chain.kind == MentionKind::Person
            && chain.name.is_some()
            && matches!(self.mention(m).kind, MentionKind::Person)
            && self.is_name(m)
    }

    /// Whether a mention that was read as a name is one; true of all others.
    fn is_name(&self, m: MentionId) -> bool {
        let mention = self.mention(m);
        mention.form != Form::Name
            || mention.sentence != self.line.number
            || self.name_at[mention.tokens.start()] == Some(m)
    }

    /// A name of a person that covers `at`.
    fn person_at(&self, at: usize) -> Option<MentionId> {
        self.name_at
            .get(at)
            .copied()
            .flatten()
            .filter(|&m| self.mention(m).kind == MentionKind::Person)
    }

    /// First token of a name with its honorific.
    fn left_edge(&self, m: MentionId) -> usize {
        let mention = self.mention(m);
        let start = mention.tokens.start();
        match mention.honorific {
            Some(h) => (0..start)
                .rev()
                .find(|&i| self.line.token(i).span.start() == h.start())
                .unwrap_or(start),
            None => start,
        }
    }
}

/// What a rule found: a holder, a role or none, and how it is said.
#[derive(Clone, Debug)]
struct Finding {
    member: MentionId,
    phrase: Option<Phrase>,
    /// The body, when no phrase gives it.
    body: Option<MentionId>,
    status: Option<Status>,
    modality: Modality,
    polarity: Polarity,
    /// Words that carry it, when no phrase does.
    trigger: Span<Nth>,
    rule: &'static str,
    confidence: f32,
}

impl Finding {
    fn of(member: MentionId, phrase: &Phrase, rule: &'static str, confidence: f32) -> Self {
        Self {
            member,
            phrase: Some(phrase.clone()),
            body: None,
            status: None,
            modality: Modality::Actual,
            polarity: Polarity::Affirmed,
            trigger: Span::new(phrase.role.start, phrase.role.end),
            rule,
            confidence,
        }
    }
}

/// The roles and affiliations that the story text states, in text order.
pub fn find(document: &Document, mentions: &Mentions, schema: &Schema) -> Vec<Claim> {
    let text = document.text();
    let mut out: Vec<Claim> = Vec::new();
    let mut from = 0;
    let mut pair: Option<[MentionId; 2]> = None;
    for (number, sentence) in mentions.sentences.iter().enumerate() {
        let number = number as u32;
        let start = from;
        while from < mentions.mentions.len() && mentions.mentions[from].sentence == number {
            from += 1;
        }
        let before = pair.take();
        let people = mentions.mentions[start..from]
            .iter()
            .any(|m| matches!(m.kind, MentionKind::Person))
            || before.is_some();
        if !mentions.story[number as usize] || !people {
            continue;
        }
        let line = Line::new(text, sentence, number);
        let mut name_at = vec![None; line.len()];
        for (m, mention) in mentions.mentions[start..from]
            .iter()
            .enumerate()
            .filter(|(_, m)| m.form == Form::Name && !is_no_name(&line, m, schema))
        {
            name_at[mention.tokens.range()].fill(Some((start + m) as u32));
        }
        let scene = Scene {
            line: &line,
            mentions,
            schema,
            range: (start, from),
            name_at,
        };
        let phrases = phrase::find(&scene);
        let mut findings = Vec::new();
        pair = holder::find(&scene, &phrases, &mut findings);
        verb::find(&scene, &phrases, before, &mut findings);
        holder::describe(&scene, &phrases, &mut findings);
        let base = out.len();
        for finding in findings {
            let claim = claim(document, &scene, &finding);
            if !out[base..].iter().any(|c| repeats(mentions, c, &claim)) {
                out.push(claim);
            }
        }
    }
    settle(document, mentions, &mut out);
    drop_bare_descriptions(document, mentions, &mut out);
    out
}

/// Whether what was read as a person's name is the end of a title ("Chief [Constable]"), a part of a word or of another
/// name ("Duke of [Kent]"), or a thing ("[Calder], which").
pub(in crate::claim) fn is_no_name(line: &Line<'_>, mention: &Mention, schema: &Schema) -> bool {
    if mention.kind != MentionKind::Person || mention.form != Form::Name {
        return false;
    }
    let (start, end) = (mention.tokens.start(), mention.tokens.end());
    let title = (start.saturating_sub(3)..start).any(|from| {
        let words: Vec<&str> = (from..end).map(|i| line.lower(i)).collect();
        schema
            .roles
            .find(&words)
            .is_some_and(|(_, n)| n == words.len())
    });
    let words: Vec<&str> = (start..end).map(|i| line.lower(i)).collect();
    let bare = mention.honorific.is_none()
        && words.len() > 1
        && schema
            .roles
            .find(&words)
            .is_some_and(|(_, n)| n == words.len());
    let rest = &line.text[mention.span.end()..];
    let cut = rest.starts_with('-') && rest[1..].starts_with(char::is_alphabetic)
        || matches!(line.lower(start), "'s" | "’s");
    let estate = start > 1
        && line.lower(start - 1) == "of"
        && line.word(start - 2).is(Class::HONORIFIC)
        && line.is_capital(start - 2);
    let thing = line.word_at(end) == "," && line.word_at(end + 1) == "which";
    title || bare || cut || estate || thing
}

/// Whether two claims of one sentence say the same.
fn repeats(mentions: &Mentions, a: &Claim, b: &Claim) -> bool {
    let chain = |c: &Claim, slot: &str| match c.slot(slot) {
        Some(Filler::Mention(m)) => Some(mentions.mentions[*m as usize].chain),
        _ => None,
    };
    let role = |c: &Claim| c.role.as_ref().map(|r| r.span);
    let one_body =
        chain(b, "organization").is_none() || chain(a, "organization") == chain(b, "organization");
    chain(a, "member") == chain(b, "member")
        && (role(a) == role(b) || role(b).is_none())
        && one_body
}

fn claim(document: &Document, scene: &Scene<'_>, finding: &Finding) -> Claim {
    let sentence = scene.line.sentence;
    let evidence = Evidence {
        document: document.id().clone(),
        sentence: scene.line.number,
        span: sentence.span,
        trigger: sentence.bytes(finding.trigger),
        rule: format!("role:{}", finding.rule),
    };
    let mut claim = Claim::new(
        ClaimKind::Role,
        nl::MEMBERSHIP,
        evidence,
        finding.confidence,
    );
    let slot = |name: &str, m: MentionId| Slot {
        name: name.to_owned(),
        filler: Filler::Mention(m),
    };
    claim.slots.push(slot("member", finding.member));
    if let Some(owner) = finding
        .phrase
        .as_ref()
        .and_then(|p| p.owner)
        .or(finding.body)
    {
        let kind = scene.mention(owner).kind;
        let sport = finding
            .phrase
            .as_ref()
            .is_some_and(|p| scene.line.noun(p.head).is(Class::SPORT));
        claim.slots.push(slot(
            if kind == MentionKind::Place && !sport {
                "place"
            } else {
                "organization"
            },
            owner,
        ));
    }
    if let Some(phrase) = &finding.phrase {
        claim.role = Some(RoleWords {
            span: sentence.bytes(Span::new(phrase.role.start, phrase.role.end)),
            concept: concept(scene, phrase),
            qualifier: phrase.qualifier.map(|at| scene.line.token(at).span),
        });
    }
    let marked = finding.phrase.as_ref().and_then(|p| p.status);
    let (time, ended) = time(scene, finding);
    claim.time = time;
    let status = match (marked, finding.status) {
        (Some(Status::Former), _) => Status::Former,
        (Some(Status::Future), None) => Status::Future,
        (_, Some(status)) => status,
        (Some(status), None) => status,
        (None, None) if ended => Status::Former,
        (None, None) => Status::Current,
    };
    claim.status = Some(if ended && status == Status::Current {
        Status::Former
    } else {
        status
    });
    claim.modality = finding.modality;
    claim.polarity = finding.polarity;
    claim
}

/// The scheme's concept for the words, where its label does not say something else than the text.
fn concept(scene: &Scene<'_>, phrase: &Phrase) -> Option<String> {
    let words: Vec<&str> = phrase.role.clone().map(|i| scene.line.lower(i)).collect();
    let (concept, n) = (0..words.len()).find_map(|from| {
        scene
            .schema
            .roles
            .find(&words[from..])
            .filter(|(_, n)| from + n == words.len())
    })?;
    let label = concept.label.to_lowercase();
    let one = |w: &str| w.strip_suffix('s').unwrap_or(w).to_owned();
    let parts = |text: &str| -> Vec<String> {
        text.split([' ', '-'])
            .filter(|w| !matches!(*w, "of" | "the" | "for" | "and"))
            .map(one)
            .collect()
    };
    let told = parts(&words.join(" "));
    let same = parts(&label);
    (words.len() == n
        && told.iter().all(|w| same.contains(w))
        && same.iter().all(|w| told.contains(w)))
    .then(|| concept.iri.clone())
}

/// The time said of the holding, and whether it is over.
fn time(scene: &Scene<'_>, finding: &Finding) -> (Option<u32>, bool) {
    let Some(phrase) = &finding.phrase else {
        return (None, false);
    };
    let times = &scene.mentions.times;
    let first = times.partition_point(|t| t.sentence < scene.line.number);
    for (i, time) in times[first..]
        .iter()
        .enumerate()
        .take_while(|(_, t)| t.sentence == scene.line.number)
    {
        let start = time.tokens.start();
        if start < phrase.end || start > phrase.post + 1 {
            continue;
        }
        let opening = scene.line.lower(start);
        let before = if start > 0 {
            scene.line.lower(start - 1)
        } else {
            ""
        };
        let word = if matches!(
            opening,
            "from" | "since" | "until" | "between" | "in" | "during" | "till"
        ) {
            opening
        } else {
            before
        };
        let ended = matches!(word, "until" | "till" | "between")
            || (word == "from"
                && time
                    .tokens
                    .range()
                    .any(|t| matches!(scene.line.lower(t), "to" | "until" | "-" | "–")));
        if matches!(word, "from" | "since" | "until" | "between" | "till") {
            return (Some((first + i) as u32), ended);
        }
    }
    (None, false)
}

/// What one claim of a document says about another: a role told without body is the one of the next sentence's force, and a
/// role that is elsewhere said to be over is not taken for current because a title gives no time.
fn settle(document: &Document, mentions: &Mentions, claims: &mut [Claim]) {
    let chain = |c: &Claim, slot: &str| match c.slot(slot) {
        Some(Filler::Mention(m)) => Some(mentions.mentions[*m as usize].chain),
        _ => None,
    };
    for i in 0..claims.len() {
        if claims[i].evidence().rule != "role:worked" || claims[i].role.is_some() {
            continue;
        }
        let member = chain(&claims[i], "member");
        let sentence = claims[i].evidence().sentence;
        let told = claims[..i].iter().rev().take(8).position(|c| {
            c.evidence().sentence + 1 >= sentence
                && chain(c, "member") == member
                && c.slot("organization").is_none()
                && c.role.as_ref().is_some_and(|r| serves(document, r.span))
        });
        if let Some(back) = told
            && body_of_service(document, mentions, &claims[i])
        {
            let j = i - 1 - back;
            claims[i].role = claims[j].role.clone();
            if claims[i].status == Some(Status::Former) && claims[j].status == Some(Status::Current)
            {
                claims[j].status = Some(Status::Undated);
            }
        }
    }
}

/// "the commissioner" says nothing new where the document has the same role of the same person with its body, and means
/// somebody else where that person is told to be the deputy or to have left.
fn drop_bare_descriptions(document: &Document, mentions: &Mentions, claims: &mut Vec<Claim>) {
    let chain = |c: &Claim| match c.slot("member") {
        Some(Filler::Mention(m)) => Some(mentions.mentions[*m as usize].chain),
        _ => None,
    };
    let head = |c: &Claim| {
        c.role.as_ref().map(|r| {
            document
                .slice(r.span)
                .rsplit(' ')
                .next()
                .unwrap_or_default()
                .to_lowercase()
        })
    };
    let full: Vec<_> = claims
        .iter()
        .filter(|c| c.slot("organization").is_some() && c.is_fact())
        .map(|c| (chain(c), head(c)))
        .collect();
    let words = |c: &Claim| {
        c.role
            .as_ref()
            .map(|r| document.slice(r.span).to_lowercase())
    };
    let told: Vec<_> = claims
        .iter()
        .filter(|c| c.evidence().rule != "role:description" && c.is_fact())
        .map(|c| (chain(c), head(c), words(c), c.status))
        .collect();
    claims.retain(|c| {
        if c.evidence().rule != "role:description" {
            return true;
        }
        let same = || {
            told.iter()
                .filter(|(who, head_of, ..)| *who == chain(c) && *head_of == head(c))
        };
        let own = words(c);
        let deputy = same().any(|(_, _, words, _)| {
            let rank = words.as_deref().and_then(|w| w.split([' ', '-']).next());
            matches!(
                rank,
                Some("deputy" | "vice" | "assistant" | "associate" | "shadow")
            ) && *words != own
        });
        let left = c.status == Some(Status::Current)
            && same().any(|(.., status)| *status == Some(Status::Former))
            && !same().any(|(.., status)| *status == Some(Status::Current));
        !(deputy || left)
            && (c.slot("organization").is_some() || !full.contains(&(chain(c), head(c))))
    });
}

/// Whether the role is one that only a force or service gives ("officer").
fn serves(document: &Document, role: Span<english::Byte>) -> bool {
    let last = document
        .slice(role)
        .rsplit(' ')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let lexicon = crate::mention::Lexicon::embedded();
    lexicon.noun(&last).is(Class::SERVICE)
        || last
            .strip_suffix('s')
            .is_some_and(|one| lexicon.noun(one).is(Class::SERVICE))
}

/// Whether the claim's body is a force, command, unit or the like.
fn body_of_service(document: &Document, mentions: &Mentions, claim: &Claim) -> bool {
    let Some(Filler::Mention(m)) = claim.slot("organization") else {
        return false;
    };
    let mention = &mentions.mentions[*m as usize];
    let words = document.text()[mention.span.start()..]
        .split_whitespace()
        .take(mention.tokens.len() + 2);
    words
        .map(|w| {
            w.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .any(|w| {
            matches!(
                w.as_str(),
                "police"
                    | "command"
                    | "force"
                    | "unit"
                    | "squad"
                    | "constabulary"
                    | "regiment"
                    | "brigade"
                    | "army"
                    | "service"
            )
        })
}
