//! How text is cut into tokens and sentences.

use english::tokenize;

fn words(text: &str) -> Vec<Vec<&str>> {
    tokenize(text)
        .iter()
        .map(|s| s.tokens.iter().map(|t| t.span.slice(text)).collect())
        .collect()
}

/// One string a sentence, tokens parted by spaces.
fn cut(text: &str) -> Vec<String> {
    words(text).iter().map(|s| s.join(" ")).collect()
}

#[test]
fn clitics_and_hyphens_come_apart() {
    assert_eq!(
        cut("They don’t think it's Anna’s."),
        ["They do n’t think it 's Anna ’s ."]
    );
    assert_eq!(
        cut("We cannot; they can't."),
        ["We can not ; they ca n't ."]
    );
    assert_eq!(
        cut("A well-known ex-minister’s co-author"),
        ["A well - known ex-minister ’s co-author"]
    );
    assert_eq!(cut("the workers' rights"), ["the workers ' rights"]);
}

#[test]
fn numbers_money_and_times_hold_together() {
    assert_eq!(
        cut("It cost £2.5m, or $1,200,000, at 10:30pm."),
        ["It cost £ 2.5 m , or $ 1,200,000 , at 10:30 pm ."]
    );
    assert_eq!(cut("up 5% in 2019-20"), ["up 5 % in 2019 - 20"]);
    assert_eq!(
        cut("the 1990s, the 3rd and 9/11"),
        ["the 1990s , the 3rd and 9/11"]
    );
}

#[test]
fn addresses_are_one_token() {
    assert_eq!(
        cut("See https://example.org/a-b?c=1, or write to press.office@example.co.uk."),
        ["See https://example.org/a-b?c=1 , or write to press.office@example.co.uk ."]
    );
}

#[test]
fn abbreviations_do_not_end_sentences() {
    assert_eq!(
        cut("Mr. Hale met Dr. Osei of Vane Inc. in the U.S. on Monday."),
        ["Mr. Hale met Dr. Osei of Vane Inc. in the U.S. on Monday ."]
    );
    assert_eq!(
        cut("She moved to the U.S. The family stayed."),
        ["She moved to the U.S.", "The family stayed ."]
    );
    assert_eq!(
        cut("J. R. Marlow lives at No. 7. It is small."),
        ["J. R. Marlow lives at No. 7 .", "It is small ."]
    );
}

#[test]
fn quotes_that_close_belong_to_the_sentence() {
    assert_eq!(
        cut("“We are sorry.” He left."),
        ["“ We are sorry . ”", "He left ."]
    );
    assert_eq!(
        cut("\"Why now?\" she asked. \"Nobody knows.\" He left."),
        [
            "\" Why now ? \" she asked .",
            "\" Nobody knows . \"",
            "He left ."
        ]
    );
    assert_eq!(
        cut("(It rained.) Then it stopped."),
        ["( It rained . )", "Then it stopped ."]
    );
}

#[test]
fn a_line_is_a_paragraph_unless_the_document_is_wrapped() {
    assert_eq!(
        cut("Fire in harbour\nThree boats burned."),
        ["Fire in harbour", "Three boats burned ."]
    );
    let wrapped = "The council said on Tuesday that the old bridge over the river\nwould be closed for most of the coming winter while engineers\nlooked at the damage that the flood in March had done to its\npillars and its deck.";
    assert_eq!(words(wrapped).len(), 1);
}

#[test]
fn ellipses_stay_whole() {
    assert_eq!(
        cut("Well... maybe. And then… nothing."),
        ["Well ... maybe .", "And then … nothing ."]
    );
}
