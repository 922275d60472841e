//! Roles: who holds which post where.

use super::entities::Things;
use super::gold::Role;
use super::{Gold, Score, norm, texts};
use crate::query::QueryError;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

const ROLES: &str = "SELECT DISTINCT ?m ?p ?o ?role WHERE { ?m a org:Membership ; org:member ?p .
  OPTIONAL { ?m org:organization ?o } OPTIONAL { ?m org:role/skos:prefLabel ?role } }";

pub(super) fn score(
    gold: &Gold,
    store: &Store,
    things: &Things,
    score: &mut Score,
) -> Result<(), QueryError> {
    let (mut right, mut scored) = (0.0, 0.0);
    let mut hit: BTreeMap<&str, f64> = BTreeMap::new();
    for row in texts(store, ROLES)? {
        let [_, person, body, title] = &row[..] else {
            continue;
        };
        let who = things.gold.get(person).map(String::as_str);
        let at = things.gold.get(body).map(String::as_str);
        let neutral = things
            .labels
            .get(person)
            .is_some_and(|labels| labels.iter().any(|l| things.neutral.contains(l)));
        if who.is_none() && neutral {
            continue;
        }
        let name = |iri: &str| {
            let labels = things.labels.get(iri);
            labels.and_then(|l| l.first()).map_or("-", String::as_str)
        };
        let shown = || format!("{} – {title} – {}", name(person), name(body));
        let held = |g: &&Role| Some(g.person.as_str()) == who;
        if title.is_empty() {
            let known = gold
                .affiliations
                .iter()
                .any(|a| Some(a.subject.as_str()) == who && Some(a.object.as_str()) == at)
                || gold
                    .roles
                    .iter()
                    .filter(held)
                    .any(|g| at.is_some() && places(g).any(|p| Some(p) == at));
            if !known {
                scored += 1.0;
                score.note("role wrong", shown());
            }
            continue;
        }
        let candidates: Vec<&Role> = gold
            .roles
            .iter()
            .filter(held)
            .filter(|g| alike(&g.role, title))
            .collect();
        let good: Vec<&&Role> = candidates
            .iter()
            .filter(|g| {
                if body.is_empty() {
                    g.organisation.is_none()
                } else {
                    at.is_some() && places(g).any(|p| Some(p) == at)
                }
            })
            .collect();
        let half = body.is_empty() && !candidates.is_empty();
        let worth: f64 = if !good.is_empty() {
            1.0
        } else if half {
            0.5
        } else {
            0.0
        };
        scored += 1.0;
        right += worth;
        if worth == 0.0 {
            score.note("role wrong", shown());
        } else if worth < 1.0 {
            score.note("role without its organisation", shown());
        }
        let of: Vec<&Role> = if good.is_empty() {
            candidates
        } else {
            good.into_iter().copied().collect()
        };
        for role in of {
            let id = role.variant_of.as_deref().unwrap_or(&role.id);
            let best = hit.entry(id).or_insert(0.0);
            *best = best.max(worth.max(0.5));
        }
    }
    let wanted: Vec<&Role> = gold
        .roles
        .iter()
        .filter(|g| !g.optional && g.variant_of.is_none())
        .collect();
    let mut found = 0.0;
    for role in &wanted {
        match hit.get(role.id.as_str()) {
            Some(worth) => found += worth,
            None => score.note("role missed", format!("{} – {}", role.person, role.role)),
        }
    }
    score.figure("roles_precision", right, scored);
    score.figure("roles_recall", found, wanted.len() as f64);
    score.harmonic("roles_f1", "roles_precision", "roles_recall");
    Ok(())
}

fn places(role: &Role) -> impl Iterator<Item = &str> {
    [&role.organisation, &role.organisation_inferred, &role.place]
        .into_iter()
        .filter_map(|p| p.as_deref())
}

/// Whether the words of one title are among those of the other.
fn alike(a: &str, b: &str) -> bool {
    let words = |title: &str| -> BTreeSet<String> {
        norm(title)
            .split(' ')
            .filter(|w| !w.is_empty() && !["of", "the", "for"].contains(w))
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    !a.is_empty() && !b.is_empty() && (a.is_subset(&b) || b.is_subset(&a))
}
