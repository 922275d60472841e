//! Roles that clauses state: being, becoming, appointing, leaving, working for.
//!
//! In: a sentence with its role phrases. Out: findings with status, polarity and modality as the verb and what governs it
//! say. Refuses: subjects it cannot find in the tree or right before the verb.

use super::holder::bodily;
use super::mood::{Mood, auxiliary, mood};
use super::phrase::{Phrase, joined};
use super::{Finding, Scene};
use crate::claim::{Modality, Polarity, Status};
use crate::mention::{Form, MentionId, MentionKind, is_relation};
use english::{Span, Upos};

/// What a verb does to the role in its complement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// The subject holds it: "serve as".
    Holds,
    /// The subject comes to hold it: "become".
    Gains,
    /// The object comes to hold it: "appoint".
    Gives,
    /// The object is to hold it: "nominate".
    Offers,
    /// The subject gives it up: "resign as".
    Loses,
    /// The object loses it: "sack".
    Takes,
    /// The subject comes after the object: "replace".
    Follows,
}

fn effect(lemma: &str) -> Option<Effect> {
    Some(match lemma {
        "serve" | "act" | "work" | "practise" | "practice" | "remain" | "continue" | "stay"
        | "train" => Effect::Holds,
        "become" | "start" | "begin" | "join" | "return" | "take" => Effect::Gains,
        "appoint" | "name" | "elect" | "make" | "hire" | "recruit" | "instal" | "install"
        | "crown" | "choose" | "select" | "pick" | "promote" | "swear" | "reappoint"
        | "confirm" | "re-elect" | "inaugurate" | "unveil" => Effect::Gives,
        "nominate" | "propose" | "tap" | "earmark" => Effect::Offers,
        "resign" | "quit" | "retire" | "step" | "stand" | "leave" | "depart" => Effect::Loses,
        "sack" | "dismiss" | "fire" | "remove" | "oust" | "axe" => Effect::Takes,
        "replace" | "succeed" => Effect::Follows,
        _ => return None,
    })
}

/// Appends what the clauses of a sentence say. `pair` are the two people of the sentence before, for "both".
pub(super) fn find(
    scene: &Scene<'_>,
    phrases: &[Phrase],
    pair: Option<[MentionId; 2]>,
    out: &mut Vec<Finding>,
) {
    for i in 0..phrases.len() {
        copula(scene, phrases, i, out);
    }
    for at in 0..scene.line.len() {
        if scene.line.upos(at) == Upos::Verb {
            clause(scene, phrases, at, pair, out);
        }
    }
}

/// "NAME is the chair", "was chair until May", "is no longer".
fn copula(scene: &Scene<'_>, phrases: &[Phrase], i: usize, out: &mut Vec<Finding>) {
    let line = scene.line;
    let phrase = &phrases[i];
    let found = line.child(phrase.head, "cop").map(|cop| {
        (
            cop,
            line.child(phrase.head, "nsubj")
                .and_then(|s| holder(scene, s)),
        )
    });
    let (cop, subject) = match found {
        Some((cop, Some(subject))) if cop < phrase.head => (cop, Some(subject)),
        // The tree failed: a name or "who" right before the verb will do.
        _ => {
            let mut be = phrase.start;
            while be > 0 && (line.upos(be - 1) == Upos::Adv || line.upos(be - 1) == Upos::Part) {
                be -= 1;
            }
            if be == 0 || !is_be(line.lower(be - 1)) {
                return;
            }
            let mut first = be - 1;
            while first > 0
                && (line.upos(first - 1) == Upos::Aux
                    || line.upos(first - 1) == Upos::Adv
                    || line.lower(first - 1) == "not")
            {
                first -= 1;
            }
            (
                be - 1,
                first
                    .checked_sub(1)
                    .and_then(|left| subject_before(scene, left)),
            )
        }
    };
    let Some(member) = subject.filter(|&m| scene.is_named_person(m) && !phrase.plural) else {
        return;
    };
    if (scene.mention(member).tokens.start()..scene.mention(member).tokens.end())
        .any(|t| t >= phrase.start)
    {
        return;
    }
    // "a champion at grabbing attention": what somebody is good at is no body.
    if line.word_at(phrase.post) == "at"
        && phrase.post + 1 < line.len()
        && line.token(phrase.post + 1).xpos == "VBG"
    {
        return;
    }
    let mut mood = mood(scene, phrase.head, cop);
    let past = matches!(line.lower(cop), "was" | "were")
        || line.lower(cop) == "been" && auxiliary(scene, phrase.head, cop, &["had"]);
    if line.lower(cop) == "be" && !mood.future && mood.modality == Modality::Actual {
        mood.modality = Modality::Possible;
    }
    let status = if mood.over {
        Status::Former
    } else if mood.future {
        Status::Future
    } else if past {
        Status::Former
    } else {
        Status::Current
    };
    push(scene, phrases, i, member, status, mood, "copula", 0.9, out);
}

fn is_be(word: &str) -> bool {
    matches!(
        word,
        "is" | "was" | "are" | "were" | "be" | "been" | "'s" | "being"
    )
}

/// Adds the finding for a phrase and those joined to it by "and".
#[expect(clippy::too_many_arguments, reason = "all parts of one finding")]
fn push(
    scene: &Scene<'_>,
    phrases: &[Phrase],
    i: usize,
    member: MentionId,
    status: Status,
    mood: Mood,
    rule: &'static str,
    confidence: f32,
    out: &mut Vec<Finding>,
) {
    let mut k = i;
    loop {
        let mut finding = Finding::of(member, &phrases[k], rule, confidence);
        finding.status = match phrases[k].status {
            Some(Status::Former) => Some(Status::Former),
            _ => Some(status),
        };
        finding.modality = mood.modality;
        finding.polarity = mood.polarity;
        out.push(finding);
        k += 1;
        // "a director and owners were happy": one person is not several.
        let more = k < phrases.len()
            && phrases[k].plural == phrases[i].plural
            && (joined(scene, &phrases[k - 1], &phrases[k])
                || phrases[k].start == phrases[k - 1].post + 1
                    && scene.line.word_at(phrases[k - 1].post) == "and");
        let titled = k < phrases.len()
            && scene
                .name_at
                .get(phrases[k].end)
                .is_some_and(Option::is_some);
        if !more || titled {
            break;
        }
    }
}

/// The person that a subject token stands for.
fn holder(scene: &Scene<'_>, at: usize) -> Option<MentionId> {
    scene.headed(at).or_else(|| {
        scene
            .here()
            .find(|&m| scene.mention(m).tokens.holds(at) && scene.mention(m).form != Form::Nominal)
    })
}

/// A name or pronoun that ends at token `left` and can be a subject there: not the end of "the son of NAME".
fn subject_before(scene: &Scene<'_>, left: usize) -> Option<MentionId> {
    let line = scene.line;
    let mut at = left;
    if line.lower(at) == "," && at > 0 {
        at -= 1;
    }
    let m = scene.name_at[at].or_else(|| {
        scene.here().find(|&m| {
            scene.mention(m).tokens.end() == at + 1 && scene.mention(m).form == Form::Pronoun
        })
    })?;
    let mention = scene.mention(m);
    let start = scene.left_edge(m);
    let governed = start > 0
        && (line.upos(start - 1) == Upos::Adp
            || matches!(line.lower(start - 1), "and" | "or" | "'s"));
    let relation = line.deprel(mention.head as usize);
    (!governed && !is_relation(relation, "nmod") && !is_relation(relation, "obl")).then_some(m)
}

/// The subject of a verb: its own, that of the verb it is joined to or controlled by, or the noun it modifies.
fn subject(scene: &Scene<'_>, verb: usize, passive: bool) -> Option<usize> {
    let line = scene.line;
    let mut at = verb;
    for _ in 0..4 {
        let own = line
            .children(at)
            .iter()
            .map(|&c| c as usize)
            .find(|&c| is_relation(line.deprel(c), "nsubj"));
        if let Some(s) = own {
            return Some(s);
        }
        let up = line.head(at)?;
        let relation = line.deprel(at);
        if is_relation(relation, "acl") && !line.is_noun(up) {
            return None;
        }
        // "saving up while working as a cook is hard": nobody in particular does either.
        let gerund = |t: usize| {
            line.token(t).xpos == "VBG"
                && !line.children(t).iter().any(|&c| {
                    let c = c as usize;
                    c < t && line.upos(c) == Upos::Aux
                })
        };
        if is_relation(relation, "advcl") && gerund(at) && gerund(up) {
            return None;
        }
        if is_relation(relation, "acl") {
            // "Pike, appointed chair in May": only a participle modifies what it is said of.
            return (passive || line.token(verb).xpos == "VBG").then_some(up);
        }
        if !(is_relation(relation, "conj")
            || is_relation(relation, "xcomp")
            || is_relation(relation, "advcl"))
        {
            return None;
        }
        // "nominate NAME to succeed": the object is to do it.
        let gives = matches!(
            effect(&line.token(up).lemma),
            Some(Effect::Gives | Effect::Offers)
        ) || matches!(
            &*line.token(up).lemma,
            "ask" | "urge" | "invite" | "order" | "persuade" | "want" | "expect"
        );
        let infinitive = at > 0 && line.lower(at - 1) == "to";
        if gives && infinitive && !is_passive(scene, up) {
            let given = (up + 1..at)
                .find(|&t| scene.person_at(t).is_some() || matches!(line.lower(t), "him" | "her"));
            if given.is_some() {
                return given;
            }
        }
        at = up;
    }
    None
}

fn is_passive(scene: &Scene<'_>, verb: usize) -> bool {
    let line = scene.line;
    let participle = line.token(verb).xpos == "VBN";
    let passive = line
        .children(verb)
        .iter()
        .any(|&c| matches!(line.deprel(c as usize), "aux:pass" | "nsubj:pass"));
    let perfect = line
        .children(verb)
        .iter()
        .any(|&c| matches!(line.lower(c as usize), "has" | "have" | "had" | "having"))
        && !passive;
    participle && (passive || !perfect) || verb > 0 && participle && is_be(line.lower(verb - 1))
}

/// "was appointed", "stepped down as", "worked for".
fn clause(
    scene: &Scene<'_>,
    phrases: &[Phrase],
    verb: usize,
    pair: Option<[MentionId; 2]>,
    out: &mut Vec<Finding>,
) {
    let line = scene.line;
    let lemma: &str = &line.token(verb).lemma;
    if let Some(effect) = effect(lemma)
        && let Some(i) = complement(scene, phrases, verb, effect)
    {
        role_clause(scene, phrases, i, verb, effect, out);
        return;
    }
    if matches!(lemma, "work" | "serve" | "volunteer") {
        worked(scene, verb, pair, out);
    } else if matches!(lemma, "join" | "leave" | "quit") {
        joined_or_left(scene, verb, lemma, out);
    } else if lemma == "employ"
        && is_passive(scene, verb)
        && let (Some(subject), Some(body)) = (
            subject(scene, verb, true)
                .and_then(|s| holder(scene, s))
                .filter(|&m| scene.is_named_person(m)),
            named_body_after(scene, verb, &["by", "at"]),
        )
    {
        add_bodily(scene, subject, body, verb, "employed", out);
    }
}

/// The role phrase in the complement of a verb: right after it, after its object, or after "as" and its like.
fn complement(scene: &Scene<'_>, phrases: &[Phrase], verb: usize, effect: Effect) -> Option<usize> {
    let line = scene.line;
    let limit = (verb + 12).min(line.len());
    let mut at = verb + 1;
    let mut object = false;
    while at < limit {
        if let Some(i) = phrases
            .iter()
            .position(|p| p.start == at && !scene.name_at.get(p.end).is_some_and(Option::is_some))
        {
            let marker = at > 0 && matches!(line.lower(at - 1), "as" | "be" | "become");
            // "installed her in the chair"
            if !marker && at > 0 && line.upos(at - 1) == Upos::Adp {
                return None;
            }
            let bare = matches!(effect, Effect::Gives | Effect::Offers)
                || line.token(verb).lemma.as_ref() == "become"
                || line.token(verb).lemma.as_ref() == "remain";
            let right = marker || bare && (at == verb + 1 || object);
            return right.then_some(i);
        }
        if let Some(m) = scene.name_at[at] {
            object = true;
            at = scene.mention(m).tokens.end();
            continue;
        }
        let word = line.lower(at);
        let light = matches!(
            word,
            "as" | "to"
                | "be"
                | "down"
                | "in"
                | "over"
                | "up"
                | "out"
                | "her"
                | "him"
                | "the"
                | "become"
        ) || line.upos(at) == Upos::Adv
            || object && matches!(word, "," | "and")
            || line.upos(at) == Upos::Pron
            || line.word(at).is(crate::mention::Class::HONORIFIC)
            || line.is_noun(at)
                && scene
                    .mentions
                    .times
                    .iter()
                    .any(|t| t.sentence == line.number && t.tokens.holds(at));
        if !light {
            // "left the bank as chair": one noun phrase may stand between.
            let noun = matches!(
                line.upos(at),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det
            );
            let has_as = (at..limit)
                .take_while(|&i| {
                    matches!(
                        line.upos(i),
                        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Num
                    ) || line.lower(i) == "as"
                })
                .any(|i| line.lower(i) == "as");
            if !(noun && has_as) {
                return None;
            }
        }
        if matches!(word, "her" | "him") {
            object = true;
        }
        at += 1;
    }
    None
}

fn role_clause(
    scene: &Scene<'_>,
    phrases: &[Phrase],
    i: usize,
    verb: usize,
    effect: Effect,
    out: &mut Vec<Finding>,
) {
    let line = scene.line;
    let lemma: &str = &line.token(verb).lemma;
    let phrase = &phrases[i];
    if phrase.plural && !matches!(effect, Effect::Gives) {
        return;
    }
    let particle =
        |words: &[&str]| (verb + 1..phrase.start).any(|t| words.contains(&line.lower(t)));
    match lemma {
        "step" | "stand" if !particle(&["down", "aside", "back"]) => return,
        "take" if !particle(&["over", "up"]) => return,
        "swear" if !particle(&["in"]) => return,
        "begin" | "start" | "return" | "continue" | "stay" | "join" | "act" | "work" | "train"
        | "serve" | "pick" | "unveil" | "confirm" | "leave" | "depart" | "retire" | "quit"
        | "resign" | "remove"
            if !particle(&["as", "from"]) && !matches!(lemma, "stay") =>
        {
            return;
        }
        _ => {}
    }
    let passive = is_passive(scene, verb);
    let object = || {
        (verb + 1..phrase.start).find_map(|t| {
            scene.person_at(t).or_else(|| {
                scene.here().find(|&m| {
                    scene.mention(m).tokens.start() == t
                        && scene.mention(m).form == Form::Pronoun
                        && scene.mention(m).kind == MentionKind::Person
                })
            })
        })
    };
    let doer = || {
        subject(scene, verb, passive)
            .and_then(|s| holder(scene, s))
            .or_else(|| adjacent_subject(scene, verb))
    };
    let mut mood = mood(scene, verb, verb);
    let named = |m: &MentionId| scene.is_named_person(*m);
    let perfect = auxiliary(scene, verb, verb, &["has", "have", "'ve"]);
    let past = matches!(line.token(verb).xpos, "VBD")
        || (line.token(verb).xpos == "VBN" && !perfect)
        || was_doing(scene, verb);
    // "joined Tate as a producer", "left the bank as chair"
    let body = matches!(lemma, "join" | "leave" | "quit" | "serve")
        .then(|| body_between(scene, verb, phrase.start))
        .flatten()
        .filter(|_| phrase.owner.is_none());
    let mut tell = |member: Option<MentionId>, status: Status, mood: Mood, rule: &'static str| {
        if let Some(member) = member.filter(named) {
            let status = if mood.over { Status::Former } else { status };
            let from = out.len();
            push(scene, phrases, i, member, status, mood, rule, 0.85, out);
            for finding in &mut out[from..] {
                finding.body = body;
            }
        }
    };
    let future = |status| if mood.future { Status::Future } else { status };
    match effect {
        Effect::Holds => {
            let remains = matches!(lemma, "remain" | "continue" | "stay");
            let status = if mood.future {
                Status::Future
            } else if past && !remains {
                Status::Former
            } else {
                Status::Current
            };
            tell(doer(), status, mood, "verb");
        }
        Effect::Gains if passive => {}
        // "began as a clerk": and went on to something else.
        Effect::Gains if past && matches!(lemma, "begin" | "start") => {
            tell(doer(), Status::Former, mood, "become");
        }
        Effect::Gains => tell(doer(), future(Status::Current), mood, "become"),
        Effect::Gives | Effect::Offers => {
            if effect == Effect::Offers && mood.modality == Modality::Actual {
                mood.modality = Modality::Planned;
            }
            let status = if effect == Effect::Offers || mood.future {
                Status::Future
            } else {
                Status::Current
            };
            let member = if passive { doer() } else { object() };
            tell(member, status, mood, "appointment");
        }
        Effect::Loses => {
            // Who will step down still holds it.
            let status = if mood.future
                || mood.modality != Modality::Actual
                || mood.polarity == Polarity::Negated
            {
                Status::Current
            } else {
                Status::Former
            };
            let mood = Mood {
                polarity: Polarity::Affirmed,
                modality: if mood.modality == Modality::Planned {
                    Modality::Actual
                } else {
                    mood.modality
                },
                ..mood
            };
            tell(doer(), status, mood, "resignation");
        }
        Effect::Takes => {
            let member = if passive { doer() } else { object() };
            let status = if mood.future || mood.modality != Modality::Actual {
                Status::Current
            } else {
                Status::Former
            };
            if mood.polarity == Polarity::Affirmed {
                tell(member, status, mood, "dismissal");
            }
        }
        Effect::Follows => {
            let (next, last) = if passive {
                (object(), doer())
            } else {
                (doer(), object())
            };
            tell(next, future(Status::Current), mood, "succession");
            if mood.modality == Modality::Actual && mood.polarity == Polarity::Affirmed {
                tell(
                    last,
                    if mood.future {
                        Status::Current
                    } else {
                        Status::Former
                    },
                    mood,
                    "succession",
                );
            }
        }
    }
}

/// The body that a verb has for object before "as".
fn body_between(scene: &Scene<'_>, verb: usize, to: usize) -> Option<MentionId> {
    let line = scene.line;
    let from = if line.word_at(verb + 1) == "the" {
        verb + 2
    } else {
        verb + 1
    };
    scene.name_at.get(from).copied().flatten().filter(|&m| {
        let mention = scene.mention(m);
        mention.kind == MentionKind::Organisation
            && mention.tokens.start() == from
            && mention.tokens.end() < to
            && line.lower(mention.tokens.end()) == "as"
    })
}

/// "was working"
fn was_doing(scene: &Scene<'_>, verb: usize) -> bool {
    scene.line.token(verb).xpos == "VBG" && auxiliary(scene, verb, verb, &["was", "were"])
}

/// A named person right before the verb and its auxiliaries.
fn adjacent_subject(scene: &Scene<'_>, verb: usize) -> Option<MentionId> {
    let line = scene.line;
    let mut left = verb;
    while left > 0 && matches!(line.upos(left - 1), Upos::Aux | Upos::Adv) {
        left -= 1;
    }
    subject_before(scene, left.checked_sub(1)?)
}

/// "worked for NAME OF BODY", "both worked on the command".
fn worked(scene: &Scene<'_>, verb: usize, pair: Option<[MentionId; 2]>, out: &mut Vec<Finding>) {
    let line = scene.line;
    let Some(body) = named_body_after(scene, verb, &["for", "at", "with", "on", "in"]) else {
        return;
    };
    let preposition = line.word_at(verb + 1);
    if matches!(preposition, "with" | "in") && line.token(verb).lemma.as_ref() == "work" {
        return;
    }
    let subject_token = subject(scene, verb, false);
    let both = subject_token
        .as_ref()
        .is_some_and(|&s| line.lower(s) == "both")
        || verb > 0 && line.lower(verb - 1) == "both";
    let members: Vec<MentionId> = if both {
        pair.map_or_else(Vec::new, |p| p.to_vec())
    } else {
        subject_token
            .and_then(|s| holder(scene, s))
            .or_else(|| adjacent_subject(scene, verb))
            .into_iter()
            .collect()
    };
    for member in members {
        if scene.is_named_person(member) {
            add_bodily(scene, member, body, verb, "worked", out);
        }
    }
}

fn joined_or_left(scene: &Scene<'_>, verb: usize, lemma: &str, out: &mut Vec<Finding>) {
    let line = scene.line;
    let at = if line.word_at(verb + 1) == "the" {
        verb + 2
    } else {
        verb + 1
    };
    let Some(body) = scene.name_at.get(at).copied().flatten().filter(|&m| {
        scene.mention(m).kind == MentionKind::Organisation && scene.mention(m).tokens.start() == at
    }) else {
        return;
    };
    let end = scene.mention(body).tokens.end();
    if line.is_possessive(end) || end < line.len() && line.is_noun(end) {
        return;
    }
    let Some(member) = subject(scene, verb, false)
        .and_then(|s| holder(scene, s))
        .or_else(|| adjacent_subject(scene, verb))
        .filter(|&m| scene.is_named_person(m))
    else {
        return;
    };
    add_bodily(
        scene,
        member,
        body,
        verb,
        if lemma == "join" { "joined" } else { "left" },
        out,
    );
}

fn add_bodily(
    scene: &Scene<'_>,
    member: MentionId,
    body: MentionId,
    verb: usize,
    rule: &'static str,
    out: &mut Vec<Finding>,
) {
    let line = scene.line;
    let mood = mood(scene, verb, verb);
    let mut finding = bodily(member, body, Span::new(verb, verb + 1), rule, 0.75);
    let past = line.token(verb).xpos == "VBD" || was_doing(scene, verb);
    finding.status = Some(match rule {
        "joined" if mood.future => Status::Future,
        "joined" => Status::Current,
        "left" if mood.future || mood.modality != Modality::Actual => Status::Current,
        "left" => Status::Former,
        _ if mood.future => Status::Future,
        _ if past || mood.over => Status::Former,
        _ => Status::Current,
    });
    finding.modality = mood.modality;
    finding.polarity = mood.polarity;
    out.push(finding);
}

/// The body named after the verb and one of the prepositions, with an owner in between: "on the Met's firearms command".
fn named_body_after(scene: &Scene<'_>, verb: usize, prepositions: &[&str]) -> Option<MentionId> {
    let line = scene.line;
    if !prepositions.contains(&line.word_at(verb + 1)) {
        return None;
    }
    let mut at = verb + 2;
    if matches!(line.word_at(at), "the" | "a" | "an") {
        at += 1;
    }
    let mut body = None;
    while let Some(m) = scene.name_at.get(at).copied().flatten() {
        let mention = scene.mention(m);
        if mention.kind != MentionKind::Organisation {
            return None;
        }
        body = Some(m);
        at = mention.tokens.end();
        if line.is_possessive(at) {
            at += 1;
            body = None;
        } else {
            break;
        }
    }
    // "worked for the Tate chair": the name only modifies what follows.
    let tail = scene.line.word_at(at);
    let modifier = at < line.len()
        && line.is_noun(at)
        && !matches!(
            tail,
            "command" | "unit" | "force" | "squad" | "team" | "division" | "department"
        );
    body.filter(|_| !modifier)
}
