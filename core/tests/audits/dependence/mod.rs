//! Repeated subjects, and two models on the same rows, from table to report.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]

mod tasks;

use modelassay::findings::v1::{Measure, Outcome, Reason, Report};
use modelassay::stats::{Part, Side, Uncertainty, cautious_correlation};
use serde_json::Value;

use super::support::{audit, finding, measure, try_audit};

/// The measure of an id in which a convention may be left out.
fn by_name<'r>(report: &'r Report, id: &str) -> &'r Measure {
    let found = report.measures.iter().find(|measure| {
        measure.id == id || (measure.subject.attribute.is_empty() && !id.contains('[') && measure.name == id)
    });
    found.unwrap_or_else(|| panic!("no measure {id}"))
}

fn limits(measure: &Measure) -> (f64, f64) {
    let interval = measure.interval.as_ref().unwrap_or_else(|| panic!("{} has no interval", measure.id));
    (interval.lower.unwrap(), interval.upper.unwrap())
}

fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance * expected.abs().max(1e-3), "{what}: {found}, not {expected}");
}

fn fixture() -> Value {
    read("dependence.json")
}

fn read(name: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/stats").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// Compares value, interval, subjects, n and effective n with a fixture, whichever it has.
fn compare(report: &Report, expected: &Value) {
    let id = expected["id"].as_str().unwrap();
    let found = by_name(report, id);
    close(
        found.value.unwrap_or_else(|| panic!("{id} is {:?}", found.undefined)),
        expected["value"].as_f64().unwrap(),
        1e-11,
        id,
    );
    if let Some(n) = expected["n"].as_u64() {
        assert_eq!(found.n, Some(n), "n of {id}");
    }
    if let Some(n) = expected["n_effective"].as_f64() {
        close(found.n_effective.unwrap(), n, 1e-10, &format!("effective n of {id}"));
    }
    if let Some(subjects) = expected["subjects"].as_u64() {
        assert_eq!(found.subjects, Some(subjects), "subjects of {id}");
    }
    if let Some(interval) = expected["interval"].as_array() {
        let (lower, upper) = limits(found);
        close(lower, interval[0].as_f64().unwrap(), 1e-9, &format!("{id}, lower limit"));
        close(upper, interval[1].as_f64().unwrap(), 1e-9, &format!("{id}, upper limit"));
    }
}

const CLUSTERED: &str = "{label: y, prediction: d, score: s, cluster: c, protected: [g], min_n_shown: 1, min_n: 1";

#[test]
fn intervals_of_repeated_subjects_are_those_of_statsmodels() {
    for case in array(&fixture()["clusters"]) {
        let weight = if case["weighted"] == true { ", weight: w" } else { "" };
        let report = audit(&format!("{CLUSTERED}{weight}}}"), case["table"].as_str().unwrap());
        for expected in array(&case["measures"]) {
            compare(&report, expected);
        }
        let method = |id: &str| by_name(&report, id).interval.as_ref().unwrap().method.clone();
        assert_eq!(method("recall"), "wilson_clustered");
        assert_eq!(method("roc_auc"), "obuchowski_logit_clustered");
        assert_eq!(method("selection_rate_difference[max_min]:g"), "pairwise_newcombe_bonferroni_clustered");
    }
}

/// Whatever the measure: rows of as many subjects say as much as rows without subjects, and those of few say less.
#[test]
fn with_one_row_each_subjects_change_nothing() {
    let fixture = fixture();
    let (mut compared, mut refused) = (0, 0);
    for (place, weight) in [(0, ""), (1, ", weight: w")] {
        let table = fixture["clusters"][place]["table"].as_str().unwrap();
        let mut lines = table.lines();
        let mut single = format!("{}\n", lines.next().unwrap());
        for (row, line) in lines.enumerate() {
            single.push_str(&format!("row{row},{}\n", line.split_once(',').unwrap().1));
        }
        let plan = format!("{CLUSTERED}{weight}, reference_groups: {{g: a}}}}");
        let clustered = audit(&plan, &single);
        let plain = audit(&plan.replace("cluster: c, ", ""), &single);
        let repeated = audit(&plan, table);
        for (found, expected) in clustered.measures.iter().zip(&plain.measures) {
            assert_eq!(found.id, expected.id);
            if found.undefined == Some(Reason::ClustersNotSupported) || found.no_interval.is_some() {
                assert!(
                    !["accuracy", "recall", "f1", "roc_auc", "brier"].contains(&found.name.as_str()),
                    "{}",
                    found.id
                );
                refused += 1;
                continue;
            }
            assert_eq!(found.value, expected.value, "{}", found.id);
            assert_eq!(found.interval.is_some(), expected.interval.is_some(), "{}", found.id);
            if found.interval.is_none() || found.name.starts_with("average_") {
                continue;
            }
            let ((lower, upper), (least, most)) = (limits(found), limits(expected));
            close(lower, least, 1e-12, &found.id);
            close(upper, most, 1e-12, &found.id);
            assert!(
                found.interval.as_ref().unwrap().method.ends_with("_clustered")
                    || found.name.contains("odds")
                    || found.name.contains("balanced")
                    || found.name.ends_with("_ratio")
                    || found.name.contains("_difference"),
                "{}",
                found.id
            );
            compared += 1;
        }
        for (of_few, plain) in repeated.measures.iter().zip(&plain.measures) {
            if ["prevalence", "selection_rate", "mean_score"].contains(&of_few.name.as_str())
                && of_few.subject.attribute.is_empty()
            {
                let width = |measure| limits(measure).1 - limits(measure).0;
                assert!(width(of_few) > 1.05 * width(plain), "{}", of_few.id);
            }
        }
    }
    assert!(compared > 150 && refused > 0, "{compared} compared, {refused} refused");
}

#[test]
fn groups_that_share_subjects_have_no_interval_of_their_gap() {
    let fixture = fixture();
    let table = fixture["clusters"][0]["table"].as_str().unwrap();
    let plan = CLUSTERED.replace("[g]", "[g, h]");
    let report = audit(&format!("{plan}, criteria: [selection_rate_difference by h <= 0.9]}}"), table);
    let shared = measure(&report, "selection_rate_difference[max_min]:h");
    assert!(shared.value.is_some() && shared.interval.is_none());
    assert_eq!(shared.no_interval, Some(Reason::GroupsShareSubjects));
    let finding = finding(&report, "fairness/selection-rate-difference:h#1");
    assert_eq!((finding.outcome, finding.reason), (Outcome::Undecided, Some(Reason::GroupsShareSubjects)));
    assert!(finding.summary.ends_with("the groups have subjects in common."), "{}", finding.summary);
    assert!(measure(&report, "selection_rate_difference[max_min]:g").interval.is_some());
}

#[test]
fn one_subject_decides_nothing() {
    let report = audit(
        &format!("{CLUSTERED}, criteria: [accuracy >= 0.1]}}"),
        &format!("c,y,d,s,g\n{}", "p,1,1,0.9,a\np,0,0,0.2,a\n".repeat(30)),
    );
    let accuracy = by_name(&report, "accuracy");
    assert_eq!((accuracy.value, accuracy.n, accuracy.subjects), (Some(1.0), Some(60), Some(1)));
    assert_eq!((&accuracy.interval, accuracy.no_interval), (&None, Some(Reason::SingleSubject)));
    let finding = finding(&report, "performance/accuracy#1");
    assert_eq!((finding.outcome, finding.reason), (Outcome::Undecided, Some(Reason::SingleSubject)));
}

/// Without a mistake among 10 subjects of 6 rows each: as if there were 10 rows, not 60.
#[test]
fn rows_that_do_not_vary_are_taken_as_alike() {
    let rows: String = (0..10).map(|subject| format!("p{subject},1,1,0.9,a\n").repeat(6)).collect();
    let report = audit(&format!("{CLUSTERED}}}"), &format!("c,y,d,s,g\n{rows}"));
    let few = rows.replace("p9,1,1,0.9,a\n", "");
    let few = audit(&format!("{CLUSTERED}, criteria: [accuracy >= 0.9]}}"), &format!("c,y,d,s,g\n{few}"));
    let accuracy = by_name(&report, "accuracy");
    assert_eq!((accuracy.n_effective, accuracy.subjects), (Some(10.0), Some(10)));
    // Wilson's lower limit of 10 of 10 is n / (n + z²); z is widened as t with 9 degrees is over t with 59: by 1.13.
    let lower = limits(accuracy).0;
    let said = &finding(&few, "performance/accuracy#1").summary;
    assert!(said.contains("54 rows, from 9 subjects"), "{said}");
    assert!(said.contains("So few subjects"), "{said}");
    assert!(lower < 10.0 / (10.0 + 1.96 * 1.96) && lower > 10.0 / (10.0 + 2.3 * 2.3), "{lower}");
}

#[test]
fn a_row_whose_subject_is_missing_is_a_subject_of_its_own() {
    let report = audit(&format!("{CLUSTERED}}}"), "c,y,d,s,g\np,1,1,0.9,a\np,0,1,0.8,a\n,1,0,0.3,a\n,1,1,0.7,a\n");
    assert_eq!(by_name(&report, "accuracy").subjects, Some(3));
}

#[test]
fn tests_that_count_people_do_not_count_rows() {
    let fixture = fixture();
    let report =
        audit(&format!("{CLUSTERED}, reference_groups: {{g: a}}}}"), fixture["clusters"][0]["table"].as_str().unwrap());
    for measure in &report.measures {
        if measure.name.ends_with("_p_value") && measure.undefined != Some(Reason::NoBaseline) {
            assert_eq!(measure.undefined, Some(Reason::ClustersNotSupported), "{}", measure.id);
        }
    }
    assert_eq!(by_name(&report, "ks").no_interval, Some(Reason::ClustersNotSupported));
}

const COMPARED: &str = "{label: y, prediction: d, score: s, baseline: {prediction: e, score: t, name: old}, protected: [g], reference_groups: {g: b}, conventions: [exact, chi_squared, mid_p], min_n_shown: 1, min_n: 1";

#[test]
fn two_models_are_compared_as_scipy_statsmodels_and_delong_do() {
    for case in array(&fixture()["paired"]) {
        let report = audit(&format!("{COMPARED}}}"), case["table"].as_str().unwrap());
        for expected in array(&case["measures"]) {
            compare(&report, expected);
        }
        let method = |id: &str| by_name(&report, id).interval.as_ref().unwrap().method.clone();
        assert_eq!(method("recall_change"), "newcombe_paired");
        assert_eq!(method("balanced_accuracy_change"), "mover_paired");
        assert_eq!(method("roc_auc_change"), "delong_paired");
        assert_eq!(method("brier_change"), "student_t");
    }
}

/// Method 10 from counts of pairs, Newcombe's formula written out, and a published example (Fagerland et al. 2014).
#[test]
fn the_paired_interval_of_rates_is_newcombes() {
    for case in array(&fixture()["newcombe_paired"]) {
        let counts: Vec<f64> = array(&case[0]).iter().map(|count| count.as_f64().unwrap()).collect();
        let (n, both) = (counts.iter().sum::<f64>(), counts[0]);
        let (x1, x2) = (both + counts[1], both + counts[2]);
        let margins = x1 * (n - x1) * x2 * (n - x2);
        let phi = if margins > 0.0 { (counts[0] * counts[3] - counts[1] * counts[2]) / margins.sqrt() } else { 0.0 };
        let part = |x: f64| Box::new(Part { factor: 1.0, value: x / n, of: Uncertainty::Wilson { x, n } });
        let correlation = cautious_correlation(phi, x1 / n, x2 / n, n);
        let difference = Uncertainty::PairedDifference { first: part(x1), second: part(x2), correlation };
        let (lower, upper) = difference.interval(0.95).unwrap();
        close(lower, case[1][0].as_f64().unwrap(), 1e-12, "lower limit");
        close(upper, case[1][1].as_f64().unwrap(), 1e-12, "upper limit");
    }
}

#[test]
fn models_in_exchange_change_the_sign() {
    let fixture = fixture();
    let table = fixture["paired"][1]["table"].as_str().unwrap();
    let report = audit(&format!("{COMPARED}}}"), table);
    let plan = COMPARED
        .replace("prediction: d, score: s", "prediction: e, score: t")
        .replace("baseline: {prediction: e, score: t", "baseline: {prediction: d, score: s");
    let swapped = audit(&format!("{plan}}}"), table);
    let mut seen = 0;
    for change in report.measures.iter().filter(|measure| measure.name.ends_with("_change")) {
        let other = measure(&swapped, &change.id);
        close(other.value.unwrap(), -change.value.unwrap(), 1e-12, &change.id);
        let ((lower, upper), (least, most)) = (limits(change), limits(other));
        close(lower, -most, 1e-11, &change.id);
        close(upper, -least, 1e-11, &change.id);
        seen += 1;
    }
    assert!(seen >= 3 * 13, "{seen} changes of the whole and two groups");
}

#[test]
fn a_model_that_decides_alike_changed_nothing_and_is_not_known_for_ever() {
    let rows = "1,1,1,0.9,0.9,a\n0,0,0,0.2,0.2,b\n1,0,0,0.4,0.4,a\n".repeat(100);
    let report = audit(
        &format!("{COMPARED}, criteria: [accuracy_change >= -0.05, accuracy_change >= 0, roc_auc_change >= -0.01]}}"),
        &format!("y,d,e,s,t,g\n{rows}"),
    );
    let accuracy = by_name(&report, "accuracy_change");
    assert_eq!(accuracy.value, Some(0.0));
    let (lower, upper) = limits(accuracy);
    assert!(-0.05 < lower && lower < 0.0 && 0.0 < upper && upper < 0.05, "{lower} to {upper}");
    let non_inferior = finding(&report, "performance/change-of-decisions#1");
    assert_eq!(non_inferior.outcome, Outcome::Met);
    assert!(
        non_inferior.summary.starts_with("Change in accuracy from the baseline old was 0"),
        "{}",
        non_inferior.summary
    );
    assert_eq!(finding(&report, "performance/change-of-decisions#2").outcome, Outcome::Undecided, "no margin");
    // Both rank every pair alike: nothing varies, so nothing is known of how the difference would.
    let area = by_name(&report, "roc_auc_change");
    assert_eq!((area.value, &area.interval), (Some(0.0), &None));
    assert_eq!(finding(&report, "performance/change-of-scores#3").outcome, Outcome::Undecided);
    assert_eq!(by_name(&report, "mcnemar_p_value").undefined, Some(Reason::ZeroVariance));
}

#[test]
fn rows_that_one_model_did_not_answer_are_left_out_of_both() {
    let table = "y,d,e,s,t,g\n1,1,1,0.9,0.8,a\n0,0,1,0.1,0.6,a\n1,0,1,0.4,0.9,b\n0,1,0,0.7,0.2,b\n1,,1,0.9,0.9,a\n1,1,,0.9,,b\n,1,0,0.6,0.4,a\n";
    let report = audit(&format!("{COMPARED}}}"), table);
    let accuracy = by_name(&report, "accuracy_change");
    // Of the four rows that both answered and that have a label: 2 right before, 2 right now.
    assert_eq!((accuracy.value, accuracy.n), (Some(0.5 - 0.75), Some(4)));
    let selection = by_name(&report, "selection_rate_change");
    assert_eq!((selection.value, selection.n), (Some(3.0 / 5.0 - 3.0 / 5.0), Some(5)));
    assert_eq!(by_name(&report, "brier_change").n, Some(5));
}

#[test]
fn a_threshold_decides_for_a_baseline_without_decisions() {
    let plan = "{label: y, prediction: d, score: s, baseline: {score: t, threshold: 0.5}, min_n: 1}";
    let table = "y,d,s,t\n1,1,0.9,0.5\n0,0,0.1,0.6\n1,0,0.4,0.9\n0,1,0.7,0.2\n";
    assert_eq!(by_name(&audit(plan, table), "accuracy_change").value, Some(-0.25));
    let without = plan.replace(", threshold: 0.5", "");
    let report = audit(&without, table);
    assert_eq!(by_name(&report, "accuracy_change").undefined, Some(Reason::NoBaseline));
    assert!(by_name(&report, "roc_auc_change").value.is_some());
}

#[test]
fn subjects_widen_a_change_too() {
    let fixture = fixture();
    let table = fixture["paired"][1]["table"].as_str().unwrap();
    let rows: String = table
        .lines()
        .skip(1)
        .enumerate()
        .flat_map(|(row, line)| [format!("r{row},{line}\n"), format!("r{row},{line}\n")])
        .collect();
    let once: String = table.lines().skip(1).enumerate().map(|(row, line)| format!("r{row},{line}\n")).collect();
    let plan = COMPARED.replace("score: s,", "score: s, cluster: c,");
    let twice = audit(&format!("{plan}}}"), &format!("c,{}\n{rows}", table.lines().next().unwrap()));
    let once = audit(&format!("{plan}}}"), &format!("c,{}\n{once}", table.lines().next().unwrap()));
    // Every row twice, under one subject: what is known is what the single rows say, up to the degrees of freedom.
    for name in ["accuracy_change", "recall_change", "balanced_accuracy_change", "roc_auc_change", "brier_change"] {
        let ((lower, upper), (least, most)) = (limits(by_name(&twice, name)), limits(by_name(&once, name)));
        let near = 0.02 * (most - least);
        assert!((lower - least).abs() < near && (upper - most).abs() < near, "{name}: {lower} to {upper}");
        assert!(by_name(&twice, name).interval.as_ref().unwrap().method.ends_with("_clustered"));
    }
    assert_eq!(by_name(&twice, "mcnemar_p_value").undefined, Some(Reason::ClustersNotSupported));
}

/// Every row twice, under one subject, says what the single rows say, up to the degrees of freedom: bins, ranking and its top.
#[test]
fn rows_repeated_under_one_subject_say_nothing_new() {
    let fixture = fixture();
    let table = fixture["paired"][1]["table"].as_str().unwrap();
    let (header, rows) = table.split_once('\n').unwrap();
    let repeated = |times: usize| {
        let rows = rows.lines().enumerate().map(|(row, line)| format!("r{row},{line}\n").repeat(times));
        format!("c,{header}\n{}", rows.collect::<String>())
    };
    let plan = "{label: y, prediction: d, score: s, cluster: c, min_n: 1}";
    let (once, twice) = (audit(plan, &repeated(1)), audit(plan, &repeated(2)));
    for name in [
        "partial_auc",
        "average_precision",
        "precision_at_k",
        "recall_at_k",
        "lift_at_k",
        "scoring_rate",
        "expected_calibration_error",
        "maximum_calibration_error",
        "generalized_entropy_index",
        "coefficient_of_variation",
        "treatment_equality",
    ] {
        let (a, b) = (by_name(&once, name), by_name(&twice, name));
        close(b.value.unwrap(), a.value.unwrap(), 1e-12, name);
        let ((lower, upper), (least, most)) = (limits(b), limits(a));
        // The bin with the fewest subjects sets the degrees of freedom of all, at a tenth of the tail.
        let near = if name.contains("calibration") { 0.1 } else { 0.03 } * (most - least);
        assert!(
            (lower - least).abs() < near && (upper - most).abs() < near,
            "{name}: {lower} to {upper}, {least} to {most}"
        );
    }
}

#[test]
fn decisions_of_the_baseline_that_the_plan_does_not_explain_are_reported() {
    let error = try_audit("{label: y, prediction: d, baseline: {prediction: e}}", "y,d,e\n1,1,maybe\n").unwrap_err();
    assert!(error.to_string().contains("baseline.prediction"), "{error}");
}

/// Interval and p-value decide alike, with few subjects and for pairs.
#[test]
fn p_values_invert_the_intervals() {
    let clustered = |of: Uncertainty, looks| Uncertainty::Clustered { of: Box::new(of), rows: 60, subjects: 7, looks };
    let wilson = |x| Uncertainty::Wilson { x, n: 22.5 };
    let groups = vec![(8.0, 20.5), (12.0, 18.0), (5.5, 11.0)];
    let part = |x: f64| Box::new(Part { factor: 1.0, value: x / 22.5, of: wilson(x) });
    let paired = |correlation| Uncertainty::PairedDifference { first: part(15.0), second: part(9.0), correlation };
    let models = [
        clustered(wilson(7.0), 1),
        clustered(Uncertainty::Koopman { x1: 7.0, n1: 20.5, x2: 9.0, n2: 18.5 }, 1),
        clustered(Uncertainty::PairwiseMinRatio { groups: groups.clone() }, 3),
        clustered(Uncertainty::PairwiseMaxDifference { groups }, 3),
        clustered(paired(0.4), 1),
        paired(0.0),
        paired(-0.3),
        Uncertainty::PairedDeLong { difference: 0.03, variance: 4e-4 },
    ];
    for model in &models {
        for level in [0.8, 0.9, 0.95, 0.99] {
            let (lower, upper) = model.interval(level).unwrap();
            let tail = 0.5 * (1.0 - level);
            for (limit, side) in [(lower, Side::Above), (upper, Side::Below)] {
                if limit > 0.0 && limit < 1.0 {
                    close(model.p_value(limit, side).unwrap(), tail, 1e-7, &format!("{model:?} at {level}"));
                }
            }
        }
        // Fewer subjects, wider intervals.
        if let Uncertainty::Clustered { of, .. } = model {
            let ((lower, upper), (least, most)) = (model.interval(0.95).unwrap(), of.interval(0.95).unwrap());
            assert!(lower <= least && most <= upper && (upper - lower) > 1.05 * (most - least), "{model:?}");
        }
    }
}

#[test]
fn a_gap_that_grew_is_judged_as_one_number() {
    // Nobody of the second group is selected any more, who all were before; the first stays as it was.
    let group =
        |name: &str, rows: usize, decided: [u8; 2]| format!("{},{},{name}\n", decided[0], decided[1]).repeat(rows);
    let rows = [group("a", 60, [1, 1]), group("a", 40, [0, 0]), group("b", 50, [0, 1]), group("b", 50, [0, 0])];
    let plan = "{prediction: d, baseline: {prediction: e, name: old}, protected: [g], \
                criteria: [selection_rate_difference_change by g <= 0.2]}";
    let report = audit(plan, &format!("d,e,g\n{}", rows.concat()));
    let change = by_name(&report, "selection_rate_difference_change[max_min]:g");
    close(change.value.unwrap(), 0.6 - 0.1, 1e-12, "change");
    let judged = finding(&report, "fairness/change-of-gap:g#1");
    assert_eq!(judged.outcome, Outcome::NotMet);
    let sentence = "Change in the difference in selection rate between groups of g from the baseline old was 0.5";
    assert!(judged.summary.starts_with(sentence), "{}", judged.summary);
}
