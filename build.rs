//! Lists the ontology and the gazetteers so that the library can embed them: what stands in the folders is what it knows.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders that are embedded, relative to the manifest, and the endings that count.
const FOLDERS: [(&str, &[&str]); 2] =
    [("ontology", &["ttl", "rq"]), ("seeds/gazetteers", &["tsv"])];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    for (folder, endings) in FOLDERS {
        println!("cargo:rerun-if-changed={folder}");
        collect(&root, Path::new(folder), endings, &mut files)?;
    }
    files.sort();
    let mut table = String::from(
        "/// Path within the project and content of every embedded file, sorted by path.\nstatic EMBEDDED: &[(&str, &str)] = &[\n",
    );
    for file in files {
        writeln!(
            table,
            "    ({file:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {file:?}))),"
        )
        .expect("writing to a string succeeds");
    }
    table.push_str("];\n");
    fs::write(
        PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("embedded.rs"),
        table,
    )
}

/// Adds the files under `folder` with one of the `endings` to `files`, as paths with `/`.
fn collect(
    root: &Path,
    folder: &Path,
    endings: &[&str],
    files: &mut Vec<String>,
) -> io::Result<()> {
    if !root.join(folder).is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(root.join(folder))? {
        let path = folder.join(entry?.file_name());
        if root.join(&path).is_dir() {
            collect(root, &path, endings, files)?;
        } else if path
            .extension()
            .is_some_and(|e| endings.iter().any(|known| e == *known))
        {
            files.push(
                path.components()
                    .map(|c| c.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/"),
            );
        }
    }
    Ok(())
}
