//! What leaves the program, one file a format.
//!
//! In: extractions, or the graph of a store. Out: bytes, the same for the same input. Refuses: to leave out silently what
//! a format cannot hold.

mod constructed;
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
mod groups;
mod header;
mod jsonld;
pub mod mermaid;
pub mod neo4j;
mod rdf;
mod select;
mod stream;
mod style;
pub mod svg;
mod turtle;
pub mod view;

pub use cut::{Cut, Evidence, Layout};
pub use flat::Flat;
pub use select::Selection;

use crate::query::QueryError;
use crate::schema::vocab;
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
    /// One graph in Turtle 1.2, with claims as reifiers and annotations.
    Rdf12,
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
    /// A flowchart for Markdown pages.
    Mermaid,
    /// Two CSV files for the bulk import of Neo4j.
    Neo4j,
}

/// Each format with its names, the one that is shown first; others are endings and synonyms.
const FORMATS: [(Format, &[&str]); 17] = [
    (Format::Turtle, &["turtle", "ttl"]),
    (Format::NTriples, &["ntriples", "nt", "n-triples"]),
    (Format::NQuads, &["nquads", "nq", "n-quads"]),
    (Format::TriG, &["trig"]),
    (Format::RdfXml, &["rdfxml", "rdf", "owl", "rdf/xml", "xml"]),
    (Format::JsonLd, &["jsonld", "json-ld"]),
    (Format::Rdf12, &["rdf12", "turtle12", "ttl12"]),
    (Format::Csv, &["csv"]),
    (Format::Ftm, &["ftm", "followthemoney"]),
    (Format::Dot, &["dot", "gv"]),
    (Format::Svg, &["svg"]),
    (Format::GraphMl, &["graphml"]),
    (Format::Yed, &["yed"]),
    (Format::Gexf, &["gexf"]),
    (Format::Cytoscape, &["cytoscape", "cyjs"]),
    (Format::Mermaid, &["mermaid", "mmd"]),
    (Format::Neo4j, &["neo4j"]),
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
            Self::Dot
                | Self::Svg
                | Self::GraphMl
                | Self::Yed
                | Self::Gexf
                | Self::Cytoscape
                | Self::Mermaid
                | Self::Neo4j
        )
    }

    /// Things that are shown at most unless the user says otherwise: a picture must stay readable.
    pub const fn usual_most(self) -> usize {
        match self {
            Self::Dot | Self::Svg => 60,
            Self::Mermaid => 40,
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
    /// The query yields no graph.
    #[error(
        "this query yields no graph; write a CONSTRUCT or DESCRIBE, or ask it with `newsloom query`"
    )]
    NoGraph,
    /// A kind that the graph does not have.
    #[error("nothing in the graph is of kind {name}; there are {}, and the classes of the graph, such as nl:Protest", known.join(", "))]
    NoType {
        /// As asked for.
        name: String,
        /// Words for kinds.
        known: Vec<&'static str>,
    },
    /// A format of several files cannot be written to one.
    #[error("{0} is several files; name a folder for them with -o")]
    NeedsFolder(&'static str),
    /// A literal that RDF/XML has no way to write.
    #[error("XML cannot hold the character U+{:04X}, which is in the {} of <{subject}>; export turtle, ntriples or jsonld", *character as u32, vocab::compact(predicate))]
    NotInXml {
        /// The character.
        character: char,
        /// Of whom the literal is said.
        subject: String,
        /// The property whose value it is.
        predicate: String,
    },
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
        let mut view = cut.view(store, format)?;
        view.layout = cut.layout;
        return diagram(&view, &cut.title(store), format, out);
    }
    if stream::fits(cut, format)
        && let Some(lines) = store.lines()?
    {
        return stream::write(lines, &store.manifest().base, format, out);
    }
    if cut.construct.is_some() && matches!(format, Format::Csv | Format::Ftm) {
        return construction(store, cut.take(store)?, format, out);
    }
    triples(cut.take(store)?, &store.manifest().base, format, out)
}

/// Writes a format of several files, each opened by name.
pub fn write_files(
    store: &Store,
    cut: &Cut,
    format: Format,
    open: &mut dyn FnMut(&str) -> io::Result<Box<dyn io::Write>>,
) -> Result<(), ExportError> {
    let view = cut.view(store, format)?;
    Ok(neo4j::write(&view, open)?)
}

/// Writes a graph in a format of RDF or as a table.
fn triples(
    graph: Flat,
    base: &str,
    format: Format,
    out: &mut dyn io::Write,
) -> Result<(), ExportError> {
    match format {
        Format::Turtle => turtle::write(&graph.flat(), base, out)?,
        Format::Rdf12 => turtle::write_12(&graph.flat(), base, out)?,
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
        | Format::Cytoscape
        | Format::Mermaid
        | Format::Neo4j => unreachable!("diagrams are not triples"),
    }
    Ok(())
}

/// Writes a view in a format of diagrams.
fn diagram(
    view: &view::GraphView,
    title: &str,
    format: Format,
    out: &mut dyn io::Write,
) -> Result<(), ExportError> {
    match format {
        Format::Dot => dot::write(view, title, out)?,
        Format::Svg => svg::write(view, title, out)?,
        Format::GraphMl => graphml::write(view, graphml::Flavour::Plain, out)?,
        Format::Yed => graphml::write(view, graphml::Flavour::Yed, out)?,
        Format::Gexf => gexf::write(view, out)?,
        Format::Cytoscape => cytoscape::write(view, title, out)?,
        Format::Mermaid => mermaid::write(view, title, out)?,
        Format::Neo4j => return Err(ExportError::NeedsFolder("neo4j")),
        _ => unreachable!("only diagrams are drawn"),
    }
    Ok(())
}

/// Writes what a query constructed in a format that lists facts: with types and labels of what it names.
fn construction(
    store: &Store,
    answer: Flat,
    format: Format,
    out: &mut dyn io::Write,
) -> Result<(), ExportError> {
    let described = cut::description(store, answer.rows())?;
    if format == Format::Csv {
        let view = view::GraphView::constructed(answer.rows(), &described);
        return Ok(csv::write_view(&view, out)?);
    }
    let rows = answer.rows().iter().cloned().chain(described).collect();
    triples(Flat::new(rows), &store.manifest().base, format, out)
}

/// Writes the triples that a query constructed.
pub fn write_triples(
    store: &Store,
    answer: Vec<oxigraph::model::Triple>,
    format: Format,
    out: &mut dyn io::Write,
) -> Result<(), ExportError> {
    let rows = answer.into_iter().map(flat::Statement::of_triple).collect();
    let graph = Flat::new(rows);
    if format.is_diagram() {
        let described = cut::description(store, graph.rows())?;
        let view = view::GraphView::constructed(graph.rows(), &described);
        let view = view.bounded(format.usual_most());
        return diagram(&view, "Answer", format, out);
    }
    if matches!(format, Format::Csv | Format::Ftm) {
        return construction(store, graph, format, out);
    }
    triples(graph, &store.manifest().base, format, out)
}

#[cfg(test)]
mod awkward;
#[cfg(test)]
mod tests;
