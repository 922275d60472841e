//! Trees written by hand: each word with its tag, head (counted from 1) and relation.

use super::*;
use english::tagset::{RELATIONS, TAGS, relation, tag};

/// Builds a sentence from `word/UPOS/XPOS/head/relation` items; the lemma stands after `=` when it differs.
pub(crate) fn sentence(items: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for item in items.split_whitespace() {
        let mut parts = item.split('/');
        let word = parts.next().unwrap();
        let (word, lemma) = word.split_once('=').unwrap_or((word, word));
        let (upos, xpos) = (parts.next().unwrap(), parts.next().unwrap());
        let head: u32 = parts.next().unwrap().parse().unwrap();
        let rel = parts.next().unwrap();
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(word);
        let (upos, xpos) = TAGS[tag(upos, xpos)];
        tokens.push(Token {
            span: english::Span::new(start, text.len()),
            upos,
            xpos,
            lemma: lemma.into(),
            head: head.checked_sub(1),
            deprel: RELATIONS[relation(rel)],
        });
    }
    let sentence = Sentence {
        span: english::Span::new(0, text.len()),
        paragraph: 0,
        tokens,
        names: Vec::new(),
    };
    (text, sentence)
}

fn words(tree: &Tree<'_>, tokens: &[u32]) -> Vec<String> {
    tokens.iter().map(|&t| tree.form(t).to_owned()).collect()
}

#[test]
fn active_and_passive_agree() {
    let (text, s) =
        sentence("Mara/PROPN/NNP/2/nsubj shot=shoot/VERB/VBD/0/root Ivo/PROPN/NNP/2/obj");
    let tree = Tree::new(&text, &s);
    assert_eq!(words(&tree, &tree.subjects(1, None)), ["Mara"]);
    assert_eq!(words(&tree, &tree.objects(1, None)), ["Ivo"]);
    let (text, s) = sentence(
        "Ivo/PROPN/NNP/3/nsubj:pass was=be/AUX/VBD/3/aux:pass shot=shoot/VERB/VBN/0/root by/ADP/IN/5/case Mara/PROPN/NNP/3/obl:agent",
    );
    let tree = Tree::new(&text, &s);
    assert_eq!(words(&tree, &tree.subjects(2, None)), ["Mara"]);
    assert_eq!(words(&tree, &tree.objects(2, None)), ["Ivo"]);
}

#[test]
fn coordinated_verbs_share_subject_auxiliary_and_object() {
    let (text, s) = sentence(
        "Ivo/PROPN/NNP/3/nsubj:pass was=be/AUX/VBD/3/aux:pass shot=shoot/VERB/VBN/0/root and/CCONJ/CC/5/cc killed=kill/VERB/VBN/3/conj",
    );
    let tree = Tree::new(&text, &s);
    assert!(tree.passive(4));
    assert_eq!(words(&tree, &tree.objects(4, None)), ["Ivo"]);
    let (text, s) = sentence(
        "Mara/PROPN/NNP/2/nsubj robbed=rob/VERB/VBD/0/root and/CCONJ/CC/4/cc killed=kill/VERB/VBD/2/conj Ivo/PROPN/NNP/4/obj",
    );
    let tree = Tree::new(&text, &s);
    assert_eq!(words(&tree, &tree.objects(1, None)), ["Ivo"]);
    assert_eq!(words(&tree, &tree.subjects(3, None)), ["Mara"]);
}

#[test]
fn relative_clauses_and_participles_take_the_noun_they_modify() {
    let (text, s) = sentence(
        "Mara/PROPN/NNP/0/root who/PRON/WP/3/nsubj robbed=rob/VERB/VBD/1/acl:relcl banks=bank/NOUN/NNS/3/obj",
    );
    let tree = Tree::new(&text, &s);
    assert_eq!(words(&tree, &tree.subjects(2, None)), ["Mara"]);
    let (text, s) = sentence(
        "man/NOUN/NN/0/root charged=charge/VERB/VBN/1/acl with/ADP/IN/4/case theft/NOUN/NN/2/obl",
    );
    let tree = Tree::new(&text, &s);
    assert_eq!(words(&tree, &tree.objects(1, None)), ["man"]);
    assert_eq!(
        words(&tree, &tree.phrases(1, &["with".to_owned()])),
        ["theft"]
    );
    assert!(tree.subjects(1, None).is_empty());
}

#[test]
fn the_controller_of_an_infinitive_is_its_subject() {
    let (text, s) = sentence(
        "Mara/PROPN/NNP/2/nsubj wants=want/VERB/VBZ/0/root to/PART/TO/4/mark leave/VERB/VB/2/xcomp",
    );
    let tree = Tree::new(&text, &s);
    assert_eq!(words(&tree, &tree.subjects(3, None)), ["Mara"]);
    let (text, s) = sentence(
        "Mara/PROPN/NNP/2/nsubj told=tell/VERB/VBD/0/root Ivo/PROPN/NNP/2/obj to/PART/TO/5/mark leave/VERB/VB/2/xcomp",
    );
    let tree = Tree::new(&text, &s);
    assert_eq!(words(&tree, &tree.subjects(4, None)), ["Ivo"]);
}

#[test]
fn a_particle_read_as_a_preposition_gives_its_noun_back() {
    let (text, s) = sentence(
        "Guards=guard/NOUN/NNS/2/nsubj handed=hand/VERB/VBD/0/root in/ADP/IN/5/case their/PRON/PRP$/5/nmod:poss rifles=rifle/NOUN/NNS/2/obl",
    );
    let tree = Tree::new(&text, &s);
    let (_, object) = tree.particle(1, "in").unwrap();
    assert_eq!(words(&tree, &tree.objects(1, object)), ["rifles"]);
    assert!(tree.particle(1, "over").is_none());
}

#[test]
fn nouns_find_their_doer_and_their_light_verb() {
    let (text, s) = sentence(
        "the/DET/DT/2/det murder/NOUN/NN/0/root of/ADP/IN/4/case Ivo/PROPN/NNP/2/nmod by/ADP/IN/6/case Mara/PROPN/NNP/2/nmod",
    );
    let tree = Tree::new(&text, &s);
    assert_eq!(words(&tree, &tree.subjects(1, None)), ["Mara"]);
    assert_eq!(words(&tree, &tree.objects(1, None)), ["Ivo"]);
    let (text, s) = sentence(
        "charge/NOUN/NN/0/root brought=bring/VERB/VBN/1/acl against/ADP/IN/4/case Mara/PROPN/NNP/2/obl",
    );
    let tree = Tree::new(&text, &s);
    assert_eq!(words(&tree, &tree.governors(0)), ["brought"]);
    assert_eq!(
        words(&tree, &tree.phrases(0, &["against".to_owned()])),
        ["Mara"]
    );
}

#[test]
fn who_welcomes_a_review_does_not_review() {
    let (text, s) = sentence(
        "the/DET/DT/2/det review/NOUN/NN/4/nsubj:pass was=be/AUX/VBD/4/aux:pass welcomed=welcome/VERB/VBN/0/root by/ADP/IN/6/case Mara/PROPN/NNP/4/obl:agent",
    );
    let tree = Tree::new(&text, &s);
    assert!(tree.subjects(1, None).is_empty());
    assert_eq!(words(&tree, &tree.subjects(1, Some(3))), ["Mara"]);
}

#[test]
fn a_dateline_is_no_subject() {
    let (text, s) = sentence(
        "NORDHAVEN/PROPN/NNP/4/nsubj -/PUNCT/:/1/punct Mara/PROPN/NNP/4/dep said=say/VERB/VBD/0/root",
    );
    let tree = Tree::new(&text, &s);
    assert_eq!(tree.dateline(), 2);
    assert_eq!(words(&tree, &tree.subjects(3, None)), ["Mara"]);
}

#[test]
fn a_circle_of_mended_arcs_goes_back_to_the_parse() {
    let (text, sentence) =
        sentence("Ada/PROPN/NNP/2/nsubj left/VERB/VBD/0/root early/ADV/RB/2/advmod");
    let parsed: Vec<mend::Arc> = sentence.tokens.iter().map(|t| (t.head, t.deprel)).collect();
    let mut arcs = vec![(Some(2), "nsubj"), (None, "root"), (Some(0), "acl")];
    mend::undo_circles(&sentence, &mut arcs);
    assert_eq!(arcs, parsed);
    let mut arcs = vec![(Some(1), "nsubj"), (Some(1), "root"), (Some(0), "acl")];
    mend::undo_circles(&sentence, &mut arcs);
    assert_eq!(arcs, [(Some(1), "nsubj"), (None, "root"), (Some(0), "acl")]);
    assert_eq!(Tree::new(&text, &sentence).extent(1), (0, 2));
}
