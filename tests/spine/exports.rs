//! The blessed outputs in `exports/`: what the program makes of our five articles, byte for byte.
//!
//! `cargo xtask exports` writes them anew; their difference is reviewed as code.

use std::collections::BTreeSet;
use std::fs;

use crate::newsroom::{Newsroom, root, seeds};

const BLESSED: [(&str, &str); 4] = [
    ("turtle", "sample.ttl"),
    ("trig", "sample.trig"),
    ("dot", "sample.dot"),
    ("svg", "sample.svg"),
];

#[test]
fn exports_are_as_blessed() {
    let room = Newsroom::open();
    // Named from the root, so that no folder of this machine gets into the graph.
    let mut command = room.command(["build", "seeds/articles", "--store"]);
    command.arg(room.store()).current_dir(root());
    crate::newsroom::finish(command).exits(0);
    let bless = std::env::var_os("NEWSLOOM_BLESS").is_some();
    let mut changed = Vec::new();
    for (format, name) in BLESSED {
        let path = root().join("exports").join(name);
        let now = room.export(format);
        if bless {
            fs::write(&path, now).unwrap();
        } else if fs::read_to_string(&path).ok().as_ref() != Some(&now) {
            changed.push(name);
        }
    }
    assert!(
        changed.is_empty(),
        "{changed:?} differ from what is blessed; look, then run cargo xtask exports"
    );
}

#[test]
fn every_term_of_ours_in_the_graph_is_declared_in_the_ontology() {
    let room = Newsroom::open();
    room.build(&seeds()).exits(0);
    let graph = room.export("ntriples");
    let terms: BTreeSet<&str> = graph
        .split("<https://w3id.org/newsloom/ns#")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .collect();
    assert!(terms.len() > 30, "{terms:?}");
    let mut ontology = fs::read_to_string(root().join("ontology/core.ttl")).unwrap();
    for entry in fs::read_dir(root().join("ontology/events")).unwrap() {
        ontology += &fs::read_to_string(entry.unwrap().path()).unwrap();
    }
    let undeclared: Vec<_> = terms
        .iter()
        .filter(|name| !ontology.contains(&format!("nl:{name} a ")))
        .collect();
    assert!(undeclared.is_empty(), "{undeclared:?}");
}
