//! Turtle and TriG as a person would write them: prefixes, subjects in sections, types and names first.
//!
//! In: a sorted graph. Out: the text. IRIs under the base are written relative to it; every other IRI with its prefix where
//! the rest is a plain name, in full elsewhere.

use super::Flat;
use super::flat::{Statement, subjects};
use crate::schema::vocab::{PREFIXES, foaf, nif, nl, org, owl, rdf, rdfs, schema, sem, skos, xsd};
use oxigraph::model::{Literal, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Sections in order, each with the types that belong to it.
const SECTIONS: [(&str, &[&str]); 13] = [
    ("Ontology", &[owl::ONTOLOGY]),
    ("Classes", &[owl::CLASS]),
    (
        "Properties",
        &[
            owl::OBJECT_PROPERTY,
            owl::DATATYPE_PROPERTY,
            owl::ANNOTATION_PROPERTY,
        ],
    ),
    ("Documents", &[schema::NEWS_ARTICLE, nif::CONTEXT]),
    ("People", &[foaf::PERSON]),
    ("Organisations", &[org::ORGANIZATION]),
    ("Places", &[schema::PLACE]),
    ("Roles held", &[org::MEMBERSHIP]),
    ("Events", &[sem::EVENT, nl::POSSIBLE_EVENT]),
    ("Figures", &[nl::FIGURE]),
    ("Sentences", &[nif::SENTENCE]),
    ("Claims", &[nl::CLAIM]),
    ("Assertions", &[nl::ASSERTION]),
];
/// Where subjects of other types go: posts, roles, groups …
const REST: usize = 10;

/// Predicates that come first, in this order.
const FIRST: [&str; 5] = [
    rdf::TYPE,
    rdfs::LABEL,
    skos::PREF_LABEL,
    skos::ALT_LABEL,
    schema::NAME,
];

/// Writes Turtle, or TriG when the statements have graphs.
pub(super) fn write(graph: &Flat, base: &str, out: &mut dyn Write) -> io::Result<()> {
    document(graph, Writer::new(base), out)
}

/// Writes a document: base, prefixes, then the graphs.
fn document(graph: &Flat, writer: Writer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut used = Prefixes::default();
    for row in graph.rows() {
        used.note(row);
    }
    let mut page = Page::open(writer, &used, out)?;
    for rows in graph.graphs() {
        let mut ordered: Vec<(usize, &[Statement])> =
            subjects(rows).map(|of| (section(of), of)).collect();
        ordered.sort_by_key(|(section, _)| *section);
        for (section, of) in ordered {
            page.subject(section, of)?;
        }
    }
    page.close()
}

/// Prefixes that a graph needs.
#[derive(Default)]
pub(super) struct Prefixes(BTreeSet<&'static str>);

impl Prefixes {
    /// Takes note of what a statement needs.
    pub(super) fn note(&mut self, row: &Statement) {
        self.iri(&row.subject);
        self.iri(&row.predicate);
        match &row.object {
            Term::NamedNode(name) => self.iri(name.as_str()),
            Term::Literal(literal) => self.iri(literal.datatype().as_str()),
            _ => {}
        }
    }

    fn iri(&mut self, iri: &str) {
        if let Some((prefix, _)) = split(iri) {
            self.0.insert(prefix);
        }
    }
}

/// A document in the making: subjects come in order of graph, then section, then IRI.
pub(super) struct Page<'a> {
    writer: Writer<'a>,
    out: &'a mut dyn Write,
    graph: String,
    section: usize,
}

impl<'a> Page<'a> {
    /// Begins with base and prefixes.
    pub(super) fn open(
        writer: Writer<'a>,
        used: &Prefixes,
        out: &'a mut dyn Write,
    ) -> io::Result<Self> {
        writeln!(out, "@base <{}> .", writer.base)?;
        for (prefix, namespace) in PREFIXES {
            if used.0.contains(prefix) {
                writeln!(out, "@prefix {prefix}: <{namespace}> .")?;
            }
        }
        Ok(Self {
            writer,
            out,
            graph: String::new(),
            section: usize::MAX,
        })
    }

    /// Writes the statements about one subject, which are sorted and of one graph.
    pub(super) fn subject(&mut self, section: usize, rows: &[Statement]) -> io::Result<()> {
        let graph = &rows[0].graph;
        if *graph != self.graph {
            self.end_graph()?;
            writeln!(self.out, "\n{} {{", self.writer.iri(graph))?;
            self.graph.clone_from(graph);
        }
        let indent = if graph.is_empty() { "" } else { "  " };
        if section != self.section {
            self.section = section;
            let title = if section == REST {
                "Posts, roles and others"
            } else {
                SECTIONS[section - usize::from(section > REST)].0
            };
            writeln!(self.out, "\n{indent}# {title}")?;
        }
        self.writer.subject(rows, indent, self.out)
    }

    fn end_graph(&mut self) -> io::Result<()> {
        self.section = usize::MAX;
        if self.graph.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "}}")
    }

    /// Ends the document.
    pub(super) fn close(mut self) -> io::Result<()> {
        self.end_graph()
    }
}

/// Writes Turtle 1.2: claims as reifiers. What is stated carries its claim as an annotation; what nobody affirms is a triple
/// term that a claim reifies, and is not stated.
pub(super) fn write_12(graph: &Flat, base: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new(base);
    let mut claims: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
    for of in subjects(graph.rows()) {
        let is_claim =
            |r: &Statement| r.predicate == rdf::TYPE && r.object_iri() == Some(nl::CLAIM);
        if of.iter().any(is_claim) {
            claims.insert(&of[0].subject, of.iter().collect());
        }
    }
    let stated: BTreeSet<(&str, &str, String)> = graph
        .rows()
        .iter()
        .map(|r| {
            (
                r.subject.as_str(),
                r.predicate.as_str(),
                writer.term(&r.object),
            )
        })
        .collect();
    let mut inline: BTreeSet<&str> = BTreeSet::new();
    for (claim, rows) in &claims {
        let part = |predicate: &str| rows.iter().find(|r| r.predicate == predicate);
        let (Some(s), Some(p), Some(o)) = (
            part(rdf::SUBJECT).and_then(|r| r.object_iri()),
            part(rdf::PREDICATE).and_then(|r| r.object_iri()),
            part(rdf::OBJECT).map(|r| writer.term(&r.object)),
        ) else {
            continue;
        };
        if stated.contains(&(s, p, o.clone())) {
            let about: Vec<String> = rows
                .iter()
                .filter(|r| !is_reification(r))
                .map(|r| match r.predicate.as_str() {
                    rdf::TYPE => format!("a {}", writer.term(&r.object)),
                    other => format!("{} {}", writer.iri(other), writer.term(&r.object)),
                })
                .collect();
            let annotation = format!(
                "~ {} {{|\n      {}\n    |}}",
                writer.iri(claim),
                about.join(" ;\n      ")
            );
            writer
                .annotations
                .insert((s.to_owned(), p.to_owned(), o), annotation);
            inline.insert(claim);
        } else {
            let term = format!(
                "{} <<( {} {} {o} )>>",
                writer.iri(rdf::REIFIES),
                writer.iri(s),
                writer.iri(p)
            );
            writer.further.insert((*claim).to_owned(), term);
        }
    }
    let rows = graph
        .rows()
        .iter()
        .filter(|r| !inline.contains(r.subject.as_str()))
        .filter(|r| !(claims.contains_key(r.subject.as_str()) && is_reification(r)))
        .cloned()
        .collect();
    writeln!(out, "VERSION \"1.2\"")?;
    document(&Flat::new(rows), writer, out)
}

/// Whether a row belongs to the reification of RDF 1.1, which a reifier replaces.
fn is_reification(row: &Statement) -> bool {
    matches!(
        row.predicate.as_str(),
        rdf::SUBJECT | rdf::PREDICATE | rdf::OBJECT
    ) || (row.predicate == rdf::TYPE && row.object_iri() == Some(rdf::STATEMENT))
}

/// Prefix and local name of an IRI, where the local name needs no escape.
fn split(iri: &str) -> Option<(&'static str, &str)> {
    PREFIXES.iter().find_map(|(prefix, namespace)| {
        let local = iri.strip_prefix(namespace)?;
        let plain = local.starts_with(|c: char| c.is_ascii_alphabetic())
            && local
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        plain.then_some((*prefix, local))
    })
}

/// Writes terms and subjects.
pub(super) struct Writer<'a> {
    base: &'a str,
    /// What stands behind the objects of triples: subject, predicate, object as written.
    annotations: BTreeMap<(String, String, String), String>,
    /// Further predicates and objects of subjects, as written.
    further: BTreeMap<String, String>,
}

impl<'a> Writer<'a> {
    /// Writes IRIs relative to this base.
    pub(super) fn new(base: &'a str) -> Self {
        Self {
            base,
            annotations: BTreeMap::new(),
            further: BTreeMap::new(),
        }
    }

    fn subject(&self, rows: &[Statement], indent: &str, out: &mut dyn Write) -> io::Result<()> {
        let mut groups: Vec<&[Statement]> =
            rows.chunk_by(|a, b| a.predicate == b.predicate).collect();
        groups.sort_by_key(|group| {
            let predicate = group[0].predicate.as_str();
            let first = FIRST.iter().position(|p| *p == predicate);
            (first.unwrap_or(FIRST.len()), self.iri(predicate))
        });
        write!(out, "\n{indent}{}", self.iri(&rows[0].subject))?;
        for (n, group) in groups.iter().enumerate() {
            let predicate = match group[0].predicate.as_str() {
                rdf::TYPE => "a".to_owned(),
                other => self.iri(other),
            };
            let objects: Vec<String> = group.iter().map(|row| self.object(row, indent)).collect();
            let long = objects.iter().map(String::len).sum::<usize>() > 90 && objects.len() > 1;
            let separator = if long {
                format!(" ,\n{indent}    ")
            } else {
                " , ".to_owned()
            };
            let last = n + 1 == groups.len();
            let end = match self.further.get(&rows[0].subject).filter(|_| last) {
                Some(further) => &format!(" ;\n{indent}  {further} ."),
                None if last => " .",
                None => " ;",
            };
            let lead = if n == 0 { " " } else { "" };
            if n > 0 {
                write!(out, "\n{indent}  ")?;
            }
            write!(out, "{lead}{predicate} {}{end}", objects.join(&separator))?;
        }
        writeln!(out)
    }

    fn iri(&self, iri: &str) -> String {
        if let Some((prefix, local)) = split(iri) {
            return format!("{prefix}:{local}");
        }
        // Relative only where resolving it leads back: no scheme, no empty or dotted segment.
        let relative = iri.strip_prefix(self.base).filter(|rest| {
            rest.starts_with(|c: char| c.is_ascii_alphanumeric())
                && self.base.ends_with('/')
                && !rest
                    .split('/')
                    .next()
                    .is_some_and(|first| first.contains(':'))
                && !rest.contains("/.")
                && !rest.contains("//")
        });
        NamedNodeRef::new_unchecked(relative.unwrap_or(iri)).to_string()
    }

    /// The object of a row, with what stands behind the triple.
    fn object(&self, row: &Statement, indent: &str) -> String {
        let object = self.term(&row.object);
        if self.annotations.is_empty() {
            return object;
        }
        let key = (row.subject.clone(), row.predicate.clone(), object);
        match self.annotations.get(&key) {
            Some(annotation) => format!("{}\n{indent}    {annotation}", key.2),
            None => key.2,
        }
    }

    fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(name) => self.iri(name.as_str()),
            Term::Literal(literal) => self.literal(literal),
            other => other.to_string(),
        }
    }

    fn literal(&self, literal: &Literal) -> String {
        let datatype = literal.datatype();
        let value = literal.value();
        match datatype.as_str() {
            _ if literal.language().is_some() => literal.to_string(),
            xsd::STRING => literal.to_string(),
            xsd::BOOLEAN if matches!(value, "true" | "false") => value.to_owned(),
            xsd::INTEGER if is_digits(value.strip_prefix('-').unwrap_or(value)) => value.to_owned(),
            xsd::DECIMAL
                if value
                    .strip_prefix('-')
                    .unwrap_or(value)
                    .split_once('.')
                    .is_some_and(|(whole, part)| is_digits(whole) && is_digits(part)) =>
            {
                value.to_owned()
            }
            _ => format!(
                "{}^^{}",
                Literal::new_simple_literal(value),
                self.iri(datatype.as_str())
            ),
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The section of a subject, from the statements about it.
pub(super) fn section(rows: &[Statement]) -> usize {
    let types: Vec<&str> = rows
        .iter()
        .filter(|row| row.predicate == rdf::TYPE)
        .filter_map(Statement::object_iri)
        .collect();
    let at = SECTIONS
        .iter()
        .position(|(_, belonging)| types.iter().any(|t| belonging.contains(t)));
    match at {
        Some(at) if at >= REST => at + 1,
        Some(at) => at,
        None => REST,
    }
}
