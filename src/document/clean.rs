//! From a raw article to a frozen document: one kind of line end, no control characters, a day of publication.

use super::{Document, block, dateline};
use crate::source::{RawArticle, Skipped};
use jiff::civil::Date;

/// Why an article is no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// No letter in it.
    #[error("{path}: no text: there is no letter in it")]
    NoLetters {
        /// Where it came from.
        path: String,
    },
    /// The day of publication that came with it is not ISO 8601.
    #[error("{path}: {given:?} is no ISO 8601 date")]
    Published {
        /// Where it came from.
        path: String,
        /// The date as given.
        given: String,
    },
    /// More text than spans can count.
    #[error("{path}: a text of {bytes} bytes is too long")]
    TooLong {
        /// Where it came from.
        path: String,
        /// Its length.
        bytes: usize,
    },
}

impl DocumentError {
    /// The line of the report.
    pub fn skipped(&self) -> Skipped {
        match self {
            Self::NoLetters { path } => Skipped::new(
                path,
                "no text: there is no letter in it",
                "remove it, or put the text of the article into it",
            ),
            Self::Published { path, given } => Skipped::new(
                path,
                format!("{given:?} is no ISO 8601 date"),
                "write the day of publication as 2024-05-31, or leave it out",
            ),
            Self::TooLong { path, bytes } => Skipped::new(
                path,
                format!("a text of {bytes} bytes is too long"),
                "cut it into articles",
            ),
        }
    }
}

impl Document {
    /// Cleans, dates and freezes an article.
    pub fn new(raw: RawArticle) -> Result<Self, DocumentError> {
        let text = clean(&raw.text);
        if !text.chars().any(char::is_alphabetic) {
            return Err(DocumentError::NoLetters { path: raw.source });
        }
        if text.len() > (u32::MAX / 2) as usize {
            return Err(DocumentError::TooLong {
                path: raw.source,
                bytes: text.len(),
            });
        }
        let given = match &raw.published {
            None => None,
            Some(given) => Some(iso_day(given).ok_or_else(|| DocumentError::Published {
                path: raw.source.clone(),
                given: given.clone(),
            })?),
        };
        let title = raw.title.as_deref().map(line).filter(|t| !t.is_empty());
        let publisher = raw.publisher.as_deref().map(line).filter(|t| !t.is_empty());
        let blocks = block::classify(&text, title.as_deref());
        let published = given.or_else(|| dateline::published(&text, &blocks));
        let title = title.or_else(|| block::headline(&text, &blocks));
        Ok(Self {
            id: Self::hash(title.as_deref(), publisher.as_deref(), published, &text),
            source: raw.source,
            title,
            publisher,
            published,
            text,
            blocks,
        })
    }
}

/// LF line ends, no byte order mark, no C0 control character but tab and line feed, no non-character that XML forbids.
fn clean(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    text.push('\n');
                }
            }
            '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => text.push('\n'),
            '\n' | '\t' => text.push(c),
            '\0'..='\u{1f}' | '\u{7f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => text.push(c),
        }
    }
    text
}

/// A title or name on one line with single spaces.
fn line(given: &str) -> String {
    let clean = clean(given);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The day of an ISO 8601 date or date and time.
fn iso_day(given: &str) -> Option<Date> {
    let given = given.trim();
    let day = given.get(..10)?;
    let after = given[10..].chars().next();
    if matches!(after, None | Some('T' | 't' | ' ')) {
        day.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Result<Document, DocumentError> {
        Document::new(RawArticle {
            source: "a.txt".into(),
            text: text.into(),
            ..RawArticle::default()
        })
    }

    #[test]
    fn line_ends_and_controls_are_cleaned() {
        let read = document("\u{feff}One\u{7}.\r\nTwo.\rThree.\u{0}").unwrap();
        assert_eq!(read.text(), "One.\nTwo.\nThree.");
        assert_eq!(read.blocks().len(), 3);
    }

    #[test]
    fn text_without_letters_is_refused() {
        assert!(matches!(
            document("12 34 …"),
            Err(DocumentError::NoLetters { .. })
        ));
    }

    #[test]
    fn the_source_does_not_change_the_id() {
        let one = document("Ann Lee resigned.").unwrap();
        let mut raw = RawArticle {
            source: "b.txt".into(),
            text: "Ann Lee resigned.".into(),
            ..RawArticle::default()
        };
        assert_eq!(Document::new(raw.clone()).unwrap().id(), one.id());
        raw.published = Some("2024-02-30".into());
        assert!(matches!(
            Document::new(raw.clone()),
            Err(DocumentError::Published { .. })
        ));
        raw.published = Some("2024-02-28T10:00:00Z".into());
        assert_ne!(Document::new(raw).unwrap().id(), one.id());
    }
}
