//! Infinitives of regular verbs, by the rules of English spelling and the words that break them.
//!
//! In: a word in lower case that is tagged as a past form, participle or gerund. Out: its dictionary form. Refuses: what does
//! not end in "ed" or "ing" behind a vowel, which other knowledge has to tell.

/// Stems that end in a doubled letter of their own.
#[rustfmt::skip]
const DOUBLED: [&str; 12] = ["add", "boycott", "butt", "ebb", "egg", "err", "inn", "odd", "purr", "putt", "shirr", "whirr"];

/// Verbs in a single `l`, `s`, `z` or `c` that double it, or put a `k` behind it, before an ending.
#[rustfmt::skip]
const SINGLE: &[&str] = &[
    "annul", "appal", "cancel", "channel", "compel", "control", "counsel", "dial", "dispel", "distil", "duel", "enrol", "equal", "excel",
    "expel", "extol", "frolic", "fuel", "fulfil", "funnel", "gas", "grovel", "impel", "imperil", "initial", "instil", "jewel", "label",
    "level", "libel", "marshal", "marvel", "mimic", "model", "outbid", "panel", "panic", "parcel", "patrol", "pencil", "pedal",
    "picnic", "propel", "quarrel", "quiz", "ravel", "rebel", "refuel", "remodel", "repel", "revel", "rival", "shovel", "shrivel",
    "signal", "snivel", "spiral", "stencil", "swivel", "total", "towel", "traffic", "travel", "trowel", "tunnel", "unravel", "victual",
    "whiz", "yodel",
];

/// Stems that take an `e` although the rules would leave them.
#[rustfmt::skip]
const SILENT: &[&str] = &[
    "accede", "adhere", "adore", "atone", "bathe", "binge", "blaspheme", "breathe", "cajole", "clothe", "cohere", "compete", "complete", "concede",
    "condone", "console", "contravene", "convene", "create", "cringe", "delete", "delineate", "demote", "denote", "deplete", "deplore",
    "dethrone", "devote", "dye", "elope", "emote", "escape", "excite", "excrete", "expedite", "explore", "extradite", "eye", "fringe",
    "guide", "hinge", "ignite", "ignore", "impede", "implore", "impinge", "incite", "infringe", "interfere", "intervene", "intercede",
    "invite", "landscape", "loathe", "misguide", "nauseate", "owe", "parole", "paste", "permeate", "persevere", "plague", "postpone",
    "precede", "procreate", "promote", "recede", "recite", "reconvene", "recreate", "reshape", "restore", "reunite", "revere",
    "scathe", "scheme", "seethe", "singe", "soothe", "sponge", "supersede", "syringe", "taste", "telephone", "telescope", "tinge",
    "unite", "waste", "welcome", "wreathe", "writhe", "awe", "secede", "secrete", "teethe", "bequeathe", "axe",
];

/// Stems that stay as they are although the rules would add an `e`.
#[rustfmt::skip]
const BARE: &[&str] = &[
    "bang", "belong", "bias", "canvas", "chorus", "clang", "coffin", "collar", "combat", "consul", "debut", "focus", "format", "gang",
    "hang", "invalid", "margin", "murmur", "overhang", "pillar", "program", "ransom", "refocus", "sugar", "twang", "vomit", "output",
    "input", "orphan", "kidnap", "ballad", "cabin",
];

/// Words in "ed" or "ing" that are no such forms.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "bleed", "breed", "bring", "cling", "embed", "exceed", "feed", "fling", "heed", "imbed", "inbreed", "indeed", "need",
    "offspring", "overfeed", "proceed", "seed", "shed", "sing", "sling", "speed", "spring", "sting", "string", "succeed", "swing",
    "weed", "wing", "wring",
];

const VOWELS: [u8; 5] = *b"aeiou";

/// The infinitive of a regular form under a Penn tag of past form, participle or gerund.
pub(crate) fn infinitive(form: &str, xpos: &str) -> Option<String> {
    if !matches!(xpos, "VBD" | "VBN" | "VBG")
        || form.len() < 4
        || !form.bytes().all(|b| b.is_ascii_lowercase())
        || WHOLE.contains(&form)
    {
        return None;
    }
    let stem = match xpos {
        "VBG" => form.strip_suffix("ing")?,
        _ => form.strip_suffix("ed")?,
    };
    let bytes = stem.as_bytes();
    if bytes.len() < 2 || !bytes.iter().any(|b| VOWELS.contains(b) || *b == b'y') {
        return None;
    }
    if SILENT
        .iter()
        .any(|verb| verb.strip_suffix('e') == Some(stem))
    {
        return Some(format!("{stem}e"));
    }
    if BARE.contains(&stem) || DOUBLED.contains(&stem) {
        return Some(stem.to_owned());
    }
    let (&last, before) = bytes.split_last()?;
    let short = &stem[..stem.len() - 1];
    let doubled = before.last() == Some(&last);
    if (doubled || last == b'k') && SINGLE.contains(&short) {
        return Some(short.to_owned());
    }
    if doubled && matches!(last, b'b' | b'd' | b'g' | b'm' | b'n' | b'p' | b'r' | b't') {
        return Some(short.to_owned());
    }
    if xpos != "VBG" && last == b'i' {
        // "died" and "tied" keep their "ie", "carried" has a "y", "skied" and "taxied" have neither.
        return Some(match stem {
            "ski" | "taxi" => stem.to_owned(),
            _ if stem.len() == 2 => format!("{stem}e"),
            _ => format!("{short}y"),
        });
    }
    if xpos == "VBG" && last == b'y' && stem.len() == 2 && !VOWELS.contains(&bytes[0]) {
        return Some(match stem {
            "dy" | "ly" | "ty" | "vy" => format!("{short}ie"),
            _ => stem.to_owned(),
        });
    }
    if xpos != "VBG" && last == b'e' {
        return Some(format!("{stem}e"));
    }
    Some(if silent(bytes) {
        format!("{stem}e")
    } else {
        stem.to_owned()
    })
}

/// Whether a stem has lost an `e`, by its last letters.
fn silent(stem: &[u8]) -> bool {
    // A `u` behind `q` is no vowel.
    let vowel =
        |i: usize| VOWELS.contains(&stem[i]) && !(stem[i] == b'u' && i > 0 && stem[i - 1] == b'q');
    let end = stem.len() - 1;
    let (last, before) = (stem[end], stem[end - 1]);
    if matches!(last, b'c' | b'u' | b'v') {
        return true;
    }
    if !vowel(end - 1) {
        return match last {
            b'g' => {
                before != b'n'
                    || matches!(
                        end.checked_sub(2).map(|i| stem[i]),
                        Some(b'a' | b'e' | b'u')
                    )
            }
            b's' => before != b's',
            b'z' => before != b'z',
            b'l' => !matches!(before, b'l' | b'r' | b'w' | b'y'),
            b'r' => !matches!(before, b'r' | b'w' | b'y'),
            b'p' | b't' | b'k' | b'm' | b'd' | b'n' => before == b'y',
            _ => false,
        };
    }
    if vowel(end) || matches!(last, b'w' | b'x' | b'y' | b'h') {
        return false;
    }
    if matches!(last, b's' | b'z' | b'g') {
        return true;
    }
    if end >= 2 && vowel(end - 2) {
        return matches!(&stem[end - 2..], b"iat" | b"uat" | b"uad");
    }
    // One vowel in all: a bare consonant would be doubled.
    if (0..end - 1).all(|i| !vowel(i) && stem[i] != b'y') {
        return true;
    }
    match &stem[end - 1..] {
        b"at" | b"ut" | b"in" | b"am" | b"um" | b"ad" | b"id" | b"od" | b"ud" | b"ed" | b"ar"
        | b"ir" | b"ur" => true,
        b"il" | b"ol" | b"ul" | b"ap" | b"ak" | b"ok" | b"ik" | b"uk" | b"ob" | b"ib" | b"af" => {
            true
        }
        _ => matches!(stem, [.., b'h' | b'p', b'a', b'l']),
    }
}

#[cfg(test)]
mod tests {
    use super::infinitive;

    #[test]
    fn spelling_tells_the_infinitive() {
        let all = "raided raid, exploded explode, shelled shell, looted loot, hanged hang, extradited extradite, embezzled embezzle, \
            blamed blame, competed compete, raped rape, reversed reverse, retreated retreat, barricaded barricade, invaded invade, \
            probed probe, faked fake, panicked panic, trafficked traffic, freed free, agreed agree, died die, carried carry, \
            stopped stop, added add, missed miss, cancelled cancel, fueled fuel, created create, evacuated evacuate, persuaded persuade, \
            charged charge, changed change, belonged belong, sued sue, seized seize, focused focus, accused accuse, massacred massacre, \
            toppled topple, hurled hurl, offered offer, visited visit, united unite, pardoned pardon, postponed postpone, \
            threatened threaten, convened convene, required require, secured secure, monitored monitor, restored restore, developed develop, \
            escaped escape, described describe, provoked provoke, recruited recruit, distributed distribute, targeted target, \
            imprisoned imprison, taxed tax, showed show, quoted quote, obeyed obey, analysed analyse, boycotted boycott, bombed bomb";
        for pair in all.split(", ") {
            let (form, verb) = pair.trim().split_once(' ').expect("form and verb");
            assert_eq!(infinitive(form, "VBD").as_deref(), Some(verb));
        }
        for (form, verb) in [
            ("raiding", "raid"),
            ("lying", "lie"),
            ("running", "run"),
            ("bringing", "bring"),
            ("shelling", "shell"),
            ("fleeing", "flee"),
            ("trying", "try"),
            ("raping", "rape"),
            ("buying", "buy"),
        ] {
            assert_eq!(infinitive(form, "VBG").as_deref(), Some(verb));
        }
        assert_eq!(infinitive("shed", "VBD"), None);
        assert_eq!(infinitive("raided", "JJ"), None);
    }
}
