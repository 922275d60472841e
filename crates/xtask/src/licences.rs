//! Reads the licence of every crate we link from `cargo metadata`, and refuses those that would bind our users.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{Run, cargo};

/// Licences that ask for no more than their notice. MPL-2.0 binds its own files only.
const WELCOME: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "WTFPL",
    "Zlib",
];

/// Fails with the names of the crates whose licence is not welcome, or not stated.
pub(crate) fn run() -> Result<()> {
    let metadata = cargo(&["metadata", "--format-version", "1", "--locked"]).output_ok()?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata lists no packages")?;
    let mut unwelcome = Vec::new();
    for package in packages {
        let licence = package["license"].as_str().unwrap_or("none stated");
        if !acceptable(licence) {
            unwelcome.push(format!(
                "{}: {licence}",
                package["name"].as_str().unwrap_or("?")
            ));
        }
    }
    ensure!(
        unwelcome.is_empty(),
        "licences to look at:\n{}",
        unwelcome.join("\n")
    );
    eprintln!("{} crates, every licence welcome", packages.len());
    Ok(())
}

/// Whether a licence expression can be met with welcome licences alone: of an `OR` one side is enough, of an `AND`
/// each is needed. Exceptions (`WITH …`) only add permissions.
fn acceptable(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], " ").replace('/', " OR ");
    plain.split(" AND ").all(|part| {
        part.split(" OR ").any(|name| {
            let name = name.split(" WITH ").next().unwrap_or(name).trim();
            WELCOME.contains(&name)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::acceptable;

    #[test]
    fn an_expression_is_met_by_one_side_of_or_and_by_all_of_and() {
        assert!(acceptable("MIT OR GPL-3.0"));
        assert!(acceptable("MIT/Apache-2.0"));
        assert!(acceptable("Apache-2.0 WITH LLVM-exception OR MIT"));
        assert!(acceptable("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!acceptable("MIT AND GPL-3.0"));
        assert!(!acceptable("none stated"));
    }
}
