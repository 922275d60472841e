//! Whole graphs, written as they are read: what is in memory at a time is one subject, and where each one stands.
//!
//! In: the sorted lines of a store. Out: the same bytes as from a sorted graph in memory. Refuses: cuts and formats that
//! have to see everything at once; see [`fits`].

use super::flat::Statement;
use super::header::Used;
use super::turtle::{Page, Prefixes, Writer, section};
use super::{Cut, Evidence, ExportError, Flat, Format, rdf};
use crate::store::Lines;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

/// Whether this cut leaves the graph whole and this format can be written as it is read.
pub(super) fn fits(cut: &Cut, format: Format) -> bool {
    cut.construct.is_none()
        && cut.focus.is_none()
        && cut.evidence == Evidence::Full
        && cut.select.is_everything()
        && matches!(
            format,
            Format::Turtle | Format::TriG | Format::NTriples | Format::NQuads
        )
}

/// Writes the graph in a format that [`fits`].
pub(super) fn write(
    lines: Lines,
    base: &str,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    match format {
        Format::NTriples => plain(lines, base, false, out),
        Format::NQuads => plain(lines, base, true, out),
        Format::Turtle => grouped(lines, base, false, out),
        _ => grouped(lines, base, true, out),
    }
}

/// A statement a line, the declarations among them at their places.
fn plain(
    mut lines: Lines,
    base: &str,
    graphs: bool,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut used = Used::default();
    while let Some(line) = lines.next_line()? {
        used.note(line.subject, line.predicate, line.object_iri());
    }
    let mut rows = used.declarations(base);
    if !graphs {
        for row in &mut rows {
            row.graph.clear();
        }
    }
    let mut declared: Vec<String> = rows.iter().map(rdf::line).collect();
    declared.sort();
    let mut declared = declared.into_iter().peekable();
    // One triple may stand in several graphs; without them it is written once.
    let mut last = String::new();
    lines.go_to(0)?;
    while let Some(line) = lines.next_line()? {
        let next = if graphs {
            Cow::Borrowed(line.text)
        } else {
            Cow::Owned(line.triple())
        };
        while let Some(line) = declared.next_if(|line| line.as_str() <= &*next) {
            if line != next {
                writeln!(out, "{line}")?;
            }
        }
        if next != last {
            writeln!(out, "{next}")?;
            last.clear();
            last += &next;
        }
    }
    for line in declared {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Turtle or TriG: all lines once to learn what there is, then each subject in its turn.
fn grouped(lines: Lines, base: &str, graphs: bool, out: &mut dyn Write) -> Result<(), ExportError> {
    let mut index = Index {
        lines,
        graphs,
        names: Vec::new(),
        numbers: BTreeMap::new(),
        places: Vec::new(),
        declared: BTreeMap::new(),
    };
    let prefixes = index.fill(base)?;
    let mut page = Page::open(Writer::new(base), &prefixes, out)?;
    for at in 0..index.places.len() {
        let rows = index.about(at)?;
        page.subject(index.places[at].section, rows.rows())?;
    }
    Ok(page.close()?)
}

/// Where the statements about a subject stand.
struct Place {
    /// Which of the graphs.
    graph: usize,
    section: usize,
    subject: String,
    /// Beginning of its lines; nothing for what is declared only.
    at: Option<u64>,
}

/// The subjects of a graph, in order.
struct Index {
    lines: Lines,
    /// Whether graphs are kept apart.
    graphs: bool,
    names: Vec<String>,
    numbers: BTreeMap<String, usize>,
    places: Vec<Place>,
    /// Statements that the store does not have, by graph and subject.
    declared: BTreeMap<(usize, String), Vec<Statement>>,
}

impl Index {
    /// Finds all subjects, and the prefixes that they need.
    fn fill(&mut self, base: &str) -> Result<Prefixes, ExportError> {
        let mut used = Used::default();
        let mut prefixes = Prefixes::default();
        loop {
            let at = self.lines.at();
            let rows = Flat::new(self.read()?);
            for of in rows.graphs() {
                for row in of {
                    used.note(&row.subject, &row.predicate, row.object_iri());
                    prefixes.note(row);
                }
                let place = Place {
                    graph: self.graph(&of[0].graph),
                    section: section(of),
                    subject: of[0].subject.clone(),
                    at: Some(at),
                };
                self.places.push(place);
            }
            if rows.rows().is_empty() {
                break;
            }
        }
        self.declare(used.declarations(base), &mut prefixes)?;
        let names = &self.names;
        self.places.sort_by(|a, b| {
            let key = |p: &Place| (names[p.graph].as_str(), p.section);
            key(a).cmp(&key(b)).then_with(|| a.subject.cmp(&b.subject))
        });
        Ok(prefixes)
    }

    /// Adds statements that the store does not have.
    fn declare(
        &mut self,
        rows: Vec<Statement>,
        prefixes: &mut Prefixes,
    ) -> Result<(), ExportError> {
        for mut row in rows {
            if !self.graphs {
                row.graph.clear();
            }
            prefixes.note(&row);
            let key = (self.graph(&row.graph), row.subject.clone());
            self.declared.entry(key).or_default().push(row);
        }
        self.places
            .sort_by(|a, b| (a.graph, &a.subject).cmp(&(b.graph, &b.subject)));
        let known = self.places.len();
        let keys: Vec<(usize, String)> = self.declared.keys().cloned().collect();
        for (graph, subject) in keys {
            let found = self.places[..known]
                .binary_search_by(|p| (p.graph, p.subject.as_str()).cmp(&(graph, &subject)));
            let at = found.unwrap_or_else(|_| {
                self.places.push(Place {
                    graph,
                    section: 0,
                    subject,
                    at: None,
                });
                self.places.len() - 1
            });
            self.places[at].section = section(self.about(at)?.rows());
        }
        Ok(())
    }

    /// The number of a graph.
    fn graph(&mut self, name: &str) -> usize {
        if let Some(&known) = self.numbers.get(name) {
            return known;
        }
        let number = self.names.len();
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// All statements of the subject at a place.
    fn about(&mut self, place: usize) -> Result<Flat, ExportError> {
        let mut rows = Vec::new();
        let Place { graph, at, .. } = self.places[place];
        if let Some(at) = at {
            self.lines.go_to(at)?;
            rows = self.read()?;
            rows.retain(|row| row.graph == self.names[graph]);
        }
        let key = (graph, self.places[place].subject.clone());
        rows.extend(self.declared.get(&key).into_iter().flatten().cloned());
        Ok(Flat::new(rows))
    }

    /// The statements about the subject whose lines come next; none at the end.
    fn read(&mut self) -> Result<Vec<Statement>, ExportError> {
        let mut rows: Vec<Statement> = Vec::new();
        loop {
            let at = self.lines.at();
            let Some(line) = self.lines.next_line()? else {
                return Ok(rows);
            };
            if rows.first().is_some_and(|row| row.subject != line.subject) {
                self.lines.go_to(at)?;
                return Ok(rows);
            }
            rows.push(Statement {
                graph: if self.graphs { line.graph } else { "" }.to_owned(),
                subject: line.subject.to_owned(),
                predicate: line.predicate.to_owned(),
                object: line.term()?,
            });
        }
    }
}
