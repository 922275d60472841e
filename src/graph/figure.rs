//! Figures that texts give: how many of what, and in which event.
//!
//! In: claims of kind `Figure`. Out: `nl:Figure`s; two sources that give different numbers give two. Refuses: to add up or
//! to choose.

use super::{Filled, Weaver, text};
use crate::claim::ClaimKind;
use crate::entity::DocumentNo;
use crate::schema::vocab::{nl, rdf, rdfs};
use oxigraph::model::NamedNode;

impl Weaver<'_> {
    /// Writes every figure.
    pub(super) fn figures(&mut self) {
        for no in 0..self.extractions.len() as DocumentNo {
            for index in 0..self.extractions[no as usize].claims.len() as u32 {
                self.figure((no, index));
            }
        }
    }

    fn figure(&mut self, at: (DocumentNo, u32)) {
        let x = &self.extractions[at.0 as usize];
        let claim = &x.claims[at.1 as usize];
        let (ClaimKind::Figure, Some(figure)) = (claim.kind, &claim.figure) else {
            return;
        };
        if self.rejected(at) {
            return;
        }
        let words = super::words::readable(x, figure.span);
        let value = figure.value.filter(|v| v.is_finite()).map(number);
        let event = match claim.slot("counts").and_then(|f| self.filled(at.0, f)) {
            Some(Filled::Event(e)) => Some(e),
            _ => None,
        };
        let spoken = [
            figure.comparator,
            value.as_deref().unwrap_or_default(),
            figure.unit.as_str(),
        ]
        .join(" ");
        let context = event.map_or_else(
            || format!("{} {}", x.document.id().hex(), figure.span.start()),
            |e| self.events[e as usize].iri.as_str().to_owned(),
        );
        let node = self
            .iris
            .thing("figure", &words, &format!("{spoken} {context}"));
        let (comparator, unit) = (figure.comparator, figure.unit.clone());
        let (modality, fact) = (claim.modality, claim.is_fact());
        self.fact(&node, rdf::TYPE, NamedNode::new_unchecked(nl::FIGURE));
        self.fact(&node, rdfs::LABEL, text::english(&words));
        self.fact(&node, nl::COMPARATOR, text::english(comparator));
        self.fact(&node, nl::UNIT, text::english(&unit));
        if !fact {
            self.fact(
                &node,
                nl::MODALITY,
                NamedNode::new_unchecked(super::statement::modality(modality)),
            );
        }
        let (_, evidence) = self.assertion(at);
        self.fact(&node, nl::EVIDENCE, evidence);
        if let Some(value) = value {
            let literal = text::decimal(&value);
            self.fact(&node, nl::VALUE, literal.clone());
        }
        if let Some(event) = event {
            let (iri, label) = (
                self.events[event as usize].iri.clone(),
                self.events[event as usize].label.clone(),
            );
            self.state(
                &node,
                nl::COUNTS,
                iri,
                at,
                &format!("{words}: {label}"),
                true,
            );
        }
    }
}

/// A number as `xsd:decimal` writes it.
fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_have_no_exponent() {
        assert_eq!(number(300.0), "300");
        assert_eq!(number(2.5e9), "2500000000");
        assert_eq!(number(0.25), "0.25");
        assert_eq!(number(0.0), "0");
    }
}
