//! How rows become groups: bins, pooling, strata, declared shares and memberships known as probabilities.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]

use modelassay::error::Code;
use modelassay::findings::v1::{Measure, Outcome, Reason, Report};
use modelassay::plan::Plan;
use modelassay::stats::association::{TwoByTwo, mantel_haenszel_difference};
use serde_json::Value;

use super::support::{audit, finding, measure, merged, plan as parsed, report, try_audit};

fn value(report: &Report, id: &str) -> f64 {
    measure(report, id).value.unwrap_or_else(|| panic!("{id}: {:?}", measure(report, id).undefined))
}

fn groups<'r>(report: &'r Report, attribute: &str) -> Vec<(&'r str, f64)> {
    let of = |measure: &&Measure| measure.name == "n" && measure.subject.attribute == [attribute];
    let name = |measure: &'r Measure| measure.subject.group[0].as_deref().unwrap_or("∅");
    report.measures.iter().filter(of).map(|measure| (name(measure), measure.value.unwrap_or(-1.0))).collect()
}

const SHOWN: &str = "min_n: 1, min_n_shown: 1";

#[test]
fn declared_edges_cut_numbers_however_they_are_written() {
    let table = "d,age\n1,24.9\n0,25\n1,25.0\n1,4.49e1\n0,45\n1,\n";
    let report = audit(&format!("{{prediction: d, protected: [age], bins: {{age: [25, 45]}}, {SHOWN}}}"), table);
    assert_eq!(groups(&report, "age"), [("∅", 1.0), ("25 to under 45", 3.0), ("45 and over", 1.0), ("under 25", 1.0)]);
}

#[test]
fn quantiles_come_from_the_whole_table_however_it_is_split() {
    let plan = format!("{{prediction: d, protected: [age], bins: {{age: 2}}, {SHOWN}}}");
    let rows: Vec<String> = (0..100).map(|age| format!("{},{age}\n", age % 2)).collect();
    let whole = audit(&plan, &format!("d,age\n{}", rows.concat()));
    assert_eq!(groups(&whole, "age"), [("50 and over", 50.0), ("under 50", 50.0)]);
    let plan = parsed(&plan);
    let merged = merged(&plan, "d,age\n", &[rows[37..].to_vec(), rows[..37].to_vec()]);
    assert_eq!(report(&plan, merged).digest, whole.digest);
}

#[test]
fn what_is_no_number_has_no_bin() {
    let error = try_audit("{prediction: d, protected: [age], bins: {age: [25]}}", "d,age\n1,30\n0,old\n0,old\n");
    let problem = &error.unwrap_err().problems[0];
    assert_eq!(problem.code, Code::ValueUnknown);
    assert!(problem.message.contains("\"old\" (2 rows)"), "{}", problem.message);
}

#[test]
fn small_groups_are_pooled_and_named() {
    let table = format!("d,g\n{}{}{}", "1,big\n".repeat(20), "0,one\n".repeat(3), "1,two\n".repeat(4));
    let pooled = audit("{prediction: d, protected: [g], small_groups: pool, min_n: 5, min_n_shown: 5}", &table);
    assert_eq!(groups(&pooled, "g"), [("(small groups)", 7.0), ("big", 20.0)]);
    let size = finding(&pooled, "fairness/group-size:g");
    assert!(size.summary.contains("one") && size.summary.contains("two"), "{}", size.summary);
    let alone = audit("{prediction: d, protected: [g], small_groups: pool, min_n: 4, min_n_shown: 1}", &table);
    assert_eq!(groups(&alone, "g").len(), 3, "one small group alone is not pooled");
}

#[test]
fn pairs_cross_every_two_attributes_once() {
    let plan = "{prediction: d, protected: [a, b, c, [b, a]], intersections: pairs}";
    let plan = parsed(plan);
    let crossed: Vec<String> = plan.protected.iter().map(|names| names.join("&")).collect();
    assert_eq!(crossed, ["a", "b", "c", "b&a", "a&c", "b&c"]);
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../fixtures/stats/strata.json")).unwrap()
}

fn berkeley(of: impl Fn(usize) -> bool) -> String {
    let fixture = fixture();
    let mut text = "d,sex,department\n".to_owned();
    for (place, department) in fixture["tables"].as_array().unwrap().iter().enumerate().filter(|(place, _)| of(*place))
    {
        for (row, count) in ["1,woman", "0,woman", "1,man", "0,man"].into_iter().zip(department.as_array().unwrap()) {
            text +=
                &format!("{row},{}\n", ["A", "B", "C", "D", "E", "F"][place]).repeat(count.as_u64().unwrap() as usize);
        }
    }
    text
}

const BERKELEY: &str = "{prediction: d, protected: [sex], reference_groups: {sex: man}, strata: [department]}";

#[test]
fn strata_explain_the_gap_at_berkeley() {
    let (report, fixture) = (audit(BERKELEY, &berkeley(|_| true)), fixture());
    let number = |name: &str| fixture[name].as_f64().unwrap();
    let id = |name: &str| format!("{name}[reference_group]:sex=woman");
    let near = |name: &str, expected: f64| {
        let got = value(&report, &id(name));
        assert!((got - expected).abs() <= 1e-9 * expected.abs(), "{name}: {got} against {expected}");
    };
    near("conditional_selection_rate_difference", number("difference"));
    near("conditional_odds_ratio", number("odds_ratio"));
    near("conditional_independence_p_value", number("independence_p"));
    near("strata_homogeneity_p_value", number("homogeneity_p"));
    let interval = measure(&report, &id("conditional_odds_ratio")).interval.clone().unwrap();
    for (got, expected) in
        [interval.lower, interval.upper].into_iter().zip(fixture["odds_ratio_interval"].as_array().unwrap())
    {
        let (got, expected) = (got.unwrap(), expected.as_f64().unwrap());
        assert!((got - expected).abs() <= 1e-9 * expected, "{got} against {expected}");
    }
    // Over all rows women are far behind; within departments they are not.
    assert!(value(&report, &id("selection_rate_difference")) < -0.1);
    assert_eq!(finding(&report, "fairness/strata-reversal:sex").outcome, Outcome::Met);
}

#[test]
fn the_variance_of_the_difference_within_strata_is_that_of_drawn_tables() {
    let fixture = fixture();
    let tables: Vec<TwoByTwo> = fixture["tables_with_one_difference"]
        .as_array()
        .unwrap()
        .iter()
        .map(|table| {
            let [a, b, c, d] = [0, 1, 2, 3].map(|place| table[place].as_u64().unwrap());
            TwoByTwo { a, b, c, d }
        })
        .collect();
    let (ours, drawn) =
        (mantel_haenszel_difference(&tables).unwrap(), fixture["variance_by_simulation"].as_f64().unwrap());
    assert!((ours.variance / drawn - 1.0).abs() < 0.01, "{} against {drawn}", ours.variance);
}

#[test]
fn a_reversal_is_said_aloud() {
    // Department A admits most, and nearly all women apply to it; in each department men are ahead.
    let rows = |text: &str, times: usize| format!("{text}\n").repeat(times);
    let table = [
        "d,sex,department\n".to_owned(),
        rows("1,woman,A", 700) + &rows("0,woman,A", 300) + &rows("1,man,A", 95) + &rows("0,man,A", 5),
        rows("1,woman,B", 2) + &rows("0,woman,B", 98) + &rows("1,man,B", 200) + &rows("0,man,B", 800),
    ];
    let report = audit(BERKELEY, &table.concat());
    let reversal = finding(&report, "fairness/strata-reversal:sex");
    assert_eq!(reversal.outcome, Outcome::Undecided);
    assert!(
        reversal.summary.contains("Simpson's paradox") && reversal.summary.contains("woman"),
        "{}",
        reversal.summary
    );
}

#[test]
fn shares_are_compared_with_those_declared() {
    let table = format!("d,g\n{}{}{}", "1,a\n".repeat(60), "0,b\n".repeat(20), "0,\n".repeat(20));
    let plan = format!(
        "{{prediction: d, protected: [g], population: {{g: {{a: 0.5, b: 0.4, c: 0.1}}}}, {SHOWN}, criteria: [\"representation_ratio by g >= 0.8\"]}}"
    );
    let report = audit(&plan, &table);
    assert_eq!(value(&report, "representation_ratio[declared_population]:g=a"), 1.5);
    assert_eq!(value(&report, "representation_ratio[declared_population]:g=b"), 0.625);
    assert_eq!(value(&report, "representation_ratio[declared_population]:g=c"), 0.0);
    assert!((value(&report, "representation_difference[declared_population]:g=b") + 0.15).abs() < 1e-12);
    // Wilson of 20 of 80, divided by 0.4.
    let interval = measure(&report, "representation_ratio[declared_population]:g=b").interval.clone().unwrap();
    assert!((interval.lower.unwrap() - 0.168_06 / 0.4).abs() < 1e-4, "{interval:?}");
    assert_eq!(finding(&report, "fairness/representation:g=a#1").outcome, Outcome::Met);
    assert_eq!(finding(&report, "fairness/representation:g=c#1").outcome, Outcome::NotMet);
}

#[test]
fn probabilities_of_membership_weigh_the_rows() {
    let plan = format!(
        "{{label: y, prediction: d, score: s, memberships: {{race: {{black: pb, white: pw}}}}, reference_groups: {{race: white}}, {SHOWN}}}"
    );
    let table = "y,d,s,pb,pw\n1,1,0.9,0.25,0.75\n0,1,0.8,0.5,0.5\n1,0,0.3,1,0\n0,0,0.1,,\n";
    let report = audit(&plan, table);
    // Σ p d / Σ p: black (0.25 + 0.5) / 1.75, white 1.25 / 1.25.
    assert!((value(&report, "selection_rate:race=black") - 0.75 / 1.75).abs() < 1e-15);
    assert_eq!(value(&report, "selection_rate:race=white"), 1.0);
    assert!((value(&report, "selection_rate_ratio[reference_group]:race=black") - 0.75 / 1.75).abs() < 1e-15);
    let rate = measure(&report, "selection_rate:race=black");
    // Kish: (Σ p)² / Σ p².
    assert!((rate.n_effective.unwrap() - 1.75 * 1.75 / (0.0625 + 0.25 + 1.0)).abs() < 1e-12);
    assert_eq!(measure(&report, "roc_auc:race=black").undefined, Some(Reason::GroupUncertain));
    assert_eq!(finding(&report, "fairness/uncertain-groups:race").outcome, Outcome::Undecided);
    let error = try_audit(&plan, "y,d,s,pb,pw\n1,1,0.9,1.5,0\n").unwrap_err();
    assert!(error.problems[0].message.contains("probabilities of membership"), "{error}");
}

#[test]
fn plans_that_group_wrongly_are_refused_with_a_hint() {
    for (plan, code) in [
        ("{prediction: d, protected: [g], bins: {h: 4}}", Code::PlanContradiction),
        ("{prediction: d, protected: [g], bins: {g: [3, 2]}}", Code::PlanInvalidValue),
        ("{prediction: d, protected: [g], bins: {g: 1}}", Code::PlanInvalidValue),
        ("{prediction: d, protected: [g], population: {g: {a: 1.2}}}", Code::PlanInvalidValue),
        ("{prediction: d, protected: [g], population: {g: {a: 0.7, b: 0.6}}}", Code::PlanContradiction),
        ("{prediction: d, protected: [g], memberships: {g: {a: p, b: q}}}", Code::PlanContradiction),
        ("{prediction: d, memberships: {g: {a: p}}}", Code::PlanContradiction),
        ("{prediction: d, strata: [a, a]}", Code::PlanInvalidValue),
        ("{prediction: d, protected: [g], intersections: all}", Code::PlanInvalidValue),
    ] {
        let error = Plan::parse(plan, "plan").expect_err(plan);
        assert_eq!(error.problems[0].code, code, "{plan}: {error}");
        assert!(error.problems[0].hint.is_some(), "{plan}");
    }
}
