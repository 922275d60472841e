//! Named chains made ready for comparison, and the company they keep.
//!
//! In: extractions in any order. Out: [`Units`] in an order that depends on content alone, with the forms of each name and
//! what else its document names. Refuses: chains without a name, which stay within their document.

use super::kept::{Kept, WordNo};
use super::name;
use super::{ByDocument, ChainId, DocumentNo, Rulings, ranks};
use crate::claim::{Claim, ClaimKind, Extraction, Filler};
use crate::mention::{self, Gender, MentionKind};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Index of a [`Unit`].
pub(super) type UnitId = u32;

/// A named chain of one document.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Rank of its document in the order of content.
    pub rank: u32,
    /// Its chain.
    pub chain: ChainId,
    /// What it is, after the kinds that documents give to one name are settled.
    pub kind: MentionKind,
    /// Fullest name in the document.
    pub name: WordNo,
    /// Every name form seen, with how often.
    pub forms: Forms,
    /// Gender shown.
    pub gender: Option<Gender>,
    /// Roles its document gives it, as role and organisation in words.
    pub roles: BTreeSet<String>,
    /// Feature of its own name, left out when company is compared.
    pub own: u32,
}

/// Forms of a name with how often each is used. There are few, of millions of names: two have their place in the unit itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms(SmallVec<[Form; 2]>);

/// A form of a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// As written.
    pub name: WordNo,
    /// How often it is used.
    pub uses: u32,
    /// Whether it begins with a title ("Ms Pike").
    pub titled: bool,
}

impl Forms {
    /// Counts a form `n` times more; 0 only notes that it is used.
    fn add(&mut self, name: WordNo, titled: bool, n: u32) {
        let same = |f: &&mut Form| f.name == name && f.titled == titled;
        match self.0.iter_mut().find(same) {
            Some(form) => form.uses += n,
            None => self.0.push(Form {
                name,
                uses: n,
                titled,
            }),
        }
    }

    /// The number of a form, which mostly is one that is known of the chain.
    fn keep(&self, form: &str, names: &mut Kept) -> WordNo {
        let known = self.0.iter().find(|f| names.get(f.name) == form);
        known.map_or_else(|| names.keep(form), |f| f.name)
    }

    /// Each form without a title.
    pub(super) fn plain(&self) -> impl Iterator<Item = Form> {
        self.0.iter().copied().filter(|f| !f.titled)
    }

    /// Each form with a title.
    pub(super) fn titled(&self) -> impl Iterator<Item = Form> {
        self.0.iter().copied().filter(|f| f.titled)
    }
}

/// All named chains, sorted by document content and chain, with the features of their documents.
pub(super) struct Units {
    /// The chains.
    pub all: Vec<Unit>,
    /// Names as written.
    pub names: Kept,
    /// Content hash of each document by rank, and the chain within it, name a unit for ever.
    hashes: Vec<String>,
    /// Input number of the document of each rank.
    pub documents: Vec<DocumentNo>,
    /// Features (names) of each document by rank, sorted.
    pub company: Vec<Vec<u32>>,
    /// Weight of each feature: rare names tell more.
    pub weight: Vec<f32>,
    /// Each feature in words.
    features: Vec<String>,
    /// First unit of the document of each rank, and the end of all.
    first: Vec<UnitId>,
}

/// The names in the documents that name something.
pub(super) enum Company {
    /// Of the document of that rank alone, as for most: it has the list.
    Of(u32),
    /// Of several documents.
    All(FxHashSet<u32>),
}

impl Company {
    /// The company of several units.
    pub(super) fn of(units: &Units, members: &[UnitId]) -> Self {
        let all = members
            .iter()
            .flat_map(|&u| units.around(units.get(u).rank));
        Self::All(all.copied().collect())
    }

    /// Adds that of one more document.
    pub(super) fn add(&mut self, units: &Units, rank: u32) {
        match self {
            Self::Of(own) if *own == rank => {}
            Self::Of(own) => {
                let both = units.around(*own).iter().chain(units.around(rank));
                *self = Self::All(both.copied().collect());
            }
            Self::All(all) => all.extend(units.around(rank)),
        }
    }

    /// Takes in another.
    pub(super) fn absorb(&mut self, units: &Units, other: Self) {
        match other {
            Self::Of(rank) => self.add(units, rank),
            Self::All(mut all) => {
                all.extend(self.iter(units));
                *self = Self::All(all);
            }
        }
    }

    /// Whether a feature is in it.
    pub(super) fn has(&self, units: &Units, feature: u32) -> bool {
        match self {
            Self::Of(rank) => units.around(*rank).binary_search(&feature).is_ok(),
            Self::All(all) => all.contains(&feature),
        }
    }

    /// Its features, each once, in no order.
    pub(super) fn iter<'a>(&'a self, units: &'a Units) -> impl Iterator<Item = u32> + 'a {
        let (one, all) = match self {
            Self::Of(rank) => (units.around(*rank), None),
            Self::All(all) => (&[][..], Some(all)),
        };
        one.iter().chain(all.into_iter().flatten()).copied()
    }
}

/// Order of documents by content.
fn order(extractions: &[Extraction]) -> Vec<DocumentNo> {
    let mut order: Vec<DocumentNo> = (0..extractions.len() as DocumentNo).collect();
    order.sort_by_cached_key(|&no| {
        let document = &extractions[no as usize].document;
        (document.id().hex(), document.source())
    });
    order
}

impl Units {
    /// Gathers the named chains of all documents.
    pub(super) fn gather(extractions: &[Extraction], rulings: &Rulings) -> Self {
        let documents = order(extractions);
        let mut names = Kept::default();
        let mut read = ByDocument::new();
        for ((x, rank), no) in extractions.iter().zip(ranks(&documents)).zip(0..) {
            let roles = roles(x, no, rulings);
            read.all.extend(units_of(x, rank, &roles, &mut names));
            read.end();
        }
        settle_kinds(&mut read.all, &names);
        if !rulings.retyped.is_empty() {
            for unit in &mut read.all {
                let at = (documents[unit.rank as usize], unit.chain);
                unit.kind = rulings.retyped.get(&at).copied().unwrap_or(unit.kind);
            }
        }
        let keys = name_features(&mut read.all, &names);
        let (mut all, first) = read.in_order(&documents);
        let (company, weight, features) = company(&mut all, &keys, documents.len());
        let hashes = documents
            .iter()
            .map(|&no| extractions[no as usize].document.id().hex().to_owned())
            .collect();
        Self {
            all,
            names,
            hashes,
            documents,
            company,
            weight,
            features,
            first,
        }
    }

    /// Notes which documents tell one story: to be told of in it is company too, though not enough of it alone.
    pub(super) fn note_stories(&mut self, story: &[u32]) {
        let mut tellers: Vec<(u32, usize)> = story.iter().copied().zip(0..).collect();
        tellers.sort_unstable();
        for ranks in tellers.chunk_by(|a, b| a.0 == b.0).filter(|r| r.len() > 1) {
            let feature = self.features.len() as u32;
            self.features.push("story one story".to_owned());
            self.weight.push(0.5);
            for &(_, rank) in ranks {
                self.company[rank].push(feature);
            }
        }
    }

    /// A feature in words.
    pub(super) fn feature(&self, feature: u32) -> &str {
        let words = self.features[feature as usize].as_str();
        words.split_once(' ').map_or(words, |(_, name)| name)
    }

    /// The unit with this number.
    pub(super) fn get(&self, unit: UnitId) -> &Unit {
        &self.all[unit as usize]
    }

    /// The fullest name that its document gives the unit with this number.
    pub(super) fn name(&self, unit: UnitId) -> &str {
        self.names.get(self.get(unit).name)
    }

    /// Whether its document calls the unit so.
    pub(super) fn bears(&self, unit: UnitId, form: &str) -> bool {
        let u = self.get(unit);
        self.names.find(form).is_some_and(|form| {
            let mut forms = u.forms.0.iter();
            u.name == form || forms.any(|f| f.name == form)
        })
    }

    /// Features of the document of that rank, sorted.
    pub(super) fn around(&self, rank: u32) -> &[u32] {
        &self.company[rank as usize]
    }

    /// The units of the document of that rank, by chain.
    pub(super) fn of_document(&self, rank: u32) -> Range<UnitId> {
        self.first[rank as usize]..self.first[rank as usize + 1]
    }

    /// The unit of a chain of the document of that rank.
    pub(super) fn of_chain(&self, rank: u32, chain: ChainId) -> Option<UnitId> {
        let here = self.of_document(rank);
        let units = &self.all[here.start as usize..here.end as usize];
        let at = units.binary_search_by_key(&chain, |u| u.chain).ok()?;
        Some(here.start + at as UnitId)
    }

    /// Where it stands: document and chain.
    pub(super) fn at(&self, unit: UnitId) -> (DocumentNo, ChainId) {
        let u = self.get(unit);
        (self.documents[u.rank as usize], u.chain)
    }

    /// What names a unit whatever else there is: its document's hash and its number there.
    pub(super) fn content(&self, unit: UnitId) -> String {
        let u = self.get(unit);
        format!("{} {}", self.hashes[u.rank as usize], u.chain)
    }

    /// How much the company of a unit's document shares with some other company, its own name and the other's left out; 1 is
    /// about two rare names.
    pub(super) fn overlap(&self, unit: UnitId, other: &Company, without: &[u32]) -> f32 {
        let u = self.get(unit);
        self.around(u.rank)
            .iter()
            .filter(|f| **f != u.own && !without.contains(f) && other.has(self, **f))
            .map(|&f| self.weight[f as usize])
            .sum()
    }
}

impl Unit {
    /// Reads the forms of the name off the mentions, and the words of a title or role that stand right before them.
    fn read_forms(&mut self, x: &Extraction, names: &mut Kept) {
        let forms = &mut self.forms;
        forms.add(self.name, false, 1);
        let mut note = |form: &str, titled: bool, n: u32| {
            let form = forms.keep(form, names);
            forms.add(form, titled, n);
        };
        let text = x.document.text();
        for &m in &x.mentions.chains[self.chain as usize].mentions {
            let Some(mention) = x.mentions.mentions.get(m as usize) else {
                continue;
            };
            if mention.form != mention::Form::Name {
                continue;
            }
            let form = name::display(x.document.slice(mention.span));
            if form.is_empty() {
                continue;
            }
            let mut start = mention.span.start();
            if let Some(honorific) = mention.honorific {
                start = honorific.start();
                let titled = &text[start.min(mention.span.start())..mention.span.end()];
                note(&name::display(titled), true, 1);
            }
            if let Some(before) = title_before(x, m, start) {
                note(&name::display(&text[before..mention.span.end()]), false, 0);
            }
            if mention.kind == MentionKind::Organisation && text[..start].ends_with("the ") {
                note(&format!("the {form}"), false, 0);
            }
            note(&form, false, 1);
        }
    }
}

/// Start of the role words, in title case, that stand right before a name ("Harbour Master Ada Pike").
fn title_before(x: &Extraction, mention: u32, start: usize) -> Option<usize> {
    let text = x.document.text();
    x.claims.iter().find_map(|claim| {
        let span = claim.role.as_ref()?.span;
        let holder = matches!(claim.slot("member"), Some(Filler::Mention(m)) if *m == mention);
        let touches = span.end() < start && text[span.end()..start].trim().is_empty();
        let title = text[span.range()]
            .chars()
            .next()
            .is_some_and(char::is_uppercase);
        (holder && touches && title).then_some(span.start())
    })
}

/// Roles of each chain of a document, in words.
fn roles(x: &Extraction, no: DocumentNo, rulings: &Rulings) -> BTreeMap<ChainId, BTreeSet<String>> {
    let chain_of = |filler: Option<&Filler>| match filler {
        Some(Filler::Mention(m)) => x.mentions.mentions.get(*m as usize).map(|m| m.chain),
        _ => None,
    };
    let mut out: BTreeMap<ChainId, BTreeSet<String>> = BTreeMap::new();
    let held = |index: usize, c: &Claim| {
        c.kind == ClaimKind::Role && c.is_fact() && !rulings.rejected.contains(&(no, index as u32))
    };
    for (_, claim) in x.claims.iter().enumerate().filter(|(i, c)| held(*i, c)) {
        let Some(member) = chain_of(claim.slot("member")) else {
            continue;
        };
        let role = claim.role.as_ref().map(|r| {
            r.concept
                .clone()
                .unwrap_or_else(|| name::words(x.document.slice(r.span)).join(" "))
        });
        let body = chain_of(claim.slot("organization"))
            .and_then(|c| x.mentions.chains.get(c as usize)?.name.as_deref())
            .map(name::body_key);
        let entry = out.entry(member).or_default();
        entry.extend(role.map(|r| format!("role {r}")));
        entry.extend(body.map(|b| format!("body {b}")));
    }
    out
}

/// The named chains of a document.
fn units_of(
    x: &Extraction,
    rank: u32,
    roles: &BTreeMap<ChainId, BTreeSet<String>>,
    names: &mut Kept,
) -> Vec<Unit> {
    let mut units = Vec::with_capacity(x.mentions.chains.len());
    for (chain, c) in x.mentions.chains.iter().enumerate() {
        let named = c.name.as_deref().map(name::display);
        let Some(name) = named.filter(|n| !n.is_empty()) else {
            continue;
        };
        if !matches!(
            c.kind,
            MentionKind::Person
                | MentionKind::Organisation
                | MentionKind::Place
                | MentionKind::Facility
        ) {
            continue;
        }
        let name = names.keep(&name);
        let mut unit = Unit {
            rank,
            chain: chain as ChainId,
            kind: c.kind,
            name,
            forms: Forms::default(),
            gender: c.gender,
            roles: roles.get(&(chain as ChainId)).cloned().unwrap_or_default(),
            own: 0,
        };
        unit.read_forms(x, names);
        units.push(unit);
    }
    units
}

/// Gives every name one kind where documents disagree and one of them must have misread.
fn settle_kinds(units: &mut [Unit], names: &Kept) {
    use MentionKind::{Facility, Organisation, Person, Place};
    let mut keys = Kept::default();
    let kinds = [Person, Organisation, Place, Facility];
    let index = |kind| kinds.iter().position(|k| *k == kind);
    let mut counts: Vec<[usize; 4]> = Vec::new();
    let mut key_of: Vec<Option<usize>> = vec![None; names.len()];
    for unit in units.iter() {
        let key = *key_of[unit.name as usize].get_or_insert_with(|| {
            let key = name::place_key(names.get(unit.name));
            keys.keep(&key) as usize
        });
        if key == counts.len() {
            counts.push([0; 4]);
        }
        if let Some(kind) = index(unit.kind) {
            counts[key][kind] += 1;
        }
    }
    for unit in units {
        let counted = key_of[unit.name as usize].map_or([0; 4], |key| counts[key]);
        let n = |kind| index(kind).map_or(0, |kind| counted[kind]);
        let several_words = || names.get(unit.name).contains(' ');
        // A building that acts is a facility; a name of several words is rarely two things at once.
        unit.kind = match unit.kind {
            Place if n(Facility) >= n(Place) => Facility,
            Facility if n(Place) > n(Facility) && n(Organisation) <= n(Facility) => Place,
            Organisation if n(Facility) >= n(Organisation) => Facility,
            Facility if n(Organisation) > n(Facility) => Organisation,
            Place if several_words() && n(Organisation) >= 3 * n(Place) => Organisation,
            Organisation if several_words() && n(Place) >= 3 * n(Organisation) => Place,
            Person if several_words() && n(Organisation) >= 3 * n(Person) => Organisation,
            Person if several_words() && n(Place) >= 3 * n(Person) => Place,
            Organisation | Place if several_words() && n(Person) >= 3 * n(unit.kind) => Person,
            kind => kind,
        };
    }
}

/// Gives each unit the number of its name among all names, in no lasting order, and returns the names.
fn name_features(units: &mut [Unit], names: &Kept) -> Kept {
    let mut keys = Kept::default();
    // For each name as written, its feature as a person, a body and a place.
    let mut known: Vec<[Option<u32>; 3]> = vec![[None; 3]; names.len()];
    for unit in units {
        let sort = match unit.kind {
            MentionKind::Person => 0,
            MentionKind::Organisation => 1,
            _ => 2,
        };
        let feature = known[unit.name as usize][sort].get_or_insert_with(|| {
            let name = names.get(unit.name);
            let key = match sort {
                0 => format!("person {}", name::words(name).join(" ")),
                1 => format!("body {}", name::body_key(name)),
                _ => format!("place {}", name::place_key(name)),
            };
            keys.keep(&key)
        });
        unit.own = *feature;
    }
    keys
}

/// Features of each document (the names in it) and the weight of each feature; numbered anew in the order of content.
fn company(
    units: &mut [Unit],
    keys: &Kept,
    documents: usize,
) -> (Vec<Vec<u32>>, Vec<f32>, Vec<String>) {
    let mut numbers: Vec<Option<u32>> = vec![None; keys.len()];
    let mut features: Vec<String> = Vec::with_capacity(keys.len());
    let mut company: Vec<Vec<u32>> = vec![Vec::new(); documents];
    for of_document in units.chunk_by_mut(|a, b| a.rank == b.rank) {
        // Room for the story too.
        let mut own = Vec::with_capacity(of_document.len() + 1);
        for unit in of_document.iter_mut() {
            let old = unit.own as usize;
            unit.own = *numbers[old].get_or_insert_with(|| {
                features.push(keys.get(unit.own).to_owned());
                features.len() as u32 - 1
            });
            own.push(unit.own);
        }
        company[of_document[0].rank as usize] = own;
    }
    let mut frequency = vec![0u32; features.len()];
    for own in &mut company {
        own.sort_unstable();
        own.dedup();
        for &f in own.iter() {
            frequency[f as usize] += 1;
        }
    }
    // In a handful of documents no name is rare yet all may tell: count as if among fifty. Places tell half.
    let n = documents.max(50) as f32;
    let weight = frequency
        .iter()
        .zip(&features)
        .map(|(&df, key)| {
            let share = if key.starts_with("place ") { 0.5 } else { 1.0 };
            share * (1.0 + n / df.max(1) as f32).ln() / (1.0 + n).ln()
        })
        .collect();
    (company, weight, features)
}
