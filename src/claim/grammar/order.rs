//! Words in an order of their own: subjects after their verb, and datelines before the sentence.
//!
//! In: a tree. Out: the subject that follows a verb of saying, and where the sentence proper begins. Refuses: a subject after a
//! verb that no quotation or report comes before.

use super::Tree;

impl Tree<'_> {
    /// “…,” said the minister: what follows a verb after a closing quotation mark is its subject.
    pub(super) fn inverted_subject(&self, verb: u32) -> Option<u32> {
        let before = verb.checked_sub(1)?;
        let quoted = matches!(self.form(before), "”" | "\"" | "''")
            || (self.form(before) == ","
                && before > 0
                && matches!(self.form(before - 1), "”" | "\"" | "''"));
        // "nothing was lost, says Ada Pike"
        let reported = self.form(before) == ","
            && matches!(
                self.lemma(verb),
                "say"
                    | "add"
                    | "explain"
                    | "warn"
                    | "argue"
                    | "recall"
                    | "admit"
                    | "insist"
                    | "note"
            )
            && self.child(verb, &["nsubj"]).is_none();
        if !(quoted || reported) || !self.is_verb(verb) {
            return None;
        }
        self.with_rel(verb, &["obj", "obl", "nsubj", "iobj"])
            .find(|&c| c > verb && c <= verb + 5 && self.child(c, &["case"]).is_none())
    }

    /// Number of tokens of a dateline at the start ("NORDHAVEN (Reuters) - "), 0 without one.
    pub fn dateline(&self) -> u32 {
        let dash =
            (1..self.len().min(12)).find(|&t| matches!(self.form(t), "-" | "–" | "—" | "--"));
        let Some(dash) = dash.filter(|&d| d + 1 < self.len()) else {
            return 0;
        };
        let capital = |t: u32| {
            let form = self.form(t);
            form.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                || !form.starts_with(char::is_alphanumeric)
        };
        let first = self.form(0);
        let shouted = first.len() > 2
            && first
                .chars()
                .all(|c| c.is_uppercase() || !c.is_alphabetic());
        let agency = (0..dash).any(|t| self.form(t) == "(");
        let known = self
            .sentence
            .names
            .first()
            .is_some_and(|n| n.tokens.start() == 0);
        let spaced = self.token(dash - 1).span.end() < self.token(dash).span.start();
        if spaced && (0..dash).all(capital) && (shouted || (agency && known)) {
            dash + 1
        } else {
            0
        }
    }
}
