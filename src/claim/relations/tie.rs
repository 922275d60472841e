//! Whether the grammar of a sentence ties a thing to the word that names a relation.
//!
//! In: a tree, the cue and an end. Out: yes or no. Refuses: an end that another clause holds. A relational noun ("owner of X") needs
//! more: one end is whom it means, the other what hangs on it; else everybody in the sentence would own X.

use super::candidates::End;
use crate::claim::grammar::Tree;
use english::Upos;

/// Most arcs from the cue down to what hangs on it.
const DEPTH: usize = 3;

/// What a cue knows of its arguments.
pub(super) struct Cue<'t> {
    tree: &'t Tree<'t>,
    /// The word.
    pub(super) token: u32,
    /// Subjects and objects of a verb; whom a noun means.
    own: Vec<u32>,
    /// Subject of the verb that governs a noun ("earned a degree").
    above: Vec<u32>,
    /// That verb.
    governor: Option<u32>,
    /// Nouns coordinated with a noun ("chairman and chief executive").
    peers: Vec<u32>,
    verb: bool,
}

impl<'t> Cue<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, token: u32) -> Self {
        let verb = tree.is_verb(token);
        let (own, above, governor) = if verb {
            let mut own = tree.subjects(token, None);
            own.extend(tree.objects(token, None));
            // "Calder is a firm founded by Ada Pike": what is said of the firm is said of Calder.
            for i in 0..own.len() {
                if matches!(tree.token(own[i]).upos, Upos::Noun) {
                    own.extend(meant(tree, own[i]));
                }
            }
            (own, Vec::new(), None)
        } else {
            let (above, governor) = governing(tree, token);
            (meant(tree, token), above, governor)
        };
        let mut peers = Vec::new();
        if !verb {
            let common = |&t: &u32| tree.token(t).upos == Upos::Noun;
            peers.extend(tree.with_rel(token, &["conj"]).filter(common));
            if tree.rel(token) == "conj" {
                peers.extend(tree.head(token).filter(common));
            }
        }
        Self {
            tree,
            token,
            own,
            above,
            governor,
            peers,
            verb,
        }
    }

    /// Whether the end is whom or what a noun means, or who does or suffers what a verb says.
    pub(super) fn means(&self, end: &End) -> bool {
        let noun = end.holds(self.token) && !self.verb;
        noun || self
            .own
            .iter()
            .any(|&t| end.holds(t) || end.also.contains(&t))
    }

    /// Whether the end hangs on the cue, or is the subject of what governs it.
    pub(super) fn reaches(&self, end: &End) -> bool {
        self.hangs(end)
            || self.above.iter().any(|&t| end.holds(t))
            // "earned her degree from X"
            || self.governor.is_some_and(|verb| {
                self.tree.head(end.head) == Some(verb)
                    && self.tree.rel(end.head).starts_with("obl")
                    && end.head > self.token
            })
    }

    /// Whether the way down from the cue to the end keeps to one phrase.
    fn hangs(&self, end: &End) -> bool {
        let mut at = end.head;
        for _ in 0..=DEPTH {
            let Some(head) = self.tree.head(at) else {
                return false;
            };
            let rel = self.tree.rel(at);
            // "started the firm after his post on X": another time or manner is another matter.
            let aside = matches!(
                self.tree.preposition(at).as_deref(),
                Some(
                    "after"
                        | "before"
                        | "until"
                        | "despite"
                        | "against"
                        | "following"
                        | "like"
                        | "unlike"
                        | "than"
                        | "without"
                        | "about"
                )
            );
            if aside && !end.is_time() {
                return false;
            }
            let plain = match rel.split(':').next().unwrap_or(rel) {
                "nmod" | "obl" | "obj" | "iobj" | "compound" | "amod" | "appos" | "flat"
                | "nummod" | "advmod" | "dep" => true,
                "conj" => self.tree.is_nominal(at) && self.tree.is_nominal(head),
                _ => false,
            };
            if !plain {
                return false;
            }
            if head == self.token || self.peers.contains(&head) {
                return true;
            }
            if self.tree.is_verb(head) && !end.holds(head) {
                return false;
            }
            at = head;
        }
        false
    }
}

/// The noun that a relative pronoun stands for, and what that noun is equated with.
pub(super) fn antecedents(tree: &Tree<'_>, pronoun: u32) -> Vec<u32> {
    let mut at = pronoun;
    for _ in 0..4 {
        let Some(head) = tree.head(at) else { break };
        if tree.rel(at) == "acl:relcl" {
            let mut out = meant(tree, head);
            out.push(head);
            return out;
        }
        at = head;
    }
    Vec::new()
}

/// Heads that a noun is equated with: by apposition, copula, title, "as", or coordination with such a noun.
fn meant(tree: &Tree<'_>, noun: u32) -> Vec<u32> {
    let mut out = vec![noun];
    let mut nouns = vec![noun];
    let mut at = noun;
    // "founder and chief executive": what holds of the first noun holds of the others.
    while tree.rel(at) == "conj"
        && let Some(head) = tree.head(at)
        && tree.is_nominal(head)
        && nouns.len() < 5
    {
        nouns.push(head);
        at = head;
    }
    for n in nouns {
        out.extend(tree.with_rel(n, &["appos"]));
        if tree.child(n, &["cop"]).is_some() {
            out.extend(tree.surface_subjects(n));
        }
        // "co-founder Mark Lee": the title hangs on the name, or the name on the title.
        out.extend(
            tree.with_rel(n, &["flat", "nmod:desc"])
                .filter(|&c| c > n && tree.token(c).upos == Upos::Propn),
        );
        let Some(head) = tree.head(n) else { continue };
        match tree.rel(n) {
            "appos" | "flat" | "nmod:desc" => out.push(head),
            "compound" if head > n && tree.token(head).upos == Upos::Propn => out.push(head),
            // "served as chairman", "was named chairman", "became chairman"
            "obl" | "xcomp" | "obj" | "nmod" | "advcl" if tree.is_verb(head) => {
                let role = tree.preposition(n).as_deref() == Some("as")
                    || tree.rel(n) == "xcomp"
                    || tree.lemma(head) == "become";
                if role {
                    if tree.passive(head) {
                        out.extend(tree.objects(head, None));
                    } else {
                        out.extend(tree.subjects(head, None));
                    }
                }
            }
            _ => {}
        }
    }
    // Names joined with those equated: "the founders, A and B".
    let mut i = 0;
    let several = matches!(tree.token(noun).xpos, "NNS" | "NNPS");
    while several && i < out.len() && out.len() < 20 {
        for c in tree.with_rel(out[i], &["conj"]) {
            if out[i] != noun && tree.token(c).upos == Upos::Propn && !out.contains(&c) {
                out.push(c);
            }
        }
        i += 1;
    }
    out
}

/// The verb whose object or phrase a noun is, and its subjects.
fn governing(tree: &Tree<'_>, noun: u32) -> (Vec<u32>, Option<u32>) {
    let mut at = noun;
    for _ in 0..3 {
        let Some(head) = tree.head(at) else { break };
        match tree.rel(at).split(':').next().unwrap_or_default() {
            "obl" if !matches!(tree.preposition(at).as_deref(), Some("with" | "as" | "at")) => {
                break;
            }
            "obj" | "obl" | "xcomp" if tree.is_verb(head) => {
                let subjects = if tree.passive(head) {
                    tree.objects(head, None)
                } else {
                    tree.subjects(head, None)
                };
                return (subjects, Some(head));
            }
            "conj" if tree.is_nominal(head) => at = head,
            _ => break,
        }
    }
    (Vec::new(), None)
}
