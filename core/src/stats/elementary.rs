//! Elementary functions without branches, for loops over many rows: a compiler lets one instruction work on several of them.
//! Plain IEEE operations in a fixed order, hence the same bits everywhere.
//!
//! They rest on those of Sun's fdlibm (`e_log.c` and `e_exp.c`, 1993), as the crate `libm` does, without its cases for
//! arguments that callers never have: the logarithm is within one unit in the last place, the logistic function within four.

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
pub(crate) fn ln(x: f64) -> f64 {
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

/// 1 / (1 + e^-x) and its complement 1 / (1 + e^x), both by one division and the smaller never by subtraction; no less than
/// about the least normal number, NaN for NaN.
#[inline]
pub(super) fn logistic(x: f64) -> (f64, f64) {
    /// Least argument of the exponential function with a normal result.
    const LEAST: f64 = -708.396_418_532_264_1;
    let negative = if x.abs() > -LEAST { LEAST } else { -x.abs() };
    // -|x| = k ln 2 + r with |r| <= ln 2 / 2
    let rounded = negative * core::f64::consts::LOG2_E + ROUND;
    let k = rounded - ROUND;
    let r = (negative - k * LN2_HIGH) - k * LN2_LOW;
    let z = r * r;
    let c = r - z
        * (0.166_666_666_666_666_02
            + z * (-0.002_777_777_777_701_559_3
                + z * (6.613_756_321_437_934e-5 + z * (-1.653_390_220_546_525_2e-6 + z * 4.138_136_797_057_238_5e-8))));
    // e^r = 1 + r + r c / (2 - c), a fraction over 2 - c
    let denominator = 2.0 - c;
    let of_r = denominator + (denominator * r + r * c);
    let power = f64::from_bits((rounded.to_bits() << FRACTION).wrapping_add(BIAS << FRACTION));
    let numerator = of_r * power;
    let unlikely = numerator / (denominator + numerator);
    // At least one half, so that the subtraction loses nothing.
    let likely = 1.0 - unlikely;
    if x >= 0.0 { (likely, unlikely) } else { (unlikely, likely) }
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

        #[test]
        fn logistic_is_near_that_by_libm(wide in -708.3..=708.3, narrow in -3.0..=3.0) {
            for x in [wide, narrow] {
                let truth = |x: f64| if x < 0.0 { libm::exp(x) / (1.0 + libm::exp(x)) } else { 1.0 / (1.0 + libm::exp(-x)) };
                let (p, q) = logistic(x);
                for (ours, theirs) in [(p, truth(x)), (q, truth(-x))] {
                    let steps = ours.to_bits().abs_diff(theirs.to_bits());
                    prop_assert!(steps <= 4, "at {x}: {steps}");
                }
            }
        }
    }

    #[test]
    fn ends() {
        assert_eq!(ln(1.0), 0.0);
        for x in [0.0, -0.0] {
            assert_eq!(logistic(x), (0.5, 0.5));
        }
        for x in [709.0, 1e300, f64::INFINITY] {
            let ((p, q), mirrored) = (logistic(x), logistic(-x));
            assert!(p == 1.0 && (0.0..3e-308).contains(&q), "at {x}: {p}, {q}");
            assert_eq!(mirrored, (q, p));
        }
        assert!(logistic(f64::NAN).0.is_nan());
    }
}
