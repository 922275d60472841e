//! The examples in frame files, which run as tests of data and engine together.
//!
//! In: `lex:yes` and `lex:no`. Out: [`Example`]s. Refuses: to judge an extraction; the caller compares.

/// One example sentence of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The text, one or more sentences.
    pub text: String,
    /// True: the text must yield an event of the frame's class with these fillers; false: it must not yield one.
    pub yes: bool,
    /// Slot name (`agent`, `place`, `time` …, also `subject` and `object` for relations) and the words expected in it.
    pub slots: Vec<(String, String)>,
    /// `planned`, `possible`, `alleged` or `denied`, when the example fixes it.
    pub modality: Option<String>,
    /// Number of events of the class, when the example fixes it.
    pub count: Option<usize>,
}

/// An example with the frame and file that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// File that holds it.
    pub file: &'a str,
    /// IRI of the class or property.
    pub iri: &'a str,
    /// The example.
    pub example: &'a Example,
}

impl super::Schema {
    /// All examples of events and relations, by file.
    pub fn examples(&self) -> impl Iterator<Item = Case<'_>> {
        self.frames.iter().chain(&self.relations).flat_map(|f| {
            f.examples.iter().map(|example| Case {
                file: &f.file,
                iri: &f.iri,
                example,
            })
        })
    }
}
