//! `ExactSum` against exact rational arithmetic.

#![expect(clippy::unwrap_used, reason = "a reference that cannot be computed fails the test")]

use modelassay::stats::ExactSum;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use proptest::prelude::*;

fn exact(x: f64) -> BigRational {
    BigRational::from_float(x).unwrap()
}

/// Nearest double, ties to even, of an exact rational whose denominator is a power of two.
fn rounded(sum: &BigRational) -> f64 {
    if sum.is_zero() {
        return 0.0;
    }
    let magnitude = sum.abs();
    let bits = |n: &BigInt| i64::try_from(n.bits()).unwrap();
    // 2^(exponent) <= magnitude < 2^(exponent + 1), since the denominator is a power of two
    let exponent = bits(magnitude.numer()) - bits(magnitude.denom());
    if exponent > 1023 {
        return if sum.is_negative() { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let last = (exponent - 52).max(-1074);
    let two = |n: i64| BigRational::from(BigInt::one() << usize::try_from(n).unwrap());
    let scaled = if last < 0 { magnitude * two(-last) } else { magnitude / two(last) };
    let floor = scaled.floor();
    let rest = &scaled - &floor;
    let half = BigRational::new(1.into(), 2.into());
    let odd = floor.to_integer().bit(0);
    let up = rest > half || (rest == half && odd);
    let mantissa = floor.to_integer() + if up { BigInt::one() } else { BigInt::zero() };
    // Both factors are exact: mantissa <= 2^53, and the power is split so that neither half under- or overflows.
    let value = if last < -1022 {
        mantissa.to_f64().unwrap() * power_of_two(last + 600) * power_of_two(-600)
    } else if last > 970 {
        mantissa.to_f64().unwrap() * power_of_two(last - 600) * power_of_two(600)
    } else {
        mantissa.to_f64().unwrap() * power_of_two(last)
    };
    if sum.is_negative() { -value } else { value }
}

fn power_of_two(n: i64) -> f64 {
    f64::from_bits(((n + 1023) as u64) << 52)
}

/// Finite doubles of every magnitude, with many close to each other, subnormal, huge, or zero.
fn finite() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => any::<u64>().prop_map(f64::from_bits).prop_filter("finite", |x| x.is_finite()),
        4 => -1e3..1e3_f64,
        2 => (0_u64..1 << 52).prop_map(f64::from_bits),
        1 => prop_oneof![Just(0.0), Just(-0.0), Just(f64::MAX), Just(f64::MIN), Just(f64::MIN_POSITIVE), Just(5e-324)],
        2 => (-20_i64..20, prop_oneof![Just(1.0), Just(-1.0)]).prop_map(|(e, sign)| sign * power_of_two(e)),
    ]
}

/// One thing that can be added.
#[derive(Clone, Debug)]
enum Term {
    Number(f64),
    Product(f64, f64),
    Times(f64, u64),
}

impl Term {
    fn add_to(&self, sum: &mut ExactSum) {
        match *self {
            Self::Number(x) => sum.add(x),
            Self::Product(a, b) => sum.add_product(a, b),
            Self::Times(x, count) => sum.add_times(x, count),
        }
    }

    fn exact(&self) -> BigRational {
        match *self {
            Self::Number(x) => exact(x),
            Self::Product(a, b) => exact(a) * exact(b),
            Self::Times(x, count) => exact(x) * BigRational::from(BigInt::from(count)),
        }
    }
}

fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        3 => finite().prop_map(Term::Number),
        1 => (finite(), finite()).prop_map(|(a, b)| Term::Product(a, b)),
        1 => (finite(), prop_oneof![Just(0), Just(1), Just(u64::MAX), any::<u64>()]).prop_map(|(x, n)| Term::Times(x, n)),
    ]
}

fn sum(terms: &[Term]) -> ExactSum {
    let mut sum = ExactSum::new();
    terms.iter().for_each(|term| term.add_to(&mut sum));
    sum
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stats_sum_is_correctly_rounded(terms in prop::collection::vec(term(), 0..40)) {
        let expected = terms.iter().map(Term::exact).fold(BigRational::zero(), |a, b| a + b);
        let ours = sum(&terms);
        prop_assert_eq!(ours.is_zero(), expected.is_zero());
        let value = ours.value();
        let reference = rounded(&expected);
        prop_assert!(value == reference, "{value:e} is not {reference:e}");
        prop_assert!(!(value == 0.0 && value.is_sign_negative() && expected.is_zero()));
    }

    #[test]
    fn stats_sum_is_free_of_order_and_partition(
        (terms, shuffled) in prop::collection::vec(term(), 0..60)
            .prop_flat_map(|terms| (Just(terms.clone()), Just(terms).prop_shuffle())),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
        backwards in any::<bool>(),
    ) {
        let whole = sum(&terms);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(shuffled.len() + 1)).collect();
        cuts.extend([0, shuffled.len()]);
        cuts.sort_unstable();
        let mut parts: Vec<ExactSum> = cuts.windows(2).map(|w| sum(&shuffled[w[0]..w[1]])).collect();
        if backwards {
            parts.reverse();
        }
        let mut merged = ExactSum::new();
        parts.iter().for_each(|part| merged.merge(part));
        prop_assert_eq!(merged.to_canonical_bytes(), whole.to_canonical_bytes());
        prop_assert_eq!(merged.value().to_bits(), whole.value().to_bits());
    }

    #[test]
    fn stats_sum_cancels_to_nothing(terms in prop::collection::vec(term(), 0..40)) {
        let mut sum = sum(&terms);
        for term in terms.iter().rev() {
            match *term {
                Term::Number(x) => sum.add(-x),
                Term::Product(a, b) => sum.add_product(-a, b),
                Term::Times(x, count) => sum.add_times(-x, count),
            }
        }
        prop_assert!(sum.is_zero());
        prop_assert_eq!(sum.value().to_bits(), 0);
        prop_assert_eq!(sum.to_canonical_bytes(), ExactSum::new().to_canonical_bytes());
    }

    #[test]
    fn stats_times_is_repeated_addition(x in finite(), count in 0_u64..3000) {
        let (mut once, mut often) = (ExactSum::new(), ExactSum::new());
        once.add_times(x, count);
        (0..count).for_each(|_| often.add(x));
        prop_assert_eq!(once.to_canonical_bytes(), often.to_canonical_bytes());
    }
}

#[test]
fn stats_sum_carries_in_time() {
    // The worst case for the chunks: largest mantissas, same sign, same place, many times, then merged again and again.
    let x = f64::from_bits(f64::MAX.to_bits() - (3 << 52));
    let mut sum = ExactSum::new();
    for _ in 0..100_000 {
        sum.add(x);
    }
    for _ in 0..20 {
        let copy = sum.clone();
        sum.merge(&copy);
    }
    let mut expected = ExactSum::new();
    expected.add_times(x, 100_000 << 20);
    assert_eq!(sum.to_canonical_bytes(), expected.to_canonical_bytes());
    assert_eq!(sum.value(), f64::INFINITY);
    sum.add_times(-x, (100_000 << 20) - 3);
    assert_eq!(sum.value(), 3.0 * x);
}

#[test]
fn stats_canonical_bytes_are_distinct() {
    let bytes = |x: f64| {
        let mut sum = ExactSum::new();
        sum.add(x);
        sum.to_canonical_bytes()
    };
    let all: std::collections::BTreeSet<Vec<u8>> =
        [0.0, 1.0, -1.0, 2.0, 4294967296.0, 5e-324, -5e-324, f64::MAX].into_iter().map(bytes).collect();
    assert_eq!(all.len(), 8);
    assert_eq!(bytes(0.0), bytes(-0.0));
    assert_eq!(bytes(1.0), [1, 68, 0, 1, 0, 0, 0]);
}
