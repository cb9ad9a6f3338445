//! What must not change a report, or must change it in one known way: names of groups, order of rows, weights in place of
//! copies, the other class called positive, scores on another scale.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]

use std::collections::BTreeMap;
use std::fmt::Write;

use modelassay::audit::Audit;
use modelassay::findings::v1::{Measure, Provenance, Reason, Report};
use modelassay::plan::PlanTable;
use proptest::prelude::*;

use super::support::{plan, read};

/// One row of a table.
#[derive(Clone, Debug)]
struct Row {
    label: &'static str,
    decision: &'static str,
    score: Option<f64>,
    /// A whole number of sixty-fourths, so that sums of weights are exact in any order.
    weight: f64,
    first: &'static str,
    second: &'static str,
}

const GROUPS: [&str; 4] = ["a", "b", "c", ""];

fn row() -> impl Strategy<Value = Row> {
    let text = |values: &'static [&'static str]| prop::sample::select(values);
    let score = prop_oneof![
        6 => (1_u32..1000).prop_map(|thousandths| Some(f64::from(thousandths) / 1000.0)),
        2 => (1_u32..10).prop_map(|tenths| Some(f64::from(tenths) / 10.0)),
        1 => Just(None),
    ];
    (
        text(&["0", "1", "0", "1", ""]),
        text(&["0", "1", "0", "1", ""]),
        score,
        1_u32..256,
        text(&GROUPS),
        text(&["x", "y"]),
    )
        .prop_map(|(label, decision, score, weight, first, second)| Row {
            label,
            decision,
            score,
            weight: f64::from(weight) / 64.0,
            first,
            second,
        })
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(row(), 1..60)
}

const ROLES: &str = "label: y
prediction: d
score: s
protected: [g, h, [g, h]]
min_n: 1
min_n_shown: 1
conventions: [population_sd, equal_width_left_closed, equal_count, equal_count_left_closed, joint, development, delong_plain, \
    macro_average, weighted_average, fairlearn, fairlearn_mean, fairlearn_to_overall, fairlearn_to_overall_mean, \
    max_min_mean, min_max_mean, max_min_bonferroni, min_max_bonferroni, pooled_reference]
";

/// Audits rows; `more` are further lines of the plan.
fn audit_on(threads: usize, rows: &[Row], more: &str) -> Report {
    let mut text = "y,d,s,w,g,h\n".to_owned();
    for Row { label, decision, score, weight, first, second } in rows {
        let score = score.map_or_else(String::new, |score| score.to_string());
        writeln!(text, "{label},{decision},{score},{weight},{first},{second}").unwrap();
    }
    let mut audit = Audit::new(plan(&format!("{ROLES}{more}"))).on_threads(threads);
    read(&mut audit, PlanTable::Predictions, &text).unwrap();
    audit.finish(None, Provenance::default()).unwrap()
}

fn audit(rows: &[Row], more: &str) -> Report {
    audit_on(1, rows, more)
}

/// The measures of a report by id.
fn measures(report: &Report) -> BTreeMap<&str, &Measure> {
    report.measures.iter().map(|measure| (measure.id.as_str(), measure)).collect()
}

type Number = (Option<f64>, Option<Reason>, Option<(Option<f64>, Option<f64>)>);

fn limits(measure: &Measure) -> (Option<f64>, Option<f64>) {
    measure.interval.as_ref().map(|interval| (interval.lower, interval.upper)).unwrap_or_default()
}

/// Value, reason and limits.
fn number(measure: &Measure) -> Number {
    (measure.value, measure.undefined, measure.interval.as_ref().map(|_| limits(measure)))
}

fn close(a: Option<f64>, b: Option<f64>, tolerance: f64) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= tolerance * (1.0 + a.abs()),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Whether limits rest on resampled counts: those of max-T, and of the means of two such gaps.
fn is_resampled(measure: &Measure) -> bool {
    let max_t = measure.interval.as_ref().is_some_and(|interval| interval.method.ends_with("_max_t"));
    max_t || ["max_min_mean", "min_max_mean"].contains(&measure.convention.as_str())
}

/// Whether a limit is not above another; where there is none it is infinite on its side.
fn at_most(a: Option<f64>, b: Option<f64>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a <= b + ROUNDING * (1.0 + b.abs()))
}

/// What remains between sums that took another order, as rounding.
const ROUNDING: f64 = 1e-9;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Neither the order of the rows nor the number of threads shows anywhere in a report.
    #[test]
    fn the_order_of_rows_and_threads_never_show(
        (rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let more = "weight: w\nreference_groups: {g: a, h: x}\n";
        prop_assert_eq!(audit(&rows, more).digest, audit_on(3, &shuffled, more).digest);
    }

    /// Groups under other names, in another order, have the same numbers.
    #[test]
    fn names_of_groups_are_names(rows in rows()) {
        let renamed = |group: &'static str| match group { "a" => "zebra", "b" => "1", "c" => "m & n", other => other };
        let others: Vec<Row> = rows.iter().map(|row| Row { first: renamed(row.first), ..row.clone() }).collect();
        let (before, after) =
            (audit(&rows, "reference_groups: {g: a, h: x}\n"), audit(&others, "reference_groups: {g: zebra, h: x}\n"));
        let after: BTreeMap<_, _> = after.measures.iter().map(|m| {
            let subject = (&m.subject.attribute, &m.subject.group, reference(m));
            ((m.name.as_str(), m.convention.as_str(), format!("{subject:?}")), m)
        }).collect();
        prop_assert_eq!(before.measures.len(), after.len());
        let ours = measures(&before);
        for measure in &before.measures {
            let mut subject = measure.subject.clone();
            for groups in [&mut subject.group, &mut subject.reference] {
                let place = subject.attribute.iter().position(|name| name == "g");
                if let Some(Some(group)) = place.and_then(|place| groups.get_mut(place)) {
                    *group = match group.as_str() { "a" => "zebra", "b" => "1", "c" => "m & n", _ => unreachable!() }.to_owned();
                }
            }
            let reference = if measure.convention == "best_group" { &Vec::new() } else { &subject.reference };
            let subject = (&subject.attribute, &subject.group, reference);
            let key = (measure.name.as_str(), measure.convention.as_str(), format!("{subject:?}"));
            let Some(twin) = after.get(&key) else {
                // Of several best groups the first by name is the best: the others are at no distance from it.
                prop_assert_eq!(&measure.convention, "best_group");
                let none = if measure.name.ends_with("_ratio") { 1.0 } else { 0.0 };
                prop_assert!(measure.value.is_none_or(|value| (value - none).abs() <= ROUNDING), "{measure:?}");
                continue;
            };
            // Sums over groups run in the order of their names.
            prop_assert!(close(measure.value, twin.value, ROUNDING), "{measure:?} {twin:?}");
            prop_assert_eq!(&measure.undefined, &twin.undefined);
            let method = |measure: &Measure| measure.interval.as_ref().map(|interval| interval.method.clone());
            prop_assert_eq!(method(measure), method(twin));
            let (mine, theirs) = (limits(measure), limits(twin));
            if is_resampled(measure) {
                // Random numbers belong to the names of groups, so limits differ by chance: around the value, and within
                // Bonferroni's where these are about the same pairs.
                let id = measure.id.replacen(&measure.convention, &format!("{}_bonferroni", measure.convention), 1);
                let of_one_rate = !measure.name.starts_with("equalized_odds");
                let widest = ours.get(id.as_str()).filter(|_| of_one_rate).map_or((None, None), |measure| limits(measure));
                prop_assert!(widest != (None, None) || !of_one_rate, "{measure:?}");
                for (lower, upper) in [mine, theirs] {
                    prop_assert!(at_most(lower, measure.value) && at_most(measure.value, upper), "{measure:?} {twin:?}");
                    prop_assert!(at_most(widest.0, lower) && at_most(upper, widest.1), "{measure:?} {twin:?} {widest:?}");
                }
            } else {
                prop_assert!(close(mine.0, theirs.0, ROUNDING) && close(mine.1, theirs.1, ROUNDING), "{measure:?} {twin:?}");
            }
        }
    }

    /// Every row twice, or every row with weight 2: the same values. Weights say how much rows matter, not how many there
    /// are, so the intervals are those of the rows as they were.
    #[test]
    fn weight_two_has_the_values_of_two_copies_and_the_intervals_of_one(rows in rows()) {
        let reference = "reference_groups: {g: a, h: x}\n";
        let doubled: Vec<Row> = rows.iter().flat_map(|row| [row.clone(), row.clone()]).collect();
        let heavier: Vec<Row> = rows.iter().map(|row| Row { weight: 2.0, ..row.clone() }).collect();
        let (once, copies, weighted) =
            (audit(&rows, reference), audit(&doubled, reference), audit(&heavier, &format!("weight: w\n{reference}")));
        let (once, copies) = (measures(&once), measures(&copies));
        for measure in &weighted.measures {
            let (id, name) = (measure.id.as_str(), measure.name.as_str());
            if measure.undefined == Some(Reason::WeightsNotSupported) || name == "n" || name == "sum_of_weights" {
                continue;
            }
            let same = if counts_rows(measure) { once[id] } else { copies[id] };
            prop_assert!(close(measure.value, same.value, ROUNDING), "{measure:?} {same:?}");
            if let (Some(mine), Some(theirs)) = (&measure.interval, &once[id].interval) {
                // People are counted by weight; of weighted rows a fit has the robust error.
                let people = if name == "selection_shortfall" { 2.0 } else { 1.0 };
                let [lower, upper] = [theirs.lower, theirs.upper].map(|limit| limit.map(|limit| people * limit));
                let fitted = ["calibration_slope", "calibration_intercept"].contains(&name);
                prop_assert!(fitted || close(mine.lower, lower, ROUNDING) && close(mine.upper, upper, ROUNDING), "{measure:?}");
            }
            if let (Some(mine), Some(_)) = (&measure.interval, &copies[id].interval)
                && mine.method == "wilson"
            {
                let narrower = copies[id].interval.as_ref().unwrap();
                prop_assert!(width(narrower) < width(mine), "{narrower:?} {mine:?}");
            }
        }
    }

    /// The other class called positive: each rate becomes the one it mirrors.
    #[test]
    fn the_other_class_mirrors_every_rate(rows in rows()) {
        let other = |value| match value { "0" => "1", "1" => "0", missing => missing };
        let mirrored: Vec<Row> = rows
            .iter()
            .map(|row| Row {
                label: other(row.label),
                decision: other(row.decision),
                score: row.score.map(|score| 1.0 - score),
                ..row.clone()
            })
            .collect();
        let (before, after) = (audit(&rows, "reference_groups: {g: a, h: x}\n"), audit(&mirrored, "reference_groups: {g: a, h: x}\n"));
        let after = measures(&after);
        let mut compared = 0;
        for measure in before.measures.iter().filter(|measure| ["standard", "max_min", "reference_group"].contains(&measure.convention.as_str())) {
            let (name, gap) = match measure.name.strip_suffix("_difference") {
                Some(name) => (name, "_difference"),
                None => (measure.name.as_str(), ""),
            };
            let Some(&(_, twin, mirror)) = MIRRORS.iter().find(|(this, _, _)| *this == name) else { continue };
            let id = measure.id.replacen(&measure.name, &format!("{twin}{gap}"), 1);
            let twin = after[id.as_str()];
            let of = |value: f64| match (mirror, gap, measure.convention.as_str()) {
                // The largest difference has no sign; a signed one has the other.
                (Mirror::Same, _, _) | (Mirror::Complement, "_difference", "max_min") => value,
                (Mirror::Complement, "_difference", _) => -value,
                (Mirror::Complement, _, _) => 1.0 - value,
            };
            prop_assert!(close(measure.value.map(of), twin.value, ROUNDING), "{measure:?} {twin:?}");
            prop_assert_eq!(measure.undefined.is_some(), twin.undefined.is_some());
            compared += 1;
        }
        prop_assert!(compared > 100, "{compared}");
    }

    /// Ranking knows the order of scores and nothing else of them.
    #[test]
    fn ranking_survives_any_rising_scale(rows in rows()) {
        let rescaled: Vec<Row> =
            rows.iter().map(|row| Row { score: row.score.map(|score| score * score * score / 2.0 + 0.25), ..row.clone() }).collect();
        for more in ["", "weight: w\n"] {
            let (before, after) = (audit(&rows, more), audit(&rescaled, more));
            let after = measures(&after);
            for measure in &before.measures {
                let of = measure.name.strip_suffix("_difference").or(measure.name.strip_suffix("_ratio"));
                if RANKING.contains(&of.unwrap_or(&measure.name)) {
                    prop_assert_eq!(number(measure), number(after[measure.id.as_str()]), "{}", measure.id);
                }
            }
        }
    }
}

/// Whether it depends on how many rows there are, and not on their shares alone, so that it is that of the rows as they were:
/// test statistics, standard deviations of n - 1, shares that are smoothed by a row, and all that rests on bins of equal
/// count or on knots, which are cut by rows, whatever these weigh.
fn counts_rows(measure: &Measure) -> bool {
    match measure.name.as_str() {
        "standardized_mean_difference" => measure.convention == "pooled_sd",
        "expected_calibration_error" | "maximum_calibration_error" => measure.convention.starts_with("equal_count"),
        "spiegelhalter_z"
        | "spiegelhalter_p_value"
        | "hosmer_lemeshow_p_value"
        | "differential_fairness"
        | "brier_reliability"
        | "brier_resolution"
        | "integrated_calibration_index" => true,
        _ => false,
    }
}

/// The group it is compared with; of several best groups, the first by name is called the best.
fn reference(measure: &Measure) -> &[Option<String>] {
    if measure.convention == "best_group" { &[] } else { &measure.subject.reference }
}

const RANKING: &[&str] = &["roc_auc", "gini", "average_precision", "pr_auc_trapezoid", "ks"];

fn width(interval: &modelassay::findings::v1::Interval) -> f64 {
    interval.upper.unwrap_or(f64::INFINITY) - interval.lower.unwrap_or(f64::NEG_INFINITY)
}

/// How a measure looks when the other class is the positive one.
#[derive(Clone, Copy)]
enum Mirror {
    Same,
    Complement,
}

/// A measure, the one it becomes, and how.
const MIRRORS: &[(&str, &str, Mirror)] = &[
    ("true_positives", "true_negatives", Mirror::Same),
    ("false_positives", "false_negatives", Mirror::Same),
    ("prevalence", "prevalence", Mirror::Complement),
    ("selection_rate", "selection_rate", Mirror::Complement),
    ("accuracy", "accuracy", Mirror::Same),
    ("balanced_accuracy", "balanced_accuracy", Mirror::Same),
    ("informedness", "informedness", Mirror::Same),
    ("recall", "specificity", Mirror::Same),
    ("specificity", "recall", Mirror::Same),
    ("false_positive_rate", "false_negative_rate", Mirror::Same),
    ("false_negative_rate", "false_positive_rate", Mirror::Same),
    ("precision", "negative_predictive_value", Mirror::Same),
    ("negative_predictive_value", "precision", Mirror::Same),
    ("false_discovery_rate", "false_omission_rate", Mirror::Same),
    ("matthews_correlation", "matthews_correlation", Mirror::Same),
    ("cohen_kappa", "cohen_kappa", Mirror::Same),
    ("roc_auc", "roc_auc", Mirror::Same),
    ("gini", "gini", Mirror::Same),
    ("ks", "ks", Mirror::Same),
    ("brier", "brier", Mirror::Same),
    ("log_loss", "log_loss", Mirror::Same),
    ("mean_score", "mean_score", Mirror::Complement),
];
