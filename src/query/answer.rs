//! What a query yields.

use super::QueryError;
use super::order::Order;
use super::stop::Running;
use oxigraph::model::{Term, Triple};
use oxigraph::sparql::{
    QueryEvaluationError, QueryResults, QuerySolution, QuerySolutionIter, QueryTripleIter, Variable,
};

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
    pub(super) fn new(
        results: QueryResults<'static>,
        running: Running,
    ) -> Result<Self, QueryError> {
        Ok(match results {
            QueryResults::Solutions(inner) => Self::Rows(Rows {
                variables: inner.variables().to_vec(),
                inner: Source::Engine(inner, running),
            }),
            QueryResults::Graph(inner) => Self::Graph(Triples { inner, running }),
            QueryResults::Boolean(truth) => Self::Truth(running.trust(truth)?),
        })
    }
}

/// One row: a term or nothing for each variable, in their order.
pub type Row = Vec<Option<Term>>;

/// The rows of a SELECT.
pub struct Rows {
    variables: Vec<Variable>,
    inner: Source,
}

/// Where rows come from.
enum Source {
    Engine(QuerySolutionIter<'static>, Running),
    Sorted(std::vec::IntoIter<Row>),
}

impl Rows {
    /// Its variables, in order.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// All rows, put in order.
    pub(super) fn sorted(
        inner: QuerySolutionIter<'static>,
        order: &Order,
        running: &Running,
    ) -> Result<Self, QueryError> {
        let variables = inner.variables().to_vec();
        let mut rows = Vec::new();
        for solution in inner {
            rows.push(row(running.trust(solution)?)?);
        }
        running.trust(())?;
        order.sort(&variables, &mut rows);
        Ok(Self {
            variables,
            inner: Source::Sorted(rows.into_iter()),
        })
    }
}

impl Iterator for Rows {
    type Item = Result<Row, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.inner {
            Source::Engine(inner, running) => match running.trust(inner.next()) {
                Ok(next) => next.map(row),
                Err(stopped) => Some(Err(stopped)),
            },
            Source::Sorted(inner) => inner.next().map(Ok),
        }
    }
}

fn row(solution: Result<QuerySolution, QueryEvaluationError>) -> Result<Row, QueryError> {
    match solution {
        Ok(solution) => Ok(solution.values().to_vec()),
        Err(error) => Err(QueryError::evaluation(&error)),
    }
}

/// The triples of a CONSTRUCT or DESCRIBE; one may come twice.
pub struct Triples {
    inner: QueryTripleIter<'static>,
    running: Running,
}

impl Iterator for Triples {
    type Item = Result<Triple, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.running.trust(self.inner.next()) {
            Ok(next) => Some(next?.map_err(|error| QueryError::evaluation(&error))),
            Err(stopped) => Some(Err(stopped)),
        }
    }
}
