//! Rust source as the rules see it: what is code, what is a string, and no tests.
//!
//! In: the text of a `.rs` file. Out: the code with comments, literals and `#[cfg(test)]` items blanked out (line
//! numbers stay), and the string literals apart. It knows no grammar beyond that.

/// One source file.
pub(crate) struct Code {
    /// The text with blanks for everything that is not compiled into the program.
    pub(crate) code: String,
    /// Line, counted from 1, and content of each string literal.
    pub(crate) strings: Vec<(usize, String)>,
}

impl Code {
    /// Reads the text of a file.
    pub(crate) fn read(text: &str) -> Self {
        let mut reader = Reader {
            text,
            at: 0,
            code: String::with_capacity(text.len()),
            strings: Vec::new(),
        };
        reader.run();
        let (mut code, mut strings) = (reader.code, reader.strings);
        while let Some(test) = test_item(&code) {
            let lines = line_of(&code, test.start)..=line_of(&code, test.end);
            strings.retain(|(line, _)| !lines.contains(line));
            let blank: String = code[test.clone()].chars().map(blank).collect();
            code.replace_range(test, &blank);
        }
        Self { code, strings }
    }

    /// Each line of code with its number, counted from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
    }
}

/// The line, counted from 1, in which a byte lies.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    text[..byte].matches('\n').count() + 1
}

fn blank(c: char) -> char {
    if c == '\n' { '\n' } else { ' ' }
}

/// The first item that is compiled for tests only, from its attribute to its closing brace or semicolon.
fn test_item(code: &str) -> Option<std::ops::Range<usize>> {
    let start = code.find("#[cfg(test)]")?;
    let mut depth = 0;
    for (index, c) in code[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(start..start + index + 1),
            '}' => depth -= 1,
            ';' if depth == 0 => return Some(start..start + index + 1),
            _ => {}
        }
    }
    Some(start..code.len())
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    code: String,
    strings: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            let rest = self.rest();
            if rest.starts_with("//") {
                self.skip(rest.find('\n').unwrap_or(rest.len()));
            } else if rest.starts_with("/*") {
                self.skip(block_comment(rest));
            } else if let Some((open, end, close)) = self.string() {
                let line = line_of(self.text, self.at);
                self.strings.push((line, rest[open..end].to_owned()));
                self.skip(end + close);
            } else if c == '\'' {
                self.quote();
            } else {
                self.code.push(c);
                self.at += c.len_utf8();
            }
        }
    }

    fn rest(&self) -> &'_ str {
        &self.text[self.at..]
    }

    /// Blanks out so many bytes.
    fn skip(&mut self, bytes: usize) {
        self.code
            .extend(self.text[self.at..self.at + bytes].chars().map(blank));
        self.at += bytes;
    }

    /// A string literal that starts here: where its content starts and ends, and the length of its closing mark.
    fn string(&self) -> Option<(usize, usize, usize)> {
        let within_word = self
            .code
            .ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let rest = self.rest();
        let prefix = rest
            .find(|c| !matches!(c, 'b' | 'c' | 'r'))
            .filter(|&end| end == 0 || !within_word)?;
        let hashes = rest[prefix..].find(|c| c != '#')?;
        let open = prefix + hashes + 1;
        if !rest[prefix + hashes..].starts_with('"') || (hashes > 0 && prefix == 0) {
            return None;
        }
        if rest[..prefix].contains('r') {
            let close = format!("\"{}", "#".repeat(hashes));
            let end = rest[open..]
                .find(&close)
                .map_or(rest.len() - close.len(), |end| open + end);
            return Some((open, end, close.len()));
        }
        let mut escaped = false;
        for (index, c) in rest[open..].char_indices() {
            match c {
                '"' if !escaped => return Some((open, open + index, 1)),
                '\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        Some((open, rest.len(), 0))
    }

    /// A character literal is blanked out; a lifetime is code.
    fn quote(&mut self) {
        let rest = self.rest();
        let mut characters = rest.char_indices().skip(1);
        let literal = match characters.next() {
            Some((_, '\\')) => rest[2..]
                .char_indices()
                .skip(1)
                .find(|(_, c)| *c == '\'')
                .map(|(end, _)| end + 3),
            Some(_) => characters
                .next()
                .filter(|(_, c)| *c == '\'')
                .map(|(end, _)| end + 1),
            None => None,
        };
        if let Some(bytes) = literal {
            self.skip(bytes);
        } else {
            self.code.push('\'');
            self.at += 1;
        }
    }
}

/// The length of a block comment, with the comments nested in it.
fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

#[test]
fn code_strings_and_tests_are_told_apart() {
    let text = r##"
//! crate::cli in a comment
use crate::claim::Claim; /* crate::cli /* nested */ "still a comment" */
fn f<'a>(x: &'a str) -> char { g("crate::cli \" \\", r#"a "quoted" one"#); '{' }
#[cfg(test)]
mod tests { fn t() { "only in tests".unwrap() } }
fn after() { '\'' ; '\u{7d}' }
"##;
    let read = Code::read(text);
    assert_eq!(read.code.matches("crate::").count(), 1, "{}", read.code);
    assert!(
        !read.code.contains("unwrap") && read.code.contains("fn after"),
        "{}",
        read.code
    );
    assert_eq!(read.code.lines().count(), text.lines().count());
    let strings: Vec<_> = read
        .strings
        .iter()
        .map(|(line, content)| (*line, content.as_str()))
        .collect();
    assert_eq!(
        strings,
        [(4, r#"crate::cli \" \\"#), (4, r#"a "quoted" one"#)]
    );
    assert!(
        !read.code.contains('}')
            || read.code.matches('{').count() == read.code.matches('}').count()
    );
}
