//! `newsloom query`, and how answers are printed.

use super::args::AnswerFormat;
use super::{Done, FAILED, Usage, config, output, table};
use crate::export;
use crate::query::{Answer, Query, QueryError, Rows, Stopper, Triples};
use crate::store::Store;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use std::io::Write;
use std::process;
use std::thread;
use std::time::Duration;

/// How long a stopped query may take to notice.
const GRACE: Duration = Duration::from_millis(200);

pub(super) fn run(config: config::Query) -> anyhow::Result<Done> {
    let query = Query::parse(&config.text)?;
    let store = Store::open(&config.store)?;
    answer(query, &store, &config.answer)
}

/// Runs a query and prints its answer.
pub(super) fn answer(
    query: Query,
    store: &Store,
    form: &config::AnswerForm,
) -> anyhow::Result<Done> {
    if let Some(limit) = form.timeout {
        let stopper = query.stopper();
        thread::spawn(move || {
            thread::sleep(limit);
            if !stopper.ended() {
                stop(&stopper);
            }
        });
    }
    let stopper = query.stopper();
    // Without a handler, an interruption ends the program, which only reads.
    let _ = ctrlc::set_handler(move || {
        if stopper.ended() {
            process::exit(FAILED.into());
        }
        stop(&stopper);
    });
    let mut out = output::stdout();
    if form.explain {
        write!(out, "{}", query.explain(store)?)?;
        out.flush()?;
        return Ok(Done::All);
    }
    match query.run(store)? {
        Answer::Rows(rows) => print_rows(rows, store, form, &mut out)?,
        Answer::Truth(truth) => match results_format(form.format) {
            Some(format) => {
                QueryResultsSerializer::from_format(format)
                    .serialize_boolean_to_writer(&mut out, truth)?;
                writeln!(out)?;
            }
            None if matches!(form.format, None | Some(AnswerFormat::Table)) => {
                writeln!(out, "{}", if truth { "yes" } else { "no" })?;
            }
            None => {
                return Err(Usage(
                    "an ASK yields yes or no; ask for --format table, json, csv, tsv or xml".into(),
                )
                .into());
            }
        },
        Answer::Graph(triples) => print_graph(triples, store, form, &mut out)?,
    }
    out.flush()?;
    Ok(Done::All)
}

/// Ends a query, and the program with it where the engine does not notice soon: it never looks while it joins, sorts or
/// counts what it has read. The store is only read, so nothing is lost.
fn stop(stopper: &Stopper) {
    stopper.stop();
    thread::sleep(GRACE);
    if !stopper.ended() {
        eprintln!("error: {}", QueryError::Stopped);
        process::exit(FAILED.into());
    }
}

fn results_format(format: Option<AnswerFormat>) -> Option<QueryResultsFormat> {
    match format? {
        AnswerFormat::Json => Some(QueryResultsFormat::Json),
        AnswerFormat::Csv => Some(QueryResultsFormat::Csv),
        AnswerFormat::Tsv => Some(QueryResultsFormat::Tsv),
        AnswerFormat::Xml => Some(QueryResultsFormat::Xml),
        _ => None,
    }
}

fn print_rows(
    rows: Rows,
    store: &Store,
    form: &config::AnswerForm,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let Some(format) = results_format(form.format) else {
        if matches!(form.format, None | Some(AnswerFormat::Table)) {
            return table::print(rows, store, form, out);
        }
        return Err(Usage(
            "a SELECT yields rows; ask for --format table, json, csv, tsv or xml, or write a CONSTRUCT".into(),
        )
        .into());
    };
    let variables = rows.variables().to_vec();
    let mut writer = QueryResultsSerializer::from_format(format)
        .serialize_solutions_to_writer(&mut *out, variables.clone())?;
    for row in rows.take(form.limit) {
        let row = row?;
        writer.serialize(
            variables
                .iter()
                .zip(&row)
                .filter_map(|(variable, term)| Some((variable, term.as_ref()?))),
        )?;
    }
    writer.finish()?;
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
        writeln!(out)?;
    }
    Ok(())
}

fn print_graph(
    triples: Triples,
    store: &Store,
    form: &config::AnswerForm,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let format = match form.format {
        None | Some(AnswerFormat::Turtle) => export::Format::Turtle,
        Some(AnswerFormat::Ntriples) => export::Format::NTriples,
        Some(AnswerFormat::Rdfxml) => export::Format::RdfXml,
        Some(AnswerFormat::Jsonld) => export::Format::JsonLd,
        Some(AnswerFormat::Csv) => export::Format::Csv,
        Some(AnswerFormat::Dot) => export::Format::Dot,
        Some(AnswerFormat::Svg) => export::Format::Svg,
        Some(AnswerFormat::Mermaid) => export::Format::Mermaid,
        Some(AnswerFormat::Graphml) => export::Format::GraphMl,
        Some(AnswerFormat::Gexf) => export::Format::Gexf,
        Some(AnswerFormat::Cytoscape) => export::Format::Cytoscape,
        Some(AnswerFormat::Table | AnswerFormat::Json | AnswerFormat::Tsv | AnswerFormat::Xml) => {
            return Err(Usage(
                "a CONSTRUCT yields a graph; ask for --format turtle, ntriples, rdfxml, jsonld, csv, dot, svg, mermaid, graphml, gexf or cytoscape, or write a SELECT".into(),
            )
            .into());
        }
    };
    let triples = triples.take(form.limit).collect::<Result<Vec<_>, _>>()?;
    export::write_triples(store, triples, format, out)?;
    Ok(())
}
