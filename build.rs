//! Lists the ontology and the gazetteers so that the library can embed them: what stands in the folders is what it knows.
//! The Turtle that every run needs is parsed here once and embedded as plain lines, so that start-up takes milliseconds.

use oxttl::TurtleParser;
use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders that are embedded, relative to the manifest, and the endings that count.
const FOLDERS: [(&str, &[&str]); 2] =
    [("ontology", &["ttl", "rq"]), ("seeds/gazetteers", &["tsv"])];

/// What else the outcome of reading depends on: code, models, and the lists that the code includes by itself.
const READING: [(&str, &[&str]); 5] = [
    ("src", &["rs"]),
    ("crates/english/src", &["rs"]),
    ("models", &["bin"]),
    ("seeds/lexicon", &["txt"]),
    ("seeds/furniture", &["tsv"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    for (folder, endings) in FOLDERS {
        println!("cargo:rerun-if-changed={folder}");
        collect(&root, Path::new(folder), endings, &mut files)?;
    }
    files.sort();
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut table = String::from(
        "/// Path within the project and content of every embedded file, sorted by path.\nstatic EMBEDDED: &[(&str, &str)] = &[\n",
    );
    for (number, file) in files.iter().enumerate() {
        if let Some(name) = needed(file) {
            let compiled = format!("{number}.lines");
            let text = fs::read_to_string(root.join(file))?;
            fs::write(
                out.join(&compiled),
                lines(&text).map_err(|e| format!("ontology/{name}: {e}"))?,
            )?;
            writeln!(
                table,
                "    ({file:?}, include_str!(concat!(env!(\"OUT_DIR\"), \"/{compiled}\"))),"
            )?;
        } else {
            writeln!(
                table,
                "    ({file:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {file:?}))),"
            )?;
        }
    }
    table.push_str("];\n");
    fs::write(out.join("embedded.rs"), table)?;
    let fingerprint = fingerprint(&root, files)?;
    println!("cargo:rustc-env=NEWSLOOM_FINGERPRINT={fingerprint}");
    Ok(())
}

/// Names the program with everything that it knows, so that nothing which another one has read is taken for its own.
fn fingerprint(root: &Path, mut files: Vec<String>) -> Result<String, Box<dyn Error>> {
    for (folder, endings) in READING {
        if root.join(folder).is_dir() {
            println!("cargo:rerun-if-changed={folder}");
            collect(root, Path::new(folder), endings, &mut files)?;
        }
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        (&file, fs::read(root.join(&file))?).hash(&mut hasher);
    }
    let version = env::var("CARGO_PKG_VERSION")?;
    Ok(format!("{version} {:016x}", hasher.finish()))
}

/// The name within `ontology/` of a file that the schema loads at start.
fn needed(file: &str) -> Option<&str> {
    let name = file.strip_prefix("ontology/")?;
    let (stem, ending) = name.rsplit_once('.')?;
    let frame = stem.starts_with("events/") || stem.starts_with("relations/");
    (ending == "ttl" && (frame || stem == "roles")).then_some(name)
}

/// The triples of a Turtle file by subject, in order of first appearance: `S` and its IRI opens a subject (empty for a blank
/// node), then come its properties as predicate, tab, and `I` IRI, `T` text, or `N` number of a subject.
fn lines(turtle: &str) -> Result<String, Box<dyn Error>> {
    let mut subjects: Vec<(String, Vec<String>)> = Vec::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut number = |node: String, subjects: &mut Vec<(String, Vec<String>)>| {
        *numbers.entry(node.clone()).or_insert_with(|| {
            let iri = node.strip_prefix('<').and_then(|n| n.strip_suffix('>'));
            subjects.push((iri.unwrap_or_default().to_owned(), Vec::new()));
            subjects.len() - 1
        })
    };
    for triple in TurtleParser::new().for_slice(turtle.as_bytes()) {
        let triple = triple?;
        let subject = number(triple.subject.to_string(), &mut subjects);
        let object = triple.object.to_string();
        let value = if let Some(iri) = object.strip_prefix('<').and_then(|o| o.strip_suffix('>')) {
            format!("I{iri}")
        } else if object.starts_with("_:") {
            format!("N{}", number(object, &mut subjects))
        } else {
            // The lexical form in N-Triples escapes what could break a line.
            let end = object.rfind('"').ok_or("literal without quotes")?;
            format!("T{}", &object[1..end])
        };
        subjects[subject]
            .1
            .push(format!("{}\t{value}", triple.predicate.as_str()));
    }
    let mut out = String::new();
    for (iri, properties) in subjects {
        writeln!(out, "S{iri}")?;
        for property in properties {
            writeln!(out, "{property}")?;
        }
    }
    Ok(out)
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
