//! Blocks of a document: the lines or paragraphs of the text, told apart as story or page furniture.

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
