//! What sources disagree on: what somebody denies, figures that differ, and days that cannot both be right.

use super::View;
use super::sources::Sources;
use crate::schema::vocab::{local_name, nl, prov, rdf, schema, sem};
use crate::store::StoreError;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Days of which a thing has one.
const DAYS: [&str; 4] = [
    sem::HAS_TIME_STAMP,
    schema::BIRTH_DATE,
    schema::DEATH_DATE,
    schema::FOUNDING_DATE,
];

/// Something that sources disagree on, or that one of them denies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Dispute {
    /// What it is about.
    pub text: String,
    /// `denied`, `figures` or `dates`.
    pub kind: &'static str,
    /// Who says what.
    pub sides: Vec<Side>,
    /// IRI of the fact.
    pub iri: String,
}

/// One side of a dispute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Side {
    /// `denied`, `stated`, `alleged` …, or the figure or day that is given.
    pub says: String,
    /// Who says so: speakers, publishers, or the titles of articles.
    pub by: Vec<String>,
    /// Numbers of the sentences.
    pub sources: Vec<usize>,
}

/// Sides by what they say: who, and in which sentences.
type Sides = BTreeMap<String, (BTreeSet<String>, BTreeSet<usize>)>;

/// The disputes about a thing and about the facts in which it takes part, in order of what they are about.
pub(super) fn of(
    view: View<'_>,
    iri: &str,
    facts: &[String],
    sources: &mut Sources<'_>,
) -> Result<Vec<Dispute>, StoreError> {
    let facts: BTreeSet<&str> = facts
        .iter()
        .map(String::as_str)
        .chain(std::iter::once(iri))
        .collect();
    let mut all = BTreeMap::new();
    for claim in claims(view, iri, rdf::OBJECT)? {
        denied(view, iri, &claim, sources, &mut all)?;
    }
    let mut disputes = Vec::new();
    for fact in facts {
        let mut days: BTreeMap<String, Sides> = BTreeMap::new();
        for claim in claims(view, fact, rdf::SUBJECT)? {
            denied(view, iri, &claim, sources, &mut all)?;
            if let Some(predicate) = view.iris(&claim, rdf::PREDICATE)?.pop()
                && DAYS.contains(&predicate.as_str())
                && let Some(day) = view.texts(&claim, rdf::OBJECT)?.pop()
            {
                for assertion in view.iris(&claim, nl::ASSERTION_OF)? {
                    let sides = days.entry(predicate.clone()).or_default();
                    note(view, sides, day.clone(), &assertion, sources)?;
                }
            }
        }
        for sides in days.into_values().filter(apart) {
            disputes.push(Dispute {
                text: format!("When: {}", view.label(fact)?),
                kind: "dates",
                sides: list(sides),
                iri: fact.to_owned(),
            });
        }
        disputes.extend(figures(view, fact, sources)?);
    }
    for (fact, sides) in all {
        let mut text = view.label(&fact)?;
        if let Some(plain) = text.strip_suffix(" (denied)") {
            text = plain.to_owned();
        }
        disputes.push(Dispute {
            text,
            kind: "denied",
            sides: list(sides),
            iri: fact,
        });
    }
    disputes.sort_by(|a, b| (&a.text, &a.iri, a.kind).cmp(&(&b.text, &b.iri, b.kind)));
    disputes.dedup();
    Ok(disputes)
}

fn claims(view: View<'_>, of: &str, part: &str) -> Result<Vec<String>, StoreError> {
    let mut claims: Vec<String> = view
        .pointing_at(of)?
        .into_iter()
        .filter(|(_, predicate)| predicate == part)
        .map(|(claim, _)| claim)
        .collect();
    claims.dedup();
    Ok(claims)
}

/// Adds a claim that somebody denies, with all who speak of it. Denying that an event happened, or the part that the thing
/// of the page has in it, is denying the event; all else is denying the claim.
fn denied(
    view: View<'_>,
    page: &str,
    claim: &str,
    sources: &mut Sources<'_>,
    all: &mut BTreeMap<String, Sides>,
) -> Result<(), StoreError> {
    let assertions = view.iris(claim, nl::ASSERTION_OF)?;
    let mut denials = false;
    for assertion in &assertions {
        denials |= view
            .iris(assertion, nl::POLARITY)?
            .iter()
            .any(|p| p == nl::NEGATED);
    }
    if !denials {
        return Ok(());
    }
    let subject = view.iris(claim, rdf::SUBJECT)?.pop().unwrap_or_default();
    let types = view.iris(&subject, rdf::TYPE)?;
    let of_event = types
        .iter()
        .any(|t| t == sem::EVENT || t == nl::POSSIBLE_EVENT);
    let predicate = view.iris(claim, rdf::PREDICATE)?.pop().unwrap_or_default();
    let object = view.iris(claim, rdf::OBJECT)?.pop().unwrap_or_default();
    let whole = predicate == sem::EVENT_TYPE || predicate == rdf::TYPE || object == page;
    let about = if of_event && whole {
        subject
    } else if of_event && !types.iter().any(|t| t == sem::EVENT) {
        // The event as a whole is denied, so its parts need no line.
        return Ok(());
    } else {
        claim.to_owned()
    };
    let sides = all.entry(about).or_default();
    for assertion in assertions {
        let negated = view
            .iris(&assertion, nl::POLARITY)?
            .iter()
            .any(|p| p == nl::NEGATED);
        let modality = view
            .iris(&assertion, nl::MODALITY)?
            .pop()
            .unwrap_or_default();
        let says = match modality.as_str() {
            _ if negated => "denied".to_owned(),
            nl::ACTUAL => "stated".to_owned(),
            other => local_name(other).to_lowercase(),
        };
        note(view, sides, says, &assertion, sources)?;
    }
    Ok(())
}

/// Adds what one assertion says to the sides.
fn note(
    view: View<'_>,
    sides: &mut Sides,
    says: String,
    assertion: &str,
    sources: &mut Sources<'_>,
) -> Result<(), StoreError> {
    let (who, sentences) = sides.entry(says).or_default();
    let spoken = view.texts(assertion, &format!("{}speakerText", nl::NS))?;
    if let Some(words) = spoken.into_iter().next() {
        who.insert(words);
    } else {
        for speaker in view.iris(assertion, prov::WAS_ATTRIBUTED_TO)? {
            let types = view.iris(&speaker, rdf::TYPE)?;
            let label = view.label(&speaker)?;
            who.insert(if types.iter().any(|t| t == schema::NEWS_ARTICLE) {
                format!("“{label}”")
            } else {
                label
            });
        }
    }
    sentences.extend(sources.derived_from(assertion)?);
    Ok(())
}

/// Figures that count one event, of one unit, and differ.
fn figures(
    view: View<'_>,
    event: &str,
    sources: &mut Sources<'_>,
) -> Result<Vec<Dispute>, StoreError> {
    let mut by_unit: BTreeMap<String, (BTreeSet<String>, Sides)> = BTreeMap::new();
    for (figure, predicate) in view.pointing_at(event)? {
        if predicate != nl::COUNTS {
            continue;
        }
        let unit = view.texts(&figure, nl::UNIT)?.pop().unwrap_or_default();
        let value = view.texts(&figure, nl::VALUE)?.pop();
        let amount = value.unwrap_or(view.label(&figure)?);
        let (amounts, sides) = by_unit.entry(unit).or_default();
        amounts.insert(amount);
        let (who, sentences) = sides.entry(view.label(&figure)?).or_default();
        for sentence in sources.of(&figure)? {
            who.insert(sources.voice(sentence));
            sentences.insert(sentence);
        }
    }
    let mut found = Vec::new();
    for (unit, (amounts, sides)) in by_unit {
        if amounts.len() > 1 {
            found.push(Dispute {
                text: format!("How many ({unit}): {}", view.label(event)?),
                kind: "figures",
                sides: list(sides),
                iri: event.to_owned(),
            });
        }
    }
    Ok(found)
}

/// Whether two of the days cannot both be right: "2023-09" and "2023-09-24" can.
fn apart(sides: &Sides) -> bool {
    let days: Vec<&String> = sides.keys().collect();
    days.iter().enumerate().any(|(n, a)| {
        days[n + 1..]
            .iter()
            .any(|b| !a.starts_with(b.as_str()) && !b.starts_with(a.as_str()))
    })
}

fn list(sides: Sides) -> Vec<Side> {
    sides
        .into_iter()
        .map(|(says, (by, sources))| Side {
            says,
            by: by.into_iter().collect(),
            sources: sources.into_iter().collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Dossier, Form, write};
    use crate::schema::vocab::PREFIXES;
    use crate::store::Store;
    use oxigraph::io::{RdfFormat, RdfParser};

    /// Two papers: one has a strike by Acme's staff, 200 of them, on the 3rd; the other denies it, has 50 and the 5th.
    const DISPUTED: &str = r#"
        <e> a sem:Event, nl:Strike ; sem:eventType nl:Strike ; rdfs:label "Strike at Acme"@en ;
            sem:hasActor <acme> ; nl:object <acme> ; nl:evidence <s1> , <s2> .
        <acme> a org:Organization ; rdfs:label "Acme"@en ; skos:prefLabel "Acme"@en .
        <c1> a nl:Claim ; rdf:subject <e> ; rdf:predicate sem:eventType ; rdf:object nl:Strike ; rdfs:label "Strike: Strike at Acme"@en ;
            nl:assertion <a1> , <a2> .
        <c2> a nl:Claim ; rdf:subject <e> ; rdf:predicate sem:hasTimeStamp ; rdf:object "2024-05-03"^^xsd:date ; nl:assertion <a1> .
        <c3> a nl:Claim ; rdf:subject <e> ; rdf:predicate sem:hasTimeStamp ; rdf:object "2024-05-05"^^xsd:date ; nl:assertion <a3> .
        <c4> a nl:Claim ; rdf:subject <e> ; rdf:predicate sem:hasTimeStamp ; rdf:object "2024-05"^^xsd:gYearMonth ; nl:assertion <a1> .
        <f1> a nl:Figure ; rdfs:label "200 workers"@en ; nl:unit "worker" ; nl:value 200 ; nl:counts <e> ; nl:evidence <s1> .
        <f2> a nl:Figure ; rdfs:label "50 workers"@en ; nl:unit "worker" ; nl:value 50 ; nl:counts <e> ; nl:evidence <s2> .
        <a1> a nl:Assertion ; nl:polarity nl:Affirmed ; nl:modality nl:Actual ; prov:wasAttributedTo <daily> ; prov:wasDerivedFrom <s1> .
        <a2> a nl:Assertion ; nl:polarity nl:Negated ; nl:modality nl:Actual ; prov:wasAttributedTo <ada> ; prov:wasDerivedFrom <s2> .
        <a3> a nl:Assertion ; nl:polarity nl:Affirmed ; nl:modality nl:Actual ; prov:wasAttributedTo <d2> ; prov:wasDerivedFrom <s2> .
        <daily> rdfs:label "Daily"@en . <ada> rdfs:label "Ada Quill"@en .
        <d2> a schema:NewsArticle ; rdfs:label "No strike"@en ; dcterms:title "No strike" .
        <s1> nif:anchorOf "Two hundred struck."@en ; nif:beginIndex 0 ; nif:endIndex 19 ; nif:referenceContext <d1> .
        <d1> a schema:NewsArticle ; dcterms:publisher <daily> .
        <s2> nif:anchorOf "Fifty met, said Ada Quill."@en ; nif:beginIndex 0 ; nif:endIndex 26 ; nif:referenceContext <d2> .
    "#;

    fn store(turtle: &str) -> Store {
        let prefixes = PREFIXES.map(|(name, iri)| format!("@prefix {name}: <{iri}> .\n"));
        let text = format!(
            "@base <https://example.org/> .\n{}{turtle}",
            prefixes.concat()
        );
        let quads: Result<Vec<_>, _> = RdfParser::from_format(RdfFormat::Turtle)
            .for_slice(text.as_bytes())
            .collect();
        Store::in_memory(&quads.expect("Turtle"), "https://example.org/").expect("a store")
    }

    #[test]
    fn a_page_tells_who_disagrees_on_what() {
        let store = store(DISPUTED);
        let page = Dossier::of(&store, "https://example.org/acme").expect("a page");
        let told: Vec<String> = page
            .disputes
            .iter()
            .map(|dispute| {
                let sides = dispute.sides.iter().map(|side| {
                    let by = side.by.join(" & ");
                    format!("{} – {by} {:?}", side.says, side.sources)
                });
                format!("{}: {}", dispute.text, sides.collect::<Vec<_>>().join("; "))
            })
            .collect();
        assert_eq!(
            told,
            [
                "How many (worker): Strike at Acme: 200 workers – Daily [1]; 50 workers – “No strike” [2]",
                "Strike at Acme: denied – Ada Quill [2]; stated – Daily [1]",
                "When: Strike at Acme: 2024-05 – Daily [1]; 2024-05-03 – Daily [1]; 2024-05-05 – “No strike” [2]",
            ]
        );
        for (form, wanted) in [
            (Form::Text, "    denied by Ada Quill [2]\n"),
            (Form::Markdown, "  - denied by Ada Quill[^2]\n"),
            (Form::Html, "<li>denied by Ada Quill<sup>"),
            (Form::Json, "\"says\": \"denied\""),
        ] {
            let mut out = Vec::new();
            write(&store, "Acme", form, &mut out).expect("a page");
            let text = String::from_utf8(out).expect("UTF-8");
            assert!(text.contains(wanted), "{form:?}: {text}");
        }
    }

    #[test]
    fn what_agrees_is_no_dispute() {
        let calm = DISPUTED
            .replace("nl:Negated", "nl:Affirmed")
            .replace("2024-05-05", "2024-05-03")
            .replace("nl:value 50", "nl:value 200");
        let page = Dossier::of(&store(&calm), "https://example.org/acme").expect("a page");
        assert_eq!(page.disputes, []);
    }
}
