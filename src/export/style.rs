//! How kinds look: shapes that differ in black and white, colours that the colour-blind tell apart (after Okabe and Ito).

use super::view::NodeKind;

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
}

/// The look of a kind.
pub(super) const fn style(kind: NodeKind) -> Style {
    match kind {
        NodeKind::Person => Style {
            fill: "#d6eaf8",
            stroke: "#0072b2",
            dot: "shape=box, style=\"filled,rounded\"",
            yed: "roundrectangle",
        },
        NodeKind::Organisation => Style {
            fill: "#fdebc8",
            stroke: "#a35a00",
            dot: "shape=box, style=filled",
            yed: "rectangle",
        },
        NodeKind::Place => Style {
            fill: "#d8f0e5",
            stroke: "#00694d",
            dot: "shape=hexagon, style=filled, margin=\"0.02,0.02\"",
            yed: "hexagon",
        },
        NodeKind::Event => Style {
            fill: "#f7e1ee",
            stroke: "#8c2f66",
            dot: "shape=octagon, style=filled, margin=\"0.02,0.02\"",
            yed: "octagon",
        },
        NodeKind::PossibleEvent => Style {
            fill: "#ffffff",
            stroke: "#8c2f66",
            dot: "shape=octagon, style=\"filled,dashed\", margin=\"0.02,0.02\"",
            yed: "octagon",
        },
        NodeKind::Figure => Style {
            fill: "#f4f4f4",
            stroke: "#555555",
            dot: "shape=note, style=filled",
            yed: "parallelogram",
        },
    }
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
    use super::wrap;

    #[test]
    fn labels_wrap_at_words() {
        assert_eq!(
            wrap("Arrest of Ada Pike in Tideport", 12, 3),
            ["Arrest of", "Ada Pike in", "Tideport"]
        );
        assert_eq!(wrap("one two three four", 7, 1), ["one two…"]);
    }
}
