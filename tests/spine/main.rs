//! The program as its users meet it: articles go in at one end, and a graph that can be trusted comes out at the other.
//!
//! In: `seeds/articles` and texts written here. Every test runs the program itself, in a folder of its own.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by stopping"
)]

mod answers;
mod crash;
mod decisions;
mod determinism;
mod diagrams;
mod dossiers;
mod exports;
mod inputs;
mod interop;
mod links;
mod newsroom;
mod pages;
mod parts;
mod questions;
mod ties;
mod tools;
mod vocabulary;
