//! Answers as tables fitted to the terminal.

use super::config;
use crate::query::{self, Rows};
use crate::schema::vocab;
use crate::store::Store;
use comfy_table::{Cell, ContentArrangement, Table, presets};
use oxigraph::model::Term;
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

/// Width of a table that goes to a file or a pipe.
const PAGE: u16 = 120;

pub(super) fn print(
    rows: Rows,
    store: &Store,
    form: &config::AnswerForm,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let names: Vec<String> = rows
        .variables()
        .iter()
        .map(|v| v.as_str().to_owned())
        .collect();
    let mut shown = Vec::new();
    let mut more = false;
    for row in rows {
        if shown.len() == form.limit {
            more = true;
            break;
        }
        shown.push(row?);
    }
    let mut labels = Labels {
        store,
        known: BTreeMap::new(),
    };
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_BORDERS_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(names);
    if !std::io::stdout().is_terminal() {
        table.set_width(PAGE);
    }
    for row in &shown {
        let mut cells = Vec::with_capacity(row.len());
        for term in row {
            cells.push(Cell::new(match term {
                None => String::new(),
                Some(term) => labels.show(term, form.labels)?,
            }));
        }
        table.add_row(cells);
    }
    writeln!(out, "{table}")?;
    let count = shown.len();
    let rows = if count == 1 { "row" } else { "rows" };
    let note = if more { ", and there are more" } else { "" };
    writeln!(out, "{count} {rows}{note}")?;
    Ok(())
}

/// Labels of things, looked up once each.
struct Labels<'a> {
    store: &'a Store,
    known: BTreeMap<String, Option<String>>,
}

impl Labels<'_> {
    fn show(&mut self, term: &Term, labels: bool) -> anyhow::Result<String> {
        let Term::NamedNode(name) = term else {
            return Ok(match term {
                Term::Literal(literal) => literal.value().to_owned(),
                other => other.to_string(),
            });
        };
        if labels {
            if !self.known.contains_key(name.as_str()) {
                let label = label(self.store, term)?;
                self.known.insert(name.as_str().to_owned(), label);
            }
            if let Some(Some(label)) = self.known.get(name.as_str()) {
                return Ok(label.clone());
            }
        }
        let base = &self.store.manifest().base;
        Ok(match name.as_str().strip_prefix(base.as_str()) {
            Some(rest) if !base.is_empty() && !rest.is_empty() => format!("<{rest}>"),
            _ => vocab::compact(name.as_str()),
        })
    }
}

fn label(store: &Store, term: &Term) -> anyhow::Result<Option<String>> {
    let text = "SELECT (MIN(?l) AS ?label) WHERE { ?thing rdfs:label ?l }";
    let text = text.replace("?thing", &term.to_string());
    let rows = query::rows(store, &text)?;
    Ok(rows
        .into_iter()
        .next()
        .and_then(|row| match row.into_iter().next().flatten() {
            Some(Term::Literal(label)) => Some(label.value().to_owned()),
            _ => None,
        }))
}
