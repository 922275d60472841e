//! Own sentences of news, filled with names from the gazetteers: they teach the manner of British and American news, which
//! no free corpus has much of, and that a name may be one never seen before.

use super::{
    corpora::{EVENT, Marked, ORGANISATION, OTHER, PERSON, PLACE, mark},
    tables::rows,
};
use crate::chance::Chance;
use english::Reader;
use std::{collections::BTreeMap, fs, io, path::Path};

const SENTENCES: &str = include_str!("news.txt");
const ROLES: &str = "Home Secretary|Prime Minister|Chancellor|Foreign Secretary|Health Secretary|President|First Minister|Defence Secretary|Attorney General|Justice Secretary|Vice President|Secretary of State|Education Secretary|Mayor|Speaker|Housing Minister|Security Minister|Treasury minister|Chief Whip|Deputy Prime Minister|Energy Secretary|Culture Secretary|policing minister|immigration minister|home secretary|prime minister|chief executive|director general|chairman|chief inspector|coroner|police commissioner|children's commissioner";
const TITLES: &str =
    "Mr|Mrs|Ms|Sir|Dame|Dr|Lord|Lady|Baroness|Prof|Professor|Rev|Judge|Miss|Sir|Mr|Ms";
const TOPICS: &str = "Climate|Health|Housing|Transport|Refugee|Farming|Energy|Drug|Cancer|Heart|Child|Family|Trade|Tax|Labour|Security|Defence|Water|Rail|Road|Aviation|Fishing|Forest|Prison|Victims|Justice|Migration|Peace|Science|Space|Nuclear|Patient|Nursing|Teachers|Schools|Media|Press|Consumer|Food|Safety|Human Rights|Foreign Affairs|Home Affairs|Public Accounts|Policy|Fiscal|Economic|Marine|Wildlife|Animal|Blood|Kidney|Dementia|Disability|Equality|Women|Youth|Sports|Rugby|Boxing|Cycling|Chess|Music|Arts|Film";
const MONTHS: &str =
    "January|February|March|April|May|June|July|August|September|October|November|December";
const DAYS: &str = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";

/// Fills slots from lists.
struct Filler {
    lists: BTreeMap<String, Vec<Vec<String>>>,
    chance: Chance,
}

impl Filler {
    fn new(seeds: &Path, seed: u64) -> io::Result<Self> {
        let mut lists: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        let read = |name: &str| fs::read_to_string(seeds.join("gazetteers").join(name));
        let mut add =
            |slot: &str, names: Vec<String>| lists.entry(slot.to_owned()).or_default().push(names);
        for row in rows(&read("forenames.tsv")?) {
            add("fore", vec![row[0].to_owned()]);
        }
        for row in rows(&read("surnames.tsv")?) {
            add("sur", vec![row[0].to_owned()]);
        }
        for row in rows(&read("cities.tsv")?) {
            let known = row
                .get(4)
                .is_some_and(|r| matches!(*r, "6" | "7" | "8" | "9"));
            let name = row[0].to_owned();
            if known {
                add("known city", vec![name.clone()]);
            }
            if matches!(row.get(3), Some(&"United Kingdom")) {
                add("known city", vec![name.clone()]);
            }
            add("any city", vec![name]);
        }
        for row in rows(&read("regions.tsv")?) {
            let slot = match row[2] {
                "county" => "county",
                "state" | "province" => "state",
                "borough" | "district" => "district",
                _ => "region",
            };
            add(slot, vec![row[0].to_owned()]);
            if slot == "state" {
                add("region", vec![row[0].to_owned()]);
            }
        }
        for row in rows(&read("countries.tsv")?) {
            add(
                "country",
                row[0..2]
                    .iter()
                    .flat_map(|c| c.split('|'))
                    .filter(|n| !n.is_empty())
                    .map(str::to_owned)
                    .collect(),
            );
            for d in row[3].split('|').take(1).filter(|d| !d.is_empty()) {
                add("dem", vec![d.to_owned()]);
            }
            for d in row[3]
                .split('|')
                .filter(|d| d.ends_with('s') || d.ends_with("men"))
            {
                add("people", vec![d.to_owned()]);
            }
        }
        for row in rows(&read("organisations.tsv")?) {
            let names: Vec<String> = row[0..2]
                .iter()
                .flat_map(|c| c.split('|'))
                .filter(|n| !n.is_empty())
                .map(str::to_owned)
                .collect();
            // Short forms that take an article and look like words ("the Fed", "the Treasury").
            let public = matches!(
                row[2],
                "agency"
                    | "central bank"
                    | "government"
                    | "legislature"
                    | "militia"
                    | "military"
                    | "ministry"
                    | "newspaper"
                    | "party"
                    | "police"
            );
            for name in names.iter().filter(|_| public) {
                if !name.contains(' ') && name.chars().skip(1).all(char::is_lowercase) {
                    add("short", vec![name.clone()]);
                }
            }
            add(row[2], names.clone());
            add("org", names);
        }
        for row in rows(&read("facilities.tsv")?) {
            let names: Vec<String> = row[0..2]
                .iter()
                .flat_map(|c| c.split('|'))
                .filter(|n| !n.is_empty())
                .map(str::to_owned)
                .collect();
            add(
                if row[2] == "stadium" {
                    "stadium"
                } else {
                    "site"
                },
                names,
            );
        }
        for (slot, text) in [
            ("role", ROLES),
            ("hon", TITLES),
            ("topic", TOPICS),
            ("month", MONTHS),
            ("day", DAYS),
        ] {
            for word in text.split('|') {
                add(slot, vec![word.to_owned()]);
            }
        }
        Ok(Self {
            lists,
            chance: Chance::new(seed),
        })
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.chance.below(of.len())]
    }

    /// A name from a list: its main form more often than another.
    fn pick(&mut self, list: &str) -> String {
        let Some(entries) = self.lists.get(list) else {
            return list.to_owned();
        };
        let names = &entries[self.chance.below(entries.len())];
        let which = if self.chance.below(100) < 55 {
            0
        } else {
            self.chance.below(names.len())
        };
        names[which].clone()
    }

    fn city(&mut self) -> String {
        let list = if self.chance.below(2) == 0 {
            "known city"
        } else {
            "any city"
        };
        self.pick(list)
    }

    fn letters(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'A' + self.chance.below(26) as u8))
            .collect()
    }

    /// Text of a slot, and the kinds it may have.
    fn slot(&mut self, slot: &str, acronym: &mut String) -> (String, Vec<usize>) {
        let body = vec![ORGANISATION];
        let either = vec![ORGANISATION, PLACE];
        match slot {
            "per" => {
                let mut name = self.pick("fore");
                match self.chance.below(12) {
                    0 => name = format!("{name} {}", self.pick("fore")),
                    1 => name = format!("{name} {}.", self.letters(1)),
                    2 => name = format!("{name}-{}", self.pick("fore")),
                    _ => {}
                }
                let sur = self.pick("sur");
                let sur = match self.chance.below(25) {
                    0 => format!("{sur}-{}", self.pick("sur")),
                    1 => format!("al-{sur}"),
                    2 => format!("de {sur}"),
                    3 => format!("van {sur}"),
                    _ => sur,
                };
                (format!("{name} {sur}"), vec![PERSON])
            }
            "sur" | "fore" => (self.pick(slot), vec![PERSON]),
            "code" => {
                let count = 1 + self.chance.below(2);
                let digits = 10 + self.chance.below(900);
                (format!("{}{digits}", self.letters(count)), vec![PERSON])
            }
            "unit" => {
                let count = 2 + self.chance.below(2);
                let digits = 1 + self.chance.below(40);
                (format!("{}{digits}", self.letters(count)), body)
            }
            "city" => (self.city(), vec![PLACE]),
            "county" | "state" | "district" | "region" | "country" => {
                (self.pick(slot), vec![PLACE])
            }
            "road" => {
                let end = self.one(&[
                    "Road", "Street", "Avenue", "Lane", "Close", "Drive", "Hill", "Way",
                ]);
                let first = if self.chance.below(2) == 0 {
                    self.city()
                } else {
                    self.pick("sur")
                };
                (format!("{first} {end}"), vec![PLACE])
            }
            "court" => {
                let mark = if self.chance.below(2) == 0 {
                    "'"
                } else {
                    "’"
                };
                let city = self.city();
                let text = match self.chance.below(6) {
                    0 | 1 => format!("{city} Crown Court"),
                    2 => format!("{city} Magistrates{mark} Court"),
                    3 => format!("{city} County Court"),
                    4 => format!("{city} Sheriff Court"),
                    _ => self
                        .one(&[
                            "Old Bailey",
                            "High Court",
                            "Court of Appeal",
                            "Supreme Court",
                            "Royal Courts of Justice",
                            "International Criminal Court",
                        ])
                        .to_owned(),
                };
                (text, either)
            }
            "hospital" => {
                let mark = if self.chance.below(2) == 0 {
                    "'"
                } else {
                    "’"
                };
                let text = match self.chance.below(6) {
                    0 => format!("{} Royal Infirmary", self.city()),
                    1 => format!("St {}{mark}s Hospital", self.pick("fore")),
                    2 => format!("{} General Hospital", self.city()),
                    3 => format!("Queen {} Hospital", self.pick("fore")),
                    4 => format!("{} Medical Center", self.city()),
                    _ => format!("{} Hospital", self.city()),
                };
                (text, either)
            }
            "airport" => {
                let end = self.one(&["Airport", "International Airport", "airport"]);
                let city = self.city();
                // The small word is no part of the name.
                (
                    if end == "airport" {
                        city
                    } else {
                        format!("{city} {end}")
                    },
                    vec![PLACE],
                )
            }
            "station" => {
                let text = if self.chance.below(2) == 0 {
                    format!("{} Station", self.city())
                } else {
                    self.pick("site")
                };
                (text, either)
            }
            "school" => {
                let end = self.one(&[
                    "Primary School",
                    "High School",
                    "Academy",
                    "Grammar School",
                    "Elementary School",
                    "Community College",
                ]);
                let first = if self.chance.below(3) == 0 {
                    format!("St {}'s", self.pick("fore"))
                } else {
                    self.city()
                };
                (format!("{first} {end}"), either)
            }
            "uni" => {
                let city = self.city();
                let text = match self.chance.below(5) {
                    0 | 1 => format!("University of {city}"),
                    2 => format!("{city} University"),
                    3 => format!("{city} State University"),
                    _ => format!("{} College {city}", self.pick("sur")),
                };
                (text, body)
            }
            "council" => {
                let text = match self.chance.below(4) {
                    0 => format!("{} City Council", self.city()),
                    1 => format!("{} County Council", self.pick("county")),
                    2 => format!("{} Council", self.pick("district")),
                    _ => format!("{} Borough Council", self.city()),
                };
                (text, body)
            }
            "committee" => {
                let topic = self.pick("topic");
                (
                    format!("{topic} {}", self.one(&["Committee", "Select Committee"])),
                    body,
                )
            }
            "body" => {
                let topic = self.pick("topic");
                let text = match self.chance.below(10) {
                    0 => format!("Institute for {topic} Studies"),
                    1 => format!("{topic} Association"),
                    2 => format!("National {topic} Council"),
                    3 => format!("Campaign for {topic}"),
                    4 => format!("Centre for {topic} Research"),
                    5 => format!("Independent Office for {topic}"),
                    6 => format!("{topic} and {} Agency", self.pick("topic")),
                    7 => format!("{} {topic} Union", self.pick("country")),
                    8 => format!("British {topic} Foundation"),
                    _ => format!("{topic} Standards Authority"),
                };
                *acronym = text
                    .split(' ')
                    .filter_map(|w| w.chars().next())
                    .filter(|c| c.is_uppercase())
                    .collect();
                (text, body)
            }
            "acr" => {
                let count = 3 + self.chance.below(3);
                let text = if acronym.is_empty() {
                    self.letters(count)
                } else {
                    std::mem::take(acronym)
                };
                (text, body)
            }
            "ministry" if self.chance.below(2) == 0 => {
                let topic = self.pick("topic");
                let text = match self.chance.below(4) {
                    0 => format!("Ministry of {topic}"),
                    1 => format!("Department for {topic}"),
                    2 => format!("Department of {topic}"),
                    _ => format!("{topic} Ministry"),
                };
                (text, body)
            }
            "firm" => {
                let (a, b) = (self.pick("sur"), self.pick("sur"));
                let text = match self.chance.below(4) {
                    0 => format!("{a} & {b}"),
                    1 => format!("{a} {b} Solicitors"),
                    2 => format!("{a} and {b}"),
                    _ => format!("{a} {b} LLP"),
                };
                (text, body)
            }
            "company" if self.chance.below(3) == 0 => {
                let first = if self.chance.below(2) == 0 {
                    self.pick("sur")
                } else {
                    self.city()
                };
                let end = self.one(&[
                    "Group", "Holdings", "plc", "Ltd", "Inc", "Energy", "Water", "Motors",
                    "Airlines", "Bank", "Foods", "Media", "Pharma", "Systems",
                ]);
                (format!("{first} {end}"), body)
            }
            "club" if self.chance.below(3) == 0 => {
                let city = self.city();
                let text = match self.chance.below(8) {
                    0 => format!("AFC {city}"),
                    1 => city,
                    _ => format!(
                        "{city} {}",
                        self.one(&[
                            "United",
                            "City",
                            "Town",
                            "Rovers",
                            "Athletic",
                            "Wanderers",
                            "FC"
                        ])
                    ),
                };
                (text, body)
            }
            "newspaper" if self.chance.below(3) == 0 => {
                let city = self.city();
                (
                    format!(
                        "{city} {}",
                        self.one(&[
                            "Evening Post",
                            "Gazette",
                            "Herald",
                            "Times",
                            "Echo",
                            "Post",
                            "Mail"
                        ])
                    ),
                    body,
                )
            }
            "event" => {
                let text = match self.chance.below(11) {
                    8 => format!("Cyclone {}", self.pick("fore")),
                    9 => format!("Typhoon {}", self.pick("sur")),
                    10 => format!("{} Cup", self.city()),
                    0 => format!("Hurricane {}", self.pick("fore")),
                    1 => format!("Storm {}", self.pick("fore")),
                    2 => format!("{} Marathon", self.city()),
                    3 => "World Cup".to_owned(),
                    4 => format!("{} Film Festival", self.city()),
                    5 => format!("{} Open", self.city()),
                    6 => "Olympic Games".to_owned(),
                    _ => format!("Battle of {}", self.city()),
                };
                (text, vec![EVENT])
            }
            "law" => {
                let topic = self.pick("topic");
                (
                    format!(
                        "{topic} {}",
                        self.one(&["Act", "Bill", "Act 2003", "Act 1984"])
                    ),
                    vec![OTHER],
                )
            }
            "site" | "stadium" => (self.pick(slot), either),
            _ => (self.pick(slot), body),
        }
    }

    /// Words that fill a slot without being a name, except for peoples.
    fn plain(&mut self, slot: &str) -> String {
        match slot {
            "number" => (18 + self.chance.below(70)).to_string(),
            "beat" => self
                .one(&[
                    "political",
                    "home affairs",
                    "policing",
                    "economics",
                    "security",
                    "royal",
                    "business",
                ])
                .to_owned(),
            "direction" => self
                .one(&[
                    "south",
                    "north",
                    "east",
                    "west",
                    "south-east",
                    "north London,",
                    "central",
                    "southeast",
                ])
                .trim_end_matches(" London,")
                .to_owned(),
            "Role" => capital(&self.pick("role")),
            "Hon" => self.pick("hon"),
            "news agency" => self.one(&["Reuters", "AP", "AFP"]).to_owned(),
            _ => self.pick(slot),
        }
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Fills every sentence `times` times.
pub(crate) fn training(seeds: &Path, times: usize, seed: u64) -> io::Result<Vec<Marked>> {
    let mut filler = Filler::new(seeds, seed)?;
    let mut out = Vec::new();
    for line in SENTENCES
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
    {
        let fixed = !line.contains(['{', '<', '[']);
        for _ in 0..if fixed { 6 } else { times } {
            out.extend(fill(&mut filler, line));
        }
    }
    Ok(out)
}

/// One sentence filled once.
fn fill(filler: &mut Filler, line: &str) -> Option<Marked> {
    let mut text = String::new();
    let mut spans: Vec<(usize, usize, Vec<usize>)> = Vec::new();
    let mut acronym = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '<', '[']) {
        text.push_str(&rest[..at]);
        let close = match rest.as_bytes()[at] {
            b'{' => '}',
            b'<' => '>',
            _ => ']',
        };
        let end = at + rest[at..].find(close)?;
        let slot = &rest[at + 1..end];
        let from = text.len();
        let kinds = match close {
            '}' => {
                let (name, kinds) = filler.slot(slot, &mut acronym);
                text.push_str(&name);
                kinds
            }
            '>' => {
                let word = filler.plain(slot);
                text.push_str(&word);
                if matches!(slot, "dem" | "people") {
                    vec![OTHER]
                } else {
                    Vec::new()
                }
            }
            _ => {
                let (kind, name) = slot.split_once(' ')?;
                text.push_str(name);
                vec![match kind {
                    "PER" => PERSON,
                    "ORG" => ORGANISATION,
                    "LOC" => PLACE,
                    "EVENT" => EVENT,
                    _ => OTHER,
                }]
            }
        };
        if !kinds.is_empty() {
            spans.push((from, text.len(), kinds));
        }
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    let sentences = Reader::embedded().tokenize(&text);
    let [sentence] = sentences.as_slice() else {
        return None;
    };
    let mut names = Vec::new();
    for (start, end, kinds) in spans {
        let from = sentence
            .tokens
            .iter()
            .position(|t| t.span.start() == start)?;
        let to = sentence.tokens.iter().position(|t| t.span.end() == end)?;
        names.push((from, to + 1, kinds));
    }
    let words = sentence
        .tokens
        .iter()
        .map(|t| t.span.slice(&text).to_owned())
        .collect();
    Some(mark(words, &names, &[], &[]))
}
