//! Measures made of others: equal to the closed forms where there are any, and sound elsewhere.

use modelassay::stats::empirical_bayes::Posterior;
use modelassay::stats::{Part, Side, Uncertainty};
use proptest::prelude::*;

fn rate() -> impl Strategy<Value = (f64, f64)> {
    (1_u32..400).prop_flat_map(|n| (0..=n, Just(n))).prop_map(|(x, n)| (f64::from(x), f64::from(n)))
}

/// Neither 0 nor 1.
fn inner_rate() -> impl Strategy<Value = (f64, f64)> {
    (2_u32..400).prop_flat_map(|n| (1..n, Just(n))).prop_map(|(x, n)| (f64::from(x), f64::from(n)))
}

fn part(factor: f64, (x, n): (f64, f64)) -> Part {
    Part { factor, value: x / n, of: Uncertainty::Wilson { x, n } }
}

fn close(a: (f64, f64), b: (f64, f64)) -> bool {
    let near = |a: f64, b: f64| a == b || (a - b).abs() <= 1e-12 * (1.0 + b.abs());
    near(a.0, b.0) && near(a.1, b.1)
}

/// Any measure made of rates, with its estimate.
fn composite() -> impl Strategy<Value = (Uncertainty, f64)> {
    let value = |(x, n): (f64, f64)| x / n;
    prop_oneof![
        (inner_rate(), inner_rate(), -2.0..2.0_f64, 0.1..2.0_f64).prop_map(move |(a, b, f, g)| {
            let parts = vec![part(f, a), part(g, b)];
            (Uncertainty::Sum { parts }, f * value(a) + g * value(b))
        }),
        (inner_rate(), inner_rate()).prop_map(move |(a, b)| {
            let parts = vec![part(0.5, a), part(0.5, b)];
            (Uncertainty::BoundedSum { parts }, 0.5 * (value(a) + value(b)))
        }),
        (inner_rate(), inner_rate()).prop_map(move |(a, b)| {
            let (numerator, denominator) = (Box::new(part(1.0, a)), Box::new(part(1.0, b)));
            (Uncertainty::Quotient { numerator, denominator }, value(a) / value(b))
        }),
        (inner_rate(), -3.0..-0.1_f64, -1.0..1.0_f64).prop_map(move |((x, n), factor, offset)| {
            let of = Box::new(Uncertainty::Wilson { x, n });
            (Uncertainty::Linear { of, factor, offset }, factor * x / n + offset)
        }),
        (inner_rate(), inner_rate()).prop_map(move |(a, b)| {
            let of = Box::new(Uncertainty::Sum { parts: vec![part(1.0, a), part(-1.0, b)] });
            (Uncertainty::Absolute { of }, (value(a) - value(b)).abs())
        }),
        (inner_rate(), inner_rate(), 0.01..0.99_f64).prop_map(move |(a, b, part)| {
            let of = Box::new(Uncertainty::Koopman { x1: a.0, n1: a.1, x2: b.0, n2: b.1 });
            let ratio = value(a) / value(b);
            (Uncertainty::OverWhole { of, part }, ratio / (part * ratio + 1.0 - part))
        }),
        // What is said of the lower of two rates: it is at most 0 above the best.
        (inner_rate(), inner_rate()).prop_map(move |(a, b)| {
            let (low, high) = if value(a) < value(b) { (a, b) } else { (b, a) };
            let of = Box::new(Uncertainty::Newcombe { x1: low.0, n1: low.1, x2: high.0, n2: high.1 });
            (Uncertainty::Clamped { of, least: -1.0, most: 0.0 }, value(low) - value(high))
        }),
        inner_rate().prop_map(|(x, n)| (Uncertainty::Odds { x, n }, x / (n - x))),
        (-2.0..2.0_f64, 1e-4..4.0_f64, 2_u32..500, 1e-4..4.0_f64, 2_u32..500).prop_map(|(mean, v, n, w, m)| {
            let (first, second) = ((mean, v, f64::from(n)), (0.5, w, f64::from(m)));
            (Uncertainty::Welch { first, second }, mean - 0.5)
        }),
        (0.05..0.95_f64, 0.001..0.2_f64).prop_map(|(mean, share)| {
            let posterior = Posterior { mean, variance: share * mean * (1.0 - mean) };
            (Uncertainty::EmpiricalBayes { posterior }, mean)
        }),
        (0.0..1.0_f64, 1_u32..5000, 1_u32..5000).prop_map(|(area, a, b)| {
            let (a, b) = (f64::from(a), f64::from(b));
            (Uncertainty::RocArea { area, samples: [a, b, b, a] }, area)
        }),
        prop::collection::vec(inner_rate(), 2..6).prop_map(move |rates| {
            let largest = rates.iter().map(|&rate| value(rate)).fold(0.0, f64::max);
            let of = rates.into_iter().map(|(x, n)| Uncertainty::Wilson { x, n }).collect();
            (Uncertainty::Largest { of }, largest)
        }),
        prop::collection::vec(inner_rate(), 2..6).prop_map(move |rates| {
            let values = rates.iter().map(|&rate| value(rate));
            let (low, high) = (values.clone().fold(1.0, f64::min), values.fold(0.0, f64::max));
            (
                Uncertainty::MinRatio { parts: rates.into_iter().map(|rate| part(1.0, rate)).collect(), max_t: None },
                low / high,
            )
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    /// MOVER on Wilson limits is Newcombe's method, and over pairs it is the same over pairs.
    #[test]
    fn differences_of_rates_are_newcombes(rates in prop::collection::vec(rate(), 2..7), level in 0.5..0.999_f64) {
        let ((x1, n1), (x2, n2)) = (rates[0], rates[1]);
        let sum = Uncertainty::Sum { parts: vec![part(1.0, rates[0]), part(-1.0, rates[1])] };
        let newcombe = Uncertainty::Newcombe { x1, n1, x2, n2 };
        prop_assert!(close(sum.interval(level).unwrap(), newcombe.interval(level).unwrap()));
        let pairs = Uncertainty::MaxDifference { parts: rates.iter().map(|&rate| part(1.0, rate)).collect(), max_t: None };
        let newcombes = Uncertainty::PairwiseMaxDifference { groups: rates };
        prop_assert!(close(pairs.interval(level).unwrap(), newcombes.interval(level).unwrap()));
    }

    #[test]
    fn a_mean_of_rates_is_the_mover_mean(a in rate(), b in rate(), level in 0.5..0.999_f64) {
        let sum = Uncertainty::Sum { parts: vec![part(0.5, a), part(0.5, b)] };
        let mean = Uncertainty::MoverMean { x1: a.0, n1: a.1, x2: b.0, n2: b.1 };
        prop_assert!(close(sum.interval(level).unwrap(), mean.interval(level).unwrap()));
    }

    #[test]
    fn a_quotient_turned_over_has_the_limits_turned_over(a in rate(), b in rate(), level in 0.5..0.999_f64) {
        let quotient = |a, b| Uncertainty::Quotient { numerator: Box::new(part(1.0, a)), denominator: Box::new(part(1.0, b)) };
        let (lower, upper) = quotient(a, b).interval(level).unwrap();
        let (l, u) = quotient(b, a).interval(level).unwrap();
        prop_assert!(close((lower, upper), (1.0 / u, 1.0 / l)), "{lower} {upper} {l} {u}");
    }

    #[test]
    fn limits_hold_the_estimate_and_grow_with_the_level((measure, estimate) in composite(), a in 0.5..0.999_f64, b in 0.5..0.999_f64) {
        let inner = measure.interval(a.min(b)).unwrap();
        let outer = measure.interval(a.max(b)).unwrap();
        let slack = 1e-12 * (1.0 + estimate.abs());
        prop_assert!(inner.0 <= estimate + slack && estimate <= inner.1 + slack, "{inner:?} {estimate}");
        prop_assert!(outer.0 <= inner.0 + slack && inner.1 <= outer.1 + slack, "{outer:?} {inner:?}");
    }

    #[test]
    fn p_values_invert_the_limits((measure, _) in composite(), level in 0.5..0.999_f64) {
        let (lower, upper) = measure.interval(level).unwrap();
        let tail = 0.5 * (1.0 - level);
        for (limit, side) in [(lower, Side::Above), (upper, Side::Below)] {
            // At the end of its range a measure has the same limit at every level.
            if limit == 0.0 || limit == 1.0 {
                continue;
            }
            let p = measure.p_value(limit, side).unwrap();
            prop_assert!((p - tail).abs() <= 1e-6 * tail, "{measure:?} {side:?} at {limit}: p {p}, tail {tail}");
        }
    }
}

/// Nothing is more than 1 / π times a whole of which it is the part π.
#[test]
fn a_part_is_not_more_than_its_whole() {
    let of = Box::new(Uncertainty::Koopman { x1: 9.0, n1: 10.0, x2: 0.0, n2: 30.0 });
    let measure = Uncertainty::OverWhole { of, part: 0.25 };
    let (lower, upper) = measure.interval(0.95).unwrap();
    assert!(lower > 1.0 && upper == 4.0, "{lower} {upper}");
    assert_eq!(measure.p_value(4.5, Side::Below), Some(0.0));
    assert_eq!(measure.p_value(4.5, Side::Above), Some(1.0));
}

#[test]
fn a_part_without_limits_leaves_none() {
    let unknown = Part { factor: 1.0, value: 1.0, of: Uncertainty::Wald { value: 1.0, variance: 0.0 } };
    let known = part(1.0, (3.0, 9.0));
    for measure in [
        Uncertainty::Sum { parts: vec![known.clone(), unknown.clone()] },
        Uncertainty::MaxDifference { parts: vec![known.clone(), unknown.clone()], max_t: None },
        Uncertainty::MinRatio { parts: vec![unknown.clone(), known.clone()], max_t: None },
        Uncertainty::MaxDifference { parts: vec![known.clone()], max_t: None },
        Uncertainty::Largest { of: vec![known.of.clone(), unknown.of.clone()] },
        Uncertainty::Clamped { of: Box::new(unknown.of.clone()), least: 0.0, most: 2.0 },
        Uncertainty::Clamped { of: Box::new(known.of.clone()), least: 0.9, most: 1.0 },
        Uncertainty::OverWhole { of: Box::new(unknown.of.clone()), part: 0.5 },
        Uncertainty::Odds { x: 1.0, n: 0.0 },
        Uncertainty::Welch { first: (1.0, 2.0, 1.0), second: (1.0, 2.0, 9.0) },
        Uncertainty::Welch { first: (1.0, 0.0, 9.0), second: (1.0, 0.0, 9.0) },
        Uncertainty::RocArea { area: 0.5, samples: [1.0, 0.0, 3.0, 3.0] },
        Uncertainty::EmpiricalBayes { posterior: Posterior { mean: 0.0, variance: 0.1 } },
        Uncertainty::EmpiricalBayes { posterior: Posterior { mean: 0.5, variance: 0.3 } },
        Uncertainty::Quotient { numerator: Box::new(known), denominator: Box::new(unknown) },
    ] {
        assert_eq!(measure.interval(0.95), None, "{measure:?}");
    }
}
