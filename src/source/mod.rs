//! Brings bytes in: files, folders, standard input, JSONL records.
//!
//! In: paths. Out: [`RawArticle`]s in a fixed order, and one [`Skipped`] line for each input that cannot be used.
//! Refuses: what is empty, not text in the encoding asked for, or unreadable; nothing is guessed and nothing aborts the
//! rest.

mod decode;
mod read;
mod record;

pub use read::{Articles, Input, InputFormat};
pub use record::article as record;

/// Text as it came, with what came with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawArticle {
    /// Path or URL as given, or the `id` of a JSONL record.
    pub source: String,
    /// Title, when the carrier gives one.
    pub title: Option<String>,
    /// Publisher, when the carrier gives one.
    pub publisher: Option<String>,
    /// Publication date, ISO 8601, when the carrier gives one.
    pub published: Option<String>,
    /// The text.
    pub text: String,
}

/// An input that was left out: a line of the report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Skipped {
    /// Path or record.
    pub source: String,
    /// What is wrong with it.
    pub reason: String,
    /// What the user can do about it.
    pub remedy: String,
}

impl Skipped {
    /// A line of the report.
    pub fn new(
        source: impl Into<String>,
        reason: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            source: source.into(),
            reason: reason.into(),
            remedy: remedy.into(),
        }
    }
}
