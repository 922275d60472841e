//! GraphML for Gephi, yEd, networkx, igraph.
//!
//! In: a [`GraphView`]. Out: GraphML 1.0; labels and colours are plain attributes, which Gephi reads, and in the flavour for
//! yEd also drawn nodes. Refuses: attributes without a declared type.

use super::style::{style, visible};
use super::view::GraphView;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, Write};

/// Whose reader the file is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flavour {
    /// Any reader; Gephi takes labels and colours from attributes.
    #[default]
    Plain,
    /// yEd, which draws what stands in its own elements.
    Yed,
}

/// Attributes of nodes: (key, name, type).
const NODE_KEYS: [(&str, &str, &str); 12] = [
    ("n_label", "label", "string"),
    ("n_kind", "kind", "string"),
    ("n_class", "class", "string"),
    ("n_iri", "iri", "string"),
    ("n_begins", "begins", "string"),
    ("n_ends", "ends", "string"),
    ("n_evidence", "evidence", "string"),
    ("n_sentences", "sentences", "int"),
    ("n_unconfirmed", "unconfirmed", "boolean"),
    ("n_r", "r", "int"),
    ("n_g", "g", "int"),
    ("n_b", "b", "int"),
];

/// Attributes of edges.
const EDGE_KEYS: [(&str, &str, &str); 4] = [
    ("e_label", "label", "string"),
    ("e_iri", "iri", "string"),
    ("e_evidence", "evidence", "string"),
    ("e_unconfirmed", "unconfirmed", "boolean"),
];

/// Red, green and blue of a colour written `#rrggbb`.
pub(super) fn rgb(colour: &str) -> [u8; 3] {
    let part = |at: usize| {
        colour
            .get(at..at + 2)
            .and_then(|h| u8::from_str_radix(h, 16).ok())
            .unwrap_or(0)
    };
    [part(1), part(3), part(5)]
}

/// Writes a view as GraphML.
pub fn write(view: &GraphView, flavour: Flavour, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut root = xml
        .create_element("graphml")
        .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
    if flavour == Flavour::Yed {
        root = root
            .with_attribute(("xmlns:y", "http://www.yworks.com/xml/graphml"))
            .with_attribute(("xmlns:yed", "http://www.yworks.com/xml/yed/3"));
    }
    root.write_inner_content(|xml| {
        for (target, keys) in [("node", &NODE_KEYS[..]), ("edge", &EDGE_KEYS[..])] {
            for (id, name, kind) in keys {
                xml.create_element("key")
                    .with_attributes([
                        ("id", *id),
                        ("for", target),
                        ("attr.name", *name),
                        ("attr.type", *kind),
                    ])
                    .write_empty()?;
            }
        }
        if flavour == Flavour::Yed {
            for (id, target, kind) in [
                ("d_node", "node", "nodegraphics"),
                ("d_edge", "edge", "edgegraphics"),
            ] {
                xml.create_element("key")
                    .with_attributes([("id", id), ("for", target), ("yfiles.type", kind)])
                    .write_empty()?;
            }
        }
        xml.create_element("graph")
            .with_attributes([("id", "newsloom"), ("edgedefault", "directed")])
            .write_inner_content(|xml| {
                for i in 0..view.nodes.len() {
                    node(xml, view, i, flavour)?;
                }
                for i in 0..view.edges.len() {
                    edge(xml, view, i, flavour)?;
                }
                Ok(())
            })?;
        Ok(())
    })?;
    out.write_all(b"\n")
}

fn data<W: Write>(xml: &mut Writer<W>, key: &str, value: &str) -> io::Result<()> {
    if !value.is_empty() {
        xml.create_element("data")
            .with_attribute(("key", key))
            .write_text_content(BytesText::new(&visible(value)))?;
    }
    Ok(())
}

fn node<W: Write>(
    xml: &mut Writer<W>,
    view: &GraphView,
    i: usize,
    flavour: Flavour,
) -> io::Result<()> {
    let node = &view.nodes[i];
    let look = style(node.kind);
    let [r, g, b] = rgb(look.stroke);
    let unconfirmed = node.kind == super::view::NodeKind::PossibleEvent;
    xml.create_element("node")
        .with_attribute(("id", format!("n{i}").as_str()))
        .write_inner_content(|xml| {
            data(xml, "n_label", &node.label)?;
            data(xml, "n_kind", node.kind.label())?;
            data(xml, "n_class", &node.detail)?;
            data(xml, "n_iri", &node.iri)?;
            data(xml, "n_begins", node.begins.as_deref().unwrap_or_default())?;
            data(xml, "n_ends", node.ends.as_deref().unwrap_or_default())?;
            data(xml, "n_evidence", &node.tooltip)?;
            data(xml, "n_sentences", &node.mentions.to_string())?;
            data(xml, "n_unconfirmed", &unconfirmed.to_string())?;
            for (key, value) in [("n_r", r), ("n_g", g), ("n_b", b)] {
                data(xml, key, &value.to_string())?;
            }
            if flavour == Flavour::Yed {
                xml.create_element("data")
                    .with_attribute(("key", "d_node"))
                    .write_inner_content(|xml| {
                        xml.create_element("y:ShapeNode")
                            .write_inner_content(|xml| {
                                let width =
                                    (node.label.chars().count().min(40) * 7 + 20).to_string();
                                xml.create_element("y:Geometry")
                                    .with_attributes([("width", width.as_str()), ("height", "32")])
                                    .write_empty()?;
                                xml.create_element("y:Fill")
                                    .with_attributes([
                                        ("color", look.fill),
                                        ("transparent", "false"),
                                    ])
                                    .write_empty()?;
                                let line = if unconfirmed { "dashed" } else { "line" };
                                xml.create_element("y:BorderStyle")
                                    .with_attributes([
                                        ("color", look.stroke),
                                        ("type", line),
                                        ("width", "1.4"),
                                    ])
                                    .write_empty()?;
                                xml.create_element("y:NodeLabel")
                                    .write_text_content(BytesText::new(&visible(&node.label)))?;
                                xml.create_element("y:Shape")
                                    .with_attribute(("type", look.yed))
                                    .write_empty()?;
                                Ok(())
                            })?;
                        Ok(())
                    })?;
            }
            Ok(())
        })?;
    Ok(())
}

fn edge<W: Write>(
    xml: &mut Writer<W>,
    view: &GraphView,
    i: usize,
    flavour: Flavour,
) -> io::Result<()> {
    let edge = &view.edges[i];
    let (id, from, to) = (
        format!("e{i}"),
        format!("n{}", edge.from),
        format!("n{}", edge.to),
    );
    xml.create_element("edge")
        .with_attributes([
            ("id", id.as_str()),
            ("source", from.as_str()),
            ("target", to.as_str()),
        ])
        .write_inner_content(|xml| {
            data(xml, "e_label", &edge.label)?;
            data(xml, "e_iri", &edge.iri)?;
            data(xml, "e_evidence", &edge.tooltip)?;
            data(xml, "e_unconfirmed", &edge.unconfirmed.to_string())?;
            if flavour == Flavour::Yed {
                xml.create_element("data")
                    .with_attribute(("key", "d_edge"))
                    .write_inner_content(|xml| {
                        xml.create_element("y:PolyLineEdge")
                            .write_inner_content(|xml| {
                                let line = if edge.unconfirmed { "dashed" } else { "line" };
                                xml.create_element("y:LineStyle")
                                    .with_attributes([
                                        ("color", "#555555"),
                                        ("type", line),
                                        ("width", "1.0"),
                                    ])
                                    .write_empty()?;
                                xml.create_element("y:Arrows")
                                    .with_attributes([("source", "none"), ("target", "standard")])
                                    .write_empty()?;
                                xml.create_element("y:EdgeLabel")
                                    .write_text_content(BytesText::new(&visible(&edge.label)))?;
                                Ok(())
                            })?;
                        Ok(())
                    })?;
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
    fn every_node_and_edge_is_there_in_both_flavours() {
        for flavour in [Flavour::Plain, Flavour::Yed] {
            let view = harbour();
            let mut out = Vec::new();
            write(&view, flavour, &mut out).expect("memory takes it");
            let text = String::from_utf8(out).expect("it is text");
            assert_eq!(text.matches("<node ").count(), view.nodes.len());
            assert_eq!(text.matches("<edge ").count(), view.edges.len());
            assert!(text.contains("Harbour &amp; Tide Office"));
            assert_eq!(text.contains("y:ShapeNode"), flavour == Flavour::Yed);
        }
    }
}
