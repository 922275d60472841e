//! Proper names as mentions: what the reader found, set right by title, context and gazetteer.
//!
//! In: a sentence with the reader's names. Out: [`Draft`]s that cover the name alone, without title, article or `'s`.
//! Refuses: to call a thing a person because it is capitalised; something in the sentence has to say so.

use super::lexicon::Class;
use super::line::{Line, is_relation};
use super::{Form, Gender, MentionKind, time};
use crate::schema::Schema;
use english::{NameKind, Nth, Span, Upos};
use rustc_hash::FxHashSet;

/// A mention before it has a place in the document's list.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) tokens: Span<Nth>,
    pub(crate) kind: MentionKind,
    pub(crate) form: Form,
    pub(crate) gender: Option<Gender>,
    /// Tokens of the honorific before the name.
    pub(crate) honorific: Option<Span<Nth>>,
}

/// A run of tokens that may be a name.
#[derive(Clone, Copy, Debug)]
struct Proposal {
    start: usize,
    end: usize,
    kind: MentionKind,
    /// How sure its kind is, 0 to 1.
    sure: f32,
}

/// Finds the names of a sentence, in order and disjoint.
pub(crate) fn find(line: &Line<'_>, schema: &Schema) -> Vec<Draft> {
    let mut taken = vec![false; line.len()];
    let mut proposals = Vec::new();
    for name in &line.sentence.names {
        let kind = match name.kind {
            NameKind::Person => MentionKind::Person,
            NameKind::Organisation => MentionKind::Organisation,
            NameKind::Place => MentionKind::Place,
            NameKind::Facility => MentionKind::Facility,
            NameKind::Event | NameKind::Other => MentionKind::Other,
        };
        taken[name.tokens.range()].fill(true);
        proposals.push(Proposal {
            start: name.tokens.start(),
            end: name.tokens.end(),
            kind,
            sure: name.confidence,
        });
    }
    units(line, &mut taken, &mut proposals);
    propose(line, schema, &taken, &mut proposals);
    proposals.sort_by_key(|p| p.start);
    let mut out: Vec<Draft> = Vec::with_capacity(proposals.len());
    let mut at = 0;
    while at < proposals.len() {
        let mut proposal = proposals[at];
        at += 1;
        // "Mile" and "End" read as two places, "Ada" and "Pike" as two people: one name.
        while let Some(next) = proposals.get(at).filter(|n| {
            n.start == proposal.end
                && n.kind == proposal.kind
                && proposal.kind != MentionKind::Other
        }) {
            proposal.end = next.end;
            at += 1;
        }
        if let Some(draft) = settle(
            line,
            schema,
            proposal,
            out.last().map_or(0, |d| d.tokens.end()),
        ) {
            out.push(draft);
        }
    }
    out
}

/// Whether a token can belong to a name by its shape and tag.
fn may_be_name(line: &Line<'_>, at: usize) -> bool {
    at < line.len()
        && line.is_capital(at)
        && matches!(
            line.upos(at),
            Upos::Propn | Upos::Noun | Upos::Adj | Upos::X | Upos::Verb
        )
        && line.form(at).len() > 1
}

/// Adds names that the sentence itself shows and the reader missed.
fn propose(line: &Line<'_>, schema: &Schema, taken: &[bool], out: &mut Vec<Proposal>) {
    let mut i = 0;
    while i < line.len() {
        if taken[i] {
            i += 1;
            continue;
        }
        if is_code(line.form(i)) && i > 0 {
            if let Some(kind) = code_kind(line, i) {
                out.push(Proposal {
                    start: i,
                    end: i + 1,
                    kind,
                    sure: 1.0,
                });
            }
            i += 1;
            continue;
        }
        if is_of_nation(line, schema, i) {
            out.retain(|p| p.end != i || p.start + 1 != i);
            out.push(Proposal {
                start: i - 1,
                end: i + 1,
                kind: MentionKind::Organisation,
                sure: 1.0,
            });
            i += 1;
            continue;
        }
        if line.word(i).is(Class::INSTITUTION)
            || (line.noun(i).is(Class::INSTITUTION) && is_institution(line, i))
        {
            out.push(Proposal {
                start: i,
                end: i + 1,
                kind: MentionKind::Organisation,
                sure: 0.5,
            });
            i += 1;
            continue;
        }
        if !may_be_name(line, i) {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < line.len()
            && !taken[end]
            && may_be_name(line, end)
            && line.upos(end) != Upos::Adj
        {
            end += 1;
        }
        // "Home Secretary Ada Pike": the name begins after the last role word that has a name after it.
        let role = (i..end - 1)
            .rev()
            .find(|&k| line.noun(k).is(Class::ROLE) && forename(schema, line.form(k)).is_none());
        let head = proposed(line, schema, i, role.unwrap_or(end), false);
        if let Some(head) = head {
            out.push(head);
        }
        let from = role.map_or(i, |k| k + 1);
        if role.is_some() || head.is_none() {
            let titled = from > 0 && is_title(line, from - 1);
            if let Some(proposal) = proposed(line, schema, from, end, titled) {
                end = end.max(proposal.end);
                out.push(proposal);
            }
        } else if let Some(head) = head {
            end = head.end;
        }
        i = end;
    }
}

/// The name that the run of capitalised words makes, if something says what it is.
fn proposed(
    line: &Line<'_>,
    schema: &Schema,
    start: usize,
    end: usize,
    titled: bool,
) -> Option<Proposal> {
    if start >= end {
        return None;
    }
    let run = Proposal {
        start,
        end,
        kind: MentionKind::Other,
        sure: 0.0,
    };
    if titled && (start == 0 || end - start <= 3) {
        return Some(Proposal {
            kind: MentionKind::Person,
            sure: 0.7,
            ..run
        });
    }
    if line.word(start).is(Class::HONORIFIC) && end > start + 1 {
        return Some(Proposal {
            kind: MentionKind::Person,
            sure: 1.0,
            ..run
        });
    }
    if line.word(start).is(Class::HONORIFIC) {
        return None;
    }
    // "Ministry of Defence", "Office for Students": the words after "of" belong to a body's name.
    if line.word(end - 1).is(Class::BODY_NAME) || line.upos(end - 1) == Upos::Propn {
        let mut to = end;
        while matches!(line.word_at(to), "of" | "for" | "and" | "the" | "to") {
            to += 1;
        }
        if to > end && may_be_name(line, to) {
            let stop = (to..line.len())
                .find(|&k| !may_be_name(line, k))
                .unwrap_or(line.len());
            let longest = (to + 1..=stop)
                .rev()
                .find(|&k| known(schema, slice(line, start, k)).is_some());
            if let Some(k) = longest {
                let kind = known(schema, slice(line, start, k))?;
                return Some(Proposal {
                    end: k,
                    kind,
                    sure: 0.9,
                    ..run
                });
            }
        }
    }
    if let Some(kind) = known(schema, slice(line, start, end)) {
        return Some(Proposal {
            kind,
            sure: 0.8,
            ..run
        });
    }
    if start == 0 && line.upos(0) != Upos::Propn && forename(schema, line.form(0)).is_none() {
        return None;
    }
    if line.word(end - 1).is(Class::BODY_NAME) && end > start + 1 {
        return Some(Proposal {
            kind: MentionKind::Organisation,
            sure: 0.7,
            ..run
        });
    }
    let called = end > start + 1
        && end <= start + 3
        && forename(schema, line.form(start)).is_some()
        && line.upos(end - 1) == Upos::Propn;
    if called {
        return Some(Proposal {
            kind: MentionKind::Person,
            sure: 0.7,
            ..run
        });
    }
    // The longest beginning that the gazetteer knows.
    (start + 1..end).rev().find_map(|k| {
        known(schema, slice(line, start, k)).map(|kind| Proposal {
            end: k,
            kind,
            sure: 0.7,
            ..run
        })
    })
}

/// "the force's Serious Crime and Fraud command": capitals before a common noun for a body name a unit of somebody.
fn units(line: &Line<'_>, taken: &mut [bool], out: &mut Vec<Proposal>) {
    let capital = |i: usize| line.is_capital(i) && (line.is_noun(i) || line.upos(i) == Upos::Adj);
    for noun in 2..line.len() {
        if !line.noun(noun).is(Class::ORGANISATION) || line.is_capital(noun) || !line.is_noun(noun)
        {
            continue;
        }
        let mut start = noun;
        while start > 0
            && (capital(start - 1)
                || line.lower(start - 1) == "and"
                    && start > 1
                    && capital(start - 2)
                    && start < noun)
        {
            start -= 1;
        }
        if noun - start >= 3 && line.is_possessive(start.saturating_sub(1)) {
            out.retain(|p| p.end <= start || p.start >= noun);
            taken[start..noun].fill(true);
            out.push(Proposal {
                start,
                end: noun,
                kind: MentionKind::Organisation,
                sure: 1.0,
            });
        }
    }
}

/// "the army", "the military": a body that the noun alone names; not "army officers", "the British army of …".
fn is_institution(line: &Line<'_>, at: usize) -> bool {
    if !matches!(line.lower(at), "army" | "navy" | "military")
        || at == 0
        || line.upos(at) == Upos::Adj
    {
        return false;
    }
    line.lower(at - 1) == "the"
        && (at + 1 >= line.len()
            || !(line.is_noun(at + 1)
                || line.upos(at + 1) == Upos::Adj
                || line.word_at(at + 1) == "of"))
}

/// "the Norwegian navy": a body of a nation, named by the nation and what it is; not "a Norwegian navy ship", nor "Norwegian
/// governments".
fn is_of_nation(line: &Line<'_>, schema: &Schema, at: usize) -> bool {
    matches!(
        line.lower(at),
        "army" | "navy" | "military" | "government" | "parliament"
    ) && line.is_noun(at)
        && at > 0
        && line.is_capital(at - 1)
        && schema.gazetteer().demonym(line.form(at - 1)).is_some()
        && (at == 1 || line.lower(at - 2) == "the")
        && (at + 1 >= line.len() || !line.is_noun(at + 1))
}

/// Whether the token closes a title that calls for a person's name after it.
fn is_title(line: &Line<'_>, at: usize) -> bool {
    line.word(at).is(Class::HONORIFIC.or(Class::SHORT_TITLE))
        || (line.noun(at).is(Class::ROLE) && line.is_noun(at) && !line.is_plural(at))
}

/// Letters and digits that stand for somebody or a unit ("KR77", "SB4"), not a road, measure or year.
fn is_code(form: &str) -> bool {
    let letters = form.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = form.len() - letters;
    (1..=4).contains(&letters)
        && (2..=5).contains(&digits)
        && form[letters..].bytes().all(|b| b.is_ascii_digit())
}

/// What a code stands for, by the words around it.
fn code_kind(line: &Line<'_>, at: usize) -> Option<MentionKind> {
    let before = line.lower(at - 1);
    let human = line.noun(at - 1).is(Class::ROLE.or(Class::PERSON)) && !line.is_plural(at - 1);
    let named = before == "as"
        && line.sentence.tokens[..at - 1]
            .iter()
            .rev()
            .take(3)
            .any(|t| matches!(&*t.lemma, "name" | "know" | "identify" | "refer"));
    if human || named {
        return Some(MentionKind::Person);
    }
    let next = at + 1;
    if next < line.len() && line.is_noun(next) {
        let body = (next..line.len())
            .take_while(|&i| line.is_noun(i))
            .last()
            .unwrap_or(next);
        return line
            .noun(body)
            .is(Class::ORGANISATION)
            .then_some(MentionKind::Organisation);
    }
    None
}

/// The text of tokens `from..to`.
pub(crate) fn slice<'a>(line: &Line<'a>, from: usize, to: usize) -> &'a str {
    line.sentence.bytes(Span::new(from, to)).slice(line.text)
}

/// What the gazetteer takes the name for, when it knows it as one kind only.
fn known(schema: &Schema, name: &str) -> Option<MentionKind> {
    let gazetteer = schema.gazetteer();
    let bodies = gazetteer.organisations(name);
    let place = gazetteer.places(name).into_iter().next();
    match (bodies.first(), place) {
        (Some(body), None) if body.kind == "court" => Some(MentionKind::Facility),
        (Some(_), None) => Some(MentionKind::Organisation),
        (None, Some(place)) if place.kind == "facility" => Some(MentionKind::Facility),
        // Villages bear the names of people and things.
        (None, Some(place)) if place.rank >= 4 => Some(MentionKind::Place),
        _ => None,
    }
}

/// Trims a proposal to the name, settles its kind and finds its honorific. `floor` is the first token that is free.
fn settle(line: &Line<'_>, schema: &Schema, proposal: Proposal, floor: usize) -> Option<Draft> {
    let Proposal {
        mut start,
        mut end,
        mut kind,
        sure,
    } = proposal;
    start = start.max(floor);
    while end > start
        && (line.is_possessive(end - 1)
            || line.upos(end - 1) == Upos::Punct && line.word(end - 1) == Class::NONE)
    {
        end -= 1;
    }
    while start < end
        && (line.upos(start) == Upos::Det || matches!(line.lower(start), "the" | "a" | "an"))
    {
        start += 1;
    }
    if kind != MentionKind::Person {
        while end - start.min(end) > 1
            && end < line.len()
            && line.noun(end - 1).is(Class::ROLE)
            && line.is_capital(end)
            && line.is_noun(end)
        {
            end -= 1;
        }
    }
    // "Officer KR71": the title before a code is not part of it.
    if end - start.min(end) == 2
        && is_code(line.form(end - 1))
        && line.noun(start).is(Class::ROLE.or(Class::PERSON))
    {
        start += 1;
    }
    if start >= end || is_calendar(line, start, end) {
        return None;
    }
    if end == start + 1
        && start > 0
        && start == floor
        && matches!(
            line.form(start),
            "KC" | "QC" | "MP" | "MEP" | "MSP" | "OBE" | "CBE" | "MBE" | "PhD" | "Jr" | "Sr"
        )
    {
        return None;
    }
    // "a strategist at NAME": one works at a body.
    if matches!(kind, MentionKind::Person | MentionKind::Other)
        && start >= 2
        && line.lower(start - 1) == "at"
        && line.noun(start - 2).is(Class::ROLE)
    {
        kind = MentionKind::Organisation;
    }
    let whole = slice(line, start, end);
    if let Some(listed) = known(schema, whole)
        && sure < 0.95
        && !(kind == MentionKind::Person && (end - start > 1 || forename(schema, whole).is_some()))
    {
        kind = listed;
    }
    // "in Ghent": nobody is in a person.
    if kind == MentionKind::Person
        && end - start == 1
        && start > floor
        && line.lower(start - 1) == "in"
        && forename(schema, whole).is_none()
        && !schema.gazetteer().places(whole).is_empty()
    {
        kind = MentionKind::Place;
    }
    // Titles that the reader took into the name, or a name whose title tells that it is a person's.
    let mut title_before = start > floor && is_title(line, start - 1);
    if kind == MentionKind::Person || line.word(start).is(Class::HONORIFIC) {
        while end - start > 1 && titular(line, schema, start, end) {
            start += 1;
            title_before = true;
            kind = MentionKind::Person;
        }
    }
    if kind != MentionKind::Person && title_before && takes_title(line, start, end, kind, sure) {
        kind = MentionKind::Person;
    }
    if matches!(kind, MentionKind::Place | MentionKind::Other)
        && end - start > 1
        && forename(schema, line.form(start)).is_some()
        && schema
            .gazetteer()
            .places(slice(line, start, end))
            .is_empty()
        && is_somebody(line, start, end)
    {
        kind = MentionKind::Person;
    }
    if is_code(line.form(start)) && end == start + 1 && start > 0 {
        kind = code_kind(line, start).unwrap_or(kind);
    }
    if kind != MentionKind::Organisation
        && end - start > 1
        && is_body(line, start, end)
        && !title_before
    {
        kind = MentionKind::Organisation;
    }
    if kind == MentionKind::Place && plays_for(line, end) {
        kind = MentionKind::Organisation;
    }
    // "south London", "central Leeds": the part is a place of its own.
    if kind == MentionKind::Place && start > floor && is_direction(line, start - 1) {
        start -= 1;
        if start > floor
            && matches!(line.lower(start), "east" | "west")
            && is_direction(line, start - 1)
        {
            start -= 1;
        }
    }
    let honorific = (kind == MentionKind::Person)
        .then(|| honorific(line, start, floor))
        .flatten();
    let gender = (kind == MentionKind::Person)
        .then(|| gender(line, schema, start, honorific))
        .flatten();
    Some(Draft {
        tokens: Span::new(start, end),
        kind,
        form: Form::Name,
        gender,
        honorific,
    })
}

/// Days and months are times, not things with a name, and titles alone are nobody's.
fn is_calendar(line: &Line<'_>, start: usize, end: usize) -> bool {
    end == start + 1
        && (time::is_calendar(line.lower(start))
            && !line.word(start.saturating_sub(1)).is(Class::HONORIFIC)
            || line.word(start).is(Class::HONORIFIC) && line.form(start).len() < 4)
}

/// Whether the first word of a person's supposed name is a title.
fn titular(line: &Line<'_>, schema: &Schema, start: usize, end: usize) -> bool {
    if line.word(start).is(Class::HONORIFIC.or(Class::SHORT_TITLE)) {
        // "Sister", "Judge", "King" can be surnames, but not before a name.
        return true;
    }
    if matches!(line.upos(start), Upos::Det | Upos::Adp | Upos::Punct) && end - start > 1 {
        return true;
    }
    if line.word(start).is(Class::FORMER.or(Class::ACTING)) && line.upos(start) == Upos::Adj {
        return true;
    }
    if forename(schema, line.form(start)).is_some() {
        return false;
    }
    if line.noun(start).is(Class::ROLE) {
        return true;
    }
    // "Home Secretary Ada Pike": words before a role word go with it.
    (start + 1..end - 1).any(|i| {
        line.noun(i).is(Class::ROLE)
            && forename(schema, line.form(i)).is_none()
            && (start..i).all(|j| forename(schema, line.form(j)).is_none())
    })
}

/// Whether a title before it makes the name a person's.
fn takes_title(line: &Line<'_>, start: usize, end: usize, kind: MentionKind, sure: f32) -> bool {
    if line
        .word(start - 1)
        .is(Class::HONORIFIC.or(Class::SHORT_TITLE))
    {
        return true;
    }
    if line.noun(end.min(line.len() - 1)).is(Class::ROLE) && end < line.len()
        || is_body(line, start, end)
    {
        return false;
    }
    match kind {
        MentionKind::Other => true,
        MentionKind::Organisation | MentionKind::Place | MentionKind::Facility => {
            sure < 0.6 && end - start <= 3
        }
        MentionKind::Person | MentionKind::Group => false,
    }
}

/// "NAME is the owner": only a person is what the predicate says.
fn is_somebody(line: &Line<'_>, start: usize, end: usize) -> bool {
    let at = line.head_of(Span::new(start, end));
    is_relation(line.deprel(at), "nsubj")
        && line.head(at).is_some_and(|noun| {
            line.noun(noun).is(Class::ROLE.or(Class::PERSON)) && line.child(noun, "cop").is_some()
        })
}

/// Whether the name ends, or before "of" or "for" stands, a word that bodies are named by.
fn is_body(line: &Line<'_>, start: usize, end: usize) -> bool {
    if line.word(end - 1).is(Class::BODY_NAME.or(Class::CORPORATE))
        && !matches!(
            line.lower(end - 1),
            "court" | "courts" | "centre" | "center" | "school" | "church"
        )
    {
        return true;
    }
    (start + 1..end).any(|i| {
        matches!(line.lower(i), "of" | "for")
            && line.word(i - 1).is(Class::BODY_NAME)
            && !line.lower(i - 1).starts_with("court")
    })
}

/// Whether the place is followed by somebody who plays for it: "Leeds striker".
fn plays_for(line: &Line<'_>, end: usize) -> bool {
    end < line.len()
        && line.noun(end).is(Class::SPORT)
        && line.is_noun(end)
        && !matches!(line.lower(end), "manager" | "forward" | "lock" | "prop")
}

fn is_direction(line: &Line<'_>, at: usize) -> bool {
    let word = line.lower(at);
    let rest = word
        .strip_prefix("north")
        .or_else(|| word.strip_prefix("south"));
    let rest = rest.map(|r| r.strip_prefix('-').unwrap_or(r));
    matches!(
        word,
        "east" | "west" | "central" | "inner" | "downtown" | "upper" | "lower"
    ) && line.upos(at) != Upos::Verb
        || rest.is_some_and(|r| matches!(r, "" | "east" | "west" | "ern" | "eastern" | "western"))
        || matches!(word, "eastern" | "western")
}

/// The honorific directly before the name.
fn honorific(line: &Line<'_>, start: usize, floor: usize) -> Option<Span<Nth>> {
    let at = start.checked_sub(1).filter(|&at| at >= floor)?;
    if line.word(at).is(Class::HONORIFIC) && line.is_capital(at) {
        return Some(Span::new(at, start));
    }
    // The reader may split "Mr ." in two.
    (line.form(at) == "." && at > floor && line.word(at - 1).is(Class::HONORIFIC))
        .then(|| Span::new(at - 1, start))
}

/// Gender by honorific, title or forename.
fn gender(
    line: &Line<'_>,
    schema: &Schema,
    start: usize,
    honorific: Option<Span<Nth>>,
) -> Option<Gender> {
    let class = honorific.map_or(Class::NONE, |h| line.word(h.start()));
    if class.is(Class::MALE) {
        return Some(Gender::Male);
    }
    if class.is(Class::FEMALE) {
        return Some(Gender::Female);
    }
    if start > 0 && honorific.is_none() && line.is_noun(start - 1) {
        if line.noun(start - 1).is(Class::FEMALE) {
            return Some(Gender::Female);
        }
        if line.noun(start - 1).is(Class::MALE) {
            return Some(Gender::Male);
        }
    }
    // "Jean-Luc": half a forename shows no gender.
    if line.word_at(start + 1).starts_with('-') {
        return None;
    }
    forename(schema, line.form(start)).flatten()
}

/// Adds the surnames, standing alone, of people whose full names the document gives elsewhere and the reader missed here.
/// `surnames` are as written. Refuses a word at the start of a sentence that may be a common one.
pub(crate) fn surnames(line: &Line<'_>, surnames: &FxHashSet<&str>, drafts: &mut Vec<Draft>) {
    for at in 0..line.len() {
        if !surnames.contains(line.form(at))
            || drafts.iter().any(|d| d.tokens.range().contains(&at))
            || at + 1 < line.len() && line.is_capital(at + 1) && line.is_noun(at + 1)
            || at > 0 && line.is_capital(at - 1) && line.is_noun(at - 1)
        {
            continue;
        }
        let speaks =
            at + 1 < line.len() && matches!(line.token(at + 1).xpos, "VBD" | "VBZ" | "MD" | "POS");
        if line.upos(at) == Upos::Propn || (at == 0 && speaks) {
            drafts.push(Draft {
                tokens: Span::new(at, at + 1),
                kind: MentionKind::Person,
                form: Form::Name,
                gender: None,
                honorific: honorific(line, at, 0),
            });
        }
    }
    drafts.sort_by_key(|d| d.tokens.start());
}

/// Whether it is a known forename, and the gender it shows.
fn forename(schema: &Schema, name: &str) -> Option<Option<Gender>> {
    let found = schema.gazetteer().forename(name)?;
    Some(found.and_then(|g| match g {
        'f' => Some(Gender::Female),
        'm' => Some(Gender::Male),
        _ => None,
    }))
}
