//! Who is who and what is what across documents, against ECB+; and which events of it we find at all.
//!
//! The definition. All sentences of the set are one corpus: each document is built from its annotated sentences, one a
//! paragraph, and all of them into one store.
//!
//! - The *head* of a gold mention is its first token that depends on none of its others, as `newsloom parse` reads the
//!   sentence with the tokens given.
//! - *Entities*: of each gold mention of a participant or place (not of a time) in which some mention of ours covers the
//!   head, the smallest such mention. It is the node that the document mentions under its name, or that the graph infers its
//!   words to mean; without a node, its chain.
//! - *Events*: of each gold mention whose head lies in the trigger of an event claim of ours, the node of that claim.
//! - *B³* compares the two partitions of those gold mentions. The *baseline* puts all of them with one head lemma together;
//!   that of topics only within one topic, which takes the topics from the gold.
//! - *Triggers*: precision is the share of our event triggers that cover the head of a gold event mention, recall the share
//!   of gold event mentions whose head some trigger of ours covers; both over lemmas that some trigger in `ontology/`
//!   names, together with the words that a phrase needs beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::hash::Hash;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Extracted, Tally, extracted, share};
use crate::Run;

/// A word as `parse` reads it.
#[derive(Clone, Debug)]
struct Word {
    lemma: String,
    tag: String,
    /// Number of its head in the sentence, counted from 1; 0 for the root.
    head: usize,
}

/// A gold mention.
#[derive(Clone, Debug)]
struct Gold {
    chain: String,
    is_event: bool,
    /// Sentence, as it counts in the document, and tokens.
    sentence: usize,
    tokens: Vec<usize>,
    head: usize,
}

/// A document: its annotated sentences.
#[derive(Clone, Debug, Default)]
struct Annotated {
    name: String,
    topic: String,
    /// Numbers of the sentences in the corpus.
    numbers: Vec<String>,
    forms: Vec<Vec<String>>,
    words: Vec<Vec<Word>>,
    /// First character, and one past the last, of each token.
    spans: Vec<Vec<(usize, usize)>>,
    text: String,
    gold: Vec<Gold>,
}

/// B³ of one kind of thing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cubed {
    /// Gold mentions compared.
    pub(crate) mentions: usize,
    /// Precision, recall, F1 of ours.
    pub(crate) ours: [f64; 3],
    /// F1 of one head lemma, one thing.
    pub(crate) lemma: f64,
    /// The same within each topic.
    pub(crate) topic: f64,
}

/// What was measured.
#[derive(Clone, Debug, Default)]
pub(crate) struct Across {
    /// People, bodies, places, other participants.
    pub(crate) entities: Cubed,
    /// Events.
    pub(crate) events: Cubed,
    /// Event triggers of covered lemmas.
    pub(crate) triggers: Tally,
    /// Lemmas of event mentions that no type covers, commonest first.
    pub(crate) uncovered: Vec<(String, usize)>,
    /// What went wrong, for whoever wants to read it.
    pub(crate) faults: Vec<String>,
}

/// A thing in a partition.
type Node = String;

/// Measures the set of which the files begin with `set` ("ECB_Dev").
pub(crate) fn measure(
    newsloom: &Path,
    scratch: &Path,
    folder: &Path,
    set: &str,
    ontology: &Path,
) -> Result<Across> {
    let mut documents = read(folder, set)?;
    parse(newsloom, scratch, &mut documents)?;
    gold(folder, set, &mut documents)?;
    let texts: Vec<(String, String)> = documents
        .iter()
        .map(|d| (d.name.clone(), d.text.clone()))
        .collect();
    let file = scratch.join("ecb.jsonl");
    extracted::write(&file, &texts)?;
    let extracted = extracted::read(newsloom, &file, &texts)?;
    let store = scratch.join("ecb-store");
    if store.exists() {
        std::fs::remove_dir_all(&store)?;
    }
    Command::new(newsloom)
        .arg("build")
        .arg(&file)
        .args(["--input-format", "jsonl", "--store"])
        .arg(&store)
        .output_ok()?;
    let graph = Graph::read(newsloom, &store, &texts)?;
    let covered = triggers(ontology)?;
    let mut out = Across::default();
    let (mut entities, mut events) = (Partition::default(), Partition::default());
    let mut uncovered: BTreeMap<String, usize> = BTreeMap::new();
    for document in &documents {
        let Some(ours) = extracted.get(&document.name) else {
            continue;
        };
        for gold in &document.gold {
            let head = document.spans[gold.sentence][gold.head].0;
            let node = if gold.is_event {
                graph.event(&document.name, ours, head)
            } else {
                graph.entity(&document.name, ours, head)
            };
            if let Some(node) = node {
                let partition = if gold.is_event {
                    &mut events
                } else {
                    &mut entities
                };
                partition.add(document, gold, node);
            }
        }
        document.triggers(ours, &covered, &mut out, &mut uncovered);
    }
    out.uncovered = uncovered.into_iter().collect();
    out.uncovered
        .sort_by_key(|(lemma, n)| (std::cmp::Reverse(*n), lemma.clone()));
    out.entities = entities.score();
    out.events = events.score();
    out.faults.extend(entities.faults("entity"));
    out.faults.extend(events.faults("event"));
    Ok(out)
}

impl Annotated {
    fn triggers(
        &self,
        ours: &Extracted,
        covered: &BTreeSet<Vec<String>>,
        out: &mut Across,
        uncovered: &mut BTreeMap<String, usize>,
    ) {
        let is_covered = |gold: &Gold| {
            let lemma = |t: &usize| self.words[gold.sentence][*t].lemma.to_lowercase();
            let head = lemma(&gold.head);
            let all: Vec<String> = gold.tokens.iter().map(lemma).collect();
            covered.iter().any(|phrase| {
                phrase.contains(&head) && phrase.iter().all(|word| all.contains(word))
            })
        };
        let heads: BTreeSet<usize> = self
            .gold
            .iter()
            .filter(|g| g.is_event)
            .map(|g| self.spans[g.sentence][g.head].0)
            .collect();
        let said: BTreeSet<(usize, usize)> = ours
            .claims
            .iter()
            .filter(|c| is_event(&c.frame))
            .map(|c| (c.start, c.end))
            .collect();
        for &(start, end) in &said {
            let right = heads.range(start..end).next().is_some();
            out.triggers.say(right);
            if !right {
                out.faults.push(format!(
                    "no event\t{}\t{}",
                    self.name,
                    self.around(start, end)
                ));
            }
        }
        for gold in self.gold.iter().filter(|g| g.is_event) {
            let (at, end) = self.spans[gold.sentence][gold.head];
            let found = said.iter().any(|&(start, end)| start <= at && at < end);
            if is_covered(gold) {
                out.triggers.seek(found);
                if !found {
                    out.faults.push(format!(
                        "missed event\t{}\t{}",
                        self.name,
                        self.around(at, end)
                    ));
                }
            } else if !found {
                let word = &self.words[gold.sentence][gold.head];
                let lemma = format!(
                    "{} ({})",
                    word.lemma.to_lowercase(),
                    word.tag.to_lowercase()
                );
                *uncovered.entry(lemma).or_default() += 1;
            }
        }
    }

    /// Some words before and after a stretch.
    fn around(&self, start: usize, end: usize) -> String {
        let text: Vec<char> = self.text.chars().collect();
        let part = |a: usize, b: usize| text[a..b].iter().collect::<String>();
        let (from, to) = (start.saturating_sub(50), (end + 50).min(text.len()));
        let (before, after) = (part(from, start), part(end, to));
        format!("{before}[{}]{after}", part(start, end)).replace('\n', " / ")
    }
}

/// Whether a frame is a class of events.
fn is_event(frame: &str) -> bool {
    let local = frame.rsplit([':', '#']).next().unwrap_or_default();
    local.starts_with(char::is_uppercase) && !matches!(local, "Membership" | "Figure")
}

/// What the store says of nodes.
#[derive(Debug, Default)]
struct Graph {
    /// Nodes of a document by name.
    named: BTreeMap<(String, String), BTreeSet<Node>>,
    /// Nodes that words without a name mean, by document and where they begin and end in the text that was printed.
    meant: BTreeMap<(String, u64, u64), Node>,
    /// Event of an assertion, by document, sentence and trigger.
    events: BTreeMap<(String, u64, u64, String), Node>,
}

impl Graph {
    fn read(newsloom: &Path, store: &Path, texts: &[(String, String)]) -> Result<Self> {
        let mut out = Self::default();
        let names: BTreeMap<&str, &str> = texts
            .iter()
            .map(|(id, _)| (id.as_str(), id.as_str()))
            .collect();
        let document = |source: &str| {
            let id = source.rsplit('#').next().unwrap_or_default();
            names.get(id).map(|id| (*id).to_owned())
        };
        for row in rows(
            newsloom,
            store,
            "SELECT ?source ?name ?node WHERE { ?document dcterms:source ?source ; schema:mentions ?node .
               ?node rdfs:label|skos:altLabel ?name }",
        )? {
            if let Some(id) = document(&row("source")) {
                out.named.entry((id, row("name"))).or_default().insert(row("node"));
            }
        }
        for row in rows(
            newsloom,
            store,
            "SELECT ?source ?from ?to ?node WHERE { ?inference nl:means ?node ; nl:words ?words .
               ?words nif:beginIndex ?from ; nif:endIndex ?to ; nif:referenceContext/dcterms:source ?source }",
        )? {
            let number = |key: &str| row(key).parse().unwrap_or_default();
            if let Some(id) = document(&row("source")) {
                out.meant.insert((id, number("from"), number("to")), row("node"));
            }
        }
        for row in rows(
            newsloom,
            store,
            "SELECT ?source ?from ?to ?trigger ?node WHERE { VALUES ?kind { sem:Event nl:PossibleEvent } ?node a ?kind .
               ?claim rdf:subject ?node ; nl:assertion ?assertion .
               ?assertion nl:trigger ?trigger ; prov:wasDerivedFrom ?span .
               ?span nif:beginIndex ?from ; nif:endIndex ?to ; nif:referenceContext/dcterms:source ?source }",
        )? {
            let number = |key: &str| row(key).parse().unwrap_or_default();
            if let Some(id) = document(&row("source")) {
                let key = (id, number("from"), number("to"), row("trigger"));
                out.events.insert(key, row("node"));
            }
        }
        Ok(out)
    }

    /// The entity that a document mentions at a character.
    fn entity(&self, document: &str, ours: &Extracted, at: usize) -> Option<Node> {
        let (_, mention) = ours.covering(at).min_by_key(|(_, m)| m.end - m.start)?;
        let chain = &ours.chains[mention.chain];
        let unnamed = format!("{document} {}", mention.chain);
        let Some(name) = &chain.name else {
            let of_chain = ours.mentions.iter().filter(|m| m.chain == mention.chain);
            let mut meant = of_chain.filter_map(|m| {
                self.meant
                    .get(&(document.to_owned(), m.printed.0, m.printed.1))
            });
            return Some(meant.next().cloned().unwrap_or(unnamed));
        };
        let name = name
            .strip_prefix("the ")
            .or(name.strip_prefix("The "))
            .unwrap_or(name);
        let nodes = self.named.get(&(document.to_owned(), name.to_owned()));
        let kind = match chain.kind.as_str() {
            "organisation" => "/org/",
            "person" => "/person/",
            _ => "/place/",
        };
        let node = nodes.and_then(|nodes| {
            let of_kind = nodes.iter().find(|n| n.contains(kind));
            of_kind.or_else(|| nodes.first()).cloned()
        });
        Some(node.unwrap_or(unnamed))
    }

    /// The event that a document tells of at a character.
    fn event(&self, document: &str, ours: &Extracted, at: usize) -> Option<Node> {
        ours.claims
            .iter()
            .filter(|c| is_event(&c.frame) && c.start <= at && at < c.end)
            .find_map(|c| {
                let (from, to) = c.sentence;
                let key = (document.to_owned(), from, to, c.trigger.clone());
                self.events.get(&key).cloned()
            })
    }
}

/// The rows of an answer, each giving the value of a variable.
fn rows(
    newsloom: &Path,
    store: &Path,
    query: &str,
) -> Result<Vec<impl Fn(&str) -> String + use<>>> {
    let printed = Command::new(newsloom)
        .args(["query", "-q", query, "--format", "json", "--store"])
        .arg(store)
        .output_ok()?;
    let answer: Value = serde_json::from_str(&printed)?;
    let rows = answer["results"]["bindings"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|row| move |key: &str| row[key]["value"].as_str().unwrap_or_default().to_owned())
        .collect())
}

/// Gold mentions in three partitions.
#[derive(Debug, Default)]
struct Partition {
    gold: Vec<String>,
    ours: Vec<Node>,
    lemma: Vec<String>,
    topic: Vec<String>,
    words: Vec<String>,
}

impl Partition {
    fn add(&mut self, document: &Annotated, gold: &Gold, node: Node) {
        let lemma = document.words[gold.sentence][gold.head]
            .lemma
            .to_lowercase();
        self.gold.push(gold.chain.clone());
        self.ours.push(node);
        self.topic.push(format!("{} {lemma}", document.topic));
        self.lemma.push(lemma);
        let (start, _) = document.spans[gold.sentence][gold.tokens[0]];
        let (_, end) = document.spans[gold.sentence][gold.tokens[gold.tokens.len() - 1]];
        let place = document.around(start, end);
        self.words.push(format!("{}\t{place}", document.name));
    }

    fn score(&self) -> Cubed {
        Cubed {
            mentions: self.gold.len(),
            ours: b_cubed(&self.ours, &self.gold),
            lemma: b_cubed(&self.lemma, &self.gold)[2],
            topic: b_cubed(&self.topic, &self.gold)[2],
        }
    }

    /// What is joined that gold parts, and what is parted that gold joins, with the number of pairs.
    fn faults(&self, kind: &str) -> Vec<String> {
        let mut out = Vec::new();
        let mut list = |what: &str, of: &[String], by: &[String]| {
            let mut groups: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
            for (i, whole) in of.iter().enumerate() {
                groups
                    .entry(whole)
                    .or_default()
                    .entry(&by[i])
                    .or_default()
                    .push(i);
            }
            for (whole, parts) in groups.iter().filter(|(_, parts)| parts.len() > 1) {
                for (part, members) in parts {
                    let first = &self.words[members[0]];
                    out.push(format!(
                        "{kind} {what}\t{whole}\t{part}\t{}\t{first}",
                        members.len()
                    ));
                }
            }
        };
        list("joined", &self.ours, &self.gold);
        list("parted", &self.gold, &self.ours);
        out
    }
}

/// Precision, recall and F1 of one partition against another, by B³.
fn b_cubed<A: Ord + Hash, B: Ord + Hash>(ours: &[A], gold: &[B]) -> [f64; 3] {
    let mut sizes: BTreeMap<&A, usize> = BTreeMap::new();
    let mut sizes_of_gold: BTreeMap<&B, usize> = BTreeMap::new();
    let mut both: BTreeMap<(&A, &B), usize> = BTreeMap::new();
    for (a, b) in ours.iter().zip(gold) {
        *sizes.entry(a).or_default() += 1;
        *sizes_of_gold.entry(b).or_default() += 1;
        *both.entry((a, b)).or_default() += 1;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (&(a, b), &n) in &both {
        precision += n as f64 * share(n, sizes[a]);
        recall += n as f64 * share(n, sizes_of_gold[b]);
    }
    let all = ours.len().max(1) as f64;
    let (precision, recall) = (precision / all, recall / all);
    let sum = precision + recall;
    let f1 = if sum > 0.0 {
        2.0 * precision * recall / sum
    } else {
        0.0
    };
    [precision, recall, f1]
}

/// Reads the sentences.
fn read(folder: &Path, set: &str) -> Result<Vec<Annotated>> {
    let path = folder.join(format!("{set}_corpus.txt"));
    let corpus = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let mut out: Vec<Annotated> = Vec::new();
    for line in corpus.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, sentence, _, form, _] = columns[..] else {
            continue;
        };
        if out.last().is_none_or(|d| d.name != name) {
            out.push(Annotated {
                name: name.to_owned(),
                topic: name.split('_').next().unwrap_or_default().to_owned(),
                ..Annotated::default()
            });
        }
        let Some(document) = out.last_mut() else {
            continue;
        };
        if document.numbers.last().is_none_or(|n| n != sentence) {
            document.numbers.push(sentence.to_owned());
            document.forms.push(Vec::new());
        }
        if let Some(forms) = document.forms.last_mut() {
            forms.push(form.to_owned());
        }
    }
    for document in &mut out {
        document.write();
    }
    Ok(out)
}

impl Annotated {
    /// Sets the tokens as running text, spaced as print spaces them, one paragraph a sentence.
    fn write(&mut self) {
        let mut length = 0;
        for forms in &self.forms {
            if length > 0 {
                self.text.push_str("\n\n");
                length += 2;
            }
            let mut spans = Vec::new();
            let (mut glue, mut quoted) = (true, false);
            for (i, form) in forms.iter().enumerate() {
                // "hit - and - run": a hyphen that the tokens were cut at.
                let before = i.checked_sub(1).map_or("", |b| forms[b].as_str());
                let closes = matches!(
                    form.as_str(),
                    "," | "." | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "''"
                ) || form.starts_with('\'') && form.len() > 1
                    || form == "n't"
                    || form == "\"" && quoted
                    || form == "-" && is_word(before);
                if !glue && !closes {
                    self.text.push(' ');
                    length += 1;
                }
                self.text.push_str(form);
                let end = length + form.chars().count();
                spans.push((length, end));
                length = end;
                glue = matches!(form.as_str(), "(" | "[" | "$" | "``")
                    || form == "\"" && !quoted
                    || form == "-" && is_word(before);
                if form == "\"" {
                    quoted = !quoted;
                }
            }
            self.spans.push(spans);
        }
    }
}

/// Whether a token is a word or a number.
fn is_word(form: &str) -> bool {
    form.chars().all(char::is_alphanumeric) && !form.is_empty()
}

/// Has every sentence parsed with its own tokens.
fn parse(newsloom: &Path, scratch: &Path, documents: &mut [Annotated]) -> Result<()> {
    let mut conllu = String::new();
    for forms in documents.iter().flat_map(|d| &d.forms) {
        for (i, form) in forms.iter().enumerate() {
            writeln!(conllu, "{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_", i + 1)?;
        }
        conllu.push('\n');
    }
    let file = scratch.join("ecb.conllu");
    std::fs::write(&file, conllu)?;
    let printed = Command::new(newsloom)
        .arg("parse")
        .arg(&file)
        .args(["--input-format", "conllu"])
        .output_ok()?;
    let mut read: Vec<Vec<Word>> = vec![Vec::new()];
    for line in printed.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        match columns[..] {
            [_, _, lemma, tag, _, _, head, ..] => {
                if let Some(last) = read.last_mut() {
                    last.push(Word {
                        lemma: lemma.to_owned(),
                        tag: tag.to_owned(),
                        head: head.parse().unwrap_or_default(),
                    });
                }
            }
            _ if line.is_empty() => read.push(Vec::new()),
            _ => {}
        }
    }
    let mut read = read.into_iter();
    for document in documents {
        for forms in &document.forms {
            let words = read.next().unwrap_or_default();
            anyhow::ensure!(
                words.len() == forms.len(),
                "{}: parse lost tokens",
                document.name
            );
            document.words.push(words);
        }
    }
    Ok(())
}

/// Reads the gold mentions.
fn gold(folder: &Path, set: &str, documents: &mut [Annotated]) -> Result<()> {
    let place: BTreeMap<String, usize> = documents
        .iter()
        .enumerate()
        .map(|(i, d)| (d.name.clone(), i))
        .collect();
    for kind in ["Event", "Entity"] {
        let path = folder.join(format!("{set}_{kind}_gold_mentions.json"));
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let all: Vec<Value> = serde_json::from_str(&text)?;
        for value in &all {
            if value["mention_type"] == "TIM" {
                continue;
            }
            let Some(&at) = place.get(value["doc_id"].as_str().unwrap_or_default()) else {
                continue;
            };
            let document = &mut documents[at];
            let number = value["sent_id"].to_string();
            let Some(sentence) = document.numbers.iter().position(|n| *n == number) else {
                continue;
            };
            let words = &document.words[sentence];
            let tokens: Vec<usize> = value["tokens_number"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|t| t.as_u64().map(|t| t as usize))
                .filter(|t| *t < words.len())
                .collect();
            let outside = |t: &&usize| {
                let head = words[**t].head;
                head == 0 || !tokens.contains(&(head - 1))
            };
            let Some(&head) = tokens.iter().find(outside) else {
                continue;
            };
            let chain = value["coref_chain"].as_str().unwrap_or_default().to_owned();
            let is_event = kind == "Event";
            document.gold.push(Gold {
                chain,
                is_event,
                sentence,
                tokens,
                head,
            });
        }
    }
    Ok(())
}

/// The lemmas of all event triggers, each with the other words of its phrase.
fn triggers(ontology: &Path) -> Result<BTreeSet<Vec<String>>> {
    let mut out = BTreeSet::new();
    for entry in std::fs::read_dir(ontology.join("events"))? {
        let text = std::fs::read_to_string(entry?.path())?;
        let mut after = text.as_str();
        while let Some(at) = after.find("lex:trigger") {
            after = &after[at + "lex:trigger".len()..];
            // A list of strings ends where another property or the class ends.
            let mut quoted = after.split('"').skip(1).step_by(2);
            let mut between = after.split('"').step_by(2);
            between.next();
            for (trigger, next) in quoted.by_ref().zip(between) {
                let lemmas = trigger.split(' ').take_while(|w| !w.contains(':'));
                let lemmas = lemmas.collect::<Vec<_>>().join(" ");
                if let Some(lemmas) = [".v", ".n", ".a"]
                    .iter()
                    .find_map(|class| lemmas.find(class).map(|at| lemmas[..at].to_owned()))
                {
                    for alternative in lemmas.split('|') {
                        out.insert(alternative.split(' ').map(str::to_owned).collect());
                    }
                }
                if !next.trim().starts_with(',') {
                    break;
                }
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_weighs_every_mention_alike() {
        // One thing told thrice and another once; ours parts the third.
        let [precision, recall, f1] = b_cubed(&["a", "a", "b", "b"], &[1, 1, 1, 2]);
        assert!((precision - 0.75).abs() < 1e-9, "{precision}");
        assert!(
            (recall - (2.0 * 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-9,
            "{recall}"
        );
        assert!(f1 > 0.7 && f1 < 0.75, "{f1}");
    }

    #[test]
    fn tokens_are_set_as_print_sets_them() {
        let forms = [
            "Ada", "'s", "boat", "(", "new", ")", ",", "``", "Bo", "''", ".",
        ];
        let mut document = Annotated {
            forms: vec![forms.map(str::to_owned).to_vec()],
            ..Annotated::default()
        };
        document.write();
        assert_eq!(document.text, "Ada's boat (new), ``Bo''.");
        assert_eq!(document.spans[0][2], (6, 10));
    }
}
