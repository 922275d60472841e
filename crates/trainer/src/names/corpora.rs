//! Corpora with names, brought to one set of labels.
//!
//! Every token gets the set of labels that its annotation allows, as bits: corpora that do not mark events or works leave
//! those open, and the field sums over what is open (a conditional random field with partial labels, Tsuboi and others 2008).

use english::names::decode::{LABELS, OUT, Place, label};
use std::{fs, io, path::Path};

/// All labels.
pub(crate) const OPEN: u32 = (1 << LABELS) - 1;
pub(crate) const PERSON: usize = 0;
pub(crate) const ORGANISATION: usize = 1;
pub(crate) const PLACE: usize = 2;
pub(crate) const EVENT: usize = 3;
pub(crate) const OTHER: usize = 4;

/// A sentence with the labels that each of its tokens may have.
#[derive(Clone, Debug)]
pub(crate) struct Marked {
    pub(crate) words: Vec<String>,
    pub(crate) allowed: Vec<u32>,
}

/// Days and months, which are no names however they are marked.
pub(crate) fn calendar(word: &str) -> bool {
    const WORDS: [&str; 19] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    WORDS.contains(&word)
}

/// Labels of the tokens of a sentence with these names. Outside of them a capitalised word may also be of the kinds
/// `outside`; one of `also_open` may be of the kind "other".
pub(crate) fn mark(
    words: Vec<String>,
    names: &[(usize, usize, Vec<usize>)],
    outside: &[usize],
    also_open: &[bool],
) -> Marked {
    let free: u32 = (1 << OUT) | outside.iter().map(|&k| all_of(k)).sum::<u32>();
    let mut allowed: Vec<u32> = (0..words.len())
        .map(|i| {
            let letter = words[i].chars().next().is_some_and(char::is_uppercase);
            let near = |at: Option<usize>| {
                at.and_then(|i| words.get(i))
                    .is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase))
            };
            let link = words[i].chars().count() <= 3
                && near(i.checked_sub(1))
                && (near(Some(i + 1)) || near(Some(i + 2)));
            match (
                calendar(&words[i]),
                letter || link,
                also_open.get(i).copied().unwrap_or(false),
            ) {
                (false, true, true) => free | all_of(OTHER),
                (false, true, false) => free,
                _ => 1 << OUT,
            }
        })
        .collect();
    for (from, to, kinds) in names {
        for (at, slot) in allowed.iter_mut().enumerate().take(*to).skip(*from) {
            let place = match (at == *from, at + 1 == *to) {
                (true, true) => Place::Alone,
                (true, false) => Place::Begin,
                (false, true) => Place::Last,
                (false, false) => Place::Inside,
            };
            *slot = kinds.iter().map(|&k| 1 << label(k, place)).sum();
        }
    }
    debug_assert!(allowed.iter().all(|a| a & OPEN != 0));
    Marked { words, allowed }
}

/// All labels of one kind.
fn all_of(kind: usize) -> u32 {
    [Place::Begin, Place::Inside, Place::Last, Place::Alone]
        .iter()
        .map(|&p| 1 << label(kind, p))
        .sum()
}

fn kinds(tag: &str) -> Option<Vec<usize>> {
    Some(match tag.to_ascii_lowercase().as_str() {
        "per" | "person" | "politician" | "writer" | "musicalartist" | "scientist"
        | "researcher" => vec![PERSON],
        "org" | "organisation" | "organization" | "politicalparty" | "university" | "band"
        | "group" | "corporation" => {
            vec![ORGANISATION]
        }
        "loc" | "location" | "country" | "place" => vec![PLACE],
        "event" | "election" | "conference" => vec![EVENT],
        "misc" => vec![OTHER, EVENT],
        // Words of science that are names only in their field: neither taught nor forbidden.
        "field" | "task" | "algorithm" | "metrics" | "discipline" | "theory" | "enzyme"
        | "protein" | "chemicalelement" | "chemicalcompound" | "astronomicalobject"
        | "literarygenre" | "musicgenre" | "musicalinstrument" | "musicalgenre" => return None,
        _ => vec![OTHER],
    })
}

/// Reads lines of word and label (the columns given); a label is `O` or `B-…`/`I-…`, with or without `B-` at the start of a name.
fn columns(
    text: &str,
    word: usize,
    tag: usize,
    skip_number: bool,
    outside: &[usize],
    out: &mut Vec<Marked>,
) {
    let (mut words, mut tags): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() || line.starts_with("-DOCSTART-") {
            if !words.is_empty() {
                out.push(from_tags(
                    std::mem::take(&mut words),
                    &std::mem::take(&mut tags),
                    outside,
                ));
            }
            continue;
        }
        if line.starts_with("# ") {
            continue;
        }
        let cells: Vec<&str> = line.split(['\t', ' ']).collect();
        if cells.len() <= tag.max(word)
            || (skip_number && !cells[0].bytes().all(|b| b.is_ascii_digit()))
        {
            continue;
        }
        words.push(cells[word].to_owned());
        tags.push(cells[tag].to_owned());
    }
}

fn from_tags(words: Vec<String>, tags: &[String], outside: &[usize]) -> Marked {
    let mut names = Vec::new();
    let mut open = vec![false; words.len()];
    let mut at = 0;
    while at < tags.len() {
        let Some(kind) = tags[at].get(2..).filter(|_| tags[at].as_bytes()[0] != b'O') else {
            at += 1;
            continue;
        };
        let mut to = at + 1;
        while to < tags.len() && tags[to].starts_with("I-") && tags[to].get(2..) == Some(kind) {
            to += 1;
        }
        match kinds(kind) {
            Some(k) => names.push((at, to, k)),
            None => open[at..to].fill(true),
        }
        at = to;
    }
    // Titles before people are no part of their names.
    for (from, to, k) in &mut names {
        if k[0] == PERSON {
            while *from + 1 < *to && title(&words[*from]) {
                *from += 1;
            }
        }
        while *from + 1 < *to && matches!(words[*from].as_str(), "the" | "The") {
            *from += 1;
        }
        while *from + 1 < *to && matches!(words[*to - 1].as_str(), "'s" | "’s") {
            *to -= 1;
        }
    }
    mark(words, &names, outside, &open)
}

pub(crate) fn title(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mr."
            | "Mrs"
            | "Mrs."
            | "Ms"
            | "Ms."
            | "Miss"
            | "Sir"
            | "Dame"
            | "Lord"
            | "Lady"
            | "Baroness"
            | "Baron"
            | "Dr"
            | "Dr."
            | "Prof"
            | "Prof."
            | "Professor"
            | "President"
            | "Senator"
            | "Gen."
            | "General"
            | "Col."
            | "Capt."
            | "Captain"
            | "Lt."
            | "Sgt."
            | "Rev."
            | "Rev"
            | "Reverend"
            | "Sheikh"
            | "Shaikh"
            | "Prince"
            | "Princess"
            | "King"
            | "Queen"
            | "Pope"
            | "Emperor"
            | "Ayatollah"
            | "Imam"
            | "Justice"
            | "Judge"
            | "Governor"
            | "Gov."
            | "Sen."
            | "Rep."
            | "Minister"
            | "Chancellor"
            | "Saint"
    )
}

/// Names in GUM: entities whose head is a proper noun, outermost first.
fn gum(text: &str, out: &mut Vec<Marked>) {
    let mut words: Vec<String> = Vec::new();
    let mut proper: Vec<bool> = Vec::new();
    let mut misc: Vec<String> = Vec::new();
    for line in text.lines().chain([""]) {
        if line.is_empty() {
            if !words.is_empty() {
                let names = entities(&words, &proper, &misc);
                out.push(mark(std::mem::take(&mut words), &names, &[], &proper));
                proper.clear();
                misc.clear();
            }
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() < 10 || !cells[0].bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        words.push(cells[1].to_owned());
        proper.push(cells[3] == "PROPN");
        let entity = cells[9].split('|').find_map(|m| m.strip_prefix("Entity="));
        misc.push(entity.unwrap_or_default().to_owned());
    }
}

fn entities(words: &[String], proper: &[bool], misc: &[String]) -> Vec<(usize, usize, Vec<usize>)> {
    let mut open: Vec<(String, usize, String, String)> = Vec::new();
    let mut all: Vec<(usize, usize, String, String)> = Vec::new();
    for (at, m) in misc.iter().enumerate() {
        let mut rest = m.as_str();
        while !rest.is_empty() {
            if let Some(tail) = rest.strip_prefix('(') {
                let end = tail.find(['(', ')']).unwrap_or(tail.len());
                let fields: Vec<&str> = tail[..end].split('-').collect();
                let (id, kind) = (
                    fields[0].to_owned(),
                    fields.get(1).copied().unwrap_or_default().to_owned(),
                );
                let min = fields.get(5).copied().unwrap_or("1").to_owned();
                if tail[end..].starts_with(')') {
                    all.push((at, at + 1, kind, min));
                    rest = &tail[end + 1..];
                } else {
                    open.push((id, at, kind, min));
                    rest = &tail[end..];
                }
            } else {
                let end = rest.find([')', '(']).unwrap_or(rest.len());
                let id = &rest[..end];
                if let Some(i) = open.iter().rposition(|o| o.0 == id) {
                    let (_, from, kind, min) = open.remove(i);
                    all.push((from, at + 1, kind, min));
                }
                rest = rest.get(end + 1..).unwrap_or_default();
            }
        }
    }
    all.sort_by_key(|&(from, to, ..)| (from, std::cmp::Reverse(to)));
    let mut names: Vec<(usize, usize, Vec<usize>)> = Vec::new();
    for (from, to, kind, min) in all {
        let head = min
            .split(',')
            .next()
            .and_then(|m| m.parse::<usize>().ok())
            .unwrap_or(1);
        let head = from + head - 1;
        if head >= to || !proper[head] {
            continue;
        }
        let link = |w: &str| {
            matches!(
                w,
                "of" | "the" | "and" | "&" | "-" | "for" | "de" | "la" | "'s" | "’s" | "." | "on"
            )
        };
        let (mut a, mut b) = (head, head + 1);
        while a > from
            && (proper[a - 1]
                || (a > from + 1 && link(&words[a - 1]) && proper[a - 2] && kind != "person"))
        {
            a -= 1;
        }
        while b < to
            && (proper[b]
                || (b + 1 < to
                    && link(&words[b])
                    && (proper[b + 1] || (b + 2 < to && link(&words[b + 1]) && proper[b + 2]))))
        {
            b += 1;
        }
        while a + 1 < b && (title(&words[a]) && kind == "person" || !proper[a]) {
            a += 1;
        }
        while a + 1 < b && !proper[b - 1] {
            b -= 1;
        }
        if names.iter().any(|&(x, y, _)| a < y && x < b) {
            continue;
        }
        if kind != "time" {
            names.push((a, b, kinds(&kind).unwrap_or_else(|| vec![OTHER])));
        }
    }
    names
}

fn folder(path: &Path, ending: &str) -> io::Result<Vec<String>> {
    let mut files: Vec<_> = fs::read_dir(path)?
        .collect::<io::Result<Vec<_>>>()?
        .into_iter()
        .map(|e| e.path())
        .collect();
    files.retain(|f| f.to_string_lossy().ends_with(ending));
    files.sort();
    files.iter().map(fs::read_to_string).collect()
}

/// The training sentences of all corpora, in a fixed order.
pub(crate) fn training(corpora: &Path) -> io::Result<Vec<Marked>> {
    let train = corpora.join("train");
    let open = [EVENT, OTHER];
    let mut out = Vec::new();
    for text in folder(&train.join("ewt"), ".iob2")? {
        columns(&text, 1, 2, true, &open, &mut out);
    }
    for text in folder(&train.join("gum"), ".conllu")? {
        gum(&text, &mut out);
    }
    out.extend(wikigold(corpora)?.0);
    for text in folder(&train.join("crossner"), ".txt")? {
        columns(&text, 0, 1, false, &[], &mut out);
    }
    for text in folder(&train.join("wnut17"), "train.conll")? {
        columns(&text, 0, 1, false, &open, &mut out);
    }
    Ok(out)
}

/// Sentences of a development file with exact labels.
pub(crate) fn development(
    path: &Path,
    word: usize,
    tag: usize,
    numbered: bool,
) -> io::Result<Vec<Marked>> {
    let mut out = Vec::new();
    columns(
        &fs::read_to_string(path)?,
        word,
        tag,
        numbered,
        &[],
        &mut out,
    );
    Ok(out)
}

/// Development documents of GUM of one genre.
pub(crate) fn gum_development(folder: &Path, genre: &str) -> io::Result<Vec<Marked>> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .collect::<io::Result<Vec<_>>>()?
        .into_iter()
        .map(|e| e.path())
        .collect();
    files.retain(|f| f.to_string_lossy().contains(&format!("_{genre}_")));
    files.sort();
    let mut out = Vec::new();
    for file in files {
        gum(&fs::read_to_string(file)?, &mut out);
    }
    Ok(out)
}

/// WikiGold: the first four fifths, which are taught, and the last, which is held out and scored.
pub(crate) fn wikigold(corpora: &Path) -> io::Result<(Vec<Marked>, Vec<Marked>)> {
    let mut all = Vec::new();
    let text = fs::read_to_string(corpora.join("train/wikigold/wikigold.conll.txt"))?;
    columns(&text, 0, 1, false, &[], &mut all);
    let held = all.split_off(all.len() / 5 * 4);
    Ok((all, held))
}
