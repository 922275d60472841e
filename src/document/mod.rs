//! Clean, dated, frozen text.
//!
//! In: a [`RawArticle`](crate::source::RawArticle). Out: a [`Document`] whose text never changes again, with each
//! block of it (a line or paragraph) told apart as story or page furniture. Refuses: text without a letter in it.

mod block;
mod clean;
mod cue;
mod dateline;
mod points;

use english::{Byte, Span};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

pub use block::{Block, BlockKind};
pub use clean::DocumentError;
pub use points::CodePoints;

/// Content hash of a document: SHA-256 over title, date, publisher and text, as lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(String);

impl DocumentId {
    /// The 64 hexadecimal digits.
    pub fn hex(&self) -> &str {
        &self.0
    }

    /// As `dcterms:identifier` and JSON give it: `sha256:…`.
    pub fn urn(&self) -> String {
        format!("sha256:{}", self.0)
    }
}

/// A news document: text with LF line ends and no C0 control characters, and what is known about it.
#[derive(Clone, Debug)]
pub struct Document {
    id: DocumentId,
    source: String,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<Date>,
    text: String,
    blocks: Vec<Block>,
}

impl Document {
    /// Content hash.
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// Where it came from: a path or URL as given, or the `id` of a JSONL record.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Title given with it, or its headline block.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Publisher given with it.
    pub fn publisher(&self) -> Option<&str> {
        self.publisher.as_deref()
    }

    /// Day of publication, given with it or read from a dateline; relative dates count from here.
    pub fn published(&self) -> Option<Date> {
        self.published
    }

    /// The frozen text; every span of the document counts bytes of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its blocks in order; together they cover every character that is not white space.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block that holds the byte at `at`, if it is not between blocks.
    pub fn block_at(&self, at: usize) -> Option<&Block> {
        let i = self.blocks.partition_point(|b| b.span.end() <= at);
        self.blocks.get(i).filter(|b| b.span.start() <= at)
    }

    /// Unicode code points before byte `at`, the unit of every offset that leaves the program.
    pub fn code_points(&self, at: usize) -> usize {
        self.text[..at].chars().count()
    }

    /// The text of a span.
    pub fn slice(&self, span: Span<Byte>) -> &str {
        span.slice(&self.text)
    }

    /// A document for tests: one body block, the text as it is.
    #[cfg(test)]
    pub(crate) fn sample(source: &str, published: Option<Date>, text: &str) -> Self {
        let blocks = vec![Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Body,
        }];
        Self {
            id: Self::hash(None, None, published, text),
            source: source.to_owned(),
            title: None,
            publisher: None,
            published,
            text: text.to_owned(),
            blocks,
        }
    }

    fn hash(
        title: Option<&str>,
        publisher: Option<&str>,
        published: Option<Date>,
        text: &str,
    ) -> DocumentId {
        let mut h = Sha256::new();
        for part in [
            title.unwrap_or(""),
            publisher.unwrap_or(""),
            &published.map(|d| d.to_string()).unwrap_or_default(),
            text,
        ] {
            h.update(part.as_bytes());
            h.update([0x1f]);
        }
        DocumentId(data_encoding::HEXLOWER.encode(&h.finalize()))
    }
}
