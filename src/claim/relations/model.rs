//! The learned scorer of relations: weights by hashed feature.
//!
//! In: the bytes of `models/relations.bin`. Out: a [`RelationModel`] that turns features into a probability. Refuses: a file
//! of another form; relations it was not trained on are unknown to it.
//!
//! Form: `NLREL001`; bits of the table (u8); scale of the weights (f32); number of relations (u16); for each the length of its
//! IRI (u8), the IRI, and its threshold (f32); then one signed byte a weight. Numbers are little-endian.

use std::sync::OnceLock;

const MAGIC: &[u8; 8] = b"NLREL001";

/// Why a file is no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a relation model of this version, or cut short")]
pub struct RelationModelError;

/// A relation that the model knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known(usize);

/// Weights of hashed features, shared by all relations: the hash holds the relation's name.
#[derive(Clone, Debug)]
pub struct RelationModel {
    bits: u8,
    scale: f32,
    relations: Vec<(String, f32)>,
    weights: Vec<i8>,
}

impl RelationModel {
    /// The model that is built in.
    ///
    /// # Panics
    /// Never in a tested build: the embedded file is read by a test.
    pub fn embedded() -> &'static Self {
        static MODEL: OnceLock<RelationModel> = OnceLock::new();
        MODEL.get_or_init(|| {
            Self::from_bytes(include_bytes!("../../../models/relations.bin"))
                .expect("the embedded model is whole; a test reads it")
        })
    }

    /// A model of these weights. `bits`: the table has two to this power entries. A weight is a byte times `scale`. Each
    /// relation comes with the least probability that it is stated at.
    pub fn new(bits: u8, scale: f32, relations: Vec<(String, f32)>, weights: Vec<i8>) -> Self {
        Self {
            bits,
            scale,
            relations,
            weights,
        }
    }

    /// Reads the file's form.
    ///
    /// # Errors
    /// When the bytes are of another form or end early.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RelationModelError> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(RelationModelError)?;
        let mut take = |n: usize| -> Result<&[u8], RelationModelError> {
            let (head, tail) = rest.split_at_checked(n).ok_or(RelationModelError)?;
            rest = tail;
            Ok(head)
        };
        let float = |b: &[u8]| -> Result<f32, RelationModelError> {
            Ok(f32::from_le_bytes(
                b.try_into().map_err(|_| RelationModelError)?,
            ))
        };
        let bits = take(1)?[0];
        let scale = float(take(4)?)?;
        let count = u16::from_le_bytes(take(2)?.try_into().map_err(|_| RelationModelError)?);
        let mut relations = Vec::new();
        for _ in 0..count {
            let length = take(1)?[0] as usize;
            let iri = std::str::from_utf8(take(length)?).map_err(|_| RelationModelError)?;
            let iri = iri.to_owned();
            relations.push((iri, float(take(4)?)?));
        }
        if bits > 24 || rest.len() != 1 << bits {
            return Err(RelationModelError);
        }
        Ok(Self {
            bits,
            scale,
            relations,
            weights: rest.iter().map(|&b| b as i8).collect(),
        })
    }

    /// The file's form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.push(self.bits);
        out.extend(self.scale.to_le_bytes());
        out.extend((self.relations.len() as u16).to_le_bytes());
        for (iri, threshold) in &self.relations {
            out.push(iri.len() as u8);
            out.extend(iri.as_bytes());
            out.extend(threshold.to_le_bytes());
        }
        out.extend(self.weights.iter().map(|&w| w as u8));
        out
    }

    /// The relation of that IRI, if it was trained on it.
    pub fn relation(&self, iri: &str) -> Option<Known> {
        self.relations.iter().position(|(i, _)| i == iri).map(Known)
    }

    /// The least probability at which a relation is stated.
    pub fn threshold(&self, relation: Known) -> f32 {
        self.relations[relation.0].1
    }

    /// The probability that a candidate with these features is related. `_relation` proves that the model knows it.
    pub fn probability(&self, _relation: Known, features: &[u32]) -> f32 {
        let mask = (1_u32 << self.bits) - 1;
        let sum: i32 = features
            .iter()
            .map(|&f| i32::from(self.weights[(f & mask) as usize]))
            .sum();
        1.0 / (1.0 + (-(sum as f32) * self.scale).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_whole() {
        let model = RelationModel::embedded();
        assert!(!model.relations.is_empty());
        assert_eq!(
            RelationModel::from_bytes(&model.to_bytes()).map(|m| m.weights),
            Ok(model.weights.clone())
        );
    }

    #[test]
    fn a_short_file_is_refused() {
        let bytes =
            RelationModel::new(3, 0.1, vec![("x:y".to_owned(), 0.5)], vec![1; 8]).to_bytes();
        let model = RelationModel::from_bytes(&bytes).expect("whole");
        let known = model.relation("x:y").expect("known");
        assert!(model.probability(known, &[1, 2]) > 0.5);
        assert!(RelationModel::from_bytes(&bytes[..bytes.len() - 1]).is_err());
    }
}
