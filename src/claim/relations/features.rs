//! What the scorer sees of a candidate.
//!
//! In: a [`Candidate`] in its tree. Out: hashes of features, each a name with its parts. The features are those of Mintz and
//! others (2009): the way through the tree with and without words, the words between and around, the kinds of both ends;
//! to them come the cue and how either end hangs on it. Refuses: names as features, so that nobody is learned by heart.

use super::candidates::{Candidate, Object, Stand};
use crate::claim::grammar::Tree;
use crate::mention::{Form, MentionKind, Mentions};
use crate::schema::Schema;
use english::Upos;

/// Collects hashed features (FNV-1a, 64 bits, folded to 32).
struct Sink<'o> {
    out: &'o mut Vec<u32>,
    /// State after the relation's name.
    seed: u64,
}

const PRIME: u64 = 0x0100_0000_01b3;

fn mix(state: u64, part: &str) -> u64 {
    let state = part
        .bytes()
        .fold(state, |h, b| (h ^ u64::from(b)).wrapping_mul(PRIME));
    (state ^ 0xff).wrapping_mul(PRIME)
}

impl Sink<'_> {
    fn add(&mut self, parts: &[&str]) {
        let hash = parts.iter().fold(self.seed, |h, part| mix(h, part));
        let hash = hash ^ (hash >> 29);
        self.out.push((hash ^ (hash >> 32)) as u32);
    }
}

const SMALL: [&str; 13] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
];

/// A count as a word, coarser as it grows.
fn bucket(n: usize) -> &'static str {
    match n {
        0..=6 => SMALL[n],
        7..=9 => "7+",
        10..=14 => "10+",
        _ => "15+",
    }
}

/// One end as the features see it.
struct End {
    head: u32,
    from: u32,
    to: u32,
    kind: &'static str,
    form: &'static str,
}

fn end(mentions: &Mentions, object: Object) -> End {
    match object {
        Object::Mention(m) => {
            let m = &mentions.mentions[m as usize];
            End {
                head: m.head,
                from: m.tokens.start() as u32,
                to: m.tokens.end() as u32 - 1,
                kind: m.kind.as_str(),
                form: match m.form {
                    Form::Name => "name",
                    Form::Nominal => "noun",
                    Form::Pronoun => "pronoun",
                },
            }
        }
        Object::Time(t) => {
            let t = &mentions.times[t as usize];
            End {
                head: t.head,
                from: t.tokens.start() as u32,
                to: t.tokens.end() as u32 - 1,
                kind: "time",
                form: match t.value.precision {
                    crate::mention::Precision::Day => "day",
                    crate::mention::Precision::Month => "month",
                    crate::mention::Precision::Year => "year",
                    _ => "range",
                },
            }
        }
    }
}

/// Writes the features of a candidate into `out`.
pub fn of(
    tree: &Tree<'_>,
    mentions: &Mentions,
    schema: &Schema,
    candidate: &Candidate,
    out: &mut Vec<u32>,
) {
    let relation = &schema.relations[candidate.relation];
    let mut sink = Sink {
        out,
        seed: mix(0xcbf2_9ce4_8422_2325, &relation.name),
    };
    let s = end(mentions, Object::Mention(candidate.subject));
    let o = end(mentions, candidate.object);
    let forward = s.from < o.from;
    let order = if forward { ">" } else { "<" };
    let cue = candidate.cue;
    let stand = match candidate.stand {
        Stand::Way => "way",
        Stand::Inside => "inside",
        Stand::Beside => "beside",
        Stand::Bracket => "bracket",
    };
    // A bracket or a demonym is a cue without a word of its own.
    let own = matches!(candidate.stand, Stand::Bracket)
        || tree.token(cue).upos == Upos::Propn && (o.from..=o.to).contains(&cue);
    let word = if own { "-" } else { tree.lemma(cue) };
    sink.add(&["b"]);
    sink.add(&["kinds", s.kind, o.kind, order]);
    sink.add(&["forms", s.form, o.form]);
    sink.add(&["forms", s.kind, s.form, o.kind, o.form, word]);
    sink.add(&["cue", word]);
    sink.add(&["cue", word, stand, order]);
    sink.add(&["stand", stand]);
    let place = match (cue < s.head.min(o.head), cue > s.head.max(o.head)) {
        (true, _) => "before",
        (_, true) => "after",
        _ => "between",
    };
    sink.add(&["place", word, place, order]);
    if candidate.tied {
        sink.add(&["tied"]);
        sink.add(&["tied", word]);
    }
    if candidate.patterned {
        sink.add(&["pattern"]);
        sink.add(&["pattern", word]);
    }
    let tag = if tree.is_verb(cue) {
        tree.token(cue).xpos
    } else {
        "-"
    };
    let voice = if tree.is_verb(cue) && tree.passive(cue) {
        "passive"
    } else {
        "active"
    };
    sink.add(&["tag", word, tag, voice]);
    for c in tree.with_rel(cue, &["amod", "advmod", "aux", "det"]) {
        sink.add(&["modifier", &tree.lemma(c).to_lowercase()]);
    }
    the_way(tree, candidate, &s, &o, word, &mut sink);
    words(tree, &s, &o, forward, word, &mut sink);
    rivals(tree, mentions, candidate, &s, &o, &mut sink);
    // What an organisation is called tells a school from a firm.
    if let Object::Mention(m) = candidate.object
        && mentions.mentions[m as usize].kind != MentionKind::Person
        && o.form == "name"
    {
        let tokens = mentions.mentions[m as usize].tokens.range();
        for t in tokens {
            let lower = tree.form(t as u32).to_lowercase();
            if schema.gazetteer().org_head(&lower).is_some() {
                sink.add(&["object word", &lower]);
                sink.add(&["object word", &lower, word]);
            }
        }
    }
    if s.form == "noun" {
        sink.add(&["subject noun", &tree.lemma(s.head).to_lowercase()]);
    }
    if o.form == "noun" {
        sink.add(&["object noun", &tree.lemma(o.head).to_lowercase()]);
    }
}

/// The dependency way between the ends, and from the cue to either.
fn the_way(
    tree: &Tree<'_>,
    candidate: &Candidate,
    s: &End,
    o: &End,
    word: &str,
    sink: &mut Sink<'_>,
) {
    let mut bare = String::new();
    let mut full = String::new();
    let mut around = String::new();
    for (i, &t) in candidate.way.iter().enumerate() {
        let inner = i > 0 && i + 1 < candidate.way.len();
        let lemma = if inner { named(tree, t) } else { String::new() };
        if inner {
            full.push_str(&lemma);
            if t == candidate.cue {
                around.push_str(word);
            }
            sink.add(&["on way", &lemma]);
        }
        if i + 1 < candidate.way.len() {
            // The arc belongs to the lower of the two.
            let (arrow, rel) = if i < candidate.top {
                ("^", tree.rel(t))
            } else {
                ("v", tree.rel(candidate.way[i + 1]))
            };
            sink.add(&["arc", arrow, rel]);
            for text in [&mut bare, &mut full, &mut around] {
                text.push_str(arrow);
                text.push_str(rel);
                text.push(' ');
            }
        }
    }
    sink.add(&["way", &bare]);
    sink.add(&["way", &full]);
    sink.add(&["way", &around, word]);
    sink.add(&["length", bucket(candidate.way.len() - 1)]);
    let top = candidate.way[candidate.top];
    sink.add(&["top", &named(tree, top)]);
    let (s_rel, o_rel) = (tree.rel(s.head), tree.rel(o.head));
    let (s_prep, o_prep) = (
        tree.preposition(s.head).unwrap_or_default(),
        tree.preposition(o.head).unwrap_or_default(),
    );
    sink.add(&["subject hangs", s_rel, &s_prep]);
    sink.add(&["object hangs", o_rel, &o_prep]);
    sink.add(&["object hangs", o_rel, &o_prep, word]);
    sink.add(&["subject hangs", s_rel, &s_prep, word]);
    sink.add(&["both hang", s_rel, &s_prep, o_rel, &o_prep]);
    for (name, end) in [("subject", s), ("object", o)] {
        let head = tree.head(end.head);
        let tie = if end.head == candidate.cue {
            "is"
        } else if head == Some(candidate.cue) {
            "child"
        } else if tree.head(candidate.cue) == Some(end.head) {
            "head"
        } else if head.and_then(|h| tree.head(h)) == Some(candidate.cue) {
            "grandchild"
        } else {
            "far"
        };
        sink.add(&["tie", name, tie]);
        sink.add(&["tie", name, tie, word, tree.rel(end.head)]);
    }
}

/// A token's lemma, or the kind of the name that it belongs to.
fn named(tree: &Tree<'_>, at: u32) -> String {
    let token = tree.token(at);
    if token.upos == Upos::Propn {
        "NAME".to_owned()
    } else if token.upos == Upos::Num {
        "NUMBER".to_owned()
    } else {
        token.lemma.to_lowercase()
    }
}

/// The words between and around.
fn words(tree: &Tree<'_>, s: &End, o: &End, forward: bool, word: &str, sink: &mut Sink<'_>) {
    let order = if forward { ">" } else { "<" };
    let (left, right) = if forward { (s, o) } else { (o, s) };
    let between: Vec<String> = (left.to + 1..right.from).map(|t| named(tree, t)).collect();
    sink.add(&["between", bucket(between.len())]);
    if between.len() <= 12 {
        for w in &between {
            sink.add(&["between", order, w]);
        }
        for pair in between.windows(2) {
            sink.add(&["between", order, &pair[0], &pair[1]]);
        }
    }
    if between.len() <= 6 {
        sink.add(&["all between", order, &between.join(" ")]);
    }
    let at = |t: Option<u32>| match t {
        Some(t) if t < tree.len() => named(tree, t),
        _ => "END".to_owned(),
    };
    for (name, end) in [("s", s), ("o", o)] {
        let before = at(end.from.checked_sub(1));
        let after = at(Some(end.to + 1));
        sink.add(&["before", name, &before]);
        sink.add(&["after", name, &after]);
        sink.add(&["before", name, &before, word]);
        sink.add(&["after", name, &after, word]);
        sink.add(&["before two", name, &at(end.from.checked_sub(2)), &before]);
        sink.add(&["after two", name, &after, &at(Some(end.to + 2))]);
    }
}

/// Whether another thing of the same kind stands nearer to the cue.
fn rivals(
    tree: &Tree<'_>,
    mentions: &Mentions,
    candidate: &Candidate,
    s: &End,
    o: &End,
    sink: &mut Sink<'_>,
) {
    let number = mentions.mentions[candidate.subject as usize].sentence;
    let from = mentions.mentions.partition_point(|m| m.sentence < number);
    let (low, high) = (s.head.min(o.head), s.head.max(o.head));
    for (name, end) in [("subject", s), ("object", o)] {
        let (mut nearer, mut between) = (0, 0);
        let own = end.head.abs_diff(candidate.cue);
        let mut count = |head: u32| {
            if head != s.head && head != o.head {
                nearer += usize::from(head.abs_diff(candidate.cue) < own);
                between += usize::from(low < head && head < high);
            }
        };
        if end.kind == "time" {
            let from = mentions.times.partition_point(|t| t.sentence < number);
            mentions.times[from..]
                .iter()
                .take_while(|t| t.sentence == number)
                .for_each(|t| count(t.head));
        } else {
            mentions.mentions[from..]
                .iter()
                .take_while(|m| m.sentence == number)
                .filter(|m| m.kind.as_str() == end.kind)
                .for_each(|m| count(m.head));
        }
        sink.add(&["nearer", name, bucket(nearer)]);
        sink.add(&["rivals between", name, bucket(between)]);
    }
    let subject =
        tree.is_verb(candidate.cue) && tree.surface_subjects(candidate.cue).contains(&s.head);
    sink.add(&["subject of cue", if subject { "yes" } else { "no" }]);
}
