//! Names of bodies: full names, acronyms, short forms, the gazetteer's aliases.
//!
//! In: the mentions of a document. Out: clusters of its organisations. Refuses: a short form that fits two of them.

use super::Linker;
use crate::mention::MentionKind;
use crate::mention::lexicon::{Class, Lexicon};
use rustc_hash::FxHashMap;

impl Linker<'_> {
    /// Organisations: same words, gazetteer, acronym, shortened forms.
    pub(super) fn bodies(&mut self) {
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
        let by_rest = self.without_place();
        for (m, words, key) in late {
            let found = exact.get(&key).copied().or_else(|| {
                let short = words.concat();
                let by_letters = initials.get(&short).filter(|v| v.len() == 1).map(|v| v[0]);
                by_letters
                    .or_else(|| self.shortened(&words, &by_first))
                    .or_else(|| by_rest.get(&words).copied().flatten())
            });
            if let Some(c) = found {
                self.join(m, c);
                exact.entry(key).or_insert(c);
            } else {
                let c = self.open(m, words);
                exact.insert(key, c);
            }
        }
        self.contract(&by_first, &by_rest);
    }

    /// Bodies by what is left of their names without the place that they begin with ("Red Sox" of "Boston Red Sox"); nothing
    /// where two bodies leave the same words, and no words that any body may be called by ("Police").
    fn without_place(&self) -> FxHashMap<Vec<String>, Option<usize>> {
        let lexicon = Lexicon::embedded();
        let mut out: FxHashMap<Vec<String>, Option<usize>> = FxHashMap::default();
        for (c, cluster) in self.clusters.iter().enumerate() {
            if cluster.kind != MentionKind::Organisation {
                continue;
            }
            let name = &cluster.name;
            let place = (1..name.len()).rev().find(|&k| {
                !self
                    .schema
                    .gazetteer()
                    .places(&name[..k].join(" "))
                    .is_empty()
            });
            let Some(rest) = place.map(|k| &name[k..]) else {
                continue;
            };
            let own = rest.iter().any(|word| {
                !lexicon
                    .word(&capitalised(word))
                    .is(Class::BODY_NAME.or(Class::CORPORATE))
            });
            if own {
                out.entry(rest.to_vec())
                    .and_modify(|known| *known = None)
                    .or_insert(Some(c));
            }
        }
        out
    }

    /// "Met Police" and "Metropolitan Police": clusters whose names are one another's short forms.
    fn contract(
        &mut self,
        by_first: &FxHashMap<String, Vec<usize>>,
        by_rest: &FxHashMap<Vec<String>, Option<usize>>,
    ) {
        for c in 0..self.clusters.len() {
            if self.clusters[c].kind != MentionKind::Organisation
                || self.clusters[c].mentions.is_empty()
            {
                continue;
            }
            let name = self.clusters[c].name.clone();
            if let Some(target) = self
                .shortened(&name, by_first)
                .or_else(|| by_rest.get(&name).copied().flatten())
                .filter(|&t| t != c && !self.clusters[t].mentions.is_empty())
            {
                self.merge(c, target);
            }
        }
    }

    pub(super) fn merge(&mut self, from: usize, into: usize) {
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
    pub(super) fn shortened(
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
                lexicon
                    .word(&capitalised(w))
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
    pub(super) fn core_words(&self, m: usize) -> Vec<String> {
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
    pub(super) fn canonical(&self, m: usize, words: &[String]) -> String {
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
}

/// A word as it stands in a name.
fn capitalised(word: &str) -> String {
    let mut capital = word.to_owned();
    if let Some(first) = capital.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    capital
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
