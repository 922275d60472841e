//! Names of people: full names, surnames with and without honorific, forenames.
//!
//! In: the mentions of a document. Out: clusters of the people among them. Refuses: a surname that two people bear.

use super::{Linker, NOWHERE};
use crate::mention::lexicon::Class;
use crate::mention::nominal::is_aged;
use crate::mention::{Form, Gender, MentionKind};
use english::Upos;
use rustc_hash::FxHashMap;

impl Linker<'_> {
    /// People under names of two words and more: same first and last word, middle names may lack.
    pub(super) fn full_names(&mut self) {
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
            let found = by_ends
                .get(&key)
                .copied()
                .or_else(|| self.family_name(m, &words));
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

    /// "Van Loon" or "van Loon" after "Ada van Loon": the end of one known name, from a word that is lower case in it.
    fn family_name(&self, m: usize, words: &[String]) -> Option<usize> {
        let mut bearers = (0..self.clusters.len()).filter(|&c| {
            let cluster = &self.clusters[c];
            if !cluster.name.ends_with(words) {
                return false;
            }
            let full = cluster.mentions.iter().copied().find(|&k| {
                let known = self.words(k);
                known.len() > words.len() && known.ends_with(words)
            });
            full.is_some_and(|k| {
                let line = self.line(k);
                let tokens = self.mentions[k].tokens;
                let first = tokens
                    .range()
                    .filter(|&i| line.upos(i) != Upos::Punct)
                    .nth_back(words.len() - 1);
                first.is_some_and(|i| !line.is_capital(i))
            }) && Self::agrees(self.mentions[m].gender, cluster.gender)
        });
        let first = bearers.next()?;
        bearers.next().is_none().then_some(first)
    }

    /// An age beside the name: "Pike, 45," or "45-year-old Pike".
    pub(super) fn age(&self, m: usize) -> Option<String> {
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
    pub(super) fn short_names(&mut self) {
        let mut by_last: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut by_first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (c, cluster) in self.clusters.iter().enumerate() {
            if let [first, .., last] = cluster.name.as_slice() {
                by_last.entry(last.clone()).or_default().push(c);
                by_first.entry(first.clone()).or_default().push(c);
            }
        }
        let mut alone: FxHashMap<(String, Option<Gender>), usize> = FxHashMap::default();
        // Whom the text has called by the bare surname so far.
        let mut bare: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let loose: Vec<usize> = (0..self.mentions.len())
            .filter(|&m| {
                self.of[m] == NOWHERE
                    && self.mentions[m].form == Form::Name
                    && self.mentions[m].tokens.len() == 1
                    && (self.mentions[m].kind != MentionKind::Place || !self.is_whereabouts(m))
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
                    .or_else(|| self.called_so(bare.get(&word), &surname, m))
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
                if surname.contains(&c) && !honorific {
                    let called = bare.entry(word).or_default();
                    if !called.contains(&c) {
                        called.push(c);
                    }
                }
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

    /// Of several bearers of a surname, the one whom alone the text has called by the bare surname before, unless a bearer was
    /// named just now.
    fn called_so(&self, called: Option<&Vec<usize>>, bearers: &[usize], m: usize) -> Option<usize> {
        let &[c] = called?.as_slice() else {
            return None;
        };
        let here = self.mentions[m].sentence;
        let near = bearers.iter().any(|&b| {
            let others = b != c;
            others
                && self.clusters[b]
                    .mentions
                    .iter()
                    .any(|&k| k < m && here - self.mentions[k].sentence <= 2)
        });
        (bearers.contains(&c) && !near).then_some(c)
    }

    /// Whether the words before or after a place's name use it as a place.
    pub(super) fn is_whereabouts(&self, m: usize) -> bool {
        let line = self.line(m);
        let tokens = self.mentions[m].tokens;
        let before = tokens.start().checked_sub(1).map_or("", |i| line.lower(i));
        before.is_empty()
            && tokens.start() == 0
            && line.upos(tokens.end().min(line.len() - 1)) == Upos::Punct
            || matches!(
                before,
                "in" | "at"
                    | "near"
                    | "from"
                    | "to"
                    | "across"
                    | "outside"
                    | "around"
                    | "towards"
                    | "of"
                    | ","
                    | "into"
                    | "through"
                    | "over"
            )
    }

    /// The only candidate, or among several the only one of the last few sentences before the mention.
    pub(super) fn one(&self, candidates: &[usize], m: usize) -> Option<usize> {
        match candidates {
            [] => None,
            [c] => Some(*c),
            many => {
                let met: Vec<usize> = many
                    .iter()
                    .copied()
                    .filter(|&c| self.clusters[c].first < m)
                    .collect();
                if let [c] = met[..] {
                    return Some(c);
                }
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
}
