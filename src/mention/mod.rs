//! Who, where, when: the mentions of one document and the chains that link them.
//!
//! In: a frozen [`Document`](crate::document::Document) and its reading. Out: [`Mentions`]: names, nominals, pronouns and
//! times as spans of the text, names of one thing linked into [`Chain`]s. Refuses: page furniture, and any
//! guess about who "they" are.

mod chain;
mod find;
pub(crate) mod lexicon;
mod line;
mod names;
mod nominal;
pub mod time;

pub use find::find;
pub(crate) use lexicon::{Class, Lexicon};
pub(crate) use line::{Line, is_relation};
pub(crate) use nominal::{is_aged, skip_age};

use english::{Byte, Nth, Sentence, Span};
use jiff::civil::Date;

/// Index of a [`Mention`] in its document's list.
pub type MentionId = u32;
/// Index of a [`Chain`] in its document's list.
pub type ChainId = u32;
/// Index of a [`TimeMention`] in its document's list.
pub type TimeId = u32;

/// What kind of thing is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// One person ("Ms Lee", "the home secretary", "he").
    Person,
    /// Several people without one name ("officers", "relatives and supporters", "they").
    Group,
    /// An organisation ("the Met", "the company").
    Organisation,
    /// A place ("Leeds", "the capital").
    Place,
    /// A place that can act as a body ("the Old Bailey", "Heathrow").
    Facility,
    /// A named event, work, product, programme or nationality.
    Other,
}

impl MentionKind {
    /// Lower-case word for JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Group => "group",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Facility => "facility",
            Self::Other => "other",
        }
    }
}

/// How the thing is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// By a proper name.
    Name,
    /// By a common noun phrase.
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// Grammatical gender that the text shows (pronoun, honorific, forename).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
}

/// One mention: a run of tokens of one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where it stands in the text.
    pub span: Span<Byte>,
    /// Number of its sentence.
    pub sentence: u32,
    /// Its tokens in that sentence. A name covers the name alone, without title, role or article.
    pub tokens: Span<Nth>,
    /// Its syntactic head in that sentence.
    pub head: u32,
    /// What is mentioned.
    pub kind: MentionKind,
    /// How.
    pub form: Form,
    /// The chain it belongs to (a chain may have one mention).
    pub chain: ChainId,
    /// Gender shown here.
    pub gender: Option<Gender>,
    /// Honorific before a name ("Sir", "Ms", "Baroness"), as written.
    pub honorific: Option<Span<Byte>>,
}

/// The mentions of one thing in one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// Kind of its most telling mention.
    pub kind: MentionKind,
    /// Fullest name in the document ("Jane Lee"), with straight apostrophes and single spaces; `None` for unnamed ones.
    pub name: Option<String>,
    /// Its mentions in text order.
    pub mentions: Vec<MentionId>,
    /// Gender, where some mention shows it and none disagrees.
    pub gender: Option<Gender>,
}

/// How fine a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day.
    Day,
    /// One month.
    Month,
    /// One year.
    Year,
    /// A stretch given by its bounds.
    Range,
    /// The words could not be resolved.
    Unresolved,
}

/// A time as far as the text and the publication date settle it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeValue {
    /// First day it can mean, when settled.
    pub earliest: Option<Date>,
    /// Last day it can mean (inclusive), when settled.
    pub latest: Option<Date>,
    /// How fine it is.
    pub precision: Precision,
    /// Month and day that the words give while the year is open ("5 September last year" without a publication date): (month, day).
    pub partial: Option<(i8, Option<i8>)>,
    /// Year relative to the year of publication that the words give ("last year" = -1), when the date of publication is unknown.
    pub year_offset: Option<i8>,
}

impl TimeValue {
    /// As `xsd:date`, `xsd:gYearMonth` or `xsd:gYear` lexical form at the precision of the text; `None` when unresolved or a range.
    pub fn lexical(&self) -> Option<String> {
        let d = self.earliest?;
        match self.precision {
            Precision::Day => Some(d.to_string()),
            Precision::Month => Some(format!("{:04}-{:02}", d.year(), d.month())),
            Precision::Year => Some(format!("{:04}", d.year())),
            Precision::Range | Precision::Unresolved => None,
        }
    }
}

/// An expression of time in the text ("on Saturday night", "in September 2022").
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    /// Where it stands in the text, preposition included.
    pub span: Span<Byte>,
    /// Number of its sentence.
    pub sentence: u32,
    /// Its tokens.
    pub tokens: Span<Nth>,
    /// Its syntactic head.
    pub head: u32,
    /// What it means.
    pub value: TimeValue,
}

/// Everything mentioned in one document. Names in page furniture are left out of `mentions`.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// The reading of the whole text, furniture included.
    pub sentences: Vec<Sentence>,
    /// For each sentence, whether it is story text (not furniture, caption, credit, byline).
    pub story: Vec<bool>,
    /// In text order.
    pub mentions: Vec<Mention>,
    /// In order of first mention.
    pub chains: Vec<Chain>,
    /// In text order.
    pub times: Vec<TimeMention>,
}

impl Mentions {
    /// The mention in `sentence` whose span covers token `token` (the smallest one).
    pub fn at(&self, sentence: u32, token: u32) -> Option<MentionId> {
        let from = self.mentions.partition_point(|m| m.sentence < sentence);
        self.mentions[from..]
            .iter()
            .enumerate()
            .take_while(|(_, m)| m.sentence == sentence)
            .filter(|(_, m)| m.tokens.holds(token as usize))
            .min_by_key(|(_, m)| m.tokens.len())
            .map(|(i, _)| (from + i) as MentionId)
    }

    /// Whether `sentence` mentions two things, or a thing and a time.
    pub fn several_in(&self, sentence: u32) -> bool {
        let of = |at: Option<u32>| at == Some(sentence);
        let from = self.mentions.partition_point(|m| m.sentence < sentence);
        let times = self.times.partition_point(|t| t.sentence < sentence);
        of(self.mentions.get(from).map(|m| m.sentence))
            && (of(self.mentions.get(from + 1).map(|m| m.sentence))
                || of(self.times.get(times).map(|t| t.sentence)))
    }

    /// The mention in `sentence` that has token `token` as its head.
    pub fn headed(&self, sentence: u32, token: u32) -> Option<MentionId> {
        let from = self.mentions.partition_point(|m| m.sentence < sentence);
        self.mentions[from..]
            .iter()
            .take_while(|m| m.sentence == sentence)
            .position(|m| m.head == token)
            .map(|i| (from + i) as MentionId)
    }
}
