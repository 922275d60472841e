//! What a build did: counts, skipped inputs, time. It is shown to the user and never stored.

use super::Cached;
use crate::source::Skipped;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

/// Outcome of a build.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// The store.
    pub store: String,
    /// Whether the store held this very graph before.
    pub unchanged: bool,
    /// Documents in the store.
    pub documents: usize,
    /// Documents that were left out because another has the very same content: (left out, kept).
    pub duplicates: Vec<(String, String)>,
    /// Sentences read, page furniture included.
    pub sentences: usize,
    /// Words read.
    pub words: usize,
    /// Mentions found.
    pub mentions: usize,
    /// Claims found, by family.
    pub claims: BTreeMap<&'static str, usize>,
    /// Entities, by kind.
    pub entities: BTreeMap<&'static str, usize>,
    /// Facts in the graph, by type.
    pub facts: BTreeMap<String, usize>,
    /// Decisions of a person that hold.
    pub decisions: usize,
    /// Decisions that find nothing to decide, with the reason.
    pub orphans: Vec<String>,
    /// Quads in the store.
    pub quads: usize,
    /// What was not read anew.
    pub cached: Cached,
    /// Inputs left out, sorted.
    pub skipped: Vec<Skipped>,
    /// Time by station.
    pub seconds: Stations,
}

/// Time spent at each station, in seconds, in order of the line.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Stations(Vec<(&'static str, f64)>);

impl Stations {
    /// Runs the work of a station and notes its time.
    pub fn time<T>(&mut self, station: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.add(station, start.elapsed());
        done
    }

    /// Notes the time of a station.
    pub fn add(&mut self, station: &'static str, time: Duration) {
        self.0.push((station, time.as_secs_f64()));
    }

    /// All of it.
    pub fn total(&self) -> f64 {
        self.0.iter().map(|(_, seconds)| seconds).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line =
            |f: &mut fmt::Formatter<'_>, name: &str, value: &str| writeln!(f, "{name:<12}{value}");
        line(f, "documents", &self.documents.to_string())?;
        line(
            f,
            "sentences",
            &format!("{} ({} words)", self.sentences, self.words),
        )?;
        line(f, "mentions", &self.mentions.to_string())?;
        line(f, "claims", &list(&self.claims))?;
        line(f, "entities", &list(&self.entities))?;
        line(f, "facts", &list(&self.facts))?;
        line(f, "quads", &self.quads.to_string())?;
        let state = if self.unchanged {
            "it held this graph already; nothing was changed"
        } else {
            "written"
        };
        line(f, "store", &format!("{} ({state})", self.store))?;
        let stations: Vec<String> = self
            .seconds
            .0
            .iter()
            .map(|(station, seconds)| format!("{station} {seconds:.2}"))
            .collect();
        line(
            f,
            "time",
            &format!("{:.2} s ({})", self.seconds.total(), stations.join(", ")),
        )?;
        let Cached {
            found,
            damaged,
            fault,
        } = &self.cached;
        if *found > 0 {
            let words = format!("{found} of {} documents were read before", self.documents);
            line(f, "cache", &words)?;
        }
        if *damaged > 0 {
            let words = format!("{damaged} damaged entries were read anew");
            line(f, "cache", &words)?;
        }
        if let Some(fault) = fault {
            let words = format!("not written: {fault}; the next build reads everything anew");
            line(f, "cache", &words)?;
        }
        if self.decisions > 0 {
            line(f, "decisions", &format!("{} replayed", self.decisions))?;
        }
        for orphan in &self.orphans {
            line(f, "orphaned", orphan)?;
        }
        for (left_out, kept) in &self.duplicates {
            line(
                f,
                "same as",
                &format!("{left_out} has the content of {kept}"),
            )?;
        }
        for skipped in &self.skipped {
            let Skipped {
                source,
                reason,
                remedy,
            } = skipped;
            line(f, "skipped", &format!("{source}: {reason}; {remedy}"))?;
        }
        Ok(())
    }
}

fn list<K: AsRef<str>>(counts: &BTreeMap<K, usize>) -> String {
    let total: usize = counts.values().sum();
    if counts.is_empty() {
        return total.to_string();
    }
    let parts: Vec<String> = counts
        .iter()
        .map(|(name, count)| format!("{count} {}", name.as_ref()))
        .collect();
    format!("{total} ({})", parts.join(", "))
}
