//! Common noun phrases and pronouns that stand for people, bodies and places.
//!
//! In: a sentence and its names. Out: [`Draft`]s of nominals and pronouns, and which of them stand in apposition.
//! Refuses: titles before names (part of how the name is said), bare uses of ambiguous nouns ("use of force").

use super::lexicon::Class;
use super::line::{Line, is_relation};
use super::names::Draft;
use super::{Form, Gender, MentionKind};
use english::{Nth, Span, Upos};

/// Appends the nominals and pronouns of a sentence to its names and sorts by place.
pub(crate) fn find(line: &Line<'_>, drafts: &mut Vec<Draft>) {
    let mut in_name: Vec<Option<usize>> = vec![None; line.len()];
    for (d, draft) in drafts.iter().enumerate() {
        in_name[draft.tokens.range()].fill(Some(d));
    }
    let names = drafts.len();
    for at in 0..line.len() {
        if in_name[at].is_some() {
            continue;
        }
        let draft = if line.upos(at) == Upos::Pron
            || line.token(at).xpos.starts_with("PRP")
            || line.token(at).xpos.starts_with("WP")
        {
            pronoun(line, at)
        } else {
            nominal(line, at, &drafts[..names], &in_name)
        };
        drafts.extend(draft);
    }
    drafts.sort_by_key(|d| (d.tokens.start(), std::cmp::Reverse(d.tokens.end())));
}

fn pronoun(line: &Line<'_>, at: usize) -> Option<Draft> {
    let (kind, gender) = match line.lower(at) {
        "he" | "him" | "his" | "himself" => (MentionKind::Person, Some(Gender::Male)),
        "she" | "her" | "hers" | "herself" => (MentionKind::Person, Some(Gender::Female)),
        "they" | "them" | "their" | "theirs" | "themselves" => (MentionKind::Group, None),
        "it" | "its" | "itself" => (MentionKind::Organisation, None),
        "who" | "whom" | "whose" => (MentionKind::Person, None),
        _ => return None,
    };
    Some(Draft {
        tokens: Span::new(at, at + 1),
        kind,
        form: Form::Pronoun,
        gender,
        honorific: None,
    })
}

/// The noun phrase that the noun at `at` heads, if it stands for somebody or something.
fn nominal(
    line: &Line<'_>,
    at: usize,
    names: &[Draft],
    in_name: &[Option<usize>],
) -> Option<Draft> {
    if !line.is_noun(at) {
        return None;
    }
    if matches!(
        line.lower(at),
        "hundreds" | "thousands" | "dozens" | "scores" | "millions"
    ) && line.word_at(at + 1) != "of"
    {
        return Some(plain(Span::new(at, at + 1), MentionKind::Group, None));
    }
    let class = line.noun(at);
    if !class.is(Class::ROLE
        .or(Class::PERSON)
        .or(Class::GROUP)
        .or(Class::ORGANISATION)
        .or(Class::PLACE)
        .or(Class::FACILITY))
        && !is_aged(line.lower(at))
    {
        return None;
    }
    // The last noun of a run is its head; before a name it is a title.
    if let Some(next) = (at + 1 < line.len()).then_some(at + 1) {
        if in_name[next].is_some() && !line.is_possessive(next) {
            return None;
        }
        if line.is_noun(next) && line.word(next) == Class::NONE
            || matches!(line.lower(next), "elect" | "general" | "designate")
        {
            return None;
        }
        if line.word(next).is(Class::HONORIFIC) && line.is_capital(next) {
            return None;
        }
    }
    let (start, determined) = phrase_start(line, at, names, in_name);
    let plural = line.is_plural(at);
    let aged = is_aged(line.lower(at));
    if class.is(Class::AMBIGUOUS)
        && !(determined
            && (start + 2 <= at && !class.is(Class::FACILITY.or(Class::PLACE))
                || line.word_at(at + 1) == "of" && class.is(Class::ROLE)))
    {
        return None;
    }
    let kind = if class.is(Class::GROUP) || (plural && class.is(Class::ROLE.or(Class::PERSON))) {
        MentionKind::Group
    } else if class.is(Class::ROLE.or(Class::PERSON)) || aged {
        MentionKind::Person
    } else if class.is(Class::ORGANISATION) && (determined || plural) {
        MentionKind::Organisation
    } else if class.is(Class::FACILITY) && determined {
        MentionKind::Facility
    } else if class.is(Class::PLACE) && determined {
        MentionKind::Place
    } else {
        return None;
    };
    let gender = match kind {
        MentionKind::Person if class.is(Class::FEMALE) => Some(Gender::Female),
        MentionKind::Person if class.is(Class::MALE) => Some(Gender::Male),
        _ => None,
    };
    Some(plain(Span::new(start, at + 1), kind, gender))
}

fn plain(tokens: Span<Nth>, kind: MentionKind, gender: Option<Gender>) -> Draft {
    Draft {
        tokens,
        kind,
        form: Form::Nominal,
        gender,
        honorific: None,
    }
}

/// "24-year-old" as a noun.
pub(crate) fn is_aged(lower: &str) -> bool {
    lower
        .strip_suffix("-year-old")
        .or_else(|| lower.strip_suffix("-year-olds"))
        .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

/// First token of the noun phrase headed at `at`, and whether it is determined (article, possessive, numeral, genitive).
pub(crate) fn phrase_start(
    line: &Line<'_>,
    at: usize,
    names: &[Draft],
    in_name: &[Option<usize>],
) -> (usize, bool) {
    let mut start = at;
    let mut firm = at;
    while start > 0 {
        let left = start - 1;
        if let Some(name) = in_name[left] {
            start = names[name].tokens.start();
            firm = start;
            continue;
        }
        match line.upos(left) {
            Upos::Det => return (left, true),
            Upos::Pron if line.token(left).xpos == "PRP$" => return (left, true),
            Upos::Num => {
                start = left;
                firm = left;
                if left == 0 || !matches!(line.upos(left - 1), Upos::Det | Upos::Adj | Upos::Num) {
                    return (left, true);
                }
            }
            Upos::Noun | Upos::Propn => {
                start = left;
                firm = left;
            }
            Upos::Adj => {
                start = left;
                firm = left;
            }
            Upos::Verb
                if matches!(line.token(left).xpos, "VBN" | "VBG")
                    && is_relation(line.deprel(left), "amod") =>
            {
                start = left;
                firm = left;
            }
            Upos::Adv
                if is_relation(line.deprel(left), "advmod")
                    && line.head(left).is_some_and(|h| h > left && h < at) =>
            {
                start = left;
            }
            Upos::Part | Upos::Punct | Upos::X if line.is_possessive(left) => {
                // The owner's own phrase belongs to this one: "the club's new owner".
                if left > 0 && (in_name[left - 1].is_some() || line.is_noun(left - 1)) {
                    let owner = in_name[left - 1].map_or(left - 1, |n| names[n].tokens.end() - 1);
                    let (from, _) = if in_name[left - 1].is_some() {
                        let from = names[in_name[left - 1].unwrap_or_default()].tokens.start();
                        if from > 0 && line.upos(from - 1) == Upos::Det {
                            (from - 1, true)
                        } else {
                            (from, true)
                        }
                    } else {
                        phrase_start(line, owner, names, in_name)
                    };
                    return (from, true);
                }
                return (firm, false);
            }
            Upos::Punct if line.lower(left) == "-" => start = left,
            _ => break,
        }
    }
    (firm, false)
}

/// Pairs of drafts (by index) of one sentence that name one thing by apposition, naming or relative pronoun.
pub(crate) fn same(line: &Line<'_>, drafts: &[Draft]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (i, draft) in drafts.iter().enumerate() {
        match draft.form {
            Form::Pronoun
                if matches!(line.lower(draft.tokens.start()), "who" | "whom" | "which") =>
            {
                if let Some(j) = antecedent(line, drafts, i) {
                    pairs.push((j, i));
                }
            }
            Form::Nominal if draft.kind == MentionKind::Person => {
                if let Some(j) = name_before(line, drafts, i) {
                    pairs.push((j, i));
                } else if let Some(j) = name_after(line, drafts, i) {
                    pairs.push((i, j));
                }
            }
            Form::Name if draft.kind == MentionKind::Person => {
                if let Some(j) = called(line, drafts, i) {
                    pairs.push((j, i));
                }
            }
            _ => {}
        }
    }
    pairs
}

/// What "who" takes up: the mention that ends right before it, or its governor in the tree.
fn antecedent(line: &Line<'_>, drafts: &[Draft], who: usize) -> Option<usize> {
    let at = drafts[who].tokens.start();
    let mut before = at.checked_sub(1)?;
    while before > 0 && matches!(line.lower(before), "," | "(" | "-" | "–" | "—") {
        before -= 1;
    }
    let human = |d: &Draft| {
        matches!(d.kind, MentionKind::Person | MentionKind::Group) && d.form != Form::Pronoun
    };
    let adjacent = drafts
        .iter()
        .position(|d| d.tokens.end() == before + 1 && human(d));
    adjacent.or_else(|| {
        let clause = line
            .head(at)
            .filter(|&v| is_relation(line.deprel(v), "acl"))?;
        let noun = line.head(clause)?;
        drafts
            .iter()
            .position(|d| d.tokens.holds(noun) && d.tokens.end() <= at && human(d))
    })
}

/// After `at`, skips an age set off by commas or brackets: "Pike, 45, …", "Pike (45)".
pub(crate) fn skip_age(line: &Line<'_>, at: usize) -> usize {
    let number = |i: usize| {
        i < line.len()
            && line.form(i).bytes().all(|b| b.is_ascii_digit())
            && line.form(i).len() <= 3
    };
    match line.word_at(at) {
        "," if number(at + 1) && line.word_at(at + 2) == "," => at + 2,
        "(" if number(at + 1) && line.word_at(at + 2) == ")" => at + 3,
        _ => at,
    }
}

/// "NAME, a doctor, …": the name that the nominal `i` follows in apposition.
fn name_before(line: &Line<'_>, drafts: &[Draft], i: usize) -> Option<usize> {
    let tokens = drafts[i].tokens;
    let start = tokens.start();
    if start < 2 || line.lower(start - 1) != "," {
        return None;
    }
    let after = tokens.end();
    let closed = matches!(
        line.word_at(after),
        "" | ","
            | "."
            | ")"
            | "of"
            | "at"
            | "for"
            | "from"
            | "with"
            | "who"
            | "in"
            | ";"
            | "–"
            | "—"
            | ":"
            | "on"
            | "whose"
    );
    closed.then_some(())?;
    drafts.iter().position(|d| {
        d.form == Form::Name && d.kind == MentionKind::Person && d.tokens.end() < start && {
            let comma = skip_age(line, d.tokens.end());
            comma + 1 == start && line.lower(comma) == "," && !in_list(line, drafts, d.tokens)
        }
    })
}

/// Whether another name is joined before this one: "Lee, Pike, a doctor" may be a list.
fn in_list(line: &Line<'_>, drafts: &[Draft], name: Span<Nth>) -> bool {
    let start = name.start();
    start >= 2
        && matches!(line.lower(start - 1), ",")
        && drafts.iter().any(|d| {
            d.form == Form::Name && d.kind == MentionKind::Person && d.tokens.end() == start - 1
        })
}

/// "The chief executive, NAME, …": the name that follows the nominal `i` in apposition.
fn name_after(line: &Line<'_>, drafts: &[Draft], i: usize) -> Option<usize> {
    let end = drafts[i].tokens.end();
    // The phrase may go on: "the chief executive of Tate, NAME, …".
    let mut comma = end;
    if matches!(line.word_at(comma), "of" | "at" | "for") {
        let mut k = comma + 1;
        while k < line.len()
            && k < comma + 6
            && (line.is_noun(k)
                || matches!(line.upos(k), Upos::Det | Upos::Adj | Upos::Adp)
                || matches!(line.lower(k), "and"))
        {
            k += 1;
        }
        comma = k;
    }
    if line.word_at(comma) != "," {
        return None;
    }
    let mut from = comma + 1;
    while from < line.len()
        && (line.word(from).is(Class::HONORIFIC)
            || line.noun(from).is(Class::ROLE) && line.is_noun(from)
            || line.is_noun(from)
                && !drafts
                    .iter()
                    .any(|d| d.form == Form::Name && d.tokens.start() == from))
    {
        from += 1;
    }
    let j = drafts.iter().position(|d| {
        d.form == Form::Name && d.kind == MentionKind::Person && d.tokens.start() == from
    })?;
    let after = skip_age(line, drafts[j].tokens.end());
    let titled = from > comma + 1 && !line.word(from - 1).is(Class::HONORIFIC);
    (matches!(line.word_at(after), "," | "." | ")" | "" | ";")
        || titled && line.lower(drafts[i].tokens.start()) == "another")
        .then_some(j)
}

/// "An officer accused of it, named only as NAME": the nominal that the name `i` is given to.
fn called(line: &Line<'_>, drafts: &[Draft], i: usize) -> Option<usize> {
    let mut at = drafts[i].tokens.start();
    while at > 0 && (line.noun(at - 1).is(Class::ROLE) || line.word(at - 1).is(Class::HONORIFIC)) {
        at -= 1;
    }
    if at == 0 || line.lower(at - 1) != "as" {
        return None;
    }
    let mut verb = at - 1;
    for _ in 0..3 {
        verb = verb.checked_sub(1)?;
        if matches!(line.lower(verb), "named" | "known" | "identified") {
            break;
        }
    }
    if !matches!(line.lower(verb), "named" | "known" | "identified") {
        return None;
    }
    drafts
        .iter()
        .enumerate()
        .rev()
        .find(|(_, d)| {
            d.tokens.end() <= verb && d.form == Form::Nominal && d.kind == MentionKind::Person
        })
        .map(|(j, _)| j)
}
