//! Mermaid flowcharts, which Markdown pages of many forges and wikis draw where they stand.
//!
//! In: a [`GraphView`]. Out: a flowchart with a legend, the shapes and colours of our other pictures. Refuses: text that
//! Mermaid would read as its own syntax; it is written as character codes.

use super::dot::heading;
use super::style::{link, style, visible, wrap};
use super::view::{GraphView, NodeKind};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Writes a view as Mermaid.
pub fn write(view: &GraphView, title: &str, out: &mut dyn Write) -> io::Result<()> {
    let kinds: BTreeSet<NodeKind> = view.nodes.iter().map(|n| n.kind).collect();
    writeln!(out, "---")?;
    let title = serde_json::to_string(&visible(&heading(view, title)).replace('\n', " – "))?;
    writeln!(out, "title: {title}")?;
    writeln!(out, "---")?;
    writeln!(out, "flowchart LR")?;
    for kind in &kinds {
        let look = style(*kind);
        let dash = if *kind == NodeKind::PossibleEvent {
            ",stroke-dasharray:5 4"
        } else {
            ""
        };
        writeln!(
            out,
            "  classDef {} fill:{},stroke:{},color:#111111{dash}",
            class(*kind),
            look.fill,
            look.stroke
        )?;
    }
    writeln!(out, "  subgraph legend")?;
    for (n, kind) in kinds.iter().enumerate() {
        let (open, close) = style(*kind).mermaid;
        writeln!(
            out,
            "    legend{n}{open}\"{}\"{close}:::{}",
            kind.label(),
            class(*kind)
        )?;
    }
    writeln!(out, "  end")?;
    for (i, node) in view.nodes.iter().enumerate() {
        let (open, close) = style(node.kind).mermaid;
        let mut lines = wrap(&node.label, 28, 4);
        if !node.kind.is_event() && !node.detail.is_empty() {
            lines.extend(wrap(&node.detail, 32, 2));
        }
        let lines: Vec<String> = lines.iter().map(|line| text(line)).collect();
        writeln!(
            out,
            "  n{i}{open}\"{}\"{close}:::{}",
            lines.join("<br/>"),
            class(node.kind)
        )?;
    }
    for edge in &view.edges {
        let arrow = if edge.unconfirmed { "-.->" } else { "-->" };
        writeln!(
            out,
            "  n{} {arrow}|\"{}\"| n{}",
            edge.from,
            text(&edge.label),
            edge.to
        )?;
    }
    for (i, node) in view.nodes.iter().enumerate() {
        if node.source.contains("://") {
            let tooltip = if node.tooltip.is_empty() {
                &node.label
            } else {
                &node.tooltip
            };
            let at = link(&node.source, &node.iri).replace('"', "%22");
            writeln!(
                out,
                "  click n{i} href \"{at}\" \"{}\"",
                text(&tooltip.replace('\n', " "))
            )?;
        }
    }
    Ok(())
}

/// Name of a kind's class.
const fn class(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Person => "person",
        NodeKind::Organisation => "organisation",
        NodeKind::Place => "place",
        NodeKind::Event => "event",
        NodeKind::PossibleEvent => "unconfirmed",
        NodeKind::Figure => "figure",
        NodeKind::Thing => "thing",
    }
}

/// Text within quotation marks: letters, digits and harmless marks as they are, all else by its code.
fn text(words: &str) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for c in visible(words).chars() {
        if c.is_alphanumeric()
            || matches!(
                c,
                ' ' | ','
                    | '.'
                    | '-'
                    | '–'
                    | '’'
                    | '\''
                    | '('
                    | ')'
                    | '?'
                    | '!'
                    | '/'
                    | '…'
                    | '“'
                    | '”'
                    | ':'
            )
        {
            out.push(c);
        } else if c.is_whitespace() {
            out.push(' ');
        } else {
            // A String takes every write.
            let _ = write!(out, "#{};", c as u32);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::view::tests::harbour;

    #[test]
    fn awkward_text_is_written_by_its_codes() {
        let mut out = Vec::new();
        write(&harbour().bounded(50), "Harbour", &mut out).expect("memory takes it");
        let drawn = String::from_utf8(out).expect("it is text");
        assert!(drawn.contains("\"Ada #34;A#34; Pike\""), "{drawn}");
        assert!(drawn.contains("Trial #60;of#62; Ada Pike"), "{drawn}");
        assert!(drawn.contains("-.->|\"accused\"|"), "{drawn}");
    }
}
