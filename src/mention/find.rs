//! The way from read sentences to mentions and chains.

use super::line::Line;
use super::names::Draft;
use super::{Chain, Mention, Mentions, chain, names, nominal};
use crate::document::Document;
use crate::schema::Schema;
use english::Sentence;

/// Finds who, where and when in the story text of a document. Sentences of page furniture stay in the reading, without mentions.
pub fn find(document: &Document, sentences: Vec<Sentence>, schema: &Schema) -> Mentions {
    let story: Vec<bool> = sentences
        .iter()
        .map(|s| {
            document
                .block_at(s.span.start())
                .is_some_and(|b| b.kind.is_story())
        })
        .collect();
    let (mentions, chains) = who(document.text(), &sentences, &story, schema);
    let times = super::time::find(document, &sentences);
    Mentions {
        sentences,
        story,
        mentions,
        chains,
        times,
    }
}

/// The mentions of the story sentences, and their chains.
fn who(
    text: &str,
    sentences: &[Sentence],
    story: &[bool],
    schema: &Schema,
) -> (Vec<Mention>, Vec<Chain>) {
    let lines: Vec<Option<Line<'_>>> = sentences
        .iter()
        .zip(story)
        .enumerate()
        .map(|(i, (s, &story))| story.then(|| Line::new(text, s, i as u32)))
        .collect();
    let mut mentions = Vec::new();
    let mut same = Vec::new();
    for line in lines.iter().flatten() {
        let mut drafts = names::find(line, schema);
        nominal::find(line, &mut drafts);
        let base = mentions.len();
        same.extend(
            nominal::same(line, &drafts)
                .into_iter()
                .map(|(a, b)| (base + a, base + b)),
        );
        mentions.extend(drafts.iter().map(|draft| mention(line, draft)));
    }
    let chains = chain::link(&lines, &mut mentions, &same, schema);
    (mentions, chains)
}

fn mention(line: &Line<'_>, draft: &Draft) -> Mention {
    Mention {
        span: line.sentence.bytes(draft.tokens),
        sentence: line.number,
        tokens: draft.tokens,
        head: line.head_of(draft.tokens) as u32,
        kind: draft.kind,
        form: draft.form,
        chain: 0,
        gender: draft.gender,
        honorific: draft.honorific.map(|tokens| line.sentence.bytes(tokens)),
    }
}
