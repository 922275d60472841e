//! Logical grammar of one sentence: who does what to whom, the same for active and passive, verb and noun.
//!
//! In: the tree of a [`Sentence`]. Out: the tokens on a [`Path`] seen from a trigger. It mends the commonest faults of
//! parsers where the words leave one reading (particles read as prepositions, finite verbs hung on their subject).
//! Refuses: to know mentions, frames or meanings.

use crate::schema::Path;
use english::{Sentence, Token, Upos};

/// Verbs that take two objects, so that a participle may keep one.
const TWO_OBJECTS: [&str; 14] = [
    "give", "award", "offer", "send", "tell", "ask", "pay", "hand", "deny", "grant", "name",
    "call", "show", "teach",
];

/// Verbs of judging or holding somebody for what he or she does.
const JUDGING: [&str; 38] = [
    "accuse",
    "criticise",
    "criticize",
    "blame",
    "praise",
    "thank",
    "convict",
    "arrest",
    "charge",
    "fine",
    "sue",
    "sack",
    "fire",
    "punish",
    "jail",
    "condemn",
    "commend",
    "forgive",
    "honour",
    "honor",
    "slam",
    "suspend",
    "stop",
    "prevent",
    "ban",
    "bar",
    "prosecute",
    "reprimand",
    "dismiss",
    "discourage",
    "deter",
    "keep",
    "rebuke",
    "admonish",
    "chastise",
    "censure",
    "sentence",
    "detain",
];

mod join;
mod mend;
mod order;

use mend::Arc;

/// The tree of one sentence with its children at hand.
#[derive(Debug)]
pub struct Tree<'a> {
    /// The text that the spans of the tokens count.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    arcs: Vec<Arc>,
    starts: Vec<u32>,
    children: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// Sorts the tokens of a sentence under their heads, after mending what the words show to be misread.
    pub fn new(text: &'a str, sentence: &'a Sentence) -> Self {
        let arcs = mend::arcs(text, sentence);
        let n = arcs.len();
        let mut starts = vec![0_u32; n + 2];
        for (head, _) in &arcs {
            if let Some(h) = head {
                starts[*h as usize + 2] += 1;
            }
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut children = vec![0; starts[n + 1] as usize];
        for (i, (head, _)) in arcs.iter().enumerate() {
            if let Some(h) = head {
                let at = &mut starts[*h as usize + 1];
                children[*at as usize] = i as u32;
                *at += 1;
            }
        }
        Self {
            text,
            sentence,
            arcs,
            starts,
            children,
        }
    }

    /// The token of that number.
    pub fn token(&self, at: u32) -> &'a Token {
        &self.sentence.tokens[at as usize]
    }

    /// Number of tokens.
    pub fn len(&self) -> u32 {
        self.sentence.tokens.len() as u32
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.sentence.tokens.is_empty()
    }

    /// Tokens governed by `at`, in order.
    pub fn children(&self, at: u32) -> &[u32] {
        let at = at as usize;
        &self.children[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Relation of `at` to its head.
    pub fn rel(&self, at: u32) -> &'static str {
        self.arcs[at as usize].1
    }

    /// Head of `at`.
    pub fn head(&self, at: u32) -> Option<u32> {
        self.arcs[at as usize].0
    }

    /// Lemma of `at`, lower case unless it is a name.
    pub fn lemma(&self, at: u32) -> &'a str {
        &self.token(at).lemma
    }

    /// The word as written.
    pub fn form(&self, at: u32) -> &'a str {
        self.token(at).span.slice(self.text)
    }

    /// Children of `at` with one of these relations; a relation without subtype stands for all its subtypes.
    pub fn with_rel<'s>(&'s self, at: u32, rels: &'s [&'s str]) -> impl Iterator<Item = u32> + 's {
        self.children(at).iter().copied().filter(move |&c| {
            let rel = self.rel(c);
            rels.iter()
                .any(|r| rel == *r || rel.strip_prefix(*r).is_some_and(|s| s.starts_with(':')))
        })
    }

    /// The first child of `at` with one of these relations.
    pub fn child(&self, at: u32, rels: &[&str]) -> Option<u32> {
        self.with_rel(at, rels).next()
    }

    /// Whether a token is a verb or auxiliary.
    pub fn is_verb(&self, at: u32) -> bool {
        matches!(self.token(at).upos, Upos::Verb | Upos::Aux)
    }

    /// Whether a token is a noun, name or pronoun.
    pub fn is_nominal(&self, at: u32) -> bool {
        matches!(
            self.token(at).upos,
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num
        )
    }

    /// Whether `top` governs `at`, at any distance, or is it.
    pub fn dominates(&self, top: u32, at: u32) -> bool {
        let mut next = Some(at);
        for _ in 0..=self.len() {
            match next {
                Some(t) if t == top => return true,
                Some(t) => next = self.head(t),
                None => return false,
            }
        }
        false
    }

    /// First and last token of what `at` governs, itself included.
    pub fn extent(&self, at: u32) -> (u32, u32) {
        let (mut first, mut last) = (at, at);
        let mut open = vec![at];
        while let Some(t) = open.pop() {
            first = first.min(t);
            last = last.max(t);
            open.extend_from_slice(self.children(t));
        }
        (first, last)
    }

    /// The preposition of a phrase with its fixed parts ("in", "out of", "because of"), in lower case.
    pub fn preposition(&self, at: u32) -> Option<String> {
        let mut words: Vec<u32> = self
            .with_rel(at, &["case", "mark"])
            .filter(|&c| c < at && self.lemma(c) != "to" || self.rel(c) == "case")
            .filter(|&c| c < at)
            .collect();
        if words.is_empty() {
            return None;
        }
        let fixed: Vec<u32> = words
            .iter()
            .flat_map(|&c| self.with_rel(c, &["fixed"]).collect::<Vec<_>>())
            .collect();
        words.extend(fixed);
        words.sort_unstable();
        let words: Vec<String> = words.iter().map(|&c| self.form(c).to_lowercase()).collect();
        Some(words.join(" "))
    }

    /// Whether the phrase headed by `at` has one of these prepositions.
    pub fn has_preposition(&self, at: u32, wanted: &[String]) -> bool {
        let Some(own) = self.preposition(at) else {
            return false;
        };
        // "according to X" and "due to X" point to nobody.
        let opaque = matches!(
            own.split(' ').next(),
            Some("according" | "due" | "owing" | "thanks" | "prior" | "contrary" | "subject")
        );
        wanted.iter().any(|w| {
            own == *w
                || !opaque
                    && (own.split(' ').next_back() == Some(w) || own.split(' ').next() == Some(w))
        })
    }

    /// The particle of a verb, if it has one: its token, and the object that a parser put under it.
    pub fn particle(&self, verb: u32, wanted: &str) -> Option<(u32, Option<u32>)> {
        let near = |c: u32| c > verb && c <= verb + 6;
        for &c in self.children(verb) {
            let rel = self.rel(c);
            if near(c)
                && self.lemma(c) == wanted
                && (rel.starts_with("compound")
                    || rel == "advmod"
                    || rel == "case"
                    || rel == "obl"
                    || rel == "xcomp")
            {
                return Some((c, None));
            }
        }
        // "handed [in their weapons]": a preposition right after the verb.
        let next = verb + 1;
        if next < self.len()
            && self.lemma(next) == wanted
            && matches!(self.token(next).upos, Upos::Adp | Upos::Adv)
        {
            let under = self
                .head(next)
                .filter(|&h| self.rel(next) == "case" && h > next);
            return Some((
                next,
                under.filter(|&h| {
                    self.head(h) == Some(verb)
                        || self.head(h).is_some_and(|p| self.head(p) == Some(verb))
                }),
            ));
        }
        None
    }

    /// Whether the verb has a particle at all; one before the verb is misread ("up to 300 had downed tools").
    pub fn has_particle(&self, verb: u32) -> bool {
        self.with_rel(verb, &["compound:prt"]).any(|p| p > verb)
    }

    /// Whether a verb is passive: by its auxiliary, as a bare participle, or because it shares the auxiliary of the verb before it.
    pub fn passive(&self, verb: u32) -> bool {
        if self
            .with_rel(verb, &["aux:pass", "nsubj:pass"])
            .next()
            .is_some()
        {
            return true;
        }
        let t = self.token(verb);
        // A past tense cannot describe a noun: what the tagger took for one is a participle.
        let participle = t.xpos == "VBN" || (t.xpos == "VBD" && self.rel(verb) == "acl");
        if t.upos != Upos::Verb || !participle {
            return false;
        }
        if self.child(verb, &["aux"]).is_some() {
            return false;
        }
        match self.rel(verb) {
            "conj" => {
                self.child(verb, &["nsubj"]).is_none()
                    && self
                        .head(verb)
                        .is_some_and(|h| self.is_verb(h) && self.passive(h))
            }
            "acl" | "amod" | "advcl" => {
                self.child(verb, &["obj"]).is_none() || TWO_OBJECTS.contains(&&*t.lemma)
            }
            "acl:relcl" | "ccomp" => false,
            "xcomp" => true,
            _ => self.child(verb, &["nsubj"]).is_none() && self.child(verb, &["obj"]).is_none(),
        }
    }

    fn is_relative_pronoun(&self, at: u32) -> bool {
        matches!(self.token(at).xpos, "WP" | "WDT")
            || (self.token(at).xpos == "IN" && self.lemma(at) == "that")
    }

    /// What stands before the verb as its subject on the surface, or would stand there: its own subject, the antecedent of a
    /// relative clause, the noun that a participle modifies, the controller of an infinitive, the subject it shares.
    pub fn surface_subjects(&self, verb: u32) -> Vec<u32> {
        self.surface(verb, 0)
    }

    fn surface(&self, verb: u32, depth: u8) -> Vec<u32> {
        if depth > 6 {
            return Vec::new();
        }
        let body = self.dateline();
        let mut own: Vec<u32> = self
            .with_rel(verb, &["nsubj"])
            .filter(|&c| c >= body)
            .collect();
        // Two subjects are one too many: the nearer one is the verb's own.
        if own.len() > 1 {
            let nearest = own.iter().copied().min_by_key(|&c| c.abs_diff(verb));
            own = nearest.into_iter().collect();
        }
        if own.is_empty() && body > 0 && verb > body {
            // "NORDHAVEN - Calder Industries said": the parser took the dateline for the subject.
            own = (body..verb)
                .filter(|&t| {
                    self.is_nominal(t)
                        && self.child(t, &["case"]).is_none()
                        && self.head(t).is_none_or(|h| h < body || h >= verb)
                })
                .take(1)
                .collect();
        }
        // What stands before the closing quotation mark belongs to what was said.
        if let Some(inverted) = self.inverted_subject(verb) {
            own = vec![inverted];
        }
        if let Some(&first) = own.first() {
            if self.is_relative_pronoun(first)
                && let Some(h) = self.antecedent(verb)
            {
                return h;
            }
            return self.spread(own);
        }
        let t = self.token(verb);
        let Some(head) = self.head(verb) else {
            return Vec::new();
        };
        match self.rel(verb) {
            "acl:relcl" => {
                // "the officer who …" with the pronoun misread, or "the officer charged …".
                if self
                    .child(verb, &["obj"])
                    .is_some_and(|o| self.is_relative_pronoun(o))
                {
                    return Vec::new();
                }
                self.antecedent(verb).unwrap_or_default()
            }
            "acl" | "amod" => {
                if t.xpos == "VB" && !self.is_person_like(head) {
                    // "a plan to leave": the planner, if the plan has a verb.
                    return match self.head(head) {
                        Some(p) if self.is_verb(p) && matches!(self.rel(head), "obj" | "xcomp") => {
                            self.surface(p, depth + 1)
                        }
                        _ => self.with_rel(head, &["nmod:poss"]).collect(),
                    };
                }
                // "talks before flying home": the talks do not fly.
                if self.child(verb, &["mark", "case"]).is_some_and(|m| {
                    matches!(
                        self.lemma(m),
                        "before" | "after" | "while" | "without" | "by"
                    )
                }) {
                    return Vec::new();
                }
                vec![head]
            }
            // "Sources said the troops were ready but had been asked to wait": whose turn it is, the tree cannot tell.
            "conj"
                if self.child(verb, &["aux:pass"]).is_some()
                    && (head + 1..verb).any(|t| {
                        self.rel(t) == "mark" && self.lemma(t) == "that" || self.rel(t) == "ccomp"
                    }) =>
            {
                Vec::new()
            }
            "conj" if self.is_verb(head) || self.child(head, &["cop"]).is_some() => {
                self.surface(head, depth + 1)
            }
            "xcomp" => {
                let objects: Vec<u32> = self.with_rel(head, &["obj"]).collect();
                if objects.is_empty() || self.lemma(head) == "promise" {
                    self.surface(head, depth + 1)
                } else {
                    self.spread(objects)
                }
            }
            "advcl" | "ccomp" | "dep" => {
                let bare = matches!(t.xpos, "VBG" | "VB" | "VBN");
                if !bare || !self.is_verb(head) {
                    return Vec::new();
                }
                // "blamed him for leaving": it is the object that left.
                if t.xpos == "VBG"
                    && JUDGING.contains(&self.lemma(head))
                    && self
                        .child(verb, &["mark", "case"])
                        .is_some_and(|m| matches!(self.lemma(m), "for" | "of" | "from"))
                    && let Some(object) = self.child(head, &["obj"])
                {
                    return self.spread(vec![object]);
                }
                // A participle looks back for its subject, unless it opens the sentence.
                let opens = self.extent(verb).0 <= 1;
                let mut subjects = self.surface(head, depth + 1);
                subjects.retain(|&s| s < verb || opens);
                subjects
            }
            _ => Vec::new(),
        }
    }

    fn is_person_like(&self, noun: u32) -> bool {
        matches!(self.token(noun).upos, Upos::Propn | Upos::Pron)
            || matches!(
                self.lemma(noun),
                "man"
                    | "woman"
                    | "person"
                    | "people"
                    | "officer"
                    | "team"
                    | "one"
                    | "first"
                    | "last"
            )
    }

    fn antecedent(&self, verb: u32) -> Option<Vec<u32>> {
        let mut at = verb;
        // "who kidnapped, raped and murdered": the first verb carries the relation.
        for _ in 0..4 {
            match self.rel(at) {
                "acl:relcl" | "acl" => return self.head(at).map(|h| vec![h]),
                "conj" => at = self.head(at)?,
                _ => break,
            }
        }
        None
    }

    /// Those who do it.
    pub fn subjects(&self, at: u32, light: Option<u32>) -> Vec<u32> {
        if !self.is_verb(at) && self.token(at).upos != Upos::Adj {
            let by: Vec<u32> = self.phrases(at, &["by".to_owned()]);
            if !by.is_empty() {
                return by;
            }
            if let Some(verb) = light {
                let of_verb = self.subjects(verb, None);
                if !of_verb.is_empty() {
                    return of_verb;
                }
            }
            // "Pike is on trial", "they were in talks": who is in it has part in it.
            if self.is_state(at, &["in", "on", "at"]) {
                return self.surface_subjects(at);
            }
            return self.spread(self.with_rel(at, &["nmod:poss"]).collect());
        }
        if self.passive(at) {
            // "held by police at the airport": only what has "by" is an agent.
            let mut agents: Vec<u32> = self
                .with_rel(at, &["obl:agent"])
                .filter(|&c| self.preposition(c).is_none_or(|p| p == "by"))
                .collect();
            if agents.is_empty() {
                agents = self
                    .with_rel(at, &["obl"])
                    .filter(|&c| self.preposition(c).as_deref() == Some("by"))
                    .collect();
            }
            // "was shot in Leeds by an officer": the phrase may hang on the noun before it.
            if agents.is_empty() {
                agents = self
                    .with_rel(at, &["obl", "obj"])
                    .flat_map(|o| {
                        self.with_rel(o, &["nmod"])
                            .filter(|&c| self.preposition(c).as_deref() == Some("by"))
                            .collect::<Vec<_>>()
                    })
                    .collect();
            }
            return self.spread(agents);
        }
        let mut out = self.surface_subjects(at);
        out.retain(|&s| !matches!(self.lemma(s), "there" | "it") || self.rel(s) != "expl");
        out
    }

    /// Whether somebody is said to be in the state that a noun and its preposition name: "on trial", "under arrest".
    fn is_state(&self, noun: u32, prepositions: &[&str]) -> bool {
        self.child(noun, &["cop"]).is_some()
            && self
                .child(noun, &["case"])
                .is_some_and(|c| prepositions.contains(&self.lemma(c)))
    }

    /// Those to whom it is done.
    pub fn objects(&self, at: u32, particle_object: Option<u32>) -> Vec<u32> {
        if !self.is_verb(at) && self.token(at).upos != Upos::Adj {
            // "Pike is under arrest": it is done to who is under it.
            if self.is_state(at, &["under"]) {
                return self.surface_subjects(at);
            }
            return self.phrases(at, &["of".to_owned()]);
        }
        let mut own: Vec<u32> = self.with_rel(at, &["obj"]).collect();
        if let Some(subject) = self.inverted_subject(at) {
            own.retain(|&o| o != subject);
        }
        own.retain(|&o| {
            self.child(o, &["case"])
                .is_none_or(|c| Some(o) == particle_object || c > o)
        });
        if self.passive(at) {
            if !own.is_empty() && TWO_OBJECTS.contains(&self.lemma(at)) {
                return self.spread(own);
            }
            return self.surface_subjects(at);
        }
        if let Some(first) = own.first() {
            if self.is_relative_pronoun(*first) {
                return self.antecedent(at).unwrap_or_default();
            }
            return self.spread(own);
        }
        if let Some(object) = particle_object {
            return self.spread(vec![object]);
        }
        // "kidnapped, raped and murdered X": the object stands with the last verb.
        let after = at + 1;
        if after < self.len() && matches!(self.lemma(after), "," | "and" | "or" | "then") {
            let family = if self.rel(at) == "conj" {
                self.head(at)
            } else {
                Some(at)
            };
            if let Some(top) = family {
                let last = self
                    .with_rel(top, &["conj"])
                    .filter(|&c| c > at && self.is_verb(c) && self.child(c, &["nsubj"]).is_none())
                    .last();
                if let Some(object) = last.and_then(|c| self.child(c, &["obj"])) {
                    return self.spread(vec![object]);
                }
            }
        }
        // "the officer they charged": the antecedent fills the gap.
        if self.rel(at) == "acl:relcl"
            && self
                .child(at, &["nsubj"])
                .is_some_and(|s| !self.is_relative_pronoun(s))
            && self
                .child(at, &["advmod", "ccomp", "xcomp"])
                .is_none_or(|c| self.token(c).xpos != "WRB")
        {
            return self.head(at).map(|h| vec![h]).unwrap_or_default();
        }
        Vec::new()
    }

    /// Phrases with one of these prepositions, of a verb or noun; a gerund clause counts. Phrases that a parser hung on the
    /// object beside the trigger, or on the verb that governs a noun trigger, come last.
    pub fn phrases(&self, at: u32, prepositions: &[String]) -> Vec<u32> {
        // A parser may call a phrase an object; its preposition tells.
        let rels = [
            "obl", "nmod", "advcl", "acl", "xcomp", "ccomp", "advmod", "obj",
        ];
        let pick = |of: u32| -> Vec<u32> {
            self.with_rel(of, &rels)
                .filter(|&c| {
                    self.rel(c) != "nmod:poss"
                        && self.rel(c) != "acl:relcl"
                        && (!self.is_verb(c) || self.token(c).xpos == "VBG")
                        && self.has_preposition(c, prepositions)
                })
                .collect()
        };
        let mut out = pick(at);
        if !out.is_empty() {
            return self.spread(out);
        }
        let only_of = prepositions == ["of"];
        if self.is_verb(at) {
            if !only_of {
                for o in self.with_rel(
                    at,
                    &[
                        "obj",
                        "obl",
                        "xcomp",
                        "nsubj:pass",
                        "compound:prt",
                        "advmod",
                    ],
                ) {
                    if (o > at || self.rel(o) == "nsubj:pass") && !self.is_verb(o) {
                        out.extend(pick(o).into_iter().filter(|&c| c > at && !self.is_verb(c)));
                    }
                }
            }
        } else if !only_of && let Some(verb) = self.governors(at).first().copied() {
            // "The review was welcomed by X": the phrase names who welcomed, not who reviews.
            let passive = self.passive(verb);
            out.extend(
                pick(verb).into_iter().filter(|&c| {
                    c > at && !(passive && self.preposition(c).as_deref() == Some("by"))
                }),
            );
        }
        self.spread(out)
    }

    /// The verbs that govern a noun as their object, passive subject, or only argument.
    pub fn governors(&self, noun: u32) -> Vec<u32> {
        let mut out = Vec::new();
        let mut at = noun;
        for _ in 0..3 {
            let Some(head) = self.head(at) else { break };
            match self.rel(at) {
                "obj" | "nsubj:pass" | "nsubj" | "obl" | "xcomp" | "iobj" if self.is_verb(head) => {
                    out.push(head);
                }
                "conj" if self.is_nominal(head) => {
                    at = head;
                    continue;
                }
                _ => {}
            }
            break;
        }
        // "the charge brought against him", "a review ordered by the minister", "the talks that she opened"
        out.extend(self.with_rel(noun, &["acl"]).filter(|&c| {
            self.is_verb(c) && (self.token(c).xpos == "VBN" || self.rel(c) == "acl:relcl")
        }));
        out
    }

    /// Verbs of complement clauses.
    pub fn complements(&self, at: u32) -> Vec<u32> {
        let mut out: Vec<u32> = self
            .with_rel(at, &["ccomp", "xcomp", "acl"])
            .filter(|&c| self.rel(c) != "acl:relcl")
            .collect();
        if self.is_verb(at) {
            out.retain(|&c| self.rel(c) != "acl");
        }
        if out.is_empty() && self.is_verb(at) {
            // "he said", but not "– he said so": what stands behind a dash does not say what stands before it.
            if self.rel(at) == "parataxis" && !self.behind_dash(at) {
                out.extend(self.head(at));
            }
            out.extend(self.with_rel(at, &["parataxis"]));
        }
        out
    }

    /// Whether what hangs together under a token begins at a dash.
    fn behind_dash(&self, at: u32) -> bool {
        let from = self.extent(at).0;
        (from.saturating_sub(1)..=from).any(|t| matches!(self.form(t), "–" | "—" | "-" | "--"))
    }

    /// Verbs of purpose clauses: "sent in to help".
    pub fn purposes(&self, at: u32) -> Vec<u32> {
        self.with_rel(at, &["advcl"])
            .filter(|&c| {
                c > at
                    && self.token(c).xpos == "VB"
                    && self.with_rel(c, &["mark"]).any(|m| self.lemma(m) == "to")
            })
            .collect()
    }

    /// The tokens on a path. `light`: the governing verb that a condition of the trigger named.
    pub fn walk(&self, at: u32, path: &Path, seen: Seen) -> Vec<u32> {
        match path {
            Path::Subject => self.subjects(at, seen.light),
            Path::Object => self.objects(at, seen.particle_object),
            Path::Recipient => {
                let own: Vec<u32> = self.with_rel(at, &["iobj"]).collect();
                if own.is_empty()
                    && self.is_verb(at)
                    && self.passive(at)
                    && self.child(at, &["obj"]).is_some()
                {
                    self.surface_subjects(at)
                } else {
                    self.spread(own)
                }
            }
            Path::Preposition(list) => self.phrases(at, list),
            Path::Possessive => self.spread(self.with_rel(at, &["nmod:poss"]).collect()),
            Path::Compound => self
                .with_rel(at, &["compound", "nmod:desc", "flat"])
                .filter(|&c| c < at)
                .collect(),
            Path::Adjective => self.with_rel(at, &["amod"]).collect(),
            Path::Complement => self.complements(at),
            Path::Governor => self.governors(at),
            Path::Any => self.children(at).to_vec(),
            Path::Chain(steps) => {
                let mut now = vec![at];
                let mut seen = seen;
                for step in steps {
                    let from = now;
                    now = from
                        .iter()
                        .flat_map(|&t| self.walk(t, step, seen))
                        .collect();
                    // "sent in to help crews": on the way to somebody, a purpose is a complement.
                    if now.is_empty() && *step == Path::Complement {
                        now = from.iter().flat_map(|&t| self.purposes(t)).collect();
                    }
                    seen = Seen::default();
                }
                now
            }
        }
    }
}

/// What matching a trigger has already learnt of its surroundings.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// The light verb that a condition named ("launch" for "review").
    pub light: Option<u32>,
    /// The object that a parser hung on the particle of a phrasal verb.
    pub particle_object: Option<u32>,
}

#[cfg(test)]
pub(crate) mod tests;
