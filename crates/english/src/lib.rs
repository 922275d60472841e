//! Reads English: a text goes in; sentences with tokens, tags, lemmas, Universal Dependencies trees and names come out.
//!
//! Nothing here knows of news or of RDF. The models are embedded; the same text always gives the same reading.

pub mod arcs;
pub mod conllu;
pub mod form;
mod forms;
mod irregular;
pub mod lemma;
mod lookup;
pub mod model;
pub mod names;
pub mod net;
mod reader;
mod regular;
mod span;
mod split;
pub mod tagset;
mod token;

pub use reader::{Reader, tokenize};
pub use span::{Byte, Nth, Span};
pub use split::paragraphs;
pub use token::{Name, NameKind, Sentence, Token, Upos};
