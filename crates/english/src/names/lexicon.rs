//! What is known of words before a sentence is read: gazetteer kinds of word sequences, word classes, and how often a word
//! is written with a capital.
//!
//! In: sections of the model file. Out: look-ups by hash. Nothing here is exact: a hash of 32 bits stands for the words.

use crate::{
    form::{hash, mix},
    lookup::Marks,
    model::ModelError,
};

/// Kinds of gazetteer entry, as bits.
pub mod kind {
    /// Forename.
    pub const FORENAME: u16 = 1;
    /// Surname.
    pub const SURNAME: u16 = 1 << 1;
    /// Town or city.
    pub const CITY: u16 = 1 << 2;
    /// Country, region, district.
    pub const REGION: u16 = 1 << 3;
    /// Well-known organisation.
    pub const ORGANISATION: u16 = 1 << 4;
    /// Listed company.
    pub const COMPANY: u16 = 1 << 5;
    /// University.
    pub const UNIVERSITY: u16 = 1 << 6;
    /// Building or site.
    pub const FACILITY: u16 = 1 << 7;
    /// Honorific.
    pub const HONORIFIC: u16 = 1 << 8;
    /// Head word or ending of names of organisations.
    pub const ORG_HEAD: u16 = 1 << 9;
    /// Demonym or adjective of a country.
    pub const DEMONYM: u16 = 1 << 10;
    /// Kinds that are whole names.
    pub const NAMES: u16 = CITY | REGION | ORGANISATION | COMPANY | UNIVERSITY | FACILITY;
    /// Number of kinds.
    pub const COUNT: usize = 11;
}

/// Longest gazetteer entry in words.
pub const LONGEST: usize = 6;

/// A hash table from 32-bit keys to 16-bit values, built once from sorted pairs.
#[derive(Debug)]
struct Map {
    marks: Marks,
    slots: Vec<(u32, u16)>,
}

impl Map {
    fn build(bytes: &[u8], section: &'static str) -> Result<Self, ModelError> {
        if !bytes.len().is_multiple_of(6) {
            return Err(ModelError::Shape(section));
        }
        let room = (bytes.len() / 6 * 2).next_power_of_two().max(2);
        let mut slots = vec![(0_u32, 0_u16); room];
        let mut marks = Marks::new();
        for pair in bytes.chunks_exact(6) {
            let key = u32::from_le_bytes([pair[0], pair[1], pair[2], pair[3]]);
            let value = u16::from_le_bytes([pair[4], pair[5]]);
            let mut at = super::first_slot(key, room);
            while slots[at].1 != 0 {
                at = (at + 1) & (room - 1);
            }
            slots[at] = (key, value);
            marks.set(key);
        }
        Ok(Self { marks, slots })
    }

    fn get(&self, key: u32) -> u16 {
        if !self.marks.may_hold(key) {
            return 0;
        }
        let mask = self.slots.len() - 1;
        let mut at = super::first_slot(key, self.slots.len());
        loop {
            let (k, v) = self.slots[at];
            if v == 0 || k == key {
                return v;
            }
            at = (at + 1) & mask;
        }
    }
}

/// Key of one word: the hash of its normalised form, folded to 32 bits.
pub fn key(normal: &str) -> u32 {
    fold(hash(normal.as_bytes()))
}

/// Key of a sequence, from the key of all but the last word and the last word's key.
pub fn chain(before: u32, last: u32) -> u32 {
    fold(mix(u64::from(before) + 0x9E37, u64::from(last)))
}

/// Key of a run of words as they stand in a text; 0 for none.
pub fn sequence(words: &[&str]) -> u32 {
    let mut keys = words.iter().map(|w| key(&crate::form::normal(w)));
    let first = keys.next().unwrap_or(0);
    keys.fold(first, chain)
}

const fn fold(h: u64) -> u32 {
    (h ^ (h >> 32)) as u32
}

/// What is known of words and word sequences.
#[derive(Debug)]
pub struct Lexicon {
    entries: Map,
    words: Map,
}

impl Lexicon {
    /// Builds the look-ups from the sections `gazetteer` and `words` of a model file: records of a 32-bit key and a
    /// 16-bit value (kinds; class in the low byte and capital habit in the next two bits, plus one bit that is always set).
    pub fn read(gazetteer: &[u8], words: &[u8]) -> Result<Self, ModelError> {
        Ok(Self {
            entries: Map::build(gazetteer, "gazetteer")?,
            words: Map::build(words, "words")?,
        })
    }

    /// Kinds of the sequence with this key, as bits.
    pub fn kinds(&self, key: u32) -> u16 {
        self.entries.get(key)
    }

    /// Whether a word is a title or an office and nobody's name ("Secretary", but not "King").
    pub fn office(&self, word: &str) -> bool {
        let kinds = self.kinds(key(&crate::form::normal(word)));
        kinds & kind::HONORIFIC != 0 && kinds & (kind::FORENAME | kind::SURNAME) == 0
    }

    /// Word class (0 = unknown) and capital habit (0 unknown, 1 mostly small, 2 mixed, 3 mostly capital) of a word.
    pub fn word(&self, key: u32) -> (u8, u8) {
        let v = self.words.get(key);
        ((v & 0xff) as u8, (v >> 8 & 3) as u8)
    }
}
