//! Names in our own sentences: what is expected, what careless text may cost, and what always holds.

use english::{Name, Reader, Sentence};

/// Names of a text as `KIND text`, in order.
fn names(text: &str) -> Vec<String> {
    Reader::embedded()
        .read(text)
        .iter()
        .flat_map(|s| {
            s.names
                .iter()
                .map(|n| format!("{} {}", n.kind.label(), s.bytes(n.tokens).slice(text)))
        })
        .collect()
}

fn has(text: &str, expected: &[&str]) {
    let found = names(text);
    for name in expected {
        assert!(
            found.iter().any(|f| f == name),
            "{name:?} is not among {found:?} in {text:?}"
        );
    }
}

fn lacks(text: &str, unwanted: &[&str]) {
    let found = names(text);
    for name in unwanted {
        assert!(
            !found
                .iter()
                .any(|f| f.split_once(' ').is_some_and(|(_, n)| n == *name)),
            "{name:?} is among {found:?} in {text:?}"
        );
    }
}

#[test]
fn roles_and_titles_are_no_part_of_a_name() {
    has(
        "Home Secretary Lena Fairbrother visited Leeds on Monday.",
        &["PER Lena Fairbrother", "LOC Leeds"],
    );
    has(
        "Sir Alan Whitcombe and Baroness Odell disagreed.",
        &["PER Alan Whitcombe", "PER Odell"],
    );
    has(
        "The court heard that Mr Pemberton had left.",
        &["PER Pemberton"],
    );
}

#[test]
fn bodies_of_the_news() {
    has(
        "Greater Manchester Police said the man had been released.",
        &["ORG Greater Manchester Police"],
    );
    has(
        "The Crown Prosecution Service (CPS) dropped the case, and the CPS apologised.",
        &["ORG Crown Prosecution Service", "ORG CPS"],
    );
    has(
        "Researchers at the University of Oslo published the study.",
        &["ORG University of Oslo"],
    );
    has(
        "A spokesman for the Ministry of Defence told BBC News it was untrue.",
        &["ORG Ministry of Defence", "ORG BBC News"],
    );
}

#[test]
fn courts_and_airports_are_sites() {
    has(
        "He will appear at Leeds Crown Court next week.",
        &["FAC Leeds Crown Court"],
    );
    has(
        "Flights from Glasgow Airport were delayed.",
        &["FAC Glasgow Airport"],
    );
}

#[test]
fn codes_stand_for_people() {
    has(
        "The inquest was told that Officer KD47 fired once.",
        &["PER KD47"],
    );
    has("A soldier known only as H52 gave evidence.", &["PER H52"]);
}

#[test]
fn short_forms_that_look_like_words() {
    has(
        "Ministers asked the Met for help, and the Met agreed.",
        &["ORG Met"],
    );
    has("The Fed raised interest rates on Wednesday.", &["ORG Fed"]);
}

#[test]
fn rare_towns() {
    has(
        "Rescue teams from Antakya and Medellín flew to Belem.",
        &["LOC Antakya", "LOC Medellín", "LOC Belem"],
    );
}

#[test]
fn careless_text() {
    has(
        "POLICE IN LONDON ARREST TWO MEN FROM LEEDS",
        &["LOC LONDON", "LOC LEEDS"],
    );
    has(
        "two men from london were seen in manchester",
        &["LOC london", "LOC manchester"],
    );
    has(
        "Two men from Cardiff were seen with Gwen Parry",
        &["LOC Cardiff", "PER Gwen Parry"],
    );
}

#[test]
fn possessives_end_names() {
    has(
        "Norway's parliament met in Oslo.",
        &["LOC Norway", "LOC Oslo"],
    );
}

#[test]
fn a_surname_follows_its_full_name() {
    has(
        "Tamsin Orchard was elected on Thursday. Orchard had promised lower rents. Critics say Orchard cannot pay for them.",
        &["PER Tamsin Orchard", "PER Orchard"],
    );
}

#[test]
fn words_of_the_calendar_and_of_office_are_no_names() {
    lacks(
        "The Prime Minister will meet the Home Secretary on Monday in March.",
        &["Monday", "March", "Prime Minister", "Home Secretary"],
    );
}

#[test]
fn an_office_by_which_somebody_is_addressed_is_no_name() {
    lacks(
        "Mr President, the road is closed. Madam Speaker thanked the house, and Mr. Chairman rose.",
        &[
            "President",
            "Speaker",
            "Chairman",
            "Madam Speaker",
            "Mr President",
        ],
    );
    has("Mr Chairworth rose.", &["PER Chairworth"]);
}

#[test]
fn headlines_in_capitals_take_what_the_body_knows() {
    has(
        "LONDON POLICE ARREST TWO\n\nPolice in London arrested two men on Friday, Helen Marsh of Sky News reported.",
        &[
            "LOC LONDON",
            "LOC London",
            "PER Helen Marsh",
            "ORG Sky News",
        ],
    );
    lacks(
        "SHOCK SPLIT\n\nThe singer has left the band.",
        &["SHOCK SPLIT", "SHOCK", "SPLIT"],
    );
}

/// Checks what holds of the names of any text.
fn holds(text: &str, sentences: &[Sentence]) {
    for sentence in sentences {
        let mut at = 0;
        for Name {
            tokens, confidence, ..
        } in &sentence.names
        {
            assert!(
                tokens.start() >= at && !tokens.is_empty(),
                "names overlap in {text:?}"
            );
            assert!(tokens.end() <= sentence.tokens.len());
            assert!((0.0..=1.0).contains(confidence));
            at = tokens.end();
            let word = |i: usize| sentence.tokens[i].span.slice(text);
            assert_ne!(word(tokens.start()), "the", "{text:?}");
            assert!(!matches!(word(tokens.end() - 1), "'s" | "’s"), "{text:?}");
        }
    }
}

#[test]
fn names_are_ordered_disjoint_and_the_same_every_time() {
    let pieces = [
        "Ada",
        "Lovelace",
        "of",
        "the",
        "The",
        "London",
        "'s",
        "’s",
        "(",
        ")",
        "BBC",
        "NX",
        "12",
        ".",
        ",",
        "said",
        "Mr",
        "Sir",
        "–",
        "-",
        "é",
        "北京",
        "🙂",
        "\n\n",
        "\"",
        "University",
        "AND",
        "MET",
        "a",
        "I",
    ];
    let mut state = 7_u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..next() % 40 {
            text.push_str(pieces[next() % pieces.len()]);
            if next() % 4 > 0 {
                text.push(' ');
            }
        }
        let read = Reader::embedded().read(&text);
        holds(&text, &read);
        assert_eq!(read, Reader::embedded().read(&text));
    }
}
