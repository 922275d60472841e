//! Questions that are asked often, kept as `.rq` files with a description and parameters.
//!
//! In: files whose leading comments say `title:`, `about:`, `param NAME KIND: meaning` (a trailing `?` on the kind makes it
//! optional) and `example:`. Out: [`Question`]s that become queries once their parameters are given.

use super::{Query, QueryError};
use crate::schema::{embedded_files, vocab::xsd};
use oxigraph::model::{Literal, NamedNode, Term};
use regex::{Captures, Regex};
use std::collections::BTreeMap;
use std::path::Path;

/// A kept query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is called: the file name without number and ending.
    pub name: String,
    /// What it answers, in a line.
    pub title: String,
    /// What to know about the answer.
    pub about: String,
    /// Its parameters in order.
    pub parameters: Vec<Parameter>,
    /// How one asks it.
    pub example: String,
    /// The query.
    pub text: String,
}

/// A variable of a question that the user sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Name of the variable and of the option.
    pub name: String,
    /// `text`, `date`, `number` or `iri`.
    pub kind: String,
    /// Whether the question can be asked without it.
    pub optional: bool,
    /// What it means.
    pub about: String,
}

/// Why a question cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// No such question.
    #[error("there is no question {name}; {}", known(.near))]
    Unknown {
        /// As asked.
        name: String,
        /// Names that are near to it.
        near: Vec<String>,
    },
    /// A parameter that it needs.
    #[error("{question} needs --{name}: {about}")]
    Missing {
        /// The question.
        question: String,
        /// The parameter.
        name: String,
        /// What it means.
        about: String,
    },
    /// A parameter that it does not have.
    #[error("{question} has no parameter --{name}; it has {known}")]
    NoSuch {
        /// The question.
        question: String,
        /// As given.
        name: String,
        /// Those that it has.
        known: String,
    },
    /// A value of the wrong kind.
    #[error("--{name} {value:?} is no {kind}")]
    Value {
        /// The parameter.
        name: String,
        /// As given.
        value: String,
        /// What it should be.
        kind: String,
    },
    /// The query itself is wrong.
    #[error(transparent)]
    Query(#[from] QueryError),
}

fn known(near: &[String]) -> String {
    if near.is_empty() {
        "`newsloom ask` lists them".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    }
}

impl Question {
    /// All that are built in, in order of their files.
    pub fn all() -> Vec<Self> {
        embedded_files("ontology/queries/")
            .filter(|(path, _)| Path::new(path).extension().is_some_and(|e| e == "rq"))
            .map(|(path, text)| Self::read(path, text))
            .collect()
    }

    /// The one of that name (or number).
    pub fn named(name: &str) -> Result<Self, QuestionError> {
        let mut all = Self::all();
        if let Some(at) = all.iter().position(|q| q.name == name) {
            return Ok(all.swap_remove(at));
        }
        let words: Vec<&str> = name.split(['-', ' ', '_']).collect();
        let near = all
            .into_iter()
            .map(|q| q.name)
            .filter(|known| words.iter().any(|w| w.len() > 2 && known.contains(w)))
            .take(4)
            .collect();
        Err(QuestionError::Unknown {
            name: name.to_owned(),
            near,
        })
    }

    /// Reads a question from its file.
    pub fn read(path: &str, text: &str) -> Self {
        let stem = path.rsplit('/').next().unwrap_or(path);
        let stem = stem.strip_suffix(".rq").unwrap_or(stem);
        let mut question = Self {
            name: stem
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start_matches('-')
                .to_owned(),
            title: String::new(),
            about: String::new(),
            parameters: Vec::new(),
            example: String::new(),
            text: text.to_owned(),
        };
        for line in text.lines() {
            let Some(comment) = line.strip_prefix('#') else {
                break;
            };
            let comment = comment.trim();
            let Some((key, value)) = comment.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match key.trim() {
                "title" => value.clone_into(&mut question.title),
                "about" => {
                    if !question.about.is_empty() {
                        question.about.push(' ');
                    }
                    question.about.push_str(value);
                }
                "example" => value.clone_into(&mut question.example),
                key => {
                    let mut words = key.split_whitespace();
                    if let (Some("param"), Some(name), Some(kind)) =
                        (words.next(), words.next(), words.next())
                    {
                        question.parameters.push(Parameter {
                            name: name.to_owned(),
                            kind: kind.trim_end_matches('?').to_owned(),
                            optional: kind.ends_with('?'),
                            about: value.to_owned(),
                        });
                    }
                }
            }
        }
        question
    }

    /// The query with these parameters set.
    pub fn with(&self, given: &[(String, String)]) -> Result<Query, QuestionError> {
        if let Some((name, _)) = given
            .iter()
            .find(|(name, _)| !self.parameters.iter().any(|p| p.name == *name))
        {
            let known: Vec<String> = self
                .parameters
                .iter()
                .map(|p| format!("--{}", p.name))
                .collect();
            return Err(QuestionError::NoSuch {
                question: self.name.clone(),
                name: name.clone(),
                known: if known.is_empty() {
                    "none".to_owned()
                } else {
                    known.join(", ")
                },
            });
        }
        let mut values = BTreeMap::new();
        for parameter in &self.parameters {
            let value = given.iter().find(|(name, _)| *name == parameter.name);
            match value {
                Some((_, value)) => {
                    values.insert(parameter.name.as_str(), parameter.term(value)?);
                }
                None if parameter.optional => {}
                None => {
                    return Err(QuestionError::Missing {
                        question: self.name.clone(),
                        name: parameter.name.clone(),
                        about: parameter.about.clone(),
                    });
                }
            }
        }
        Ok(Query::parse(&set(&self.text, &values))?)
    }
}

/// The text of a query with values in place of variables. Substitution as the engine offers it reaches no variable that is
/// not selected.
fn set(text: &str, values: &BTreeMap<&str, Term>) -> String {
    let variable = Regex::new(r"(?i:\bbound)\s*\(\s*[?$](\w+)\s*\)|[?$](\w+)");
    let variable = variable.expect("a pattern of our own");
    variable
        .replace_all(text, |found: &Captures<'_>| {
            let value = |group| values.get(found.get(group)?.as_str());
            match (value(1), value(2)) {
                (Some(_), _) => "true".to_owned(),
                (_, Some(value)) => value.to_string(),
                _ => found[0].to_owned(),
            }
        })
        .into_owned()
}

impl Parameter {
    fn term(&self, value: &str) -> Result<Term, QuestionError> {
        let wrong = || QuestionError::Value {
            name: self.name.clone(),
            value: value.to_owned(),
            kind: match self.kind.as_str() {
                "date" => "date such as 2024-05-31".to_owned(),
                other => other.to_owned(),
            },
        };
        let typed = |kind| {
            Term::from(Literal::new_typed_literal(
                value,
                NamedNode::new_unchecked(kind),
            ))
        };
        match self.kind.as_str() {
            "date" => value
                .parse::<jiff::civil::Date>()
                .map(|_| typed(xsd::DATE))
                .map_err(|_| wrong()),
            "number" => value
                .parse::<f64>()
                .map(|_| typed(xsd::DECIMAL))
                .map_err(|_| wrong()),
            "iri" => NamedNode::new(value).map(Term::from).map_err(|_| wrong()),
            _ => Ok(Literal::new_simple_literal(value).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_says_what_it_answers_and_is_sparql() {
        for question in Question::all() {
            assert!(!question.title.is_empty(), "{} has no title", question.name);
            assert!(
                !question.example.is_empty(),
                "{} has no example",
                question.name
            );
            if let Err(error) = Query::parse(&question.text) {
                panic!("{}: {error}", question.name);
            }
            for parameter in &question.parameters {
                let variable = format!("?{}", parameter.name);
                let uses = question.text.matches(&variable).count();
                assert!(uses > 0, "{}: {variable} is not used", question.name);
            }
        }
    }

    #[test]
    fn every_question_can_be_asked_with_all_its_parameters() {
        let store = crate::store::Store::in_memory(&[], "https://example.org/").unwrap();
        for question in Question::all() {
            let given: Vec<(String, String)> = question
                .parameters
                .iter()
                .map(|p| {
                    let value = match p.kind.as_str() {
                        "date" => "2024-05-31",
                        "number" => "2",
                        _ => "O'Neill \"of\" \\ $1 ?name",
                    };
                    (p.name.clone(), value.to_owned())
                })
                .collect();
            let asked = question.with(&given).and_then(|query| {
                let answer = query.run(&store)?;
                if let crate::query::Answer::Rows(mut rows) = answer {
                    rows.try_for_each(|row| row.map(|_| ()))?;
                }
                Ok(())
            });
            assert_eq!(asked.err(), None, "{}", question.name);
        }
    }

    #[test]
    fn parameters_are_checked() {
        let question = Question::read(
            "ontology/queries/01-on-a-day.rq",
            "# title: On a day\n# param day date: the day\n# param who text?: somebody\nSELECT ?x WHERE { ?x ?y ?day }",
        );
        assert_eq!(question.name, "on-a-day");
        let ask = |given: &[(&str, &str)]| {
            let given: Vec<_> = given
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect();
            question.with(&given).err()
        };
        assert_eq!(ask(&[("day", "2024-05-31")]), None);
        assert!(matches!(ask(&[]), Some(QuestionError::Missing { .. })));
        assert!(matches!(
            ask(&[("day", "May")]),
            Some(QuestionError::Value { .. })
        ));
        assert!(matches!(
            ask(&[("date", "2024-05-31")]),
            Some(QuestionError::NoSuch { .. })
        ));
    }
}
