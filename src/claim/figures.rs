//! Figures: counted people and things and sums of money, with comparator and unit.
//!
//! In: the sentences of a document and the events found in them. Out: one [`Claim`] of kind `Figure` per quantity, tied to
//! the event that it counts where one takes the counted thing. Refuses: dates, ages, ordinals, and numbers in names.

use super::grammar::Tree;
use super::{Claim, ClaimKind, Evidence, FigureWords, Filler, Slot};
use crate::document::Document;
use crate::mention::Mentions;
use crate::mention::time::small_number;
use crate::schema::vocab;
use english::{Nth, Span, Upos};

/// Words before a number, longest first, and the comparator that they stand for.
const COMPARATORS: [(&str, &str); 30] = [
    ("no fewer than", "at least"),
    ("no more than", "up to"),
    ("no less than", "at least"),
    ("as many as", "up to"),
    ("as much as", "up to"),
    ("as few as", "at least"),
    ("in excess of", "more than"),
    ("upwards of", "more than"),
    ("more than", "more than"),
    ("greater than", "more than"),
    ("fewer than", "fewer than"),
    ("less than", "fewer than"),
    ("at least", "at least"),
    ("at most", "up to"),
    ("up to", "up to"),
    ("an estimated", "around"),
    ("close to", "around"),
    ("only", "exactly"),
    ("over", "more than"),
    ("above", "more than"),
    ("under", "fewer than"),
    ("below", "fewer than"),
    ("nearly", "nearly"),
    ("almost", "nearly"),
    ("about", "around"),
    ("around", "around"),
    ("approximately", "around"),
    ("roughly", "around"),
    ("some", "around"),
    ("exactly", "exactly"),
];

/// Words that count without saying how many.
const VAGUE: [(&str, &str); 6] = [
    ("dozens", "dozens of"),
    ("scores", "scores of"),
    ("hundreds", "hundreds of"),
    ("thousands", "thousands of"),
    ("millions", "millions of"),
    ("tens", "tens of"),
];

/// The figures of the story sentences. `events` are the claims that [`events::find`](super::events::find) returned, in the same numbering.
pub fn find(document: &Document, mentions: &Mentions, events: &[Claim]) -> Vec<Claim> {
    let mut out = Vec::new();
    for (number, sentence) in mentions.sentences.iter().enumerate() {
        if mentions.story.get(number) != Some(&true)
            || !sentence
                .tokens
                .iter()
                .any(|t| t.upos == Upos::Num || VAGUE.iter().any(|(w, _)| t.span.len() == w.len()))
        {
            continue;
        }
        let tree = Tree::new(document.text(), sentence);
        let mut at = 0;
        while at < tree.len() {
            let Some(figure) = figure(&tree, at) else {
                at += 1;
                continue;
            };
            let next = figure.last + 1;
            if !is_time(mentions, number as u32, figure.number)
                && !in_name(&tree, at)
                && !is_age(&tree, &figure)
            {
                let evidence = Evidence {
                    document: document.id().clone(),
                    sentence: number as u32,
                    span: sentence.span,
                    trigger: sentence.bytes(Span::<Nth>::new(
                        figure.first as usize,
                        figure.last as usize + 1,
                    )),
                    rule: "figure:count".to_owned(),
                };
                let mut claim = Claim::new(
                    ClaimKind::Figure,
                    vocab::nl::FIGURE,
                    evidence,
                    if figure.value.is_some() { 0.9 } else { 0.8 },
                );
                let counted = counted(&tree, figure.noun, number as u32, events);
                if let Some(event) = counted {
                    let of = &events[event];
                    claim.polarity = of.polarity;
                    claim.modality = of.modality;
                    claim.slots.push(Slot {
                        name: "counts".to_owned(),
                        filler: Filler::Event(event as u32),
                    });
                }
                claim.figure = Some(FigureWords {
                    span: sentence.bytes(Span::<Nth>::new(
                        figure.first as usize,
                        figure.end as usize + 1,
                    )),
                    value: figure.value,
                    comparator: figure.comparator,
                    unit: figure.unit,
                });
                out.push(claim);
            }
            at = next;
        }
    }
    out
}

struct Figure {
    /// First token of comparator or number.
    first: u32,
    /// The number itself.
    number: u32,
    /// Last token of the number.
    last: u32,
    /// Last token of the phrase with its unit.
    end: u32,
    noun: u32,
    value: Option<f64>,
    comparator: &'static str,
    unit: String,
}

/// The figure whose number starts at `at`.
fn figure(tree: &Tree<'_>, at: u32) -> Option<Figure> {
    let form = tree.form(at).to_lowercase();
    if let Some((_, words)) = VAGUE.iter().find(|(w, _)| *w == form) {
        let of = (at + 1 < tree.len() && tree.lemma(at + 1) == "of")
            .then(|| tree.with_rel(at, &["nmod", "obl"]).next())
            .flatten();
        let noun = of.unwrap_or(at);
        let unit = match of {
            None => "person".to_owned(),
            Some(n) if matches!(tree.lemma(n), "who" | "whom") => "person".to_owned(),
            // What "hundreds of them" are, the sentence does not say here.
            Some(n) if tree.token(n).upos == Upos::Pron => return None,
            Some(n) => tree.lemma(n).to_lowercase(),
        };
        if of.is_none() && !matches!(tree.rel(at), "nsubj" | "nsubj:pass" | "obj") {
            return None;
        }
        let (first, comparator) = comparator(tree, at, words);
        return Some(Figure {
            first,
            number: at,
            last: at,
            end: noun.max(at),
            noun,
            value: None,
            comparator,
            unit,
        });
    }
    let symbol = currency(&form);
    if tree.token(at).upos != Upos::Num && symbol.is_none() {
        return None;
    }
    let (mut value, mut last) = number(tree, at)?;
    let mut money = symbol.or_else(|| at.checked_sub(1).and_then(|p| currency(tree.form(p))));
    if value.is_none() && money.is_some() && at + 1 < tree.len() {
        (value, last) = number(tree, at + 1)?;
    }
    let value = value?;
    let from = if money.is_some() && symbol.is_none() {
        at - 1
    } else {
        at
    };
    let head = tree.head(at).filter(|&h| {
        h > last
            && matches!(
                tree.rel(at),
                "nummod" | "compound" | "amod" | "nmod" | "advmod"
            )
    });
    let percent =
        last + 1 < tree.len() && matches!(tree.lemma(last + 1), "%" | "percent" | "per" | "pc");
    let (noun, unit, end) = match (money.take(), head) {
        (Some(money), _) => (at, money.to_owned(), last),
        _ if percent => (last + 1, "percent".to_owned(), last + 1),
        (None, Some(h)) if matches!(tree.token(h).upos, Upos::Noun | Upos::Propn) => {
            (h, tree.lemma(h).to_lowercase(), h)
        }
        _ => {
            // "three of the men", "killed 12": people
            let of = tree
                .with_rel(at, &["nmod"])
                .find(|&c| tree.preposition(c).as_deref() == Some("of"));
            let of = of.filter(|&c| tree.token(c).upos == Upos::Noun)?;
            (of, tree.lemma(of).to_lowercase(), of)
        }
    };
    if tree.token(noun).upos == Upos::Propn && unit != "percent" {
        return None;
    }
    let (first, comparator) = comparator(tree, from, "exactly");
    Some(Figure {
        first,
        number: at,
        last: last.max(at),
        end: end.max(last),
        noun,
        value: Some(value),
        comparator,
        unit,
    })
}

fn currency(form: &str) -> Option<&'static str> {
    Some(match form.chars().next()? {
        '£' => "GBP",
        '$' => "USD",
        '€' => "EUR",
        '¥' => "JPY",
        _ => return None,
    })
}

/// The value of the number at `at` with its scale word, and its last token. The value is missing for a bare currency sign.
fn number(tree: &Tree<'_>, at: u32) -> Option<(Option<f64>, u32)> {
    let form = tree.form(at).to_lowercase();
    let bare = form.trim_start_matches(['£', '$', '€', '¥']);
    if bare.is_empty() {
        return Some((None, at));
    }
    let (digits, factor) = match bare
        .strip_suffix("bn")
        .map(|d| (d, 1e9))
        .or_else(|| bare.strip_suffix('m').map(|d| (d, 1e6)))
        .or_else(|| bare.strip_suffix('k').map(|d| (d, 1e3)))
    {
        Some((d, f)) => (d, f),
        None => (bare, 1.0),
    };
    let plain: String = digits.chars().filter(|c| *c != ',').collect();
    let value = plain
        .parse::<f64>()
        .ok()
        .filter(|_| plain.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
        .or_else(|| word_number(digits))?;
    let mut last = at;
    let mut value = value * factor;
    while last + 1 < tree.len() {
        let scale = match tree.form(last + 1).to_lowercase().as_str() {
            "hundred" => 100.0,
            "thousand" => 1e3,
            "million" | "m" => 1e6,
            "billion" | "bn" => 1e9,
            "trillion" => 1e12,
            "dozen" => 12.0,
            _ => break,
        };
        value *= scale;
        last += 1;
    }
    Some((Some(value), last))
}

fn word_number(word: &str) -> Option<f64> {
    const TENS: [&str; 10] = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    if let Some(n) = small_number(word) {
        return (n > 1).then_some(n as f64);
    }
    let (tens, rest) = word.split_once('-').unwrap_or((word, ""));
    let tens = TENS.iter().skip(2).position(|w| *w == tens)? as f64 * 10.0 + 20.0;
    match rest {
        "" => Some(tens),
        _ => small_number(rest)
            .filter(|n| *n < 10)
            .map(|n| tens + n as f64),
    }
}

/// The comparator before token `at`, and where it starts.
fn comparator(tree: &Tree<'_>, at: u32, otherwise: &'static str) -> (u32, &'static str) {
    for (words, comparator) in COMPARATORS {
        let parts: Vec<&str> = words.split(' ').collect();
        let n = parts.len() as u32;
        if at >= n
            && (0..n).all(|i| {
                tree.form(at - n + i)
                    .eq_ignore_ascii_case(parts[i as usize])
            })
        {
            return (at - n, comparator);
        }
    }
    (at, otherwise)
}

fn is_time(mentions: &Mentions, sentence: u32, token: u32) -> bool {
    let from = mentions.times.partition_point(|t| t.sentence < sentence);
    mentions.times[from..]
        .iter()
        .take_while(|t| t.sentence == sentence)
        .any(|t| t.tokens.holds(token as usize))
}

fn in_name(tree: &Tree<'_>, token: u32) -> bool {
    tree.sentence
        .names
        .iter()
        .any(|n| n.tokens.holds(token as usize))
}

/// "24-year-old", "aged 24", "24 years old", "Jane Lee, 24,": and units of time, which are durations.
fn is_age(tree: &Tree<'_>, figure: &Figure) -> bool {
    let before = figure.number.checked_sub(1).map(|b| tree.lemma(b));
    matches!(
        figure.unit.as_str(),
        "year"
            | "month"
            | "week"
            | "day"
            | "hour"
            | "minute"
            | "second"
            | "old"
            | "am"
            | "pm"
            | "time"
    ) || before == Some("age")
        || before == Some("aged")
}

/// The event that takes the counted thing: a claim of the sentence whose trigger governs it.
fn counted(tree: &Tree<'_>, noun: u32, sentence: u32, events: &[Claim]) -> Option<usize> {
    let from = events.partition_point(|c| c.evidence().sentence < sentence);
    let here = events[from..]
        .iter()
        .take_while(|c| c.evidence().sentence == sentence)
        .enumerate();
    let claims: Vec<(usize, Span<english::Byte>)> = here
        .map(|(i, c)| (from + i, c.evidence().trigger))
        .collect();
    let mut at = noun;
    for _ in 0..4 {
        let head = tree.head(at)?;
        if let Some((i, _)) = claims
            .iter()
            .find(|(_, t)| t.contains(tree.token(head).span))
        {
            return Some(*i);
        }
        if tree.is_verb(head) && !matches!(tree.rel(at), "xcomp" | "nsubj" | "nsubj:pass") {
            return None;
        }
        if tree.is_verb(head) {
            // "dozens are thought to have withdrawn": the infinitive below the verb
            let below = tree.with_rel(head, &["xcomp"]).next()?;
            return claims
                .iter()
                .find(|(_, t)| t.contains(tree.token(below).span))
                .map(|(i, _)| *i);
        }
        at = head;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::grammar::tests::sentence;

    /// The unit of the figure that begins at the first word of a hand-written tree.
    fn unit(items: &str) -> Option<String> {
        let (text, sentence) = sentence(items);
        figure(&Tree::new(&text, &sentence), 0).map(|f| f.unit)
    }

    #[test]
    fn pronouns_are_no_units() {
        assert_eq!(
            unit("dozens=dozen/NOUN/NNS/4/nsubj of/ADP/IN/3/case crews=crew/NOUN/NNS/1/nmod left=leave/VERB/VBD/0/root").as_deref(),
            Some("crew")
        );
        assert_eq!(
            unit("dozens=dozen/NOUN/NNS/4/nsubj of/ADP/IN/3/case whom/PRON/WP/1/nmod left=leave/VERB/VBD/0/root").as_deref(),
            Some("person")
        );
        assert_eq!(
            unit(
                "dozens=dozen/NOUN/NNS/4/nsubj of/ADP/IN/3/case them=they/PRON/PRP/1/nmod left=leave/VERB/VBD/0/root"
            ),
            None
        );
    }
}
