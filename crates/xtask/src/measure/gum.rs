//! Links between names, pronouns and what they take up, against the coreference of GUM.
//!
//! The definition. A *link* runs from a name or a pronoun to something before it that is in the same chain.
//!
//! - A mention of ours stands for the gold mention whose head it overlaps; of several, for the one whose span is most like
//!   its own. The head is GUM's minimal span: "captain Ada Pike" of "the team's captain Ada Pike".
//! - *Precision*: of each of our names and pronouns that has an antecedent in our chain, the link to the nearest one; right
//!   if both ends stand for gold mentions of one gold chain. Left out are relative pronouns, since GUM marks none, and
//!   names of what is no person, body or place ("Australian", "the World Cup").
//! - *Recall*: of each gold mention of a person, an organisation or a place that is a name (with a proper noun in its head)
//!   or a pronoun of the third person, and that is not the first of its chain; found if a mention of ours that stands for
//!   it has an antecedent in our chain that stands for a gold mention of the same gold chain.
//!
//! "I", "you" and "we" are counted apart: who speaks in an interview stands in no text that we are given.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Extracted, Mention, Tally, extracted};

/// A gold mention.
#[derive(Clone, Debug)]
struct Gold {
    chain: String,
    kind: String,
    /// First and last token.
    tokens: (usize, usize),
    head: Vec<usize>,
}

/// An annotated document.
#[derive(Clone, Debug, Default)]
struct Annotated {
    name: String,
    text: String,
    /// First character, and one past the last, of each token.
    spans: Vec<(usize, usize)>,
    forms: Vec<String>,
    tags: Vec<String>,
    gold: Vec<Gold>,
}

/// What was measured.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    /// Names.
    pub(crate) names: Tally,
    /// Pronouns of the third person.
    pub(crate) pronouns: Tally,
    /// Pronouns of the first and second person.
    pub(crate) speakers: Tally,
    /// Each wrong and each missing link, for whoever wants to read them.
    pub(crate) faults: Vec<String>,
}

impl Links {
    /// Names and pronouns of the third person together.
    pub(crate) fn all(&self) -> Tally {
        let (a, b) = (self.names, self.pronouns);
        Tally {
            right: a.right + b.right,
            said: a.said + b.said,
            found: a.found + b.found,
            there: a.there + b.there,
        }
    }
}

/// Measures the files.
pub(crate) fn measure(newsloom: &Path, scratch: &Path, files: &[PathBuf]) -> Result<Links> {
    let mut documents = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        documents.push(read(&text));
    }
    let texts: Vec<(String, String)> = documents
        .iter()
        .map(|d| (d.name.clone(), d.text.clone()))
        .collect();
    let file = scratch.join("gum.jsonl");
    extracted::write(&file, &texts)?;
    let extracted = extracted::read(newsloom, &file, &texts)?;
    let mut links = Links::default();
    for document in &documents {
        if let Some(ours) = extracted.get(&document.name) {
            document.compare(ours, &mut links);
        }
    }
    Ok(links)
}

impl Annotated {
    /// The span of tokens in characters.
    fn characters(&self, (first, last): (usize, usize)) -> (usize, usize) {
        (self.spans[first].0, self.spans[last].1)
    }

    /// The gold mention that a mention of ours stands for.
    fn stands_for(&self, mention: &Mention) -> Option<usize> {
        let likeness = |gold: &Gold| {
            let (start, end) = self.characters(gold.tokens);
            let both = end
                .min(mention.end)
                .saturating_sub(start.max(mention.start));
            2.0 * both as f64 / (end - start + mention.end - mention.start) as f64
        };
        let overlaps = |gold: &Gold| {
            let mut head = gold.head.iter().map(|&token| self.spans[token]);
            head.any(|(start, end)| mention.start < end && start < mention.end)
        };
        (0..self.gold.len())
            .filter(|&g| overlaps(&self.gold[g]))
            .max_by(|&a, &b| likeness(&self.gold[a]).total_cmp(&likeness(&self.gold[b])))
    }

    fn compare(&self, extracted: &Extracted, links: &mut Links) {
        let ours = extracted.mentions.as_slice();
        let stands: Vec<Option<usize>> = ours.iter().map(|m| self.stands_for(m)).collect();
        let chain = |m: usize| stands[m].map(|g| self.gold[g].chain.as_str());
        // Ours, in the order of the text, which is that of `extract`.
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        for (m, mention) in ours.iter().enumerate() {
            let before = last.insert(mention.chain, m);
            let word = self.word(mention);
            let is_other = extracted.chains[mention.chain].kind == "other";
            let tally = match mention.form.as_str() {
                "name" if !is_other => &mut links.names,
                "pronoun" if is_third(&word) => &mut links.pronouns,
                _ => continue,
            };
            let Some(before) = before else { continue };
            let right = chain(m).is_some() && chain(m) == chain(before);
            tally.say(right);
            if !right {
                let fault = format!(
                    "wrong\t{}\t{} -> {}\t{}",
                    self.name,
                    self.quote(mention),
                    self.quote(&ours[before]),
                    self.around(mention)
                );
                links.faults.push(fault);
            }
        }
        // Gold.
        let mut order: Vec<usize> = (0..self.gold.len()).collect();
        order.sort_by_key(|&g| {
            (
                self.gold[g].tokens.0,
                std::cmp::Reverse(self.gold[g].tokens.1),
            )
        });
        let mut met: BTreeSet<&str> = BTreeSet::new();
        for &g in &order {
            let gold = &self.gold[g];
            let first = met.insert(&gold.chain);
            if first || !matches!(gold.kind.as_str(), "person" | "organization" | "place") {
                continue;
            }
            let single = gold.tokens.0 == gold.tokens.1;
            let word = self.forms[gold.tokens.0].to_lowercase();
            let pronoun = single && self.tags[gold.tokens.0] == "PRON";
            let tally = if gold.head.iter().any(|&token| self.tags[token] == "PROPN") {
                &mut links.names
            } else if pronoun && is_third(&word) {
                &mut links.pronouns
            } else if pronoun && is_speaker(&word) {
                &mut links.speakers
            } else {
                continue;
            };
            let found = (0..ours.len()).filter(|&m| stands[m] == Some(g)).any(|m| {
                (0..m).any(|k| ours[k].chain == ours[m].chain && chain(k) == Some(&gold.chain))
            });
            tally.seek(found);
            if !found && !is_speaker(&word) {
                let (start, end) = self.characters(gold.tokens);
                let mention = Mention {
                    start,
                    end,
                    form: String::new(),
                    chain: 0,
                    printed: (0, 0),
                };
                let fault = format!(
                    "missed\t{}\t{} ({})\t{}",
                    self.name,
                    self.quote(&mention),
                    self.called(&gold.chain),
                    self.around(&mention)
                );
                links.faults.push(fault);
            }
        }
    }

    fn word(&self, mention: &Mention) -> String {
        self.quote(mention).to_lowercase()
    }

    fn quote(&self, mention: &Mention) -> String {
        let (start, end) = (mention.start, mention.end);
        self.text.chars().skip(start).take(end - start).collect()
    }

    /// Some words before and after.
    fn around(&self, mention: &Mention) -> String {
        let start = mention.start.saturating_sub(60);
        let before: String = self
            .text
            .chars()
            .skip(start)
            .take(mention.start - start)
            .collect();
        let after: String = self.text.chars().skip(mention.end).take(40).collect();
        format!("{before}[{}]{after}", self.quote(mention)).replace('\n', " / ")
    }

    /// The first mention of a chain, in words.
    fn called(&self, chain: &str) -> String {
        let first = self
            .gold
            .iter()
            .filter(|g| g.chain == chain)
            .min_by_key(|g| g.tokens.0);
        first.map_or_else(String::new, |g| {
            self.forms[g.tokens.0..=g.tokens.1].join(" ")
        })
    }
}

fn is_third(word: &str) -> bool {
    matches!(
        word,
        "he" | "him"
            | "his"
            | "himself"
            | "she"
            | "her"
            | "hers"
            | "herself"
            | "it"
            | "its"
            | "itself"
            | "they"
            | "them"
            | "their"
            | "theirs"
            | "themselves"
    )
}

fn is_speaker(word: &str) -> bool {
    matches!(
        word,
        "i" | "me"
            | "my"
            | "mine"
            | "myself"
            | "you"
            | "your"
            | "yours"
            | "yourself"
            | "we"
            | "us"
            | "our"
            | "ours"
            | "ourselves"
    )
}

/// Reads a document of GUM.
fn read(conllu: &str) -> Annotated {
    let mut out = Annotated::default();
    let mut length = 0;
    let mut open: Vec<(Gold, String)> = Vec::new();
    let mut sentence: Vec<char> = Vec::new();
    let (mut at, mut base, mut new_paragraph) = (0, 0, false);
    for line in conllu.lines() {
        if let Some(name) = line.strip_prefix("# newdoc id = ") {
            name.clone_into(&mut out.name);
        } else if line.starts_with("# newpar") {
            new_paragraph = true;
        } else if let Some(text) = line.strip_prefix("# text = ") {
            if length > 0 {
                let gap = if new_paragraph { "\n\n" } else { " " };
                out.text.push_str(gap);
                length += gap.len();
            }
            new_paragraph = false;
            out.text.push_str(text);
            sentence = text.chars().collect();
            base = length;
            length += sentence.len();
            at = 0;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, _, tag, .., misc] = columns[..] else {
            continue;
        };
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let form: Vec<char> = form.chars().collect();
        // Words that are written as one need not spell it: "wanna".
        let here = (at..sentence.len().min(at + 12))
            .find(|&k| sentence[k..].starts_with(&form))
            .unwrap_or(at);
        let end = (here + form.len()).min(sentence.len());
        at = end;
        let token = out.spans.len();
        out.spans
            .push((base + here, (base + end).max(base + here + 1)));
        out.forms.push(form.iter().collect());
        out.tags.push(tag.to_owned());
        let entity = misc.split('|').find_map(|m| m.strip_prefix("Entity="));
        entities(entity.unwrap_or_default(), token, &mut open, &mut out.gold);
    }
    out
}

/// Reads the brackets of one token: `(1-person-…-2-coref` opens, `1)` closes, `(1-…)` does both.
fn entities(brackets: &str, token: usize, open: &mut Vec<(Gold, String)>, gold: &mut Vec<Gold>) {
    let mut rest = brackets;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('(') {
            let end = after.find(['(', ')']).unwrap_or(after.len());
            let fields: Vec<&str> = after[..end].splitn(8, '-').collect();
            let field = |n: usize| fields.get(n).copied().unwrap_or_default();
            let minimal = field(5).split(',').filter_map(|n| n.parse::<usize>().ok());
            let new = Gold {
                chain: field(0).split('[').next().unwrap_or_default().to_owned(),
                kind: field(1).to_owned(),
                tokens: (token, token),
                head: minimal.map(|n| token + n.max(1) - 1).collect(),
            };
            rest = &after[end..];
            if let Some(after) = rest.strip_prefix(')') {
                gold.push(new);
                rest = after;
            } else {
                open.push((new, field(0).to_owned()));
            }
        } else {
            let end = rest.find(')').map_or(rest.len(), |at| at + 1);
            let id = rest[..end].trim_end_matches(')');
            if let Some(at) = open.iter().rposition(|(_, opened)| opened == id) {
                let (mut closed, _) = open.remove(at);
                closed.tokens.1 = token;
                closed.head.retain(|head| *head <= token);
                gold.push(closed);
            }
            rest = &rest[end..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::extracted::Chain;
    use super::*;

    const TEXT: &str = "\
# newdoc id = one
# newpar
# text = Ada Pike met Bo.
1\tAda\tAda\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(1-person-new-x-cf1-1-coref
2\tPike\tPike\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
4\tBo\tBo\tPROPN\tNNP\t_\t3\tobj\t_\tEntity=(2-person-new-x-cf2-1-sgl)|SpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
# text = She left him.
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv:act-x-cf1-1-ana)
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
3\thim\the\tPRON\tPRP\t_\t2\tobj\t_\tEntity=(2-person-giv:act-x-cf2-1-ana)|SpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
";

    fn mention(start: usize, end: usize, form: &str, chain: usize) -> Mention {
        let form = form.to_owned();
        Mention {
            start,
            end,
            form,
            chain,
            printed: (0, 0),
        }
    }

    #[test]
    fn a_link_is_right_when_gold_has_both_ends_in_one_chain() {
        let document = read(TEXT);
        assert_eq!(document.text, "Ada Pike met Bo.\n\nShe left him.");
        assert_eq!(document.characters(document.gold[0].tokens), (0, 8));
        let mut links = Links::default();
        let ours = [
            mention(0, 8, "name", 0),
            mention(13, 15, "name", 1),
            mention(18, 21, "pronoun", 0),
            mention(27, 30, "pronoun", 0),
        ];
        let chain = |kind: &str| Chain {
            kind: kind.to_owned(),
            name: None,
        };
        let ours = Extracted {
            mentions: ours.to_vec(),
            chains: vec![chain("person"), chain("person")],
            claims: Vec::new(),
        };
        document.compare(&ours, &mut links);
        let Tally {
            right,
            said,
            found,
            there,
        } = links.all();
        assert_eq!((right, said, found, there), (1, 2, 1, 2));
        assert_eq!(links.faults.len(), 2, "one wrong and one missing link");
    }
}
