//! The same input gives the same bytes.

use crate::newsroom::{Newsroom, finish, seeds};
use proptest::prelude::*;
use std::path::PathBuf;

#[test]
fn order_of_inputs_and_number_of_threads_leave_no_trace() {
    let (first, second) = (Newsroom::open(), Newsroom::open());
    let mut command = first.building(&seeds());
    command.env("RAYON_NUM_THREADS", "1");
    finish(command).exits(0);

    let mut backwards = seeds();
    backwards.reverse();
    let mut command = second.building(&backwards);
    command.env("RAYON_NUM_THREADS", "3");
    finish(command).exits(0);

    for format in ["nquads", "turtle", "dot"] {
        let (one, other) = (first.export(format), second.export(format));
        assert!(one.lines().count() > 20, "{format} is empty:\n{one}");
        assert!(one == other, "{format} differs");
    }
}

#[test]
fn building_again_changes_nothing() {
    let room = Newsroom::with_seeds();
    let before = room.export("nquads");
    room.build(&seeds()).exits(0);
    assert!(before == room.export("nquads"));
    let mut command = room.building(&seeds()[..2]);
    command.arg("--add");
    finish(command).exits(0);
    assert!(
        before == room.export("nquads"),
        "adding what is there changes something"
    );
}

#[test]
fn a_folder_is_the_same_as_its_files_one_by_one() {
    let (folder, files) = (Newsroom::open(), Newsroom::open());
    for path in seeds() {
        let text = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        folder.write(&format!("articles/{name}"), &text);
        files.write(&format!("articles/{name}"), &text);
    }
    folder.build(&["articles".into()]).exits(0);
    let names: Vec<_> = seeds()
        .iter()
        .map(|path| format!("articles/{}", path.file_name().unwrap().to_string_lossy()))
        .collect();
    for name in &names {
        let mut command = files.building(&[name.into()]);
        command.arg("--add");
        finish(command).exits(0);
    }
    assert!(folder.export("nquads") == files.export("nquads"));
}

proptest! {
    // Each case builds up to four stores.
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shards_built_apart_and_joined_are_one_build(
        shard_of in prop::collection::vec(0usize..3, seeds().len())
    ) {
        let whole = Newsroom::with_seeds();
        // A store keeps the articles it was built from: those of all shards, in any order, make the joined store.
        let mut shards = Vec::new();
        let mut kept = Vec::new();
        for shard in [2, 0, 1] {
            let own: Vec<PathBuf> = seeds()
                .into_iter()
                .zip(&shard_of)
                .filter(|(_, of)| **of == shard)
                .map(|(article, _)| article)
                .collect();
            if own.is_empty() {
                continue;
            }
            let room = Newsroom::open();
            room.build(&own).exits(0);
            kept.push(room.articles());
            shards.push(room);
        }
        let joined = Newsroom::open();
        joined.build(&kept).exits(0);
        prop_assert!(
            joined.export("nquads") == whole.export("nquads"),
            "shards {shard_of:?} leave a trace"
        );
    }
}
