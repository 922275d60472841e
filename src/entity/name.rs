//! Names taken apart, so that they can be compared by part.
//!
//! In: a name as written. Out: folded keys and the parts of personal names. Refuses: to compare names as bare strings,
//! which joins Ann to Anne and parts José from Jose.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Particles that belong to the family name behind them.
const PARTICLES: [&str; 24] = [
    "von", "van", "der", "den", "ter", "ten", "zu", "zur", "de", "del", "della", "di", "da", "dos",
    "du", "la", "le", "al", "el", "bin", "bint", "ibn", "abu", "st",
];

/// Words after a name that tell generations apart.
const GENERATIONS: [&str; 8] = ["jr", "sr", "ii", "iii", "iv", "junior", "senior", "younger"];

/// Forms of company that no two namesakes differ by.
const LEGAL_FORMS: [&str; 14] = [
    "ltd",
    "limited",
    "plc",
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "llc",
    "llp",
    "gmbh",
    "ag",
    "sa",
    "nv",
];

/// Small words that acronyms skip.
const SMALL: [&str; 10] = [
    "of", "for", "the", "and", "in", "on", "to", "at", "de", "la",
];

/// The words of a name: lower case, without marks, dots and apostrophes, split at spaces and hyphens, possessive `'s` cut.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let name = name.trim_end();
    let name = ["'s", "’s", "s'", "s’"]
        .iter()
        .enumerate()
        .find_map(|(i, end)| {
            name.strip_suffix(end)
                .map(|rest| if i < 2 { rest.len() } else { rest.len() + 1 })
        })
        .map_or(name, |cut| &name[..cut]);
    let mut read = |c: char| match c {
        '.' | '\'' | '’' | '‘' => {}
        '&' => {
            flush(&mut word, &mut out);
            out.push("and".to_owned());
        }
        'ß' => word.push_str("ss"),
        'ø' | 'Ø' => word.push('o'),
        'ł' | 'Ł' => word.push('l'),
        'đ' | 'Đ' => word.push('d'),
        c if c.is_alphanumeric() => word.extend(c.to_lowercase()),
        _ => flush(&mut word, &mut out),
    };
    if name.is_ascii() {
        name.chars().for_each(&mut read);
    } else {
        name.nfkd()
            .filter(|&c| !is_combining_mark(c))
            .for_each(&mut read);
    }
    flush(&mut word, &mut out);
    out
}

fn flush(word: &mut String, out: &mut Vec<String>) {
    if !word.is_empty() {
        out.push(std::mem::take(word));
    }
}

/// Whether a word is a code such as "KR77": letters and digits together.
pub(super) fn is_code(word: &str) -> bool {
    word.len() > 1
        && word.chars().any(|c| c.is_ascii_digit())
        && word.chars().any(char::is_alphabetic)
}

/// A personal name in parts, all folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PersonName {
    /// Forenames or initials; empty for a bare surname.
    pub given: Vec<String>,
    /// Family name without particles, or the only word, or the code.
    pub family: String,
    /// Generation ("jr").
    pub generation: Option<String>,
    /// Whether the family name is a code that stands for the person.
    pub code: bool,
}

impl PersonName {
    /// Takes a name without its title apart; nothing when it has no words.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let mut all = words(name);
        if let Some(code) = all.iter().find(|w| is_code(w)) {
            return Some(Self {
                given: Vec::new(),
                family: code.clone(),
                generation: None,
                code: true,
            });
        }
        let generation = (all.len() > 1)
            .then(|| all.pop_if(|w| GENERATIONS.contains(&w.as_str())))
            .flatten();
        let family = all.pop()?;
        while all.len() > 1 && all.last().is_some_and(|w| PARTICLES.contains(&w.as_str())) {
            all.pop();
        }
        Some(Self {
            given: all,
            family,
            generation,
            code: false,
        })
    }

    /// Whether it names a person without help: forename and family name, or a code.
    pub(super) fn is_full(&self) -> bool {
        self.code || !self.given.is_empty()
    }

    /// Whether one person can bear both names.
    pub(super) fn fits(&self, other: &Self) -> bool {
        if self.family != other.family || self.code != other.code {
            return false;
        }
        if let (Some(a), Some(b)) = (&self.generation, &other.generation)
            && a != b
        {
            return false;
        }
        // Initials and middle names may be missing, but none may contradict in its place.
        self.given
            .iter()
            .zip(&other.given)
            .all(|(a, b)| a == b || initial_of(a, b) || initial_of(b, a))
    }
}

/// Whether `short` is the initial of `long`.
fn initial_of(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

/// Key of an organisation: its words without article and legal form.
pub(super) fn body_key(name: &str) -> String {
    let mut all = words(name);
    if all.len() > 1 && all[0] == "the" {
        all.remove(0);
    }
    while all.len() > 1
        && all
            .last()
            .is_some_and(|w| LEGAL_FORMS.contains(&w.as_str()))
    {
        all.pop();
    }
    all.join(" ")
}

/// Key of a place: its words without article, run together, so that "south-east", "southeast" and "south east" are one.
pub(super) fn place_key(name: &str) -> String {
    let mut all = words(name);
    if all.len() > 1 && all[0] == "the" {
        all.remove(0);
    }
    all.concat()
}

/// Whether a name as written looks like an acronym: two to eight letters, mostly capitals, one word.
pub(super) fn is_acronym(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| *c != '.').collect();
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    (2..=8).contains(&letters.len())
        && letters.iter().all(|c| c.is_alphanumeric())
        && capitals >= 2
        && capitals * 3 >= letters.len() * 2
}

/// Whether `short` (a key) can be an acronym of `long` (a key): the initials with or without those of small words.
pub(super) fn abbreviates(short: &str, long: &str) -> bool {
    let words: Vec<&str> = long.split(' ').collect();
    if words.len() < 2 || short.contains(' ') {
        return false;
    }
    let all: String = words.iter().filter_map(|w| w.chars().next()).collect();
    let main: String = words
        .iter()
        .filter(|w| !SMALL.contains(w))
        .filter_map(|w| w.chars().next())
        .collect();
    short == all || short == main
}

/// Whether `short` (a key) is `long` with words left out or cut short ("met police" for "metropolitan police").
pub(super) fn shortens(short: &str, long: &str) -> bool {
    if short == long {
        return false;
    }
    let mut rest = long.split(' ');
    short.split(' ').all(|s| {
        rest.by_ref()
            .any(|l| l == s || (s.len() >= 3 && l.starts_with(s)))
    })
}

/// A name as it stands in a label: one line, straight apostrophes, no article, no closing possessive.
pub(super) fn display(name: &str) -> Cow<'_, str> {
    let plain = |line: &str| line.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
    let spaced = |line: &str| line.starts_with(' ') || line.ends_with(' ') || line.contains("  ");
    if plain(name) && !spaced(name) {
        return Cow::Borrowed(bare(name));
    }
    let mut line = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(
            word.chars()
                .map(|c| if c == '’' || c == '‘' { '\'' } else { c })
                .filter(|c| !c.is_control()),
        );
    }
    Cow::Owned(bare(&line).to_owned())
}

/// A name without articles before it and without a possessive behind.
fn bare(name: &str) -> &str {
    let mut name = name;
    for article in ["the ", "The ", "THE "] {
        name = name.strip_prefix(article).unwrap_or(name);
    }
    name.strip_suffix("'s").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(a: &str, b: &str) -> bool {
        PersonName::parse(a)
            .zip(PersonName::parse(b))
            .is_some_and(|(a, b)| a.fits(&b) && b.fits(&a))
    }

    #[test]
    fn one_person_under_many_spellings() {
        assert!(fit("José Núñez", "Jose Nunez"));
        assert!(fit("J. Pike", "Jane Pike"));
        assert!(fit("Pike", "Jane Pike"));
        assert!(fit("Jan van der Meer", "Meer"));
        assert!(fit("Jane Mary Pike", "Jane Pike"));
        assert!(fit("Officer KR77", "KR77"));
        assert!(fit("Pike’s", "Jane Pike"));
    }

    #[test]
    fn two_people_of_like_names() {
        assert!(!fit("Ann Pike", "Anne Pike"));
        assert!(!fit("John Pike Jr", "John Pike Sr"));
        assert!(!fit("KR77", "KR78"));
        assert!(!fit("Jane Pike", "Jane Hall"));
    }

    #[test]
    fn bodies_and_places_have_keys() {
        assert_eq!(body_key("The Acme Trading Co. Ltd"), "acme trading");
        assert_eq!(body_key("Marks & Hall"), "marks and hall");
        assert_eq!(place_key("south-east Leeds"), place_key("Southeast Leeds"));
        assert!(abbreviates("bof", "board of farming"));
        assert!(abbreviates("bf", "board of farming"));
        assert!(shortens("northern police", "northern harbour police"));
        assert!(shortens("nor police", "northern police"));
        assert!(!shortens("southern police", "northern police"));
        assert!(is_acronym("BoF") && !is_acronym("Board") && is_acronym("U.N."));
    }

    #[test]
    fn labels_lose_article_and_possessive() {
        assert_eq!(display("The King’s Fund"), "King's Fund");
        assert_eq!(display("Acme\u{a0}Corp’s"), "Acme Corp");
    }
}
