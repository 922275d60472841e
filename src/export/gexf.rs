//! GEXF 1.3 for Gephi, with the time of events.
//!
//! In: a [`GraphView`]. Out: GEXF; events carry `start` and `end`, so that Gephi's timeline plays them. Refuses: the
//! `xsi:schemaLocation` that the format's own grammar forbids.

use super::graphml::rgb;
use super::style::{style, visible};
use super::view::{GraphView, NodeKind};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};
use std::io::{self, Write};

/// Attributes of nodes: (id, title, type).
const NODE_ATTRIBUTES: [(&str, &str, &str); 6] = [
    ("0", "kind", "string"),
    ("1", "class", "string"),
    ("2", "iri", "anyURI"),
    ("3", "evidence", "string"),
    ("4", "sentences", "integer"),
    ("5", "unconfirmed", "boolean"),
];

/// Attributes of edges.
const EDGE_ATTRIBUTES: [(&str, &str, &str); 3] = [
    ("0", "iri", "anyURI"),
    ("1", "evidence", "string"),
    ("2", "unconfirmed", "boolean"),
];

/// Writes a view as GEXF.
pub fn write(view: &GraphView, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("gexf")
        .with_attributes([
            ("xmlns", "http://gexf.net/1.3"),
            ("xmlns:viz", "http://gexf.net/1.3/viz"),
            ("version", "1.3"),
        ])
        .write_inner_content(|xml| {
            xml.create_element("graph")
                .with_attributes([
                    ("mode", "dynamic"),
                    ("defaultedgetype", "directed"),
                    ("timeformat", "date"),
                ])
                .write_inner_content(|xml| {
                    declare(xml, "node", &NODE_ATTRIBUTES)?;
                    declare(xml, "edge", &EDGE_ATTRIBUTES)?;
                    xml.create_element("nodes").write_inner_content(|xml| {
                        for i in 0..view.nodes.len() {
                            node(xml, view, i)?;
                        }
                        Ok(())
                    })?;
                    xml.create_element("edges").write_inner_content(|xml| {
                        for i in 0..view.edges.len() {
                            edge(xml, view, i)?;
                        }
                        Ok(())
                    })?;
                    Ok(())
                })?;
            Ok(())
        })?;
    out.write_all(b"\n")
}

fn declare<W: Write>(
    xml: &mut Writer<W>,
    class: &str,
    attributes: &[(&str, &str, &str)],
) -> io::Result<()> {
    xml.create_element("attributes")
        .with_attributes([("class", class), ("mode", "static")])
        .write_inner_content(|xml| {
            for (id, title, kind) in attributes {
                xml.create_element("attribute")
                    .with_attributes([("id", *id), ("title", *title), ("type", *kind)])
                    .write_empty()?;
            }
            Ok(())
        })?;
    Ok(())
}

fn values<W: Write>(xml: &mut Writer<W>, values: &[(&str, &str)]) -> io::Result<()> {
    xml.create_element("attvalues").write_inner_content(|xml| {
        for (id, value) in values.iter().filter(|(_, v)| !v.is_empty()) {
            xml.create_element("attvalue")
                .with_attributes([("for", *id), ("value", &*visible(value))])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn node<W: Write>(xml: &mut Writer<W>, view: &GraphView, i: usize) -> io::Result<()> {
    let node = &view.nodes[i];
    let id = format!("n{i}");
    let label = visible(&node.label);
    let mut element = xml
        .create_element("node")
        .with_attributes([("id", id.as_str()), ("label", &label)]);
    if let Some(day) = &node.begins {
        element = element.with_attribute(("start", day.as_str()));
    }
    if let Some(day) = &node.ends {
        element = element.with_attribute(("end", day.as_str()));
    }
    element.write_inner_content(|xml| {
        let unconfirmed = (node.kind == NodeKind::PossibleEvent).to_string();
        let sentences = node.mentions.to_string();
        values(
            xml,
            &[
                ("0", node.kind.label()),
                ("1", &node.detail),
                ("2", &node.iri),
                ("3", &node.tooltip),
                ("4", &sentences),
                ("5", &unconfirmed),
            ],
        )?;
        let [r, g, b] = rgb(style(node.kind).stroke).map(|c| c.to_string());
        xml.create_element("viz:color")
            .with_attributes([("r", r.as_str()), ("g", g.as_str()), ("b", b.as_str())])
            .write_empty()?;
        let shape = match node.kind {
            NodeKind::Person | NodeKind::Thing => "disc",
            NodeKind::Organisation => "square",
            NodeKind::Place => "triangle",
            NodeKind::Event | NodeKind::PossibleEvent | NodeKind::Figure => "diamond",
        };
        xml.create_element("viz:shape")
            .with_attribute(("value", shape))
            .write_empty()?;
        Ok(())
    })?;
    Ok(())
}

fn edge<W: Write>(xml: &mut Writer<W>, view: &GraphView, i: usize) -> io::Result<()> {
    let edge = &view.edges[i];
    let (id, from, to) = (
        format!("e{i}"),
        format!("n{}", edge.from),
        format!("n{}", edge.to),
    );
    let label = visible(&edge.label);
    xml.create_element("edge")
        .with_attributes([
            ("id", id.as_str()),
            ("source", from.as_str()),
            ("target", to.as_str()),
            ("kind", &label),
            ("label", &label),
        ])
        .write_inner_content(|xml| {
            values(
                xml,
                &[
                    ("0", &edge.iri),
                    ("1", &edge.tooltip),
                    ("2", &edge.unconfirmed.to_string()),
                ],
            )?;
            if edge.unconfirmed {
                xml.create_element("viz:shape")
                    .with_attribute(("value", "dashed"))
                    .write_empty()?;
            }
            Ok(())
        })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::view::tests::harbour;

    #[test]
    fn events_carry_their_days() {
        let mut out = Vec::new();
        write(&harbour(), &mut out).expect("memory takes it");
        let text = String::from_utf8(out).expect("it is text");
        assert!(text.contains("label=\"Arrest of Ada Pike\" start=\"2021-05-04\""));
        assert!(text.contains("kind=\"former harbour master\""));
        assert_eq!(text.matches("<viz:shape value=\"dashed\"").count(), 1);
    }
}
