//! Every IRI of the data is minted here: readable, and a function of the thing's key alone.
//!
//! In: a kind, a name and what tells namesakes apart. Out: `{base}{kind}/{slug}-{hash}`, where the hash is the first
//! characters of a SHA-256 in base 32 over rule version, kind, name and disambiguator. Refuses: a base that names
//! cannot be appended to.

use crate::document::Document;
use oxigraph::model::{NamedNode, Term};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// Base of data IRIs where the user names none.
pub const DEFAULT_BASE: &str = "https://w3id.org/newsloom/id/";

/// Changes whenever the rules of minting change, so that graphs of two rules cannot silently mix.
const RULE_VERSION: &str = "1";

/// Characters of hash that settle equal slugs of entities.
const ENTITY_HASH: usize = 8;

/// Characters of hash of claims and assertions, which have no slug: 130 bits.
const CLAIM_HASH: usize = 26;

/// Longest slug.
const SLUG: usize = 60;

/// Why a base is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IriError {
    /// It is no absolute IRI.
    #[error("base {0:?} is not an absolute IRI; give one such as https://example.org/id/")]
    NotAnIri(String),
    /// Nothing separates it from what is appended.
    #[error("base {0:?} must end with / or #")]
    OpenEnd(String),
}

/// The mint of data IRIs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iris {
    base: String,
}

impl Default for Iris {
    fn default() -> Self {
        Self {
            base: DEFAULT_BASE.to_owned(),
        }
    }
}

impl Iris {
    /// A mint under `base`, which must be an absolute IRI that ends with `/` or `#`.
    pub fn new(base: &str) -> Result<Self, IriError> {
        if NamedNode::new(base).is_err() {
            return Err(IriError::NotAnIri(base.to_owned()));
        }
        if !base.ends_with(['/', '#']) {
            return Err(IriError::OpenEnd(base.to_owned()));
        }
        Ok(Self {
            base: base.to_owned(),
        })
    }

    /// The base.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// IRI of a thing of this kind (`person`, `org`, `place`, `event`, …) with this name.
    pub fn thing(&self, kind: &str, name: &str, disambiguator: &str) -> NamedNode {
        let name: String = name.nfc().collect();
        let hash = hash(
            &[RULE_VERSION, kind, name.as_str(), disambiguator],
            ENTITY_HASH,
        );
        self.iri(&format!("{kind}/{}-{hash}", slug(&name)))
    }

    /// IRI of a document: date, title and content hash; also the name of the graph of its assertions.
    pub fn document(&self, document: &Document) -> NamedNode {
        let date = document
            .published()
            .map(|d| format!("{d} "))
            .unwrap_or_default();
        let title = document.title().unwrap_or_else(|| {
            let name = document
                .source()
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or_default();
            name.split('.').next().unwrap_or_default()
        });
        self.thing("doc", &format!("{date}{title}"), document.id().hex())
    }

    /// IRI of a stretch of a document, counted in Unicode code points (RFC 5147).
    pub fn stretch(document: &NamedNode, begin: usize, end: usize) -> NamedNode {
        NamedNode::new_unchecked(format!("{}#char={begin},{end}", document.as_str()))
    }

    /// IRI of the claim that states a triple.
    pub fn claim(&self, subject: &NamedNode, predicate: &NamedNode, object: &Term) -> NamedNode {
        let hash = hash(
            &[
                RULE_VERSION,
                "claim",
                &subject.to_string(),
                &predicate.to_string(),
                &object.to_string(),
            ],
            CLAIM_HASH,
        );
        self.iri(&format!("claim/{hash}"))
    }

    /// IRI of what one sentence asserts; the parts tell it from all else.
    pub fn assertion(&self, parts: &[&str]) -> NamedNode {
        let mut all = vec![RULE_VERSION, "assertion"];
        all.extend(parts);
        self.iri(&format!("assertion/{}", hash(&all, CLAIM_HASH)))
    }

    /// IRI of a decision, which its words tell from all others.
    pub fn decision(&self, words: &str) -> NamedNode {
        let hash = hash(&[RULE_VERSION, "decision", words], CLAIM_HASH);
        self.iri(&format!("decision/{hash}"))
    }

    /// The graph of resolved facts.
    pub fn facts_graph(&self) -> NamedNode {
        self.iri("graph/facts")
    }

    /// The graph of curated statements.
    pub fn curated_graph(&self) -> NamedNode {
        self.iri("graph/curated")
    }

    fn iri(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.base))
    }
}

/// First `length` characters of the lower-case base-32 SHA-256 over the parts, separated by unit separators.
fn hash(parts: &[&str], length: usize) -> String {
    let mut sha = Sha256::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            sha.update([0x1f]);
        }
        sha.update(part.as_bytes());
    }
    let mut text = data_encoding::BASE32_NOPAD
        .encode(&sha.finalize())
        .to_ascii_lowercase();
    text.truncate(length);
    text
}

/// Lower-case ASCII letters and digits of the name, joined by hyphens; `x` when none are left.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.nfkd() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if unicode_normalization::char::is_combining_mark(c) || matches!(c, '\'' | '’') {
            // Marks fall off their letter, and an apostrophe joins what it stands between.
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    if out.len() > SLUG {
        let cut = out[..=SLUG].rfind('-').unwrap_or(SLUG);
        out.truncate(cut);
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() {
        "x".to_owned()
    } else {
        out.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_depend_on_kind_name_and_disambiguator_only() {
        let iris = Iris::default();
        let lee = iris.thing("person", "Zoë Lee-Smith", "");
        assert!(
            lee.as_str()
                .starts_with("https://w3id.org/newsloom/id/person/zoe-lee-smith-")
        );
        assert_eq!(
            lee,
            iris.thing("person", "Zoe\u{308} Lee-Smith", ""),
            "NFC decides"
        );
        assert_ne!(lee, iris.thing("person", "Zoë Lee-Smith", "footballer"));
        assert_ne!(lee, iris.thing("org", "Zoë Lee-Smith", ""));
    }

    #[test]
    fn slugs_are_plain_and_bounded() {
        assert_eq!(slug("The King’s Own & Co."), "the-kings-own-co");
        assert_eq!(slug("新华社"), "x");
        assert!(slug(&"word ".repeat(40)).len() <= SLUG);
        assert_eq!(
            slug(&"a".repeat(100)).len(),
            SLUG,
            "a single long word is cut"
        );
    }

    #[test]
    fn a_base_must_take_names() {
        assert_eq!(
            Iris::new("https://example.org/id"),
            Err(IriError::OpenEnd("https://example.org/id".to_owned()))
        );
        assert!(matches!(Iris::new("no iri/"), Err(IriError::NotAnIri(_))));
        assert_eq!(
            Iris::new("https://example.org/id/").map(|i| i.base().to_owned()),
            Ok("https://example.org/id/".to_owned())
        );
    }

    #[test]
    fn claims_are_named_by_their_triple() {
        let iris = Iris::default();
        let (s, p) = (
            iris.thing("person", "Ann Lee", ""),
            NamedNode::new_unchecked("https://schema.org/spouse"),
        );
        let o = Term::from(iris.thing("person", "Bo Lee", ""));
        let claim = iris.claim(&s, &p, &o);
        assert_eq!(
            claim
                .as_str()
                .rsplit('/')
                .next()
                .map(str::len)
                .unwrap_or_default(),
            26
        );
        assert_eq!(claim, iris.claim(&s, &p, &o));
    }
}
