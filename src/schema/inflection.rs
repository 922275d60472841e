//! Inflected forms of the verbs that frames name, for words whose lemma the reader of English has missed.
//!
//! In: lemmas of verb triggers. Out: a map from their forms. Refuses: forms that could belong to two of them.

use rustc_hash::{FxHashMap, FxHashSet};

/// Past tense and participle of irregular verbs, each with its lemma.
const IRREGULAR: &str = "arose arise|beat beat|beaten beat|began begin|begun begin|bled bleed|blew blow|blown blow|bore bear|born bear|bought buy|broke break|broken break|brought bring|built build|burst burst|came come|caught catch|chose choose|chosen choose|cut cut|dealt deal|drew draw|drawn draw|drove drive|driven drive|fell fall|fallen fall|fed feed|fled flee|flew fly|flown fly|forbade forbid|fought fight|found find|froze freeze|frozen freeze|gave give|given give|gone go|held hold|hid hide|hidden hide|hit hit|hung hang|hurt hurt|kept keep|laid lay|led lead|left leave|lent lend|lost lose|made make|met meet|overthrew overthrow|overthrown overthrow|paid pay|put put|quit quit|ran run|rose rise|risen rise|said say|sank sink|sunk sink|sat sit|saw see|seen see|sent send|set set|shed shed|shot shoot|shut shut|slain slay|slew slay|sold sell|sought seek|spent spend|split split|spoke speak|spoken speak|spread spread|stole steal|stolen steal|stood stand|struck strike|stricken strike|swore swear|sworn swear|swept sweep|taken take|thrown throw|threw throw|tied tie|told tell|took take|tore tear|torn tear|underwent undergo|undergone undergo|wed wed|went go|withdrawn withdraw|withdrew withdraw|won win|wrote write|written write";

/// The forms of these lemmas, each with its lemma; a form that is itself a lemma or belongs to two of them is left out.
pub(super) fn forms<'a>(
    lemmas: impl Iterator<Item = &'a String> + Clone,
) -> FxHashMap<String, String> {
    let known: FxHashSet<&str> = lemmas.clone().map(String::as_str).collect();
    let mut forms: FxHashMap<String, Option<String>> = FxHashMap::default();
    let mut enter = |form: String, lemma: &str| {
        if !known.contains(form.as_str()) {
            forms
                .entry(form)
                .and_modify(|held| {
                    if held.as_deref() != Some(lemma) {
                        *held = None;
                    }
                })
                .or_insert_with(|| Some(lemma.to_owned()));
        }
    };
    for lemma in lemmas {
        for form in regular(lemma) {
            enter(form, lemma);
        }
    }
    for (form, lemma) in IRREGULAR.split('|').filter_map(|pair| pair.split_once(' ')) {
        if known.contains(lemma) {
            enter(form.to_owned(), lemma);
        }
    }
    forms
        .into_iter()
        .filter_map(|(form, lemma)| Some((form, lemma?)))
        .collect()
}

/// The regular forms, with and without doubling of the last consonant.
fn regular(lemma: &str) -> Vec<String> {
    let mut out = vec![format!("{lemma}s")];
    if let Some(stem) = lemma.strip_suffix('e') {
        out.extend([format!("{lemma}d"), format!("{stem}ing")]);
        return out;
    }
    out.extend([format!("{lemma}ed"), format!("{lemma}ing")]);
    #[expect(clippy::single_match_else, reason = "the two cases read as a pair")]
    match lemma
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
    {
        Some(stem) => out.extend([format!("{stem}ied"), format!("{stem}ies")]),
        None => {
            if let Some(last) = lemma.chars().last().filter(|c| "bdglmnprt".contains(*c)) {
                out.extend([format!("{lemma}{last}ed"), format!("{lemma}{last}ing")]);
            }
            if lemma.ends_with(['s', 'x', 'z', 'h', 'o']) {
                out.push(format!("{lemma}es"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_back_to_their_verbs() {
        let lemmas: Vec<String> = [
            "raid", "raise", "free", "flee", "deny", "rob", "clash", "shoot", "bar", "bare",
        ]
        .map(str::to_owned)
        .into();
        let forms = forms(lemmas.iter());
        let of = |form: &str| forms.get(form).map(String::as_str);
        assert_eq!(of("raided"), Some("raid"));
        assert_eq!(of("raised"), Some("raise"));
        assert_eq!(of("fled"), Some("flee"));
        assert_eq!(of("denied"), Some("deny"));
        assert_eq!(of("robbed"), Some("rob"));
        assert_eq!(of("clashes"), Some("clash"));
        assert_eq!(of("shot"), Some("shoot"));
        assert_eq!(of("raid"), None, "a lemma is no form");
        assert_eq!(of("barring"), Some("bar"));
    }
}
