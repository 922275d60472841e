//! Bytes to text. UTF-8 unless the user names another encoding; what is not text is told apart from text in another
//! encoding, so that the remedy fits.

use encoding_rs::Encoding;

/// Longest line that counts as text, in bytes: no paragraph of news comes near it.
const LONGEST_LINE: usize = 1 << 20;

/// Why bytes are no text, and what to do.
pub(super) struct Undecodable {
    pub(super) reason: String,
    pub(super) remedy: String,
}

impl Undecodable {
    fn new(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            remedy: remedy.into(),
        }
    }
}

/// The text that `bytes` hold in `encoding` (UTF-8 when `None`).
pub(super) fn decode(
    bytes: Vec<u8>,
    encoding: Option<&'static Encoding>,
) -> Result<String, Undecodable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Undecodable::new(
            "empty",
            "remove it, or put the text of the article into it",
        ));
    }
    let text = match encoding {
        Some(encoding) => {
            let (text, _, damaged) = encoding.decode(&bytes);
            if damaged {
                return Err(Undecodable::new(
                    format!("not {}", encoding.name()),
                    "give the encoding in which it was saved with --encoding, or convert it to UTF-8 with iconv",
                ));
            }
            text.into_owned()
        }
        None => utf8(bytes)?,
    };
    if let Some(longest) = text.split('\n').map(str::len).max()
        && longest > LONGEST_LINE
    {
        return Err(Undecodable::new(
            format!("a line of {:.1} MB", longest as f64 / 1e6),
            "news text has line breaks; cut the file into articles of one paragraph a line",
        ));
    }
    Ok(text)
}

fn utf8(bytes: Vec<u8>) -> Result<String, Undecodable> {
    let marked = match bytes.as_slice() {
        [0xff, 0xfe, ..] => Some("UTF-16LE"),
        [0xfe, 0xff, ..] => Some("UTF-16BE"),
        _ => None,
    };
    if let Some(name) = marked {
        return Err(Undecodable::new(
            format!("not UTF-8: its byte order mark says {name}"),
            format!("give --encoding {name}, or convert it with iconv -f {name} -t UTF-8"),
        ));
    }
    if bytes.contains(&0) {
        return Err(Undecodable::new(
            "binary: it holds zero bytes",
            "give the article as plain text (extract the text of a PDF or office document first)",
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let controls = bytes.iter().filter(|b| **b < 9).count();
        if controls * 50 > bytes.len() {
            return Undecodable::new(
                "binary: neither UTF-8 nor any other text",
                "give the article as plain text (extract the text of a PDF or office document first)",
            );
        }
        Undecodable::new(
            format!("not UTF-8: byte 0x{:02X} at offset {at}", bytes[at]),
            "give its encoding, such as --encoding windows-1252, or convert it with iconv -f WINDOWS-1252 -t UTF-8",
        )
    })
}
