//! Pages for browsers: one file, no scripts, nothing fetched from anywhere.

use super::page::{Section, origin, sections, side};
use super::{Dossier, Line};
use crate::export::style::{link, visible};
use std::io::{self, Write};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
h1{margin-bottom:0}h2{margin-top:2rem;border-bottom:1px solid #ccc;font-size:1.15rem}\
.kind,.note,cite{color:#555}time{font-variant-numeric:tabular-nums;font-weight:600;margin-right:.5rem}\
ul{list-style:none;padding:0}.sides{padding-left:1.5rem;color:#333}li{margin:.35rem 0}sup a{text-decoration:none;color:#0b5394}\
ol li{margin:.7rem 0}blockquote{margin:.1rem 0;padding-left:.8rem;border-left:3px solid #bbb}\
code{font-size:.8rem;word-break:break-all;color:#555}:target{background:#fff3c4}\
@media print{a{color:inherit}body{margin:0}}";

/// Writes pages, one under the other.
pub(super) fn write(pages: &[Dossier], out: &mut dyn Write) -> io::Result<()> {
    let title = pages.first().map_or("", |page| page.name.as_str());
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        escape(title)
    )?;
    for (n, page) in pages.iter().enumerate() {
        writeln!(
            out,
            "<article id=\"p{n}\">\n<h1>{}</h1>",
            escape(&page.name)
        )?;
        writeln!(
            out,
            "<p class=\"kind\">{}<br><code>{}</code></p>",
            page.kind,
            escape(&page.iri)
        )?;
        if !page.aliases.is_empty() {
            writeln!(out, "<p>also: {}</p>", escape(&page.aliases.join("; ")))?;
        }
        for (title, section) in sections(page) {
            writeln!(out, "<h2>{title}</h2>\n<ul>")?;
            match section {
                Section::Lines(lines) => {
                    for line in lines {
                        row(line, n, out)?;
                    }
                }
                Section::Disputes(disputes) => {
                    for dispute in disputes {
                        writeln!(out, "<li>{}<ul class=\"sides\">", escape(&dispute.text))?;
                        for one in &dispute.sides {
                            write!(out, "<li>{}", escape(&side(dispute, one)))?;
                            numbers(&one.sources, n, out)?;
                            writeln!(out, "</li>")?;
                        }
                        writeln!(out, "</ul></li>")?;
                    }
                }
            }
            writeln!(out, "</ul>")?;
        }
        if !page.sources.is_empty() {
            writeln!(out, "<h2>Sources</h2>\n<ol>")?;
            for source in &page.sources {
                writeln!(
                    out,
                    "<li id=\"p{n}s{}\" value=\"{0}\"><blockquote>{}</blockquote><cite><a href=\"{}\">{}</a></cite></li>",
                    source.number,
                    escape(&source.sentence),
                    escape(&link(&source.document, &page.iri)),
                    escape(&origin(source))
                )?;
            }
            writeln!(out, "</ol>")?;
        }
        writeln!(out, "</article>")?;
    }
    writeln!(out, "</body>\n</html>")
}

fn row(line: &Line, page: usize, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<li>")?;
    if !line.when.is_empty() {
        write!(out, "<time>{}</time>", escape(&line.when))?;
    }
    write!(out, "{}", escape(&line.text))?;
    if !line.notes.is_empty() {
        write!(
            out,
            " <span class=\"note\">({})</span>",
            escape(&line.notes.join(", "))
        )?;
    }
    numbers(&line.sources, page, out)?;
    writeln!(out, "</li>")
}

fn numbers(sources: &[usize], page: usize, out: &mut dyn Write) -> io::Result<()> {
    for number in sources {
        write!(
            out,
            "<sup><a href=\"#p{page}s{number}\">[{number}]</a></sup>"
        )?;
    }
    Ok(())
}

fn escape(text: &str) -> String {
    quick_xml::escape::escape(visible(text)).into_owned()
}
