//! What `newsloom extract` prints of annotated documents, with its offsets led back to the annotated text.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::Run;

/// A mention, in characters of the annotated text.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// `name`, `nominal` or `pronoun`.
    pub(crate) form: String,
    pub(crate) chain: usize,
    /// Where it stands in the text that was printed.
    pub(crate) printed: (u64, u64),
}

/// A claim: its frame and where its trigger stands.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) frame: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Bounds of its sentence in the text that was printed.
    pub(crate) sentence: (u64, u64),
    /// The trigger as printed.
    pub(crate) trigger: String,
    /// Whether it is affirmed and actual.
    pub(crate) plain: bool,
    /// Where the filler of each slot stands.
    pub(crate) slots: BTreeMap<String, (usize, usize)>,
}

/// A chain: what it is and what it is called.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) kind: String,
    pub(crate) name: Option<String>,
}

/// One document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extracted {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) chains: Vec<Chain>,
    pub(crate) claims: Vec<Claim>,
}

impl Extracted {
    /// The mentions that cover a character.
    pub(crate) fn covering(&self, at: usize) -> impl Iterator<Item = (usize, &Mention)> {
        self.mentions
            .iter()
            .enumerate()
            .filter(move |(_, m)| m.start <= at && at < m.end)
    }
}

/// Writes texts (name, text) as JSON lines, so that `extract` and `build` can read them.
pub(crate) fn write(file: &Path, texts: &[(String, String)]) -> Result<()> {
    let lines: String = texts
        .iter()
        .map(|(id, text)| json!({ "id": id, "text": text }).to_string() + "\n")
        .collect();
    std::fs::write(file, lines).with_context(|| format!("cannot write {}", file.display()))
}

/// Extracts the documents of a file that [`write()`] wrote.
pub(crate) fn read(
    newsloom: &Path,
    file: &Path,
    texts: &[(String, String)],
) -> Result<BTreeMap<String, Extracted>> {
    let printed = Command::new(newsloom)
        .arg("extract")
        .arg(file)
        .args(["--input-format", "jsonl"])
        .output_ok()?;
    let mut out = BTreeMap::new();
    for line in printed.lines() {
        let value: Value = serde_json::from_str(line)?;
        let source = value["source"].as_str().unwrap_or_default();
        // The path of the file may stand before the id of the record.
        let (id, text) = texts
            .iter()
            .find(|(id, _)| source == id || source.ends_with(&format!("#{id}")))
            .with_context(|| format!("no such document: {source}"))?;
        out.insert(id.clone(), document(&value, text));
    }
    Ok(out)
}

fn document(value: &Value, text: &str) -> Extracted {
    let seen: Vec<char> = value["text"].as_str().unwrap_or_default().chars().collect();
    let back = back(&seen, &text.chars().collect::<Vec<char>>());
    let number = |v: &Value| v.as_u64().unwrap_or_default();
    let span = |v: &Value| {
        let (start, end) = (number(&v["start"]) as usize, number(&v["end"]) as usize);
        (back[start], back[end.max(1) - 1] + 1)
    };
    let list = |key: &str| value[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let places: BTreeMap<u64, (usize, usize)> = list("mentions")
        .iter()
        .map(|m| (number(&m["id"]), span(m)))
        .collect();
    let mentions = list("mentions").iter().map(|m| {
        let (start, end) = span(m);
        Mention {
            start,
            end,
            form: m["form"].as_str().unwrap_or_default().to_owned(),
            chain: number(&m["chain"]) as usize,
            printed: (number(&m["start"]), number(&m["end"])),
        }
    });
    let claims = list("claims").iter().map(|c| {
        let (start, end) = span(&c["trigger"]);
        let sentence = &value["sentences"][number(&c["sentence"]) as usize];
        let range = number(&c["trigger"]["start"]) as usize..number(&c["trigger"]["end"]) as usize;
        Claim {
            frame: c["frame"].as_str().unwrap_or_default().to_owned(),
            start,
            end,
            sentence: (number(&sentence["start"]), number(&sentence["end"])),
            trigger: seen[range].iter().collect(),
            plain: c["polarity"] == "affirmed" && c["modality"] == "actual",
            slots: c["slots"]
                .as_object()
                .into_iter()
                .flatten()
                .filter_map(|(name, filler)| {
                    let place = match filler["mention"].as_u64() {
                        Some(mention) => *places.get(&mention)?,
                        None if filler["start"].is_u64() => span(filler),
                        None => return None,
                    };
                    Some((name.clone(), place))
                })
                .collect(),
        }
    });
    let chains = list("chains").iter().map(|c| Chain {
        kind: c["kind"].as_str().unwrap_or_default().to_owned(),
        name: c["name"].as_str().map(str::to_owned),
    });
    Extracted {
        mentions: mentions.collect(),
        chains: chains.collect(),
        claims: claims.collect(),
    }
}

/// For each character of the text as printed, its place in the text as given; they differ in white space at most.
fn back(seen: &[char], given: &[char]) -> Vec<usize> {
    let mut at = 0;
    seen.iter()
        .map(|c| {
            while at + 1 < given.len() && given[at] != *c && given[at].is_whitespace() {
                at += 1;
            }
            let here = at;
            if given.get(at) == Some(c) {
                at += 1;
            }
            here
        })
        .collect()
}
