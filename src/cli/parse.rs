//! `newsloom parse`.

use super::{Done, config, output};
use crate::source::{Articles, InputFormat};
use anyhow::bail;
use english::{Reader, conllu};
use std::io::Write;

pub(super) fn run(config: &config::Parse) -> anyhow::Result<Done> {
    let mut articles = Articles::new([config.input.clone()], InputFormat::Text, None);
    let mut out = output::stdout();
    for article in articles.by_ref() {
        let article = match article {
            Ok(article) => article,
            Err(skipped) => bail!("{}: {}; {}", skipped.source, skipped.reason, skipped.remedy),
        };
        let reader = Reader::embedded();
        let parsed = if config.conllu {
            let tokens = conllu::read(&article.text);
            let sentences = reader.read_tokens(&tokens);
            conllu::write(&conllu::join(&tokens), &sentences)
        } else {
            conllu::write(&article.text, &reader.read(&article.text))
        };
        out.write_all(parsed.as_bytes())?;
    }
    out.flush()?;
    Ok(Done::All)
}
