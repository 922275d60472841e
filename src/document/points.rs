//! Byte offsets to code points, the unit of every offset that leaves the program.

/// Counts code points before a byte of one text: one pass to build, a binary search to ask.
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// Start of each character of more than one byte, and the bytes beyond the first up to and with it.
    wide: Vec<(u32, u32)>,
}

impl CodePoints {
    /// Of a text.
    pub fn new(text: &str) -> Self {
        let mut wide = Vec::new();
        let mut extra = 0;
        if !text.is_ascii() {
            for (at, c) in text.char_indices().filter(|(_, c)| c.len_utf8() > 1) {
                extra += c.len_utf8() as u32 - 1;
                wide.push((at as u32, extra));
            }
        }
        Self { wide }
    }

    /// Code points before byte `at`, which must start a character or end the text.
    pub fn before(&self, at: usize) -> usize {
        let i = self
            .wide
            .partition_point(|&(start, _)| (start as usize) < at);
        at - i.checked_sub(1).map_or(0, |i| self.wide[i].1 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_counting_from_the_start() {
        let text = "Zoë’s 東京 😀!";
        let points = CodePoints::new(text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.before(at), n);
        }
        assert_eq!(points.before(text.len()), text.chars().count());
    }
}
