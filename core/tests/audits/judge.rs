//! What an answer may say: outcomes, reasons, families, suppression and verdict, on tables small enough to check by hand.

use modelassay::audit::Audit;
use modelassay::findings::v1::{Outcome, Provenance, Reason, VerdictOutcome};
use modelassay::plan::PlanTable;
use modelassay::record::{canonical_json, sha256_hex};

use super::support::{audit, finding, measure, plan as parsed, read, table};

const GROUPED: &str = "{label: y, prediction: d, protected: [g], min_n_shown: 1, min_n: 1";

/// However its parts are written: the RFC 8785 form without `digest` and `provenance`.
#[test]
fn the_digest_is_that_of_the_canonical_report() {
    let report = audit(
        &format!("{GROUPED}}}"),
        &table("y,d,g", &[(30, "1,1,a"), (20, "0,1,b"), (10, "0,0,b"), (9, "1,0,\"c\"\"\u{e9}\""), (8, "0,1,a")]),
    );
    assert!(report.measures.len() > 64, "more than one part");
    let mut value = serde_json::to_value(&report).unwrap();
    let members = value.as_object_mut().unwrap();
    members.remove("digest").unwrap();
    members.remove("provenance").unwrap();
    assert_eq!(report.digest, sha256_hex(canonical_json(&value).as_bytes()));
}

#[test]
fn a_plan_without_criteria_is_incomplete_never_passed() {
    let report = audit(&format!("{GROUPED}}}"), &table("y,d,g", &[(50, "1,1,a"), (50, "0,0,a")]));
    assert_eq!(report.verdict.outcome, VerdictOutcome::Incomplete);
    assert_eq!(report.verdict.criteria.total, 0);
}

#[test]
fn met_needs_the_whole_interval() {
    let rows = [(90, "1,1,a"), (10, "0,1,a")];
    let verdict = |threshold: &str| {
        let report = audit(&format!("{GROUPED}, criteria: [accuracy >= {threshold}]}}"), &table("y,d,g", &rows));
        (finding(&report, "performance/accuracy#1").outcome, report.verdict.outcome)
    };
    // 90 of 100: Wilson's interval is 0.826 to 0.945.
    assert_eq!(verdict("0.8"), (Outcome::Met, VerdictOutcome::Fail), "a constant decision fails its own check");
    assert_eq!(verdict("0.85").0, Outcome::Undecided);
    assert_eq!(verdict("0.9").0, Outcome::Undecided);
    assert_eq!(verdict("0.95").0, Outcome::NotMet);
}

#[test]
fn undecided_says_how_many_rows_it_would_take() {
    let rows = [(45, "1,1,a"), (45, "0,0,a"), (10, "0,1,a")];
    let at = |criterion: &str| {
        let report = audit(&format!("{GROUPED}, criteria: [{criterion}]}}"), &table("y,d,g", &rows));
        finding(&report, "performance/accuracy#1").decision.clone().unwrap()
    };
    let near = at("accuracy >= 0.85");
    assert!(near.n_needed.is_some_and(|needed| (300..500).contains(&needed)), "{near:?}");
    assert!(near.smallest_detectable.is_some());
    assert_eq!(at("accuracy >= 0.9").n_needed_reason.as_deref(), Some("estimate_at_threshold"));
}

#[test]
fn the_rule_point_reads_the_value_alone() {
    let plan =
        format!("{GROUPED}, criteria: [{{measure: accuracy, comparator: '>=', threshold: 0.85, rule: point}}]}}");
    let report = audit(&plan, &table("y,d,g", &[(45, "1,1,a"), (45, "0,0,a"), (10, "0,1,a")]));
    assert_eq!(finding(&report, "performance/accuracy#1").outcome, Outcome::Met);
    assert_eq!(report.verdict.outcome, VerdictOutcome::Pass);
}

/// One of six groups is just beyond the threshold: not met by itself, undecided in its family.
#[test]
fn a_group_is_not_met_only_if_it_survives_holm() {
    let mut rows = vec![(24, "1,1,a"), (26, "1,0,a")];
    for row in ["1,1,b", "1,1,c", "1,1,d", "1,1,e", "1,1,f"] {
        rows.push((33, row));
    }
    for row in ["1,0,b", "1,0,c", "1,0,d", "1,0,e", "1,0,f"] {
        rows.push((17, row));
    }
    let text = table("y,d,g", &rows);
    let alone = audit(
        &format!(
            "{GROUPED}, criteria: [{{measure: recall, attribute: g, group: a, comparator: '>=', threshold: 0.625}}]}}"
        ),
        &text,
    );
    assert_eq!(finding(&alone, "performance/recall:g=a#1").outcome, Outcome::NotMet);
    let together = audit(&format!("{GROUPED}, criteria: [recall by g >= 0.625]}}"), &text);
    let judged = finding(&together, "performance/recall:g=a#1");
    let decision = judged.decision.clone().unwrap();
    assert_eq!((judged.outcome, decision.decided_by.as_str()), (Outcome::Undecided, "holm"));
    assert!(decision.p_adjusted.unwrap() > 5.0 * decision.p_value.unwrap());
}

#[test]
fn what_cannot_be_computed_has_a_reason_and_no_value() {
    let rows = [(20, "1,1,0.9,a"), (20, "0,0,0.1,a"), (20, "0,0,0.2,only_negatives")];
    let report = audit(
        "{label: y, prediction: d, score: s, protected: [g], min_n: 1, criteria: [recall by g >= 0.5]}",
        &table("y,d,s,g", &rows),
    );
    for (id, reason) in [
        ("recall:g=only_negatives", Reason::NoPositives),
        ("precision:g=only_negatives", Reason::NoPositiveDecisions),
        ("f1:g=only_negatives", Reason::ZeroDenominator),
        ("roc_auc:g=only_negatives", Reason::NoPositives),
    ] {
        let measure = measure(&report, id);
        assert_eq!((measure.value, measure.undefined), (None, Some(reason)), "{id}");
    }
    assert_eq!(finding(&report, "performance/recall:g=only_negatives#1").outcome, Outcome::NotAssessed);
    assert_ne!(report.verdict.outcome, VerdictOutcome::Pass);
}

#[test]
fn a_ratio_to_zero_is_undefined() {
    let rows = [(20, "1,0,a"), (20, "0,1,b"), (20, "1,1,b")];
    let report = audit(&format!("{GROUPED}, reference_groups: {{g: a}}}}"), &table("y,d,g", &rows));
    let ratio = measure(&report, "selection_rate_ratio[reference_group]:g=b");
    assert_eq!((ratio.value, ratio.undefined), (None, Some(Reason::Infinite)));
}

/// A hidden group cannot be worked out from what is shown: its complement is hidden too, and n nowhere appears.
#[test]
fn small_groups_are_hidden_with_their_complement() {
    let rows = [(3, "1,1,tiny"), (40, "1,1,small"), (300, "1,1,large"), (300, "0,0,large"), (400, "0,0,other")];
    let report = audit(
        "{label: y, prediction: d, protected: [g], min_n_shown: 5, criteria: [recall by g >= 0.5]}",
        &table("y,d,g", &rows),
    );
    for group in ["tiny", "small"] {
        for measure in report.measures.iter().filter(|measure| measure.subject.group == [Some(group.to_owned())]) {
            assert_eq!((measure.value, measure.n, &measure.interval), (None, None, &None), "{}", measure.id);
            assert_eq!(measure.undefined, Some(Reason::Suppressed), "{}", measure.id);
        }
        let judged = finding(&report, &format!("performance/recall:g={group}#1"));
        assert_eq!((judged.outcome, judged.reason), (Outcome::NotAssessed, Some(Reason::Suppressed)));
        assert_eq!(judged.concerned, None);
    }
    assert_eq!(measure(&report, "n:g=large").value, Some(600.0));
    let listed = finding(&report, "fairness/group-size:g");
    assert!(listed.summary.contains("tiny") && listed.summary.contains("small"), "{}", listed.summary);
}

#[test]
fn intersections_give_no_marginal_away() {
    // Only (a, x) is small; without a complement in its row and its column it is a total less what is shown.
    let rows = [(2, "1,1,a,x"), (50, "1,1,a,y"), (60, "0,0,b,x"), (70, "0,0,b,y")];
    let report =
        audit("{label: y, prediction: d, protected: [g, h, [g, h]], min_n_shown: 5}", &table("y,d,g,h", &rows));
    let hidden = report.measures.iter().filter(|measure| measure.name == "n" && measure.subject.group.len() == 2);
    assert!(hidden.map(|measure| measure.value).all(|value| value.is_none()));
}

#[test]
fn excluded_decisions_leave_every_rate_but_stay_counted() {
    let plan = "{label: y, prediction: d, decisions: {yes: positive, no: negative, refer: excluded}, favourable: no}";
    let report = audit(plan, &table("y,d", &[(30, "1,yes"), (20, "0,no"), (50, "1,refer")]));
    let rate = measure(&report, "selection_rate");
    assert_eq!((rate.value, rate.n), (Some(0.4), Some(50)), "the favourable decision is `no`");
    assert_eq!(measure(&report, "recall").n, Some(30));
    assert_eq!(measure(&report, "n").value, Some(100.0));
}

#[test]
fn decisions_follow_from_scores_when_only_those_exist() {
    let report =
        audit("{label: y, score: s, threshold: 0.5}", &table("y,s", &[(10, "1,0.5"), (10, "0,0.49"), (5, "1,")]));
    assert_eq!(measure(&report, "accuracy").value, Some(1.0));
    assert_eq!(measure(&report, "accuracy").n, Some(20));
    let consistency = finding(&report, "predictions/decision-consistency");
    assert_eq!(consistency.outcome, Outcome::NotApplicable);
}

#[test]
fn predictions_keep_their_contract_or_fail() {
    let rows = [(10, "1,0,0.9"), (10, "0,0,0.1"), (1, "0,0,-1"), (1, "0,0,inf")];
    let report = audit("{label: y, prediction: d, score: s, threshold: 0.5}", &table("y,d,s", &rows));
    for (check, concerned) in [("score-range", 2), ("decision-consistency", 11), ("constant-output", 22)] {
        let finding = finding(&report, &format!("predictions/{check}"));
        assert_eq!((finding.outcome, finding.concerned), (Outcome::NotMet, Some(concerned)), "{check}");
        assert!(finding.remedy.is_some());
    }
    assert_eq!(measure(&report, "log_loss").undefined, Some(Reason::ScoresOutOfRange));
    assert_eq!(report.verdict.outcome, VerdictOutcome::Fail);
}

#[test]
fn weighted_rates_carry_the_effective_n() {
    let rows = [(10, "1,1,2"), (10, "1,0,1"), (10, "0,0,1")];
    let report = audit("{label: y, prediction: d, weight: w}", &table("y,d,w", &rows));
    let recall = measure(&report, "recall");
    assert_eq!((recall.value, recall.n), (Some(20.0 / 30.0), Some(20)));
    assert_eq!(recall.n_effective, Some(30.0 * 30.0 / 50.0));
}

#[test]
fn rows_without_a_group_are_a_group_unless_left_out() {
    let rows = [(50, "1,1,a"), (50, "1,0,a"), (40, "1,1,b"), (60, "1,0,b"), (10, "1,1,"), (90, "1,0,")];
    let gap = |plan: &str| {
        let report = audit(&format!("{GROUPED}{plan}}}"), &table("y,d,g", &rows));
        assert_eq!(measure(&report, "selection_rate:g=∅").value, Some(0.1), "always shown");
        measure(&report, "selection_rate_difference[max_min]:g").value.unwrap()
    };
    assert!((gap("") - 0.4).abs() < 1e-12);
    assert!((gap(", missing_group: left_out") - 0.1).abs() < 1e-12);
}

#[test]
fn repeated_identifiers_are_counted() {
    let report = audit("{id: i, label: y, prediction: d}", "i,y,d\n1,1,1\n2,0,0\n1.0,1,1\n3,0,1\n");
    let finding = finding(&report, "data/duplicate-ids");
    assert_eq!((finding.outcome, finding.concerned), (Outcome::NotMet, Some(1)));
}

#[test]
fn what_depends_on_the_day_waits_for_it() {
    let plan = "{label: y, prediction: d, time: t, label_time: l, max_label_delay: 30 days}";
    let rows = "y,d,t,l\n1,1,2026-01-01,2026-01-10\n0,0,2026-01-02,2026-01-20\n,1,2026-01-05,\n";
    let outcome = |as_of| {
        let mut audit = Audit::new(parsed(plan));
        read(&mut audit, PlanTable::Predictions, rows).unwrap();
        let report = audit.finish(as_of, Provenance::default()).unwrap();
        let finding = finding(&report, "data/label-delay");
        (finding.outcome, finding.reason, finding.concerned)
    };
    assert_eq!(outcome(None), (Outcome::NotAssessed, Some(Reason::AsOfMissing), None));
    assert_eq!(outcome(Some("2026-01-31")), (Outcome::Met, None, None));
    assert_eq!(outcome(Some("2026-03-01")), (Outcome::NotMet, None, Some(1)));
}

#[test]
fn headlines_put_the_worst_first() {
    let plan = format!(
        "{GROUPED}, criteria: [{{measure: accuracy, comparator: '>=', threshold: 0.99, severity: low}}, \
         {{measure: recall, comparator: '>=', threshold: 0.99, severity: critical}}]}}"
    );
    let report = audit(&plan, &table("y,d,g", &[(40, "1,1,a"), (40, "1,0,a"), (40, "0,0,a")]));
    let order: Vec<&str> = report.headlines.iter().map(|headline| headline.finding.as_str()).collect();
    assert_eq!(order, ["performance/recall#2", "performance/accuracy#1"]);
}

#[test]
fn rates_of_a_handful_stay_hidden_in_larger_groups() {
    let rows = [(3, "0,1,a"), (40, "1,1,a"), (60, "0,0,b"), (60, "1,1,b")];
    let report = audit("{label: y, prediction: d, protected: [g], min_n_shown: 5}", &table("y,d,g", &rows));
    for id in ["false_positive_rate:g=a", "false_positives:g=a"] {
        let hidden = measure(&report, id);
        assert_eq!((hidden.value, hidden.n, hidden.undefined), (None, None, Some(Reason::Suppressed)), "{id}");
    }
    assert_eq!(measure(&report, "false_positive_rate").value, Some(3.0 / 63.0), "the whole table is no small cell");
    let gap = measure(&report, "false_positive_rate_difference[max_min]:g");
    assert_eq!((gap.value, gap.undefined), (None, Some(Reason::Suppressed)));
}

/// Fairlearn cannot be given rows without a label: a group that has no others is no group there, not one of rate 0. One
/// with labels but without positives has the rate 0.
#[test]
fn fairlearn_sees_the_groups_that_have_complete_rows() {
    let plan = format!("{GROUPED}, conventions: [fairlearn]}}");
    let rows = [(8, "1,1,a"), (2, "1,0,a"), (6, "1,1,b"), (4, "1,0,b"), (5, ",1,unlabelled")];
    let report = audit(&plan, &table("y,d,g", &rows));
    assert!((measure(&report, "recall_difference[fairlearn]:g").value.unwrap() - 0.2).abs() < 1e-15);
    assert!((measure(&report, "selection_rate_difference[fairlearn]:g").value.unwrap() - 0.4).abs() < 1e-15);
    let report = audit(&plan, &table("y,d,g", &[&rows[..], &[(1, "0,0,negative")]].concat()));
    assert_eq!(measure(&report, "recall_difference[fairlearn]:g").value, Some(0.8));
    let report = audit(&plan, &table("y,d,g", &[(5, ",1,a"), (5, ",0,b")]));
    assert_eq!(measure(&report, "recall_difference[fairlearn]:g").undefined, Some(Reason::NoRows));
}

/// 40 of 100 against 42 of 100: a difference of -0.02 with Newcombe's interval of -0.153 to 0.115.
#[test]
fn equivalence_needs_the_interval_between_both_bounds() {
    let rows = [(40, "1,a"), (60, "0,a"), (42, "1,b"), (58, "0,b")];
    let decide = |bounds: &str| {
        let plan = format!(
            "{{prediction: d, protected: [g], reference_groups: {{g: b}}, min_n: 1,
              criteria: ['selection_rate_difference by g within {bounds}']}}"
        );
        let report = audit(&plan, &table("d,g", &rows));
        let judged = finding(&report, "fairness/selection-rate-difference:g=a#1").clone();
        (judged.outcome, judged.decision.unwrap(), judged.summary)
    };
    let (outcome, decision, summary) = decide("[-0.2, 0.2]");
    assert_eq!(outcome, Outcome::Met);
    assert!(decision.p_equivalence.unwrap() < 0.025 && decision.p_value.unwrap() > 0.5);
    assert!(summary.contains("the plan requires between −0.20 and 0.20"), "{summary}");
    let (outcome, decision, _) = decide("[-0.05, 0.05]");
    assert_eq!(outcome, Outcome::Undecided);
    // Both bounds are nearer than the interval reaches, and more rows would tell.
    assert!(decision.p_equivalence.unwrap() > 0.025 && decision.n_needed.unwrap() > 200);
    assert_eq!(decide("[0.2, 0.4]").0, Outcome::NotMet);
    assert_eq!(decide("[-0.4, -0.2]").0, Outcome::NotMet);
    // An interval that reaches beyond both bounds excludes neither.
    assert_eq!(decide("[-0.03, -0.01]").0, Outcome::Undecided);
    // At the bound there is no number of rows.
    let (outcome, decision, _) = decide("[-0.02, 0.4]");
    assert_eq!((outcome, decision.n_needed), (Outcome::Undecided, None));
    assert_eq!(decision.n_needed_reason.as_deref(), Some("estimate_at_threshold"));
}

#[test]
fn non_inferiority_is_one_bound_on_a_signed_gap() {
    let rows = [(60, "1,a"), (40, "0,a"), (40, "1,b"), (60, "0,b")];
    let plan = "{prediction: d, protected: [g], reference_groups: {g: b}, min_n: 1,
                 criteria: ['selection_rate_difference by g >= -0.05']}";
    let report = audit(plan, &table("d,g", &rows));
    let judged = finding(&report, "fairness/selection-rate-difference:g=a#1");
    assert_eq!(judged.outcome, Outcome::Met, "more often is fine");
    assert_eq!(judged.decision.as_ref().unwrap().p_equivalence, None);
}

/// Three groups: the same point value under both conventions, narrower by max-T, and free of the order of rows.
#[test]
fn the_largest_gap_of_many_groups_is_bounded_by_max_t() {
    let groups = [("a", 400, 600), ("b", 500, 500), ("c", 450, 550), ("d", 480, 520)];
    let rows: Vec<String> = groups
        .iter()
        .flat_map(|(group, yes, no)| {
            [vec![format!("1,{group}"); *yes as usize], vec![format!("0,{group}"); *no as usize]].concat()
        })
        .collect();
    let text = |rows: &[String]| format!("d,g\n{}\n", rows.join("\n"));
    let plan = |seed: u64| {
        format!(
            "{{prediction: d, protected: [g], seed: {seed}, conventions: [max_min_bonferroni, min_max_bonferroni,
              clopper_pearson]}}"
        )
    };
    let report = audit(&plan(0), &text(&rows));
    for (gap, of, pair) in [("difference", "max_min", "newcombe"), ("ratio", "min_max", "koopman")] {
        let ours = measure(&report, &format!("selection_rate_{gap}[{of}]:g"));
        let theirs = measure(&report, &format!("selection_rate_{gap}[{of}_bonferroni]:g"));
        let (narrow, wide) = (ours.interval.clone().unwrap(), theirs.interval.clone().unwrap());
        assert_eq!(ours.value, theirs.value);
        assert_eq!(narrow.method, format!("pairwise_{pair}_max_t"));
        assert_eq!(wide.method, format!("pairwise_{pair}_bonferroni"));
        assert!(wide.lower <= narrow.lower && narrow.upper <= wide.upper);
        let width = |interval: &modelassay::findings::v1::Interval| interval.upper.unwrap() - interval.lower.unwrap();
        assert!(width(&narrow) < width(&wide));
    }
    let turned: Vec<String> = rows.iter().rev().cloned().collect();
    assert_eq!(audit(&plan(0), &text(&turned)).digest, report.digest);
    let seeded = audit(&plan(1), &text(&rows));
    assert_ne!(
        measure(&seeded, "selection_rate_difference[max_min]:g").interval,
        measure(&report, "selection_rate_difference[max_min]:g").interval
    );
    let exact = measure(&report, "selection_rate[clopper_pearson]:g=a");
    assert_eq!(exact.interval.as_ref().unwrap().method, "clopper_pearson");
}

/// The same for a mean, with subjects of one row each and without.
#[test]
fn the_largest_gap_of_estimates_is_bounded_by_max_t() {
    let mut rows: Vec<String> = Vec::new();
    for (place, group) in ["a", "b", "c", "d", "e"].iter().enumerate() {
        for row in 0..40 + 10 * place {
            let (score, label) = ((row * 37 % 89) as f64 / 100.0 + 0.02 * place as f64, u8::from(row * 7 % 11 < 5));
            rows.push(format!("{label},{score},{group},r{place}_{row}"));
        }
    }
    let text = |rows: &[String]| format!("y,s,g,c\n{}\n", rows.join("\n"));
    for cluster in ["", ", cluster: c"] {
        let plan = format!(
            "{{label: y, score: s, protected: [g], conventions: [max_min_bonferroni, min_max_bonferroni]{cluster}}}"
        );
        let report = audit(&plan, &text(&rows));
        for (name, scale) in [("brier_difference", ""), ("brier_ratio", "_log"), ("roc_auc_difference", "")] {
            let of = if name.ends_with("ratio") { "min_max" } else { "max_min" };
            let ours = measure(&report, &format!("{name}[{of}]:g"));
            let theirs = measure(&report, &format!("{name}[{of}_bonferroni]:g"));
            let (narrow, wide) = (ours.interval.clone().unwrap(), theirs.interval.clone().unwrap());
            assert_eq!(ours.value, theirs.value);
            assert_eq!(narrow.method, format!("pairwise_mover{scale}_max_t"));
            assert_eq!(wide.method, format!("pairwise_mover{scale}_bonferroni"));
            assert!(wide.lower <= narrow.lower && narrow.upper <= wide.upper && narrow != wide, "{name}");
        }
        let turned: Vec<String> = rows.iter().rev().cloned().collect();
        assert_eq!(audit(&plan, &text(&turned)).digest, report.digest);
    }
}

/// What holds of recall holds of the false negative rate, to the last digit but the sign of rounding.
#[test]
fn complementary_rates_have_complementary_intervals() {
    let rows = [(30, "1,1,a"), (20, "1,0,a"), (25, "1,1,b"), (35, "1,0,b"), (44, "1,1,c"), (9, "1,0,c"), (30, "0,0,a")];
    let report = audit(&format!("{GROUPED}}}"), &table("y,d,g", &rows));
    let limits = |name: &str| {
        let interval = measure(&report, &format!("{name}_difference[max_min]:g")).interval.clone().unwrap();
        (interval.lower.unwrap(), interval.upper.unwrap())
    };
    let (recall, missed) = (limits("recall"), limits("false_negative_rate"));
    assert!((recall.0 - missed.0).abs() < 1e-12 && (recall.1 - missed.1).abs() < 1e-12);
}

#[test]
fn adjusted_values_stand_beside_the_raw_one() {
    let rows = [(30, "1,1,a"), (20, "1,0,a"), (40, "1,1,b"), (12, "1,0,b"), (44, "1,1,c"), (9, "1,0,c")];
    let report = audit(&format!("{GROUPED}, criteria: [recall by g >= 0.75]}}"), &table("y,d,g", &rows));
    let decisions: Vec<_> = ["a", "b", "c"]
        .map(|group| finding(&report, &format!("performance/recall:g={group}#1")).decision.clone())
        .into();
    for decision in decisions.into_iter().flatten() {
        let (raw, bh, holm) =
            (decision.p_value.unwrap(), decision.p_adjusted_bh.unwrap(), decision.p_adjusted.unwrap());
        assert!(raw <= bh && bh <= holm);
    }
}

/// Group `a` has 3 rows with a negative label: its false positive rate stays hidden. Were that of `b` shown, the total would
/// give it away.
#[test]
fn a_rate_hidden_for_few_rows_takes_a_second_one_with_it() {
    let rows = [
        (20, "1,1,a"),
        (1, "0,1,a"),
        (2, "0,0,a"),
        (20, "1,1,b"),
        (10, "0,1,b"),
        (20, "0,0,b"),
        (20, "1,1,c"),
        (6, "0,1,c"),
        (5, "0,0,c"),
    ];
    let report = audit("{label: y, prediction: d, protected: [g], min_n_shown: 5}", &table("y,d,g", &rows));
    let hidden = |id: &str| measure(&report, id).undefined == Some(Reason::Suppressed);
    assert!(hidden("false_positive_rate:g=a") && hidden("false_positive_rate:g=c"), "the smaller of the others");
    assert_eq!(measure(&report, "false_positive_rate:g=b").value, Some(1.0 / 3.0));
    assert!(hidden("specificity:g=a") && hidden("specificity:g=c") && !hidden("recall:g=a"));
    // Nothing compares what is hidden.
    let gap = measure(&report, "false_positive_rate_difference[max_min]:g");
    assert_eq!((gap.value, gap.undefined), (None, Some(Reason::SingleGroup)));
}
