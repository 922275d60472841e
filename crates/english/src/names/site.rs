//! Tells sites, which are both place and body, from towns and from companies, by the form of their names.

use super::lexicon::{self, Lexicon};
use crate::{NameKind, form::normal};

/// Last words of names of sites.
const SITES: [&str; 45] = [
    "abbey",
    "airfield",
    "airport",
    "aquarium",
    "arena",
    "barracks",
    "bridge",
    "building",
    "castle",
    "cathedral",
    "cemetery",
    "chapel",
    "courthouse",
    "dam",
    "embassy",
    "gallery",
    "gaol",
    "hall",
    "hospice",
    "hospital",
    "hotel",
    "infirmary",
    "jail",
    "library",
    "mall",
    "memorial",
    "monument",
    "mosque",
    "museum",
    "palace",
    "pier",
    "prison",
    "racecourse",
    "shrine",
    "stadium",
    "station",
    "synagogue",
    "temple",
    "terminal",
    "theatre",
    "tower",
    "towers",
    "tunnel",
    "velodrome",
    "zoo",
];

/// Kinds that become facilities when the last word says so, or when the whole stands in the list of sites. A court is a
/// site when a town or a level stands before it ("Leeds Crown Court"), but not the highest courts, which the news treats as bodies.
pub(super) fn kind_of(lexicon: &Lexicon, kind: NameKind, words: &[&str]) -> NameKind {
    if matches!(kind, NameKind::Organisation | NameKind::Place)
        && lexicon.kinds(lexicon::sequence(words)) & lexicon::kind::FACILITY != 0
        && words.len() > 1
    {
        return NameKind::Facility;
    }
    self::kind(kind, words)
}

/// As [`kind_of`], by the form alone.
pub(super) fn kind(kind: NameKind, words: &[&str]) -> NameKind {
    if !matches!(kind, NameKind::Organisation | NameKind::Place) || words.len() < 2 {
        return kind;
    }
    let lower = |w: &&str| normal(w);
    let last = words.last().map(lower).unwrap_or_default();
    let before = words.get(words.len() - 2).map(lower).unwrap_or_default();
    let court = last == "court"
        && words.len() >= 3
        && matches!(
            before.as_str(),
            "crown"
                | "magistrates"
                | "magistrates'"
                | "'"
                | "'s"
                | "county"
                | "sheriff"
                | "district"
        );
    let prison = normal(words[0]) == "hmp";
    if SITES.binary_search(&last.as_str()).is_ok() || court || prison {
        NameKind::Facility
    } else {
        kind
    }
}
