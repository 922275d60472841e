//! Writes a trained network as the section that `english::net` reads.

use super::{param::Param, train::Network};
use english::form::hash;

impl Network {
    /// The section `net`.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let sizes = self.sizes;
        for n in [
            sizes.vector,
            sizes.hidden,
            sizes.layers,
            sizes.steps,
            sizes.arcs,
            self.words.len(),
        ] {
            out.extend((n as u32).to_le_bytes());
        }
        for word in &self.words {
            out.extend((hash(word.as_bytes()) as u32).to_le_bytes());
        }
        let (learned, rest) = self
            .encoder
            .tables
            .split_first()
            .expect("the table of words comes first");
        write_table(&self.merged(learned), sizes.vector, &mut out);
        for table in rest {
            write_table(&table.w, sizes.vector, &mut out);
        }
        let (encoder, heads) = (&self.encoder, &self.heads);
        let heads = [
            &self.tags,
            &heads.slots,
            &heads.shows,
            &heads.moves,
            &heads.ends,
            &heads.gaps,
            &heads.relations,
        ];
        for dense in [&encoder.window]
            .into_iter()
            .chain(&encoder.layers)
            .chain(heads)
        {
            write_dense(dense, &mut out);
        }
        out
    }
}

impl Network {
    /// What running text gave and what the treebanks added, in one vector a word. A word that the treebanks do not have gets
    /// what they teach of the unknown word.
    fn merged(&self, learned: &Param) -> Vec<f32> {
        let width = learned.cols;
        let mut out = learned.w.clone();
        for (row, known) in self.encoder.given.chunks_exact(width).enumerate() {
            let at = (row + 1) * width;
            if self.unseen[row] {
                out.copy_within(..width, at);
            }
            for (o, k) in out[at..at + width].iter_mut().zip(known) {
                *o += k;
            }
        }
        out
    }
}

fn largest(weights: &[f32]) -> f32 {
    weights.iter().fold(1e-6_f32, |top, w| top.max(w.abs()))
}

fn write_dense(param: &Param, out: &mut Vec<u8>) {
    let scale = largest(&param.w) / 32767.0;
    out.extend(scale.to_bits().to_le_bytes());
    for w in &param.w {
        out.extend(((w / scale).round() as i16).to_le_bytes());
    }
}

fn write_table(weights: &[f32], cols: usize, out: &mut Vec<u8>) {
    let scale = |row: &[f32]| largest(row) / 127.0;
    for row in weights.chunks_exact(cols) {
        out.extend(scale(row).to_bits().to_le_bytes());
    }
    for row in weights.chunks_exact(cols) {
        let scale = scale(row);
        out.extend(row.iter().map(|w| (w / scale).round() as i8 as u8));
    }
}
