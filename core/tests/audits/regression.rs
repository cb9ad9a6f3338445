//! Models that predict a number: every measure against independent libraries, hand cases, and exact merging.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what goes wrong here is a failing test")]

use std::collections::BTreeMap;
use std::fmt::Write;

use modelassay::audit::Audit;
use modelassay::findings::v1::{Measure, Outcome, Provenance, Reason, Report};
use modelassay::plan::{Plan, PlanTable, SampledColumn, Task, guess, init_plan};
use proptest::prelude::*;
use serde::Deserialize;

use super::support::{intake, measure as by_id, merged, plan as parsed, read, report};

const PLAN: &str = "task: regression, label: y, prediction: p, min_n_shown: 1, min_n: 1";
const QUANTILES: &str = "quantiles: {0.9: q90, 0.1: q10, 0.5: q50}";

fn plan(text: &str) -> Plan {
    parsed(&format!("{{{text}}}"))
}

fn audit(text: &str, table: &str) -> Report {
    let plan = plan(text);
    report(&plan, intake(&plan, table))
}

fn named<'r>(report: &'r Report, name: &str, convention: &str) -> &'r Measure {
    let overall = |measure: &&Measure| {
        measure.name == name && measure.convention == convention && measure.subject.attribute.is_empty()
    };
    report.measures.iter().find(overall).unwrap_or_else(|| panic!("no measure {name} [{convention}]"))
}

fn measure<'r>(report: &'r Report, name: &str) -> &'r Measure {
    named(report, name, modelassay::findings::catalogue::find(name).unwrap().conventions[0])
}

fn near(ours: f64, theirs: f64, tolerance: f64) -> bool {
    ours == theirs || (ours - theirs).abs() <= tolerance * theirs.abs()
}

#[derive(Deserialize)]
struct Fixture {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    weighted: bool,
    columns: BTreeMap<String, Vec<f64>>,
    values: BTreeMap<String, f64>,
    intervals: BTreeMap<String, [f64; 2]>,
}

impl Case {
    fn table(&self) -> String {
        let names: Vec<&str> = self.columns.keys().map(String::as_str).collect();
        let mut text = names.join(",") + "\n";
        for row in 0..self.columns["y"].len() {
            let cells: Vec<String> = self.columns.values().map(|column| column[row].to_string()).collect();
            writeln!(text, "{}", cells.join(",")).unwrap();
        }
        text
    }
}

/// Values and intervals of scikit-learn, SciPy, statsmodels and exact fractions (fixtures/stats/regression.py).
#[test]
fn every_measure_agrees_with_independent_libraries() {
    let fixture: Fixture = serde_json::from_str(include_str!("../fixtures/stats/regression.json")).unwrap();
    assert!(fixture.cases.len() >= 3);
    let mut compared = 0;
    for case in &fixture.cases {
        let weight = if case.weighted { ", weight: w" } else { "" };
        let conventions = "conventions: [scikit_learn, jarque_bera, alpha_0_1, alpha_0_9]";
        let report = audit(&format!("{PLAN}, {QUANTILES}, {conventions}{weight}"), &case.table());
        let find = |key: &str| {
            let (name, convention) = key.split_once(' ').unwrap();
            let first = modelassay::findings::catalogue::find(name).unwrap().conventions[0];
            named(&report, name, if convention == "standard" { first } else { convention })
        };
        for (key, &expected) in &case.values {
            let measure = find(key);
            let value = measure.value.unwrap_or_else(|| panic!("{}: {key} is {:?}", case.name, measure.undefined));
            // Test statistics take fourth powers of errors, and so their rounding.
            let tolerance = if key.contains("p_value") { 1e-9 } else { 1e-11 };
            assert!(near(value, expected, tolerance), "{}: {key} is {value:e}, theirs {expected:e}", case.name);
            compared += 1;
        }
        for (key, expected) in &case.intervals {
            let interval =
                find(key).interval.as_ref().unwrap_or_else(|| panic!("{}: {key} has no interval", case.name));
            for (ours, theirs) in [interval.lower, interval.upper].into_iter().zip(expected) {
                let ours = ours.unwrap();
                assert!(near(ours, *theirs, 1e-8), "{}: a limit of {key} is {ours:e}, theirs {theirs:e}", case.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 150, "only {compared} numbers were compared");
}

#[test]
fn one_row_has_errors_but_no_fit() {
    let report = audit(PLAN, "y,p\n4,5\n");
    for name in ["mean_absolute_error", "median_absolute_error", "max_error", "root_mean_squared_error", "mean_error"] {
        assert_eq!(measure(&report, name).value, Some(1.0), "{name}");
        assert!(measure(&report, name).interval.is_none(), "{name}");
    }
    assert_eq!(measure(&report, "mean_absolute_percentage_error").value, Some(0.25));
    for name in ["r2", "explained_variance", "d2_absolute_error", "pearson_correlation", "spearman_correlation"] {
        assert_eq!(measure(&report, name).undefined, Some(Reason::ZeroVariance), "{name}");
    }
    assert_eq!(measure(&report, "residual_normality_p_value").undefined, Some(Reason::ZeroVariance));
}

#[test]
fn constant_labels_leave_nothing_to_explain() {
    // 0.1 is no binary fraction, so that a rounded mean would leave a variance.
    let rows: String = (0..37).map(|row| format!("0.1,{row}\n")).collect();
    let report = audit(PLAN, &format!("y,p\n{rows}"));
    for name in ["r2", "explained_variance", "d2_absolute_error", "pearson_correlation", "spearman_correlation"] {
        assert_eq!(measure(&report, name).undefined, Some(Reason::ZeroVariance), "{name}");
    }
    let constant: String = (0..37).map(|row| format!("{row},0.1\n")).collect();
    let report = audit(PLAN, &format!("y,p\n{constant}"));
    assert_eq!(measure(&report, "pearson_correlation").undefined, Some(Reason::ZeroVariance));
    assert!(measure(&report, "r2").value.unwrap() < 0.0, "a constant is no better than the mean");
    let check = report.findings.iter().find(|finding| finding.id == "predictions/constant-output").unwrap();
    assert_eq!(check.outcome, Outcome::NotMet);
}

#[test]
fn a_perfect_model_has_no_interval_that_decides() {
    let rows: String = (0..30).map(|row| format!("{row},{row}\n")).collect();
    let report = audit(&format!("{PLAN}, criteria: [r2 >= 0.5, mean_absolute_error <= 1]"), &format!("y,p\n{rows}"));
    assert_eq!(measure(&report, "r2").value, Some(1.0));
    assert_eq!(measure(&report, "root_mean_squared_error").value, Some(0.0));
    for id in ["performance/goodness-of-fit#1", "performance/absolute-error#2"] {
        let finding = report.findings.iter().find(|finding| finding.id == id).unwrap();
        assert_eq!((finding.outcome, finding.reason), (Outcome::Undecided, Some(Reason::IntervalDegenerate)));
    }
}

#[test]
fn labels_of_zero_have_no_percentage_error() {
    let report = audit(PLAN, "y,p\n0,1\n2,1\n-0.0,3\n");
    let mape = measure(&report, "mean_absolute_percentage_error");
    assert_eq!((mape.value, mape.n), (Some(0.5), Some(1)));
    let report = audit(PLAN, "y,p\n0,1\n0,0\n");
    assert_eq!(measure(&report, "mean_absolute_percentage_error").undefined, Some(Reason::NoRows));
    // 2 for the miss, 0 where both are 0.
    assert_eq!(measure(&report, "symmetric_mean_absolute_percentage_error").value, Some(1.0));
}

#[test]
fn what_cannot_be_computed_with_is_counted_and_left_out() {
    let report = audit(PLAN, "y,p\n1,2\ninf,2\n3,-inf\n4,1e61\n5,nan\n,7\n6,\n");
    let error = measure(&report, "mean_absolute_error");
    assert_eq!((error.value, error.n), (Some(1.0), Some(1)));
    assert_eq!(measure(&report, "mean_label").n, Some(5));
    assert_eq!(measure(&report, "label_coverage").value, Some(6.0 / 7.0));
    let range = report.findings.iter().find(|finding| finding.id == "predictions/number-range").unwrap();
    assert_eq!((range.outcome, range.concerned), (Outcome::NotMet, Some(3)));
}

#[test]
fn extremes_of_the_range_stay_finite_or_say_why() {
    let report =
        audit(&format!("{PLAN}, conventions: [scikit_learn]"), "y,p\n1e60,-1e60\n-1e60,1e60\n1e-60,1e60\n0,1\n");
    for measure in &report.measures {
        assert!(measure.value.is_none_or(f64::is_finite), "{}", measure.id);
        assert_ne!(measure.value.is_some(), measure.undefined.is_some(), "{}", measure.id);
    }
    assert!(near(measure(&report, "max_error").value.unwrap(), 2e60, 1e-15));
}

#[test]
fn rows_without_weight_count_for_nothing() {
    let text = format!("{PLAN}, weight: w");
    let report = audit(&text, "y,p,w\n1,2,0\n5,500,0\n");
    assert_eq!(measure(&report, "mean_absolute_error").undefined, Some(Reason::ZeroDenominator));
    assert_eq!(measure(&report, "median_absolute_error").undefined, Some(Reason::ZeroDenominator));
    let report = audit(&text, "y,p,w\n1,2,1\n5,500,0\n2,1,1\n9,8,1\n");
    assert_eq!(measure(&report, "max_error").value, Some(1.0));
    assert_eq!(measure(&report, "median_absolute_error").value, Some(1.0));
    assert_eq!(measure(&report, "residual_normality_p_value").undefined, Some(Reason::WeightsNotSupported));
}

#[test]
fn gaps_compare_the_errors_of_groups() {
    let mut table = "y,p,g\n".to_owned();
    for row in 0..40 {
        // a: off by 1 or 3, too high; b: off by 4, too low.
        let label = f64::from(row % 7);
        let miss = if row % 2 == 0 { 1.0 } else { 3.0 };
        writeln!(table, "{label},{},a\n{label},{},b", label + miss, label - 4.0).unwrap();
    }
    let text = format!("{PLAN}, protected: [g], reference_groups: {{g: a}}, criteria: [mae_difference by g <= 5]");
    let report = audit(&text, &table);
    let value = |id: &str| by_id(&report, id).value;
    assert_eq!(value("mean_absolute_error:g=a"), Some(2.0));
    assert_eq!(value("mean_absolute_error_difference[max_min]:g"), Some(2.0));
    assert_eq!(value("mean_absolute_error_ratio[min_max]:g"), Some(0.5));
    let signed = report
        .measures
        .iter()
        .find(|measure| measure.name == "mean_error_difference" && measure.convention == "reference_group");
    assert_eq!(signed.and_then(|measure| measure.value), Some(-6.0));
    // The mean prediction of b is negative.
    let ratio = report.measures.iter().find(|measure| measure.name == "mean_prediction_ratio").unwrap();
    assert_eq!(ratio.undefined, Some(Reason::Negative));
    // All errors of b are alike: no interval of its own, and none of the gap.
    let finding =
        report.findings.iter().find(|finding| finding.id.starts_with("fairness/regression-error-gap")).unwrap();
    assert_eq!(finding.outcome, Outcome::Undecided);
}

#[test]
fn quantiles_are_judged_at_their_levels() {
    let text = format!("{PLAN}, {QUANTILES}");
    let report = audit(&text, "y,p,q10,q50,q90\n1,1,0,1,2\n5,1,0,1,2\n2,1,0,3,2\n-1,1,0,1,2\n");
    assert_eq!(measure(&report, "interval_coverage").value, Some(0.5), "ends belong to the interval");
    assert_eq!(measure(&report, "mean_interval_width").value, Some(2.0));
    let order = report.findings.iter().find(|finding| finding.id == "predictions/quantile-order").unwrap();
    assert_eq!((order.outcome, order.concerned), (Outcome::NotMet, Some(1)));
    let curve = report.curves.iter().find(|curve| curve.name == "quantiles").unwrap();
    let points: Vec<(f64, f64)> = curve.points.iter().map(|point| (point.x, point.y)).collect();
    assert_eq!(points, [(0.1, 0.25), (0.5, 0.75), (0.9, 0.75)]);
    let report = audit(PLAN, "y,p\n1,1\n");
    assert_eq!(measure(&report, "interval_coverage").undefined, Some(Reason::NoQuantiles));
}

#[test]
fn bins_hold_every_row_once() {
    let rows: String = (0..205).map(|row| format!("{},{}\n", row % 11, row / 2)).collect();
    let report = audit(PLAN, &format!("y,p\n{rows}"));
    for name in ["observed", "errors"] {
        let curve = report.curves.iter().find(|curve| curve.name == name).unwrap();
        assert_eq!(curve.points.iter().filter_map(|point| point.n).sum::<u64>(), 205);
        assert!(curve.points.is_sorted_by(|a, b| a.x < b.x));
        let mean: f64 = curve.points.iter().map(|point| point.y * point.n.unwrap() as f64).sum::<f64>() / 205.0;
        let of = measure(&report, if name == "observed" { "mean_label" } else { "mean_error" });
        assert!((mean - of.value.unwrap()).abs() < 1e-10, "{name}");
    }
}

/// Above `max_keys` the exact value lies within the stated bounds.
#[test]
fn coarse_ranks_carry_bounds_that_hold() {
    let rows: String = (0..400_u32)
        .map(|row| {
            let noise = f64::from(row.wrapping_mul(2_654_435_761) >> 8 & 0xffff) / 65_536.0;
            let prediction = f64::from(row) / 40.0 - 3.0;
            format!("{},{prediction}\n", prediction + 4.0 * noise)
        })
        .collect();
    let table = format!("y,p\n{rows}");
    let exact = audit(PLAN, &table);
    let mut plan = plan(PLAN);
    plan.precision.max_keys = 120;
    let coarse = report(&plan, intake(&plan, &table));
    assert!(coarse.inputs.predictions.score_bits_dropped > 0);
    for name in ["spearman_correlation", "median_absolute_error"] {
        let truth = measure(&exact, name).value.unwrap();
        assert!(measure(&exact, name).bounds.is_none());
        let bounds = measure(&coarse, name).bounds.as_ref().unwrap();
        assert!(bounds.lower <= truth && truth <= bounds.upper, "{name}: {truth} in {bounds:?}");
        assert!(bounds.upper - bounds.lower < 0.5, "{name}: {bounds:?}");
    }
    for name in ["mean_absolute_error", "r2", "pearson_correlation", "max_error", "residual_normality_p_value"] {
        assert_eq!(measure(&exact, name).value, measure(&coarse, name).value, "{name} rests on exact sums");
    }
}

#[test]
fn labels_that_come_later_are_numbers_too() {
    let plan = plan(&format!("{PLAN}, id: i"));
    let mut audit = Audit::new(plan);
    read(&mut audit, PlanTable::Labels, "i,y\nb,4.5\na,-0.5\nc,\n").unwrap();
    read(&mut audit, PlanTable::Predictions, "i,p\na,1\nb,4\nc,9\nd,9\n").unwrap();
    let report = audit.finish(None, Provenance::default()).unwrap();
    let error = measure(&report, "mean_absolute_error");
    assert_eq!((error.value, error.n), (Some(1.0), Some(2)));
    assert_eq!(report.inputs.labels.unwrap().predictions_without_label, 2);
}

/// The drawings of a report hold what its curves and measures say.
#[test]
fn reports_draw_numbers() {
    let mut table = "y,p,q10,q50,q90,g\n".to_owned();
    for row in 0..300_u32 {
        let noise = f64::from(row.wrapping_mul(2_654_435_761) >> 8 & 0xffff) / 65_536.0 - 0.5;
        let prediction = f64::from(row % 100) * 3.0 + 20.0;
        let group = ["north", "south", ""][row as usize % 3];
        let label = prediction + 40.0 * noise + if group == "south" { 8.0 } else { 0.0 };
        let (low, high) = (prediction - 15.0, prediction + 15.0);
        writeln!(table, "{label:.2},{prediction},{low},{prediction},{high},{group}").unwrap();
    }
    let criteria = "criteria: [r2 >= 0.8, mae_ratio by g >= 0.8, mean_error <= 1, interval_coverage >= 0.75]";
    let report =
        audit(&format!("{PLAN}, {QUANTILES}, protected: [g], reference_groups: {{g: north}}, {criteria}"), &table);
    let html = modelassay::report::html(&report);
    for words in [
        "Label against prediction",
        "Error against prediction",
        "Quantiles",
        "Errors, in the unit of the label",
        "Errors and predictions",
        "By g",
        "Labels against predictions",
    ] {
        assert!(html.contains(words), "no {words:?}");
    }
    assert!(!html.contains("NaN") && !html.contains(">Rates<") && !html.contains("ROC"));
    let all = report.curves.iter().filter(|curve| curve.subject.attribute.is_empty()).count();
    assert_eq!((all, report.curves.len()), (3, 12));
}

#[test]
fn a_first_plan_of_numbers_is_a_plan() {
    let many: Vec<String> = (0..40).map(|value| format!("{}.25", value * 3)).collect();
    let column = |name: &str| SampledColumn { name: name.to_owned(), values: many.clone() };
    let columns = [column("y_true"), column("y_pred"), column("y_q0.05"), column("y_q0.95")];
    let text = init_plan(&guess(&columns), "numbers.csv");
    let (plan, _) = Plan::parse(&text, "plan.yaml").unwrap_or_else(|error| panic!("{text}\n{error}"));
    assert_eq!(plan.task, Task::Regression);
    assert_eq!((plan.roles.label.as_deref(), plan.roles.prediction.as_deref()), (Some("y_true"), Some("y_pred")));
    let quantiles: Vec<_> = plan.roles.quantiles.iter().map(|one| (one.level, one.column.as_str())).collect();
    assert_eq!(quantiles, [(0.05, "y_q0.05"), (0.95, "y_q0.95")]);
    assert!(!text.contains("threshold: 0.5") && !text.contains("favourable"), "{text}");
    assert!(init_plan(&guess(&columns[..2]), "numbers.csv").contains("# quantiles:"));
}

#[test]
fn reports_speak_of_numbers_only() {
    let report = audit(&format!("{PLAN}, protected: [g]"), "y,p,g\n1,2,a\n3,3,b\n");
    assert!(report.measures.iter().all(|measure| measure.name != "recall" && measure.name != "roc_auc"));
    assert!(report.findings.iter().all(|finding| !finding.check.contains("recall")));
    let refused = Plan::parse(&format!("{{{PLAN}, criteria: [recall >= 0.5]}}"), "plan").unwrap_err().to_string();
    assert!(refused.contains("no measure of a regression model"), "{refused}");
    for key in [
        "baseline: {score: old}",
        "baseline: {prediction: old, threshold: 1}",
        "consistency: {features: [a]}",
        "strata: [s]",
    ] {
        assert!(Plan::parse(&format!("{{{PLAN}, {key}}}"), "plan").is_err(), "{key}");
    }
    let refused = Plan::parse("{label: y, prediction: d, criteria: [r2 >= 0.5]}", "plan").unwrap_err().to_string();
    assert!(refused.contains("no measure of a binary model"), "{refused}");
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (-1e3..1e3_f64).prop_map(|x| format!("{x:.3}")),
        2 => prop::sample::select(vec!["0", "-0", "1", "2.5", "1e9"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["", "inf", "-inf", "NaN", "1e300"]).prop_map(str::to_owned),
    ]
}

fn row() -> impl Strategy<Value = String> {
    let subject = prop::sample::select(vec!["", "s", "t", "u"]);
    (cell(), cell(), cell(), cell(), cell(), cell(), 0.0..9.0_f64, prop::sample::select(vec!["a", "b", ""]), subject)
        .prop_map(|(y, p, q, low, middle, high, w, g, c)| format!("{y},{p},{q},{low},{middle},{high},{w:.2},{g},{c}\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Any split, in any order, weighted or not, linked or not, coarsened or not.
    #[test]
    fn splits_orders_and_merges_never_show(
        rows in prop::collection::vec(row(), 0..60),
        parts in prop::collection::vec(0_usize..4, 60),
        weighted: bool,
        linked: bool,
        max_keys in prop::sample::select(vec![16_u64, 1_000]),
    ) {
        let weight = if weighted { ", weight: w" } else { "" };
        let linked = if linked { ", cluster: c, baseline: {prediction: q}" } else { "" };
        let mut plan = plan(&format!("{PLAN}, {QUANTILES}, protected: [g]{weight}{linked}"));
        plan.precision.max_keys = max_keys;
        let header = "y,p,q,q10,q50,q90,w,g,c\n";
        let measured = |rows: &[String]| intake(&plan, &format!("{header}{}", rows.concat()));
        let whole = report(&plan, measured(&rows));
        let mut pieces: Vec<Vec<String>> = vec![Vec::new(); 4];
        for (place, row) in rows.iter().enumerate().rev() {
            pieces[parts[place]].push(row.clone());
        }
        prop_assert_eq!(&report(&plan, merged(&plan, header, &pieces)).digest, &whole.digest);
        for measure in &whole.measures {
            prop_assert!(measure.value.is_none_or(f64::is_finite), "{}", measure.id);
            prop_assert_eq!(measure.value.is_none(), measure.undefined.is_some(), "{}", &measure.id);
        }
    }

    /// A weight of 2 is worth two rows to every value; intervals differ, as they should.
    #[test]
    fn weights_of_two_are_repeated_rows(rows in prop::collection::vec((-50_i32..50, -50_i32..50, 1_usize..4), 4..30)) {
        let weighted: String = rows.iter().map(|(y, p, w)| format!("{y},{p},{w}\n")).collect();
        let repeated: String = rows.iter().map(|(y, p, w)| format!("{y},{p},1\n").repeat(*w)).collect();
        let weighted = audit(&format!("{PLAN}, weight: w"), &format!("y,p,w\n{weighted}"));
        let repeated = audit(PLAN, &format!("y,p,w\n{repeated}"));
        for ours in weighted.measures.iter().filter(|measure| !measure.name.ends_with("p_value") && measure.name != "n") {
            let theirs = repeated.measures.iter().find(|other| other.id == ours.id).unwrap();
            match (ours.value, theirs.value) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() <= 1e-9 * (1.0 + b.abs()), "{}: {a} {b}", ours.id),
                (a, b) => prop_assert_eq!(a, b, "{}", &ours.id),
            }
        }
    }
}

/// Errors e = -2 y far from 0 spread four times as much as the labels, whatever is small beside their squares.
#[test]
fn the_spread_of_errors_far_from_zero_is_not_lost() {
    for weighted in [false, true] {
        let table = "y,p,w\n10000.041,-10000.041,5.9835703\n9999.78125,-9999.78125,3.44532113\n";
        let report = audit(&format!("{PLAN}{}", if weighted { ", weight: w" } else { "" }), table);
        let value = measure(&report, "explained_variance").value.unwrap();
        assert!(near(value, -3.0, 1e-12), "{value}");
    }
}
