//! Walks paths in a fixed order and yields articles one by one, so that memory does not grow with their number.

use super::{RawArticle, Skipped, decode::decode, record};
use encoding_rs::Encoding;
use std::{
    collections::VecDeque,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

/// Largest file that is read as one article, in bytes.
const LARGEST_FILE: u64 = 1 << 28;

/// How the inputs are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputFormat {
    /// JSONL for names that end in `.jsonl` or `.ndjson`, text for all others.
    #[default]
    Auto,
    /// One article a file.
    Text,
    /// One article a line: `{"id", "text", "title"?, "published"?, "publisher"?}`.
    Jsonl,
}

/// One place to read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file or a folder, which is read to its depth.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

impl Input {
    /// `-` is standard input, all else a path.
    pub fn parse(argument: &Path) -> Self {
        if argument == Path::new("-") {
            Self::Stdin
        } else {
            Self::Path(argument.to_owned())
        }
    }
}

/// The articles of some inputs: paths as given, files of a folder by name, records by line.
pub struct Articles {
    pending: VecDeque<Input>,
    lines: Option<Lines>,
    format: InputFormat,
    encoding: Option<&'static Encoding>,
}

impl Articles {
    /// The articles of `inputs`; `encoding` is UTF-8 when `None`.
    pub fn new(
        inputs: impl IntoIterator<Item = Input>,
        format: InputFormat,
        encoding: Option<&'static Encoding>,
    ) -> Self {
        Self {
            pending: inputs.into_iter().collect(),
            lines: None,
            format,
            encoding,
        }
    }

    /// Puts the entries of a folder in front of what is pending, in order of name; names that start with a dot are passed over.
    fn enter(&mut self, folder: &Path) -> Result<(), Skipped> {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut paths: Vec<PathBuf> = entries
            .map_err(|error| unreadable(folder, &error))?
            .into_iter()
            .map(|entry| entry.path())
            .filter(|path| {
                !path
                    .file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with('.'))
            })
            .filter(|path| !(path.is_symlink() && path.is_dir()))
            .collect();
        paths.sort();
        for path in paths.into_iter().rev() {
            self.pending.push_front(Input::Path(path));
        }
        Ok(())
    }

    /// Opens a file: an article, or the lines that hold some.
    fn open(&mut self, path: &Path) -> Result<Option<RawArticle>, Skipped> {
        let name = path.to_string_lossy().into_owned();
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let about = file.metadata().map_err(|error| unreadable(path, &error))?;
        let by_line = match self.format {
            InputFormat::Auto => path.extension().is_some_and(|e| {
                e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson")
            }),
            InputFormat::Text => false,
            InputFormat::Jsonl => true,
        };
        if by_line {
            self.lines = Some(Lines::new(name, Box::new(BufReader::new(file))));
            return Ok(None);
        }
        if about.len() > LARGEST_FILE {
            return Err(Skipped::new(
                name,
                format!("a file of {:.0} MB is no article", about.len() as f64 / 1e6),
                "cut it into articles, or give them as JSONL, one a line",
            ));
        }
        self.whole(name, file).map(Some)
    }

    fn whole(&self, source: String, mut from: impl Read) -> Result<RawArticle, Skipped> {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes)
            .map_err(|error| unreadable(Path::new(&source), &error))?;
        match decode(bytes, self.encoding) {
            Ok(text) => Ok(RawArticle {
                source,
                text,
                ..RawArticle::default()
            }),
            Err(why) => Err(Skipped::new(source, why.reason, why.remedy)),
        }
    }
}

impl Iterator for Articles {
    type Item = Result<RawArticle, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(article) = lines.next(self.encoding) {
                    return Some(article);
                }
                self.lines = None;
            }
            let found = match self.pending.pop_front()? {
                Input::Stdin if self.format == InputFormat::Jsonl => {
                    self.lines = Some(Lines::new(
                        "-".into(),
                        Box::new(BufReader::new(io::stdin())),
                    ));
                    Ok(None)
                }
                Input::Stdin => self.whole("-".into(), io::stdin().lock()).map(Some),
                Input::Path(path) if path.is_dir() => self.enter(&path).map(|()| None),
                Input::Path(path) => self.open(&path),
            };
            if let Some(article) = found.transpose() {
                return Some(article);
            }
        }
    }
}

/// The records of one JSONL carrier.
struct Lines {
    carrier: String,
    number: usize,
    from: Box<dyn BufRead + Send>,
}

impl Lines {
    fn new(carrier: String, from: Box<dyn BufRead + Send>) -> Self {
        Self {
            carrier,
            number: 0,
            from,
        }
    }

    fn next(&mut self, encoding: Option<&'static Encoding>) -> Option<Result<RawArticle, Skipped>> {
        loop {
            let mut line = Vec::new();
            match self.from.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    self.from = Box::new(io::empty());
                    return Some(Err(unreadable(Path::new(&self.carrier), &error)));
                }
            }
            self.number += 1;
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let text = match encoding {
                Some(encoding) => encoding.decode(&line).0.into_owned(),
                None => match String::from_utf8(line) {
                    Ok(text) => text,
                    Err(error) => {
                        let at = error.utf8_error().valid_up_to();
                        return Some(Err(Skipped::new(
                            format!("{}:{}", self.carrier, self.number),
                            format!("not UTF-8 at byte {at} of the line"),
                            "JSON is UTF-8; convert the file with iconv",
                        )));
                    }
                },
            };
            if let Some(article) = record::article(&text, &self.carrier, self.number) {
                return Some(article);
            }
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Skipped {
    let (reason, remedy) = match error.kind() {
        io::ErrorKind::NotFound => ("no such file or folder".to_owned(), "check the path"),
        io::ErrorKind::PermissionDenied => (
            "not allowed to read it".to_owned(),
            "give read permission, or run as a user who has it",
        ),
        _ => (
            format!("cannot be read: {error}"),
            "check the disk, or copy the file elsewhere",
        ),
    };
    Skipped::new(path.to_string_lossy(), reason, remedy)
}
