//! `newsloom show`.

use super::{Done, config, output};
use crate::export::dossier::{self, Form};
use crate::store::Store;
use std::io::Write;

pub(super) fn run(config: &config::Show) -> anyhow::Result<Done> {
    let store = Store::open(&config.store)?;
    let form = match config.format {
        super::args::ShowFormat::Text => Form::Text,
        super::args::ShowFormat::Json => Form::Json,
        super::args::ShowFormat::Markdown => Form::Markdown,
        super::args::ShowFormat::Html => Form::Html,
    };
    let mut out = output::stdout();
    dossier::write(&store, &config.name, form, &mut out)?;
    out.flush()?;
    Ok(Done::All)
}
