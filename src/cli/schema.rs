//! `newsloom schema docs` prints the vocabulary as a page. `newsloom schema check`: loads everything, then runs the examples of the frames: those of the folder that is given, or
//! all that are built in. Ends with 1 when an example does not come out as expected.

use super::{Done, build, config, output};
use crate::pipeline::Pipeline;
use crate::schema::{Schema, vocabulary};
use std::collections::BTreeSet;
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
    let built_in: BTreeSet<&str> = match config.ontology {
        Some(_) => Schema::embedded()
            .examples()
            .map(|c| c.example.text.as_str())
            .collect(),
        None => BTreeSet::new(),
    };
    let outcome = Pipeline {
        schema,
        reader: english::Reader::embedded(),
    }
    .run_examples(|case| {
        // A file of the folder brings its examples, even where it equals one that is built in.
        let given = config
            .ontology
            .as_ref()
            .is_some_and(|folder| folder.join(case.file).is_file());
        given || !built_in.contains(case.example.text.as_str())
    });
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
    Ok(if outcome.failures.is_empty() {
        Done::All
    } else {
        Done::Failing
    })
}

pub(super) fn docs(config: &config::CheckSchema) -> anyhow::Result<Done> {
    let page = vocabulary(config.ontology.as_deref())?;
    let mut out = output::stdout();
    out.write_all(page.as_bytes())?;
    out.flush()?;
    Ok(Done::All)
}
