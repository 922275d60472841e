//! How kinds look: shapes that differ in black and white, colours that the colour-blind tell apart (after Okabe and Ito).

use super::view::{Node, NodeKind};
use std::borrow::Cow;
use std::fmt::Write;

/// Look of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// Fill, `#rrggbb`.
    pub fill: &'static str,
    /// Outline.
    pub stroke: &'static str,
    /// Graphviz shape and style.
    pub dot: &'static str,
    /// Shape in yEd.
    pub yed: &'static str,
    /// Shape of Mermaid: what opens and closes a label.
    pub mermaid: (&'static str, &'static str),
    /// The look in words.
    pub words: &'static str,
}

/// The look of a kind.
pub(super) const fn style(kind: NodeKind) -> Style {
    match kind {
        NodeKind::Person => Style {
            fill: "#d6eaf8",
            stroke: "#0072b2",
            dot: "shape=box, style=\"filled,rounded\"",
            yed: "roundrectangle",
            mermaid: ("([", "])"),
            words: "rounded, blue",
        },
        NodeKind::Organisation => Style {
            fill: "#fdebc8",
            stroke: "#a35a00",
            dot: "shape=box, style=filled",
            yed: "rectangle",
            mermaid: ("[", "]"),
            words: "box, amber",
        },
        NodeKind::Place => Style {
            fill: "#d8f0e5",
            stroke: "#00694d",
            dot: "shape=hexagon, style=filled, margin=\"0.02,0.02\"",
            yed: "hexagon",
            mermaid: ("{{", "}}"),
            words: "hexagon, green",
        },
        NodeKind::Event => Style {
            fill: "#f7e1ee",
            stroke: "#8c2f66",
            dot: "shape=octagon, style=filled, margin=\"0.02,0.02\"",
            yed: "octagon",
            mermaid: ("[[", "]]"),
            words: "octagon, purple",
        },
        NodeKind::PossibleEvent => Style {
            fill: "#ffffff",
            stroke: "#8c2f66",
            dot: "shape=octagon, style=\"filled,dashed\", margin=\"0.02,0.02\"",
            yed: "octagon",
            mermaid: ("[[", "]]"),
            words: "octagon, white with a dashed line",
        },
        NodeKind::Figure => Style {
            fill: "#f4f4f4",
            stroke: "#555555",
            dot: "shape=note, style=filled",
            yed: "parallelogram",
            mermaid: ("[/", "/]"),
            words: "note, grey",
        },
        NodeKind::Thing => Style {
            fill: "#ffffff",
            stroke: "#333333",
            dot: "shape=ellipse, style=filled",
            yed: "ellipse",
            mermaid: ("((", "))"),
            words: "ellipse, white",
        },
    }
}

/// The time of a node as short as its days allow: a day, a month, a year, or from one to the other.
pub(super) fn time_of(node: &Node) -> String {
    let (Some(begins), Some(ends)) = (&node.begins, &node.ends) else {
        let one = node.begins.as_ref().or(node.ends.as_ref());
        return one.map_or_else(|| "day not known".to_owned(), Clone::clone);
    };
    let month = begins.strip_suffix("-01");
    let last = |day: &str| matches!(day.get(8..), Some("28" | "29" | "30" | "31"));
    match month {
        _ if begins == ends => begins.clone(),
        Some(month) if ends.starts_with(month) && last(ends) => month.to_owned(),
        Some(month) if month.ends_with("-01") && ends.get(4..) == Some("-12-31") => {
            let years = (
                begins.get(..4).unwrap_or_default(),
                ends.get(..4).unwrap_or_default(),
            );
            if years.0 == years.1 {
                years.0.to_owned()
            } else {
                format!("{}–{}", years.0, years.1)
            }
        }
        _ => format!("{begins} – {ends}"),
    }
}

/// Where a click leads: to the article, as far as its address or path is known, else to the IRI of the thing.
pub(super) fn link(source: &str, iri: &str) -> String {
    if source.is_empty() || source == "-" {
        return iri.to_owned();
    }
    if let Some((scheme, _)) = source.split_once("://") {
        // Nothing that a browser would run.
        let leads = matches!(scheme, "http" | "https" | "file" | "ftp");
        return if leads { source } else { iri }.to_owned();
    }
    let mut out = String::new();
    if source.starts_with('/') {
        out.push_str("file://");
    }
    for c in source.chars() {
        match c {
            ' ' | '"' | '<' | '>' | '%' | '#' | '?' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                // A String takes every write.
                let _ = write!(out, "%{:02X}", c as u32);
            }
            c if c.is_control() => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether XML can hold a character, as it is or by its number.
pub(super) const fn fits_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Text in which one sees what XML cannot hold: control characters as their pictures (␇), non-characters as �.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(fits_xml) {
        return Cow::Borrowed(text);
    }
    let shown = |c| match c {
        c if fits_xml(c) => c,
        '\0'..=' ' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::REPLACEMENT_CHARACTER,
    };
    Cow::Owned(text.chars().map(shown).collect())
}

/// Breaks a label into lines of about `width` characters, at most `most` of them, the last with an ellipsis if cut.
pub(super) fn wrap(label: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    for line in &mut lines {
        if line.chars().count() > width + 4 {
            *line = line.chars().take(width + 3).collect::<String>() + "…";
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{link, wrap};

    #[test]
    fn a_click_leads_to_the_article() {
        assert_eq!(
            link("https://example.org/a?b=1", "x:y"),
            "https://example.org/a?b=1"
        );
        assert_eq!(link("news/day 1.txt", "x:y"), "news/day%201.txt");
        assert_eq!(link("/srv/a.txt", "x:y"), "file:///srv/a.txt");
        assert_eq!(link("", "x:y"), "x:y");
    }

    #[test]
    fn labels_wrap_at_words() {
        assert_eq!(
            wrap("Arrest of Ada Pike in Tideport", 12, 3),
            ["Arrest of", "Ada Pike in", "Tideport"]
        );
        assert_eq!(wrap("one two three four", 7, 1), ["one two…"]);
    }
}
