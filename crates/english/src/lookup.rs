//! A fixed map from 32-bit hashes to numbers: one array, linear probing, no order to iterate in. A small filter for such maps.

/// The map. Keys are spread well already, so their low bits choose the place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lookup {
    /// Key and number plus one; 0 where empty. The length is a power of two and at most half full.
    places: Vec<(u32, u32)>,
}

impl Lookup {
    /// Makes the map; of equal keys the first one counts.
    pub(crate) fn new(entries: impl ExactSizeIterator<Item = (u32, u32)>) -> Self {
        let mut places = vec![(0, 0); (2 * entries.len()).max(2).next_power_of_two()];
        for (key, number) in entries {
            let mut at = key as usize & (places.len() - 1);
            while places[at].1 != 0 && places[at].0 != key {
                at = (at + 1) & (places.len() - 1);
            }
            if places[at].1 == 0 {
                places[at] = (key, number + 1);
            }
        }
        Self { places }
    }

    /// The number of a key.
    pub(crate) fn get(&self, key: u32) -> Option<u32> {
        let mask = self.places.len().checked_sub(1)?;
        let mut at = key as usize & mask;
        loop {
            let (found, number) = self.places[at];
            if number == 0 {
                return None;
            }
            if found == key {
                return Some(number - 1);
            }
            at = (at + 1) & mask;
        }
    }
}

/// Tells most keys that a table does not hold without a look into it: a bit for each run of neighbouring keys.
#[derive(Debug)]
pub(crate) struct Marks(Vec<u64>);

impl Marks {
    /// Width of a key less the width of a bit's number: 2,097,152 bits, which a second-level cache holds.
    const SHIFT: u32 = 32 - 21;

    pub(crate) fn new() -> Self {
        Self(vec![0; 1 << (32 - Self::SHIFT - 6)])
    }

    pub(crate) fn set(&mut self, key: u32) {
        let bit = key >> Self::SHIFT;
        self.0[(bit >> 6) as usize] |= 1 << (bit & 63);
    }

    /// False only where the key was not set.
    pub(crate) fn may_hold(&self, key: u32) -> bool {
        let bit = key >> Self::SHIFT;
        self.0[(bit >> 6) as usize] >> (bit & 63) & 1 == 1
    }
}
