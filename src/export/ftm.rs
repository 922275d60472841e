//! FollowTheMoney entities, one JSON object a line, for Aleph and OpenSanctions tools.
//!
//! In: a flat graph. Out: `Person`, `Organization`, `Membership`, `Position` with `Occupancy`, and `Event`. Places become
//! the locations of events, which is all that the model has for them; events that are not known to have happened stay out.

use super::Flat;
use super::facts::Facts;
use crate::schema::vocab::{foaf, org, sem};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes the entities.
pub(super) fn write(graph: &Flat, base: &str, out: &mut dyn Write) -> io::Result<()> {
    let facts = Facts::new(graph);
    let id = |iri: &str| iri.strip_prefix(base).unwrap_or(iri).replace('/', "-");
    let mut line = |id: String, schema: &str, properties: Vec<(&str, Vec<String>)>| {
        let mut kept = Map::new();
        for (name, values) in properties {
            let values: Vec<String> = values.into_iter().filter(|v| !v.is_empty()).collect();
            if !values.is_empty() {
                kept.insert(name.to_owned(), json!(values));
            }
        }
        let entity = json!({ "id": id, "schema": schema, "properties": Value::Object(kept) });
        writeln!(out, "{entity}")
    };
    let names = |iri: &str| {
        let aliases = facts.aliases(iri).into_iter().map(str::to_owned).collect();
        vec![("name", vec![facts.label(iri)]), ("alias", aliases)]
    };
    for person in facts.of_class(foaf::PERSON) {
        line(id(person), "Person", names(person))?;
    }
    for body in facts.of_class(org::ORGANIZATION) {
        line(id(body), "Organization", names(body))?;
    }
    for membership in facts.of_class(org::MEMBERSHIP) {
        let all = |predicate: &str| -> Vec<String> {
            facts.iris(membership, predicate).map(&id).collect()
        };
        let roles: Vec<String> = facts
            .iris(membership, org::ROLE)
            .map(|r| facts.label(r))
            .collect();
        let proof: Vec<String> = facts
            .evidence(membership)
            .into_iter()
            .map(|(sentence, source)| format!("{sentence} ({source})"))
            .collect();
        let date = vec![facts.when(membership)];
        let (members, bodies) = (all(org::MEMBER), all(org::ORGANIZATION_OF));
        if bodies.is_empty() {
            let post = format!("{}-position", id(membership));
            let status = match facts.status(membership).as_str() {
                "current" => "current",
                "former" => "ended",
                _ => "unknown",
            };
            line(post.clone(), "Position", vec![("name", roles)])?;
            line(
                id(membership),
                "Occupancy",
                vec![
                    ("holder", members),
                    ("post", vec![post]),
                    ("status", vec![status.to_owned()]),
                    ("date", date),
                    ("summary", proof),
                ],
            )?;
        } else {
            line(
                id(membership),
                "Membership",
                vec![
                    ("member", members),
                    ("organization", bodies),
                    ("role", roles),
                    ("status", vec![facts.status(membership)]),
                    ("date", date),
                    ("summary", proof),
                ],
            )?;
        }
    }
    for event in facts.of_class(sem::EVENT) {
        let involved = facts
            .iris(event, sem::HAS_ACTOR)
            .filter(|actor| matches!(facts.kind(actor), "person" | "organisation"))
            .map(&id)
            .collect();
        let places = facts
            .iris(event, sem::HAS_PLACE)
            .map(|p| facts.label(p))
            .collect();
        let proof = facts
            .evidence(event)
            .into_iter()
            .map(|(sentence, source)| format!("{sentence} ({source})"))
            .collect();
        line(
            id(event),
            "Event",
            vec![
                ("name", vec![facts.label(event)]),
                ("date", vec![facts.when(event)]),
                ("location", places),
                ("involved", involved),
                ("summary", proof),
            ],
        )?;
    }
    Ok(())
}
