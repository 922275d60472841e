//! `newsloom export`.

use super::{Done, config, output};
use crate::export::{self, Cut};
use crate::store::Store;
use anyhow::Context;
use std::fs::File;
use std::io::{BufWriter, Write};

pub(super) fn run(config: &config::Export) -> anyhow::Result<Done> {
    let store = Store::open(&config.store)?;
    let cut = Cut {
        evidence: config.evidence,
        focus: config.focus.clone(),
        depth: config.depth,
        most: config.most,
    };
    match &config.output {
        None => {
            let mut out = output::stdout();
            export::write(&store, &cut, config.format, &mut out)?;
            out.flush()?;
        }
        Some(path) => {
            let at = || {
                format!(
                    "{} cannot be written; name a file in a folder that exists and may be written to",
                    path.display()
                )
            };
            let file = File::create(path).with_context(at)?;
            let mut out = BufWriter::new(file);
            export::write(&store, &cut, config.format, &mut out)?;
            out.flush().with_context(at)?;
        }
    }
    Ok(Done::All)
}
