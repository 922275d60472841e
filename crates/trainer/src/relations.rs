//! Trains the scorer of relations on KnowledgeNet, and scores it on each fold with a model that has not seen it.
//!
//! In: the corpora, and the program's own pipeline for mentions and candidates. Out: `relations.bin`; beside `--folds DIR`,
//! for each fold what `newsloom extract` would print with the model of the other two. Method: logistic regression by
//! AdaGrad (Duchi, Hazan and Singer 2011) with a fixed order of examples, so that retraining gives the same bytes.

use crate::{card, chance::Chance};
use newsloom::claim::grammar::Tree;
use newsloom::claim::relations::candidates::{self, Object};
use newsloom::claim::relations::model::RelationModel;
use newsloom::claim::relations::{self, features};
use newsloom::claim::{ClaimKind, Extraction};
use newsloom::export::extraction;
use newsloom::pipeline::Pipeline;
use newsloom::schema::Schema;
use newsloom::source::RawArticle;
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const SEED: u64 = 20_261_126;
const BITS: u8 = 20;
const ROUNDS: usize = 10;
const RATE: f32 = 0.03;
/// Pull towards zero for each example that a weight takes part in.
const DECAY: f32 = 2e-4;
/// Least precision among held-out candidates that a relation's threshold must reach.
const PRECISION: f32 = 0.84;

/// No relation is stated at a lower probability.
const LEAST: f32 = 0.45;

/// KnowledgeNet's properties and our relations.
const PROPERTIES: [(&str, &str); 15] = [
    ("SUBSIDIARY_OF", "subOrganizationOf"),
    ("FOUNDED_BY", "founder"),
    ("EMPLOYEE_OR_MEMBER_OF", "memberOf"),
    ("CEO", "chiefExecutive"),
    ("DATE_FOUNDED", "foundingDate"),
    ("HEADQUARTERS", "headquarters"),
    ("EDUCATED_AT", "alumniOf"),
    ("NATIONALITY", "nationality"),
    ("PLACE_OF_RESIDENCE", "homeLocation"),
    ("PLACE_OF_BIRTH", "birthPlace"),
    ("DATE_OF_DEATH", "deathDate"),
    ("DATE_OF_BIRTH", "birthDate"),
    ("SPOUSE", "spouse"),
    ("CHILD_OF", "parent"),
    ("POLITICAL_AFFILIATION", "politicalAffiliation"),
];

/// A candidate that the annotators judged.
struct Example {
    fold: usize,
    relation: usize,
    features: Vec<u32>,
    related: bool,
    /// Whether the grammar ties the two: no other pair is ever stated.
    tied: bool,
}

/// A document of a fold.
struct Read {
    fold: usize,
    extraction: Extraction,
}

/// A passage's judgements, offsets in code points.
struct Passage {
    from: usize,
    to: usize,
    /// Relations that were annotated in full.
    asked: Vec<usize>,
    /// Relation, subject and object.
    facts: Vec<(usize, (usize, usize), (usize, usize))>,
}

pub(crate) fn train(
    corpora: &Path,
    out: &Path,
    folds: Option<&Path>,
) -> Result<(), Box<dyn Error>> {
    let schema = Schema::embedded();
    let reader = english::Reader::embedded();
    let pipeline = Pipeline { schema, reader };
    let number_of = |name: &str| schema.relations.iter().position(|r| r.name == name);
    let mut examples = Vec::new();
    let mut read = Vec::new();
    let mut facts = 0;
    let mut reached = 0;
    for fold in 0..3 {
        let path = corpora.join(format!("train/knowledgenet/fold{}.json", fold + 1));
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let records: Vec<Value> = text
            .lines()
            .filter(|l| !l.trim().is_empty())
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?;
        let mut judged = records.iter().map(|r| passages(r, number_of));
        let articles = records.iter().map(|record| {
            Ok(RawArticle {
                source: word(record, "documentId").to_owned(),
                text: spread(word(record, "documentText")),
                ..RawArticle::default()
            })
        });
        pipeline.extract_all(articles, |got| -> Result<(), Box<dyn Error>> {
            let passages = judged.next().ok_or("more extractions than documents")?;
            let Ok(extraction) = got else { return Ok(()) };
            let (seen, found) = judge(schema, &extraction, &passages, fold, &mut examples);
            facts += seen;
            reached += found;
            read.push(Read { fold, extraction });
            Ok(())
        })?;
    }
    println!(
        "{} candidates, {} related, {} of them tied by grammar; {reached} of {facts} facts are among them",
        examples.len(),
        examples.iter().filter(|e| e.related).count(),
        examples.iter().filter(|e| e.related && e.tied).count()
    );
    let n = schema.relations.len();
    // Held out: each fold judged by the weights of the other two.
    let mut held: Vec<(usize, f32, bool)> = Vec::new();
    let mut weights_of_fold = Vec::new();
    for fold in 0..3 {
        let seen: Vec<&Example> = examples.iter().filter(|e| e.fold != fold).collect();
        let weights = learn(&seen);
        let model = pack(&weights, vec![(String::new(), 0.0)]);
        let known = model
            .relation("")
            .ok_or("the model knows what it was given")?;
        held.extend(
            examples
                .iter()
                .filter(|e| e.fold == fold && e.tied)
                .map(|e| (e.relation, model.probability(known, &e.features), e.related)),
        );
        weights_of_fold.push(weights);
    }
    let thresholds: Vec<f32> = (0..n).map(|r| threshold(&held, r)).collect();
    let known = || -> Vec<(String, f32)> {
        schema
            .relations
            .iter()
            .zip(&thresholds)
            .filter(|(r, _)| PROPERTIES.iter().any(|(_, name)| *name == r.name))
            .map(|(r, &t)| (r.iri.clone(), t))
            .collect()
    };
    if let Some(folder) = folds {
        fs::create_dir_all(folder)?;
        for (fold, weights) in weights_of_fold.iter().enumerate() {
            let model = pack(weights, known());
            let mut file = Vec::new();
            for document in read.iter_mut().filter(|r| r.fold == fold) {
                let x = &mut document.extraction;
                x.claims.retain(|c| c.kind != ClaimKind::Relation);
                let own = relations::find_with(&model, &x.document, &x.mentions, schema, &x.claims);
                x.claims.extend(own);
                extraction::write(x, &mut file)?;
                if file.last() != Some(&b'\n') {
                    file.push(b'\n');
                }
            }
            fs::write(folder.join(format!("fold{}.jsonl", fold + 1)), file)?;
        }
    }
    let model = pack(&learn(&examples.iter().collect::<Vec<_>>()), known());
    fs::write(out, model.to_bytes())?;
    card::write(out, &describe(schema, &held, &thresholds))?;
    Ok(())
}

fn word<'v>(record: &'v Value, key: &str) -> &'v str {
    record[key].as_str().unwrap_or_default()
}

/// Blank runs stand for passages that were left out: they become paragraph breaks of the same length.
fn spread(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("   ") {
        out.push_str(&rest[..at]);
        let run = rest[at..].len() - rest[at..].trim_start_matches(' ').len();
        out.extend(std::iter::repeat_n('\n', run));
        rest = &rest[at + run..];
    }
    out.push_str(rest);
    out
}

fn passages(record: &Value, number_of: impl Fn(&str) -> Option<usize>) -> Vec<Passage> {
    let whole = |v: &Value, key: &str| v[key].as_u64().unwrap_or_default() as usize;
    let list = |v: &Value, key: &str| v[key].as_array().cloned().unwrap_or_default();
    let relation = |property: &str| {
        PROPERTIES
            .iter()
            .find(|(p, _)| *p == property)
            .and_then(|(_, name)| number_of(name))
    };
    list(record, "passages")
        .iter()
        .map(|p| {
            let properties = list(p, "exhaustivelyAnnotatedProperties");
            let named = |id: &Value| {
                properties
                    .iter()
                    .find(|x| x["propertyId"] == *id)
                    .and_then(|x| relation(word(x, "propertyName")))
            };
            Passage {
                from: whole(p, "passageStart"),
                to: whole(p, "passageEnd"),
                asked: properties
                    .iter()
                    .filter_map(|x| relation(word(x, "propertyName")))
                    .collect(),
                facts: list(p, "facts")
                    .iter()
                    .filter_map(|f| {
                        Some((
                            named(&f["propertyId"])?,
                            (whole(f, "subjectStart"), whole(f, "subjectEnd")),
                            (whole(f, "objectStart"), whole(f, "objectEnd")),
                        ))
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Adds the candidates of a document that were judged. How many facts there are, and how many are among the candidates.
fn judge(
    schema: &Schema,
    extraction: &Extraction,
    passages: &[Passage],
    fold: usize,
    examples: &mut Vec<Example>,
) -> (usize, usize) {
    let document = &extraction.document;
    let mentions = &extraction.mentions;
    let span = |object: Object| {
        let span = match object {
            Object::Mention(m) => mentions.mentions[m as usize].span,
            Object::Time(t) => mentions.times[t as usize].span,
        };
        (
            document.code_points(span.start()),
            document.code_points(span.end()),
        )
    };
    let meets = |a: (usize, usize), b: (usize, usize)| a.0 < b.1 && b.0 < a.1;
    let mut reached: Vec<Vec<bool>> = passages
        .iter()
        .map(|p| vec![false; p.facts.len()])
        .collect();
    for (number, sentence) in mentions.sentences.iter().enumerate() {
        if mentions.story.get(number) != Some(&true) {
            continue;
        }
        let at = document.code_points(sentence.span.start());
        let Some((which, passage)) = passages
            .iter()
            .enumerate()
            .find(|(_, p)| p.from <= at && at < p.to)
        else {
            continue;
        };
        let tree = Tree::new(document.text(), sentence);
        for candidate in candidates::find(&tree, mentions, number as u32, schema) {
            let s = span(Object::Mention(candidate.subject));
            let o = span(candidate.object);
            let symmetric = schema.relations[candidate.relation].symmetric;
            let mut related = false;
            for (i, &(relation, fs, fo)) in passage.facts.iter().enumerate() {
                let fits =
                    meets(s, fs) && meets(o, fo) || symmetric && meets(s, fo) && meets(o, fs);
                if relation == candidate.relation && fits {
                    related = true;
                    reached[which][i] = true;
                }
            }
            if !related && !passage.asked.contains(&candidate.relation) {
                continue;
            }
            let mut own = Vec::new();
            features::of(&tree, mentions, schema, &candidate, &mut own);
            own.sort_unstable();
            own.dedup();
            examples.push(Example {
                fold,
                relation: candidate.relation,
                features: own,
                related,
                tied: candidate.held,
            });
        }
    }
    let all = reached.iter().map(Vec::len).sum();
    (all, reached.iter().flatten().filter(|r| **r).count())
}

/// Weights by hash.
fn learn(examples: &[&Example]) -> Vec<f32> {
    let mask = (1_u32 << BITS) - 1;
    let mut weights = vec![0_f32; 1 << BITS];
    let mut squares = vec![1e-3_f32; 1 << BITS];
    let mut chance = Chance::new(SEED);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for _ in 0..ROUNDS {
        chance.shuffle(&mut order);
        for &i in &order {
            let example = examples[i];
            let sum: f32 = example
                .features
                .iter()
                .map(|&f| weights[(f & mask) as usize])
                .sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            let error = p - if example.related { 1.0 } else { 0.0 };
            for &f in &example.features {
                let at = (f & mask) as usize;
                let slope = error + DECAY * weights[at];
                squares[at] += slope * slope;
                weights[at] -= RATE * slope / squares[at].sqrt();
            }
        }
    }
    weights
}

/// Weights as signed bytes; the largest sets the scale.
fn pack(weights: &[f32], relations: Vec<(String, f32)>) -> RelationModel {
    let most = weights.iter().fold(0_f32, |m, w| m.max(w.abs()));
    let scale = (most / 127.0).max(f32::MIN_POSITIVE);
    let bytes = weights.iter().map(|w| (w / scale).round() as i8).collect();
    RelationModel::new(BITS, scale, relations, bytes)
}

/// The least probability from which on a relation's held-out candidates reach the precision wanted; never below [`LEAST`].
fn threshold(held: &[(usize, f32, bool)], relation: usize) -> f32 {
    let mut own: Vec<(f32, bool)> = held
        .iter()
        .filter(|(r, _, _)| *r == relation)
        .map(|&(_, p, related)| (p, related))
        .collect();
    own.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut best = 0.9;
    let mut right = 0;
    for (i, &(p, related)) in own.iter().enumerate() {
        right += usize::from(related);
        // Two more wrong ones than seen: few candidates prove little.
        if p >= LEAST && right as f32 / (i + 3) as f32 >= PRECISION {
            best = p;
        }
    }
    best
}

/// The model card: data, method, held-out precision and recall by relation, and the reliability of the probabilities.
fn describe(schema: &Schema, held: &[(usize, f32, bool)], thresholds: &[f32]) -> String {
    let mut out = format!(
        "Judges whether two mentions of a sentence stand in a relation that a word of it names.\n\n\
         - Trained on folds 1 to 3 of KnowledgeNet (CC BY-SA 4.0; Mesquita and others 2019, Diffbot).\n\
         - Licence of the model: CC BY-SA 4.0.\n\
         - Method: logistic regression over hashed features of the dependency path and the words around; see `docs/relations.md`.\n\
         - Seed {SEED}; {ROUNDS} rounds; rate {RATE}; decay {DECAY}; 2^{BITS} weights.\n\n\
         Candidates of each fold judged by a model of the other two, at the threshold of the relation:\n\n\
         | relation | threshold | precision | recall among candidates | related candidates |\n|---|---:|---:|---:|---:|\n"
    );
    for (r, relation) in schema.relations.iter().enumerate() {
        let own: Vec<(f32, bool)> = held
            .iter()
            .filter(|h| h.0 == r)
            .map(|&(_, p, y)| (p, y))
            .collect();
        let related = own.iter().filter(|(_, y)| *y).count();
        if related == 0 {
            continue;
        }
        let stated: Vec<bool> = own
            .iter()
            .filter(|(p, _)| *p >= thresholds[r])
            .map(|(_, y)| *y)
            .collect();
        let right = stated.iter().filter(|y| **y).count();
        let _ = writeln!(
            out,
            "| {} | {:.2} | {:.3} | {:.3} | {related} |",
            relation.label,
            thresholds[r],
            right as f32 / stated.len().max(1) as f32,
            right as f32 / related as f32
        );
    }
    out.push_str("\nReliability: of the candidates given a probability in the band, the share that is related.\n\n| probability | candidates | mean | related |\n|---|---:|---:|---:|\n");
    let mut bands: BTreeMap<usize, (usize, f32, usize)> = BTreeMap::new();
    for &(_, p, related) in held {
        let band = bands.entry(((p * 10.0) as usize).min(9)).or_default();
        band.0 += 1;
        band.1 += p;
        band.2 += usize::from(related);
    }
    for (band, (n, sum, related)) in bands {
        let _ = writeln!(
            out,
            "| {:.1}–{:.1} | {n} | {:.2} | {:.2} |",
            band as f32 / 10.0,
            (band + 1) as f32 / 10.0,
            sum / n as f32,
            related as f32 / n as f32
        );
    }
    out
}
