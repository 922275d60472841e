//! The arc-hybrid transition system and its dynamic oracle (Kuhlmann and others 2011; Goldberg and Nivre 2013).
//!
//! A virtual root stands behind the last token, so every finished tree has one root, and only one.

/// Head of a token that has none yet.
pub const NONE: u32 = u32::MAX;

/// One step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Takes the next word onto the stack.
    Shift,
    /// Hangs the top of the stack under the next word.
    Left,
    /// Hangs the top of the stack under the one below it.
    Right,
}

impl Move {
    /// All moves, in the order of their scores.
    pub const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// A half-built tree: a stack, a queue that begins at `next`, and the arcs so far.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Words waiting for their head, top last.
    pub stack: Vec<u32>,
    /// First word of the queue; `len` stands for the virtual root.
    pub next: u32,
    /// Number of words.
    pub len: u32,
    /// Head of each word: a word, `len` for the root, or [`NONE`].
    pub heads: Vec<u32>,
    /// The two leftmost dependents of each word, outermost first.
    pub left: Vec<[u32; 2]>,
    /// The two rightmost dependents of each word, outermost first.
    pub right: Vec<[u32; 2]>,
}

impl State {
    /// Empties the state for a sentence of `len` words.
    pub fn reset(&mut self, len: usize) {
        self.stack.clear();
        self.next = 0;
        self.len = len as u32;
        self.heads.clear();
        self.heads.resize(len, NONE);
        self.left.clear();
        self.left.resize(len + 1, [NONE; 2]);
        self.right.clear();
        self.right.resize(len + 1, [NONE; 2]);
    }

    /// Whether the tree is complete.
    pub fn is_done(&self) -> bool {
        self.next == self.len && self.stack.is_empty()
    }

    /// Whether a move is possible here. At least one is, unless the state is done.
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.next < self.len,
            // Only the last word left on the stack may go under the virtual root.
            Move::Left => !self.stack.is_empty() && (self.next < self.len || self.stack.len() == 1),
            Move::Right => self.stack.len() > 1,
        }
    }

    /// The word `depth` below the top of the stack.
    pub fn top(&self, depth: usize) -> u32 {
        self.stack
            .len()
            .checked_sub(depth + 1)
            .map_or(NONE, |i| self.stack[i])
    }

    /// Takes a step that [`Self::allows`]; returns the arc it drew, as dependent and head.
    pub fn take(&mut self, step: Move) -> Option<(u32, u32)> {
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
                None
            }
            Move::Left => {
                let word = self.stack.pop()?;
                self.heads[word as usize] = self.next;
                let slot = &mut self.left[self.next as usize];
                *slot = [word, slot[0]];
                Some((word, self.next))
            }
            Move::Right => {
                let word = self.stack.pop()?;
                let head = *self.stack.last()?;
                self.heads[word as usize] = head;
                let slot = &mut self.right[head as usize];
                *slot = [word, slot[0]];
                Some((word, head))
            }
        }
    }

    /// How many gold arcs each move would put out of reach; `gold` holds a head for each word, `len` for the root.
    pub fn costs(&self, gold: &[u32]) -> [u32; 3] {
        let mut costs = [0; 3];
        let (next, top) = (self.next, self.top(0));
        let in_queue = |w: u32| w >= next && w <= self.len;
        if next < self.len {
            let below = &self.stack[..self.stack.len().saturating_sub(1)];
            costs[0] = u32::from(below.contains(&gold[next as usize]))
                + self
                    .stack
                    .iter()
                    .filter(|&&w| gold[w as usize] == next)
                    .count() as u32;
        }
        if top != NONE {
            let head = gold[top as usize];
            let lost = (next..self.len)
                .filter(|&w| gold[w as usize] == top)
                .count() as u32;
            costs[1] = lost
                + u32::from(
                    (self.stack.len() > 1 && head == self.top(1))
                        || (in_queue(head) && head != next),
                );
            costs[2] = lost + u32::from(in_queue(head));
        }
        costs
    }
}
