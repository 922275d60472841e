//! Claims and assertions: one claim node a triple, one assertion a sentence that states it.
//!
//! In: a triple and the extracted claim behind it. Out: the reified triple, the assertion with all that its sentence
//! shows (voice, polarity, modality, speaker, cue), and the count of independent origins. Refuses: an assertion without a
//! sentence.

use super::{Weaver, text};
use crate::claim::{Modality, Polarity, Speaker, Voice};
use crate::entity::DocumentNo;
use crate::schema::vocab::{dcterms, nl, prov, rdf, rdfs, xsd};
use oxigraph::model::{NamedNode, Term};

/// Words of a speaker who has no node.
const SPEAKER_TEXT: &str = "https://w3id.org/newsloom/ns#speakerText";
/// How many origins state a claim: copies of one report count once.
const INDEPENDENT_SOURCES: &str = "https://w3id.org/newsloom/ns#independentSources";

/// Where a claim was read: document and index in its list.
pub(super) type At = (DocumentNo, u32);

/// IRI of a modality.
pub(super) const fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Actual => nl::ACTUAL,
        Modality::Possible => nl::POSSIBLE,
        Modality::Alleged => nl::ALLEGED,
        Modality::Planned => nl::PLANNED,
    }
}

impl Weaver<'_> {
    /// Writes the claim node of a triple for one claim behind it; `direct` states the triple itself too.
    pub(super) fn state(
        &mut self,
        subject: &NamedNode,
        predicate: &str,
        object: impl Into<Term>,
        at: At,
        label: &str,
        direct: bool,
    ) {
        let object = object.into();
        if direct {
            self.fact(subject, predicate, object.clone());
        }
        let predicate = NamedNode::new_unchecked(predicate);
        let (assertion, evidence) = self.assertion(at);
        let claim = self.iris.claim(subject, &predicate, &object);
        for class in [nl::CLAIM, rdf::STATEMENT] {
            self.fact(&claim, rdf::TYPE, NamedNode::new_unchecked(class));
        }
        self.fact(&claim, rdfs::LABEL, text::english(label));
        self.fact(&claim, rdf::SUBJECT, subject.clone());
        self.fact(&claim, rdf::PREDICATE, predicate);
        self.fact(&claim, rdf::OBJECT, object);
        self.fact(&claim, nl::EVIDENCE, evidence);
        self.fact(&claim, nl::ASSERTION_OF, assertion);
        let origin = self.origin(at);
        self.stated.entry(claim.clone()).or_default().insert(at);
        self.origins.entry(claim).or_default().insert(origin);
    }

    /// Writes what the sentence of a claim asserts and gives the assertion and its evidence.
    pub(super) fn assertion(&mut self, at: At) -> (NamedNode, NamedNode) {
        if let Some(known) = self.assertions.get(&at) {
            return known.clone();
        }
        let (no, index) = at;
        let x = &self.extractions[no as usize];
        let claim = &x.claims[index as usize];
        let found = claim.evidence();
        let evidence = self.sentence(no, found.span);
        let trigger = text::flat(x.document.slice(found.trigger));
        let assertion = self.iris.assertion(&[
            evidence.as_str(),
            &claim.frame,
            &found.trigger.start().to_string(),
            &index.to_string(),
        ]);
        for class in [nl::ASSERTION, prov::ENTITY] {
            self.of_document(no, &assertion, rdf::TYPE, NamedNode::new_unchecked(class));
        }
        self.of_document(
            no,
            &assertion,
            rdfs::LABEL,
            text::english(&text::short(&text::flat(x.document.slice(found.span)), 80)),
        );
        self.of_document(no, &assertion, prov::WAS_DERIVED_FROM, evidence.clone());
        let document = self.documents[no as usize].clone();
        self.of_document(no, &assertion, dcterms::SOURCE, document.clone());
        let polarity = match claim.polarity {
            Polarity::Affirmed => nl::AFFIRMED,
            Polarity::Negated => nl::NEGATED,
        };
        let voice = match claim.voice {
            Voice::Narrated => nl::NARRATED,
            Voice::Reported => nl::REPORTED,
        };
        for (property, value) in [
            (nl::POLARITY, polarity),
            (nl::MODALITY, modality(claim.modality)),
            (nl::VOICE, voice),
        ] {
            self.of_document(no, &assertion, property, NamedNode::new_unchecked(value));
        }
        self.of_document(
            no,
            &assertion,
            nl::CONFIDENCE,
            text::decimal(&format!("{:.2}", claim.confidence.clamp(0.0, 1.0))),
        );
        self.of_document(no, &assertion, nl::TRIGGER, text::english(&trigger));
        self.of_document(no, &assertion, nl::RULE, text::plain(&found.rule));
        if let Some(cue) = claim.cue {
            self.of_document(
                no,
                &assertion,
                nl::CUE,
                text::english(&text::flat(x.document.slice(cue))),
            );
        }
        if let Some(time) = claim.time.and_then(|t| x.mentions.times.get(t as usize)) {
            self.of_document(
                no,
                &assertion,
                nl::TIME_EXPRESSION,
                text::english(&text::flat(x.document.slice(time.span))),
            );
        }
        let (speaker, words) = match &claim.speaker {
            Some(Speaker::Mention(m)) => (self.entity_of(no, *m), self.words_of(no, *m)),
            Some(Speaker::Text(span)) => (None, Some(*span)),
            None => (None, None),
        };
        let words = words.map(|span| text::flat(x.document.slice(span)));
        if let Some(entity) = speaker {
            let iri = self.entities[entity as usize].clone();
            self.of_document(no, &assertion, prov::WAS_ATTRIBUTED_TO, iri);
        } else {
            let publisher = self.publisher(no).unwrap_or(document);
            self.of_document(no, &assertion, prov::WAS_ATTRIBUTED_TO, publisher);
            if let Some(words) = words.filter(|words| !words.is_empty()) {
                self.of_document(no, &assertion, SPEAKER_TEXT, text::english(&words));
            }
        }
        self.assertions
            .insert(at, (assertion.clone(), evidence.clone()));
        (assertion, evidence)
    }

    /// Who a claim goes back to: its named speaker, else the set of copies its sentence belongs to, else its publisher or
    /// document.
    fn origin(&self, at: At) -> String {
        let (no, index) = at;
        let x = &self.extractions[no as usize];
        let claim = &x.claims[index as usize];
        if let Some(Speaker::Mention(m)) = claim.speaker
            && let Some(entity) = self.entity_of(no, m)
        {
            return format!("speaker {entity}");
        }
        if let Some(copies) = self.resolution.copies.get(&(no, claim.evidence().sentence)) {
            return format!("copies {copies}");
        }
        x.document.publisher().map_or_else(
            || format!("document {}", x.document.id().hex()),
            |p| format!("publisher {p}"),
        )
    }

    /// Writes how many independent origins state each claim.
    pub(super) fn independent_sources(&mut self) {
        for (claim, origins) in std::mem::take(&mut self.origins) {
            self.fact(
                &claim,
                INDEPENDENT_SOURCES,
                text::typed(origins.len().to_string(), xsd::INTEGER),
            );
        }
    }
}
