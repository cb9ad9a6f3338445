//! Statistics of numbers at their edges: medians, ranks, tests of errors, sums far from zero.

use modelassay::stats::regression::{
    CentralMoments, Pair, Total, Weighed, absolute_deviation, breusch_pagan, dagostino, jarque_bera, median,
    median_limits, scatter, spearman, squared_deviations,
};
use modelassay::stats::{ExactSum, Mass, Side, Uncertainty};
use proptest::prelude::*;

fn weighed(values: &[(f64, f64)]) -> Vec<Weighed> {
    let mut up_to = 0.0;
    let mut weigh = |&(value, weight): &(f64, f64)| {
        up_to += weight;
        Weighed { value, up_to }
    };
    values.iter().map(&mut weigh).collect()
}

fn ranked(n: u32) -> Vec<Weighed> {
    weighed(&(1..=n).map(|rank| (f64::from(rank), 1.0)).collect::<Vec<_>>())
}

fn pair(label: f64, prediction: f64) -> Pair {
    Pair { label, prediction, mass: Mass::of_rows(1) }
}

#[test]
fn medians_by_hand() {
    assert_eq!(median(&ranked(5)), Some(3.0));
    assert_eq!(median(&ranked(4)), Some(2.5));
    // Rows that weigh nothing are no neighbours.
    assert_eq!(median(&weighed(&[(1.0, 2.0), (2.0, 0.0), (4.0, 2.0)])), Some(2.5));
    assert_eq!(median(&weighed(&[(0.0, 0.0), (7.0, 3.0), (9.0, 0.0)])), Some(7.0));
    assert_eq!(median(&weighed(&[(1.0, 0.0)])), None);
    assert_eq!(median(&[]), None);
    assert_eq!(absolute_deviation(&weighed(&[(1.0, 1.0), (4.0, 3.0)]), 2.0), Some((1.0 + 3.0 * 2.0) / 4.0));
}

/// The ranks of Conover 1999, "Practical Nonparametric Statistics", table A3 for p = 0.5: P(B <= r - 1) <= 0.025.
#[test]
fn order_statistics_of_the_sign_test() {
    for (n, rank) in [(6, 1), (9, 2), (12, 3), (15, 4), (17, 5), (20, 6), (25, 8), (50, 18), (100, 40)] {
        let limits = median_limits(&ranked(n), f64::from(n), 0.025).unwrap();
        assert_eq!(limits, (f64::from(rank), f64::from(n + 1 - rank)), "n = {n}");
    }
    assert_eq!(median_limits(&ranked(5), 5.0, 0.025), Some((f64::NEG_INFINITY, f64::INFINITY)));
    let five = Uncertainty::Median { values: ranked(5).into(), n: 5.0 };
    assert_eq!(five.interval(0.95), None);
    // 3 of 5 below: 1 - P(B <= 2) = 1/2.
    let p = five.p_value(3.5, Side::Below).unwrap();
    assert!((p - 0.5).abs() < 1e-9, "{p}");
    // Weights of 2 on every row, known to be as good as 20 rows of equal weight.
    let doubled = weighed(&(1..=20).map(|rank| (f64::from(rank), 2.0)).collect::<Vec<_>>());
    assert_eq!(median_limits(&doubled, 20.0, 0.025), Some((6.0, 15.0)));
}

#[test]
fn ranks_by_hand() {
    // Ties share mean ranks: 1, 2.5, 2.5, 4 against 1, 3, 2, 4.
    let pairs = [pair(1.0, 10.0), pair(2.0, 30.0), pair(2.0, 20.0), pair(5.0, 40.0)];
    assert!((spearman(&pairs).unwrap().value - 4.5 / 22.5_f64.sqrt()).abs() < 1e-15);
    // -0 and 0 are tied.
    let zeros = [pair(-0.0, 1.0), pair(0.0, 1.0), pair(1.0, 2.0)];
    assert!((spearman(&zeros).unwrap().value - 1.0).abs() < 1e-15);
    assert_eq!(spearman(&[pair(1.0, 1.0), pair(1.0, 2.0)]), None);
    assert_eq!(spearman(&[]), None);
}

#[test]
fn tests_of_errors_need_enough_and_different_rows() {
    let moments = |n: f64, second: f64| CentralMoments { n, second, third: 0.0, fourth: second };
    assert_eq!(jarque_bera(&moments(20.0, 0.0)), None);
    assert_eq!(dagostino(&moments(7.0, 3.0)), None);
    assert!(dagostino(&moments(8.0, 3.0)).is_some());
    assert_eq!(breusch_pagan(10.0, 0.0, 1.0, 0.0), None);
    assert_eq!(breusch_pagan(10.0, 1.0, f64::NAN, 0.0), None);
    // All of the squares explained: n itself.
    assert_eq!(breusch_pagan(10.0, 4.0, 1.0, 2.0).unwrap().statistic, 10.0);
}

/// Of errors whose bias is 10^4 times their spread.
#[test]
fn tests_of_normality_do_not_know_of_a_bias() {
    let spread = [-3.0, -1.0, -0.5, 0.25, 0.5, 0.75, 1.0, 2.0, 2.5, 7.0];
    let test = |bias: f64| {
        let mut sums: [ExactSum; 4] = std::array::from_fn(|_| ExactSum::new());
        for error in spread.map(|error| error + bias) {
            sums[0].add(error);
            sums[1].add_product(error, error);
            sums[2].add_triple(error, error, error);
            sums[3].add_fourth_power(error);
        }
        let moments = CentralMoments::new(10.0, sums.each_ref().map(Total::from)).unwrap();
        (jarque_bera(&moments).unwrap().p_value, dagostino(&moments).unwrap().p_value)
    };
    for bias in [0.0, 1.0, -20_000.0] {
        // scipy.stats.jarque_bera and normaltest of the errors without a bias.
        let (jarque_bera, dagostino) = test(bias);
        assert!((jarque_bera - 0.338_315_239_258_561_5).abs() < 1e-12, "{bias}: {jarque_bera}");
        assert!((dagostino - 0.042_166_270_883_973_33).abs() < 1e-12, "{bias}: {dagostino}");
    }
    let equal = CentralMoments::new(3.0, [1.5, 0.75, 0.375, 0.1875].map(Total::from)).unwrap();
    assert_eq!((equal.second, equal.third, equal.fourth), (0.0, 0.0, 0.0), "three errors of one half");
    assert_eq!(CentralMoments::new(0.0, [0.0; 4].map(Total::from)), None);
}

proptest! {
    /// Moments of whole numbers far from zero are exact, whatever the offset; deviations are those from a mean that is rounded.
    #[test]
    fn deviations_do_not_cancel(values in prop::collection::vec((-1000_i32..1000, 1_u32..5), 2..40), shift in 0_u32..40) {
        let offset = f64::from(1_u32 << 20) * f64::from(2_u32.pow(shift % 11));
        let moments = |offset: f64| {
            let mut sums: [ExactSum; 6] = std::array::from_fn(|_| ExactSum::new());
            for &(value, weight) in &values {
                let (x, w) = (f64::from(value) + offset, f64::from(weight));
                sums[0].add(w);
                sums[1].add_product(w, x);
                sums[2].add_triple(w, x, x);
                sums[3].add_product(w, w);
                sums[4].add_triple(w, w, x);
                sums[5].add_product(w * x, w * x);
            }
            sums
        };
        let [near, far] = [0.0, offset].map(|offset| {
            let sums = moments(offset);
            let [w, x, xx, ww, wwx, wwxx] = sums.each_ref().map(Total::from);
            let mean = x.value() / w.value();
            (scatter(w, x, x, xx).unwrap(), squared_deviations(mean, ww, wwx, wwxx).unwrap(), ww.value())
        });
        prop_assert!((near.0 - far.0).abs() <= 1e-12 * near.0);
        // From a mean that is off by d, Σ w² (x - mean)² differs by at most 2 d √(Σ w² · itself) + d² Σ w².
        let (off, squares) = (f64::EPSILON * (offset + 1000.0), near.2);
        let rounding = 2.0 * off * (squares * near.1).sqrt() + off * off * squares;
        prop_assert!((near.1 - far.1).abs() <= 1e-12 * near.1 + rounding);
    }

    /// The interval lies on a side of the threshold exactly when the p-value says so.
    #[test]
    fn medians_agree_with_their_p_values(n in 6_u32..60, threshold in 0_u32..61, level in 0.5..0.99_f64) {
        let measure = Uncertainty::Median { values: ranked(n).into(), n: f64::from(n) };
        let threshold = f64::from(threshold) + 0.5;
        let tail = 0.5 * (1.0 - level);
        let limits = measure.interval(level).unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        for (side, excluded) in [(Side::Below, limits.1 < threshold), (Side::Above, limits.0 > threshold)] {
            let p = measure.p_value(threshold, side).unwrap();
            prop_assert!((p - tail).abs() < 1e-9 || (p < tail) == excluded, "{p} {tail} {excluded}");
        }
    }
}
