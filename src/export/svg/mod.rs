//! SVG drawn by ourselves: no other program, the same bytes everywhere, readable in print.
//!
//! In: a [`GraphView`]. Out: one SVG file with legend, tooltips (the sentence that states each thing) and links. Refuses:
//! scripts and outside fonts.

mod layout;

use super::dot::heading;
use super::style::{link, style, visible};
use super::view::{GraphView, NodeKind};
use layout::{ASIDE, Frame, LINE, Placed, SMALL, WIDTH, lay_out, shown, width_of};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

/// White space around the drawing.
const MARGIN: f32 = 28.0;
/// Height of the head with title and legend.
const HEAD: f32 = 84.0;

/// Writes a view as SVG.
pub fn write(view: &GraphView, title: &str, out: &mut dyn Write) -> io::Result<()> {
    let view = &view.merged();
    let layout = lay_out(view);
    let kinds: BTreeSet<NodeKind> = view.nodes.iter().map(|n| n.kind).collect();
    let width = (layout.width + 2.0 * MARGIN).max(760.0);
    let height = layout.height + HEAD + 2.0 * MARGIN;
    let mut svg = String::new();
    head(&mut svg, view, title, &kinds, (width, height));
    let _ = writeln!(
        svg,
        "<g transform=\"translate({MARGIN} {})\">",
        HEAD + MARGIN
    );
    for drawn in &layout.frames {
        frame(&mut svg, drawn);
    }
    let mut texts = String::new();
    for (edge, route) in view.edges.iter().zip(&layout.routes) {
        let path = path(route, width_of(&edge.label));
        let tooltip = if edge.tooltip.is_empty() {
            format!(
                "{} – {} – {}",
                view.nodes[edge.from].label, edge.label, view.nodes[edge.to].label
            )
        } else if shown(&edge.label) == edge.label {
            edge.tooltip.clone()
        } else {
            // What the picture cuts is whole where the pointer rests.
            format!("{}\n{}", edge.label, edge.tooltip)
        };
        let dashed = if edge.unconfirmed {
            " class=\"e d\""
        } else {
            " class=\"e\""
        };
        let _ = writeln!(
            svg,
            "<a href=\"{}\"><g><title>{}</title><path{dashed} d=\"{path}\" marker-end=\"url(#tip)\"/></g></a>",
            escape(&link(&edge.source, &view.nodes[edge.from].iri)),
            escape(&tooltip)
        );
        // Beside the box that it starts from, where the line leaves room for it.
        let (x, y) = (route[0].0, route[0].1 + SMALL * 0.33);
        let (x, side) = if route[1].0 > x {
            (x + ASIDE, "")
        } else {
            (x - ASIDE, " r")
        };
        let _ = writeln!(
            texts,
            "<text class=\"l{side}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>",
            escape(&shown(&edge.label))
        );
    }
    for (node, placed) in view.nodes.iter().zip(&layout.boxes) {
        draw(&mut svg, node, placed);
    }
    svg.push_str(&texts);
    svg.push_str("</g>\n</svg>\n");
    out.write_all(svg.as_bytes())
}

/// Opens the file: styles, title, legend.
fn head(
    svg: &mut String,
    view: &GraphView,
    title: &str,
    kinds: &BTreeSet<NodeKind>,
    (width, height): (f32, f32),
) {
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\">"
    );
    let heading = heading(view, title);
    let mut lines = heading.lines();
    let title = lines.next().unwrap_or_default();
    let _ = writeln!(svg, "<title>{}</title>", escape(title));
    svg.push_str(
        "<style>.e{fill:none;stroke:#6b6b6b;stroke-width:1.1}.d{stroke-dasharray:5 4}.l{font-size:9.5px;fill:#222}.r{text-anchor:end}.f{fill:#fafafa;stroke:#8a8a8a;stroke-width:1}.n{font-size:11px;font-weight:bold;fill:#444}.t{font-size:11px;fill:#111;text-anchor:middle}.s{font-size:9.5px;fill:#333;text-anchor:middle;font-style:italic}a{text-decoration:none}</style>\n\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0.8 L7.5 4 L0 7.2 z\" fill=\"#555\"/></marker></defs>\n",
    );
    let _ = writeln!(
        svg,
        "<rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>\n<text x=\"{MARGIN}\" y=\"34\" font-size=\"17\" font-weight=\"bold\" fill=\"#111\">{}</text>",
        escape(title)
    );
    if let Some(note) = lines.next() {
        let _ = writeln!(
            svg,
            "<text x=\"{MARGIN}\" y=\"52\" font-size=\"10.5\" fill=\"#444\">{}</text>",
            escape(note)
        );
    }
    let mut x = MARGIN;
    for kind in kinds {
        let placed = Placed {
            lines: vec![kind.label().to_owned()],
            detail: Vec::new(),
            x,
            y: 78.0,
            height: 22.0,
            column: 0,
        };
        let width = kind.label().chars().count() as f32 * 6.6 + 26.0;
        shape(svg, *kind, &placed, width);
        let _ = writeln!(
            svg,
            "<text class=\"t\" x=\"{:.1}\" y=\"82\">{}</text>",
            x + width / 2.0,
            kind.label()
        );
        x += width + 12.0;
    }
    if !view.edges.iter().any(|edge| edge.unconfirmed) {
        return;
    }
    let _ = writeln!(
        svg,
        "<path class=\"e d\" d=\"M{x:.1} 78 h34\" marker-end=\"url(#tip)\"/><text x=\"{:.1}\" y=\"81.5\" font-size=\"10.5\" fill=\"#222\">nobody affirms it</text>",
        x + 40.0
    );
}

/// Draws a box with its text, tooltip and link.
fn draw(svg: &mut String, node: &super::view::Node, placed: &Placed) {
    let tooltip = if node.tooltip.is_empty() {
        &node.label
    } else {
        &node.tooltip
    };
    let _ = writeln!(
        svg,
        "<a href=\"{}\"><g><title>{}</title>",
        escape(&link(&node.source, &node.iri)),
        escape(tooltip)
    );
    shape(svg, node.kind, placed, WIDTH);
    let count = placed.lines.len() + placed.detail.len();
    let mut y = placed.y - (count as f32 - 1.0) / 2.0 * LINE + 4.0;
    for (class, line) in placed
        .lines
        .iter()
        .map(|l| ('t', l))
        .chain(placed.detail.iter().map(|l| ('s', l)))
    {
        let _ = writeln!(
            svg,
            "<text class=\"{class}\" x=\"{:.1}\" y=\"{y:.1}\">{}</text>",
            placed.x + WIDTH / 2.0,
            escape(line)
        );
        y += LINE;
    }
    svg.push_str("</g></a>\n");
}

/// The outline of a kind: pill, box, hexagon, octagon, note.
fn shape(svg: &mut String, kind: NodeKind, placed: &Placed, width: f32) {
    let look = style(kind);
    let (x, y, h) = (placed.x, placed.y - placed.height / 2.0, placed.height);
    let dash = if kind == NodeKind::PossibleEvent {
        " stroke-dasharray=\"5 4\""
    } else {
        ""
    };
    let paint = format!(
        "fill=\"{}\" stroke=\"{}\" stroke-width=\"1.4\"{dash}",
        look.fill, look.stroke
    );
    let (r, b) = (x + width, y + h);
    let _ = match kind {
        NodeKind::Person => writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{h:.1}\" rx=\"{:.1}\" {paint}/>",
            (h / 2.0).min(15.0)
        ),
        NodeKind::Organisation => writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{h:.1}\" {paint}/>"
        ),
        NodeKind::Place => {
            let cut = (h / 2.0).min(12.0);
            writeln!(
                svg,
                "<path d=\"M{:.1} {y:.1}H{:.1}L{r:.1} {:.1}L{:.1} {b:.1}H{:.1}L{x:.1} {:.1}z\" {paint}/>",
                x + cut,
                r - cut,
                y + h / 2.0,
                r - cut,
                x + cut,
                y + h / 2.0
            )
        }
        NodeKind::Event | NodeKind::PossibleEvent => {
            let cut = 8.0_f32.min(h / 3.0);
            writeln!(
                svg,
                "<path d=\"M{:.1} {y:.1}H{:.1}L{r:.1} {:.1}V{:.1}L{:.1} {b:.1}H{:.1}L{x:.1} {:.1}V{:.1}z\" {paint}/>",
                x + cut,
                r - cut,
                y + cut,
                b - cut,
                r - cut,
                x + cut,
                b - cut,
                y + cut
            )
        }
        NodeKind::Thing => writeln!(
            svg,
            "<ellipse cx=\"{:.1}\" cy=\"{:.1}\" rx=\"{:.1}\" ry=\"{:.1}\" {paint}/>",
            x + width / 2.0,
            placed.y,
            width / 2.0,
            h / 2.0
        ),
        NodeKind::Figure => writeln!(
            svg,
            "<path d=\"M{x:.1} {y:.1}H{:.1}L{r:.1} {:.1}V{b:.1}H{x:.1}z\" {paint}/>",
            r - 9.0,
            y + 9.0
        ),
    };
}

/// A frame around a group, under its name.
fn frame(svg: &mut String, frame: &Frame) {
    let [x, y, width, height] = frame.place;
    let _ = writeln!(
        svg,
        "<rect class=\"f\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"8\"/><text class=\"n\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
        x + 10.0,
        y + 15.0,
        escape(&frame.name)
    );
}

/// The way of an edge: straight, bent, straight… A bend within a column is a bow. It begins with a stub, then leaves room for
/// a label of some width.
fn path(route: &[(f32, f32)], label: f32) -> String {
    let (x, y) = route[0];
    let onwards = (route[1].0 - x).signum();
    let mut path = format!(
        "M{x:.1} {y:.1}H{:.1}M{:.1} {y:.1}",
        x + onwards * (ASIDE - 2.0),
        x + onwards * (ASIDE + label)
    );
    for (i, pair) in route.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        if i % 2 == 0 {
            let _ = write!(path, "H{:.1}", b.0);
            continue;
        }
        let bow = (a.0 - b.0).abs() < 0.05;
        let (out, back) = if bow {
            let out = 26.0 + ((a.1 - b.1).abs() * 0.12).min(60.0);
            (out, out)
        } else {
            let bend = (b.0 - a.0) * 0.5;
            (bend, -bend)
        };
        let _ = write!(
            path,
            "C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
            a.0 + out,
            a.1,
            b.0 + back,
            b.1,
            b.0,
            b.1
        );
    }
    path
}

/// Text as XML may hold it.
fn escape(text: &str) -> String {
    quick_xml::escape::escape(visible(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::view::tests::harbour;

    fn drawn() -> String {
        let mut out = Vec::new();
        write(&harbour().bounded(50), "Harbour & co", &mut out).expect("memory takes it");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn it_is_well_formed_and_the_same_every_time() {
        let svg = drawn();
        assert_eq!(svg, drawn());
        let mut reader = quick_xml::Reader::from_str(&svg);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(e) => panic!("{e} in {svg}"),
            }
        }
    }

    #[test]
    fn a_line_leaves_room_for_its_label() {
        let route = [(10.0, 5.0), (80.0, 5.0), (120.0, 45.0), (150.0, 45.0)];
        assert_eq!(
            path(&route, 40.0),
            "M10.0 5.0H15.0M57.0 5.0H80.0C100.0 5.0 100.0 45.0 120.0 45.0H150.0"
        );
        let leftwards = [(10.0, 5.0), (-60.0, 5.0), (-60.0, 9.0), (10.0, 9.0)];
        assert!(path(&leftwards, 40.0).starts_with("M10.0 5.0H5.0M-37.0 5.0H-60.0C"));
    }

    #[test]
    fn it_shows_names_roles_and_sentences() {
        let svg = drawn();
        for shown in [
            "Ada &quot;A&quot; Pike",
            "former harbour master",
            "“Police arrested Ada Pike.”",
            "stroke-dasharray",
            "5 of 6 things shown",
        ] {
            assert!(svg.contains(shown), "{shown} is missing");
        }
    }
}
