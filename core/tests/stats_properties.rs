//! What must hold for every input: symmetry, nesting, agreement of intervals and p-values, and the edges.

use modelassay::stats::ranking::{self, TieGroup};
use modelassay::stats::regression::Weighed;
use modelassay::stats::{MIN_PER_CLASS, Side, Uncertainty, chi_squared, multiplicity, normal, power, student_t};
use proptest::prelude::*;

/// A rate's (x, n): whole or weighted counts, with plenty of 0 and n.
fn rate() -> impl Strategy<Value = (f64, f64)> {
    prop_oneof![
        (1_u32..2000).prop_flat_map(|n| (0..=n, Just(n))).prop_map(|(x, n)| (f64::from(x), f64::from(n))),
        (1_u32..40).prop_flat_map(|n| (0..=n, Just(n))).prop_map(|(x, n)| (f64::from(x), f64::from(n))),
        (1_u32..200, any::<bool>()).prop_map(|(n, all)| (if all { f64::from(n) } else { 0.0 }, f64::from(n))),
        (0.5..1e6_f64, 0.0..1.0_f64).prop_map(|(n, p)| (n * p, n)),
    ]
}

fn some_successes() -> impl Strategy<Value = (f64, f64)> {
    rate().prop_map(|(x, n)| if x == 0.0 { (0.5 * n, n) } else { (x, n) })
}

/// Any uncertainty that has an interval, with its estimate.
fn uncertainty() -> impl Strategy<Value = (Uncertainty, f64)> {
    let quotient = |(x, n): (f64, f64)| x / n;
    let groups = || prop::collection::vec(rate(), 2..9);
    let count = || (0_u32..300).prop_map(f64::from);
    prop_oneof![
        rate().prop_map(move |(x, n)| (Uncertainty::Wilson { x, n }, x / n)),
        (rate(), rate()).prop_map(move |(a, b)| {
            (Uncertainty::Newcombe { x1: a.0, n1: a.1, x2: b.0, n2: b.1 }, quotient(a) - quotient(b))
        }),
        (rate(), rate()).prop_filter("a ratio", |(_, b)| b.0 > 0.0).prop_map(move |(a, b)| {
            (Uncertainty::Koopman { x1: a.0, n1: a.1, x2: b.0, n2: b.1 }, quotient(a) / quotient(b))
        }),
        (rate(), rate()).prop_map(move |(a, b)| {
            (Uncertainty::MoverMean { x1: a.0, n1: a.1, x2: b.0, n2: b.1 }, 0.5 * (quotient(a) + quotient(b)))
        }),
        groups().prop_map(move |groups| {
            let rates: Vec<f64> = groups.iter().copied().map(quotient).collect();
            let (low, high) = extremes(&rates);
            (Uncertainty::PairwiseMaxDifference { groups }, high - low)
        }),
        groups().prop_filter("a ratio", |g| g.iter().any(|&(x, _)| x > 0.0)).prop_map(move |groups| {
            let rates: Vec<f64> = groups.iter().copied().map(quotient).collect();
            let (low, high) = extremes(&rates);
            (Uncertainty::PairwiseMinRatio { groups }, low / high)
        }),
        (count(), count(), count())
            .prop_filter("not empty", |(a, b, c)| a + b + c > 0.0)
            .prop_map(|(tp, fp, fn_)| { (Uncertainty::JaccardWilson { tp, fp, fn_ }, tp / (tp + fp + fn_)) }),
        (count(), count(), count())
            .prop_filter("not empty", |(a, b, c)| a + b + c > 0.0)
            .prop_map(|(tp, fp, fn_)| { (Uncertainty::F1Wilson { tp, fp, fn_ }, 2.0 * tp / (2.0 * tp + fp + fn_)) }),
        (prop_oneof![Just(0.0), Just(1.0), 0.0..1.0_f64], 1_u32..60, 1_u32..60, 1e-5..0.02_f64).prop_map(
            |(auc, p, n, variance)| {
                let (positives, negatives) = (f64::from(p), f64::from(n));
                (Uncertainty::LogitDeLong { auc, variance, positives, negatives }, auc)
            }
        ),
        (0.0..1.0_f64, 1e-8..0.05_f64).prop_map(|(auc, variance)| (Uncertainty::DeLong { auc, variance }, auc)),
        (prop_oneof![Just(1.0), 0.001..1.0_f64], 1_u32..3000)
            .prop_map(|(value, p)| { (Uncertainty::LogitAveragePrecision { value, positives: f64::from(p) }, value) }),
        (-2.0..2.0_f64, 1e-6..10.0_f64, 2_u32..5000)
            .prop_map(|(mean, variance, n)| { (Uncertainty::StudentT { mean, variance, n: f64::from(n) }, mean) }),
        (1e-3..1e3_f64, 1e-6..0.5_f64, 2_u32..5000).prop_map(|(value, variance, n)| {
            (Uncertainty::LogStudentT { value, variance, n: f64::from(n) }, value)
        }),
        (-0.999..0.999_f64, 1e-6..0.5_f64).prop_map(|(r, variance)| (Uncertainty::Correlation { r, variance }, r)),
    ]
}

fn extremes(values: &[f64]) -> (f64, f64) {
    (values.iter().copied().fold(f64::INFINITY, f64::min), values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

/// Whether a limit is the end of the measure's range: it is then the limit at every level, and its p-value is 1.
fn at_end_of_range(measure: &Uncertainty, limit: f64) -> bool {
    match measure {
        Uncertainty::DeLong { .. }
        | Uncertainty::StudentT { .. }
        | Uncertainty::LogStudentT { .. }
        | Uncertainty::Correlation { .. } => false,
        Uncertainty::Newcombe { .. } => limit.abs() == 1.0,
        Uncertainty::Koopman { .. } => limit == 0.0 || limit.is_infinite(),
        _ => limit == 0.0 || limit == 1.0,
    }
}

/// Room for the last bits of a limit.
fn slack(x: f64) -> f64 {
    1e-12 * (1.0 + x.abs())
}

/// Equal up to the last bits, infinities included.
fn close(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= slack(b)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stats_interval_contains_estimate_and_is_nested((measure, estimate) in uncertainty(), a in 0.01..0.9999_f64, b in 0.01..0.9999_f64) {
        let (narrow, wide) = (a.min(b), a.max(b));
        let inner = measure.interval(narrow);
        let outer = measure.interval(wide);
        prop_assert!(inner.is_some() && outer.is_some());
        let ((l, u), (lower, upper)) = (inner.unwrap(), outer.unwrap());
        prop_assert!(lower < upper && l < u);
        prop_assert!(l <= estimate + slack(estimate) && estimate <= u + slack(estimate), "{l} {estimate} {u}");
        prop_assert!(lower <= l + slack(l) && u <= upper + slack(u), "{lower} {l} {u} {upper}");
    }

    #[test]
    fn stats_p_value_inverts_interval((measure, _) in uncertainty(), level in 0.02..0.9999_f64) {
        let (lower, upper) = measure.interval(level).unwrap();
        let tail = 0.5 * (1.0 - level);
        for (limit, side) in [(lower, Side::Above), (upper, Side::Below)] {
            if at_end_of_range(&measure, limit) {
                continue;
            }
            let p = measure.p_value(limit, side).unwrap();
            // Close to 1 a double has too few bits left to carry p to six digits.
            if (limit - 1.0).abs() < 1e-9 {
                continue;
            }
            prop_assert!((p - tail).abs() <= 1e-6 * tail, "{measure:?} {side:?} at {limit}: p {p}, tail {tail}");
        }
    }

    #[test]
    fn stats_p_value_agrees_with_decision((measure, estimate) in uncertainty(), level in 0.5..0.999_f64, shift in -1.0..1.0_f64) {
        let threshold = estimate + shift * (1.0 - level) + 0.3 * shift;
        let (lower, upper) = measure.interval(level).unwrap();
        let tail = 0.5 * (1.0 - level);
        let below = measure.p_value(threshold, Side::Below).unwrap();
        let above = measure.p_value(threshold, Side::Above).unwrap();
        prop_assert!((0.0..=1.0).contains(&below) && (0.0..=1.0).contains(&above));
        if (below - tail).abs() > 1e-6 * tail {
            prop_assert_eq!(upper < threshold, below < tail, "upper {} p {}", upper, below);
        }
        if (above - tail).abs() > 1e-6 * tail {
            prop_assert_eq!(lower > threshold, above < tail, "lower {} p {}", lower, above);
        }
    }

    #[test]
    fn stats_complements_mirror((x1, n1) in rate(), (x2, n2) in rate(), level in 0.01..0.9999_f64) {
        let (l, u) = Uncertainty::Wilson { x: x1, n: n1 }.interval(level).unwrap();
        let (lc, uc) = Uncertainty::Wilson { x: n1 - x1, n: n1 }.interval(level).unwrap();
        prop_assert!(close(l, 1.0 - uc) && close(u, 1.0 - lc));
        let (l, u) = Uncertainty::Newcombe { x1, n1, x2, n2 }.interval(level).unwrap();
        let (ls, us) = Uncertainty::Newcombe { x1: x2, n1: n2, x2: x1, n2: n1 }.interval(level).unwrap();
        prop_assert!(close(l, -us) && close(u, -ls));
        let (lc, uc) = Uncertainty::Newcombe { x1: n1 - x1, n1, x2: n2 - x2, n2 }.interval(level).unwrap();
        prop_assert!(close(l, -uc) && close(u, -lc));
        let (l, u) = Uncertainty::Koopman { x1, n1, x2, n2 }.interval(level).unwrap();
        let (ls, us) = Uncertainty::Koopman { x1: x2, n1: n2, x2: x1, n2: n1 }.interval(level).unwrap();
        prop_assert!(close(l * us, 1.0) || (l == 0.0 && us.is_infinite()), "{l} {us}");
        prop_assert!(close(u * ls, 1.0) || (ls == 0.0 && u.is_infinite()), "{u} {ls}");
    }

    #[test]
    fn stats_koopman_against_plain_search((x1, n1) in some_successes(), (x2, n2) in some_successes(), level in 0.05..0.9999_f64) {
        let z = -normal::quantile(0.5 * (1.0 - level));
        let (lower, upper) = Uncertainty::Koopman { x1, n1, x2, n2 }.interval(level).unwrap();
        for (ours, sign) in [(lower, 1.0), (upper, -1.0)] {
            let theirs = koopman_search(x1, n1, x2, n2, sign * z);
            prop_assert!(((ours - theirs) / theirs).abs() < 1e-7, "{ours} {theirs}");
        }
    }

    #[test]
    fn stats_gaps_do_not_depend_on_group_order(
        (groups, shuffled) in prop::collection::vec(rate(), 2..12).prop_flat_map(|g| (Just(g.clone()), Just(g).prop_shuffle())),
        level in 0.5..0.999_f64,
    ) {
        type Gap = fn(Vec<(f64, f64)>) -> Uncertainty;
        let gaps: [Gap; 2] =
            [|groups| Uncertainty::PairwiseMaxDifference { groups }, |groups| Uncertainty::PairwiseMinRatio { groups }];
        for gap in gaps {
            let (l, u) = gap(groups.clone()).interval(level).unwrap();
            let (ls, us) = gap(shuffled.clone()).interval(level).unwrap();
            prop_assert!(close(l, ls) && close(u, us));
            prop_assert!((0.0..=1.0).contains(&l) && (0.0..=1.0).contains(&u));
        }
    }

    #[test]
    fn stats_pruned_ratio_equals_all_pairs(groups in prop::collection::vec(rate(), 2..8), level in 0.5..0.999_f64) {
        let count = (groups.len() * (groups.len() - 1) / 2) as f64;
        let (mut low, mut high) = (f64::INFINITY, 1.0_f64);
        for (i, &(x1, n1)) in groups.iter().enumerate() {
            for (j, &(x2, n2)) in groups.iter().enumerate() {
                if i != j {
                    let pair = Uncertainty::Koopman { x1, n1, x2, n2 };
                    let (l, u) = pair.interval(1.0 - (1.0 - level) / count).unwrap();
                    low = low.min(l);
                    high = high.min(u);
                }
            }
        }
        let (l, u) = Uncertainty::PairwiseMinRatio { groups }.interval(level).unwrap();
        prop_assert!((l - low.min(1.0)).abs() <= 1e-9 * low && (u - high).abs() <= 1e-9 * high, "{l} {low} {u} {high}");
    }

    #[test]
    fn stats_distributions_are_inverses(p in 1e-12..1.0_f64, df in 0.5..20_000.0_f64) {
        prop_assume!(p < 1.0 - 1e-9);
        prop_assert!((normal::cdf(normal::quantile(p)) / p - 1.0).abs() < 1e-12);
        prop_assert!((student_t::cdf(student_t::quantile(p, df), df) / p - 1.0).abs() < 1e-9);
        prop_assert!((normal::cdf(-1.5) + normal::cdf(1.5) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn stats_ranking_symmetries(groups in tie_groups()) {
        let swapped: Vec<TieGroup> = groups
            .iter()
            .rev()
            .map(|g| TieGroup { score: -g.score, positives: g.positives, negatives: g.negatives })
            .collect();
        let relabelled: Vec<TieGroup> =
            groups.iter().map(|g| TieGroup { positives: g.negatives, negatives: g.positives, ..*g }).collect();
        let auc = ranking::roc_auc(&groups);
        for other in [&swapped, &relabelled] {
            prop_assert_eq!(auc.is_some(), ranking::roc_auc(other).is_some());
            if let (Some(auc), Some(mirrored)) = (auc, ranking::roc_auc(other)) {
                prop_assert!((auc + mirrored - 1.0).abs() < 1e-14);
                prop_assert_eq!(ranking::ks_statistic(&groups), ranking::ks_statistic(other));
                let (a, b) = (ranking::delong_variance(&groups), ranking::delong_variance(other));
                prop_assert_eq!(a.is_some(), b.is_some());
                if let (Some(a), Some(b)) = (a, b) {
                    prop_assert!((a - b).abs() <= 1e-13 * a);
                }
            }
        }
    }

    #[test]
    fn stats_roc_curve_is_thinned_to_size(groups in tie_groups(), max_points in 2_usize..30) {
        let (Some(all), Some(curve)) = (ranking::roc_curve(&groups, usize::MAX), ranking::roc_curve(&groups, max_points)) else {
            return Ok(());
        };
        prop_assert!(curve.len() <= max_points && curve.len() >= 2);
        let (first, last) = (curve[0], curve[curve.len() - 1]);
        prop_assert_eq!((first.false_positive_rate, first.true_positive_rate, first.threshold), (0.0, 0.0, None));
        prop_assert_eq!((last.false_positive_rate, last.true_positive_rate), (1.0, 1.0));
        prop_assert!(curve.iter().all(|point| all.contains(point)));
        let grows = |w: &[ranking::RocPoint]| {
            w[0].false_positive_rate <= w[1].false_positive_rate && w[0].true_positive_rate <= w[1].true_positive_rate
        };
        prop_assert!(curve.windows(2).all(grows));
        // The whole curve keeps the area.
        let area: f64 = all
            .windows(2)
            .map(|w| (w[1].false_positive_rate - w[0].false_positive_rate) * 0.5 * (w[0].true_positive_rate + w[1].true_positive_rate))
            .sum();
        prop_assert!((area - ranking::roc_auc(&groups).unwrap()).abs() < 1e-12);
    }

    #[test]
    fn stats_adjusted_p_values_keep_order(p in prop::collection::vec(0.0..1.0_f64, 0..30)) {
        let (holm, bh) = (multiplicity::holm(&p), multiplicity::benjamini_hochberg(&p));
        for i in 0..p.len() {
            prop_assert!(p[i] <= bh[i] && bh[i] <= holm[i] && holm[i] <= 1.0);
            for j in 0..p.len() {
                prop_assert!(p[i] > p[j] || (holm[i] <= holm[j] && bh[i] <= bh[j]));
            }
        }
    }
}

fn tie_groups() -> impl Strategy<Value = Vec<TieGroup>> {
    prop::collection::vec((0_u64..6, 0_u64..6), 1..80).prop_map(|counts| {
        let group = |(i, (positives, negatives))| TieGroup { score: f64::from(i), positives, negatives };
        (0_u32..).zip(counts).map(group).collect()
    })
}

/// The score equation solved the plain way: restricted rates by bisection on the likelihood equation, φ by bisection.
fn koopman_search(x1: f64, n1: f64, x2: f64, n2: f64, target: f64) -> f64 {
    let bisect = |f: &dyn Fn(f64) -> f64, mut low: f64, mut high: f64| {
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if f(middle) > 0.0 { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    };
    let score = |log_ratio: f64| {
        let ratio = libm::exp(log_ratio);
        // d/dp2 log L(φ p2, p2) = 0, falling in p2
        let slope = |p2: f64| (x1 + x2) / p2 - (n1 - x1) * ratio / (1.0 - ratio * p2) - (n2 - x2) / (1.0 - p2);
        let p2 = bisect(&slope, 0.0, (1.0 / ratio).min(1.0));
        let p1 = (ratio * p2).min(1.0);
        let variance = p1 * (1.0 - p1) / n1 + ratio * ratio * p2 * (1.0 - p2) / n2;
        (x1 / n1 - ratio * x2 / n2) / variance.sqrt() - target
    };
    // An uneven range, so that no step meets φ = 1, where x = n leaves 0/0.
    libm::exp(bisect(&score, -40.0, 41.0))
}

#[test]
fn stats_undefined_is_none() {
    let nan = f64::NAN;
    let undefined = [
        Uncertainty::Wilson { x: 0.0, n: 0.0 },
        Uncertainty::Wilson { x: 2.0, n: 1.0 },
        Uncertainty::Wilson { x: -1.0, n: 5.0 },
        Uncertainty::Wilson { x: nan, n: 5.0 },
        Uncertainty::Wilson { x: 1.0, n: nan },
        Uncertainty::Wilson { x: 1.0, n: f64::INFINITY },
        Uncertainty::Newcombe { x1: 1.0, n1: 2.0, x2: 0.0, n2: 0.0 },
        Uncertainty::Koopman { x1: 0.0, n1: 0.0, x2: 1.0, n2: 2.0 },
        Uncertainty::MoverMean { x1: 1.0, n1: 2.0, x2: nan, n2: 2.0 },
        Uncertainty::PairwiseMaxDifference { groups: vec![] },
        Uncertainty::PairwiseMaxDifference { groups: vec![(1.0, 2.0)] },
        Uncertainty::PairwiseMaxDifference { groups: vec![(1.0, 2.0), (0.0, 0.0), (1.0, 3.0)] },
        Uncertainty::PairwiseMinRatio { groups: vec![(1.0, 2.0)] },
        Uncertainty::PairwiseMinRatio { groups: vec![(1.0, 2.0), (nan, 4.0)] },
        Uncertainty::JaccardWilson { tp: 0.0, fp: 0.0, fn_: 0.0 },
        Uncertainty::F1Wilson { tp: 1.0, fp: -1.0, fn_: 5.0 },
        Uncertainty::LogitDeLong { auc: nan, variance: 0.1, positives: 50.0, negatives: 50.0 },
        Uncertainty::LogitDeLong { auc: 0.7, variance: 0.1, positives: 0.0, negatives: 50.0 },
        Uncertainty::DeLong { auc: 1.0, variance: 0.0 },
        Uncertainty::LogitAveragePrecision { value: 0.5, positives: 0.0 },
        Uncertainty::LogitAveragePrecision { value: 0.0, positives: 9.0 },
        Uncertainty::StudentT { mean: 0.3, variance: 0.0, n: 40.0 },
        Uncertainty::StudentT { mean: 0.3, variance: 0.1, n: 1.0 },
        Uncertainty::StudentT { mean: nan, variance: 0.1, n: 10.0 },
        Uncertainty::LogStudentT { value: 0.0, variance: 0.1, n: 10.0 },
        Uncertainty::LogStudentT { value: 2.0, variance: 0.0, n: 10.0 },
        Uncertainty::LogStudentT { value: nan, variance: 0.1, n: 10.0 },
        Uncertainty::Correlation { r: 1.0, variance: 0.1 },
        Uncertainty::Correlation { r: 0.2, variance: 0.0 },
        Uncertainty::Correlation { r: 0.2, variance: nan },
        Uncertainty::Median { values: [].into(), n: 3.0 },
        Uncertainty::Median { values: [Weighed { value: 1.0, up_to: 0.0 }].into(), n: nan },
    ];
    for measure in undefined {
        assert_eq!(measure.interval(0.95), None, "{measure:?}");
        assert_eq!(measure.p_value(0.4, Side::Below), None, "{measure:?}");
        assert_eq!(measure.p_value(0.4, Side::Above), None, "{measure:?}");
    }
    for level in [0.0, 1.0, -0.5, 1.5, nan] {
        assert_eq!(Uncertainty::Wilson { x: 3.0, n: 9.0 }.interval(level), None);
    }
    let measure = Uncertainty::MoverMean { x1: 1.0, n1: 2.0, x2: 1.0, n2: 2.0 };
    assert_eq!(measure.p_value(nan, Side::Below), None);
}

#[test]
fn stats_edges_are_exact() {
    let interval = |measure: Uncertainty| measure.interval(0.95).unwrap();
    assert_eq!(interval(Uncertainty::Wilson { x: 0.0, n: 9.0 }).0, 0.0);
    assert_eq!(interval(Uncertainty::Wilson { x: 9.0, n: 9.0 }).1, 1.0);
    assert_eq!(interval(Uncertainty::Koopman { x1: 0.0, n1: 9.0, x2: 4.0, n2: 9.0 }).0, 0.0);
    assert_eq!(interval(Uncertainty::Koopman { x1: 4.0, n1: 9.0, x2: 0.0, n2: 9.0 }).1, f64::INFINITY);
    assert_eq!(interval(Uncertainty::Koopman { x1: 0.0, n1: 9.0, x2: 0.0, n2: 9.0 }), (0.0, f64::INFINITY));
    assert_eq!(interval(Uncertainty::PairwiseMinRatio { groups: vec![(0.0, 9.0), (0.0, 7.0)] }), (0.0, 1.0));
    let perfect = Uncertainty::LogitDeLong { auc: 1.0, variance: 0.0, positives: 200.0, negatives: 300.0 };
    assert_eq!(perfect.method(), "mann_whitney_newcombe5");
    let (lower, upper) = interval(perfect);
    assert!(lower > 0.95 && upper == 1.0);
    let few = MIN_PER_CLASS - 1.0;
    let small = Uncertainty::LogitDeLong { auc: 0.7, variance: 0.01, positives: few, negatives: 300.0 };
    assert_eq!(small.method(), "mann_whitney_newcombe5");
    let perfect = Uncertainty::LogitAveragePrecision { value: 1.0, positives: 20.0 };
    assert_eq!(perfect.method(), "average_precision_wilson");
    assert_eq!(interval(perfect), interval(Uncertainty::Wilson { x: 20.0, n: 20.0 }));
}

#[test]
fn stats_impossible_thresholds_are_certain() {
    let rate = Uncertainty::Wilson { x: 3.0, n: 10.0 };
    assert_eq!(rate.p_value(1.0, Side::Below), Some(0.0));
    assert_eq!(rate.p_value(1.5, Side::Below), Some(0.0));
    assert_eq!(rate.p_value(0.0, Side::Above), Some(0.0));
    assert_eq!(rate.p_value(0.0, Side::Below), Some(1.0));
    assert_eq!(Uncertainty::Wilson { x: 10.0, n: 10.0 }.p_value(1.0, Side::Below), Some(1.0));
    let gap = Uncertainty::PairwiseMaxDifference { groups: vec![(3.0, 10.0), (4.0, 10.0)] };
    assert_eq!(gap.p_value(-0.1, Side::Above), Some(0.0));
    assert_eq!(gap.p_value(0.0, Side::Below), Some(1.0));
    let ratio = Uncertainty::PairwiseMinRatio { groups: vec![(3.0, 10.0), (4.0, 10.0)] };
    assert_eq!(ratio.p_value(1.1, Side::Below), Some(0.0));
}

#[test]
fn stats_ranking_edges() {
    let group = |score, positives, negatives| TieGroup { score, positives, negatives };
    assert_eq!(ranking::roc_auc(&[]), None);
    assert_eq!(ranking::roc_auc(&[group(0.1, 0, 5)]), None);
    assert_eq!(ranking::ks_statistic(&[group(0.1, 3, 0)]), None);
    assert_eq!(ranking::roc_curve(&[group(0.1, 3, 0)], 9), None);
    assert_eq!(ranking::average_precision(&[group(0.1, 0, 5)]), None);
    assert_eq!(ranking::average_precision(&[group(0.1, 3, 0)]), Some(1.0));
    assert_eq!(ranking::delong_variance(&[group(0.1, 1, 5), group(0.2, 0, 4)]), None);
    let separated = [group(0.1, 0, 50), group(0.9, 30, 0)];
    assert_eq!(ranking::roc_auc(&separated), Some(1.0));
    assert_eq!(ranking::delong_variance(&separated), Some(0.0));
    // Rank sums beyond 2^64
    let many = 1_u64 << 40;
    let large = [group(0.1, many, 3 * many), group(0.2, 3 * many, many)];
    assert_eq!(ranking::roc_auc(&large), Some(0.75));
    let variance = ranking::delong_variance(&large).unwrap();
    assert!((variance * many as f64 - 0.0234375).abs() < 1e-9);
}

#[test]
fn stats_power_edges_and_scaling() {
    assert_eq!(power::n_for_proportion(0.8, 0.8, 0.95, 0.8), None);
    assert_eq!(power::n_for_proportion(1.2, 0.8, 0.95, 0.8), None);
    assert_eq!(power::n_for_proportion(f64::NAN, 0.8, 0.95, 0.8), None);
    // (1.96 √(.5·.5) + 0.8416 √(.6·.4))² / .1² = 193.8
    assert_eq!(power::n_for_proportion(0.6, 0.5, 0.95, 0.8), Some(194.0));
    assert_eq!(power::n_for_estimate(0.7, 0.7, 0.05, 100.0, 0.95, 0.8), None);
    assert_eq!(power::n_for_estimate(0.7, 0.8, 0.0, 100.0, 0.95, 0.8), None);
    // The interval just reaches the threshold: (1 + 0.8416/1.96)² = 2.043 times the rows
    assert_eq!(power::n_for_estimate(0.7, 0.8, 0.1, 100.0, 0.95, 0.8), Some(205.0));
    assert_eq!(power::smallest_detectable_difference(0.0, 0.5, 10.0, 0.95, 0.8), None);
    assert_eq!(power::smallest_detectable_difference(2.0, 0.5, 2.0, 0.95, 0.8), None);
    assert_eq!(power::smallest_detectable_difference(10.0, 0.5, 10.0, 0.95, 1.0), None);
}

#[test]
fn stats_distribution_edges() {
    assert_eq!(normal::quantile(0.0), f64::NEG_INFINITY);
    assert_eq!(normal::quantile(1.0), f64::INFINITY);
    assert!(normal::quantile(f64::NAN).is_nan() && normal::quantile(-0.1).is_nan() && normal::quantile(1.1).is_nan());
    assert_eq!(student_t::quantile(0.5, 3.0), 0.0);
    assert_eq!(student_t::quantile(0.0, 3.0), f64::NEG_INFINITY);
    assert_eq!(student_t::cdf(f64::INFINITY, 3.0), 1.0);
    assert!(student_t::cdf(1.0, 0.0).is_nan() && student_t::quantile(0.2, f64::NAN).is_nan());
    assert_eq!(chi_squared::sf(0.0, 2.0), 1.0);
    assert_eq!(chi_squared::sf(-1.0, 2.0), 1.0);
    assert_eq!(chi_squared::sf(f64::INFINITY, 2.0), 0.0);
    assert!(chi_squared::sf(1.0, 0.0).is_nan());
}
