//! JSONL records: one article a line.

use super::{RawArticle, Skipped};
use serde::Deserialize;

/// One line: `{"id", "text", "title"?, "published"?, "publisher"?}`; other members are passed over.
#[derive(Deserialize)]
struct Record {
    id: Option<serde_json::Value>,
    text: String,
    title: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
}

/// The article in line `number` (counted from 1) of `carrier`; `None` for a blank line.
pub fn article(line: &str, carrier: &str, number: usize) -> Option<Result<RawArticle, Skipped>> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    let place = format!("{carrier}:{number}");
    let given = |value: Option<String>| value.filter(|v| !v.trim().is_empty());
    Some(match serde_json::from_str::<Record>(line) {
        Ok(record) => Ok(RawArticle {
            source: match record.id {
                Some(serde_json::Value::String(id)) if !id.is_empty() => id,
                Some(serde_json::Value::Number(id)) => id.to_string(),
                _ => place,
            },
            title: given(record.title),
            publisher: given(record.publisher),
            published: given(record.published),
            text: record.text,
        }),
        Err(error) => Err(Skipped::new(
            place,
            format!(
                "not a JSON record: {}",
                error.to_string().replace(" at line 1", " at")
            ),
            r#"write one object a line: {"id": "…", "text": "…", "title": "…", "published": "2024-05-31", "publisher": "…"}"#,
        )),
    })
}
