//! The model card: one section a model file, written by the training that made the file.

use sha2::{Digest, Sha256};
use std::{fmt::Write, fs, io, path::Path};

const INTRO: &str = "# Models\n\nTrained weights that the program embeds. Each section is written by the training that makes the file (`cargo xtask train`).\n";

/// Puts the section on the model `file` into the `README.md` beside it, in place of an earlier one; `body` is Markdown.
pub(crate) fn write(file: &Path, body: &str) -> io::Result<()> {
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let card = file.with_file_name("README.md");
    let bytes = fs::read(file)?;
    let mut sum = String::new();
    for byte in Sha256::digest(&bytes) {
        write!(sum, "{byte:02x}").expect("a String takes every write");
    }
    let heading = format!("## `{name}`");
    let section = format!(
        "{heading}\n\n{}\n\n- Size: {} bytes\n- SHA-256: `{sum}`\n",
        body.trim(),
        bytes.len()
    );
    let old = fs::read_to_string(&card).unwrap_or_default();
    let mut sections: Vec<String> = old
        .split("\n## ")
        .skip(1)
        .map(|s| format!("## {}\n", s.trim_end()))
        .filter(|s| !s.starts_with(&heading))
        .collect();
    sections.push(section);
    sections.sort();
    fs::write(card, format!("{INTRO}\n{}", sections.join("\n")))
}
