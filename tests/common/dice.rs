//! Numbers that look random and are the same in every run, for made-up articles.

/// A linear congruential generator (Knuth's MMIX); its seed is the number in it.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number from 0 to 1, without 1.
    pub(crate) fn roll(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}
