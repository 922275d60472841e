//! Evidence for and against an identity, with weights.
//!
//! In: what a comparison notices. Out: a sum, and the [`Reason`]s behind it when somebody asks. Refuses: nothing; what speaks
//! against with certainty is a veto, not a weight.

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// How much it weighs: above zero for one and the same, below for two. Zero for what is stated without being weighed.
    pub weight: f32,
    /// In words.
    pub words: String,
}

/// Why two are one whatever the evidence.
pub(super) const RULED_ONE: &str = "a person ruled that they are one";
/// Why two are two whatever the evidence.
pub(super) const RULED_TWO: &str = "a person ruled that they are two";

impl Reason {
    /// Whether a person decided it.
    pub fn is_ruling(&self) -> bool {
        self.words == RULED_ONE || self.words == RULED_TWO
    }

    /// A piece of evidence.
    pub fn new(weight: f32, words: impl Into<String>) -> Self {
        Self {
            weight,
            words: words.into(),
        }
    }
}

/// A comparison under way: the sum, and the reasons if they are wanted.
#[derive(Clone, Debug)]
pub(super) struct Weighing {
    /// Sum of the evidence so far.
    pub total: f32,
    /// What excludes that the two are one.
    pub veto: Option<&'static str>,
    reasons: Option<Vec<Reason>>,
}

impl Weighing {
    /// One that only sums: the words of reasons are never made.
    pub(super) fn silent() -> Self {
        Self {
            total: 0.0,
            veto: None,
            reasons: None,
        }
    }

    /// One that keeps its reasons.
    pub(super) fn telling() -> Self {
        Self {
            reasons: Some(Vec::new()),
            ..Self::silent()
        }
    }

    /// Whether it keeps its reasons.
    pub(super) fn is_telling(&self) -> bool {
        self.reasons.is_some()
    }

    /// Adds a piece of evidence.
    pub(super) fn add(&mut self, weight: f32, words: impl FnOnce() -> String) {
        if weight == 0.0 {
            return;
        }
        self.total += weight;
        if let Some(reasons) = &mut self.reasons {
            reasons.push(Reason::new(weight, words()));
        }
    }

    /// Excludes that the two are one; says whether the comparison can end here.
    pub(super) fn exclude(&mut self, why: &'static str) -> bool {
        if self.veto.is_none() {
            self.veto = Some(why);
        }
        self.reasons.is_none()
    }

    /// The reasons, strongest first; what excludes stands before all.
    pub(super) fn into_reasons(self) -> Vec<Reason> {
        let mut reasons = self.reasons.unwrap_or_default();
        reasons.sort_by(|a, b| {
            b.weight
                .abs()
                .total_cmp(&a.weight.abs())
                .then_with(|| a.words.cmp(&b.words))
        });
        if let Some(why) = self.veto {
            reasons.insert(0, Reason::new(f32::NEG_INFINITY, why));
        }
        reasons
    }
}
