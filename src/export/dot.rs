//! Graphviz DOT: one file that `dot` draws readably, with a legend.
//!
//! In: a [`GraphView`]. Out: DOT. Refuses: HTML-like labels and record shapes, in which text of the world breaks the syntax.

use super::cut::Layout;
use super::groups::{Groups, groups};
use super::style::{link, style, time_of, visible, wrap};
use super::view::{GraphView, Node, NodeKind};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Nodes beyond which `dot` is slow: `sfdp` lays them out, without edge labels.
const LARGE: usize = 150;
/// Samples in a row of the legend: no more than a graph of some size has columns.
const LEGEND_ROW: usize = 3;

/// Writes a view as DOT.
pub fn write(view: &GraphView, title: &str, out: &mut dyn Write) -> io::Result<()> {
    let view = &view.merged();
    let large = view.nodes.len() > LARGE;
    writeln!(out, "digraph newsloom {{")?;
    writeln!(
        out,
        "  graph [charset=\"UTF-8\", label={}, labelloc=t, fontsize=16, fontname=\"DejaVu Sans\",",
        quote(&heading(view, title))
    )?;
    if view.layout == Layout::Groups {
        // Without it, dot gives up on frames with ties between them.
        writeln!(out, "         newrank=true,")?;
    }
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
    if large {
        legend_in_words(view, out)?;
    }
    let groups = match view.layout {
        Layout::Groups if !large => groups(view),
        _ => Groups::default(),
    };
    let group = |i: usize| groups.of.get(i).copied().flatten();
    for (number, name) in groups.names.iter().enumerate() {
        writeln!(out, "  subgraph cluster_{number} {{")?;
        writeln!(
            out,
            "    label={}; fontsize=12; fontname=\"DejaVu Sans\"; color=\"#777777\"; style=\"rounded,filled\"; fillcolor=\"#fafafa\";",
            quote(name)
        )?;
        for i in (0..view.nodes.len()).filter(|&i| group(i) == Some(number)) {
            write!(out, "  ")?;
            node(view, i, out)?;
        }
        writeln!(out, "  }}")?;
    }
    for i in (0..view.nodes.len()).filter(|&i| group(i).is_none()) {
        node(view, i, out)?;
    }
    if view.layout == Layout::Time && !large {
        time_line(view, out)?;
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
        // In the order of time, events stand in one column; what ties two of them must not change it.
        if view.layout == Layout::Time && from.kind.is_event() && to.kind.is_event() {
            write!(out, "constraint=false, ")?;
        }
        let tooltip = if edge.tooltip.is_empty() {
            &edge.label
        } else {
            &edge.tooltip
        };
        writeln!(
            out,
            "URL={1}, tooltip={0}, edgetooltip={0}, labeltooltip={0}];",
            quote(tooltip),
            quote(&link(&edge.source, &from.iri))
        )?;
    }
    if !large {
        legend(view, out)?;
    }
    writeln!(out, "}}")
}

/// What the shapes mean, in words: the layout of large graphs would scatter a box of samples.
fn legend_in_words(view: &GraphView, out: &mut dyn Write) -> io::Result<()> {
    let kinds: BTreeSet<NodeKind> = view.nodes.iter().map(|n| n.kind).collect();
    let lines: Vec<String> = kinds
        .iter()
        .map(|kind| format!("{}: {}", kind.label(), style(*kind).words))
        .collect();
    writeln!(
        out,
        "  \"legend\" [shape=note, style=filled, fillcolor=\"#ffffff\", label={}];",
        quote(&format!("legend\n{}", lines.join("\n")))
    )
}

/// What the shapes mean: samples in rows. At the end of the file, as `dot` puts the last part on top, under the title.
fn legend(view: &GraphView, out: &mut dyn Write) -> io::Result<()> {
    let kinds: BTreeSet<NodeKind> = view.nodes.iter().map(|n| n.kind).collect();
    let kinds: Vec<NodeKind> = kinds.into_iter().collect();
    let name = |kind: &NodeKind| quote(&format!("legend {}", kind.label()));
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
            name(kind),
            quote(kind.label()),
            look.dot,
            look.fill,
            look.stroke
        )?;
    }
    for row in kinds.chunks(LEGEND_ROW).filter(|row| row.len() > 1) {
        let row: Vec<String> = row.iter().map(name).collect();
        writeln!(out, "    {} [style=invis];", row.join(" -> "))?;
    }
    writeln!(out, "  }}")
}

fn node(view: &GraphView, i: usize, out: &mut dyn Write) -> io::Result<()> {
    let node = &view.nodes[i];
    let look = style(node.kind);
    let mut label = wrap(&node.label, 26, 4).join("\n");
    if !node.kind.is_event() && !node.detail.is_empty() {
        label.push('\n');
        label.push_str(&wrap(&node.detail, 30, 2).join("\n"));
    }
    if view.layout == Layout::Time && node.kind.is_event() {
        label.push('\n');
        label.push_str(&time_of(node));
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
        quote(&link(&node.source, &node.iri)),
        quote(if node.tooltip.is_empty() {
            &node.label
        } else {
            &node.tooltip
        }),
    )
}

/// One column of all events in the order of their days, those of unknown day last.
fn time_line(view: &GraphView, out: &mut dyn Write) -> io::Result<()> {
    let mut events: Vec<&Node> = view.nodes.iter().filter(|n| n.kind.is_event()).collect();
    events.sort_by_key(|n| (n.begins.is_none(), n.begins.clone(), n.ends.clone()));
    let order: Vec<String> = events.iter().map(|n| quote(&n.iri)).collect();
    if order.len() < 2 {
        return Ok(());
    }
    writeln!(out, "  {{ rank=same;")?;
    writeln!(
        out,
        "    edge [color=\"#bbbbbb\", penwidth=3, arrowhead=none, weight=100];\n    {};",
        order.join(" -> ")
    )?;
    writeln!(out, "  }}")
}

/// Title with a note of what is left out.
pub(super) fn heading(view: &GraphView, title: &str) -> String {
    if view.left_out == 0 {
        return title.to_owned();
    }
    let which = if view.layout == Layout::Time {
        "what is dated. Others: --layout ties"
    } else {
        "the most connected. Others: --focus NAME, --max-nodes N"
    };
    format!(
        "{title}\n{} of {} things shown: {which}",
        view.nodes.len(),
        view.nodes.len() + view.left_out
    )
}

/// A double-quoted string: what Graphviz reads as an escape or as an HTML entity is made plain.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in visible(text).replace("\r\n", "\n").chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push(' '),
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
