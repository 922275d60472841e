//! Blocks of a document: the lines or paragraphs of the text, told apart as story or page furniture.
//!
//! In: a clean text. Out: its [`Block`]s. They are told apart by position and form (does the line end like a sentence,
//! how long is it, what stands around it) and by general cue words; a paragraph of running text is never anything else.

use super::cue::Cues;
use english::{Byte, Span};

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// The title of the story.
    Headline,
    /// The sentence or two under the title.
    Standfirst,
    /// Running text of the story.
    Body,
    /// A title within the story.
    Subheading,
    /// A picture's caption or credit.
    Caption,
    /// Author, agency, place and date lines.
    Byline,
    /// Links to other stories, forms, share bars, promotions.
    Furniture,
}

impl BlockKind {
    /// Whether facts may be read from it.
    pub const fn is_story(self) -> bool {
        matches!(self, Self::Headline | Self::Standfirst | Self::Body)
    }
}

/// A run of text between line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Without surrounding white space.
    pub span: Span<Byte>,
    /// What it is for.
    pub kind: BlockKind,
}

/// Longest title of a story within a list of links, in words.
const LINK: usize = 24;
/// Longest title within the story, in words.
const SUBHEADING: usize = 9;
/// Longest headline, in words.
const HEADLINE: usize = 30;
/// Fewest lines without a final stop in a row that make a list.
const LIST: usize = 3;

/// What the form of a line shows.
struct Form {
    words: usize,
    /// Ends as a sentence does.
    closed: bool,
    /// Ends as a question does, which titles do too.
    question: bool,
    /// All its letters are capitals.
    capitals: bool,
    quoted: bool,
    lower: String,
}

impl Form {
    fn of(line: &str) -> Self {
        let letters = || line.chars().filter(|c| c.is_alphabetic());
        let body = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ']);
        let words = line.split_whitespace().count();
        Self {
            words,
            closed: body.ends_with(['.', '!', '…', ';', ',', '—', '–'])
                || (body.ends_with(':') && words >= 4)
                || (body.ends_with('?') && words > 12),
            question: body.ends_with('?'),
            capitals: letters().any(char::is_alphabetic) && !letters().any(char::is_lowercase),
            quoted: line.starts_with(['"', '“', '‘', '\'', '«']),
            lower: line.to_lowercase().replace(['’', '‘'], "'"),
        }
    }

    /// Neither closed nor too long for a title.
    fn open(&self) -> bool {
        !self.closed && !self.question && self.words <= LINK
    }
}

/// The blocks of a clean text, `title` being the one that came with it.
pub(super) fn classify(text: &str, title: Option<&str>) -> Vec<Block> {
    let spans = english::paragraphs(text);
    let forms: Vec<Form> = spans.iter().map(|s| Form::of(s.slice(text))).collect();
    let mut kinds: Vec<Option<BlockKind>> = spans
        .iter()
        .zip(&forms)
        .map(|(span, form)| by_words(span.slice(text), form))
        .collect();
    top(&forms, &mut kinds, |i| {
        title.is_some_and(|t| same(t, spans[i].slice(text)))
    });
    lists(&forms, &mut kinds);
    spans
        .into_iter()
        .zip(kinds)
        .map(|(span, kind)| Block {
            span,
            kind: kind.unwrap_or(BlockKind::Body),
        })
        .collect()
}

/// The text of the headline block, on one line.
pub(super) fn headline(text: &str, blocks: &[Block]) -> Option<String> {
    let block = blocks.iter().find(|b| b.kind == BlockKind::Headline)?;
    let words: Vec<&str> = block.span.slice(text).split_whitespace().collect();
    Some(words.join(" "))
}

fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// What a line is by its own words, if they settle it.
fn by_words(line: &str, form: &Form) -> Option<BlockKind> {
    let cues = Cues::embedded();
    if is_caption(line, form, cues) {
        Some(BlockKind::Caption)
    } else if super::dateline::is_byline(&form.lower, form.words, form.closed) {
        Some(BlockKind::Byline)
    } else if !form.quoted
        && ((form.words <= LINK && cues.furniture(&form.lower))
            || (form.words <= 2 * LINK && cues.promotion(&form.lower)))
    {
        Some(BlockKind::Furniture)
    } else {
        None
    }
}

/// "… Credit: Ann Lee/AFP", "Ann Lee/Reuters", "(Getty Images)", "[picture of a bridge]".
fn is_caption(line: &str, form: &Form, cues: &Cues) -> bool {
    let bracketed = (line.starts_with('[') && line.ends_with(']'))
        || (line.starts_with('(') && line.ends_with(')') && !form.lower.contains(". "));
    if bracketed && form.words <= LINK {
        return true;
    }
    if let Some(at) = cues.credit(&form.lower) {
        let credit = &form.lower[at..];
        // A credit closes its line and is made of names; a sentence that goes on after the word is no credit.
        let length = credit.split_whitespace().count();
        let written: Vec<&str> = line.split_whitespace().collect();
        let names = written[written.len().saturating_sub(length)..]
            .iter()
            .skip(1)
            .filter(|word| word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()))
            .count();
        if length <= 9 && 2 * names + 1 >= length && !credit.contains(". ") {
            return true;
        }
    }
    // The names of photographer and agency, joined by a slash, alone or after the caption.
    let tail = match form
        .lower
        .trim_end_matches(['.', ')'])
        .rsplit_once(['.', '('])
    {
        Some((_, tail)) => tail,
        None => form.lower.as_str(),
    };
    let parts: Vec<&str> = tail.split('/').collect();
    if parts.len() > 1 && tail.split_whitespace().count() <= 7 {
        return parts.iter().any(|part| cues.agency(part));
    }
    form.words <= 4 && cues.agency(&form.lower)
}

/// Headline and standfirst: the lines without a final stop before the first paragraph.
fn top(forms: &[Form], kinds: &mut [Option<BlockKind>], is_title: impl Fn(usize) -> bool) {
    let unsettled: Vec<usize> = (0..forms.len()).filter(|&i| kinds[i].is_none()).collect();
    let Some(&first) = unsettled.first() else {
        return;
    };
    if let Some(&given) = unsettled.iter().take(8).find(|&&i| is_title(i)) {
        kinds[given] = Some(BlockKind::Headline);
        standfirst(forms, kinds, given + 1);
        return;
    }
    let has_body = forms
        .iter()
        .skip(first + 1)
        .any(|f| f.closed && f.words >= 6);
    let mut headline = first;
    // A kicker in capitals may stand over the headline.
    if let Some(&second) = unsettled.get(1)
        && forms[first].capitals
        && forms[first].words <= 4
        && second == first + 1
        && !forms[second].closed
    {
        kinds[first] = Some(BlockKind::Byline);
        headline = second;
    }
    let form = &forms[headline];
    if has_body && !form.closed && form.words <= HEADLINE {
        kinds[headline] = Some(BlockKind::Headline);
        standfirst(forms, kinds, headline + 1);
    }
}

fn standfirst(forms: &[Form], kinds: &mut [Option<BlockKind>], at: usize) {
    let Some(form) = forms.get(at) else { return };
    let before_body = forms
        .iter()
        .zip(kinds.iter())
        .skip(at + 1)
        .find(|(_, kind)| kind.is_none())
        .is_some_and(|(next, _)| next.closed);
    if kinds[at].is_none() && !form.closed && form.words >= 6 && before_body {
        kinds[at] = Some(BlockKind::Standfirst);
    }
}

/// Lines without a final stop: lists of links are furniture, single ones titles within the story, long ones story.
fn lists(forms: &[Form], kinds: &mut [Option<BlockKind>]) {
    let in_list = |i: usize, kinds: &[Option<BlockKind>]| match kinds[i] {
        Some(BlockKind::Furniture | BlockKind::Caption | BlockKind::Byline) => true,
        Some(_) => false,
        None => forms[i].open() || (forms[i].question && forms[i].words <= LINK),
    };
    let mut at = 0;
    while at < forms.len() {
        if !in_list(at, kinds) {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < forms.len() && in_list(end, kinds) {
            end += 1;
        }
        let run = at..end;
        let cued = kinds[run.clone()].contains(&Some(BlockKind::Furniture));
        let unsettled: Vec<usize> = run.clone().filter(|&i| kinds[i].is_none()).collect();
        let last = end == forms.len();
        // A list under a cue or of three lines and more; the pair of a kicker in capitals and its title.
        let list = run.len() >= LIST && unsettled.len() + 1 >= LIST;
        let pair = unsettled.len() == 2
            && forms[unsettled[0]].capitals
            && !forms[unsettled[1]].capitals
            && forms[unsettled[0]].words <= 5;
        let furniture = unsettled.len() < forms.len() && (list || pair || cued);
        for i in unsettled {
            let form = &forms[i];
            kinds[i] = Some(if furniture {
                BlockKind::Furniture
            } else if form.question || form.words > SUBHEADING || forms.len() == 1 {
                BlockKind::Body
            } else if last && at > 0 && run.len() > 1 {
                BlockKind::Furniture
            } else {
                BlockKind::Subheading
            });
        }
        at = end;
    }
}

#[cfg(test)]
#[path = "block_tests.rs"]
mod tests;
