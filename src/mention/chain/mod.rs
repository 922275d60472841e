//! Which mentions of a document mean one thing.
//!
//! In: the mentions of a document in text order, with their sentences. Out: a chain number for each, and the [`Chain`]s.
//! Refuses: a link that two readings allow ("Mr Lee" among two Lees), and any guess about who "they" are.
//! The order is that of precision: same name, short name, acronym, apposition, role, description, pronoun.

mod bodies;
mod descriptions;
mod people;

use super::line::Line;
use super::{Chain, Form, Gender, Mention, MentionKind};
use crate::schema::Schema;
use english::Upos;
use rustc_hash::FxHashMap;

/// One chain in the making.
#[derive(Debug)]
struct Cluster {
    kind: MentionKind,
    /// Words of its fullest name, lower case; empty without a name.
    name: Vec<String>,
    gender: Option<Gender>,
    /// First mention.
    first: usize,
    mentions: Vec<usize>,
    /// Age told beside the name.
    age: Option<String>,
}

/// A role that a mention holds by title or apposition, for "the R".
#[derive(Debug)]
struct Title {
    words: Vec<String>,
    owner: Option<usize>,
    cluster: usize,
}

struct Linker<'a> {
    lines: &'a [Option<Line<'a>>],
    mentions: &'a mut [Mention],
    clusters: Vec<Cluster>,
    of: Vec<usize>,
    schema: &'a Schema,
}

const NOWHERE: usize = usize::MAX;

/// Numbers the chains and writes them into the mentions. `same` are pairs of mentions that apposition equates.
pub(crate) fn link<'a>(
    lines: &'a [Option<Line<'a>>],
    mentions: &'a mut [Mention],
    same: &[(usize, usize)],
    schema: &'a Schema,
) -> Vec<Chain> {
    let n = mentions.len();
    let mut linker = Linker {
        lines,
        mentions,
        clusters: Vec::new(),
        of: vec![NOWHERE; n],
        schema,
    };
    linker.full_names();
    linker.short_names();
    linker.bodies();
    linker.other_names();
    linker.appositions(same);
    linker.nominals();
    linker.pronouns(same);
    linker.rest();
    linker.finish()
}

impl<'a> Linker<'a> {
    fn line(&self, m: usize) -> &'a Line<'a> {
        self.lines[self.mentions[m].sentence as usize]
            .as_ref()
            .expect("mentions stand in story sentences, which have lines")
    }

    /// Words of a mention, lower case, without dots.
    fn words(&self, m: usize) -> Vec<String> {
        let line = self.line(m);
        self.mentions[m]
            .tokens
            .range()
            .filter(|&i| line.upos(i) != Upos::Punct)
            .map(|i| line.lower(i).replace('.', ""))
            .collect()
    }

    fn open(&mut self, m: usize, name: Vec<String>) -> usize {
        let mention = &self.mentions[m];
        self.clusters.push(Cluster {
            kind: mention.kind,
            name,
            gender: mention.gender,
            first: m,
            mentions: Vec::new(),
            age: None,
        });
        let c = self.clusters.len() - 1;
        self.join(m, c);
        c
    }

    fn join(&mut self, m: usize, c: usize) {
        debug_assert_eq!(self.of[m], NOWHERE, "a mention joins one chain");
        self.of[m] = c;
        let cluster = &mut self.clusters[c];
        cluster.mentions.push(m);
        cluster.first = cluster.first.min(m);
        if cluster.gender.is_none() {
            cluster.gender = self.mentions[m].gender;
        }
    }

    fn names_of(&self, kind: MentionKind) -> Vec<usize> {
        (0..self.mentions.len())
            .filter(|&m| {
                self.of[m] == NOWHERE
                    && self.mentions[m].form == Form::Name
                    && self.mentions[m].kind == kind
            })
            .collect()
    }

    /// Whether the two genders can be one person's.
    fn agrees(a: Option<Gender>, b: Option<Gender>) -> bool {
        a.is_none() || b.is_none() || a == b
    }

    /// Places, facilities and other names: same words; one thing may be read as place here and facility there.
    fn other_names(&mut self) {
        let mut exact: FxHashMap<String, usize> = FxHashMap::default();
        for m in 0..self.mentions.len() {
            if self.of[m] != NOWHERE || self.mentions[m].form != Form::Name {
                continue;
            }
            let words = self.words(m);
            let key = self.canonical(m, &words);
            if let Some(&c) = exact.get(&key) {
                self.join(m, c);
            } else {
                let c = self.open(m, words);
                exact.insert(key, c);
            }
        }
    }

    fn appositions(&mut self, same: &[(usize, usize)]) {
        for &(a, b) in same {
            if self.mentions[a].form == Form::Pronoun || self.mentions[b].form == Form::Pronoun {
                continue;
            }
            match (self.of[a], self.of[b]) {
                (NOWHERE, NOWHERE) => {
                    let c = self.open(a, Vec::new());
                    self.join(b, c);
                }
                (c, NOWHERE) => self.join(b, c),
                (NOWHERE, c) => self.join(a, c),
                _ => {}
            }
        }
    }

    fn rest(&mut self) {
        for m in 0..self.mentions.len() {
            if self.of[m] == NOWHERE {
                self.open(m, Vec::new());
            }
        }
    }

    /// Numbers clusters by first mention and names them.
    fn finish(self) -> Vec<Chain> {
        let mut order: Vec<usize> = (0..self.clusters.len())
            .filter(|&c| !self.clusters[c].mentions.is_empty())
            .collect();
        order.sort_by_key(|&c| self.clusters[c].mentions.iter().min().copied());
        let mut chains = Vec::with_capacity(order.len());
        for c in order {
            let cluster = &self.clusters[c];
            let mut mentions: Vec<u32> = cluster.mentions.iter().map(|&m| m as u32).collect();
            mentions.sort_unstable();
            for &m in &mentions {
                self.mentions[m as usize].chain = chains.len() as u32;
            }
            let name = self.fullest(cluster);
            let kind = self.kind(cluster);
            chains.push(Chain {
                kind,
                name,
                mentions,
                gender: cluster.gender,
            });
        }
        chains
    }

    /// Kind of most of its names, or of its first mention.
    fn kind(&self, cluster: &Cluster) -> MentionKind {
        let mut votes: Vec<(MentionKind, usize)> = Vec::new();
        for &m in &cluster.mentions {
            let mention = &self.mentions[m];
            if mention.form == Form::Name
                || cluster.name.is_empty() && mention.form == Form::Nominal
            {
                match votes.iter_mut().find(|(k, _)| *k == mention.kind) {
                    Some((_, n)) => *n += 1,
                    None => votes.push((mention.kind, 1)),
                }
            }
        }
        votes.sort_by_key(|(kind, n)| (std::cmp::Reverse(*n), *kind));
        votes.first().map_or(cluster.kind, |(kind, _)| *kind)
    }

    /// The longest name among its mentions; a single word of a person keeps its honorific.
    fn fullest(&self, cluster: &Cluster) -> Option<String> {
        let best = cluster
            .mentions
            .iter()
            .filter(|&&m| self.mentions[m].form == Form::Name)
            .min_by_key(|&&m| {
                (
                    std::cmp::Reverse(self.mentions[m].tokens.len()),
                    self.mentions[m].honorific.is_none(),
                    m,
                )
            })?;
        let mention = &self.mentions[*best];
        let line = self.line(*best);
        let start = match mention.honorific {
            Some(honorific) if mention.tokens.len() == 1 => honorific.start(),
            _ => mention.span.start(),
        };
        Some(tidy(&line.text[start..mention.span.end()]))
    }
}

/// Name with straight apostrophes and single spaces.
pub(crate) fn tidy(name: &str) -> String {
    let straight: String = name
        .chars()
        .map(|c| if matches!(c, '’' | '‘') { '\'' } else { c })
        .collect();
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}
