//! `newsloom schema check`: loads everything, then runs the examples of the frames.

use super::{Done, build, config, output};
use crate::pipeline::Pipeline;
use std::io::Write;

pub(super) fn run(config: &config::CheckSchema) -> anyhow::Result<Done> {
    let schema = build::schema(config.ontology.as_deref())?;
    let schema = schema.as_ref();
    let mut out = output::stdout();
    writeln!(
        out,
        "{} event types, {} relations, {} roles: no fault",
        schema.frames.len(),
        schema.relations.len(),
        schema.roles.concepts().len()
    )?;
    let outcome = Pipeline {
        schema,
        reader: english::Reader::embedded(),
    }
    .run_examples();
    for failure in &outcome.failures {
        writeln!(out, "{failure}")?;
    }
    let all = outcome.yes + outcome.no;
    writeln!(
        out,
        "{} of {all} examples as expected",
        all - outcome.failures.len()
    )?;
    out.flush()?;
    Ok(Done::All)
}
