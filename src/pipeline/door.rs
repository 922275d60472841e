//! Doors to stations that are being built.

use crate::document::Document;
use crate::mention::{Mentions, time};
use crate::schema::Schema;
use english::Sentence;

/// Sentences and times only, until mentions are found.
pub(super) fn mentions(document: &Document, sentences: Vec<Sentence>, _: &Schema) -> Mentions {
    let story = sentences
        .iter()
        .map(|s| {
            document
                .block_at(s.span.start())
                .is_some_and(|b| b.kind.is_story())
        })
        .collect();
    let times = time::find(document, &sentences);
    Mentions {
        story,
        sentences,
        times,
        ..Mentions::default()
    }
}
