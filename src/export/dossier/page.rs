//! Pages as text and as Markdown.

use super::{Dispute, Dossier, Line, Side};
use std::io::{self, Write};

/// A section of a page.
pub(super) enum Section<'a> {
    Lines(&'a [Line]),
    Disputes(&'a [Dispute]),
}

/// Sections of a page that have something to say, with their titles.
pub(super) fn sections(page: &Dossier) -> Vec<(&'static str, Section<'_>)> {
    let members = match page.kind {
        "place" => "Roles held here",
        _ => "Who holds which role in it",
    };
    let events = match page.kind {
        "place" => "What happened here",
        _ => "Events",
    };
    let relations = if page.kind.starts_with("event") {
        "Who, what and where"
    } else {
        "Relations"
    };
    let lines = |title, lines| (title, Section::Lines(lines));
    let mut all = vec![
        lines("Roles", &page.roles),
        lines(members, &page.members),
        lines(events, &page.events),
        lines(relations, &page.relations),
        ("Disputed or denied", Section::Disputes(&page.disputes)),
        lines("Statements", &page.statements),
    ];
    all.retain(|(_, section)| match section {
        Section::Lines(lines) => !lines.is_empty(),
        Section::Disputes(disputes) => !disputes.is_empty(),
    });
    all
}

/// "denied by Jane Lee and the Daily", "up to 300 officers, says the Daily".
pub(super) fn side(dispute: &Dispute, side: &Side) -> String {
    let by = match side.by.as_slice() {
        [] => return side.says.clone(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    match (dispute.kind, side.by.len()) {
        ("denied", _) => format!("{} by {by}", side.says),
        (_, 1) => format!("{}, says {by}", side.says),
        _ => format!("{}, say {by}", side.says),
    }
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

fn numbers(sources: &[usize]) -> String {
    sources.iter().map(|n| format!(" [{n}]")).collect()
}

/// The same for Markdown.
fn footnotes(sources: &[usize]) -> String {
    sources.iter().map(|n| format!("[^{n}]")).collect()
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
        for (title, section) in sections(page) {
            writeln!(out, "\n{title}")?;
            match section {
                Section::Lines(lines) => {
                    let width = lines.iter().map(|l| l.when.len()).max().unwrap_or(0);
                    for line in lines {
                        let when = match width {
                            0 => String::new(),
                            _ => format!("{:width$}  ", line.when),
                        };
                        let numbers = numbers(&line.sources);
                        writeln!(out, "  {when}{}{}{numbers}", line.text, notes(line))?;
                    }
                }
                Section::Disputes(disputes) => {
                    for dispute in disputes {
                        writeln!(out, "  {}", dispute.text)?;
                        for one in &dispute.sides {
                            let numbers = numbers(&one.sources);
                            writeln!(out, "    {}{numbers}", side(dispute, one))?;
                        }
                    }
                }
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
        for (title, section) in sections(page) {
            writeln!(out, "\n## {title}\n")?;
            match section {
                Section::Lines(lines) => {
                    for line in lines {
                        let when = match line.when.as_str() {
                            "" => String::new(),
                            when => format!("**{when}** "),
                        };
                        writeln!(
                            out,
                            "- {when}{}{}{}",
                            escape(&line.text),
                            escape(&notes(line)),
                            footnotes(&line.sources)
                        )?;
                    }
                }
                Section::Disputes(disputes) => {
                    for dispute in disputes {
                        writeln!(out, "- {}", escape(&dispute.text))?;
                        for one in &dispute.sides {
                            let footnotes = footnotes(&one.sources);
                            writeln!(out, "  - {}{footnotes}", escape(&side(dispute, one)))?;
                        }
                    }
                }
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
