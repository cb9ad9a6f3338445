//! How libraries differ: the table is sound, and its values are what the libraries' formulas give on counts by hand.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]

use modelassay::audit::Audit;
use modelassay::findings::catalogue;
use modelassay::findings::v1::Reason;
use modelassay::libraries::{self, Comparison, Value};
use modelassay::plan::PlanTable;

use super::support::{plan as parsed, read, table};

/// The one comparison of a measure; none where nothing is known of it.
fn compare(measure: &str) -> Option<Comparison> {
    libraries::compare(measure).pop()
}

fn compare_on(plan: &str, rows: &[(usize, &str)], measure: &str) -> Comparison {
    let mut audit = Audit::new(parsed(plan));
    read(&mut audit, PlanTable::Predictions, &table("y,d,g", rows)).unwrap();
    audit.compare_libraries(measure).unwrap().pop().unwrap()
}

/// The values of a function as `(group, value)`; the group is empty where it is about all of them.
fn values(comparison: &Comparison, library: &str, function: &str) -> Vec<(String, Option<f64>)> {
    let place = comparison
        .definitions
        .iter()
        .position(|definition| definition.library == library && definition.function == function)
        .unwrap_or_else(|| panic!("no {library} {function}"));
    let named = |value: &Value| (value.group.iter().flatten().cloned().collect(), value.value);
    comparison.attributes[0].values[place].iter().map(named).collect()
}

fn close(values: &[(String, Option<f64>)], expected: &[(&str, f64)]) {
    assert_eq!(values.len(), expected.len(), "{values:?}");
    for ((group, value), (name, number)) in values.iter().zip(expected) {
        assert_eq!(group, name);
        assert!((value.unwrap() - number).abs() < 1e-14, "{group}: {value:?} is not {number}");
    }
}

const PLAN: &str = "{label: y, prediction: d, protected: g, reference_groups: {g: p}, min_n_shown: 1}";

/// p: TP 30, FN 10, FP 20, TN 40. u: TP 10, FN 10, FP 5, TN 25. v: TP 9, FN 1, no negatives.
const ROWS: &[(usize, &str)] = &[
    (30, "1,1,p"),
    (10, "1,0,p"),
    (20, "0,1,p"),
    (40, "0,0,p"),
    (10, "1,1,u"),
    (10, "1,0,u"),
    (5, "0,1,u"),
    (25, "0,0,u"),
    (9, "1,1,v"),
    (1, "1,0,v"),
];

#[test]
fn every_definition_is_of_a_measure_and_complete() {
    let mut known = 0;
    for entry in catalogue::MEASURES {
        let Some(comparison) = compare(entry.name) else { continue };
        known += 1;
        assert!(comparison.attributes.is_empty());
        for definition in &comparison.definitions {
            let text = format!("{definition:?}");
            assert!(!definition.function.is_empty() && !definition.formula.is_empty(), "{text}");
            assert!(!definition.differs.is_empty() && !definition.empty.is_empty(), "{text}");
        }
        let libraries = comparison.definitions.iter().filter(|definition| definition.library != "modelassay").count();
        assert!(libraries > 0, "{}", entry.name);
        // Without data there are no values, and the text says all the same what is computed.
        let text = comparison.markdown();
        assert!(!text.contains("value here") && text.contains("Where a denominator is empty"), "{text}");
    }
    assert!(known >= 25, "{known} measures");
    // An alias finds the same; what no library computes is not known.
    assert_eq!(compare("disparate_impact").unwrap().measure, "selection_rate_ratio");
    assert!(compare("label_coverage").is_none() && compare("nonsense").is_none());
}

/// Every function that a table of a measure names exists once.
#[test]
fn no_definition_stands_twice() {
    for entry in catalogue::MEASURES {
        let Some(comparison) = compare(entry.name) else { continue };
        let mut seen: Vec<_> = comparison.definitions.iter().map(|one| (one.library, one.function)).collect();
        seen.sort_unstable();
        let all = seen.len();
        seen.dedup();
        assert_eq!(seen.len(), all, "{}", entry.name);
    }
}

#[test]
fn a_check_stands_for_its_measures() {
    let measures = |name| -> Vec<&str> { libraries::compare(name).iter().map(|one| one.measure).collect() };
    assert_eq!(measures("fairness/selection-rate-ratio"), ["selection_rate_ratio"]);
    assert!(measures("fairness/equalized-odds").contains(&"average_odds_difference"));
    assert_eq!(measures("tpr_difference"), ["recall_difference"]);
    assert!(measures("data/missing-values").is_empty() && measures("nonsense").is_empty());
}

/// Selection rates: p 50 / 100, u 15 / 50, v 9 / 10; all 74 / 160; all but p 24 / 60.
#[test]
fn selection_rates_are_compared_in_eight_ways() {
    let ratio = compare_on(PLAN, ROWS, "selection_rate_ratio");
    close(&values(&ratio, "modelassay", "selection_rate_ratio[min_max]"), &[("", 0.3 / 0.9)]);
    close(&values(&ratio, "modelassay", "selection_rate_ratio[reference_group]"), &[("u", 0.6), ("v", 1.8)]);
    close(&values(&ratio, "fairlearn", "demographic_parity_ratio"), &[("", 0.3 / 0.9)]);
    close(&values(&ratio, "fairlearn (to_overall)", "demographic_parity_ratio"), &[("", (74.0 / 160.0) / 0.9)]);
    close(&values(&ratio, "aif360", "disparate_impact"), &[("", 0.8)]);
    close(&values(&ratio, "aequitas", "pprev_disparity (impact parity)"), &[("u", 0.6), ("v", 1.8)]);
    close(&values(&ratio, "aequitas", "ppr_disparity (statistical parity)"), &[("u", 0.3), ("v", 0.18)]);
    close(&values(&ratio, "holisticai", "four_fifths"), &[("u", 0.6), ("v", 1.0 / 1.8)]);
    close(&values(&ratio, "aedt-audit (LL144)", "impact_ratios"), &[("p", 0.5 / 0.9), ("u", 0.3 / 0.9)]);
    assert!(values(&ratio, "ai verify (toolbox)", "Disparate Impact").is_empty());
    let difference = compare_on(PLAN, ROWS, "selection_rate_difference");
    close(&values(&difference, "fairlearn", "demographic_parity_difference"), &[("", 0.9 - 0.3)]);
    close(&values(&difference, "aif360", "statistical_parity_difference"), &[("", 0.4 - 0.5)]);
    close(&values(&difference, "veritas", "demographic_parity"), &[("u", 0.5 - 0.3), ("v", 0.5 - 0.9)]);
    close(&values(&difference, "holisticai", "statistical_parity"), &[("u", 0.3 - 0.5), ("v", 0.9 - 0.5)]);
}

/// v has no negatives: its false positive rate does not exist, and each library says so in its own way.
#[test]
fn an_empty_denominator_shows_where_libraries_part() {
    let difference = compare_on(PLAN, ROWS, "false_positive_rate_difference");
    let (p, u) = (20.0 / 60.0, 5.0 / 30.0);
    close(&values(&difference, "modelassay", "false_positive_rate_difference[max_min]"), &[("", p - u)]);
    close(&values(&difference, "fairlearn", "false_positive_rate_difference"), &[("", p)]);
    let veritas = values(&difference, "veritas", "fpr_parity");
    assert_eq!(veritas[1], ("v".to_owned(), None));
    let place = difference.definitions.iter().position(|definition| definition.library == "veritas").unwrap();
    assert_eq!(difference.attributes[0].values[place][1].undefined, Some(Reason::NoNegatives));
    let text = difference.markdown();
    assert!(text.contains("u 0.167; v undefined, no negative labels among its rows"), "{text}");
    assert!(text.contains("a group whose rate has no denominator counts as 0"), "{text}");
}

/// TPR: p 0.75, all but p 19 / 30; FPR: p 1 / 3, all but p 5 / 30.
#[test]
fn averages_of_the_odds_have_a_sign_or_none() {
    let (tpr, fpr) = (19.0 / 30.0 - 0.75, 5.0 / 30.0 - 1.0 / 3.0);
    let average = compare_on(PLAN, ROWS, "average_odds_difference");
    close(&values(&average, "aif360", "average_odds_difference"), &[("", 0.5 * (tpr + fpr))]);
    let veritas = values(&average, "veritas", "equal_odds");
    assert!((veritas[0].1.unwrap() - 0.5 * ((0.75 - 0.5) + (1.0 / 3.0 - 5.0 / 30.0))).abs() < 1e-14);
    let odds = compare_on(PLAN, ROWS, "equalized_odds_difference");
    close(&values(&odds, "aif360", "equalized_odds_difference"), &[("", fpr.abs())]);
}

#[test]
fn without_a_reference_group_the_reason_is_given_and_the_largest_serves() {
    let plan = "{label: y, prediction: d, protected: g, min_n_shown: 1}";
    let ratio = compare_on(plan, ROWS, "selection_rate_ratio");
    close(&values(&ratio, "aequitas", "pprev_disparity (impact parity)"), &[("u", 0.6), ("v", 1.8)]);
    let text = ratio.markdown();
    assert!(text.contains("undefined, the plan names no reference group for the attribute"), "{text}");
}

#[test]
fn small_groups_stay_hidden_and_names_cannot_break_the_table() {
    let rows = [(40, "1,1,p"), (40, "0,0,p"), (30, "1,1,a|b"), (30, "0,0,a|b"), (2, "1,1,tiny"), (9, "1,0,small")];
    let plan = "{label: y, prediction: d, protected: g, reference_groups: {g: p}}";
    let text = compare_on(plan, &rows, "selection_rate_ratio").markdown();
    assert!(text.contains("a\\|b 1") && text.contains("tiny hidden") && !text.contains("tiny 2"), "{text}");
}
