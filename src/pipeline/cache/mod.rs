//! What was read in each document, kept beside the store, so that a build reads only what is new.
//!
//! In: documents. Out: what the line made of each when it last read it. The name of an entry is a hash of the document, of
//! its blocks, and of everything that reads it: program, models, ontology. So an entry is right or is not found. Refuses:
//! entries that are damaged, which are read anew and named in the report.
//!
//! ```text
//! STORE/cache/ab/cdef…    one entry
//! ```

mod pack;

use super::Pipeline;
use crate::claim::Extraction;
use crate::document::Document;
use crate::mention::Mentions;
use crate::source::{RawArticle, Skipped};
use pack::Read;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

/// Folder of the entries in that of a store.
const FOLDER: &str = "cache";
/// Program, models and built-in knowledge, as the build script found them.
const PROGRAM: &str = env!("NEWSLOOM_FINGERPRINT");
/// Bytes of the checksum that an entry begins with.
const CHECKSUM: usize = 16;

/// The entries of one store.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    found: AtomicUsize,
    damaged: AtomicUsize,
}

/// What became of a cache in a build.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Cached {
    /// Documents that were not read anew.
    pub found: usize,
    /// Entries that could not be used although they were there.
    pub damaged: usize,
    /// Why entries could not be written, if so.
    pub fault: Option<String>,
}

impl Cache {
    /// The cache of the store at `store`, which need not exist.
    pub fn of(store: &Path) -> Self {
        Self {
            folder: store.join(FOLDER),
            found: AtomicUsize::new(0),
            damaged: AtomicUsize::new(0),
        }
    }

    /// One article from raw text to claims, from the cache if it is there.
    pub(super) fn extract(
        &self,
        pipeline: &Pipeline<'_>,
        raw: RawArticle,
    ) -> Result<Extraction, Skipped> {
        let document = Document::new(raw).map_err(|error| error.skipped())?;
        let entry = self.path(&key(pipeline, &document));
        let Ok(bytes) = fs::read(entry) else {
            return Ok(pipeline.read(document));
        };
        let Some(read) = opened(&bytes).and_then(|b| Read::from_bytes(b, document.id())) else {
            self.damaged.fetch_add(1, Ordering::Relaxed);
            return Ok(pipeline.read(document));
        };
        self.found.fetch_add(1, Ordering::Relaxed);
        Ok(Extraction {
            document,
            mentions: Mentions {
                sentences: read.sentences,
                story: read.story,
                mentions: read.mentions,
                chains: read.chains,
                times: read.times,
            },
            claims: read.claims,
            quotations: read.quotations,
        })
    }

    /// Keeps what was read in these documents and drops everything else. A cache that cannot be written is no error of the
    /// build.
    pub(super) fn keep(&self, pipeline: &Pipeline<'_>, extractions: &[Extraction]) -> Cached {
        let damaged = self.damaged.load(Ordering::Relaxed);
        let written: io::Result<Vec<PathBuf>> = extractions
            .par_iter()
            .map(|x| {
                let path = self.path(&key(pipeline, &x.document));
                if damaged > 0 || !path.exists() {
                    let read = Read::of(&x.mentions, &x.claims, &x.quotations);
                    write(&path, &sealed(&read.to_bytes()))?;
                }
                Ok(path)
            })
            .collect();
        let fault = match written {
            Ok(kept) => {
                sweep(&self.folder, &kept.into_iter().collect());
                None
            }
            Err(error) => Some(error.to_string()),
        };
        Cached {
            found: self.found.load(Ordering::Relaxed),
            damaged,
            fault,
        }
    }

    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(&key[..2]).join(&key[2..])
    }
}

/// Names what the line makes of a document.
fn key(pipeline: &Pipeline<'_>, document: &Document) -> String {
    let mut hash = Sha256::new();
    hash.update(PROGRAM);
    hash.update(pipeline.schema.overlay().to_le_bytes());
    hash.update(document.id().hex());
    for block in document.blocks() {
        for number in [block.span.start(), block.span.end(), block.kind as usize] {
            hash.update((number as u64).to_le_bytes());
        }
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let mut sum = [0; CHECKSUM];
    sum.copy_from_slice(&Sha256::digest(bytes)[..CHECKSUM]);
    sum
}

fn sealed(bytes: &[u8]) -> Vec<u8> {
    [&checksum(bytes), bytes].concat()
}

/// What is in an entry that is whole.
fn opened(entry: &[u8]) -> Option<&[u8]> {
    let (sum, bytes) = entry.split_at_checked(CHECKSUM)?;
    (checksum(bytes) == sum).then_some(bytes)
}

/// Writes an entry whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let next = path.with_extension("next");
    fs::write(&next, bytes)?;
    fs::rename(&next, path)
}

/// Removes all entries but these. What cannot be removed is left for next time.
fn sweep(folder: &Path, kept: &BTreeSet<PathBuf>) {
    for part in fs::read_dir(folder).into_iter().flatten().flatten() {
        for entry in fs::read_dir(part.path()).into_iter().flatten().flatten() {
            if !kept.contains(&entry.path()) {
                let _ = fs::remove_file(entry.path());
            }
        }
        // Only an empty one goes.
        let _ = fs::remove_dir(part.path());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;
    use english::Reader;

    const PIECE: &str = "Two held after fire at depot\n\nLeeds, 4 March 2021\n\nFire chief Ada Pike, 41, said on \
        Tuesday that \u{201c}more than 30 buses\u{201d} had burned at a depot in Leeds. She added that two men had been arrested on \
        suspicion of arson last week. Harbour Ltd denied that it had been warned, its spokesman told reporters.\n";

    fn read() -> Extraction {
        let pipeline = Pipeline {
            schema: Schema::embedded(),
            reader: Reader::embedded(),
        };
        let raw = RawArticle {
            source: "depot.txt".into(),
            text: PIECE.into(),
            ..RawArticle::default()
        };
        pipeline.extract(raw).unwrap()
    }

    #[test]
    fn what_was_packed_is_unpacked_as_it_was() {
        let x = read();
        assert!(!x.claims.is_empty() && !x.mentions.times.is_empty() && !x.quotations.is_empty());
        let packed = Read::of(&x.mentions, &x.claims, &x.quotations);
        let bytes = sealed(&packed.to_bytes());
        let unpacked = Read::from_bytes(opened(&bytes).unwrap(), x.document.id());
        assert_eq!(unpacked, Some(packed));
    }

    #[test]
    fn damage_is_noticed_wherever_it_is() {
        let x = read();
        let packed = Read::of(&x.mentions, &x.claims, &x.quotations).to_bytes();
        let bytes = sealed(&packed);
        for at in (0..bytes.len()).step_by(97) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            assert!(opened(&damaged).is_none());
            assert!(opened(&bytes[..at]).is_none());
        }
        // Even with the right checksum, bytes cut short hold no reading.
        for end in (0..packed.len()).step_by(97) {
            assert!(Read::from_bytes(&packed[..end], x.document.id()).is_none());
        }
    }
}
