//! What a word form shows wherever it stands, looked up once and kept from sentence to sentence and from text to text.
//!
//! In: words. Out: numbers of forms, and what is known of each. What is kept is bounded; that it was kept changes no reading.

use crate::{
    form::{hash, normal},
    lemma::Lemmas,
    names::{
        NameModel, Sums,
        features::{Look, Setting},
    },
    net::{Fields, Net, Spreads},
    tagset::TAGS,
};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Number of forms that are kept before all are forgotten.
const KEPT: usize = 8192;

/// Hashes a word as the models do.
#[derive(Debug, Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    // The end mark of strings: there is one string a key.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// One form.
#[derive(Debug)]
struct Form {
    fields: Fields,
    look: Look,
    /// Lemmas by place of the tag in [`TAGS`].
    lemmas: Vec<(u8, Box<str>)>,
    /// What its own features add to the scores of its labels, by setting.
    own: Vec<(Setting, Sums)>,
}

/// The forms.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    numbers: HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>,
    all: Vec<Form>,
    spreads: Spreads,
    /// How many of them are ready in `spreads`.
    ready: usize,
}

impl Forms {
    /// Forgets all forms when they have become many.
    pub(crate) fn bound(&mut self) {
        if self.all.len() > KEPT {
            self.numbers.clear();
            self.all.clear();
            self.spreads.clear();
            self.ready = 0;
        }
    }

    /// The number of a word's form.
    pub(crate) fn number(&mut self, word: &str, net: &Net, names: &NameModel) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = self.all.len() as u32;
        let normal = normal(word);
        self.all.push(Form {
            fields: net.fields(word, &normal),
            look: names.look(word, &normal),
            lemmas: Vec::new(),
            own: Vec::new(),
        });
        self.numbers.insert(word.into(), number);
        number
    }

    /// What the network needs of all forms.
    pub(crate) fn spreads(&mut self, net: &Net) -> &Spreads {
        if self.ready < self.all.len() {
            net.learn(
                self.all[self.ready..].iter().map(|form| &form.fields),
                &mut self.spreads,
            );
            self.ready = self.all.len();
        }
        &self.spreads
    }

    /// What the name model needs of a form.
    pub(crate) fn look(&self, number: u32) -> Look {
        self.all[number as usize].look
    }

    /// What a form's own features add to the scores of its labels.
    pub(crate) fn own(&mut self, number: u32, setting: Setting, names: &NameModel) -> Sums {
        let form = &mut self.all[number as usize];
        if let Some((_, sums)) = form.own.iter().find(|(s, _)| *s == setting) {
            return *sums;
        }
        let sums = names.own(&form.look, setting);
        form.own.push((setting, sums));
        sums
    }

    /// The lemma of a form under a tag, given by its place in [`TAGS`].
    pub(crate) fn lemma(&mut self, number: u32, tag: u8, word: &str, lemmas: &Lemmas) -> Box<str> {
        let known = &mut self.all[number as usize].lemmas;
        if let Some((_, lemma)) = known.iter().find(|(t, _)| *t == tag) {
            return lemma.clone();
        }
        let lemma = lemmas.lemma(word, TAGS[tag as usize].1);
        known.push((tag, lemma.clone()));
        lemma
    }
}
