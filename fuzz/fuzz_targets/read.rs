//! Any text is read without a panic, into spans that are ordered, disjoint and slice the text, and into trees with one root.

#![no_main]

use english::Reader;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let sentences = Reader::embedded().read(text);
    let mut end = 0;
    for sentence in &sentences {
        assert!(!sentence.tokens.is_empty());
        assert_eq!(
            sentence.tokens.iter().filter(|t| t.head.is_none()).count(),
            1
        );
        for token in &sentence.tokens {
            assert!(token.span.start() >= end && !token.span.slice(text).is_empty());
            end = token.span.end();
        }
        let mut last = 0;
        for name in &sentence.names {
            assert!(name.tokens.start() >= last && !name.tokens.is_empty());
            last = name.tokens.end();
            assert!(last <= sentence.tokens.len());
        }
    }
    assert_eq!(sentences, Reader::embedded().read(text));
});
