//! Tests and measures of association in tables of counts.

use std::array::from_fn;

use modelassay::stats::association::{
    BOSCHLOO_MAX_ROWS, FISHER_MAX_ROWS, TwoByTwo, boschloo_exact, breslow_day, chi_squared_homogeneity, fisher_exact,
    mantel_haenszel, mcnemar, odds_ratio, odds_ratio_limits, odds_ratio_p_value, two_proportion_z,
};
use modelassay::stats::{Side, normal};
use proptest::prelude::*;
use serde_json::Value as Json;

use super::support::{Table, array, number, numbers, rows};

fn reference() -> Json {
    serde_json::from_str(include_str!("../fixtures/stats/association.json")).unwrap()
}

fn table(counts: &[f64]) -> TwoByTwo {
    let [a, b, c, d] = from_fn(|i| counts[i] as u64);
    TwoByTwo { a, b, c, d }
}

#[test]
fn stats_odds_ratio() {
    let (mut value, mut limits) = (Table::new("odds ratio", 1e-14), Table::new("woolf limits", 1e-12));
    let mut p = Table::new("woolf p", 1e-12);
    for case in array(&reference()["odds_ratio"]) {
        let table = table(&numbers(&case["table"]));
        value.relative(odds_ratio(table).unwrap(), number(&case["ratio"]), table);
        for [z, low, high] in rows(&case["limits"]) {
            let (lower, upper) = odds_ratio_limits(table, z).unwrap();
            limits.relative(lower, low, (table, z));
            limits.relative(upper, high, (table, z));
        }
        p.relative(odds_ratio_p_value(table, 1.25, Side::Below).unwrap(), number(&case["below"]), table);
        p.relative(odds_ratio_p_value(table, 1.25, Side::Above).unwrap(), number(&case["above"]), table);
    }
    value.check();
    limits.check();
    p.check();
}

#[test]
fn stats_two_proportion_z() {
    let (mut z, mut p) = (Table::new("two-proportion z", 1e-14), Table::new("two-proportion p", 1e-12));
    for [a, b, c, d, statistic, two_sided] in rows(&reference()["two_proportion_z"]) {
        let table = table(&[a, b, c, d]);
        let ours = two_proportion_z(table).unwrap();
        z.relative(ours.z, statistic, table);
        p.relative(ours.p, two_sided, table);
    }
    z.check();
    p.check();
}

#[test]
fn stats_fisher_exact() {
    let mut tables =
        ["fisher two-sided", "fisher mid-p", "fisher less", "fisher greater"].map(|n| Table::new(n, 1e-12));
    for [a, b, c, d, reference @ ..] in rows::<8>(&reference()["fisher"]) {
        let table = table(&[a, b, c, d]);
        let ours = fisher_exact(table).unwrap();
        let ours = [ours.two_sided, ours.mid_p, ours.less, ours.greater];
        for ((collected, ours), theirs) in tables.iter_mut().zip(ours).zip(reference) {
            collected.relative(ours, theirs, table);
        }
    }
    for collected in tables {
        collected.check();
    }
}

#[test]
fn stats_boschloo_exact() {
    let (mut dense, mut scipy) = (Table::new("boschloo dense scan", 1e-12), Table::new("boschloo scipy", 1e-6));
    for [a, b, c, d, p, theirs] in rows(&reference()["boschloo"]) {
        let table = table(&[a, b, c, d]);
        let ours = boschloo_exact(table).unwrap();
        dense.relative(ours, p, table);
        scipy.absolute(ours, theirs, table);
    }
    dense.check();
    scipy.check();
}

#[test]
fn stats_chi_squared_homogeneity() {
    let (mut statistic, mut p) = (Table::new("homogeneity", 1e-13), Table::new("homogeneity p", 1e-12));
    for case in array(&reference()["homogeneity"]) {
        let counts: Vec<Vec<u64>> =
            array(&case["table"]).iter().map(|row| numbers(row).iter().map(|&x| x as u64).collect()).collect();
        let ours = chi_squared_homogeneity(&counts).unwrap();
        statistic.relative(ours.statistic, number(&case["statistic"]), &counts);
        p.relative(ours.p, number(&case["p"]), &counts);
        assert_eq!(Some(ours.dof), case["dof"].as_u64());
    }
    statistic.check();
    p.check();
}

#[test]
fn stats_mantel_haenszel_and_breslow_day() {
    let mut tables = ["mantel-haenszel ratio", "mantel-haenszel error", "cochran-mantel-haenszel", "its p"]
        .map(|name| Table::new(name, 1e-12));
    let mut limits = Table::new("mantel-haenszel limits", 1e-12);
    let (mut equal, mut equal_p) = (Table::new("breslow-day", 1e-12), Table::new("breslow-day p", 1e-12));
    for case in array(&reference()["stratified"]) {
        let strata: Vec<TwoByTwo> = array(&case["strata"]).iter().map(|s| table(&numbers(s))).collect();
        let ours = mantel_haenszel(&strata).unwrap();
        let [ratio, error, statistic, p] = &mut tables;
        ratio.relative(ours.odds_ratio, number(&case["ratio"]), &strata);
        statistic.relative(ours.test.statistic, number(&case["statistic"]), &strata);
        p.relative(ours.test.p, number(&case["p"]), &strata);
        assert_eq!(ours.log_error.is_some(), case.get("log_error").is_some());
        if let Some(log_error) = case.get("log_error") {
            error.relative(ours.log_error.unwrap(), number(log_error), &strata);
            for [z, low, high] in rows(&case["limits"]) {
                let (lower, upper) = ours.limits(z).unwrap();
                limits.relative(lower, low, (&strata, z));
                limits.relative(upper, high, (&strata, z));
            }
        }
        let ours = breslow_day(&strata);
        assert_eq!(ours.is_some(), case.get("breslow_day").is_some());
        if let (Some(ours), Some(theirs)) = (ours, case.get("breslow_day")) {
            let [statistic, dof, p] = numbers(theirs).try_into().unwrap();
            equal.relative(ours.statistic, statistic, &strata);
            equal_p.relative(ours.p, p, &strata);
            assert_eq!(ours.dof as f64, dof);
        }
    }
    for collected in tables {
        collected.check();
    }
    limits.check();
    equal.check();
    equal_p.check();
}

#[test]
fn stats_mcnemar() {
    let mut tables = ["mcnemar exact", "mcnemar mid-p", "mcnemar", "mcnemar p"].map(|name| Table::new(name, 1e-12));
    for [b, c, reference @ ..] in rows::<6>(&reference()["mcnemar"]) {
        let ours = mcnemar(b as u64, c as u64).unwrap();
        let ours = [ours.exact, ours.mid_p, ours.chi_squared.statistic, ours.chi_squared.p];
        for ((collected, ours), theirs) in tables.iter_mut().zip(ours).zip(reference) {
            collected.relative(ours, theirs, (b, c));
        }
    }
    for collected in tables {
        collected.check();
    }
}

#[test]
fn stats_association_edges() {
    let of = |a, b, c, d| TwoByTwo { a, b, c, d };
    // A margin of zero leaves nothing to compare.
    for empty in [of(0, 0, 3, 4), of(3, 4, 0, 0), of(0, 3, 0, 4), of(3, 0, 4, 0), of(0, 0, 0, 0)] {
        assert_eq!(odds_ratio(empty), None);
        assert_eq!(odds_ratio_limits(empty, 2.0), None);
        assert_eq!(odds_ratio_p_value(empty, 1.0, Side::Above), None);
        assert_eq!(two_proportion_z(empty), None);
        assert_eq!(mantel_haenszel(&[empty, empty]), None);
        assert_eq!(chi_squared_homogeneity(&[[empty.a, empty.b], [empty.c, empty.d]]), None);
        let exact = fisher_exact(empty).unwrap();
        assert_eq!((exact.two_sided, exact.mid_p, exact.less, exact.greater), (1.0, 0.5, 1.0, 1.0));
    }
    assert_eq!(boschloo_exact(of(0, 0, 3, 4)), None);
    assert_eq!(boschloo_exact(of(0, 3, 0, 4)), Some(1.0));
    assert!(boschloo_exact(of(50, 50, 40, 60)).is_some());
    assert_eq!(boschloo_exact(of(50, 50, 40, BOSCHLOO_MAX_ROWS - 139)), None);
    assert_eq!(fisher_exact(of(FISHER_MAX_ROWS, 0, 0, 1)), None);
    // More rows than an integer holds.
    let huge = of(u64::MAX, 1, 1, 1);
    assert_eq!(odds_ratio(huge), None);
    assert_eq!(two_proportion_z(huge), None);
    assert_eq!(fisher_exact(huge), None);
    assert_eq!(mantel_haenszel(&[huge]), None);
    assert_eq!(chi_squared_homogeneity(&[[u64::MAX, 1], [1, 1]]), None);
    assert_eq!(mcnemar(u64::MAX, 1), None);
    assert_eq!(mcnemar(0, 0), None);
    assert_eq!(mcnemar(7, 7).unwrap().mid_p, 1.0);
    assert_eq!(chi_squared_homogeneity(&[vec![1, 2], vec![3]]), None);
    assert_eq!(chi_squared_homogeneity::<[u64; 2]>(&[]), None);
    assert_eq!(mantel_haenszel(&[]), None);
    // One stratum has nothing to differ from; no common ratio without both kinds of pairs.
    assert_eq!(breslow_day(&[of(3, 4, 5, 6), of(0, 1, 0, 5)]), None);
    assert_eq!(breslow_day(&[of(3, 0, 5, 6), of(4, 0, 1, 5)]), None);
    assert_eq!(mantel_haenszel(&[of(3, 0, 5, 6)]).unwrap().odds_ratio, f64::INFINITY);
    assert_eq!(mantel_haenszel(&[of(3, 0, 5, 6)]).unwrap().limits(2.0), None);
    // The sample ratio lies within its own limits.
    assert_eq!(odds_ratio(of(0, 9, 4, 5)), Some(0.0));
    assert_eq!(odds_ratio_limits(of(0, 9, 4, 5), 2.0).unwrap().0, 0.0);
    assert_eq!(odds_ratio_limits(of(9, 0, 4, 5), 2.0).unwrap().1, f64::INFINITY);
    for bad in [f64::NAN, f64::INFINITY] {
        assert_eq!(odds_ratio_p_value(of(1, 2, 3, 4), bad, Side::Below), None);
    }
    assert_eq!(odds_ratio_p_value(of(1, 2, 3, 4), -1.0, Side::Above), Some(0.0));
    assert_eq!(odds_ratio_p_value(of(0, 2, 3, 4), 0.0, Side::Above), Some(1.0));
    assert_eq!(odds_ratio_p_value(of(1, 2, 3, 4), 0.0, Side::Below), Some(1.0));
}

/// Margins of ten million: the walk is short, and so far out that p is no longer a double it still ends.
#[test]
fn stats_fisher_walks_far() {
    let far = TwoByTwo { a: 5_000_000, b: 0, c: 0, d: 5_000_000 };
    let exact = fisher_exact(far).unwrap();
    assert_eq!((exact.two_sided, exact.greater), (0.0, 0.0));
    assert!((exact.less - 1.0).abs() < 1e-12);
    assert!(fisher_exact(TwoByTwo { a: 400_000_000, b: 100_000_000, c: 400_010_000, d: 99_990_000 }).is_some());
}

fn counts(high: u64) -> impl Strategy<Value = TwoByTwo> {
    let count = move || prop_oneof![1 => Just(0), 4 => 0..high];
    (count(), count(), count(), count()).prop_map(|(a, b, c, d)| TwoByTwo { a, b, c, d })
}

fn close(x: f64, y: f64, tolerance: f64) -> bool {
    x == y || (x - y).abs() <= tolerance * x.abs().max(y.abs())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stats_association_is_symmetric(table in prop_oneof![counts(60), counts(5000)]) {
        let TwoByTwo { a, b, c, d } = table;
        let (groups, outcomes) = (TwoByTwo { a: c, b: d, c: a, d: b }, TwoByTwo { a: b, b: a, c: d, d: c });
        let transposed = TwoByTwo { b: c, c: b, ..table };
        let exact = fisher_exact(table).unwrap();
        for turned in [groups, outcomes] {
            let other = fisher_exact(turned).unwrap();
            prop_assert!(close(exact.two_sided, other.two_sided, 1e-11) && close(exact.mid_p, other.mid_p, 1e-11));
            prop_assert!(close(exact.less, other.greater, 1e-11) && close(exact.greater, other.less, 1e-11));
        }
        prop_assert!(close(exact.two_sided, fisher_exact(transposed).unwrap().two_sided, 1e-11));
        prop_assert!(exact.mid_p <= exact.two_sided && exact.two_sided <= 1.0);
        prop_assert!(exact.less + exact.greater >= 1.0 - 1e-12);
        if let Some(test) = two_proportion_z(table) {
            prop_assert!(close(test.z, -two_proportion_z(groups).unwrap().z, 1e-14));
            prop_assert!(close(test.z, two_proportion_z(transposed).unwrap().z, 1e-14));
            // Pearson's statistic is the square of z.
            let chi = chi_squared_homogeneity(&[[a, b], [c, d]]).unwrap();
            prop_assert!(close(chi.statistic, test.z * test.z, 1e-12));
            prop_assert!((chi.p - test.p).abs() <= 1e-11 * test.p + f64::MIN_POSITIVE);
            // And so is, but for n - 1 in place of n, that of one stratum.
            let n = (a + b + c + d) as f64;
            let one = mantel_haenszel(&[table]).unwrap();
            prop_assert!(close(one.test.statistic * n, chi.statistic * (n - 1.0), 1e-12));
            prop_assert!(close(one.odds_ratio, odds_ratio(table).unwrap(), 1e-14));
            if let Some(error) = one.log_error.filter(|_| a > 0 && b > 0 && c > 0 && d > 0) {
                let woolf: f64 = [a, b, c, d].iter().map(|&x| 1.0 / x as f64).sum();
                prop_assert!(close(error, woolf.sqrt(), 1e-12));
            }
        }
    }

    #[test]
    fn stats_odds_ratio_p_inverts_limits(table in counts(300), level in 0.02..0.999_f64) {
        if let Some(ratio) = odds_ratio(table) {
            let tail = 0.5 * (1.0 - level);
            let (lower, upper) = odds_ratio_limits(table, -normal::quantile(tail)).unwrap();
            prop_assert!(lower <= ratio && ratio <= upper && lower < upper);
            for (limit, side) in [(lower, Side::Above), (upper, Side::Below)] {
                if limit > 0.0 && limit.is_finite() {
                    prop_assert!(close(odds_ratio_p_value(table, limit, side).unwrap(), tail, 1e-9));
                }
            }
        }
    }

    #[test]
    fn stats_strata_without_contrast_add_nothing(strata in prop::collection::vec(counts(80), 1..6), x in 0_u64..50, y in 0_u64..50) {
        let mut more = strata.clone();
        more.extend([TwoByTwo { a: x, b: y, c: 0, d: 0 }, TwoByTwo { a: x, b: 0, c: y, d: 0 }]);
        prop_assert_eq!(mantel_haenszel(&strata), mantel_haenszel(&more));
        prop_assert_eq!(breslow_day(&strata), breslow_day(&more));
    }

    #[test]
    fn stats_equal_strata_are_homogeneous(table in counts(200), times in 2_usize..5) {
        if let Some(test) = breslow_day(&vec![table; times]) {
            prop_assert!(test.statistic < 1e-9 && test.dof == times as u64 - 1);
        }
    }

    #[test]
    fn stats_mcnemar_does_not_depend_on_order(b in 0_u64..500, c in 0_u64..500) {
        prop_assert_eq!(mcnemar(b, c), mcnemar(c, b));
        if let Some(test) = mcnemar(b, c) {
            prop_assert!(test.mid_p <= test.exact && test.exact <= 1.0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stats_boschloo_is_at_most_twice_fisher(table in counts(50)) {
        let TwoByTwo { a, b, c, d } = table;
        if let Some(p) = boschloo_exact(table) {
            let exact = fisher_exact(table).unwrap();
            prop_assert!(p <= (2.0 * exact.less.min(exact.greater)).min(1.0) + 1e-12);
            for turned in [TwoByTwo { a: c, b: d, c: a, d: b }, TwoByTwo { a: b, b: a, c: d, d: c }] {
                prop_assert!(close(p, boschloo_exact(turned).unwrap(), 1e-9));
            }
        }
    }
}
