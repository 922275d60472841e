//! The graph as a drawing sees it: things as nodes, roles, slots and relations as labelled edges.
//!
//! In: triples. Out: a [`GraphView`], whole, around a focus, or bounded to its most connected part. Refuses: to draw claims,
//! assertions and documents as things; the sentence that states an edge is its tooltip.

use super::cut::Layout;
use crate::schema::vocab::{dcterms, foaf, local_name, nif, nl, org, rdf, rdfs, schema, sem, skos};
use oxigraph::model::Term;
use petgraph::graph::UnGraph;
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place or facility.
    Place,
    /// Something that happened.
    Event,
    /// Something planned, possible, alleged or denied.
    PossibleEvent,
    /// A figure that a text gives.
    Figure,
    /// Anything else that a query constructed.
    Thing,
}

impl NodeKind {
    /// All kinds in the order of legends.
    pub const ALL: [Self; 7] = [
        Self::Person,
        Self::Organisation,
        Self::Place,
        Self::Event,
        Self::PossibleEvent,
        Self::Figure,
        Self::Thing,
    ];

    /// The kind that types stand for.
    pub(super) fn of_types(has: impl Fn(&str) -> bool) -> Option<Self> {
        [
            (foaf::PERSON, Self::Person),
            (org::ORGANIZATION, Self::Organisation),
            (schema::PLACE, Self::Place),
            (nl::POSSIBLE_EVENT, Self::PossibleEvent),
            (sem::EVENT, Self::Event),
            (nl::FIGURE, Self::Figure),
        ]
        .into_iter()
        .find(|(class, _)| has(class))
        .map(|(_, kind)| kind)
    }

    /// As legends and attributes call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Event => "event",
            Self::PossibleEvent => "event, unconfirmed",
            Self::Figure => "figure",
            Self::Thing => "thing",
        }
    }

    /// Whether it is an event of either sort.
    pub const fn is_event(self) -> bool {
        matches!(self, Self::Event | Self::PossibleEvent)
    }
}

/// A thing to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// IRI.
    pub iri: String,
    /// Name.
    pub label: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// Class of an event, roles of a person that no edge shows.
    pub detail: String,
    /// First day of an event, `YYYY-MM-DD`.
    pub begins: Option<String>,
    /// Last day of an event.
    pub ends: Option<String>,
    /// The sentences that state it, or other names.
    pub tooltip: String,
    /// Path or address of the first of these sentences' article.
    pub source: String,
    /// Number of sentences that state it.
    pub mentions: usize,
}

/// A labelled arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Index of the node it starts from.
    pub from: usize,
    /// Index of the node it points at.
    pub to: usize,
    /// Role, slot or relation in words.
    pub label: String,
    /// IRI of the property or membership behind it.
    pub iri: String,
    /// Whether nobody affirms it.
    pub unconfirmed: bool,
    /// The sentences that state it.
    pub tooltip: String,
    /// Path or address of the first of these sentences' article.
    pub source: String,
}

/// Nodes and edges, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphView {
    /// Sorted by kind, then label, then IRI.
    pub nodes: Vec<Node>,
    /// Sorted by ends and label.
    pub edges: Vec<Edge>,
    /// Things that were left out to keep it readable.
    pub left_out: usize,
    /// How it is to be laid out.
    pub layout: Layout,
}

/// Properties that repeat another, or tie bookkeeping to things.
const NOT_DRAWN: [&str; 12] = [
    sem::HAS_ACTOR,
    sem::EVENT_TYPE,
    schema::LOCATION,
    schema::AFFILIATION,
    org::HAS_MEMBERSHIP,
    org::HOLDS,
    org::MEMBER,
    nl::EVIDENCE,
    nl::ASSERTION_OF,
    nl::POST,
    rdf::TYPE,
    rdfs::SEE_ALSO,
];

/// Everything said about one subject, by predicate.
type Said<'a> = BTreeMap<&'a str, Vec<&'a Term>>;

impl GraphView {
    /// Reads the things and ties out of triples, in any order.
    pub fn of<'a>(triples: impl IntoIterator<Item = (&'a str, &'a str, &'a Term)>) -> Self {
        let mut said: BTreeMap<&str, Said<'_>> = BTreeMap::new();
        for (s, p, o) in triples {
            let objects = said.entry(s).or_default().entry(p).or_default();
            if !objects.contains(&o) {
                objects.push(o);
            }
        }
        // Stores hand out triples in orders of their own; the picture must not show which store it was.
        for objects in said.values_mut().flat_map(BTreeMap::values_mut) {
            objects.sort_by_cached_key(ToString::to_string);
        }
        let quotes = Quotes::of(&said);
        let mut nodes: Vec<Node> = said
            .iter()
            .filter_map(|(iri, about)| Some((*iri, about, kind_of(about)?)))
            .map(|(iri, about, kind)| node(iri, about, kind, &quotes))
            .collect();
        nodes.sort_by(|a, b| (a.kind, &a.label, &a.iri).cmp(&(b.kind, &b.label, &b.iri)));
        let number: BTreeMap<String, usize> = nodes
            .iter()
            .enumerate()
            .map(|(i, n)| (n.iri.clone(), i))
            .collect();
        let mut edges = Vec::new();
        for (iri, about) in &said {
            if is_a(about, org::MEMBERSHIP) {
                membership(iri, about, &said, &number, &quotes, &mut nodes, &mut edges);
            } else if let Some(&from) = number.get(*iri) {
                for (predicate, objects) in about {
                    for to in objects
                        .iter()
                        .filter_map(|o| number.get(iri_of(o)?).copied())
                    {
                        if to != from && !NOT_DRAWN.contains(predicate) {
                            let (tooltip, source) =
                                quotes.of_triple(iri, predicate, &nodes[to].iri);
                            edges.push(Edge {
                                from,
                                to,
                                label: edge_label(predicate),
                                iri: (*predicate).to_owned(),
                                unconfirmed: nodes[from].kind == NodeKind::PossibleEvent
                                    || *predicate == nl::POSSIBLY_SAME_AS,
                                tooltip,
                                source,
                            });
                        }
                    }
                }
            }
        }
        Self::tidied(nodes, edges)
    }

    /// Things and what joins them, tidied.
    pub(super) fn tidied(nodes: Vec<Node>, edges: Vec<Edge>) -> Self {
        let mut view = Self {
            nodes,
            edges,
            ..Self::default()
        };
        view.tidy();
        view
    }

    /// Sorts edges, drops repetitions and one of each pair of symmetric arrows.
    fn tidy(&mut self) {
        self.edges.sort_by(|a, b| {
            (a.from, a.to, &a.label, &a.iri).cmp(&(b.from, b.to, &b.label, &b.iri))
        });
        self.edges
            .dedup_by(|b, a| (a.from, a.to, &a.label) == (b.from, b.to, &b.label));
        self.edges
            .retain(|e| e.iri != nl::POSSIBLY_SAME_AS || e.from < e.to);
    }

    /// One arrow for all that is said from one thing to another, as pictures have room for it.
    #[must_use]
    pub fn merged(&self) -> Self {
        let mut view = self.clone();
        view.edges.sort_by_key(|e| (e.from, e.to, e.unconfirmed));
        view.edges.dedup_by(|next, kept| {
            let same =
                (next.from, next.to, next.unconfirmed) == (kept.from, kept.to, kept.unconfirmed);
            if same {
                kept.label.push_str(", ");
                kept.label.push_str(&next.label);
                if !kept.tooltip.contains(&next.tooltip) {
                    kept.tooltip.push('\n');
                    kept.tooltip.push_str(&next.tooltip);
                }
            }
            same
        });
        view
    }

    /// What an edge ties.
    #[must_use]
    pub fn tied(&self) -> Self {
        let degrees = self.degrees();
        self.only(|i| degrees[i] > 0)
    }

    /// Drops the sentences behind nodes and edges.
    pub fn forget_sentences(&mut self) {
        for node in &mut self.nodes {
            node.tooltip.clear();
            node.source.clear();
        }
        for edge in &mut self.edges {
            edge.tooltip.clear();
            edge.source.clear();
        }
    }

    /// Number of different neighbours of each node.
    pub fn degrees(&self) -> Vec<usize> {
        let mut neighbours = vec![BTreeSet::new(); self.nodes.len()];
        for e in &self.edges {
            neighbours[e.from].insert(e.to);
            neighbours[e.to].insert(e.from);
        }
        neighbours.iter().map(BTreeSet::len).collect()
    }

    /// The graph without arrows, for measures and walks.
    fn undirected(&self) -> UnGraph<(), (), usize> {
        let mut graph = UnGraph::with_capacity(self.nodes.len(), self.edges.len());
        for _ in &self.nodes {
            graph.add_node(());
        }
        for e in &self.edges {
            graph.add_edge(e.from.into(), e.to.into(), ());
        }
        graph
    }

    /// What lies within `depth` edges of the nodes with these IRIs.
    #[must_use]
    pub fn around(&self, focus: &[String], depth: usize) -> Self {
        let graph = self.undirected();
        let mut distance: BTreeMap<usize, usize> = BTreeMap::new();
        let mut queue = VecDeque::new();
        for (i, node) in self.nodes.iter().enumerate() {
            if focus.contains(&node.iri) {
                distance.insert(i, 0);
                queue.push_back(i);
            }
        }
        while let Some(at) = queue.pop_front() {
            let far = distance[&at];
            if far == depth {
                continue;
            }
            for next in graph.neighbors(at.into()) {
                let next = next.index();
                distance.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    far + 1
                });
            }
        }
        self.only(|i| distance.contains_key(&i))
    }

    /// Events whose day, month or year is known, and what they are tied to; everything when there is no such event. What is
    /// left out is counted.
    #[must_use]
    pub fn dated(&self) -> Self {
        let dated = |i: usize| self.nodes[i].kind.is_event() && self.nodes[i].begins.is_some();
        let mut kept: BTreeSet<usize> = (0..self.nodes.len()).filter(|&i| dated(i)).collect();
        if kept.is_empty() {
            return self.clone();
        }
        for e in &self.edges {
            for (from, to) in [(e.from, e.to), (e.to, e.from)] {
                if dated(from) && !self.nodes[to].kind.is_event() {
                    kept.insert(to);
                }
            }
        }
        let mut view = self.only(|i| kept.contains(&i));
        view.left_out = self.left_out + self.nodes.len() - view.nodes.len();
        view
    }

    /// At most `most` nodes: connected ones only, those with most neighbours and sentences first. What is left out is counted.
    #[must_use]
    pub fn bounded(&self, most: usize) -> Self {
        let degrees = self.degrees();
        let mut order: Vec<usize> = (0..self.nodes.len()).filter(|&i| degrees[i] > 0).collect();
        order.sort_by_key(|&i| {
            let rank = 2 * degrees[i] + self.nodes[i].mentions.min(10);
            (std::cmp::Reverse(rank), i)
        });
        order.truncate(most);
        let kept: BTreeSet<usize> = order.into_iter().collect();
        let view = self.only(|i| kept.contains(&i));
        // Cutting may leave some without a neighbour; they would only float about.
        let degrees = view.degrees();
        let mut view = view.only(|i| degrees[i] > 0);
        view.left_out = self.left_out + self.nodes.len() - view.nodes.len();
        view
    }

    /// The nodes that pass, with the edges among them.
    fn only(&self, keep: impl Fn(usize) -> bool) -> Self {
        let mut place = vec![usize::MAX; self.nodes.len()];
        let mut nodes = Vec::new();
        for (i, node) in self.nodes.iter().enumerate() {
            if keep(i) {
                place[i] = nodes.len();
                nodes.push(node.clone());
            }
        }
        let edges = self
            .edges
            .iter()
            .filter(|e| place[e.from] != usize::MAX && place[e.to] != usize::MAX)
            .map(|e| Edge {
                from: place[e.from],
                to: place[e.to],
                ..e.clone()
            })
            .collect();
        Self {
            nodes,
            edges,
            left_out: self.left_out,
            layout: self.layout,
        }
    }

    /// A number for each node that its connected part shares, the least node number in it.
    pub fn parts(&self) -> Vec<usize> {
        let mut sets = UnionFind::<usize>::new(self.nodes.len());
        for e in &self.edges {
            sets.union(e.from, e.to);
        }
        let mut least: BTreeMap<usize, usize> = BTreeMap::new();
        (0..self.nodes.len())
            .map(|i| *least.entry(sets.find(i)).or_insert(i))
            .collect()
    }
}

/// The sentences behind things and triples.
struct Quotes<'a> {
    /// Text and article of each sentence.
    sentence: BTreeMap<&'a str, (&'a str, &'a str)>,
    /// What is said of the claim that states each triple.
    claims: BTreeMap<(&'a str, &'a str, &'a str), &'a [&'a Term]>,
}

impl<'a> Quotes<'a> {
    fn of(said: &'a BTreeMap<&'a str, Said<'a>>) -> Self {
        let mut sentence = BTreeMap::new();
        let mut claims: BTreeMap<_, &[&Term]> = BTreeMap::new();
        for (iri, about) in said {
            if let Some(quote) = about.get(nif::ANCHOR_OF).and_then(|o| text_of(o.first()?)) {
                let source = about
                    .get(nif::REFERENCE_CONTEXT)
                    .and_then(|o| said.get(iri_of(o.first()?)?))
                    .and_then(|document| text_of(document.get(dcterms::SOURCE)?.first()?));
                sentence.insert(*iri, (quote, source.unwrap_or_default()));
            }
            let one = |p: &str| iri_of(about.get(p)?.first()?);
            if let (Some(s), Some(p), Some(o), Some(evidence)) = (
                one(rdf::SUBJECT),
                one(rdf::PREDICATE),
                one(rdf::OBJECT),
                about.get(nl::EVIDENCE),
            ) {
                claims.insert((s, p, o), evidence);
            }
        }
        Self { sentence, claims }
    }

    /// Up to three sentences, the article of the first, and how many there are in all.
    fn of_thing(&self, about: &Said<'_>) -> (String, String, usize) {
        let evidence = about.get(nl::EVIDENCE).map_or(&[][..], Vec::as_slice);
        let (shown, source) = self.told(evidence);
        (shown, source, evidence.len())
    }

    fn told(&self, evidence: &[&Term]) -> (String, String) {
        let mut quotes: Vec<(&str, &str)> = evidence
            .iter()
            .filter_map(|o| self.sentence.get(iri_of(o)?).copied())
            .collect();
        quotes.sort_unstable();
        let shown: Vec<String> = quotes.iter().take(3).map(quoted).collect();
        let source = quotes.first().map_or("", |(_, source)| source);
        (shown.join("\n"), source.to_owned())
    }

    fn of_triple(&self, s: &str, p: &str, o: &str) -> (String, String) {
        self.claims
            .get(&(s, p, o))
            .map(|evidence| self.told(evidence))
            .unwrap_or_default()
    }
}

/// A sentence on one line in quotation marks, with the name of its article.
fn quoted((sentence, source): &(&str, &str)) -> String {
    let line: Vec<&str> = sentence.split_whitespace().collect();
    let quote = format!("“{}”", line.join(" ").trim_matches(['“', '”', '"']));
    match source.rsplit(['/', '\\']).find(|part| !part.is_empty()) {
        Some(name) => format!("{quote} ({name})"),
        None => quote,
    }
}

fn iri_of(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(n) => Some(n.as_str()),
        _ => None,
    }
}

fn text_of(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(l) => Some(l.value()),
        _ => None,
    }
}

fn is_a(about: &Said<'_>, class: &str) -> bool {
    about
        .get(rdf::TYPE)
        .is_some_and(|types| types.iter().any(|t| iri_of(t) == Some(class)))
}

fn kind_of(about: &Said<'_>) -> Option<NodeKind> {
    NodeKind::of_types(|class| is_a(about, class))
}

/// The first text of any of these properties, in the order of the alphabet.
fn text<'a>(about: &Said<'a>, properties: &[&str]) -> Option<&'a str> {
    properties
        .iter()
        .find_map(|p| about.get(p)?.iter().filter_map(|t| text_of(t)).min())
}

fn node(iri: &str, about: &Said<'_>, kind: NodeKind, quotes: &Quotes<'_>) -> Node {
    let label = text(about, &[skos::PREF_LABEL, rdfs::LABEL])
        .unwrap_or_else(|| local_name(iri))
        .to_owned();
    let (mut tooltip, source, mentions) = quotes.of_thing(about);
    if tooltip.is_empty() {
        let mut aliases: Vec<&str> = about
            .get(skos::ALT_LABEL)
            .into_iter()
            .flatten()
            .filter_map(|t| text_of(t))
            .collect();
        aliases.sort_unstable();
        tooltip = aliases.join(" · ");
    }
    let detail = if kind.is_event() {
        about
            .get(sem::EVENT_TYPE)
            .into_iter()
            .flatten()
            .filter_map(|t| iri_of(t))
            .map(local_name)
            .min()
            .unwrap_or_default()
            .to_owned()
    } else {
        String::new()
    };
    Node {
        iri: iri.to_owned(),
        label,
        kind,
        detail,
        begins: text(about, &[sem::HAS_EARLIEST_BEGIN_TIME_STAMP]).map(str::to_owned),
        ends: text(about, &[sem::HAS_LATEST_END_TIME_STAMP]).map(str::to_owned),
        tooltip,
        source,
        mentions,
    }
}

/// Draws a membership as an arrow from holder to organisation or place; without either it becomes a line under the name.
fn membership(
    iri: &str,
    about: &Said<'_>,
    said: &BTreeMap<&str, Said<'_>>,
    number: &BTreeMap<String, usize>,
    quotes: &Quotes<'_>,
    nodes: &mut [Node],
    edges: &mut Vec<Edge>,
) {
    let one = |p: &str| {
        about
            .get(p)
            .and_then(|o| o.iter().filter_map(|t| iri_of(t)).min())
    };
    let Some(&from) = one(org::MEMBER).and_then(|m| number.get(m)) else {
        return;
    };
    let role = one(org::ROLE)
        .and_then(|r| said.get(r))
        .and_then(|r| text(r, &[skos::PREF_LABEL, rdfs::LABEL]))
        .unwrap_or("member");
    let status = one(nl::STATUS);
    let label = match status {
        Some(nl::FORMER) => format!("former {role}"),
        Some(nl::FUTURE) => format!("{role} to be"),
        _ => role.to_owned(),
    };
    let end = one(org::ORGANIZATION_OF)
        .or_else(|| one("https://schema.org/areaServed"))
        .and_then(|o| number.get(o));
    if let Some(&to) = end {
        let (tooltip, source, _) = quotes.of_thing(about);
        edges.push(Edge {
            from,
            to,
            label,
            iri: iri.to_owned(),
            unconfirmed: status == Some(nl::FUTURE),
            tooltip,
            source,
        });
    } else {
        let detail = &mut nodes[from].detail;
        if !detail.is_empty() {
            detail.push_str(", ");
        }
        detail.push_str(&label);
    }
}

/// A property in words, as an arrow is labelled.
pub(super) fn edge_label(property: &str) -> String {
    match property {
        sem::HAS_PLACE | schema::CONTAINED_IN_PLACE => return "in".to_owned(),
        nl::POSSIBLY_SAME_AS => return "same?".to_owned(),
        nl::COUNTS => return "counts".to_owned(),
        _ => {}
    }
    let mut out = String::new();
    for c in local_name(property).chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::export::view::NodeKind::{Event, Organisation, Person, PossibleEvent};
    use oxigraph::model::{Literal, NamedNode};

    const ID: &str = "https://example.org/";

    /// A small graph: a harbour master, her office, an arrest that happened and a trial that may.
    pub(crate) fn harbour() -> GraphView {
        let iri = |n: &str| Term::from(NamedNode::new_unchecked(format!("{ID}{n}")));
        let class = |c: &str| Term::from(NamedNode::new_unchecked(c));
        let text = |t: &str| Term::from(Literal::new_language_tagged_literal_unchecked(t, "en"));
        let mut triples: Vec<(String, &str, Term)> = Vec::new();
        for (n, c, label) in [
            ("pike", foaf::PERSON, "Ada \"A\" Pike"),
            ("office", org::ORGANIZATION, "Harbour & Tide Office"),
            ("arrest", sem::EVENT, "Arrest of Ada Pike"),
            ("trial", nl::POSSIBLE_EVENT, "Trial <of> Ada Pike"),
            ("tideport", schema::PLACE, "Tideport"),
            ("lonely", schema::PLACE, "Lonely Isle"),
            ("role", skos::CONCEPT, "harbour master"),
        ] {
            triples.push((format!("{ID}{n}"), rdf::TYPE, class(c)));
            triples.push((format!("{ID}{n}"), skos::PREF_LABEL, text(label)));
        }
        let mut tie = |s: &str, p: &'static str, o: Term| {
            triples.push((format!("{ID}{s}"), p, o));
        };
        tie("m", rdf::TYPE, class(org::MEMBERSHIP));
        tie("m", org::MEMBER, iri("pike"));
        tie("m", org::ORGANIZATION_OF, iri("office"));
        tie("m", org::ROLE, iri("role"));
        tie("m", nl::STATUS, class(nl::FORMER));
        tie("arrest", nl::ACCUSED, iri("pike"));
        tie("arrest", sem::HAS_ACTOR, iri("pike"));
        tie("arrest", sem::HAS_PLACE, iri("tideport"));
        tie("arrest", nl::EVIDENCE, iri("doc#char=0,20"));
        tie(
            "arrest",
            sem::HAS_EARLIEST_BEGIN_TIME_STAMP,
            text("2021-05-04"),
        );
        tie("trial", nl::ACCUSED, iri("pike"));
        tie(
            "doc#char=0,20",
            nif::ANCHOR_OF,
            text("Police arrested\nAda Pike."),
        );
        tie("claim", rdf::SUBJECT, iri("arrest"));
        tie("claim", rdf::PREDICATE, class(nl::ACCUSED));
        tie("claim", rdf::OBJECT, iri("pike"));
        tie("claim", nl::EVIDENCE, iri("doc#char=0,20"));
        GraphView::of(triples.iter().map(|(s, p, o)| (s.as_str(), *p, o)))
    }

    fn drawn(view: &GraphView) -> Vec<String> {
        view.edges
            .iter()
            .map(|e| {
                format!(
                    "{} -{}{}-> {}",
                    view.nodes[e.from].label,
                    e.label,
                    if e.unconfirmed { "?" } else { "" },
                    view.nodes[e.to].label
                )
            })
            .collect()
    }

    #[test]
    fn roles_slots_and_places_are_edges() {
        let view = harbour();
        assert_eq!(
            drawn(&view),
            [
                "Ada \"A\" Pike -former harbour master-> Harbour & Tide Office",
                "Arrest of Ada Pike -accused-> Ada \"A\" Pike",
                "Arrest of Ada Pike -in-> Tideport",
                "Trial <of> Ada Pike -accused?-> Ada \"A\" Pike",
            ]
        );
        assert_eq!(view.edges[1].tooltip, "“Police arrested Ada Pike.”");
        assert_eq!(view.nodes.len(), 6);
    }

    #[test]
    fn a_picture_has_one_arrow_from_one_thing_to_another() {
        let mut view = harbour();
        let mut also = view.edges[0].clone();
        "pilot".clone_into(&mut also.label);
        "“She pilots.”".clone_into(&mut also.tooltip);
        let doubtful = Edge {
            unconfirmed: true,
            ..also.clone()
        };
        view.edges.extend([doubtful, also]);
        let merged = view.merged();
        assert_eq!(merged.edges.len(), harbour().edges.len() + 1);
        assert_eq!(merged.edges[0].label, "former harbour master, pilot");
        assert_eq!(merged.edges[0].tooltip.trim(), "“She pilots.”");
        assert_eq!(merged.edges[1].label, "pilot");
    }

    #[test]
    fn in_order_of_time_stands_what_is_dated_and_what_it_ties() {
        let mut view = harbour();
        for node in &mut view.nodes {
            node.begins = None;
        }
        let undated = view.dated();
        assert_eq!(undated.left_out, 0, "nothing is dated, so all of it stays");
        for node in &mut view.nodes {
            if node.label.starts_with("Arrest") {
                node.begins = Some("2024-05-03".to_owned());
            }
        }
        let dated = view.dated();
        assert_eq!(
            drawn(&dated),
            [
                "Arrest of Ada Pike -accused-> Ada \"A\" Pike",
                "Arrest of Ada Pike -in-> Tideport",
            ]
        );
        assert_eq!((dated.nodes.len(), dated.left_out), (3, 3));
    }

    #[test]
    fn a_focus_keeps_what_is_near() {
        let view = harbour();
        let near = view.around(&[format!("{ID}office")], 1);
        let kinds: Vec<NodeKind> = near.nodes.iter().map(|n| n.kind).collect();
        assert_eq!(kinds, [Person, Organisation]);
        let wider = view.around(&[format!("{ID}office")], 2);
        let kinds: Vec<NodeKind> = wider.nodes.iter().map(|n| n.kind).collect();
        assert_eq!(kinds, [Person, Organisation, Event, PossibleEvent]);
    }

    #[test]
    fn a_bounded_view_counts_what_it_leaves_out() {
        let view = harbour();
        let whole = view.bounded(100);
        assert_eq!(
            (whole.nodes.len(), whole.left_out),
            (5, 1),
            "the isle has no tie"
        );
        let small = view.bounded(2);
        assert_eq!((small.nodes.len(), small.left_out), (2, 4));
    }
}
