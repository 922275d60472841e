//! What can go wrong with a store, with what to do about it.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

/// Why a store cannot be opened or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is none.
    #[error(
        "there is no store at {}; build one with: newsloom build ARTICLES --store {}",
        .0.display(), .0.display()
    )]
    Missing(PathBuf),
    /// The folder holds something else.
    #[error(
        "{} is a folder with other things in it; name a new or empty folder with --store",
        .0.display()
    )]
    NotAStore(PathBuf),
    /// Its files do not fit together.
    #[error("the store at {} is damaged: {what}; build it again from its articles", .path.display())]
    Damaged {
        /// The store.
        path: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// A newer version wrote it.
    #[error(
        "the store at {} has format {found}, and this version reads up to {known}; use a newer newsloom, or build the store again",
        .path.display()
    )]
    TooNew {
        /// The store.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest that is known here.
        known: u32,
    },
    /// This program lacks the back end that wrote it.
    #[error(
        "the store at {} was written with RocksDB, which this newsloom was built without; build the store again with it, or use a newsloom with default features",
        .0.display()
    )]
    NoRocksDb(PathBuf),
    /// Another build writes to it.
    #[error("another build writes to the store at {}; wait until it is done", .0.display())]
    Busy(PathBuf),
    /// The disk said no.
    #[error("{}: {error}; {}", .path.display(), remedy(.error))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Oxigraph said no.
    #[error("the store at {}: {message}; check the free space of the disk, or build the store again", .path.display())]
    Engine {
        /// The store.
        path: PathBuf,
        /// What it said.
        message: String,
    },
}

impl StoreError {
    /// An error of the disk at `path`.
    pub(super) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::Io { path, error }
    }

    /// An error of Oxigraph.
    pub(super) fn engine(path: &Path, error: &impl Display) -> Self {
        Self::Engine {
            path: path.to_owned(),
            message: error.to_string(),
        }
    }

    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            what: what.into(),
        }
    }
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull => "free some space; the previous store is as it was",
        io::ErrorKind::PermissionDenied => {
            "give write permission, or name another folder with --store"
        }
        _ => "check the disk; the previous store is as it was",
    }
}
