//! Single words of the calendar: weekdays, units, numbers, years, and dates written as one word.
//!
//! In: a word in lower case. Out: what it counts or names. Refuses: words whose meaning their neighbours decide.

use super::meaning::{Meaning, Unit};

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether the word names a day of the week or a month.
pub(in crate::mention) fn is_calendar(w: &str) -> bool {
    weekday(w).is_some() || MONTHS.contains(&w)
}

/// A whole number up to twenty in words.
pub(crate) fn small_number(w: &str) -> Option<usize> {
    NUMBERS.iter().position(|n| *n == w)
}

pub(super) fn weekday(w: &str) -> Option<i8> {
    DAYS.iter().position(|d| *d == w).map(|i| i as i8 + 1)
}

pub(super) fn unit(w: &str) -> Option<Unit> {
    Some(match w {
        "hour" | "hours" | "minute" | "minutes" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "weekend" | "weekends" => Unit::Weekend,
        "week" | "weeks" | "fortnight" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        _ => return None,
    })
}

/// A small whole number in digits or words.
pub(super) fn number(w: &str) -> Option<i32> {
    small_number(w)
        .map(|n| n as i32)
        .or_else(|| (w.len() <= 3).then(|| w.parse().ok()).flatten())
}

pub(super) fn day_number(w: &str) -> Option<i8> {
    let digits = w
        .strip_suffix("th")
        .or_else(|| w.strip_suffix("st"))
        .or_else(|| w.strip_suffix("nd"))
        .or_else(|| w.strip_suffix("rd"))
        .unwrap_or(w);
    (digits.len() <= 2)
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|d| (1..=31).contains(d))
}

pub(super) fn year_number(w: &str) -> Option<i16> {
    (w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()))
        .then(|| w.parse().ok())
        .flatten()
        .filter(|y| (1500..2100).contains(y))
}

/// "2022-09-05".
pub(super) fn iso(w: &str) -> Option<Meaning> {
    let mut parts = w.split('-');
    let year = year_number(parts.next()?)?;
    let month = parts.next().filter(|p| p.len() == 2)?.parse().ok()?;
    let day = parts.next().filter(|p| p.len() == 2)?.parse().ok()?;
    (parts.next().is_none() && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(
        Meaning::Day {
            month,
            day,
            year: Some(year),
            offset: None,
        },
    )
}

/// "2019-20", "2019/20", "2018–2020".
pub(super) fn season(w: &str) -> Option<Meaning> {
    let (a, b) = w.split_once(['-', '–', '/'])?;
    let first = year_number(a)?;
    let last = year_number(b).or_else(|| {
        (b.len() == 2)
            .then(|| b.parse::<i16>().ok())
            .flatten()
            .map(|y| first / 100 * 100 + y)
    })?;
    (last > first).then_some(Meaning::Years(first, last))
}

/// "1990s".
pub(super) fn decade(w: &str) -> Option<Meaning> {
    let year = year_number(
        w.strip_suffix('s')
            .map(|y| y.trim_end_matches(['\'', '’']))?,
    )?;
    (year % 10 == 0).then_some(Meaning::Years(year, year + 9))
}
