//! What rulebooks read, on counts small enough to check by hand. p-values are SciPy's, z is the pooled formula by hand.
#![expect(clippy::unwrap_used, reason = "what goes wrong here is a failing test")]

use modelassay::findings::v1::{Figure, Finding, Outcome, Reason, Report, VerdictOutcome};
use modelassay::plan::Plan;

use super::support::{audit, finding, table};

/// A table of `(group, selected, people)`, read under a rulebook.
fn counts(rulebook: &str, groups: &[(&str, usize, usize)]) -> Report {
    let rows: Vec<(usize, String)> = groups
        .iter()
        .flat_map(|(group, selected, people)| {
            [(*selected, format!("1,{group}")), (people - selected, format!("0,{group}"))]
        })
        .collect();
    let rows: Vec<(usize, &str)> = rows.iter().map(|(times, row)| (*times, row.as_str())).collect();
    let plan =
        format!("{{prediction: d, protected: g, reference_groups: {{g: a}}, min_n_shown: 1, rulebooks: {rulebook}}}");
    audit(&plan, &table("d,g", &rows))
}

fn figures<'r>(finding: &'r Finding, name: &'r str) -> impl Iterator<Item = &'r Figure> {
    finding.rulebook.as_ref().unwrap().figures.iter().filter(move |figure| figure.name == name)
}

fn figure(finding: &Finding, name: &str) -> f64 {
    let all = &finding.rulebook.as_ref().unwrap().figures;
    figures(finding, name).next().and_then(|figure| figure.value).unwrap_or_else(|| panic!("no {name} in {all:?}"))
}

fn close(value: f64, expected: f64) {
    assert!((value - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{value} is not {expected}");
}

#[test]
fn no_rulebook_is_read_unless_the_plan_asks() {
    let report = audit("{prediction: d, protected: g}", &table("d,g", &[(10, "1,a"), (10, "0,b")]));
    assert!(report.findings.iter().all(|finding| finding.rulebook.is_none()));
    let report = counts("[eeoc]", &[("a", 10, 20), ("b", 10, 20)]);
    assert!(report.findings.iter().any(|finding| finding.check == "fairness/rulebook-eeoc"));
    assert!(report.findings.iter().all(|finding| finding.check != "fairness/rulebook-aequitas"));
}

/// Questions and Answers 21: three of 20 men and one of 10 women. The ratio is two thirds, the numbers prove nothing, and
/// one selection more would turn it.
#[test]
fn eeoc_does_not_condemn_small_numbers() {
    let report = counts("eeoc", &[("men", 3, 20), ("women", 1, 10)]);
    let women = finding(&report, "fairness/rulebook-eeoc:g=women");
    assert_eq!((women.outcome, women.reason), (Outcome::Undecided, Some(Reason::ReadingsDiffer)));
    close(figure(women, "impact_ratio"), 2.0 / 3.0);
    close(figure(women, "z"), -0.379_777_262_656_374_87);
    // 2 of 10 women and 2 of 20 men: women are the highest then.
    close(figure(women, "impact_ratio_after_one_selection"), 1.0);
    assert!(women.summary.contains("practically significant only"), "{}", women.summary);
    assert!(women.summary.contains("would change the four-fifths answer"), "{}", women.summary);
}

#[test]
fn eeoc_says_adverse_impact_when_it_is_practical_and_significant() {
    let report = counts("eeoc", &[("a", 800, 1000), ("b", 500, 1000), ("c", 790, 1000)]);
    let b = finding(&report, "fairness/rulebook-eeoc:g=b");
    assert_eq!((b.outcome, b.reason, b.concerned), (Outcome::NotMet, None, Some(1000)));
    close(figure(b, "impact_ratio"), 0.625);
    close(figure(b, "z"), -14.064_216_928_154_865);
    assert!(b.summary.contains("would not change"), "{}", b.summary);
    assert!(b.remedy.is_some());
    let c = finding(&report, "fairness/rulebook-eeoc:g=c");
    assert_eq!(c.outcome, Outcome::Met, "{}", c.summary);
    // The highest group has no finding of its own.
    assert!(report.findings.iter().all(|finding| finding.id != "fairness/rulebook-eeoc:g=a"));
    assert_eq!(report.verdict.outcome, VerdictOutcome::Fail);
    assert_eq!(report.verdict.reason, "1 reading of rulebooks is not met.");
}

/// As doubles the ratio of 6 of 10 and 15 of 20 is 0.7999999999999999; as counts it is four fifths, which is not below.
#[test]
fn four_fifths_are_compared_in_whole_numbers() {
    let report = counts("eeoc", &[("a", 15, 20), ("b", 6, 10)]);
    let b = finding(&report, "fairness/rulebook-eeoc:g=b");
    assert!(figure(b, "impact_ratio") < 0.8);
    assert_eq!(b.outcome, Outcome::Met, "{}", b.summary);
    // One selection fewer would be below: 5 of 10 against 16 of 20.
    close(figure(b, "impact_ratio_after_one_selection"), 0.625);
    assert!(b.summary.contains("from b to a would change"), "{}", b.summary);
    let credit = counts("us_credit", &[("a", 15, 20), ("b", 6, 10)]);
    let b = finding(&credit, "fairness/rulebook-us-credit:g=b");
    assert!(b.summary.contains("between 0.80 and 0.90"), "{}", b.summary);
}

#[test]
fn eeoc_tests_fewer_than_thirty_people_exactly() {
    let report = counts("eeoc", &[("a", 9, 12), ("b", 1, 10)]);
    let b = finding(&report, "fairness/rulebook-eeoc:g=b");
    close(figure(b, "fisher_p_value"), 0.003_691_355_084_543_938_6);
    assert_eq!(figures(b, "z").count(), 0);
    // 2 of 10 against 8 of 12 is 0.3: still below.
    assert_eq!((b.outcome, b.reason), (Outcome::NotMet, None), "{}", b.summary);
    let report = counts("eeoc", &[("a", 9, 12), ("b", 4, 10)]);
    let b = finding(&report, "fairness/rulebook-eeoc:g=b");
    close(figure(b, "fisher_p_value"), 0.191_950_464_396_284_85);
    assert_eq!(b.outcome, Outcome::Undecided);
}

/// 799 of 1,000 against all of 1,000 is far beyond chance, but one selection more is four fifths.
#[test]
fn eeoc_leaves_what_one_selection_would_undo() {
    let report = counts("eeoc", &[("a", 1000, 1000), ("b", 799, 1000)]);
    let b = finding(&report, "fairness/rulebook-eeoc:g=b");
    assert_eq!((b.outcome, b.reason), (Outcome::Undecided, Some(Reason::SmallNumbers)), "{}", b.summary);
    close(figure(b, "z"), -14.948_494_117_327_142);
    close(figure(b, "impact_ratio_after_one_selection"), 0.8 / 0.999);
}

#[test]
fn eeoc_has_an_answer_for_every_margin() {
    let nobody = counts("eeoc", &[("a", 0, 40), ("b", 0, 40)]);
    let all = finding(&nobody, "fairness/rulebook-eeoc:g");
    assert_eq!((all.outcome, all.reason), (Outcome::NotAssessed, Some(Reason::ZeroDenominator)));
    let one = counts("eeoc", &[("a", 10, 40)]);
    let all = finding(&one, "fairness/rulebook-eeoc:g");
    assert_eq!((all.outcome, all.reason), (Outcome::NotAssessed, Some(Reason::SingleGroup)));
    let everybody = counts("eeoc", &[("a", 40, 40), ("b", 40, 40)]);
    let b = finding(&everybody, "fairness/rulebook-eeoc:g=b");
    assert_eq!(b.outcome, Outcome::Met);
    assert!(b.summary.contains("nothing to test"), "{}", b.summary);
    // None of one group: ratio 0, and no rate below it to divide by.
    let none = counts("eeoc", &[("a", 20, 40), ("b", 0, 40)]);
    let b = finding(&none, "fairness/rulebook-eeoc:g=b");
    assert_eq!((b.outcome, figure(b, "impact_ratio")), (Outcome::NotMet, 0.0));
    // Two groups share the highest rate: the first is the benchmark, the other is level with it.
    let ties = counts("eeoc", &[("a", 20, 40), ("b", 20, 40), ("c", 19, 40)]);
    assert_eq!(figure(finding(&ties, "fairness/rulebook-eeoc:g=b"), "impact_ratio"), 1.0);
    close(figure(finding(&ties, "fairness/rulebook-eeoc:g=c"), "impact_ratio"), 0.95);
    assert_eq!(finding(&ties, "fairness/rulebook-eeoc:g=c").subject.reference, [Some("a".to_owned())]);
}

#[test]
fn people_are_counted_and_not_weighed() {
    let plan =
        "{prediction: d, weight: w, protected: g, reference_groups: {g: a}, rulebooks: [eeoc, us_credit, aequitas]}";
    let report = audit(plan, &table("d,w,g", &[(20, "1,2,a"), (20, "0,1,a"), (20, "1,1,b"), (20, "0,1,b")]));
    for rulebook in ["eeoc", "us-credit", "aequitas"] {
        let all = finding(&report, &format!("fairness/rulebook-{rulebook}:g"));
        assert_eq!(all.reason, Some(Reason::WeightsNotSupported), "{rulebook}");
    }
}

#[test]
fn small_and_unknown_groups_are_named_and_not_compared() {
    let plan = "{prediction: d, protected: g, min_n_shown: 5, rulebooks: [eeoc]}";
    let rows =
        [(3, "1,tiny"), (9, "1,small"), (9, "0,small"), (60, "1,b"), (40, "0,b"), (50, "1,c"), (50, "0,c"), (7, "1,")];
    let report = audit(plan, &table("d,g", &rows));
    for group in ["tiny", "(missing)"] {
        let shown = report.findings.iter().filter(|finding| finding.check == "fairness/rulebook-eeoc");
        assert!(shown.clone().all(|finding| finding.outcome != Outcome::Met || !finding.id.contains(group)));
    }
    let tiny = finding(&report, "fairness/rulebook-eeoc:g=tiny");
    assert_eq!((tiny.outcome, tiny.reason), (Outcome::NotAssessed, Some(Reason::Suppressed)));
    let c = finding(&report, "fairness/rulebook-eeoc:g=c");
    assert!(c.summary.contains("unknown g"), "{}", c.summary);
}

const HIRING: &str =
    "{prediction: d, score: s, protected: [sex, race, [sex, race]], min_n_shown: 1, rulebooks: [ll144]}";

/// 25 of 50 men, 10 of 50 women, one person of a third sex and four of unknown sex.
fn hiring() -> String {
    let rows = [
        (15, "1,0.9,m,r"),
        (10, "1,0.9,m,t"),
        (5, "1,0.5,m,r"),
        (20, "0,0.5,m,t"),
        (10, "1,0.9,f,r"),
        (10, "1,0.5,f,t"),
        (30, "0,0.5,f,t"),
        (1, "1,0.9,x,t"),
        (4, "0,0.5,,t"),
    ];
    table("d,s,sex,race", &rows)
}

#[test]
fn ll144_states_rates_and_ratios_and_sets_no_mark() {
    let report = audit(HIRING, &hiring());
    let sex = finding(&report, "fairness/rulebook-ll144:sex");
    assert_eq!((sex.outcome, sex.reason), (Outcome::NotApplicable, Some(Reason::NoPassMark)));
    let values = |finding: &Finding, name: &str| -> Vec<(String, Option<f64>)> {
        figures(finding, name).map(|figure| (figure.group[0].clone().unwrap(), figure.value)).collect()
    };
    let given = |list: &[(&str, f64)]| -> Vec<(String, Option<f64>)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), Some(*value))).collect()
    };
    // x is 1 of 101 people of known sex: below 2 %, so shown and in no ratio, though all of x are selected.
    assert_eq!(values(sex, "selection_rate"), given(&[("f", 0.4), ("m", 0.6), ("x", 1.0)]));
    assert_eq!(values(sex, "impact_ratio"), given(&[("f", 0.4 / 0.6), ("m", 1.0)]));
    // 36 of 105 scores are 0.9: the median is 0.5, and those at the median are not above it.
    assert_eq!(values(sex, "scoring_rate"), given(&[("f", 0.2), ("m", 0.5), ("x", 1.0)]));
    assert_eq!(values(sex, "scoring_impact_ratio"), given(&[("f", 0.4), ("m", 1.0)]));
    assert_eq!(figure(sex, "unknown"), 4.0);
    for words in ["no mark to pass", "4 people of unknown sex are left out", "left out of the ratios: x", "1 of 1"] {
        assert!(sex.summary.contains(words), "{words}: {}", sex.summary);
    }
    // Both together: 20 of 20 men of r, 10 of 30 men of t, 10 of 10 women of r, 10 of 40 women of t, 1 of x and t.
    let both = finding(&report, "fairness/rulebook-ll144:sex&race");
    let rates: Vec<f64> = figures(both, "selection_rate").filter_map(|figure| figure.value).collect();
    assert_eq!(rates, [1.0, 0.25, 1.0, 1.0 / 3.0, 1.0]);
    let ratios: Vec<f64> = figures(both, "impact_ratio").filter_map(|figure| figure.value).collect();
    assert_eq!(ratios, [1.0, 0.25, 1.0, 1.0 / 3.0]);
    assert_eq!(report.verdict.findings.not_met, 0);
}

#[test]
fn ll144_can_keep_every_category_in_the_ratios() {
    let plan = HIRING.replace("[ll144]", "{ll144: {exclude_below: 0}}");
    let report = audit(&plan, &hiring());
    let sex = finding(&report, "fairness/rulebook-ll144:sex");
    let ratios: Vec<f64> = figures(sex, "impact_ratio").filter_map(|figure| figure.value).collect();
    assert_eq!(ratios, [0.4, 0.6, 1.0], "the one person of the third sex is the most selected category");
}

#[test]
fn ll144_has_no_ratio_where_nobody_is_selected() {
    let plan = HIRING.replace(" score: s,", "");
    let report = audit(&plan, &table("d,sex,race", &[(20, "0,m,r"), (20, "0,f,t")]));
    let sex = finding(&report, "fairness/rulebook-ll144:sex");
    assert!(figures(sex, "impact_ratio").all(|figure| figure.undefined == Some(Reason::ZeroDenominator)));
    assert_eq!(figures(sex, "scoring_rate").count(), 0);
}

#[test]
fn us_credit_reads_bands_with_significance() {
    let band = |selected, people, control: (usize, usize)| {
        let report = counts("us_credit", &[("a", control.0, control.1), ("b", selected, people)]);
        let b = finding(&report, "fairness/rulebook-us-credit:g=b").clone();
        (b.outcome, b.reason, figure(&b, "adverse_impact_ratio"), figure(&b, "fisher_p_value"))
    };
    assert_eq!(band(73, 100, (160, 200)).0, Outcome::Met, "73 / 80 is above 0.90");
    // Exactly 0.90 and exactly 0.80 are within the band of review.
    assert_eq!((band(72, 100, (160, 200)).0, band(64, 100, (160, 200)).0), (Outcome::Undecided, Outcome::Undecided));
    let (outcome, reason, ratio, p) = band(60, 100, (160, 200));
    assert_eq!((outcome, reason), (Outcome::NotMet, None));
    close(ratio, 0.75);
    close(p, 0.000_308_323_243_504_045_1);
    let (outcome, reason, ratio, p) = band(5, 10, (16, 20));
    assert_eq!((outcome, reason, ratio), (Outcome::Undecided, Some(Reason::ReadingsDiffer), 0.625));
    close(p, 0.115_467_441_104_622_51);
    let nobody = counts("us_credit", &[("a", 0, 20), ("b", 5, 20)]);
    let b = finding(&nobody, "fairness/rulebook-us-credit:g=b");
    assert_eq!((b.outcome, b.reason), (Outcome::NotAssessed, Some(Reason::ZeroDenominator)));
    let absent = counts("us_credit", &[("b", 5, 20), ("c", 5, 20)]);
    assert_eq!(finding(&absent, "fairness/rulebook-us-credit:g").reason, Some(Reason::GroupAbsent));
}

/// Scores 0.2 to 0.6 against 0.4 to 0.8, four people each: NumPy gives these two differences.
#[test]
fn us_credit_reads_the_standardised_difference_only_where_the_plan_sets_a_mark() {
    let rows = [
        (4, "0,0.2,b"),
        (4, "0,0.3,b"),
        (4, "1,0.4,b"),
        (4, "1,0.5,b"),
        (4, "1,0.6,b"),
        (4, "0,0.4,a"),
        (4, "1,0.5,a"),
        (4, "1,0.6,a"),
        (4, "1,0.7,a"),
        (4, "1,0.8,a"),
    ];
    let read = |settings: &str| {
        let plan =
            format!("{{prediction: d, score: s, protected: g, reference_groups: {{g: a}}, rulebooks: {settings}}}");
        audit(&plan, &table("d,s,g", &rows))
    };
    let id = "fairness/rulebook-us-credit:g=b#smd";
    assert!(read("us_credit").findings.iter().all(|finding| finding.id != id));
    let report = read("{us_credit: {smd: 0.3}}");
    let smd = finding(&report, id);
    assert_eq!(smd.outcome, Outcome::NotMet);
    close(figure(smd, "standardised_mean_difference"), -1.378_404_875_209_021_9);
    assert!(figures(smd, "standardised_mean_difference").next().unwrap().interval.is_some());
    let report = read("{us_credit: {smd: 1.2, smd_denominator: population}}");
    let smd = finding(&report, id);
    assert_eq!(smd.outcome, Outcome::Met, "{}", smd.summary);
    close(figure(smd, "standardised_mean_difference"), -2.0 / 3.0_f64.sqrt());
}

/// 80 means 0.2 on either side of 1 for a ratio, and 0.2 times the privileged group's value for a difference.
#[test]
fn veritas_reads_its_p_percent_rule() {
    let read = |settings: &str, selected: usize| {
        let report = counts(&format!("{{veritas: {settings}}}"), &[("a", 50, 100), ("b", selected, 100)]);
        report.findings.into_iter().find(|finding| finding.check == "fairness/rulebook-veritas").unwrap()
    };
    assert_eq!(read("", 40).outcome, Outcome::Met, "0.8");
    assert_eq!(read("", 39).outcome, Outcome::NotMet, "0.78");
    assert_eq!(read("", 60).outcome, Outcome::Met, "1.2");
    // 1.22 is within 1 / 0.8 and still unfair: the rule is not symmetric in the logarithm.
    assert_eq!(read("", 61).outcome, Outcome::NotMet, "1.22");
    let difference = read("{metrics: demographic_parity}", 39);
    // Privileged minus other, opposite to AIF360; 0.11 is more than 0.2 times 0.5.
    close(figure(&difference, "demographic_parity"), 0.11);
    assert_eq!(difference.outcome, Outcome::NotMet);
    assert_eq!(read("{metrics: demographic_parity}", 40).outcome, Outcome::Met);
    assert_eq!(read("{threshold: 75}", 39).outcome, Outcome::Met);
    let labels = read("{metrics: equal_odds}", 39);
    assert_eq!((labels.outcome, labels.reason), (Outcome::NotAssessed, Some(Reason::NoLabels)));
}

const LABELLED: &str = "{label: y, prediction: d, protected: g, reference_groups: {g: a}, min_n_shown: 1";

/// a: TP 30, FN 10, FP 10, TN 50. b: TP 10, FN 10, FP 5, TN 75.
fn labelled() -> String {
    let rows = [
        (30, "1,1,a"),
        (10, "1,0,a"),
        (10, "0,1,a"),
        (50, "0,0,a"),
        (10, "1,1,b"),
        (10, "1,0,b"),
        (5, "0,1,b"),
        (75, "0,0,b"),
    ];
    table("y,d,g", &rows)
}

#[test]
fn veritas_averages_the_rates_of_the_odds_family() {
    let plan = format!("{LABELLED}, rulebooks: {{veritas: {{metrics: [equal_odds, equal_odds_ratio]}}}}}}");
    let report = audit(&plan, &labelled());
    let odds = finding(&report, "fairness/rulebook-veritas:g=b#equal_odds");
    let (own, other) = (0.5 * (0.75 + 10.0 / 60.0), 0.5 * (0.5 + 5.0 / 80.0));
    close(figure(odds, "equal_odds"), own - other);
    close(figure(odds, "privileged_value"), own);
    assert!(figures(odds, "equal_odds").next().unwrap().interval.is_some());
    let ratio = finding(&report, "fairness/rulebook-veritas:g=b#equal_odds_ratio");
    close(figure(ratio, "equal_odds_ratio"), other / own);
}

#[test]
fn aequitas_reads_its_disparities() {
    let report = audit(&format!("{LABELLED}, rulebooks: [aequitas]}}"), &labelled());
    let b = finding(&report, "fairness/rulebook-aequitas:g=b");
    assert_eq!(b.outcome, Outcome::NotMet);
    // Numbers selected 15 / 40, rates 0.15 / 0.4; FDR (5/15) / (10/40); FPR (5/80) / (10/60); FOR (10/85) / (10/60); FNR 0.5 / 0.25.
    for (name, value) in [
        ("statistical", 0.375),
        ("impact", 0.375),
        ("fdr", 4.0 / 3.0),
        ("fpr", 0.375),
        ("for", (10.0 / 85.0) / (10.0 / 60.0)),
        ("fnr", 2.0),
    ] {
        close(figure(b, &format!("{name}_disparity")), value);
    }
    let chosen = audit(&format!("{LABELLED}, rulebooks: {{aequitas: {{parities: tnr}}}}}}"), &labelled());
    let b = finding(&chosen, "fairness/rulebook-aequitas:g=b");
    close(figure(b, "tnr_disparity"), (75.0 / 80.0) / (50.0 / 60.0));
    assert_eq!(b.outcome, Outcome::Met, "1.125 is within 1.25");
    let strict = audit(&format!("{LABELLED}, rulebooks: {{aequitas: {{parities: tnr, tau: 0.9}}}}}}"), &labelled());
    assert_eq!(finding(&strict, "fairness/rulebook-aequitas:g=b").outcome, Outcome::NotMet);
}

/// Aequitas would write 10 for a division by zero, and call what is missing unfair.
#[test]
fn aequitas_leaves_undefined_what_is_undefined() {
    let rows = [(20, "1,1,a"), (20, "0,0,a"), (20, "1,1,b"), (19, "0,0,b"), (1, "0,1,b")];
    let plan = format!("{LABELLED}, rulebooks: {{aequitas: {{parities: [fpr, tpr]}}}}}}");
    let report = audit(&plan, &table("y,d,g", &rows));
    let b = finding(&report, "fairness/rulebook-aequitas:g=b");
    assert_eq!((b.outcome, b.reason), (Outcome::Undecided, Some(Reason::Infinite)), "{}", b.summary);
    assert_eq!(figures(b, "fpr_disparity").next().unwrap().value, None);
    // Without a declared reference, the largest group is it.
    let plan = "{prediction: d, protected: g, rulebooks: {aequitas: {parities: impact}}}";
    let report = audit(plan, &table("d,g", &[(10, "1,a"), (10, "0,a"), (15, "1,b"), (15, "0,b")]));
    let a = finding(&report, "fairness/rulebook-aequitas:g=a");
    assert_eq!(a.outcome, Outcome::Met);
    assert!(a.summary.contains("against b, the largest group"), "{}", a.summary);
}

#[test]
fn libraries_without_a_rule_give_numbers_and_no_answer() {
    let report = audit(&format!("{LABELLED}, rulebooks: [fairlearn, aif360]}}"), &labelled());
    let fairlearn = finding(&report, "fairness/rulebook-fairlearn:g");
    assert_eq!((fairlearn.outcome, fairlearn.reason), (Outcome::NotApplicable, Some(Reason::NoPassMark)));
    close(figure(fairlearn, "demographic_parity_difference"), 0.25);
    close(figure(fairlearn, "demographic_parity_ratio"), 0.375);
    close(figure(fairlearn, "equal_opportunity_difference"), 0.25);
    close(figure(fairlearn, "equalized_odds_difference"), 0.25);
    let aif360 = finding(&report, "fairness/rulebook-aif360:g");
    close(figure(aif360, "statistical_parity_difference"), -0.25);
    close(figure(aif360, "average_odds_difference"), 0.5 * (-0.25 + (5.0 / 80.0 - 10.0 / 60.0)));
    assert_eq!(report.verdict.findings.not_met, 0);
}

/// Fairlearn counts a group without positives as 0; the rulebook says so and nothing else does.
#[test]
fn fairlearn_counts_a_group_without_positives_as_zero() {
    let rows = [(15, "1,1,a"), (5, "1,0,a"), (20, "0,0,a"), (20, "0,0,b")];
    let report = audit(&format!("{LABELLED}, rulebooks: [fairlearn]}}"), &table("y,d,g", &rows));
    close(figure(finding(&report, "fairness/rulebook-fairlearn:g"), "equal_opportunity_difference"), 0.75);
}

#[test]
fn plans_with_wrong_rulebooks_are_refused_with_what_was_meant() {
    let base = "prediction: d, protected: [sex, race]";
    for (rulebooks, message, hint) in [
        ("eoec", "there is no rulebook `eoec`", "did you mean `eeoc`?"),
        ("[eeoc, four_fifths]", "there is no rulebook `four_fifths`", "the rulebooks are: `eeoc`, `ll144`"),
        ("{us_credit: {smdd: 0.3}}", "`us_credit` has no key `smdd`", "did you mean `smd`?"),
        ("{us_credit: {smd: -0.3}}", "`smd` must be from 0 to 10, not -0.3", "standardised mean difference"),
        (
            "{us_credit: {smd_denominator: pooledd}}",
            "`smd_denominator` has no choice `pooledd`",
            "did you mean `pooled`?",
        ),
        ("{veritas: {threshold: 0.8}}", "`threshold` must be from 1 to 100, not 0.8", "in percent"),
        ("{aequitas: {parities: [impakt]}}", "`parities` has no choice `impakt`", "did you mean `impact`?"),
        ("{eeoc: {ratio: 0.8}}", "`eeoc` has no settings, not a mapping", "write `rulebooks: [eeoc]`"),
        ("[eeoc, eeoc]", "`rulebooks` names `eeoc` twice", "remove one of them"),
        ("ll144", "two attributes and their intersection", "write `protected: [sex, race, [sex, race]]`"),
        ("us_credit", "the rulebook `us_credit` needs a reference group", "reference_groups"),
        ("[[eeoc]]", "must be the name of a rulebook", "write `rulebooks: [eeoc]`"),
    ] {
        let error = Plan::parse(&format!("{{{base}, rulebooks: {rulebooks}}}"), "plan").unwrap_err();
        let found = error.problems.iter().any(|problem| {
            problem.message.contains(message) && problem.hint.as_deref().is_some_and(|text| text.contains(hint))
        });
        assert!(found, "{rulebooks}: {error}");
    }
    let error =
        Plan::parse("{task: multiclass, label: y, prediction: d, protected: g, rulebooks: eeoc}", "plan").unwrap_err();
    assert!(error.to_string().contains("`rulebooks` has no meaning for a multiclass model"), "{error}");
    let error = Plan::parse("{label: y, rulebooks: eeoc}", "plan").unwrap_err();
    assert_eq!(error.problems.len(), 2, "no decisions and no groups: {error}");
}

#[test]
fn plans_write_rulebooks_in_several_ways_and_have_one_digest() {
    let digest = |rulebooks: &str| {
        let text = format!("{{prediction: d, protected: g, rulebooks: {rulebooks}}}");
        Plan::parse(&text, "plan").unwrap_or_else(|error| panic!("{error}")).0.digest()
    };
    assert_eq!(digest("eeoc"), digest("[eeoc]"));
    assert_eq!(digest("eeoc"), digest("{eeoc: }"));
    assert_eq!(digest("[eeoc, aequitas]"), digest("[aequitas: {tau: 0.8}, eeoc]"));
    assert_eq!(
        digest("{aequitas: {parities: [fpr, impact]}}"),
        digest("{aequitas: {parities: [impact, fpr, fpr]}}"),
        "names are read in the order of the rulebook"
    );
    assert_ne!(digest("aequitas"), digest("{aequitas: {tau: 0.9}}"));
}

/// Groups that are taken together have their scores taken together too.
#[test]
fn pooled_groups_have_the_scores_of_their_members() {
    let rows = [
        (30, "1,0.9,m,r"),
        (30, "0,0.1,m,r"),
        (20, "1,0.9,f,r"),
        (40, "0,0.1,f,r"),
        (6, "1,0.9,x,r"),
        (7, "0,0.1,y,r"),
    ];
    let plan = HIRING.replace("min_n_shown: 1", "min_n_shown: 1, min_n: 10, small_groups: pool");
    let report = audit(&plan, &table("d,s,sex,race", &rows));
    let sex = finding(&report, "fairness/rulebook-ll144:sex");
    let pooled = figures(sex, "scoring_rate").find(|figure| figure.group == [Some("(small groups)".to_owned())]);
    assert_eq!(pooled.and_then(|figure| figure.value), Some(6.0 / 13.0));
}

#[test]
fn groups_known_by_probability_are_not_people() {
    let plan = "{prediction: d, memberships: {g: {a: p, b: q}}, reference_groups: {g: a}, \
                rulebooks: [eeoc, us_credit, aequitas]}";
    let report = audit(plan, &table("d,p,q", &[(20, "1,0.9,0.1"), (20, "0,0.2,0.8")]));
    for rulebook in ["eeoc", "us-credit", "aequitas"] {
        let all = finding(&report, &format!("fairness/rulebook-{rulebook}:g"));
        assert_eq!(all.reason, Some(Reason::GroupUncertain), "{rulebook}");
    }
}
