//! The sessions in our pages are real: every `$ newsloom …` in a `console` block is run, and what follows it compared; so
//! are `python3` and `dot`, where they are installed.
//!
//! A `…` stands for any text within a line, and alone on a line for any lines. `cargo xtask bless` writes anew what
//! differs, at most so many lines of it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::newsroom::{Newsroom, finish, root};
use crate::tools::{program, python, skipped};

/// Lines of output that `bless` keeps before it writes `…`.
const SHOWN: usize = 14;

/// A command of a page and the output that the page shows for it.
struct Session {
    command: String,
    shown: Vec<String>,
    /// The lines of the page that `shown` takes up.
    lines: std::ops::Range<usize>,
}

fn sessions(page: &str) -> Vec<Session> {
    let lines: Vec<&str> = page.lines().collect();
    let mut sessions: Vec<Session> = Vec::new();
    let mut inside = false;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ ")) {
            let mut command = command.to_owned();
            // A command goes on after a backslash, and while a quotation is open.
            while at < lines.len() && (command.ends_with('\\') || is_open(&command)) {
                if command.ends_with('\\') {
                    command.pop();
                }
                command.push('\n');
                command.push_str(lines[at]);
                at += 1;
            }
            sessions.push(Session {
                command,
                shown: Vec::new(),
                lines: at..at,
            });
        } else if let (true, Some(session)) = (inside, sessions.last_mut()) {
            session.shown.push(line.to_owned());
            session.lines.end = at;
        }
    }
    sessions
}

/// Whether a quotation is open at the end of a command.
fn is_open(command: &str) -> bool {
    let mut quote = None;
    for c in command.chars().filter(|c| matches!(c, '\'' | '"')) {
        match quote {
            Some(mark) if c == mark => quote = None,
            None => quote = Some(c),
            Some(_) => {}
        }
    }
    quote.is_some()
}

/// Splits a command into words as a shell does, with both kinds of quotation marks.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match quote {
            Some(mark) if c == mark => quote = None,
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn line_matches(shown: &str, real: &str) -> bool {
    let mut parts = shown.trim_end().split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = real.trim_end().strip_prefix(first) else {
        return false;
    };
    let parts: Vec<_> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some(found) = rest.find(part) else {
            return false;
        };
        rest = &rest[found + part.len()..];
    }
    rest.ends_with(last)
}

fn matches(shown: &[String], real: &[&str]) -> bool {
    match shown.split_first() {
        None => real.is_empty(),
        Some((first, rest)) if first.trim() == "…" => {
            (0..=real.len()).any(|skipped| matches(rest, &real[skipped..]))
        }
        Some((first, rest)) => real
            .split_first()
            .is_some_and(|(line, others)| line_matches(first, line) && matches(rest, others)),
    }
}

/// A newsroom in which the paths of a page lead where they lead in the checkout.
#[cfg(unix)]
fn checkout() -> Newsroom {
    let room = Newsroom::open();
    for folder in ["seeds", "ontology", "docs"] {
        std::os::unix::fs::symlink(root().join(folder), room.path(folder)).unwrap();
    }
    room
}

/// The program, or another that a session goes on with, when it is installed.
#[cfg(unix)]
fn tool(room: &Newsroom, word: &str) -> Option<Command> {
    let file = match Path::new(word).file_stem()?.to_str()? {
        "newsloom" => return Some(room.command::<&str>([])),
        "python3" => python(),
        "dot" => program("dot"),
        _ => return None,
    };
    if file.is_none() {
        skipped(word, true);
    }
    let mut command = Command::new(file?);
    command.current_dir(room.path(""));
    Some(command)
}

#[cfg(unix)]
fn check(page: &str) {
    let path = root().join(page);
    let text = fs::read_to_string(&path).unwrap();
    let room = checkout();
    let mut wrong = Vec::new();
    let mut replaced = Vec::new();
    for session in sessions(&text) {
        let mut words = words(&session.command).into_iter();
        let Some(mut command) = words.next().and_then(|word| tool(&room, &word)) else {
            continue;
        };
        command.args(words);
        let outcome = finish(command);
        // What a terminal shows: a failure speaks on stderr only.
        let printed = if outcome.code == Some(0) {
            outcome.stdout
        } else {
            outcome.stdout + &outcome.stderr
        };
        let real: Vec<&str> = printed.trim_end().lines().collect();
        let shown: &[String] = &session.shown;
        let end = shown
            .iter()
            .rposition(|line| !line.trim().is_empty())
            .map_or(0, |last| last + 1);
        if !matches(&shown[..end], &real) {
            wrong.push(format!("$ {}\n{printed}", session.command));
            let mut lines: Vec<String> = real
                .iter()
                .take(SHOWN)
                .map(|line| line.trim_end().to_owned())
                .collect();
            if real.len() > SHOWN {
                lines.push("…".to_owned());
            }
            lines.extend(shown[end..].iter().cloned());
            replaced.push((session.lines, lines));
        }
    }
    if std::env::var_os("NEWSLOOM_BLESS").is_some() {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (range, with) in replaced.into_iter().rev() {
            lines.splice(range, with);
        }
        fs::write(path, lines.join("\n") + "\n").unwrap();
    } else {
        assert!(
            wrong.is_empty(),
            "{page} shows other output than this:\n\n{}",
            wrong.join("\n\n")
        );
    }
}

#[cfg(unix)]
#[test]
fn the_readme_shows_real_sessions() {
    check("README.md");
}

#[cfg(unix)]
#[test]
fn the_tour_shows_real_sessions() {
    check("docs/tour.md");
}

#[test]
fn files_that_the_readme_quotes_are_as_quoted() {
    let page = fs::read_to_string(root().join("README.md")).unwrap();
    let example = fs::read_to_string(root().join("docs/examples/ontology/Baptism.ttl")).unwrap();
    assert!(
        page.contains(&example),
        "README.md quotes another docs/examples/ontology/Baptism.ttl"
    );
}

#[test]
fn links_of_our_pages_lead_somewhere() {
    let mut pages = vec![
        "README.md".to_owned(),
        "ARCHITECTURE.md".to_owned(),
        "CHANGELOG.md".to_owned(),
    ];
    for folder in ["docs", "docs/adr"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            if Path::new(&name)
                .extension()
                .is_some_and(|extension| extension == "md")
            {
                pages.push(format!("{folder}/{name}"));
            }
        }
    }
    let link = regex::Regex::new(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)").unwrap();
    let mut dead = Vec::new();
    for page in pages {
        let path = root().join(&page);
        let text = fs::read_to_string(&path).unwrap_or_default();
        for found in link.captures_iter(&text) {
            if !path.with_file_name(&found[1]).exists() {
                dead.push(format!("{page}: {}", &found[1]));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn sessions_are_read_and_compared_as_described() {
    let page = "text\n```console\n$ newsloom query \\\n    -q 'SELECT\n?x'\na …\n…\nz\n\n$ ls\n```\n$ not this\n";
    let found = sessions(page);
    assert_eq!(found.len(), 2);
    assert_eq!(
        words(&found[0].command),
        ["newsloom", "query", "-q", "SELECT\n?x"]
    );
    assert_eq!(found[0].shown, ["a …", "…", "z", ""]);
    assert!(matches(&found[0].shown[..3], &["a b c", "d", "e", "z"]));
    assert!(!matches(&found[0].shown[..3], &["b", "z"]));
    assert!(line_matches(
        "built in … ms (… facts)",
        "built in 12.5 ms (7 facts)"
    ));
    assert!(!line_matches("built", "built it"));
}
