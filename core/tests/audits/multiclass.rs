//! Models of several classes: against scikit-learn and statsmodels (`fixtures/multiclass/make.py`), and by hand.

use std::collections::BTreeMap;

use modelassay::audit::Audit;
use modelassay::findings::catalogue::{self, Aspect};
use modelassay::findings::v1::{Outcome, Provenance, Reason, Report};
use modelassay::plan::{Plan, PlanTable};
use modelassay::report::html;
use serde::Deserialize;

use super::support::{audit, finding, measure, plan as parsed, read, try_audit};

fn value(report: &Report, id: &str) -> Option<f64> {
    measure(report, id).value
}

#[derive(Deserialize)]
struct Reference {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    classes: Vec<String>,
    weighted: bool,
    table: String,
    expected: BTreeMap<String, Expected>,
}

#[derive(Deserialize)]
struct Expected {
    value: Option<f64>,
    interval: Option<(f64, f64)>,
}

const CONVENTIONS: &str = "[present_classes, macro_zero_division_0, weighted_zero_division_0, micro_average, linear, \
                           quadratic, ovr_macro, ovr_weighted, ovo_macro, ovo_weighted, top_2, top_3]";

#[test]
fn values_and_intervals_are_those_of_other_libraries() {
    let reference: Reference = serde_json::from_str(include_str!("../fixtures/multiclass/reference.json")).unwrap();
    for case in reference.cases {
        let scores: Vec<String> =
            case.classes.iter().enumerate().map(|(place, class)| format!("\"{class}\": s{place}")).collect();
        let weight = if case.weighted { "weight: w, " } else { "" };
        let plan = format!(
            "{{task: multiclass, label: y, prediction: d, scores: {{{}}}, {weight}protected: [g], min_n_shown: 1, \
             conventions: {CONVENTIONS}}}",
            scores.join(", ")
        );
        let report = audit(&plan, &case.table);
        for (key, expected) in &case.expected {
            let ours = measure(&report, key);
            let near = |a: f64, b: f64, by: f64| (a - b).abs() <= by * (1.0 + b.abs());
            let agree = match (ours.value, expected.value) {
                (Some(ours), Some(theirs)) => near(ours, theirs, 1e-12),
                (ours, theirs) => ours.is_none() && theirs.is_none(),
            };
            assert!(agree, "{}: {key}: {:?} instead of {:?}", case.name, ours.value, expected.value);
            if let Some((lower, upper)) = expected.interval {
                let interval = ours.interval.as_ref().unwrap_or_else(|| panic!("{}: {key} has no interval", case.name));
                let (ours_lower, ours_upper) = (interval.lower.unwrap(), interval.upper.unwrap());
                // Numerical derivatives have some seven digits.
                let by = if interval.method == "adjusted_fisher_z" { 1e-6 } else { 1e-9 };
                assert!(
                    near(ours_lower, lower, by) && near(ours_upper, upper, by),
                    "{}: {key}: {ours_lower}, {ours_upper} instead of {lower}, {upper}",
                    case.name
                );
            }
        }
    }
}

const THREE: &str = "task: multiclass, label: y, prediction: d, min_n_shown: 1, min_n: 1";

#[test]
fn an_average_is_undefined_where_a_class_is() {
    // `c` is decided once and never a label.
    let table = "y,d\na,a\na,b\nb,b\nb,c\n";
    let report = audit(&format!("{{{THREE}, conventions: [present_classes, macro_zero_division_0]}}"), table);
    assert_eq!(value(&report, "accuracy"), Some(0.5));
    assert_eq!(measure(&report, "recall[class=c]").undefined, Some(Reason::NoPositives));
    assert_eq!(measure(&report, "recall[macro_average]").undefined, Some(Reason::NoPositives));
    assert_eq!(measure(&report, "balanced_accuracy").undefined, Some(Reason::NoPositives));
    assert_eq!(value(&report, "balanced_accuracy[present_classes]"), Some(0.5));
    assert_eq!(value(&report, "recall[macro_zero_division_0]").map(|v| (v * 3.0).round()), Some(1.0));
    assert_eq!(
        measure(&report, "recall[macro_zero_division_0]").interval,
        None,
        "a convention of a library is a point"
    );
    assert_eq!(value(&report, "precision[macro_average]"), Some(0.5), "1, 1/2 and 0: every class was decided");
    assert_eq!(report.confusion[0].classes, ["a", "b", "c"]);
    assert_eq!(report.confusion[0].rows, [[1, 1, 0], [0, 1, 1], [0, 0, 0]]);
}

#[test]
fn a_class_without_rows_is_a_class_if_it_has_a_score() {
    let plan = "{task: multiclass, label: y, scores: {a: p, b: q, never: r}, min_n_shown: 1}";
    let report = audit(plan, "y,p,q,r\na,0.6,0.3,0.1\nb,0.2,0.7,0.1\nb,0.5,0.4,0.1\n");
    assert_eq!(value(&report, "accuracy").map(|v| (v * 3.0).round()), Some(2.0), "decisions follow the highest score");
    assert_eq!(value(&report, "selection_rate[class=never]"), Some(0.0));
    assert_eq!(measure(&report, "roc_auc[ovr_macro]").undefined, Some(Reason::NoPositives));
    assert_eq!(value(&report, "top_k_accuracy[top_2]"), Some(1.0));
    let brier = [0.16 + 0.09 + 0.01, 0.04 + 0.09 + 0.01, 0.25 + 0.36 + 0.01].iter().sum::<f64>() / 3.0;
    assert!(value(&report, "brier").is_some_and(|value| (value - brier).abs() < 1e-15));
}

#[test]
fn a_true_class_without_a_score_was_given_none() {
    let plan = "{task: multiclass, label: y, scores: {a: p, b: q}, min_n_shown: 1, conventions: [top_2]}";
    let report = audit(plan, "y,p,q\na,0.75,0.25\nother,0.5,0.5\n");
    let log_loss = -(libm::log(0.75) + libm::log(f64::EPSILON)) / 2.0;
    assert!(value(&report, "log_loss").is_some_and(|value| (value - log_loss).abs() < 1e-12));
    assert_eq!(value(&report, "brier"), Some((0.0625 + 0.0625 + 1.0 + 0.25 + 0.25) / 2.0));
    assert_eq!(measure(&report, "top_k_accuracy[top_2]").undefined, Some(Reason::TooFewClasses));
    assert_eq!(measure(&report, "roc_auc[class=other]").value, None);
}

#[test]
fn of_equal_scores_the_first_class_is_the_higher() {
    let plan = "{task: multiclass, label: y, scores: {c: r, a: p, b: q}, min_n_shown: 1, conventions: [top_2]}";
    let report = audit(plan, "y,p,q,r\na,0.4,0.4,0.2\nb,0.4,0.4,0.2\nc,0.3,0.3,0.4\nc,0.2,0.4,0.4\n");
    // Decisions: a, a, c, b; ranks of the true class: 0, 1, 0, 1.
    assert_eq!(value(&report, "accuracy"), Some(0.5));
    assert_eq!(report.confusion[0].rows, [[1, 0, 0], [1, 0, 0], [0, 1, 1]]);
    assert_eq!(value(&report, "top_k_accuracy[top_2]"), Some(1.0));
    // Confidence 0.4 in all four rows, right in two.
    assert_eq!(value(&report, "mean_score"), Some(0.4));
    let error = value(&report, "expected_calibration_error[equal_width]");
    assert!(error.is_some_and(|error| (error - 0.1).abs() < 1e-15), "{error:?}");
}

#[test]
fn one_row_and_no_rows_are_no_panic() {
    let plan = "{task: multiclass, label: y, prediction: d, scores: {a: p, b: q}, protected: [g], min_n_shown: 1, \
                conventions: [ovo_macro, top_2, linear, present_classes]}";
    let report = audit(plan, "y,d,p,q,g\na,a,0.9,0.1,x\n");
    assert_eq!(value(&report, "accuracy"), Some(1.0));
    assert_eq!(measure(&report, "matthews_correlation").undefined, Some(Reason::ZeroDenominator));
    assert_eq!(measure(&report, "cohen_kappa[linear]").undefined, Some(Reason::ZeroDenominator));
    assert_eq!(measure(&report, "roc_auc[ovo_macro]").value, None);
    assert_eq!(measure(&report, "accuracy_difference[max_min]:g").undefined, Some(Reason::SingleGroup));
    let report = audit(plan, "y,d,p,q,g\n");
    assert!(report.measures.iter().all(|measure| measure.value.is_none() || measure.value == Some(0.0)));
    let report = audit(
        &plan.replace("min_n_shown", "weight: g, min_n_shown").replace("protected: [g], ", ""),
        "y,d,p,q,g\na,a,0.5,0.5,0\n",
    );
    assert_eq!(measure(&report, "balanced_accuracy").undefined, Some(Reason::NoRows), "none that weighs anything");
    let report = audit(plan, "y,d,p,q,g\n,,,,\n,b,0.5,,x\na,,,0.5,\n");
    for id in ["accuracy", "balanced_accuracy", "precision[macro_average]", "f1[macro_average]"] {
        assert_eq!(measure(&report, id).undefined, Some(Reason::NoRows), "{id}");
    }
    assert_eq!(value(&report, "label_coverage").map(|value| (value * 3.0).round()), Some(1.0));
    assert_eq!(measure(&report, "log_loss").undefined, Some(Reason::NoRows), "no row has both scores");
}

#[test]
fn spellings_of_a_class_agree_and_numbers_are_ordered_as_such() {
    let plan = format!("{{{THREE}, conventions: [linear]}}");
    let report = audit(&plan, "y,d\n1,1.0\n2,2\n10,2\n10.0,10\n1,10\n");
    assert_eq!(report.confusion[0].classes, ["1", "2", "10"]);
    assert_eq!(report.confusion[0].rows, [[1, 0, 1], [0, 1, 0], [0, 1, 1]]);
    // Linear kappa by hand: observed disagreement 2 + 1 = 3 of 5 rows; expected Σ |i - j| r_i c_j / n with r = (2, 1, 2) and
    // c = (1, 2, 2): (2·2·1 + 2·2·2 + 1·1·1 + 1·2·1 + 2·1·2 + 2·2·1) / 5 = 23 / 5.
    let kappa = value(&report, "cohen_kappa[linear]");
    assert!(kappa.is_some_and(|kappa| (kappa - (1.0 - 3.0 / (23.0 / 5.0))).abs() < 1e-12), "{kappa:?}");
}

#[test]
fn labels_of_another_table_are_classes_too() {
    let plan = "{task: multiclass, id: i, label: y, prediction: d, min_n_shown: 1}";
    let mut audit = Audit::new(parsed(plan));
    read(&mut audit, PlanTable::Labels, "i,y\n1,a\n2,b\n3,c\n").unwrap();
    read(&mut audit, PlanTable::Predictions, "i,d\n3,c\n1,a\n2,a\n4,a\n").unwrap();
    let report = audit.finish(None, Provenance::default()).unwrap();
    assert_eq!(report.confusion[0].rows, [[1, 0, 0], [1, 0, 0], [0, 0, 1]]);
    assert_eq!(value(&report, "label_coverage"), Some(0.75));
}

#[test]
fn criteria_ask_for_a_class_or_for_the_whole() {
    let rows = "a,a,x\n".repeat(60) + &"b,b,x\n".repeat(30) + &"b,c,y\n".repeat(30) + &"c,c,y\n".repeat(60);
    let report = audit(
        &format!(
            "{{{THREE}, protected: [g], criteria: [accuracy >= 0.75, recall of b >= 0.9, recall >= 0.5, \
             selection_rate_difference of c by g <= 0.1, recall of d >= 0.5, \
             {{measure: precision, class: c, attribute: g, group: y, comparator: '>=', threshold: 0.5}}]}}"
        ),
        &format!("y,d,g\n{rows}"),
    );
    assert_eq!(finding(&report, "performance/accuracy#1").outcome, Outcome::Met);
    let recall = finding(&report, "performance/recall[class=b]#2");
    assert_eq!(recall.outcome, Outcome::NotMet);
    assert_eq!(recall.measure.as_deref(), Some("recall[class=b]"));
    assert!(recall.summary.starts_with("Recall (true positive rate) of class b was 0.5"), "{}", recall.summary);
    assert_eq!(recall.criterion.as_ref().unwrap().text, "recall of class b is at least 0.90");
    let whole = finding(&report, "performance/recall#3");
    assert_eq!(whole.measure.as_deref(), Some("recall[macro_average]"));
    assert!(whole.summary.starts_with("Recall (true positive rate), macro average, was 0.833"), "{}", whole.summary);
    assert_eq!(whole.criterion.as_ref().unwrap().text, "recall (macro average) is at least 0.50");
    let gap = finding(&report, "fairness/selection-rate-difference[class=c]:g#4");
    assert_eq!(gap.outcome, Outcome::NotMet);
    let absent = finding(&report, "performance/recall[class=d]#5");
    assert_eq!((absent.outcome, absent.reason), (Outcome::NotAssessed, Some(Reason::ClassAbsent)));
    assert_eq!(finding(&report, "performance/precision[class=c]:g=y#6").outcome, Outcome::Met);
    let of_other_models = ["performance/inequality-of-benefits", "performance/absolute-error"];
    assert!(report.findings.iter().all(|finding| !of_other_models.contains(&finding.check.as_str())));
}

#[test]
fn every_measure_and_finding_has_its_own_id() {
    let plan = format!("{{{THREE}, protected: [g], reference_groups: {{g: x}}, conventions: {CONVENTIONS}}}");
    let report = audit(&plan, "y,d,g\na,a,x\nb,b,x\nc,b,y\nc,c,y\n");
    let mut ids: Vec<&str> = report.measures.iter().map(|measure| measure.id.as_str()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn a_table_of_small_groups_gives_no_matrix_away() {
    let rows = "a,a,x\n".repeat(20) + &"b,b,x\n".repeat(20) + "a,b,x\n" + &"b,b,y\n".repeat(20) + &"a,a,y\n".repeat(20);
    let report = audit("{task: multiclass, label: y, prediction: d, protected: [g]}", &format!("y,d,g\n{rows}"));
    let shown: Vec<_> = report.confusion.iter().map(|matrix| matrix.subject.group.clone()).collect();
    assert_eq!(shown, [vec![], vec![Some("y".to_owned())]], "one entry of x has a single row");
}

#[test]
fn the_contract_of_class_scores() {
    let plan = "{task: multiclass, label: y, prediction: d, scores: {a: p, b: q}}";
    let report =
        audit(plan, "y,d,p,q\na,a,0.6,0.4\nb,a,0.3,0.7\nb,b,0.5,0.6\na,a,1.5,-0.5\nb,b,0.1,inf\na,a,0.7,0.3\n");
    let range = finding(&report, "predictions/score-range");
    assert_eq!((range.outcome, range.concerned), (Outcome::NotMet, Some(3)));
    let consistency = finding(&report, "predictions/decision-consistency");
    assert_eq!((consistency.outcome, consistency.concerned), (Outcome::NotMet, Some(1)));
    assert_eq!(measure(&report, "log_loss").undefined, Some(Reason::ScoresOutOfRange));
    assert!(value(&report, "roc_auc[class=a]").is_some(), "a ranking needs no probabilities");
    let constant = audit(plan, "y,d,p,q\na,a,0.5,0.5\nb,a,0.5,0.5\nb,a,0.5,0.5\n");
    assert_eq!(finding(&constant, "predictions/constant-output").outcome, Outcome::NotMet);
}

#[test]
fn the_page_shows_the_classes_and_what_each_is_taken_for() {
    let rows = "a,a,x\n".repeat(30) + &"<b>,a,x\n".repeat(10) + &"<b>,<b>,y\n".repeat(30) + &"c,c,y\n".repeat(30);
    let report =
        audit(&format!("{{{THREE}, protected: [g], criteria: [recall of <b> >= 0.9]}}"), &format!("y,d,g\n{rows}"));
    let page = html(&report);
    assert!(page.contains("What each class is taken for") && page.contains("decided"));
    assert!(page.contains("&#60;b&#62;") && !page.contains("<bdi><b>"), "names of classes are texts");
    assert!(!html(&audit("{label: y, prediction: d}", "y,d\n1,1\n0,0\n")).contains("id=\"classes\""));
}

#[test]
fn a_label_that_is_no_class_is_refused() {
    let rows: String = (0..200).map(|row| format!("{row},{row}\n")).collect();
    let error = try_audit(&format!("{{{THREE}}}"), &format!("y,d\n{rows}")).unwrap_err();
    assert!(error.to_string().contains("more than 100 classes"), "{error}");
}

#[test]
fn several_labels_a_row_are_refused_by_name() {
    for word in ["multilabel", "multi-label", "multi_label"] {
        let error = Plan::parse(&format!("{{task: {word}, label: y, prediction: d}}"), "plan").unwrap_err();
        assert!(error.to_string().contains("several labels"), "{error}");
    }
}

#[test]
fn groups_are_compared_within_strata_for_each_class() {
    // Class b goes to y over all rows more rarely, and within each stratum more often.
    let rows = "b,x,m\n".repeat(90)
        + &"a,x,m\n".repeat(10)
        + "b,x,k\n"
        + &"a,x,k\n".repeat(19)
        + &"b,y,m\n".repeat(20)
        + &"b,y,k\n".repeat(30)
        + &"a,y,k\n".repeat(70);
    let plan =
        "{task: multiclass, prediction: d, protected: [g], reference_groups: {g: x}, strata: [s], min_n_shown: 1}";
    let report = audit(plan, &format!("d,g,s\n{rows}"));
    let crude = value(&report, "selection_rate_difference[reference_group][class=b]:g=y").unwrap();
    let within = value(&report, "conditional_selection_rate_difference[reference_group][class=b]:g=y").unwrap();
    assert!(crude < 0.0 && within > 0.0, "{crude} {within}");
    assert_eq!(finding(&report, "fairness/strata-reversal[class=b]:g").outcome, Outcome::Undecided);
    for key in ["memberships: {h: {x: p}}", "consistency: {features: [f]}"] {
        let error = Plan::parse(&format!("{{task: multiclass, prediction: d, {key}}}"), "plan").unwrap_err();
        assert!(error.to_string().contains("no meaning for a multiclass model"), "{error}");
    }
}

/// Two classes as several: every number of a class is that of the binary model.
#[test]
fn two_classes_are_a_binary_model() {
    let rows = "1,1,0.9,0.1,x\n".repeat(30)
        + &"0,1,0.6,0.4,x\n".repeat(10)
        + &"0,0,0.2,0.8,y\n".repeat(40)
        + &"1,0,0.3,0.7,y\n".repeat(7);
    let table = format!("y,d,p,q,g\n{rows}");
    let rest = "label: y, prediction: d, protected: [g], reference_groups: {g: x}";
    let binary = audit(&format!("{{{rest}, score: p}}"), &table);
    let several = audit(&format!("{{task: multiclass, {rest}, scores: {{1: p, 0: q}}}}"), &table);
    let mut compared = 0;
    for ours in &binary.measures {
        let of_class = catalogue::find(&ours.name).unwrap().conventions_of(Aspect::Class);
        if !of_class.contains(&ours.convention.as_str()) {
            continue;
        }
        let theirs = several.measures.iter().find(|theirs| {
            theirs.name == ours.name
                && theirs.convention == ours.convention
                && theirs.subject.class.as_deref() == Some("1")
                && (&theirs.subject.attribute, &theirs.subject.group, &theirs.subject.reference)
                    == (&ours.subject.attribute, &ours.subject.group, &ours.subject.reference)
        });
        let theirs = theirs.unwrap_or_else(|| panic!("{} is not among those of the class", ours.id));
        assert_eq!((theirs.value, &theirs.interval, theirs.n), (ours.value, &ours.interval, ours.n), "{}", ours.id);
        compared += 1;
    }
    assert!(compared > 200, "{compared}");
    assert_eq!(value(&several, "accuracy"), value(&binary, "accuracy"));
    assert_eq!(value(&several, "matthews_correlation"), value(&binary, "matthews_correlation"));
    assert_eq!(value(&several, "balanced_accuracy"), value(&binary, "balanced_accuracy"));
    assert_eq!(value(&several, "cohen_kappa"), value(&binary, "cohen_kappa"));
}
