//! Trains the reading network: one encoder with heads for tags, moves and relations.
//!
//! Everything is hand-written, single-threaded `f32` in a fixed order, so the same corpora and seed give the same weights.

mod encoder;
mod file;
mod matrix;
mod param;
mod steps;
pub(crate) mod train;
pub(crate) mod vectors;
pub(crate) mod vocabulary;
