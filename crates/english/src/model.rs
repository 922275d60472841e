//! The model file: named sections of bytes behind a magic number.
//!
//! In: bytes as the trainer wrote them. Out: sections by name. A damaged file is refused with an error, never read past its end.

use std::fmt;

const MAGIC: &[u8; 8] = b"NLREAD01";

/// Why a model file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// It does not begin with the magic number of this version.
    Magic,
    /// It ends before what it announces.
    Short,
    /// It lacks the section named.
    Missing(&'static str),
    /// The section named does not have the size or content that this version expects.
    Shape(&'static str),
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Magic => f.write_str("not a reading model of this version"),
            Self::Short => f.write_str("the model file is cut short"),
            Self::Missing(name) => write!(f, "the model file lacks its section `{name}`"),
            Self::Shape(name) => write!(
                f,
                "the section `{name}` of the model file does not have the expected form"
            ),
        }
    }
}

impl std::error::Error for ModelError {}

/// Sections of a model file, in file order.
#[derive(Clone, Debug, Default)]
pub struct Sections<'a>(Vec<(&'a str, &'a [u8])>);

impl<'a> Sections<'a> {
    /// Finds the sections of a file.
    pub fn read(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Magic)?;
        let mut all = Vec::new();
        while !rest.is_empty() {
            let (&name, tail) = rest.split_first().ok_or(ModelError::Short)?;
            let (name, tail) = tail
                .split_at_checked(name as usize)
                .ok_or(ModelError::Short)?;
            let (len, tail) = tail.split_first_chunk::<4>().ok_or(ModelError::Short)?;
            let (body, tail) = tail
                .split_at_checked(u32::from_le_bytes(*len) as usize)
                .ok_or(ModelError::Short)?;
            all.push((
                std::str::from_utf8(name).map_err(|_| ModelError::Short)?,
                body,
            ));
            rest = tail;
        }
        Ok(Self(all))
    }

    /// The bytes of one section.
    pub fn get(&self, name: &'static str) -> Result<&'a [u8], ModelError> {
        self.0
            .iter()
            .find(|(n, _)| *n == name)
            .map(|&(_, body)| body)
            .ok_or(ModelError::Missing(name))
    }

    /// Adds a section.
    pub fn add(&mut self, name: &'a str, body: &'a [u8]) {
        self.0.push((name, body));
    }

    /// The whole file as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for (name, body) in &self.0 {
            out.push(name.len() as u8);
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(&(body.len() as u32).to_le_bytes());
            out.extend_from_slice(body);
        }
        out
    }
}
