//! What leaves the program, one file a format.
//!
//! In: extractions, or the graph of a store. Out: bytes, the same for the same input. Refuses: to leave out silently what
//! a format cannot hold.

mod csv;
mod cut;
pub mod cytoscape;
pub mod dossier;
pub mod dot;
pub mod extraction;
mod facts;
mod flat;
mod ftm;
pub mod gexf;
pub mod graphml;
mod header;
mod jsonld;
mod rdf;
mod style;
pub mod svg;
mod turtle;
pub mod view;

pub use cut::{Cut, Evidence};
pub use flat::Flat;

use crate::query::QueryError;
use crate::store::{Store, StoreError};
use std::io;

/// A format of `newsloom export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One graph, grouped and prefixed.
    Turtle,
    /// One graph, a triple a line.
    NTriples,
    /// All named graphs, a quad a line.
    NQuads,
    /// All named graphs, grouped and prefixed.
    TriG,
    /// One graph as XML.
    RdfXml,
    /// One graph as JSON, with a context.
    JsonLd,
    /// A table of all connections.
    Csv,
    /// FollowTheMoney entities, one a line.
    Ftm,
    /// A diagram for Graphviz.
    Dot,
    /// A diagram, drawn.
    Svg,
    /// Nodes and edges for Gephi, networkx, igraph.
    GraphMl,
    /// GraphML as yEd draws it.
    Yed,
    /// Nodes and edges for Gephi, with the time of events.
    Gexf,
    /// Nodes and edges for Cytoscape.
    Cytoscape,
}

/// Each format with its names, the one that is shown first; others are endings and synonyms.
const FORMATS: [(Format, &[&str]); 14] = [
    (Format::Turtle, &["turtle", "ttl"]),
    (Format::NTriples, &["ntriples", "nt", "n-triples"]),
    (Format::NQuads, &["nquads", "nq", "n-quads"]),
    (Format::TriG, &["trig"]),
    (Format::RdfXml, &["rdfxml", "rdf", "owl", "rdf/xml", "xml"]),
    (Format::JsonLd, &["jsonld", "json-ld"]),
    (Format::Csv, &["csv"]),
    (Format::Ftm, &["ftm", "followthemoney"]),
    (Format::Dot, &["dot", "gv"]),
    (Format::Svg, &["svg"]),
    (Format::GraphMl, &["graphml"]),
    (Format::Yed, &["yed"]),
    (Format::Gexf, &["gexf"]),
    (Format::Cytoscape, &["cytoscape", "cyjs"]),
];

impl Format {
    /// The format of that name or file ending.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        FORMATS
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()))
            .map(|(format, _)| *format)
    }

    /// The names of all formats.
    pub fn names() -> Vec<&'static str> {
        FORMATS.iter().map(|(_, names)| names[0]).collect()
    }

    /// Whether it shows things as nodes and facts as edges, rather than triples.
    pub const fn is_diagram(self) -> bool {
        matches!(
            self,
            Self::Dot | Self::Svg | Self::GraphMl | Self::Yed | Self::Gexf | Self::Cytoscape
        )
    }

    /// Things that are shown at most unless the user says otherwise: a picture must stay readable.
    pub const fn usual_most(self) -> usize {
        match self {
            Self::Dot | Self::Svg => 60,
            _ => usize::MAX,
        }
    }

    /// How much evidence goes along unless the user says otherwise.
    pub fn usual_evidence(self) -> Evidence {
        match self {
            Self::Csv | Self::Ftm => Evidence::Spans,
            _ => Evidence::Full,
        }
    }
}

/// Why an export ended.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A query of ours failed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The output could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The focus names nothing.
    #[error("nothing in the graph is called {name}{}", alike(.near))]
    NoFocus {
        /// As asked for.
        name: String,
        /// Names that are near to it.
        near: Vec<String>,
    },
}

fn alike(names: &[String]) -> String {
    if names.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", names.join(" or "))
    }
}

/// Writes the graph of a store, or the part that `cut` leaves of it.
pub fn write(
    store: &Store,
    cut: &Cut,
    format: Format,
    out: &mut dyn io::Write,
) -> Result<(), ExportError> {
    if format.is_diagram() {
        let view = cut.view(store, format)?;
        let title = cut.title(store);
        return Ok(diagram(&view, &title, format, out)?);
    }
    let graph = cut.take(store)?;
    let base = &store.manifest().base;
    match format {
        Format::Turtle => turtle::write(&graph.flat(), base, out)?,
        Format::TriG => turtle::write(&graph, base, out)?,
        Format::JsonLd => jsonld::write(&graph.flat(), base, out)?,
        Format::NTriples => rdf::lines(&graph.flat(), out)?,
        Format::NQuads => rdf::lines(&graph, out)?,
        Format::RdfXml => rdf::xml(&graph.flat(), out)?,
        Format::Csv => csv::write(&graph.flat(), out)?,
        Format::Ftm => ftm::write(&graph.flat(), base, out)?,
        Format::Dot
        | Format::Svg
        | Format::GraphMl
        | Format::Yed
        | Format::Gexf
        | Format::Cytoscape => unreachable!("diagrams are written above"),
    }
    Ok(())
}

/// Writes a view in a format of diagrams; nothing for any other.
fn diagram(
    view: &view::GraphView,
    title: &str,
    format: Format,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Dot => dot::write(view, title, out),
        Format::Svg => svg::write(view, title, out),
        Format::GraphMl => graphml::write(view, graphml::Flavour::Plain, out),
        Format::Yed => graphml::write(view, graphml::Flavour::Yed, out),
        Format::Gexf => gexf::write(view, out),
        Format::Cytoscape => cytoscape::write(view, title, out),
        _ => Ok(()),
    }
}

/// Writes the triples that a query constructed.
pub fn write_triples(
    triples: Vec<oxigraph::model::Triple>,
    base: &str,
    format: Format,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let rows = triples
        .into_iter()
        .map(|t| {
            let graph = oxigraph::model::GraphName::DefaultGraph;
            flat::Statement::new(oxigraph::model::Quad::new(
                t.subject,
                t.predicate,
                t.object,
                graph,
            ))
        })
        .collect();
    let graph = Flat::new(rows);
    if format.is_diagram() {
        let view = view::GraphView::of(
            graph
                .rows()
                .iter()
                .map(|r| (r.subject.as_str(), r.predicate.as_str(), &r.object)),
        );
        return diagram(
            &view.bounded(format.usual_most()),
            "News graph",
            format,
            out,
        );
    }
    match format {
        Format::Turtle | Format::TriG => turtle::write(&graph, base, out),
        Format::NTriples | Format::NQuads => rdf::lines(&graph, out),
        Format::RdfXml => rdf::xml(&graph, out),
        Format::JsonLd => jsonld::write(&graph, base, out),
        Format::Csv => csv::write(&graph, out),
        Format::Ftm => ftm::write(&graph, base, out),
        Format::Dot
        | Format::Svg
        | Format::GraphMl
        | Format::Yed
        | Format::Gexf
        | Format::Cytoscape => unreachable!("diagrams are written above"),
    }
}

#[cfg(test)]
mod tests;
