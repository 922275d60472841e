//! The graph of hand-built extractions, looked at triple by triple.

use super::{GraphOptions, quads};
use crate::claim::{Extraction, Modality, Polarity, Status};
use crate::entity::sample::{Story, month};
use crate::entity::{Entity, EventNode, Resolution};
use crate::mention::MentionKind;
use crate::schema::Schema;
use crate::schema::vocab::{nif, nl, org, rdf, sem, skos};
use jiff::civil::Date;
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};

const TEXT: &str =
    "Harbour chief Ada Pike was arrested in Leeds in May 2021.\nAn inquiry may follow.";

fn story() -> (Extraction, Resolution) {
    let mut s = Story::new("a.txt", Some(Date::constant(2021, 6, 1)), TEXT);
    let pike = s.name(MentionKind::Person, &["Ada Pike"]);
    let leeds = s.name(MentionKind::Place, &["Leeds"]);
    s.role("Harbour chief", Status::Current, &[("member", "Ada Pike")]);
    let arrest = s.event(
        "Arrest",
        "arrested",
        &[("accused", "Ada Pike"), ("place", "Leeds")],
    );
    s.time(arrest, "in May 2021", month(2021, 5));
    let inquiry = s.event("Inquiry", "inquiry", &[]);
    s.with(inquiry, |c| c.modality = Modality::Possible);
    let mut resolution = Resolution::default();
    for (no, (kind, name)) in [
        (MentionKind::Person, "Ada Pike"),
        (MentionKind::Place, "Leeds"),
    ]
    .into_iter()
    .enumerate()
    {
        resolution.entities.push(Entity {
            kind,
            name: name.to_owned(),
            label: None,
            aliases: vec![],
            disambiguator: String::new(),
            chains: vec![(0, [pike, leeds][no])],
        });
        resolution
            .entity_of
            .insert((0, [pike, leeds][no]), no as u32);
    }
    for (no, (class, claim, actual)) in [("Arrest", arrest, true), ("Inquiry", inquiry, false)]
        .into_iter()
        .enumerate()
    {
        resolution.events.push(EventNode {
            class: format!("{}{class}", nl::NS),
            actual,
            claims: vec![(0, claim)],
            realises: vec![],
        });
        resolution.event_of.insert((0, claim), no as u32);
    }
    (s.done(), resolution)
}

fn woven() -> Vec<Quad> {
    let (x, r) = story();
    quads(&[x], &r, &Schema::default(), &GraphOptions::default())
}

/// Subjects of a class.
fn of_class(quads: &[Quad], class: &str) -> Vec<String> {
    quads
        .iter()
        .filter(|q| {
            q.predicate.as_str() == rdf::TYPE && q.object.to_string() == format!("<{class}>")
        })
        .map(subject)
        .collect()
}

fn subject(quad: &Quad) -> String {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(n) => n.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(_) => panic!("a blank node"),
    }
}

/// Values of a property, as lexical forms or IRIs.
fn values(quads: &[Quad], of: &str, property: &str) -> Vec<String> {
    quads
        .iter()
        .filter(|q| subject(q) == of && q.predicate.as_str() == property)
        .map(|q| match &q.object {
            Term::Literal(l) => l.value().to_owned(),
            Term::NamedNode(n) => n.as_str().to_owned(),
            Term::BlankNode(b) => panic!("{b} is blank"),
        })
        .collect()
}

#[test]
fn what_happened_is_an_event_and_what_may_follow_is_not() {
    let quads = woven();
    let events = of_class(&quads, sem::EVENT);
    assert_eq!(events.len(), 1);
    let arrest = &events[0];
    assert_eq!(
        values(&quads, arrest, skos::PREF_LABEL),
        ["Arrest against Ada Pike in Leeds, May 2021"]
    );
    assert_eq!(values(&quads, arrest, sem::HAS_TIME_STAMP), ["2021-05"]);
    assert_eq!(
        values(&quads, arrest, sem::HAS_EARLIEST_BEGIN_TIME_STAMP),
        ["2021-05-01"]
    );
    assert_eq!(
        values(&quads, arrest, sem::HAS_ACTOR),
        values(&quads, arrest, nl::ACCUSED)
    );
    let possible = of_class(&quads, nl::POSSIBLE_EVENT);
    assert_eq!(possible.len(), 1);
    assert_eq!(values(&quads, &possible[0], nl::MODALITY), [nl::POSSIBLE]);
    assert!(!of_class(&quads, &format!("{}Inquiry", nl::NS)).contains(&possible[0]));
}

#[test]
fn evidence_is_the_sentence_in_code_points() {
    let quads = woven();
    let arrest = of_class(&quads, sem::EVENT).remove(0);
    let evidence = values(&quads, &arrest, nl::EVIDENCE);
    assert_eq!(evidence.len(), 1);
    assert!(evidence[0].ends_with("#char=0,57"), "{evidence:?}");
    assert_eq!(
        values(&quads, &evidence[0], nif::ANCHOR_OF),
        ["Harbour chief Ada Pike was arrested in Leeds in May 2021."]
    );
}

#[test]
fn a_role_without_organisation_is_a_membership_without_one() {
    let quads = woven();
    let held = of_class(&quads, org::MEMBERSHIP);
    assert_eq!(held.len(), 1);
    assert_eq!(values(&quads, &held[0], nl::STATUS), [nl::CURRENT]);
    assert_eq!(values(&quads, &held[0], nl::AS_OF), ["2021-06-01"]);
    assert!(values(&quads, &held[0], org::ORGANIZATION_OF).is_empty());
    let role = values(&quads, &held[0], org::ROLE).remove(0);
    assert_eq!(values(&quads, &role, skos::PREF_LABEL), ["harbour chief"]);
}

#[test]
fn a_denied_role_is_a_claim_only() {
    let (mut x, r) = story();
    for claim in &mut x.claims {
        claim.polarity = Polarity::Negated;
    }
    let quads = quads(&[x], &r, &Schema::default(), &GraphOptions::default());
    assert!(of_class(&quads, org::MEMBERSHIP).is_empty());
    let claims = of_class(&quads, nl::CLAIM);
    assert!(
        claims
            .iter()
            .any(|c| values(&quads, c, rdf::PREDICATE) == [org::HOLDS])
    );
    assert!(!quads.iter().any(|q| q.predicate.as_str() == org::HOLDS));
}

#[test]
fn nothing_stands_in_the_default_graph_and_nothing_is_blank() {
    let quads = woven();
    assert!(
        quads
            .iter()
            .all(|q| matches!(q.graph_name, GraphName::NamedNode(_)))
    );
    assert!(
        quads
            .iter()
            .all(|q| matches!(q.subject, NamedOrBlankNode::NamedNode(_))
                && !matches!(q.object, Term::BlankNode(_)))
    );
    let lines: Vec<String> = quads.iter().map(ToString::to_string).collect();
    let mut sorted = lines.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(lines, sorted);
}

#[test]
fn figures_keep_their_comparator_and_their_sentence() {
    let mut s = Story::new("a.txt", None, "Some 40 divers met.");
    s.figure("40 divers", 40.0, "diver");
    let quads = quads(
        &[s.done()],
        &Resolution::default(),
        &Schema::default(),
        &GraphOptions::default(),
    );
    let figure = of_class(&quads, nl::FIGURE).remove(0);
    assert_eq!(values(&quads, &figure, nl::VALUE), ["40"]);
    assert_eq!(values(&quads, &figure, nl::UNIT), ["diver"]);
    assert_eq!(values(&quads, &figure, nl::EVIDENCE).len(), 1);
}

#[test]
fn whoever_has_no_name_has_no_node() {
    let mut s = Story::new("a.txt", None, "Divers found a wreck.");
    s.nominal(MentionKind::Group, "Divers");
    let find = s.event("Find", "found", &[("agent", "Divers")]);
    let x = s.done();
    let mut r = Resolution::default();
    r.events.push(EventNode {
        class: format!("{}Find", nl::NS),
        actual: true,
        claims: vec![(0, find)],
        realises: vec![],
    });
    r.event_of.insert((0, find), 0);
    let quads = quads(&[x], &r, &Schema::default(), &GraphOptions::default());
    let event = of_class(&quads, sem::EVENT).remove(0);
    assert_eq!(
        values(&quads, &event, &format!("{}agentText", nl::NS)),
        ["Divers"]
    );
    assert!(values(&quads, &event, sem::HAS_ACTOR).is_empty());
}
