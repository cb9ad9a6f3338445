//! Intervals that plans ask for by name, and max-T, against SciPy, statsmodels and mpmath (fixtures/stats/methods.py).

use modelassay::stats::agreement::{Confusion, cohen_kappa, cohen_kappa_limits, matthews_correlation_limits};
use modelassay::stats::binomial::Binomial;
use modelassay::stats::max_t::{self, Group, MaxT};
use modelassay::stats::random::Stream;
use modelassay::stats::{Side, Uncertainty};
use proptest::prelude::*;
use serde_json::Value;

use super::support::{Table, rows};

fn reference() -> Value {
    serde_json::from_str(include_str!("../fixtures/stats/methods.json")).unwrap()
}

#[test]
fn stats_clopper_pearson() {
    let all = &reference()["clopper_pearson"];
    let mut table = Table::new("clopper pearson", 1e-11);
    for [x, n, level, low, high] in rows(&all["intervals"]) {
        let (lower, upper) = Uncertainty::ClopperPearson { x, n }.interval(level).unwrap();
        table.relative(lower, low, (x, n, level));
        table.relative(upper, high, (x, n, level));
    }
    table.check();
    let mut table = Table::new("exact binomial test", 1e-10);
    for [x, n, p, above, below] in rows(&all["tests"]) {
        let exact = Uncertainty::ClopperPearson { x, n };
        // Beyond doubles, SciPy says 0.
        for (side, theirs) in [(Side::Above, above), (Side::Below, below)] {
            let ours = exact.p_value(p, side).unwrap();
            if theirs > 1e-300 {
                table.relative(ours, theirs, (x, n, p, side));
            } else {
                assert!(ours < 1e-290);
            }
        }
    }
    table.check();
}

#[test]
fn stats_agresti_caffo() {
    let mut table = Table::new("agresti caffo", 1e-12);
    for [x1, n1, x2, n2, level, low, high] in rows(&reference()["agresti_caffo"]) {
        let (lower, upper) = Uncertainty::AgrestiCaffo { x1, n1, x2, n2 }.interval(level).unwrap();
        table.absolute(lower, low, (x1, n1, x2, n2, level));
        table.absolute(upper, high, (x1, n1, x2, n2, level));
    }
    table.check();
}

#[test]
fn stats_recovered_limits_of_agreement() {
    type Limits = fn(Confusion, f64) -> Option<(f64, f64)>;
    for (name, limits) in [("matthews", matthews_correlation_limits as Limits), ("kappa", cohen_kappa_limits)] {
        let mut table = Table::new("recovered limits", 1e-12);
        for [tp, fp, fn_, tn, z, low, high] in rows(&reference()[name]) {
            let (lower, upper) = limits(Confusion { tp, fp, fn_, tn }, z).unwrap();
            table.absolute(lower, low, (name, tp, fp, fn_, tn, z));
            table.absolute(upper, high, (name, tp, fp, fn_, tn, z));
        }
        table.check();
    }
    // All rows of one class: nothing to recover, and still an interval of kappa.
    let constant = Confusion { tp: 8.0, fp: 0.0, fn_: 2.0, tn: 0.0 };
    assert_eq!(cohen_kappa(constant), Some(0.0));
    assert!(cohen_kappa_limits(constant, 1.96).is_some_and(|(lower, upper)| lower < 0.0 && 0.0 < upper));
    assert_eq!(matthews_correlation_limits(constant, 1.96), None);
}

#[test]
fn stats_binomial_quantiles() {
    for [n, p, u, k] in rows(&reference()["binomial"]) {
        assert_eq!(Binomial::new(n as u64, p).unwrap().quantile(u) as f64, k, "{n} {p} {u}");
    }
}

fn resampled(counts: &[(f64, f64)]) -> MaxT {
    let stream = |place: usize| Stream::new(20_261_124).keyed(&place.to_le_bytes());
    let group = |(place, &(x, n)): (usize, &(f64, f64))| Group { stream: stream(place), x, n };
    let groups: Vec<Group> = counts.iter().enumerate().map(group).collect();
    MaxT::new(max_t::resample(&groups).unwrap(), groups.len())
}

/// In large equal groups the critical value is that of Tukey's range; the quantile of 2,000 replicates errs by about 0.04.
#[test]
fn stats_max_t_is_tukeys_in_large_equal_groups() {
    for [k, critical] in rows(&reference()["tukey"]) {
        let counts = vec![(40_000.0, 100_000.0); k as usize];
        let max_t = resampled(&counts);
        let difference = Uncertainty::MaxTDifference { rates: vec![counts.clone()], max_t };
        // All differences are 0, so the upper limit is Newcombe's of one pair at the critical value.
        let (lower, upper) = difference.interval(0.95).unwrap();
        let standard_error = (2.0 * 0.4 * 0.6 / 100_000.0_f64).sqrt();
        assert!(lower == 0.0 && (upper / standard_error - critical).abs() < 0.1, "{k}: {}", upper / standard_error);
    }
}

#[test]
fn stats_two_rates_are_bounded_at_once() {
    let counts = |shift: f64| vec![(30.0 + shift, 100.0), (50.0, 120.0), (9.0 + shift, 80.0)];
    let (first, second) = (counts(0.0), counts(7.0));
    let replicates = |counts: &[(f64, f64)], key: u8| {
        let stream = |place: usize| Stream::new(1).keyed(&[key]).keyed(&place.to_le_bytes());
        let group = |(place, &(x, n)): (usize, &(f64, f64))| Group { stream: stream(place), x, n };
        max_t::resample(&counts.iter().enumerate().map(group).collect::<Vec<_>>()).unwrap()
    };
    let (a, b) = (replicates(&first, 1), replicates(&second, 2));
    let both = Uncertainty::MaxTDifference {
        rates: vec![first.clone(), second.clone()],
        max_t: MaxT::of_both((&a, 3), (&b, 3)),
    };
    let (lower, upper) = both.interval(0.95).unwrap();
    for (counts, replicates) in [(first.clone(), a), (second.clone(), b)] {
        let alone = Uncertainty::MaxTDifference { rates: vec![counts], max_t: MaxT::new(replicates, 3) };
        // The worse of two gaps is at least as uncertain as either: its upper limit is above both.
        assert!(alone.interval(0.95).unwrap().1 < upper);
    }
    let each = |groups| Uncertainty::PairwiseMaxDifference { groups };
    let bonferroni = Uncertainty::Largest { of: vec![each(first), each(second)] }.interval(0.95).unwrap();
    assert!(bonferroni.0 <= lower && upper <= bonferroni.1);
}

fn rate() -> impl Strategy<Value = (f64, f64)> {
    (1_u32..400).prop_flat_map(|n| (0..=n, Just(n))).prop_map(|(x, n)| (f64::from(x), f64::from(n)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The p-value is below the tail exactly where the interval excludes the threshold.
    #[test]
    fn stats_named_methods_decide_as_their_p_values_say(
        groups in prop::collection::vec(rate(), 3..8), level in 0.5..0.999_f64, threshold in -1.1..1.1_f64
    ) {
        let ((x1, n1), (x2, n2)) = (groups[0], groups[1]);
        let max_t = resampled(&groups);
        let rates = vec![groups.clone()];
        let mut methods = vec![
            Uncertainty::ClopperPearson { x: x1, n: n1 },
            Uncertainty::AgrestiCaffo { x1, n1, x2, n2 },
            Uncertainty::MaxTDifference { rates: rates.clone(), max_t: max_t.clone() },
        ];
        if groups.iter().any(|group| group.0 > 0.0) {
            methods.push(Uncertainty::MaxTRatio { rates, max_t });
        }
        for method in methods {
            let (lower, upper) = method.interval(level).unwrap();
            let tail = 0.5 * (1.0 - level);
            for (side, excluded) in [(Side::Above, lower > threshold), (Side::Below, upper < threshold)] {
                let p = method.p_value(threshold, side).unwrap();
                let decided = p < tail * (1.0 + 1e-9);
                prop_assert!(decided == excluded || (p / tail - 1.0).abs() < 1e-6, "{method:?} {side:?} {threshold}: {p}");
            }
        }
    }

    /// Never wider than Bonferroni's adjustment of the same pairs.
    #[test]
    fn stats_max_t_is_within_bonferroni(groups in prop::collection::vec(rate(), 3..8), level in 0.5..0.9999_f64) {
        let max_t = resampled(&groups);
        let narrow = Uncertainty::MaxTDifference { rates: vec![groups.clone()], max_t }.interval(level).unwrap();
        let wide = Uncertainty::PairwiseMaxDifference { groups }.interval(level).unwrap();
        prop_assert!(wide.0 <= narrow.0 && narrow.1 <= wide.1 && narrow.0 < narrow.1);
    }
}
