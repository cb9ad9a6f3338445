//! The same where a model predicts a number or one of several classes.

use modelassay::audit::Audit;
use modelassay::findings::v1::{Outcome, Provenance, Reason};
use modelassay::plan::{Plan, PlanTable};
use modelassay::table::{ReadOptions, csv};
use serde_json::Value;

use super::{array, audit, by_name, close, compare, finding, limits, measure, read};

fn fixture() -> Value {
    read("dependence_tasks.json")
}

const NUMBERS: &str = "{task: regression, label: y, prediction: p, quantiles: {0.1: lo, 0.9: hi}, protected: [g], reference_groups: {g: b}, min_n_shown: 1, min_n: 1";
const CLASSES: &str = "{task: multiclass, label: y, prediction: d, scores: {x: s0, y: s1, z: s2}, protected: [g], conventions: [macro_average, exact], min_n_shown: 1, min_n: 1";

#[test]
fn errors_of_repeated_subjects_are_those_of_statsmodels() {
    for case in array(&fixture()["numbers"]) {
        let weight = if case["weighted"] == true { ", weight: w" } else { "" };
        let report = audit(&format!("{NUMBERS}, cluster: c{weight}}}"), case["table"].as_str().unwrap());
        array(&case["measures"]).iter().for_each(|expected| compare(&report, expected));
        let method = |id: &str| by_name(&report, id).interval.as_ref().unwrap().method.clone();
        assert_eq!(method("mean_absolute_error"), "student_t_clustered");
        assert_eq!(method("r2"), "log_student_t_clustered");
        assert_eq!(by_name(&report, "spearman_correlation").no_interval, Some(Reason::ClustersNotSupported));
        let normality = by_name(&report, "residual_normality_p_value");
        assert_eq!(
            normality.undefined,
            Some(if weight.is_empty() { Reason::ClustersNotSupported } else { Reason::WeightsNotSupported })
        );
        // Groups of other subjects are compared, by the subjects of both.
        let gap = measure(&report, "mean_absolute_error_difference[reference_group]:g=a");
        assert_eq!(gap.interval.as_ref().unwrap().method, "welch_clustered");
    }
}

#[test]
fn two_models_of_numbers_are_compared_as_scipy_does() {
    for case in array(&fixture()["number_changes"]) {
        let cluster = if case["clustered"] == true { ", cluster: c" } else { "" };
        let report =
            audit(&format!("{NUMBERS}, baseline: {{prediction: q}}{cluster}}}"), case["table"].as_str().unwrap());
        array(&case["measures"]).iter().for_each(|expected| compare(&report, expected));
    }
}

#[test]
fn a_model_of_numbers_is_not_worse_by_more_than_a_margin() {
    let fixture = fixture();
    let table = fixture["number_changes"][0]["table"].as_str().unwrap();
    let plan = format!(
        "{NUMBERS}, baseline: {{prediction: q, name: old}}, criteria: [mean_absolute_error_change <= 0.2, \
         mean_absolute_error_change by g <= 0.5, mean_absolute_error_change_difference by g <= 1]}}"
    );
    let report = audit(&plan, table);
    let whole = finding(&report, "performance/change-of-errors#1");
    assert_eq!(whole.outcome, Outcome::Met);
    assert!(whole.summary.starts_with("Change in mean absolute error from the baseline old was"), "{}", whole.summary);
    assert!(finding(&report, "performance/change-of-errors:g=a#2").outcome == Outcome::Met);
}

#[test]
fn rows_that_one_model_of_numbers_did_not_answer_are_left_out_of_both() {
    let table = "y,p,q\n1,2,1\n2,2,4\n3,,3\n4,5,\n,1,1\ninf,1,1\n5,4,4\n";
    let report = audit("{task: regression, label: y, prediction: p, baseline: {prediction: q}, min_n: 1}", table);
    let change = by_name(&report, "mean_absolute_error_change");
    // |error| of 1, 0 and 1 against 0, 2 and 1.
    close(change.value.unwrap(), 2.0 / 3.0 - 1.0, 1e-15, "change");
    assert_eq!(change.n, Some(3));
    let alike =
        audit("{task: regression, label: y, prediction: p, baseline: {prediction: q}}", "y,p,q\n1,2,2\n3,2,2\n");
    let change = by_name(&alike, "root_mean_squared_error_change");
    assert_eq!((change.value, &change.interval), (Some(0.0), &None), "nothing is known of how they would differ");
}

#[test]
fn classes_of_repeated_subjects_are_those_of_statsmodels() {
    for case in array(&fixture()["classes"]) {
        let weight = if case["weighted"] == true { ", weight: w" } else { "" };
        let report = audit(&format!("{CLASSES}, cluster: c{weight}}}"), case["table"].as_str().unwrap());
        array(&case["measures"]).iter().for_each(|expected| compare(&report, expected));
        let method = |id: &str| by_name(&report, id).interval.as_ref().unwrap().method.clone();
        assert_eq!(method("recall[macro_average]"), "mover_correlated");
        assert_eq!(method("matthews_correlation"), "adjusted_fisher_z_clustered");
        assert_eq!(method("roc_auc[class=x]"), "obuchowski_logit_clustered");
        assert_eq!(method("roc_auc[ovr_macro]"), "bonferroni_sum");
        assert_eq!(method("selection_rate_difference[max_min][class=x]:g"), "pairwise_newcombe_bonferroni_clustered");
    }
}

#[test]
fn two_models_of_several_classes_are_compared_by_class_and_as_a_whole() {
    for case in array(&fixture()["class_changes"]) {
        let table = case["table"].as_str().unwrap();
        let report = audit(&format!("{CLASSES}, baseline: {{prediction: e}}}}"), table);
        array(&case["measures"]).iter().for_each(|expected| compare(&report, expected));
        let method = |id: &str| by_name(&report, id).interval.as_ref().unwrap().method.clone();
        assert_eq!(method("accuracy_change"), "newcombe_paired");
        assert_eq!(method("balanced_accuracy_change"), "mover_paired");
        // Subjects of one row each change nothing but the name of the method.
        let single = audit(&format!("{CLASSES}, baseline: {{prediction: e}}, cluster: c}}"), table);
        for id in ["accuracy_change", "balanced_accuracy_change", "recall_change[class=y]"] {
            let ((lower, upper), (least, most)) = (limits(by_name(&single, id)), limits(by_name(&report, id)));
            assert!((lower - least).abs() < 1e-12 && (upper - most).abs() < 1e-12, "{id}");
        }
        assert_eq!(by_name(&single, "mcnemar_p_value[exact]").undefined, Some(Reason::ClustersNotSupported));
    }
}

/// Parts read in any order, whose classes are met in another one, are the whole.
#[test]
fn parts_of_linked_rows_are_the_whole() {
    let fixture = fixture();
    for (plan, table) in [
        (format!("{CLASSES}, baseline: {{prediction: e}}, cluster: c, weight: w}}"), &fixture["classes"][1]["table"]),
        (format!("{NUMBERS}, baseline: {{prediction: q}}, cluster: c, weight: w}}"), &fixture["numbers"][1]["table"]),
    ] {
        let table = table.as_str().unwrap();
        let (header, rows) = table.split_once('\n').unwrap();
        let mut rows: Vec<&str> = rows.lines().collect();
        let whole = audit(&plan, table);
        assert!(
            whole
                .measures
                .iter()
                .filter(|measure| measure.name.ends_with("_change"))
                .all(|change| change.value.is_some())
        );
        rows.sort_unstable_by_key(|row| std::cmp::Reverse(*row));
        let (parsed, _) = Plan::parse(&plan, "plan").unwrap();
        let mut audit = Audit::new(parsed);
        let mut merged = audit.intake(PlanTable::Predictions).unwrap();
        for part in rows.chunks(37) {
            let mut intake = audit.intake(PlanTable::Predictions).unwrap();
            let text = format!("{header}\n{}\n", part.join("\n"));
            csv::read(text.as_bytes(), &intake.columns(), ReadOptions::default(), &mut intake).unwrap();
            merged.merge(intake);
        }
        audit.accept(merged).unwrap();
        assert_eq!(audit.finish(None, Provenance::default()).unwrap().digest, whole.digest);
    }
}

#[test]
fn one_subject_decides_nothing_of_any_task() {
    let rows = "p,1,2,0.5,a\n".repeat(20) + &"p,3,1,0.5,a\n".repeat(20);
    let report = audit(
        &format!("{NUMBERS}, cluster: c}}").replace(", quantiles: {0.1: lo, 0.9: hi}", ""),
        &format!("c,y,p,w,g\n{rows}"),
    );
    let error = by_name(&report, "mean_absolute_error");
    assert_eq!((error.subjects, error.no_interval), (Some(1), Some(Reason::SingleSubject)));
    let rows = "p,x,x,0.5,0.3,0.2,a\np,y,x,0.5,0.3,0.2,a\np,z,z,0.1,0.3,0.6,a\np,y,y,0.1,0.6,0.3,a\n".repeat(9);
    let report = audit(&format!("{CLASSES}, cluster: c}}"), &format!("c,y,d,s0,s1,s2,g\n{rows}"));
    for id in ["accuracy", "log_loss", "recall[macro_average]", "matthews_correlation"] {
        assert_eq!(by_name(&report, id).no_interval, Some(Reason::SingleSubject), "{id}");
    }
}
