//! Dictionary forms: cut an ending and add another, as decided by the longest ending the model knows for the tag.
//!
//! In: a word and its Penn tag. Out: its lemma; lower case except for proper nouns.

use crate::{
    form::{hash, mix},
    lookup::Lookup,
    model::ModelError,
};

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
    endings: Lookup,
}

/// The form that changes apply to: as written for proper nouns, else in lower case with plain apostrophes.
pub fn base(word: &str, xpos: &str) -> String {
    if xpos.starts_with("NNP") {
        word.to_owned()
    } else if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.to_lowercase().replace(['’', '‘'], "'")
    }
}

/// Keys of the endings of `base` under a tag, by their length in bytes from 0; the second is that of the whole word.
pub fn keys(base: &str, xpos: &str) -> ([u32; LONGEST + 1], u32) {
    let start = hash(xpos.as_bytes());
    let mut keys = [0; LONGEST + 1];
    let mut h = start;
    keys[0] = h as u32;
    for (n, byte) in base.bytes().rev().take(LONGEST).enumerate() {
        h = mix(h, u64::from(byte.to_ascii_lowercase()));
        keys[n + 1] = h as u32;
    }
    let whole = base
        .bytes()
        .rev()
        .skip(LONGEST)
        .fold(mix(h, 256), |h, byte| {
            mix(h, u64::from(byte.to_ascii_lowercase()))
        });
    (keys, whole as u32)
}

/// Writes the section of the model file: changes, then for each key the number of its change, in the order given.
pub fn write(changes: &[Change], endings: &[(u32, u16)]) -> Vec<u8> {
    let mut out = (changes.len() as u16).to_le_bytes().to_vec();
    for change in changes {
        out.extend([change.cut, change.add.len() as u8]);
        out.extend(change.add.as_bytes());
    }
    for (key, number) in endings {
        out.extend(key.to_le_bytes());
        out.extend(number.to_le_bytes());
    }
    out
}

impl Lemmas {
    /// Reads a section that [`write()`] made.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let short = || ModelError::Shape("lemmas");
        let (count, mut rest) = bytes.split_first_chunk::<2>().ok_or_else(short)?;
        let mut changes = Vec::new();
        for _ in 0..u16::from_le_bytes(*count) {
            let (&[cut, len], tail) = rest.split_first_chunk::<2>().ok_or_else(short)?;
            let (add, tail) = tail.split_at_checked(len as usize).ok_or_else(short)?;
            let add = std::str::from_utf8(add).map_err(|_| short())?.to_owned();
            changes.push(Change { cut, add });
            rest = tail;
        }
        let entry = |e: &[u8]| {
            (
                u32::from_le_bytes([e[0], e[1], e[2], e[3]]),
                u32::from(u16::from_le_bytes([e[4], e[5]])),
            )
        };
        if rest
            .chunks_exact(6)
            .any(|e| entry(e).1 as usize >= changes.len())
        {
            return Err(short());
        }
        Ok(Self {
            changes,
            endings: Lookup::new(rest.chunks_exact(6).map(entry)),
        })
    }

    /// The lemma of `word` under the Penn tag `xpos`.
    pub fn lemma(&self, word: &str, xpos: &str) -> Box<str> {
        let mut base = base(word, xpos);
        if let Some(infinitive) = crate::irregular::infinitive(&base, xpos) {
            return infinitive.into();
        }
        let (endings, whole) = keys(&base, xpos);
        let longest = LONGEST.min(base.len());
        let whole = self.endings.get(whole);
        if whole.is_none()
            && let Some(infinitive) = crate::regular::infinitive(&base, xpos)
        {
            return infinitive.into();
        }
        let known = whole.or_else(|| {
            endings[..=longest]
                .iter()
                .rev()
                .find_map(|&key| self.endings.get(key))
        });
        if let Some(change) = known.map(|number| &self.changes[number as usize])
            && let Some(kept) = base.len().checked_sub(change.cut as usize)
            && base.is_char_boundary(kept)
            && (kept > 0 || !change.add.is_empty())
        {
            base.truncate(kept);
            base.push_str(&change.add);
        }
        base.into()
    }
}
