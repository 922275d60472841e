//! The words by which page furniture is known, from `seeds/furniture/cues.tsv`.
//!
//! In: one line of a page. Out: which cue it carries. They are general to news sites; none belongs to a story.

use std::sync::OnceLock;

/// The cues, by the place where they count.
#[derive(Debug, Default)]
pub(super) struct Cues {
    opens: Vec<&'static str>,
    whole: Vec<&'static str>,
    holds: Vec<&'static str>,
    credit: Vec<&'static str>,
    agency: Vec<&'static str>,
    ours: Vec<&'static str>,
}

impl Cues {
    /// The embedded ones.
    pub(super) fn embedded() -> &'static Self {
        static CUES: OnceLock<Cues> = OnceLock::new();
        CUES.get_or_init(|| {
            let mut cues = Self::default();
            let rows = include_str!("../../seeds/furniture/cues.tsv").lines();
            for (kind, cue) in rows
                .filter(|row| !row.starts_with('#'))
                .filter_map(|row| row.split_once('\t'))
            {
                match kind {
                    "opens" => cues.opens.push(cue),
                    "whole" => cues.whole.push(cue),
                    "holds" => cues.holds.push(cue),
                    "credit" => cues.credit.push(cue),
                    "agency" => cues.agency.push(cue),
                    "ours" => cues.ours.push(cue),
                    _ => {}
                }
            }
            cues
        })
    }

    /// Whether a lower-case line with straight apostrophes is furniture by its words alone.
    pub(super) fn furniture(&self, line: &str) -> bool {
        let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
        self.whole.contains(&bare)
            || self.opens.iter().any(|cue| opens(line, cue))
            || self.holds.iter().any(|cue| line.contains(cue))
    }

    /// Whether a lower-case line speaks to the reader about what the page offers.
    pub(super) fn promotion(&self, line: &str) -> bool {
        let words: Vec<&str> = line
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-')))
            .filter(|word| !word.is_empty())
            .collect();
        let address = ["you", "your", "our", "us", "we"];
        words.iter().any(|word| address.contains(word))
            && self.ours.iter().any(|cue| words.contains(cue))
    }

    /// Where a credit starts in a lower-case line: "… credit: name".
    pub(super) fn credit(&self, line: &str) -> Option<usize> {
        let starts = self.credit.iter().filter_map(|cue| {
            let at = line.rfind(cue)?;
            let free = line[..at].chars().next_back();
            free.is_none_or(|c| !c.is_alphanumeric()).then_some(at)
        });
        starts.min()
    }

    /// Whether lower-case words name a picture agency.
    pub(super) fn agency(&self, words: &str) -> bool {
        self.agency.contains(&words.trim())
    }
}

/// Whether the line starts with the cue as whole words.
fn opens(line: &str, cue: &str) -> bool {
    line.strip_prefix(cue).is_some_and(|rest| {
        cue.ends_with([':', '©']) || !rest.starts_with(|c: char| c.is_alphanumeric())
    })
}
