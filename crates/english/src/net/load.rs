//! Reads the network's section of the model file.

use super::{Bytes, Dense, GAPS, Narrow, Net, SHOWS, STRIDE, Sizes, TABLES, Table};
use crate::{
    lookup::Lookup,
    model::ModelError,
    tagset::{RELATIONS, TAGS},
};
use fearless_simd::Level;

/// Reads the parts of the section in order.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn number(&mut self) -> Result<u32, ModelError> {
        let (four, rest) = self
            .0
            .split_first_chunk::<4>()
            .ok_or(ModelError::Shape("net"))?;
        self.0 = rest;
        Ok(u32::from_le_bytes(*four))
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], ModelError> {
        let (part, rest) = self.0.split_at_checked(n).ok_or(ModelError::Shape("net"))?;
        self.0 = rest;
        Ok(part)
    }

    /// A matrix of 16-bit weights behind its scale.
    fn matrix(&mut self, rows: usize, cols: usize) -> Result<Vec<f32>, ModelError> {
        let scale = f32::from_bits(self.number()?);
        let bytes = self.take(2 * rows * cols)?;
        Ok(bytes
            .chunks_exact(2)
            .map(|b| f32::from(i16::from_le_bytes([b[0], b[1]])) * scale)
            .collect())
    }

    /// A matrix and its bias, which is the last row.
    fn biased(&mut self, inner: usize, cols: usize) -> Result<(Vec<f32>, Vec<f32>), ModelError> {
        let mut weights = self.matrix(inner + 1, cols)?;
        let bias = weights.split_off(inner * cols);
        Ok((weights, bias))
    }

    fn dense(&mut self, inner: usize, cols: usize) -> Result<Dense, ModelError> {
        let (weights, bias) = self.biased(inner, cols)?;
        Ok(Dense::pack(&weights, &bias))
    }

    /// The matrix over windows of three words as one over single words: what a word gives to the window of the next word,
    /// to its own, and to that of the word before. Its bias belongs to the window, and comes apart.
    fn window(&mut self, vector: usize, hidden: usize) -> Result<(Dense, Vec<f32>), ModelError> {
        let (weights, bias) = self.biased(3 * vector, hidden)?;
        let side = vec![0.0; 3 * hidden];
        let mut wide = Vec::with_capacity(weights.len());
        for row in 0..vector {
            for slot in 0..3 {
                let at = (slot * vector + row) * hidden;
                wide.extend_from_slice(&weights[at..at + hidden]);
            }
        }
        Ok((Dense::pack(&wide, &side), bias))
    }

    fn table(&mut self, rows: usize, cols: usize) -> Result<Table, ModelError> {
        Ok(Table::new(cols, self.matrix(rows, cols)?))
    }

    /// Rows of bytes behind the scales of all rows.
    fn bytes(&mut self, rows: usize, cols: usize) -> Result<Bytes, ModelError> {
        let scales = (0..rows)
            .map(|_| self.number().map(f32::from_bits))
            .collect::<Result<_, _>>()?;
        let weights = self.take(rows * cols)?.iter().map(|&b| b as i8).collect();
        Ok(Bytes::new(cols, scales, weights))
    }
}

impl Net {
    /// Reads the section `net` of a model.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut from = Cursor(bytes);
        let mut number = || from.number().map(|n| n as usize);
        let sizes = Sizes {
            vector: number()?,
            hidden: number()?,
            layers: number()?,
            steps: number()?,
            arcs: number()?,
        };
        let count = number()?;
        let Sizes {
            vector,
            hidden,
            layers,
            steps,
            arcs,
        } = sizes;
        let fits =
            |size: usize, unit: usize| (unit..=1024).contains(&size) && size.is_multiple_of(unit);
        if !(fits(vector, 16)
            && fits(hidden, 32)
            && (1..=16).contains(&layers)
            && fits(steps, STRIDE)
            && fits(arcs, STRIDE)
            && count <= bytes.len())
        {
            return Err(ModelError::Shape("net"));
        }
        let words = (1..=count as u32)
            .map(|row| from.number().map(|key| (key, row)))
            .collect::<Result<Vec<_>, _>>()?;
        let mut tables = vec![from.bytes(count + 1, vector)?];
        for rows in TABLES {
            tables.push(from.bytes(rows, vector)?);
        }
        let (spread, window) = from.window(vector, hidden)?;
        let net = Self {
            level: Level::new(),
            sizes,
            words: Lookup::new(words.into_iter()),
            tables,
            spread,
            window,
            layers: (0..layers)
                .map(|_| from.dense(hidden, 2 * hidden))
                .collect::<Result<_, _>>()?,
            tags: from.dense(hidden, TAGS.len())?,
            slots: from.dense(hidden, super::SLOTS * steps)?,
            shows: from.table(SHOWS, steps)?,
            moves: {
                let (weights, bias) = from.biased(steps, 3)?;
                Narrow::new(&weights, [bias[0], bias[1], bias[2]])
            },
            ends: from.dense(hidden, 2 * arcs)?,
            gaps: from.table(GAPS, arcs)?,
            relations: from.dense(arcs, RELATIONS.len())?,
        };
        if from.0.is_empty() {
            Ok(net)
        } else {
            Err(ModelError::Shape("net"))
        }
    }
}
