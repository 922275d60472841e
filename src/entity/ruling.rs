//! What a person decided, in terms of chains and claims.
//!
//! In: rulings anchored by the pipeline. Out: chains and claims that must be one or two, other names and kinds, claims that
//! are not to be believed. Refuses: nothing; a ruling comes before all evidence.

use super::unit::{UnitId, Units};
use super::{ChainId, DocumentNo};
use crate::mention::MentionKind;
use std::collections::{BTreeMap, BTreeSet};

/// A named chain, or a claim, of a document.
pub type Place = (DocumentNo, u32);

/// All that was decided, by document and chain or claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rulings {
    /// Pairs of chains that are one.
    pub same: BTreeSet<(Place, Place)>,
    /// Pairs of chains that are two.
    pub different: BTreeSet<(Place, Place)>,
    /// Pairs of event claims that speak of one event.
    pub same_event: BTreeSet<(Place, Place)>,
    /// Pairs of event claims that speak of two.
    pub different_event: BTreeSet<(Place, Place)>,
    /// Names to be shown for the entities of these chains.
    pub renamed: BTreeMap<(DocumentNo, ChainId), String>,
    /// What these chains are.
    pub retyped: BTreeMap<(DocumentNo, ChainId), MentionKind>,
    /// Claims that are not to be believed.
    pub rejected: BTreeSet<Place>,
}

impl Rulings {
    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The pairs of chains as units; pairs of which one has none are left out.
    pub(super) fn units(units: &Units, pairs: &BTreeSet<(Place, Place)>) -> Vec<(UnitId, UnitId)> {
        let mut rank_of = vec![0; units.documents.len()];
        for (rank, &no) in units.documents.iter().enumerate() {
            rank_of[no as usize] = rank as u32;
        }
        let unit = |(no, chain): Place| {
            let rank = *rank_of.get(no as usize)?;
            units.of_chain(rank, chain)
        };
        let mut out: Vec<(UnitId, UnitId)> = pairs
            .iter()
            .filter_map(|&(a, b)| Some((unit(a)?, unit(b)?)))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}
