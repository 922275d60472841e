//! Pages as text and as Markdown.

use super::{Dossier, Line};
use std::io::{self, Write};

/// Sections of a page with their titles.
pub(super) fn sections(page: &Dossier) -> [(&'static str, &[Line]); 5] {
    let members = match page.kind {
        "place" => "Roles held here",
        _ => "Who holds which role in it",
    };
    let events = match page.kind {
        "place" => "What happened here",
        _ => "Events",
    };
    [
        ("Roles", &page.roles),
        (members, &page.members),
        (events, &page.events),
        ("Relations", &page.relations),
        ("Statements", &page.statements),
    ]
}

pub(super) fn origin(source: &super::Source) -> String {
    let file = source
        .document
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default();
    let mut parts = vec![file.to_owned()];
    for part in [&source.publisher, &source.published] {
        if !part.is_empty() {
            parts.push(part.clone());
        }
    }
    parts.push(format!("characters {}–{}", source.begin, source.end));
    parts.join(", ")
}

fn notes(line: &Line) -> String {
    if line.notes.is_empty() {
        String::new()
    } else {
        format!(" ({})", line.notes.join(", "))
    }
}

fn numbers(line: &Line) -> String {
    line.sources.iter().map(|n| format!(" [{n}]")).collect()
}

/// For the terminal.
pub(super) fn text(pages: &[Dossier], out: &mut dyn Write) -> io::Result<()> {
    for (n, page) in pages.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{} ({})", page.name, page.kind)?;
        if !page.aliases.is_empty() {
            writeln!(out, "also: {}", page.aliases.join("; "))?;
        }
        writeln!(out, "{}", page.iri)?;
        for (title, lines) in sections(page) {
            if lines.is_empty() {
                continue;
            }
            writeln!(out, "\n{title}")?;
            let width = lines.iter().map(|l| l.when.len()).max().unwrap_or(0);
            for line in lines {
                let when = match width {
                    0 => String::new(),
                    _ => format!("{:width$}  ", line.when),
                };
                writeln!(out, "  {when}{}{}{}", line.text, notes(line), numbers(line))?;
            }
        }
        if !page.sources.is_empty() {
            writeln!(out, "\nSources")?;
        }
        for source in &page.sources {
            writeln!(out, "  [{}] {}", source.number, origin(source))?;
            writeln!(out, "      {}", source.sentence)?;
        }
    }
    Ok(())
}

/// For documents.
pub(super) fn markdown(pages: &[Dossier], out: &mut dyn Write) -> io::Result<()> {
    for page in pages {
        writeln!(out, "# {}\n\n{}", escape(&page.name), page.kind)?;
        if !page.aliases.is_empty() {
            writeln!(out, "\nAlso: {}", escape(&page.aliases.join("; ")))?;
        }
        for (title, lines) in sections(page) {
            if lines.is_empty() {
                continue;
            }
            writeln!(out, "\n## {title}\n")?;
            for line in lines {
                let when = match line.when.as_str() {
                    "" => String::new(),
                    when => format!("**{when}** "),
                };
                let numbers: String = line.sources.iter().map(|n| format!("[^{n}]")).collect();
                writeln!(
                    out,
                    "- {when}{}{}{numbers}",
                    escape(&line.text),
                    escape(&notes(line))
                )?;
            }
        }
        if !page.sources.is_empty() {
            writeln!(out)?;
        }
        for source in &page.sources {
            writeln!(
                out,
                "[^{}]: {}: “{}”",
                source.number,
                escape(&origin(source)),
                escape(&source.sentence)
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Keeps Markdown from reading marks into names and sentences.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#'
        ) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
