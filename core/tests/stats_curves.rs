//! The weighted ROC curve and the threshold sweep against scikit-learn and NumPy (fixtures/stats/curves.py).

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use modelassay::stats::ranking::{self, RocPoint, TieGroup, weighted};
use modelassay::stats::{Mass, Scored};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let document: Value = serde_json::from_str(include_str!("fixtures/stats/curves.json")).unwrap();
    document["cases"].as_array().unwrap().clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn scored(case: &Value) -> Vec<Scored> {
    let mut rows: Vec<Vec<f64>> = case["rows"].as_array().unwrap().iter().map(numbers).collect();
    rows.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let mut groups: Vec<Scored> = Vec::new();
    for row in rows {
        if groups.last().is_none_or(|last| last.score != row[0]) {
            groups.push(Scored { score: row[0], positives: Mass::default(), negatives: Mass::default() });
        }
        let last = groups.last_mut().unwrap();
        let class = if row[1] == 1.0 { &mut last.positives } else { &mut last.negatives };
        *class += Mass { rows: 1, weight: row[2], squared: row[2] * row[2] };
    }
    groups
}

fn all(groups: &[Scored]) -> Vec<(f64, Mass)> {
    groups.iter().map(|group| (group.score, group.positives + group.negatives)).collect()
}

/// Area under straight lines between the points.
fn area(points: &[RocPoint]) -> f64 {
    let part = |pair: &[RocPoint]| {
        0.5 * (pair[1].false_positive_rate - pair[0].false_positive_rate)
            * (pair[0].true_positive_rate + pair[1].true_positive_rate)
    };
    points.windows(2).map(part).sum()
}

#[test]
fn weighted_roc_points_are_those_of_scikit_learn() {
    for case in cases() {
        let name = case["name"].as_str().unwrap();
        let groups = scored(&case);
        let expected: Vec<Vec<f64>> = case["roc"].as_array().unwrap().iter().map(numbers).collect();
        for most in [2, 7, 101, usize::MAX] {
            let points = weighted::roc_curve(groups.iter().copied(), most).unwrap();
            assert!(points.len() <= most, "{name}: {} of {most}", points.len());
            let ends = (points[0], points[points.len() - 1]);
            assert_eq!(
                (ends.0.false_positive_rate, ends.0.true_positive_rate, ends.0.threshold),
                (0.0, 0.0, None),
                "{name}"
            );
            assert_eq!((ends.1.false_positive_rate, ends.1.true_positive_rate), (1.0, 1.0), "{name}");
            for point in &points[1..] {
                let threshold = point.threshold.unwrap();
                let [_, x, y] = expected.iter().find(|point| point[0] == threshold).unwrap()[..] else { panic!() };
                assert!((point.false_positive_rate - x).abs() < 1e-14, "{name} at {threshold}");
                assert!((point.true_positive_rate - y).abs() < 1e-14, "{name} at {threshold}");
            }
        }
        let whole = weighted::roc_curve(groups.iter().copied(), usize::MAX).unwrap();
        assert!((area(&whole) - case["auc"].as_f64().unwrap()).abs() < 1e-13, "{name}");
    }
}

#[test]
fn rows_of_equal_weight_have_the_unweighted_roc_curve() {
    let case = cases().into_iter().find(|case| case["name"] == "unweighted").unwrap();
    let groups = scored(&case);
    let ties: Vec<TieGroup> = groups
        .iter()
        .map(|group| TieGroup { score: group.score, positives: group.positives.rows, negatives: group.negatives.rows })
        .collect();
    // Where nothing is thinned out, and at the size of a report's curves.
    for most in [usize::MAX, 101] {
        assert_eq!(weighted::roc_curve(groups.iter().copied(), most), ranking::roc_curve(&ties, most));
    }
    let half = groups.iter().map(|group| Scored { positives: Mass::default(), ..*group });
    assert_eq!(weighted::roc_curve(half, 101), None, "no positives");
}

#[test]
fn thresholds_select_the_rows_at_or_above_them() {
    for case in cases() {
        let groups = all(&scored(&case));
        let above = ranking::at_or_above(groups.iter().copied(), &numbers(&case["thresholds"]));
        let rows: Vec<f64> = above.iter().map(|mass| mass.rows as f64).collect();
        assert_eq!(rows, numbers(&case["rows_above"]), "{}", case["name"]);
        for (mass, expected) in above.iter().zip(numbers(&case["weight_above"])) {
            assert!((mass.weight - expected).abs() <= 1e-12 * expected, "{}", case["name"]);
        }
    }
}

#[test]
fn tried_thresholds_step_evenly_through_the_rows() {
    for case in cases() {
        let groups = all(&scored(&case));
        let total: u64 = groups.iter().map(|(_, rows)| rows.rows).sum();
        for most in [2, 9, 99] {
            let tried = ranking::thresholds(groups.iter().copied(), most);
            assert!(!tried.is_empty() && tried.len() <= most && tried.is_sorted(), "{}", case["name"]);
            assert_eq!(tried.first(), groups.first().map(|(score, _)| score), "the lowest score selects all");
            assert_eq!(tried.last(), groups.last().map(|(score, _)| score));
            let rows: Vec<u64> =
                ranking::at_or_above(groups.iter().copied(), &tried).iter().map(|mass| mass.rows).collect();
            // Between two neighbours lies at most one step, unless one tie alone is larger.
            for (place, pair) in rows.windows(2).enumerate() {
                let step = total.div_ceil(most as u64 - 1);
                let tie = groups.iter().find(|(score, _)| *score == tried[place]).unwrap().1.rows;
                assert!(pair[0] - pair[1] <= step + tie, "{}: {pair:?}", case["name"]);
            }
        }
    }
    assert!(ranking::thresholds(std::iter::empty(), 99).is_empty());
    assert_eq!(ranking::at_or_above(std::iter::empty(), &[0.5]), [Mass::default()]);
}
