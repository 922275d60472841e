//! The rules of the architecture that the compiler does not check.
//!
//! In: the files of the checkout. Out: a failure that names file and line for each breach. ARCHITECTURE.md says why
//! each rule exists.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by stopping"
)]

mod code;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use code::{Code, line_of};
use regex::Regex;

/// The way of the data: a module may use those before it, never those after it.
const ORDER: [&str; 14] = [
    "schema", "source", "document", "mention", "claim", "entity", "graph", "store", "query",
    "export", "serve", "eval", "pipeline", "cli",
];

/// The modules that may touch files or the network; the rest computes.
const OUTSIDE: [&str; 7] = [
    "schema", "source", "store", "serve", "eval", "pipeline", "cli",
];

/// The most lines that a file may have without a reason written at its top, and the words that open the reason.
const LINES: usize = 800;
const REASON: &str = "Over 800 lines because";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A Rust file of the program, tests left out.
struct SourceFile {
    /// From the root of the checkout, with `/`.
    path: String,
    text: String,
    code: Code,
}

impl SourceFile {
    /// The modules around the code of this file, from the top: `src/mention/name.rs` is `["mention", "name"]`.
    fn modules(&self) -> Vec<&str> {
        let path = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let path = path.strip_suffix(".rs").unwrap_or(path);
        path.split('/')
            .filter(|part| !matches!(*part, "mod" | "lib" | "main"))
            .collect()
    }

    /// The station of the line, or none for the crate's own root.
    fn station(&self) -> Option<&str> {
        self.modules().first().copied()
    }
}

/// Every file under a folder of the root, in order of name.
fn walk(folder: &str) -> Vec<PathBuf> {
    let mut pending = vec![root().join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = pending.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                pending.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn relative(path: &Path) -> String {
    let path = path.strip_prefix(root()).expect("walked from the root");
    path.to_string_lossy().replace('\\', "/")
}

fn rust_files(folder: &str) -> Vec<SourceFile> {
    let test_module =
        Regex::new(r"#\[cfg\(test\)\]\s*(?:pub(?:\([a-z]+\))?\s+)?mod\s+(\w+);").unwrap();
    let mut files = Vec::new();
    let mut tests = BTreeSet::new();
    for path in walk(folder) {
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for found in test_module.captures_iter(&text) {
            let stem = path.file_stem().unwrap_or_default();
            let outer = if ["mod", "lib", "main"].iter().any(|name| stem == *name) {
                path.with_file_name("")
            } else {
                path.with_extension("")
            };
            tests.insert(relative(&outer.join(format!("{}.rs", &found[1]))));
        }
        files.push(SourceFile {
            path: relative(&path),
            code: Code::read(&text),
            text,
        });
    }
    files.retain(|file| {
        !tests.contains(&file.path)
            && !file.path.ends_with("tests.rs")
            && !file.path.contains("/tests/")
    });
    files
}

/// The code of the library and of every crate beside it.
fn all_rust_files() -> Vec<SourceFile> {
    let mut files = rust_files("src");
    files.extend(rust_files("crates"));
    files
}

/// Fails with the breaches, one a line, when there are any.
fn assert_none(rule: &str, breaches: &[String]) {
    assert!(breaches.is_empty(), "{rule}:\n{}", breaches.join("\n"));
}

/// The modules of this crate that a file names, with the line: through `crate::` or through enough `super::`.
fn used(file: &SourceFile) -> Vec<(usize, String)> {
    let path = Regex::new(r"\b(?:crate|super(?:\s*::\s*super)*)\s*::\s*(\{|[a-z_]\w*)").unwrap();
    let name = Regex::new(r"^[a-z_]\w*").unwrap();
    let depth = file.modules().len();
    let mut names = Vec::new();
    for found in path.captures_iter(&file.code.code) {
        let whole = found.get(0).unwrap();
        let climbs = whole.as_str().matches("super").count();
        if !whole.as_str().starts_with("crate") && climbs < depth {
            continue;
        }
        let line = line_of(&file.code.code, whole.start());
        if &found[1] == "{" {
            let parts = group(&file.code.code[whole.end()..]);
            names.extend(
                parts
                    .iter()
                    .filter_map(|part| name.find(part))
                    .map(|m| (line, m.as_str().to_owned())),
            );
        } else {
            names.push((line, found[1].to_owned()));
        }
    }
    names
}

/// The items of a `use` group after its opening brace; the groups within them stay whole.
fn group(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => parts.push(String::new()),
            _ => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                parts.last_mut().expect("starts with one").push(c);
            }
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

#[test]
fn no_module_uses_one_after_it() {
    let rank = |module: &str| ORDER.iter().position(|name| *name == module);
    let mut breaches = Vec::new();
    for file in rust_files("src") {
        let Some(station) = file.station() else {
            continue;
        };
        let Some(own) = rank(station) else {
            breaches.push(format!(
                "{}: the module {station} has no place in the order",
                file.path
            ));
            continue;
        };
        for (line, module) in used(&file) {
            if rank(&module).is_some_and(|other| other > own) {
                breaches.push(format!(
                    "{}:{line}: {station} uses {module}, which comes after it",
                    file.path
                ));
            }
        }
    }
    assert_none("the data flows one way", &breaches);
}

#[test]
fn reading_english_knows_no_news_and_no_graph() {
    let manifest = std::fs::read_to_string(root().join("crates/english/Cargo.toml")).unwrap();
    let own = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for crate_name in ["newsloom", "ox", "trainer"] {
        let named = manifest.lines().find(|line| line.starts_with(crate_name));
        assert_eq!(named, None, "crates/english depends on {crate_name}");
    }
    let (_, dependencies) = own.split_once("\n[dependencies]").unwrap();
    assert!(
        !dependencies.contains("trainer"),
        "the program links the trainer"
    );
}

#[test]
fn only_the_store_names_oxigraphs_store() {
    let store = Regex::new(r"\boxigraph\s*::\s*(?:store\b|\{[^}]*\bstore\b)").unwrap();
    let mut breaches = Vec::new();
    for file in rust_files("src")
        .iter()
        .filter(|file| file.station() != Some("store"))
    {
        for found in store.find_iter(&file.code.code) {
            breaches.push(format!(
                "{}:{}",
                file.path,
                line_of(&file.code.code, found.start())
            ));
        }
    }
    assert_none("another module than store names oxigraph::store", &breaches);
}

#[test]
fn files_and_network_are_touched_at_the_edges_only() {
    let outside =
        Regex::new(r"\bstd\s*::\s*(?:fs|net|process)\b|\bFile\s*::\s*(?:open|create)\b").unwrap();
    let mut breaches = Vec::new();
    for file in rust_files("src") {
        let Some(station) = file.station().filter(|station| !OUTSIDE.contains(station)) else {
            continue;
        };
        for (line, text) in file.code.lines().filter(|(_, text)| outside.is_match(text)) {
            breaches.push(format!("{}:{line}: {station}: {}", file.path, text.trim()));
        }
    }
    assert_none("a module that only computes touches the outside", &breaches);
}

/// The local names of the event types, from the files that declare them.
fn event_types() -> BTreeSet<String> {
    let class = Regex::new(r"(?m)^nl:([A-Z]\w*)\s[^.]*?\ba?\s*owl:Class").unwrap();
    let mut names = BTreeSet::new();
    for path in walk("ontology/events") {
        let text = std::fs::read_to_string(&path).unwrap();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        names.extend(
            stem.split(['-', '_'])
                .map(capitalised)
                .reduce(|name, part| name + &part),
        );
        names.extend(class.captures_iter(&text).map(|found| found[1].to_owned()));
    }
    names
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[test]
fn the_program_names_no_event_type() {
    let types = event_types();
    let mut breaches = Vec::new();
    for file in rust_files("src") {
        for (line, text) in &file.code.strings {
            let name = text
                .strip_prefix("nl:")
                .or_else(|| text.rsplit_once("ns#").map(|(_, name)| name));
            // A bare word in the vocabulary is the local name of somebody else's term, such as nif:Sentence.
            let bare = name.is_none() && file.path == "src/schema/vocab.rs";
            if !bare && types.contains(name.unwrap_or(text)) {
                breaches.push(format!("{}:{line}: \"{text}\"", file.path));
            }
        }
    }
    assert_none(
        "an event type is knowledge, and knowledge lives in ontology/",
        &breaches,
    );
}

#[test]
fn no_file_is_long_without_a_reason() {
    let long = all_rust_files()
        .into_iter()
        .filter(|file| file.text.lines().count() > LINES);
    let silent = long.filter(|file| !file.text.lines().take(40).any(|line| line.contains(REASON)));
    let breaches: Vec<_> = silent
        .map(|file| format!("{}: {} lines", file.path, file.text.lines().count()))
        .collect();
    assert_none("split the file, or write the reason at its top", &breaches);
}

#[test]
fn only_tests_give_up() {
    let gives_up = Regex::new(r"\.unwrap\(\)|\b(?:panic|todo|unimplemented|dbg)!").unwrap();
    let mut breaches = Vec::new();
    for file in all_rust_files() {
        for (line, text) in file
            .code
            .lines()
            .filter(|(_, text)| gives_up.is_match(text))
        {
            breaches.push(format!("{}:{line}: {}", file.path, text.trim()));
        }
    }
    assert_none(
        "return an error, or let `expect` state why it cannot happen",
        &breaches,
    );
}

#[test]
fn every_exception_to_a_lint_gives_its_reason() {
    let exception = Regex::new(r"#!?\[(?:allow|expect)\((?:[^)]*)\)").unwrap();
    let mut breaches = Vec::new();
    for file in all_rust_files() {
        for found in exception.find_iter(&file.code.code) {
            let whole = found.as_str();
            if whole.contains("allow(") || !whole.contains("reason") {
                breaches.push(format!(
                    "{}:{}: {whole}",
                    file.path,
                    line_of(&file.code.code, found.start())
                ));
            }
        }
    }
    assert_none("write #[expect(lint, reason = \"…\")]", &breaches);
}

#[test]
fn every_module_says_what_it_does() {
    let silent = all_rust_files()
        .into_iter()
        .filter(|file| !file.text.trim_start().starts_with("//!"));
    let breaches: Vec<_> = silent.map(|file| file.path).collect();
    assert_none(
        "open the file with what comes in and what goes out",
        &breaches,
    );
}

#[test]
fn no_tracked_file_holds_a_path_of_one_machine() {
    let Ok(listed) = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root())
        .output()
    else {
        println!("skipped: git is not installed");
        return;
    };
    if !listed.status.success() {
        println!("skipped: this is not a git checkout");
        return;
    }
    // Put together here, so that this file does not hold what it looks for.
    let mut pattern = String::from(r"(^|[^\w.:-])/(");
    write!(
        pattern,
        "{}",
        ["work", "root", "tmp", "home/[a-z]+", "Users/[a-zA-Z]+"].join("|")
    )
    .unwrap();
    let machine = Regex::new(&(pattern + ")/[a-zA-Z]")).unwrap();
    let mut breaches = Vec::new();
    for name in String::from_utf8(listed.stdout)
        .unwrap()
        .split_terminator('\0')
    {
        let Ok(text) = std::fs::read_to_string(root().join(name)) else {
            continue;
        };
        for (index, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| machine.is_match(line))
        {
            breaches.push(format!("{name}:{}: {}", index + 1, line.trim()));
        }
    }
    assert_none("paths of one machine", &breaches);
}

#[test]
fn every_dependency_is_explained() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let page = std::fs::read_to_string(root().join("docs/dependencies.md")).unwrap();
    let (_, section) = manifest.split_once("[workspace.dependencies]\n").unwrap();
    let (section, _) = section.split_once("\n[").unwrap();
    let names = section
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name);
    let silent = names.filter(|name| !page.contains(&format!("`{name}`")));
    let breaches: Vec<_> = silent.map(str::to_owned).collect();
    assert_none("docs/dependencies.md says nothing of", &breaches);
}
