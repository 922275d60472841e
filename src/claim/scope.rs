//! How surely something is said to have happened: polarity and modality by cue and syntactic scope.
//!
//! In: a tree, a trigger in it, and the cue words of the [`Schema`] (the word sets `scope-…`). Out: a [`Scope`]. Refuses:
//! to weigh who says so; that is the business of [`speech`](super::speech).

use super::grammar::Tree;
use super::{Modality, Polarity};
use crate::schema::{Schema, WordSet};
use english::Upos;

/// The cue words, by what they do.
#[derive(Debug)]
pub struct Cues<'a> {
    negation: Option<&'a WordSet>,
    denial: Option<&'a WordSet>,
    future: Option<&'a WordSet>,
    possible_aux: Option<&'a WordSet>,
    planned: Option<&'a WordSet>,
    possible: Option<&'a WordSet>,
    alleged: Option<&'a WordSet>,
    condition: Option<&'a WordSet>,
    occurrence: Option<&'a WordSet>,
    readiness: Option<&'a WordSet>,
    factive: Option<&'a WordSet>,
    unrealised: Option<&'a WordSet>,
}

impl<'a> Cues<'a> {
    /// The cue words of a schema; a set that it lacks is empty.
    pub fn of(schema: &'a Schema) -> Self {
        Self {
            negation: schema.word_set("scope-negation"),
            denial: schema.word_set("scope-denial"),
            future: schema.word_set("scope-future"),
            possible_aux: schema.word_set("scope-possible-aux"),
            planned: schema.word_set("scope-planned"),
            possible: schema.word_set("scope-possible"),
            alleged: schema.word_set("scope-alleged"),
            condition: schema.word_set("scope-condition"),
            occurrence: schema.word_set("scope-occurrence"),
            readiness: schema.word_set("scope-readiness"),
            factive: schema.word_set("scope-factive"),
            unrealised: schema.word_set("scope-unrealised"),
        }
    }
}

fn has(set: Option<&WordSet>, lemma: &str) -> bool {
    set.is_some_and(|s| s.contains(lemma))
}

/// What the scope of a trigger makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// How real.
    pub modality: Modality,
    /// The word that decides, when one does.
    pub cue: Option<u32>,
}

impl Scope {
    fn plain() -> Self {
        Self {
            polarity: Polarity::Affirmed,
            modality: Modality::Actual,
            cue: None,
        }
    }

    fn modal(&mut self, modality: Modality, cue: u32) {
        if self.modality == Modality::Actual {
            self.modality = modality;
            self.cue = self.cue.or(Some(cue));
        }
    }

    fn negate(&mut self, cue: u32) {
        self.polarity = match self.polarity {
            Polarity::Affirmed => Polarity::Negated,
            Polarity::Negated => Polarity::Affirmed,
        };
        self.cue = self.cue.or(Some(cue));
    }
}

/// Judges the trigger at `at`. `light`: the governing verb that belongs to the trigger ("launch" a review).
pub fn judge(tree: &Tree<'_>, cues: &Cues<'_>, at: u32, light: Option<u32>) -> Scope {
    let mut scope = Scope::plain();
    let nominal = !tree.is_verb(at) && tree.token(at).upos != Upos::Adj;
    if nominal {
        noun(tree, cues, at, &mut scope);
    } else {
        clause(tree, cues, at, &mut scope);
    }
    climb(tree, cues, at, light, nominal, &mut scope);
    if scope.modality == Modality::Actual && asked(tree) {
        scope.modality = Modality::Possible;
    }
    scope
}

/// Whether the sentence is a question.
fn asked(tree: &Tree<'_>) -> bool {
    (0..tree.len())
        .rev()
        .find(|&t| tree.token(t).upos != Upos::Punct || tree.form(t) == "?")
        .is_some_and(|t| tree.form(t) == "?")
}

/// Cues among the modifiers of a noun trigger.
fn noun(tree: &Tree<'_>, cues: &Cues<'_>, at: u32, scope: &mut Scope) {
    for &c in tree.children(at) {
        let lemma = tree.lemma(c).to_lowercase();
        let lemma = lemma.as_str();
        match tree.rel(c) {
            "det" | "advmod" | "case"
                if has(cues.negation, lemma)
                    && (lemma == "without"
                        || lemma == "no"
                        || lemma == "not"
                        || lemma == "never") =>
            {
                scope.negate(c);
            }
            "det" if lemma == "any" => scope.modal(Modality::Possible, c),
            "amod" | "compound" | "advmod" => word(cues, lemma, c, scope),
            // "a vote on the plan": what an event is about does not make it planned.
            "nmod"
                if !matches!(
                    tree.preposition(c).as_deref(),
                    Some("on" | "about" | "over" | "into")
                ) =>
            {
                word(cues, lemma, c, scope);
            }
            "acl" if tree.token(c).xpos == "VBN" && c > at => word(cues, lemma, c, scope),
            _ => {}
        }
    }
}

/// The modality that a word gives to what it governs or modifies.
fn word(cues: &Cues<'_>, lemma: &str, cue: u32, scope: &mut Scope) {
    if has(cues.alleged, lemma) {
        scope.modal(Modality::Alleged, cue);
    } else if has(cues.planned, lemma) {
        scope.modal(Modality::Planned, cue);
    } else if has(cues.possible, lemma) {
        scope.modal(Modality::Possible, cue);
    }
}

/// Cues among the dependents of the verb at `at`: auxiliaries, negation, conjunctions.
fn clause(tree: &Tree<'_>, cues: &Cues<'_>, at: u32, scope: &mut Scope) {
    let mut inverted = None;
    let mut subject = None;
    for &c in tree.children(at) {
        let lemma = tree.lemma(c).to_lowercase();
        let lemma = lemma.as_str();
        let rel = tree.rel(c);
        match rel {
            "aux" | "aux:pass" | "cop" => {
                if has(cues.future, lemma) {
                    scope.modal(Modality::Planned, c);
                } else if has(cues.possible_aux, lemma) && tree.token(c).xpos == "MD" {
                    scope.modal(Modality::Possible, c);
                }
                if c < at && subject.is_none() && has(cues.possible_aux, lemma) {
                    inverted = Some(c);
                }
            }
            "advmod" | "det" | "cc:preconj" => {
                if has(cues.negation, lemma) {
                    // "not only A but also B" denies neither.
                    let merely = c + 1 < tree.len()
                        && matches!(tree.lemma(c + 1), "only" | "just" | "merely" | "simply");
                    if !merely {
                        scope.negate(c);
                    }
                } else if c < at && lemma == "long" || lemma == "longer" {
                    if c > 0
                        && tree.lemma(c - 1).eq_ignore_ascii_case("no")
                        && tree.head(c - 1) != Some(at)
                    {
                        scope.negate(c - 1);
                    }
                } else if rel == "advmod" {
                    word(cues, lemma, c, scope);
                }
            }
            // "before he resigned" tells what came to pass, "before he resigns" does not.
            "mark" if matches!(lemma, "before" | "until") && is_past(tree, at) => {}
            "mark" if has(cues.condition, lemma) => scope.modal(Modality::Possible, c),
            "mark" if lemma == "due" => scope.modal(Modality::Planned, c),
            "mark" | "case" if lemma == "without" || lemma == "instead" => scope.negate(c),
            "nsubj" | "nsubj:pass" => {
                subject = Some(c);
                // "no officers were hurt", "nobody was arrested"
                let none = matches!(lemma, "nobody" | "none" | "nothing" | "neither");
                if none
                    || tree
                        .with_rel(c, &["det"])
                        .any(|d| matches!(tree.lemma(d), "no" | "No" | "neither"))
                {
                    scope.negate(c);
                }
            }
            "obj" if tree.with_rel(c, &["det"]).any(|d| tree.lemma(d) == "no") => scope.negate(c),
            _ => {}
        }
    }
    // "is to be held", "are to meet"
    let to = tree
        .with_rel(at, &["mark"])
        .find(|&m| tree.lemma(m) == "to");
    if let Some(to) = to
        && let Some(be) = tree
            .with_rel(at, &["aux", "aux:pass", "cop"])
            .find(|&c| c < to && tree.lemma(c) == "be" && tree.token(c).xpos.starts_with("VB"))
    {
        scope.modal(Modality::Planned, be);
    }
    // "should it be needed"
    if let (Some(aux), "advcl" | "conj") = (inverted, tree.rel(at))
        && (tree.lemma(aux) == "should" || tree.lemma(aux) == "have")
    {
        scope.modal(Modality::Possible, aux);
    }
}

/// Whether the second of two joined verbs can stand under the auxiliaries of the first: "will go and see", not "did not go,
/// but said".
fn shares_auxiliary(tree: &Tree<'_>, second: u32, first: u32) -> bool {
    let finite = matches!(tree.token(second).xpos, "VBD" | "VBZ" | "VBP");
    let bare = matches!(tree.token(first).xpos, "VB" | "VBG" | "VBN");
    !(finite && bare && tree.child(first, &["aux", "aux:pass"]).is_some())
        // Past tense and participle look alike.
        || (tree.token(second).xpos == "VBD"
            && tree.token(first).xpos == "VBN"
            && tree.form(second).ends_with("ed"))
}

/// Whether the clause of the verb at `at` is in the past tense.
fn is_past(tree: &Tree<'_>, at: u32) -> bool {
    let finite = tree
        .with_rel(at, &["aux", "aux:pass", "cop"])
        .next()
        .unwrap_or(at);
    tree.token(finite).xpos == "VBD"
}

/// Follows the trigger upwards as far as its scope reaches.
fn climb(
    tree: &Tree<'_>,
    cues: &Cues<'_>,
    from: u32,
    light: Option<u32>,
    nominal: bool,
    scope: &mut Scope,
) {
    let mut at = from;
    let mut noun = nominal;
    for _ in 0..12 {
        let Some(head) = tree.head(at) else {
            // "Nordland to send troops": the infinitive of headlines.
            if !noun
                && tree.token(at).xpos == "VB"
                && tree
                    .child(at, &["mark", "aux"])
                    .is_some_and(|c| tree.lemma(c) == "to")
            {
                scope.modal(Modality::Planned, at);
            }
            return;
        };
        let rel = tree.rel(at);
        let lemma = tree.lemma(head).to_lowercase();
        let lemma = lemma.as_str();
        if noun {
            if !noun_up(tree, cues, at, head, light, lemma, scope) {
                return;
            }
        } else {
            match rel {
                "xcomp" => {
                    governed(cues, lemma, head, scope);
                    // "free to go", "keen to meet"; but "glad to be elected"
                    if tree.token(head).upos == Upos::Adj
                        && tree.token(at).xpos == "VB"
                        && !has(cues.factive, lemma)
                    {
                        scope.modal(Modality::Possible, head);
                    }
                    // "is to be tried"
                    if lemma == "be" && tree.token(at).xpos == "VB" {
                        scope.modal(Modality::Planned, head);
                    }
                    if lemma == "go" && tree.token(head).xpos == "VBG" {
                        scope.modal(Modality::Planned, head);
                    }
                }
                "ccomp" | "csubj" => {
                    governed_clause(cues, head, lemma, scope);
                    // "asked that he be heard"
                    if is_subjunctive(tree, at) {
                        word(cues, lemma, head, scope);
                        scope.modal(Modality::Possible, head);
                    }
                    return;
                }
                "acl" if tree.token(at).xpos == "VB" => {
                    // "plans to march", "a request to send troops"
                    governed(cues, lemma, head, scope);
                    if scope.modality == Modality::Actual
                        && !is_ranked(tree, head)
                        && !matches!(
                            lemma,
                            "decision"
                                | "move"
                                | "man"
                                | "woman"
                                | "person"
                                | "one"
                                | "first"
                                | "last"
                                | "officer"
                        )
                    {
                        scope.modal(Modality::Possible, head);
                    }
                    noun = true;
                }
                "acl"
                    if tree.token(at).xpos == "VBG"
                        && tree.child(at, &["mark", "case"]).is_some() =>
                {
                    governed(cues, lemma, head, scope);
                    noun = true;
                }
                "advcl" => {
                    let first = tree.child(at, &["mark", "case"]);
                    let mark = first.map(|m| tree.lemma(m).to_lowercase());
                    match mark.as_deref() {
                        // The purpose is not said to be reached.
                        Some("to") if tree.token(at).xpos == "VB" => {
                            scope.modal(Modality::Planned, first.unwrap_or(at));
                        }
                        Some("of" | "with" | "from" | "for") => governed(cues, lemma, head, scope),
                        _ => {}
                    }
                    return;
                }
                "obl" | "nmod" => {
                    // a gerund read as a noun's phrase: "accused of killing"
                    governed(cues, lemma, head, scope);
                    return;
                }
                "conj" => {
                    let own_subject = tree.child(at, &["nsubj"]).is_some();
                    let own_aux = tree.child(at, &["aux", "cop"]).is_some();
                    if own_subject {
                        return;
                    }
                    if !own_aux
                        && (tree.is_verb(head) || tree.child(head, &["cop"]).is_some())
                        && shares_auxiliary(tree, at, head)
                    {
                        let polarity = scope.polarity;
                        clause(tree, cues, head, scope);
                        // "did not call but write": what is set against a denial is not denied.
                        if tree
                            .with_rel(at, &["cc"])
                            .any(|c| matches!(tree.lemma(c), "but" | "yet"))
                        {
                            scope.polarity = polarity;
                        }
                    }
                    if own_aux && tree.is_verb(head) && tree.rel(head) != "root" {
                        return;
                    }
                }
                _ => return,
            }
            if tree.is_verb(head)
                || tree.child(head, &["cop"]).is_some()
                || tree.token(head).upos == Upos::Adj
            {
                noun = false;
                if rel != "conj" {
                    clause(tree, cues, head, scope);
                }
            }
        }
        if tree.is_verb(head)
            || tree.token(head).upos == Upos::Adj
            || tree.child(head, &["cop"]).is_some()
        {
            noun = false;
        }
        at = head;
    }
}

/// A clause with "that" whose verb is in its base form: "that he resign", "that she be released".
fn is_subjunctive(tree: &Tree<'_>, verb: u32) -> bool {
    let finite = tree
        .with_rel(verb, &["aux", "aux:pass", "cop"])
        .next()
        .unwrap_or(verb);
    tree.token(finite).xpos == "VB"
        && tree.child(verb, &["nsubj", "nsubj:pass"]).is_some()
        && tree
            .with_rel(verb, &["mark"])
            .any(|m| tree.lemma(m) == "that")
}

/// "the first woman to win", "one of few to visit": who is so ranked did it.
fn is_ranked(tree: &Tree<'_>, noun: u32) -> bool {
    let ranks = |t: u32| {
        matches!(
            &*tree.lemma(t).to_lowercase(),
            "first"
                | "second"
                | "third"
                | "last"
                | "latest"
                | "only"
                | "few"
                | "youngest"
                | "oldest"
        )
    };
    ranks(noun)
        || tree.children(noun).iter().any(|&c| ranks(c))
        || tree.head(noun).is_some_and(|h| {
            tree.rel(noun) == "nmod"
                && !tree.is_verb(h)
                && tree.children(h).iter().any(|&c| ranks(c))
        })
}

/// One step up from a noun trigger; false when its scope ends here.
fn noun_up(
    tree: &Tree<'_>,
    cues: &Cues<'_>,
    at: u32,
    head: u32,
    light: Option<u32>,
    lemma: &str,
    scope: &mut Scope,
) -> bool {
    let definite = tree.with_rel(at, &["det", "nmod:poss"]).any(|d| {
        matches!(
            tree.lemma(d),
            "the" | "this" | "that" | "these" | "those" | "The" | "This"
        ) || tree.rel(d) == "nmod:poss"
    });
    match tree.rel(at) {
        "obj" | "nsubj:pass" | "nsubj" | "xcomp" | "iobj"
            if tree.is_verb(head) || tree.token(head).upos == Upos::Adj =>
        {
            let mine = light == Some(head);
            // "Earlier talks have not brought peace": what an event does or fails to do leaves it as it is.
            if !mine
                && tree.rel(at) == "nsubj"
                && tree.is_verb(head)
                && tree
                    .child(head, &["obj"])
                    .is_some_and(|o| tree.lemma(o) != "place")
            {
                return false;
            }
            let happens = mine || has(cues.occurrence, lemma);
            if definite && !happens {
                // "seeks his release": definite or not, it is still to come.
                if tree.rel(at) != "nsubj" && has(cues.unrealised, lemma) {
                    scope.modal(Modality::Possible, head);
                }
                return false;
            }
            // "agreed a truce": there is one.
            if !mine && !(lemma == "agree" && tree.rel(at) == "obj") {
                governed(cues, lemma, head, scope);
            }
            clause(tree, cues, head, scope);
            true
        }
        "obl" if tree.is_verb(head) || tree.token(head).upos == Upos::Adj => {
            let preposition = tree.preposition(at).unwrap_or_default();
            if preposition == "for" && !definite {
                readiness(tree, cues, at, scope);
            }
            if preposition == "for" && definite && has(cues.unrealised, lemma) {
                scope.modal(Modality::Possible, head);
            }
            match preposition.as_str() {
                "to" | "for" | "of" | "with" | "on" | "from" | "in"
                    if (!definite || preposition == "of" || preposition == "with") =>
                {
                    governed(cues, lemma, head, scope);
                    // "could go on trial": the verb with its phrase says that it happens.
                    let stages = !definite && has(cues.occurrence, lemma);
                    if preposition == "for"
                        || preposition == "to"
                        || (preposition == "in" && !definite && lemma == "take")
                        || (preposition == "on" && (stages || lemma == "take"))
                    {
                        clause(tree, cues, head, scope);
                        // "accused of taking her on a trip"
                        return preposition == "on";
                    }
                }
                "without" => {}
                _ => {}
            }
            false
        }
        "nmod" => {
            let preposition = tree.preposition(at).unwrap_or_default();
            if preposition == "for" && !definite {
                readiness(tree, cues, at, scope);
            }
            // "a charge over her death": whom it is brought against is open, not the death.
            let about = matches!(preposition.as_str(), "about" | "over");
            if matches!(preposition.as_str(), "of" | "for")
                || (about && !has(cues.alleged, lemma) && !definite)
            {
                governed(cues, lemma, head, scope);
            }
            false
        }
        "compound" => {
            // "murder charge", "bomb threat"
            governed(cues, lemma, head, scope);
            false
        }
        "conj" => true,
        _ => false,
    }
}

/// "on standby for an attack", "the bar for an inquiry": what a noun of readiness or measure is for is not said to happen,
/// wherever the parser hung the phrase.
fn readiness(tree: &Tree<'_>, cues: &Cues<'_>, at: u32, scope: &mut Scope) {
    let Some(before) = tree
        .child(at, &["case"])
        .and_then(|case| case.checked_sub(1))
    else {
        return;
    };
    if has(cues.readiness, &tree.lemma(before).to_lowercase()) {
        scope.modal(Modality::Possible, before);
    }
}

/// What a governing word does to its complement.
fn governed(cues: &Cues<'_>, lemma: &str, head: u32, scope: &mut Scope) {
    if has(cues.denial, lemma) {
        scope.negate(head);
    }
    word(cues, lemma, head, scope);
}

/// What the verb above a finite clause does to it.
fn governed_clause(cues: &Cues<'_>, head: u32, lemma: &str, scope: &mut Scope) {
    if has(cues.denial, lemma) && matches!(lemma, "deny" | "dispute" | "refute" | "reject") {
        scope.negate(head);
    }
    if has(cues.alleged, lemma) && lemma != "charge" {
        scope.modal(Modality::Alleged, head);
    }
    if matches!(
        lemma,
        "fear" | "hope" | "expect" | "suspect" | "doubt" | "worry"
    ) {
        word(cues, lemma, head, scope);
    }
}
