//! Runs the scorers of the shared data on the program as built, and writes `docs/scorecard.md`.
//!
//! In: `bench/` and the development sets of the shared data. Out: one table a subject, each figure beside the least
//! that we accept and what we reach for. Figures of held-out sets are not here, and none is typed by hand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::measure::{Tally, ecb, gum, redocred};
use crate::{Run, cargo, root, shared};

/// A figure, and what is asked of it. `None` is reported without a demand.
struct Figure {
    what: String,
    now: f64,
    must: Option<f64>,
    reach: Option<f64>,
    /// How many digits after the point.
    digits: usize,
}

impl Figure {
    fn row(&self) -> String {
        let number = |value: f64| format!("{value:.0$}", self.digits);
        let wish = |value: Option<f64>| value.map_or_else(String::new, number);
        format!(
            "| {} | {} | {} | {} |\n",
            self.what,
            number(self.now),
            wish(self.must),
            wish(self.reach)
        )
    }
}

/// Measures one subject.
type Section = fn(&Bench) -> Result<Vec<Figure>>;

/// Where things are.
struct Bench {
    shared: PathBuf,
    newsloom: PathBuf,
    scratch: PathBuf,
}

/// Builds the program, runs every scorer, and writes the page.
pub(crate) fn run() -> Result<()> {
    cargo(&["build", "--release"]).status_ok()?;
    let bench = Bench {
        shared: shared()?,
        newsloom: root().join("target/release/newsloom"),
        scratch: root().join("target/scorecard"),
    };
    std::fs::create_dir_all(&bench.scratch)?;
    let mut page = String::from(
        "# Scorecard\n\nWritten by `cargo xtask scorecard`; scores lie between 0 and 1. The sets are development sets: \
         they were looked at while the program was made.\n",
    );
    let sections: [(&str, Section); 12] = [
        ("Reading English", english),
        (
            "Roles, entities and events in the five source articles",
            news,
        ),
        ("Who says what", quotations),
        ("Relations: KnowledgeNet", knowledgenet),
        (
            "Relations: what a stated probability is worth, on the same folds",
            reliability,
        ),
        ("Relations: Re-DocRED dev, pairs within a sentence", pairs),
        ("Links within a document: GUM", within),
        ("One thing, one node across documents: ECB+", across),
        ("Resolving 100,000 made-up documents", scale),
        ("A stream of 100,000 made-up documents", stream),
        ("A store of a million made-up triples", million),
        ("Time and size, on the machine that wrote this page", speed),
    ];
    for (title, section) in sections {
        eprintln!("== {title}");
        write!(
            page,
            "\n## {title}\n\n| | now | must | reach for |\n|---|---:|---:|---:|\n"
        )?;
        match section(&bench) {
            Ok(figures) => page.extend(figures.iter().map(Figure::row)),
            Err(error) => {
                // The reason names folders of this machine, which have no place on the page.
                eprintln!("{error:#}");
                writeln!(page, "| not measured | | | |")?;
            }
        }
    }
    std::fs::write(root().join("docs/scorecard.md"), &page)?;
    println!("{page}");
    Ok(())
}

impl Bench {
    fn scorer(&self, script: &str) -> Command {
        let mut command = Command::new("python3");
        command
            .arg(self.shared.join("bench").join(script))
            .arg("--newsloom")
            .arg(&self.newsloom)
            .arg("--json");
        command
    }

    fn corpora(&self, path: &str) -> PathBuf {
        self.shared.join("corpora").join(path)
    }

    /// The GUM development files whose names begin so.
    fn gum(&self, kind: &str) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(self.corpora("dev/gum"))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(&format!("GUM_{kind}")) && name.ends_with(".conllu") {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }
}

/// Runs a scorer and reads its JSON.
fn scores(command: &mut Command) -> Result<Value> {
    let printed = command.output_ok()?;
    serde_json::from_str(&printed).with_context(|| format!("not JSON: {printed}"))
}

/// Runs a test of the root package that prints its figures as one line of JSON, and reads them, also where one is below what it
/// must be and the test fails.
fn printed(bench: &Bench, test: &str, arguments: &[&str]) -> Result<Value> {
    let mut command = cargo(&["test", "--release", "--test", test, "--", "--nocapture"]);
    command
        .args(arguments)
        .env("NEWSLOOM_SHARED", &bench.shared);
    let output = command.stderr(Stdio::inherit()).output()?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let line = printed
        .lines()
        .find_map(|l| l.find('{').map(|at| &l[at..]))
        .with_context(|| format!("tests/{test}.rs printed no figures"))?;
    serde_json::from_str(line).with_context(|| format!("not JSON: {line}"))
}

fn quotations(bench: &Bench) -> Result<Vec<Figure>> {
    let scores = printed(bench, "quotations", &[])?;
    Ok(figures(
        &scores,
        &[
            ("quotations", "quotations annotated", Some(60.0), None),
            ("right", "share with the right speaker", Some(0.85), None),
            (
                "wrong_person",
                "given to a wrong named person",
                Some(0.0),
                None,
            ),
        ],
    ))
}

/// The kinds of text in GUM in which links are measured.
const GUM_KINDS: [&str; 3] = ["news", "bio", "interview"];

fn within(bench: &Bench) -> Result<Vec<Figure>> {
    Ok(link_figures(&links(bench)?))
}

fn links(bench: &Bench) -> Result<gum::Links> {
    let mut files = Vec::new();
    for kind in GUM_KINDS {
        files.extend(bench.gum(kind)?);
    }
    gum::measure(&bench.newsloom, &bench.scratch, &files)
}

fn link_figures(links: &gum::Links) -> Vec<Figure> {
    let all = links.all();
    let row = |what: &str, now, must, reach| Figure {
        what: what.to_owned(),
        now,
        must,
        reach,
        digits: 3,
    };
    vec![
        row(
            "links of names and pronouns, GUM dev: precision",
            all.precision(),
            Some(0.8),
            Some(0.9),
        ),
        row("the same: recall", all.recall(), Some(0.6), Some(0.8)),
        row("names: precision", links.names.precision(), None, None),
        row("names: recall", links.names.recall(), None, None),
        row(
            "he, she, it, they: precision",
            links.pronouns.precision(),
            None,
            None,
        ),
        row(
            "he, she, it, they: recall",
            links.pronouns.recall(),
            None,
            None,
        ),
        row("I, you, we: recall", links.speakers.recall(), None, None),
    ]
}

fn across(bench: &Bench) -> Result<Vec<Figure>> {
    Ok(across_figures(&things(bench, "ECB_Dev")?))
}

fn things(bench: &Bench, set: &str) -> Result<ecb::Across> {
    let folder = bench.corpora("measure-only/ecbplus");
    let ontology = root().join("ontology");
    ecb::measure(&bench.newsloom, &bench.scratch, &folder, set, &ontology)
}

fn across_figures(across: &ecb::Across) -> Vec<Figure> {
    let mut all = Vec::new();
    let mut row = |what: String, now, must, reach| {
        all.push(Figure {
            what,
            now,
            must,
            reach,
            digits: 3,
        });
    };
    for (kind, cubed) in [("entities", &across.entities), ("events", &across.events)] {
        let [precision, recall, f1] = cubed.ours;
        let count = cubed.mentions;
        // As good as the baseline is not above it.
        let must = Some(cubed.lemma);
        row(
            format!("{kind}, ECB+ dev, {count} mentions found: B³ F1"),
            f1,
            must,
            must.map(|m| m + 0.1),
        );
        row(format!("{kind}: B³ precision"), precision, None, None);
        row(format!("{kind}: B³ recall"), recall, None, None);
        row(
            format!("{kind}: B³ F1 of one head lemma one thing"),
            cubed.lemma,
            None,
            None,
        );
        row(
            format!("{kind}: B³ F1 of the same within each topic, topics given"),
            cubed.topic,
            None,
            None,
        );
    }
    row(
        "event triggers, ECB+ dev: precision".to_owned(),
        across.triggers.precision(),
        None,
        None,
    );
    row(
        "event triggers, covered lemmas: recall".to_owned(),
        across.triggers.recall(),
        None,
        None,
    );
    all
}

/// Measures one of three things on the program that `NEWSLOOM` names, and prints it.
pub(crate) fn measure(arguments: &[String]) -> Result<()> {
    let shared = match shared() {
        Ok(shared) => shared,
        Err(why) => {
            println!("skipped: {why:#}");
            return Ok(());
        }
    };
    let newsloom = std::env::var_os("NEWSLOOM");
    let bench = Bench {
        shared,
        newsloom: newsloom.map_or_else(|| root().join("target/release/newsloom"), PathBuf::from),
        scratch: root().join("target/scorecard"),
    };
    std::fs::create_dir_all(&bench.scratch)?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (figures, faults) = match arguments.first() {
        Some(&"gum") => {
            let links = links(&bench)?;
            (link_figures(&links), links.faults)
        }
        Some(&"ecb") => {
            let across = things(&bench, "ECB_Dev")?;
            for (lemma, count) in across.uncovered.iter().take(10) {
                println!("no type covers {lemma}: {count}");
            }
            (across_figures(&across), across.faults)
        }
        Some(&"redocred") => (pairs(&bench)?, Vec::new()),
        _ => anyhow::bail!("measure what? gum, ecb or redocred"),
    };
    for figure in &figures {
        println!("{:.3}  {}", figure.now, figure.what);
    }
    if arguments.contains(&"--faults") {
        for fault in faults {
            println!("{fault}");
        }
    }
    Ok(())
}

fn scale(bench: &Bench) -> Result<Vec<Figure>> {
    let scores = printed(bench, "scale", &["--ignored"])?;
    Ok(figures(
        &scores,
        &[
            ("mentions", "mentions", None, None),
            (
                "seconds",
                "seconds, resolution alone",
                Some(120.0),
                Some(40.0),
            ),
            (
                "ratio",
                "times the seconds of a tenth of them",
                Some(13.0),
                None,
            ),
            ("memory_mib", "most memory, MiB", Some(4096.0), None),
        ],
    ))
}

fn stream(bench: &Bench) -> Result<Vec<Figure>> {
    let scores = printed(bench, "stream", &["--ignored"])?;
    Ok(figures(
        &scores,
        &[
            ("documents", "documents", Some(100_000.0), None),
            ("memory_mib", "most memory, MiB", None, None),
            (
                "ratio",
                "times the memory of a tenth of them",
                Some(1.1),
                None,
            ),
            ("seconds", "seconds", None, None),
        ],
    ))
}

/// Speeds are multiples of that of Oxigraph's tool, and missing where it is: `OXIGRAPH` names it.
fn million(bench: &Bench) -> Result<Vec<Figure>> {
    let scores = printed(bench, "million", &["--ignored"])?;
    Ok(figures(
        &scores,
        &[
            ("triples", "triples", Some(1_000_000.0), None),
            (
                "slowest_answer_seconds",
                "slowest built-in question, seconds",
                Some(1.0),
                None,
            ),
            ("late_answers", "questions above a second", Some(0.0), None),
            (
                "load_ratio",
                "bulk load, times the speed of oxigraph",
                Some(0.9),
                Some(1.5),
            ),
            (
                "nquads_ratio",
                "N-Quads export, times the speed of oxigraph",
                Some(0.9),
                Some(1.5),
            ),
            (
                "turtle_ratio",
                "Turtle export, times the speed of oxigraph",
                Some(0.9),
                Some(1.5),
            ),
            ("load_mib", "most memory of the bulk load, MiB", None, None),
            (
                "nquads_mib",
                "most memory of the N-Quads export, MiB",
                None,
                None,
            ),
            (
                "turtle_mib",
                "most memory of the Turtle export, MiB",
                None,
                None,
            ),
        ],
    ))
}

/// Picks figures out of a scorer's answer: key, name on the page, least, wish.
fn figures(scores: &Value, wanted: &[(&str, &str, Option<f64>, Option<f64>)]) -> Vec<Figure> {
    wanted
        .iter()
        .filter_map(|&(key, what, must, reach)| {
            let value = &scores[key];
            let digits = if value.is_f64() { 3 } else { 0 };
            Some(Figure {
                what: what.to_owned(),
                now: value.as_f64()?,
                must,
                reach,
                digits,
            })
        })
        .collect()
}

fn english(bench: &Bench) -> Result<Vec<Figure>> {
    let ewt = bench.corpora("dev/ewt/en_ewt-ud-dev.conllu");
    let names = bench.corpora("dev/ewt/en_ewt-ud-dev.iob2");
    let mut command = bench.scorer("score_english.py");
    let mut all = figures(
        &scores(command.arg(ewt).arg("--ner").arg(names))?,
        &[
            (
                "upos",
                "UPOS, EWT dev, gold tokens",
                Some(0.950),
                Some(0.970),
            ),
            ("uas", "UAS, EWT dev, gold tokens", None, None),
            ("las", "LAS, EWT dev, gold tokens", Some(0.820), Some(0.880)),
            (
                "ner_precision",
                "names (PER ORG LOC), EWT dev: precision",
                None,
                None,
            ),
            ("ner_recall", "names, EWT dev: recall", None, None),
            ("ner_f1", "names, EWT dev: F1", Some(0.740), Some(0.860)),
        ],
    );
    all.extend(figures(
        &scores(bench.scorer("score_english.py").args(bench.gum("")?))?,
        &[
            (
                "upos",
                "UPOS, GUM dev, gold tokens",
                Some(0.960),
                Some(0.980),
            ),
            ("uas", "UAS, GUM dev, gold tokens", None, None),
            ("las", "LAS, GUM dev, gold tokens", Some(0.830), Some(0.880)),
        ],
    ));
    let mut raw = bench.scorer("score_english.py");
    raw.arg("--raw")
        .args(bench.gum("news")?)
        .args(bench.gum("interview")?);
    all.extend(figures(
        &scores(&mut raw)?,
        &[
            (
                "token_f1",
                "tokens, raw text, GUM dev news and interview: F1",
                Some(0.990),
                Some(0.995),
            ),
            (
                "sentence_f1",
                "sentences, the same: F1",
                Some(0.920),
                Some(0.970),
            ),
        ],
    ));
    Ok(all)
}

/// Builds a store from the five source articles, and gives it.
fn source_store(bench: &Bench) -> Result<PathBuf> {
    let store = bench.scratch.join("store");
    if store.exists() {
        std::fs::remove_dir_all(&store)?;
    }
    let mut build = Command::new(&bench.newsloom);
    build
        .arg("build")
        .args(source_articles(bench)?)
        .arg("--store")
        .arg(&store);
    build.output_ok()?;
    Ok(store)
}

fn source_articles(bench: &Bench) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(bench.shared.join("seeds"))? {
        files.push(entry?.path());
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    Ok(files)
}

fn news(bench: &Bench) -> Result<Vec<Figure>> {
    let store = source_store(bench)?;
    let mut command = bench.scorer("score_news.py");
    command.arg(bench.shared.join("seeds/gold.json")).arg(store);
    let scores = scores(&mut command)?;
    let wanted = [
        ("entities_recall", 0.75, 1.0),
        ("entities_precision", 0.90, 1.0),
        ("entities_b3_f1", 0.93, 1.0),
        ("roles_precision", 0.95, 1.0),
        ("roles_recall", 0.90, 1.0),
        ("roles_status", 1.0, 1.0),
        ("events_recall_core", 0.85, 1.0),
        ("events_recall_secondary", 0.60, 0.9),
        ("events_precision_floor", 0.80, 0.95),
        ("events_place_recall", 0.90, 1.0),
        ("events_date_recall", 0.80, 1.0),
        ("events_modality", 0.92, 1.0),
        ("events_participants_recall", 0.60, 0.9),
        ("events_merged_across_documents", 0.80, 1.0),
        ("facts_with_evidence", 1.0, 1.0),
    ];
    let mut all = Vec::new();
    for (key, value) in scores.as_object().into_iter().flatten() {
        let Some(now) = value.as_f64() else { continue };
        let demand = wanted.iter().find(|(name, ..)| name == key);
        all.push(Figure {
            what: key.replace('_', " "),
            now,
            must: demand.map(|(_, must, _)| *must),
            reach: demand.map(|(.., reach)| *reach),
            digits: if value.is_f64() { 3 } else { 0 },
        });
    }
    Ok(all)
}

/// Each fold as a model of the other folds reads it: the embedded model has seen all of them.
fn knowledgenet(bench: &Bench) -> Result<Vec<Figure>> {
    let mut all = Vec::new();
    let folds = bench.scratch.join("folds");
    std::fs::create_dir_all(&folds)?;
    let mut trainer = cargo(&[
        "run",
        "--release",
        "--package",
        "trainer",
        "--",
        "relations",
    ]);
    trainer.arg("--corpora").arg(bench.corpora(""));
    trainer.arg("--out").arg(folds.join("relations.bin"));
    trainer.arg("--folds").arg(&folds);
    trainer.output_ok()?;
    for fold in 1..=3 {
        let mut command = bench.scorer("score_knowledgenet.py");
        command.arg(bench.corpora(&format!("train/knowledgenet/fold{fold}.json")));
        command
            .arg("--predictions")
            .arg(folds.join(format!("fold{fold}.jsonl")));
        let scores = scores(&mut command)?;
        for (key, must, reach) in [
            ("f1", Some(0.52), Some(0.75)),
            ("precision", Some(0.75), Some(0.85)),
            ("recall", None, None),
        ] {
            all.push(Figure {
                what: format!("fold {fold}, by a model of the other two: {key}"),
                now: scores[key].as_f64().unwrap_or_default(),
                must,
                reach,
                digits: 3,
            });
        }
    }
    Ok(all)
}

/// Of held-out candidates in each band of probability, the share that is related: the table that the training wrote.
fn reliability(bench: &Bench) -> Result<Vec<Figure>> {
    let card = std::fs::read_to_string(bench.scratch.join("folds/README.md"))?;
    let (_, table) = card
        .split_once("\nReliability:")
        .context("the card of the relation model has no reliability table")?;
    let rows = table.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [band, candidates, mean, related] = cells[..] else {
            return None;
        };
        Some(Figure {
            what: format!("given {band} (mean {mean}, {candidates} candidates): share related"),
            now: related.parse().ok()?,
            must: None,
            reach: None,
            digits: 2,
        })
    });
    Ok(rows.collect())
}

fn pairs(bench: &Bench) -> Result<Vec<Figure>> {
    let file = bench.corpora("dev/redocred/dev_revised.json");
    let counts = redocred::measure(&bench.newsloom, &bench.scratch, &file)?;
    let mut all = Tally::default();
    for own in counts.values() {
        all.right += own.right;
        all.said += own.said;
        all.found += own.found;
        all.there += own.there;
    }
    let mut out = Vec::new();
    for (relation, tally) in std::iter::once(("all", all)).chain(counts) {
        let Tally { said, there, .. } = tally;
        for (what, now) in [
            (
                format!("{relation}: precision of {said}"),
                tally.precision(),
            ),
            (format!("{relation}: recall of {there}"), tally.recall()),
        ] {
            out.push(Figure {
                what,
                now,
                must: None,
                reach: None,
                digits: 3,
            });
        }
    }
    Ok(out)
}

/// The middle one of five runs, in milliseconds.
fn milliseconds(mut command: impl FnMut() -> Result<Command>) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..5 {
        let mut command = command()?;
        command.stdin(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        command.output()?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[2])
}

fn speed(bench: &Bench) -> Result<Vec<Figure>> {
    let start = |argument: &str| {
        let mut command = Command::new(&bench.newsloom);
        command.arg(argument);
        command
    };
    let articles = source_articles(bench)?;
    let store = bench.scratch.join("timed");
    let help = milliseconds(|| Ok(start("--help")))?;
    let build = milliseconds(|| {
        if store.exists() {
            std::fs::remove_dir_all(&store)?;
        }
        let mut command = start("build");
        command.args(&articles).arg("--store").arg(&store);
        Ok(command)
    })?;
    let text = running_text(bench)?;
    let words = text.split_whitespace().count() as f64;
    let file = bench.scratch.join("running.txt");
    std::fs::write(&file, &text)?;
    let one_core = |command: &str| {
        let mut command = start(command);
        command.arg(&file).env("RAYON_NUM_THREADS", "1");
        command
    };
    let parse = milliseconds(|| Ok(one_core("parse")))?;
    let extract = milliseconds(|| Ok(one_core("extract")))?;
    let figure = |what: &str, now, must, reach| Figure {
        what: what.to_owned(),
        now,
        must,
        reach,
        digits: 0,
    };
    Ok(vec![
        figure("`newsloom --help`, ms", help, Some(50.0), None),
        figure(
            "building the five source articles, ms",
            build,
            Some(1000.0),
            None,
        ),
        figure(
            "`newsloom parse`, one core, words/s, start included",
            words * 1000.0 / parse,
            Some(150_000.0),
            Some(400_000.0),
        ),
        figure(
            "`newsloom extract`, one core, words/s, start included",
            words * 1000.0 / extract,
            Some(100_000.0),
            Some(250_000.0),
        ),
        figure(
            "models, KiB",
            folder_size(&root().join("models"))? / 1024.0,
            Some(24.0 * 1024.0),
            Some(10.0 * 1024.0),
        ),
        figure(
            "the program, KiB",
            std::fs::metadata(&bench.newsloom)?.len() as f64 / 1024.0,
            None,
            None,
        ),
    ])
}

/// Sentences of treebanks as one long text, paragraph after paragraph, about 200,000 words. None comes twice: what the
/// reader keeps of words that it has seen would make repeated text look faster than running text is.
fn running_text(bench: &Bench) -> Result<String> {
    let mut text = String::new();
    let mut files = bench.gum("")?;
    files.push(bench.corpora("dev/ewt/en_ewt-ud-dev.conllu"));
    files.push(bench.corpora("train/ewt/en_ewt-ud-train.conllu"));
    for file in files {
        for line in std::fs::read_to_string(file)?.lines() {
            if line.starts_with("# newpar") || line.starts_with("# newdoc") {
                text.push_str("\n\n");
            } else if let Some(sentence) = line.strip_prefix("# text = ") {
                text.push_str(sentence);
                text.push(' ');
            }
        }
    }
    Ok(text)
}

fn folder_size(folder: &Path) -> Result<f64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes as f64)
}
