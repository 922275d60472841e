//! Runs SPARQL on a store.
//!
//! In: the text of a query; common prefixes need not be declared, and the default graph is the union of all named ones.
//! Out: [`Answer`]s, or a [`QueryError`] that names line, column and what was expected. Refuses: to change anything,
//! and to call other endpoints.

mod answer;
mod error;
mod explain;
pub mod names;
mod order;
mod question;
pub mod shapes;

pub use answer::{Answer, Row, Rows, Triples};
pub use error::QueryError;
pub use question::{Parameter, Question, QuestionError};

use order::Order;

use crate::schema::vocab::PREFIXES;
use crate::store::Store;
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryResults, SparqlEvaluator};
use std::time::Duration;

/// A query that was understood.
pub struct Query {
    prepared: PreparedSparqlQuery,
    /// The same without its order, which is kept here.
    unordered: Option<(PreparedSparqlQuery, Order)>,
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
        let prepare = |text: &str| {
            let mut prepared = evaluator
                .clone()
                .parse_query(text)
                .map_err(|error| QueryError::syntax(text, &error.to_string()))?;
            if prepared.dataset().is_default_dataset() {
                prepared.dataset_mut().set_default_graph_as_union();
            }
            Ok(prepared)
        };
        let prepared = prepare(text)?;
        let unordered =
            Order::split(text).and_then(|(rest, order)| Some((prepare(rest).ok()?, order)));
        Ok(Self {
            prepared,
            unordered,
            stop,
        })
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
        let run = |prepared| {
            let results = store.bind(prepared).execute();
            results.map_err(|error| QueryError::evaluation(&error))
        };
        if let Some((unordered, order)) = self.unordered
            && let QueryResults::Solutions(rows) = run(unordered)?
            && order.fits(rows.variables())
        {
            return Ok(Answer::Rows(Rows::sorted(rows, &order)?));
        }
        Ok(Answer::new(run(self.prepared)?))
    }
}

/// Runs a query of our own and gives the rows as lists of optional terms, in the order of its variables.
pub fn rows(store: &Store, text: &str) -> Result<Vec<Row>, QueryError> {
    match Query::parse(text)?.run(store)? {
        Answer::Rows(rows) => rows.collect(),
        Answer::Graph(_) | Answer::Truth(_) => Ok(Vec::new()),
    }
}
