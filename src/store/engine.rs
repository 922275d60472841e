//! Oxigraph's store in its two forms: RocksDB on disk, or memory filled from a checksummed snapshot.

use super::{Lines, Manifest, StoreError};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use oxigraph::store::Store;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::num::NonZero;
use std::path::Path;

/// The quads as sorted lines of N-Quads. A store in memory is filled from them; beside RocksDB, whose own order is that of
/// hashes, whole exports are read from them as a stream.
pub(super) const SNAPSHOT: &str = "graph.nq";
const ROCKSDB: &str = "rocksdb";

/// Bytes that are written at a time.
const BLOCK: usize = 1 << 18;

/// Name of the back end that this program writes.
pub(super) const BACKEND: &str = if cfg!(feature = "rocksdb") {
    ROCKSDB
} else {
    "snapshot"
};

/// SHA-256 over the quads as N-Quads, hexadecimal.
pub(super) fn digest(quads: &[Quad]) -> String {
    write_lines(quads, io::sink()).map_or_else(|_| String::new(), |(digest, _)| digest)
}

/// Writes the quads as N-Quads and gives the SHA-256 of what it wrote.
fn write_lines<W: Write>(quads: &[Quad], mut out: W) -> io::Result<(String, W)> {
    let mut hash = Sha256::new();
    let mut block = Vec::with_capacity(BLOCK + BLOCK / 4);
    for quad in quads {
        writeln!(block, "{quad} .")?;
        if block.len() >= BLOCK {
            hash.update(&block);
            out.write_all(&block)?;
            block.clear();
        }
    }
    hash.update(&block);
    out.write_all(&block)?;
    Ok((data_encoding::HEXLOWER.encode(&hash.finalize()), out))
}

/// Opens what [`write`] wrote.
pub(super) fn open(generation: &Path, manifest: &Manifest) -> Result<Store, StoreError> {
    if manifest.backend == ROCKSDB {
        return open_rocksdb(generation);
    }
    let path = generation.join(SNAPSHOT);
    let bytes = fs::read(&path).map_err(StoreError::io(&path))?;
    let found = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
    if found != manifest.digest {
        return Err(StoreError::damaged(
            &path,
            "its checksum is not that of the manifest",
        ));
    }
    let store = Store::new().map_err(|error| StoreError::engine(&path, &error))?;
    let mut loader = store.bulk_loader();
    loader
        .load_from_slice(RdfParser::from_format(RdfFormat::NQuads), &bytes)
        .map_err(|error| StoreError::engine(&path, &error))?;
    loader
        .commit()
        .map_err(|error| StoreError::engine(&path, &error))?;
    Ok(store)
}

/// A store in memory that holds `quads`.
pub(super) fn in_memory(path: &Path, quads: &[Quad]) -> Result<Store, StoreError> {
    let store = Store::new().map_err(|error| StoreError::engine(path, &error))?;
    load(&store, path, quads)?;
    Ok(store)
}

/// Quads that are indexed at a time: an equal share for each thread, for what is indexed is held in memory, and so few
/// shares that a question need not look into many files.
fn share(quads: usize, threads: usize) -> usize {
    quads.div_ceil(threads.min(4)).clamp(100_000, 1_000_000)
}

fn load(store: &Store, path: &Path, quads: &[Quad]) -> Result<(), StoreError> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    // The loader takes its batch as thousands of quads for all threads together, and calls them megabytes.
    let room = (share(quads.len(), threads) * threads).div_ceil(1000);
    let mut loader = store
        .bulk_loader()
        .without_atomicity()
        .with_num_threads(threads)
        .with_max_memory_size_in_megabytes(room);
    loader
        .load_quads(quads.iter().cloned())
        .map_err(|error| StoreError::engine(path, &error))?;
    loader
        .commit()
        .map_err(|error| StoreError::engine(path, &error))
}

/// Writes the quads into a generation that nobody reads yet, and gives their digest.
pub(super) fn write(generation: &Path, quads: &[Quad]) -> Result<String, StoreError> {
    if BACKEND != ROCKSDB {
        return write_snapshot(generation, quads);
    }
    std::thread::scope(|scope| {
        let snapshot = scope.spawn(|| write_snapshot(generation, quads));
        write_rocksdb(generation, quads)?;
        snapshot
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// The sorted lines of a generation, where it has them: stores written with RocksDB by earlier versions do not.
pub(super) fn lines(generation: &Path) -> Result<Option<Lines>, StoreError> {
    let path = generation.join(SNAPSHOT);
    match File::open(&path) {
        Ok(file) => Ok(Some(Lines::new(path, file))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(&path)(error)),
    }
}

fn write_snapshot(generation: &Path, quads: &[Quad]) -> Result<String, StoreError> {
    let path = generation.join(SNAPSHOT);
    let write = || {
        let (digest, file) = write_lines(quads, File::create(&path)?)?;
        file.sync_all()?;
        Ok(digest)
    };
    write().map_err(StoreError::io(&path))
}

#[cfg(feature = "rocksdb")]
fn open_rocksdb(generation: &Path) -> Result<Store, StoreError> {
    let path = generation.join(ROCKSDB);
    if !path.is_dir() {
        return Err(StoreError::damaged(generation, "its database is gone"));
    }
    Store::open_read_only(&path).map_err(|error| StoreError::engine(&path, &error))
}

#[cfg(not(feature = "rocksdb"))]
fn open_rocksdb(generation: &Path) -> Result<Store, StoreError> {
    Err(StoreError::NoRocksDb(generation.to_owned()))
}

#[cfg(feature = "rocksdb")]
fn write_rocksdb(generation: &Path, quads: &[Quad]) -> Result<(), StoreError> {
    let path = generation.join(ROCKSDB);
    let store = Store::open(&path).map_err(|error| StoreError::engine(&path, &error))?;
    load(&store, &path, quads)?;
    store
        .flush()
        .map_err(|error| StoreError::engine(&path, &error))
}

#[cfg(not(feature = "rocksdb"))]
fn write_rocksdb(generation: &Path, _quads: &[Quad]) -> Result<(), StoreError> {
    Err(StoreError::NoRocksDb(generation.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_share_what_is_indexed() {
        assert_eq!(share(1_240_000, 2), 620_000);
        assert_eq!(share(1_240_000, 64), 310_000);
        assert_eq!(share(40_000_000, 8), 1_000_000);
        assert_eq!(share(0, 1), 100_000);
    }
}
