//! Half-open ranges that carry their unit, so that byte offsets and token numbers cannot mix.

use std::{fmt, marker::PhantomData, ops::Range};

/// Unit of a [`Span`] of UTF-8 byte offsets into one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Byte {}

/// Unit of a [`Span`] of token numbers within one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nth {}

/// A half-open range `start..end` counted in `U`; `start <= end` always holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<U> {
    start: u32,
    end: u32,
    unit: PhantomData<U>,
}

impl<U> Span<U> {
    /// Makes the span `start..end`.
    ///
    /// # Panics
    /// When `end < start` or either passes `u32::MAX`: texts are limited to 4 GiB at the door.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(
            start <= end && u32::try_from(end).is_ok(),
            "span {start}..{end} is not ordered"
        );
        Self {
            start: start as u32,
            end: end as u32,
            unit: PhantomData,
        }
    }

    /// First position inside.
    pub fn start(self) -> usize
    where
        U: Copy,
    {
        self.start as usize
    }

    /// First position after.
    pub fn end(self) -> usize
    where
        U: Copy,
    {
        self.end as usize
    }
}

impl<U: Copy> Span<U> {
    /// Number of units covered.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is covered.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a standard range, for slicing and iteration.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether `at` lies within this span.
    pub fn holds(self, at: usize) -> bool {
        (self.start as usize..self.end as usize).contains(&at)
    }

    /// Whether the two share at least one unit.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
            unit: PhantomData,
        }
    }
}

impl Span<Byte> {
    /// The text covered; the span must come from this text.
    pub fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }
}

impl<U> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
