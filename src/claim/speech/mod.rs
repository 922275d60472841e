//! Who says so: direct and indirect speech, and whose words each claim is.
//!
//! In: all claims of a document, acts of saying among them. Out: the same claims, those inside somebody's words marked as
//! reported with speaker and cue, and the acts themselves with their speaker and topic settled. Refuses: to guess a speaker
//! for a quotation that stands alone.

mod quotes;

use super::grammar::Tree;
use super::{Claim, ClaimKind, Filler, Quotation, Slot, Speaker, Voice};
use crate::document::Document;
use crate::mention::{Chain, Form, MentionId, MentionKind, Mentions};
use crate::schema::Schema;
use english::{Byte, Span, Upos};
use quotes::Quote;

/// One act of saying: who, by which word, and the stretches of text that are what was said.
#[derive(Clone, Debug)]
struct Act {
    /// The claim that states it; none for "according to".
    claim: Option<usize>,
    sentence: u32,
    token: u32,
    speaker: Option<Speaker>,
    cue: Span<Byte>,
    content: Vec<Span<Byte>>,
}

/// Marks reported claims with voice, speaker and cue, and gives each quotation of the story its speaker. `claims` are all
/// claims of the document.
pub fn attribute(
    claims: &mut [Claim],
    document: &Document,
    mentions: &Mentions,
    schema: &Schema,
) -> Vec<Quotation> {
    let quotes = quotes::find(document);
    let mut acts = acts(claims, document, mentions, schema);
    settle_speakers(&mut acts, &quotes, document, mentions, schema);
    let quotations = extend(&mut acts, &quotes, document, mentions);
    for act in &acts {
        let Some(claim) = act.claim.map(|c| &mut claims[c]) else {
            continue;
        };
        // Whom somebody speaks to, or criticises, does not say it.
        if let Some(Speaker::Mention(id)) = &act.speaker
            && claim.slots.iter().any(|s| {
                matches!(
                    s.name.as_str(),
                    "addressee" | "topic" | "requested" | "accused"
                ) && same_chain(&s.filler, *id, mentions)
            })
        {
            continue;
        }
        if let (Some(Speaker::Mention(id)), None) = (&act.speaker, claim.slot("speaker")) {
            claim.slots.insert(
                0,
                Slot {
                    name: "speaker".to_owned(),
                    filler: Filler::Mention(*id),
                },
            );
        } else if let Some(Speaker::Mention(id)) = &act.speaker {
            // The body that a spokesperson speaks for, beside the person.
            let known = claim
                .slots
                .iter()
                .any(|s| s.name == "speaker" && s.filler == Filler::Mention(*id));
            if !known {
                claim.slots.insert(
                    0,
                    Slot {
                        name: "speaker".to_owned(),
                        filler: Filler::Mention(*id),
                    },
                );
            }
        }
    }
    for (i, claim) in claims.iter_mut().enumerate() {
        let at = claim.evidence().trigger.start();
        let inner = acts
            .iter()
            .filter(|a| a.claim != Some(i))
            .flat_map(|a| {
                a.content
                    .iter()
                    .filter(|c| c.holds(at))
                    .map(move |c| (c.len(), a))
            })
            .min_by_key(|(len, a)| (*len, a.cue.start()));
        if let Some((_, act)) = inner {
            claim.voice = Voice::Reported;
            claim.speaker.clone_from(&act.speaker);
            claim.cue = claim.cue.or(Some(act.cue));
        }
    }
    topics(claims, &acts);
    quotations
}

/// Takes "he" and "she" within a quotation out of the chain of whoever says it: nobody calls himself "he". The mention
/// gets a chain of its own.
pub fn part_from_speakers(mentions: &mut Mentions, quotations: &[Quotation]) {
    for quotation in quotations {
        let Some(Speaker::Mention(speaker)) = quotation.speaker else {
            continue;
        };
        let own = mentions.mentions[speaker as usize].chain;
        let chain = &mentions.chains[own as usize].mentions;
        let from = chain.partition_point(|&m| {
            mentions.mentions[m as usize].span.start() < quotation.span.start()
        });
        let inside: Vec<MentionId> = chain[from..]
            .iter()
            .copied()
            .take_while(|&m| quotation.span.contains(mentions.mentions[m as usize].span))
            .filter(|&m| {
                let mention = &mentions.mentions[m as usize];
                mention.form == Form::Pronoun && mention.kind == MentionKind::Person
            })
            .collect();
        for m in inside {
            mentions.chains[own as usize].mentions.retain(|&k| k != m);
            let mention = &mut mentions.mentions[m as usize];
            mention.chain = mentions.chains.len() as u32;
            let chain = Chain {
                kind: mention.kind,
                name: None,
                mentions: vec![m],
                gender: mention.gender,
            };
            mentions.chains.push(chain);
        }
    }
}

/// The acts of saying: speech claims, and "according to".
fn acts(claims: &[Claim], document: &Document, mentions: &Mentions, schema: &Schema) -> Vec<Act> {
    let mut out = Vec::new();
    for (i, claim) in claims.iter().enumerate() {
        if claim.kind != ClaimKind::Event || !schema.frame(&claim.frame).is_some_and(|f| f.speech) {
            continue;
        }
        let evidence = claim.evidence();
        let sentence = &mentions.sentences[evidence.sentence as usize];
        let Some(token) = sentence.tokens.iter().position(|t| {
            t.span.start() == evidence.trigger.start() || evidence.trigger.contains(t.span)
        }) else {
            continue;
        };
        let token = token as u32;
        let tree = Tree::new(document.text(), sentence);
        let speaker = match claim.slot("speaker") {
            Some(Filler::Mention(id)) => Some(Speaker::Mention(*id)),
            Some(Filler::Text(span)) => Some(Speaker::Text(*span)),
            _ => None,
        };
        let according = sentence.tokens[token as usize]
            .lemma
            .eq_ignore_ascii_case("according")
            || sentence.tokens[token as usize]
                .lemma
                .eq_ignore_ascii_case("accord");
        let content = if according {
            around(&tree, token)
        } else {
            complement(&tree, token)
        };
        out.push(Act {
            claim: Some(i),
            sentence: evidence.sentence,
            token,
            speaker,
            cue: sentence.tokens[token as usize].span,
            content,
        });
    }
    for (number, sentence) in mentions.sentences.iter().enumerate() {
        if mentions.story.get(number) != Some(&true) {
            continue;
        }
        for (t, token) in sentence.tokens.iter().enumerate() {
            let form = token.span.slice(document.text());
            if !form.eq_ignore_ascii_case("according") || out.iter().any(|a| a.cue == token.span) {
                continue;
            }
            let tree = Tree::new(document.text(), sentence);
            out.push(Act {
                claim: None,
                sentence: number as u32,
                token: t as u32,
                speaker: None,
                cue: token.span,
                content: around(&tree, t as u32),
            });
        }
    }
    out.sort_by_key(|a| (a.sentence, a.token));
    out
}

/// The complement clauses of a verb of saying, as stretches of text.
fn complement(tree: &Tree<'_>, verb: u32) -> Vec<Span<Byte>> {
    let mut out = Vec::new();
    for c in tree.with_rel(verb, &["ccomp", "parataxis", "xcomp"]) {
        // "said he …" in the middle: the subject of the verb is not part of it.
        let (first, last) = tree.extent(c);
        if first > verb || last < verb {
            out.push(tree.token(first).span.cover(tree.token(last).span));
        } else {
            out.push(tree.sentence.span);
        }
    }
    if out.is_empty() && tree.rel(verb) == "parataxis" {
        out.push(tree.sentence.span);
    }
    if out.is_empty() && tree.is_verb(verb) {
        // "The MP said in a statement that …" with the clause hung elsewhere: what follows "that".
        let that =
            (verb + 1..tree.len()).find(|&t| tree.lemma(t) == "that" && tree.rel(t) == "mark");
        if let Some(that) = that {
            out.push(Span::new(
                tree.token(that).span.start(),
                tree.sentence.span.end(),
            ));
        }
    }
    out
}

/// The sentence around "according to X" without that phrase.
fn around(tree: &Tree<'_>, at: u32) -> Vec<Span<Byte>> {
    let whole = tree.sentence.span;
    let comma_after = (at..tree.len()).find(|&t| tree.form(t) == ",");
    let start = tree.token(at).span.start();
    let mut out = Vec::new();
    if at < 3 {
        let from = comma_after.map_or(start, |c| tree.token(c).span.end());
        out.push(Span::new(from, whole.end()));
    } else {
        out.push(Span::new(whole.start(), start));
        if let Some(c) = comma_after {
            out.push(Span::new(tree.token(c).span.end(), whole.end()));
        }
    }
    out
}

/// Finds the speaker where the frame found none, and the body behind a spokesperson.
fn settle_speakers(
    acts: &mut [Act],
    quotes: &[Quote],
    document: &Document,
    mentions: &Mentions,
    schema: &Schema,
) {
    let spokesperson = schema.word_set("speech-spokesperson");
    let record = schema.word_set("speech-record");
    let mut last_body: Option<(u32, Speaker)> = None;
    let mut last: Option<(u32, Speaker)> = None;
    for act in acts.iter_mut() {
        let sentence = &mentions.sentences[act.sentence as usize];
        let tree = Tree::new(document.text(), sentence);
        let according = tree.form(act.token).eq_ignore_ascii_case("according");
        // A letter or speech has the speaker that its frame found, or that of the verb beside it.
        let subject = if tree.is_verb(act.token) || according {
            subject(&tree, act.token)
        } else {
            None
        };
        let paragraph = sentence.paragraph;
        if let Some(subject) = subject {
            let lemma = tree.lemma(subject).to_lowercase();
            let body_like = spokesperson.is_some_and(|s| s.contains(&lemma))
                || record.is_some_and(|s| s.contains(&lemma));
            let named = matches!(act.speaker, Some(Speaker::Mention(id)) if mentions.mentions[id as usize].form == Form::Name && mentions.mentions[id as usize].kind == MentionKind::Person);
            if body_like && !named {
                if let Some(body) = body(&tree, mentions, act.sentence, subject) {
                    act.speaker = Some(Speaker::Mention(body));
                    last_body = Some((paragraph, Speaker::Mention(body)));
                } else if let Some((_, known)) = last_body.as_ref().filter(|_| {
                    spokesperson.is_some_and(|s| s.contains(&lemma)) && definite(&tree, subject)
                }) {
                    act.speaker = Some(known.clone());
                }
            } else if tree.token(subject).upos == Upos::Pron && !named {
                let resolved = match &act.speaker {
                    Some(Speaker::Mention(id)) => chain_named(mentions, *id),
                    _ => false,
                };
                let near = |p: u32| paragraph.saturating_sub(p) <= 2;
                if !resolved {
                    let previous = match lemma.as_str() {
                        "they" | "it" => last.as_ref().filter(|(_, s)| is_body(mentions, s)),
                        _ => None,
                    };
                    if let Some((_, known)) = previous.filter(|(p, _)| near(*p)) {
                        act.speaker = Some(known.clone());
                    }
                }
            }
            if act.speaker.is_none() {
                let found = mentions
                    .headed(act.sentence, subject)
                    .or_else(|| mentions.at(act.sentence, subject));
                let person = found.filter(|&m| {
                    !matches!(
                        mentions.mentions[m as usize].kind,
                        MentionKind::Place | MentionKind::Other
                    )
                });
                act.speaker = match person {
                    Some(id) => Some(Speaker::Mention(id)),
                    None if tree.token(subject).upos == Upos::Pron => None,
                    None => {
                        let (first, last) = noun_phrase(&tree, subject);
                        Some(Speaker::Text(
                            tree.token(first).span.cover(tree.token(last).span),
                        ))
                    }
                };
            }
        }
        if act
            .speaker
            .as_ref()
            .is_some_and(|s| cannot_speak(act, s, quotes, mentions))
        {
            act.speaker = beside(act, &tree, mentions);
        }
        // "…, says Ada Pike, …": the name next to the verb, against some noun that the tree took for its subject.
        if matches!(act.speaker, Some(Speaker::Text(_)))
            && let Some(next) = name_at(act, act.token + 1, &tree, mentions)
        {
            act.speaker = Some(next);
        }
        if let Some(speaker) = &act.speaker {
            last = Some((paragraph, speaker.clone()));
        }
    }
}

/// Whether the supposed speaker stands within the words quoted, or is a time: the tree failed.
fn cannot_speak(act: &Act, speaker: &Speaker, quotes: &[Quote], mentions: &Mentions) -> bool {
    let span = match speaker {
        Speaker::Mention(id) => mentions.mentions[*id as usize].span,
        Speaker::Text(span) => *span,
    };
    // Quotations stand in text order and apart, so one at most can hold the speaker.
    let quote = quotes.partition_point(|q| q.span.end() < span.end());
    let quoted = quotes
        .get(quote)
        .is_some_and(|q| q.span.contains(span) && !q.span.holds(act.cue.start()));
    let from = mentions
        .times
        .partition_point(|t| t.sentence < act.sentence);
    let time = mentions.times[from..]
        .iter()
        .take_while(|t| t.sentence == act.sentence)
        .any(|t| t.span.contains(span));
    quoted || time
}

/// The name next to a verb of saying: "says Ada Pike", "Ada Pike says", "Ada Pike, who last year said".
fn beside(act: &Act, tree: &Tree<'_>, mentions: &Mentions) -> Option<Speaker> {
    let named = |t: u32| name_at(act, t, tree, mentions);
    named(act.token + 1)
        .or_else(|| act.token.checked_sub(1).and_then(named))
        .or_else(|| {
            (tree.rel(act.token) == "acl:relcl")
                .then(|| tree.head(act.token).and_then(named))
                .flatten()
        })
}

/// The named person or body whose mention covers token `t` of the act's sentence.
fn name_at(act: &Act, t: u32, tree: &Tree<'_>, mentions: &Mentions) -> Option<Speaker> {
    let id = (t < tree.len())
        .then(|| mentions.at(act.sentence, t))
        .flatten()?;
    let mention = &mentions.mentions[id as usize];
    (mention.form == Form::Name
        && matches!(
            mention.kind,
            MentionKind::Person | MentionKind::Organisation
        ))
    .then_some(Speaker::Mention(id))
}

/// Whether the speaker is a body rather than a person.
fn is_body(mentions: &Mentions, speaker: &Speaker) -> bool {
    match speaker {
        Speaker::Mention(id) => matches!(
            mentions.mentions[*id as usize].kind,
            MentionKind::Organisation | MentionKind::Facility
        ),
        Speaker::Text(_) => false,
    }
}

fn chain_named(mentions: &Mentions, id: MentionId) -> bool {
    let m = &mentions.mentions[id as usize];
    mentions
        .chains
        .get(m.chain as usize)
        .is_some_and(|c| c.name.is_some() || c.mentions.len() > 1)
}

fn definite(tree: &Tree<'_>, noun: u32) -> bool {
    tree.with_rel(noun, &["det"])
        .any(|d| tree.lemma(d).eq_ignore_ascii_case("the"))
}

/// The token that stands for the speaker.
fn subject(tree: &Tree<'_>, at: u32) -> Option<u32> {
    if !tree.is_verb(at) {
        // "according to the BBC", "a letter from X"
        let head = tree.head(at)?;
        let follows = (at + 1..tree.len())
            .find(|&t| matches!(tree.token(t).upos, Upos::Noun | Upos::Propn | Upos::Pron));
        return if head > at && tree.rel(at) == "case" {
            Some(head)
        } else {
            follows.map(|f| top_of(tree, f))
        };
    }
    if tree.form(at).eq_ignore_ascii_case("according") {
        let phrase = tree.with_rel(at, &["obl", "nmod"]).next();
        return phrase.or_else(|| tree.head(at).filter(|&h| h > at));
    }
    if tree.passive(at) {
        return tree.subjects(at, None).first().copied();
    }
    tree.surface_subjects(at).first().copied()
}

fn top_of(tree: &Tree<'_>, at: u32) -> u32 {
    match tree.head(at) {
        Some(h) if h > at && matches!(tree.rel(at), "compound" | "amod" | "flat" | "nmod:poss") => {
            top_of(tree, h)
        }
        _ => at,
    }
}

fn noun_phrase(tree: &Tree<'_>, at: u32) -> (u32, u32) {
    let (mut first, mut last) = (at, at);
    for &c in tree.children(at) {
        if matches!(
            tree.rel(c),
            "det" | "amod" | "compound" | "nummod" | "nmod:poss" | "flat"
        ) {
            let (a, b) = tree.extent(c);
            first = first.min(a);
            last = last.max(b);
        }
    }
    (first, last)
}

/// The body that a spokesperson, source or report belongs to: "a Met spokesman", "the company's statement", "a report by X".
fn body(tree: &Tree<'_>, mentions: &Mentions, sentence: u32, noun: u32) -> Option<MentionId> {
    let organisation = |t: u32| {
        let id = mentions
            .headed(sentence, t)
            .or_else(|| mentions.at(sentence, t))?;
        let m = &mentions.mentions[id as usize];
        (matches!(m.kind, MentionKind::Organisation | MentionKind::Facility)
            || (m.kind == MentionKind::Person && m.form == Form::Name))
            .then_some(id)
    };
    let under = |t: u32| {
        tree.children(t).iter().copied().filter(|&c| {
            let rel = tree.rel(c);
            matches!(rel, "compound" | "nmod:poss" | "amod" | "nmod:desc")
                || (rel == "nmod"
                    && tree.preposition(c).is_some_and(|p| {
                        matches!(p.as_str(), "for" | "of" | "at" | "from" | "by" | "with")
                    }))
        })
    };
    under(noun)
        .find_map(organisation)
        .or_else(|| {
            under(noun)
                .flat_map(|c| under(c).collect::<Vec<_>>())
                .find_map(organisation)
        })
        .or_else(|| (noun > 0).then(|| organisation(noun - 1)).flatten())
}

/// Gives quotations to acts: those in the act's own sentence, the rest of the paragraph, and paragraphs that go on quoting.
fn extend(
    acts: &mut [Act],
    quotes: &[Quote],
    document: &Document,
    mentions: &Mentions,
) -> Vec<Quotation> {
    let mut out = Vec::new();
    let mut previous: Option<(usize, bool, u32)> = None;
    for quote in quotes {
        let sentence_of = |at: usize| mentions.sentences.partition_point(|s| s.span.end() <= at);
        let first = sentence_of(quote.span.start());
        let last = sentence_of(quote.span.end().saturating_sub(2).max(quote.span.start()));
        let Some(sentence) = mentions.sentences.get(first) else {
            continue;
        };
        if mentions.story.get(first) != Some(&true) {
            continue;
        }
        let paragraph = sentence.paragraph;
        let here = |a: &Act| {
            (a.sentence as usize == first || a.sentence as usize == last)
                && !quote.span.holds(a.cue.start())
        };
        let gap = |a: &Act| {
            a.cue
                .start()
                .abs_diff(if a.cue.start() < quote.span.start() {
                    quote.span.start()
                } else {
                    quote.span.end()
                })
        };
        // A paragraph that opens with a mark goes on quoting when the one before it was not closed.
        let goes_on = previous.and_then(|(act, open, of)| {
            (open && quote.opens_paragraph && paragraph == of + 1).then_some(act)
        });
        // "… work?” B added: “…": a colon hands on to what follows.
        let hands_on = |a: &Act| {
            a.cue.start() >= quote.span.end()
                && quote.ends_sentence
                && document.text()[a.cue.end()..].starts_with(':')
        };
        let near = goes_on.or_else(|| {
            (0..acts.len())
                .filter(|&i| here(&acts[i]) && !hands_on(&acts[i]))
                .min_by_key(|&i| gap(&acts[i]))
        });
        let in_paragraph = || {
            let same = |i: &usize| {
                mentions.sentences[acts[*i].sentence as usize].paragraph == paragraph
                    && !quote.span.holds(acts[*i].cue.start())
                    && !hands_on(&acts[*i])
            };
            (0..acts.len())
                .filter(same)
                .rfind(|&i| acts[i].cue.start() < quote.span.start())
                .or_else(|| (0..acts.len()).find(same))
        };
        // A quotation of a word or two in a narrator's sentence stays the narrator's unless somebody speaks there.
        let long = quote.words >= 4;
        let chosen = near
            .or_else(|| if long { in_paragraph() } else { None })
            .or_else(|| {
                let (act, open, of) = previous?;
                let next = paragraph == of + 1;
                (next && quote.opens_paragraph && (open || quote.whole_sentence)).then_some(act)
            });
        out.push(Quotation {
            span: quote.span,
            speaker: chosen.and_then(|a| acts[a].speaker.clone()),
            cue: chosen.map(|a| acts[a].cue),
        });
        if let Some(act) = chosen {
            if !acts[act].content.iter().any(|c| c.contains(quote.span)) {
                acts[act].content.push(quote.span);
            }
            previous = Some((act, quote.open, paragraph));
        } else if long {
            previous = None;
        }
    }
    out
}

/// Links an act of saying to the events in what was said, as topics.
fn topics(claims: &mut [Claim], acts: &[Act]) {
    for act in acts {
        let Some(own) = act.claim else { continue };
        if claims[own].slots.iter().any(|s| s.name == "topic") {
            continue;
        }
        let topic = claims.iter().enumerate().find(|(i, c)| {
            *i != own
                && c.kind == ClaimKind::Event
                && c.evidence().sentence == act.sentence
                && act
                    .content
                    .iter()
                    .any(|s| s.holds(c.evidence().trigger.start()))
        });
        if let Some((i, _)) = topic {
            claims[own].slots.push(Slot {
                name: "topic".to_owned(),
                filler: Filler::Event(i as u32),
            });
        }
    }
}

/// Whether a filler and a mention are one.
fn same_chain(filler: &Filler, id: MentionId, mentions: &Mentions) -> bool {
    let chain = |m: MentionId| mentions.mentions.get(m as usize).map(|m| m.chain);
    matches!(filler, Filler::Mention(other) if *other == id || chain(*other) == chain(id))
}
