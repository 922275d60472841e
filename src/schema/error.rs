//! What can be wrong with a schema file, said so that its author can mend it.

use std::fmt;

/// One fault: where it is, what was expected and what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchemaError {
    /// The file, relative to the ontology folder or as given.
    pub file: String,
    /// The class, property or concept at fault, in compact form; empty when the file as a whole does not parse.
    pub iri: String,
    /// What is wrong and what was expected.
    pub message: String,
    /// How to mend it.
    pub remedy: String,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if !self.iri.is_empty() {
            write!(f, "{}: ", self.iri)?;
        }
        write!(f, "{}; {}", self.message, self.remedy)
    }
}

/// All faults that were found, sorted by file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaErrors(pub Vec<SchemaError>);

impl fmt::Display for SchemaErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SchemaErrors {}
