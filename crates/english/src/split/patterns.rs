//! Single forms that tokens take: clitics, addresses, dates, faces. Each function looks at one run of characters.

/// Whether a character is part of a word or number.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// Characters that attach to the one before: combining marks, joiners, variation selectors, skin tones.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20d0}'..='\u{20ff}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{94f}')
}

/// Byte length of the word before its clitic (`did|n't`, `they|'re`), or of the whole word.
pub(super) fn clitic(word: &str) -> usize {
    let Some(mark) = word.rfind(['\'', '’']) else {
        return word.len();
    };
    let mark_len = word[mark..].chars().next().map_or(1, char::len_utf8);
    let tail = &word[mark + mark_len..];
    if tail.len() > 2 || mark == 0 {
        return word.len();
    }
    let lower = tail.to_ascii_lowercase();
    match lower.as_str() {
        "s" | "m" | "d" | "ll" | "re" | "ve" => mark,
        "t" if word[..mark].ends_with(['n', 'N']) && mark > 1 => mark - 1,
        _ => word.len(),
    }
}

/// End of the web or mail address that begins at `at`.
pub(super) fn address(chunk: &str, at: usize) -> Option<usize> {
    let rest = &chunk[at..];
    if !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '<' || c == '@')
        || (at > 0 && chunk[..at].ends_with(char::is_alphanumeric))
    {
        return None;
    }
    let starts = |p: &str| {
        rest.get(..p.len())
            .is_some_and(|r| r.eq_ignore_ascii_case(p))
    };
    let web = starts("http://") || starts("https://") || starts("www.") || starts("ftp://");
    let end = rest
        .find(['<', '>', '"', '”', '“', '|', ')', ']', '}'])
        .unwrap_or(rest.len());
    let body = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']);
    if web {
        return (body.len() > 4).then_some(at + body.len());
    }
    let (user, host) = body.split_once('@')?;
    let handle = user.is_empty()
        && host.len() > 1
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let plain = |s: &str| {
        !s.is_empty()
            && s.bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+'))
    };
    (handle || (plain(user) && plain(host) && host.contains('.'))).then_some(at + body.len())
}

/// Whether what follows a full stop is the end of a web or file name.
pub(super) fn is_domain(rest: &str) -> bool {
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    matches!(
        &rest[..end],
        "com"
            | "org"
            | "net"
            | "gov"
            | "edu"
            | "uk"
            | "co"
            | "ac"
            | "io"
            | "info"
            | "eu"
            | "de"
            | "fr"
            | "ca"
            | "au"
            | "ie"
            | "doc"
            | "pdf"
            | "xls"
            | "htm"
            | "html"
            | "txt"
            | "jpg"
    )
}

/// Whether the slash at `slash` stands in a short date such as `9/11`.
pub(super) fn is_date(word: &str, slash: usize) -> bool {
    let right = word[slash + 1..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    slash <= 2
        && right == 2
        && word[..slash]
            .parse::<u8>()
            .is_ok_and(|n| (1..=31).contains(&n))
        && word[slash + 1..slash + 3] > *"09"
}

/// Length of a face such as `:-)` that fills the rest of the run.
pub(super) fn face(rest: &str) -> Option<usize> {
    (rest.len() <= 3
        && rest.len() >= 2
        && rest.is_ascii()
        && rest.ends_with([')', '(', 'D', 'P', '|', '/'])
        && rest[1..rest.len() - 1].bytes().all(|b| b == b'-'))
    .then_some(rest.len())
}
