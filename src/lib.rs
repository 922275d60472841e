//! Newsloom weaves news documents into a knowledge graph in which every fact points at the sentence that states it.
//!
//! One straight line, one module per station, and nothing flows back:
//! `source` → `document` → (`english`) → `mention` → `claim` → `entity` → `graph` → `store` → `query` / `export`.
//! [`pipeline`] shows the line on one screen; [`schema`] holds the knowledge that the stations consult.

pub mod claim;
pub mod cli;
pub mod document;
pub mod entity;
pub mod eval;
pub mod export;
pub mod graph;
pub mod mention;
pub mod pipeline;
pub mod query;
pub mod schema;
pub mod source;
pub mod store;
