//! What the user typed.

use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Weaves news articles into a knowledge graph in which every fact points at the sentence that states it.
#[derive(Debug, Parser)]
#[command(
    name = "newsloom",
    version,
    max_term_width = 100,
    after_help = "Examples:
  newsloom build articles/                            read a folder of articles into ./newsloom-store
  newsloom ask who-holds-which-role                   ask a question that is kept ready
  newsloom query -q 'SELECT ?p { ?p a foaf:Person }'  ask your own, in SPARQL
  newsloom show 'Jane Lee'                            all that is known of somebody, with sources
  newsloom export --format turtle -o graph.ttl        take the graph elsewhere
  newsloom extract article.txt                        what one article says, as JSON, without a store

Exit codes: 0 done, 1 done with some inputs skipped, 2 wrong usage, 3 failed."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Build(Build),
    Query(Query),
    Ask(Ask),
    Export(Export),
    Show(Show),
    Why(Why),
    Review(Review),
    Diff(Diff),
    Check(Check),
    Extract(Extract),
    Parse(Parse),
    /// The knowledge that extraction rests on
    #[command(subcommand)]
    Schema(Schema),
    Eval(Eval),
}

#[derive(Debug, Group)]
pub(super) struct Inputs {
    /// Articles: files, folders (to their depth), or - for standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// How the inputs are written
    #[arg(long, value_enum, default_value_t = InputFormat::Auto)]
    pub(super) input_format: InputFormat,
    /// Encoding of the inputs, such as windows-1252 or utf-16le
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum InputFormat {
    /// JSONL for .jsonl and .ndjson, text for all else
    Auto,
    /// One article a file
    Text,
    /// One article a line: {"id", "text", "title"?, "published"?, "publisher"?}
    Jsonl,
}

#[derive(Debug, Group)]
pub(super) struct Knowledge {
    /// Folder with event types, relations, roles or gazetteers that add to or replace the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(super) ontology: Option<PathBuf>,
    /// Number of threads [default: one a core]
    #[arg(long, short, value_name = "N")]
    pub(super) jobs: Option<usize>,
}

#[derive(Debug, Group)]
pub(super) struct Dial {
    /// Leave out claims less sure than this, from 0 to 1; at 0 all that passes the built-in thresholds, which favour
    /// precision. It holds for this run: a later build of the same store needs it again
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
    pub(super) min_confidence: f32,
}

/// Reads a number from 0 to 1.
fn probability(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        _ => Err("give a number from 0 to 1".to_owned()),
    }
}

#[derive(Debug, Group)]
pub(super) struct StoreFolder {
    /// Folder of the store
    #[arg(long, value_name = "DIR", default_value = "newsloom-store")]
    pub(super) store: PathBuf,
}

/// Read articles into a store and report what was found
///
/// The store then holds exactly these articles (with --add: these and those it held before). The previous store stays in
/// force until the new one is complete.
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom build articles/
  newsloom build today.jsonl --add --store archive
  newsloom build --remove articles/withdrawn.txt
  newsloom build articles/ --min-confidence 0.9
  newsloom build articles/ --ontology my-event-types/")]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) store: StoreFolder,
    #[command(flatten)]
    pub(super) knowledge: Knowledge,
    #[command(flatten)]
    pub(super) dial: Dial,
    /// Keep the articles that the store holds; one that comes again replaces its older version
    #[arg(long)]
    pub(super) add: bool,
    /// Take the article of this source out of the store and keep the others
    #[arg(long, value_name = "SOURCE")]
    pub(super) remove: Vec<String>,
    /// Decisions to replay [default: review.ttl in the store's folder, if there]
    #[arg(long, value_name = "FILE")]
    pub(super) review: Option<PathBuf>,
    /// Read every article anew, and leave what was kept of earlier readings (STORE/cache) alone
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Base IRI of the data, ending in / or #
    #[arg(long, value_name = "IRI")]
    pub(super) base: Option<String>,
    /// Print the report as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Ask the graph in SPARQL
///
/// The prefixes dcterms foaf nif nl org owl prov rdf rdfs role schema sem skos time xsd need not be declared. The default
/// graph is the union of all graphs.
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom query -q 'SELECT ?name WHERE { ?p a foaf:Person ; rdfs:label ?name } ORDER BY ?name'
  newsloom query roles.rq --format csv > roles.csv
  newsloom query -q 'CONSTRUCT WHERE { ?e a sem:Event ; sem:hasPlace ?p }' --format turtle
  newsloom query -q 'CONSTRUCT WHERE { ?e sem:hasActor ?who }' --format svg > who.svg
  newsloom query roles.rq --explain")]
pub(super) struct Query {
    /// File with the query, or - for standard input
    #[arg(value_name = "FILE.rq", required_unless_present = "query")]
    pub(super) file: Option<PathBuf>,
    /// The query itself
    #[arg(short, long, value_name = "SPARQL", conflicts_with = "file")]
    pub(super) query: Option<String>,
    #[command(flatten)]
    pub(super) store: StoreFolder,
    #[command(flatten)]
    pub(super) answer: AnswerForm,
}

#[derive(Debug, Group)]
pub(super) struct AnswerForm {
    /// Form of the answer [default: table for rows, turtle for graphs]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<AnswerFormat>,
    /// In tables, show labels instead of IRIs
    #[arg(long)]
    pub(super) labels: bool,
    /// At most so many rows or triples
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS")]
    pub(super) timeout: Option<f64>,
    /// Print how the query is answered, with the rows and the time of each step, instead of the answer
    #[arg(long)]
    pub(super) explain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    /// Drawn for the terminal
    Table,
    /// SPARQL 1.1 Results JSON
    Json,
    /// SPARQL 1.1 Results CSV; for graphs, a table of ties
    Csv,
    /// SPARQL 1.1 Results TSV
    Tsv,
    /// SPARQL 1.1 Results XML
    Xml,
    /// Turtle, for graphs
    Turtle,
    /// N-Triples, for graphs
    Ntriples,
    /// RDF/XML, for graphs
    Rdfxml,
    /// JSON-LD, for graphs
    Jsonld,
    /// A diagram for Graphviz, for graphs
    Dot,
    /// A diagram, for graphs
    Svg,
    /// A flowchart for Markdown pages, for graphs
    Mermaid,
    /// GraphML, for graphs
    Graphml,
    /// GEXF, for graphs
    Gexf,
    /// Cytoscape JSON, for graphs
    Cytoscape,
}

/// Ask a question that is kept ready; without a name, list them
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom ask
  newsloom ask who-holds-which-role --labels
  newsloom ask role-holder-on-date --role 'Home Secretary' --on 2023-10-01")]
pub(super) struct Ask {
    /// Name of the question
    #[arg(value_name = "NAME")]
    pub(super) name: Option<String>,
    #[command(flatten)]
    pub(super) store: StoreFolder,
    #[command(flatten)]
    pub(super) answer: AnswerForm,
    /// Print the query instead of asking it
    #[arg(long)]
    pub(super) print: bool,
    /// Parameters of the question, as --NAME VALUE
    #[arg(
        value_name = "--NAME VALUE",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub(super) parameters: Vec<String>,
}

/// Write the graph, or a part of it, in a format of RDF or of another tool
///
/// RDF: turtle, ntriples, nquads, trig, rdfxml, jsonld, and rdf12 (Turtle 1.2, claims as reifiers). Pictures: dot, svg,
/// mermaid. Nodes and edges: graphml, yed, gexf, cytoscape, and neo4j (a folder for neo4j-admin database import full
/// --nodes=nodes.csv --relationships=relationships.csv). Tables and records: csv, ftm.
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom export --format turtle -o graph.ttl
  newsloom export --format svg --focus 'Jane Lee' --depth 2 -o lee.svg
  newsloom export --types person,organisation --min-sources 2 -o who.graphml
  newsloom export --types Protest --since 2024-05 --until 2024-06 --layout time -o protests.dot
  newsloom export --construct ties.rq -o ties.svg
  newsloom export --format neo4j -o import/")]
pub(super) struct Export {
    /// Format; known from the ending of the output file when left out
    #[arg(long, short, value_name = "FORMAT")]
    pub(super) format: Option<String>,
    /// File to write; for neo4j a folder [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) store: StoreFolder,
    /// Only what is near the thing of this name
    #[arg(long, value_name = "NAME")]
    pub(super) focus: Option<String>,
    /// How many steps away from the focus
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) depth: usize,
    /// Things that a diagram shows at most, the most connected first [default: 60 in pictures]
    #[arg(long, value_name = "N")]
    pub(super) max_nodes: Option<usize>,
    /// How much evidence goes along [default: full for RDF, spans for csv and ftm]
    #[arg(long, value_enum)]
    pub(super) evidence: Option<Evidence>,
    /// Only facts and things of these kinds: person, group, organisation, place, facility, role, event, possible-event,
    /// figure, or classes such as Protest or nl:Protest. Naming only kinds of facts keeps the things that they tie
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    pub(super) types: Vec<String>,
    /// Only facts of this day, month or year, and later; what is not dated stays out
    #[arg(long, value_name = "DATE")]
    pub(super) since: Option<String>,
    /// Only facts of this day, month or year, and earlier; what is not dated stays out
    #[arg(long, value_name = "DATE")]
    pub(super) until: Option<String>,
    /// Only facts that some sentence states with at least this confidence, 0 to 1
    #[arg(long, value_name = "SHARE")]
    pub(super) min_confidence: Option<f64>,
    /// Only facts that at least so many independent sources state
    #[arg(long, value_name = "N")]
    pub(super) min_sources: Option<u64>,
    /// Write the answer of the CONSTRUCT or DESCRIBE query in this file (- for standard input) instead of the graph
    #[arg(
        long,
        value_name = "FILE.rq",
        conflicts_with_all = ["types", "since", "until", "min_confidence", "min_sources"]
    )]
    pub(super) construct: Option<PathBuf>,
    /// How a picture is laid out
    #[arg(long, value_enum, default_value_t = PictureLayout::Ties)]
    pub(super) layout: PictureLayout,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PictureLayout {
    /// What is tied stands near
    Ties,
    /// Dated events in the order of their days, with who takes part and where (dot, svg)
    Time,
    /// Frames around organisations and communities (dot, svg)
    Groups,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Evidence {
    /// Facts only
    None,
    /// Facts with the sentences that state them
    Spans,
    /// Facts with claims, assertions and sentences
    Full,
}

/// Show all that is known of one thing: names, roles, events, statements, each with source and sentence
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom show 'Jane Lee'
  newsloom show Oslo --format markdown
  newsloom show Oslo --format html > oslo.html")]
pub(super) struct Show {
    /// Its name, or a part of it
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    #[command(flatten)]
    pub(super) store: StoreFolder,
    /// Form of the page
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub(super) format: ShowFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ShowFormat {
    /// For the terminal
    Text,
    /// For other programs
    Json,
    /// For documents
    Markdown,
    /// For browsers
    Html,
}

/// Say why two things are one or two: the evidence for and against, with its weights
///
/// A and B are names, labels or IRIs of people, organisations, places or events. With A alone, all decisions about it.
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom why 'Jane Lee' 'Ms Lee'
  newsloom why 'Jane Lee' 'Janet Lee' --articles articles/
  newsloom why 'Jane Lee' --json")]
pub(super) struct Why {
    /// One thing
    #[arg(value_name = "A")]
    pub(super) a: String,
    /// The other
    #[arg(value_name = "B")]
    pub(super) b: Option<String>,
    #[command(flatten)]
    pub(super) subject: Subject,
    /// Print the evidence as JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Group)]
pub(super) struct Subject {
    #[command(flatten)]
    pub(super) store: StoreFolder,
    /// Take these articles instead of those of the store
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub(super) articles: Vec<PathBuf>,
    /// Decisions to replay [default: review.ttl in the store's folder, if there]
    #[arg(long, value_name = "FILE")]
    pub(super) review: Option<PathBuf>,
    #[command(flatten)]
    pub(super) knowledge: Knowledge,
}

/// Say what changed from one store to another, in words or as RDF Patch
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom diff yesterday today
  newsloom diff yesterday today --format patch > today.rdfp")]
pub(super) struct Diff {
    /// Store as it was
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    /// Store as it is
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = DiffFormat::Words)]
    pub(super) format: DiffFormat,
    /// Print the changes as JSON
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// A line a thing
    Words,
    /// RDF Patch
    Patch,
}

/// List what is uncertain about identity, with sentences and reasons, and take decisions
///
/// Decisions are lines of Turtle in a text file, replayed by every build: the same, different, renamed, retyped, rejected
/// (docs/review.md). Remove a line to undo it.
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom review
  newsloom review --same 3 --different 5        write two decisions into the file
  newsloom build articles/                      replay them")]
pub(super) struct Review {
    #[command(flatten)]
    pub(super) subject: Subject,
    /// Decide that the two of this number are one
    #[arg(long, value_name = "NUMBER")]
    pub(super) same: Vec<usize>,
    /// Decide that the two of this number are two
    #[arg(long, value_name = "NUMBER")]
    pub(super) different: Vec<usize>,
    /// Print the list as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Hold a graph against shapes (SHACL): is everything there that should be, and nothing that should not?
///
/// Ends with 1 when something is wrong. The shapes that are built in, ontology/shapes.ttl, say what every graph of
/// Newsloom keeps to; with --shapes, yours.
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom check
  newsloom check graph.ttl
  newsloom check archive --shapes house-rules.ttl --json")]
pub(super) struct Check {
    /// Folder of a store, or file with RDF (.ttl .nt .nq .trig .rdf .jsonld)
    #[arg(value_name = "STORE|FILE", default_value = "newsloom-store")]
    pub(super) graph: PathBuf,
    /// File with shapes, in Turtle
    #[arg(long, value_name = "FILE")]
    pub(super) shapes: Option<PathBuf>,
    /// Print the violations as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Say what articles state, without a store: one JSON object a document, as docs/extract.schema.json describes
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom extract article.txt
  cat articles.jsonl | newsloom extract - --input-format jsonl > claims.jsonl")]
pub(super) struct Extract {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) knowledge: Knowledge,
    #[command(flatten)]
    pub(super) dial: Dial,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = ExtractFormat::Jsonl)]
    pub(super) format: ExtractFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ExtractFormat {
    /// One JSON object a line
    Jsonl,
}

/// Read English: tokens, tags, lemmas, trees and names, as CoNLL-U
#[derive(Debug, Group)]
#[command(after_help = "Examples:
  newsloom parse article.txt
  newsloom parse - --input-format conllu < treebank.conllu")]
pub(super) struct Parse {
    /// File, or - for standard input
    #[arg(value_name = "PATH", default_value = "-")]
    pub(super) path: PathBuf,
    /// How the input is written; with conllu, its tokens and sentences are kept
    #[arg(long, value_enum, default_value_t = ParseFormat::Text)]
    pub(super) input_format: ParseFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ParseFormat {
    /// Running text
    Text,
    /// CoNLL-U
    Conllu,
}

#[derive(Debug, Subcommand)]
pub(super) enum Schema {
    /// Load the ontology and the gazetteers, name every fault, and run the examples of the frames
    Check(CheckSchema),
    /// Print the vocabulary as a page in Markdown: each class and property with its definition and a query
    Docs(CheckSchema),
}

#[derive(Debug, Group)]
pub(super) struct CheckSchema {
    /// Folder that adds to or replaces the built-in files
    #[arg(value_name = "DIR")]
    pub(super) ontology: Option<PathBuf>,
}

/// Score a store against a gold file
#[derive(Debug, Group)]
pub(super) struct Eval {
    /// Gold file, JSON
    #[arg(value_name = "GOLD")]
    pub(super) gold: PathBuf,
    #[command(flatten)]
    pub(super) store: StoreFolder,
    /// Print the figures as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Print every miss and wrong fact
    #[arg(long)]
    pub(super) list: bool,
}
