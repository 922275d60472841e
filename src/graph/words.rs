//! Words of a text as a label shows them, out of their sentence.
//!
//! In: a stretch of a document and its reading. Out: the stretch on one line, with a small letter where only the start of
//! the sentence made a large one, what a relative pronoun refers to in its place, and no quotation mark without its
//! partner. Refuses: to guess what a pronoun refers to; an open one is left out.

use super::text;
use crate::claim::Extraction;
use crate::mention::{Form, Mention, MentionKind};
use english::{Byte, Sentence, Span, Upos};

/// How far above a relative pronoun what it refers to may stand in the tree.
const FAR: usize = 4;

/// How many sentences before and after one may show how a word is written: of a book, not all.
const AROUND: usize = 100;

/// The words of a stretch, empty if nothing but a pronoun is there.
pub(super) fn readable(x: &Extraction, span: Span<Byte>) -> String {
    let whole = x.document.slice(span);
    let Some((number, sentence)) = sentence_of(x, span) else {
        return text::paired(&text::flat(whole));
    };
    let inside = |i: &usize| {
        let token = sentence.tokens[*i].span;
        token.start() >= span.start() && token.end() <= span.end()
    };
    let tokens: Vec<usize> = (0..sentence.tokens.len()).filter(inside).collect();
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else {
        return text::paired(&text::flat(whole));
    };
    let words = if is_relative(x, sentence, last) && last > 0 {
        let before = &sentence.tokens[last - 1];
        let meant = antecedent(x, number, last, span).map(|m| readable(x, m.span));
        let dropped = match before.upos {
            _ if last == first => last,
            Upos::Adp if meant.is_none() => last - 1,
            Upos::Adp => last,
            // "those who": the clause is cut off, and the words read well as they are.
            _ => return text::paired(&text::flat(whole)),
        };
        let kept = span.start()..sentence.tokens[dropped].span.start().max(span.start());
        let kept = x.document.text().get(kept).unwrap_or_default();
        format!("{kept} {}", meant.unwrap_or_default())
    } else {
        closed(x.document.text(), span)
    };
    let words = text::paired(&text::flat(&words));
    if begins_large_by_place_only(x, number, first) {
        small(&words)
    } else {
        words
    }
}

/// The sentence that a stretch begins in, with its number.
fn sentence_of(x: &Extraction, span: Span<Byte>) -> Option<(u32, &Sentence)> {
    let sentences = &x.mentions.sentences;
    let after = sentences.partition_point(|s| s.span.start() <= span.start());
    let number = after.checked_sub(1)?;
    Some((number as u32, &sentences[number]))
}

fn is_relative(x: &Extraction, sentence: &Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let word = x.document.slice(token.span).to_lowercase();
    token.xpos.starts_with('W') && matches!(word.as_str(), "who" | "whom" | "which" | "that")
}

/// What a relative pronoun refers to: the last fuller mention of its chain before it, else people among what governs it.
fn antecedent(x: &Extraction, number: u32, at: usize, span: Span<Byte>) -> Option<&Mention> {
    let all = &x.mentions;
    let tokens = &all.sentences[number as usize].tokens;
    // "Guards of the office, dozens of whom left": people, not the office that stands nearer.
    let personal = x.document.slice(tokens[at].span).to_lowercase() != "which";
    let people = |m: &Mention| matches!(m.kind, MentionKind::Person | MentionKind::Group);
    let fits = |m: &&Mention| {
        m.form != Form::Pronoun && m.span.end() <= span.start() && (!personal || people(m))
    };
    let own = all.at(number, at as u32);
    let own = own.and_then(|own| all.mentions.get(own as usize));
    let chained = own.filter(|own| own.form == Form::Pronoun).and_then(|own| {
        let chain = &all.chains.get(own.chain as usize)?.mentions;
        let mut mentions = chain.iter().filter_map(|&m| all.mentions.get(m as usize));
        mentions.rfind(fits)
    });
    let by_tree = || {
        let mut governors =
            std::iter::successors(tokens[at].head, |&i| tokens[i as usize].head).take(FAR);
        governors.find_map(|i| {
            let mention = all.mentions.get(all.at(number, i)? as usize);
            mention.filter(fits)
        })
    };
    chained.or_else(by_tree)
}

/// The stretch, with the closing quotation mark after it where one opens within.
fn closed(text: &str, span: Span<Byte>) -> String {
    let mut words = span.slice(text).to_owned();
    if text::leaves_open(&words) && text[span.end()..].starts_with('”') {
        words.push('”');
    }
    words
}

/// Whether the first letter is large only as the sentence begins here: the word is of a closed class, or the text writes
/// it small elsewhere.
fn begins_large_by_place_only(x: &Extraction, number: u32, at: usize) -> bool {
    let sentences = &x.mentions.sentences;
    let number = number as usize;
    let (before, rest) = sentences[number].tokens.split_at(at);
    let Some(token) = rest.first() else {
        return false;
    };
    if before.iter().any(|token| token.upos != Upos::Punct) {
        return false;
    }
    let word = x.document.slice(token.span);
    if word.chars().skip(1).any(char::is_uppercase) || word == "I" {
        return false;
    }
    match token.upos {
        Upos::Det | Upos::Num | Upos::Pron | Upos::Adv | Upos::Adp | Upos::Cconj | Upos::Sconj => {
            true
        }
        _ => {
            let wanted = word.to_lowercase();
            let same = |other: &english::Token| x.document.slice(other.span) == wanted;
            let around = number.saturating_sub(AROUND)..(number + AROUND).min(sentences.len());
            let mut tokens = sentences[around].iter().flat_map(|s| &s.tokens);
            tokens.any(same)
        }
    }
}

/// The phrase with its first letter in lower case.
fn small(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::readable;
    use crate::document::Document;
    use crate::pipeline::Pipeline;
    use crate::schema::Schema;
    use english::{Reader, Span};

    /// What a label makes of some words of a text.
    fn shown(text: &str, words: &str) -> String {
        let pipeline = Pipeline {
            schema: Schema::embedded(),
            reader: Reader::embedded(),
        };
        let x = pipeline.read(Document::sample("a.txt", None, text));
        let at = text.find(words).expect("the words are in the text");
        readable(&x, Span::new(at, at + words.len()))
    }

    #[test]
    fn words_stand_without_their_sentence() {
        for (text, words, expected) in [
            (
                "Troops may help the port's armed guards, dozens of whom have left.",
                "dozens of whom",
                "dozens of the port's armed guards",
            ),
            (
                "Troops may help the Harbour Office, dozens of whom have left.",
                "dozens of whom",
                "dozens",
            ),
            (
                "A few armed guards stood at the gate.",
                "A few armed guards",
                "a few armed guards",
            ),
            (
                "Sailors left. The sailors were tired.",
                "Sailors",
                "sailors",
            ),
            ("Tea came, some of which was cold.", "some of which", "some"),
            ("Norwegians left the port.", "Norwegians", "Norwegians"),
            ("HMRC staff left the port.", "HMRC staff", "HMRC staff"),
            (
                "She said the “highest standards” were demanded of the crew.",
                "the “highest standards",
                "the “highest standards”",
            ),
            (
                "She spoke of “a fair wind and calm water for all” there.",
                "a fair wind and calm water for all”",
                "a fair wind and calm water for all",
            ),
            (
                "She spoke of “a fair wind and calm water for all” there.",
                "“a fair wind",
                "a fair wind",
            ),
        ] {
            assert_eq!(shown(text, words), expected, "{text}");
        }
    }
}
