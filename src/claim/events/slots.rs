//! From tokens to mentions, and from the slots of a frame to fillers.
//!
//! In: a match and the mentions of its sentence. Out: the slots that the sentence fills. Refuses: a filler that the frame
//! does not accept.

use super::{Held, matching::Match};
use crate::claim::Filler;
use crate::claim::grammar::Tree;
use crate::mention::{Form, MentionId, MentionKind, Mentions};
use crate::schema::{Kinds, Path, Schema, TriggerClass, WordSet, WordTest};
use english::{Byte, Span, Upos};

/// A sentence with its tree and the mentions on its tokens.
#[derive(Debug)]
pub(in crate::claim) struct Reader<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) mentions: &'a Mentions,
    pub(super) number: u32,
    /// The mention that each token heads, by its own head or as the highest token of its span.
    heads: Vec<Option<MentionId>>,
    names: Vec<bool>,
    /// Tokens of time expressions.
    timed: Vec<bool>,
    /// Verbs that say what their subject, an event, did.
    pub(super) effects: Option<&'a WordSet>,
    /// Where something is said: "website", "television".
    media: Option<&'a WordSet>,
}

impl<'a> Reader<'a> {
    pub(in crate::claim) fn new(
        tree: &'a Tree<'a>,
        mentions: &'a Mentions,
        number: u32,
        schema: &'a Schema,
    ) -> Self {
        let n = tree.len() as usize;
        let mut heads: Vec<Option<MentionId>> = vec![None; n];
        let mut names = vec![false; n];
        let mut timed = vec![false; n];
        let first = mentions.times.partition_point(|t| t.sentence < number);
        for time in mentions.times[first..]
            .iter()
            .take_while(|t| t.sentence == number)
        {
            timed[time.tokens.range()].fill(true);
        }
        let dateline = tree.dateline() as usize;
        let from = mentions.mentions.partition_point(|m| m.sentence < number);
        for (i, m) in mentions.mentions[from..]
            .iter()
            .enumerate()
            .take_while(|(_, m)| m.sentence == number)
        {
            // Where the story was filed says nothing about what it tells, and a month is no place.
            if m.tokens.end() <= dateline || timed[m.tokens.start()] {
                continue;
            }
            let id = (from + i) as MentionId;
            let inside = |t: u32| m.tokens.holds(t as usize);
            // The highest token of the span: the tree's own head of it.
            let top = m
                .tokens
                .range()
                .map(|t| t as u32)
                .find(|&t| !tree.head(t).is_some_and(inside))
                .unwrap_or(m.head);
            for at in [m.head, top] {
                let slot = &mut heads[at as usize];
                let better = slot.is_none_or(|old| {
                    let old = &mentions.mentions[old as usize];
                    m.form < old.form || (m.form == old.form && m.tokens.len() > old.tokens.len())
                });
                if better {
                    *slot = Some(id);
                }
            }
            if m.form == Form::Name {
                for t in m.tokens.range() {
                    names[t] = true;
                }
            }
        }
        for name in &tree.sentence.names {
            for t in name.tokens.range() {
                names[t] |= tree.token(t as u32).upos == Upos::Propn || name.tokens.len() > 1;
            }
        }
        Self {
            tree,
            mentions,
            number,
            heads,
            names,
            timed,
            effects: schema.word_set("effect"),
            media: schema.word_set("speech-medium"),
        }
    }

    /// Whether a mention is a name.
    pub(super) fn is_name(&self, id: MentionId) -> bool {
        self.mentions.mentions[id as usize].form == Form::Name
    }

    /// Whether a token is part of a name.
    pub(in crate::claim) fn in_name(&self, at: u32) -> bool {
        self.names[at as usize]
    }

    /// The mention that a token stands for: its own, the name in apposition to a title, what "dozens of" counts.
    pub(super) fn mention(&self, at: u32) -> Option<MentionId> {
        self.mention_within(at, 0)
    }

    fn mention_within(&self, at: u32, depth: u8) -> Option<MentionId> {
        let own = self.heads[at as usize];
        if depth > 3 {
            return own;
        }
        let kind = own.map(|m| &self.mentions.mentions[m as usize]);
        if let Some(person) = self.titled(at, own) {
            return Some(person);
        }
        if kind.is_some_and(|m| m.form == Form::Name) {
            return own;
        }
        let tree = self.tree;
        // "Home Secretary Jane Lee": the name hangs on the title.
        if matches!(tree.token(at).upos, Upos::Noun | Upos::Propn | Upos::Adj) {
            for c in tree.with_rel(at, &["appos", "flat", "nmod:desc", "compound"]) {
                if tree.rel(c) == "compound" && c < at {
                    continue;
                }
                if let Some(id) = self.heads[c as usize] {
                    let m = &self.mentions.mentions[id as usize];
                    let adjacent = m.tokens.start() as u32 <= at + 3;
                    let same = own.is_none() || kind.is_some_and(|k| k.kind == m.kind);
                    if m.form == Form::Name
                        && m.kind == MentionKind::Person
                        && same
                        && (adjacent || tree.rel(c) == "appos")
                    {
                        return Some(id);
                    }
                }
            }
        }
        if own.is_some() {
            return own;
        }
        let of = self.counted(at);
        if of != at {
            return self.mention_within(of, depth + 1);
        }
        None
    }

    /// What a counting word counts, else the word itself: "dozens of officers", "one of the men", "a number of staff".
    fn counted(&self, at: u32) -> u32 {
        let tree = self.tree;
        let counts = matches!(
            tree.lemma(at),
            "dozen"
                | "score"
                | "hundred"
                | "thousand"
                | "number"
                | "one"
                | "some"
                | "many"
                | "most"
                | "majority"
                | "group"
                | "handful"
                | "member"
                | "pair"
                | "couple"
                | "several"
                | "all"
                | "two"
                | "three"
                | "four"
                | "five"
                | "crowd"
                | "series"
                | "lot"
                | "team"
        ) || matches!(tree.token(at).upos, Upos::Num);
        if !counts {
            return at;
        }
        tree.with_rel(at, &["nmod", "obl"])
            .find(|&c| tree.preposition(c).as_deref() == Some("of"))
            .unwrap_or(at)
    }

    /// The person whose name ends the phrase that starts with a body, place or title: "Oslo Mayor Jane Lee".
    fn titled(&self, at: u32, own: Option<MentionId>) -> Option<MentionId> {
        let tree = self.tree;
        let before = own.map(|id| &self.mentions.mentions[id as usize]);
        if before.is_some_and(|m| m.kind == MentionKind::Person && m.form != Form::Nominal) {
            return None;
        }
        let from = before.map_or(at + 1, |m| m.tokens.end() as u32);
        let mut nouns = u32::from(before.is_none_or(|m| m.form == Form::Nominal));
        for t in from.max(at + 1)..tree.len().min(from.max(at + 1) + 6) {
            let person = self.heads_name(t);
            if let Some(id) = person {
                let together = tree.dominates(at, t)
                    || self.top(id).is_some_and(|top| {
                        tree.dominates(top, at) || tree.head(top) == tree.head(at)
                    });
                return (nouns > 0 && together).then_some(id);
            }
            match tree.token(t).upos {
                Upos::Noun => nouns += 1,
                Upos::Propn => nouns += u32::from(!self.names[t as usize]),
                Upos::Adj => {}
                _ => return self.titled_by_body(at, own),
            }
        }
        None
    }

    /// "head of the Coast Watch Ada Pike": the person whose name follows a role with its body at once.
    fn titled_by_body(&self, at: u32, own: Option<MentionId>) -> Option<MentionId> {
        let tree = self.tree;
        let role = tree.token(at).upos != Upos::Pron
            && own.is_none_or(|id| {
                let m = &self.mentions.mentions[id as usize];
                m.form == Form::Nominal && m.kind == MentionKind::Person
            });
        if !role || at + 2 >= tree.len() || !matches!(tree.lemma(at + 1), "of" | "for" | "at") {
            return None;
        }
        let from = self
            .mentions
            .mentions
            .partition_point(|m| m.sentence < self.number);
        let here = || {
            self.mentions.mentions[from..]
                .iter()
                .take_while(|m| m.sentence == self.number)
        };
        // The body's name ends where the person's begins, with no comma in between.
        let body = here()
            .filter(|m| {
                m.form == Form::Name
                    && matches!(
                        m.kind,
                        MentionKind::Organisation | MentionKind::Place | MentionKind::Facility
                    )
            })
            .find(|m| {
                let start = m.tokens.start() as u32;
                start > at + 1
                    && start <= at + 12
                    && (at + 1..start).all(|t| {
                        self.names[t as usize]
                            || matches!(
                                tree.token(t).upos,
                                Upos::Adp | Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj
                            )
                    })
                    && self.heads_name(m.tokens.end() as u32).is_some()
            })?;
        self.heads_name(body.tokens.end() as u32)
    }

    /// The person's name that starts at a token.
    fn heads_name(&self, at: u32) -> Option<MentionId> {
        let from = self
            .mentions
            .mentions
            .partition_point(|m| m.sentence < self.number);
        self.mentions.mentions[from..]
            .iter()
            .take_while(|m| m.sentence == self.number)
            .position(|m| {
                m.form == Form::Name
                    && m.kind == MentionKind::Person
                    && m.tokens.start() as u32 == at
            })
            .map(|i| (from + i) as MentionId)
    }

    fn top(&self, id: MentionId) -> Option<u32> {
        let m = &self.mentions.mentions[id as usize];
        m.tokens.range().map(|t| t as u32).find(|&t| {
            !self
                .tree
                .head(t)
                .is_some_and(|h| m.tokens.holds(h as usize))
        })
    }

    /// What a token is, for the tests of frames.
    pub(super) fn kinds(&self, at: u32, agentive: bool) -> Kinds {
        let mut kinds = self
            .mention(at)
            .map_or(Kinds::NONE, |id| self.kinds_of(id, agentive));
        let tree = self.tree;
        let number = |t: u32| tree.token(t).upos == Upos::Num;
        let symbol = |t: u32| matches!(tree.form(t).chars().next(), Some('£' | '$' | '€' | '¥'));
        let near = at.saturating_sub(3)..=at;
        if symbol(at)
            || near
                .clone()
                .any(|t| symbol(t) && (t == at || tree.dominates(at, t)))
            || matches!(
                tree.lemma(at),
                "pound" | "dollar" | "euro" | "yen" | "cent" | "penny"
            ) && tree.child(at, &["nummod"]).is_some()
        {
            kinds = kinds.with(Kinds::MONEY);
        }
        if number(at) || tree.child(at, &["nummod"]).is_some() {
            kinds = kinds.with(Kinds::NUMBER);
        }
        kinds
    }

    /// What a mention is; a country may act as a body.
    pub(in crate::claim) fn kinds_of(&self, id: MentionId, agentive: bool) -> Kinds {
        let m = &self.mentions.mentions[id as usize];
        let mut kinds = match m.kind {
            MentionKind::Person => Kinds::PERSON,
            MentionKind::Group => Kinds::GROUP,
            MentionKind::Organisation => Kinds::ORG,
            MentionKind::Place if agentive && m.form == Form::Name => Kinds::PLACE.with(Kinds::ORG),
            MentionKind::Place => Kinds::PLACE,
            MentionKind::Facility => Kinds::PLACE.with(Kinds::ORG),
            MentionKind::Other => Kinds::NONE,
        };
        if m.form == Form::Name {
            kinds = kinds.with(Kinds::NAME);
        }
        kinds
    }

    /// Whether a token passes a test by its lemma and kinds.
    pub(super) fn admits(
        &self,
        at: u32,
        agentive: bool,
        test: impl Fn(&str, Kinds) -> bool,
    ) -> bool {
        let kinds = self.kinds(at, agentive);
        let counted = self.counted(at);
        if counted != at {
            // "a number of officers" are officers.
            let lemma = self.tree.lemma(counted).to_lowercase();
            if test(&lemma, kinds) {
                return true;
            }
        }
        let lemma = self.tree.lemma(at);
        if lemma.bytes().any(|b| b.is_ascii_uppercase()) {
            test(&lemma.to_lowercase(), kinds)
        } else {
            test(lemma, kinds)
        }
    }

    /// The words of the noun phrase at `at`, without relative clauses and loose parts.
    pub(super) fn phrase(&self, at: u32) -> Span<Byte> {
        let tree = self.tree;
        let (mut first, mut last) = (at, at);
        let mut open = vec![at];
        while let Some(t) = open.pop() {
            first = first.min(t);
            last = last.max(t);
            for &c in tree.children(t) {
                let rel = tree.rel(c);
                let loose = matches!(
                    rel,
                    "acl"
                        | "acl:relcl"
                        | "appos"
                        | "conj"
                        | "cc"
                        | "punct"
                        | "parataxis"
                        | "advcl"
                        | "dep"
                        | "nsubj"
                        | "cop"
                );
                let far = rel == "nmod"
                    && tree.preposition(c).is_some_and(|p| {
                        !matches!(
                            p.as_str(),
                            "of" | "for"
                                | "on"
                                | "in"
                                | "with"
                                | "about"
                                | "into"
                                | "between"
                                | "against"
                        )
                    });
                if !loose && !far && !(t == at && matches!(rel, "case" | "mark" | "advmod" | "cc"))
                {
                    open.push(c);
                }
            }
        }
        tree.token(first).span.cover(tree.token(last).span)
    }
}

/// Slots of those who act: on a light verb only its doer fills them.
const DOERS: [&str; 4] = ["agent", "requester", "speaker", "authority"];

/// Fills the slots of a match. `addressing`: verbs of saying whose object is spoken to.
pub(super) fn fill(
    reader: &Reader<'_>,
    found: &Match<'_>,
    triggers: &[u32],
    addressing: Option<&WordSet>,
) -> Vec<(String, Held)> {
    let mut out: Vec<(String, Held)> = Vec::new();
    let tree = reader.tree;
    let names_subject = found
        .trigger
        .conditions
        .iter()
        .any(|c| !c.negated && c.path == Path::Subject);
    for rule in &found.frame.slots {
        if matches!(rule.name.as_str(), "place" | "hasPlace" | "time")
            || out.iter().any(|(n, _)| *n == rule.name)
        {
            continue;
        }
        let mut paths: Vec<&Path> = rule.via.iter().collect();
        // A trigger that names its subject says that the subject acts, whatever the frame's other triggers do.
        if rule.name == "agent"
            && names_subject
            && let Some(at) = paths.iter().position(|p| **p == Path::Subject)
        {
            let subject = paths.remove(at);
            paths.insert(0, subject);
        }
        let mut filled = false;
        for path in paths {
            if matches!(path, Path::Object | Path::Recipient)
                && rule.name == "addressee"
                && found.frame.speech
                && found.trigger.class == TriggerClass::Verb
                && !addressing.is_some_and(|s| s.contains(tree.lemma(found.token)))
            {
                continue;
            }
            let over = matches!(path, Path::Chain(steps) if steps.first() == Some(&Path::Governor));
            // All who have part in it count, "A met B" and "A met with B"; whoever is over it only when nobody else has.
            if filled && rule.name != "participant" {
                break;
            }
            if filled && over {
                continue;
            }
            if over && found.doer.is_none() && DOERS.contains(&rule.name.as_str()) {
                continue;
            }
            // "faces a sentence", but not "imposes a sentence": who stages it is not whom it is done to.
            if over
                && rule.name == "accused"
                && matches!(path, Path::Chain(steps) if steps.last() == Some(&Path::Subject))
                && (found.doer.is_some()
                    || tree
                        .governors(found.token)
                        .iter()
                        .any(|&v| tree.lemma(v) == "hand"))
            {
                continue;
            }
            // "nurses helped in the pandemic": who does something during an event has no part in it.
            if over && found.light.is_none() && rule.name == "participant" {
                continue;
            }
            for token in tree.walk(found.token, path, found.seen()) {
                if reader.timed[token as usize]
                    || token == found.token
                    || (rule.name == "topic" && off_topic(reader, found.token, token))
                    || (found.light == Some(token) && !tree.is_nominal(token))
                {
                    continue;
                }
                let agentive = agentive(path);
                if !rule.accepts.is_empty()
                    && !reader.admits(token, agentive, |lemma, kinds| rule.admits(lemma, kinds))
                {
                    continue;
                }
                let held = match reader.mention(token) {
                    Some(id) => Held::Filler(Filler::Mention(id)),
                    None if triggers.contains(&token) => Held::Trigger(token),
                    None if wants_mention(&rule.accepts)
                        || !tree.is_nominal(token)
                        || tree.token(token).upos == Upos::Pron =>
                    {
                        continue;
                    }
                    None => Held::Filler(Filler::Text(reader.phrase(token))),
                };
                if out.iter().any(|(_, h)| *h == held) {
                    continue;
                }
                filled = true;
                out.push((rule.name.clone(), held));
            }
        }
    }
    drop_self(reader, found, &mut out);
    // Nobody is spoken to by himself.
    let speakers: Vec<Held> = out
        .iter()
        .filter(|(n, _)| n == "speaker")
        .map(|(_, h)| h.clone())
        .collect();
    out.retain(|(n, h)| n != "addressee" || !speakers.contains(h));
    out
}

/// "evidence that Pike lied, and called on him to go": whoever is "him" to a verb is not its subject, however the parser hung
/// the verb.
fn drop_self(reader: &Reader<'_>, found: &Match<'_>, slots: &mut Vec<(String, Held)>) {
    let tree = reader.tree;
    let chain = |id: &MentionId| reader.mentions.mentions[*id as usize].chain;
    let objects: Vec<u32> = tree
        .with_rel(found.token, &["obj", "iobj", "obl"])
        .filter(|&c| tree.token(c).xpos == "PRP" && !tree.form(c).ends_with("self"))
        .filter_map(|c| reader.mention(c))
        .map(|id| chain(&id))
        .collect();
    if objects.is_empty() {
        return;
    }
    let subjects: Vec<MentionId> = tree
        .subjects(found.token, None)
        .into_iter()
        .filter_map(|s| reader.mention(s))
        .filter(|id| objects.contains(&chain(id)))
        .collect();
    slots.retain(
        |(_, held)| !matches!(held, Held::Filler(Filler::Mention(id)) if subjects.contains(id)),
    );
}

/// "said on its website", "On board, she claims": what a phrase with "on" names before a verb of saying, or as its medium, is
/// not what is spoken of.
fn off_topic(reader: &Reader<'_>, verb: u32, token: u32) -> bool {
    let tree = reader.tree;
    // "suspended for three years"
    if matches!(
        tree.lemma(token),
        "year" | "month" | "week" | "day" | "hour" | "minute" | "decade" | "time"
    ) {
        return true;
    }
    tree.is_verb(verb)
        && tree.preposition(token).as_deref() == Some("on")
        && (token < verb
            || reader
                .media
                .is_some_and(|m| m.contains(&tree.lemma(token).to_lowercase())))
}

/// Paths on which a country or town acts as a body.
fn agentive(path: &Path) -> bool {
    match path {
        Path::Subject | Path::Recipient | Path::Possessive | Path::Object => true,
        Path::Preposition(list) => list
            .iter()
            .any(|p| matches!(p.as_str(), "by" | "with" | "between" | "from" | "against")),
        Path::Chain(steps) => steps.last().is_some_and(agentive),
        _ => false,
    }
}

/// A slot that asks for kinds alone takes no words without a mention.
fn wants_mention(accepts: &[WordTest]) -> bool {
    !accepts.is_empty() && accepts.iter().all(|w| matches!(w, WordTest::Kind(_)))
}
