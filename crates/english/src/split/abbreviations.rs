//! Short forms that carry a full stop, and prefixes that keep their hyphen.

/// What a full stop after a word may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Ends the sentence; a token of its own.
    Sentence,
    /// Part of the word, and never the end of a sentence (`Mr.`).
    Title,
    /// Part of the word; may end a sentence too (`Inc.`).
    Either,
    /// Part of the word only before a number (`No. 7`).
    BeforeNumber,
}

#[rustfmt::skip]
const TITLES: &[&str] = &[
    "adm", "asst", "attn", "capt", "cmdr", "col", "cpl", "cllr", "det", "dr", "fr", "ft", "gen", "gov", "hon", "insp", "lt", "maj",
    "messrs", "mlle", "mme", "mr", "mrs", "ms", "msgr", "mt", "pfc", "pres", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sgt",
    "st", "supt", "vs", "cf", "viz", "approx", "dept", "e.g", "i.e", "eg", "ie",
];

#[rustfmt::skip]
const EITHER: &[&str] = &[
    "al", "assn", "ave", "blvd", "bros", "co", "corp", "esq", "etc", "inc", "jr", "ltd", "llc", "ph.d", "plc", "rd", "sr", "univ",
    "a.m", "p.m", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thur", "thurs", "fri",
    "ala", "ariz", "ark", "calif", "colo", "conn", "fla", "ga", "ill", "ind", "kan", "ky", "md", "mich", "minn", "mo", "mont", "neb",
    "nev", "okla", "ore", "pa", "penn", "tenn", "tex", "va", "vt", "wash", "wis", "wyo",
];

#[rustfmt::skip]
const BEFORE_NUMBER: &[&str] = &[
    "apr", "art", "ch", "chap", "ed", "est", "fig", "figs", "jul", "jun", "mar", "no", "nos", "p", "para", "pp", "pt", "sat", "sec", "sep",
    "sun", "vol", "vols",
];

/// Prefixes after which English treebanks leave the hyphen inside the word.
#[rustfmt::skip]
const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "bio", "co", "counter", "cross", "de", "dis", "e", "ex", "extra", "hyper", "inter", "intra", "macro", "mega",
    "micro", "mid", "mini", "mis", "multi", "neo", "non", "over", "para", "poly", "post", "pre", "pro", "proto", "pseudo", "psycho", "quasi",
    "re", "semi", "socio", "sub", "super", "tele", "trans", "tri", "ultra", "un", "under", "uni",
];

/// How to take a full stop after `word`, given without it and in lower case.
pub(super) fn stop_after(word: &str) -> Stop {
    if TITLES.contains(&word) {
        Stop::Title
    } else if EITHER.contains(&word) {
        Stop::Either
    } else if BEFORE_NUMBER.contains(&word) {
        Stop::BeforeNumber
    } else {
        Stop::Sentence
    }
}

/// Whether a hyphen after `word` (in lower case) belongs to the word.
pub(super) fn is_prefix(word: &str) -> bool {
    PREFIXES.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn prefixes_are_sorted() {
        assert!(super::PREFIXES.is_sorted());
    }
}
