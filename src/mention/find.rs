//! The way from read sentences to mentions and chains.

use super::line::Line;
use super::names::Draft;
use super::{Chain, Mention, MentionKind, Mentions, chain, names, nominal};
use crate::document::Document;
use crate::schema::Schema;
use english::Sentence;
use rustc_hash::FxHashSet;

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
    let mut found: Vec<Vec<Draft>> = lines
        .iter()
        .flatten()
        .map(|line| names::find(line, schema))
        .collect();
    let surnames: FxHashSet<&str> = lines
        .iter()
        .flatten()
        .zip(&found)
        .flat_map(|(line, drafts)| drafts.iter().map(move |d| (line, d)))
        .filter(|(_, d)| d.kind == MentionKind::Person && d.tokens.len() > 1)
        .map(|(line, d)| line.form(d.tokens.end() - 1))
        .filter(|form| form.chars().count() > 2 && form.starts_with(char::is_uppercase))
        .collect();
    for (line, drafts) in lines.iter().flatten().zip(&mut found) {
        names::surnames(line, &surnames, drafts);
    }
    for (line, mut drafts) in lines.iter().flatten().zip(found) {
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
