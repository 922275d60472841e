//! What the models see of a word: normalised form, affixes and shape, as hashes.

/// Mixes two numbers into one, the same on every machine.
pub const fn mix(a: u64, b: u64) -> u64 {
    let x = (a.rotate_left(23) ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^ (x >> 29)
}

/// Hash of a string.
pub fn hash(s: &[u8]) -> u64 {
    let mut h = 0x51_7C_C1_B7;
    let (chunks, rest) = s.as_chunks::<8>();
    for chunk in chunks {
        h = mix(h, u64::from_le_bytes(*chunk));
    }
    if !rest.is_empty() {
        h = mix(h, short(rest));
    }
    mix(h, s.len() as u64)
}

/// One to seven bytes as a number, the first one lowest.
fn short(s: &[u8]) -> u64 {
    let n = s.len();
    if let (Some(first), Some(last)) = (s.first_chunk::<4>(), s.last_chunk::<4>()) {
        // The two overlap in equal bits.
        let last = u64::from(u32::from_le_bytes(*last));
        u64::from(u32::from_le_bytes(*first)) | (last << (8 * (n - 4)))
    } else {
        let at = |i: usize| u64::from(s[i]) << (8 * i);
        at(0) | at(n / 2) | at(n - 1)
    }
}

/// The normalised form: lower case, typographic quotes and dashes made plain, digits as `0`.
pub fn normal(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '0'..='9' => out.push('0'),
            'a'..='z' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '’' | '‘' | '`' => out.push('\''),
            '“' | '”' => out.push('"'),
            '–' | '—' => out.push_str("--"),
            '…' => out.push_str("..."),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Coarse look of a word, below [`SHAPES`]: capitals, digits, marks.
pub fn shape(word: &str) -> u8 {
    let (mut upper, mut lower, mut digit, mut other) = (0, 0, 0, 0);
    let mut inner = 0;
    for (i, c) in word.chars().enumerate() {
        if c.is_uppercase() {
            upper += 1;
            inner += u32::from(i > 0);
        } else if c.is_lowercase() {
            lower += 1;
        } else if c.is_numeric() {
            digit += 1;
        } else {
            other += 1;
        }
    }
    let first = word.chars().next().is_some_and(char::is_uppercase);
    match (upper, lower, digit, other) {
        (0, 0, 0, _) => 0,
        (0, 0, _, 0) => 1,
        (0, 0, _, _) => 2,
        (0, _, 0, 0) => 3,
        (0, _, 0, _) => 4,
        (0, _, _, _) => 5,
        (1, 0, 0, _) => 6,
        (_, 0, 0, 0) => 7,
        (_, 0, 0, _) => 8,
        (_, 0, _, _) => 9,
        (1, _, 0, 0) if first => 10,
        (_, _, 0, 0) if first && inner > 0 => 11,
        (_, _, 0, _) if first => 12,
        (_, _, _, _) if first => 13,
        _ => 14,
    }
}

/// Number of different values of [`shape`].
pub const SHAPES: usize = 15;

/// The last `n` characters of a word, or all of it.
pub fn suffix(word: &str, n: usize) -> &str {
    word.char_indices()
        .rev()
        .nth(n.wrapping_sub(1))
        .map_or(word, |(at, _)| &word[at..])
}

/// The first `n` characters of a word, or all of it.
pub fn prefix(word: &str, n: usize) -> &str {
    word.char_indices()
        .nth(n)
        .map_or(word, |(at, _)| &word[..at])
}

#[cfg(test)]
mod tests {
    use super::{hash, mix};

    /// The bytes in words of eight, the last one filled up with zeros.
    fn plain(s: &[u8]) -> u64 {
        let mut h = 0x51_7C_C1_B7;
        for chunk in s.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            h = mix(h, u64::from_le_bytes(word));
        }
        mix(h, s.len() as u64)
    }

    #[test]
    fn hashes_are_those_of_whole_words() {
        let letters = "weathervanes creak in every gale".as_bytes();
        for from in 0..8 {
            for to in from..letters.len() {
                assert_eq!(hash(&letters[from..to]), plain(&letters[from..to]));
            }
        }
    }
}
