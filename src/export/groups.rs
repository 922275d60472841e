//! Groups in a drawing: what is tied closely among itself and loosely to the rest.
//!
//! In: a [`GraphView`]. Out: a group number for each node, and a name for each group: its most connected organisation,
//! else its most connected thing. Refuses: chance, and a frame around one thing. Method: pairs of groups are joined while
//! that raises the modularity of the whole (Clauset, Newman and Moore 2004).

use super::view::{GraphView, NodeKind};
use std::collections::{BTreeMap, BTreeSet};

/// Nodes beyond which frames would not be readable, and joining would be slow.
const MOST: usize = 2_000;

/// Groups of a drawing, largest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Groups {
    /// For each node, its group; none for those that stand alone.
    pub of: Vec<Option<usize>>,
    /// Names of the groups.
    pub names: Vec<String>,
}

/// Finds the groups of a view.
pub(super) fn groups(view: &GraphView) -> Groups {
    let count = view.nodes.len();
    if count > MOST || view.edges.is_empty() {
        return Groups {
            of: vec![None; count],
            names: Vec::new(),
        };
    }
    let community = joined(view);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, group) in community.iter().enumerate() {
        members.entry(*group).or_default().push(node);
    }
    let mut sets: Vec<Vec<usize>> = members.into_values().filter(|m| m.len() > 1).collect();
    sets.sort_by_key(|m| (std::cmp::Reverse(m.len()), m[0]));
    let degrees = view.degrees();
    let mut of = vec![None; count];
    let mut names = Vec::with_capacity(sets.len());
    for (number, set) in sets.iter().enumerate() {
        for &node in set {
            of[node] = Some(number);
        }
        let rank = |&&i: &&usize| {
            let organisation = view.nodes[i].kind == NodeKind::Organisation;
            let thing = !view.nodes[i].kind.is_event();
            (organisation, thing, degrees[i], std::cmp::Reverse(i))
        };
        let centre = set.iter().max_by_key(rank).copied().unwrap_or(set[0]);
        names.push(view.nodes[centre].label.clone());
    }
    Groups { of, names }
}

/// A community number for each node.
fn joined(view: &GraphView) -> Vec<usize> {
    let count = view.nodes.len();
    let mut ties: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
    let mut total = 0.0;
    let mut pairs = BTreeSet::new();
    for edge in &view.edges {
        let pair = (edge.from.min(edge.to), edge.from.max(edge.to));
        if pair.0 != pair.1 && pairs.insert(pair) {
            *ties[pair.0].entry(pair.1).or_default() += 1.0;
            *ties[pair.1].entry(pair.0).or_default() += 1.0;
            total += 2.0;
        }
    }
    let mut share: Vec<f64> = ties
        .iter()
        .map(|t| t.values().sum::<f64>() / total)
        .collect();
    let mut community: Vec<usize> = (0..count).collect();
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for (a, near) in ties.iter().enumerate() {
            for (&b, weight) in near.range(a + 1..) {
                let gain = weight / total - share[a] * share[b];
                if gain > 1e-12 && best.is_none_or(|(most, ..)| gain > most) {
                    best = Some((gain, a, b));
                }
            }
        }
        let Some((_, a, b)) = best else {
            return community;
        };
        for (other, weight) in std::mem::take(&mut ties[b]) {
            ties[other].remove(&b);
            if other != a {
                *ties[a].entry(other).or_default() += weight;
                *ties[other].entry(a).or_default() += weight;
            }
        }
        share[a] += share[b];
        share[b] = 0.0;
        for group in &mut community {
            if *group == b {
                *group = a;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::view::{Edge, Node};

    fn view(kinds: &[NodeKind], ties: &[(usize, usize)]) -> GraphView {
        GraphView {
            nodes: kinds
                .iter()
                .enumerate()
                .map(|(i, kind)| Node {
                    iri: format!("https://example.org/{i}"),
                    label: format!("n{i}"),
                    kind: *kind,
                    detail: String::new(),
                    begins: None,
                    ends: None,
                    tooltip: String::new(),
                    source: String::new(),
                    mentions: 0,
                })
                .collect(),
            edges: ties
                .iter()
                .map(|(from, to)| Edge {
                    from: *from,
                    to: *to,
                    label: "knows".into(),
                    iri: "https://example.org/knows".into(),
                    unconfirmed: false,
                    tooltip: String::new(),
                    source: String::new(),
                })
                .collect(),
            ..GraphView::default()
        }
    }

    #[test]
    fn two_circles_with_one_tie_are_two_groups_named_after_their_organisations() {
        use NodeKind::{Organisation, Person};
        let kinds = [
            Person,
            Person,
            Organisation,
            Person,
            Person,
            Organisation,
            Person,
        ];
        let ties = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)];
        let found = groups(&view(&kinds, &ties));
        assert_eq!(found.names, ["n2", "n5"]);
        let of = &found.of;
        assert!(of[0] == of[1] && of[1] == of[2] && of[3] == of[4] && of[4] == of[5]);
        assert!(of[0] != of[3]);
        assert_eq!(of[6], None, "nothing ties it");
    }
}
