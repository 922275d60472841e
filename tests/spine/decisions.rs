//! Decisions of a person: replayed on every build, kept in a graph of their own, undone without a trace.

use crate::newsroom::{Newsroom, finish};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ONE: &str = "Harbour master Ada Pike was arrested in Leeds on 3 March 2021.\n\nPike runs Northgate Ferries.\n";
const OTHER: &str = "Adeline Pike won a prize in Oslo on 9 May 2022.\n";

fn room() -> Newsroom {
    let room = Newsroom::open();
    room.write("articles/one.txt", ONE);
    room.write("articles/other.txt", OTHER);
    room
}

const BUILD: &str = "articles";
const PREFIX: &str = "@prefix nl: <https://w3id.org/newsloom/ns#> .\n";

fn people(room: &Newsroom) -> Vec<String> {
    room.rows("SELECT ?n { ?p a foaf:Person ; rdfs:label ?n } ORDER BY ?n")
}

#[test]
fn decisions_are_replayed_and_undone() {
    let room = room();
    room.build(&[BUILD.into()]).exits(0);
    let before = room.export("nquads");
    assert_eq!(people(&room), ["Ada Pike", "Adeline Pike"]);
    let arrest = "SELECT ?e { ?e a nl:Arrest }";
    let assertion = room.rows(
        "SELECT ?a { ?e a nl:Arrest . ?c rdf:subject ?e ; rdf:predicate sem:eventType ; nl:assertion ?a }",
    );
    assert_eq!(assertion.len(), 1, "{assertion:?}");

    let decisions = format!(
        "{PREFIX}[] a nl:SameDecision ; nl:about \"Ada Pike\" , \"Adeline Pike\" .\n\
         [] a nl:RenameDecision ; nl:about \"Adeline Pike\" ; nl:as \"Ada Adeline Pike\" .\n\
         [] a nl:RejectDecision ; nl:about <{}> .\n\
         [] a nl:SameDecision ; nl:about \"Nobody Known\" , \"Ada Pike\" .\n",
        assertion[0]
    );
    room.write("decided.ttl", &decisions);
    let mut command = room.building(&[BUILD.into()]);
    command.args(["--review", "decided.ttl"]);
    let report = finish(command).exits(0).stdout;
    assert!(report.contains("decisions   3 replayed"), "{report}");
    assert!(
        report.contains("orphaned") && report.contains("Nobody Known"),
        "{report}"
    );
    assert_eq!(people(&room), ["Ada Adeline Pike"]);
    assert!(room.rows(arrest).is_empty());
    let curated = room.rows(
        "SELECT (COUNT(?d) AS ?n) { GRAPH <https://w3id.org/newsloom/id/graph/curated> { ?d a nl:Curation } }",
    );
    assert_eq!(curated, ["3"]);

    room.build(&[BUILD.into()]).exits(0);
    assert!(before == room.export("nquads"), "undoing leaves a trace");
}

#[test]
fn a_new_name_reaches_events_and_roles_and_no_iri() {
    let room = room();
    room.build(&[BUILD.into()]).exits(0);
    let iris = "SELECT ?x { VALUES ?class { nl:Arrest org:Membership } ?x a ?class } ORDER BY ?x";
    let before = room.rows(iris);
    assert_eq!(before.len(), 2, "{before:?}");
    let decision = format!(
        "{PREFIX}[] a nl:RenameDecision ; nl:about \"Ada Pike\" ; nl:as \"Ada Jane Pike\" .\n"
    );
    room.write("decided.ttl", &decision);
    let mut command = room.building(&[BUILD.into()]);
    command.args(["--review", "decided.ttl"]);
    finish(command).exits(0);
    assert_eq!(room.rows(iris), before);
    let labels = room.rows("SELECT ?l { VALUES ?class { nl:Arrest org:Membership } ?x a ?class ; rdfs:label ?l } ORDER BY ?l");
    assert!(
        labels.iter().all(|l| l.contains("Ada Jane Pike")),
        "{labels:?}"
    );
}

#[test]
fn whom_words_mean_is_inferred_with_both_sentences() {
    let room = Newsroom::open();
    room.write(
        "articles/one.txt",
        "A woman was shot dead in Hull on 3 March 2021, police said.\n\nThe woman was killed outside a ferry office in Hull, and the ferry company closed for a day.\n",
    );
    room.write(
        "articles/two.txt",
        "Rosa Lind was shot dead in Hull on 3 March 2021, police said.\n\nLind, who worked for a ferry company, was killed outside the ferry office in Hull.\n",
    );
    room.build(&[BUILD.into()]).exits(0);
    let meant = room.rows(
        "SELECT DISTINCT ?n { ?e nl:inferredActor ?i . ?i nl:means/rdfs:label ?n ; nl:words/nif:anchorOf ?w FILTER(STR(?w) = \"A woman\") }",
    );
    assert_eq!(meant, ["Rosa Lind"]);
    let sentences = room
        .rows("SELECT DISTINCT ?s { ?e nl:inferredActor/nl:evidence/nif:anchorOf ?s } ORDER BY ?s");
    assert!(
        sentences.iter().any(|s| s.contains("A woman was shot")),
        "{sentences:?}"
    );
    assert!(
        sentences.iter().any(|s| s.contains("Rosa Lind was shot")),
        "{sentences:?}"
    );
}

#[test]
fn a_file_beside_the_store_is_found_and_two_stay_two() {
    let room = Newsroom::open();
    room.write("articles/one.txt", ONE);
    room.write(
        "articles/two.txt",
        "Ada Pike of Leeds met Northgate Ferries on Monday.\n",
    );
    room.build(&[BUILD.into()]).exits(0);
    assert_eq!(people(&room), ["Ada Pike"]);
    let spans = room.rows("SELECT ?d { ?d a schema:NewsArticle ; dcterms:source ?s } ORDER BY ?s");
    let decisions = format!(
        "{PREFIX}[] a nl:DifferentDecision ; nl:about <{}#char=15,23> , <{}#char=0,8> .\n",
        spans[0], spans[1]
    );
    room.write("store/review.ttl", &decisions);
    room.build(&[BUILD.into()]).exits(0);
    assert_eq!(people(&room).len(), 2);
    let mut command = room.command(["why", "Ada Pike", "Ada Pike", "--store"]);
    command.arg(room.store());
    let why = finish(command).exits(0).stdout;
    assert!(why.contains("a person ruled that they are two"), "{why}");
}

#[test]
fn reasons_are_told_in_words_and_as_json() {
    let room = room();
    room.build(&[BUILD.into()]).exits(0);
    let mut command = room.command(["why", "Ada Pike", "Adeline Pike", "--store"]);
    command.arg(room.store());
    let why = finish(command).exits(0).stdout;
    assert!(
        why.contains("excludes  the two names differ in a part"),
        "{why}"
    );
    let mut command = room.command(["why", "Pike", "Ada Pike", "--json", "--store"]);
    command.arg(room.store());
    let why = finish(command).exits(0).stdout;
    let why: serde_json::Value = serde_json::from_str(&why).expect("it is JSON");
    assert_eq!(why[0]["verdict"], "same", "{why}");
    assert!(why[0]["reasons"].as_array().is_some_and(|r| !r.is_empty()));
    let mut command = room.command(["why", "Nobody", "--store"]);
    command.arg(room.store());
    finish(command).exits(2);
    let mut command = room.command(["review", "--store"]);
    command.arg(room.store());
    finish(command).exits(0);
}

#[test]
fn adding_changing_and_removing_give_what_a_clean_build_gives() {
    let (grown, anew, clean) = (Newsroom::open(), Newsroom::open(), Newsroom::open());
    for room in [&grown, &anew, &clean] {
        room.write("a/one.txt", ONE);
        room.write("a/other.txt", OTHER);
    }
    // One takes what it read before from its cache, the other reads everything anew each time.
    let build = |room: &Newsroom, cached: Option<u64>, inputs: &[PathBuf], flags: &[&str]| {
        let mut command = room.building(inputs);
        command.args(flags).arg("--json");
        if cached.is_none() {
            command.arg("--no-cache");
        }
        let report = finish(command).exits(0).stdout;
        let report: serde_json::Value = serde_json::from_str(&report).expect("it is JSON");
        assert_eq!(report["cached"]["found"], cached.unwrap_or(0), "{report}");
        let kept = cached.and(report["documents"].as_u64());
        assert_eq!(files(&room.store().join("cache")), kept);
    };
    let third = "Ada Pike was released in Leeds on 4 March 2021.\n";
    for (room, cached) in [(&grown, true), (&anew, false)] {
        let found = |n| cached.then_some(n);
        build(room, found(0), &["a".into()], &[]);
        // Added, then changed.
        for text in ["Ada Pike was seen in Hull on Tuesday.\n", third] {
            room.write("b/third.txt", text);
            build(room, found(2), &["b".into()], &["--add"]);
        }
    }
    clean.write("b/third.txt", third);
    clean.build(&["a".into(), "b".into()]).exits(0);
    assert!(clean.export("nquads") == grown.export("nquads"));
    assert!(clean.export("nquads") == anew.export("nquads"));
    // Removed.
    build(&grown, Some(2), &[], &["--remove", "a/other.txt"]);
    build(&anew, None, &[], &["--remove", "a/other.txt"]);
    clean.build(&["a/one.txt".into(), "b".into()]).exits(0);
    assert!(clean.export("nquads") == grown.export("nquads"));
    assert!(clean.export("nquads") == anew.export("nquads"));
}

/// How many files are under a folder of folders.
fn files(folder: &Path) -> Option<u64> {
    let mut count = 0;
    for part in fs::read_dir(folder).ok()? {
        count += fs::read_dir(part.ok()?.path()).ok()?.count() as u64;
    }
    Some(count)
}

#[test]
fn a_damaged_entry_of_the_cache_is_read_anew_and_named() {
    let room = room();
    room.build(&[BUILD.into()]).exits(0);
    let before = room.export("nquads");
    let part = fs::read_dir(room.store().join("cache")).unwrap().next();
    let entry = fs::read_dir(part.unwrap().unwrap().path()).unwrap().next();
    let entry = entry.unwrap().unwrap().path();
    let whole = fs::read(&entry).unwrap();
    fs::write(&entry, &whole[..whole.len() / 2]).unwrap();
    let report = room.build(&[BUILD.into()]).exits(0).stdout;
    assert!(
        report.contains("1 damaged entries were read anew"),
        "{report}"
    );
    assert!(room.export("nquads") == before);
    assert!(fs::read(&entry).unwrap() == whole, "it was mended");
}

#[test]
fn what_changed_is_told_in_words_and_as_a_patch_that_applies() {
    let (old, new) = (room(), room());
    old.build(&[BUILD.into()]).exits(0);
    new.write(
        "articles/third.txt",
        "Ola Brandt was killed in Bergen on Monday.\n",
    );
    new.build(&[BUILD.into()]).exits(0);
    let diff = |form: &[&str]| {
        let mut command = old.command(["diff"]);
        command.arg(old.store()).arg(new.store()).args(form);
        finish(command).exits(0).stdout
    };
    let words = diff(&[]);
    assert!(words.contains("new     person Ola Brandt"), "{words}");
    let patch = diff(&["--format", "patch"]);
    let side = |sign: &str| -> BTreeSet<String> {
        let lines = patch.lines().filter_map(|l| l.strip_prefix(sign));
        lines.map(str::to_owned).collect()
    };
    // An export declares the vocabulary it uses, which no store holds.
    let held = |room: &Newsroom| -> BTreeSet<String> {
        let all = room.export("nquads");
        let lines = all.lines().filter(|l| !l.contains("/id/graph/ontology>"));
        lines.map(str::to_owned).collect()
    };
    let mut patched = held(&old);
    patched.retain(|line| !side("D ").contains(line));
    patched.extend(side("A "));
    assert!(patched == held(&new), "the patch gives another graph");
    let mut command = old.command(["diff"]);
    command.arg(old.store()).arg(old.store());
    let same = finish(command).exits(0).stdout;
    assert_eq!(same, "the graphs are the same\n");
}
