//! Disjoint sets, joined and never parted.

/// Sets of the numbers below a bound.
pub(super) struct Clusters {
    parent: Vec<u32>,
}

impl Clusters {
    /// Every number in a set of its own.
    pub(super) fn new(bound: usize) -> Self {
        Self {
            parent: (0..bound as u32).collect(),
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

    /// Joins two sets; the least number stays their name, so the outcome does not depend on the order of joining.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high as usize] = low;
    }
}
