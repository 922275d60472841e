//! The folder of a store: generations, and the one step in which the current one changes.

use super::{Manifest, StoreError, engine, manifest};
use oxigraph::model::Quad;
use std::fs::{self, File, TryLockError};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

const CURRENT: &str = "CURRENT";
const LOCK: &str = "LOCK";
const ARTICLES: &str = "articles.jsonl";
const GENERATION: &str = "g-";
const BUILDING: &str = "building-";

/// What [`replace`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// The store held these very quads already.
    Unchanged,
    /// A new generation is current.
    New,
}

/// The folder of the current generation.
pub(super) fn current(store: &Path) -> Result<PathBuf, StoreError> {
    let pointer = store.join(CURRENT);
    let name = match fs::read_to_string(&pointer) {
        Ok(name) => name,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::Missing(store.to_owned()));
        }
        Err(error) => return Err(StoreError::io(&pointer)(error)),
    };
    let name = name.trim();
    if !name.starts_with(GENERATION) || name.contains(['/', '\\']) {
        return Err(StoreError::damaged(store, "CURRENT names no generation"));
    }
    Ok(store.join(name))
}

/// The lines of `articles.jsonl`, one article each.
pub type Articles = Vec<String>;

/// The articles from which the store was built, as JSONL records; none when there is no store.
pub fn articles(store: &Path) -> Result<Articles, StoreError> {
    let generation = match current(store) {
        Ok(generation) => generation,
        Err(StoreError::Missing(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let path = generation.join(ARTICLES);
    let file = File::open(&path).map_err(StoreError::io(&path))?;
    BufReader::new(file)
        .lines()
        .collect::<Result<_, _>>()
        .map_err(StoreError::io(&path))
}

/// Makes the store at `store` hold exactly `quads`, which are sorted, and the articles they come from. The previous
/// generation stays in force until everything is on disk.
pub fn replace(
    store: &Path,
    quads: &[Quad],
    articles: &[String],
    mut manifest: Manifest,
) -> Result<Written, StoreError> {
    let _lock = enter(store)?;
    manifest.format = manifest::FORMAT;
    engine::BACKEND.clone_into(&mut manifest.backend);
    manifest.quads = quads.len() as u64;
    let before = current(store).ok();
    let previous = before.as_deref().and_then(|g| Manifest::read(g).ok());
    if let Some(previous) = previous {
        // Only what may be equal is worth a digest before it is written.
        manifest.digest.clone_from(&previous.digest);
        if previous == manifest && previous.digest == engine::digest(quads) {
            sweep(store, before.as_deref());
            return Ok(Written::Unchanged);
        }
    }
    sweep(store, before.as_deref());
    let building = store.join(format!("{BUILDING}{}", std::process::id()));
    let written = write(&building, quads, articles, &mut manifest);
    if let Err(error) = written {
        // What was begun is of no use to anyone; that it cannot be removed either changes nothing.
        let _ = fs::remove_dir_all(&building);
        return Err(error);
    }
    let generation = free_name(store, &manifest, before.as_deref());
    fs::rename(&building, &generation).map_err(StoreError::io(&generation))?;
    point_to(store, &generation)?;
    sweep(store, Some(&generation));
    Ok(Written::New)
}

/// Makes the folder if need be and takes its lock, which ends with the returned file.
fn enter(store: &Path) -> Result<File, StoreError> {
    if !store.join(CURRENT).exists() && !store.join(LOCK).exists() {
        let full = fs::read_dir(store).is_ok_and(|mut entries| entries.next().is_some());
        if full {
            return Err(StoreError::NotAStore(store.to_owned()));
        }
    }
    fs::create_dir_all(store).map_err(StoreError::io(store))?;
    let path = store.join(LOCK);
    let lock = File::create(&path).map_err(StoreError::io(&path))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy(store.to_owned())),
        Err(TryLockError::Error(error)) => Err(StoreError::io(&path)(error)),
    }
}

fn write(
    building: &Path,
    quads: &[Quad],
    articles: &[String],
    manifest: &mut Manifest,
) -> Result<(), StoreError> {
    fs::create_dir_all(building).map_err(StoreError::io(building))?;
    let path = building.join(ARTICLES);
    let mut out = BufWriter::new(File::create(&path).map_err(StoreError::io(&path))?);
    for article in articles {
        writeln!(out, "{article}").map_err(StoreError::io(&path))?;
    }
    out.into_inner()
        .map_err(std::io::IntoInnerError::into_error)
        .and_then(|file| file.sync_all())
        .map_err(StoreError::io(&path))?;
    manifest.digest = engine::write(building, quads)?;
    manifest.write(building)
}

/// A name for the new generation that the current one does not have.
fn free_name(store: &Path, manifest: &Manifest, before: Option<&Path>) -> PathBuf {
    let stem = format!("{GENERATION}{}", &manifest.digest[..16]);
    let mut path = store.join(&stem);
    let mut number = 1;
    while Some(path.as_path()) == before || path.exists() {
        number += 1;
        path = store.join(format!("{stem}-{number}"));
    }
    path
}

/// The one step: a renamed file.
fn point_to(store: &Path, generation: &Path) -> Result<(), StoreError> {
    let name = generation.file_name().unwrap_or_default().to_string_lossy();
    let next = store.join("CURRENT.next");
    let mut file = File::create(&next).map_err(StoreError::io(&next))?;
    file.write_all(format!("{name}\n").as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(StoreError::io(&next))?;
    let pointer = store.join(CURRENT);
    fs::rename(&next, &pointer).map_err(StoreError::io(&pointer))?;
    // So that the renaming survives a loss of power, where the system can be told so.
    if let Ok(folder) = File::open(store) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Removes generations that are not current and what killed builds left. What cannot be removed is left for next time.
fn sweep(store: &Path, keep: Option<&Path>) {
    for entry in fs::read_dir(store).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let ours = name.starts_with(GENERATION) || name.starts_with(BUILDING);
        if ours && Some(entry.path().as_path()) != keep {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;
    use oxigraph::model::{GraphName, Literal, NamedNode};

    fn quad(n: usize) -> Quad {
        Quad::new(
            NamedNode::new_unchecked(format!("https://example.org/{n}")),
            NamedNode::new_unchecked("https://example.org/p"),
            Literal::new_simple_literal(n.to_string()),
            GraphName::from(NamedNode::new_unchecked("https://example.org/g")),
        )
    }

    fn count(store: &Path) -> usize {
        let store = Store::open(store).unwrap();
        store.quads(None, None, None, None).count()
    }

    #[test]
    fn a_store_holds_exactly_what_was_written_last() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("store");
        assert!(matches!(Store::open(&at), Err(StoreError::Missing(_))));
        let write = |quads: &[Quad]| replace(&at, quads, &["{}".into()], Manifest::default());
        assert_eq!(write(&[quad(1), quad(2)]).unwrap(), Written::New);
        assert_eq!(count(&at), 2);
        assert_eq!(write(&[quad(1), quad(2)]).unwrap(), Written::Unchanged);
        assert_eq!(write(&[quad(3)]).unwrap(), Written::New);
        assert_eq!(count(&at), 1);
        assert_eq!(articles(&at).unwrap(), ["{}"]);
        assert_eq!(
            fs::read_dir(&at).unwrap().count(),
            3,
            "one generation is left"
        );
    }

    #[test]
    fn what_a_killed_build_left_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("store");
        replace(&at, &[quad(1)], &[], Manifest::default()).unwrap();
        fs::create_dir(at.join("building-1")).unwrap();
        fs::create_dir(at.join("g-half")).unwrap();
        assert_eq!(count(&at), 1);
        replace(&at, &[quad(2)], &[], Manifest::default()).unwrap();
        assert!(!at.join("building-1").exists() && !at.join("g-half").exists());
    }

    #[test]
    fn a_folder_of_other_things_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "…").unwrap();
        let written = replace(folder.path(), &[], &[], Manifest::default());
        assert!(matches!(written, Err(StoreError::NotAStore(_))));
    }
}
