//! The cases of `tests/cases/resolution.md`: small sets of articles, and who in them is one and who is two. Every case also
//! runs with its articles backwards, with one thread, and built shard by shard.

use newsloom::claim::Extraction;
use newsloom::entity::{Resolution, Rulings, resolve};
use newsloom::pipeline::Pipeline;
use newsloom::schema::Schema;
use newsloom::source::RawArticle;
use regex::Regex;
use std::collections::BTreeSet;

struct Case {
    name: String,
    articles: Vec<String>,
    lines: Vec<String>,
}

fn cases() -> Vec<Case> {
    let page = include_str!("cases/resolution.md");
    page.split("\n## ")
        .skip(1)
        .map(|part| Case {
            name: part.lines().next().unwrap_or_default().to_owned(),
            articles: part
                .lines()
                .filter_map(|l| l.strip_prefix("> "))
                .map(str::to_owned)
                .collect(),
            lines: part
                .split_once("```same\n")
                .and_then(|(_, b)| b.split_once("```"))
                .map(|(b, _)| b.lines().map(str::to_owned).collect())
                .unwrap_or_default(),
        })
        .collect()
}

fn read(articles: &[String]) -> Vec<Extraction> {
    let pipeline = Pipeline {
        schema: Schema::embedded(),
        reader: english::Reader::embedded(),
    };
    articles
        .iter()
        .enumerate()
        .map(|(n, text)| {
            let raw = RawArticle {
                source: format!("{n}.txt"),
                published: Some("2024-05-15".to_owned()),
                text: text.clone(),
                ..RawArticle::default()
            };
            pipeline.extract(raw).expect("the case has text")
        })
        .collect()
}

/// What a resolution holds, whatever its documents are numbered.
fn content(all: &[Extraction], resolution: &Resolution) -> BTreeSet<String> {
    resolution
        .entities
        .iter()
        .map(|e| {
            let chains: BTreeSet<String> = e
                .chains
                .iter()
                .map(|&(d, c)| format!("{} {c}", all[d as usize].document.id().hex()))
                .collect();
            format!(
                "{:?} {} {:?} {} {chains:?}",
                e.kind, e.name, e.aliases, e.disambiguator
            )
        })
        .chain(resolution.events.iter().map(|e| {
            let claims: BTreeSet<String> = e
                .claims
                .iter()
                .map(|&(d, c)| format!("{} {c}", all[d as usize].document.id().hex()))
                .collect();
            format!("{} {} {claims:?}", e.class, e.actual)
        }))
        .collect()
}

/// Numbers of the entities that bear a name.
fn bearers(resolution: &Resolution, name: &str) -> BTreeSet<usize> {
    resolution
        .entities
        .iter()
        .enumerate()
        .filter(|(_, e)| e.name == name || e.aliases.iter().any(|a| a == name))
        .map(|(n, _)| n)
        .collect()
}

fn holds(resolution: &Resolution, line: &str) -> bool {
    let quoted = Regex::new("\"([^\"]*)\"").expect("it compiles");
    let named: Vec<BTreeSet<usize>> = quoted
        .captures_iter(line)
        .map(|c| bearers(resolution, &c[1]))
        .collect();
    let known = named.iter().all(|n| !n.is_empty());
    match line.split(' ').next() {
        Some("one") => known && named.iter().all(|n| *n == named[0] && n.len() == 1),
        Some("two") => known && named.len() == 2 && named[0].is_disjoint(&named[1]),
        Some("apart") => {
            let wanted = line.split(' ').nth(1).and_then(|n| n.parse().ok());
            let name = quoted
                .captures(line)
                .map_or("", |c| c.get(1).map_or("", |m| m.as_str()));
            wanted
                == Some(
                    resolution
                        .entities
                        .iter()
                        .filter(|e| e.name == name)
                        .count(),
                )
        }
        _ => panic!("{line}: no such line"),
    }
}

#[test]
fn cases_of_resolution_hold() {
    let mut faults = Vec::new();
    for case in cases() {
        assert!(
            !case.lines.is_empty() && !case.articles.is_empty(),
            "{}",
            case.name
        );
        let all = read(&case.articles);
        let resolution = resolve(&all, Schema::embedded(), &Rulings::default());
        for line in case.lines.iter().filter(|l| !holds(&resolution, l)) {
            let names: Vec<String> = resolution
                .entities
                .iter()
                .map(|e| format!("{:?} {} {:?}", e.kind, e.name, e.aliases))
                .collect();
            faults.push(format!(
                "{}: {line}\n    {}",
                case.name,
                names.join("\n    ")
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn neither_order_nor_threads_nor_shards_matter() {
    let articles: Vec<String> = cases().into_iter().flat_map(|c| c.articles).collect();
    let all = read(&articles);
    let wanted = content(
        &all,
        &resolve(&all, Schema::embedded(), &Rulings::default()),
    );
    // Every rotation and its reverse: documents arrive in any order and in any division into shards.
    for turn in 0..all.len() {
        let mut turned = all.clone();
        turned.rotate_left(turn);
        if turn % 2 == 1 {
            turned.reverse();
        }
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(turn % 3 + 1)
            .build()
            .expect("threads can be had");
        let got = pool.install(|| resolve(&turned, Schema::embedded(), &Rulings::default()));
        assert_eq!(content(&turned, &got), wanted);
    }
}

#[test]
fn what_is_ruled_apart_stays_apart_and_undoing_leaves_no_trace() {
    let articles: Vec<String> = cases().into_iter().flat_map(|c| c.articles).collect();
    let all = read(&articles);
    let before = resolve(&all, Schema::embedded(), &Rulings::default());
    let split = before
        .entities
        .iter()
        .filter(|e| e.chains.len() > 1)
        .map(|e| (e.chains[0], e.chains[1]));
    let mut ruled = 0;
    for pair in split {
        let mut rulings = Rulings::default();
        rulings.different.insert(pair);
        let after = resolve(&all, Schema::embedded(), &rulings);
        assert_ne!(after.entity_of[&pair.0], after.entity_of[&pair.1]);
        ruled += 1;
    }
    assert!(ruled > 0);
    let again = resolve(&all, Schema::embedded(), &Rulings::default());
    assert_eq!(content(&all, &before), content(&all, &again));
}
