//! `newsloom eval`.

use super::{Done, config, output};
use crate::eval::{self, Gold};
use crate::schema::Schema;
use crate::store::Store;
use std::io::Write;

pub(super) fn run(config: &config::Eval) -> anyhow::Result<Done> {
    let gold = Gold::read(&config.gold)?;
    let store = Store::open(&config.store)?;
    let mut score = eval::score(&gold, &store, Schema::embedded())?;
    let mut out = output::stdout();
    if config.json {
        if !config.list {
            score.notes.clear();
        }
        let figures: serde_json::Map<String, serde_json::Value> = score
            .figures
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).into()))
            .collect();
        let all = serde_json::json!({ "figures": figures, "notes": score.notes });
        serde_json::to_writer_pretty(&mut out, &all)?;
        writeln!(out)?;
    } else {
        for (name, value) in &score.figures {
            writeln!(out, "{name:<28}{value:.3}")?;
        }
        if config.list {
            for (kind, notes) in &score.notes {
                writeln!(out, "\n{kind} ({})", notes.len())?;
                for note in notes {
                    writeln!(out, "  {note}")?;
                }
            }
        }
    }
    out.flush()?;
    Ok(Done::All)
}
