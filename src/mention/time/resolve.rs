//! From the meaning of words to days of the calendar.
//!
//! In: a [`Meaning`], how the event stands to it, the date of publication if known, and whether the clause looks back or
//! ahead. Out: a [`TimeValue`]. Refuses: to settle what only a missing date of publication could settle.

use super::meaning::{Meaning, Relation, Unit, Which};
use crate::mention::{Precision, TimeValue};
use jiff::{ToSpan, civil::Date};

/// Which way the clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// The present tense tells of a day to come as of one that was: "opens on 8 July", "rests on the ruling of 8 July".
    Present,
}

/// What the words mean on the calendar.
pub(super) fn resolve(
    meaning: &Meaning,
    relation: Relation,
    published: Option<Date>,
    tense: Tense,
) -> TimeValue {
    let value = at(meaning, published, tense);
    match relation {
        Relation::At => value,
        Relation::Since => bound(value.earliest, None),
        Relation::Until => bound(None, value.latest),
        // At no known distance from it.
        Relation::Apart => unresolved(),
    }
}

fn bound(earliest: Option<Date>, latest: Option<Date>) -> TimeValue {
    let precision = if earliest.is_some() || latest.is_some() {
        Precision::Range
    } else {
        Precision::Unresolved
    };
    TimeValue {
        earliest,
        latest,
        precision,
        partial: None,
        year_offset: None,
    }
}

fn unresolved() -> TimeValue {
    bound(None, None)
}

fn day(date: Date) -> TimeValue {
    TimeValue {
        precision: Precision::Day,
        ..bound(Some(date), Some(date))
    }
}

fn month(year: i16, month: i8) -> TimeValue {
    match Date::new(year, month, 1) {
        Ok(first) => TimeValue {
            precision: Precision::Month,
            ..bound(Some(first), Some(first.last_of_month()))
        },
        Err(_) => unresolved(),
    }
}

fn years(first: i16, last: i16, precision: Precision) -> TimeValue {
    match (Date::new(first, 1, 1), Date::new(last, 12, 31)) {
        (Ok(a), Ok(b)) => TimeValue {
            precision,
            ..bound(Some(a), Some(b))
        },
        _ => unresolved(),
    }
}

fn partial(month: i8, day: Option<i8>, offset: Option<i8>) -> TimeValue {
    TimeValue {
        partial: Some((month, day)),
        year_offset: offset,
        ..unresolved()
    }
}

fn at(meaning: &Meaning, published: Option<Date>, tense: Tense) -> TimeValue {
    match *meaning {
        Meaning::Year(y) => years(y, y, Precision::Year),
        Meaning::Years(a, b) => years(a, b, Precision::Range),
        Meaning::Day {
            month: m,
            day: d,
            year,
            offset,
        } => {
            let year = year.or_else(|| match (published, offset) {
                (Some(p), Some(o)) => Some(p.year() + i16::from(o)),
                (Some(p), None) => nearest_year(p, m, d, tense),
                _ => None,
            });
            match year {
                Some(y) => Date::new(y, m, d).map_or_else(|_| unresolved(), day),
                None => partial(m, Some(d), offset),
            }
        }
        Meaning::Month {
            month: m,
            year,
            offset,
            which,
        } => {
            let year = year.or_else(|| match (published, offset) {
                (Some(p), Some(o)) => Some(p.year() + i16::from(o)),
                (Some(p), None) => Some(match (which, tense) {
                    (Which::Last, _) => p.year() - i16::from(m >= p.month()),
                    (Which::Next, _) => p.year() + i16::from(m <= p.month()),
                    (Which::This, _) => p.year(),
                    (Which::Open, Tense::Past) => p.year() - i16::from(m > p.month()),
                    (Which::Open, Tense::Future) => p.year() + i16::from(m < p.month()),
                    (Which::Open, Tense::Present) => p.year() + nearest(m - p.month()),
                }),
                _ => None,
            });
            year.map_or_else(|| partial(m, None, offset), |y| month(y, m))
        }
        Meaning::Relative(Unit::Year, n) => match published {
            Some(p) => {
                let y = p.year() + i16::from(n);
                years(y, y, Precision::Year)
            }
            None => TimeValue {
                year_offset: Some(n),
                ..unresolved()
            },
        },
        Meaning::Elsewhere => unresolved(),
        Meaning::FromTo(ref a, ref b) => {
            let (a, b) = (at(a, published, tense), at(b, published, tense));
            match (a.earliest, b.latest) {
                (Some(first), Some(last)) if first <= last => bound(Some(first), Some(last)),
                _ => unresolved(),
            }
        }
        _ => published.map_or_else(unresolved, |p| counted(meaning, p, tense)),
    }
}

/// The year that brings a day nearest to publication on the side that the tense asks for.
fn nearest_year(published: Date, m: i8, d: i8, tense: Tense) -> Option<i16> {
    let this = Date::new(published.year(), m, d).ok()?;
    Some(match tense {
        Tense::Past => published.year() - i16::from(this > published),
        Tense::Future => published.year() + i16::from(this < published),
        Tense::Present => published.year() + nearest(m - published.month()),
    })
}

/// The year, counted from this one, that brings a month nearest which is so many months away within this year.
fn nearest(months: i8) -> i16 {
    i16::from(months < -6) - i16::from(months > 6)
}

/// Meanings that count from the day of publication.
fn counted(meaning: &Meaning, published: Date, tense: Tense) -> TimeValue {
    let shift = |days: i32| published.checked_add(days.days()).ok();
    let one = |days: i32| shift(days).map_or_else(unresolved, day);
    match *meaning {
        Meaning::Days(n) => one(n),
        Meaning::Weekday(wanted, which) => {
            let today = i32::from(published.weekday().to_monday_one_offset());
            let back = (today - i32::from(wanted)).rem_euclid(7);
            let ahead = (i32::from(wanted) - today).rem_euclid(7);
            one(match (which, tense) {
                (Which::Last, _) if back == 0 => -7,
                (Which::Next, _) if ahead == 0 => 7,
                (Which::Next, _) => ahead,
                (Which::Last, _) => -back,
                (_, Tense::Future | Tense::Present) => ahead,
                (_, Tense::Past) => -back,
            })
        }
        Meaning::Relative(Unit::Month, n) => published
            .checked_add(i32::from(n).months())
            .map_or_else(|_| unresolved(), |d| month(d.year(), d.month())),
        Meaning::Relative(unit @ (Unit::Week | Unit::Weekend), n) => {
            let monday = -i32::from(published.weekday().to_monday_zero_offset());
            let (from, to) = if unit == Unit::Week { (0, 6) } else { (5, 6) };
            // On a weekend, "the weekend" is the one that runs; before it, the one past.
            let n = if unit == Unit::Weekend && monday <= -5 && n < 0 {
                0
            } else {
                i32::from(n)
            };
            match (shift(monday + 7 * n + from), shift(monday + 7 * n + to)) {
                (Some(a), Some(b)) => bound(Some(a), Some(b)),
                _ => unresolved(),
            }
        }
        Meaning::Away(n, Unit::Day) => one(n),
        Meaning::Away(n, Unit::Year) => published.checked_add(n.years()).map_or_else(
            |_| unresolved(),
            |d| years(d.year(), d.year(), Precision::Year),
        ),
        Meaning::Away(n, Unit::Month) => published
            .checked_add(n.months())
            .map_or_else(|_| unresolved(), |d| month(d.year(), d.month())),
        // "two weeks ago" is about that day: give the days around it.
        Meaning::Away(n, Unit::Week) => match (shift(7 * n - 3), shift(7 * n + 3)) {
            (Some(a), Some(b)) => bound(Some(a), Some(b)),
            _ => unresolved(),
        },
        Meaning::Stretch(Some(n), unit, past) => {
            let n = if past { -n } else { n };
            let far = match unit {
                Unit::Hour => shift((n - n.signum() * 23) / 24 + if n.abs() > 1 { 0 } else { n }),
                Unit::Day => shift(n),
                Unit::Week | Unit::Weekend => shift(7 * n),
                Unit::Month => published.checked_add(n.months()).ok(),
                Unit::Year => published.checked_add(n.years()).ok(),
            };
            match (far, past) {
                (Some(far), true) => bound(Some(far), Some(published)),
                (Some(far), false) => bound(Some(published), Some(far)),
                _ => unresolved(),
            }
        }
        _ => unresolved(),
    }
}
