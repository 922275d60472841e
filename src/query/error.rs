//! Why a query gave no answer, shown at its place in the query.

use std::fmt::{self, Display};

/// Why a query gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// It is not SPARQL.
    Syntax {
        /// Line, counted from 1.
        line: usize,
        /// Column in characters, counted from 1.
        column: usize,
        /// What could have stood there, or what is wrong.
        expected: String,
        /// The line of the query.
        excerpt: String,
    },
    /// It ran into something.
    Evaluation(String),
    /// It took longer than allowed, or was stopped.
    Stopped,
}

impl QueryError {
    /// From Oxigraph's message, `error at 3:4: expected one of …`.
    pub(super) fn syntax(text: &str, message: &str) -> Self {
        let (place, rest) = message
            .split_once("error at ")
            .and_then(|(_, m)| m.split_once(": "))
            .unwrap_or(("", message));
        let (line, column) = place
            .split_once(':')
            .and_then(|(l, c)| Some((l.parse().ok()?, c.parse().ok()?)))
            .unwrap_or((1, 1));
        let excerpt = text.lines().nth(line - 1).unwrap_or_default();
        Self::Syntax {
            line,
            column,
            expected: explain(rest, excerpt, column),
            excerpt: excerpt.replace('\t', " "),
        }
    }

    pub(super) fn evaluation(error: &oxigraph::sparql::QueryEvaluationError) -> Self {
        if matches!(error, oxigraph::sparql::QueryEvaluationError::Cancelled) {
            Self::Stopped
        } else {
            Self::Evaluation(error.to_string())
        }
    }
}

/// The parser lists every token that could follow; a reader wants the short of it.
fn explain(message: &str, excerpt: &str, column: usize) -> String {
    let found: String = excerpt
        .chars()
        .skip(column - 1)
        .take_while(|c| !c.is_whitespace())
        .take(20)
        .collect();
    let found = if found.is_empty() {
        "the end of the line".to_owned()
    } else {
        format!("`{found}`")
    };
    let Some(list) = message.strip_prefix("expected ") else {
        return message.to_owned();
    };
    let list = list.strip_prefix("one of ").unwrap_or(list);
    let mut tokens: Vec<String> = Vec::new();
    for token in list.split(", ") {
        let plain = name(token);
        if !plain.is_empty() && !tokens.contains(&plain) {
            tokens.push(plain);
        }
    }
    if tokens.is_empty() {
        return format!("{found} cannot stand here; expected something else");
    }
    let more = tokens.len().saturating_sub(12);
    tokens.truncate(12);
    let rest = if more > 0 { " …" } else { "" };
    format!(
        "found {found}, expected one of: {}{rest}",
        tokens.join("  ")
    )
}

/// A token of the grammar as a writer of queries knows it.
fn name(token: &str) -> String {
    match token.trim() {
        "[_]" | "EOF" => "the end".to_owned(),
        "['a' ..= 'z' | 'A' ..= 'Z']" => "a name".to_owned(),
        "['0'..='9']" | "['0' ..= '9']" => "a digit".to_owned(),
        t if t.starts_with('[') => {
            let inner = t.trim_matches(['[', ']']);
            if inner.contains("\\t") || inner.contains("' '") {
                String::new()
            } else if inner.contains("'a'") {
                "a name".to_owned()
            } else {
                inner.replace(" | ", " ")
            }
        }
        t => t.trim_matches('"').to_owned(),
    }
}

impl Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax {
                line,
                column,
                expected,
                excerpt,
            } => {
                let width = line.to_string().len();
                writeln!(f, "the query is wrong at line {line}, column {column}")?;
                writeln!(f, "{line} | {excerpt}")?;
                writeln!(f, "{:width$} | {:>column$}", "", "^")?;
                write!(f, "{expected}")
            }
            Self::Evaluation(message) => write!(f, "the query failed: {message}"),
            Self::Stopped => f.write_str(
                "the query was stopped; allow more time with --timeout, or ask for less with LIMIT",
            ),
        }
    }
}

impl std::error::Error for QueryError {}
