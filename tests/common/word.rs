//! Made-up names.

/// A name for a number.
pub(crate) fn word(mut number: u64) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "vi", "du", "fa", "ge", "ho", "ji", "pa",
        "le", "mo", "ni", "ru", "ta",
    ];
    let mut out = String::new();
    loop {
        out.push_str(SYLLABLES[(number % 20) as usize]);
        number /= 20;
        if number == 0 {
            break;
        }
    }
    out.push('n');
    out[..1].to_uppercase() + &out[1..]
}
