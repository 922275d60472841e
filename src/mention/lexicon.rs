//! Common nouns and titles by what they say about who is meant.
//!
//! In: the word lists of `seeds/lexicon/`, embedded. Out: one shared [`Lexicon`] that answers for single words.
//! Refuses: names of people, bodies or places; those are the gazetteers' business.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a word can denote or do in a title: a set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Class(u32);

impl Class {
    pub(crate) const NONE: Self = Self(0);
    /// Held or practised by one person; may be a title.
    pub(crate) const ROLE: Self = Self(1);
    /// A role that serves in one force or body.
    pub(crate) const SERVICE: Self = Self(1 << 1);
    /// A rank of forces.
    pub(crate) const RANK: Self = Self(1 << 2);
    /// A person, without a role.
    pub(crate) const PERSON: Self = Self(1 << 3);
    /// Denotes a woman.
    pub(crate) const FEMALE: Self = Self(1 << 4);
    /// Denotes a man.
    pub(crate) const MALE: Self = Self(1 << 5);
    /// Several people.
    pub(crate) const GROUP: Self = Self(1 << 6);
    /// A body.
    pub(crate) const ORGANISATION: Self = Self(1 << 7);
    /// A place.
    pub(crate) const PLACE: Self = Self(1 << 8);
    /// A building or site.
    pub(crate) const FACILITY: Self = Self(1 << 9);
    /// A body so settled that "the" and the noun name it.
    pub(crate) const INSTITUTION: Self = Self(1 << 10);
    /// Honorifics.
    pub(crate) const HONORIFIC: Self = Self(1 << 11);
    /// Honorifics that go before a forename alone.
    pub(crate) const BEFORE_FORENAME: Self = Self(1 << 12);
    /// Shortened ranks and titles ("Gen", "Sen.").
    pub(crate) const SHORT_TITLE: Self = Self(1 << 13);
    /// "former", "ex".
    pub(crate) const FORMER: Self = Self(1 << 14);
    /// "acting", "interim".
    pub(crate) const ACTING: Self = Self(1 << 15);
    /// "outgoing": still holds it.
    pub(crate) const OUTGOING: Self = Self(1 << 16);
    /// "incoming", "designate": will hold it.
    pub(crate) const FUTURE: Self = Self(1 << 17);
    /// "current", "incumbent".
    pub(crate) const CURRENT: Self = Self(1 << 18);
    /// Describes the holder, not the role ("veteran").
    pub(crate) const DESCRIPTIVE: Self = Self(1 << 19);
    /// Closing word of a company's name.
    pub(crate) const CORPORATE: Self = Self(1 << 20);
    /// Roles in a team that is named by its place.
    pub(crate) const SPORT: Self = Self(1 << 21);
    /// Closing word of a body's proper name ("Council").
    pub(crate) const BODY_NAME: Self = Self(1 << 22);
    /// Ties of kin and company, never a role at a body.
    pub(crate) const TIE: Self = Self(1 << 23);
    /// Says nothing about people, bodies or places unless the phrase is full.
    pub(crate) const AMBIGUOUS: Self = Self(1 << 24);
    /// Who makes works: the author of a thing holds no role at it.
    pub(crate) const MAKER: Self = Self(1 << 25);
    /// Tells one of several holders from the others ("the first president").
    pub(crate) const SELECTIVE: Self = Self(1 << 26);

    /// A verb without an object, whose past form is never passive.
    pub(crate) const INTRANSITIVE: Self = Self(1 << 27);
    /// A verb whose object has somebody before it who gets it.
    pub(crate) const GIVING: Self = Self(1 << 28);
    /// A verb whose participle stands between two nouns without a hyphen ("a Leeds based firm").
    pub(crate) const COMPOUNDING: Self = Self(1 << 29);

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it shares a class with `other`.
    pub(crate) const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The word lists, indexed.
#[derive(Debug)]
pub(crate) struct Lexicon {
    nouns: FxHashMap<String, Class>,
    words: FxHashMap<String, Class>,
    verbs: FxHashMap<&'static str, Class>,
}

const NOUNS: &str = include_str!("../../seeds/lexicon/nouns.txt");
const WORDS: &str = include_str!("../../seeds/lexicon/words.txt");
const VERBS: &str = include_str!("../../seeds/lexicon/verbs.txt");

impl Lexicon {
    /// The lists embedded in the program, indexed on first use.
    pub(crate) fn embedded() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Self::load)
    }

    fn load() -> Self {
        let mut nouns = FxHashMap::default();
        let mut words = FxHashMap::default();
        for (class, word) in entries(NOUNS) {
            let class = match class {
                "role" => Class::ROLE,
                "service" => Class::SERVICE.or(Class::ROLE),
                "rank" => Class::RANK.or(Class::ROLE),
                "person" => Class::PERSON,
                "female" => Class::FEMALE,
                "male" => Class::MALE,
                "groups" => Class::GROUP,
                "organisation" => Class::ORGANISATION,
                "place" => Class::PLACE,
                "facility" => Class::FACILITY,
                "sport" => Class::SPORT.or(Class::ROLE),
                "ambiguous" => Class::AMBIGUOUS,
                "maker" => Class::MAKER,
                "tie" => Class::TIE.or(Class::PERSON),
                "institution" => Class::INSTITUTION.or(Class::ORGANISATION),
                _ => Class::NONE,
            };
            let known: &mut Class = nouns.entry(word.replace('_', " ")).or_default();
            *known = known.or(class);
        }
        for (class, word) in entries(WORDS) {
            let class = match class {
                "honorific-m" => Class::HONORIFIC.or(Class::MALE),
                "honorific-f" => Class::HONORIFIC.or(Class::FEMALE),
                "honorific-u" => Class::HONORIFIC,
                "honorific-forename" => Class::BEFORE_FORENAME,
                "rank-title" => Class::SHORT_TITLE,
                "former" => Class::FORMER,
                "acting" => Class::ACTING,
                "outgoing" => Class::OUTGOING,
                "future" => Class::FUTURE,
                "current" => Class::CURRENT,
                "drop" => Class::DESCRIPTIVE,
                "corporate" => Class::CORPORATE,
                "body" => Class::BODY_NAME,
                "selective" => Class::SELECTIVE,
                _ => Class::NONE,
            };
            let known: &mut Class = words.entry(word.to_owned()).or_default();
            *known = known.or(class);
        }
        let mut verbs: FxHashMap<&str, Class> = FxHashMap::default();
        for (class, lemma) in entries(VERBS) {
            let class = match class {
                "intransitive" => Class::INTRANSITIVE,
                "giving" => Class::GIVING,
                "compounding" => Class::COMPOUNDING,
                _ => Class::NONE,
            };
            let known = verbs.entry(lemma).or_default();
            *known = known.or(class);
        }
        Self {
            nouns,
            words,
            verbs,
        }
    }

    /// Classes of a common noun, given in lower case, singular or regular plural.
    pub(crate) fn noun(&self, lower: &str) -> Class {
        self.nouns.get(lower).copied().unwrap_or_default()
    }

    /// Classes of a word as part of a title or name, in the case of the text (honorifics, corporate endings) or lower case.
    pub(crate) fn word(&self, word: &str) -> Class {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// Classes of a verb, given its lemma.
    pub(crate) fn verb(&self, lemma: &str) -> Class {
        self.verbs.get(lemma).copied().unwrap_or_default()
    }
}

/// The class and word pairs of a list; lines that begin with `#` are remarks.
fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .flat_map(|(class, words)| words.split_whitespace().map(move |word| (class, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_words_are_read_from_the_lists() {
        let lexicon = Lexicon::embedded();
        assert!(lexicon.noun("officer").is(Class::SERVICE));
        assert!(lexicon.noun("capital").is(Class::PLACE));
        assert!(!lexicon.noun("rapist").is(Class::ROLE));
        assert!(lexicon.noun("vice president").is(Class::ROLE));
        assert!(lexicon.word("Dame").is(Class::BEFORE_FORENAME));
        assert!(lexicon.verb("resign").is(Class::INTRANSITIVE));
        assert!(!lexicon.verb("lend").is(Class::INTRANSITIVE));
    }
}
