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
mod stop;

pub use answer::{Answer, Row, Rows, Triples};
pub use error::QueryError;
pub use question::{Parameter, Question, QuestionError};
pub use stop::Stopper;

use order::Order;
use stop::Running;

use crate::schema::vocab::PREFIXES;
use crate::store::Store;
use oxigraph::sparql::{PreparedSparqlQuery, QueryResults, SparqlEvaluator};

/// A query that was understood.
pub struct Query {
    prepared: PreparedSparqlQuery,
    /// The same without its order, which is kept here.
    unordered: Option<(PreparedSparqlQuery, Order)>,
    stopper: Stopper,
}

impl Query {
    /// Understands the text of a query.
    ///
    /// # Panics
    /// Never: the namespaces of the prefix table are IRIs.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let stopper = Stopper::default();
        let mut evaluator = SparqlEvaluator::new().with_cancellation_token(stopper.token());
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
            stopper,
        })
    }

    /// What ends the query from outside.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Runs it to its end and tells how it was answered: a line a step, with rows and seconds.
    pub fn explain(self, store: &Store) -> Result<String, QueryError> {
        let running = Running::new(self.stopper);
        let (results, plan) = store.bind(self.prepared).compute_statistics().explain();
        // Steps are counted as rows are asked for.
        let results = results.map_err(|error| QueryError::evaluation(&error))?;
        match Answer::new(results, running)? {
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
        let running = Running::new(self.stopper);
        let run = |prepared| {
            let results = store.bind(prepared).execute();
            results.map_err(|error| QueryError::evaluation(&error))
        };
        if let Some((unordered, order)) = self.unordered
            && let QueryResults::Solutions(rows) = run(unordered)?
            && order.fits(rows.variables())
        {
            return Ok(Answer::Rows(Rows::sorted(rows, &order, &running)?));
        }
        Answer::new(run(self.prepared)?, running)
    }
}

/// Runs a query of our own and gives the rows as lists of optional terms, in the order of its variables.
pub fn rows(store: &Store, text: &str) -> Result<Vec<Row>, QueryError> {
    match Query::parse(text)?.run(store)? {
        Answer::Rows(rows) => rows.collect(),
        Answer::Graph(_) | Answer::Truth(_) => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, NamedNode, Quad};

    #[test]
    fn a_stopped_query_yields_no_more_and_claims_nothing() {
        let node = |n: usize| NamedNode::new_unchecked(format!("https://example.org/{n}"));
        let quads: Vec<Quad> = (0..9)
            .map(|n| Quad::new(node(n), node(10), node(n), GraphName::from(node(11))))
            .collect();
        let store = Store::in_memory(&quads, "https://example.org/").unwrap();
        // The engine would say that there are none, that all are left, and one row.
        for text in [
            "SELECT ?x { VALUES ?x { 1 2 } FILTER EXISTS { ?s ?p ?o } }",
            "SELECT ?p { VALUES ?p { <https://example.org/10> } MINUS { ?s ?p ?o } }",
            "SELECT ?x { VALUES ?x { 1 } }",
        ] {
            let query = Query::parse(text).unwrap();
            let stopper = query.stopper();
            let Answer::Rows(mut rows) = query.run(&store).unwrap() else {
                panic!("{text} yields no rows");
            };
            assert!(!stopper.ended());
            stopper.stop();
            assert_eq!(rows.next(), Some(Err(QueryError::Stopped)), "{text}");
            drop(rows);
            assert!(stopper.ended());
        }
        // An answer that is complete is not taken back.
        let query = Query::parse("SELECT ?s { ?s ?p ?o } ORDER BY ?s").unwrap();
        let stopper = query.stopper();
        let Answer::Rows(rows) = query.run(&store).unwrap() else {
            panic!("no rows");
        };
        assert!(stopper.ended());
        stopper.stop();
        assert_eq!(rows.flatten().count(), 9);
    }
}
