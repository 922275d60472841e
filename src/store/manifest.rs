//! What a generation holds and from what it was built.

use super::StoreError;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// The format of stores that this version writes.
pub(super) const FORMAT: u32 = 1;
const NAME: &str = "manifest.json";

/// What a store holds and from what it was built. Without dates or machine names: the same input gives the same manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Format of the folder.
    pub format: u32,
    /// Version of the program.
    pub version: String,
    /// Base IRI of the data.
    pub base: String,
    /// `rocksdb` or `snapshot`.
    pub backend: String,
    /// Number of quads.
    pub quads: u64,
    /// SHA-256 over the quads as sorted N-Quads, hexadecimal.
    pub digest: String,
    /// The documents, sorted by source.
    pub documents: Vec<DocumentEntry>,
}

/// One document of a store.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// Path or record that it came from.
    pub source: String,
    /// `sha256:…` of its content.
    pub id: String,
}

impl Manifest {
    pub(super) fn read(generation: &Path) -> Result<Self, StoreError> {
        let path = generation.join(NAME);
        let text = fs::read_to_string(&path).map_err(StoreError::io(&path))?;
        let manifest: Self = serde_json::from_str(&text)
            .map_err(|error| StoreError::damaged(&path, error.to_string()))?;
        if manifest.format > FORMAT {
            return Err(StoreError::TooNew {
                path: generation.to_owned(),
                found: manifest.format,
                known: FORMAT,
            });
        }
        Ok(manifest)
    }

    pub(super) fn write(&self, generation: &Path) -> Result<(), StoreError> {
        let path = generation.join(NAME);
        let text = serde_json::to_string_pretty(self).expect("strings and numbers are JSON");
        fs::write(&path, text + "\n").map_err(StoreError::io(&path))
    }
}
