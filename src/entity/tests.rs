//! Resolution of small hand-built sets of documents: who is one, who is two, and who may be either.

use super::sample::{Story, day, month};
use super::{Resolution, Rulings, Verdict, resolve};
use crate::claim::{Extraction, Modality, Status};
use crate::mention::{Gender, MentionKind, Precision, TimeValue};
use crate::schema::Schema;
use MentionKind::{Facility, Organisation, Person, Place};

fn resolved(stories: Vec<Story>) -> Resolution {
    let extractions: Vec<Extraction> = stories.into_iter().map(Story::done).collect();
    resolve(&extractions, &Schema::default(), &Rulings::default())
}

/// Names of entities of a kind.
fn names(r: &Resolution, kind: MentionKind) -> Vec<&str> {
    r.entities
        .iter()
        .filter(|e| e.kind == kind)
        .map(|e| e.name.as_str())
        .collect()
}

/// A document with these names, the first form of each the fullest.
fn story(source: &str, names: &[(MentionKind, &[&str])]) -> Story {
    let text: Vec<String> = names
        .iter()
        .flat_map(|(_, forms)| forms.iter().map(|f| format!("Then {f} spoke.")))
        .collect();
    let mut s = Story::new(source, None, &text.join("\n"));
    for (kind, forms) in names {
        s.name(*kind, forms);
    }
    s
}

const MINISTRY: (MentionKind, &[&str]) = (Organisation, &["Ministry of Tides"]);
const HARBOUR: (MentionKind, &[&str]) = (Organisation, &["Harbour Watch"]);

#[test]
fn a_surname_finds_its_bearer_in_a_sister_article() {
    let mut short = story("b", &[(Person, &["Pike"]), MINISTRY, HARBOUR]);
    short.honorific("Then", "Pike");
    let r = resolved(vec![
        story("a", &[(Person, &["Ada Pike", "Pike"]), MINISTRY, HARBOUR]),
        short,
    ]);
    assert_eq!(names(&r, Person), ["Ada Pike"]);
    assert!(
        r.entities
            .iter()
            .any(|e| e.aliases.contains(&"Pike".to_owned()))
    );
    assert!(r.judgements.iter().any(|j| j.verdict == Verdict::Same));
}

#[test]
fn a_surname_in_other_company_stays_apart() {
    let r = resolved(vec![
        story("a", &[(Person, &["Ada Pike"]), MINISTRY, HARBOUR]),
        story(
            "b",
            &[(Person, &["Pike"]), (Organisation, &["Glass Theatre"])],
        ),
    ]);
    assert_eq!(names(&r, Person), ["Ada Pike", "Pike"]);
}

#[test]
fn a_surname_with_two_bearers_in_one_story_stays_open_unless_gender_tells() {
    let stories = |gender| {
        let mut a = Story::new(
            "a",
            None,
            "Then Ada Pike spoke.\nThen Bo Pike spoke.\nThen Ministry of Tides spoke.\nThen Harbour Watch spoke.",
        );
        let ada = a.name(Person, &["Ada Pike"]);
        let bo = a.name(Person, &["Bo Pike"]);
        a.gender(ada, Gender::Female);
        a.gender(bo, Gender::Male);
        a.name(MINISTRY.0, MINISTRY.1);
        a.name(HARBOUR.0, HARBOUR.1);
        let mut b = story("b", &[(Person, &["Pike"]), MINISTRY, HARBOUR]);
        if let Some(gender) = gender {
            b.gender(0, gender);
        }
        vec![a, b]
    };
    let open = resolved(stories(None));
    assert_eq!(names(&open, Person).len(), 3);
    assert!(
        open.judgements
            .iter()
            .any(|j| j.verdict == Verdict::Possible)
    );
    let told = resolved(stories(Some(Gender::Male)));
    assert_eq!(names(&told, Person), ["Ada Pike", "Bo Pike"]);
}

#[test]
fn ann_and_anne_are_two_and_jose_is_one() {
    let r = resolved(vec![
        story("a", &[(Person, &["Ann Pike"]), MINISTRY, HARBOUR]),
        story("b", &[(Person, &["Anne Pike"]), MINISTRY, HARBOUR]),
        story("c", &[(Person, &["José Hall"])]),
        story("d", &[(Person, &["Jose Hall"])]),
    ]);
    assert_eq!(names(&r, Person), ["Ann Pike", "Anne Pike", "José Hall"]);
}

#[test]
fn father_and_son_of_one_name_are_two() {
    let r = resolved(vec![
        story("a", &[(Person, &["John Pike Sr"]), MINISTRY]),
        story("b", &[(Person, &["John Pike Jr"]), MINISTRY]),
    ]);
    assert_eq!(names(&r, Person).len(), 2);
}

#[test]
fn namesakes_with_other_roles_and_other_company_are_two() {
    let mut a = Story::new("a", None, "Goalkeeper John Pike won for Tide United.");
    a.name(Person, &["John Pike"]);
    a.name(Organisation, &["Tide United"]);
    a.role(
        "Goalkeeper",
        Status::Current,
        &[("member", "John Pike"), ("organization", "Tide United")],
    );
    let mut b = Story::new("b", None, "Judge John Pike sat at the Salt Court.");
    b.name(Person, &["John Pike"]);
    b.name(Organisation, &["Salt Court"]);
    b.role(
        "Judge",
        Status::Current,
        &[("member", "John Pike"), ("organization", "Salt Court")],
    );
    let r = resolved(vec![a, b]);
    assert_eq!(names(&r, Person), ["John Pike", "John Pike"]);
    let told: Vec<&str> = r
        .entities
        .iter()
        .filter(|e| e.kind == Person)
        .map(|e| e.disambiguator.as_str())
        .collect();
    assert!(told[0] != told[1] && !told[0].is_empty());
    assert!(r.judgements.iter().any(|j| j.verdict == Verdict::Possible));
}

#[test]
fn an_acronym_defined_once_is_read_everywhere() {
    let r = resolved(vec![
        story("a", &[(Organisation, &["Ministry of Tides", "MoT"])]),
        story("b", &[(Organisation, &["MoT"])]),
    ]);
    assert_eq!(names(&r, Organisation), ["Ministry of Tides"]);
}

#[test]
fn two_ministries_with_one_acronym_are_read_by_their_company() {
    let r = resolved(vec![
        story(
            "a",
            &[
                (Organisation, &["Ministry of Tides", "MoT"]),
                (Person, &["Ada Pike"]),
                HARBOUR,
            ],
        ),
        story(
            "b",
            &[
                (Organisation, &["Ministry of Trains", "MoT"]),
                (Person, &["Bo Hall"]),
            ],
        ),
        story(
            "c",
            &[(Organisation, &["MoT"]), (Person, &["Ada Pike"]), HARBOUR],
        ),
        story("d", &[(Organisation, &["MoT"])]),
    ]);
    assert_eq!(
        names(&r, Organisation),
        [
            "Harbour Watch",
            "Ministry of Tides",
            "Ministry of Trains",
            "MoT"
        ]
        .map(|n| n)
        .iter()
        .copied()
        .filter(|n| *n != "MoT")
        .chain(["MoT"])
        .collect::<Vec<_>>()
    );
    let tides = r.entities.iter().find(|e| e.name == "Ministry of Tides");
    assert!(tides.is_some_and(|e| e.chains.contains(&(2, 0))));
}

#[test]
fn a_wider_body_is_not_its_namesake() {
    let r = resolved(vec![
        story("a", &[(Organisation, &["Great Northern Police"]), MINISTRY]),
        story("b", &[(Organisation, &["Northern Police"]), MINISTRY]),
    ]);
    assert_eq!(names(&r, Organisation).len(), 3);
}

#[test]
fn a_city_and_its_club_a_building_and_its_body() {
    let r = resolved(vec![
        story("a", &[(Place, &["Tideport"])]),
        story("b", &[(Organisation, &["Tideport"])]),
        story("c", &[(Facility, &["Salt Court"])]),
        story("d", &[(Place, &["Salt Court"])]),
    ]);
    assert_eq!(names(&r, Place), ["Tideport"]);
    assert_eq!(names(&r, Organisation), ["Tideport"]);
    assert_eq!(names(&r, Facility), ["Salt Court"]);
}

#[test]
fn places_of_one_name_in_two_regions_are_two() {
    let mut a = Story::new("a", None, "It rained in Springton, Westland, on Monday.");
    a.name(Place, &["Springton"]);
    a.name(Place, &["Westland"]);
    let mut b = Story::new("b", None, "It rained in Springton, Eastland, on Monday.");
    b.name(Place, &["Springton"]);
    b.name(Place, &["Eastland"]);
    let r = resolved(vec![a, b]);
    assert_eq!(
        names(&r, Place),
        ["Eastland", "Springton", "Springton", "Westland"]
    );
    assert_eq!(r.containment.len(), 2);
}

#[test]
fn compass_points_make_parts() {
    let r = resolved(vec![
        story("a", &[(Place, &["southeast Tideport"])]),
        story("b", &[(Place, &["south-east Tideport"])]),
        story("c", &[(Place, &["Tideport"])]),
    ]);
    assert_eq!(names(&r, Place).len(), 2);
    assert_eq!(r.containment.len(), 1);
}

#[test]
fn codes_are_people() {
    let r = resolved(vec![
        story("a", &[(Person, &["KR77"])]),
        story("b", &[(Person, &["Officer KR77"])]),
        story("c", &[(Person, &["KR78"])]),
    ]);
    assert_eq!(names(&r, Person).len(), 2);
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let make = |order: &[usize]| {
        let all = [
            story("a", &[(Person, &["Ada Pike", "Pike"]), MINISTRY, HARBOUR]),
            story("b", &[(Person, &["Pike"]), MINISTRY, HARBOUR]),
            story(
                "c",
                &[(Person, &["A. Pike"]), HARBOUR, (Organisation, &["MoT"])],
            ),
            story(
                "d",
                &[
                    (Organisation, &["Ministry of Tides", "MoT"]),
                    (Place, &["Tideport"]),
                ],
            ),
        ]
        .map(Story::done);
        let extractions: Vec<Extraction> = order.iter().map(|&i| all[i].clone()).collect();
        let r = resolve(&extractions, &Schema::default(), &Rulings::default());
        r.entities
            .iter()
            .map(|e| {
                let mut documents: Vec<String> = e
                    .chains
                    .iter()
                    .map(|c| extractions[c.0 as usize].document.source().to_owned())
                    .collect();
                documents.sort();
                (
                    e.name.clone(),
                    e.aliases.clone(),
                    e.disambiguator.clone(),
                    documents,
                )
            })
            .collect::<Vec<_>>()
    };
    let first = make(&[0, 1, 2, 3]);
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        assert_eq!(make(&order), first);
    }
}

/// Who was shot where, told twice, with another shooting beside it.
fn shootings() -> Vec<Extraction> {
    let mut a = Story::new(
        "a",
        None,
        "Ada Pike was shot in Tideport in May 2021, Harbour Watch said.\nThe shooting shocked Ministry of Tides.",
    );
    a.name(Person, &["Ada Pike"]);
    a.name(Place, &["Tideport"]);
    a.name(HARBOUR.0, HARBOUR.1);
    a.name(MINISTRY.0, MINISTRY.1);
    let shot = a.event(
        "Shooting",
        "shot",
        &[("victim", "Ada Pike"), ("place", "Tideport")],
    );
    a.time(shot, "in May 2021", month(2021, 5));
    a.event("Shooting", "shooting", &[]);
    let mut b = Story::new(
        "b",
        None,
        "Ada Pike was shot on 4 May last year, Harbour Watch said.\nBo Hall was shot in Ministry of Tides.\nA trial of Bo Hall is set for 9 June next year.",
    );
    b.name(Person, &["Ada Pike"]);
    b.name(Person, &["Bo Hall"]);
    b.name(HARBOUR.0, HARBOUR.1);
    b.name(MINISTRY.0, MINISTRY.1);
    let shot = b.event("Shooting", "shot on", &[("victim", "Ada Pike")]);
    b.time(
        shot,
        "on 4 May last year",
        TimeValue {
            earliest: None,
            latest: None,
            precision: Precision::Unresolved,
            partial: Some((5, Some(4))),
            year_offset: Some(-1),
        },
    );
    b.event("Shooting", "shot in", &[("victim", "Bo Hall")]);
    let trial = b.event("Trial", "trial", &[("accused", "Bo Hall")]);
    b.with(trial, |c| c.modality = Modality::Planned);
    b.time(
        trial,
        "for 9 June next year",
        TimeValue {
            earliest: None,
            latest: None,
            precision: Precision::Unresolved,
            partial: Some((6, Some(9))),
            year_offset: Some(1),
        },
    );
    vec![a.done(), b.done()]
}

#[test]
fn one_shooting_told_twice_and_another_stay_two() {
    let r = resolve(&shootings(), &Schema::default(), &Rulings::default());
    let of = |document, claim| r.event_of.get(&(document, claim)).copied();
    assert_eq!(of(0, 0), of(1, 0), "one victim");
    assert_ne!(of(0, 0), of(1, 1), "another victim");
    assert_eq!(of(0, 0), of(0, 1), "the shooting");
}

#[test]
fn one_meeting_is_found_among_a_hundred_of_one_person() {
    let told = |source: &str, when: i8| {
        let mut s = Story::new(source, None, &format!("Ada Pike met in Tideport {source}."));
        s.name(Person, &["Ada Pike"]);
        s.name(Place, &["Tideport"]);
        let met = s.event(
            "Meeting",
            "met",
            &[("participant", "Ada Pike"), ("place", "Tideport")],
        );
        s.time(met, source, day(2000 + i16::from(when), 3, 4));
        s.done()
    };
    // Each year's meeting is told twice, by documents that stand anywhere among two hundred.
    let all: Vec<Extraction> = (0..100)
        .flat_map(|n| {
            [
                told(&format!("day {n}"), n),
                told(&format!("evening {n}"), n),
            ]
        })
        .collect();
    let r = resolve(&all, &Schema::default(), &Rulings::default());
    assert_eq!(r.events.len(), 100);
    assert!(r.events.iter().all(|e| e.claims.len() == 2));
}

#[test]
fn a_charge_of_murder_makes_a_death_no_murder() {
    let schema = Schema::embedded();
    let mut a = Story::new(
        "a",
        None,
        "Ada Pike died in Tideport. A man is charged with the murder of Ada Pike.",
    );
    a.name(Person, &["Ada Pike"]);
    a.event("Death", "died", &[("victim", "Ada Pike")]);
    let murder = a.event("Murder", "murder", &[("victim", "Ada Pike")]);
    a.with(murder, |c| c.modality = Modality::Alleged);
    let r = resolve(&[a.done()], schema, &Rulings::default());
    let class_of_death = &r.events[r.event_of[&(0, 0)] as usize].class;
    assert!(class_of_death.ends_with("#Death"), "{class_of_death}");
}

#[test]
fn a_year_left_open_is_filled_from_a_sister_article() {
    let r = resolve(&shootings(), &Schema::default(), &Rulings::default());
    let lexical: Vec<Option<String>> = r.inferred.iter().map(|i| i.value.lexical()).collect();
    assert!(
        lexical.contains(&Some("2021-05-04".to_owned())),
        "{lexical:?}"
    );
    // "Last year" was 2021, so "next year" is 2023.
    assert!(
        lexical.contains(&Some("2023-06-09".to_owned())),
        "{lexical:?}"
    );
    assert!(
        r.inferred
            .iter()
            .all(|i| i.open.0 == 1 && i.settled_by.0 == 0)
    );
}

/// Three reports of one trial, of this modality each.
fn trials(modalities: &[Modality]) -> Resolution {
    let texts = [
        "The trial of Ada Pike by Ministry of Tides and Harbour Watch is set.",
        "The trial of Ada Pike opened at Harbour Watch and Ministry of Tides.",
        "Ministry of Tides and Harbour Watch spoke of the trial of Ada Pike.",
    ];
    let tell = |(modality, (no, text)): (&Modality, (usize, &&str))| {
        let mut s = Story::new(&no.to_string(), None, text);
        s.name(Person, &["Ada Pike"]);
        s.name(MINISTRY.0, MINISTRY.1);
        s.name(HARBOUR.0, HARBOUR.1);
        let trial = s.event("Trial", "trial", &[("accused", "Ada Pike")]);
        s.with(trial, |c| c.modality = *modality);
        s.done()
    };
    let told: Vec<Extraction> = modalities
        .iter()
        .zip(texts.iter().enumerate())
        .map(tell)
        .collect();
    resolve(&told, &Schema::default(), &Rulings::default())
}

#[test]
fn what_was_planned_is_linked_to_what_happened() {
    let r = trials(&[Modality::Planned, Modality::Actual]);
    assert_eq!(r.events.len(), 2);
    let happened = r.events.iter().find(|e| e.actual).expect("one happened");
    assert_eq!(happened.realises.len(), 1);
}

#[test]
fn what_may_be_is_no_bridge_between_a_plan_and_what_happened() {
    use Modality::{Actual, Planned, Possible};
    assert_eq!(trials(&[Planned, Possible]).events.len(), 1);
    assert_eq!(trials(&[Possible, Actual]).events.len(), 1);
    for told in [
        [Planned, Possible, Actual],
        [Possible, Actual, Planned],
        [Actual, Planned, Possible],
    ] {
        let r = trials(&told);
        let event = |modality| {
            let report = told.iter().position(|m| *m == modality);
            r.event_of[&(report.expect("it is told") as u32, 0)]
        };
        assert_ne!(event(Planned), event(Actual));
        assert_eq!(r.events[event(Actual) as usize].realises, [event(Planned)]);
    }
}

#[test]
fn two_blasts_in_one_town_in_one_week_are_two() {
    let tell = |source: &str, on: &str, date| {
        let mut s = Story::new(source, None, &format!("A blast hit Tideport {on}."));
        s.name(Place, &["Tideport"]);
        let blast = s.event("Explosion", "blast", &[("place", "Tideport")]);
        s.time(blast, on, date);
        s.done()
    };
    let told = [
        tell("a", "on 3 May", day(2021, 5, 3)),
        tell("b", "on 5 May", day(2021, 5, 5)),
    ];
    let r = resolve(&told, &Schema::default(), &Rulings::default());
    assert_eq!(r.events.len(), 2);
}

#[test]
fn staff_walk_out_where_their_force_serves() {
    let schema = Schema::embedded();
    let tell = |body: &str, town: &str| {
        let text = format!("{body} officers walked out.\nIt was quiet in {town}.");
        let mut s = Story::new("a", None, &text);
        s.name(Organisation, &[body]);
        s.name(Place, &[town]);
        s.event("DutyWithdrawal", "walked", &[("participant", body)]);
        resolve(&[s.done()], schema, &Rulings::default())
    };
    let r = tell("Kent Police", "Kent");
    assert_eq!(r.places.len(), 1);
    assert_eq!(r.entities[r.places[0].place as usize].name, "Kent");
    // The seat of a body that serves a country says nothing, and a place that no text names is not brought in.
    assert!(tell("FBI", "Washington").places.is_empty());
    assert!(tell("Kent Police", "Tideport").places.is_empty());
}

#[test]
fn the_sentence_before_gives_the_place_of_one_scene() {
    let schema = Schema::embedded();
    let tell = |how: &str| {
        let text = format!("Ada Pike died {how} in Tideport.\nOfficers stopped Ada Pike.");
        let mut s = Story::new("a", None, &text);
        s.name(Person, &["Ada Pike"]);
        s.name(Place, &["Tideport"]);
        s.event(
            "Death",
            "died",
            &[("victim", "Ada Pike"), ("place", "Tideport")],
        );
        s.event("PoliceOperation", "stopped", &[("object", "Ada Pike")]);
        resolve(&[s.done()], schema, &Rulings::default())
    };
    let r = tell("at once");
    assert_eq!(r.places.len(), 1);
    assert_eq!(r.places[0].settled_by, Some((0, 0)));
    assert!(tell("at a hospital").places.is_empty());
}
