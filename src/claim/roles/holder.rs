//! Roles tied to people within noun phrases: titles, apposition, naming, description.
//!
//! In: a sentence and its role phrases. Out: findings, and the two people that a plural title or "A and B" names, for a
//! "both" in the next sentence. Refuses: an apposition that could be an item of a list.

use super::phrase::{Determiner, Phrase, joined};
use super::{Finding, Scene};
use crate::mention::{Class, Form, MentionId, MentionKind, is_relation, skip_age};
use english::{Span, Upos};

/// Appends what titles and appositions say.
pub(super) fn find(
    scene: &Scene<'_>,
    phrases: &[Phrase],
    out: &mut Vec<Finding>,
) -> Option<[MentionId; 2]> {
    let mut pair = None;
    let mut used = vec![false; phrases.len()];
    for i in 0..phrases.len() {
        if let Some(people) = title(scene, phrases, i, out) {
            used[i] = true;
            if let [a, b] = people[..] {
                pair = Some([a, b]);
            }
        }
    }
    for i in 0..phrases.len() {
        if !used[i] {
            before(scene, phrases, i, &used, out);
        }
    }
    let names: Vec<MentionId> = scene
        .here()
        .filter(|&m| {
            scene.mention(m).form == Form::Name
                && scene.mention(m).kind == MentionKind::Person
                && scene.is_name(m)
        })
        .collect();
    for &name in &names {
        after(scene, phrases, &used, name, out);
        affiliation(scene, name, out);
    }
    if let [a, b] = names[..]
        && pair.is_none()
        && matches!(scene.line.word_at(scene.mention(a).tokens.end()), "and")
        && scene.left_edge(b) == scene.mention(a).tokens.end() + 1
    {
        pair = Some([a, b]);
    }
    pair
}

/// "Home Secretary NAME", "armed officers NAME, … and NAME": the phrase stands right before a name.
fn title(
    scene: &Scene<'_>,
    phrases: &[Phrase],
    i: usize,
    out: &mut Vec<Finding>,
) -> Option<Vec<MentionId>> {
    let phrase = &phrases[i];
    let name = scene.here().find(|&m| {
        scene.mention(m).form == Form::Name
            && scene.mention(m).kind == MentionKind::Person
            && scene.is_name(m)
            && (scene.left_edge(m) == phrase.end || scene.mention(m).tokens.start() == phrase.end)
    })?;
    if scene.line.noun(phrase.head).is(Class::AMBIGUOUS) && describes_noun(scene, name) {
        return None;
    }
    let mut people = vec![name];
    if phrase.plural {
        people.extend(listed(scene, name));
        if people.len() < 2 {
            return None;
        }
    }
    if is_nobility(scene, phrase) {
        return Some(people);
    }
    // A whole clause before it would make the phrase the object of a verb: "they told minister Pike" stays a title.
    let mut k = i;
    loop {
        for &person in &people {
            out.push(Finding::of(person, &phrases[k], "prefix", 0.95));
        }
        if k > 0 && joined(scene, &phrases[k - 1], &phrases[k]) {
            k -= 1;
        } else {
            break;
        }
    }
    // "Another government minister, housing minister NAME": the phrase before the comma is hers too.
    if k > 0 && !phrase.plural {
        let outer = &phrases[k - 1];
        if outer.post + 1 == phrases[k].start
            && scene.line.word_at(outer.post) == ","
            && !outer.plural
            && outer.determiner == Determiner::Indefinite
            && phrases[k].determiner == Determiner::Bare
            && starts_clause(scene, outer.start)
        {
            out.push(Finding::of(name, outer, "apposition", 0.85));
        }
    }
    Some(people)
}

/// "a major Pike donor programme": the name describes the noun after it.
fn describes_noun(scene: &Scene<'_>, name: MentionId) -> bool {
    let line = scene.line;
    let mention = scene.mention(name);
    let after = mention.tokens.end();
    let head = mention.head as usize;
    after < line.len()
        && line.upos(after) == Upos::Noun
        && scene.name_at[after].is_none()
        && is_relation(line.deprel(head), "compound")
        && line.head(head).is_some_and(|h| h >= after)
}

/// Whether the phrase opens the sentence or a clause, so that no list stands before it.
fn starts_clause(scene: &Scene<'_>, at: usize) -> bool {
    at == 0 || !matches!(scene.line.lower(at - 1), "and" | "or" | ",") || at == 1
}

/// Titles of birth and address are part of how a name is said, not roles at a body.
fn is_nobility(scene: &Scene<'_>, phrase: &Phrase) -> bool {
    let at = phrase.head;
    let class = scene.line.word(at);
    phrase.role.len() == 1
        && class.is(Class::HONORIFIC)
        && scene.line.is_capital(at)
        && !matches!(
            scene.line.lower(at),
            "king"
                | "queen"
                | "pope"
                | "judge"
                | "justice"
                | "professor"
                | "imam"
                | "rabbi"
                | "ayatollah"
        )
}

/// The other names of a list that a plural title opens, relative clauses passed over.
fn listed(scene: &Scene<'_>, first: MentionId) -> Vec<MentionId> {
    let line = scene.line;
    let mut found = Vec::new();
    let mut at = scene.mention(first).tokens.end();
    let mut relative = false;
    while at < line.len() {
        at = skip_age(line, at);
        let word = line.word_at(at);
        if !relative && !matches!(word, "," | "and" | "&") {
            break;
        }
        if word == "," && matches!(line.word_at(at + 1), "who" | "whose" | "whom") {
            relative = true;
        }
        let last = matches!(word, "and" | "&") || word == "," && line.word_at(at + 1) == "and";
        let from = if word == "," && line.word_at(at + 1) == "and" {
            at + 2
        } else {
            at + 1
        };
        if (last && (!relative || word == ",")) || (!relative && word == ",") {
            // Up to four words of another title may stand before the name.
            let next = (from..(from + 5).min(line.len()))
                .take_while(|&i| {
                    i == from
                        || line.is_noun(i - 1)
                        || matches!(line.upos(i - 1), Upos::Adj | Upos::Det)
                })
                .find_map(|i| {
                    scene.person_at(i).filter(|&m| {
                        scene.left_edge(m) == i || scene.mention(m).tokens.start() == i
                    })
                });
            if let Some(m) = next {
                found.push(m);
                at = scene.mention(m).tokens.end();
                if last {
                    break;
                }
                relative = false;
                continue;
            }
            if !relative {
                break;
            }
        }
        at += 1;
    }
    found
}

/// Whether what follows closes an apposition.
fn closes(scene: &Scene<'_>, at: usize) -> bool {
    matches!(
        scene.line.word_at(at),
        "" | "," | "." | ")" | ";" | "–" | "—" | "-" | ":" | "!" | "?" | "who" | "\"" | "”"
    ) || matches!(
        scene.line.word_at(at),
        "from" | "since" | "until" | "between" | "said" | "told" | "says" | "at" | "with"
    )
}

/// "NAME, 45, a former minister and chair of Tate, …": the phrases follow the name.
fn after(
    scene: &Scene<'_>,
    phrases: &[Phrase],
    used: &[bool],
    name: MentionId,
    out: &mut Vec<Finding>,
) {
    let line = scene.line;
    let mention = scene.mention(name);
    let mut at = skip_age(line, mention.tokens.end());
    let (open, close) = match line.word_at(at) {
        "," => (at + 1, ""),
        "(" => (at + 1, ")"),
        "–" | "—" => (at + 1, ""),
        _ => return,
    };
    at = open;
    let adverb = match line.word_at(at) {
        "now" | "currently" => Some(crate::claim::Status::Current),
        "formerly" | "previously" | "once" => Some(crate::claim::Status::Former),
        _ => None,
    };
    if adverb.is_some() {
        at += 1;
    }
    let mut chain: Vec<&Phrase> = Vec::new();
    let mut end = at;
    while let Some(i) = phrases.iter().position(|p| p.start == at) {
        if used[i] {
            return;
        }
        // "founder of Tate, a retailer": the body may be what the next phrase describes.
        if let Some(last) = chain.last()
            && last.owner.is_some()
            && line.word_at(end) == ","
            && at == end + 1
            && phrases[i].determiner == Determiner::Indefinite
            && phrases[i].status.is_none()
        {
            break;
        }
        chain.push(&phrases[i]);
        end = phrases[i].post;
        match line.word_at(end) {
            "and" | "&" => at = end + 1,
            "," if line.word_at(end + 1) == "and" => at = end + 2,
            "," => at = end + 1,
            _ => break,
        }
    }
    let closed = if close.is_empty() {
        closes(scene, end)
            || line.word_at(end) == "and" && chain.len() == 1 && verb_follows(scene, end + 1)
    } else {
        line.word_at(end) == close
    };
    if chain.is_empty() || !closed && !relation_says(scene, name, chain[0]) {
        return;
    }
    // Plural phrases belong to all of "A, B and C".
    for phrase in chain {
        if phrase.plural {
            for person in before_list(scene, name) {
                out.push(Finding::of(person, phrase, "apposition", 0.85));
            }
        } else {
            let mut finding = Finding::of(name, phrase, "apposition", 0.9);
            finding.status = adverb;
            out.push(finding);
        }
    }
}

/// "and said": a verb after the conjunction leaves the apposition closed.
fn verb_follows(scene: &Scene<'_>, at: usize) -> bool {
    at < scene.line.len() && matches!(scene.line.upos(at), Upos::Verb | Upos::Aux)
}

/// Whether the tree makes the phrase an apposition of the name.
fn relation_says(scene: &Scene<'_>, name: MentionId, phrase: &Phrase) -> bool {
    is_relation(scene.line.deprel(phrase.head), "appos")
        && scene
            .line
            .head(phrase.head)
            .is_some_and(|h| scene.mention(name).tokens.holds(h))
        && phrase.determiner != Determiner::Bare
}

/// The names of "A, B and C" that end with `last`; alone it is no list.
fn before_list(scene: &Scene<'_>, last: MentionId) -> Vec<MentionId> {
    let line = scene.line;
    let mut found = vec![last];
    loop {
        let Some(first) = found.last() else { break };
        let start = scene.left_edge(*first);
        if start < 2 {
            break;
        }
        let word = line.lower(start - 1);
        let end = if word == "and" && line.lower(start - 2) == "," {
            start - 2
        } else {
            start - 1
        };
        if !matches!(word, "," | "and" | "&") {
            break;
        }
        match end.checked_sub(1).and_then(|e| scene.person_at(e)) {
            Some(m) if (scene.mention(m).tokens.end()..=end).any(|e| e == end) => found.push(m),
            _ => break,
        }
    }
    if found.len() < 2 { Vec::new() } else { found }
}

/// "The chief executive of Tate, NAME, said": the phrase comes first and the name is set off.
fn before(scene: &Scene<'_>, phrases: &[Phrase], i: usize, used: &[bool], out: &mut Vec<Finding>) {
    let phrase = &phrases[i];
    let line = scene.line;
    if phrase.plural || phrase.determiner == Determiner::Bare && phrase.owner.is_none() {
        return;
    }
    if line.word_at(phrase.post) != "," {
        // "its chair NAME" is a title and done; "chair-elect of Tate NAME" is too rare to trust.
        return;
    }
    let from = phrase.post + 1;
    let Some(name) = scene.here().find(|&m| {
        scene.mention(m).form == Form::Name
            && scene.mention(m).kind == MentionKind::Person
            && scene.is_name(m)
            && (scene.left_edge(m) == from || scene.mention(m).tokens.start() == from)
    }) else {
        return;
    };
    let end = skip_age(line, scene.mention(name).tokens.end());
    let closed = matches!(line.word_at(end), "," | "." | ")" | ";" | "" | "–" | "—");
    // A list of three would look alike: "the director, Pike, and Low".
    let list = line.word_at(end) == ","
        && (line.word_at(end + 1) == "and" && scene.person_at(end + 2).is_some()
            || scene.person_at(end + 1).is_some());
    // "In a letter to the director, Pike, …" is still apposition; "to the director, Pike said" is not closed.
    let described = phrases
        .iter()
        .enumerate()
        .any(|(k, p)| k != i && p.start == end + 1 && !used[k]);
    if closed && !list && !described {
        out.push(Finding::of(name, phrase, "apposition", 0.88));
    }
}

/// "the BBC's NAME", "NAME, of Kent Police,": a body without role words, or the body of a title that has none.
fn affiliation(scene: &Scene<'_>, name: MentionId, out: &mut Vec<Finding>) {
    let line = scene.line;
    let mention = scene.mention(name);
    let end = skip_age(line, mention.tokens.end());
    let at = if line.word_at(end) == "," {
        end + 1
    } else {
        end
    };
    if matches!(line.word_at(at), "of" | "from" | "with" | "at") {
        let from = if matches!(line.word_at(at + 1), "the") {
            at + 2
        } else {
            at + 1
        };
        let body = scene.name_at.get(from).copied().flatten().filter(|&m| {
            scene.mention(m).tokens.start() == from
                && scene.mention(m).kind == MentionKind::Organisation
        });
        if let Some(body) = body {
            let after = scene.mention(body).tokens.end();
            let ends = !line.is_possessive(after)
                && (closes(scene, after)
                    || at == end
                        && line.word_at(at) == "of"
                        && !(after < line.len() && line.is_noun(after)));
            let inside = match line.word_at(at) {
                "of" => ends,
                _ => at > end && ends && line.word_at(after) == ",",
            };
            if inside {
                let mut titled = false;
                for finding in out
                    .iter_mut()
                    .filter(|f| f.member == name && f.rule == "prefix")
                {
                    if let Some(phrase) = finding.phrase.as_mut().filter(|p| p.owner.is_none()) {
                        phrase.owner = Some(body);
                        titled = true;
                    }
                }
                if !titled {
                    out.push(bodily(name, body, Span::new(at, at + 1), "of", 0.75));
                }
                return;
            }
        }
    }
    let start = scene.left_edge(name);
    if start >= 2
        && line.is_possessive(start - 1)
        && let Some(body) =
            scene.name_at[start - 2].filter(|&m| scene.mention(m).kind == MentionKind::Organisation)
    {
        out.push(bodily(
            name,
            body,
            Span::new(start - 1, start),
            "possessive",
            0.75,
        ));
    }
}

/// A finding without role words.
pub(super) fn bodily(
    member: MentionId,
    body: MentionId,
    trigger: Span<english::Nth>,
    rule: &'static str,
    confidence: f32,
) -> Finding {
    Finding {
        member,
        phrase: None,
        body: Some(body),
        status: None,
        modality: crate::claim::Modality::Actual,
        polarity: crate::claim::Polarity::Affirmed,
        trigger,
        rule,
        confidence,
    }
}

/// Descriptions of people who are named elsewhere: "the home secretary", "an officer, named only as …".
pub(super) fn describe(scene: &Scene<'_>, phrases: &[Phrase], out: &mut Vec<Finding>) {
    for m in scene.here() {
        let mention = scene.mention(m);
        if mention.form != Form::Nominal || !scene.is_named_person(m) {
            continue;
        }
        let Some(phrase) = phrases.iter().find(|p| p.head + 1 == mention.tokens.end()) else {
            continue;
        };
        if phrase.plural
            || out
                .iter()
                .any(|f| f.phrase.as_ref().is_some_and(|p| p.head == phrase.head))
        {
            continue;
        }
        if denied(scene, phrase) || singles_out(scene, phrase) || is_nobility(scene, phrase) {
            continue;
        }
        out.push(Finding::of(m, phrase, "description", 0.8));
    }
}

/// "the first president", "the most dominant minister", "the new manager": one of several holders, whom the chain may miss.
fn singles_out(scene: &Scene<'_>, phrase: &Phrase) -> bool {
    (phrase.start..phrase.head).any(|at| {
        scene.name_at[at].is_none()
            && (scene.line.word(at).is(Class::SELECTIVE) || scene.line.token(at).xpos == "JJS")
    })
}

/// Whether the phrase is the predicate of a clause or stands after "as", where the verb decides.
fn denied(scene: &Scene<'_>, phrase: &Phrase) -> bool {
    let line = scene.line;
    line.child(phrase.head, "cop").is_some()
        || phrase.start > 0
            && matches!(
                line.lower(phrase.start - 1),
                "as" | "become" | "becoming" | "being" | "be" | "like"
            )
}
