//! From Turtle to shapes.

use super::{NodeKinds, Path, Rule, Shape, ShapesError, Target};
use crate::schema::vocab::{compact, rdf};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Graph, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use regex::Regex;
use std::collections::BTreeSet;

const SH: &str = "http://www.w3.org/ns/shacl#";

/// What says nothing about validity.
const TELLS: [&str; 6] = [
    "name",
    "description",
    "order",
    "group",
    "severity",
    "defaultValue",
];

pub(super) fn shapes(turtle: &str) -> Result<Vec<Shape>, ShapesError> {
    let mut graph = Graph::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
        let quad = quad.map_err(|error| ShapesError::Syntax(error.to_string()))?;
        graph.insert(&Triple::from(quad));
    }
    let reader = Reader { graph: &graph };
    let mut names: BTreeSet<String> = BTreeSet::new();
    for triple in &graph {
        let local = triple.predicate.as_str().strip_prefix(SH);
        let target = local.is_some_and(|local| local.starts_with("target"));
        if let (true, NamedOrBlankNode::NamedNode(node)) = (target, triple.subject.into_owned()) {
            names.insert(node.into_string());
        }
    }
    names
        .iter()
        .map(|name| {
            let node = NamedNodeRef::new_unchecked(name).into_owned();
            reader.shape(&node.into(), &compact(name))
        })
        .collect()
}

struct Reader<'a> {
    graph: &'a Graph,
}

impl Reader<'_> {
    fn shape(&self, node: &NamedOrBlankNode, around: &str) -> Result<Shape, ShapesError> {
        let name = match node {
            NamedOrBlankNode::NamedNode(name) => compact(name.as_str()),
            NamedOrBlankNode::BlankNode(_) => around.to_owned(),
        };
        let mut shape = Shape {
            targets: Vec::new(),
            path: None,
            message: None,
            rules: Vec::new(),
            name,
        };
        let mut flags = None;
        let mut patterns = Vec::new();
        for triple in self.graph.triples_for_subject(node) {
            let Some(part) = triple.predicate.as_str().strip_prefix(SH) else {
                continue;
            };
            let object: Term = triple.object.into_owned();
            let odd = || ShapesError::Unsupported {
                shape: shape.name.clone(),
                part: format!("sh:{part} {object}"),
            };
            let iri = || match &object {
                Term::NamedNode(node) => Ok(node.as_str().to_owned()),
                _ => Err(odd()),
            };
            let words = || match &object {
                Term::Literal(literal) => Ok(literal.value().to_owned()),
                _ => Err(odd()),
            };
            let count = || words()?.parse::<usize>().map_err(|_| odd());
            let inner = || match &object {
                Term::NamedNode(inner) => self.shape(&inner.clone().into(), &shape.name),
                Term::BlankNode(inner) => self.shape(&inner.clone().into(), &shape.name),
                Term::Literal(_) => Err(odd()),
            };
            let several = || -> Result<Vec<Shape>, ShapesError> {
                let items = self.list(&object).ok_or_else(odd)?;
                let nodes = items.into_iter().map(|item| node_of(item).ok_or_else(odd));
                nodes.map(|node| self.shape(&node?, &shape.name)).collect()
            };
            let rule = match part {
                "targetClass" => {
                    shape.targets.push(Target::Class(iri()?));
                    continue;
                }
                "targetSubjectsOf" => {
                    shape.targets.push(Target::SubjectsOf(iri()?));
                    continue;
                }
                "targetObjectsOf" => {
                    shape.targets.push(Target::ObjectsOf(iri()?));
                    continue;
                }
                "targetNode" => {
                    shape.targets.push(Target::Node(object.clone()));
                    continue;
                }
                "path" => {
                    shape.path = Some(self.path(&object).ok_or_else(odd)?);
                    continue;
                }
                "message" => {
                    shape.message = Some(words()?);
                    continue;
                }
                "pattern" => {
                    patterns.push(words()?);
                    continue;
                }
                "flags" => {
                    flags = Some(words()?);
                    continue;
                }
                "class" => Rule::Class(iri()?),
                "datatype" => Rule::Datatype(iri()?),
                "nodeKind" => {
                    let kind = iri()?;
                    let local = kind.strip_prefix(SH).unwrap_or_default();
                    Rule::NodeKind(NodeKinds::named(local).ok_or_else(odd)?)
                }
                "minCount" => Rule::MinCount(count()?),
                "maxCount" => Rule::MaxCount(count()?),
                "minLength" => Rule::MinLength(count()?),
                "maxLength" => Rule::MaxLength(count()?),
                "minInclusive" => Rule::Bound(object.clone(), true, true),
                "minExclusive" => Rule::Bound(object.clone(), true, false),
                "maxInclusive" => Rule::Bound(object.clone(), false, true),
                "maxExclusive" => Rule::Bound(object.clone(), false, false),
                "lessThan" => Rule::Less(iri()?, false),
                "lessThanOrEquals" => Rule::Less(iri()?, true),
                "disjoint" => Rule::Disjoint(iri()?),
                "equals" => Rule::Equals(iri()?),
                "uniqueLang" if words()? == "true" => Rule::UniqueLang,
                "in" => Rule::In(self.list(&object).ok_or_else(odd)?),
                "hasValue" => Rule::HasValue(object.clone()),
                "or" => Rule::Or(several()?),
                "and" => Rule::And(several()?),
                "not" => Rule::Not(Box::new(inner()?)),
                "node" => Rule::Node(Box::new(inner()?)),
                "property" => Rule::Property(Box::new(inner()?)),
                "sparql" => self.sparql(&object).ok_or_else(odd)?,
                tells if TELLS.contains(&tells) => continue,
                _ => return Err(odd()),
            };
            shape.rules.push(rule);
        }
        for pattern in patterns {
            let flagged = match &flags {
                Some(flags) => format!("(?{flags}){pattern}"),
                None => pattern,
            };
            let regex = Regex::new(&flagged).map_err(|error| ShapesError::Unsupported {
                shape: shape.name.clone(),
                part: format!("sh:pattern: {error}"),
            })?;
            shape.rules.push(Rule::Pattern(regex));
        }
        // A query finds nodes by the target; within a property or another shape there is none.
        let asks = shape.rules.iter().any(|r| matches!(r, Rule::Sparql(..)));
        let by_class = |target: &Target| matches!(target, Target::Class(_));
        if asks
            && !(shape.path.is_none()
                && !shape.targets.is_empty()
                && shape.targets.iter().all(by_class))
        {
            return Err(ShapesError::Unsupported {
                shape: shape.name,
                part: "sh:sparql anywhere but right below a shape with sh:targetClass".to_owned(),
            });
        }
        Ok(shape)
    }

    fn object(&self, node: &NamedOrBlankNode, iri: &str) -> Option<Term> {
        let predicate = NamedNodeRef::new_unchecked(iri);
        let object = self.graph.object_for_subject_predicate(node, predicate);
        object.map(Into::into)
    }

    /// A property, or one backwards.
    fn path(&self, object: &Term) -> Option<Path> {
        match object {
            Term::NamedNode(node) => Some(Path::to(node.as_str())),
            other => {
                let inner = self.object(&node_of(other.clone())?, &format!("{SH}inversePath"))?;
                match inner {
                    Term::NamedNode(node) => Some(Path {
                        property: node.into_string(),
                        inverse: true,
                    }),
                    _ => None,
                }
            }
        }
    }

    /// The members of a list.
    fn list(&self, head: &Term) -> Option<Vec<Term>> {
        let mut items = Vec::new();
        let mut at = node_of(head.clone())?;
        let nil = format!("{}nil", rdf::NS);
        while !matches!(&at, NamedOrBlankNode::NamedNode(node) if node.as_str() == nil) {
            items.push(self.object(&at, &format!("{}first", rdf::NS))?);
            at = node_of(self.object(&at, &format!("{}rest", rdf::NS))?)?;
        }
        Some(items)
    }

    /// A SELECT with its prefixes.
    fn sparql(&self, object: &Term) -> Option<Rule> {
        let node = node_of(object.clone())?;
        let words =
            |node: &NamedOrBlankNode, part: &str| match self.object(node, &format!("{SH}{part}")) {
                Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
                _ => None,
            };
        let select = words(&node, "select")?;
        let mut prologue = String::new();
        if let Some(from) = self
            .object(&node, &format!("{SH}prefixes"))
            .and_then(node_of)
        {
            let declare = NamedNodeRef::new(&format!("{SH}declare"))
                .ok()?
                .into_owned();
            let mut lines = BTreeSet::new();
            for one in self.graph.objects_for_subject_predicate(&from, &declare) {
                let one = node_of(one.into_owned())?;
                lines.insert(format!(
                    "PREFIX {}: <{}> ",
                    words(&one, "prefix")?,
                    words(&one, "namespace")?
                ));
            }
            prologue = lines.into_iter().collect();
        }
        Some(Rule::Sparql(prologue + &select, words(&node, "message")))
    }
}

fn node_of(term: Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.into()),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}
