//! Literals: text as it may stand in a graph, dates at the precision of the text, offsets in code points.
//!
//! In: text and times of a document. Out: RDF literals. Refuses: C0 control characters other than tab and line feed,
//! which XML cannot carry.

use crate::mention::{Precision, TimeValue};
use crate::schema::vocab::xsd;
use jiff::civil::Date;
use oxigraph::model::{Literal, NamedNode};

/// Bytes between two remembered offsets.
const STEP: usize = 256;

/// Converts byte offsets of one text to code points in constant time.
pub(super) struct CodePoints {
    /// Code points before every `STEP`th byte.
    marks: Vec<usize>,
}

impl CodePoints {
    /// Counts through a text once.
    pub(super) fn new(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i % STEP == 0 {
                marks.push(count);
            }
            count += usize::from(begins_char(byte));
        }
        if text.len().is_multiple_of(STEP) {
            marks.push(count);
        }
        Self { marks }
    }

    /// Code points of `text` (the text given to [`CodePoints::new`]) before byte `at`, a character boundary.
    pub(super) fn before(&self, text: &str, at: usize) -> usize {
        let mark = at / STEP;
        let rest = &text.as_bytes()[mark * STEP..at];
        self.marks[mark] + rest.iter().filter(|&&b| begins_char(b)).count()
    }
}

/// Whether a byte of UTF-8 is the first of its character.
const fn begins_char(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// Text without the control characters that XML cannot carry.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .filter(|&c| (c >= ' ' && c != '\u{7f}') || matches!(c, '\t' | '\n'))
        .collect()
}

/// Text on one line, with single spaces and straight apostrophes.
pub(super) fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(
            word.chars()
                .map(|c| if c == '’' || c == '‘' { '\'' } else { c })
                .filter(|c| !c.is_control()),
        );
    }
    out
}

/// Text without quotation marks that lack their partner.
pub(super) fn paired(text: &str) -> String {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    let mut open = Vec::new();
    let straight = text.matches('"').count() % 2 == 1;
    for c in text.chars() {
        match c {
            '“' => open.push(out.len()),
            '”' if open.pop().is_none() => continue,
            '"' if straight => continue,
            _ => {}
        }
        out.push(c);
    }
    for at in open.into_iter().rev() {
        out.remove(at);
    }
    out.into_iter().collect::<String>().trim().to_owned()
}

/// Whether a quotation begins in a text that does not end in it.
pub(super) fn leaves_open(text: &str) -> bool {
    text.matches('“').count() > text.matches('”').count()
}

/// Text cut at a word near `limit` characters, with an ellipsis, and a quotation closed that the cut leaves open.
pub(super) fn short(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    let cut = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    let close = if leaves_open(cut) { "”" } else { "" };
    format!(
        "{}…{close}",
        cut.trim_end_matches([',', ';', ':', ' ', '“'])
    )
}

/// An English literal.
pub(super) fn english(text: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(clean(text), "en")
}

/// A plain literal.
pub(super) fn plain(text: &str) -> Literal {
    Literal::new_simple_literal(clean(text))
}

/// A literal of a datatype.
pub(super) fn typed(lexical: impl Into<String>, datatype: &str) -> Literal {
    Literal::new_typed_literal(lexical, NamedNode::new_unchecked(datatype))
}

/// A decimal as stores write it again: without zeros at the end.
pub(super) fn decimal(lexical: &str) -> Literal {
    let plain = if lexical.contains('.') {
        lexical.trim_end_matches('0').trim_end_matches('.')
    } else {
        lexical
    };
    typed(plain, xsd::DECIMAL)
}

/// A day.
pub(super) fn date(day: Date) -> Literal {
    typed(day.to_string(), xsd::DATE)
}

/// A time at the precision of the text; nothing for ranges and unresolved ones.
pub(super) fn time(value: &TimeValue) -> Option<Literal> {
    let datatype = match value.precision {
        Precision::Day => xsd::DATE,
        Precision::Month => xsd::G_YEAR_MONTH,
        Precision::Year => xsd::G_YEAR,
        Precision::Range | Precision::Unresolved => return None,
    };
    value.lexical().map(|l| typed(l, datatype))
}

/// A day, month or year in words ("5 May 2023", "May 2023", "2023"); nothing for ranges and unresolved ones.
pub(super) fn time_in_words(value: &TimeValue) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let day = value.earliest?;
    let month = MONTHS[(day.month() - 1) as usize];
    match value.precision {
        Precision::Day => Some(format!("{} {month} {}", day.day(), day.year())),
        Precision::Month => Some(format!("{month} {}", day.year())),
        Precision::Year => Some(day.year().to_string()),
        Precision::Range | Precision::Unresolved => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_code_points() {
        let text = "“Ünïcode” 🙂 text ".repeat(60);
        let points = CodePoints::new(&text);
        for (at, _) in text.char_indices() {
            assert_eq!(points.before(&text, at), text[..at].chars().count());
        }
        assert_eq!(points.before(&text, text.len()), text.chars().count());
    }

    #[test]
    fn control_characters_are_left_out() {
        assert_eq!(clean("a\u{0}b\u{b}c\td\u{7f}"), "abc\td");
        assert_eq!(flat("the\u{a0}King’s\n men"), "the King's men");
        assert_eq!(
            short("a rather long phrase, indeed", 22),
            "a rather long phrase…"
        );
    }

    #[test]
    fn quotation_marks_come_in_pairs() {
        for (text, expected) in [
            ("the “highest standards", "the highest standards"),
            ("calm water” for all", "calm water for all"),
            ("“a” and “b", "“a” and b"),
            ("“one “two” three”", "“one “two” three”"),
            ("5\" pipes", "5 pipes"),
        ] {
            assert_eq!(paired(text), expected);
        }
        assert_eq!(short("about “the long road home”", 20), "about “the long…”");
    }

    #[test]
    fn times_keep_the_precision_of_the_text() {
        let at = |precision| TimeValue {
            earliest: Some(Date::constant(2021, 3, 1)),
            latest: Some(Date::constant(2021, 3, 31)),
            precision,
            partial: None,
            year_offset: None,
        };
        assert_eq!(
            time(&at(Precision::Month)).map(|l| l.to_string()),
            Some(format!("\"2021-03\"^^<{}>", xsd::G_YEAR_MONTH))
        );
        assert_eq!(
            time_in_words(&at(Precision::Month)).as_deref(),
            Some("March 2021")
        );
        assert_eq!(
            time_in_words(&at(Precision::Day)).as_deref(),
            Some("1 March 2021")
        );
        assert_eq!(time(&at(Precision::Range)), None);
    }
}
