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
    // "was appointed chief executive": a title of two words holds whatever the second is tagged as.
    let titled = at > 0
        && line.upos(at) == Upos::Adj
        && scene
            .schema
            .roles
            .find(&[line.lower(at - 1), line.lower(at)])
            .is_some_and(|(_, n)| n == 2);
    if !short && !(line.noun(at).is(Class::ROLE) && (line.is_noun(at) || before_name || titled)) {
        return false;
    }
    if next >= line.len() || scene.name_at[next].is_some() {
        return true;
    }
    if line.word(next).is(Class::HONORIFIC.or(Class::SHORT_TITLE)) && line.is_capital(next) {
        return !line.word(next).is(Class::SHORT_TITLE) || line.word(next).is(Class::HONORIFIC);
    }
    // "singer-songwriter": the last one closes the phrase.
    if line.word_at(next) == "-"
        && line.token(at).span.end() == line.token(next).span.start()
        && next + 1 < line.len()
        && line.token(next).span.end() == line.token(next + 1).span.start()
        && line.noun(next + 1).is(Class::ROLE)
        && line.lower(next + 1) != "general"
    {
        return false;
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
    } else if line.word_at(end) == "-" && matches!(line.word_at(end + 1), "elect" | "general") {
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
            start = mention.tokens.start();
            // "London-based tycoon", "UEFA-licensed coach": where from, not where.
            let qualifies = line.word_at(mention.tokens.end()) == "-";
            // "New [York] lawyer": a name that was cut.
            let cut = mention.kind == MentionKind::Place
                && start > floor.max(1)
                && scene.name_at[start - 1].is_none()
                && line.is_capital(start - 1)
                && matches!(line.upos(start - 1), Upos::Adj | Upos::Propn)
                && !scene.is_demonym(line.form(start - 1))
                && !is_mark(line.word(start - 1));
            if matches!(
                mention.kind,
                MentionKind::Organisation | MentionKind::Place | MentionKind::Facility
            ) && !qualifies
                && !cut
                && is_body(scene, m)
            {
                owner = Some(m);
            }
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
            if mention.kind != MentionKind::Person
                && mention.kind != MentionKind::Group
                && is_body(scene, m)
            {
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
                        .filter(|&m| is_body(scene, m))
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

/// Whether a mention says which body or place: no title taken for one ("the Queen's gynaecologist"), no pronoun for nothing named.
fn is_body(scene: &Scene<'_>, m: MentionId) -> bool {
    let mention = scene.mention(m);
    if mention.form == Form::Pronoun {
        return scene.mentions.chains[mention.chain as usize].name.is_some();
    }
    let at = mention.head as usize;
    mention.tokens.len() > 1
        || !scene.line.word(at).is(Class::HONORIFIC) && !scene.line.noun(at).is(Class::ROLE)
}

/// Words that tell how or when a role is held.
fn is_mark(class: Class) -> bool {
    class.is(Class::FORMER
        .or(Class::FUTURE)
        .or(Class::ACTING)
        .or(Class::CURRENT)
        .or(Class::OUTGOING)
        .or(Class::DESCRIPTIVE))
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
    while phrase.role.start < phrase.head {
        let at = phrase.role.start;
        let word = line.lower(at);
        let nation = line.upos(at) == Upos::Adj
            && line.is_capital(at)
            && at > 0
            && scene.is_demonym(line.form(at));
        // "first-team coach", "first minister"
        let counted = line.word_at(at + 1) == "-" || {
            let words: Vec<&str> = (at..phrase.end).map(|i| line.lower(i)).collect();
            scene
                .schema
                .roles
                .find(&words)
                .is_some_and(|(_, n)| n == words.len())
        };
        let ordinal = matches!(word, "first" | "second" | "third");
        if ordinal && counted {
            break;
        }
        let idle = is_mark(line.word(at))
            || line.upos(at) == Upos::Num
            || line.token(at).xpos == "JJS"
            || ordinal
            || matches!(word, "-" | "and" | "then")
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
        let body_at = |at: usize| {
            scene.name_at.get(at).copied().flatten().filter(|&m| {
                scene.mention(m).kind == MentionKind::Organisation
                    && scene.mention(m).tokens.start() == at
            })
        };
        let mut named = from;
        while named < line.len()
            && named < from + 4
            && (scene.name_at[named].is_none() || scene.is_demonym(line.form(named)))
            && (line.is_noun(named)
                && (!line.noun(named).is(Class::ROLE.or(Class::PERSON))
                    || named + 1 < line.len() && line.is_noun(named + 1)
                    || body_at(named + 1).is_some())
                || line.upos(named) == Upos::Adj
                || line.token(named).xpos == "VBG")
        {
            named += 1;
        }
        // "at the US National Park Service"
        if named == from
            && let Some(place) = scene.name_at[from].filter(|&m| {
                scene.mention(m).kind == MentionKind::Place
                    && scene.mention(m).tokens.start() == from
            })
            && body_at(scene.mention(place).tokens.end()).is_some()
        {
            from = scene.mention(place).tokens.end();
            named = from;
        }
        // "of brand consultancy Calder", "of the youth club Tate"
        if named > from && body_at(named).is_some() && !line.is_plural(named - 1) {
            from = named;
        }
        if let Some(m) = scene.starting_at(from).map(|m| longer(scene, m)) {
            let mention = scene.mention(m);
            let after = mention.tokens.end();
            // "ambassador for the Calder campaign", "captain of the Norway freedive team": a name that describes a noun.
            let describes = after < line.len()
                && mention.form == Form::Name
                && scene.name_at[after].is_none()
                && line.is_noun(after)
                && {
                    let last = (after..line.len())
                        .take_while(|&i| line.is_noun(i) && scene.name_at[i].is_none())
                        .last()
                        .unwrap_or(after);
                    let kin = match mention.kind {
                        MentionKind::Organisation => {
                            Class::ORGANISATION.or(Class::GROUP).or(Class::FACILITY)
                        }
                        _ => Class::PLACE,
                    };
                    !line.noun(last).is(kin)
                };
            // "president of Leeds Town": a name that was cut.
            let cut = after < line.len()
                && mention.kind == MentionKind::Place
                && scene.name_at[after].is_none()
                && line.is_capital(after)
                && matches!(line.upos(after), Upos::Propn | Upos::Noun | Upos::Num);
            let maker = line.noun(phrase.head).is(Class::MAKER) && preposition == "of";
            let fits = match mention.kind {
                MentionKind::Organisation => preposition != "to" && preposition != "in",
                MentionKind::Facility => matches!(preposition, "of" | "at" | "for"),
                MentionKind::Place => matches!(preposition, "of" | "for" | "to"),
                _ => false,
            };
            if fits
                && !(describes || cut || maker)
                && is_body(scene, m)
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
        let mixed = !line.is_capital(from) && (from..to).any(|i| line.is_capital(i));
        // "director of Sense About Science": a name that was not seen whole.
        let open = to < line.len()
            && line.is_capital(to)
            && line.is_capital(from)
            && scene.name_at[to].is_none();
        if to == from
            || mixed
            || open
            || !line.is_noun(to - 1)
            || line
                .noun(to - 1)
                .is(Class::PERSON.or(Class::ROLE).or(Class::GROUP))
        {
            break;
        }
        if from > at + 1 && !line.is_capital(from) {
            // "director of the lighting project at Calder": the project is no part of the title.
            if line.word_at(to) == "at" && preposition == "of" {
                at = to;
                continue;
            }
            break;
        }
        phrase.role.end = to;
        phrase.post = to;
        at = to;
    }
}

/// The longer mention of a body that begins where a common noun's mention does: "the club's supporters' association".
fn longer(scene: &Scene<'_>, m: MentionId) -> MentionId {
    let mention = scene.mention(m);
    if mention.form == Form::Name || !scene.line.is_possessive(mention.tokens.end()) {
        return m;
    }
    scene
        .here()
        .filter(|&o| {
            let other = scene.mention(o);
            other.form == Form::Nominal
                && other.tokens.start() == mention.tokens.start()
                && other.kind == MentionKind::Organisation
        })
        .max_by_key(|&o| scene.mention(o).tokens.len())
        .unwrap_or(m)
}

/// "chairman and chief executive of Tate": one owner for both.
fn share(scene: &Scene<'_>, phrases: &mut [Phrase]) {
    for i in 1..phrases.len() {
        let (before, rest) = phrases.split_at_mut(i);
        let (a, b) = (&mut before[i - 1], &mut rest[0]);
        if !joined(scene, a, b) {
            continue;
        }
        // "a chemist and former head of Tate": only what is described alike shares.
        let alike = a.determiner != Determiner::Indefinite || a.status == b.status;
        if a.owner.is_none() {
            a.owner = b.owner.filter(|_| alike);
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
