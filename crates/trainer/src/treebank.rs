//! CoNLL-U treebanks with their annotation.

use english::tagset::{relation, tag};
use std::{fs, io, path::Path};

/// An annotated sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    pub(crate) words: Vec<String>,
    /// Places in `TAGS`.
    pub(crate) tags: Vec<u8>,
    /// Penn tags as the treebank writes them.
    pub(crate) xpos: Vec<String>,
    pub(crate) lemmas: Vec<String>,
    /// Head of each word; the number of words for the root.
    pub(crate) heads: Vec<u32>,
    /// Places in `RELATIONS`.
    pub(crate) labels: Vec<u8>,
}

/// Reads all `.conllu` files of a folder, in name order.
pub(crate) fn read_folder(folder: &Path) -> io::Result<Vec<Tree>> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .collect::<io::Result<Vec<_>>>()?
        .into_iter()
        .map(|e| e.path())
        .collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "conllu"));
    files.sort();
    let mut out = Vec::new();
    for file in files {
        read(&fs::read_to_string(file)?, &mut out);
    }
    Ok(out)
}

fn read(text: &str, out: &mut Vec<Tree>) {
    let mut tree = Tree::default();
    for line in text.lines().chain([""]) {
        if line.is_empty() {
            if !tree.words.is_empty() {
                let len = tree.words.len() as u32;
                for head in &mut tree.heads {
                    *head = head.checked_sub(1).unwrap_or(len);
                }
                out.push(std::mem::take(&mut tree));
            }
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() < 10 || !columns[0].bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        tree.words.push(columns[1].to_owned());
        tree.lemmas.push(columns[2].to_owned());
        tree.tags.push(tag(columns[3], columns[4]) as u8);
        tree.xpos.push(columns[4].to_owned());
        tree.heads.push(columns[6].parse().unwrap_or(0));
        tree.labels.push(relation(columns[7]) as u8);
    }
}
