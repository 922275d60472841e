//! `newsloom ask`.

use super::{Done, config, output, query};
use crate::query::Question;
use crate::store::Store;
use std::io::Write;

pub(super) fn run(config: config::Ask) -> anyhow::Result<Done> {
    let Some(name) = config.name else {
        return list();
    };
    let question = Question::named(&name)?;
    if config.print {
        let mut out = output::stdout();
        out.write_all(question.text.as_bytes())?;
        out.flush()?;
        return Ok(Done::All);
    }
    let asked = question.with(&config.parameters)?;
    let store = Store::open(&config.store)?;
    query::answer(asked, &store, &config.answer)
}

/// Every question with its parameters.
fn list() -> anyhow::Result<Done> {
    let mut out = output::stdout();
    for question in Question::all() {
        writeln!(out, "{}\n    {}", question.name, question.title)?;
        for parameter in &question.parameters {
            let optional = if parameter.optional {
                ", may be left out"
            } else {
                ""
            };
            writeln!(
                out,
                "    --{} {}  {}{optional}",
                parameter.name,
                parameter.kind.to_uppercase(),
                parameter.about
            )?;
        }
    }
    out.flush()?;
    Ok(Done::All)
}
