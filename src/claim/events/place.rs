//! Where an event took place: from its own phrases, those of the verb that stages it, and a place before a noun.
//!
//! In: the drafts of a sentence. Out: their `place` slots. Refuses: datelines, seats of speakers, homes of people, places
//! inside names, and places of other clauses.

use super::{Draft, Held, slots::Reader};
use crate::claim::Filler;
use crate::claim::grammar::Tree;
use crate::mention::{Form, MentionId, MentionKind};
use crate::schema::{Gazetteer, Kinds, TriggerClass};
use english::Upos;

/// Prepositions that say where something is.
const WHERE: [&str; 16] = [
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "on",
    "off",
    "across",
    "throughout",
    "within",
    "around",
    "along",
    "beside",
    "over",
    "above",
    "opposite",
];

/// Gives each draft its places.
pub(super) fn assign(reader: &Reader<'_>, drafts: &mut [Draft<'_>], gazetteer: &Gazetteer) {
    let tokens: Vec<u32> = drafts.iter().map(|d| d.matched.token).collect();
    for draft in drafts.iter_mut() {
        let mut places = declared(reader, draft);
        if places.is_empty() {
            places = own(reader, draft, &tokens, gazetteer);
        }
        // "fell out over Europe": what it was about is not where.
        places.retain(|&id| {
            !draft.slots.iter().any(|(n, h)| {
                let against = n == "object" && !reader.tree.is_verb(draft.matched.token);
                (n == "topic" || against) && *h == Held::Filler(Filler::Mention(id))
            })
        });
        for id in places {
            let held = Held::Filler(Filler::Mention(id));
            if !draft.slots.iter().any(|(n, h)| *h == held && n == "place") {
                draft.slots.push(("place".to_owned(), held));
            }
        }
    }
}

/// Places on the paths that the frame itself gives.
fn declared(reader: &Reader<'_>, draft: &Draft<'_>) -> Vec<MentionId> {
    let mut out = Vec::new();
    for rule in draft
        .matched
        .frame
        .slots
        .iter()
        .filter(|r| r.name == "place" || r.name == "hasPlace")
    {
        for path in &rule.via {
            for token in reader
                .tree
                .walk(draft.matched.token, path, draft.matched.seen())
            {
                let Some(id) = reader.mention(token) else {
                    continue;
                };
                if reader.kinds_of(id, false).meets(Kinds::PLACE) {
                    let id = named(reader, token, id);
                    if !out.contains(&id) {
                        out.push(id);
                    }
                }
            }
            if !out.is_empty() {
                return out;
            }
        }
    }
    out
}

fn own(
    reader: &Reader<'_>,
    draft: &Draft<'_>,
    triggers: &[u32],
    gazetteer: &Gazetteer,
) -> Vec<MentionId> {
    let tree = reader.tree;
    let at = draft.matched.token;
    let speech = draft.matched.frame.speech;
    let mut out = phrases(reader, at, at);
    if out.is_empty() {
        for &other in &draft.matched.others {
            out.extend(phrases(reader, other, at));
        }
    }
    if speech {
        return out;
    }
    if tree.is_verb(at) && draft.matched.trigger.class != TriggerClass::Noun {
        if out.is_empty() {
            // The phrase hangs on the object, a neighbouring phrase or the predicate beside the verb.
            for c in tree
                .with_rel(at, &["obj", "obl", "xcomp", "advmod", "nsubj:pass"])
                .collect::<Vec<_>>()
            {
                let after = c > at && !tree.is_verb(c) && !triggers.contains(&c);
                let name = reader.mention(c).is_some_and(|m| {
                    reader.mentions.mentions[m as usize].form == Form::Name
                        && reader.mentions.mentions[m as usize].kind != MentionKind::Person
                });
                if after && !name && !tree.rel(c).ends_with("pass") {
                    // "urged policymakers in all countries" does not say where it was urged.
                    let somewhere = |id: &MentionId| tree.rel(c) != "obj" || reader.is_name(*id);
                    out.extend(phrases(reader, c, at).into_iter().filter(somewhere));
                    // "at the wheel of his car in Leeds", "found a hoard of coins in Kent"
                    if out.is_empty() && matches!(tree.rel(c), "obl" | "obj") {
                        for whose in tree.with_rel(c, &["nmod"]).collect::<Vec<_>>() {
                            if tree.preposition(whose).as_deref() == Some("of")
                                && tree.token(whose).upos == Upos::Noun
                                && !triggers.contains(&whose)
                            {
                                out.extend(
                                    phrases(reader, whose, at).into_iter().filter(somewhere),
                                );
                            }
                        }
                    }
                }
            }
        }
        // "shot and killed in Leeds"
        if out.is_empty() && at + 1 < tree.len() && matches!(tree.lemma(at + 1), "and" | ",") {
            let next = tree
                .with_rel(at, &["conj"])
                .find(|&c| tree.is_verb(c) && c <= at + 3 && tree.child(c, &["nsubj"]).is_none());
            if let Some(next) = next {
                out.extend(phrases(reader, next, at));
            }
        }
        // "Firefighters in Perth walked out", "A court in Lyon ordered it": where those of a common noun are who do it.
        if out.is_empty() {
            for subject in tree.subjects(at, None).into_iter().chain(
                tree.passive(at)
                    .then(|| tree.surface_subjects(at))
                    .into_iter()
                    .flatten(),
            ) {
                let common = tree.token(subject).upos == Upos::Noun
                    && !triggers.contains(&subject)
                    && reader
                        .mention(subject)
                        .is_none_or(|m| reader.mentions.mentions[m as usize].form == Form::Nominal);
                if out.is_empty() && common && inside(tree, subject) {
                    out.extend(phrases(reader, subject, at));
                }
            }
        }
        if out.is_empty() && tree.rel(at) == "conj" {
            // "shot and killed in Leeds" with the phrase under the first verb
            if let Some(first) = tree.head(at).filter(|&h| tree.is_verb(h) && at <= h + 2) {
                out.extend(phrases(reader, first, at));
            }
        }
    } else {
        // "the Leeds shooting", but not "the Covid pandemic": the gazetteer must know it, or the text say more of it.
        for c in tree.with_rel(at, &["compound", "nmod:desc"]) {
            let Some(id) = reader.mention(c).filter(|&id| is_place(reader, id)) else {
                continue;
            };
            let m = &reader.mentions.mentions[id as usize];
            let name = m.span.slice(tree.text);
            let known = m.kind == MentionKind::Facility || gazetteer.is_place(name);
            // "US aid": a country's letters before a noun say whose it is.
            let letters = name.chars().filter(|c| *c != '.');
            let adjective = letters.clone().count() <= 3 && letters.clone().all(char::is_uppercase);
            if out.is_empty() && m.form == Form::Name && known && !adjective {
                out.push(id);
            }
        }
        if out.is_empty() {
            // "The blast happened in Leeds", "a rally was held in Oslo"
            for verb in tree.governors(at) {
                let own_event = triggers.contains(&verb) && draft.matched.light != Some(verb);
                let carries = draft.matched.light == Some(verb)
                    || matches!(tree.rel(at), "nsubj" | "nsubj:pass")
                    || tree.rel(verb) == "acl"
                    || matches!(tree.lemma(verb), "hold" | "stage" | "attend" | "host");
                // "An air strike killed six people in Gaza": the effect is where the cause was.
                let effect = tree.rel(at) == "nsubj"
                    && reader
                        .effects
                        .is_some_and(|set| set.contains(tree.lemma(verb)));
                if (!own_event && carries || effect) && out.is_empty() {
                    out.extend(phrases(reader, verb, at.min(verb)));
                    if out.is_empty() && effect {
                        for object in tree.with_rel(verb, &["obj"]).collect::<Vec<_>>() {
                            out.extend(phrases(reader, object, at));
                        }
                    }
                }
            }
        }
        // "an outbreak of cholera in Beira", "the evacuation of the embassy in Kabul"
        if out.is_empty() {
            for c in tree.with_rel(at, &["nmod"]).collect::<Vec<_>>() {
                // "the walkout by drivers in Leeds"
                let doers = tree.preposition(c).as_deref() == Some("by") && inside(tree, c);
                if (doers || tree.preposition(c).as_deref() == Some("of"))
                    && tree.token(c).upos == Upos::Noun
                    && !triggers.contains(&c)
                {
                    out.extend(phrases(reader, c, at));
                    for inner in tree.with_rel(c, &["nmod"]).collect::<Vec<_>>() {
                        if out.is_empty() && tree.preposition(inner).as_deref() == Some("of") {
                            out.extend(phrases(reader, inner, at));
                        }
                    }
                }
            }
        }
        // "died in a plane crash in Alaska": the phrase after the noun hangs on the verb.
        if out.is_empty()
            && tree.rel(at) == "obl"
            && let Some(verb) = tree.head(at)
        {
            let last = tree.extent(at).1;
            let next = tree
                .with_rel(verb, &["obl"])
                .find(|&c| c > at && tree.extent(c).0 == last + 1);
            if next.is_some() {
                let after = |id: &MentionId| {
                    reader.mentions.mentions[*id as usize].tokens.start() as u32 > at
                };
                out.extend(phrases(reader, verb, at).into_iter().filter(after));
            }
        }
    }
    out
}

/// Whether a noun's place is said with "in": "teachers in Ghent", not "tourists from Ghent" or "at Ghent station".
fn inside(tree: &Tree<'_>, noun: u32) -> bool {
    tree.with_rel(noun, &["nmod"])
        .any(|c| tree.preposition(c).as_deref() == Some("in"))
}

fn is_place(reader: &Reader<'_>, id: MentionId) -> bool {
    matches!(
        reader.mentions.mentions[id as usize].kind,
        MentionKind::Place | MentionKind::Facility
    )
}

/// Place phrases directly under `at`, with those coordinated to them.
fn phrases(reader: &Reader<'_>, at: u32, _from: u32) -> Vec<MentionId> {
    let tree = reader.tree;
    let mut out = Vec::new();
    for c in tree.with_rel(at, &["obl", "nmod", "advmod", "obj"]) {
        // "In talks in Accra before flying home": what stands before the word that opens a clause is outside of it.
        let outside =
            c < at && tree.is_verb(at) && tree.child(at, &["mark"]).is_some_and(|m| c < m);
        // “It added: “In Cuba …””: a place within the quotation is not where somebody speaks.
        let quoted = c > at
            && (at + 1..c).any(|t| matches!(tree.form(t), ":" | "“" | "``"))
            && tree.is_verb(at);
        if tree.rel(c) == "nmod:poss" || outside || quoted {
            continue;
        }
        let Some(preposition) = tree.preposition(c) else {
            continue;
        };
        let first = preposition.split(' ').next().unwrap_or_default();
        if !WHERE.contains(&first) && !preposition.ends_with(" of")
            || matches!(
                preposition.as_str(),
                "out of" | "because of" | "instead of" | "ahead of"
            )
        {
            continue;
        }
        let mut heads = vec![c];
        // "in Leeds and York", but not "in Leeds, West Yorkshire"
        heads.extend(
            tree.with_rel(c, &["conj"])
                .filter(|&h| tree.child(h, &["cc"]).is_some()),
        );
        let mut any = false;
        for h in heads {
            if let Some(id) = reader
                .mention(h)
                .filter(|&id| is_place(reader, id))
                .map(|id| named(reader, h, id))
            {
                if matches!(first, "on" | "over" | "above" | "across" | "around")
                    && reader.mentions.mentions[id as usize].form != Form::Name
                {
                    continue;
                }
                any = true;
                if !out.contains(&id) {
                    out.push(id);
                }
            }
        }
        // "in a flat in Leeds", "at a rally in Oslo", "in the town of X"
        if !any && c > at.saturating_sub(8) {
            for inner in tree.with_rel(c, &["nmod", "appos"]) {
                let prep = tree.preposition(inner);
                let near = prep
                    .as_deref()
                    .is_none_or(|p| matches!(p, "in" | "of" | "at" | "near" | "outside"));
                if let Some(id) = reader
                    .mention(inner)
                    .filter(|&id| near && is_place(reader, id))
                {
                    let holder = reader
                        .mention(c)
                        .map(|m| reader.mentions.mentions[m as usize].kind);
                    if !matches!(
                        holder,
                        Some(MentionKind::Person | MentionKind::Group | MentionKind::Organisation)
                    ) && !out.contains(&id)
                        && tree.token(c).upos == Upos::Noun
                        && local(reader, c)
                    {
                        out.push(id);
                    }
                }
            }
        }
    }
    out
}

/// "the city of Oslo", "her home in Leeds": the named place, where a common noun holds one.
fn named(reader: &Reader<'_>, at: u32, id: MentionId) -> MentionId {
    let tree = reader.tree;
    if reader.mentions.mentions[id as usize].form == Form::Name {
        return id;
    }
    tree.with_rel(at, &["nmod", "appos"])
        .filter(|&c| {
            tree.preposition(c)
                .is_none_or(|p| matches!(p.as_str(), "of" | "in" | "at" | "near"))
        })
        .find_map(|c| {
            reader.mention(c).filter(|&m| {
                is_place(reader, m) && reader.mentions.mentions[m as usize].form == Form::Name
            })
        })
        .unwrap_or(id)
}

/// Whether a phrase with a place in it tells where: "in a flat in Leeds" does, "in response to talks in Leeds" does not.
fn local(reader: &Reader<'_>, noun: u32) -> bool {
    let tree = reader.tree;
    tree.preposition(noun).is_some_and(|p| {
        matches!(
            p.as_str(),
            "in" | "at" | "near" | "outside" | "inside" | "on" | "off"
        )
    }) && !matches!(
        tree.lemma(noun),
        "response"
            | "connection"
            | "relation"
            | "case"
            | "charge"
            | "interest"
            | "favour"
            | "favor"
            | "light"
            | "wake"
            | "suspicion"
            | "bid"
            | "court"
    )
}
