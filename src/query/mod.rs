//! Runs SPARQL on a store.
//!
//! In: the text of a query; common prefixes need not be declared, and the default graph is the union of all named ones.
//! Out: [`Answer`]s, or a [`QueryError`] that names line, column and what was expected. Refuses: to change anything,
//! and to call other endpoints.

mod answer;
mod error;
mod explain;
pub mod names;
mod question;
pub mod shapes;

pub use answer::{Answer, Row, Rows, Triples};
pub use error::QueryError;
pub use question::{Parameter, Question, QuestionError};

use crate::schema::vocab::PREFIXES;
use crate::store::Store;
use oxigraph::model::Term;
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, SparqlEvaluator, Variable};
use std::time::Duration;

/// A query that was understood.
pub struct Query {
    prepared: PreparedSparqlQuery,
    stop: CancellationToken,
}

impl Query {
    /// Understands the text of a query.
    ///
    /// # Panics
    /// Never: the namespaces of the prefix table are IRIs.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let stop = CancellationToken::new();
        let mut evaluator = SparqlEvaluator::new().with_cancellation_token(stop.clone());
        for (prefix, namespace) in PREFIXES {
            evaluator = evaluator
                .with_prefix(prefix, namespace)
                .expect("the namespaces are IRIs");
        }
        let mut prepared = evaluator
            .parse_query(text)
            .map_err(|error| QueryError::syntax(text, &error.to_string()))?;
        if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        Ok(Self { prepared, stop })
    }

    /// Fixes the value of a variable.
    #[must_use]
    pub fn with(mut self, variable: &str, value: impl Into<Term>) -> Self {
        self.prepared = self
            .prepared
            .substitute_variable(Variable::new_unchecked(variable), value);
        self
    }

    /// Ends the query after so long.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        let stop = self.stop.clone();
        std::thread::spawn(move || {
            std::thread::sleep(limit);
            stop.cancel();
        });
        self
    }

    /// What ends the query from outside.
    pub fn stopper(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Runs it to its end and tells how it was answered: a line a step, with rows and seconds.
    pub fn explain(self, store: &Store) -> Result<String, QueryError> {
        let (results, plan) = store.bind(self.prepared).compute_statistics().explain();
        // Steps are counted as rows are asked for.
        match Answer::new(results.map_err(|error| QueryError::evaluation(&error))?) {
            Answer::Rows(rows) => {
                for row in rows {
                    row?;
                }
            }
            Answer::Graph(triples) => {
                for triple in triples {
                    triple?;
                }
            }
            Answer::Truth(_) => {}
        }
        let mut json = Vec::new();
        plan.write_in_json(&mut json)
            .map_err(|error| QueryError::Evaluation(error.to_string()))?;
        Ok(explain::lines(&json))
    }

    /// Runs it.
    pub fn run(self, store: &Store) -> Result<Answer, QueryError> {
        let results = store
            .bind(self.prepared)
            .execute()
            .map_err(|error| QueryError::evaluation(&error))?;
        Ok(Answer::new(results))
    }
}

/// Runs a query of our own and gives the rows as lists of optional terms, in the order of its variables.
pub fn rows(store: &Store, text: &str, with: &[(&str, Term)]) -> Result<Vec<Row>, QueryError> {
    let mut query = Query::parse(text)?;
    for (variable, value) in with {
        query = query.with(variable, value.clone());
    }
    match query.run(store)? {
        Answer::Rows(rows) => rows.collect(),
        Answer::Graph(_) | Answer::Truth(_) => Ok(Vec::new()),
    }
}
