//! What must hold for any text: spans are ordered, disjoint and slice the text; trees have one root and no cycle; time is linear.

use english::{Reader, Sentence, Upos, conllu, tokenize};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Pieces that tokenizers trip over.
const PIECES: &[&str] = &[
    "word",
    "Mr.",
    "U.S.",
    "don't",
    "they’re",
    "“",
    "”",
    "\"",
    "'",
    "’s",
    "...",
    "…",
    "--",
    "—",
    "-",
    "/",
    "(",
    ")",
    "[",
    "]",
    "{",
    "1,000",
    "3.5",
    "10:30",
    "£5m",
    "$",
    "%",
    "@",
    "a@b.co",
    "https://x.org/a?b=c",
    "www.",
    "www",
    "#tag",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{200b}",
    "\u{200d}",
    "\u{0}",
    "\u{7}",
    "👩‍👩‍👧",
    "🏳️‍🌈",
    "é",
    "e\u{301}",
    "שלום",
    "مرحبا",
    "中文。",
    "ﬁ",
    "İ",
    "ß",
    "ǅ",
    "No.",
    "7",
    "e.g.",
    "A.",
    "co-operate",
    "state-of-the-art",
    "can't",
    "cannot",
    "..",
    "?!",
    "<",
    ">",
    "&",
    "AT&T",
    "\u{2028}",
    "\u{feff}",
    "x'",
    "'tis",
    "''",
    "``",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec((piece, any::<bool>()), 0..60).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(p, spaced)| if spaced { p + " " } else { p })
            .collect()
    })
}

fn check_spans(text: &str, sentences: &[Sentence]) {
    let mut end = 0;
    let mut paragraph = 0;
    for sentence in sentences {
        assert!(!sentence.tokens.is_empty());
        assert!(sentence.paragraph >= paragraph);
        paragraph = sentence.paragraph;
        assert_eq!(sentence.span.start(), sentence.tokens[0].span.start());
        assert_eq!(
            sentence.span.end(),
            sentence.tokens[sentence.tokens.len() - 1].span.end()
        );
        for token in &sentence.tokens {
            assert!(token.span.start() >= end && !token.span.is_empty());
            let word = token.span.slice(text);
            assert!(!word.contains(char::is_whitespace), "{word:?}");
            end = token.span.end();
        }
    }
    let kept: usize = sentences
        .iter()
        .flat_map(|s| &s.tokens)
        .map(|t| {
            t.span
                .slice(text)
                .chars()
                .filter(|c| c.is_alphanumeric())
                .count()
        })
        .sum();
    assert_eq!(
        kept,
        text.chars().filter(|c| c.is_alphanumeric()).count(),
        "no letter is lost"
    );
}

fn check_tree(sentence: &Sentence) {
    let roots = sentence.tokens.iter().filter(|t| t.head.is_none()).count();
    assert_eq!(roots, 1);
    for (start, token) in sentence.tokens.iter().enumerate() {
        assert_eq!(token.head.is_none(), token.deprel == "root");
        let (mut at, mut steps) = (start, 0);
        while let Some(head) = sentence.tokens[at].head {
            at = head as usize;
            steps += 1;
            assert!(steps <= sentence.tokens.len(), "a cycle");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read_well_formed(text in text()) {
        let sentences = Reader::embedded().read(&text);
        check_spans(&text, &sentences);
        for sentence in &sentences {
            check_tree(sentence);
            let names = &sentence.names;
            prop_assert!(names.iter().all(|n| !n.tokens.is_empty() && n.tokens.end() <= sentence.tokens.len()));
            prop_assert!(names.windows(2).all(|pair| pair[0].tokens.end() <= pair[1].tokens.start()));
        }
        prop_assert_eq!(&sentences, &Reader::embedded().read(&text));
    }

    #[test]
    fn given_tokens_are_kept(tokens in prop::collection::vec(prop::collection::vec("[^ \\t\\n\\p{C}\\p{Z}]{1,8}", 0..30), 0..5)) {
        let sentences = Reader::embedded().read_tokens(&tokens);
        let text = conllu::join(&tokens);
        let kept: Vec<Vec<String>> = sentences.iter().map(|s| s.tokens.iter().map(|t| t.span.slice(&text).to_owned()).collect()).collect();
        let given: Vec<Vec<String>> = tokens.into_iter().filter(|s| !s.is_empty()).collect();
        prop_assert_eq!(&kept, &given);
        prop_assert_eq!(conllu::read(&conllu::write(&text, &sentences)), given);
    }
}

#[test]
fn a_sentence_of_many_given_tokens_has_one_tree() {
    let tokens: Vec<String> = (0..1500)
        .map(|i| if i % 7 == 0 { "said" } else { "report" }.to_owned())
        .collect();
    let sentences = Reader::embedded().read_tokens(&[tokens]);
    assert_eq!(sentences.len(), 1);
    check_tree(&sentences[0]);
}

/// Long lines of each kind are cut within a time that only linear work can keep; the first two have ten megabytes.
#[test]
fn long_lines_are_cut_in_linear_time() {
    let kinds = [
        "a",
        "a ",
        "(",
        "((( ",
        "don't ",
        "1,00",
        "1/",
        "a-b-",
        "x@y.z ",
        "www.a.b/",
        "Mr. ",
        "\"",
        "'",
        ". ",
        "A.B.",
        "👩‍👧",
        "שלום ",
        "\u{0}",
        "e\u{301}",
        "\n",
        "...",
        "<a>",
    ];
    for (number, kind) in kinds.into_iter().enumerate() {
        let size = if number < 2 { 10_000_000 } else { 1_000_000 };
        let text = kind.repeat(size / kind.len());
        let start = Instant::now();
        let sentences = tokenize(&text);
        let time = start.elapsed();
        assert!(time < Duration::from_secs(30), "{kind:?} took {time:?}");
        let mut end = 0;
        for token in sentences.iter().flat_map(|s| &s.tokens) {
            assert!(token.span.start() >= end);
            end = token.span.end();
        }
        assert!(sentences.iter().all(|s| s.tokens.len() <= 200));
    }
}

#[test]
fn reading_a_long_line_takes_no_more_than_its_parts() {
    let text =
        "the minister said that officers in the city had asked for more time and ".repeat(400);
    let sentences = Reader::embedded().read(&text);
    check_spans(&text, &sentences);
    sentences.iter().for_each(check_tree);
    assert!(
        sentences
            .iter()
            .flat_map(|s| &s.tokens)
            .any(|t| t.upos == Upos::Verb)
    );
}

/// The whole reading, not only the cutting, of lines that look like no language.
#[test]
fn odd_lines_are_read_well_formed_and_in_bounded_time() {
    let kinds = [
        "([{<",
        "( [ { < ",
        "))) ",
        "news новости 新闻 أخبار חדשות ",
        "👩‍👧 🇬🇧 ",
        "\u{1}\u{2}\u{1b}[0m ",
        "\u{202e}שלום\u{202c} מה ",
        "THE MINISTER OF STATE ",
        "A",
    ];
    for kind in kinds {
        let text = kind.repeat(200_000 / kind.len());
        let start = Instant::now();
        let sentences = Reader::embedded().read(&text);
        let time = start.elapsed();
        assert!(time < Duration::from_secs(30), "{kind:?} took {time:?}");
        check_spans(&text, &sentences);
        sentences.iter().for_each(check_tree);
    }
}
