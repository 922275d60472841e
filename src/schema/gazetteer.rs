//! Names of places, organisations and people that the world shares, read from tables.
//!
//! In: `seeds/gazetteers/*.tsv`. Out: look-ups by name, without regard to case and form of apostrophe. Refuses: to decide
//! which of several Springfields is meant. A table is indexed when it is first asked, so a run that needs none pays nothing.

use rustc_hash::FxHasher;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::sync::OnceLock;

/// A place of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct GazetteerPlace {
    /// Name.
    pub name: String,
    /// Kind: `city`, `region`, `country`, `continent`, `facility`, `district` …
    pub kind: String,
    /// Names of what contains it, nearest first ("England", "United Kingdom").
    pub within: Vec<String>,
    /// How well known, 0 (village) to 9 (capital, country).
    pub rank: u8,
    /// Degrees north, when listed.
    pub latitude: Option<f64>,
    /// Degrees east, when listed.
    pub longitude: Option<f64>,
}

/// An organisation of the gazetteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GazetteerOrganisation {
    /// Canonical name.
    pub name: String,
    /// Kind: `police`, `ministry`, `party`, `company`, `broadcaster`, `court`, …
    pub kind: String,
    /// Place of its seat or remit, if listed.
    pub place: Option<String>,
    /// The area that it serves, where that is one place with a name.
    pub remit: Option<String>,
    /// Acronyms, short forms and metonyms.
    pub aliases: Vec<String>,
}

/// A title before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Honorific<'a> {
    /// As listed.
    pub word: &'a str,
    /// `f`, `m` or nothing.
    pub gender: Option<char>,
    /// Its kind: `title`, `knighthood`, `peerage`, `military`, `clergy`, `academic` …
    pub kind: &'a str,
}

/// One table, indexed by the names in it.
#[derive(Debug, Default)]
struct Table {
    text: Cow<'static, str>,
    columns: Vec<String>,
    /// (hash of a name, start of its row), sorted.
    index: OnceLock<Vec<(u64, u32)>>,
}

impl Table {
    /// Takes the column names from the last comment line before the data.
    fn new(text: Cow<'static, str>) -> Self {
        let header = text
            .lines()
            .take_while(|l| l.starts_with('#') || l.trim().is_empty())
            .filter(|l| l.contains('\t'))
            .last();
        let columns = header.map_or_else(
            || vec!["name".to_owned()],
            |h| {
                h.trim_start_matches(['#', ' '])
                    .split('\t')
                    .map(|c| c.trim().to_lowercase())
                    .collect()
            },
        );
        Self {
            text,
            columns,
            index: OnceLock::new(),
        }
    }

    /// The row that starts at `start`.
    fn row(&self, start: u32) -> Row<'_> {
        let line = self.text[start as usize..]
            .lines()
            .next()
            .unwrap_or_default();
        Row { table: self, line }
    }

    /// Names of a row: its first column, and aliases and demonyms where it has them.
    fn names<'a>(&'a self, line: &'a str) -> impl Iterator<Item = &'a str> {
        line.split('\t')
            .enumerate()
            .filter(|(i, _)| {
                *i == 0
                    || self
                        .columns
                        .get(*i)
                        .is_some_and(|c| matches!(c.as_str(), "aliases" | "demonyms"))
            })
            .flat_map(|(i, cell)| {
                let several = i != 0;
                cell.split(move |c| several && c == '|')
                    .filter(|n| !n.is_empty())
            })
    }

    fn index(&self) -> &[(u64, u32)] {
        self.index.get_or_init(|| {
            let mut index = Vec::new();
            let mut start = 0;
            for line in self.text.split_inclusive('\n') {
                if !line.starts_with('#') {
                    index.extend(
                        self.names(line.trim_end_matches(['\n', '\r']))
                            .map(|name| (key(name), start)),
                    );
                }
                start += line.len() as u32;
            }
            index.sort_unstable();
            index.dedup();
            index
        })
    }

    /// The rows that have this name, in the order of the table.
    fn rows<'a>(&'a self, name: &str) -> impl Iterator<Item = Row<'a>> {
        let index = self.index();
        let wanted = key(name);
        let from = index.partition_point(|(k, _)| *k < wanted);
        index[from..]
            .iter()
            .take_while(move |(k, _)| *k == wanted)
            .map(|&(_, start)| self.row(start))
            .filter(move |row| self.names(row.line).any(|n| folded(n).eq(folded(name))))
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
struct Row<'a> {
    table: &'a Table,
    line: &'a str,
}

impl<'a> Row<'a> {
    /// The cell under one of these column names, unless empty.
    fn cell(&self, names: &[&str]) -> Option<&'a str> {
        let at = self
            .table
            .columns
            .iter()
            .position(|c| names.contains(&c.as_str()))?;
        self.line
            .split('\t')
            .nth(at)
            .map(str::trim)
            .filter(|c| !c.is_empty())
    }

    /// The cell as a list.
    fn list(&self, names: &[&str]) -> Vec<String> {
        self.cell(names)
            .map(|c| {
                c.split('|')
                    .filter(|s| !s.is_empty())
                    .map(str::to_owned)
                    .collect()
            })
            .unwrap_or_default()
    }

    /// The first cell.
    fn name(&self) -> &'a str {
        self.line.split('\t').next().unwrap_or_default().trim()
    }

    /// The first letter of the gender cell, lower case.
    fn gender(&self) -> Option<char> {
        self.cell(&["gender", "sex"])?
            .chars()
            .next()
            .map(|c| c.to_ascii_lowercase())
            .filter(|c| matches!(c, 'f' | 'm'))
    }
}

/// The characters of a name as they are compared: lower case, one apostrophe, one kind of space and hyphen, no dots.
fn folded(name: &str) -> impl Iterator<Item = char> {
    name.trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| *c != '.')
        .map(|c| match c {
            '\u{2019}' | '\u{2018}' => '\'',
            '\u{a0}' | '\u{202f}' => ' ',
            '\u{2010}' | '\u{2011}' => '-',
            c => c,
        })
}

fn key(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for c in folded(name) {
        hasher.write_u32(c as u32);
    }
    hasher.finish()
}

/// All tables.
#[derive(Debug, Default)]
pub struct Gazetteer {
    tables: BTreeMap<String, Table>,
}

impl Gazetteer {
    /// Tables by file name.
    pub(super) fn new(files: impl Iterator<Item = (String, Cow<'static, str>)>) -> Self {
        Self {
            tables: files.map(|(name, text)| (name, Table::new(text))).collect(),
        }
    }

    fn rows<'a>(&'a self, table: &str, name: &str) -> impl Iterator<Item = Row<'a>> {
        self.tables
            .get(table)
            .into_iter()
            .flat_map(move |t| t.rows(name))
    }

    /// Every listed place of that name, best known first.
    pub fn places(&self, name: &str) -> Vec<GazetteerPlace> {
        let mut found = Vec::new();
        for (table, kind, rank) in [
            ("countries.tsv", "country", 9),
            ("regions.tsv", "region", 7),
            ("cities.tsv", "city", 3),
            ("facilities.tsv", "facility", 5),
        ] {
            for row in self.rows(table, name) {
                // A demonym names people, not the country.
                if row
                    .list(&["demonyms"])
                    .iter()
                    .any(|d| folded(d).eq(folded(name)))
                    && !row
                        .list(&["aliases"])
                        .iter()
                        .any(|a| folded(a).eq(folded(name)))
                {
                    continue;
                }
                found.push(place(&row, kind, rank));
            }
        }
        for place in &mut found {
            self.close(&mut place.within);
        }
        found.sort_by_key(|p| std::cmp::Reverse(p.rank));
        found
    }

    /// Completes a chain of containment: what contains its last member contains the first, as far as the tables list it.
    fn close(&self, within: &mut Vec<String>) {
        while let Some(last) = within.last() {
            let wider = ["countries.tsv", "regions.tsv", "cities.tsv"]
                .iter()
                .find_map(|table| {
                    let found = self.rows(table, last).map(|row| place(&row, "", 0));
                    found.max_by_key(|p| p.rank).map(|p| p.within)
                })
                .unwrap_or_default();
            let before = within.len();
            for name in wider {
                if !within.contains(&name) {
                    within.push(name);
                }
            }
            if within.len() == before {
                return;
            }
        }
    }

    /// Whether some place has that name.
    pub fn is_place(&self, name: &str) -> bool {
        [
            "countries.tsv",
            "regions.tsv",
            "cities.tsv",
            "facilities.tsv",
        ]
        .iter()
        .any(|t| self.rows(t, name).next().is_some())
            && !self.places(name).is_empty()
    }

    /// Every listed organisation with that name, acronym or short form.
    pub fn organisations(&self, name: &str) -> Vec<GazetteerOrganisation> {
        self.rows("organisations.tsv", name)
            .map(|row| GazetteerOrganisation {
                name: row.name().to_owned(),
                kind: row
                    .cell(&["kind", "type"])
                    .unwrap_or("organisation")
                    .to_owned(),
                place: row.cell(&["place", "country", "seat"]).map(str::to_owned),
                remit: row.cell(&["remit"]).map(str::to_owned),
                aliases: row.list(&["aliases"]),
            })
            .collect()
    }

    /// The country of a demonym ("British" → "United Kingdom").
    pub fn demonym(&self, word: &str) -> Option<&str> {
        self.rows("countries.tsv", word)
            .find(|row| {
                row.cell(&["demonyms"])
                    .is_some_and(|cell| cell.split('|').any(|d| folded(d).eq(folded(word))))
            })
            .map(|row| row.name())
    }

    /// What is known of a title before a name ("Sir", "Ms", "Lt Gen").
    pub fn honorific(&self, word: &str) -> Option<Honorific<'_>> {
        let row = self.rows("honorifics.tsv", word).next()?;
        Some(Honorific {
            word: row.name(),
            gender: row.gender(),
            kind: row.cell(&["kind", "type"]).unwrap_or("title"),
        })
    }

    /// Whether it is a listed forename, and if so its usual gender (`f`, `m`, or nothing when both bear it).
    pub fn forename(&self, name: &str) -> Option<Option<char>> {
        self.rows("forenames.tsv", name)
            .next()
            .map(|row| row.gender())
    }

    /// Whether it is a listed surname.
    pub fn is_surname(&self, name: &str) -> bool {
        self.rows("surnames.tsv", name).next().is_some()
    }

    /// The kind of organisation that a head noun makes ("University", "Ltd"), if listed.
    pub fn org_head(&self, word: &str) -> Option<&str> {
        let row = self.rows("org_heads.tsv", word).next()?;
        Some(row.cell(&["kind", "type"]).unwrap_or("organisation"))
    }
}

/// A place from its row.
fn place(row: &Row<'_>, kind: &str, rank: u8) -> GazetteerPlace {
    let name = row.name();
    let mut within: Vec<String> = Vec::new();
    for column in [
        "within",
        "place",
        "region",
        "admin1",
        "country",
        "continent",
    ] {
        for container in row.list(&[column]) {
            if container != name && !within.contains(&container) {
                within.push(container);
            }
        }
    }
    let number = |names: &[&str]| row.cell(names).and_then(|c| c.parse::<f64>().ok());
    let rank = number(&["rank"]).map_or_else(
        || number(&["population"]).map_or(rank, rank_of),
        |r| r.clamp(0.0, 9.0) as u8,
    );
    GazetteerPlace {
        name: name.to_owned(),
        kind: row.cell(&["kind", "type"]).unwrap_or(kind).to_owned(),
        within,
        rank,
        latitude: number(&["latitude", "lat"]),
        longitude: number(&["longitude", "lon", "lng"]),
    }
}

/// Rank from inhabitants: each step about a factor of three.
fn rank_of(population: f64) -> u8 {
    [1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6, 5e6]
        .iter()
        .filter(|&&step| population >= step)
        .count() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        let files = [
            (
                "cities.tsv",
                "# Cities\n# name\taliases\tregion\tcountry\tpopulation\nOslo\t\t\tNorway\t700000\nSpringfield\t\tIllinois\tUnited States\t114000\nSpringfield\t\tOhio\tUnited States\t58000\n",
            ),
            (
                "countries.tsv",
                "# name\taliases\tdemonyms\tcontinent\nNorway\t\tNorwegian|Norwegians\tEurope\n",
            ),
            (
                "organisations.tsv",
                "# name\taliases\tkind\tplace\nWorld Health Organization\tWHO|W.H.O.\tagency\tGeneva\n",
            ),
            (
                "facilities.tsv",
                "# name\taliases\tkind\tplace\nVigeland Park\t\tpark\tOslo\n",
            ),
            ("forenames.tsv", "# name\tgender\nAda\tf\nKim\tu\n"),
            (
                "honorifics.tsv",
                "# word\tgender\tkind\nSir\tm\tknighthood\n",
            ),
        ];
        Gazetteer::new(
            files
                .into_iter()
                .map(|(name, text)| (name.to_owned(), Cow::Borrowed(text))),
        )
    }

    #[test]
    fn namesakes_come_best_known_first_with_what_contains_them() {
        let found = gazetteer().places("SPRINGFIELD");
        assert_eq!(
            found
                .iter()
                .map(|p| p.within[0].as_str())
                .collect::<Vec<_>>(),
            ["Illinois", "Ohio"]
        );
        assert_eq!(found[0].rank, 5);
        assert_eq!(found[0].within, ["Illinois", "United States"]);
    }

    #[test]
    fn a_facility_stands_in_all_that_holds_its_town() {
        let found = gazetteer().places("Vigeland Park");
        assert_eq!(found[0].within, ["Oslo", "Norway", "Europe"]);
    }

    #[test]
    fn a_demonym_is_no_place() {
        let g = gazetteer();
        assert_eq!(g.demonym("Norwegian"), Some("Norway"));
        assert!(
            g.places("Norwegian").is_empty() && !g.is_place("Norwegian") && g.is_place("norway")
        );
        assert_eq!(g.demonym("Norway"), None);
    }

    #[test]
    fn dots_and_case_do_not_hide_an_acronym() {
        let g = gazetteer();
        assert_eq!(
            g.organisations("W.H.O.")[0].name,
            "World Health Organization"
        );
        assert_eq!(g.organisations("who").len(), 1);
        assert!(g.organisations("Whose").is_empty());
    }

    #[test]
    fn people_words() {
        let g = gazetteer();
        assert_eq!(
            (g.forename("Ada"), g.forename("Kim"), g.forename("Oslo")),
            (Some(Some('f')), Some(None), None)
        );
        assert_eq!(
            g.honorific("sir").map(|h| (h.gender, h.kind)),
            Some((Some('m'), "knighthood"))
        );
    }
}
