//! The things and ties that a graph tool must find, asked of the store in SPARQL and not of any export.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::newsroom::{Newsroom, finish};

/// One answer of a query: variable and value.
type Row = BTreeMap<String, String>;

/// What the store holds, element by element, each as JSON with its attributes in the order of their names.
pub(crate) struct Ties {
    pub(crate) nodes: BTreeSet<String>,
    pub(crate) edges: BTreeSet<String>,
}

/// Kinds by class, the first that fits.
const KINDS: &str = r#"VALUES (?class ?kind ?rank) {
    (foaf:Person "person" 1) (org:Organization "organisation" 2) (schema:Place "place" 3)
    (nl:PossibleEvent "event, unconfirmed" 4) (sem:Event "event" 5) (nl:Figure "figure" 6) } ?x a ?class ."#;

/// Properties that repeat others, or keep books.
const NO_TIES: &str = "sem:hasActor, sem:eventType, schema:location, schema:affiliation, org:hasMembership, org:holds, \
    org:member, nl:evidence, nl:assertionOf, nl:post, rdf:type, rdfs:seeAlso";

/// The answers to a query.
pub(crate) fn rows(room: &Newsroom, query: &str) -> Vec<Row> {
    let mut command = room.command(["query", "--format", "json", "-q", query, "--store"]);
    command.arg(room.store());
    let answer: Value = serde_json::from_str(&finish(command).exits(0).stdout).unwrap();
    let row = |bound: &Value| {
        let values = bound.as_object().unwrap().iter();
        let value = |(name, term): (&String, &Value)| {
            (name.clone(), term["value"].as_str().unwrap().to_owned())
        };
        values.map(value).collect()
    };
    let rows = answer["results"]["bindings"].as_array().unwrap();
    rows.iter().map(row).collect()
}

/// The least value of `?v` for each `?x`.
fn least(room: &Newsroom, pattern: &str) -> BTreeMap<String, String> {
    let query = format!("SELECT ?x (MIN(STR(?value)) AS ?v) {{ {pattern} }} GROUP BY ?x");
    let rows = rows(room, &query).into_iter();
    rows.filter_map(|mut row| Some((row.remove("x")?, row.remove("v")?)))
        .collect()
}

/// A sentence as a tooltip has it: one line, in quotation marks, with the name of its article.
fn quoted(sentence: &str, source: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let line = words.join(" ");
    let file = source.rsplit('/').next().unwrap();
    format!("“{}” ({file})", line.trim_matches(['“', '”', '"']))
}

/// The first three of the sentences behind each `?x`, and how many there are.
fn evidence(room: &Newsroom, about: &str) -> BTreeMap<String, (String, usize)> {
    let query = format!(
        "SELECT DISTINCT ?x ?e ?sentence ?source {{ {about} nl:evidence ?e . ?e nif:anchorOf ?sentence ;
            nif:referenceContext/dcterms:source ?source }}"
    );
    let mut of: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in rows(room, &query) {
        let quote = (row["sentence"].clone(), row["source"].clone());
        of.entry(row["x"].clone()).or_default().push(quote);
    }
    let told = |(x, mut quotes): (String, Vec<(String, String)>)| {
        quotes.sort();
        let shown: Vec<String> = quotes.iter().take(3).map(|(a, b)| quoted(a, b)).collect();
        (x, (shown.join("\n"), quotes.len()))
    };
    of.into_iter().map(told).collect()
}

/// The name of a property in words.
fn in_words(property: &str) -> String {
    let name = property.rsplit(['#', '/']).next().unwrap();
    match name {
        "hasPlace" | "containedInPlace" => "in".to_owned(),
        "possiblySameAs" => "same?".to_owned(),
        _ => name
            .chars()
            .flat_map(|c| {
                c.is_uppercase()
                    .then_some(' ')
                    .into_iter()
                    .chain(c.to_lowercase())
            })
            .collect(),
    }
}

/// An element without its empty attributes, as a line to compare.
pub(crate) fn line(element: &Map<String, Value>) -> String {
    let filled = |value: &Value| !value.is_null() && value.as_str() != Some("");
    let kept: BTreeMap<&String, &Value> = element.iter().filter(|(_, v)| filled(v)).collect();
    serde_json::to_string(&kept).unwrap()
}

fn element(value: &Value) -> String {
    line(value.as_object().unwrap())
}

/// A role that somebody holds: in words, with "former" and the like.
struct Role {
    iri: String,
    member: String,
    body: Option<String>,
    words: String,
    future: bool,
}

fn roles(room: &Newsroom) -> Vec<Role> {
    let query = "SELECT ?m ?who ?status (MIN(?title) AS ?role) (MIN(STR(?of)) AS ?body) {
            ?m a org:Membership ; org:member ?who .
            OPTIONAL { ?m nl:status ?status }
            OPTIONAL { ?m org:role/skos:prefLabel ?title }
            OPTIONAL { ?m org:organization|schema:areaServed ?of }
        } GROUP BY ?m ?who ?status ORDER BY ?m";
    let role = |row: Row| {
        let title = row.get("role").map_or("member", String::as_str);
        let status = row.get("status").map_or("", String::as_str);
        let status = status.rsplit('#').next().unwrap();
        let words = match status {
            "Former" => format!("former {title}"),
            "Future" => format!("{title} to be"),
            _ => title.to_owned(),
        };
        Role {
            iri: row["m"].clone(),
            member: row["who"].clone(),
            body: row.get("body").filter(|body| !body.is_empty()).cloned(),
            words,
            future: status == "Future",
        }
    };
    rows(room, query).into_iter().map(role).collect()
}

/// Rank and name of the first kind that a pattern gives each thing.
fn kinds(room: &Newsroom, pattern: &str) -> BTreeMap<String, (String, String)> {
    let mut kinds: BTreeMap<String, (String, String)> = BTreeMap::new();
    for row in rows(room, &format!("SELECT ?x ?kind ?rank {{ {pattern} }}")) {
        let found = (row["rank"].clone(), row["kind"].clone());
        let known = kinds
            .entry(row["x"].clone())
            .or_insert_with(|| found.clone());
        *known = found.min(known.clone());
    }
    kinds
}

impl Ties {
    /// Asks a store.
    pub(crate) fn of(room: &Newsroom) -> Self {
        let kinds = kinds(room, KINDS);
        let roles = roles(room);
        Self {
            nodes: nodes(room, &kinds, &roles),
            edges: edges(room, &kinds, &roles),
        }
    }
}

fn nodes(
    room: &Newsroom,
    kinds: &BTreeMap<String, (String, String)>,
    roles: &[Role],
) -> BTreeSet<String> {
    let labels = least(room, "?x rdfs:label ?value");
    let preferred = least(room, "?x skos:prefLabel ?value");
    let classes = least(room, "?x sem:eventType ?value");
    let begins = least(room, "?x sem:hasEarliestBeginTimeStamp ?value");
    let ends = least(room, "?x sem:hasLatestEndTimeStamp ?value");
    let evidence = evidence(room, "?x");
    let mut others: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows(room, "SELECT ?x ?name { ?x skos:altLabel ?name }") {
        let names = others.entry(row["x"].clone()).or_default();
        names.insert(row["name"].clone());
    }
    let node = |(iri, (_, kind)): (&String, &(String, String))| {
        let alone = roles
            .iter()
            .filter(|role| &role.member == iri && role.body.is_none());
        let class = match classes.get(iri).filter(|_| kind.starts_with("event")) {
            Some(class) => class.rsplit(['#', '/']).next().unwrap().to_owned(),
            None => alone
                .map(|role| role.words.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        };
        let other = others.get(iri).into_iter().flatten().cloned();
        let told = evidence
            .get(iri)
            .cloned()
            .unwrap_or_else(|| (other.collect::<Vec<_>>().join(" · "), 0));
        element(&json!({
            "iri": iri,
            "label": preferred.get(iri).or(labels.get(iri)),
            "kind": kind,
            "class": class,
            "begins": begins.get(iri),
            "ends": ends.get(iri),
            "evidence": told.0,
            "sentences": told.1,
            "unconfirmed": kind == "event, unconfirmed",
        }))
    };
    kinds.iter().map(node).collect()
}

fn edges(
    room: &Newsroom,
    kinds: &BTreeMap<String, (String, String)>,
    roles: &[Role],
) -> BTreeSet<String> {
    let mut edges = BTreeMap::new();
    let of_roles = evidence(room, "?x a org:Membership . ?x");
    for role in roles {
        let Some(body) = &role.body else { continue };
        let edge = json!({
            "from": role.member,
            "to": body,
            "label": role.words,
            "iri": role.iri,
            "evidence": of_roles.get(&role.iri).map(|told| &told.0),
            "unconfirmed": role.future,
        });
        let key = (role.member.clone(), body.clone(), role.words.clone());
        edges.entry(key).or_insert_with(|| element(&edge));
    }
    let labels = least(room, "?x rdfs:label ?value");
    let said = evidence(
        room,
        "?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
         BIND (CONCAT(STR(?s), ' ', STR(?p), ' ', STR(?o)) AS ?x) ?claim",
    );
    let query = format!(
        "SELECT DISTINCT ?s ?p ?o {{ ?s ?p ?o . FILTER (isIRI(?o) && ?s != ?o && ?p NOT IN ({NO_TIES})) }}
         ORDER BY ?s ?o ?p"
    );
    for row in rows(room, &query) {
        let (s, p, o) = (&row["s"], &row["p"], &row["o"]);
        let (Some(kind), Some(_)) = (kinds.get(s), kinds.get(o)) else {
            continue;
        };
        // Said both ways and drawn once, from what stands first by kind and name.
        let doubtful = p.ends_with("possiblySameAs");
        let place = |x: &String| (kinds[x].0 == "4", labels.get(x), x.clone());
        if doubtful && place(s) > place(o) {
            continue;
        }
        let told = said.get(&format!("{s} {p} {o}")).map(|told| &told.0);
        let edge = json!({
            "from": s,
            "to": o,
            "label": in_words(p),
            "iri": p,
            "evidence": told,
            "unconfirmed": kind.1 == "event, unconfirmed" || doubtful,
        });
        edges
            .entry((s.clone(), o.clone(), in_words(p)))
            .or_insert_with(|| element(&edge));
    }
    edges.into_values().collect()
}

/// The rows that the table for spreadsheets must have.
pub(crate) fn table(room: &Newsroom) -> BTreeSet<String> {
    let facility = "{ ?x a nl:Facility . BIND (\"2.5\" AS ?rank) BIND (\"facility\" AS ?kind) }";
    let mut kinds = kinds(room, &format!("{{ {KINDS} }} UNION {facility}"));
    for (_, kind) in kinds.values_mut() {
        *kind = kind.replace("event, unconfirmed", "possible event");
    }
    let labels = least(room, "?x rdfs:label ?value");
    let clocks = [
        "sem:hasTimeStamp",
        "sem:hasEarliestBeginTimeStamp",
        "nl:asOf",
    ]
    .map(|clock| least(room, &format!("?x {clock} ?value")));
    let first = least(room, "?x nl:evidence ?value");
    let mut sentences: BTreeMap<String, (String, String)> = BTreeMap::new();
    let query = "SELECT ?e ?text ?source { ?e nif:anchorOf ?text ; nif:referenceContext/dcterms:source ?source }";
    for row in rows(room, query) {
        sentences.insert(
            row["e"].clone(),
            (row["text"].clone(), row["source"].clone()),
        );
    }
    let mut statuses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows(
        room,
        "SELECT ?x ?status { ?x nl:status|nl:modality ?status }",
    ) {
        let word = row["status"].rsplit('#').next().unwrap().to_lowercase();
        statuses.entry(row["x"].clone()).or_default().insert(word);
    }
    let tie = |from: &str, relation: &str, to: &str, fact: &str| {
        let said = first.get(fact).and_then(|e| sentences.get(e));
        let status = statuses.get(fact).into_iter().flatten().cloned();
        element(&json!({
            "from": labels.get(from),
            "from_kind": kinds.get(from).map(|kind| &kind.1),
            "relation": relation,
            "to": labels.get(to),
            "to_kind": kinds.get(to).map(|kind| &kind.1),
            "status": status.collect::<Vec<_>>().join(" "),
            "when": clocks.iter().find_map(|clock| clock.get(fact)),
            "sentence": said.map(|said| &said.0),
            "source": said.map(|said| &said.1),
            "from_iri": from,
            "to_iri": to,
            "fact_iri": fact,
        }))
    };
    let roles = rows(
        room,
        "SELECT ?m ?who ?title ?body { ?m a org:Membership ; org:member ?who ; org:role/rdfs:label ?title .
            OPTIONAL { ?m org:organization ?body } }",
    );
    let mut table: BTreeSet<String> = roles
        .iter()
        .map(|row| {
            let body = row.get("body").map_or("", String::as_str);
            tie(&row["who"], &row["title"], body, &row["m"])
        })
        .collect();
    let plain = "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o . FILTER (isIRI(?o) && ?p NOT IN (rdf:type, sem:hasActor, \
        schema:location, sem:eventType, org:hasMembership, org:holds, nl:evidence, nl:modality)) }";
    for row in rows(room, plain) {
        let (s, p, o) = (&row["s"], &row["p"], &row["o"]);
        if kinds.contains_key(s) && kinds.contains_key(o) {
            table.insert(tie(s, p.rsplit(['#', '/']).next().unwrap(), o, s));
        }
    }
    table
}
