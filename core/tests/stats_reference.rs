//! Statistics against SciPy, statsmodels, scikit-learn and mpmath (fixtures/stats/make.py).

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]
#![expect(clippy::print_stdout, reason = "shows the accuracy reached, with --nocapture")]

use modelassay::stats::ranking::{self, TieGroup};
use modelassay::stats::{Side, Uncertainty, beta, chi_squared, gamma, multiplicity, normal, power, student_t};
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("fixtures/stats/reference.json")).unwrap()
}

/// A JSON number, or an infinity written as a word.
fn number(value: &Value) -> f64 {
    match value.as_str() {
        Some("inf") => f64::INFINITY,
        Some("-inf") => f64::NEG_INFINITY,
        Some(text) => panic!("not a number: {text}"),
        None => value.as_f64().unwrap(),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn rows<const N: usize>(value: &Value) -> Vec<[f64; N]> {
    value.as_array().unwrap().iter().map(|row| numbers(row).try_into().unwrap()).collect()
}

/// Collects the largest error of one table, so that a failure names its worst point and a run shows the accuracy.
struct Table {
    name: &'static str,
    tolerance: f64,
    points: usize,
    worst: f64,
    at: String,
}

impl Table {
    fn new(name: &'static str, tolerance: f64) -> Self {
        Self { name, tolerance, points: 0, worst: 0.0, at: String::new() }
    }

    /// Error relative to the reference.
    fn relative(&mut self, ours: f64, reference: f64, at: impl std::fmt::Debug) {
        let error = if ours == reference { 0.0 } else { ((ours - reference) / reference).abs() };
        self.record(error, ours, reference, at);
    }

    /// Error relative to the reference or to 1, whichever is larger: for references that themselves cancel.
    fn absolute(&mut self, ours: f64, reference: f64, at: impl std::fmt::Debug) {
        let error = if ours == reference { 0.0 } else { (ours - reference).abs() / reference.abs().max(1.0) };
        self.record(error, ours, reference, at);
    }

    fn record(&mut self, error: f64, ours: f64, reference: f64, at: impl std::fmt::Debug) {
        self.points += 1;
        if error.is_nan() || error > self.worst {
            self.worst = if error.is_nan() { f64::INFINITY } else { error };
            self.at = format!("{at:?}: {ours:e}, reference {reference:e}");
        }
    }

    fn check(self) {
        println!("{:<28} {:>5} points, largest error {:.1e}", self.name, self.points, self.worst);
        assert!(self.points > 0, "{}: no points", self.name);
        assert!(self.worst <= self.tolerance, "{}: {:e} at {}", self.name, self.worst, self.at);
    }
}

#[test]
fn stats_normal_distribution() {
    let all = &reference()["normal"];
    type Function = fn(f64) -> f64;
    let functions: [(&str, Function); 3] = [("cdf", normal::cdf), ("sf", normal::sf), ("quantile", normal::quantile)];
    for (name, function) in functions {
        let mut table = Table::new(name, 1e-12);
        for [x, value] in rows(&all[name]) {
            table.relative(function(x), value, x);
        }
        table.check();
    }
}

#[test]
fn stats_special_functions() {
    let all = &reference()["special"];
    let (mut upper, mut lower) = (Table::new("gamma Q", 1e-12), Table::new("gamma P", 1e-12));
    for [a, x, q, p] in rows(&all["gamma"]) {
        upper.relative(gamma::regularised_upper(a, x), q, (a, x));
        lower.relative(gamma::regularised_lower(a, x), p, (a, x));
    }
    upper.check();
    lower.check();
    let mut table = Table::new("incomplete beta", 1e-12);
    for [a, b, x, value] in rows(&all["beta"]) {
        table.relative(beta::regularised(a, b, x, 1.0 - x), value, (a, b, x));
    }
    table.check();
    let mut table = Table::new("chi-squared sf", 1e-12);
    for [df, x, value] in rows(&all["chi_squared_sf"]) {
        table.relative(chi_squared::sf(x, df), value, (df, x));
    }
    table.check();
}

#[test]
fn stats_student_distribution() {
    let all = &reference()["student"];
    let mut table = Table::new("t cdf", 1e-12);
    for [t, df, value] in rows(&all["cdf"]) {
        table.relative(student_t::cdf(t, df), value, (t, df));
    }
    table.check();
    let mut table = Table::new("t quantile", 1e-12);
    for [p, df, value] in rows(&all["quantile"]) {
        table.relative(student_t::quantile(p, df), value, (p, df));
    }
    table.check();
}

#[test]
fn stats_rate_intervals() {
    let all = reference();
    let mut table = Table::new("wilson", 1e-12);
    for [x, n, level, low, high] in rows(&all["wilson"]) {
        let (lower, upper) = Uncertainty::Wilson { x, n }.interval(level).unwrap();
        // The reference's 0 may be the rounding error of 50 digits.
        if x > 0.0 {
            table.relative(lower, low, (x, n, level));
        } else {
            assert_eq!(lower, 0.0);
        }
        table.relative(upper, high, (x, n, level));
    }
    table.check();
    let mut table = Table::new("newcombe", 1e-12);
    for [x1, n1, x2, n2, level, low, high] in rows(&all["newcombe"]) {
        let (lower, upper) = Uncertainty::Newcombe { x1, n1, x2, n2 }.interval(level).unwrap();
        table.absolute(lower, low, (x1, n1, x2, n2, level));
        table.absolute(upper, high, (x1, n1, x2, n2, level));
    }
    table.check();
    let mut table = Table::new("mover mean", 1e-12);
    for [x1, n1, x2, n2, level, low, high] in rows(&all["mover"]) {
        let (lower, upper) = Uncertainty::MoverMean { x1, n1, x2, n2 }.interval(level).unwrap();
        table.absolute(lower, low, (x1, n1, x2, n2, level));
        table.absolute(upper, high, (x1, n1, x2, n2, level));
    }
    table.check();
}

#[test]
fn stats_koopman_against_nam_cubic() {
    let all = &reference()["koopman"];
    let mut table = Table::new("koopman limits", 1e-12);
    for [x1, n1, x2, n2, level, low, high] in rows(&all["limits"]) {
        let (lower, upper) = Uncertainty::Koopman { x1, n1, x2, n2 }.interval(level).unwrap();
        table.relative(lower, low, (x1, n1, x2, n2, level));
        table.relative(upper, high, (x1, n1, x2, n2, level));
    }
    table.check();
    let mut table = Table::new("koopman p", 1e-11);
    for [x1, n1, x2, n2, ratio, z] in rows(&all["score"]) {
        let p = Uncertainty::Koopman { x1, n1, x2, n2 }.p_value(ratio, Side::Below).unwrap();
        table.relative(p, normal::cdf(z), (x1, n1, x2, n2, ratio));
    }
    table.check();
    let mut table = Table::new("koopman published", 6e-3);
    for [x1, n1, x2, n2, level, low, high] in rows(&all["published"]) {
        let (lower, upper) = Uncertainty::Koopman { x1, n1, x2, n2 }.interval(level).unwrap();
        table.absolute(lower, low, (x1, n1, x2, n2));
        table.absolute(upper, high, (x1, n1, x2, n2));
    }
    table.check();
}

#[test]
fn stats_pairwise_intervals() {
    let (mut difference, mut ratio) = (Table::new("max difference", 1e-12), Table::new("min ratio", 1e-12));
    for case in reference()["pairwise"].as_array().unwrap() {
        let groups: Vec<(f64, f64)> = rows(&case["groups"]).into_iter().map(|[x, n]| (x, n)).collect();
        let level = number(&case["level"]);
        let (lower, upper) = Uncertainty::PairwiseMaxDifference { groups: groups.clone() }.interval(level).unwrap();
        difference.absolute(lower, number(&case["difference"][0]), &groups);
        difference.absolute(upper, number(&case["difference"][1]), &groups);
        let (lower, upper) = Uncertainty::PairwiseMinRatio { groups: groups.clone() }.interval(level).unwrap();
        ratio.relative(lower, number(&case["ratio"][0]), &groups);
        ratio.relative(upper, number(&case["ratio"][1]), &groups);
    }
    difference.check();
    ratio.check();
}

#[test]
fn stats_ranking_measures() {
    let all = reference();
    let mut tables = [
        ("roc_auc", 1e-14, ranking::roc_auc as fn(&[TieGroup]) -> Option<f64>),
        ("delong_variance", 1e-12, ranking::delong_variance),
        ("average_precision", 1e-14, ranking::average_precision),
        ("pr_auc_trapezoid", 1e-14, ranking::pr_auc_trapezoid),
        ("ks_statistic", 1e-14, ranking::ks_statistic),
    ]
    .map(|(name, tolerance, function)| (Table::new(name, tolerance), function));
    for (index, case) in all["ranking"].as_array().unwrap().iter().enumerate() {
        let groups: Vec<TieGroup> = rows(&case["groups"])
            .into_iter()
            .map(|[score, p, n]| TieGroup { score, positives: p as u64, negatives: n as u64 })
            .collect();
        for (table, function) in &mut tables {
            table.absolute(function(&groups).unwrap(), number(&case[table.name]), index);
        }
        let curve = ranking::roc_curve(&groups, usize::MAX).unwrap();
        // scikit-learn keeps a few more of the collinear points; every corner of ours must be among its points.
        let theirs: Vec<(f64, f64)> = numbers(&case["fpr"]).into_iter().zip(numbers(&case["tpr"])).collect();
        for point in curve {
            let near = |&(fpr, tpr): &(f64, f64)| {
                (fpr - point.false_positive_rate).abs() < 1e-14 && (tpr - point.true_positive_rate).abs() < 1e-14
            };
            assert!(theirs.iter().any(near), "case {index}: {point:?}");
        }
    }
    for (table, _) in tables {
        table.check();
    }
}

#[test]
fn stats_auc_and_average_precision_intervals() {
    let all = reference();
    let mut table = Table::new("newcombe 5", 1e-12);
    for [auc, positives, negatives, level, low, high] in rows(&all["auc"]["newcombe5"]) {
        let ours = Uncertainty::LogitDeLong { auc, variance: 0.0, positives, negatives };
        assert_eq!(ours.method(), "mann_whitney_newcombe5");
        let (lower, upper) = ours.interval(level).unwrap();
        table.absolute(lower, low, (auc, positives, negatives, level));
        table.absolute(upper, high, (auc, positives, negatives, level));
    }
    table.check();
    let mut table = Table::new("delong logit", 1e-12);
    for [auc, variance, level, low, high] in rows(&all["auc"]["delong_logit"]) {
        let ours = Uncertainty::LogitDeLong { auc, variance, positives: 10.0, negatives: 10.0 };
        assert_eq!(ours.method(), "delong_logit");
        let (lower, upper) = ours.interval(level).unwrap();
        table.relative(lower, low, (auc, variance, level));
        table.relative(upper, high, (auc, variance, level));
    }
    table.check();
    let mut table = Table::new("average precision logit", 1e-12);
    for [value, positives, level, low, high] in rows(&all["average_precision"]) {
        let (lower, upper) = Uncertainty::LogitAveragePrecision { value, positives }.interval(level).unwrap();
        table.relative(lower, low, (value, positives, level));
        table.relative(upper, high, (value, positives, level));
    }
    table.check();
}

#[test]
fn stats_mean_intervals() {
    let mut table = Table::new("student t interval", 1e-12);
    for [mean, variance, n, level, low, high] in rows(&reference()["mean"]) {
        let (lower, upper) = Uncertainty::StudentT { mean, variance, n }.interval(level).unwrap();
        table.absolute(lower, low, (mean, variance, n, level));
        table.absolute(upper, high, (mean, variance, n, level));
    }
    table.check();
}

#[test]
fn stats_multiplicity() {
    let (mut holm, mut bh) = (Table::new("holm", 1e-14), Table::new("benjamini-hochberg", 1e-14));
    for family in reference()["multiplicity"].as_array().unwrap() {
        let p = numbers(&family["p"]);
        for (ours, theirs) in multiplicity::holm(&p).into_iter().zip(numbers(&family["holm"])) {
            holm.absolute(ours, theirs, &p);
        }
        for (ours, theirs) in
            multiplicity::benjamini_hochberg(&p).into_iter().zip(numbers(&family["benjamini_hochberg"]))
        {
            bh.absolute(ours, theirs, &p);
        }
    }
    holm.check();
    bh.check();
}

#[test]
fn stats_power() {
    let mut table = Table::new("detectable difference", 1e-9);
    for [n1, p1, n2, level, distance, power] in rows(&reference()["power"]) {
        let ours = power::smallest_detectable_difference(n1, p1, n2, level, power).unwrap();
        table.relative(ours, distance, (n1, p1, n2, level));
    }
    table.check();
}
