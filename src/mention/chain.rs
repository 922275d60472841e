//! Which mentions of a document mean one thing.
//!
//! In: the mentions of a document in text order, with their sentences. Out: a chain number for each, and the [`Chain`]s.
//! Refuses: a link that two readings allow ("Mr Lee" among two Lees), and any guess about who "they" are.
//! The order is that of precision: same name, short name, acronym, apposition, role, description, pronoun.

use super::lexicon::{Class, Lexicon};
use super::line::{Line, is_relation};
use super::nominal::is_aged;
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

    /// People under names of two words and more: same first and last word, middle names may lack.
    fn full_names(&mut self) {
        let mut by_ends: FxHashMap<(String, String), usize> = FxHashMap::default();
        for m in self.names_of(MentionKind::Person) {
            let mut words = self.words(m);
            if words.len() > 2
                && matches!(
                    words.last().map(String::as_str),
                    Some("jr" | "sr" | "ii" | "iii")
                )
            {
                words.pop();
            }
            if words.len() < 2 {
                continue;
            }
            let key = (words[0].clone(), words[words.len() - 1].clone());
            let found = by_ends.get(&key).copied();
            let c = if let Some(c) = found {
                self.join(m, c);
                c
            } else {
                let c = self.open(m, words.clone());
                by_ends.insert(key, c);
                c
            };
            if self.clusters[c].name.len() < words.len() {
                self.clusters[c].name = words;
            }
            if self.clusters[c].age.is_none() {
                self.clusters[c].age = self.age(m);
            }
        }
    }

    /// An age beside the name: "Pike, 45," or "45-year-old Pike".
    fn age(&self, m: usize) -> Option<String> {
        let line = self.line(m);
        let tokens = self.mentions[m].tokens;
        let at = tokens.end();
        let number = |i: usize| {
            i < line.len()
                && line.form(i).len() <= 3
                && line.form(i).bytes().all(|b| b.is_ascii_digit())
        };
        if matches!(line.word_at(at), "," | "(")
            && number(at + 1)
            && matches!(line.word_at(at + 2), "," | ")" | ".")
        {
            return Some(line.form(at + 1).to_owned());
        }
        (tokens.start().saturating_sub(3)..tokens.start())
            .rev()
            .map(|i| line.lower(i))
            .find(|w| is_aged(w))
            .and_then(|w| w.split('-').next())
            .map(str::to_owned)
    }

    /// Surnames, with or without honorific, and forenames after the full name.
    fn short_names(&mut self) {
        let mut by_last: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut by_first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (c, cluster) in self.clusters.iter().enumerate() {
            if let [first, .., last] = cluster.name.as_slice() {
                by_last.entry(last.clone()).or_default().push(c);
                by_first.entry(first.clone()).or_default().push(c);
            }
        }
        let mut alone: FxHashMap<(String, Option<Gender>), usize> = FxHashMap::default();
        let loose: Vec<usize> = (0..self.mentions.len())
            .filter(|&m| {
                self.of[m] == NOWHERE
                    && self.mentions[m].form == Form::Name
                    && self.mentions[m].tokens.len() == 1
                    && self.mentions[m].kind != MentionKind::Place
            })
            .collect();
        for m in loose {
            let Some(word) = self.words(m).pop() else {
                continue;
            };
            let mention = &self.mentions[m];
            let person = mention.kind == MentionKind::Person;
            let honorific = mention.honorific.is_some();
            let gender = mention.gender;
            let line = self.line(m);
            let forename_title = honorific
                && line
                    .word(mention.tokens.start() - 1)
                    .is(Class::BEFORE_FORENAME);
            let told = if honorific { gender } else { None };
            let fits = |c: &usize| Self::agrees(told, self.clusters[*c].gender);
            let surname: Vec<usize> = by_last
                .get(&word)
                .into_iter()
                .flatten()
                .copied()
                .filter(fits)
                .collect();
            let forename: Vec<usize> = by_first
                .get(&word)
                .into_iter()
                .flatten()
                .copied()
                .filter(fits)
                .collect();
            let chosen = if forename_title && !forename.is_empty() {
                self.one(&forename, m)
            } else {
                self.one(&surname, m)
            };
            // A forename alone counts only after the full name; a title makes it a surname.
            let chosen = chosen.or_else(|| {
                let earlier: Vec<usize> = forename
                    .iter()
                    .copied()
                    .filter(|&c| self.clusters[c].first < m)
                    .collect();
                (surname.is_empty() && !honorific && person)
                    .then(|| self.one(&earlier, m))
                    .flatten()
            });
            if let Some(c) = chosen
                && (person || surname.contains(&c))
            {
                if self.mentions[m].kind != MentionKind::Person {
                    self.mentions[m].kind = MentionKind::Person;
                }
                self.join(m, c);
                continue;
            }
            if !person {
                continue;
            }
            let known = alone
                .get(&(word.clone(), told))
                .or_else(|| alone.get(&(word.clone(), None)))
                .copied();
            let known = known.or_else(|| {
                if told.is_none() {
                    [Gender::Female, Gender::Male]
                        .iter()
                        .find_map(|g| alone.get(&(word.clone(), Some(*g))).copied())
                } else {
                    None
                }
            });
            let c = if let Some(c) =
                known.filter(|&c| Self::agrees(told, self.clusters[c].gender) && surname.is_empty())
            {
                self.join(m, c);
                c
            } else {
                self.open(m, vec![word.clone()])
            };
            alone.entry((word, told)).or_insert(c);
        }
    }

    /// The only candidate, or among several the only one of the last few sentences before the mention.
    fn one(&self, candidates: &[usize], m: usize) -> Option<usize> {
        match candidates {
            [] => None,
            [c] => Some(*c),
            many => {
                let here = self.mentions[m].sentence;
                let mut near = many.iter().filter(|&&c| {
                    self.clusters[c]
                        .mentions
                        .iter()
                        .rev()
                        .any(|&k| k < m && here - self.mentions[k].sentence <= 2)
                });
                let first = near.next().copied();
                first.filter(|_| near.next().is_none())
            }
        }
    }

    /// Organisations: same words, gazetteer, acronym, shortened forms.
    fn bodies(&mut self) {
        let names = self.names_of(MentionKind::Organisation);
        let mut exact: FxHashMap<String, usize> = FxHashMap::default();
        let mut late = Vec::new();
        for m in names {
            let words = self.core_words(m);
            let key = self.canonical(m, &words);
            if let Some(&c) = exact.get(&key) {
                self.join(m, c);
                if self.clusters[c].name.len() < words.len() {
                    self.clusters[c].name = words;
                }
                continue;
            }
            if words.len() == 1 || is_acronym(self.line(m).form(self.mentions[m].tokens.start())) {
                late.push((m, words, key));
                continue;
            }
            let c = self.open(m, words);
            exact.insert(key, c);
        }
        // Short forms point at one longer name or stand alone.
        let mut initials: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut by_first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for c in 0..self.clusters.len() {
            if self.clusters[c].kind != MentionKind::Organisation
                || self.clusters[c].name.is_empty()
            {
                continue;
            }
            for short in acronyms(&self.clusters[c].name) {
                initials.entry(short).or_default().push(c);
            }
            let key: String = self.clusters[c].name[0].chars().take(3).collect();
            by_first.entry(key).or_default().push(c);
        }
        for (m, words, key) in late {
            let found = exact.get(&key).copied().or_else(|| {
                let short = words.concat();
                let by_letters = initials.get(&short).filter(|v| v.len() == 1).map(|v| v[0]);
                by_letters.or_else(|| self.shortened(&words, &by_first))
            });
            if let Some(c) = found {
                self.join(m, c);
                exact.entry(key).or_insert(c);
            } else {
                let c = self.open(m, words);
                exact.insert(key, c);
            }
        }
        self.contract(&by_first);
    }

    /// "Met Police" and "Metropolitan Police": clusters whose names are one another's short forms.
    fn contract(&mut self, by_first: &FxHashMap<String, Vec<usize>>) {
        for c in 0..self.clusters.len() {
            if self.clusters[c].kind != MentionKind::Organisation
                || self.clusters[c].mentions.is_empty()
            {
                continue;
            }
            let name = self.clusters[c].name.clone();
            if let Some(target) = self
                .shortened(&name, by_first)
                .filter(|&t| t != c && !self.clusters[t].mentions.is_empty())
            {
                self.merge(c, target);
            }
        }
    }

    fn merge(&mut self, from: usize, into: usize) {
        let moved = std::mem::take(&mut self.clusters[from].mentions);
        for &m in &moved {
            self.of[m] = into;
        }
        let gender = self.clusters[from].gender;
        let first = self.clusters[from].first;
        let target = &mut self.clusters[into];
        target.mentions.extend(moved);
        target.mentions.sort_unstable();
        target.first = target.first.min(first);
        target.gender = target.gender.or(gender);
    }

    /// The one longer name that these words shorten: its beginning, word by word whole or cut after three letters, and
    /// nothing left but words such as "Police", "Group", "Ltd".
    fn shortened(
        &self,
        words: &[String],
        by_first: &FxHashMap<String, Vec<usize>>,
    ) -> Option<usize> {
        let lexicon = Lexicon::embedded();
        let first = words.first().filter(|w| w.chars().count() >= 3)?;
        let key: String = first.chars().take(3).collect();
        let mut found = None;
        for &c in by_first.get(&key)? {
            let full = &self.clusters[c].name;
            if full.len() < words.len() || full == words || self.clusters[c].mentions.is_empty() {
                continue;
            }
            let begins = words.iter().zip(full).all(|(w, f)| {
                w == f
                    || (w.chars().count() >= 3
                        && f.starts_with(w.as_str())
                        && f.len() >= w.len() + 3)
            });
            let rest = full[words.len()..].iter().all(|w| {
                let mut capital = w.clone();
                if let Some(first) = capital.get_mut(0..1) {
                    first.make_ascii_uppercase();
                }
                lexicon
                    .word(&capital)
                    .is(Class::BODY_NAME.or(Class::CORPORATE))
            });
            if begins && rest {
                if found.is_some() {
                    return None;
                }
                found = Some(c);
            }
        }
        found
    }

    /// Words of a body's name without legal form.
    fn core_words(&self, m: usize) -> Vec<String> {
        let line = self.line(m);
        let tokens = self.mentions[m].tokens;
        let mut words = self.words(m);
        let mut end = tokens.end();
        while words.len() > 1
            && line.word(end - 1).is(Class::CORPORATE)
            && !line.word(end - 1).is(Class::BODY_NAME)
        {
            words.pop();
            end -= 1;
        }
        words
    }

    /// What equal names share: the gazetteer's name where it knows one, else the words.
    fn canonical(&self, m: usize, words: &[String]) -> String {
        let name = self.mentions[m].span.slice(self.line(m).text);
        let gazetteer = self.schema.gazetteer();
        let listed = match self.mentions[m].kind {
            MentionKind::Organisation => {
                let bodies = gazetteer.organisations(name);
                if bodies.len() == 1 {
                    Some(bodies[0].name.to_lowercase())
                } else {
                    None
                }
            }
            MentionKind::Place => gazetteer
                .places(name)
                .into_iter()
                .next()
                .filter(|p| p.kind == "country")
                .map(|p| p.name.to_lowercase()),
            _ => None,
        };
        listed.unwrap_or_else(|| words.join(" "))
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

    /// Words of a nominal between its article and its end, names left out, and the chain of a name among them.
    fn description(&self, m: usize) -> (Vec<String>, Option<usize>) {
        let mention = &self.mentions[m];
        self.describe(
            mention.sentence,
            mention.tokens.start(),
            mention.tokens.end(),
            m,
        )
    }

    fn describe(
        &self,
        sentence: u32,
        start: usize,
        end: usize,
        near: usize,
    ) -> (Vec<String>, Option<usize>) {
        let line = self.lines[sentence as usize]
            .as_ref()
            .expect("mentions stand in story sentences, which have lines");
        let mut owner = None;
        let mut inside = vec![false; end - start];
        // Names within the phrase stand next to it in the list.
        let around = near.saturating_sub(4)..(near + 5).min(self.mentions.len());
        for k in around {
            let other = &self.mentions[k];
            if other.sentence == sentence
                && other.form == Form::Name
                && other.tokens.start() >= start
                && other.tokens.end() <= end
            {
                inside[other.tokens.start() - start..other.tokens.end() - start].fill(true);
                owner = owner.or((self.of[k] != NOWHERE).then_some(self.of[k]));
            }
        }
        let words = (start..end)
            .filter(|&i| {
                !inside[i - start]
                    && !matches!(
                        line.upos(i),
                        Upos::Det | Upos::Pron | Upos::Part | Upos::Punct
                    )
                    && !line.word(i).is(Class::FORMER
                        .or(Class::CURRENT)
                        .or(Class::ACTING)
                        .or(Class::DESCRIPTIVE))
            })
            .map(|i| line.lower(i).to_owned())
            .collect();
        (words, owner)
    }

    /// Titles before names and nominals in apposition, for later "the R".
    fn titles(&self) -> FxHashMap<String, Vec<Title>> {
        let mut titles: FxHashMap<String, Vec<Title>> = FxHashMap::default();
        for (m, mention) in self.mentions.iter().enumerate() {
            if self.of[m] == NOWHERE
                || self.clusters[self.of[m]].name.is_empty()
                || mention.kind != MentionKind::Person
            {
                continue;
            }
            let (words, owner) = if mention.form == Form::Name {
                let line = self.line(m);
                let start = mention.tokens.start();
                let end = mention.honorific.map_or(start, |h| {
                    (0..start)
                        .rev()
                        .find(|&i| line.token(i).span.start() == h.start())
                        .unwrap_or(start)
                });
                if end == 0
                    || !line.noun(end - 1).is(Class::ROLE.or(Class::PERSON))
                    || line.is_plural(end - 1)
                {
                    continue;
                }
                let start = (0..end)
                    .rev()
                    .take(6)
                    .take_while(|&i| {
                        line.is_noun(i) || line.upos(i) == Upos::Adj || line.is_possessive(i)
                    })
                    .last()
                    .unwrap_or(end);
                self.describe(mention.sentence, start, end, m)
            } else if mention.form == Form::Nominal {
                self.description(m)
            } else {
                continue;
            };
            if let Some(head) = words.last() {
                titles.entry(head.clone()).or_default().push(Title {
                    cluster: self.of[m],
                    owner,
                    words: words.clone(),
                });
            }
        }
        titles
    }

    /// Definite descriptions of what has been named or introduced.
    fn nominals(&mut self) {
        let titles = self.titles();
        let mut introduced: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for m in 0..self.mentions.len() {
            let mention = &self.mentions[m];
            if mention.form != Form::Nominal {
                continue;
            }
            let line = self.line(m);
            let first = line.lower(mention.tokens.start());
            let definite = matches!(first, "the" | "this" | "that");
            let kind = mention.kind;
            let (words, owner) = self.description(m);
            let Some(head) = words.last().cloned() else {
                continue;
            };
            if self.of[m] == NOWHERE && kind == MentionKind::Person {
                let bare = line.is_capital(mention.tokens.start())
                    && !matches!(first, "a" | "an" | "another");
                let found = if definite || bare && owner.is_some() {
                    self.holder(&titles, &words, owner, bare && !definite)
                } else {
                    None
                };
                let found = found.or_else(|| {
                    if definite {
                        self.introduced(&introduced, &head, m)
                    } else {
                        None
                    }
                });
                let found = found.or_else(|| {
                    if definite {
                        self.described(&head, m)
                    } else {
                        None
                    }
                });
                if let Some(c) = found {
                    self.join(m, c);
                }
            } else if kind == MentionKind::Person
                && definite
                && self.clusters[self.of[m]].first == m
            {
                // "an officer … The officer, named as X, …": what was introduced is now named.
                if let Some(c) = self
                    .introduced(&introduced, &head, m)
                    .filter(|&c| c != self.of[m] && self.clusters[c].name.is_empty())
                {
                    self.merge(c, self.of[m]);
                    #[expect(
                        clippy::iter_over_hash_type,
                        reason = "every list is treated alike, in whatever order"
                    )]
                    for list in introduced.values_mut() {
                        for other in list.iter_mut().filter(|other| **other == c) {
                            *other = self.of[m];
                        }
                    }
                }
            } else if self.of[m] == NOWHERE
                && definite
                && owner.is_none()
                && kind == MentionKind::Organisation
                && let Some(c) = self.body(&head, m)
            {
                self.join(m, c);
            }
            if kind == MentionKind::Person {
                if self.of[m] == NOWHERE {
                    self.open(m, Vec::new());
                }
                let list = introduced.entry(head).or_default();
                if !list.contains(&self.of[m]) {
                    list.push(self.of[m]);
                }
            }
        }
    }

    /// The one named person with this title in the document.
    fn holder(
        &self,
        titles: &FxHashMap<String, Vec<Title>>,
        words: &[String],
        owner: Option<usize>,
        strict: bool,
    ) -> Option<usize> {
        let mut found = None;
        for title in titles.get(words.last()?)? {
            let within = |a: &[String], b: &[String]| a.iter().all(|w| b.contains(w));
            let fits = (within(words, &title.words) || within(&title.words, words))
                && (owner == title.owner || !strict && (owner.is_none() || title.owner.is_none()));
            if fits {
                if found.is_some_and(|c| c != title.cluster) {
                    return None;
                }
                found = Some(title.cluster);
            }
        }
        found
    }

    /// "the officer" after "an officer", when it was the only one.
    fn introduced(
        &self,
        introduced: &FxHashMap<String, Vec<usize>>,
        head: &str,
        m: usize,
    ) -> Option<usize> {
        let [c] = introduced.get(head)?.as_slice() else {
            return None;
        };
        let last = self.clusters[*c]
            .mentions
            .iter()
            .copied()
            .filter(|&k| k < m)
            .max()?;
        (self.mentions[m].sentence - self.mentions[last].sentence <= 20).then_some(*c)
    }

    /// "the 24-year-old", "the teenager": the one named person of the sentence before, or of that age.
    fn described(&self, head: &str, m: usize) -> Option<usize> {
        if is_aged(head) {
            let age = head.split('-').next()?;
            let mut aged =
                (0..self.clusters.len()).filter(|&c| self.clusters[c].age.as_deref() == Some(age));
            let first = aged.next()?;
            return aged.next().is_none().then_some(first);
        }
        let line = self.line(m);
        let mention = &self.mentions[m];
        let class = line.noun(mention.tokens.end() - 1);
        if !class.is(Class::PERSON)
            || class.is(Class::ROLE.or(Class::TIE))
            || !is_relation(line.deprel(mention.head as usize), "nsubj")
        {
            return None;
        }
        let mut found = None;
        for k in (0..m).rev() {
            let other = &self.mentions[k];
            if other.sentence + 1 < mention.sentence {
                break;
            }
            if other.kind == MentionKind::Person && self.of[k] != NOWHERE {
                if other.sentence == mention.sentence || found.is_some_and(|c| c != self.of[k]) {
                    return None;
                }
                found = Some(self.of[k]);
            }
        }
        found.filter(|&c| {
            !self.clusters[c].name.is_empty()
                && Self::agrees(self.clusters[c].gender, mention.gender)
        })
    }

    /// "the company", "the force": the last named body that the noun fits, if it is the only one nearby.
    fn body(&self, head: &str, m: usize) -> Option<usize> {
        let here = self.mentions[m].sentence;
        let mut found = None;
        for k in (0..m).rev() {
            let other = &self.mentions[k];
            if other.sentence + 4 < here {
                break;
            }
            if other.kind != MentionKind::Organisation
                || other.form != Form::Name
                || self.of[k] == NOWHERE
                || !fits(head, &self.clusters[self.of[k]].name)
            {
                continue;
            }
            if found.is_some_and(|c| c != self.of[k]) {
                return None;
            }
            found = Some(self.of[k]);
        }
        found
    }

    /// He, she and who; "it" and "its" of a body that is the only one to be meant.
    fn pronouns(&mut self, same: &[(usize, usize)]) {
        let relative: FxHashMap<usize, usize> = same
            .iter()
            .filter(|(_, b)| self.mentions[*b].form == Form::Pronoun)
            .map(|&(a, b)| (b, a))
            .collect();
        for m in 0..self.mentions.len() {
            if self.mentions[m].form != Form::Pronoun || self.of[m] != NOWHERE {
                continue;
            }
            if let Some(&a) = relative.get(&m) {
                if self.of[a] == NOWHERE {
                    self.open(a, Vec::new());
                }
                self.mentions[m].kind = self.mentions[a].kind;
                self.join(m, self.of[a]);
                continue;
            }
            let found = match self.mentions[m].kind {
                MentionKind::Person if self.mentions[m].gender.is_some() => self.he_or_she(m),
                MentionKind::Organisation => self.it(m),
                _ => None,
            };
            if let Some(c) = found {
                self.join(m, c);
            }
        }
    }

    /// Whether the mention is, or stands within, the subject of a clause ("Met chief NAME said").
    fn is_subject(&self, k: usize) -> bool {
        let line = self.line(k);
        let mut at = self.mentions[k].head as usize;
        for _ in 0..4 {
            let relation = line.deprel(at);
            if is_relation(relation, "nsubj") {
                return true;
            }
            if !["appos", "flat", "compound", "nummod", "amod"]
                .iter()
                .any(|r| is_relation(relation, r))
            {
                break;
            }
            let Some(up) = line.head(at) else { break };
            at = up;
        }
        // The tree failed: the verb of saying or doing follows the name at once.
        let after = self.mentions[k].tokens.end();
        self.mentions[k].form == Form::Name
            && after < line.len()
            && matches!(line.token(after).xpos, "VBD" | "VBZ" | "VBP" | "MD")
            && is_relation(line.deprel(after), "root")
    }

    /// The person whose place in the text outweighs all others: subjects before others, near before far, named before
    /// unnamed, gender shown before gender open. A tie is no answer.
    fn he_or_she(&self, m: usize) -> Option<usize> {
        let mention = &self.mentions[m];
        let line = self.line(m);
        let reflexive = line.lower(mention.tokens.start()).ends_with("self");
        let possessive = line.token(mention.head as usize).xpos == "PRP$";
        let mut weights: Vec<(usize, i32)> = Vec::new();
        for k in (0..m).rev() {
            let other = &self.mentions[k];
            let back = (mention.sentence - other.sentence) as i32;
            if back > 3 || back > 1 && weights.iter().any(|(_, w)| *w >= 8) {
                break;
            }
            let c = self.of[k];
            if other.kind != MentionKind::Person
                || c == NOWHERE
                || !Self::agrees(self.clusters[c].gender, mention.gender)
            {
                continue;
            }
            // "told him": subject and object of one verb differ.
            if back == 0
                && !reflexive
                && !possessive
                && line.head(other.head as usize).is_some()
                && line.head(other.head as usize) == line.head(mention.head as usize)
            {
                continue;
            }
            let mut weight = match (back, self.is_subject(k)) {
                (0, true) => 10,
                (0, false) => 6 + if possessive { 2 } else { 0 },
                (1, true) => 8,
                (1, false) => 4,
                (_, true) => 7 - back,
                (_, false) => 3 - back,
            };
            if self.clusters[c].name.is_empty() {
                weight -= 3;
            }
            if self.clusters[c].gender.is_some() {
                weight += 2;
            }
            match weights.iter_mut().find(|(known, _)| *known == c) {
                Some((_, w)) => *w = (*w).max(weight),
                None => weights.push((c, weight)),
            }
        }
        weights.sort_by_key(|&(c, w)| (std::cmp::Reverse(w), c));
        match weights.as_slice() {
            [(c, w)] if *w >= 3 => Some(*c),
            [(c, w), (_, v), ..] if *w >= 6 && w - v >= 2 => Some(*c),
            _ => None,
        }
    }

    fn it(&self, m: usize) -> Option<usize> {
        let mention = &self.mentions[m];
        let line = self.line(m);
        let possessive = line.lower(mention.tokens.start()) == "its";
        let mut found = None;
        for k in (0..m).rev() {
            let other = &self.mentions[k];
            if other.sentence != mention.sentence {
                break;
            }
            if other.kind == MentionKind::Organisation
                && self.of[k] != NOWHERE
                && self.is_subject(k)
            {
                if found.is_some_and(|c| c != self.of[k]) {
                    return None;
                }
                found = Some(self.of[k]);
            }
        }
        // "The Met said it …": the subject of what a body says.
        let spoken = line
            .head(mention.head as usize)
            .is_some_and(|v| is_relation(line.deprel(v), "ccomp"));
        found.filter(|&c| !self.clusters[c].name.is_empty() && (possessive || spoken))
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

fn is_acronym(form: &str) -> bool {
    let capitals = form.chars().filter(|c| c.is_uppercase()).count();
    form.chars().count() <= 8 && capitals >= 2 && !form.contains('-')
}

/// Initials of a name with and without its small words, lower case.
fn acronyms(words: &[String]) -> Vec<String> {
    if words.len() < 2 {
        return Vec::new();
    }
    let initial = |w: &String| w.chars().next();
    let all: String = words.iter().filter_map(initial).collect();
    let main: String = words
        .iter()
        .filter(|w| {
            !matches!(
                w.as_str(),
                "of" | "the" | "and" | "for" | "to" | "in" | "on" | "&"
            )
        })
        .filter_map(initial)
        .collect();
    let some: String = words
        .iter()
        .filter(|w| !matches!(w.as_str(), "the" | "and" | "&"))
        .filter_map(initial)
        .collect();
    let mut out = vec![all];
    for short in [main, some] {
        if short.chars().count() > 1 && !out.contains(&short) {
            out.push(short);
        }
    }
    out
}

/// Whether a body of that name can be called by the noun.
fn fits(noun: &str, name: &[String]) -> bool {
    let has = |words: &[&str]| name.iter().any(|w| words.contains(&w.as_str()));
    if has(&[noun]) {
        return true;
    }
    match noun {
        "force" => has(&["police", "constabulary", "met"]),
        "ministry" | "department" => has(&["ministry", "department", "office"]),
        "company" | "firm" | "business" => has(&[
            "inc",
            "ltd",
            "plc",
            "corp",
            "group",
            "company",
            "corporation",
            "holdings",
            "motors",
            "airlines",
            "energy",
            "technologies",
        ]),
        "club" | "side" | "team" => has(&[
            "fc",
            "united",
            "city",
            "rovers",
            "athletic",
            "club",
            "town",
            "wanderers",
        ]),
        "charity" => has(&["trust", "foundation", "charity", "aid"]),
        "party" => has(&["party", "democrats", "conservatives", "labour"]),
        "paper" | "newspaper" => has(&[
            "times",
            "post",
            "herald",
            "news",
            "guardian",
            "telegraph",
            "mail",
        ]),
        "watchdog" | "regulator" | "agency" => {
            has(&["office", "authority", "agency", "commission"])
        }
        _ => false,
    }
}
