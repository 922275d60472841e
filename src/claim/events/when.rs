//! When an event took place: each time expression goes to the verb or event noun that it hangs on.
//!
//! In: the drafts of a sentence. Out: their times. Refuses: to lend a time of one clause to another.

use super::{Draft, slots::Reader};
use crate::mention::{Precision, TimeId, TimeMention};

/// Gives each draft its time.
pub(super) fn assign(reader: &Reader<'_>, drafts: &mut [Draft<'_>]) {
    let times = &reader.mentions.times;
    let from = times.partition_point(|t| t.sentence < reader.number);
    for (i, time) in times[from..]
        .iter()
        .enumerate()
        .take_while(|(_, t)| t.sentence == reader.number)
    {
        let id = (from + i) as TimeId;
        for at in owners(reader, drafts, time) {
            let draft = &mut drafts[at];
            if is_bound(reader, draft, time) {
                continue;
            }
            let better = draft
                .time
                .is_none_or(|old| rank(time) > rank(&times[old as usize]));
            if better {
                draft.time = Some(id);
            }
        }
    }
}

/// "the first win since 1958", "runs until March": where a stretch begins or ends is not when the event was; only what has
/// lasted since then has its beginning there. Nobody speaks for months on end.
fn is_bound(reader: &Reader<'_>, draft: &Draft<'_>, time: &TimeMention) -> bool {
    let tree = reader.tree;
    let at = draft.matched.token;
    let long = |t: &TimeMention| {
        t.value.precision == Precision::Range
            && t.value
                .earliest
                .zip(t.value.latest)
                .is_some_and(|(a, b)| (b - a).get_days() > 60)
    };
    if draft.matched.frame.speech && tree.is_verb(at) && long(time) {
        return true;
    }
    let first = time.tokens.start() as u32;
    let word = |t: u32| tree.lemma(t).to_lowercase();
    let starts = [Some(first), first.checked_sub(1)].into_iter().flatten();
    let perfect =
        || tree.is_verb(at) && tree.with_rel(at, &["aux"]).any(|c| tree.lemma(c) == "have");
    for t in starts {
        match word(t).as_str() {
            "since" => return !perfect(),
            "until" | "till" | "through" => return true,
            "by" if draft.matched.frame.speech => return true,
            _ => {}
        }
    }
    false
}

/// The finer and the better settled, the better.
fn rank(time: &TimeMention) -> u8 {
    let open = u8::from(time.value.partial.is_some());
    match time.value.precision {
        Precision::Day => 6,
        Precision::Month => 4,
        Precision::Year => 3,
        Precision::Range => 2,
        Precision::Unresolved => match time.value.partial {
            Some((_, Some(_))) => 5,
            _ => open + u8::from(time.value.year_offset.is_some()),
        },
    }
}

/// The drafts whose trigger the time hangs on, directly or through phrases of the same clause.
fn owners(reader: &Reader<'_>, drafts: &[Draft<'_>], time: &TimeMention) -> Vec<usize> {
    let tree = reader.tree;
    let draft_at = |token: u32| {
        drafts.iter().position(|d| {
            d.matched.token == token
                || d.matched.others.contains(&token)
                || d.matched.particle == Some(token)
        })
    };
    let mut at = time.head;
    for step in 0..8 {
        let Some(head) = tree.head(at) else {
            return Vec::new();
        };
        if tree.is_verb(head) || tree.child(head, &["cop"]).is_some() {
            // "helped in the pandemic and covered for strikers last year": a time at the end is the last verb's.
            let last = tree
                .with_rel(head, &["conj"])
                .filter(|&v| tree.is_verb(v) && head < v && v < time.head)
                .last();
            return clause(reader, drafts, time, last.unwrap_or(head), &draft_at);
        }
        if let Some(found) = draft_at(head) {
            // A noun trigger owns what hangs on it ("the attack on Monday", "Monday's attack"), unless the time follows
            // the whole clause after a comma.
            if step == 0
                && let Some(verb) = verb_over(reader, drafts, head, &draft_at)
            {
                return clause(reader, drafts, time, verb, &draft_at);
            }
            if step == 0
                || matches!(
                    tree.rel(at),
                    "nmod" | "compound" | "nmod:poss" | "appos" | "conj"
                )
            {
                return vec![found];
            }
        }
        if matches!(tree.rel(at), "acl:relcl" | "ccomp" | "parataxis") {
            return Vec::new();
        }
        at = head;
    }
    Vec::new()
}

/// "rejected the offer in April": what ends the clause after a definite object tells when the verb's event was.
fn verb_over(
    reader: &Reader<'_>,
    drafts: &[Draft<'_>],
    noun: u32,
    draft_at: &dyn Fn(u32) -> Option<usize>,
) -> Option<u32> {
    let tree = reader.tree;
    let verb = tree.head(noun)?;
    let definite = tree
        .with_rel(noun, &["det", "nmod:poss"])
        .any(|d| tree.rel(d) == "nmod:poss" || tree.lemma(d).eq_ignore_ascii_case("the"));
    (tree.rel(noun) == "obj"
        && definite
        && tree.is_verb(verb)
        && draft_at(verb).is_some_and(|d| !drafts[d].matched.frame.speech))
    .then_some(verb)
}

/// The drafts of the clause of a verb: the verb itself, or the event noun it stages, or the infinitive it starts.
fn clause(
    reader: &Reader<'_>,
    drafts: &[Draft<'_>],
    time: &TimeMention,
    verb: u32,
    draft_at: &dyn Fn(u32) -> Option<usize>,
) -> Vec<usize> {
    let tree = reader.tree;
    let mut out = Vec::new();
    // "moved there months before it burned": what stands before the word that opens a clause belongs to the clause above.
    let before_mark = tree
        .child(verb, &["mark"])
        .is_some_and(|m| time.head < m && m < verb);
    if before_mark {
        return match tree.head(verb) {
            Some(over) if tree.is_verb(over) => draft_at(over).into_iter().collect(),
            _ => out,
        };
    }
    if let Some(found) = draft_at(verb) {
        out.push(found);
    }
    for (i, draft) in drafts.iter().enumerate() {
        let token = draft.matched.token;
        if out.contains(&i) {
            continue;
        }
        let effect = tree.rel(token) == "nsubj"
            && tree.head(token) == Some(verb)
            && !tree.is_verb(token)
            && reader
                .effects
                .is_some_and(|set| set.contains(tree.lemma(verb)));
        let staged = effect
            || draft.matched.light == Some(verb)
            || (out.is_empty()
                && tree.governors(token).contains(&verb)
                && (tree.rel(verb) == "acl"
                    || matches!(tree.rel(token), "nsubj" | "nsubj:pass" | "obj")));
        let started = tree.is_verb(token)
            && tree.rel(token) == "xcomp"
            && tree.head(token) == Some(verb)
            && !draft.matched.frame.speech;
        let shared = tree.is_verb(token)
            && ((tree.rel(token) == "conj"
                && tree.head(token) == Some(verb)
                && tree.child(token, &["nsubj"]).is_none()
                && token <= verb + 3)
                || (tree.rel(verb) == "conj"
                    && tree.head(verb) == Some(token)
                    && tree.child(verb, &["nsubj"]).is_none()
                    && verb <= token + 3));
        if staged || started || shared {
            out.push(i);
        }
    }
    out
}
