//! What the name model sees of each token of a sentence.

use super::lexicon::{LONGEST, Lexicon, chain, key, kind};
use crate::form::{hash, mix, normal, prefix, shape, suffix};
use std::ops::Range;

/// The shape of a number.
const NUMBER: u64 = 1;

/// What a word shows wherever it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    word: u64,
    key: u32,
    shape: u64,
    class: u64,
    habit: u64,
    capital: bool,
    /// Whether it has a letter.
    letter: bool,
    /// Whether it has a small letter.
    small: bool,
    suffixes: [u64; 3],
    prefixes: [u64; 2],
}

impl Look {
    /// Looks at a word, given its normalised form.
    pub(crate) fn new(lexicon: &Lexicon, word: &str, normal: &str) -> Self {
        let key = key(normal);
        let (class, habit) = lexicon.word(key);
        Self {
            word: hash(normal.as_bytes()),
            key,
            shape: u64::from(shape(word)),
            class: u64::from(class),
            habit: u64::from(habit),
            capital: word.chars().next().is_some_and(char::is_uppercase),
            letter: word.chars().any(char::is_alphabetic),
            small: word.chars().any(char::is_lowercase),
            suffixes: [2, 3, 4].map(|n| hash(suffix(normal, n).as_bytes())),
            prefixes: [3, 4].map(|n| hash(prefix(normal, n).as_bytes())),
        }
    }
}

/// What a word's own features depend on beside the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// How the sentence uses capitals.
    mode: u8,
    /// Whether it opens the sentence.
    first: bool,
}

/// Numbers of a word's own features, in two groups, each from the one after its start to its end.
const OWN_FIRST: Range<u64> = 0..7;
const OWN_AFFIXES: Range<u64> = 25..30;

impl Look {
    /// The features of a word that are the same among all neighbours, as hashes; `out` is cleared first.
    pub(crate) fn own(&self, setting: Setting, out: &mut Vec<u64>) {
        out.clear();
        self.own_to(setting, OWN_FIRST, out);
        self.own_to(setting, OWN_AFFIXES, out);
    }

    /// Adds one group of them.
    fn own_to(&self, setting: Setting, group: Range<u64>, out: &mut Vec<u64>) {
        let look = mix(self.shape, u64::from(setting.mode));
        let first = u64::from(setting.first);
        let mut n = group.start;
        let mut add = |parts: &[u64]| {
            n += 1;
            out.push(feature(n, parts));
        };
        if group == OWN_FIRST {
            add(&[0]);
            add(&[self.word]);
            add(&[self.word, look]);
            add(&[look]);
            add(&[look, first]);
            add(&[look, self.habit, first]);
            add(&[self.class, look]);
        } else {
            for (i, &s) in self.suffixes.iter().enumerate() {
                add(&[1 + i as u64, s, look]);
            }
            for (i, &p) in self.prefixes.iter().enumerate() {
                add(&[5 + i as u64, p, look]);
            }
        }
    }
}

/// What the features need to know of a token.
#[derive(Clone, Debug)]
struct View {
    look: Look,
    /// Kinds of the longest entry that covers the token, by place in it: begins, inside, ends, alone.
    gazetteer: [u16; 4],
}

impl std::ops::Deref for View {
    type Target = Look;

    fn deref(&self) -> &Look {
        &self.look
    }
}

impl View {
    /// Whether the word may be part of a name where capitals tell.
    fn telling(&self) -> bool {
        let mixed = matches!(self.shape, 5 | 9 | 12 | 13);
        self.capital || mixed || self.habit == 3 || (self.habit == 0 && self.any() != 0)
    }

    fn any(&self) -> u64 {
        u64::from(self.gazetteer.iter().fold(0, |a, &b| a | b))
    }
}

/// Calls `found` with each gazetteer entry in a sentence: first token, token after the last, kinds.
pub fn entries(lexicon: &Lexicon, keys: &[u32], mut found: impl FnMut(usize, usize, u16)) {
    for from in 0..keys.len() {
        let mut all = keys[from];
        for to in from + 1..=(from + LONGEST).min(keys.len()) {
            if to > from + 1 {
                all = chain(all, keys[to - 1]);
            }
            let kinds = lexicon.kinds(all);
            if kinds != 0 {
                found(from, to, kinds);
            }
        }
    }
}

/// Numbers of the bits that are set, lowest first.
fn bits(mut set: u16) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let bit = set.trailing_zeros() as usize;
            set &= set - 1;
            bit
        })
    })
}

fn views(lexicon: &Lexicon, looks: impl Iterator<Item = Look>) -> Vec<View> {
    let mut all: Vec<View> = looks
        .map(|look| View {
            look,
            gazetteer: [0; 4],
        })
        .collect();
    let keys: Vec<u32> = all.iter().map(|v| v.key).collect();
    let mut longest = vec![[0_u8; kind::COUNT]; all.len()];
    let mut hits = Vec::new();
    entries(lexicon, &keys, |from, to, kinds| {
        hits.push((from, to, kinds));
    });
    for &(from, to, kinds) in &hits {
        for k in bits(kinds) {
            for slot in &mut longest[from..to] {
                slot[k] = slot[k].max((to - from) as u8);
            }
        }
    }
    for &(from, to, kinds) in &hits {
        for k in bits(kinds) {
            let len = (to - from) as u8;
            if longest[from..to].iter().any(|slot| slot[k] > len) {
                continue;
            }
            for (at, view) in all.iter_mut().enumerate().take(to).skip(from) {
                let place = match (at == from, at + 1 == to) {
                    (true, true) => 3,
                    (true, false) => 0,
                    (false, true) => 2,
                    (false, false) => 1,
                };
                view.gazetteer[place] |= 1 << k;
            }
        }
    }
    all
}

/// A sentence as the features see it.
#[derive(Debug)]
pub struct Sight {
    views: Vec<View>,
    /// 0: capitals tell; 1: no capitals; 2: nothing but capitals; 3: Nearly Every Word Has One.
    mode: u64,
    runs: Vec<Option<Run>>,
}

impl Sight {
    /// Looks at the words of a sentence.
    pub fn new(lexicon: &Lexicon, words: &[&str]) -> Self {
        let looks = words
            .iter()
            .map(|word| Look::new(lexicon, word, &normal(word)));
        Self::of(lexicon, words, looks)
    }

    /// The same, given what each word shows by itself.
    pub(crate) fn of(lexicon: &Lexicon, words: &[&str], looks: impl Iterator<Item = Look>) -> Self {
        let views = views(lexicon, looks);
        let letters = views.iter().filter(|v| v.letter).count();
        let capitals = views.iter().filter(|v| v.capital).count();
        // Sentences all in capitals or all in small letters show nothing by their capitals.
        let mode: u64 = if letters == 0 {
            0
        } else if views.iter().all(|v| !v.small) {
            2
        } else if capitals == 0 {
            1
        } else if capitals * 10 > letters * 7 && letters > 3 {
            3
        } else {
            0
        };
        let runs = runs(&views, words, mode);
        Self { views, mode, runs }
    }

    /// Runs of tokens that may hold names: where capitals tell, a small and common word with no better neighbour is
    /// outside of every name, and is not looked at. `from..to` each, in order.
    pub fn stretches(&self) -> Vec<(usize, usize)> {
        let mut out: Vec<(usize, usize)> = Vec::new();
        if self.views.is_empty() {
            return out;
        }
        if self.mode != 0 {
            out.push((0, self.views.len()));
            return out;
        }
        for (at, view) in self.views.iter().enumerate() {
            if view.telling() {
                // One word before, with a year before that; two after ("1997 Ruritania general election").
                let year = at > 1 && self.views[at - 2].shape == NUMBER;
                let from = at.saturating_sub(1 + usize::from(year));
                let to = (at + 3).min(self.views.len());
                match out.last_mut() {
                    Some(last) if last.1 >= from => last.1 = to,
                    _ => out.push((from, to)),
                }
            }
        }
        out
    }

    /// Features of one token, as hashes; `out` is cleared first.
    pub fn features(&self, at: usize, out: &mut Vec<u64>) {
        self.part::<true, true>(at, out);
    }

    /// Those features of a token that are not its [`own`].
    pub(crate) fn shared(&self, at: usize, out: &mut Vec<u64>) {
        self.part::<false, true>(at, out);
    }

    /// What the own features of a token depend on beside its word.
    pub(crate) fn setting(&self, at: usize) -> Setting {
        Setting {
            mode: self.mode as u8,
            first: at == 0 || (at == 1 && !self.views[at].capital),
        }
    }

    /// Features of a token, its own ones, those that it shares with its neighbours, or both.
    #[inline]
    fn part<const OWN: bool, const SHARED: bool>(&self, at: usize, out: &mut Vec<u64>) {
        out.clear();
        let Self { views, runs, .. } = self;
        let this = &views[at];
        let get = |offset: isize| at.checked_add_signed(offset).and_then(|i| views.get(i));
        let word = |offset: isize| get(offset).map_or(1, |v| v.word);
        let class = |offset: isize| get(offset).map_or(300, |v| v.class);
        let form = |offset: isize| get(offset).map_or(77, |v| v.shape);
        let known = |offset: isize| get(offset).map_or(1 << 20, View::any);
        let setting = self.setting(at);
        let first = u64::from(setting.first);
        let look = mix(this.shape, self.mode);
        if OWN {
            this.own_to(setting, OWN_FIRST, out);
        }
        if SHARED {
            let mut n = OWN_FIRST.end;
            let mut add = |parts: &[u64]| {
                n += 1;
                out.push(feature(n, parts));
            };
            add(&[word(-1)]);
            add(&[word(1)]);
            add(&[word(-2)]);
            add(&[word(2)]);
            add(&[word(-1), look]);
            add(&[word(1), look]);
            add(&[word(-1), this.word]);
            add(&[this.word, word(1)]);
            add(&[word(-2), word(-1), look]);
            add(&[word(1), word(2), look]);
            add(&[class(-1), look]);
            add(&[class(1), look]);
            add(&[class(-2), class(-1), look]);
            add(&[class(1), class(2), look]);
            add(&[class(-1), this.class, class(1)]);
            add(&[form(-1), look, form(1)]);
            add(&[form(-2), form(-1), look]);
            add(&[look, form(1), form(2)]);
        }
        if OWN {
            this.own_to(setting, OWN_AFFIXES, out);
        }
        if !SHARED {
            return;
        }
        let mut n = OWN_AFFIXES.end;
        let mut add = |parts: &[u64]| {
            n += 1;
            out.push(feature(n, parts));
        };
        add(&[get(-1).map_or(1, |v| v.suffixes[1]), look]);
        add(&[get(1).map_or(1, |v| v.suffixes[1]), look]);
        add(&[known(-1), look]);
        add(&[known(1), look]);
        add(&[this.any(), look, this.habit]);
        add(&[known(-1), this.any(), look]);
        add(&[this.any(), known(1), look]);
        add(&[this.any(), class(-1), look]);
        add(&[this.any(), class(1), look]);
        for place in 0..4_u64 {
            for k in bits(this.gazetteer[place as usize]) {
                let k = k as u64;
                out.push(mix(mix(mix(0x7F00, place), k), look));
                out.push(mix(mix(mix(0x7F01, place), k), mix(this.habit, first)));
            }
        }
        if let Some(run) = &runs[at] {
            run_features(views, at, run, look, out);
        }
    }
}

/// The hash of a feature: its number and its parts.
fn feature(number: u64, parts: &[u64]) -> u64 {
    parts.iter().fold(0x7000 + number, |h, &p| mix(h, p))
}

/// A run of capitalised words: `from..to`, and with small links ("of", "and the") between such runs `first..last`.
#[derive(Clone, Debug)]
struct Run {
    from: usize,
    to: usize,
    first: usize,
    last: usize,
}

/// The run that each token belongs to; none in sentences whose capitals show nothing.
fn runs(views: &[View], words: &[&str], mode: u64) -> Vec<Option<Run>> {
    let mut all = vec![None; views.len()];
    if mode != 0 {
        return all;
    }
    let joins = |at: usize| {
        matches!(words[at], "-" | "–" | "&" | "." | "/")
            && at > 0
            && views[at - 1].capital
            && views.get(at + 1).is_some_and(|v| v.capital)
    };
    let links = |at: usize| {
        matches!(
            words[at],
            "of" | "the"
                | "for"
                | "and"
                | "de"
                | "la"
                | "del"
                | "on"
                | "in"
                | "'s"
                | "’s"
                | "'"
                | "’"
                | "al"
                | "von"
                | "van"
        )
    };
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < views.len() {
        if !views[at].capital {
            at += 1;
            continue;
        }
        let from = at;
        while at < views.len() && (views[at].capital || joins(at)) {
            at += 1;
        }
        found.push((from, at));
    }
    let linked = |a: usize, b: usize| (1..=2).contains(&(b - a)) && (a..b).all(links);
    let mut group = 0;
    while group < found.len() {
        let mut end = group + 1;
        while end < found.len() && linked(found[end - 1].1, found[end].0) {
            end += 1;
        }
        let (first, last) = (found[group].0, found[end - 1].1);
        for &(from, to) in &found[group..end] {
            for slot in &mut all[from..to] {
                *slot = Some(Run {
                    from,
                    to,
                    first,
                    last,
                });
            }
        }
        group = end;
    }
    all
}

/// What the whole run tells about one of its tokens: its ends, its length, and what stands around it.
fn run_features(views: &[View], at: usize, run: &Run, look: u64, out: &mut Vec<u64>) {
    let len = (run.to - run.from).min(6) as u64;
    let place = ((at - run.from).min(3) * 4 + (run.to - 1 - at).min(3)) as u64;
    let word = |i: Option<usize>| i.and_then(|i| views.get(i)).map_or(1, |v| v.word);
    let class = |i: Option<usize>| i.and_then(|i| views.get(i)).map_or(300, |v| v.class);
    let before = run.from.checked_sub(1);
    let after = Some(run.to);
    let (head, tail) = (&views[run.from], &views[run.to - 1]);
    let mut n = 0;
    let mut add = |parts: &[u64]| {
        n += 1;
        out.push(parts.iter().fold(0x7E00 + n, |h, &p| mix(h, p)));
    };
    add(&[place, look]);
    add(&[tail.word, place]);
    add(&[head.word, place]);
    add(&[tail.any(), place]);
    add(&[head.any(), place]);
    add(&[head.any(), tail.any(), place]);
    add(&[tail.class, place]);
    add(&[word(before), place]);
    add(&[word(after), place]);
    add(&[class(before), class(after), len]);
    add(&[word(before), tail.any(), len]);
    add(&[word(after), tail.any(), len]);
    if run.first != run.from || run.last != run.to {
        let before = run.first.checked_sub(1);
        let side = u64::from(run.first != run.from) * 2 + u64::from(run.last != run.to);
        add(&[0, side, views[run.first].word, look]);
        add(&[1, side, views[run.last - 1].word, look]);
        add(&[2, side, views[run.first].any(), views[run.last - 1].any()]);
        add(&[3, side, word(before)]);
        add(&[4, side, word(Some(run.last))]);
    }
}
