//! The little languages inside frame files: triggers, conditions and paths (`docs/frames.md`).
//!
//! In: one string of a `lex:trigger` or `lex:via`. Out: [`Trigger`]s, [`Path`]s. Refuses: what it cannot read, saying what
//! it expected.

use super::frame::{Condition, Kinds, Path, Trigger, TriggerClass, WordSet, WordTest};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The word sets in reach, by name.
pub(super) type Sets = BTreeMap<String, Arc<WordSet>>;

/// What was wrong and how to mend it.
pub(super) type Complaint = (String, &'static str);

/// Reads `LEMMA[|LEMMA…].CLASS CONDITION…`; alternatives yield one trigger each.
pub(super) fn triggers(source: &str, sets: &Sets) -> Result<Vec<Trigger>, Complaint> {
    let form = "write LEMMA.v, LEMMA.n or LEMMA.a, then conditions separated by spaces";
    let (lemmas, rest) = source
        .match_indices('.')
        .find_map(|(dot, _)| {
            let class = match source.as_bytes().get(dot + 1)? {
                b'v' => TriggerClass::Verb,
                b'n' => TriggerClass::Noun,
                b'a' => TriggerClass::Adjective,
                _ => return None,
            };
            let rest = &source[dot + 2..];
            (rest.is_empty() || rest.starts_with(' ')).then_some(((&source[..dot], class), rest))
        })
        .ok_or_else(|| (format!("trigger \"{source}\" names no word class"), form))?;
    let (lemmas, class) = lemmas;
    let past = rest.split_whitespace().any(|c| c == "past");
    let conditions = rest
        .split_whitespace()
        .filter(|c| *c != "past")
        .map(|c| condition(c, sets))
        .collect::<Result<Vec<_>, _>>()?;
    let mut out = Vec::new();
    let mut alternatives = Vec::new();
    for alternative in lemmas.split('|') {
        match alternative.strip_prefix('@').map(|name| sets.get(name)) {
            Some(Some(set)) => alternatives.extend(set.sorted()),
            Some(None) => {
                return Err((
                    format!("trigger \"{source}\": unknown word set \"{alternative}\""),
                    "declare it with lex:set in a file whose name begins with `_`, or correct the name",
                ));
            }
            None => alternatives.push(alternative),
        }
    }
    for alternative in alternatives {
        let mut words = alternative.split_whitespace();
        let (Some(lemma), particle, None) = (words.next(), words.next(), words.next()) else {
            return Err((
                format!(
                    "trigger \"{source}\" needs one lemma, or a verb and its particle, found \"{alternative}\""
                ),
                form,
            ));
        };
        if particle.is_some() && class != TriggerClass::Verb {
            return Err((
                format!("trigger \"{source}\": only verbs have particles"),
                "use a `compound:` or `amod:` condition for the first word",
            ));
        }
        if lemma != lemma.to_lowercase() {
            return Err((
                format!("trigger \"{source}\": lemmas are lower case"),
                "write the lemma in lower case",
            ));
        }
        out.push(Trigger {
            source: source.into(),
            lemma: lemma.to_owned(),
            particle: particle.map(str::to_owned),
            class,
            conditions: conditions.clone(),
            past,
        });
    }
    Ok(out)
}

/// Reads `[!]PATH[:WORDS]`.
fn condition(source: &str, sets: &Sets) -> Result<Condition, Complaint> {
    let (negated, rest) = source
        .strip_prefix('!')
        .map_or((false, source), |r| (true, r));
    let (steps, last) = rest
        .rsplit_once('/')
        .map_or((None, rest), |(steps, last)| (Some(steps), last));
    let (name, rest) = last
        .split_once(':')
        .map_or((last, None), |(n, r)| (n, Some(r)));
    let (end, rest) = if name == "obl" || name == "nmod" {
        let (prepositions, rest) = rest.map_or((None, None), |r| {
            r.split_once(':')
                .map_or((Some(r), None), |(p, w)| (Some(p), Some(w)))
        });
        (preposition(source, prepositions)?, rest)
    } else {
        (plain_path(source, name)?, rest)
    };
    let path = match steps {
        None => end,
        Some(steps) => {
            let mut all = steps.split('/').map(step).collect::<Result<Vec<_>, _>>()?;
            all.push(end);
            Path::Chain(all)
        }
    };
    let words = rest.map_or_else(|| Ok(vec![WordTest::Anything]), |w| word_tests(w, sets))?;
    Ok(Condition {
        path,
        words,
        negated,
    })
}

/// Reads one `lex:via` string: one or more steps joined by `/`.
pub(super) fn path(source: &str) -> Result<Path, Complaint> {
    if source.contains('/') {
        return Ok(Path::Chain(
            source.split('/').map(step).collect::<Result<_, _>>()?,
        ));
    }
    step(source)
}

/// Reads one step of a path.
fn step(source: &str) -> Result<Path, Complaint> {
    match source.split_once(':') {
        Some(("obl" | "nmod", prepositions)) => preposition(source, Some(prepositions)),
        Some(_) => Err((
            format!("path \"{source}\" has more than a path"),
            "a slot's `lex:via` takes a path alone; put words under `lex:accepts`",
        )),
        None => plain_path(source, source),
    }
}

/// A path that has no preposition.
fn plain_path(source: &str, name: &str) -> Result<Path, Complaint> {
    Ok(match name {
        "subj" => Path::Subject,
        "obj" => Path::Object,
        "iobj" => Path::Recipient,
        "poss" => Path::Possessive,
        "compound" => Path::Compound,
        "amod" => Path::Adjective,
        "comp" => Path::Complement,
        "gov" => Path::Governor,
        "any" => Path::Any,
        _ => {
            return Err((
                format!("unknown path \"{name}\" in \"{source}\""),
                "use subj, obj, iobj, obl:PREPOSITION, nmod:PREPOSITION, poss, compound, amod, comp, gov or any",
            ));
        }
    })
}

/// A path by preposition; `_` stands for a space inside one ("out_of").
fn preposition(source: &str, prepositions: Option<&str>) -> Result<Path, Complaint> {
    let list: Vec<String> = prepositions
        .unwrap_or_default()
        .split('|')
        .filter(|p| !p.is_empty())
        .map(|p| p.replace('_', " "))
        .collect();
    if list.is_empty() {
        return Err((
            format!("\"{source}\" names no preposition"),
            "write obl:with or obl:with|over",
        ));
    }
    Ok(Path::Preposition(list))
}

/// Reads alternatives separated by `|`.
pub(super) fn word_tests(source: &str, sets: &Sets) -> Result<Vec<WordTest>, Complaint> {
    source
        .split('|')
        .map(|word| word_test(word, sets))
        .collect()
}

/// Reads one alternative.
fn word_test(word: &str, sets: &Sets) -> Result<WordTest, Complaint> {
    if word.is_empty() {
        return Err((
            "empty word test".to_owned(),
            "write a lemma, @set, #kind or *",
        ));
    }
    if word == "*" {
        return Ok(WordTest::Anything);
    }
    if let Some(name) = word.strip_prefix('@') {
        return sets
            .get(name)
            .map(|set| WordTest::Set(Arc::clone(set)))
            .ok_or_else(|| (format!("unknown word set \"{word}\""), "declare it with lex:set in a file whose name begins with `_`, or correct the name"));
    }
    if let Some(name) = word.strip_prefix('#') {
        return Kinds::named(name).map(WordTest::Kind).ok_or_else(|| {
            (
                format!("unknown kind \"{word}\""),
                "use #agent, #person, #group, #org, #place, #name, #money, #number, #time or #demonym",
            )
        });
    }
    Ok(WordTest::Lemma(word.replace('_', " ").to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets() -> Sets {
        BTreeMap::from([(
            "weapon".to_owned(),
            Arc::new(WordSet::new(
                "weapon",
                ["gun".to_owned(), "rifle".to_owned()],
            )),
        )])
    }

    #[test]
    fn phrasal_alternatives_share_their_conditions() {
        let read = triggers(
            "hand in|turn in|surrender.v obj:@weapon|#money !obl:for|over:crime",
            &sets(),
        )
        .expect("reads");
        assert_eq!(read.len(), 3);
        assert_eq!(
            (read[0].lemma.as_str(), read[0].particle.as_deref()),
            ("hand", Some("in"))
        );
        assert_eq!(
            (read[2].lemma.as_str(), read[2].particle.as_deref()),
            ("surrender", None)
        );
        let [object, cause] = read[1].conditions.as_slice() else {
            panic!("two conditions")
        };
        assert!(
            object.admits("rifle", Kinds::NONE)
                && object.admits("fee", Kinds::MONEY)
                && !object.admits("homework", Kinds::NONE)
        );
        assert_eq!(
            cause.path,
            Path::Preposition(vec!["for".to_owned(), "over".to_owned()])
        );
        assert!(
            cause.negated
                && cause.admits("crime", Kinds::NONE)
                && !cause.admits("pay", Kinds::NONE)
        );
    }

    #[test]
    fn a_bare_preposition_demands_any_phrase_with_it() {
        let read = triggers("charge.v obl:with", &sets()).expect("reads");
        assert!(read[0].conditions[0].admits("anything", Kinds::NONE));
    }

    #[test]
    fn steps_chain() {
        let read = triggers("stop.v comp:carry comp/obj:@weapon", &sets()).expect("reads");
        let condition = &read[0].conditions[1];
        assert_eq!(
            condition.path,
            Path::Chain(vec![Path::Complement, Path::Object])
        );
        assert!(condition.admits("gun", Kinds::NONE));
        assert_eq!(
            path("obl:with/obj"),
            Ok(Path::Chain(vec![
                Path::Preposition(vec!["with".to_owned()]),
                Path::Object
            ]))
        );
    }

    #[test]
    fn complaints_say_what_was_expected() {
        for (source, part) in [
            ("charge", "no word class"),
            ("charge.v with:fraud", "unknown path"),
            ("hand.v obj:@wepon", "unknown word set"),
            ("hand.v obj:#human", "unknown kind"),
            ("hand.v obl", "no preposition"),
            ("murder charge.n", "only verbs"),
        ] {
            let (message, remedy) = triggers(source, &sets()).expect_err(source);
            assert!(message.contains(part), "{message}");
            assert!(!remedy.is_empty());
        }
        assert!(path("obj:gun").is_err());
    }
}
