//! People who are alike, and features that tell the group.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]

use modelassay::findings::v1::{Outcome, Reason};
use modelassay::stats::association::{cramers_v, goodman_kruskal_tau};
use modelassay::stats::{Uncertainty, noncentral_chi_squared};
use proptest::prelude::*;
use serde_json::Value;

use super::support::{audit, intake, measure, merged, plan, report};

fn fixture() -> Value {
    serde_json::from_str(include_str!("../fixtures/stats/proxies.json")).unwrap()
}

fn near(got: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((got - expected).abs() <= tolerance, "{what}: {got} against {expected}");
}

#[test]
fn association_agrees_with_scipy() {
    for case in fixture()["tables"].as_array().unwrap() {
        let cells = |row: &Value| row.as_array().unwrap().iter().map(|cell| cell.as_u64().unwrap()).collect::<Vec<_>>();
        let table: Vec<Vec<u64>> = case["table"].as_array().unwrap().iter().map(cells).collect();
        let number = |name: &str| case[name].as_f64().unwrap();
        let of = cramers_v(&table).unwrap();
        near(of.value, number("cramers_v"), 1e-12, "V");
        near(of.test.p, number("p"), 1e-12, "p");
        near(goodman_kruskal_tau(&table).unwrap(), number("tau"), 1e-12, "tau");
        let (lower, upper) = Uncertainty::CramersV { of }.interval(0.95).unwrap();
        near(lower, case["limits"][0].as_f64().unwrap(), 1e-9, "lower");
        near(upper, case["limits"][1].as_f64().unwrap(), 1e-9, "upper");
    }
}

#[test]
fn the_noncentral_distribution_agrees_with_scipy() {
    for case in fixture()["cdf"].as_array().unwrap() {
        let number = |name: &str| case[name].as_f64().unwrap();
        let got = noncentral_chi_squared::cdf(number("x"), number("df"), number("lambda"));
        near(got, number("cdf"), 1e-12, &case.to_string());
    }
}

const PROXIES: &str = "{prediction: d, protected: [g], features: [zip, age, id], proxies: true, min_n_shown: 1, \
                       criteria: [{measure: proxy_cramers_v, attribute: g, comparator: '<=', threshold: 0.9}]}";

fn people(rows: usize) -> String {
    let row = |row: usize| {
        let group = if row.is_multiple_of(2) { "a" } else { "b" };
        format!("{},{group},{group}{},{},x{row}y\n", row % 3 % 2, row % 5, 20 + row % 60)
    };
    format!("d,g,zip,age,id\n{}", (0..rows).map(row).collect::<String>())
}

#[test]
fn a_feature_that_fixes_the_group_is_a_perfect_proxy() {
    let report = audit(PROXIES, &people(1_200));
    let value = |id: &str| measure(&report, id).value.unwrap();
    // The correction for bias takes a little from what ten values could fix by chance.
    near(value("proxy_cramers_v[each_feature]:g~zip"), 1.0, 0.01, "zip");
    near(value("proxy_goodman_kruskal_tau[each_feature]:g~zip"), 1.0, 1e-12, "zip");
    // Tenths of ages hold as many of one group as of the other.
    near(value("proxy_cramers_v[each_feature]:g~age"), 0.0, 1e-12, "age");
    assert_eq!(measure(&report, "proxy_cramers_v[each_feature]:g~id").undefined, Some(Reason::TooManyValues));
    let finding = |feature: &str| {
        let about = |finding: &&modelassay::findings::v1::Finding| finding.subject.feature.as_deref() == Some(feature);
        report.findings.iter().find(about).unwrap()
    };
    assert_eq!(finding("zip").outcome, Outcome::NotMet);
    assert_eq!(finding("age").outcome, Outcome::Met);
    assert!(finding("zip").summary.contains("zip"), "{}", finding("zip").summary);
}

#[test]
fn consistency_is_measured_among_the_rows_that_are_known() {
    let plan = "{prediction: d, consistency: {features: [x], neighbours: 1}, conventions: [aif360]}";
    // Each row's nearest other row: 0 and 1 agree, 5 differs from 1. The last row has no feature.
    let report = audit(plan, "d,x\n1,0\n1,1\n0,5\n1,\n");
    let value = |id: &str| measure(&report, id).value.unwrap();
    near(value("consistency"), 2.0 / 3.0, 1e-15, "standard");
    assert_eq!(value("consistency[aif360]"), 1.0);
    assert_eq!(measure(&report, "consistency").n, Some(3));
    let alone = audit(plan, "d,x\n1,0\n");
    assert_eq!(measure(&alone, "consistency").undefined, Some(Reason::NoRows));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Splitting, shuffling and merging never show, numbers and texts mixed or not.
    #[test]
    fn parts_are_measured_like_the_whole(
        rows in prop::collection::vec((0..2_u8, "[ab]?", "[0-9x]{0,2}", -3_i32..3), 0..50),
        parts in prop::collection::vec(0..3_usize, 50),
    ) {
        let plan = plan(
            "{prediction: d, protected: [g], features: [f, n], proxies: true, consistency: {features: [n]}, min_n_shown: 1}",
        );
        let lines: Vec<String> = rows.iter().map(|(d, g, f, n)| format!("{d},{g},{f},{n}\n")).collect();
        let header = "d,g,f,n\n";
        let whole = report(&plan, intake(&plan, &format!("{header}{}", lines.concat())));
        let part = |wanted: usize| -> Vec<String> {
            lines.iter().zip(&parts).filter(|(_, part)| **part == wanted).map(|(line, _)| line.clone()).rev().collect()
        };
        let merged = merged(&plan, header, &[2, 0, 1].map(part));
        prop_assert_eq!(report(&plan, merged).digest, whole.digest);
    }
}
