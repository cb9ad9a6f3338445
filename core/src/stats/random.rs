//! Random numbers that are a function of a seed, a key and an index: no state, no position, no order.
//!
//! SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA, 453-472) read at any
//! place: its n-th output is the finaliser of start + n γ, so a stream is nothing but its start. Streams of different keys
//! start at hashes of the keys and may overlap only by the accident that two of 2^64 starts lie close together.

/// The step of SplitMix64: 2^64 over the golden ratio, odd.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream(u64);

impl Stream {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(finalise(seed.wrapping_add(GAMMA)))
    }

    /// The stream of this one's key followed by `part`. Parts cannot run into each other, as each brings its length.
    #[must_use]
    pub fn keyed(self, part: &[u8]) -> Self {
        let absorb = |state: u64, word: u64| finalise((state ^ word).wrapping_add(GAMMA));
        let mut state = absorb(self.0, part.len() as u64);
        for bytes in part.chunks(8) {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            state = absorb(state, u64::from_le_bytes(word));
        }
        Self(state)
    }

    /// A number of the stream, uniform on the odd multiples of 2^-53 between 0 and 1, so neither 0 nor 1.
    #[must_use]
    pub fn uniform(self, index: u64) -> f64 {
        let bits = finalise(self.0.wrapping_add(index.wrapping_add(1).wrapping_mul(GAMMA)));
        ((bits >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }
}

/// Stafford's variant 13 of MurmurHash3's finaliser, as in SplitMix64.
fn finalise(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_those_of_splitmix64() {
        // The first outputs of java.util.SplittableRandom and of Vigna's splitmix64.c for the state 1234567.
        let expected: [u64; 3] = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        for (index, word) in expected.into_iter().enumerate() {
            let uniform = ((word >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
            assert_eq!(Stream(1_234_567).uniform(index as u64), uniform);
        }
    }

    #[test]
    fn keys_do_not_run_into_each_other() {
        let start = Stream::new(0);
        assert_ne!(start.keyed(b"ab").keyed(b"c"), start.keyed(b"a").keyed(b"bc"));
        assert_ne!(start.keyed(b""), start);
        assert_ne!(start.keyed(b"a\0"), start.keyed(b"a"));
        assert_ne!(start, Stream::new(1));
    }
}
