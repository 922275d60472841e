//! Ending a query before its time.
//!
//! In: a wish to stop, from any thread. Out: an engine that is told so, and whether the query has ended. Refuses: to pass
//! on what a stopped query yields.

use super::QueryError;
use oxigraph::sparql::CancellationToken;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What ends a query from outside.
#[derive(Clone, Default)]
pub struct Stopper {
    token: CancellationToken,
    ended: Arc<AtomicBool>,
}

impl Stopper {
    /// Asks the engine to stop. It looks where it reads quads and at each row that it yields: a join of what it has read, a
    /// sort or a count goes on to its end before it does.
    pub fn stop(&self) {
        self.token.cancel();
    }

    /// Whether nothing more is computed: the last row was taken, the query failed, or nobody wants its answer any more.
    pub fn ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    pub(super) fn token(&self) -> CancellationToken {
        self.token.clone()
    }
}

/// A query at work: it has ended when this is gone.
pub(super) struct Running(Stopper);

impl Running {
    pub(super) fn new(stopper: Stopper) -> Self {
        Self(stopper)
    }

    /// Passes on what the engine gave, unless it was stopped: then it takes a part that was cut short, such as that of a
    /// FILTER EXISTS or a MINUS, for one without rows, and what follows from it is wrong.
    pub(super) fn trust<T>(&self, given: T) -> Result<T, QueryError> {
        if self.0.token.is_cancelled() {
            return Err(QueryError::Stopped);
        }
        Ok(given)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.ended.store(true, Ordering::Release);
    }
}
