//! Event claims made ready for comparison.
//!
//! In: claims of kind `Event` and the resolved entities. Out: [`Reading`]s: class, participants by slot, places, time,
//! reality and how the text refers to the event. Refuses: nothing; what cannot be compared has no tie.

use super::few::Few;
use super::kept::{Kept, WordNo};
use super::office::Meant;
use super::{ByDocument, ChainId, DocumentNo, EntityId, Resolution, name, ranks, turn};
use crate::claim::{Claim, ClaimKind, Extraction, Filler, Modality, Polarity};
use crate::mention::{Form, MentionId, MentionKind, Precision, TimeValue};
use crate::schema::Schema;
use english::Upos;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

/// Number of a class among those that readings have, in the order of their IRIs.
pub(super) type ClassNo = u32;
/// Number of a slot among those that readings have, in the order of their names.
pub(super) type Slot = u16;

/// The word of a trigger that the text does not have.
const NO_WORD: WordNo = 0;

/// Index of a reading.
pub(super) type ReadingId = u32;

/// Words before a noun that make it another than the one before.
const OTHER: [&str; 14] = [
    "another", "other", "previous", "earlier", "past", "second", "third", "further", "fresh",
    "separate", "similar", "future", "new", "next",
];

/// Under this the people among the objects stand once more: what is done to one is not what is done to another, while of
/// bodies and things several may be meant at once.
pub(super) const ONE_PERSON: &str = "object person";

/// How real a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reality {
    /// Stated as fact.
    Actual,
    /// Charged, not proven.
    Alleged,
    /// May be.
    Possible,
    /// Is to be.
    Planned,
    /// Denied.
    Denied,
}

/// How the text points at the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reference {
    /// A verb, or a noun without article.
    Plain,
    /// "The", "this", "its": one that the reader knows.
    Definite,
    /// "Another", "previous": not the one before.
    Other,
}

/// One event claim. Classes, slots and words are numbers here: comparing a million readings is mostly a matter of how near
/// in memory what they hold is.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// Rank of its document in the order of content.
    pub rank: u32,
    /// Where the claim stands in the input.
    pub at: (DocumentNo, u32),
    /// Its class.
    pub class: ClassNo,
    /// How real.
    pub reality: Reality,
    /// How it is pointed at.
    pub reference: Reference,
    /// Lemma of the trigger.
    pub trigger: WordNo,
    /// Named participants by slot.
    pub named: Few<(Slot, EntityId)>,
    /// All named participants.
    pub participants: Few<EntityId>,
    /// Head words of unnamed participants by slot.
    pub words: Few<(Slot, WordNo), 2>,
    /// Ages by which unnamed participants are described, by slot ("a 36-year-old climber").
    pub ages: Few<(Slot, u16), 1>,
    /// Places, by entity.
    pub places: Few<EntityId>,
    /// Bounds of its time.
    pub time: Option<(Date, Date)>,
    /// Its time as read, settled or not.
    pub value: Option<TimeValue>,
    /// Sentence.
    pub sentence: u32,
    /// Number of the set of sentences that copy its own.
    pub copies: Option<u32>,
    /// Everybody and everything with a node that its sentence names.
    pub around: Few<EntityId>,
    /// Lemmas of the nouns and verbs of its sentence, the trigger left out.
    pub wording: Few<WordNo, 1>,
    /// Lemma of the trigger's object.
    pub theme: Option<WordNo>,
    /// For acts of saying: number of the turn that it begins or goes on with, in its document.
    pub turn: u32,
    /// For acts of saying: the words of its turn.
    pub said: Option<Box<Said>>,
    /// Whether it is told with a pronoun for the speaker ("she added").
    pub by_pronoun: bool,
    /// Whether the trigger is a noun.
    pub noun: bool,
}

/// The words of a turn, as hashes of runs of three, sorted.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// Those within quotation marks.
    pub quoted: Vec<u64>,
    /// All.
    pub spoken: Vec<u64>,
}

/// The readings of all event claims, in the order of content.
pub(super) struct Readings {
    /// The readings.
    pub all: Vec<Reading>,
    /// What their numbers stand for.
    pub terms: Terms,
}

/// What the numbers in readings stand for.
pub(super) struct Terms {
    /// IRIs, sorted.
    pub classes: Vec<String>,
    /// Names, sorted.
    pub slots: Vec<String>,
    words: Kept,
}

impl Terms {
    /// The classes and slots of all event claims, and of words only [`NO_WORD`].
    fn of(extractions: &[Extraction]) -> Self {
        let (mut classes, mut slots) = (FxHashSet::default(), FxHashSet::default());
        slots.extend([ONE_PERSON, "speaker"]);
        for claim in extractions.iter().flat_map(|x| &x.claims) {
            if claim.kind == ClaimKind::Event {
                classes.insert(claim.frame.as_str());
                slots.extend(claim.slots.iter().map(|s| s.name.as_str()));
            }
        }
        let sorted = |set: FxHashSet<&str>| {
            let mut all: Vec<String> = set.into_iter().map(str::to_owned).collect();
            all.sort_unstable();
            all
        };
        let mut words = Kept::default();
        words.keep("");
        Self {
            classes: sorted(classes),
            slots: sorted(slots),
            words,
        }
    }

    /// IRI of the class of a reading.
    pub(super) fn class(&self, reading: &Reading) -> &str {
        &self.classes[reading.class as usize]
    }

    /// The number of a slot, if some reading fills it.
    pub(super) fn slot(&self, name: &str) -> Option<Slot> {
        let at = self.slots.binary_search_by(|s| s.as_str().cmp(name)).ok()?;
        Some(at as Slot)
    }

    /// A word.
    pub(super) fn word(&self, word: WordNo) -> &str {
        self.words.get(word)
    }
}

/// Reads all event claims.
pub(super) fn gather(
    extractions: &[Extraction],
    order: &[DocumentNo],
    schema: &Schema,
    meant: &Meant,
    resolution: &Resolution,
) -> Readings {
    let mut terms = Terms::of(extractions);
    let classes: FxHashMap<String, ClassNo> = terms.classes.iter().cloned().zip(0..).collect();
    let mut readings = ByDocument::new();
    for ((x, rank), no) in extractions.iter().zip(ranks(order)).zip(0..) {
        // Looked up once for the document: a tree of all documents' chains is slow to walk for each mention.
        let nodes: Nodes = resolution
            .entity_of
            .range((no, 0)..=(no, ChainId::MAX))
            .map(|(&(_, chain), &entity)| (chain, entity))
            .collect();
        for (index, claim) in x.claims.iter().enumerate() {
            let at = (no, index as u32);
            if claim.kind == ClaimKind::Event && !resolution.rejected.contains(&at) {
                let class = classes[&claim.frame];
                let reading = Reading::new(x, claim, class, rank, at);
                readings.all.push(read(
                    x, claim, meant, resolution, &nodes, &mut terms, reading,
                ));
            }
        }
        turn::take(x, schema, &terms, readings.present());
        readings.end();
    }
    Readings {
        all: readings.in_order(order).0,
        terms,
    }
}

/// The chains of a document that have an entity, sorted.
type Nodes = Vec<(ChainId, EntityId)>;

/// The entity of a chain.
fn node(nodes: &Nodes, chain: ChainId) -> Option<EntityId> {
    let at = nodes.binary_search_by_key(&chain, |n| n.0).ok()?;
    Some(nodes[at].1)
}

impl Reading {
    /// What the claim says by itself.
    fn new(
        x: &Extraction,
        claim: &Claim,
        class: ClassNo,
        rank: u32,
        at: (DocumentNo, u32),
    ) -> Self {
        let value = claim
            .time
            .and_then(|t| x.mentions.times.get(t as usize))
            .map(|t| t.value.clone());
        let settled = value
            .as_ref()
            .filter(|v| v.precision != Precision::Unresolved);
        Self {
            rank,
            at,
            class,
            reality: match (claim.polarity, claim.modality) {
                (Polarity::Negated, _) => Reality::Denied,
                (_, Modality::Actual) => Reality::Actual,
                (_, Modality::Alleged) => Reality::Alleged,
                (_, Modality::Possible) => Reality::Possible,
                (_, Modality::Planned) => Reality::Planned,
            },
            reference: Reference::Plain,
            trigger: NO_WORD,
            named: Few::default(),
            participants: Few::default(),
            words: Few::default(),
            ages: Few::default(),
            places: Few::default(),
            time: settled.and_then(|v| Some((v.earliest?, v.latest?))),
            value,
            sentence: claim.evidence().sentence,
            copies: None,
            around: Few::default(),
            wording: Few::default(),
            theme: None,
            turn: at.1,
            said: None,
            by_pronoun: false,
            noun: false,
        }
    }
}

/// Reads the slots, the words and the sentence of a claim.
fn read(
    x: &Extraction,
    claim: &Claim,
    meant: &Meant,
    resolution: &Resolution,
    nodes: &Nodes,
    terms: &mut Terms,
    mut reading: Reading,
) -> Reading {
    let no = reading.at.0;
    let entity = |m: MentionId| {
        let chain = x.mentions.mentions.get(m as usize)?.chain;
        node(nodes, chain).or_else(|| Some(meant.get(&(no, chain))?.entity))
    };
    for filled in &claim.slots {
        let Some(slot) = terms.slot(&filled.name) else {
            continue;
        };
        if let (Filler::Mention(m), "speaker") = (&filled.filler, filled.name.as_str())
            && let Some(mention) = x.mentions.mentions.get(*m as usize)
        {
            reading.by_pronoun |= mention.form == Form::Pronoun;
        }
        let word = match &filled.filler {
            Filler::Mention(m) => match entity(*m) {
                Some(e) if filled.name == "place" => {
                    reading.places.insert(e);
                    continue;
                }
                Some(e) => {
                    if filled.name == "object"
                        && resolution.entities[e as usize].kind == MentionKind::Person
                        && let Some(one) = terms.slot(ONE_PERSON)
                    {
                        reading.named.insert((one, e));
                    }
                    reading.named.insert((slot, e));
                    continue;
                }
                None => x.mentions.mentions.get(*m as usize).map(|m| {
                    if let Some(age) = age(x.document.slice(m.span)) {
                        reading.ages.insert((slot, age));
                    }
                    let token = x
                        .mentions
                        .sentences
                        .get(m.sentence as usize)
                        .and_then(|s| s.tokens.get(m.head as usize));
                    token.map_or_else(String::new, |t| t.lemma.to_lowercase())
                }),
            },
            Filler::Text(span) => name::words(x.document.slice(*span)).pop(),
            Filler::Event(other) => x
                .claims
                .get(*other as usize)
                .map(|c| crate::schema::vocab::local_name(&c.frame).to_lowercase()),
        };
        if let Some(word) = word.filter(|w| w.len() > 2) {
            reading.words.insert((slot, terms.words.keep(&word)));
        }
    }
    reading.participants = reading.named.iter().map(|f| f.1).collect();
    reading.copies = resolution.copies.get(&(no, reading.sentence)).copied();
    refer(x, claim, terms, &mut reading);
    let from = x
        .mentions
        .mentions
        .partition_point(|m| m.sentence < reading.sentence);
    reading.around = x.mentions.mentions[from..]
        .iter()
        .take_while(|m| m.sentence == reading.sentence)
        .filter_map(|m| node(nodes, m.chain))
        .collect();
    if let Some(sentence) = x.mentions.sentences.get(reading.sentence as usize) {
        reading.wording = sentence
            .tokens
            .iter()
            .filter(|t| matches!(t.upos, Upos::Noun | Upos::Verb | Upos::Adj))
            .map(|t| t.lemma.to_lowercase())
            .filter(|l| l.len() > 3)
            .map(|l| terms.words.keep(&l))
            .filter(|&l| l != reading.trigger)
            .collect();
    }
    reading
}

/// The age in a description: "a 36-year-old climber".
fn age(description: &str) -> Option<u16> {
    let (before, _) = description.split_once("-year-old")?;
    before.rsplit(' ').next()?.parse().ok()
}

/// Reads how the trigger points at its event.
fn refer(x: &Extraction, claim: &Claim, terms: &mut Terms, reading: &mut Reading) {
    let found = claim.evidence();
    let Some(sentence) = x.mentions.sentences.get(found.sentence as usize) else {
        return;
    };
    let Some(at) = sentence
        .tokens
        .iter()
        .position(|t| found.trigger.contains(t.span))
    else {
        return;
    };
    let token = &sentence.tokens[at];
    reading.trigger = terms.words.keep(&token.lemma.to_lowercase());
    reading.theme = sentence
        .children(at)
        .find(|&c| sentence.tokens[c].deprel == "obj")
        .map(|c| terms.words.keep(&sentence.tokens[c].lemma.to_lowercase()));
    if !matches!(token.upos, Upos::Noun | Upos::Propn) {
        return;
    }
    reading.noun = true;
    for child in sentence.children(at) {
        let word = sentence.tokens[child].lemma.to_lowercase();
        if OTHER.contains(&word.as_str()) {
            reading.reference = Reference::Other;
            return;
        }
        let definite = matches!(word.as_str(), "the" | "this" | "that" | "these" | "those")
            || sentence.tokens[child].deprel == "nmod:poss";
        if definite && child < at {
            reading.reference = Reference::Definite;
        }
    }
}
