//! `newsloom schema check`.

use super::{Done, build, config, output};
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
    out.flush()?;
    Ok(Done::All)
}
