//! The gold file: what a reader of the articles found in them.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Why a gold file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// It is not there or may not be read.
    #[error("{}: {error}; name a gold file", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// It is no gold file.
    #[error("{}: not a gold file: {error}", .path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: serde_json::Error,
    },
}

/// What a reader of the articles found in them; members that are not scored here are passed over.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    pub(super) documents: Vec<Document>,
    pub(super) entities: Vec<Entity>,
    pub(super) boilerplate_entities: Vec<Named>,
    pub(super) role_mentions_unnamed: Vec<Unnamed>,
    pub(super) roles: Vec<Role>,
    pub(super) affiliations: Vec<Affiliation>,
    pub(super) events: Vec<Event>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Document {
    pub(super) id: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Named {
    pub(super) name: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Entity {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) aliases: Vec<Alias>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Alias {
    pub(super) form: String,
    #[serde(default)]
    pub(super) nominal: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Unnamed {
    pub(super) label: String,
    pub(super) mentions: Vec<Quote>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Quote {
    pub(super) quote: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Role {
    pub(super) id: String,
    pub(super) person: String,
    pub(super) role: String,
    pub(super) organisation: Option<String>,
    pub(super) organisation_inferred: Option<String>,
    pub(super) place: Option<String>,
    #[serde(default)]
    pub(super) optional: bool,
    pub(super) variant_of: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Affiliation {
    pub(super) subject: String,
    pub(super) object: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Event {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) type_alternatives: Vec<String>,
    pub(super) label: String,
    pub(super) tier: String,
    pub(super) triggers: BTreeMap<String, Vec<String>>,
}

impl Gold {
    /// Reads a gold file.
    pub fn read(path: &Path) -> Result<Self, GoldError> {
        let text = std::fs::read_to_string(path).map_err(|error| GoldError::Io {
            path: path.to_owned(),
            error,
        })?;
        serde_json::from_str(&text).map_err(|error| GoldError::Form {
            path: path.to_owned(),
            error,
        })
    }
}

impl Entity {
    /// Whether the scorers look for it: a named person, body or place.
    pub(super) fn is_wanted(&self) -> bool {
        ["Person", "Organisation", "Place", "Facility"].contains(&self.kind.as_str())
            && self.aliases.iter().any(|alias| !alias.nominal)
    }

    /// Its names as they are compared.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.aliases
            .iter()
            .filter(|alias| !alias.nominal)
            .map(|alias| super::norm(&alias.form))
    }
}
