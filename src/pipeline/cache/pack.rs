//! Extractions as bytes and back.
//!
//! In: what was read in one document. Out: bytes, and from them the very same again. Refuses: bytes that hold anything else;
//! whoever asks gets nothing. A field that is added to one of these types does not compile until it is packed too.

use crate::claim::{
    Claim, ClaimKind, Evidence, FigureWords, Filler, Modality, Polarity, Quotation, RoleWords,
    Slot, Speaker, Status, Voice,
};
use crate::document::DocumentId;
use crate::mention::{
    Chain, Form, Gender, Mention, MentionKind, Mentions, Precision, TimeMention, TimeValue,
};
use english::{Name, NameKind, Sentence, Span, Token, Upos};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Mutex, OnceLock, PoisonError};

/// What was read in a document, without the document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Read {
    pub(super) sentences: Vec<Sentence>,
    pub(super) story: Vec<bool>,
    pub(super) mentions: Vec<Mention>,
    pub(super) chains: Vec<Chain>,
    pub(super) times: Vec<TimeMention>,
    pub(super) claims: Vec<Claim>,
    pub(super) quotations: Vec<Quotation>,
}

impl Read {
    /// What is left without the mentions' own type.
    pub(super) fn of(mentions: &Mentions, claims: &[Claim], quotations: &[Quotation]) -> Self {
        let Mentions {
            sentences,
            story,
            mentions,
            chains,
            times,
        } = mentions.clone();
        Self {
            sentences,
            story,
            mentions,
            chains,
            times,
            claims: claims.to_vec(),
            quotations: quotations.to_vec(),
        }
    }

    /// As bytes.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut body = Packer::default();
        self.pack(&mut body);
        let mut out = Packer::default();
        let words: Vec<String> = body.words.iter().map(|w| (*w).to_owned()).collect();
        words.pack(&mut out);
        out.bytes.extend(body.bytes);
        out.bytes
    }

    /// From bytes, for the document that they were made for.
    pub(super) fn from_bytes(bytes: &[u8], document: &DocumentId) -> Option<Self> {
        let mut from = Unpacker {
            bytes,
            words: Vec::new(),
            document,
        };
        let words: Vec<String> = Pack::unpack(&mut from)?;
        from.words = words.iter().map(|w| for_ever(w)).collect();
        let read = Self::unpack(&mut from)?;
        from.bytes.is_empty().then_some(read)
    }
}

/// The one copy of a tag or fixed phrase; there are some hundred.
fn for_ever(word: &str) -> &'static str {
    static KNOWN: OnceLock<Mutex<FxHashSet<&'static str>>> = OnceLock::new();
    let mut known = KNOWN
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = known.get(word) {
        return kept;
    }
    let kept: &'static str = Box::leak(word.into());
    known.insert(kept);
    kept
}

/// Bytes in the making.
#[derive(Default)]
struct Packer {
    bytes: Vec<u8>,
    /// Tags and fixed phrases, each once.
    words: Vec<&'static str>,
    numbers: FxHashMap<&'static str, u32>,
}

/// Bytes being read.
struct Unpacker<'a> {
    bytes: &'a [u8],
    words: Vec<&'static str>,
    document: &'a DocumentId,
}

impl<'a> Unpacker<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }
}

trait Pack: Sized {
    fn pack(&self, to: &mut Packer);
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;
}

/// Small numbers are the commonest: seven bits a byte.
impl Pack for u32 {
    fn pack(&self, to: &mut Packer) {
        let mut rest = *self;
        while rest >= 0x80 {
            to.bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        to.bytes.push(rest as u8);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let mut value = 0u64;
        for shift in (0..35).step_by(7) {
            let byte = from.take(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Self::try_from(value).ok();
            }
        }
        None
    }
}

/// Types of fixed size, as their bytes.
macro_rules! plain {
    ($($type:ty),*) => {$(
        impl Pack for $type {
            fn pack(&self, to: &mut Packer) {
                to.bytes.extend(self.to_le_bytes());
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                let bytes = from.take(size_of::<Self>())?;
                Some(Self::from_le_bytes(bytes.try_into().ok()?))
            }
        }
    )*};
}
plain!(i8, i16, f32, f64);

/// Types with a few values.
macro_rules! choices {
    ($($type:ident: $($value:ident)*;)*) => {$(
        impl Pack for $type {
            fn pack(&self, to: &mut Packer) {
                let number = match self { $(Self::$value => Self::$value as u8),* };
                to.bytes.push(number);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                let number = from.take(1)?[0];
                [$(Self::$value),*].into_iter().find(|v| *v as u8 == number)
            }
        }
    )*};
}
choices! {
    ClaimKind: Role Event Relation Figure;
    Polarity: Affirmed Negated;
    Modality: Actual Possible Alleged Planned;
    Voice: Narrated Reported;
    Status: Current Former Future Undated;
    MentionKind: Person Group Organisation Place Facility Other;
    Form: Name Nominal Pronoun;
    Gender: Female Male;
    Precision: Day Month Year Range Unresolved;
    NameKind: Person Organisation Place Facility Event Other;
    Upos: Adj Adp Adv Aux Cconj Det Intj Noun Num Part Pron Propn Punct Sconj Sym Verb X;
}

/// Types with fields, one after another.
macro_rules! fields {
    ($($type:ident: $($field:ident)*;)*) => {$(
        impl Pack for $type {
            fn pack(&self, to: &mut Packer) {
                let Self { $($field),* } = self;
                $($field.pack(to);)*
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                Some(Self { $($field: Pack::unpack(from)?),* })
            }
        }
    )*};
}
fields! {
    Read: sentences story mentions chains times claims quotations;
    Sentence: span paragraph tokens names;
    Token: span upos xpos lemma head deprel;
    Name: tokens kind confidence;
    Mention: span sentence tokens head kind form chain gender honorific;
    Chain: kind name mentions gender;
    TimeMention: span sentence tokens head value;
    TimeValue: earliest latest precision partial year_offset;
    Slot: name filler;
    RoleWords: span concept qualifier;
    FigureWords: span value comparator unit;
    Evidence: document sentence span trigger rule;
    Claim: kind frame slots role figure status time polarity modality voice speaker cue confidence evidence;
    Quotation: span speaker cue;
}

/// Types whose values hold something.
macro_rules! variants {
    ($($type:ident: $($number:literal $value:ident)*;)*) => {$(
        impl Pack for $type {
            fn pack(&self, to: &mut Packer) {
                match self {
                    $(Self::$value(held) => {
                        to.bytes.push($number);
                        held.pack(to);
                    })*
                }
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                match from.take(1)?[0] {
                    $($number => Pack::unpack(from).map(Self::$value),)*
                    _ => None,
                }
            }
        }
    )*};
}
variants! {
    Filler: 0 Mention 1 Text 2 Event;
    Speaker: 0 Mention 1 Text;
}

impl Pack for bool {
    fn pack(&self, to: &mut Packer) {
        to.bytes.push(u8::from(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match from.take(1)?[0] {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Pack for String {
    fn pack(&self, to: &mut Packer) {
        (self.len() as u32).pack(to);
        to.bytes.extend(self.as_bytes());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let length = u32::unpack(from)? as usize;
        Self::from_utf8(from.take(length)?.to_vec()).ok()
    }
}

impl Pack for Box<str> {
    fn pack(&self, to: &mut Packer) {
        (self.len() as u32).pack(to);
        to.bytes.extend(self.as_bytes());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        String::unpack(from).map(String::into_boxed_str)
    }
}

impl Pack for &'static str {
    fn pack(&self, to: &mut Packer) {
        let next = to.words.len() as u32;
        let number = *to.numbers.entry(self).or_insert(next);
        if number == next {
            to.words.push(self);
        }
        number.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let number = u32::unpack(from)?;
        from.words.get(number as usize).copied()
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, to: &mut Packer) {
        self.is_some().pack(to);
        if let Some(held) = self {
            held.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        if bool::unpack(from)? {
            T::unpack(from).map(Some)
        } else {
            Some(None)
        }
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, to: &mut Packer) {
        (self.len() as u32).pack(to);
        for held in self {
            held.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let length = u32::unpack(from)? as usize;
        // Everything takes a byte or more: a length beyond the bytes is no length.
        let mut all = Self::with_capacity(length.min(from.bytes.len()));
        for _ in 0..length {
            all.push(T::unpack(from)?);
        }
        Some(all)
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, to: &mut Packer) {
        self.0.pack(to);
        self.1.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?))
    }
}

impl<U: Copy> Pack for Span<U> {
    fn pack(&self, to: &mut Packer) {
        (self.start() as u32).pack(to);
        (self.len() as u32).pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let (start, length) = (u32::unpack(from)?, u32::unpack(from)?);
        let end = start.checked_add(length)?;
        Some(Self::new(start as usize, end as usize))
    }
}

impl Pack for Date {
    fn pack(&self, to: &mut Packer) {
        self.year().pack(to);
        self.month().pack(to);
        self.day().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Self::new(i16::unpack(from)?, i8::unpack(from)?, i8::unpack(from)?).ok()
    }
}

/// Every claim of a document is stated in that document.
impl Pack for DocumentId {
    fn pack(&self, _: &mut Packer) {}

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(from.document.clone())
    }
}
