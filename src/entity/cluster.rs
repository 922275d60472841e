//! Disjoint sets, joined and never parted, some of which must stay apart.

use std::collections::{BTreeMap, BTreeSet};

/// Sets of the numbers below a bound.
pub(super) struct Clusters {
    parent: Vec<u32>,
    /// For the root of a set, the roots of those it must not be joined with.
    apart: BTreeMap<u32, BTreeSet<u32>>,
}

/// Sets of numbers, in one piece.
pub(super) struct Sets {
    /// Where each set begins among the members, and the end of all.
    first: Vec<u32>,
    members: Vec<u32>,
}

impl Sets {
    /// Groups members by the number of their set, in their order.
    pub(super) fn group(sets: usize, members: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut first = vec![0; sets + 1];
        for (set, _) in members.clone() {
            first[set as usize + 1] += 1;
        }
        for set in 0..sets {
            first[set + 1] += first[set];
        }
        let mut next = first.clone();
        let mut all = vec![0; first[sets] as usize];
        for (set, member) in members {
            let at = &mut next[set as usize];
            all[*at as usize] = member;
            *at += 1;
        }
        Self {
            first,
            members: all,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// The members of a set.
    pub(super) fn get(&self, set: usize) -> &[u32] {
        &self.members[self.first[set] as usize..self.first[set + 1] as usize]
    }

    /// Each set.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|set| self.get(set))
    }
}

impl Clusters {
    /// Every number in a set of its own.
    pub(super) fn new(bound: usize) -> Self {
        Self {
            parent: (0..bound as u32).collect(),
            apart: BTreeMap::new(),
        }
    }

    /// The least number of the set of `x`.
    pub(super) fn root(&mut self, x: u32) -> u32 {
        let mut root = x;
        while self.parent[root as usize] != root {
            root = self.parent[root as usize];
        }
        let mut at = x;
        while self.parent[at as usize] != root {
            at = std::mem::replace(&mut self.parent[at as usize], root);
        }
        root
    }

    /// All sets, each sorted, in the order of their least numbers.
    pub(super) fn sets(&mut self) -> Sets {
        let bound = self.parent.len();
        // The root of a set is its least number, so its place is known before its members come.
        let mut place: Vec<u32> = Vec::with_capacity(bound);
        let mut sets = 0;
        for x in 0..bound as u32 {
            let root = self.root(x);
            if root == x {
                place.push(sets);
                sets += 1;
            } else {
                place.push(place[root as usize]);
            }
        }
        Sets::group(sets as usize, place.iter().copied().zip(0..))
    }

    /// Keeps two numbers apart for good; false when they are together already.
    pub(super) fn forbid(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return false;
        }
        self.apart.entry(a).or_default().insert(b);
        self.apart.entry(b).or_default().insert(a);
        true
    }

    /// Whether two numbers must stay apart.
    pub(super) fn forbidden(&mut self, a: u32, b: u32) -> bool {
        if self.apart.is_empty() {
            return false;
        }
        let (a, b) = (self.root(a), self.root(b));
        self.apart.get(&a).is_some_and(|s| s.contains(&b))
    }

    /// Joins two sets unless they must stay apart, and says whether they are one now; the least number stays their name,
    /// so the outcome does not depend on the order of joining.
    pub(super) fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        if low == high {
            return true;
        }
        if self.forbidden(low, high) {
            return false;
        }
        self.parent[high as usize] = low;
        if let Some(others) = self.apart.remove(&high) {
            for &other in &others {
                if let Some(back) = self.apart.get_mut(&other) {
                    back.remove(&high);
                    back.insert(low);
                }
            }
            self.apart.entry(low).or_default().extend(others);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_must_stay_apart_stays_apart(
            steps in prop::collection::vec((any::<bool>(), 0u32..24, 0u32..24), 0..80)
        ) {
            let mut clusters = Clusters::new(24);
            let mut kept = Vec::new();
            for (join, a, b) in steps {
                if join {
                    clusters.join(a, b);
                } else if clusters.forbid(a, b) {
                    kept.push((a, b));
                }
            }
            for (a, b) in kept {
                prop_assert_ne!(clusters.root(a), clusters.root(b));
                prop_assert!(clusters.forbidden(a, b) && !clusters.join(a, b));
            }
        }
    }
}
