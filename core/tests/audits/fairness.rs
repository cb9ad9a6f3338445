//! Fairness measures of a small table against independent libraries (fixtures/fairness/make.py), and what a plan may ask.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]

use std::collections::BTreeMap;

use modelassay::findings::v1::{Measure, Outcome, Reason, Report};
use modelassay::plan::Plan;
use serde_json::Value;

use super::support::{audit, measure, plan};

const TABLE: &str = include_str!("../fixtures/fairness/table.csv");
const PLAN: &str = "{label: y, prediction: d, score: s, protected: [g], reference_groups: {g: a}, min_n_shown: 1, \
                    min_n: 1, conventions: [best_group, overall, four_fifths, population_sd, empirical_bayes, \
                    top_20_percent, fpr_20_percent]";

/// Compares every number of the fixture with the measure of that id.
fn compare(kind: &str, plan: &str) {
    let expected: Value = serde_json::from_str(include_str!("../fixtures/fairness/expected.json")).unwrap();
    let report = audit(plan, TABLE);
    let ours: BTreeMap<&str, &Measure> = report.measures.iter().map(|measure| (measure.id.as_str(), measure)).collect();
    let mut wrong = Vec::new();
    for (id, numbers) in expected[kind].as_object().unwrap() {
        let Some(measure) = ours.get(id.as_str()) else {
            wrong.push(format!("{id} is missing"));
            continue;
        };
        let interval = measure.interval.as_ref();
        let found = [measure.value, interval.and_then(|i| i.lower), interval.and_then(|i| i.upper)];
        // The reference's derivatives and roots are numerical.
        let close = |a: f64, b: f64, tolerance: f64| (a - b).abs() <= tolerance * b.abs().max(1.0);
        for (place, number) in numbers.as_array().unwrap().iter().enumerate() {
            let (reference, tolerance) = (number.as_f64().unwrap(), if place == 0 { 1e-10 } else { 1e-7 });
            if !found[place].is_some_and(|ours| close(ours, reference, tolerance)) {
                wrong.push(format!("{id}, number {place}: {:?}, reference {reference}", found[place]));
            }
        }
    }
    assert!(wrong.is_empty(), "{kind}: {} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn measures_are_those_of_independent_libraries() {
    compare("unweighted", &format!("{PLAN}}}"));
}

#[test]
fn weighted_measures_are_those_of_independent_libraries() {
    compare("weighted", &format!("{PLAN}, weight: w}}"));
}

/// Weights of 1 are no weights: the same values, and the same intervals.
#[test]
fn weights_of_one_change_nothing() {
    let ones: String = TABLE
        .lines()
        .enumerate()
        .map(|(row, line)| {
            let (rest, weight) = line.rsplit_once(',').unwrap();
            format!("{rest},{}\n", if row == 0 { weight } else { "1" })
        })
        .collect();
    let (plain, weighted) = (audit(&format!("{PLAN}}}"), &ones), audit(&format!("{PLAN}, weight: w}}"), &ones));
    let close = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        (a, b) => a == b,
    };
    for one in &plain.measures {
        let other = measure(&weighted, &one.id);
        if other.undefined == Some(Reason::WeightsNotSupported) || one.name == "sum_of_weights" {
            continue;
        }
        assert!(close(one.value, other.value), "{}: {:?} and {:?}", one.id, one.value, other.value);
        assert_eq!(one.undefined, other.undefined, "{}", one.id);
        let ends = |measure: &Measure| {
            let interval = measure.interval.as_ref();
            [interval.and_then(|i| i.lower), interval.and_then(|i| i.upper)]
        };
        for (a, b) in ends(one).into_iter().zip(ends(other)) {
            assert!(close(a, b), "{}: {a:?} and {b:?}", one.id);
        }
    }
}

/// The order of rows says nothing.
#[test]
fn the_order_of_rows_changes_nothing() {
    let mut lines: Vec<&str> = TABLE.lines().collect();
    lines[1..].reverse();
    let plan = format!("{PLAN}, weight: w}}");
    let ids = |report: Report| -> Vec<(String, Option<u64>)> {
        report.measures.into_iter().map(|measure| (measure.id, measure.value.map(f64::to_bits))).collect()
    };
    assert_eq!(ids(audit(&plan, TABLE)), ids(audit(&plan, &lines.join("\n"))));
}

fn table(header: &str, rows: &[(usize, &str)]) -> String {
    let mut text = format!("{header}\n");
    for (times, row) in rows {
        text.push_str(&format!("{row}\n").repeat(*times));
    }
    text
}

/// 40 of 100, 30 of 100 and, in a group of unknown people, 9 of 10.
const DECIDED: [(usize, &str); 6] = [(40, "1,a"), (60, "0,a"), (30, "1,b"), (70, "0,b"), (9, "1,"), (1, "0,")];

#[test]
fn people_of_no_known_group_are_no_benchmark() {
    let report = audit(
        "{prediction: d, protected: [g], min_n_shown: 1, conventions: [best_group, four_fifths]}",
        &table("d,g", &DECIDED),
    );
    let ratio = measure(&report, "selection_rate_ratio[best_group]:g=b");
    assert!((ratio.value.unwrap() - 0.75).abs() < 1e-15);
    assert_eq!(ratio.subject.reference, [Some("a".to_owned())]);
    assert!(measure(&report, "selection_rate_ratio[best_group]:g=∅").value.unwrap() > 2.0);
    // 0.8 x 0.4 x 100 = 32 would be four fifths.
    assert!((measure(&report, "selection_shortfall[four_fifths]:g=b").value.unwrap() - 2.0).abs() < 1e-12);
    assert!((measure(&report, "selection_shortfall[best_group]:g=b").value.unwrap() - 10.0).abs() < 1e-12);
    assert!(report.measures.iter().all(|measure| measure.id != "selection_rate_ratio[best_group]:g=a"));
}

#[test]
fn a_criterion_may_compare_with_the_best_group_or_with_all_rows() {
    let plan = |criterion: &str| {
        format!("{{prediction: d, protected: [g], min_n_shown: 1, min_n: 1, criteria: [{criterion}]}}")
    };
    let outcome = |criterion: &str, id: &str| {
        let report =
            audit(&plan(criterion), &table("d,g", &[(4000, "1,a"), (6000, "0,a"), (2500, "1,b"), (7500, "0,b")]));
        let finding = report.findings.into_iter().find(|finding| finding.id == id).unwrap();
        (finding.outcome, finding.summary)
    };
    let ratio =
        "{measure: selection_rate_ratio, attribute: g, convention: best_group, comparator: '>=', threshold: 0.8}";
    let (judged, summary) = outcome(ratio, "fairness/selection-rate-ratio:g=b#1");
    assert_eq!(judged, Outcome::NotMet);
    assert!(summary.starts_with("Selection rate of g b was 0.625 times that of a"), "{summary}");
    let whole = "{measure: selection_rate_difference, attribute: g, group: b, convention: overall, comparator: '>=', \
                 threshold: -0.1}";
    let (judged, summary) = outcome(whole, "fairness/selection-rate-difference:g=b#1");
    assert_eq!(judged, Outcome::Met);
    assert!(summary.starts_with("Selection rate of g b minus that of all rows was −0.075"), "{summary}");
}

#[test]
fn criteria_say_whom_groups_are_compared_with() {
    let sentence = |criterion: &str| {
        let roles = "label: y, prediction: d, score: s, protected: [g], reference_groups: {g: a}";
        let plan = plan(&format!("{{{roles}, criteria: [{criterion}]}}"));
        plan.criteria[0].sentence_in(&plan)
    };
    let of = |measure: &str, convention: &str, rest: &str| {
        sentence(&format!("{{measure: {measure}, convention: {convention}, attribute: g, {rest}}}"))
    };
    let at_most = "comparator: '<=', threshold: 0.3";
    assert_eq!(
        of("selection_rate_ratio", "best_group", "comparator: '>=', threshold: 0.8"),
        "selection rate of every group of g is at least 0.80 times that of the best group"
    );
    assert_eq!(
        of("selection_shortfall", "four_fifths", "group: b, comparator: '<=', threshold: 5"),
        "shortfall of selections of g b against four fifths of the best rate is at most 5"
    );
    assert_eq!(
        of("smd", "pooled_sd", at_most),
        "standardised mean difference of every group of g against a is at most 0.30 (pooled sd)"
    );
    assert_eq!(
        of("score_wasserstein_distance", "overall", at_most),
        "Wasserstein distance of the scores of every group of g against all rows is at most 0.30"
    );
    assert_eq!(of("recall", "empirical_bayes", at_most), "shrunken recall of every group of g is at most 0.30");
}

#[test]
fn a_shrunken_rate_is_one_of_groups() {
    let criterion = "{measure: selection_rate, convention: empirical_bayes, comparator: '>=', threshold: 0.2}";
    let error =
        Plan::parse(&format!("{{prediction: d, protected: [g], criteria: [{criterion}]}}"), "plan").unwrap_err();
    assert!(error.to_string().contains("`empirical_bayes` is a definition for groups"), "{error}");
    let plan = "{prediction: d, protected: [g], min_n_shown: 1, conventions: [empirical_bayes]}";
    let two = audit(plan, &table("d,g", &DECIDED[..4]));
    assert_eq!(measure(&two, "selection_rate[empirical_bayes]:g=a").undefined, Some(Reason::FewGroups));
    let same = audit(plan, &table("d,g", &[(5, "1,a"), (5, "1,b"), (9, "1,c")]));
    assert_eq!(measure(&same, "selection_rate[empirical_bayes]:g=a").undefined, Some(Reason::ZeroVariance));
}

/// Three equal rates: nothing tells the groups apart, so each has the rate of all, and yet an interval.
#[test]
fn groups_that_do_not_differ_share_one_rate() {
    let plan = "{prediction: d, protected: [g], min_n_shown: 1, conventions: [empirical_bayes]}";
    let rows = [(10, "1,a"), (30, "0,a"), (20, "1,b"), (60, "0,b"), (1, "1,c"), (3, "0,c")];
    let report = audit(plan, &table("d,g", &rows));
    for group in ["a", "b", "c"] {
        let rate = measure(&report, &format!("selection_rate[empirical_bayes]:g={group}"));
        assert_eq!(rate.value, Some(0.25));
        let interval = rate.interval.as_ref().unwrap();
        assert!(
            interval.lower.unwrap() < 0.25
                && interval.upper.unwrap() > 0.25
                && interval.method == "empirical_bayes_beta"
        );
    }
}

/// Scores at the median are not above it; scores of unlabelled rows count; the favourable side counts.
#[test]
fn the_scoring_rate_is_that_of_local_law_144() {
    let rows = [(1, ",0.1,a"), (2, "1,0.5,a"), (1, "0,0.5,b"), (3, ",0.9,b"), (1, "1,0.2,a"), (1, ",0.4,b")];
    let above = audit("{label: y, score: s, threshold: 0.5, protected: [g], min_n_shown: 1}", &table("y,s,g", &rows));
    // The median of 0.1 0.2 0.4 0.5 0.5 0.5 0.9 0.9 0.9 is 0.5.
    assert_eq!(measure(&above, "scoring_rate:g=a").value, Some(0.0));
    assert_eq!(measure(&above, "scoring_rate:g=b").value, Some(0.6));
    assert_eq!(measure(&above, "scoring_rate").value, Some(1.0 / 3.0));
    let plan = "{score: s, threshold: 0.5, favourable: 0, protected: [g], min_n_shown: 1}";
    let below = audit(plan, &table("y,s,g", &rows));
    assert_eq!(measure(&below, "scoring_rate:g=a").value, Some(0.5));
}

#[test]
fn what_cannot_be_compared_says_why() {
    let rows = [
        (150, "1,1,0.7,a"),
        (60, "0,0,0.2,a"),
        (20, "1,1,0.7,b"),
        (9, "1,0,0.7,b"),
        (5, "0,0,inf,c"),
        (3, "0,1,0.1,c"),
    ];
    let plan = "{label: y, prediction: d, score: s, protected: [g], reference_groups: {g: a}, min_n_shown: 1}";
    let report = audit(plan, &table("y,d,s,g", &rows));
    for (id, reason) in [
        ("selection_rate_boschloo_p_value[reference_group]:g=b", Reason::TooManyRows),
        ("abroca[reference_group]:g=b", Reason::NoNegatives),
        ("abroca[reference_group]:g=c", Reason::NoPositives),
        ("standardized_mean_difference[pooled_sd]:g=c", Reason::ScoresInfinite),
        ("score_wasserstein_distance[reference_group]:g=c", Reason::ScoresInfinite),
        ("mean_score:g=c", Reason::ScoresOutOfRange),
        ("treatment_equality:g=a", Reason::ZeroDenominator),
        ("treatment_equality:g=b", Reason::Infinite),
    ] {
        let measure = measure(&report, id);
        assert_eq!((measure.value, measure.undefined), (None, Some(reason)), "{id}");
        assert!(measure.interval.is_none(), "{id}");
    }
    let apart = measure(&report, "score_ks_distance[reference_group]:g=c");
    assert!(apart.value.is_some() && apart.interval.is_some(), "a rank distance takes infinite scores");
}

/// A group too small to show is hidden in every comparison, and no other number gives it away.
#[test]
fn small_groups_stay_hidden() {
    let rows = [
        (60, "1,1,0.7,a"),
        (60, "0,0,0.2,a"),
        (4, "1,1,0.7,b"),
        (3, "0,1,0.3,c"),
        (40, "0,1,0.4,d"),
        (40, "1,0,0.6,d"),
    ];
    let plan = "{label: y, prediction: d, score: s, protected: [g], reference_groups: {g: a}, min_n_shown: 5, \
                conventions: [best_group, overall, population_sd, empirical_bayes]}";
    let report = audit(plan, &table("y,d,s,g", &rows));
    let of_hidden = |measure: &&Measure| {
        let is = |group: &[Option<String>]| group == [Some("b".to_owned())] || group == [Some("c".to_owned())];
        is(&measure.subject.group) || is(&measure.subject.reference)
    };
    let hidden: Vec<&Measure> = report.measures.iter().filter(of_hidden).collect();
    assert!(hidden.len() > 50);
    for measure in hidden {
        assert_eq!((measure.value, measure.n, measure.interval.is_none()), (None, None, true), "{}", measure.id);
    }
    assert!(measure(&report, "selection_rate_difference[overall]:g=d").value.is_some());
}
