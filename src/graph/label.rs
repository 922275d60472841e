//! Labels of events that a reader understands without looking further.
//!
//! In: the class and the slots of an event. Out: one line ("Protest by dockers in Leeds, May 2023"). Refuses: words that no
//! slot gives.

use super::text;

/// Longest phrase of one slot, in characters.
const PHRASE: usize = 48;
/// Longest label, in characters.
const LABEL: usize = 140;

/// How a slot is worded, in the order of the sentence: (slot, preposition).
const ORDER: [(&str, &str); 15] = [
    ("object", "of"),
    ("victim", "of"),
    ("accused", "against"),
    ("offence", "for"),
    ("agent", "by"),
    ("speaker", "by"),
    ("authority", "by"),
    ("requester", "by"),
    ("requested", "to"),
    ("addressee", "to"),
    ("beneficiary", "for"),
    ("participant", "with"),
    ("topic", "about"),
    ("origin", "from"),
    ("destination", "to"),
];

/// What a label is made of, each list in a fixed order.
pub(super) struct Parts<'a> {
    /// Label of the class ("criminal charge").
    pub class: &'a str,
    /// Whether it is about an offence, so that its victim is not whom it is done to: "criminal charge over Ada Pike".
    pub prosecutes: bool,
    /// Slot and phrase.
    pub slots: Vec<(&'a str, String)>,
    /// Names of places.
    pub places: Vec<String>,
    /// Time in words.
    pub time: Option<String>,
    /// "planned", "denied"… for events not known to have happened.
    pub modality: Option<&'a str>,
}

/// Puts a label together.
pub(super) fn compose(parts: &Parts<'_>) -> String {
    let mut out = capital(parts.class);
    // Who asks and who speaks may be one: a phrase is said once after each preposition.
    let mut said: Vec<(&str, &str)> = Vec::new();
    let fills = |slot: &str| parts.slots.iter().any(|(s, _)| *s == slot);
    for (slot, preposition) in ORDER {
        // Two that act are told apart: "deployment of soldiers by the ministry".
        let preposition = match slot {
            "victim" if parts.prosecutes => "over",
            "agent" if fills("authority") && !fills("object") => "of",
            "authority" if fills("agent") && fills("object") => "under",
            "requester" if fills("agent") || fills("authority") => "at the request of",
            _ => preposition,
        };
        let phrases: Vec<&str> = parts
            .slots
            .iter()
            .filter(|(s, _)| *s == slot)
            .map(|(_, p)| p.as_str())
            .filter(|p| !said.contains(&(preposition, *p)))
            .collect();
        said.extend(phrases.iter().map(|p| (preposition, *p)));
        push(&mut out, preposition, &phrases);
    }
    // A place that acts is said as such.
    let acts = |place: &String| said.iter().any(|(_, phrase)| phrase == place);
    let places = parts.places.iter().filter(|place| !acts(place));
    let places: Vec<&str> = places.map(String::as_str).collect();
    push(&mut out, "in", &places);
    if let Some(time) = &parts.time {
        out.push_str(", ");
        out.push_str(time);
    }
    let mut out = text::short(&out, LABEL);
    if let Some(modality) = parts.modality {
        out.push_str(" (");
        out.push_str(modality);
        out.push(')');
    }
    out
}

/// Adds "PREPOSITION A, B and C", with what is beyond three left as "others".
fn push(out: &mut String, preposition: &str, phrases: &[&str]) {
    let Some((first, rest)) = phrases.split_first() else {
        return;
    };
    out.push(' ');
    out.push_str(preposition);
    out.push(' ');
    out.push_str(&text::short(first, PHRASE));
    for (i, phrase) in rest.iter().enumerate().take(2) {
        out.push_str(if i + 1 == rest.len() { " and " } else { ", " });
        out.push_str(&text::short(phrase, PHRASE));
    }
    if rest.len() > 2 {
        out.push_str(" and others");
    }
}

/// The phrase with its first letter in upper case.
pub(super) fn capital(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_read_as_a_phrase() {
        let parts = Parts {
            class: "criminal charge",
            prosecutes: true,
            slots: vec![
                ("victim", "Tom Hale".to_owned()),
                ("authority", "Border Office".to_owned()),
                ("accused", "Ada Pike".to_owned()),
                ("accused", "Bo Hall".to_owned()),
            ],
            places: vec!["Leeds".to_owned()],
            time: Some("3 May 2021".to_owned()),
            modality: Some("planned"),
        };
        assert_eq!(
            compose(&parts),
            "Criminal charge over Tom Hale against Ada Pike and Bo Hall by Border Office in Leeds, 3 May 2021 (planned)"
        );
    }

    #[test]
    fn each_is_said_once_and_as_what_it_is() {
        for (class, slots, places, expected) in [
            (
                "request",
                &[("requester", "Ada Pike"), ("speaker", "Ada Pike")][..],
                &[][..],
                "Request by Ada Pike",
            ),
            (
                "deployment",
                &[
                    ("agent", "a few guards"),
                    ("authority", "other ports"),
                    ("beneficiary", "Leeds"),
                ],
                &["Leeds", "Hull"],
                "Deployment of a few guards by other ports for Leeds in Hull",
            ),
            (
                "court appearance",
                &[("accused", "Bo Hall"), ("authority", "High Court")],
                &["High Court"],
                "Court appearance against Bo Hall by High Court",
            ),
            (
                "offer",
                &[("agent", "Border Office"), ("requester", "Hull Council")],
                &[],
                "Offer by Border Office at the request of Hull Council",
            ),
            (
                "transfer",
                &[
                    ("object", "grain"),
                    ("agent", "guards"),
                    ("authority", "Border Office"),
                ],
                &[],
                "Transfer of grain by guards under Border Office",
            ),
        ] {
            let slots = slots.iter().map(|(s, p)| (*s, (*p).to_owned()));
            let parts = Parts {
                class,
                prosecutes: false,
                slots: slots.collect(),
                places: places.iter().map(|p| (*p).to_owned()).collect(),
                time: None,
                modality: None,
            };
            assert_eq!(compose(&parts), expected);
        }
    }

    #[test]
    fn long_lists_are_cut() {
        let mut out = String::from("March");
        push(&mut out, "by", &["A", "B", "C", "D"]);
        assert_eq!(out, "March by A, B, C and others");
    }
}
