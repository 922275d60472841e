//! Expressions of time and what they mean.
//!
//! In: a document and its sentences. Out: [`TimeMention`]s in text order. Refuses: durations, ages, and any year that
//! neither the words nor the date of publication give.

use super::TimeMention;
use crate::document::Document;
use english::Sentence;

/// The expressions of time in `sentences`, in text order.
pub fn find(document: &Document, sentences: &[Sentence]) -> Vec<TimeMention> {
    let _ = (document, sentences);
    Vec::new()
}
