use super::*;
use BlockKind::*;

fn kinds(text: &str) -> Vec<BlockKind> {
    classify(text, None).iter().map(|b| b.kind).collect()
}

#[test]
fn headline_standfirst_and_body() {
    let text = "Harbour bridge shut after lorry fire\nDrivers face a long way round until the weekend, the council says\n\
        The harbour bridge was closed on Friday after a lorry caught fire.\nNobody was hurt.";
    assert_eq!(kinds(text), [Headline, Standfirst, Body, Body]);
}

#[test]
fn a_text_may_start_with_its_body() {
    let text = "The harbour bridge was closed on Friday.\nNobody was hurt.";
    assert_eq!(kinds(text), [Body, Body]);
    assert_eq!(kinds("Ann Lee, the mayor of Leeds, resigned"), [Body]);
}

#[test]
fn links_between_paragraphs_are_furniture_and_the_next_paragraph_is_not() {
    let text = "The harbour bridge was closed on Friday after a fire.\nMost read in news\nRAIN CHECK\n\
        Village fete moves to the town hall as storm nears\nGOAL RUSH\nTen-man Rovers hold out for a draw\n\
        Mayor Ann Lee thanked the fire crews.\nTraffic was slow.";
    assert_eq!(
        kinds(text),
        [
            Body, Furniture, Furniture, Furniture, Furniture, Furniture, Body, Body
        ]
    );
}

#[test]
fn captions_and_credits() {
    let text = "The harbour bridge was closed on Friday after a fire.\nThe bridge on Friday. Credit: Ann Lee/AFP\n\
        Smoke over the harbour Photograph: Bo Ek/Reuters\nBo Ek/Reuters\nThe council gave the crews credit: they were quick, it said.";
    assert_eq!(kinds(text), [Body, Caption, Caption, Caption, Body]);
}

#[test]
fn forms_and_promotions() {
    let text = "The harbour bridge was closed on Friday after a fire.\nRelated Posts\nLeave a Reply\n\
        Your email address will not be published. Required fields are marked *";
    assert_eq!(kinds(text), [Body, Furniture, Furniture, Furniture]);
    let text = "The harbour bridge was closed on Friday after a fire.\nGot a minute? Our newsletter brings you the week in ten lines.";
    assert_eq!(kinds(text), [Body, Furniture]);
    let text = "The harbour bridge was closed.\n“Our podcast made you laugh,” Ms Lee told the board of the station.";
    assert_eq!(kinds(text), [Body, Body]);
}

#[test]
fn titles_within_the_story() {
    let text = "The harbour bridge was closed on Friday after a fire.\n‘It was quick’\nThe driver ran to the shore.";
    assert_eq!(kinds(text), [Body, Subheading, Body]);
}

#[test]
fn a_paragraph_that_lost_its_stop_stays_body() {
    let text = "The harbour bridge was closed on Friday.\n\
        She also asked the company that runs the ferries to put on two more boats in the morning\nThe company agreed.";
    assert_eq!(kinds(text), [Body, Body, Body]);
}

#[test]
fn bylines_and_dates() {
    let text = "Harbour bridge shut after lorry fire\nBy Ann Lee, transport correspondent\nPublished 3 May 2024\n\
        The harbour bridge was closed on Friday after a lorry caught fire.";
    assert_eq!(kinds(text), [Headline, Byline, Byline, Body]);
}
