//! Keeps the graph: the only module that names Oxigraph's store.
//!
//! In: sorted quads and a [`Manifest`]. Out: a [`Store`] to query. A store is a folder; a build writes a new generation
//! beside the current one and switches to it in one step, so that a kill or a full disk leaves the previous one usable.
//! Refuses: to change a generation in place, and to open what a newer version wrote.
//!
//! ```text
//! STORE/CURRENT              name of the current generation
//! STORE/LOCK                 held while a build writes
//! STORE/g-…/manifest.json    what is in it, from what
//! STORE/g-…/articles.jsonl   the articles it was built from, so that others can be added
//! STORE/g-…/graph.nq         the quads as sorted lines
//! STORE/g-…/rocksdb/         the same, indexed, where this program has RocksDB
//! ```

mod engine;
mod error;
mod folder;
mod lines;
mod manifest;

pub use error::StoreError;
pub use folder::{Articles, Written, articles, replace};
pub use lines::{Line, Lines};
pub use manifest::{DocumentEntry, Manifest};

use oxigraph::model::{GraphName, GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, TermRef};
use oxigraph::sparql::{BoundPreparedSparqlQuery, PreparedSparqlQuery};
use std::path::{Path, PathBuf};

/// An open store, for reading only.
pub struct Store {
    path: PathBuf,
    /// Folder of the generation, for one that is on disk.
    generation: Option<PathBuf>,
    manifest: Manifest,
    inner: oxigraph::store::Store,
}

impl Store {
    /// Opens the current generation of the store at `path`.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let generation = folder::current(path)?;
        let manifest = Manifest::read(&generation)?;
        let inner = engine::open(&generation, &manifest)?;
        Ok(Self {
            path: path.to_owned(),
            generation: Some(generation),
            manifest,
            inner,
        })
    }

    /// A store in memory, for tests and for graphs that are not kept.
    pub fn in_memory(quads: &[Quad], base: &str) -> Result<Self, StoreError> {
        let path = PathBuf::from("(memory)");
        Ok(Self {
            inner: engine::in_memory(&path, quads)?,
            manifest: Manifest {
                base: base.to_owned(),
                ..Manifest::default()
            },
            path,
            generation: None,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it was built from.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Binds a query to this store.
    pub fn bind(&self, query: PreparedSparqlQuery) -> BoundPreparedSparqlQuery<'static> {
        query.on_store(&self.inner)
    }

    /// The quads that match, in no particular order.
    pub fn quads(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StoreError>> {
        let path = self.path.clone();
        self.inner
            .quads_for_pattern(subject, predicate, object, graph)
            .map(move |quad| quad.map_err(|error| StoreError::engine(&path, &error)))
    }

    /// All quads as sorted lines of N-Quads, for stores that keep them; they are whole, or this fails.
    pub fn lines(&self) -> Result<Option<Lines>, StoreError> {
        let Some(generation) = &self.generation else {
            return Ok(None);
        };
        let Some(mut lines) = engine::lines(generation)? else {
            return Ok(None);
        };
        lines.verify(&self.manifest.digest)?;
        Ok(Some(lines))
    }

    /// Its named graphs, sorted.
    pub fn graphs(&self) -> Result<Vec<GraphName>, StoreError> {
        let mut graphs = self
            .inner
            .named_graphs()
            .map(|graph| graph.map(GraphName::from))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| StoreError::engine(&self.path, &error))?;
        graphs.sort_by_key(ToString::to_string);
        Ok(graphs)
    }
}
