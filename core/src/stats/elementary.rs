//! Elementary functions without branches, for loops over many rows: a compiler lets one instruction work on several of them.
//! Plain IEEE operations in a fixed order, hence the same bits everywhere.
//!
//! Both are those of Sun's fdlibm (`e_log.c` and `e_exp.c`, 1993), as is the crate `libm`, without its cases for arguments
//! that callers never have: errors below one unit in the last place.

const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
const LN2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
/// 1.5 × 2^52: a small number added to it is rounded to an integer, which its low bits hold.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// Bits of a fraction.
const FRACTION: u32 = 52;
/// The exponent of 1.
const BIAS: u64 = 1023;

/// The natural logarithm of a positive normal number; the same bits as `libm::log`.
#[inline]
pub(super) fn ln(x: f64) -> f64 {
    /// High half of √2 / 2.
    const HALF_ROOT: u64 = 0x3fe6_a09e_0000_0000;
    let bits = x.to_bits() + ((BIAS << FRACTION) - HALF_ROOT);
    // x = 2^k (1 + f) with √2/2 < 1 + f < √2
    let k = f64::from_bits((bits >> FRACTION) + ROUND.to_bits()) - (ROUND + BIAS as f64);
    let f = f64::from_bits((bits & ((1 << FRACTION) - 1)) + HALF_ROOT) - 1.0;
    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (0.399_999_999_994_094_2 + w * (0.222_221_984_321_497_84 + w * 0.153_138_376_992_093_73));
    let odd = z
        * (0.666_666_666_666_673_5
            + w * (0.285_714_287_436_623_9 + w * (0.181_835_721_616_180_5 + w * 0.147_981_986_051_165_86)));
    s * (half_square + (odd + even)) + k * LN2_LOW - half_square + f + k * LN2_HIGH
}

/// e^x for x <= 0; 0 where that is no normal number, NaN for NaN.
#[inline]
pub(super) fn exp_of_negative(x: f64) -> f64 {
    /// Least x with a normal result.
    const LEAST: f64 = -708.396_418_532_264_1;
    // x = k ln 2 + r with |r| <= ln 2 / 2, r = high - low
    let rounded = x * core::f64::consts::LOG2_E + ROUND;
    let k = rounded - ROUND;
    let (high, low) = (x - k * LN2_HIGH, k * LN2_LOW);
    let r = high - low;
    let z = r * r;
    let c = r - z
        * (0.166_666_666_666_666_02
            + z * (-0.002_777_777_777_701_559_3
                + z * (6.613_756_321_437_934e-5 + z * (-1.653_390_220_546_525_2e-6 + z * 4.138_136_797_057_238_5e-8))));
    let of_r = 1.0 + (r * c / (2.0 - c) - low + high);
    let power = f64::from_bits((rounded.to_bits() << FRACTION).wrapping_add(BIAS << FRACTION));
    if x < LEAST { 0.0 } else { of_r * power }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ln_is_that_of_libm(bits in f64::MIN_POSITIVE.to_bits()..=f64::MAX.to_bits(), odds in 1e-15..1e15) {
            for x in [f64::from_bits(bits), odds] {
                prop_assert_eq!(ln(x).to_bits(), libm::log(x).to_bits());
            }
        }

        /// Both are within one unit in the last place of the truth.
        #[test]
        fn exp_is_near_that_of_libm(wide in -708.3..=0.0, narrow in -3.0..=0.0) {
            for x in [wide, narrow] {
                let steps = exp_of_negative(x).to_bits().abs_diff(libm::exp(x).to_bits());
                prop_assert!(steps <= 1, "e^{x}: {steps}");
            }
        }
    }

    #[test]
    fn ends() {
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(exp_of_negative(0.0), 1.0);
        assert_eq!(exp_of_negative(-0.0), 1.0);
        assert_eq!(exp_of_negative(-709.0), 0.0);
        assert_eq!(exp_of_negative(f64::NEG_INFINITY), 0.0);
        assert!(exp_of_negative(f64::NAN).is_nan());
    }
}
