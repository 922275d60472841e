//! `newsloom extract`.

use super::{Done, build, config, output};
use crate::export::extraction;
use crate::pipeline::Pipeline;
use crate::source::Articles;
use english::Reader;
use std::io::Write;

pub(super) fn run(config: config::Extract) -> anyhow::Result<Done> {
    let schema = build::schema(config.ontology.as_deref())?;
    let pipeline = Pipeline {
        schema: schema.as_ref(),
        reader: Reader::embedded(),
    };
    let articles = Articles::new(
        config.articles.inputs,
        config.articles.format,
        config.articles.encoding,
    );
    let mut out = output::stdout();
    let mut done = Done::All;
    pipeline.extract_all(articles, |outcome| -> anyhow::Result<()> {
        match outcome {
            Ok(mut extraction) => {
                extraction.keep_sure(config.min_confidence);
                extraction::write(&extraction, &mut out)?;
            }
            Err(skipped) => {
                done = Done::Skipped;
                eprintln!(
                    "skipped {}: {}; {}",
                    skipped.source, skipped.reason, skipped.remedy
                );
            }
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(done)
}
