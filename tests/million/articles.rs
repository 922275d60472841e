//! Made-up news in any quantity, the same in every run.
//!
//! In: how many articles. Out: records of `newsloom build --input-format jsonl`, whose people, bodies and places have
//! heavy-tailed frequencies, whose events are told by several papers, and whose strings are as awkward as the web's.

use crate::dice::Dice;
use jiff::civil::date;
use serde_json::json;
use std::fs;
use std::path::Path;

/// A number below `n`.
fn below(dice: &mut Dice, n: usize) -> usize {
    (dice.roll() * n as f64) as usize
}

/// One of them, the first ones by far the most often (Zipf).
fn often<'a>(dice: &mut Dice, of: &'a [String]) -> &'a str {
    &of[(of.len() as f64).powf(dice.roll()) as usize - 1]
}

/// What no label, sentence or title may trip over.
const AWKWARD: [&str; 12] = [
    "the \"so-called\" 'safe' zone",
    "a tag such as <b>bold</b> or <script>alert(1)</script>",
    "an IRI <https://example.org/?a=1&b=\"2\">",
    "a 🚒 and a family 👨\u{200d}👩\u{200d}👧",
    "the word שלום from right to left",
    "\u{202b}مرحبا بالعالم\u{202c} in its own direction",
    "a backslash \\n that is no newline and a C:\\temp\\new",
    "a tab\tin the middle",
    "a bell\u{7}, an escape\u{1b}[31m and a form feed\u{c}",
    "a line separator\u{2028}inside",
    "e\u{301} beside é and ﬁ",
    "100% of {braces}, $dollars, `ticks`, a|b; c, d",
];

const WHERE_AND_WHEN: [&str; 24] = [
    "{p}, the {r} of {o}, said on Monday that {n} officers had been sent to {c}.",
    "Police arrested {p} in {c} on {d}.",
    "{o} appointed {p} as {r} on {d}.",
    "{n} people were killed in an explosion in {c} on {d}, {o} said.",
    "More than {n} people were injured in a fire in {c} on {d}.",
    "{p} was born in {c}.",
    "{p} denied that {o} had bought {b}.",
    "“We will not be rushed,” said {p}, a spokesman for {o}, of {x}.",
    "Former {r} of {b} {q} criticised {p} in {c}.",
    "{o} bought {b} for £{n} million on {d}.",
    "{p} met {q} in {c} on {d}.",
    "{q}, who is {r} at {o}, resigned on {d}.",
    "{p} was charged with murder after a shooting in {c} on {d}.",
    "“They told us about {x},” {q} said.",
    "{o} may close its office in {c}.",
    "Up to {n} soldiers were deployed to {c} on {d} after a request by {o}.",
    "{p} is married to {q}.",
    "Around {n} protesters marched through {c} on {d} against {o}.",
    "{q} joined {b} as {r} in {y}.",
    "{b} announced that {n} staff would lose their jobs in {c}.",
    "{p} accused {o} of fraud.",
    "{o}, based in {c}, was founded by {p} in {y}.",
    "The {r} of {o}, {p}, won an award in {c} on {d}.",
    "{p} did not attack {q}, {o} said.",
];

const ROLES: [&str; 10] = [
    "chief executive",
    "chairman",
    "finance director",
    "chief constable",
    "president",
    "secretary general",
    "head coach",
    "editor",
    "general manager",
    "director",
];

/// The cast of all articles.
struct World {
    forenames: Vec<String>,
    surnames: Vec<String>,
    cities: Vec<String>,
    bodies: Vec<String>,
    papers: Vec<String>,
}

/// Every `step`th entry of a list of names, of plain letters only.
fn names(root: &Path, file: &str, step: usize) -> Vec<String> {
    let path = root.join("seeds/gazetteers").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .filter(|name| name.len() > 3 && name.chars().all(|c| c.is_ascii_alphabetic()))
        .step_by(step)
        .map(str::to_owned)
        .collect()
}

impl World {
    fn new(root: &Path) -> Self {
        let surnames = names(root, "surnames.tsv", 1);
        let cities = names(root, "cities.tsv", 11);
        let mut bodies = Vec::new();
        for (n, surname) in surnames.iter().enumerate() {
            match n % 5 {
                0 => bodies.push(format!("{surname} Bank")),
                1 => bodies.push(format!("{surname} Group")),
                2 => bodies.push(format!("{} Police", cities[n % cities.len()])),
                3 => bodies.push(format!("University of {}", cities[n % cities.len()])),
                _ => bodies.push(format!("{surname} Airlines")),
            }
        }
        let papers = cities
            .iter()
            .take(40)
            .map(|c| format!("{c} Herald"))
            .collect();
        Self {
            forenames: names(root, "forenames.tsv", 37),
            surnames,
            cities,
            bodies,
            papers,
        }
    }

    /// The people, bodies and place of one story.
    fn cast(&self, dice: &mut Dice) -> Vec<(char, String)> {
        let mut person = || {
            format!(
                "{} {}",
                often(dice, &self.forenames),
                often(dice, &self.surnames)
            )
        };
        let (p, q) = (person(), person());
        let (o, b) = (often(dice, &self.bodies), often(dice, &self.bodies));
        vec![
            ('p', p),
            ('q', q),
            ('o', o.to_owned()),
            ('b', b.to_owned()),
            ('c', often(dice, &self.cities).to_owned()),
        ]
    }
}

/// A sentence with its blanks filled.
fn fill(template: &str, cast: &[(char, String)], dice: &mut Dice) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let blank = after.chars().next().unwrap_or('x');
        match blank {
            'd' => {
                let (day, month) = (below(dice, 28) as i8 + 1, below(dice, 12) as i8 + 1);
                let day = date(2015 + below(dice, 9) as i16, month, day);
                out += &day.strftime("%-d %B %Y").to_string();
            }
            'n' => out += &(below(dice, 90) + 3).to_string(),
            'r' => out += ROLES[below(dice, ROLES.len())],
            'x' => out += AWKWARD[below(dice, AWKWARD.len())],
            'y' => out += &(1980 + below(dice, 40)).to_string(),
            who => out += cast.iter().find(|(c, _)| *c == who).map_or("", |(_, n)| n),
        }
        rest = &after[2..];
    }
    out + rest
}

/// Article number `n` as a record; every sixth tells the story before it again, in other words and figures.
fn article(world: &World, n: usize) -> String {
    let told = if n % 6 == 5 { n - 1 } else { n };
    let mut dice = Dice(told as u64 * 7919 + 1);
    dice.roll();
    let mut paragraphs = Vec::new();
    for _ in 0..5 {
        let cast = world.cast(&mut dice);
        let lines: Vec<String> = (0..4)
            .map(|_| fill(WHERE_AND_WHEN[below(&mut dice, 24)], &cast, &mut dice))
            .collect();
        paragraphs.push(lines.join(" "));
    }
    let mut dice = Dice(n as u64 * 104_729 + 3);
    dice.roll();
    if told != n {
        let number = (below(&mut dice, 90) + 3).to_string();
        for paragraph in &mut paragraphs {
            *paragraph =
                paragraph.replace("people were", &format!("and then {number} people were"));
        }
    }
    let mut title = format!("Story {n}: {}", AWKWARD[n % AWKWARD.len()]);
    if n.is_multiple_of(50) {
        title += &" and a very long title that goes on".repeat(200);
    }
    let (year, month, day) = (2015 + n % 9, n % 12 + 1, n % 28 + 1);
    json!({
        "id": format!("made-up/{n:06}.txt"),
        "title": title,
        "publisher": world.papers[below(&mut dice, world.papers.len())],
        "published": format!("{year}-{month:02}-{day:02}"),
        "text": paragraphs.join("\n\n"),
    })
    .to_string()
}

/// So many articles, one a line.
pub(crate) fn write(root: &Path, count: usize) -> String {
    let world = World::new(root);
    (0..count).map(|n| article(&world, n) + "\n").collect()
}
