//! The graph as the sorted lines that a store keeps, read as a stream.
//!
//! In: a generation. Out: its lines of N-Quads, from the first or from a place that was passed before. Refuses: lines that
//! are not those that the manifest vouches for.

use super::StoreError;
use super::engine::SNAPSHOT;
use oxigraph::model::{NamedNode, Term};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A quad as it is written: nothing of ours has blank nodes or stands outside of a named graph.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The whole line, without its end.
    pub text: &'a str,
    /// IRI of the subject.
    pub subject: &'a str,
    /// IRI of the predicate.
    pub predicate: &'a str,
    /// The object as N-Quads writes it.
    pub object: &'a str,
    /// IRI of the graph.
    pub graph: &'a str,
}

impl<'a> Line<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (subject, rest) = text.split_once(' ')?;
        let (predicate, rest) = rest.split_once(' ')?;
        let (object, graph) = rest.strip_suffix(" .")?.rsplit_once(' ')?;
        Some(Self {
            text,
            subject: iri(subject)?,
            predicate: iri(predicate)?,
            object,
            graph: iri(graph)?,
        })
    }

    /// The line as N-Triples, without the graph.
    pub fn triple(&self) -> String {
        let graph = self.graph.len() + "<> .".len();
        format!("{}.", &self.text[..self.text.len() - graph])
    }

    /// The object's IRI, if it is one.
    pub fn object_iri(&self) -> Option<&'a str> {
        iri(self.object)
    }

    /// The object.
    pub fn term(&self) -> Result<Term, StoreError> {
        match self.object_iri() {
            Some(iri) => Ok(NamedNode::new_unchecked(iri).into()),
            None => Term::from_str(self.object)
                .map_err(|error| StoreError::damaged(Path::new(SNAPSHOT), error.to_string())),
        }
    }
}

fn iri(term: &str) -> Option<&str> {
    term.strip_prefix('<')?.strip_suffix('>')
}

/// Enough that the disk is asked seldom.
const BUFFER: usize = 1 << 17;

/// The lines of a store.
pub struct Lines {
    path: PathBuf,
    input: BufReader<File>,
    at: u64,
    line: Vec<u8>,
}

impl Lines {
    pub(super) fn new(path: PathBuf, file: File) -> Self {
        Self {
            path,
            input: BufReader::with_capacity(BUFFER, file),
            at: 0,
            line: Vec::new(),
        }
    }

    /// Where the next line begins.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// The next line; nothing after the last one.
    pub fn next_line(&mut self) -> Result<Option<Line<'_>>, StoreError> {
        self.line.clear();
        let read = self
            .input
            .read_until(b'\n', &mut self.line)
            .map_err(StoreError::io(&self.path))?;
        if read == 0 {
            return Ok(None);
        }
        self.at += read as u64;
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        }
        let line = std::str::from_utf8(&self.line).ok().and_then(Line::of);
        line.map(Some)
            .ok_or_else(|| StoreError::damaged(&self.path, "a line of it is no quad"))
    }

    /// Goes to a place that [`at`](Self::at) gave.
    pub fn go_to(&mut self, at: u64) -> Result<(), StoreError> {
        let step = at as i64 - self.at as i64;
        self.input
            .seek_relative(step)
            .map_err(StoreError::io(&self.path))?;
        self.at = at;
        Ok(())
    }

    /// Reads everything once, and fails unless it has this SHA-256; then stands at the beginning.
    pub(super) fn verify(&mut self, digest: &str) -> Result<(), StoreError> {
        let mut hash = Sha256::new();
        loop {
            let bytes = self.input.fill_buf().map_err(StoreError::io(&self.path))?;
            let read = bytes.len();
            if read == 0 {
                break;
            }
            hash.update(bytes);
            self.input.consume(read);
        }
        if data_encoding::HEXLOWER.encode(&hash.finalize()) != digest {
            return Err(StoreError::damaged(
                &self.path,
                "its checksum is not that of the manifest",
            ));
        }
        self.input
            .seek(SeekFrom::Start(0))
            .map_err(StoreError::io(&self.path))?;
        self.at = 0;
        Ok(())
    }
}
