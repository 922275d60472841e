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

/// The mended arcs of a hand-written tree, as `word>head/relation` for the words asked for; the root's head is `-`.
fn mended(items: &str, words: &[usize]) -> String {
    let (text, sentence) = sentence(items);
    let arcs = mend::arcs(&text, &sentence);
    let form = |t: usize| sentence.tokens[t].span.slice(&text);
    let shown: Vec<String> = words
        .iter()
        .map(|&w| {
            let (head, relation) = arcs[w];
            format!(
                "{}>{}/{relation}",
                form(w),
                head.map_or("-", |h| form(h as usize))
            )
        })
        .collect();
    shown.join(" ")
}

#[test]
fn what_the_words_show_to_be_misread_is_mended() {
    let cases: [(&str, &[usize], &str); 14] = [
        // A relative clause under the second half of a name, and a list of verbs hung one under the other.
        (
            "Ada/PROPN/NNP/0/root Pike/PROPN/NNP/1/flat who/PRON/WP/4/nsubj robbed=rob/VERB/VBD/2/acl:relcl ,/PUNCT/,/6/punct beat/VERB/VBD/4/conj and/CCONJ/CC/8/cc killed=kill/VERB/VBD/6/conj him/PRON/PRP/8/obj",
            &[3, 7],
            "robbed>Ada/acl:relcl killed>robbed/conj",
        ),
        (
            "murder/NOUN/NN/0/root of/ADP/IN/3/case unarmed/ADJ/JJ/1/nmod Ada/PROPN/NNP/3/appos Pike/PROPN/NNP/4/flat",
            &[1, 2, 3],
            "of>Ada/case unarmed>Ada/amod Ada>murder/nmod",
        ),
        (
            "They/PRON/PRP/2/nsubj left=leave/VERB/VBD/0/root after/ADP/IN/4/case crews=crew/NOUN/NNS/2/obl downed=down/VERB/VBD/4/acl tools=tool/NOUN/NNS/5/obj",
            &[2, 3, 4],
            "after>downed/mark crews>downed/nsubj downed>left/advcl",
        ),
        (
            "He/PRON/PRP/2/nsubj died=die/VERB/VBD/0/root while/SCONJ/IN/6/mark behind/ADP/IN/6/case the/DET/DT/6/det wheel/NOUN/NN/2/advcl",
            &[5],
            "wheel>died/obl",
        ),
        (
            "Rebels=rebel/NOUN/NNS/3/compound seized=seize/VERB/VBN/3/amod power/NOUN/NN/0/root in/ADP/IN/5/case Mali/PROPN/NNP/3/nmod",
            &[0, 1, 2, 4],
            "Rebels>seized/nsubj seized>-/root power>seized/obj Mali>seized/obl",
        ),
        (
            "Bishop/PROPN/NNP/5/compound Ada/PROPN/NNP/1/flat Quill/PROPN/NNP/1/flat baptised=baptise/VERB/VBN/5/amod converts=convert/NOUN/NNS/0/root",
            &[0, 2, 4],
            "Bishop>baptised/nsubj Quill>Bishop/flat converts>baptised/obj",
        ),
        (
            "They/PRON/PRP/2/nsubj resigned=resign/VERB/VBD/0/root over/ADP/IN/4/case Ada/PROPN/NNP/2/obl Pike/PROPN/NNP/4/flat murder/NOUN/NN/7/compound charge/NOUN/NN/2/obl",
            &[2, 3, 6],
            "over>charge/case Ada>charge/compound charge>resigned/obl",
        ),
        // "Leeds based firm": such participles stand before nouns without a hyphen.
        (
            "Leeds/PROPN/NNP/3/compound based=base/VERB/VBN/3/amod firm/NOUN/NN/0/root",
            &[1, 2],
            "based>firm/amod firm>-/root",
        ),
        (
            "murder/NOUN/NN/0/root of/ADP/IN/6/case Ada/PROPN/NNP/4/compound Pike/PROPN/NNP/6/compound shocked=shock/VERB/VBN/6/amod neighbours=neighbour/NOUN/NNS/1/nmod",
            &[0, 1, 3, 5],
            "murder>shocked/nsubj of>Pike/case Pike>murder/nmod neighbours>shocked/obj",
        ),
        (
            "review/NOUN/NN/4/nsubj by/ADP/IN/4/mark Ofsted/PROPN/NNP/4/nsubj found=find/VERB/VBD/0/root gaps=gap/NOUN/NNS/4/obj",
            &[0, 1, 2],
            "review>found/nsubj by>Ofsted/case Ofsted>review/nmod",
        ),
        (
            "They/PRON/PRP/2/nsubj lent=lend/VERB/VBD/0/root it/PRON/PRP/2/obj officers=officer/NOUN/NNS/2/obj",
            &[2, 3],
            "it>lent/iobj officers>lent/obj",
        ),
        (
            "It/PRON/PRP/2/nsubj says=say/VERB/VBZ/0/root it/PRON/PRP/5/nsubj will/AUX/MD/5/aux lead/VERB/VB/2/ccomp and/CCONJ/CC/7/cc warned=warn/VERB/VBD/5/conj",
            &[4, 6],
            "lead>says/ccomp warned>says/conj",
        ),
        (
            "Ada/PROPN/NNP/2/nsubj said=say/VERB/VBD/0/root on/ADP/IN/4/case Monday/PROPN/NNP/7/obl it/PRON/PRP/7/nsubj would/AUX/MD/7/aux close/VERB/VB/2/ccomp",
            &[3],
            "Monday>said/obl",
        ),
        (
            "Ada/PROPN/NNP/0/root who/PRON/WP/4/nsubj was=be/AUX/VBD/4/cop ill/ADJ/JJ/1/acl:relcl and/CCONJ/CC/6/cc had=have/VERB/VBD/1/conj leave/NOUN/NN/6/obj",
            &[5],
            "had>ill/conj",
        ),
    ];
    for (items, words, wanted) in cases {
        assert_eq!(mended(items, words), wanted, "{items}");
    }
}
