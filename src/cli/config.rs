//! What the program needs: the arguments with every question settled.

use super::Usage;
use super::args::{self, AnswerFormat, Args, Command, Evidence, ParseFormat, Schema, ShowFormat};
use crate::export::{self, Format};
use crate::graph::Iris;
use crate::source::{Input, InputFormat};
use anyhow::Context;
use encoding_rs::Encoding;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(super) enum Config {
    Build(Build),
    Query(Query),
    Ask(Ask),
    Export(Export),
    Show(Show),
    Why(Why),
    Review(Review),
    Diff(Diff),
    Extract(Extract),
    Parse(Parse),
    Check(Check),
    CheckSchema(CheckSchema),
    SchemaDocs(CheckSchema),
    Eval(Eval),
}

pub(super) struct Articles {
    pub(super) inputs: Vec<Input>,
    pub(super) format: InputFormat,
    pub(super) encoding: Option<&'static Encoding>,
}

pub(super) struct Build {
    pub(super) articles: Articles,
    pub(super) store: PathBuf,
    pub(super) ontology: Option<PathBuf>,
    pub(super) review: PathBuf,
    pub(super) add: bool,
    /// Sources to leave out of what the store holds.
    pub(super) remove: Vec<String>,
    /// Whether to take what was read before, and keep what is read.
    pub(super) cache: bool,
    pub(super) iris: Iris,
    pub(super) min_confidence: f32,
    pub(super) json: bool,
}

pub(super) struct Extract {
    pub(super) articles: Articles,
    pub(super) ontology: Option<PathBuf>,
    pub(super) min_confidence: f32,
}

pub(super) struct Parse {
    pub(super) input: Input,
    pub(super) conllu: bool,
}

pub(super) struct AnswerForm {
    /// As asked for; what fits the answer when `None`.
    pub(super) format: Option<AnswerFormat>,
    pub(super) labels: bool,
    pub(super) limit: usize,
    pub(super) timeout: Option<Duration>,
    pub(super) explain: bool,
}

pub(super) struct Query {
    pub(super) text: String,
    pub(super) store: PathBuf,
    pub(super) answer: AnswerForm,
}

pub(super) struct Ask {
    pub(super) name: Option<String>,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) print: bool,
    pub(super) store: PathBuf,
    pub(super) answer: AnswerForm,
}

pub(super) struct Export {
    pub(super) format: Format,
    pub(super) output: Option<PathBuf>,
    pub(super) store: PathBuf,
    pub(super) focus: Option<String>,
    pub(super) depth: usize,
    pub(super) most: Option<usize>,
    pub(super) evidence: export::Evidence,
    pub(super) select: export::Selection,
    pub(super) construct: Option<String>,
    pub(super) layout: export::Layout,
}

pub(super) struct Show {
    pub(super) name: String,
    pub(super) store: PathBuf,
    pub(super) format: ShowFormat,
}

/// The documents a question about identity is put to.
pub(super) struct Subject {
    pub(super) store: PathBuf,
    /// Instead of those of the store.
    pub(super) articles: Option<Articles>,
    pub(super) review: PathBuf,
    pub(super) ontology: Option<PathBuf>,
}

pub(super) struct Why {
    pub(super) a: String,
    pub(super) b: Option<String>,
    pub(super) subject: Subject,
    pub(super) json: bool,
}

pub(super) struct Review {
    pub(super) subject: Subject,
    pub(super) same: Vec<usize>,
    pub(super) different: Vec<usize>,
    pub(super) json: bool,
}

pub(super) struct Diff {
    pub(super) old: PathBuf,
    pub(super) new: PathBuf,
    pub(super) format: args::DiffFormat,
    pub(super) json: bool,
}

pub(super) struct Check {
    pub(super) graph: PathBuf,
    pub(super) shapes: Option<PathBuf>,
    pub(super) json: bool,
}

pub(super) struct CheckSchema {
    pub(super) ontology: Option<PathBuf>,
}

pub(super) struct Eval {
    pub(super) gold: PathBuf,
    pub(super) store: PathBuf,
    pub(super) json: bool,
    pub(super) list: bool,
}

impl Config {
    /// Settles the arguments, reading no more than a query given as a file.
    pub(super) fn settle(args: Args) -> anyhow::Result<Self> {
        Ok(match args.command {
            Command::Build(a) => {
                threads(a.knowledge.jobs)?;
                if a.inputs.paths.is_empty() && a.remove.is_empty() {
                    return Err(usage(
                        "no articles given; name files or folders, or - for standard input",
                    ));
                }
                Self::Build(Build {
                    articles: articles(a.inputs)?,
                    review: review(a.review, &a.store.store)?,
                    store: a.store.store,
                    ontology: a.knowledge.ontology,
                    add: a.add || !a.remove.is_empty(),
                    remove: a.remove,
                    cache: !a.no_cache,
                    iris: match a.base {
                        Some(base) => Iris::new(&base).map_err(|e| usage(e.to_string()))?,
                        None => Iris::default(),
                    },
                    min_confidence: a.dial.min_confidence,
                    json: a.json,
                })
            }
            Command::Extract(mut a) => {
                threads(a.knowledge.jobs)?;
                if a.inputs.paths.is_empty() {
                    if std::io::stdin().is_terminal() {
                        return Err(usage(
                            "no articles given; name files or folders, or - for standard input",
                        ));
                    }
                    a.inputs.paths.push("-".into());
                }
                Self::Extract(Extract {
                    articles: articles(a.inputs)?,
                    ontology: a.knowledge.ontology,
                    min_confidence: a.dial.min_confidence,
                })
            }
            Command::Parse(a) => Self::Parse(Parse {
                input: Input::parse(&a.path),
                conllu: a.input_format == ParseFormat::Conllu,
            }),
            Command::Query(a) => Self::Query(Query {
                text: match (a.query, a.file) {
                    (Some(text), _) => text,
                    (None, Some(path)) => text_of(&path)?,
                    (None, None) => return Err(usage("give a query with -q, or a file with one")),
                },
                store: a.store.store,
                answer: answer(&a.answer)?,
            }),
            Command::Ask(a) => {
                let ask = ask(a)?;
                Self::Ask(ask)
            }
            Command::Export(a) => {
                let format = format_of(a.format.as_deref(), a.output.as_deref())?;
                let least = a.min_confidence.unwrap_or(0.0);
                if !(0.0..=1.0).contains(&least) {
                    return Err(usage(format!(
                        "--min-confidence {least}: give a share between 0 and 1"
                    )));
                }
                Self::Export(Export {
                    format,
                    store: a.store.store,
                    focus: a.focus,
                    depth: a.depth,
                    most: a.max_nodes,
                    evidence: match a.evidence {
                        Some(Evidence::None) => export::Evidence::None,
                        Some(Evidence::Spans) => export::Evidence::Spans,
                        Some(Evidence::Full) => export::Evidence::Full,
                        None => format.usual_evidence(),
                    },
                    output: a.output,
                    select: export::Selection {
                        types: a.types,
                        since: a.since.map(|d| day("--since", &d, false)).transpose()?,
                        until: a.until.map(|d| day("--until", &d, true)).transpose()?,
                        min_confidence: a.min_confidence,
                        min_sources: a.min_sources,
                    },
                    construct: a.construct.as_deref().map(text_of).transpose()?,
                    layout: match a.layout {
                        args::PictureLayout::Ties => export::Layout::Ties,
                        args::PictureLayout::Time => export::Layout::Time,
                        args::PictureLayout::Groups => export::Layout::Groups,
                    },
                })
            }
            Command::Show(a) => Self::Show(Show {
                name: a.name,
                store: a.store.store,
                format: a.format,
            }),
            Command::Why(a) => Self::Why(Why {
                a: a.a,
                b: a.b,
                subject: subject(a.subject)?,
                json: a.json,
            }),
            Command::Review(a) => Self::Review(Review {
                subject: subject(a.subject)?,
                same: a.same,
                different: a.different,
                json: a.json,
            }),
            Command::Diff(a) => Self::Diff(Diff {
                old: a.old,
                new: a.new,
                format: a.format,
                json: a.json,
            }),
            Command::Check(a) => Self::Check(Check {
                graph: a.graph,
                shapes: a.shapes,
                json: a.json,
            }),
            Command::Schema(Schema::Check(a)) => Self::CheckSchema(CheckSchema {
                ontology: a.ontology,
            }),
            Command::Schema(Schema::Docs(a)) => Self::SchemaDocs(CheckSchema {
                ontology: a.ontology,
            }),
            Command::Eval(a) => Self::Eval(Eval {
                gold: a.gold,
                store: a.store.store,
                json: a.json,
                list: a.list,
            }),
        })
    }
}

/// A day, or the first or last day of a month or year.
fn day(option: &str, given: &str, last: bool) -> anyhow::Result<String> {
    let numbers: Vec<&str> = given.split('-').collect();
    let whole = match numbers.as_slice() {
        [year] => format!("{year}-{}", if last { "12-31" } else { "01-01" }),
        [year, month] => format!("{year}-{month}-01"),
        _ => given.to_owned(),
    };
    let date: jiff::civil::Date = whole.parse().map_err(|_| {
        usage(format!(
            "{option} {given}: give a day, month or year such as 2024-05-31, 2024-05 or 2024"
        ))
    })?;
    Ok(if last && numbers.len() == 2 {
        date.last_of_month().to_string()
    } else {
        date.to_string()
    })
}

fn usage(message: impl Into<String>) -> anyhow::Error {
    Usage(message.into()).into()
}

fn threads(jobs: Option<usize>) -> anyhow::Result<()> {
    match jobs {
        None => Ok(()),
        Some(0) => Err(usage("--jobs 0: at least one thread is needed")),
        Some(jobs) => rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build_global()
            .context("the threads could not be started"),
    }
}

fn articles(inputs: args::Inputs) -> anyhow::Result<Articles> {
    let encoding = match inputs.encoding {
        None => None,
        Some(label) => {
            let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                usage(format!(
                    "--encoding {label}: no such encoding; try utf-8, windows-1252, iso-8859-15, utf-16le or macintosh"
                ))
            })?;
            Some(encoding)
        }
    };
    Ok(Articles {
        inputs: inputs.paths.iter().map(|p| Input::parse(p)).collect(),
        format: match inputs.input_format {
            args::InputFormat::Auto => InputFormat::Auto,
            args::InputFormat::Text => InputFormat::Text,
            args::InputFormat::Jsonl => InputFormat::Jsonl,
        },
        encoding,
    })
}

/// The file of decisions: as named, when it is there; else the one beside the store, which need not be.
fn review(named: Option<PathBuf>, store: &Path) -> anyhow::Result<PathBuf> {
    match named {
        Some(file) if file.exists() => Ok(file),
        Some(file) => Err(usage(format!("--review {}: no such file", file.display()))),
        None => Ok(store.join("review.ttl")),
    }
}

fn subject(subject: args::Subject) -> anyhow::Result<Subject> {
    threads(subject.knowledge.jobs)?;
    Ok(Subject {
        review: review(subject.review, &subject.store.store)?,
        store: subject.store.store,
        articles: if subject.articles.is_empty() {
            None
        } else {
            Some(articles(args::Inputs {
                paths: subject.articles,
                input_format: args::InputFormat::Auto,
                encoding: None,
            })?)
        },
        ontology: subject.knowledge.ontology,
    })
}

fn answer(form: &args::AnswerForm) -> anyhow::Result<AnswerForm> {
    Ok(AnswerForm {
        format: form.format,
        labels: form.labels,
        limit: form.limit.unwrap_or(usize::MAX),
        explain: form.explain,
        timeout: match form.timeout {
            None => None,
            Some(seconds) => Some(
                Duration::try_from_secs_f64(seconds)
                    .map_err(|_| usage(format!("--timeout {seconds}: give a number of seconds")))?,
            ),
        },
    })
}

/// The parameters of a question come as options that only the question knows; options of `ask` itself may stand among
/// them.
fn ask(a: args::Ask) -> anyhow::Result<Ask> {
    let mut parameters = Vec::new();
    let mut own = vec!["ask".to_owned()];
    let mut words = a.parameters.into_iter().peekable();
    while let Some(word) = words.next() {
        let Some(name) = word.strip_prefix("--") else {
            return Err(usage(format!(
                "{word}: parameters of a question are given as --NAME VALUE"
            )));
        };
        let (name, inline) = match name.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (name.to_owned(), None),
        };
        match name.as_str() {
            "labels" | "print" | "explain" => own.push(word),
            "store" | "format" | "limit" | "timeout" => {
                own.push(word);
                if inline.is_none() {
                    own.extend(words.next());
                }
            }
            _ => {
                let value = inline
                    .or_else(|| words.next())
                    .ok_or_else(|| usage(format!("--{name} needs a value")))?;
                parameters.push((name, value));
            }
        }
    }
    let late = late_options(&own)?;
    let mut form = a.answer;
    form.labels |= late.answer.labels;
    form.explain |= late.answer.explain;
    form.format = late.answer.format.or(form.format);
    form.limit = late.answer.limit.or(form.limit);
    form.timeout = late.answer.timeout.or(form.timeout);
    Ok(Ask {
        name: a.name,
        parameters,
        print: a.print || late.print,
        store: if own.iter().any(|w| w.starts_with("--store")) {
            late.store.store
        } else {
            a.store.store
        },
        answer: answer(&form)?,
    })
}

/// Reads options of `ask` that stood among parameters.
fn late_options(own: &[String]) -> anyhow::Result<args::Ask> {
    use clap::{Args as _, FromArgMatches};
    let command = args::Ask::augment_args(clap::Command::new("ask").no_binary_name(false));
    let matches = command
        .try_get_matches_from(own)
        .map_err(|error| usage(error.to_string()))?;
    args::Ask::from_arg_matches(&matches).map_err(|error| usage(error.to_string()))
}

fn text_of(path: &Path) -> anyhow::Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("standard input")?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(|error| {
        usage(format!(
            "{}: {error}; give a file with a query, or the query itself with -q",
            path.display()
        ))
    })
}

fn format_of(given: Option<&str>, output: Option<&Path>) -> anyhow::Result<Format> {
    let ending = output
        .and_then(Path::extension)
        .map(|e| e.to_string_lossy().into_owned());
    let word = given
        .map(str::to_owned)
        .or(ending)
        .unwrap_or_else(|| "turtle".to_owned());
    Format::named(&word).ok_or_else(|| {
        usage(format!(
            "no format {word}; there are {}",
            Format::names().join(", ")
        ))
    })
}
