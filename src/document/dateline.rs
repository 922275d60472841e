//! Day of publication and byline, from the lines that carry them.
//!
//! In: a text and its blocks. Out: a day, where a line gives day, month and year in words or ISO 8601. Dates in figures
//! alone (03/04/2023) are left alone: nobody can say which is the month.

use super::{Block, BlockKind};
use jiff::civil::Date;
use regex::Regex;
use std::sync::OnceLock;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Words of a date line beside the date itself.
const AROUND: [&str; 40] = [
    "published",
    "updated",
    "posted",
    "modified",
    "first",
    "last",
    "on",
    "at",
    "by",
    "the",
    "am",
    "pm",
    "bst",
    "gmt",
    "utc",
    "est",
    "edt",
    "pst",
    "pdt",
    "cet",
    "et",
    "of",
    "date",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thurs",
    "fri",
    "sat",
    "sun",
    "ago",
];

fn dates() -> &'static Regex {
    static DATES: OnceLock<Regex> = OnceLock::new();
    DATES.get_or_init(|| {
        let month = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
        Regex::new(&format!(
            r"(?i)\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{month}\.?,?\s+(\d{{4}})|{month}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})|(\d{{4}})-(\d{{2}})-(\d{{2}}))(?:\b|t)"
        ))
        .expect("the pattern is fixed")
    })
}

/// The first date in words, with day, month and year, and where it stands.
fn date_in(line: &str) -> Option<(Date, std::ops::Range<usize>)> {
    dates().captures_iter(line).find_map(|found| {
        let whole = found.get(0)?.range();
        let text = |i: usize| found.get(i).map(|m| m.as_str());
        let number = |i: usize| text(i)?.parse::<i16>().ok();
        let named = |i: usize| {
            let name = text(i)?.to_lowercase();
            let at = MONTHS.iter().position(|m| name.starts_with(m))?;
            Some(at as i16 + 1)
        };
        let (year, month, day) = if let Some(day) = number(1) {
            (number(3)?, named(2)?, day)
        } else if let Some(day) = number(5) {
            (number(6)?, named(4)?, day)
        } else {
            (number(7)?, number(8)?, number(9)?)
        };
        let date = Date::new(year, month as i8, day as i8).ok()?;
        (1600..=2200).contains(&year).then_some((date, whole))
    })
}

/// Whether a lower-case line names author, agency or date only: "By Ann Lee, crime correspondent", "Published 3 May 2024".
pub(super) fn is_byline(lower: &str, words: usize, closed: bool) -> bool {
    if words <= 14 && !closed && (lower.starts_with("by ") || lower.starts_with("words by ")) {
        return true;
    }
    is_date_line(lower, words) || is_reading_time(lower, words)
}

fn is_date_line(lower: &str, words: usize) -> bool {
    if words > 14 {
        return false;
    }
    let Some((_, at)) = date_in(lower) else {
        return false;
    };
    let rest = format!("{} {}", &lower[..at.start], &lower[at.end..]);
    let other = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !w.starts_with(|c: char| c.is_ascii_digit()))
        .filter(|w| !AROUND.contains(w) && !MONTHS.iter().any(|m| w.starts_with(m)))
        .count();
    other == 0
}

fn is_reading_time(lower: &str, words: usize) -> bool {
    words <= 4
        && lower.starts_with(|c: char| c.is_ascii_digit())
        && (lower.contains("min read") || lower.contains("minute read") || lower.ends_with(" ago"))
}

/// "LEEDS, England, March 3, 2024 (Agency) - …": the words before the dash.
fn dateline(line: &str) -> Option<&str> {
    let end = line
        .char_indices()
        .take(100)
        .find(|&(at, c)| {
            matches!(c, '—' | '–' | '-') && line[..at].ends_with(' ') && line[at..].contains(' ')
        })?
        .0;
    let prefix = line[..end].trim_end();
    let place = prefix.split([',', '(']).next()?.trim();
    let capitals = place.chars().any(char::is_alphabetic) && !place.chars().any(char::is_lowercase);
    (capitals && place.split_whitespace().count() <= 4).then_some(prefix)
}

/// The day of publication, from a date line, else from the dateline of the first paragraph.
pub(super) fn published(text: &str, blocks: &[Block]) -> Option<Date> {
    let lines = || blocks.iter().filter(|b| b.kind == BlockKind::Byline);
    // "Published" wins over "updated", the first line over the next.
    let dated: Vec<(Date, bool)> = lines()
        .filter_map(|b| {
            let line = b.span.slice(text).to_lowercase();
            let updated = line.contains("updated") || line.contains("modified");
            Some((date_in(&line)?.0, updated && !line.contains("published")))
        })
        .collect();
    dated
        .iter()
        .find(|(_, updated)| !updated)
        .or_else(|| dated.first())
        .map(|(date, _)| *date)
        .or_else(|| {
            let body = blocks.iter().filter(|b| b.kind == BlockKind::Body).take(2);
            body.filter_map(|b| dateline(b.span.slice(text)))
                .find_map(|prefix| Some(date_in(prefix)?.0))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_lines_are_lines_of_a_date_alone() {
        for line in [
            "published 24 september 2023",
            "sunday 24 september 2023 10.00 bst",
            "sep 24, 2023",
            "2023-09-24",
            "last updated on may 3rd, 2024 at 10:15",
        ] {
            assert!(is_date_line(line, line.split(' ').count()), "{line}");
        }
        for line in ["he resigned on 24 september 2023", "election 5 may 2022"] {
            assert!(!is_date_line(line, line.split(' ').count()), "{line}");
        }
    }

    #[test]
    fn a_dateline_gives_the_day() {
        assert_eq!(
            dateline("LEEDS, England, March 3, 2024 (Agency) — The bridge closed."),
            Some("LEEDS, England, March 3, 2024 (Agency)")
        );
        assert_eq!(dateline("The bridge – an old one – closed."), None);
        let date = date_in("LEEDS, England, March 3, 2024 (Agency)").unwrap().0;
        assert_eq!(date.to_string(), "2024-03-03");
        assert_eq!(date_in("on 31 June 2024"), None);
    }
}
