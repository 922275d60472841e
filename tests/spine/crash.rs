//! A build that dies leaves the store of the build before it.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use crate::newsroom::{Newsroom, finish, seeds};

/// Articles enough that a build takes longer than the waits below.
fn many_articles(room: &Newsroom) -> Vec<PathBuf> {
    let towns = [
        "Leeds", "Oslo", "Lyon", "Porto", "Ghent", "Turin", "Malmo", "Bergen",
    ];
    let names = [
        "Ada Quill",
        "Ben Carrow",
        "Cora Finch",
        "Dan Oakley",
        "Eve Marsh",
    ];
    for number in 0..400 {
        let mut text = String::new();
        for paragraph in 0..20 {
            let town = towns[(number + paragraph) % towns.len()];
            let name = names[(number * 3 + paragraph) % names.len()];
            writeln!(text, "Mayor of {town} {name} said on Tuesday that {paragraph} people had marched in {town}. Story {number}.\n").unwrap();
        }
        room.write(&format!("many/{number:03}.txt"), text);
    }
    vec!["many".into()]
}

#[cfg(unix)]
#[test]
fn a_build_killed_at_any_moment_leaves_the_store_usable() {
    let room = Newsroom::with_seeds();
    let before = room.export("nquads");
    let inputs = many_articles(&room);
    let mut killed = 0;
    for milliseconds in [5, 20, 60, 120, 250, 500, 1000] {
        let mut command = room.building(&inputs);
        command
            .arg("--add")
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        let mut build = command.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        if build.try_wait().unwrap().is_some() {
            break;
        }
        build.kill().unwrap();
        build.wait().unwrap();
        killed += 1;
        assert!(
            before == room.export("nquads"),
            "the store changed by a build killed after {milliseconds} ms"
        );
    }
    assert!(killed > 0, "every build ended before it could be killed");
    let mut command = room.building(&inputs);
    command.arg("--add");
    finish(command).exits(0);
    let mut both = seeds();
    both.extend(inputs);
    let clean = Newsroom::open();
    std::fs::rename(room.path("many"), clean.path("many")).unwrap();
    clean.build(&both).exits(0);
    assert!(
        clean.export("nquads") == room.export("nquads"),
        "what the killed builds left shows in the end"
    );
}
