//! What a query yields.

use super::QueryError;
use oxigraph::model::{Term, Triple};
use oxigraph::sparql::{QueryResults, QuerySolutionIter, QueryTripleIter, Variable};

/// What a query yields, by its form.
pub enum Answer {
    /// Of SELECT.
    Rows(Rows),
    /// Of CONSTRUCT and DESCRIBE.
    Graph(Triples),
    /// Of ASK.
    Truth(bool),
}

impl Answer {
    pub(super) fn new(results: QueryResults<'static>) -> Self {
        match results {
            QueryResults::Solutions(inner) => Self::Rows(Rows { inner }),
            QueryResults::Graph(inner) => Self::Graph(Triples { inner }),
            QueryResults::Boolean(truth) => Self::Truth(truth),
        }
    }
}

/// One row: a term or nothing for each variable, in their order.
pub type Row = Vec<Option<Term>>;

/// The rows of a SELECT.
pub struct Rows {
    inner: QuerySolutionIter<'static>,
}

impl Rows {
    /// Its variables, in order.
    pub fn variables(&self) -> &[Variable] {
        self.inner.variables()
    }
}

impl Iterator for Rows {
    type Item = Result<Row, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.inner.next()? {
            Ok(solution) => Ok(solution.values().to_vec()),
            Err(error) => Err(QueryError::evaluation(&error)),
        })
    }
}

/// The triples of a CONSTRUCT or DESCRIBE; one may come twice.
pub struct Triples {
    inner: QueryTripleIter<'static>,
}

impl Iterator for Triples {
    type Item = Result<Triple, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        let triple = self.inner.next()?;
        Some(triple.map_err(|error| QueryError::evaluation(&error)))
    }
}
