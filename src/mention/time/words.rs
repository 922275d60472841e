//! The words of time expressions: from tokens to a meaning that no calendar has settled yet.
//!
//! In: the tokens of a sentence. Out: an [`Expression`] that starts at a token. Refuses: to count days.

use super::meaning::{Meaning, Relation, Unit, Which};
use super::numbers::{MONTHS, day_number, decade, iso, number, season, unit, weekday, year_number};
use english::{Sentence, Upos};

/// A time expression: its tokens and meaning.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The token that carries the meaning.
    pub(super) core: usize,
    pub(super) meaning: Meaning,
    pub(super) relation: Relation,
}

/// The tokens of one sentence in lower case.
pub(super) struct Words<'a> {
    sentence: &'a Sentence,
    low: Vec<String>,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &str, sentence: &'a Sentence) -> Self {
        let low = sentence
            .tokens
            .iter()
            .map(|t| t.span.slice(text).to_lowercase())
            .collect();
        Self { sentence, low }
    }

    fn word(&self, at: usize) -> &str {
        self.low.get(at).map_or("", String::as_str)
    }

    fn upos(&self, at: usize) -> Option<Upos> {
        self.sentence.tokens.get(at).map(|t| t.upos)
    }

    /// The expression that starts at token `at`, its preposition included.
    pub(super) fn expression(&self, at: usize) -> Option<Expression> {
        let (relation, prepositional, mut i) = self.preposition(at);
        if prepositional && self.clock_ahead(i) {
            i = self.clock(i);
            if matches!(self.word(i), "on" | "in" | ",") {
                i += 1;
            }
        }
        let start_core = self.filler(i);
        if relation == Relation::Since
            && self.word(at) == "from"
            && let Some(range) = self.range(at, start_core, &["to", "until", "till", "-", "–"])
        {
            return Some(range);
        }
        if self.word(at) == "between" {
            return self.range(at, start_core, &["and"]);
        }
        let strong = prepositional
            && matches!(
                self.word(i.saturating_sub(1)),
                "in" | "since"
                    | "until"
                    | "by"
                    | "during"
                    | "from"
                    | "of"
                    | "before"
                    | "after"
                    | "throughout"
                    | "around"
                    | "till"
            );
        let (core, meaning, end) = self.core(start_core, strong)?;
        if start_core != i && matches!(meaning, Meaning::Elsewhere) {
            return None;
        }
        // "from 2010 to 2014" is a stretch already.
        let relation = if matches!(meaning, Meaning::Years(..))
            && relation == Relation::Since
            && self.word(at) == "from"
        {
            Relation::At
        } else {
            relation
        };
        let start = if prepositional || start_core != at {
            at
        } else {
            core.min(at)
        };
        Some(Expression {
            start,
            end,
            core,
            meaning,
            relation,
        })
    }

    /// The preposition at `at`: how it relates, whether there is one, where the rest starts.
    fn preposition(&self, at: usize) -> (Relation, bool, usize) {
        match self.word(at) {
            "on" | "in" | "at" | "during" | "over" | "within" | "throughout" | "around"
            | "about" | "across" => (Relation::At, true, at + 1),
            "since" => (Relation::Since, true, at + 1),
            "from" => (Relation::Since, true, at + 1),
            "until" | "till" | "by" => (Relation::Until, true, at + 1),
            "before" | "after" | "following" | "ahead" => {
                let next = if self.word(at + 1) == "of" {
                    at + 2
                } else {
                    at + 1
                };
                (Relation::Apart, true, next)
            }
            "as" if self.word(at + 1) == "of" => (Relation::At, true, at + 2),
            "between" => (Relation::At, true, at + 1),
            _ => (Relation::At, false, at),
        }
    }

    fn clock_ahead(&self, at: usize) -> bool {
        let skip = usize::from(matches!(
            self.word(at),
            "about" | "around" | "just" | "approximately"
        ));
        self.clock(at + skip) > at + skip
            && self.core(self.clock_and_link(at + skip), false).is_some()
    }

    fn clock_and_link(&self, at: usize) -> usize {
        let after = self.clock(at);
        let linked = after + usize::from(matches!(self.word(after), "on" | "in" | ","));
        self.filler(linked)
    }

    /// Past a time of day ("10am", "8.30 pm", "noon") at `at`.
    fn clock(&self, at: usize) -> usize {
        let at = at
            + usize::from(matches!(
                self.word(at),
                "about" | "around" | "just" | "approximately"
            ));
        let w = self.word(at);
        let digits = w.starts_with(|c: char| c.is_ascii_digit());
        if matches!(w, "noon" | "midnight" | "midday") {
            return at + 1;
        }
        if digits && (w.ends_with("am") || w.ends_with("pm") || w.contains(':')) {
            let suffix = matches!(
                self.word(at + 1),
                "am" | "pm" | "a.m." | "p.m." | "local" | "gmt" | "bst" | "et"
            );
            return at
                + 1
                + usize::from(suffix)
                + usize::from(suffix && self.word(at + 1) == "local");
        }
        if digits
            && matches!(
                self.word(at + 1),
                "am" | "pm" | "a.m." | "p.m." | "a.m" | "p.m" | "o'clock" | "hours" | "o’clock"
            )
            && w.len() <= 5
        {
            return at + 2;
        }
        at
    }

    /// Past words that shade a time without moving it: "early on", "late", "the night of".
    fn filler(&self, at: usize) -> usize {
        let mut i = at;
        loop {
            match self.word(i) {
                "early" | "late" | "mid" | "mid-" | "earlier" | "later" | "just" | "about"
                | "around" => i += 1,
                "-" if i > at && self.word(i - 1) == "mid" => i += 1,
                "on" | "in"
                    if i > at
                        && matches!(self.word(i - 1), "early" | "late" | "earlier" | "later") =>
                {
                    i += 1;
                }
                "the"
                    if matches!(
                        self.word(i + 1),
                        "night"
                            | "morning"
                            | "evening"
                            | "afternoon"
                            | "day"
                            | "early"
                            | "end"
                            | "start"
                            | "beginning"
                            | "middle"
                            | "week"
                            | "month"
                            | "weekend"
                            | "summer"
                            | "spring"
                            | "autumn"
                            | "winter"
                            | "fall"
                            | "first"
                            | "second"
                            | "third"
                            | "fourth"
                    ) && self.of_time(i + 2) =>
                {
                    i = self.of_time_end(i + 2);
                }
                _ => return i,
            }
        }
    }

    fn of_time(&self, at: usize) -> bool {
        self.of_time_end(at) > at
    }

    /// Past "(hours|half|quarter)? of" at `at` if a time follows.
    fn of_time_end(&self, at: usize) -> usize {
        let mut i = at;
        if matches!(self.word(i), "hours" | "half" | "quarter") {
            i += 1;
        }
        if self.word(i) == "of"
            && self
                .core(i + 1, true)
                .is_some_and(|(_, m, _)| !matches!(m, Meaning::Elsewhere))
        {
            i + 1
        } else {
            at
        }
    }

    fn range(&self, at: usize, first: usize, links: &[&str]) -> Option<Expression> {
        let (core, a, end) = self.core(first, true)?;
        if !links.contains(&self.word(end)) {
            return None;
        }
        let (_, b, end) = self.core(end + 1, true)?;
        let a = match (&a, &b) {
            (
                Meaning::Day {
                    month,
                    day,
                    year: None,
                    offset: None,
                },
                Meaning::Day { year, offset, .. },
            ) => Meaning::Day {
                month: *month,
                day: *day,
                year: *year,
                offset: *offset,
            },
            (
                Meaning::Month {
                    month,
                    year: None,
                    offset: None,
                    which,
                },
                Meaning::Month { year, offset, .. },
            ) => Meaning::Month {
                month: *month,
                year: *year,
                offset: *offset,
                which: *which,
            },
            _ => a,
        };
        Some(Expression {
            start: at,
            end,
            core,
            meaning: Meaning::FromTo(Box::new(a), Box::new(b)),
            relation: Relation::At,
        })
    }

    /// The bare expression at `at`: core token, meaning, end. `strong`: a preposition of time stands before it.
    fn core(&self, at: usize, strong: bool) -> Option<(usize, Meaning, usize)> {
        let w = self.word(at);
        let first = w.bytes().next()?;
        if first.is_ascii_digit() {
            return self.digits(at, strong);
        }
        if let Some(month) = self.month(at) {
            return self.month_first(at, month, Which::Open, strong);
        }
        if let Some(day) = weekday(w) {
            return Some(self.weekday(at, day, Which::Open));
        }
        match w {
            "today" | "tonight" => Some((at, Meaning::Days(0), at + 1)),
            "yesterday" => Some((at, Meaning::Days(-1), self.part_of_day(at + 1))),
            "tomorrow" => Some((at, Meaning::Days(1), self.part_of_day(at + 1))),
            "last" | "this" | "next" | "past" | "coming" | "recent" | "previous" | "current" => {
                self.which(at)
            }
            "the" | "that" | "a" | "an" | "these" => self.determined(at, strong),
            "several" | "few" | "couple" => self.counted(at, at + 1, None),
            _ => {
                let n = number(w)?;
                self.counted(at, at + 1, Some(n))
            }
        }
    }

    fn month(&self, at: usize) -> Option<i8> {
        let w = self.word(at);
        let named = MONTHS
            .iter()
            .position(|m| {
                *m == w
                    || (w.len() >= 3
                        && w.len() <= 5
                        && w.ends_with('.')
                        && m.starts_with(w.trim_end_matches('.')))
            })
            .or_else(|| (w == "sept" || w == "sept.").then_some(8))
            .or_else(|| {
                // "Sep", "Oct" beside a number
                let beside = number(self.word(at + 1)).is_some()
                    || at
                        .checked_sub(1)
                        .is_some_and(|b| number(self.word(b)).is_some());
                (w.len() == 3 && beside)
                    .then(|| MONTHS.iter().position(|m| m.starts_with(w)))
                    .flatten()
            })?;
        let ambiguous = matches!(w, "may" | "march" | "mar" | "jun" | "dec" | "august");
        let token = &self.sentence.tokens[at];
        if ambiguous && !(token.xpos.starts_with("NNP") || self.beside_number(at)) {
            return None;
        }
        Some(named as i8 + 1)
    }

    fn beside_number(&self, at: usize) -> bool {
        let digit = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) && w.len() <= 4;
        digit(self.word(at + 1)) || at > 0 && digit(self.word(at - 1))
    }

    /// "September 2022", "September 5, 2022", "September last year", "September".
    fn month_first(
        &self,
        at: usize,
        month: i8,
        which: Which,
        strong: bool,
    ) -> Option<(usize, Meaning, usize)> {
        let next = self.word(at + 1);
        if let Some(day) = day_number(next).filter(|_| !self.counts_something(at + 2)) {
            let (year, offset, end) = self.year_after(at + 2);
            return Some((
                at,
                Meaning::Day {
                    month,
                    day,
                    year,
                    offset,
                },
                end,
            ));
        }
        let (year, offset, end) = self.year_after(at + 1);
        let proper = self.sentence.tokens[at].xpos.starts_with("NNP");
        // A bare "May" or "April" may be a person.
        let person = !strong
            && which == Which::Open
            && year.is_none()
            && offset.is_none()
            && !(proper && self.modifies_noun(at));
        if person {
            return None;
        }
        Some((
            at,
            Meaning::Month {
                month,
                year,
                offset,
                which,
            },
            end,
        ))
    }

    /// "the April election", "April's vote".
    fn modifies_noun(&self, at: usize) -> bool {
        matches!(self.word(at + 1), "'s" | "’s")
            || (at > 0 && self.word(at - 1) == "the" && self.upos(at + 1) == Some(Upos::Noun))
    }

    fn counts_something(&self, at: usize) -> bool {
        matches!(self.upos(at), Some(Upos::Noun))
            && !matches!(
                self.word(at),
                "year" | "night" | "morning" | "evening" | "afternoon"
            )
            && self.sentence.tokens[at].deprel != "punct"
            && self.word(at) == "%"
    }

    /// A year at `at`, given (", 2022", "2022") or by distance ("last year", "of last year").
    fn year_after(&self, at: usize) -> (Option<i16>, Option<i8>, usize) {
        let comma = usize::from(self.word(at) == ",");
        if let Some(year) = year_number(self.word(at + comma)) {
            return (Some(year), None, at + comma + 1);
        }
        let of = usize::from(matches!(self.word(at), "of" | "," | "in"));
        let offset = match self.word(at + of) {
            "last" | "the" if self.word(at + of) == "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return (None, None, at),
        };
        if self.word(at + of + 1) == "year" {
            (None, Some(offset), at + of + 2)
        } else {
            (None, None, at)
        }
    }

    fn weekday(&self, at: usize, day: i8, which: Which) -> (usize, Meaning, usize) {
        let mut end = self.part_of_day(at + 1);
        // "Monday, 5 September", "Monday September 5"
        let comma = usize::from(self.word(end) == ",");
        let the = usize::from(self.word(end + comma) == "the");
        if let Some((_, meaning @ Meaning::Day { .. }, after)) = self.core(end + comma + the, true)
        {
            return (at, meaning, after);
        }
        let which = match (which, self.word(end)) {
            (Which::Open, "last") if self.word(end + 1) == "week" => {
                end += 2;
                Which::Last
            }
            (Which::Open, "next") if self.word(end + 1) == "week" => {
                end += 2;
                Which::Next
            }
            (Which::Open, "this") if self.word(end + 1) == "week" => {
                end += 2;
                Which::This
            }
            (w, _) => w,
        };
        (at, Meaning::Weekday(day, which), end)
    }

    fn part_of_day(&self, at: usize) -> usize {
        let early = usize::from(matches!(self.word(at), "early" | "late"));
        if matches!(
            self.word(at + early),
            "night" | "morning" | "evening" | "afternoon" | "lunchtime" | "nights"
        ) {
            at + early + 1
        } else {
            at
        }
    }

    /// "last week", "this morning", "next Tuesday", "last September", "past 48 hours", "recent days".
    fn which(&self, at: usize) -> Option<(usize, Meaning, usize)> {
        let (which, sign) = match self.word(at) {
            "last" => (Which::Last, -1),
            "this" | "current" => (Which::This, 0),
            "next" => (Which::Next, 1),
            "past" | "recent" | "previous" => return self.stretch(at, true),
            "coming" => return self.stretch(at, false),
            _ => return None,
        };
        let next = at + 1;
        let w = self.word(next);
        if let Some(day) = weekday(w) {
            let (_, meaning, end) = self.weekday(next, day, which);
            return Some((next, meaning, end));
        }
        if let Some(month) = self.month(next) {
            let (_, meaning, end) = self.month_first(next, month, which, true)?;
            return Some((next, meaning, end));
        }
        match w {
            "night" if which == Which::Last => return Some((next, Meaning::Days(-1), next + 1)),
            "morning" | "afternoon" | "evening" if which == Which::This => {
                return Some((next, Meaning::Days(0), next + 1));
            }
            "summer" | "spring" | "autumn" | "winter" | "fall" | "season" | "term" | "century"
            | "decade" => {
                return (w != "season" && w != "term").then_some((
                    next,
                    Meaning::Elsewhere,
                    next + 1,
                ));
            }
            _ => {}
        }
        if let Some(u) = unit(w).filter(|_| !w.ends_with('s')) {
            return (!matches!(u, Unit::Hour | Unit::Day)).then_some((
                next,
                Meaning::Relative(u, sign),
                next + 1,
            ));
        }
        if which != Which::This {
            return self.stretch(at, which == Which::Last);
        }
        None
    }

    /// "past 48 hours", "last two weeks", "recent days", "coming months" at `at`.
    fn stretch(&self, at: usize, past: bool) -> Option<(usize, Meaning, usize)> {
        let mut i = at + 1;
        let n = number(self.word(i));
        if n.is_some() || matches!(self.word(i), "few" | "several") {
            i += 1;
        }
        let u = unit(self.word(i))?;
        let plural = self.word(i).ends_with('s');
        if !plural && self.word(at) != "past" {
            return None;
        }
        let n = if plural { n } else { Some(1) };
        Some((i, Meaning::Stretch(n, u, past), i + 1))
    }

    /// "the past 48 hours", "the next day", "the 1990s", "that night", "the 5th of May", "a week ago".
    fn determined(&self, at: usize, strong: bool) -> Option<(usize, Meaning, usize)> {
        let next = at + 1;
        let w = self.word(next);
        match self.word(at) {
            "a" | "an" => {
                if matches!(w, "few" | "couple") {
                    let of = usize::from(self.word(next + 1) == "of");
                    return self.counted(at, next + 1 + of, None);
                }
                return self.counted(at, next, Some(1));
            }
            "that" | "these" => {
                let anaphoric = matches!(
                    w,
                    "day"
                        | "night"
                        | "evening"
                        | "morning"
                        | "afternoon"
                        | "week"
                        | "month"
                        | "year"
                        | "time"
                );
                return (anaphoric && (strong || self.upos(at) == Some(Upos::Det)) && w != "time")
                    .then_some((next, Meaning::Elsewhere, next + 1));
            }
            _ => {}
        }
        if w.starts_with(|c: char| c.is_ascii_digit()) {
            let (core, meaning, end) = self.digits(next, true)?;
            return match meaning {
                Meaning::Years(..) | Meaning::Day { .. } => Some((core, meaning, end)),
                // "the 2019 election"
                Meaning::Year(_)
                    if end == next + 1
                        && matches!(self.upos(end), Some(Upos::Noun | Upos::Propn | Upos::Adj)) =>
                {
                    Some((core, meaning, end))
                }
                _ => None,
            };
        }
        match w {
            "past" | "last" | "coming" | "next" | "previous" | "recent" => {
                if matches!(w, "next" | "previous")
                    && matches!(
                        self.word(next + 1),
                        "day"
                            | "night"
                            | "morning"
                            | "week"
                            | "month"
                            | "year"
                            | "evening"
                            | "weekend"
                    )
                {
                    return Some((next + 1, Meaning::Elsewhere, next + 2));
                }
                let past = matches!(w, "past" | "last" | "previous" | "recent");
                self.stretch(next, past)
            }
            "following" | "same"
                if matches!(
                    self.word(next + 1),
                    "day"
                        | "night"
                        | "morning"
                        | "week"
                        | "month"
                        | "year"
                        | "evening"
                        | "weekend"
                        | "afternoon"
                ) =>
            {
                Some((next + 1, Meaning::Elsewhere, next + 2))
            }
            "day" if matches!(self.word(next + 1), "before" | "after") => {
                if matches!(self.word(next + 2), "yesterday" | "tomorrow") {
                    let days = if self.word(next + 2) == "yesterday" {
                        -2
                    } else {
                        2
                    };
                    return Some((next, Meaning::Days(days), next + 3));
                }
                Some((next, Meaning::Elsewhere, next + 2))
            }
            "weekend" if strong || matches!(self.word(at.wrapping_sub(1)), "over" | "at") => {
                Some((next, Meaning::Relative(Unit::Weekend, -1), next + 1))
            }
            _ => None,
        }
    }

    /// "two weeks ago", "in three days", "two days later" with the number before `at_unit`.
    fn counted(
        &self,
        at: usize,
        at_unit: usize,
        n: Option<i32>,
    ) -> Option<(usize, Meaning, usize)> {
        let u = unit(self.word(at_unit))?;
        let after = at_unit + 1;
        match self.word(after) {
            "ago" => Some((
                at_unit,
                n.map_or(Meaning::Elsewhere, |n| Meaning::Away(-n, u)),
                after + 1,
            )),
            "later" | "earlier" | "before" | "previously" | "afterwards" | "beforehand" => {
                // "two days before the match" counts from the match.
                Some((at_unit, Meaning::Elsewhere, after + 1))
            }
            "'" | "’" | "'s" | "’s" => None,
            _ if at > 0
                && self.word(at - 1) == "in"
                && n.is_some()
                && self.upos(after) != Some(Upos::Noun)
                && self.ahead(at) =>
            {
                Some((at_unit, Meaning::Away(n.unwrap_or(1), u), after))
            }
            _ => None,
        }
    }

    /// "will open in two weeks" but not "the third in two weeks" or "fell in two weeks".
    fn ahead(&self, at: usize) -> bool {
        self.low[..at]
            .iter()
            .rev()
            .take(8)
            .any(|w| matches!(w.as_str(), "will" | "'ll" | "due" | "expected"))
    }

    /// "5 September", "5th of September 2022", "2022", "2019-20", "1990s", "2022-09-05".
    fn digits(&self, at: usize, strong: bool) -> Option<(usize, Meaning, usize)> {
        let w = self.word(at);
        if let Some(day) = day_number(w) {
            let of = usize::from(self.word(at + 1) == "of");
            if let Some(month) = self.month(at + 1 + of) {
                let (year, offset, end) = self.year_after(at + 2 + of);
                return Some((
                    at + 1 + of,
                    Meaning::Day {
                        month,
                        day,
                        year,
                        offset,
                    },
                    end,
                ));
            }
        }
        if let Some(meaning) = iso(w).or_else(|| season(w)).or_else(|| decade(w)) {
            return Some((at, meaning, at + 1));
        }
        if let Some(year) = year_number(w) {
            if matches!(self.word(at + 1), "-" | "–" | "to")
                && let Some(last) = year_number(self.word(at + 2)).filter(|l| *l > year)
            {
                return Some((at, Meaning::Years(year, last), at + 3));
            }
            let counted = matches!(self.upos(at + 1), Some(Upos::Noun))
                && self.sentence.tokens[at].head == Some(at as u32 + 1);
            if strong && (!counted || at > 0 && self.word(at - 1) == "the") {
                return Some((at, Meaning::Year(year), at + 1));
            }
            return None;
        }
        let n = number(w)?;
        self.counted(at, at + 1, Some(n))
    }
}
