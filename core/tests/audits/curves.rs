//! The curves behind the charts and what a failed criterion means for people, on tables small enough to check by hand.

use modelassay::findings::v1::{Curve, Outcome, Report};

use super::support::{audit, table};

fn curve<'r>(report: &'r Report, name: &str, group: Option<&str>) -> Option<&'r Curve> {
    let groups: Vec<_> = group.map(|group| Some(group.to_owned())).into_iter().collect();
    report.curves.iter().find(|curve| curve.name == name && curve.subject.group == groups)
}

fn points(curve: &Curve) -> Vec<(f64, f64)> {
    curve.points.iter().map(|point| (point.x, point.y)).collect()
}

const SCORED: &str = "{label: y, score: s, threshold: 0.5, protected: [g], min_n_shown: 1, min_n: 1";

#[test]
fn a_sweep_says_what_each_threshold_selects() {
    // Ties at 0.4 go together; the row without a label is selected, but neither recalled nor a false positive.
    let rows = [(1, "0,0.2,a"), (2, "1,0.4,a"), (1, "0,0.4,a"), (1, ",0.7,a"), (3, "1,0.9,b"), (2, "0,0.9,b")];
    let report = audit(&format!("{SCORED}}}"), &table("y,s,g", &rows));
    let of = |name: &str, group| points(curve(&report, name, group).unwrap());
    let selected = of("threshold_selection_rate", None);
    assert_eq!(selected, [(0.2, 1.0), (0.4, 0.9), (0.5, 0.6), (0.7, 0.6), (0.9, 0.5), (0.9, 0.0)]);
    assert_eq!(of("threshold_recall", None), [(0.2, 1.0), (0.4, 1.0), (0.5, 0.6), (0.9, 0.6), (0.9, 0.0)]);
    let alarms = of("threshold_false_positive_rate", None);
    assert_eq!(alarms, [(0.2, 1.0), (0.4, 0.75), (0.5, 0.5), (0.9, 0.5), (0.9, 0.0)]);
    assert_eq!(of("threshold_selection_rate", Some("a")), [(0.2, 1.0), (0.4, 0.8), (0.5, 0.2), (0.7, 0.2), (0.9, 0.0)]);
    // The point at the plan's threshold is the rate of the decisions that follow from it.
    let rate = |id: &str| report.measures.iter().find(|measure| measure.id == id).unwrap();
    for (name, id) in [("threshold_selection_rate", "selection_rate"), ("threshold_recall", "recall")] {
        for (group, suffix) in [(None, ""), (Some("a"), ":g=a"), (Some("b"), ":g=b")] {
            let points = &curve(&report, name, group).unwrap().points;
            let point = points.iter().find(|point| point.x == 0.5).unwrap();
            let measure = rate(&format!("{id}{suffix}"));
            let interval = measure.interval.as_ref().unwrap();
            assert_eq!((Some(point.y), point.n), (measure.value, measure.n), "{name} {group:?}");
            assert_eq!((point.lower, point.upper), (interval.lower, interval.upper), "{name} {group:?}");
        }
    }
}

#[test]
fn a_sweep_reads_the_favourable_side_and_needs_no_labels() {
    let rows = table("s,g", &[(3, "0.2,a"), (1, "0.8,a")]);
    let plan = "{score: s, threshold: 0.5, favourable: negative, protected: [g], min_n_shown: 1}";
    let report = audit(plan, &rows);
    let selected = points(curve(&report, "threshold_selection_rate", None).unwrap());
    assert_eq!(selected, [(0.2, 0.0), (0.5, 0.75), (0.8, 0.75), (0.8, 1.0)]);
    assert!(curve(&report, "threshold_recall", None).is_none() && curve(&report, "roc", None).is_none());
}

#[test]
fn a_sweep_has_at_most_a_hundred_and_one_points() {
    let rows: Vec<String> =
        (0..5_000).map(|row| format!("{},0.{:04},g{}", row % 2, row * 7 % 9_973, row % 3)).collect();
    let report = audit(&format!("{SCORED}}}"), &format!("y,s,g\n{}\n", rows.join("\n")));
    let mut seen = 0;
    for curve in report.curves.iter().filter(|curve| curve.name.starts_with("threshold_")) {
        assert!(curve.points.len() <= 101, "{} points", curve.points.len());
        assert!(curve.points.is_sorted_by(|a, b| a.x <= b.x && a.y >= b.y));
        assert!(curve.points.iter().any(|point| point.x == 0.5), "the plan's threshold is one of them");
        seen += 1;
    }
    assert_eq!(seen, 12, "three curves of all rows and of three groups");
}

#[test]
fn no_curve_rests_on_fewer_rows_than_are_shown() {
    let rows = [(3, "0,0.3,a"), (30, "1,0.7,a"), (30, "0,0.3,b"), (30, "1,0.7,b"), (2, "1,0.9,c"), (40, "1,0.6,d")];
    let plan = "{label: y, score: s, threshold: 0.5, protected: [g], min_n_shown: 5}";
    let report = audit(plan, &table("y,s,g", &rows));
    let names = |group| {
        let of = |curve: &&Curve| curve.subject.group == [Some(String::from(group))];
        report.curves.iter().filter(of).map(|curve| curve.name.as_str()).collect::<Vec<_>>()
    };
    // c is too small, and a, the smallest of the others, would give it away.
    assert_eq!(names("c"), Vec::<&str>::new());
    assert_eq!(names("a"), Vec::<&str>::new());
    assert_eq!(names("d"), ["calibration", "threshold_selection_rate", "threshold_recall"], "no negatives");
    let few = audit(plan, &table("y,s,g", &[rows[0], rows[1], rows[2], rows[3]]));
    let of_a: Vec<_> =
        few.curves.iter().filter(|c| c.subject.group == [Some("a".to_owned())]).map(|c| &c.name).collect();
    assert_eq!(of_a, ["calibration", "threshold_selection_rate", "threshold_recall"], "three negatives stay hidden");
}

#[test]
fn weighted_curves_are_those_of_repeated_rows() {
    let scores = ["1,0.9", "0,0.9", "1,0.7", "0,0.6", "1,0.4", "0,0.2"];
    let weights = [30, 10, 25, 35, 20, 40];
    let plan = |weight: &str| format!("{{label: y, score: s, threshold: 0.5{weight}}}");
    let weighted: Vec<(usize, String)> =
        scores.iter().zip(weights).map(|(row, weight)| (30, format!("{row},{}", f64::from(weight) / 10.0))).collect();
    let weighted: Vec<(usize, &str)> = weighted.iter().map(|(times, row)| (*times, row.as_str())).collect();
    let repeated: Vec<(usize, &str)> =
        scores.iter().zip(weights).map(|(row, weight)| (weight as usize * 3, *row)).collect();
    let (weighted, repeated) =
        (audit(&plan(", weight: w"), &table("y,s,w", &weighted)), audit(&plan(""), &table("y,s", &repeated)));
    for name in ["roc", "threshold_selection_rate", "threshold_recall", "threshold_false_positive_rate"] {
        let (a, b) = (curve(&weighted, name, None).unwrap(), curve(&repeated, name, None).unwrap());
        assert_eq!(a.points.len(), b.points.len(), "{name}");
        for (a, b) in a.points.iter().zip(&b.points) {
            assert!((a.x - b.x).abs() < 1e-12 && (a.y - b.y).abs() < 1e-12, "{name}: {a:?} {b:?}");
        }
    }
    // Bins hold equal numbers of rows, so only those of one score can be compared: 30 rows of weight 3 at 0.9 and 0.4.
    let bins = curve(&weighted, "calibration", None).unwrap();
    let top = bins.points.last().unwrap();
    assert!((top.x - 0.9).abs() < 1e-12 && (top.y - 0.75).abs() < 1e-12, "{top:?}");
    assert_eq!(top.n, Some(60));
    // Kish: (30 × 3 + 30 × 1)² / (30 × 9 + 30 × 1) = 48 rows, of which 36 positive; Wilson's limits by hand.
    let (n, p, z2) = (48.0_f64, 0.75, 3.841_458_820_694_124);
    let half = (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).sqrt();
    let expected = (p + z2 / (2.0 * n) - half) / (1.0 + z2 / n);
    assert!((top.lower.unwrap() - expected).abs() < 1e-12, "{top:?} {expected}");
}

fn summary(report: &Report, id: &str) -> (Outcome, String, Option<u64>) {
    let finding = report.findings.iter().find(|finding| finding.id == id).unwrap_or_else(|| panic!("no {id}"));
    (finding.outcome, finding.summary.clone(), finding.concerned)
}

const DECIDED: &str =
    "{label: y, prediction: d, protected: [g], reference_groups: {g: a}, min_n_shown: 1, min_n: 1, criteria: ";

#[test]
fn not_met_says_how_many_more_it_would_have_been() {
    let rows = [(800, "1,1,a"), (200, "1,0,a"), (300, "1,1,b"), (704, "1,0,b"), (200, "1,1,")];
    let plan = format!(
        "{DECIDED}[{{measure: selection_rate_ratio, attribute: g, convention: reference_group, comparator: '>=', \
         threshold: 0.8}}]}}"
    );
    let report = audit(&plan, &table("y,d,g", &rows));
    let (outcome, text, concerned) = summary(&report, "fairness/selection-rate-ratio:g=b#1");
    assert_eq!((outcome, concerned), (Outcome::NotMet, Some(1_004)));
    // 0.8 × 1,004 = 803.2, and 803 - 300 = 503.
    let end = "Of 1,004 rows of g b with a decision, 300 were decided favourably; at the rate of a it would have been \
               about 803, 503 more.";
    assert!(text.ends_with(end), "{text}");
    let (outcome, text, concerned) = summary(&report, "fairness/selection-rate-ratio:g=∅#1");
    assert_eq!((outcome, concerned), (Outcome::Met, None));
    assert!(!text.contains("would have been"), "{text}");
}

#[test]
fn a_gap_of_errors_concerns_the_group_with_most_of_them() {
    let rows = [(90, "1,1,a"), (10, "1,0,a"), (120, "1,1,b"), (80, "1,0,b")];
    let plan = format!(
        "{DECIDED}[{{measure: false_negative_rate_difference, attribute: g, convention: max_min, comparator: '<=', \
         threshold: 0.1}}]}}"
    );
    let report = audit(&plan, &table("y,d,g", &rows));
    let (outcome, text, concerned) = summary(&report, "fairness/error-rate-gap:g#1");
    assert_eq!((outcome, concerned), (Outcome::NotMet, Some(200)));
    let end = "Of 200 rows of g b with a positive label, 80 were decided negative; at the rate of a it would have been \
               about 20, 60 fewer.";
    assert!(text.ends_with(end), "{text}");
}

#[test]
fn a_rate_that_is_not_met_says_what_the_plan_allows() {
    let rows = [(100, "1,1,a"), (70, "0,1,a"), (70, "0,0,a")];
    let plan = format!(
        "{DECIDED}[{{measure: false_positive_rate, comparator: '<=', threshold: 0.4}}, \
         {{measure: false_positive_rate, comparator: '<', threshold: 0.4}}, \
         {{measure: precision, comparator: '>=', threshold: 0.7}}]}}"
    );
    let report = audit(&plan, &table("y,d,g", &rows));
    // 0.4 × 140 is a little more than 56 in binary, 56 / 140 is not.
    for (id, end) in [
        (
            "performance/false-positive-rate#1",
            "Of 140 rows with a negative label, 70 were decided positive; the plan allows 56 at most.",
        ),
        ("performance/false-positive-rate#2", "70 were decided positive; the plan allows 55 at most."),
        (
            "performance/precision#3",
            "Of 170 rows decided positive, 100 had a positive label; the plan asks for 119 at least.",
        ),
    ] {
        let (outcome, text, _) = summary(&report, id);
        assert_eq!(outcome, Outcome::NotMet, "{id}");
        assert!(text.ends_with(end), "{text}");
    }
    let weighted = audit(
        &plan.replace("label: y", "weight: w, label: y"),
        &table("w,y,d,g", &[(100, "1,1,1,a"), (70, "2,0,1,a"), (70, "2,0,0,a")]),
    );
    let (outcome, text, _) = summary(&weighted, "performance/false-positive-rate#1");
    assert_eq!(outcome, Outcome::NotMet);
    assert!(!text.contains("the plan allows"), "weighted rows are not people: {text}");
}

#[test]
fn groups_known_as_probabilities_are_not_counted_as_people() {
    let plan = "{label: y, prediction: d, score: s, memberships: {g: {a: pa, b: pb}}, reference_groups: {g: a}, \
                min_n_shown: 1, min_n: 1, criteria: [{measure: selection_rate_ratio, attribute: g, \
                convention: reference_group, comparator: '>=', threshold: 0.8, rule: point}]}";
    let rows = [(200, "1,1,0.9,0.9,0.1"), (200, "1,0,0.1,0.1,0.9")];
    let report = audit(plan, &table("y,d,s,pa,pb", &rows));
    let (outcome, text, _) = summary(&report, "fairness/selection-rate-ratio:g=b#1");
    assert_eq!(outcome, Outcome::NotMet, "{text}");
    assert!(!text.contains("would have been"), "{text}");
    assert!(report.curves.iter().all(|curve| curve.subject.group.is_empty()), "nobody has a curve by probability");
}
