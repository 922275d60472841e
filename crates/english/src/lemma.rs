//! Dictionary forms: cut an ending and add another, as decided by the longest ending the model knows for the tag.
//!
//! In: a word and its Penn tag. Out: its lemma; lower case except for proper nouns.

use crate::{
    form::{hash, mix},
    model::ModelError,
};
use std::collections::HashMap;

/// Longest ending that decides, in bytes.
pub const LONGEST: usize = 8;

/// Change of an ending: bytes to cut, text to add.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change {
    /// How many bytes to cut at the end of the form.
    pub cut: u8,
    /// What to add then.
    pub add: String,
}

/// The lemma model.
#[derive(Debug, Default)]
pub struct Lemmas {
    changes: Vec<Change>,
    endings: HashMap<u32, u16>,
}

/// The form that changes apply to: as written for proper nouns, else in lower case with plain apostrophes.
pub fn base(word: &str, xpos: &str) -> String {
    if xpos.starts_with("NNP") {
        word.to_owned()
    } else {
        word.to_lowercase().replace(['’', '‘'], "'")
    }
}

/// Key of an ending of `base` under a tag: `length` bytes, or the whole word where `length` is `None`.
pub fn key(base: &str, xpos: &str, length: Option<usize>) -> Option<u32> {
    let ending = match length {
        None => base,
        Some(n) => base.get(base.len().checked_sub(n)?..)?,
    };
    let lower = ending.to_lowercase();
    Some(mix(
        mix(hash(lower.as_bytes()), hash(xpos.as_bytes())),
        u64::from(length.is_none()),
    ) as u32)
}

impl Lemmas {
    /// Makes a model from changes and, for each ending key, the number of its change.
    pub fn new(changes: Vec<Change>, endings: impl IntoIterator<Item = (u32, u16)>) -> Self {
        Self {
            changes,
            endings: endings.into_iter().collect(),
        }
    }

    /// Reads a section that [`Self::write`] made.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let short = || ModelError::Shape("lemmas");
        let (count, mut rest) = bytes.split_first_chunk::<2>().ok_or_else(short)?;
        let mut changes = Vec::new();
        for _ in 0..u16::from_le_bytes(*count) {
            let (&[cut, len], tail) = rest.split_first_chunk::<2>().ok_or_else(short)?;
            let (add, tail) = tail.split_at_checked(len as usize).ok_or_else(short)?;
            changes.push(Change {
                cut,
                add: std::str::from_utf8(add).map_err(|_| short())?.to_owned(),
            });
            rest = tail;
        }
        let mut endings = HashMap::with_capacity(rest.len() / 6);
        for entry in rest.chunks_exact(6) {
            let number = u16::from_le_bytes([entry[4], entry[5]]);
            if usize::from(number) >= changes.len() {
                return Err(short());
            }
            endings.insert(
                u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]),
                number,
            );
        }
        Ok(Self { changes, endings })
    }

    /// The section, the same bytes for the same model.
    pub fn write(&self) -> Vec<u8> {
        let mut out = (self.changes.len() as u16).to_le_bytes().to_vec();
        for change in &self.changes {
            out.extend([change.cut, change.add.len() as u8]);
            out.extend(change.add.as_bytes());
        }
        let mut sorted: Vec<(u32, u16)> = self.endings.iter().map(|(&k, &v)| (k, v)).collect();
        sorted.sort_unstable();
        for (key, number) in sorted {
            out.extend(key.to_le_bytes());
            out.extend(number.to_le_bytes());
        }
        out
    }

    /// The lemma of `word` under the Penn tag `xpos`.
    pub fn lemma(&self, word: &str, xpos: &str) -> Box<str> {
        let mut base = base(word, xpos);
        let lengths = [None]
            .into_iter()
            .chain((0..=LONGEST.min(base.len())).rev().map(Some));
        let known = lengths
            .filter_map(|n| self.endings.get(&key(&base, xpos, n)?))
            .next();
        if let Some(change) = known.map(|&number| &self.changes[number as usize])
            && (change.cut as usize) < base.len() + usize::from(!change.add.is_empty())
            && base.is_char_boundary(base.len() - change.cut as usize)
        {
            base.truncate(base.len() - change.cut as usize);
            base.push_str(&change.add);
        }
        base.into()
    }
}
