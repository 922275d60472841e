//! The vocabulary as a page in Markdown: an entry for each class and property, with a query to try.
//!
//! In: the files that declare terms. Out: the page, the same for the same files. A query that a file gives
//! (`skos:example`) is taken; the others are made from what the term is.

use super::turtle::{Subject, TurtleFile, Value};
use super::vocab::{PREFIXES, compact, local_name, nl, owl, rdf, rdfs, sem, skos};
use super::{Schema, SchemaErrors};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

const HEAD: &str = "# Vocabulary

What the graph says things with. `newsloom schema docs` prints this page from `ontology/`; a test compares the two.

Standard terms come first, so that a query written for them works unread; terms of Newsloom's own (`nl:`) fill the gaps.
Each entry has a query that runs as it stands: `newsloom query -q '…'`. The prefixes are declared for you:

| Prefix | Namespace |
|---|---|
";

/// What kind of term it is, in order of standing where several are declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Class,
    Object,
    Datatype,
    Annotation,
}

impl Kind {
    fn of(subject: &Subject) -> Option<Self> {
        [
            (owl::CLASS, Self::Class),
            (owl::OBJECT_PROPERTY, Self::Object),
            (owl::DATATYPE_PROPERTY, Self::Datatype),
            (owl::ANNOTATION_PROPERTY, Self::Annotation),
        ]
        .into_iter()
        .find(|(class, _)| subject.is_a(class))
        .map(|(_, kind)| kind)
    }

    fn words(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Object => "object property",
            Self::Datatype => "datatype property",
            Self::Annotation => "annotation property",
        }
    }
}

/// A term with what its file says of it.
struct Term<'a> {
    iri: &'a str,
    kind: Kind,
    said: &'a Subject,
    event: bool,
}

/// The vocabulary as a page: that of the embedded files, with a folder over them as [`Schema::load`] takes it.
///
/// # Errors
/// Every fault in any file.
pub fn vocabulary(dir: Option<&Path>) -> Result<String, SchemaErrors> {
    let (schema, files) = Schema::load_with_terms(dir)?;
    let book = Book::new(&schema, &files);
    Ok(book.page())
}

/// All terms, by IRI, with what links them.
struct Book<'a> {
    schema: &'a Schema,
    terms: Vec<Term<'a>>,
    /// Values of classes that are lists of values.
    values: BTreeMap<&'a str, Vec<(&'a str, &'a Subject)>>,
    /// Classes right below a class.
    below: BTreeMap<&'a str, BTreeSet<&'a str>>,
    anchors: BTreeMap<&'a str, String>,
}

impl<'a> Book<'a> {
    fn new(schema: &'a Schema, files: &'a [TurtleFile]) -> Self {
        let mut terms: Vec<Term<'a>> = Vec::new();
        let mut values: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        let mut below: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
        for file in files {
            for said in &file.subjects {
                let Some(iri) = said.iri.as_deref() else {
                    continue;
                };
                if said.is_a(owl::NAMED_INDIVIDUAL) {
                    for class in iris(said, rdf::TYPE).filter(|c| *c != owl::NAMED_INDIVIDUAL) {
                        values.entry(class).or_default().push((iri, said));
                    }
                }
                let Some(kind) = Kind::of(said) else { continue };
                for parent in iris(said, rdfs::SUB_CLASS_OF) {
                    below.entry(parent).or_default().insert(iri);
                }
                terms.push(Term {
                    iri,
                    kind,
                    said,
                    event: schema.frame(iri).is_some(),
                });
            }
        }
        terms.sort_by_key(|t| (section(t), t.kind, compact(t.iri)));
        terms.dedup_by_key(|t| t.iri);
        let mut anchors = BTreeMap::new();
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for term in &terms {
            // As GitHub makes them of headings.
            let plain = compact(term.iri).to_lowercase().replace(':', "");
            let n = taken.entry(plain.clone()).or_insert(0);
            let anchor = match *n {
                0 => plain,
                n => format!("{plain}-{n}"),
            };
            *n += 1;
            anchors.insert(term.iri, anchor);
        }
        Self {
            schema,
            terms,
            values,
            below,
            anchors,
        }
    }

    fn page(&self) -> String {
        let mut out = HEAD.to_owned();
        for (prefix, namespace) in PREFIXES {
            line(&mut out, &format!("| `{prefix}` | <{namespace}> |"));
        }
        let mut open = None;
        for term in &self.terms {
            let at = section(term);
            if open != Some(at) {
                open = Some(at);
                line(&mut out, &format!("\n## {}", TITLES[at].0));
                line(&mut out, &format!("\n{}", TITLES[at].1));
                let here: Vec<_> = self.terms.iter().filter(|t| section(t) == at).collect();
                for kind in [Kind::Class, Kind::Object, Kind::Datatype, Kind::Annotation] {
                    let links: Vec<String> = here
                        .iter()
                        .filter(|t| t.kind == kind)
                        .map(|t| self.link(t.iri))
                        .collect();
                    if !links.is_empty() {
                        line(&mut out, &format!("\n{}", links.join(" · ")));
                    }
                }
            }
            self.entry(term, &mut out);
        }
        out
    }

    fn entry(&self, term: &Term<'_>, out: &mut String) {
        let said = term.said;
        line(out, &format!("\n### {}", compact(term.iri)));
        let mut facts = vec![term.kind.words().to_owned()];
        for (kind, words) in [
            (owl::FUNCTIONAL_PROPERTY, "one value at most"),
            (owl::SYMMETRIC_PROPERTY, "holds both ways"),
        ] {
            if said.is_a(kind) {
                facts.push(words.to_owned());
            }
        }
        let label = said.text(rdfs::LABEL).unwrap_or_default();
        line(out, &format!("\n**{label}** ({})", facts.join(", ")));
        for predicate in [rdfs::COMMENT, skos::SCOPE_NOTE] {
            for text in said.all(predicate).filter_map(Value::text) {
                line(out, &format!("\n{text}"));
            }
        }
        let mut notes = Vec::new();
        let links = |predicates: &[&str]| -> Vec<String> {
            let all = predicates.iter().flat_map(|p| iris(said, p));
            all.map(|iri| self.link(iri)).collect()
        };
        let mut note = |name: &str, what: Vec<String>| {
            if !what.is_empty() {
                notes.push(format!("- {name}: {}", what.join(", ")));
            }
        };
        note(
            "a kind of",
            links(&[rdfs::SUB_CLASS_OF, rdfs::SUB_PROPERTY_OF]),
        );
        let below = self.below.get(term.iri).into_iter().flatten();
        note("its kinds", below.map(|iri| self.link(iri)).collect());
        note("never also", links(&[owl::DISJOINT_WITH]));
        note("from", links(&[rdfs::DOMAIN]));
        note("to", links(&[rdfs::RANGE]));
        let values = self.values.get(term.iri).into_iter().flatten();
        note(
            "values",
            values
                .map(|(iri, said)| {
                    let meaning = said.text(rdfs::COMMENT).unwrap_or_default();
                    format!("`{}` ({})", compact(iri), meaning.trim_end_matches('.'))
                })
                .collect(),
        );
        note(
            "parts",
            self.parts(term).iter().map(|p| self.link(p)).collect(),
        );
        note("close to", links(&[skos::CLOSE_MATCH, skos::EXACT_MATCH]));
        let also = said.all(skos::NOTE).filter_map(Value::text);
        note("see also", also.map(str::to_owned).collect());
        if !notes.is_empty() {
            line(out, &format!("\n{}", notes.join("\n")));
        }
        line(out, &format!("\n```sparql\n{}\n```", self.query(term)));
    }

    /// The properties that an event of this class can have, beside place and time.
    fn parts(&self, term: &Term<'_>) -> Vec<&str> {
        let frame = self.schema.frame(term.iri);
        let slots = frame.iter().flat_map(|f| &f.slots);
        let all: BTreeSet<&str> = slots.map(|s| s.property.as_str()).collect();
        all.into_iter().filter(|p| p.starts_with(nl::NS)).collect()
    }

    /// A link to the entry of a term of this page, or to the term itself.
    fn link(&self, iri: &str) -> String {
        let name = compact(iri);
        match self.anchors.get(iri) {
            Some(anchor) => format!("[{name}](#{anchor})"),
            None if name == iri => format!("<{iri}>"),
            None => format!("[{name}]({iri})"),
        }
    }

    fn query(&self, term: &Term<'_>) -> String {
        if let Some(query) = term.said.text(skos::EXAMPLE) {
            return query.trim().to_owned();
        }
        let name = compact(term.iri);
        let local = local_name(term.iri);
        let range = iris(term.said, rdfs::RANGE).next().unwrap_or_default();
        match term.kind {
            Kind::Class if term.event => self.event_query(term),
            Kind::Class => format!("SELECT ?label WHERE {{ ?x a {name} ; rdfs:label ?label }}"),
            Kind::Object if !self.values.contains_key(range) => {
                let from = match iris(term.said, rdfs::SUB_PROPERTY_OF).next() {
                    Some(sem::HAS_ACTOR) => "event",
                    _ => "thing",
                };
                format!(
                    "SELECT ?{from} ?{local} WHERE {{\n  ?s {name} ?o ; rdfs:label ?{from} .\n  ?o rdfs:label ?{local}\n}}"
                )
            }
            _ => {
                format!("SELECT ?thing ?{local} WHERE {{ ?s {name} ?{local} ; rdfs:label ?thing }}")
            }
        }
    }

    fn event_query(&self, term: &Term<'_>) -> String {
        let mut kinds = BTreeSet::from([term.iri]);
        let mut pending = vec![term.iri];
        while let Some(class) = pending.pop() {
            for below in self.below.get(class).into_iter().flatten() {
                if kinds.insert(below) {
                    pending.push(below);
                }
            }
        }
        if kinds.len() > 1 {
            let names: Vec<String> = kinds.iter().map(|iri| compact(iri)).collect();
            return format!(
                "SELECT ?event ?kind WHERE {{\n  VALUES ?kind {{ {} }}\n  ?e sem:eventType ?kind ; rdfs:label ?event\n}}",
                names.join(" ")
            );
        }
        let parts = self.parts(term);
        let asked: Vec<String> = parts
            .iter()
            .map(|p| format!(" ?{}", local_name(p)))
            .collect();
        let found: Vec<String> = parts
            .iter()
            .map(|part| {
                let local = local_name(part);
                let name = compact(part);
                format!("\n  OPTIONAL {{ ?e {name}/rdfs:label ?{local} }}")
            })
            .collect();
        let (asked, found) = (asked.concat(), found.concat());
        format!(
            "SELECT ?event{asked} WHERE {{\n  ?e sem:eventType {} ; rdfs:label ?event .{found}\n}}",
            compact(term.iri)
        )
    }
}

const TITLES: [(&str, &str); 3] = [
    (
        "Newsloom's own terms",
        "Claims, who says them and how sure; posts and the status of roles; the parts that people and things play in events; figures.",
    ),
    (
        "Terms of others, as the graph uses them",
        "Their own definitions hold; what stands here is what the graph says with them.",
    ),
    (
        "Kinds of events",
        "An event that happened has its kind as a class and as `sem:eventType`; one that is planned, possible, alleged or denied has it as `sem:eventType` only. Place (`sem:hasPlace`) and time (`sem:hasTimeStamp` and its bounds) are open to all kinds; `parts` names the others. Someone or something without an entry of its own is there in words, as `nl:agentText` and so on.",
    ),
];

/// The section of [`TITLES`] that a term stands in.
fn section(term: &Term<'_>) -> usize {
    match (term.event, term.iri.starts_with(nl::NS)) {
        (true, _) => 2,
        (false, true) => 0,
        (false, false) => 1,
    }
}

fn iris<'a>(subject: &'a Subject, predicate: &'a str) -> impl Iterator<Item = &'a str> {
    subject.all(predicate).filter_map(Value::iri)
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("writing to a string does not fail");
}
