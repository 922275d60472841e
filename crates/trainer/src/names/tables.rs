//! The look-up tables of the name model: gazetteers as hashed sequences, and words with class and capital habit.

use super::classes;
use english::{
    form::normal,
    names::lexicon::{LONGEST, chain, key, kind},
};
use serde_json::Value;
use std::{collections::BTreeMap, fs, io, path::Path};

/// Key of a name as the reader would tokenise it: split at blanks, hyphens and before `'s`.
fn sequence(name: &str) -> Option<u32> {
    let spaced = name
        .replace('-', " - ")
        .replace("'s", " 's")
        .replace("’s", " 's")
        .replace(',', " ,");
    let words: Vec<u32> = spaced.split_whitespace().map(|w| key(&normal(w))).collect();
    if words.len() > LONGEST {
        return None;
    }
    let (&first, rest) = words.split_first()?;
    Some(rest.iter().fold(first, |all, &w| chain(all, w)))
}

pub(crate) fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .map(|l| l.split('\t').collect())
}

/// Gazetteer records: the tables of the project, and lists of companies and universities from the corpora.
pub(crate) fn gazetteer(seeds: &Path, corpora: &Path) -> io::Result<Vec<u8>> {
    let mut all: BTreeMap<u32, u16> = BTreeMap::new();
    let mut add = |name: &str, bit: u16| {
        if let Some(k) = sequence(name) {
            *all.entry(k).or_default() |= bit;
        }
    };
    let table = |name: &str| fs::read_to_string(seeds.join("gazetteers").join(name));
    for (file, bit) in [
        ("forenames.tsv", kind::FORENAME),
        ("surnames.tsv", kind::SURNAME),
        ("honorifics.tsv", kind::HONORIFIC),
        ("org_heads.tsv", kind::ORG_HEAD),
    ] {
        for row in rows(&table(file)?) {
            add(row[0], bit);
        }
    }
    for (file, bit) in [
        ("cities.tsv", kind::CITY),
        ("regions.tsv", kind::REGION),
        ("organisations.tsv", kind::ORGANISATION),
        ("facilities.tsv", kind::FACILITY),
        ("countries.tsv", kind::REGION),
    ] {
        for row in rows(&table(file)?) {
            for name in row.iter().take(2).flat_map(|cell| cell.split('|')) {
                // Postal codes ("IN", "ME") look like words.
                if file == "regions.tsv" && name.chars().count() < 3 {
                    continue;
                }
                add(name.trim_start_matches("the "), bit);
            }
            if file == "countries.tsv" {
                for name in row[3].split('|') {
                    add(name, kind::DEMONYM);
                }
            }
        }
    }
    let lists = corpora.join("gazetteers");
    // What the shipped tables leave out for their size.
    let cities = fs::read_to_string(lists.join("world-cities/world-cities.csv"))?;
    for name in cities.lines().skip(1).filter_map(|l| l.split(',').next()) {
        if !name.starts_with('"') && name.chars().count() > 3 {
            add(name, kind::CITY);
        }
    }
    let regions = fs::read_to_string(lists.join("lutangar-geonames-admin/admin1.json"))?;
    let regions: Vec<Value> = serde_json::from_str(&regions)?;
    for name in regions.iter().filter_map(|r| r["name"].as_str()) {
        add(name, kind::REGION);
    }
    let surnames = fs::read_to_string(lists.join("us-census-names-arincli/last-names.txt"))?;
    for name in surnames.lines().take(30_000) {
        add(name.trim(), kind::SURNAME);
    }
    let forenames = fs::read_to_string(lists.join("us-ssa-first-names/ssa-first-names.csv"))?;
    for row in forenames.lines().skip(1) {
        let mut cells = row.split(',');
        if let (Some(name), Some(count)) = (
            cells.next(),
            cells.next().and_then(|c| c.parse::<u32>().ok()),
        ) && count >= 1000
        {
            add(name, kind::FORENAME);
        }
    }
    let companies = fs::read_to_string(lists.join("companies-financedatabase/companies.csv"))?;
    let big = fs::read_to_string(lists.join("sp500/sp500.csv"))?;
    let legal = [
        " Inc.",
        " Inc",
        " plc",
        " PLC",
        " Corp.",
        " Corporation",
        " Ltd.",
        " Ltd",
        " Limited",
        " N.V.",
        " S.A.",
        " AG",
        " SE",
        " Co.",
        " Company",
        " Group",
        " Holdings",
        " AB",
        " ASA",
        " Oyj",
        " S.p.A.",
        " SpA",
        " A/S",
        " KGaA",
        " GmbH",
    ];
    let names = companies
        .lines()
        .skip(1)
        .filter_map(|l| l.split(',').next())
        .chain(big.lines().skip(1).filter_map(|l| l.split(',').nth(1)));
    for name in names {
        let mut name = name.trim_matches('"').trim();
        if name.len() < 3 || name.chars().any(|c| c.is_ascii_digit() || c == '%') {
            continue;
        }
        add(name, kind::COMPANY);
        while let Some(short) = legal.iter().find_map(|end| name.strip_suffix(end)) {
            name = short.trim_end_matches([',', ' ']);
            if name.len() > 2 {
                add(name, kind::COMPANY);
            }
        }
    }
    let universities =
        fs::read_to_string(lists.join("universities/world_universities_and_domains.json"))?;
    for line in universities.lines() {
        if let Some(name) = line
            .trim()
            .strip_prefix("\"name\": \"")
            .and_then(|l| l.strip_suffix("\","))
            && name.is_ascii()
        {
            add(name, kind::UNIVERSITY);
        }
    }
    let mut out = Vec::with_capacity(all.len() * 6);
    for (k, v) in all {
        out.extend_from_slice(&k.to_le_bytes());
        out.extend_from_slice(&v.to_le_bytes());
    }
    Ok(out)
}

/// Word records: class and capital habit of the commonest words of free text.
pub(crate) fn words(corpora: &Path) -> io::Result<Vec<u8>> {
    let files = [
        "ewt_train",
        "fewrel_val_wiki",
        "gum_train_free_genres",
        "inaugural",
        "masc",
        "onestop_advanced",
        "re3d_free",
        "state_union",
        "tekgen_sentences",
    ];
    let bodies: Vec<String> = files
        .iter()
        .map(|file| fs::read_to_string(corpora.join(format!("train/open_text/{file}.txt"))))
        .collect::<io::Result<_>>()?;
    let text: Vec<Vec<&str>> = bodies
        .iter()
        .flat_map(|body| body.lines())
        .map(pieces)
        .collect();
    let mut habit: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for line in &text {
        for (i, word) in line.iter().enumerate() {
            let entry = habit.entry(normal(word)).or_default();
            // The first word of a line is capital by rule.
            let before = i.checked_sub(1).map(|j| line[j]);
            if before.is_none_or(|b| matches!(b, "." | "\"" | "“" | "?" | "!" | ":")) {
                continue;
            }
            if word.chars().next().is_some_and(char::is_uppercase) {
                entry.0 += 1;
            } else {
                entry.1 += 1;
            }
        }
    }
    let classes = classes::classes(&text, 200, 12_000);
    let mut out = BTreeMap::new();
    for (word, (capital, small)) in &habit {
        let seen = capital + small;
        let class = classes.get(word).copied().unwrap_or(0);
        if seen < 3 && class == 0 {
            continue;
        }
        let habit = match (*capital, *small) {
            (0, 0) => 0,
            (c, s) if c * 10 < s => 1_u16,
            (c, s) if s * 10 < c => 3,
            _ => 2,
        };
        out.insert(key(word), 1 << 15 | habit << 8 | u16::from(class));
    }
    let mut bytes = Vec::with_capacity(out.len() * 6);
    for (k, v) in out {
        bytes.extend_from_slice(&k.to_le_bytes());
        bytes.extend_from_slice(&v.to_le_bytes());
    }
    Ok(bytes)
}

/// Words and marks of a line of free text, roughly as the reader splits them.
fn pieces(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for chunk in line.split_whitespace() {
        let mut rest = chunk;
        while let Some(c) = rest
            .chars()
            .next()
            .filter(|c| !c.is_alphanumeric() && *c != '$' && *c != '@')
        {
            out.push(&rest[..c.len_utf8()]);
            rest = &rest[c.len_utf8()..];
        }
        let end = rest.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let (mut body, mut tail) = rest.split_at(end.len());
        if body.ends_with('.') && body.len() > 2 && !body[..body.len() - 1].contains('.') {
            (body, tail) = rest.split_at(body.len() - 1);
        }
        for possessive in ["'s", "’s"] {
            if let Some(stem) = body.strip_suffix(possessive) {
                (body, tail) = rest.split_at(stem.len());
            }
        }
        for part in body.split('-').filter(|p| !p.is_empty()) {
            out.push(part);
        }
        if !tail.is_empty() {
            out.push(if tail.starts_with('.') { "." } else { tail });
        }
    }
    out
}
