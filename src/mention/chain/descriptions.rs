//! Descriptions and pronouns of what has been named: "the home secretary", "the company", "she".
//!
//! In: clusters of names. Out: nominals and pronouns joined to them. Refuses: a description that fits two things.

use super::{Linker, NOWHERE, Title};
use crate::mention::lexicon::Class;
use crate::mention::line::is_relation;
use crate::mention::nominal::is_aged;
use crate::mention::{Form, Mention, MentionKind};
use english::Upos;
use rustc_hash::FxHashMap;

/// Rank of capital cities in the gazetteer.
const CAPITAL: u8 = 9;

impl Linker<'_> {
    /// Words of a nominal between its article and its end, names left out, and the chain of a name among them.
    pub(super) fn description(&self, m: usize) -> (Vec<String>, Option<usize>) {
        let mention = &self.mentions[m];
        self.describe(
            mention.sentence,
            mention.tokens.start(),
            mention.tokens.end(),
            m,
        )
    }

    pub(super) fn describe(
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
    pub(super) fn titles(&self) -> FxHashMap<String, Vec<Title>> {
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
    pub(super) fn nominals(&mut self) {
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
                    self.holder(
                        &titles,
                        &words,
                        &self.modifiers(m),
                        owner,
                        bare && !definite,
                    )
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
                && kind == MentionKind::Place
                && words == ["capital"]
                && let Some(c) = self.capital(owner)
            {
                self.join(m, c);
            } else if self.of[m] == NOWHERE
                && definite
                && owner.is_none()
                // "the city's water company" is some other company than the one just named.
                && words.len() == 1
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

    /// The adjectives and numbers of a description, lower case.
    fn modifiers(&self, m: usize) -> Vec<String> {
        let line = self.line(m);
        self.mentions[m]
            .tokens
            .range()
            .filter(|&i| matches!(line.upos(i), Upos::Adj | Upos::Num) && !line.is_capital(i))
            .filter(|&i| {
                !line.word(i).is(Class::FORMER
                    .or(Class::CURRENT)
                    .or(Class::ACTING)
                    .or(Class::DESCRIPTIVE))
            })
            .map(|i| line.lower(i).to_owned())
            .collect()
    }

    /// "the capital": the one capital city that the document names, if no other country's capital is named.
    fn capital(&self, owner: Option<usize>) -> Option<usize> {
        if owner.is_some() {
            return None;
        }
        let mut capitals = (0..self.clusters.len()).filter(|&c| {
            let cluster = &self.clusters[c];
            cluster.kind == MentionKind::Place
                && !cluster.name.is_empty()
                && self
                    .schema
                    .gazetteer()
                    .places(&cluster.name.join(" "))
                    .iter()
                    .any(|place| place.rank == CAPITAL)
        });
        let first = capitals.next()?;
        capitals.next().is_none().then_some(first)
    }

    /// The one named person with this title in the document.
    pub(super) fn holder(
        &self,
        titles: &FxHashMap<String, Vec<Title>>,
        words: &[String],
        modifiers: &[String],
        owner: Option<usize>,
        strict: bool,
    ) -> Option<usize> {
        let mut found = None;
        for title in titles.get(words.last()?)? {
            let within = |a: &[String], b: &[String]| a.iter().all(|w| b.contains(w));
            // "South Africa's first black president" is not whoever is its president now.
            let fits = (within(words, &title.words)
                || within(&title.words, words) && within(modifiers, &title.words))
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
    pub(super) fn introduced(
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
    pub(super) fn described(&self, head: &str, m: usize) -> Option<usize> {
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
    pub(super) fn body(&self, head: &str, m: usize) -> Option<usize> {
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
    pub(super) fn pronouns(&mut self, same: &[(usize, usize)]) {
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
    pub(super) fn is_subject(&self, k: usize) -> bool {
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

    /// Whether another person is joined to the mention by "and", with no verb between them; not one who is described by the
    /// pronoun `m` itself ("Pike and his partner").
    fn is_coordinated(&self, k: usize, m: usize) -> bool {
        let line = self.line(k);
        let pronoun = &self.mentions[m];
        let by_pronoun = |other: &Mention| {
            other.sentence == pronoun.sentence && other.tokens.holds(pronoun.head as usize)
        };
        let here = |m: &&Mention| m.sentence == self.mentions[k].sentence;
        let before = self.mentions[..k].iter().rev().take_while(here);
        before
            .chain(self.mentions[k + 1..].iter().take_while(here))
            .filter(|m| m.kind == MentionKind::Person && !by_pronoun(m))
            .any(|m| {
                let own = self.mentions[k].tokens;
                let (a, b) = if m.tokens.start() < own.start() {
                    (m.tokens.end(), own.start())
                } else {
                    (own.end(), m.tokens.start())
                };
                a < b
                    && (a..b).any(|t| line.lower(t) == "and")
                    && (a..b).all(|t| !matches!(line.upos(t), Upos::Verb | Upos::Aux))
            })
    }

    /// The person whose place in the text outweighs all others: subjects before others, near before far, named before
    /// unnamed, gender shown before gender open. A tie is no answer.
    pub(super) fn he_or_she(&self, m: usize) -> Option<usize> {
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
            // "his father" is never whom "his" means.
            let holds = back == 0 && other.tokens.holds(mention.head as usize);
            if other.kind != MentionKind::Person
                || c == NOWHERE
                || holds
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
            // "A and B did it. She …": of two together, neither is the one.
            if self.is_coordinated(k, m) {
                weight -= 3;
            }
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

    pub(super) fn it(&self, m: usize) -> Option<usize> {
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
