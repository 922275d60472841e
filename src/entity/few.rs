//! Sorted sets of a few small things, kept in the place of their owner.
//!
//! In: numbers. Out: membership and overlap. Refuses: nothing; a set that grows large is as right, only slower to add to.
//! Each event claim has several of them; trees would each lie elsewhere in memory.

use super::reading::Slot;
use smallvec::SmallVec;

/// A sorted set, of which `N` members need no memory of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Few<T, const N: usize = 4>(SmallVec<[T; N]>);

impl<T, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Self(SmallVec::new())
    }
}

impl<T: Copy + Ord, const N: usize> Few<T, N> {
    pub(super) fn insert(&mut self, member: T) {
        if let Err(at) = self.0.binary_search(&member) {
            self.0.insert(at, member);
        }
    }

    pub(super) fn contains(&self, member: T) -> bool {
        self.0.binary_search(&member).is_ok()
    }

    pub(super) fn is_disjoint(&self, other: &Self) -> bool {
        self.shared(other).next().is_none()
    }

    /// The members of both, in order.
    pub(super) fn shared<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = T> + 'a {
        let mut rest = other.0.as_slice();
        self.0.iter().copied().filter(move |m| {
            rest = &rest[rest.partition_point(|o| o < m)..];
            rest.first() == Some(m)
        })
    }
}

impl<T, const N: usize> std::ops::Deref for Few<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Copy + Ord, const N: usize> Extend<T> for Few<T, N> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        self.0.extend(members);
        self.0.sort_unstable();
        self.0.dedup();
    }
}

impl<T: Copy + Ord, const N: usize> FromIterator<T> for Few<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut set = Self::default();
        set.extend(members);
        set
    }
}

/// What fills the slots of an event, by slot.
impl<T: Copy + Ord, const N: usize> Few<(Slot, T), N> {
    /// What fills a slot.
    pub(super) fn of(&self, slot: Slot) -> impl Iterator<Item = T> + Clone + '_ {
        let from = self.0.partition_point(|f| f.0 < slot);
        let filled = self.0[from..].iter().take_while(move |f| f.0 == slot);
        filled.map(|f| f.1)
    }

    /// Whether anything fills a slot.
    pub(super) fn fills(&self, slot: Slot) -> bool {
        self.of(slot).next().is_some()
    }

    /// The slots that are filled, each once, in order.
    pub(super) fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        self.0.chunk_by(|a, b| a.0 == b.0).map(|filled| filled[0].0)
    }

    /// What both have in a slot, in order.
    pub(super) fn both<'a>(&'a self, other: &'a Self, slot: Slot) -> impl Iterator<Item = T> + 'a {
        self.of(slot).filter(move |&f| other.contains((slot, f)))
    }

    /// Whether both fill a slot, and with nothing in common.
    pub(super) fn differ(&self, other: &Self, slot: Slot) -> bool {
        self.fills(slot) && other.fills(slot) && self.both(other, slot).next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_few_are_a_set(
            a in prop::collection::vec(0u32..12, 0..9),
            b in prop::collection::vec(0u32..12, 0..9),
        ) {
            let mut few: Few<u32> = Few::default();
            for &m in &a {
                few.insert(m);
            }
            let other: Few<u32> = b.iter().copied().collect();
            let (x, y): (BTreeSet<u32>, BTreeSet<u32>) =
                (a.into_iter().collect(), b.into_iter().collect());
            prop_assert!(few.iter().eq(&x) && other.iter().eq(&y));
            prop_assert!(few.shared(&other).eq(x.intersection(&y).copied()));
            prop_assert_eq!(few.is_disjoint(&other), x.is_disjoint(&y));
            prop_assert!((0..12).all(|m| few.contains(m) == x.contains(&m)));
        }

        #[test]
        fn fillers_are_found_by_their_slot(
            a in prop::collection::vec((0u16..3, 0u32..4), 0..9),
            b in prop::collection::vec((0u16..3, 0u32..4), 0..9),
        ) {
            let (x, y): (Few<(Slot, u32)>, Few<(Slot, u32)>) =
                (a.iter().copied().collect(), b.iter().copied().collect());
            for slot in 0..3 {
                let of = |v: &[(Slot, u32)]| -> BTreeSet<u32> {
                    v.iter().filter(|f| f.0 == slot).map(|f| f.1).collect()
                };
                let (p, q) = (of(&a), of(&b));
                prop_assert!(x.of(slot).eq(p.iter().copied()));
                prop_assert_eq!(x.fills(slot), !p.is_empty());
                prop_assert!(x.both(&y, slot).eq(p.intersection(&q).copied()));
                let differ = !p.is_empty() && !q.is_empty() && p.is_disjoint(&q);
                prop_assert_eq!(x.differ(&y, slot), differ);
            }
            prop_assert!(x.slots().eq(a.iter().map(|f| f.0).collect::<BTreeSet<_>>()));
        }
    }
}
