//! Runs programs and measures them from outside: seconds, and the most memory that they had.

use crate::articles;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a run cost, and how many lines it printed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    pub(crate) seconds: f64,
    pub(crate) mib: f64,
    pub(crate) lines: usize,
}

/// Most memory that a process has had, in MiB; nothing where the system does not say.
pub(crate) fn most_memory(process: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// Runs a command to its good end, its output in a file.
fn measure(command: &mut Command, output: &Path) -> Measured {
    let file = File::create(output).unwrap();
    command.stdin(Stdio::null()).stdout(file);
    let start = Instant::now();
    let mut child = command
        .spawn()
        .unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let mut mib: f64 = 0.0;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        mib = mib.max(most_memory(&child.id().to_string()).unwrap_or_default());
        thread::sleep(Duration::from_millis(2));
    };
    let seconds = start.elapsed().as_secs_f64();
    assert!(status.success(), "{status}: {command:?}");
    Measured {
        seconds,
        mib,
        lines: 0,
    }
}

/// A folder with a store of made-up news.
pub(crate) struct Room {
    folder: PathBuf,
    /// Goes away with the room, unless the user named a folder.
    _own: Option<tempfile::TempDir>,
}

impl Room {
    /// Makes up so many articles and builds the store, or takes it as an earlier run left it.
    pub(crate) fn new(count: usize) -> Self {
        let named = std::env::var_os("NEWSLOOM_MILLION_DIR").map(PathBuf::from);
        let own = named.is_none().then(|| tempfile::tempdir().unwrap());
        let folder = named.unwrap_or_else(|| own.as_ref().unwrap().path().to_owned());
        let room = Self {
            folder: folder.join(count.to_string()),
            _own: own,
        };
        if room.path("store/CURRENT").exists() {
            return room;
        }
        fs::create_dir_all(&room.folder).unwrap();
        let file = room.path("articles.jsonl");
        fs::write(
            &file,
            articles::write(Path::new(env!("CARGO_MANIFEST_DIR")), count),
        )
        .unwrap();
        let mut command = Self::newsloom();
        command.args(["build", "--input-format", "jsonl", "--json"]);
        command.arg(file).arg("--store").arg(room.path("store"));
        let built = measure(&mut command, &room.path("build.json"));
        eprintln!("built in {:.1} s, {:.0} MiB", built.seconds, built.mib);
        room
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn newsloom() -> Command {
        Command::new(env!("CARGO_BIN_EXE_newsloom"))
    }

    /// The store in a format, in a file of that name.
    pub(crate) fn export(&self, format: &str, name: &str) -> (PathBuf, Measured) {
        let file = self.path(name);
        let mut command = Self::newsloom();
        command
            .args(["export", "--format", format, "--store"])
            .arg(self.path("store"));
        let measured = measure(&mut command, &file);
        (file, measured)
    }

    /// Loads a file of N-Quads into a new store, in a process of its own.
    pub(crate) fn load(&self, file: &Path) -> Measured {
        let store = self.path("loaded");
        if store.exists() {
            fs::remove_dir_all(&store).unwrap();
        }
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "load_alone", "--ignored"])
            .env("NEWSLOOM_LOAD", file)
            .env("NEWSLOOM_LOAD_INTO", &store);
        let measured = measure(&mut command, &self.path("load.log"));
        assert!(store.join("CURRENT").exists(), "nothing was loaded");
        measured
    }

    /// Asks a question: its name, then its parameters.
    pub(crate) fn ask(&self, arguments: &[String]) -> Measured {
        let mut command = Self::newsloom();
        command.arg("ask").args(arguments);
        command
            .args(["--format", "csv", "--store"])
            .arg(self.path("store"));
        let file = self.path("answer.csv");
        let measured = measure(&mut command, &file);
        Measured {
            lines: fs::read_to_string(file).unwrap().lines().count() - 1,
            ..measured
        }
    }

    /// The first cell of the first row of an answer.
    fn first(&self, question: &str) -> String {
        self.ask(&[question.to_owned()]);
        let answer = fs::read_to_string(self.path("answer.csv")).unwrap();
        let row = answer.lines().nth(1).unwrap_or_default();
        row.split(',').next().unwrap_or_default().to_owned()
    }

    /// Every built-in question, bare where it may be, and with its parameters set to what the store has most of.
    pub(crate) fn questions(&self) -> Vec<Vec<String>> {
        let person = self.first("central-people");
        let body = self.first("central-organisations");
        let mut all = Vec::new();
        for question in newsloom::query::Question::all() {
            let mut arguments = vec![question.name.clone()];
            if question.parameters.iter().all(|p| p.optional) {
                all.push(arguments.clone());
            }
            for parameter in &question.parameters {
                let value = match parameter.name.as_str() {
                    "person" | "name" | "speaker" => person.as_str(),
                    "organisation" => &body,
                    "place" => "Germany",
                    "role" => "chief executive",
                    "unit" => "people",
                    "from" => "2018-01-01",
                    "to" | "on" => "2018-12-31",
                    "least" => "2",
                    other => panic!("no sample of --{other}"),
                };
                arguments.extend([format!("--{}", parameter.name), value.to_owned()]);
            }
            if !question.parameters.is_empty() {
                all.push(arguments);
            }
        }
        all
    }
}

/// Oxigraph's command-line tool.
pub(crate) struct Tool(PathBuf);

/// The tool that `OXIGRAPH` names, else the one on the path, if it starts.
pub(crate) fn oxigraph() -> Option<Tool> {
    let tool = std::env::var_os("OXIGRAPH").map_or_else(|| "oxigraph".into(), PathBuf::from);
    let version = Command::new(&tool).arg("--version").output().ok()?;
    version.status.success().then_some(Tool(tool))
}

impl Tool {
    /// Loads a file into a new store.
    pub(crate) fn load(&self, file: &Path, store: &Path) -> Measured {
        if store.exists() {
            fs::remove_dir_all(store).unwrap();
        }
        let mut command = Command::new(&self.0);
        command
            .arg("load")
            .arg("--location")
            .arg(store)
            .arg("--file")
            .arg(file);
        measure(command.stderr(Stdio::null()), &store.with_extension("log"))
    }

    /// Writes a store to a file, or the default graph alone.
    pub(crate) fn dump(&self, store: &Path, file: &Path, one_graph: bool) -> Measured {
        let mut command = Command::new(&self.0);
        command
            .arg("dump")
            .arg("--location")
            .arg(store)
            .arg("--file")
            .arg(file);
        if one_graph {
            command.args(["--graph", "default"]);
        }
        measure(command.stderr(Stdio::null()), &store.with_extension("log"))
    }
}
