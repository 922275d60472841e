//! The scheme of role titles: which words are a role, and under which wider role it stands.
//!
//! In: `ontology/roles.ttl`. Out: [`RoleScheme`], which finds the longest title at the start of a run of words. Refuses:
//! to say who holds a role, or that a title implies its body as if the text had said so.

use super::error::SchemaError;
use super::turtle::TurtleFile;
use super::vocab::{nl, org, skos};
use rustc_hash::{FxHashMap, FxHashSet};

/// A concept of the role scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleConcept {
    /// IRI.
    pub iri: String,
    /// Preferred label ("Home Secretary").
    pub label: String,
    /// Other titles for the same role, as listed.
    pub alternatives: Vec<String>,
    /// IRI of the broader concept.
    pub broader: Option<String>,
    /// Name of the organisation that the title itself implies ("Home Secretary" → "Home Office"); never stated as said by the text.
    pub implies: Option<String>,
    /// A post of the state or of a town, which is never held at a party.
    pub public_office: bool,
}

/// All role concepts, indexed by their words.
#[derive(Debug, Default)]
pub struct RoleScheme {
    concepts: Vec<RoleConcept>,
    by_iri: FxHashMap<String, u32>,
    words: FxHashMap<String, u32>,
    /// (node, word) → node; node 0 is the start.
    steps: FxHashMap<(u32, u32), u32>,
    /// The concept whose label ends at a node.
    ends: Vec<Option<u32>>,
    heads: FxHashSet<String>,
}

/// Words that open the complement of a title; the head stands before them ("secretary of state for health").
const COMPLEMENT: [&str; 9] = ["of", "for", "to", "at", "in", "on", "without", "-", "and"];

impl RoleScheme {
    /// Reads the concepts of a file, reporting every fault.
    pub(super) fn read(file: &TurtleFile, faults: &mut Vec<SchemaError>) -> Self {
        let mut scheme = Self {
            ends: vec![None],
            ..Self::default()
        };
        for subject in file
            .subjects
            .iter()
            .filter(|s| s.is_a(skos::CONCEPT) || s.is_a(org::ROLE_CLASS))
        {
            let Some(iri) = subject.iri.clone() else {
                continue;
            };
            let Some(label) = subject.text(skos::PREF_LABEL) else {
                faults.push(file.fault(
                    &iri,
                    "role concept without skos:prefLabel",
                    "give it one, in English",
                ));
                continue;
            };
            scheme.concepts.push(RoleConcept {
                label: label.to_owned(),
                alternatives: subject
                    .all(skos::ALT_LABEL)
                    .filter_map(|v| v.text())
                    .map(str::to_owned)
                    .collect(),
                broader: subject.iri_of(skos::BROADER).map(str::to_owned),
                implies: subject.text(nl::IMPLIES).map(str::to_owned),
                public_office: subject.text(nl::PUBLIC_OFFICE) == Some("true"),
                iri: iri.into_owned(),
            });
        }
        scheme.concepts.sort_by(|a, b| a.iri.cmp(&b.iri));
        let mut owners: FxHashMap<String, usize> = FxHashMap::default();
        let concepts = std::mem::take(&mut scheme.concepts);
        for (i, concept) in concepts.iter().enumerate() {
            scheme.by_iri.insert(concept.iri.clone(), i as u32);
            for label in std::iter::once(&concept.label).chain(&concept.alternatives) {
                let lower = label.to_lowercase();
                if let Some(&other) = owners.get(&lower)
                    && other != i
                {
                    faults.push(file.fault(
                        &concept.iri,
                        format!(
                            "label \"{label}\" also belongs to {}",
                            super::vocab::compact(&concepts[other].iri)
                        ),
                        "keep each label with one concept",
                    ));
                }
                scheme.index(&lower, i as u32);
                owners.insert(lower, i);
            }
        }
        for concept in &concepts {
            if let Some(broader) = &concept.broader
                && !scheme.by_iri.contains_key(broader)
            {
                faults.push(file.fault(
                    &concept.iri,
                    format!(
                        "skos:broader points at {}, which is no concept here",
                        super::vocab::compact(broader)
                    ),
                    "declare that concept or correct the IRI",
                ));
            }
        }
        scheme.concepts = concepts;
        scheme
    }

    /// Enters a lower-case label, its plural and its readings with and without hyphens.
    fn index(&mut self, label: &str, concept: u32) {
        let words: Vec<&str> = label.split_whitespace().collect();
        let head = words
            .iter()
            .skip(1)
            .position(|w| COMPLEMENT.contains(w))
            .map_or(words.len(), |p| p + 1)
            - 1;
        let Some(noun) = words.get(head) else { return };
        self.heads
            .insert(noun.rsplit('-').next().unwrap_or(noun).to_owned());
        let mut plural = words.clone();
        let many = pluralise(noun);
        plural[head] = &many;
        let mut forms = vec![words.join(" "), plural.join(" ")];
        if head > 0 && words[head] == "general" {
            let many = pluralise(words[head - 1]);
            let mut first = words.clone();
            first[head - 1] = &many;
            forms.push(first.join(" "));
        }
        for form in forms {
            self.enter(&form, concept);
            if form.contains('-') {
                self.enter(&form.replace('-', " "), concept);
                self.enter(&form.replace('-', " - "), concept);
            }
            if form.contains('\'') {
                self.enter(&form.replace("'s ", " 's ").replace("s' ", "s ' "), concept);
                self.enter(&form.replace('\'', "\u{2019}"), concept);
                self.enter(
                    &form
                        .replace("'s ", " \u{2019}s ")
                        .replace("s' ", "s \u{2019} "),
                    concept,
                );
            }
        }
    }

    /// Enters one spelling; the first concept to claim it keeps it.
    fn enter(&mut self, form: &str, concept: u32) {
        let mut node = 0;
        for word in form.split(' ') {
            let fresh = self.words.len() as u32;
            let word = match self.words.get(word) {
                Some(&known) => known,
                None => *self.words.entry(word.to_owned()).or_insert(fresh),
            };
            let next = self.ends.len() as u32;
            node = *self.steps.entry((node, word)).or_insert(next);
            if node == next {
                self.ends.push(None);
            }
        }
        self.ends[node as usize].get_or_insert(concept);
    }

    /// Whether the role, or one above it, is a post of the state or of a town.
    pub fn is_public_office(&self, role: &RoleConcept) -> bool {
        let mut at = Some(role);
        // The scheme is shallow; the bound guards against a circle in a user's own roles.
        for _ in 0..16 {
            let Some(concept) = at else { break };
            if concept.public_office {
                return true;
            }
            at = concept.broader.as_deref().and_then(|iri| self.concept(iri));
        }
        false
    }

    /// The longest title that begins at the first of these lower-case words (forms or lemmas), with its number of words.
    pub fn find(&self, words: &[&str]) -> Option<(&RoleConcept, usize)> {
        let mut node = 0;
        let mut best = None;
        for (i, word) in words.iter().enumerate() {
            let Some(next) = self
                .words
                .get(*word)
                .and_then(|&word| self.steps.get(&(node, word)))
            else {
                break;
            };
            node = *next;
            if let Some(concept) = self.ends[node as usize] {
                best = Some((&self.concepts[concept as usize], i + 1));
            }
        }
        best
    }

    /// Whether the noun heads some title ("secretary", "officer", "chair").
    pub fn is_role_noun(&self, lemma: &str) -> bool {
        self.heads.contains(lemma)
    }

    /// The nouns that head titles, sorted.
    pub(super) fn head_words(&self) -> impl Iterator<Item = &str> {
        let mut heads: Vec<&str> = self.heads.iter().map(String::as_str).collect();
        heads.sort_unstable();
        heads.into_iter()
    }

    /// The concept of that IRI.
    pub fn concept(&self, iri: &str) -> Option<&RoleConcept> {
        self.by_iri.get(iri).map(|&i| &self.concepts[i as usize])
    }

    /// All concepts, by IRI.
    pub fn concepts(&self) -> &[RoleConcept] {
        &self.concepts
    }
}

/// The regular English plural, with the few irregular ones that titles have.
fn pluralise(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("man") {
        format!("{stem}men")
    } else if noun.ends_with("person") {
        format!("{}people", noun.trim_end_matches("person"))
    } else if let Some(stem) = noun
        .strip_suffix('y')
        .filter(|s| !s.ends_with(['a', 'e', 'o', 'u']))
    {
        format!("{stem}ies")
    } else if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(text: &str) -> (RoleScheme, Vec<SchemaError>) {
        let text = format!(
            "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix role: <https://w3id.org/newsloom/roles#> . @prefix nl: <https://w3id.org/newsloom/ns#> .\n{text}"
        );
        let mut faults = Vec::new();
        let file = TurtleFile::parse("roles.ttl", &text).expect("valid");
        (RoleScheme::read(&file, &mut faults), faults)
    }

    #[test]
    fn the_longest_title_wins_in_any_number() {
        let (roles, faults) = scheme(
            r#"role:secretary a skos:Concept ; skos:prefLabel "secretary"@en .
               role:foreign a skos:Concept ; skos:prefLabel "Foreign Secretary"@en ; skos:altLabel "Secretary of State for Foreign Affairs"@en ; skos:broader role:secretary ; nl:implies "Foreign Office" .
               role:vice a skos:Concept ; skos:prefLabel "vice-president"@en .
               role:ag a skos:Concept ; skos:prefLabel "attorney general"@en ."#,
        );
        assert!(faults.is_empty(), "{faults:?}");
        let label = |words: &[&str]| roles.find(words).map(|(c, n)| (c.label.as_str(), n));
        assert_eq!(
            label(&["foreign", "secretary", "ada", "pike"]),
            Some(("Foreign Secretary", 2))
        );
        assert_eq!(label(&["secretary", "of", "the"]), Some(("secretary", 1)));
        assert_eq!(
            label(&["secretaries", "of", "state", "for", "foreign", "affairs"]),
            Some(("Foreign Secretary", 6))
        );
        assert_eq!(
            label(&["vice", "-", "presidents"]),
            Some(("vice-president", 3))
        );
        assert_eq!(label(&["vice", "president"]), Some(("vice-president", 2)));
        assert_eq!(
            label(&["attorneys", "general"]),
            Some(("attorney general", 2))
        );
        assert_eq!(label(&["foreign", "affairs"]), None);
        assert!(
            roles.is_role_noun("secretary")
                && roles.is_role_noun("president")
                && !roles.is_role_noun("affairs")
        );
        assert_eq!(
            roles
                .find(&["foreign", "secretary"])
                .and_then(|(c, _)| c.implies.as_deref()),
            Some("Foreign Office")
        );
    }

    #[test]
    fn a_shared_label_and_a_dangling_broader_are_faults() {
        let (_, faults) = scheme(
            r#"role:a a skos:Concept ; skos:prefLabel "chair"@en ; skos:broader role:nothing .
               role:b a skos:Concept ; skos:prefLabel "chairman"@en ; skos:altLabel "chair"@en ."#,
        );
        let text: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(text.len(), 2, "{text:?}");
        assert!(
            text.iter()
                .any(|t| t.contains("role:b") && t.contains("also belongs to role:a"))
        );
        assert!(text.iter().any(|t| t.contains("role:nothing")));
    }
}
