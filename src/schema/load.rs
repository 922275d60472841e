//! From files to a [`Schema`]: gathers the embedded and the given files, builds frames, checks everything.
//!
//! In: the embedded files and, if given, a folder that adds or replaces some. Out: a [`Schema`], or every fault found.
//! Refuses: to go on with a faulty schema.

use super::error::{SchemaError, SchemaErrors};
use super::examples::Example;
use super::frame::{Frame, SlotRule, WordSet};
use super::gazetteer::Gazetteer;
use super::grammar::{self, Sets};
use super::roles::RoleScheme;
use super::turtle::{Subject, TurtleFile, Value};
use super::vocab::{self, lex, owl, rdf, rdfs, sem};
use super::{Index, Schema};
use rustc_hash::FxHasher;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

/// A hash of the files that are not embedded.
fn fingerprint(files: &Files) -> u64 {
    let mut hasher = FxHasher::default();
    for (place, text) in files {
        if let Cow::Owned(text) = text {
            (place, text).hash(&mut hasher);
        }
    }
    hasher.finish()
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Files by their place in the project ("ontology/events/Charge.ttl"): borrowed are the embedded ones, and those with
/// frames and roles are then compiled to lines; owned are Turtle from a folder.
type Files = BTreeMap<String, Cow<'static, str>>;

/// The embedded files under a folder of the project, such as `ontology/queries`: path and content, sorted by path.
pub fn embedded_files(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED
        .iter()
        .copied()
        .filter(move |(path, _)| path.starts_with(folder))
}

impl Schema {
    /// The text of an embedded file by its place in the project (`ontology/core.ttl`, `ontology/queries/….rq`). Files with
    /// event types, relations and roles are embedded compiled and are not given.
    pub fn embedded_file(place: &str) -> Option<&'static str> {
        Self::embedded_files()
            .find(|(name, _)| *name == place)
            .map(|(_, text)| text)
    }

    /// Place and text of every file that is embedded as it is, sorted by place.
    pub fn embedded_files() -> impl Iterator<Item = (&'static str, &'static str)> {
        EMBEDDED
            .iter()
            .copied()
            .filter(|(place, _)| !(compiled(place) && ending(place) == "ttl"))
    }

    /// Reads the embedded files and, on top of them, those of `dir`: `DIR/events/X.ttl`, `DIR/relations/x.ttl`, `DIR/roles.ttl`,
    /// `DIR/gazetteers/x.tsv` …, or `DIR/X.ttl`, which counts as an event type; a file of the same name replaces the
    /// embedded one, a new name adds to them.
    ///
    /// # Errors
    /// Every fault in any file, each with file, IRI, what was expected, and how to mend it.
    pub fn load(dir: Option<&Path>) -> Result<Self, SchemaErrors> {
        let (files, mut faults) = gather(dir);
        let mut schema = build(&files, &mut faults);
        schema.overlay = fingerprint(&files);
        schema.unless(faults)
    }

    /// The same, with the files that declare terms: `core.ttl`, event types and relations.
    pub(super) fn load_with_terms(
        dir: Option<&Path>,
    ) -> Result<(Self, Vec<TurtleFile>), SchemaErrors> {
        let (files, mut faults) = gather(dir);
        let schema = build(&files, &mut faults);
        let mut terms = Vec::new();
        for (place, text) in &files {
            let name = place.strip_prefix("ontology/").unwrap_or(place);
            if place == "ontology/core.ttl" || (compiled(place) && name.contains('/')) {
                match read(place, name, text.clone()) {
                    Ok(file) => terms.push(file),
                    Err(fault) => faults.push(fault),
                }
            }
        }
        Ok((schema.unless(faults)?, terms))
    }

    fn unless(self, mut faults: Vec<SchemaError>) -> Result<Self, SchemaErrors> {
        if faults.is_empty() {
            return Ok(self);
        }
        faults.sort();
        faults.dedup();
        Err(SchemaErrors(faults))
    }
}

/// The embedded files and, over them, those of a folder.
fn gather(dir: Option<&Path>) -> (Files, Vec<SchemaError>) {
    let mut files: Files = EMBEDDED
        .iter()
        .map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(*text)))
        .collect();
    let mut faults = Vec::new();
    if let Some(dir) = dir {
        overlay(dir, "", &mut files, &mut faults);
    }
    (files, faults)
}

/// Reads a file with terms, compiled or not.
fn read(place: &str, name: &str, text: Cow<'static, str>) -> Result<TurtleFile, SchemaError> {
    match text {
        Cow::Borrowed(lines) if compiled(place) => Ok(TurtleFile::compiled(name, lines)),
        text => TurtleFile::parse(name, &text),
    }
}

/// Whether the build script compiles the file to lines.
fn compiled(place: &str) -> bool {
    place.starts_with("ontology/events/")
        || place.starts_with("ontology/relations/")
        || place == "ontology/roles.ttl"
}

/// The part of a file name after its last dot.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Lays the files under `dir/sub` over `files`.
fn overlay(dir: &Path, sub: &str, files: &mut Files, faults: &mut Vec<SchemaError>) {
    let folder = dir.join(sub);
    let shown = |path: &Path| path.display().to_string();
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(e) => {
            faults.push(SchemaError {
                file: shown(&folder),
                iri: String::new(),
                message: format!("cannot read the folder: {e}"),
                remedy: "give the path of a folder with .ttl files, such as a copy of ontology/"
                    .to_owned(),
            });
            return;
        }
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let inner = if sub.is_empty() {
            name.clone()
        } else {
            format!("{sub}/{name}")
        };
        if path.is_dir() {
            if !name.starts_with('.') {
                overlay(dir, &inner, files, faults);
            }
            continue;
        }
        let ending = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        let place = match (ending, inner.as_str()) {
            ("ttl", "core.ttl" | "roles.ttl" | "shapes.ttl") => format!("ontology/{inner}"),
            ("ttl", _) if sub.is_empty() => format!("ontology/events/{inner}"),
            ("ttl" | "rq", _) => format!("ontology/{inner}"),
            ("tsv", _) => format!("seeds/gazetteers/{name}"),
            _ => continue,
        };
        match fs::read_to_string(&path) {
            Ok(text) => {
                files.insert(place, Cow::Owned(text));
            }
            Err(e) => faults.push(SchemaError {
                file: shown(&path),
                iri: String::new(),
                message: format!("cannot read it: {e}"),
                remedy: "make it a readable file in UTF-8, or remove it".to_owned(),
            }),
        }
    }
}

/// Builds the schema from all files.
fn build(files: &Files, faults: &mut Vec<SchemaError>) -> Schema {
    let mut events = Vec::new();
    let mut relations = Vec::new();
    let mut schema = Schema::default();
    for (place, text) in files {
        let name = place.strip_prefix("ontology/").unwrap_or(place);
        let group = name.split('/').next().unwrap_or_default();
        if !(compiled(place) && ending(place) == "ttl") {
            continue;
        }
        match read(place, name, text.clone()) {
            Ok(file) if group == "events" => events.push(file),
            Ok(file) if group == "relations" => relations.push(file),
            Ok(file) => schema.roles = RoleScheme::read(&file, faults),
            Err(fault) => faults.push(fault),
        }
    }
    let sets = word_sets(events.iter().chain(&relations), faults);
    schema.frames = frames(&events, owl::CLASS, &sets, faults);
    let titles = schema.roles.head_words().map(str::to_owned);
    let mut relation_sets = sets.clone();
    relation_sets.insert("role".to_owned(), Arc::new(WordSet::new("role", titles)));
    schema.relations = relations_of(&relations, &relation_sets, faults);
    inherit(&mut schema.frames, faults);
    schema.index = Index::of(&schema.frames);
    schema.relation_index = Index::of(&schema.relations);
    schema.sets = sets;
    schema.gazetteer = Gazetteer::new(
        files
            .iter()
            .filter(|(place, _)| ending(place) == "tsv")
            .map(|(place, text)| {
                (
                    place.rsplit('/').next().unwrap_or(place).to_owned(),
                    text.clone(),
                )
            }),
    );
    schema
}

/// Gathers `lex:set`s; a set may take in another by `"@other"`.
fn word_sets<'a>(
    files: impl Iterator<Item = &'a TurtleFile>,
    faults: &mut Vec<SchemaError>,
) -> Sets {
    let mut words: BTreeMap<String, (Vec<String>, &TurtleFile)> = BTreeMap::new();
    for file in files {
        for subject in &file.subjects {
            for value in subject.all(lex::SET) {
                let Value::Node(node) = value else { continue };
                let Some(name) = file.subjects[*node].text(lex::NAME) else {
                    faults.push(file.fault(
                        subject.iri.as_deref().unwrap_or_default(),
                        "lex:set without lex:name",
                        "name it: lex:set [ lex:name \"weapon\" ; lex:word … ]",
                    ));
                    continue;
                };
                let own = file.subjects[*node]
                    .all(lex::WORD)
                    .filter_map(Value::text)
                    .map(str::to_lowercase);
                words
                    .entry(name.to_owned())
                    .or_insert_with(|| (Vec::new(), file))
                    .0
                    .extend(own);
            }
        }
    }
    let mut sets = Sets::new();
    for (name, (_, file)) in &words {
        let mut all = Vec::new();
        let mut open = vec![name.as_str()];
        let mut seen = Vec::new();
        while let Some(next) = open.pop() {
            if seen.contains(&next) {
                continue;
            }
            seen.push(next);
            match words.get(next) {
                Some((list, _)) => {
                    for word in list {
                        match word.strip_prefix('@') {
                            Some(other) => open.push(other),
                            None => all.push(word.clone()),
                        }
                    }
                }
                None => faults.push(file.fault(
                    "",
                    format!("word set @{name} takes in @{next}, which does not exist"),
                    "declare it or correct the name",
                )),
            }
        }
        sets.insert(name.clone(), Arc::new(WordSet::new(name.clone(), all)));
    }
    sets
}

/// The frames of event files: every subject that is an `owl:Class`, sorted by IRI.
fn frames(
    files: &[TurtleFile],
    class: &str,
    sets: &Sets,
    faults: &mut Vec<SchemaError>,
) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for file in files {
        let stem = stem(file);
        let mut found = false;
        for subject in file.subjects.iter().filter(|s| s.is_a(class)) {
            let Some(iri) = &subject.iri else { continue };
            found |= vocab::local_name(iri) == stem;
            let frame = frame(file, subject, iri, sets, faults);
            if frame.parents.is_empty() {
                faults.push(file.fault(
                    iri,
                    "event class without rdfs:subClassOf",
                    "put it under a parent of ontology/events/_parents.ttl, or under sem:Event",
                ));
            }
            if !stem.starts_with('_') && frame.triggers.is_empty() {
                faults.push(file.fault(
                    iri,
                    "event type without lex:trigger",
                    "give it at least one, for instance lex:trigger \"protest.v\", \"protest.n\"",
                ));
            }
            if let Some(other) = frames.iter().find(|f| f.iri == frame.iri) {
                faults.push(file.fault(
                    iri,
                    format!("already declared in {}", other.file),
                    "keep one declaration, or name the file as the one that it replaces",
                ));
                continue;
            }
            frames.push(frame);
        }
        if !stem.starts_with('_') && !found {
            faults.push(file.fault(
                "",
                format!("declares no class nl:{stem}"),
                "name the file as the class: nl:Protest stands in Protest.ttl",
            ));
        }
    }
    frames.sort_by(|a, b| a.iri.cmp(&b.iri));
    frames
}

/// The frames of relation files: every property with a trigger, sorted by IRI.
fn relations_of(files: &[TurtleFile], sets: &Sets, faults: &mut Vec<SchemaError>) -> Vec<Frame> {
    let mut frames = Vec::new();
    for file in files {
        for subject in &file.subjects {
            let Some(iri) = &subject.iri else { continue };
            if subject.all(lex::TRIGGER).next().is_none() {
                continue;
            }
            let frame = frame(file, subject, iri, sets, faults);
            for slot in ["subject", "object"] {
                if !frame.slots.iter().any(|s| s.name == slot) {
                    faults.push(file.fault(
                        iri,
                        format!("relation without a slot lex:{slot}"),
                        format!("add lex:slot [ lex:fills lex:{slot} ; lex:via … ]"),
                    ));
                }
            }
            frames.push(frame);
        }
    }
    frames.sort_by(|a, b| a.iri.cmp(&b.iri));
    frames
}

/// File name without folder and ending.
fn stem(file: &TurtleFile) -> &str {
    let name = file.name.rsplit('/').next().unwrap_or(&file.name);
    name.strip_suffix(".ttl").unwrap_or(name)
}

/// One frame with its own triggers and slots.
fn frame(
    file: &TurtleFile,
    subject: &Subject,
    iri: &str,
    sets: &Sets,
    faults: &mut Vec<SchemaError>,
) -> Frame {
    let mut fault = |message: String, remedy: &str| faults.push(file.fault(iri, message, remedy));
    for (predicate, _) in &subject.properties {
        if predicate.starts_with(lex::NS)
            && ![
                lex::TRIGGER,
                lex::SLOT,
                lex::YES,
                lex::NO,
                lex::SPEECH,
                lex::ONCE,
                lex::BY_WORD,
                lex::PLACE_FROM,
                lex::SCENE,
                lex::MODALITY,
                lex::NEEDS,
                lex::SET,
                lex::TOLD_BY,
            ]
            .contains(&predicate.as_ref())
        {
            fault(
                format!("unknown term lex:{}", vocab::local_name(predicate)),
                "use lex:trigger, slot, yes, no, speech, once, byWord, placeFrom, scene, toldBy, modality, needs or set",
            );
        }
    }
    let label = subject.text(rdfs::LABEL).unwrap_or_else(|| {
        fault(
            "no rdfs:label".to_owned(),
            "give it an English label: rdfs:label \"protest\"@en",
        );
        ""
    });
    let mut triggers = Vec::new();
    for value in subject.all(lex::TRIGGER) {
        match value.text().map(|text| grammar::triggers(text, sets)) {
            Some(Ok(read)) => triggers.extend(read),
            Some(Err((message, remedy))) => fault(message, remedy),
            None => fault(
                "lex:trigger is no string".to_owned(),
                "write it as a string: \"protest.v\"",
            ),
        }
    }
    let mut slots: Vec<SlotRule> = Vec::new();
    for value in subject.all(lex::SLOT) {
        let Value::Node(node) = value else {
            fault(
                "lex:slot is no [ … ]".to_owned(),
                "write lex:slot [ lex:fills nl:agent ; lex:via \"subj\" ]",
            );
            continue;
        };
        match slot(&file.subjects[*node], sets) {
            Ok(slot) => slots.push(slot),
            Err((message, remedy)) => fault(message, remedy),
        }
    }
    let modality = subject
        .iri_of(lex::MODALITY)
        .map(|m| vocab::local_name(m).to_owned());
    if let Some(m) = &modality
        && !["Planned", "Possible", "Alleged", "Denied"].contains(&m.as_str())
    {
        fault(
            format!("lex:modality nl:{m}"),
            "use nl:Planned, nl:Possible, nl:Alleged or nl:Denied",
        );
    }
    let examples = subject
        .properties
        .iter()
        .filter_map(|(predicate, value)| match (predicate.as_ref(), value) {
            (lex::YES, Value::Node(node)) => Some(example(&file.subjects[*node])),
            (lex::NO | lex::YES, Value::Text(text)) => Some(Example {
                text: text.to_string(),
                yes: predicate == lex::YES,
                slots: Vec::new(),
                modality: None,
                count: None,
            }),
            _ => None,
        })
        .collect::<Vec<_>>();
    if examples.iter().any(|e| e.text.is_empty()) {
        fault(
            "lex:yes without lex:text".to_owned(),
            "write lex:yes [ lex:text \"…\" ; lex:agent \"…\" ]",
        );
    }
    Frame {
        iri: iri.to_owned(),
        name: vocab::local_name(iri).to_owned(),
        label: label.to_owned(),
        comment: subject.text(rdfs::COMMENT).unwrap_or_default().to_owned(),
        file: file.name.clone(),
        parents: subject
            .all(rdfs::SUB_CLASS_OF)
            .filter_map(Value::iri)
            .map(str::to_owned)
            .collect(),
        ancestors: Vec::new(),
        triggers,
        slots,
        told_by: subject.iri_of(lex::TOLD_BY).map(str::to_owned),
        symmetric: subject.is_a(owl::SYMMETRIC_PROPERTY),
        speech: subject.text(lex::SPEECH) == Some("true"),
        by_word: subject.text(lex::BY_WORD) == Some("true"),
        once: subject.text(lex::ONCE).map(str::to_owned),
        scene: subject.text(lex::SCENE) == Some("true"),
        place_from: subject
            .all(lex::PLACE_FROM)
            .filter_map(Value::text)
            .map(str::to_owned)
            .collect(),
        modality,
        needs: subject
            .all(lex::NEEDS)
            .filter_map(Value::text)
            .map(str::to_owned)
            .collect(),
        examples,
    }
}

/// One slot.
fn slot(node: &Subject, sets: &Sets) -> Result<SlotRule, grammar::Complaint> {
    let property = node.iri_of(lex::FILLS).ok_or_else(|| {
        (
            "lex:slot without lex:fills".to_owned(),
            "say which property it fills: lex:fills nl:agent",
        )
    })?;
    let via = node
        .all(lex::VIA)
        .filter_map(Value::text)
        .map(grammar::path)
        .collect::<Result<Vec<_>, _>>()?;
    if via.is_empty() {
        return Err((
            format!("slot {} without lex:via", vocab::compact(property)),
            "say where its filler stands: lex:via \"subj\"",
        ));
    }
    let mut accepts = Vec::new();
    for text in node.all(lex::ACCEPTS).filter_map(Value::text) {
        accepts.extend(grammar::word_tests(text, sets)?);
    }
    Ok(SlotRule {
        name: vocab::local_name(property).to_owned(),
        property: property.to_owned(),
        via,
        accepts,
    })
}

/// A `lex:yes [ … ]`.
fn example(node: &Subject) -> Example {
    let mut example = Example {
        text: String::new(),
        yes: true,
        slots: Vec::new(),
        modality: None,
        count: None,
    };
    for (predicate, value) in &node.properties {
        let Some(text) = value.text() else { continue };
        match predicate.as_ref() {
            lex::TEXT => text.clone_into(&mut example.text),
            lex::MODALITY => example.modality = Some(text.to_lowercase()),
            lex::COUNT => example.count = text.parse().ok(),
            rdf::TYPE => {}
            _ => example
                .slots
                .push((vocab::local_name(predicate).to_owned(), text.to_owned())),
        }
    }
    example
}

/// Hands slots, speech and needs down from parents, and records all ancestors.
fn inherit(frames: &mut [Frame], faults: &mut Vec<SchemaError>) {
    let place: BTreeMap<String, usize> = frames
        .iter()
        .enumerate()
        .map(|(i, f)| (f.iri.clone(), i))
        .collect();
    for i in 0..frames.len() {
        let mut ancestors = vec![frames[i].iri.clone()];
        let mut next = 0;
        while next < ancestors.len() {
            let iri = ancestors[next].clone();
            next += 1;
            let Some(&at) = place.get(&iri) else { continue };
            for parent in frames[at].parents.clone() {
                if !place.contains_key(&parent) && parent.starts_with(vocab::nl::NS) {
                    faults.push(SchemaError {
                        file: frames[at].file.clone(),
                        iri: vocab::compact(&iri),
                        message: format!("unknown parent {}", vocab::compact(&parent)),
                        remedy: "declare that class in a file under events/, or correct the name"
                            .to_owned(),
                    });
                }
                if !ancestors.contains(&parent) {
                    ancestors.push(parent);
                }
            }
            if at != i {
                for slot in frames[at].slots.clone() {
                    if !frames[i].slots.iter().any(|own| own.name == slot.name) {
                        frames[i].slots.push(slot);
                    }
                }
                frames[i].speech |= frames[at].speech;
                if frames[i].once.is_none() {
                    frames[i].once = frames[at].once.clone();
                }
            }
        }
        if !frames[i].parents.is_empty() && !ancestors.iter().any(|a| a == sem::EVENT) {
            faults.push(SchemaError {
                file: frames[i].file.clone(),
                iri: vocab::compact(&frames[i].iri),
                message: "is not a sem:Event by any of its parents".to_owned(),
                remedy: "put it under a parent of ontology/events/_parents.ttl, or under sem:Event"
                    .to_owned(),
            });
        }
        let known = |name: &str| {
            frames[i].slots.iter().any(|s| s.name == name) || name == "place" || name == "time"
        };
        let unknown: Vec<String> = frames[i]
            .needs
            .iter()
            .chain(&frames[i].once)
            .chain(&frames[i].place_from)
            .filter(|n| !known(n))
            .cloned()
            .collect();
        let untested: Vec<String> = frames[i]
            .examples
            .iter()
            .flat_map(|e| &e.slots)
            .map(|(name, _)| name.clone())
            .filter(|n| !known(n))
            .collect();
        for (names, term) in [(unknown, "lex:needs"), (untested, "lex:yes")] {
            for name in names {
                faults.push(SchemaError {
                    file: frames[i].file.clone(),
                    iri: vocab::compact(&frames[i].iri),
                    message: format!(
                        "{term} names the slot \"{name}\", which the frame does not have"
                    ),
                    remedy: "add a lex:slot for it, or correct the name".to_owned(),
                });
            }
        }
        ancestors.sort();
        frames[i].ancestors = ancestors;
    }
}
