//! The pairs of mentions that a sentence may relate.
//!
//! In: a tree with its mentions. Out: [`Candidate`]s, each with the word that names the relation. Refuses: pairs of the
//! wrong kinds, and pairs none of whose words names the relation.

use super::tie::{Cue, antecedents};
use crate::claim::events::{Reader, holds};
use crate::claim::grammar::Tree;
use crate::mention::{Class, Form, Lexicon, Mention, MentionId, MentionKind, Mentions, TimeId};
use crate::schema::{Frame, Kinds, Path, Schema, SlotRule, TriggerClass};
use english::Upos;

/// Longest way through the tree between two things that a sentence relates, in arcs.
const FARTHEST: usize = 8;

/// What stands at the other end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Object {
    /// A thing.
    Mention(MentionId),
    /// A day, month or year.
    Time(TimeId),
}

/// Where the word that names the relation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stand {
    /// On the way from the one to the other.
    Way,
    /// Inside one of the two ("his wife").
    Inside,
    /// Beside the way: a word on it governs it.
    Beside,
    /// A bracket after a name: "Ada Pike (1912 – 1980)".
    Bracket,
}

/// A pair that a sentence may relate.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Index in [`Schema::relations`].
    pub relation: usize,
    /// The first end.
    pub subject: MentionId,
    /// The other end.
    pub object: Object,
    /// The word that names the relation.
    pub cue: u32,
    /// Where it stands.
    pub stand: Stand,
    /// Whether the paths of the relation's file join the two.
    pub patterned: bool,
    /// Whether they join the cue with the object, and the grammar ties the subject to it ("Bergen, a port in Norway").
    pub shown: bool,
    /// Whether the grammar ties both ends to the cue.
    pub tied: bool,
    /// Whether it ties these two, or other mentions of the same two things in the sentence.
    pub held: bool,
    /// Tokens from the subject's head to the object's, both included.
    pub way: Vec<u32>,
    /// Index in `way` of the highest token.
    pub top: usize,
}

/// A mention or time with what the search needs.
pub(super) struct End {
    object: Object,
    pub(super) head: u32,
    from: u32,
    to: u32,
    kinds: Kinds,
    lemma: String,
    /// What a relative pronoun stands for.
    pub(super) also: Vec<u32>,
}

impl End {
    /// Whether it is a day, month or year.
    pub(super) fn is_time(&self) -> bool {
        matches!(self.object, Object::Time(_))
    }

    /// Whether the token belongs to it.
    pub(super) fn holds(&self, token: u32) -> bool {
        (self.from..=self.to).contains(&token)
    }
}

/// A trigger of a relation at a token.
struct Trigger {
    relation: usize,
    token: u32,
    subjects: Vec<u32>,
    objects: Vec<u32>,
}

/// All candidates of a sentence, by relation, subject and object.
pub fn find(tree: &Tree<'_>, mentions: &Mentions, number: u32, schema: &Schema) -> Vec<Candidate> {
    let mut out = Vec::new();
    if schema.relations.is_empty() {
        return out;
    }
    let reader = Reader::new(tree, mentions, number, schema);
    let ends = ends(tree, &reader, mentions, number, schema);
    if ends.len() < 2 {
        return out;
    }
    let triggers = triggers(tree, &reader, schema);
    let mut named = vec![false; schema.relations.len()];
    for trigger in &triggers {
        named[trigger.relation] = true;
    }
    let rules: Vec<(&SlotRule, &SlotRule)> = schema.relations.iter().map(slots).collect();
    // Each pair is walked once, whatever it may be related by.
    for s in &ends {
        let Object::Mention(subject) = s.object else {
            continue;
        };
        for o in &ends {
            if s.from <= o.to && o.from <= s.to || s.object == o.object {
                continue;
            }
            let mut walked: Option<(Vec<u32>, usize)> = None;
            for (relation, (s_rule, o_rule)) in rules.iter().enumerate() {
                let demonym = o.kinds.meets(Kinds::DEMONYM) && takes(o_rule, Kinds::DEMONYM);
                let bracketed = takes(o_rule, Kinds::TIME) && bracket(tree, s, o);
                if !(named[relation] || demonym || bracketed)
                    || !s_rule.admits(&s.lemma, s.kinds)
                    || !o_rule.admits(&o.lemma, o.kinds)
                {
                    continue;
                }
                if let (Object::Mention(a), Object::Mention(b)) = (s.object, o.object) {
                    // "It" is seldom the body that somebody belongs to.
                    let other = &mentions.mentions[b as usize];
                    if other.form == Form::Pronoun && other.kind != MentionKind::Person {
                        continue;
                    }
                    let chain = |m: MentionId| mentions.mentions[m as usize].chain;
                    if chain(a) == chain(b) {
                        continue;
                    }
                }
                let (way, top) = walked.get_or_insert_with(|| way(tree, s.head, o.head));
                if way.len() < 2 || way.len() > FARTHEST + 1 {
                    continue;
                }
                let own = || triggers.iter().filter(|t| t.relation == relation);
                let inside = |t: u32| (s.from..=s.to).contains(&t) || (o.from..=o.to).contains(&t);
                let patterned =
                    own().find(|t| t.subjects.contains(&s.head) && t.objects.contains(&o.head));
                let cue = patterned
                    .map(|t| {
                        let stand = if way.contains(&t.token) {
                            Stand::Way
                        } else {
                            Stand::Beside
                        };
                        (t.token, stand)
                    })
                    .or_else(|| {
                        own()
                            .find(|t| inside(t.token))
                            .map(|t| (t.token, Stand::Inside))
                    })
                    .or_else(|| {
                        own()
                            .find(|t| way.contains(&t.token))
                            .map(|t| (t.token, Stand::Way))
                    })
                    .or_else(|| {
                        own()
                            .filter(|t| tree.head(t.token).is_some_and(|h| way.contains(&h)))
                            .min_by_key(|t| t.token.abs_diff(o.head))
                            .map(|t| (t.token, Stand::Beside))
                    })
                    .or_else(|| bracketed.then_some((o.head, Stand::Bracket)))
                    .or_else(|| demonym.then_some((o.head, Stand::Inside)));
                let Some((cue, stand)) = cue else { continue };
                if let Object::Mention(other) = o.object
                    && misread(tree.text, mentions, subject, other)
                {
                    continue;
                }
                // "Ada Pike (born 3 May 1960 in Oslo)"
                let inside = s.to + 1 < tree.len()
                    && bracket(tree, s, o)
                    && (stand == Stand::Bracket || cue > s.to && cue <= o.to);
                let tied = inside
                    || tied(tree, cue, demonym.then_some(o.head), s, o)
                        && !(tree.is_verb(cue) && amiss(tree, o_rule, cue, o));
                out.push(Candidate {
                    tied,
                    held: tied,
                    relation,
                    subject,
                    object: o.object,
                    cue,
                    stand,
                    patterned: patterned.is_some(),
                    shown: tied
                        && !tree.is_verb(cue)
                        && own().any(|t| t.token == cue && t.objects.contains(&o.head)),
                    way: way.clone(),
                    top: *top,
                });
            }
        }
    }
    hold(&mut out, mentions);
    out
}

/// "Lee, who was born in Leeds, left it": what ties one mention of a thing ties the others of the sentence.
fn hold(candidates: &mut [Candidate], mentions: &Mentions) {
    // Where nobody is named, "he" and "his" of one sentence are one man.
    let chain = |m: MentionId| {
        let m = &mentions.mentions[m as usize];
        match m.gender {
            Some(gender)
                if m.form == Form::Pronoun && mentions.chains[m.chain as usize].name.is_none() =>
            {
                Err(gender)
            }
            _ => Ok(m.chain),
        }
    };
    let key = |c: &Candidate| {
        let object = match c.object {
            Object::Mention(m) => Ok(chain(m)),
            Object::Time(t) => Err(t),
        };
        (c.relation, chain(c.subject), object)
    };
    let tied: Vec<_> = candidates.iter().filter(|c| c.tied).map(key).collect();
    for candidate in candidates {
        candidate.held = candidate.tied || tied.contains(&key(candidate));
    }
}

/// Whether the cue ties both ends. A demonym describes the noun over it, which then means the person.
fn tied(tree: &Tree<'_>, cue: u32, demonym: Option<u32>, s: &End, o: &End) -> bool {
    if let Some(word) = demonym.filter(|&d| d == cue) {
        let Some(noun) = tree.head(word) else {
            return false;
        };
        let describes = matches!(tree.rel(word), "amod" | "compound" | "nmod" | "det");
        let predicate = tree.child(word, &["cop"]).is_some();
        return describes && Cue::new(tree, noun).means(s)
            || predicate && Cue::new(tree, word).means(s);
    }
    // "chief executive officer of X": what hangs on the noun belongs to the words before it.
    let noun = tree.head(cue).filter(|&noun| {
        matches!(tree.rel(cue), "amod" | "compound") && noun > cue && !tree.is_verb(cue)
    });
    let cue = Cue::new(tree, noun.unwrap_or(cue));
    if tree.is_verb(cue.token) {
        return (cue.means(s) || cue.reaches(s)) && (cue.means(o) || cue.reaches(o));
    }
    // "the author of The Harbour Company": nobody belongs to a work.
    let maker = Lexicon::embedded()
        .noun(&tree.lemma(cue.token).to_lowercase())
        .is(Class::MAKER);
    if maker
        && [s, o]
            .iter()
            .any(|e| tree.preposition(e.head).as_deref() == Some("of"))
    {
        return false;
    }
    match (cue.means(s), cue.means(o)) {
        (true, false) => cue.reaches(o),
        (false, true) => cue.reaches(s),
        // "Google headquarters in California", "earned a degree at Oslo"; but whoever meets the head of a firm is not its head.
        (false, false) => {
            let person = Lexicon::embedded().noun(&tree.lemma(cue.token).to_lowercase());
            // "the bank's museum branch", "an Arctic town in Norway": one of two bodies or places has to be it.
            let alike = |kind| s.kinds.meets(kind) && o.kinds.meets(kind);
            !alike(Kinds::ORG)
                && !alike(Kinds::PLACE)
                && !person.is(Class::PERSON)
                && !person.is(Class::ROLE)
                && cue.reaches(s)
                && cue.reaches(o)
        }
        (true, true) => false,
    }
}

/// "Born in Leeds, Ghent was …": subjects and objects of a verb fill no slot that asks for a phrase.
fn amiss(tree: &Tree<'_>, rule: &SlotRule, verb: u32, end: &End) -> bool {
    let core = rule.via.iter().any(|path| {
        matches!(
            path,
            Path::Subject | Path::Object | Path::Recipient | Path::Any
        )
    });
    !core && Cue::new(tree, verb).means(end)
}

/// The slots `subject` and `object`, which the loader demands.
fn slots(relation: &Frame) -> (&SlotRule, &SlotRule) {
    let slot = |name: &str| {
        relation
            .slots
            .iter()
            .find(|s| s.name == name)
            .expect("the loader demands both slots of a relation")
    };
    (slot("subject"), slot("object"))
}

fn takes(rule: &SlotRule, kind: Kinds) -> bool {
    // No lemma passes by itself, so only the kind can.
    rule.accepts
        .iter()
        .any(|w| matches!(w, crate::schema::WordTest::Kind(k) if k.meets(kind)))
}

/// Mentions and times of the sentence.
fn ends(
    tree: &Tree<'_>,
    reader: &Reader<'_>,
    mentions: &Mentions,
    number: u32,
    schema: &Schema,
) -> Vec<End> {
    let dateline = tree.dateline();
    let mut out = Vec::new();
    let from = mentions.mentions.partition_point(|m| m.sentence < number);
    for (i, m) in mentions.mentions[from..]
        .iter()
        .enumerate()
        .take_while(|(_, m)| m.sentence == number)
    {
        // "He forms alliances": several things of a kind are none in particular.
        let several = m.form == Form::Nominal && tree.token(m.head).xpos == "NNS";
        if m.tokens.end() as u32 <= dateline
            || m.kind == MentionKind::Group
            || several
            || anybody(tree, mentions, m)
        {
            continue;
        }
        let id = (from + i) as MentionId;
        let mut kinds = reader.kinds_of(id, false);
        // "a British-trained chemist" may come from anywhere.
        if m.kind == MentionKind::Other
            && m.form == Form::Name
            && !tree.text[m.span.end()..].starts_with('-')
            && schema
                .gazetteer()
                .demonym(m.span.slice(tree.text))
                .is_some()
        {
            kinds = kinds.with(Kinds::DEMONYM);
        }
        out.push(End {
            object: Object::Mention(id),
            head: m.head,
            from: m.tokens.start() as u32,
            to: m.tokens.end() as u32 - 1,
            kinds,
            lemma: tree.lemma(m.head).to_lowercase(),
            also: if matches!(tree.token(m.head).xpos, "WP" | "WDT" | "WP$") {
                antecedents(tree, m.head)
            } else {
                Vec::new()
            },
        });
    }
    let from = mentions.times.partition_point(|t| t.sentence < number);
    for (i, t) in mentions.times[from..]
        .iter()
        .enumerate()
        .take_while(|(_, t)| t.sentence == number)
    {
        if t.value.lexical().is_none() {
            continue;
        }
        out.push(End {
            object: Object::Time((from + i) as TimeId),
            head: t.head,
            from: t.tokens.start() as u32,
            to: t.tokens.end() as u32 - 1,
            kinds: Kinds::TIME,
            lemma: String::new(),
            also: Vec::new(),
        });
    }
    out
}

/// Whether the other end is named by the surname of somebody else in the document, and so is most likely that person.
fn misread(text: &str, mentions: &Mentions, subject: MentionId, object: MentionId) -> bool {
    let other = &mentions.mentions[object as usize];
    if other.form != Form::Name || other.kind == MentionKind::Person || other.tokens.len() > 1 {
        return false;
    }
    let name = other.span.slice(text);
    let own = mentions.mentions[subject as usize].chain as usize;
    mentions.chains.iter().enumerate().any(|(i, chain)| {
        i != own
            && chain.kind == MentionKind::Person
            && chain.name.as_deref().is_some_and(|n| {
                n.rsplit_once(' ')
                    .is_some_and(|(_, surname)| surname == name)
            })
    })
}

/// "anybody who", "customers who", "his or her", "any resident", a title taken for a body: nobody in particular.
fn anybody(tree: &Tree<'_>, mentions: &Mentions, m: &Mention) -> bool {
    // "the first president" may be another than the chain has.
    let one_of_many = |t: u32| {
        Lexicon::embedded()
            .word(&tree.form(t).to_lowercase())
            .is(Class::SELECTIVE)
    };
    if m.form == Form::Nominal
        && (m.tokens.start()..m.tokens.end()).any(|t| (t as u32) < m.head && one_of_many(t as u32))
    {
        return true;
    }
    if m.form != Form::Name && mentions.chains[m.chain as usize].name.is_some() {
        return false;
    }
    match m.form {
        Form::Name => {
            // "the Queen" is no body.
            m.kind == MentionKind::Organisation
                && m.tokens.len() == 1
                && Lexicon::embedded()
                    .word(tree.form(m.head))
                    .is(Class::HONORIFIC)
        }
        Form::Nominal => {
            let first = tree.form(m.tokens.start() as u32).to_lowercase();
            matches!(first.as_str(), "any" | "every" | "each" | "no")
        }
        Form::Pronoun => {
            let relative = matches!(tree.token(m.head).xpos, "WP" | "WDT" | "WP$");
            let or = |at: u32| at < tree.len() && tree.form(at).eq_ignore_ascii_case("or");
            or(m.head + 1)
                || m.head > 0 && or(m.head - 1)
                || relative && {
                    let all = antecedents(tree, m.head);
                    let named = |&t: &u32| tree.token(t).upos == Upos::Propn;
                    let vague =
                        |&t: &u32| tree.token(t).upos == Upos::Pron || tree.token(t).xpos == "NNS";
                    !all.iter().any(named) && all.iter().any(vague)
                }
        }
    }
}

/// Whether a time stands in a bracket that follows a name, with nothing but times and marks before it.
fn bracket(tree: &Tree<'_>, s: &End, o: &End) -> bool {
    s.to < o.from
        && o.from - s.to < 16
        && tree.len() > s.to + 1
        && tree.form(s.to + 1) == "("
        && !(s.to + 2..o.from).any(|t| tree.form(t) == ")")
}

/// Where the words of the sentence name relations.
fn triggers(tree: &Tree<'_>, reader: &Reader<'_>, schema: &Schema) -> Vec<Trigger> {
    let mut out = Vec::new();
    for at in 0..tree.len() {
        let class = match tree.token(at).upos {
            Upos::Verb => TriggerClass::Verb,
            Upos::Noun | Upos::Propn => TriggerClass::Noun,
            Upos::Adj => TriggerClass::Adjective,
            _ => continue,
        };
        if reader.in_name(at) {
            continue;
        }
        let lemma = tree.lemma(at).to_lowercase();
        for &reference in schema.relation_triggers_for(&lemma, class) {
            let (frame, trigger) = schema.relation_trigger(reference);
            let Some(found) = holds(tree, reader, at, frame, trigger, None) else {
                continue;
            };
            let (subject, object) = slots(frame);
            let walk = |rule: &SlotRule| -> Vec<u32> {
                rule.via
                    .iter()
                    .map(|path| tree.walk(at, path, found.seen()))
                    .find(|tokens| !tokens.is_empty())
                    .unwrap_or_default()
            };
            out.push(Trigger {
                relation: reference.0 as usize,
                token: at,
                subjects: walk(subject),
                objects: walk(object),
            });
        }
    }
    out
}

/// The tokens from one to the other through the tree, and the index of the highest.
fn way(tree: &Tree<'_>, from: u32, to: u32) -> (Vec<u32>, usize) {
    let climb = |start: u32| {
        let mut line = vec![start];
        let mut at = start;
        while let Some(head) = tree.head(at) {
            if line.len() > 24 {
                break;
            }
            line.push(head);
            at = head;
        }
        line
    };
    let (up, down) = (climb(from), climb(to));
    for (i, token) in up.iter().enumerate() {
        if let Some(j) = down.iter().position(|t| t == token) {
            let mut way = up[..=i].to_vec();
            way.extend(down[..j].iter().rev());
            return (way, i);
        }
    }
    (Vec::new(), 0)
}
