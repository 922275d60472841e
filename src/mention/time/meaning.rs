//! What time expressions mean before a calendar settles them.
//!
//! In: nothing. Out: the types that [`words`](super::words) yields and [`resolve`](super::resolve) takes. Refuses: to count days.

/// Length of time that a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Year,
}

/// Which one, counted from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// No word says.
    Open,
    Last,
    This,
    Next,
}

/// What the words mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A day of a month; the year may be given, or its distance from the year of publication.
    Day {
        month: i8,
        day: i8,
        year: Option<i16>,
        offset: Option<i8>,
    },
    /// A month.
    Month {
        month: i8,
        year: Option<i16>,
        offset: Option<i8>,
        which: Which,
    },
    /// A year.
    Year(i16),
    /// A stretch of years, both inclusive.
    Years(i16, i16),
    /// A day of the week, Monday = 1; `weeks` counts from the week of the nearest one.
    Weekday(i8, Which),
    /// Days from publication: yesterday = -1.
    Days(i32),
    /// "last week", "this year": unit and how many of them away.
    Relative(Unit, i8),
    /// "two weeks ago", "in three days": number (negative = past) and unit.
    Away(i32, Unit),
    /// "over the past 48 hours" (negative), "over the coming days" (no number).
    Stretch(Option<i32>, Unit, bool),
    /// From one meaning to another.
    FromTo(Box<Meaning>, Box<Meaning>),
    /// "the next day", "two days later": counted from something else in the text.
    Elsewhere,
}

impl Meaning {
    /// The direction that the words give by themselves.
    pub(super) fn own_tense(&self) -> Option<super::Tense> {
        match self {
            Self::Weekday(_, Which::Last)
            | Self::Month {
                which: Which::Last, ..
            } => Some(super::Tense::Past),
            Self::Weekday(_, Which::Next)
            | Self::Month {
                which: Which::Next, ..
            } => Some(super::Tense::Future),
            _ => None,
        }
    }
}

/// How an event stands to the time that the words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// At or within it.
    At,
    /// From it onwards ("since", "from").
    Since,
    /// Up to it ("until", "by").
    Until,
    /// Before or after it, at no known distance.
    Apart,
}
