//! Holds a graph against SHACL shapes.
//!
//! In: a store and shapes in Turtle. Out: each violation with node, path, what was broken and why. Refuses: shapes with
//! parts of SHACL that are not understood here, by name, rather than passing over them.

mod read;
mod values;

use super::{QueryError, rows};
use crate::schema::vocab::{compact, rdf, rdfs};
use crate::store::{Store, StoreError};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use regex::Regex;
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Why shapes cannot be read or tried.
#[derive(Debug, thiserror::Error)]
pub enum ShapesError {
    /// The file is not Turtle.
    #[error("the shapes are not valid Turtle: {0}")]
    Syntax(String),
    /// A part of SHACL that is not understood here.
    #[error(
        "{shape}: {part} is not understood here; take it out, or check with another validator, such as pyshacl"
    )]
    Unsupported {
        /// The shape, or the nearest one with a name.
        shape: String,
        /// What it uses.
        part: String,
    },
    /// The SPARQL of a constraint.
    #[error("the SPARQL of {shape}: {error}")]
    Query {
        /// The shape.
        shape: String,
        /// What is wrong.
        error: QueryError,
    },
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One thing that is not as a shape wants it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Violation {
    /// The node, in N-Triples.
    pub node: String,
    /// The property, where the constraint is on one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The part of SHACL that says so, such as `MinCountConstraintComponent`.
    pub constraint: &'static str,
    /// The value that is wrong, in N-Triples.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is wrong.
    pub message: String,
    /// The shape.
    pub shape: String,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Shapes with a target.
    pub shapes: usize,
    /// Nodes that a shape looked at, each counted once.
    pub nodes: usize,
    /// What is wrong, sorted.
    pub violations: Vec<Violation>,
}

/// Shapes that were understood.
#[derive(Debug)]
pub struct Shapes {
    all: Vec<Shape>,
}

#[derive(Debug)]
struct Shape {
    /// Its name, or that of the nearest shape around it that has one.
    name: String,
    targets: Vec<Target>,
    path: Option<Path>,
    message: Option<String>,
    rules: Vec<Rule>,
}

#[derive(Debug)]
enum Target {
    Class(String),
    SubjectsOf(String),
    ObjectsOf(String),
    Node(Term),
}

#[derive(Debug)]
struct Path {
    property: String,
    inverse: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NodeKinds {
    iri: bool,
    blank: bool,
    literal: bool,
}

#[derive(Debug)]
enum Rule {
    Class(String),
    Datatype(String),
    NodeKind(NodeKinds),
    MinCount(usize),
    MaxCount(usize),
    MinLength(usize),
    MaxLength(usize),
    Pattern(Regex),
    /// Bound, whether a value above it is wanted, and whether the bound itself will do.
    Bound(Term, bool, bool),
    /// A property whose values must be greater, or, with `true`, not less.
    Less(String, bool),
    Disjoint(String),
    Equals(String),
    UniqueLang,
    In(Vec<Term>),
    HasValue(Term),
    Or(Vec<Shape>),
    And(Vec<Shape>),
    Not(Box<Shape>),
    Node(Box<Shape>),
    Property(Box<Shape>),
    Sparql(String, Option<String>),
}

impl Shapes {
    /// Reads shapes.
    pub fn parse(turtle: &str) -> Result<Self, ShapesError> {
        Ok(Self {
            all: read::shapes(turtle)?,
        })
    }

    /// Tries them all on a store, over the union of its graphs.
    pub fn check(&self, store: &Store) -> Result<Outcome, ShapesError> {
        let mut data = Data {
            store,
            below: BTreeMap::new(),
        };
        let mut violations = Vec::new();
        let mut nodes: BTreeSet<String> = BTreeSet::new();
        let mut shapes = 0;
        for shape in &self.all {
            if shape.targets.is_empty() {
                continue;
            }
            shapes += 1;
            for (written, node) in data.targets(shape)? {
                data.look(shape, &node, &mut violations)?;
                nodes.insert(written);
            }
            for rule in &shape.rules {
                if let Rule::Sparql(text, message) = rule {
                    data.ask(shape, text, message.as_deref(), &mut violations)?;
                }
            }
        }
        violations.sort();
        violations.dedup();
        Ok(Outcome {
            shapes,
            nodes: nodes.len(),
            violations,
        })
    }
}

/// The graph that is looked at.
struct Data<'a> {
    store: &'a Store,
    /// A class and those below it, as the graph says.
    below: BTreeMap<String, Vec<String>>,
}

impl Data<'_> {
    fn targets(&mut self, shape: &Shape) -> Result<BTreeMap<String, Term>, ShapesError> {
        let mut found = Vec::new();
        for target in &shape.targets {
            match target {
                Target::Class(class) => {
                    for class in self.below(class)? {
                        found.extend(self.subjects(rdf::TYPE, &class)?);
                    }
                }
                Target::SubjectsOf(property) => {
                    for quad in self.store.quads(None, Some(name(property)), None, None) {
                        found.push(quad?.subject.into());
                    }
                }
                Target::ObjectsOf(property) => {
                    for quad in self.store.quads(None, Some(name(property)), None, None) {
                        found.push(quad?.object);
                    }
                }
                Target::Node(node) => {
                    found.push(node.clone());
                }
            }
        }
        let named = found.into_iter().map(|node| (node.to_string(), node));
        Ok(named.collect())
    }

    /// The class and those below it.
    fn below(&mut self, class: &str) -> Result<Vec<String>, ShapesError> {
        if let Some(known) = self.below.get(class) {
            return Ok(known.clone());
        }
        let mut all = vec![class.to_owned()];
        let mut next = 0;
        while next < all.len() {
            let at = all[next].clone();
            for term in self.subjects(rdfs::SUB_CLASS_OF, &at)? {
                if let Term::NamedNode(node) = term
                    && !all.iter().any(|known| known == node.as_str())
                {
                    all.push(node.into_string());
                }
            }
            next += 1;
        }
        self.below.insert(class.to_owned(), all.clone());
        Ok(all)
    }

    fn subjects(&self, property: &str, object: &str) -> Result<Vec<Term>, ShapesError> {
        let object = TermRef::from(name(object));
        let quads = self
            .store
            .quads(None, Some(name(property)), Some(object), None);
        Ok(quads
            .map(|quad| quad.map(|q| Term::from(q.subject)))
            .collect::<Result<_, _>>()?)
    }

    /// What a path leads to, each once.
    fn values(&self, from: &Term, path: &Path) -> Result<Vec<Term>, ShapesError> {
        let property = Some(name(&path.property));
        let mut values: Vec<Term> = Vec::new();
        if path.inverse {
            let object = Some(from.as_ref());
            for quad in self.store.quads(None, property, object, None) {
                values.push(quad?.subject.into());
            }
        } else if let Some(subject) = subject(from) {
            for quad in self.store.quads(Some(subject), property, None, None) {
                values.push(quad?.object);
            }
        }
        // A triple stands in as many graphs as say it.
        if values.len() > 1 {
            let mut known = FxHashSet::default();
            values.retain(|value| known.insert(value.clone()));
        }
        Ok(values)
    }

    fn is_a(&mut self, node: &Term, class: &str) -> Result<bool, ShapesError> {
        let Some(subject) = subject(node) else {
            return Ok(false);
        };
        for class in self.below(class)? {
            let class = TermRef::from(name(&class));
            let mut quads =
                self.store
                    .quads(Some(subject), Some(name(rdf::TYPE)), Some(class), None);
            if quads.next().transpose()?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn conforms(&mut self, shape: &Shape, node: &Term) -> Result<bool, ShapesError> {
        let mut found = Vec::new();
        self.look(shape, node, &mut found)?;
        Ok(found.is_empty())
    }

    /// Looks at one node through one shape.
    fn look(
        &mut self,
        shape: &Shape,
        node: &Term,
        out: &mut Vec<Violation>,
    ) -> Result<(), ShapesError> {
        let values = match &shape.path {
            None => vec![node.clone()],
            Some(path) => self.values(node, path)?,
        };
        let report = |constraint, value: Option<&Term>, message: String| Violation {
            node: node.to_string(),
            path: shape.path.as_ref().map(ToString::to_string),
            constraint,
            value: value.map(ToString::to_string),
            message: shape.message.clone().unwrap_or(message),
            shape: shape.name.clone(),
        };
        for rule in &shape.rules {
            match rule {
                Rule::MinCount(least) if values.len() < *least => out.push(report(
                    "MinCountConstraintComponent",
                    None,
                    format!("at least {least} wanted, {} there", values.len()),
                )),
                Rule::MaxCount(most) if values.len() > *most => out.push(report(
                    "MaxCountConstraintComponent",
                    None,
                    format!("at most {most} wanted, {} there", values.len()),
                )),
                Rule::HasValue(wanted) if !values.contains(wanted) => out.push(report(
                    "HasValueConstraintComponent",
                    None,
                    format!("{wanted} is missing"),
                )),
                Rule::UniqueLang => {
                    for language in values::repeated_languages(&values) {
                        out.push(report(
                            "UniqueLangConstraintComponent",
                            None,
                            format!("more than one value in the language {language}"),
                        ));
                    }
                }
                Rule::Equals(property) => {
                    let others = self.values(node, &Path::to(property))?;
                    let odd = values.iter().filter(|v| !others.contains(v));
                    for value in odd.chain(others.iter().filter(|v| !values.contains(v))) {
                        let message = format!("not also a value of {}", compact(property));
                        out.push(report("EqualsConstraintComponent", Some(value), message));
                    }
                }
                Rule::Property(inner) => {
                    for value in &values {
                        self.look(inner, value, out)?;
                    }
                }
                rule => {
                    for value in &values {
                        if let Some((constraint, message)) = self.fault(rule, node, value)? {
                            out.push(report(constraint, Some(value), message));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// What is wrong with one value, by a rule that looks at values one by one.
    fn fault(
        &mut self,
        rule: &Rule,
        node: &Term,
        value: &Term,
    ) -> Result<Option<(&'static str, String)>, ShapesError> {
        let text = || values::text(value);
        Ok(match rule {
            Rule::Class(class) => (!self.is_a(value, class)?)
                .then(|| ("ClassConstraintComponent", format!("no {}", compact(class)))),
            Rule::Datatype(datatype) => (!values::has_datatype(value, datatype)).then(|| {
                (
                    "DatatypeConstraintComponent",
                    format!("no {}", compact(datatype)),
                )
            }),
            Rule::NodeKind(kinds) => (!kinds.admit(value)).then(|| {
                (
                    "NodeKindConstraintComponent",
                    format!("not {}", kinds.words()),
                )
            }),
            Rule::MinLength(least) => {
                (text().is_none_or(|t| t.chars().count() < *least)).then(|| {
                    (
                        "MinLengthConstraintComponent",
                        format!("shorter than {least} characters"),
                    )
                })
            }
            Rule::MaxLength(most) => {
                (text().is_none_or(|t| t.chars().count() > *most)).then(|| {
                    (
                        "MaxLengthConstraintComponent",
                        format!("longer than {most} characters"),
                    )
                })
            }
            Rule::Pattern(pattern) => (text().is_none_or(|t| !pattern.is_match(t))).then(|| {
                (
                    "PatternConstraintComponent",
                    format!("does not match {pattern}"),
                )
            }),
            Rule::Bound(bound, above, or_equal) => {
                let order = values::order(value, bound);
                (!values::keeps(order, *above, *or_equal))
                    .then(|| values::bound_fault(bound, *above, *or_equal))
            }
            Rule::Less(property, or_equal) => {
                let others = self.values(node, &Path::to(property))?;
                let wrong = others
                    .iter()
                    .find(|other| !values::keeps(values::order(value, other), false, *or_equal));
                wrong.map(|other| {
                    let constraint = if *or_equal {
                        "LessThanOrEqualsConstraintComponent"
                    } else {
                        "LessThanConstraintComponent"
                    };
                    (
                        constraint,
                        format!("not less than {other}, its {}", compact(property)),
                    )
                })
            }
            Rule::Disjoint(property) => self
                .values(node, &Path::to(property))?
                .contains(value)
                .then(|| {
                    (
                        "DisjointConstraintComponent",
                        format!("also a value of {}", compact(property)),
                    )
                }),
            Rule::In(list) => (!list.contains(value)).then(|| {
                let names: Vec<String> = list.iter().map(values::short).collect();
                (
                    "InConstraintComponent",
                    format!("none of {}", names.join(", ")),
                )
            }),
            Rule::Or(shapes) => {
                let mut one = false;
                for shape in shapes {
                    one = one || self.conforms(shape, value)?;
                }
                (!one).then(|| {
                    (
                        "OrConstraintComponent",
                        format!("as none of {} ways has it", shapes.len()),
                    )
                })
            }
            Rule::And(shapes) => {
                let mut all = true;
                for shape in shapes {
                    all = all && self.conforms(shape, value)?;
                }
                (!all).then(|| {
                    (
                        "AndConstraintComponent",
                        "not as all parts want it".to_owned(),
                    )
                })
            }
            Rule::Not(shape) => self.conforms(shape, value)?.then(|| {
                (
                    "NotConstraintComponent",
                    format!("is what it must not be{}", values::what(shape)),
                )
            }),
            Rule::Node(shape) => (!self.conforms(shape, value)?).then(|| {
                (
                    "NodeConstraintComponent",
                    format!("not as {} wants it", shape.name),
                )
            }),
            Rule::MinCount(_)
            | Rule::MaxCount(_)
            | Rule::HasValue(_)
            | Rule::UniqueLang
            | Rule::Equals(_)
            | Rule::Property(_)
            | Rule::Sparql(..) => None,
        })
    }

    /// Runs the SPARQL of a shape once for all of its targets.
    fn ask(
        &mut self,
        shape: &Shape,
        text: &str,
        message: Option<&str>,
        out: &mut Vec<Violation>,
    ) -> Result<(), ShapesError> {
        let mut classes = Vec::new();
        for target in &shape.targets {
            if let Target::Class(class) = target {
                classes.extend(self.below(class)?);
            }
        }
        let classes: Vec<String> = classes.iter().map(|class| format!("<{class}>")).collect();
        let Some((select, body)) = text.split_once('{') else {
            return Ok(());
        };
        let query = format!(
            "{select} {{ ?this <{}> ?targetClass . VALUES ?targetClass {{ {} }} {body}",
            rdf::TYPE,
            classes.join(" ")
        );
        let found = rows(self.store, &query).map_err(|error| ShapesError::Query {
            shape: shape.name.clone(),
            error,
        })?;
        for row in found {
            let Some(Some(node)) = row.into_iter().next() else {
                continue;
            };
            out.push(Violation {
                node: node.to_string(),
                path: None,
                constraint: "SPARQLConstraintComponent",
                value: None,
                message: message
                    .or(shape.message.as_deref())
                    .unwrap_or("what the query of the shape looks for")
                    .to_owned(),
                shape: shape.name.clone(),
            });
        }
        Ok(())
    }
}

impl Path {
    fn to(property: &str) -> Self {
        Self {
            property: property.to_owned(),
            inverse: false,
        }
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let turned = if self.inverse { "^" } else { "" };
        write!(f, "{turned}{}", compact(&self.property))
    }
}

fn name(iri: &str) -> NamedNodeRef<'_> {
    NamedNodeRef::new_unchecked(iri)
}

fn subject(term: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.into()),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}
