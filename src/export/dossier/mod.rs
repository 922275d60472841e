//! All that is known of one thing, as a page with numbered sources.
//!
//! In: a store and a name. Out: names, roles, events in order of time, relations and statements, each line with the
//! numbers of the sentences that say so; and what sources disagree on. Refuses: a line without a sentence.

mod disputes;
mod html;
mod page;
mod sources;

use super::ExportError;
use super::view::edge_label;
use crate::query::names;
use crate::schema::vocab::{foaf, local_name, nl, org, prov, rdf, rdfs, schema, sem, skos};
use crate::store::{Store, StoreError};
pub use disputes::{Dispute, Side};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term};
use serde::Serialize;
use sources::{Source, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Form of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For the terminal.
    Text,
    /// For documents.
    Markdown,
    /// For browsers: one file without scripts.
    Html,
    /// For other programs.
    Json,
}

/// All that is known of one thing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Dossier {
    /// Its IRI.
    pub iri: String,
    /// Its name.
    pub name: String,
    /// What it is: person, organisation, place, event …
    pub kind: &'static str,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Roles it holds.
    pub roles: Vec<Line>,
    /// Roles that others hold in it.
    pub members: Vec<Line>,
    /// Events in which it takes part or that happen there, in order of time.
    pub events: Vec<Line>,
    /// What else is said of it.
    pub relations: Vec<Line>,
    /// What sources disagree on, or somebody denies.
    pub disputes: Vec<Dispute>,
    /// What it says.
    pub statements: Vec<Line>,
    /// The sentences that say all this, by number.
    pub sources: Vec<Source>,
}

/// One line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Line {
    /// Day, month or year, where there is one; for roles, the day of the latest report.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// The line itself.
    pub text: String,
    /// What must be known about it: status of a role, part in an event, doubt.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// IRI of the fact.
    pub iri: String,
    /// Numbers of the sentences.
    pub sources: Vec<usize>,
}

/// Writes the pages of what is called `name`.
pub fn write(
    store: &Store,
    name: &str,
    form: Form,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let found = names::find(store, name)?;
    if found.exact.is_empty() {
        return Err(ExportError::NoFocus {
            name: name.to_owned(),
            near: found.near,
        });
    }
    let pages = found
        .exact
        .iter()
        .map(|iri| Dossier::of(store, iri))
        .collect::<Result<Vec<_>, _>>()?;
    match form {
        Form::Json => {
            serde_json::to_writer_pretty(&mut *out, &pages).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Form::Text => page::text(&pages, out)?,
        Form::Markdown => page::markdown(&pages, out)?,
        Form::Html => html::write(&pages, out)?,
    }
    Ok(())
}

impl Dossier {
    /// The page of the thing with this IRI.
    pub fn of(store: &Store, iri: &str) -> Result<Self, StoreError> {
        let view = View { store };
        let mut sources = Sources::new(view);
        let types = view.iris(iri, rdf::TYPE)?;
        let name = view.label(iri)?;
        let mut aliases = view.texts(iri, skos::ALT_LABEL)?;
        aliases.retain(|alias| *alias != name);
        let mut page = Self {
            iri: iri.to_owned(),
            kind: kind(&types),
            aliases,
            name,
            ..Self::default()
        };
        // Everything that points here, by what points and how.
        let mut pointing: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (subject, predicate) in view.pointing_at(iri)? {
            pointing.entry(subject).or_default().insert(predicate);
        }
        if types
            .iter()
            .any(|t| t == sem::EVENT || t == nl::POSSIBLE_EVENT)
        {
            page.events
                .push(event(view, iri, &BTreeSet::new(), &mut sources)?);
        }
        for (subject, how) in &pointing {
            let types = view.iris(subject, rdf::TYPE)?;
            let is = |class: &str| types.iter().any(|t| t == class);
            if is(org::MEMBERSHIP) {
                let line = membership(view, subject, &mut sources)?;
                if how.contains(org::MEMBER) {
                    page.roles.push(line);
                } else if how.contains(org::ORGANIZATION_OF) {
                    page.members.push(line);
                }
            } else if is(sem::EVENT) || is(nl::POSSIBLE_EVENT) {
                page.events.push(event(view, subject, how, &mut sources)?);
            } else if is(nl::CLAIM) {
                let line = if page.kind.starts_with("event") {
                    let own = how.contains(rdf::SUBJECT);
                    own.then(|| part(view, subject, &mut sources)).transpose()?
                } else {
                    Some(relation(view, subject, &mut sources)?)
                };
                page.relations.extend(line.flatten());
            } else if is(nl::ASSERTION) && how.contains(prov::WAS_ATTRIBUTED_TO) {
                page.statements
                    .push(statement(view, subject, &mut sources)?);
            }
        }
        for lines in [
            &mut page.roles,
            &mut page.members,
            &mut page.events,
            &mut page.relations,
            &mut page.statements,
        ] {
            lines.sort_by(|a, b| {
                let key = |l: &Line| {
                    (
                        l.when.is_empty(),
                        l.when.clone(),
                        l.text.clone(),
                        l.iri.clone(),
                    )
                };
                key(a).cmp(&key(b))
            });
            lines.dedup_by(|a, b| a.text == b.text && a.sources == b.sources);
        }
        // What is said again is one line with all its sentences.
        page.statements.dedup_by(|next, kept| {
            let same = (&next.text, &next.notes) == (&kept.text, &kept.notes);
            if same {
                kept.sources.append(&mut next.sources);
                kept.sources.sort_unstable();
                kept.sources.dedup();
            }
            same
        });
        let facts: Vec<String> = [&page.roles, &page.members, &page.events]
            .into_iter()
            .flatten()
            .map(|line| line.iri.clone())
            .collect();
        page.disputes = disputes::of(view, iri, &facts, &mut sources)?;
        page.number(sources);
        Ok(page)
    }

    /// Numbers the sentences in the order in which the page names them.
    fn number(&mut self, sources: Sources<'_>) {
        let mut all = sources.list;
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let number = |lines: &mut Vec<usize>, numbers: &mut BTreeMap<usize, usize>| {
            for source in lines.iter_mut() {
                let next = numbers.len() + 1;
                *source = *numbers.entry(*source).or_insert(next);
            }
            lines.sort_unstable();
        };
        for lines in [
            &mut self.roles,
            &mut self.members,
            &mut self.events,
            &mut self.relations,
        ] {
            for line in lines {
                number(&mut line.sources, &mut numbers);
            }
        }
        for side in self.disputes.iter_mut().flat_map(|d| &mut d.sides) {
            number(&mut side.sources, &mut numbers);
        }
        for line in &mut self.statements {
            number(&mut line.sources, &mut numbers);
        }
        for (old, number) in &numbers {
            all[*old].number = *number;
        }
        all.retain(|source| source.number > 0);
        all.sort_by_key(|source| source.number);
        self.sources = all;
    }
}

fn kind(types: &[String]) -> &'static str {
    let is = |class: &str| types.iter().any(|t| t == class);
    if is(foaf::PERSON) {
        "person"
    } else if is(org::ORGANIZATION) {
        "organisation"
    } else if is(schema::PLACE) {
        "place"
    } else if is(sem::EVENT) {
        "event"
    } else if is(nl::POSSIBLE_EVENT) {
        "event that is not known to have happened"
    } else {
        "thing"
    }
}

fn membership(view: View<'_>, iri: &str, sources: &mut Sources<'_>) -> Result<Line, StoreError> {
    let status = view.iris(iri, nl::STATUS)?;
    let mut notes: Vec<String> = status
        .iter()
        .map(|s| local_name(s).to_lowercase())
        .collect();
    let days = view.texts(iri, nl::AS_OF)?;
    if let Some(day) = days.last() {
        notes.push(format!("as of {day}"));
    }
    Ok(Line {
        when: String::new(),
        text: view.label(iri)?,
        notes,
        sources: sources.of(iri)?,
        iri: iri.to_owned(),
    })
}

fn event(
    view: View<'_>,
    iri: &str,
    how: &BTreeSet<String>,
    sources: &mut Sources<'_>,
) -> Result<Line, StoreError> {
    let mut when = view.texts(iri, sem::HAS_TIME_STAMP)?;
    if when.is_empty() {
        when = view.texts(iri, sem::HAS_EARLIEST_BEGIN_TIME_STAMP)?;
    }
    // As precisely as any text has it.
    when.sort_by_key(|time| std::cmp::Reverse(time.len()));
    let when = when.into_iter().next().unwrap_or_default();
    let parts = how
        .iter()
        .filter(|p| p.starts_with(nl::NS))
        .map(|p| local_name(p).to_owned());
    // That it happened there, the heading says.
    let mut notes: Vec<String> = parts.collect();
    let text = view.label(iri)?;
    for modality in view.iris(iri, nl::MODALITY)? {
        let modality = local_name(&modality).to_lowercase();
        // Labels of events that did not happen say so themselves.
        if !text.ends_with(&format!("({modality})")) {
            notes.push(format!("{modality} only"));
        }
    }
    Ok(Line {
        when,
        text,
        notes,
        sources: sources.of(iri)?,
        iri: iri.to_owned(),
    })
}

/// A claim about the thing that is no role and no part of an event.
fn relation(
    view: View<'_>,
    claim: &str,
    sources: &mut Sources<'_>,
) -> Result<Option<Line>, StoreError> {
    let predicates = view.iris(claim, rdf::PREDICATE)?;
    let own = |p: &str| p.starts_with(nl::NS) || p.starts_with(sem::NS);
    let tells_of_role = [org::HOLDS, org::MEMBER_OF];
    if predicates
        .iter()
        .any(|p| tells_of_role.contains(&p.as_str()) || own(p) || p == schema::LOCATION)
    {
        return Ok(None);
    }
    let notes = notes_of(view, &view.iris(claim, nl::ASSERTION_OF)?)?;
    Ok(Some(Line {
        when: String::new(),
        text: view.label(claim)?,
        notes,
        sources: sources.of(claim)?,
        iri: claim.to_owned(),
    }))
}

fn statement(
    view: View<'_>,
    assertion: &str,
    sources: &mut Sources<'_>,
) -> Result<Line, StoreError> {
    // Each event once, with what its name does not tell; then all else.
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (claim, predicate) in view.pointing_at(assertion)? {
        if predicate != nl::ASSERTION_OF {
            continue;
        }
        let subject = view.iris(&claim, rdf::SUBJECT)?.into_iter().next();
        let types = match &subject {
            Some(subject) => view.iris(subject, rdf::TYPE)?,
            None => Vec::new(),
        };
        let is_event = |t: &String| t == sem::EVENT || t == nl::POSSIBLE_EVENT;
        let Some(event) = subject.filter(|_| types.iter().any(is_event)) else {
            told.entry(view.label(&claim)?).or_default();
            continue;
        };
        let event = view.label(&event)?;
        let part = part_of_event(view, &claim)?;
        let parts = told.entry(event.clone()).or_default();
        if let Some((part, fills)) = part {
            let news = fills.iter().filter(|words| !event.contains(words.as_str()));
            parts.extend(news.map(|words| format!("{part}: {words}")));
        }
    }
    let lines = told.into_iter().map(|(what, parts)| {
        let parts: Vec<String> = parts.into_iter().collect();
        if parts.is_empty() {
            what
        } else {
            format!("{what} – {}", parts.join(", "))
        }
    });
    let text = lines.collect::<Vec<_>>().join("; ");
    // Labels of events that did not happen say so themselves.
    let mut notes = notes_of(view, &[assertion.to_owned()])?;
    notes.retain(|note| !text.ends_with(&format!("({note})")));
    Ok(Line {
        when: String::new(),
        text,
        notes,
        sources: sources.derived_from(assertion)?,
        iri: assertion.to_owned(),
    })
}

/// The part that a claim gives in an event ("victim", "place"), and who or what fills it; nothing where it tells only what
/// sort of event it is.
fn part_of_event(view: View<'_>, claim: &str) -> Result<Option<(String, Vec<String>)>, StoreError> {
    let properties = view.iris(claim, rdf::PREDICATE)?;
    let part = match properties.first().map(String::as_str) {
        None | Some(rdf::TYPE | sem::EVENT_TYPE) => return Ok(None),
        Some(sem::HAS_PLACE) => "place".to_owned(),
        Some(sem::HAS_TIME_STAMP) => "time".to_owned(),
        Some(property) => edge_label(property.strip_suffix("Text").unwrap_or(property)),
    };
    let mut fills = view.texts(claim, rdf::OBJECT)?;
    for object in view.iris(claim, rdf::OBJECT)? {
        fills.push(view.label(&object)?);
    }
    Ok(Some((part, fills)))
}

/// A claim that gives somebody or something a part in an event.
fn part(
    view: View<'_>,
    claim: &str,
    sources: &mut Sources<'_>,
) -> Result<Option<Line>, StoreError> {
    let Some((part, fills)) = part_of_event(view, claim)? else {
        return Ok(None);
    };
    Ok(Some(Line {
        when: String::new(),
        text: format!("{part}: {}", fills.join(", ")),
        notes: notes_of(view, &view.iris(claim, nl::ASSERTION_OF)?)?,
        sources: sources.of(claim)?,
        iri: claim.to_owned(),
    }))
}

/// Doubt and denial in some assertions.
fn notes_of(view: View<'_>, assertions: &[String]) -> Result<Vec<String>, StoreError> {
    let mut notes = BTreeSet::new();
    for assertion in assertions {
        for modality in view.iris(assertion, nl::MODALITY)? {
            if modality != nl::ACTUAL {
                notes.insert(local_name(&modality).to_lowercase());
            }
        }
        for polarity in view.iris(assertion, nl::POLARITY)? {
            if polarity == nl::NEGATED {
                notes.insert("denied".to_owned());
            }
        }
    }
    Ok(notes.into_iter().collect())
}

/// Look-ups in a store.
#[derive(Clone, Copy)]
struct View<'a> {
    store: &'a Store,
}

impl View<'_> {
    fn objects(self, subject: &str, predicate: &str) -> Result<Vec<Term>, StoreError> {
        let subject = NamedNodeRef::new_unchecked(subject);
        let predicate = NamedNodeRef::new_unchecked(predicate);
        self.store
            .quads(Some(subject.into()), Some(predicate), None, None)
            .map(|quad| quad.map(|q| q.object))
            .collect()
    }

    /// IRIs, sorted, each once.
    fn iris(self, subject: &str, predicate: &str) -> Result<Vec<String>, StoreError> {
        let mut iris: Vec<String> = self
            .objects(subject, predicate)?
            .into_iter()
            .filter_map(|term| match term {
                Term::NamedNode(name) => Some(name.into_string()),
                _ => None,
            })
            .collect();
        iris.sort();
        iris.dedup();
        Ok(iris)
    }

    /// Texts of literals, sorted, each once.
    fn texts(self, subject: &str, predicate: &str) -> Result<Vec<String>, StoreError> {
        let mut texts: Vec<String> = self
            .objects(subject, predicate)?
            .into_iter()
            .filter_map(|term| match term {
                Term::Literal(literal) => Some(literal.value().to_owned()),
                _ => None,
            })
            .collect();
        texts.sort();
        texts.dedup();
        Ok(texts)
    }

    fn label(self, iri: &str) -> Result<String, StoreError> {
        let labels = self.texts(iri, rdfs::LABEL)?;
        Ok(labels
            .into_iter()
            .next()
            .unwrap_or_else(|| local_name(iri).to_owned()))
    }

    /// Subject and predicate of all that points at an IRI, sorted.
    fn pointing_at(self, iri: &str) -> Result<Vec<(String, String)>, StoreError> {
        let object = NamedNodeRef::new_unchecked(iri);
        let mut found = Vec::new();
        for quad in self.store.quads(None, None, Some(object.into()), None) {
            let quad = quad?;
            if let NamedOrBlankNode::NamedNode(subject) = quad.subject {
                found.push((subject.into_string(), quad.predicate.into_string()));
            }
        }
        found.sort();
        Ok(found)
    }
}
