//! Graphviz DOT: one file that `dot` draws readably, with a legend.
//!
//! In: a [`GraphView`]. Out: DOT. Refuses: HTML-like labels and record shapes, in which text of the world breaks the syntax.

use super::style::{style, wrap};
use super::view::{GraphView, NodeKind};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Nodes beyond which `dot` is slow: `sfdp` lays them out, without edge labels.
const LARGE: usize = 150;

/// Writes a view as DOT.
pub fn write(view: &GraphView, title: &str, out: &mut dyn Write) -> io::Result<()> {
    let large = view.nodes.len() > LARGE;
    writeln!(out, "digraph newsloom {{")?;
    writeln!(
        out,
        "  graph [charset=\"UTF-8\", label={}, labelloc=t, fontsize=16, fontname=\"DejaVu Sans\",",
        quote(&heading(view, title))
    )?;
    if large {
        writeln!(
            out,
            "         layout=sfdp, overlap=prism, outputorder=edgesfirst];"
        )?;
    } else {
        writeln!(
            out,
            "         rankdir=LR, nodesep=0.22, ranksep=1.1, splines=spline, outputorder=edgesfirst];"
        )?;
    }
    writeln!(
        out,
        "  node [fontname=\"DejaVu Sans\", fontsize=10, penwidth=1.3, fontcolor=\"#111111\"];"
    )?;
    writeln!(
        out,
        "  edge [fontname=\"DejaVu Sans\", fontsize=8, color=\"#555555\", fontcolor=\"#333333\", arrowsize=0.6];"
    )?;
    let kinds: BTreeSet<NodeKind> = view.nodes.iter().map(|n| n.kind).collect();
    writeln!(out, "  subgraph cluster_legend {{")?;
    writeln!(
        out,
        "    label=\"legend\"; fontsize=10; fontname=\"DejaVu Sans\"; color=\"#999999\"; style=rounded;"
    )?;
    for kind in &kinds {
        let look = style(*kind);
        writeln!(
            out,
            "    {} [label={}, {}, fillcolor=\"{}\", color=\"{}\"];",
            quote(&format!("legend {}", kind.label())),
            quote(kind.label()),
            look.dot,
            look.fill,
            look.stroke
        )?;
    }
    writeln!(out, "  }}")?;
    for node in &view.nodes {
        let look = style(node.kind);
        let mut label = wrap(&node.label, 26, 4).join("\n");
        if !node.kind.is_event() && !node.detail.is_empty() {
            label.push('\n');
            label.push_str(&wrap(&node.detail, 30, 2).join("\n"));
        }
        writeln!(
            out,
            "  {} [label={}, {}, fillcolor=\"{}\", color=\"{}\", class={}, URL={}, tooltip={}];",
            quote(&node.iri),
            quote(&label),
            look.dot,
            look.fill,
            look.stroke,
            quote(node.kind.label()),
            quote(&node.iri),
            quote(if node.tooltip.is_empty() {
                &node.label
            } else {
                &node.tooltip
            }),
        )?;
    }
    for edge in &view.edges {
        let (from, to) = (&view.nodes[edge.from], &view.nodes[edge.to]);
        write!(out, "  {} -> {} [", quote(&from.iri), quote(&to.iri))?;
        if !large {
            write!(out, "label={}, ", quote(&edge.label))?;
        }
        if edge.unconfirmed {
            write!(out, "style=dashed, ")?;
        }
        let tooltip = if edge.tooltip.is_empty() {
            &edge.label
        } else {
            &edge.tooltip
        };
        writeln!(
            out,
            "tooltip={0}, edgetooltip={0}, labeltooltip={0}];",
            quote(tooltip)
        )?;
    }
    writeln!(out, "}}")
}

/// Title with a note of what is left out.
pub(super) fn heading(view: &GraphView, title: &str) -> String {
    if view.left_out == 0 {
        return title.to_owned();
    }
    format!(
        "{title}\n{} of {} things shown: the most connected. Others: --focus NAME, --max-nodes N",
        view.nodes.len(),
        view.nodes.len() + view.left_out
    )
}

/// A double-quoted string: what Graphviz reads as an escape or as an HTML entity is made plain.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::view::tests::harbour;

    #[test]
    fn awkward_text_is_escaped_and_unconfirmed_is_dashed() {
        let mut out = Vec::new();
        write(&harbour().bounded(50), "Harbour", &mut out).expect("memory takes it");
        let dot = String::from_utf8(out).expect("it is text");
        assert!(dot.contains("label=\"Ada \\\"A\\\" Pike\""));
        assert!(
            dot.contains("Harbour &amp; Tide\\nOffice")
                || dot.contains("Harbour &amp; Tide Office")
        );
        assert!(dot.contains("label=\"former harbour master\""));
        let trial = dot
            .lines()
            .find(|l| l.contains("trial\" ->"))
            .expect("an edge");
        assert!(trial.contains("style=dashed"));
        assert!(dot.contains("5 of 6 things shown"));
        assert_eq!(dot.matches('{').count(), dot.matches('}').count());
    }

    #[test]
    fn the_same_view_gives_the_same_bytes() {
        let draw = || {
            let mut out = Vec::new();
            write(&harbour(), "t", &mut out).expect("memory takes it");
            out
        };
        assert_eq!(draw(), draw());
    }
}
