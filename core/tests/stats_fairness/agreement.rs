//! Matthews correlation, Cohen's kappa and F-beta.

use modelassay::stats::agreement::{
    Confusion, Weighting, cohen_kappa, cohen_kappa_limits, cohen_kappa_matrix, cohen_kappa_matrix_limits,
    cohen_kappa_matrix_variance, cohen_kappa_variance, f_beta, f_beta_limits, f_beta_variance, matthews_correlation,
    matthews_correlation_limits, matthews_correlation_matrix, matthews_correlation_matrix_limits,
    matthews_correlation_matrix_variance, matthews_correlation_variance,
};
use modelassay::stats::{Uncertainty, normal};
use proptest::prelude::*;
use serde_json::Value as Json;

use super::support::{Table, array, number, numbers, rows};

fn reference() -> Json {
    serde_json::from_str(include_str!("../fixtures/stats/agreement.json")).unwrap()
}

fn matrix(value: &Json) -> Vec<Vec<f64>> {
    array(value).iter().map(numbers).collect()
}

/// The binary confusion of a matrix of two classes.
fn confusion(matrix: &[Vec<f64>]) -> Option<Confusion> {
    (matrix.len() == 2).then(|| Confusion { tp: matrix[0][0], fn_: matrix[0][1], fp: matrix[1][0], tn: matrix[1][1] })
}

#[test]
fn stats_matthews_correlation() {
    let (mut value, mut variance) = (Table::new("matthews", 1e-12), Table::new("matthews variance", 1e-12));
    let mut limits = Table::new("matthews limits", 1e-12);
    for case in array(&reference()["matthews"]) {
        let matrix = matrix(&case["matrix"]);
        let (theirs, spread) = (number(&case["value"]), number(&case["variance"]));
        value.absolute(matthews_correlation_matrix(&matrix).unwrap(), theirs, &matrix);
        variance.relative(matthews_correlation_matrix_variance(&matrix).unwrap(), spread, &matrix);
        if let Some(confusion) = confusion(&matrix) {
            value.relative(matthews_correlation(confusion).unwrap(), theirs, confusion);
            variance.relative(matthews_correlation_variance(confusion).unwrap(), spread, confusion);
        }
        for [z, low, high] in rows(&case["limits"]) {
            let (lower, upper) = matthews_correlation_matrix_limits(&matrix, z).unwrap();
            limits.absolute(lower, low, (&matrix, z));
            limits.absolute(upper, high, (&matrix, z));
        }
    }
    value.check();
    variance.check();
    limits.check();
}

#[test]
fn stats_cohen_kappa() {
    let (mut value, mut variance) = (Table::new("kappa", 1e-12), Table::new("kappa variance", 1e-12));
    let mut limits = Table::new("kappa limits", 1e-12);
    for case in array(&reference()["kappa"]) {
        let matrix = matrix(&case["matrix"]);
        let weighting = match case["weighting"].as_str().unwrap() {
            "linear" => Weighting::Linear,
            "quadratic" => Weighting::Quadratic,
            _ => Weighting::None,
        };
        let (theirs, spread) = (number(&case["value"]), number(&case["variance"]));
        value.absolute(cohen_kappa_matrix(&matrix, weighting).unwrap(), theirs, &matrix);
        variance.relative(cohen_kappa_matrix_variance(&matrix, weighting).unwrap(), spread, (&matrix, weighting));
        if let Some(confusion) = confusion(&matrix) {
            value.relative(cohen_kappa(confusion).unwrap(), theirs, confusion);
            variance.relative(cohen_kappa_variance(confusion).unwrap(), spread, confusion);
        }
        for [z, low, high] in rows(&case["limits"]) {
            let (lower, upper) = cohen_kappa_matrix_limits(&matrix, weighting, z).unwrap();
            limits.absolute(lower, low, (&matrix, weighting, z));
            limits.absolute(upper, high, (&matrix, weighting, z));
        }
    }
    value.check();
    variance.check();
    limits.check();
}

#[test]
fn stats_f_beta() {
    let (mut value, mut variance) = (Table::new("f beta", 1e-14), Table::new("f beta variance", 1e-12));
    let mut limits = Table::new("f beta limits", 1e-12);
    for case in array(&reference()["f_beta"]) {
        let [tp, fp, fn_, tn] = numbers(&case["confusion"]).try_into().unwrap();
        let (confusion, beta) = (Confusion { tp, fp, fn_, tn }, number(&case["beta"]));
        value.relative(f_beta(confusion, beta).unwrap(), number(&case["value"]), (confusion, beta));
        let spread = f_beta_variance(confusion, beta).unwrap();
        variance.relative(spread, number(&case["variance"]), (confusion, beta));
        for [z, low, high] in rows(&case["limits"]) {
            let (lower, upper) = f_beta_limits(confusion, beta, z).unwrap();
            limits.absolute(lower, low, (confusion, beta, z));
            limits.absolute(upper, high, (confusion, beta, z));
        }
    }
    value.check();
    variance.check();
    limits.check();
}

#[test]
fn stats_agreement_edges() {
    let of = |tp, fp, fn_, tn| Confusion { tp, fp, fn_, tn };
    // All rows of one class, or predicted as one: no correlation; kappa is then 0, unless both are the same class.
    for constant in [of(3.0, 7.0, 0.0, 0.0), of(3.0, 0.0, 7.0, 0.0), of(0.0, 0.0, 0.0, 9.0)] {
        assert_eq!(matthews_correlation(constant), None);
        assert_eq!(matthews_correlation_limits(constant, 2.0), None);
    }
    assert_eq!(cohen_kappa(of(3.0, 7.0, 0.0, 0.0)), Some(0.0));
    assert_eq!(cohen_kappa_variance(of(3.0, 7.0, 0.0, 0.0)), Some(0.0));
    let (lower, upper) = cohen_kappa_limits(of(3.0, 7.0, 0.0, 0.0), 2.0).unwrap();
    assert!(lower < 0.0 && 0.0 < upper);
    assert_eq!(cohen_kappa(of(0.0, 0.0, 0.0, 9.0)), None);
    assert_eq!(f_beta(of(0.0, 0.0, 0.0, 9.0), 1.0), None);
    for beta in [0.0, -1.0, f64::INFINITY, f64::NAN, 1e-200, 1e200] {
        assert_eq!(f_beta(of(1.0, 2.0, 3.0, 4.0), beta), None);
    }
    for wrong in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(matthews_correlation(of(1.0, wrong, 3.0, 4.0)), None);
        assert_eq!(cohen_kappa(of(1.0, 2.0, 3.0, wrong)), None);
        assert_eq!(f_beta(of(wrong, 2.0, 3.0, 4.0), 1.0), None);
    }
    let perfect = of(5.0, 0.0, 0.0, 5.0);
    assert_eq!(matthews_correlation(perfect), Some(1.0));
    assert_eq!(cohen_kappa(perfect), Some(1.0));
    let matrix = [[5.0, 0.0], [0.0, 5.0]];
    let (lower, upper) = cohen_kappa_matrix_limits(&matrix, Weighting::None, 1.96).unwrap();
    assert_eq!(matthews_correlation_matrix_limits(&matrix, 1.96), Some((lower, upper)));
    // Two classes of equal size: 2a - 1.
    let (share, _) = Uncertainty::Wilson { x: 10.0, n: 10.0 }.interval(1.0 - 2.0 * normal::sf(1.96)).unwrap();
    assert!((lower - (2.0 * share - 1.0)).abs() < 1e-12 && upper == 1.0);
    for (lower, upper) in
        [matthews_correlation_limits(perfect, 1.96), cohen_kappa_limits(perfect, 1.96)].map(Option::unwrap)
    {
        assert!(lower < 1.0 && upper == 1.0);
    }
    assert_eq!(matthews_correlation_limits(perfect, f64::NAN), None);
    assert_eq!(f_beta_limits(of(1.0, 2.0, 3.0, 4.0), 1.0, f64::NAN), None);
    let ragged = [vec![1.0, 2.0], vec![3.0]];
    assert_eq!(matthews_correlation_matrix(&ragged), None);
    assert_eq!(cohen_kappa_matrix(&ragged, Weighting::Linear), None);
    assert_eq!(cohen_kappa_matrix::<Vec<f64>>(&[], Weighting::None), None);
    assert_eq!(matthews_correlation_matrix(&[[5.0]]), None);
    assert_eq!(cohen_kappa_matrix(&[[5.0]], Weighting::Quadratic), None);
}

/// Counts with plenty of zeros.
fn count() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), (0_u32..30).prop_map(f64::from), (0_u32..100_000).prop_map(f64::from), 0.01..500.0_f64]
}

fn any_confusion() -> impl Strategy<Value = Confusion> {
    (count(), count(), count(), count()).prop_map(|(tp, fp, fn_, tn)| Confusion { tp, fp, fn_, tn })
}

fn any_matrix() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (2_usize..6).prop_flat_map(|k| prop::collection::vec(prop::collection::vec(count(), k), k))
}

/// Σ n (∂θ/∂n)² by central differences of fourth order.
fn numeric_variance(matrix: &[Vec<f64>], measure: impl Fn(&[Vec<f64>]) -> f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..matrix.len() {
        for j in 0..matrix.len() {
            let step = 1e-3 * matrix[i][j];
            let moved = |step: f64| {
                let mut near = matrix.to_vec();
                near[i][j] += step;
                measure(&near)
            };
            if step > 0.0 {
                let (one, two) = (moved(step) - moved(-step), moved(2.0 * step) - moved(-2.0 * step));
                let gradient = (8.0 * one - two) / (12.0 * step);
                sum += matrix[i][j] * gradient * gradient;
            }
        }
    }
    sum
}

type Value = fn(&[Vec<f64>]) -> Option<f64>;
type Limits = fn(&[Vec<f64>], f64) -> Option<(f64, f64)>;

/// Value, variance and limits of every measure of a matrix.
const MATRIX_MEASURES: [(Value, Value, Limits); 4] = [
    (
        |m| matthews_correlation_matrix(m),
        |m| matthews_correlation_matrix_variance(m),
        |m, z| matthews_correlation_matrix_limits(m, z),
    ),
    (
        |m| cohen_kappa_matrix(m, Weighting::None),
        |m| cohen_kappa_matrix_variance(m, Weighting::None),
        |m, z| cohen_kappa_matrix_limits(m, Weighting::None, z),
    ),
    (
        |m| cohen_kappa_matrix(m, Weighting::Linear),
        |m| cohen_kappa_matrix_variance(m, Weighting::Linear),
        |m, z| cohen_kappa_matrix_limits(m, Weighting::Linear, z),
    ),
    (
        |m| cohen_kappa_matrix(m, Weighting::Quadratic),
        |m| cohen_kappa_matrix_variance(m, Weighting::Quadratic),
        |m, z| cohen_kappa_matrix_limits(m, Weighting::Quadratic, z),
    ),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stats_agreement_variance_is_that_of_the_numeric_gradient(matrix in any_matrix()) {
        for (value, variance, _) in MATRIX_MEASURES {
            if let Some(ours) = variance(&matrix) {
                // A difference quotient carries the rounding of two values of size 1, over a step of a thousandth.
                let numeric = numeric_variance(&matrix, |m| value(m).unwrap());
                prop_assert!((ours - numeric).abs() <= 1e-6 * numeric + 1e-12, "{ours} {numeric}");
            }
        }
    }

    #[test]
    fn stats_f_beta_variance_is_that_of_the_numeric_gradient(confusion in any_confusion(), beta in 0.2..5.0_f64) {
        let Confusion { tp, fp, fn_, tn } = confusion;
        let of = |m: &[Vec<f64>]| f_beta(Confusion { tp: m[0][0], fn_: m[0][1], fp: m[1][0], tn: m[1][1] }, beta).unwrap();
        if let Some(ours) = f_beta_variance(confusion, beta) {
            let numeric = numeric_variance(&[vec![tp, fn_], vec![fp, tn]], of);
            prop_assert!((ours - numeric).abs() <= 1e-6 * numeric + 1e-12, "{ours} {numeric}");
        }
    }

    #[test]
    fn stats_agreement_limits_hold_the_estimate_and_are_nested(matrix in any_matrix(), a in 0.01..6.0_f64, b in 0.01..6.0_f64) {
        for (value, _, limits) in MATRIX_MEASURES {
            let Some(value) = value(&matrix) else { continue };
            let (l, u) = limits(&matrix, a.min(b)).unwrap();
            let (lower, upper) = limits(&matrix, a.max(b)).unwrap();
            prop_assert!(-1.0 <= lower && lower <= l + 1e-12 && u <= upper + 1e-12 && upper <= 1.0);
            prop_assert!(l <= value + 1e-12 && value <= u + 1e-12 && l < u, "{l} {value} {u}");
            let (swapped_upper, swapped_lower) = limits(&matrix, -a.min(b)).unwrap();
            prop_assert!((swapped_lower - l).abs() < 1e-12 && (swapped_upper - u).abs() < 1e-12);
        }
    }

    #[test]
    fn stats_f_beta_limits_hold_the_estimate_and_are_nested(
        confusion in any_confusion(), beta in 0.2..5.0_f64, a in 0.01..6.0_f64, b in 0.01..6.0_f64,
    ) {
        if let Some(value) = f_beta(confusion, beta) {
            let (l, u) = f_beta_limits(confusion, beta, a.min(b)).unwrap();
            let (lower, upper) = f_beta_limits(confusion, beta, a.max(b)).unwrap();
            prop_assert!(0.0 <= lower && lower <= l + 1e-12 && u <= upper + 1e-12 && upper <= 1.0);
            prop_assert!(l <= value + 1e-12 && value <= u + 1e-12 && l < u, "{l} {value} {u}");
        }
    }

    #[test]
    fn stats_agreement_does_not_depend_on_which_side_is_the_truth(matrix in any_matrix()) {
        let transposed: Vec<Vec<f64>> = (0..matrix.len()).map(|i| matrix.iter().map(|row| row[i]).collect()).collect();
        let turned: Vec<Vec<f64>> = matrix.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
        for (value, variance, _) in MATRIX_MEASURES {
            for other in [&transposed, &turned] {
                let (ours, theirs) = (value(&matrix), value(other));
                prop_assert_eq!(ours.is_some(), theirs.is_some());
                if let (Some(ours), Some(theirs)) = (ours, theirs) {
                    prop_assert!((ours - theirs).abs() < 1e-12);
                    let (ours, theirs) = (variance(&matrix).unwrap(), variance(other).unwrap());
                    prop_assert!((ours - theirs).abs() <= 1e-9 * ours);
                }
            }
        }
    }

    #[test]
    fn stats_f_1_without_hits_or_misses_is_wilson(tp in 1_u32..500, misses in 1_u32..500, level in 0.5..0.999_f64) {
        let z = -normal::quantile(0.5 * (1.0 - level));
        for (tp, fn_) in [(f64::from(tp), 0.0), (0.0, f64::from(misses))] {
            let (lower, upper) = f_beta_limits(Confusion { tp, fp: 0.0, fn_, tn: 3.0 }, 1.0, z).unwrap();
            let (l, u) = Uncertainty::F1Wilson { tp, fp: 0.0, fn_ }.interval(level).unwrap();
            prop_assert!((lower - l).abs() < 1e-12 && (upper - u).abs() < 1e-12);
        }
    }
}
