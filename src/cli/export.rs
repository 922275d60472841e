//! `newsloom export`.

use super::{Done, config, output};
use crate::export::{self, Cut, Format};
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
        select: config.select.clone(),
        construct: config.construct.clone(),
        layout: config.layout,
    };
    match &config.output {
        Some(folder) if config.format == Format::Neo4j => {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
            export::write_files(&store, &cut, config.format, &mut |name| {
                let file = File::create(folder.join(name))?;
                Ok(Box::new(BufWriter::new(file)))
            })?;
        }
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
