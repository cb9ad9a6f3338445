//! Exact sums of weights in a fixed size: one for every run of scores, so it has to be small.

/// A sum of numbers of at least 0 in units of 2^-128.
///
/// What a number has below the unit is dropped before it is added, so the sum does not depend on the order. Sums stay
/// below 2^128: 2^32 squares of weights up to [`MAX_WEIGHT`] fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FixedSum([u64; 4]);

/// Largest weight of a row.
pub(super) const MAX_WEIGHT: f64 = (1_u64 << 48) as f64;

impl FixedSum {
    /// Adds a number.
    pub(super) fn add(&mut self, value: f64) {
        let (mantissa, exponent) = parts(value);
        self.add_scaled(u128::from(mantissa), exponent);
    }

    /// Adds a square, exactly.
    pub(super) fn add_square(&mut self, value: f64) {
        let (mantissa, exponent) = parts(value);
        self.add_scaled(u128::from(mantissa) * u128::from(mantissa), 2 * exponent);
    }

    /// Adds another sum.
    pub(super) fn merge(&mut self, other: &Self) {
        self.add_limbs(other.0);
    }

    /// The sum, rounded once.
    pub fn value(&self) -> f64 {
        let Some(top) = self.0.iter().rposition(|&limb| limb != 0) else { return 0.0 };
        let next = if top > 0 { self.0[top - 1] } else { 0 };
        let rest = self.0[..top.saturating_sub(1)].iter().any(|&limb| limb != 0);
        // The two highest limbs have more digits than a float, so one bit is enough to tell the rest from a tie.
        let digits = (u128::from(self.0[top]) << 64 | u128::from(next)) | u128::from(rest);
        digits as f64 * power_of_two(64 * (top as i32 - 1) - 128)
    }

    /// The sum as bytes.
    pub(super) fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (bytes, limb) in bytes.chunks_exact_mut(8).zip(self.0) {
            bytes.copy_from_slice(&limb.to_le_bytes());
        }
        bytes
    }

    /// Adds `mantissa * 2^exponent`, with a mantissa of at most 106 bits.
    fn add_scaled(&mut self, mantissa: u128, exponent: i32) {
        let shift = exponent + 128;
        let (mantissa, shift) = if shift < 0 {
            (mantissa.checked_shr(shift.unsigned_abs()).unwrap_or(0), 0)
        } else {
            (mantissa, shift as u32)
        };
        let (place, bits) = (shift as usize / 64, shift % 64);
        let low = mantissa << bits;
        let high = if bits == 0 { 0 } else { (mantissa >> (128 - bits)) as u64 };
        let mut limbs = [0; 4];
        for (limb, part) in limbs.iter_mut().skip(place).zip([low as u64, (low >> 64) as u64, high]) {
            *limb = part;
        }
        self.add_limbs(limbs);
    }

    fn add_limbs(&mut self, limbs: [u64; 4]) {
        let mut carry = false;
        for (mine, theirs) in self.0.iter_mut().zip(limbs) {
            let (sum, over) = mine.overflowing_add(theirs);
            let (sum, again) = sum.overflowing_add(u64::from(carry));
            *mine = sum;
            carry = over || again;
        }
    }
}

/// Mantissa and exponent of a finite number of at least 0.
fn parts(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) }
}

fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::ExactSum;

    proptest! {
        /// Weights of any ordinary size: the same as the exact sum.
        #[test]
        fn sums_are_exact(weights in prop::collection::vec((1e-9_f64..1.0, -20_i32..40), 0..50)) {
            let (mut sum, mut squares) = (FixedSum::default(), FixedSum::default());
            let (mut exact, mut exact_squares) = (ExactSum::new(), ExactSum::new());
            for (mantissa, exponent) in weights {
                let weight = mantissa * power_of_two(exponent);
                sum.add(weight);
                squares.add_square(weight);
                exact.add(weight);
                exact_squares.add_product(weight, weight);
            }
            prop_assert_eq!(sum.value(), exact.value());
            // Squares of the smallest weights end below the unit.
            prop_assert!((squares.value() - exact_squares.value()).abs() <= 1e-15 * exact_squares.value() + 1e-36);
        }

        #[test]
        fn the_order_does_not_matter(weights in prop::collection::vec(0.0_f64..1e14, 0..50), cut in 0_usize..50) {
            let sum_of = |weights: &[f64]| {
                let mut sum = FixedSum::default();
                for &weight in weights {
                    sum.add_square(weight);
                }
                sum
            };
            let whole = sum_of(&weights);
            let (a, b) = weights.split_at(cut.min(weights.len()));
            let mut merged = sum_of(b);
            merged.merge(&sum_of(a));
            prop_assert_eq!(whole, merged);
        }
    }
}
