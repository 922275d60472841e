//! Nouns that a tree joins with "and", and those that it joins by mistake.
//!
//! In: a tree and nouns. Out: the nouns with all that share their place. Refuses: words after a name that say what it is.

use super::Tree;
use english::Upos;

impl Tree<'_> {
    /// Nouns together with the nouns coordinated with them.
    pub(super) fn spread(&self, nouns: Vec<u32>) -> Vec<u32> {
        let mut out = nouns;
        let mut i = 0;
        while i < out.len() {
            for c in self.with_rel(out[i], &["conj"]) {
                if self.is_nominal(c)
                    && !self.belongs_to_apposition(out[i], c)
                    && !self.says_what_it_is(out[i], c)
                    && !out.contains(&c)
                    && self.child(c, &["nsubj", "cop"]).is_none()
                {
                    out.push(c);
                }
            }
            // "supporters, including the singer X"
            for c in self.children(out[i]).to_vec() {
                let listed = self.is_nominal(c)
                    && self
                        .with_rel(c, &["case", "mark"])
                        .any(|m| self.form(m).eq_ignore_ascii_case("including"));
                if listed && !out.contains(&c) {
                    out.push(c);
                }
            }
            i += 1;
        }
        out
    }

    /// "Ada Pike, MP for X and Y and aide to Z": without a comma before "and", what is joined goes with the words after
    /// the name's comma, wherever the parser hung it.
    fn belongs_to_apposition(&self, name: u32, joined: u32) -> bool {
        if joined <= name || self.token(name).upos != Upos::Propn {
            return false;
        }
        let conjunction = (name..joined).rfind(|&t| self.token(t).upos == Upos::Cconj);
        let comma = (name..joined).find(|&t| self.form(t) == ",");
        let (Some(conjunction), Some(comma)) = (conjunction, comma) else {
            return false;
        };
        comma + 1 < conjunction
            && self.form(conjunction - 1) != ","
            && (comma + 1..conjunction)
                .any(|t| matches!(self.token(t).upos, Upos::Noun | Upos::Adp))
            && (comma + 1..conjunction)
                .all(|t| self.rel(t) != "conj" || self.belongs_to_apposition(name, t))
    }

    /// "Ada Pike, director of X and chairman of Y, said": a bare common noun after the comma of a name says what it is.
    fn says_what_it_is(&self, name: u32, joined: u32) -> bool {
        joined > name
            && self.token(name).upos == Upos::Propn
            && self.token(joined).xpos == "NN"
            && self
                .child(joined, &["det", "nmod:poss", "nummod", "flat", "appos"])
                .is_none()
            && (name..joined).any(|t| self.form(t) == ",")
    }
}
