//! Corpora that mark some of the names in a sentence: relations between two names, or entities of one field.
//!
//! What is marked is taught; other words with a capital are left open, small words are taught to be outside. So the
//! field learns from half a truth without being told that the other half is wrong.

use super::corpora::{Marked, ORGANISATION, OTHER, PERSON, PLACE, mark, title};
use english::{Reader, names::decode::OUT};
use serde_json::Value;
use std::{collections::BTreeMap, error::Error, fs, path::Path};

/// What a relation says of its two ends; an empty list says nothing.
type Ends = (&'static [usize], &'static [usize]);

const P: &[usize] = &[PERSON];
const O: &[usize] = &[ORGANISATION];
const L: &[usize] = &[PLACE];
const SITE: &[usize] = &[ORGANISATION, PLACE];
const NONE: &[usize] = &[];

/// Relations of FewRel by Wikidata property.
const FEWREL: [(&str, Ends); 9] = [
    ("P177", (L, L)),
    ("P206", (L, L)),
    ("P25", (P, P)),
    ("P26", (P, P)),
    ("P40", (P, P)),
    ("P410", (P, NONE)),
    ("P412", (P, NONE)),
    ("P413", (P, NONE)),
    ("P463", (NONE, O)),
];

/// Relations of KnowledgeNet by number.
const KNOWLEDGENET: [(&str, Ends); 14] = [
    ("1", (O, O)),
    ("2", (O, NONE)),
    ("3", (P, O)),
    ("4", (O, P)),
    ("5", (O, NONE)),
    ("6", (O, L)),
    ("9", (P, SITE)),
    ("10", (P, NONE)),
    ("11", (P, L)),
    ("12", (P, L)),
    ("14", (P, NONE)),
    ("15", (P, NONE)),
    ("25", (P, P)),
    ("34", (P, P)),
];

/// Relations of Text2KGBench (Wikidata-TekGen) by label.
const TEKGEN: [(&str, Ends); 24] = [
    ("astronaut mission", (P, NONE)),
    ("author", (NONE, P)),
    ("cast member", (NONE, P)),
    ("coach of sports team", (P, O)),
    ("country for sport", (P, L)),
    ("country of origin", (NONE, L)),
    ("director", (NONE, P)),
    ("filming location", (NONE, L)),
    ("head of government", (L, P)),
    ("head of state", (L, P)),
    ("illustrator", (NONE, P)),
    ("member of political party", (P, O)),
    ("member of sports team", (P, O)),
    ("military branch", (P, O)),
    ("military rank", (P, NONE)),
    ("mountain range", (L, L)),
    ("mouth of the watercourse", (L, L)),
    ("narrative location", (NONE, L)),
    ("occupation", (P, NONE)),
    ("place of publication", (NONE, L)),
    ("position held", (P, NONE)),
    ("record label", (NONE, O)),
    ("screenwriter", (NONE, P)),
    ("tributary", (L, L)),
];

fn ends(table: &[(&str, Ends)], relation: &str) -> Option<Ends> {
    table.iter().find(|(r, _)| *r == relation).map(|&(_, e)| e)
}

/// A name found in a sentence: first token, token after the last, kinds.
type Found = (usize, usize, Vec<usize>);

/// A sentence with its marked names; anything else with a capital is open, and what may link two such words too.
fn half(words: Vec<String>, mut names: Vec<Found>) -> Option<Marked> {
    let capital = |w: &str| {
        w.chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_numeric())
    };
    for (from, to, kinds) in &mut names {
        while *from + 1 < *to
            && (matches!(words[*from].as_str(), "the" | "The")
                || (kinds == P && title(&words[*from])))
        {
            *from += 1;
        }
        while *from + 1 < *to && matches!(words[*to - 1].as_str(), "'s" | "’s" | ",") {
            *to -= 1;
        }
    }
    names.retain(|&(from, to, _)| capital(&words[from]) && to - from <= 9);
    names.sort();
    names.dedup();
    let mut whole: Vec<Found> = Vec::new();
    for name in names {
        match whole.last() {
            Some(last) if last.1 > name.0 => {
                if last.1 - last.0 < name.1 - name.0 {
                    whole.pop();
                    whole.push(name);
                }
            }
            _ => whole.push(name),
        }
    }
    if whole.is_empty() {
        return None;
    }
    let near = |at: Option<usize>| at.and_then(|i| words.get(i)).is_some_and(|w| capital(w));
    let open: Vec<bool> = (0..words.len())
        .map(|i| {
            let link = words[i].chars().count() <= 3;
            capital(&words[i])
                || (link
                    && (near(i.checked_sub(1))
                        || near(Some(i + 1))
                        || near(i.checked_sub(2))
                        || near(Some(i + 2))))
        })
        .collect();
    let mut marked = mark(words, &[], &[], &[]);
    for (at, slot) in marked.allowed.iter_mut().enumerate() {
        if open[at] && !super::corpora::calendar(&marked.words[at]) {
            *slot = super::corpora::OPEN;
        }
    }
    let exact = mark(marked.words.clone(), &whole, &[], &[]);
    for (from, to, _) in whole {
        marked.allowed[from..to].copy_from_slice(&exact.allowed[from..to]);
        // The neighbours of a whole name cannot continue it, whatever they are.
        if from > 0 && marked.allowed[from - 1] & (1 << OUT) == 0 {
            marked.allowed[from - 1] |= 1 << OUT;
        }
    }
    Some(marked)
}

/// Relation sentences of FewRel.
fn fewrel(path: &Path, out: &mut Vec<Marked>) -> Result<(), Box<dyn Error>> {
    let all: BTreeMap<String, Vec<Value>> = serde_json::from_str(&fs::read_to_string(path)?)?;
    for (relation, sentences) in &all {
        let Some((head, tail)) = ends(&FEWREL, relation) else {
            continue;
        };
        for sentence in sentences {
            let words: Vec<String> = sentence["tokens"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|t| t.as_str().map(str::to_owned))
                .collect();
            let mut names = Vec::new();
            for (end, kinds) in [("h", head), ("t", tail)] {
                if kinds.is_empty() {
                    continue;
                }
                for place in sentence[end][2].as_array().into_iter().flatten() {
                    let at: Vec<usize> = place
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(|n| n.as_u64().map(|n| n as usize))
                        .collect();
                    if let (Some(&from), Some(&last)) = (at.first(), at.last()) {
                        names.push((from, last + 1, kinds.to_vec()));
                    }
                }
            }
            out.extend(half(words, names));
        }
    }
    Ok(())
}

/// Splits a text and maps spans of characters to names; spans that do not fall on tokens are dropped.
fn place(text: &str, spans: &[(usize, usize, Vec<usize>)], out: &mut Vec<Marked>) {
    for sentence in Reader::embedded().tokenize(text) {
        let words = sentence
            .tokens
            .iter()
            .map(|t| t.span.slice(text).to_owned())
            .collect();
        let mut names = Vec::new();
        for (start, end, kinds) in spans {
            let from = sentence
                .tokens
                .iter()
                .position(|t| t.span.start() == *start);
            let to = sentence.tokens.iter().position(|t| t.span.end() == *end);
            if let (Some(from), Some(to)) = (from, to)
                && from <= to
            {
                names.push((from, to + 1, kinds.clone()));
            }
        }
        out.extend(half(words, names));
    }
}

/// Byte offset of a character offset.
fn byte(text: &str, chars: usize) -> Option<usize> {
    text.char_indices()
        .map(|(i, _)| i)
        .chain([text.len()])
        .nth(chars)
}

/// Annotated passages of KnowledgeNet.
fn knowledgenet(path: &Path, out: &mut Vec<Marked>) -> Result<(), Box<dyn Error>> {
    for line in fs::read_to_string(path)?.lines() {
        let document: Value = serde_json::from_str(line)?;
        for passage in document["passages"].as_array().into_iter().flatten() {
            let text = passage["passageText"].as_str().unwrap_or_default();
            let start = passage["passageStart"].as_u64().unwrap_or_default();
            let mut spans: Vec<(usize, usize, Vec<usize>)> = Vec::new();
            for fact in passage["facts"].as_array().into_iter().flatten() {
                let Some((head, tail)) = ends(
                    &KNOWLEDGENET,
                    fact["propertyId"].as_str().unwrap_or_default(),
                ) else {
                    continue;
                };
                for (end, kinds) in [("subject", head), ("object", tail)] {
                    let at = |what: &str| {
                        fact[format!("{end}{what}")]
                            .as_u64()
                            .and_then(|n| byte(text, n.checked_sub(start)? as usize))
                    };
                    if let (Some(from), Some(to)) = (at("Start"), at("End"))
                        && !kinds.is_empty()
                        && from < to
                        && !pronoun(&text[from..to])
                    {
                        spans.push((from, to, kinds.to_vec()));
                    }
                }
            }
            place(text, &spans, out);
        }
    }
    Ok(())
}

fn pronoun(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "i" | "he"
            | "she"
            | "it"
            | "they"
            | "we"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "who"
            | "you"
            | "him"
            | "them"
            | "this"
            | "that"
    ) || text.split(' ').any(|w| {
        matches!(
            w,
            "his"
                | "her"
                | "their"
                | "who"
                | "company"
                | "husband"
                | "wife"
                | "son"
                | "daughter"
                | "father"
                | "mother"
        )
    })
}

/// Triples of Text2KGBench whose names stand literally in the sentence.
fn tekgen(folder: &Path, out: &mut Vec<Marked>) -> Result<(), Box<dyn Error>> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|e| e.path())
        .collect();
    files.sort();
    for file in files {
        for line in fs::read_to_string(file)?.lines() {
            let triple: Value = serde_json::from_str(line)?;
            let field = |name: &str| triple[name].as_str().unwrap_or_default();
            let Some((head, tail)) = ends(&TEKGEN, field("rel_label")) else {
                continue;
            };
            let text = field("sent");
            let mut spans = Vec::new();
            for (name, kinds) in [(field("sub_label"), head), (field("obj_label"), tail)] {
                if kinds.is_empty() || name.len() < 4 {
                    continue;
                }
                for (at, _) in text.match_indices(name) {
                    spans.push((at, at + name.len(), kinds.to_vec()));
                }
            }
            place(text, &spans, out);
        }
    }
    Ok(())
}

/// News and releases of re3d: named entities of its own types; "Iraq" as an actor may be place or body.
fn re3d(folder: &Path, out: &mut Vec<Marked>) -> Result<(), Box<dyn Error>> {
    let lines = |name: &str| -> Result<Vec<Value>, Box<dyn Error>> {
        fs::read_to_string(folder.join(name))?
            .lines()
            .filter(|l| !l.trim().is_empty())
            .map(|l| Ok(serde_json::from_str(l)?))
            .collect()
    };
    let mut spans: BTreeMap<String, Vec<(usize, usize, Vec<usize>)>> = BTreeMap::new();
    for entity in lines("entities.json")? {
        let kinds: &[usize] = match entity["type"].as_str().unwrap_or_default() {
            "Person" => P,
            "Organisation" => SITE,
            "Location" => L,
            "Nationality" => &[OTHER],
            _ => continue,
        };
        let value = entity["value"].as_str().unwrap_or_default();
        let named = value
            .split(' ')
            .filter(|w| !matches!(*w, "the" | "The" | "of" | "and" | "for"))
            .all(|w| w.chars().next().is_some_and(char::is_uppercase));
        let role = value.split(' ').any(|w| {
            matches!(
                w,
                "Minister"
                    | "Secretary"
                    | "President"
                    | "Commander"
                    | "Ambassador"
                    | "Envoy"
                    | "We"
                    | "He"
                    | "I"
                    | "It"
                    | "They"
            )
        });
        if !named || role {
            continue;
        }
        let at = |what: &str| entity[what].as_u64().map(|n| n as usize);
        if let (Some(from), Some(to)) = (at("begin"), at("end")) {
            let id = entity["documentId"].as_str().unwrap_or_default().to_owned();
            let body =
                value.contains(' ') || value.chars().filter(|c| c.is_uppercase()).count() > 1;
            let kinds = if kinds == SITE && body && !value.starts_with("the United") {
                O
            } else {
                kinds
            };
            spans
                .entry(id)
                .or_default()
                .push((from, to, kinds.to_vec()));
        }
    }
    for document in lines("documents.json")? {
        let text = document["text"].as_str().unwrap_or_default();
        let marked = spans
            .get(document["_id"].as_str().unwrap_or_default())
            .cloned()
            .unwrap_or_default();
        let bytes: Vec<_> = marked
            .iter()
            .filter_map(|(a, b, k)| Some((byte(text, *a)?, byte(text, *b)?, k.clone())))
            .collect();
        place(text, &bytes, out);
    }
    Ok(())
}

/// Sentences of all half-marked corpora, in a fixed order.
pub(crate) fn training(train: &Path) -> Result<Vec<Marked>, Box<dyn Error>> {
    let mut out = Vec::new();
    let tell = |what: &str, out: &Vec<Marked>| {
        println!("with {what}: {} half-marked sentences", out.len());
    };
    fewrel(&train.join("fewrel/val_wiki.json"), &mut out)?;
    tell("FewRel", &out);
    for fold in 1..=3 {
        knowledgenet(
            &train.join(format!("knowledgenet/fold{fold}.json")),
            &mut out,
        )?;
    }
    tell("KnowledgeNet", &out);
    for part in ["train", "validation"] {
        tekgen(
            &train.join("tekgen/data/wikidata_tekgen").join(part),
            &mut out,
        )?;
    }
    tell("TekGen", &out);
    for source in [
        "Australian Department of Foreign Affairs",
        "CENTCOM",
        "Delegation of the European Union to Syria",
        "UK Government",
        "US State Department",
        "Wikipedia",
    ] {
        re3d(&train.join("re3d").join(source), &mut out)?;
    }
    tell("re3d", &out);
    Ok(out)
}
