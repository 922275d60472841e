//! Phrases that name a role: "the former Tate chief executive", "professor of history at Leeds".
//!
//! In: a sentence with its mentions. Out: [`Phrase`]s, each with the words of the role alone, the body or place it belongs
//! to, and what the words say of its time. Refuses: to say who holds it.

use super::Scene;
use crate::claim::Status;
use crate::mention::{Class, Form, MentionId, MentionKind};
use english::Upos;
use std::ops::Range;

/// How a phrase is determined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Determiner {
    Bare,
    Definite,
    Indefinite,
    /// "her", "Tate's".
    Owned,
}

/// A noun phrase whose head is a role.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// First token, article and owner included.
    pub(super) start: usize,
    /// The words of the role.
    pub(super) role: Range<usize>,
    /// The head noun.
    pub(super) head: usize,
    /// After the head and what belongs to it ("general", "-elect").
    pub(super) end: usize,
    /// After its complements ("of Tate").
    pub(super) post: usize,
    pub(super) plural: bool,
    pub(super) determiner: Determiner,
    /// Whose role it is: a body or a place.
    pub(super) owner: Option<MentionId>,
    /// What "former", "incoming" and their like say.
    pub(super) status: Option<Status>,
    /// "acting", "interim".
    pub(super) qualifier: Option<usize>,
}

/// The role phrases of a sentence, in order; coordinated ones share owner and complement.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Phrase> {
    let line = scene.line;
    let mut out: Vec<Phrase> = Vec::new();
    for at in 0..line.len() {
        if scene.name_at[at].is_some()
            || out.last().is_some_and(|p| at < p.end)
            || !is_head(scene, at)
        {
            continue;
        }
        if let Some(phrase) = phrase(scene, at, out.last().map_or(0, |p| p.end)) {
            out.push(phrase);
        }
    }
    share(scene, &mut out);
    out
}

/// Whether the token can be the last word of a role.
fn is_head(scene: &Scene<'_>, at: usize) -> bool {
    let line = scene.line;
    let short = line.word(at).is(Class::SHORT_TITLE) && line.is_capital(at);
    let next = at + 1;
    let before_name = next < line.len()
        && (scene.name_at[next].is_some()
            || line.word(next).is(Class::HONORIFIC) && line.is_capital(next));
    if !short && !(line.noun(at).is(Class::ROLE) && (line.is_noun(at) || before_name)) {
        return false;
    }
    if next >= line.len() || scene.name_at[next].is_some() {
        return true;
    }
    if line.word(next).is(Class::HONORIFIC.or(Class::SHORT_TITLE)) && line.is_capital(next) {
        return !line.word(next).is(Class::SHORT_TITLE) || line.word(next).is(Class::HONORIFIC);
    }
    // A noun after it takes the lead: "minister aides", "police officer training".
    !((line.is_noun(next) || line.noun(next).is(Class::ROLE))
        && !matches!(
            line.lower(next),
            "elect" | "designate" | "emeritus" | "general"
        ))
}

fn phrase(scene: &Scene<'_>, head: usize, floor: usize) -> Option<Phrase> {
    let line = scene.line;
    let mut end = head + 1;
    if matches!(
        line.word_at(end),
        "general" | "elect" | "designate" | "emeritus" | "laureate"
    ) {
        end += 1;
    } else if line.form(head).len() > 1
        && line.word_at(end) == "."
        && line.word(head).is(Class::SHORT_TITLE)
    {
        end += 1;
    } else if line.word_at(end) == "-" && line.word_at(end + 1) == "elect" {
        end += 2;
    }
    let mut start = head;
    let mut first = head;
    let mut owner = None;
    let mut determiner = Determiner::Bare;
    while start > floor {
        let left = start - 1;
        if let Some(m) = scene.name_at[left] {
            let mention = scene.mention(m);
            if mention.kind == MentionKind::Person || owner.is_some() {
                break;
            }
            if matches!(
                mention.kind,
                MentionKind::Organisation | MentionKind::Place | MentionKind::Facility
            ) {
                owner = Some(m);
            }
            start = mention.tokens.start();
            // Words before the body belong to it or to the phrase, not to the role: "former Tate director".
            continue;
        }
        if line.is_possessive(left) && left > floor {
            determiner = Determiner::Owned;
            let Some(m) = scene.ending_at(left) else {
                start = (floor..left)
                    .rev()
                    .take(5)
                    .find(|&i| line.upos(i) == Upos::Det)
                    .unwrap_or(left - 1);
                break;
            };
            let mention = scene.mention(m);
            start = mention.tokens.start();
            if start > floor && line.upos(start - 1) == Upos::Det {
                start -= 1;
            }
            if mention.kind != MentionKind::Person && mention.kind != MentionKind::Group {
                owner = Some(m);
            }
            break;
        }
        let in_role = owner.is_none();
        match line.upos(left) {
            Upos::Det => {
                determiner = match line.lower(left) {
                    "the" | "this" | "that" | "these" | "those" | "both" => Determiner::Definite,
                    _ => Determiner::Indefinite,
                };
                start = left;
                break;
            }
            Upos::Pron if line.token(left).xpos == "PRP$" => {
                determiner = Determiner::Owned;
                owner = owner.or_else(|| {
                    scene
                        .headed(left)
                        .filter(|&m| scene.mention(m).kind == MentionKind::Organisation)
                });
                start = left;
                break;
            }
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X => start = left,
            Upos::Verb
                if matches!(line.token(left).xpos, "VBN" | "VBG")
                    && modifies(scene, left, head) =>
            {
                start = left;
            }
            Upos::Verb
                if line.word(left).is(Class::ACTING
                    .or(Class::FORMER)
                    .or(Class::FUTURE)
                    .or(Class::OUTGOING)) =>
            {
                start = left;
            }
            Upos::Adv
                if line.word(left).is(Class::FORMER.or(Class::CURRENT))
                    || line.lower(left) == "then" =>
            {
                start = left;
            }
            Upos::Punct if line.lower(left) == "-" && left > floor => start = left,
            Upos::Cconj | Upos::Sym if joins(scene, left, floor) => start = left,
            _ => break,
        }
        if in_role && start < first {
            first = start;
        }
    }
    let mut phrase = Phrase {
        start,
        role: first..end,
        head,
        end,
        post: end,
        plural: line.is_plural(head),
        determiner,
        owner,
        status: None,
        qualifier: None,
    };
    strip(scene, &mut phrase);
    if phrase
        .owner
        .is_some_and(|owner| is_partisan(scene, &phrase.role, owner))
    {
        phrase.owner = None;
    }
    complement(scene, &mut phrase);
    if matches!(line.lower(head), "member" | "members") && phrase.owner.is_none() {
        return None;
    }
    (phrase.role.start < phrase.role.end).then_some(phrase)
}

/// "Labour mayor": a party's name before a public office tells the holder's party, not where the office is held.
fn is_partisan(scene: &Scene<'_>, role: &Range<usize>, owner: MentionId) -> bool {
    let words: Vec<&str> = role.clone().map(|i| scene.line.lower(i)).collect();
    let office = (0..words.len())
        .find_map(|from| scene.schema.roles.find(&words[from..]))
        .is_some_and(|(role, _)| scene.schema.roles.is_public_office(role));
    let name = scene.mention(owner).span.slice(scene.line.text);
    office
        && scene
            .schema
            .gazetteer()
            .organisations(name)
            .iter()
            .any(|o| o.kind == "party")
}

/// "housing minister", "sacked chairman": the participle belongs to the phrase.
fn modifies(scene: &Scene<'_>, at: usize, head: usize) -> bool {
    let line = scene.line;
    if ["amod", "compound"]
        .iter()
        .any(|r| crate::mention::is_relation(line.deprel(at), r))
    {
        return true;
    }
    let words: Vec<&str> = (at..=head).map(|i| line.lower(i)).collect();
    scene
        .schema
        .roles
        .find(&words)
        .is_some_and(|(_, n)| n == words.len())
}

/// "health and social care secretary": the conjunction joins two modifiers of one role.
fn joins(scene: &Scene<'_>, at: usize, floor: usize) -> bool {
    let line = scene.line;
    matches!(line.lower(at), "and" | "&")
        && at > floor
        && scene.name_at[at - 1].is_none()
        && matches!(line.upos(at - 1), Upos::Noun | Upos::Propn | Upos::Adj)
        && !line
            .noun(at - 1)
            .is(Class::ROLE.or(Class::PERSON).or(Class::GROUP))
        && line.is_capital(at - 1) == line.is_capital(at + 1)
        && (at < 2
            || !matches!(line.upos(at - 2), Upos::Verb | Upos::Adp)
            || line.is_capital(at + 1))
}

/// "year" and "old" of "53-year-old", read as several tokens.
fn is_part_of_age(scene: &Scene<'_>, at: usize) -> bool {
    let line = scene.line;
    match line.lower(at) {
        "year" | "month" => line.word_at(at + 1) == "-" && line.word_at(at + 2) == "old",
        "old" => {
            at > 1 && line.lower(at - 1) == "-" && matches!(line.lower(at - 2), "year" | "month")
        }
        _ => false,
    }
}

/// Takes "former", "acting" and words that describe the holder off the role.
fn strip(scene: &Scene<'_>, phrase: &mut Phrase) {
    let line = scene.line;
    for at in phrase.start..phrase.head {
        let class = line.word(at);
        if class.is(Class::FORMER) || line.lower(at).starts_with("ex-") {
            phrase.status = Some(Status::Former);
        } else if class.is(Class::FUTURE) {
            phrase.status = Some(Status::Future);
        } else if class.is(Class::ACTING) {
            phrase.qualifier = Some(at);
        } else if class.is(Class::CURRENT.or(Class::OUTGOING)) {
            phrase.status = Some(Status::Current);
        }
    }
    let marks = Class::FORMER
        .or(Class::FUTURE)
        .or(Class::ACTING)
        .or(Class::CURRENT)
        .or(Class::OUTGOING)
        .or(Class::DESCRIPTIVE);
    while phrase.role.start < phrase.head {
        let at = phrase.role.start;
        let word = line.lower(at);
        let nation = line.upos(at) == Upos::Adj
            && line.is_capital(at)
            && at > 0
            && scene.is_demonym(line.form(at));
        let idle = line.word(at).is(marks)
            || line.upos(at) == Upos::Num
            || line.token(at).xpos == "JJS"
            || matches!(word, "-" | "and" | "then" | "first" | "second" | "third")
            || line.upos(at) == Upos::Propn
                && line.is_capital(at)
                && !line.is_capital(phrase.head)
                && at > 0
                && line.form(at).chars().any(char::is_lowercase)
            || crate::mention::is_aged(word)
            || is_part_of_age(scene, at)
            || nation
            || line.token(at).xpos == "VBN" && line.upos(at) == Upos::Verb;
        if !idle {
            break;
        }
        phrase.role.start += 1;
    }
    let tail = line.word_at(phrase.end - 1);
    if tail.ends_with("elect") || tail == "designate" || line.lower(phrase.head).ends_with("-elect")
    {
        phrase.status = Some(Status::Future);
    }
}

/// "of Tate", "for health", "of history at Leeds University": extends the role or gives its owner.
fn complement(scene: &Scene<'_>, phrase: &mut Phrase) {
    let line = scene.line;
    let mut at = phrase.end;
    for _ in 0..3 {
        if !matches!(line.word_at(at), "of" | "at" | "for" | "with" | "to" | "in") {
            break;
        }
        let preposition = line.lower(at);
        let mut from = at + 1;
        while from < line.len()
            && (line.upos(from) == Upos::Det && matches!(line.lower(from), "the" | "a" | "an")
                || matches!(line.lower(from), "its" | "their"))
        {
            from += 1;
        }
        if from >= line.len() {
            break;
        }
        let mut named = from;
        while named < line.len()
            && named < from + 4
            && scene.name_at[named].is_none()
            && (line.is_noun(named) && !line.noun(named).is(Class::ROLE.or(Class::PERSON))
                || line.upos(named) == Upos::Adj
                || line.token(named).xpos == "VBG")
        {
            named += 1;
        }
        let apposed = named > from
            && scene
                .name_at
                .get(named)
                .copied()
                .flatten()
                .is_some_and(|m| {
                    scene.mention(m).kind == MentionKind::Organisation
                        && scene.mention(m).tokens.start() == named
                });
        if apposed && (line.noun(named - 1).is(Class::ORGANISATION) || !line.is_noun(named - 1)) {
            from = named;
        }
        if let Some(m) = scene.starting_at(from) {
            let mention = scene.mention(m);
            let fits = match mention.kind {
                MentionKind::Organisation => preposition != "to" && preposition != "in",
                MentionKind::Facility => matches!(preposition, "of" | "at" | "for"),
                MentionKind::Place => matches!(preposition, "of" | "for" | "to"),
                _ => false,
            };
            if fits
                && phrase.owner.is_none()
                && (mention.form == Form::Name || mention.kind == MentionKind::Organisation)
            {
                phrase.owner = Some(m);
                phrase.post = mention.tokens.end();
                // "chief executive of Tate and Lyle", "of Tate in Leeds" go no further.
                break;
            }
            if mention.form == Form::Name {
                break;
            }
        }
        if !matches!(preposition, "of" | "for")
            || scene.name_at[from].is_some()
            || phrase.plural && preposition == "for"
        {
            break;
        }
        // "director of communications", "minister for higher education": words of the role.
        let mut to = from;
        while to < line.len()
            && to < from + 5
            && scene.name_at[to].is_none()
            && (line.is_noun(to)
                || line.upos(to) == Upos::Adj
                || (matches!(line.lower(to), "and" | "&")
                    && to > from
                    && to + 1 < line.len()
                    && scene.name_at[to + 1].is_none()
                    && (line.is_noun(to + 1) || line.upos(to + 1) == Upos::Adj)))
        {
            to += 1;
        }
        if to == from
            || !line.is_noun(to - 1)
            || line
                .noun(to - 1)
                .is(Class::PERSON.or(Class::ROLE).or(Class::GROUP))
            || from > at + 1 && !line.is_capital(from)
        {
            break;
        }
        phrase.role.end = to;
        phrase.post = to;
        at = to;
    }
}

/// "chairman and chief executive of Tate": one owner for both.
fn share(scene: &Scene<'_>, phrases: &mut [Phrase]) {
    for i in 1..phrases.len() {
        let (before, rest) = phrases.split_at_mut(i);
        let (a, b) = (&mut before[i - 1], &mut rest[0]);
        if !joined(scene, a, b) {
            continue;
        }
        if a.owner.is_none() {
            a.owner = b.owner;
        } else if b.owner.is_none() && a.post == a.end {
            b.owner = a.owner;
        }
        b.status = b.status.or(a.status);
    }
}

/// Whether `b` follows `a` as "a and b" or "a, b and c" without an article of its own.
pub(super) fn joined(scene: &Scene<'_>, a: &Phrase, b: &Phrase) -> bool {
    let line = scene.line;
    b.start == a.post + 1
        && matches!(line.word_at(a.post), "and" | "&" | "-cum-" | "/")
        && matches!(b.determiner, Determiner::Bare)
        && a.plural == b.plural
}
