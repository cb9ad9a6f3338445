//! Calibration and weighted ranking against statsmodels, scikit-learn, SciPy and mpmath
//! (fixtures/stats/make_calibration.py), and what must hold for every input.

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]
#![expect(clippy::print_stdout, reason = "shows the accuracy reached, with --nocapture")]

use std::fmt::Debug;

use modelassay::stats::calibration::{self, Bin, Binning, BrierDecomposition, Closed, Logits, Sample};
use modelassay::stats::ranking::{self, TieGroup, TopShare, weighted};
use modelassay::stats::{Mass, Scored};
use proptest::prelude::*;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("fixtures/stats/calibration.json")).unwrap()
}

/// A number, or what is undefined.
fn number(value: &Value) -> Option<f64> {
    (!value.is_null()).then(|| value.as_f64().unwrap())
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn brier_parts(groups: &[Scored], binning: Binning, closed: Closed, count: usize) -> Option<BrierDecomposition> {
    let bins = calibration::bins(groups.iter().copied(), binning, closed, count)?;
    calibration::brier_decomposition(groups.iter().copied(), &bins, closed)
}

fn top_share(groups: &[Scored], k: f64) -> Option<TopShare> {
    let sum = |of: fn(&Scored) -> Mass| groups.iter().map(of).fold(Mass::default(), |sum, mass| sum + mass);
    ranking::top_share(groups.iter().copied(), (sum(|group| group.positives), sum(|group| group.negatives)), k)
}

fn logits(groups: &[Scored]) -> Logits<'_> {
    Logits::new(groups.iter().copied())
}

/// (score, positive, weight) rows as groups of equal scores.
fn grouped(rows: &[(f64, bool, f64)]) -> Vec<Scored> {
    let mut rows = rows.to_vec();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut groups: Vec<Scored> = Vec::new();
    for (score, positive, weight) in rows {
        if groups.last().is_none_or(|group| group.score != score) {
            groups.push(Scored { score, positives: Mass::default(), negatives: Mass::default() });
        }
        let group = groups.last_mut().unwrap();
        let class = if positive { &mut group.positives } else { &mut group.negatives };
        *class += Mass { rows: 1, weight, squared: weight * weight };
    }
    groups
}

/// Name, groups and expected values of every sample.
fn cases() -> Vec<(String, Vec<Scored>, Value)> {
    let of_case = |case: &Value| {
        let row = |row: &Value| (row[0].as_f64().unwrap(), row[1] == 1.0, row[2].as_f64().unwrap());
        let rows: Vec<_> = case["rows"].as_array().unwrap().iter().map(row).collect();
        (case["name"].as_str().unwrap().to_owned(), grouped(&rows), case.clone())
    };
    reference()["cases"].as_array().unwrap().iter().map(of_case).collect()
}

/// Collects the largest error of one measure, so that a failure names its worst point and a run shows the accuracy.
struct Table {
    name: String,
    tolerance: f64,
    points: usize,
    worst: f64,
    at: String,
}

impl Table {
    fn new(name: &str, tolerance: f64) -> Self {
        Self { name: name.to_owned(), tolerance, points: 0, worst: 0.0, at: String::new() }
    }

    /// Error relative to the reference or to 1, whichever is larger; both or neither must be defined.
    fn compare(&mut self, ours: Option<f64>, reference: Option<f64>, at: impl Debug) {
        let error = match (ours, reference) {
            (Some(a), Some(b)) => (a - b).abs() / b.abs().max(1.0),
            (None, None) => 0.0,
            _ => f64::INFINITY,
        };
        self.record(error, ours, reference, at);
    }

    /// Error relative to the reference.
    fn relative(&mut self, ours: f64, reference: f64, at: impl Debug) {
        let error = if ours == reference { 0.0 } else { ((ours - reference) / reference).abs() };
        self.record(error, Some(ours), Some(reference), at);
    }

    /// Error relative to the reference, except where that is the rounding error of 0.
    fn compare_relative(&mut self, ours: Option<f64>, reference: Option<f64>, at: impl Debug) {
        match (ours, reference) {
            (Some(a), Some(b)) if b.abs() > 1e-30 => self.relative(a, b, at),
            _ => self.compare(ours, reference, at),
        }
    }

    fn record(&mut self, error: f64, ours: Option<f64>, reference: Option<f64>, at: impl Debug) {
        self.points += usize::from(reference.is_some());
        if error.is_nan() || error > self.worst {
            self.worst = if error.is_nan() { f64::INFINITY } else { error };
            self.at = format!("{at:?}: {ours:?}, reference {reference:?}");
        }
    }

    fn check(self) {
        println!("{:<28} {:>5} points, largest error {:.1e}", self.name, self.points, self.worst);
        assert!(self.points > 0, "{}: no points", self.name);
        assert!(self.worst <= self.tolerance, "{}: {:e} at {}", self.name, self.worst, self.at);
    }
}

/// The binnings of one sample, with their expected values.
fn binnings(case: &Value) -> Vec<(Binning, Closed, usize, &Value)> {
    let all = case["binned"].as_array().unwrap();
    all.iter()
        .map(|value| {
            let binning = if value["binning"] == "equal_width" { Binning::EqualWidth } else { Binning::EqualCount };
            let closed = if value["closed"] == "left" { Closed::Left } else { Closed::Right };
            (binning, closed, value["count"].as_f64().unwrap() as usize, value)
        })
        .collect()
}

#[test]
fn calibration_bins() {
    let mut table = Table::new("bins", 1e-14);
    for (name, groups, case) in cases() {
        for (binning, closed, count, expected) in binnings(&case) {
            let at = (&name, binning, closed, count);
            let bins = calibration::bins(groups.iter().copied(), binning, closed, count).unwrap();
            let expected = expected["bins"].as_array().unwrap();
            assert_eq!(bins.len(), expected.len(), "{at:?}");
            for (bin, row) in bins.iter().zip(expected) {
                let row = numbers(row);
                assert_eq!([bin.positives.rows as f64, bin.negatives.rows as f64], [row[0], row[3]], "{at:?}");
                assert_eq!([bin.lower, bin.upper], [row[7], row[8]], "{at:?}");
                let of = |mass: Mass| [mass.weight, mass.squared];
                let ours = [of(bin.positives), of(bin.negatives), [bin.score, bin.observed()]].concat();
                let theirs = [row[1], row[2], row[4], row[5], row[6], row[1] / (row[1] + row[4])];
                for (a, b) in ours.into_iter().zip(theirs) {
                    table.compare(Some(a), Some(b), at);
                }
            }
        }
    }
    table.check();
}

#[test]
fn calibration_binned_errors() {
    type Function = fn(&[Bin]) -> Option<f64>;
    let mut tables = [
        ("expected", calibration::expected as Function),
        ("maximum", calibration::maximum),
        ("expected_squared", calibration::expected_squared),
        ("expected_under_calibration", calibration::expected_under_calibration),
    ]
    .map(|(name, function)| (Table::new(name, 1e-13), function));
    let (mut expected_limits, mut maximum_limits) = (Table::new("ECE limits", 1e-12), Table::new("MCE limits", 1e-12));
    for (name, groups, case) in cases() {
        for (binning, closed, count, expected) in binnings(&case) {
            let bins = calibration::bins(groups.iter().copied(), binning, closed, count).unwrap();
            for (table, function) in &mut tables {
                table.compare(function(&bins), number(&expected[&table.name]), (&name, binning, closed, count));
            }
            for row in expected["limits"].as_array().unwrap() {
                let row = numbers(row);
                let at = (&name, binning, closed, count, row[0]);
                let (lower, upper) = calibration::expected_limits(&bins, row[0]).unwrap();
                expected_limits.compare(Some(lower), Some(row[1]), at);
                expected_limits.compare(Some(upper), Some(row[2]), at);
                let (lower, upper) = calibration::maximum_limits(&bins, row[0]).unwrap();
                maximum_limits.compare(Some(lower), Some(row[3]), at);
                maximum_limits.compare(Some(upper), Some(row[4]), at);
            }
        }
    }
    for (table, _) in tables {
        table.check();
    }
    expected_limits.check();
    maximum_limits.check();
}

#[test]
fn calibration_recalibration() {
    let (mut line, mut covariance) = (Table::new("recalibration", 1e-12), Table::new("its covariance", 1e-12));
    let mut large = Table::new("calibration in the large", 1e-12);
    for (name, groups, case) in cases() {
        let ours = calibration::fit(&logits(&groups));
        let theirs = &case["recalibration"];
        assert_eq!(ours.is_some(), !theirs.is_null(), "{name}");
        if let Some(ours) = ours {
            let coefficients = numbers(&theirs["coefficients"]);
            line.compare(Some(ours.intercept), Some(coefficients[0]), (&name, "intercept"));
            line.compare(Some(ours.slope), Some(coefficients[1]), (&name, "slope"));
            let scale = numbers(&theirs["covariance"][0])[0].max(numbers(&theirs["covariance"][1])[1]);
            for i in 0..2 {
                for (j, entry) in numbers(&theirs["covariance"][i]).into_iter().enumerate() {
                    covariance.relative(1.0 + ours.covariance[i][j] / scale, 1.0 + entry / scale, (&name, i, j));
                }
            }
        }
        let theirs = &case["in_the_large"];
        if theirs.is_string() {
            continue;
        }
        let ours = calibration::in_the_large(&logits(&groups));
        assert_eq!(ours.is_some(), !theirs.is_null(), "{name}");
        if let Some((intercept, variance)) = ours {
            large.compare(Some(intercept), number(&theirs[0]), (&name, "intercept"));
            covariance.relative(variance, theirs[1].as_f64().unwrap(), (&name, "in the large"));
        }
    }
    line.check();
    covariance.check();
    large.check();
}

#[test]
fn calibration_means() {
    let (mut mean, mut variance) = (Table::new("mean score", 1e-14), Table::new("its variance", 1e-12));
    let (mut ratio, mut limits) = (Table::new("O/E", 1e-13), Table::new("O/E limits", 1e-12));
    for (name, groups, case) in cases() {
        let ours = calibration::mean_score(groups.iter().copied()).unwrap();
        mean.compare(Some(ours.mean), number(&case["mean"][0]), &name);
        variance.compare_relative(ours.variance, number(&case["mean"][1]), &name);
        ratio.compare(calibration::observed_expected_ratio(groups.iter().copied()), number(&case["ratio"]), &name);
        for row in case["ratio_limits"].as_array().unwrap() {
            let row = numbers(row);
            let (lower, upper) = calibration::observed_expected_limits(groups.iter().copied(), row[0]).unwrap();
            limits.compare(Some(lower), Some(row[1]), (&name, row[0]));
            limits.compare(Some(upper), Some(row[2]), (&name, row[0]));
        }
    }
    mean.check();
    variance.check();
    ratio.check();
    limits.check();
}

#[test]
fn calibration_brier_decomposition() {
    let mut table = Table::new("brier decomposition", 1e-13);
    for (name, groups, case) in cases() {
        for (binning, closed, count, expected) in binnings(&case) {
            let ours = brier_parts(&groups, binning, closed, count).unwrap();
            let ours =
                [ours.reliability, ours.resolution, ours.uncertainty, ours.within_variance, ours.within_covariance];
            for (a, b) in ours.into_iter().zip(numbers(&expected["brier"])) {
                table.compare(Some(a), Some(b), (&name, binning, closed, count));
            }
        }
    }
    table.check();
}

#[test]
fn calibration_tests() {
    let (mut z, mut p) = (Table::new("spiegelhalter z", 1e-12), Table::new("spiegelhalter p", 1e-12));
    let (mut statistic, mut tail) = (Table::new("hosmer-lemeshow", 1e-12), Table::new("its p", 1e-11));
    for (name, groups, case) in cases() {
        let ours = calibration::spiegelhalter(groups.iter().copied());
        let theirs = &case["spiegelhalter"];
        z.compare(ours.map(|test| test.z), number(&theirs[0]), &name);
        p.compare(ours.map(|test| test.p_value), number(&theirs[1]), &name);
        for (binning, closed, count, expected) in binnings(&case) {
            let bins = calibration::bins(groups.iter().copied(), binning, closed, count).unwrap();
            for (index, sample) in [Sample::External, Sample::Development].into_iter().enumerate() {
                let at = (&name, binning, closed, count, sample);
                let ours = calibration::hosmer_lemeshow(&bins, sample);
                let theirs = &expected["hosmer_lemeshow"][index];
                statistic.compare(ours.map(|test| test.statistic), number(&theirs[0]), at);
                tail.compare(ours.map(|test| test.p_value), number(&theirs[2]), at);
                assert_eq!(ours.map(|test| test.degrees as f64), number(&theirs[1]), "{at:?}");
            }
        }
    }
    z.check();
    p.check();
    statistic.check();
    tail.check();
}

#[test]
fn calibration_integrated_index() {
    let mut table = Table::new("ICI", 1e-12);
    for (name, groups, case) in cases() {
        let ours = calibration::integrated(&logits(&groups), groups.iter().copied());
        let theirs = &case["integrated"];
        table.compare(ours, number(&theirs[0]), &name);
    }
    table.check();
}

#[test]
fn weighted_ranking_measures() {
    type Function = fn(&[Scored]) -> Option<f64>;
    let mut tables = [
        ("roc_auc", 1e-14, (|groups| weighted::roc_auc(groups.iter().copied())) as Function),
        ("delong_variance", 1e-12, |groups| weighted::delong_variance(groups.iter().copied())),
        ("average_precision", 1e-13, |groups| weighted::average_precision(groups.iter().copied())),
        ("pr_auc_trapezoid", 1e-13, |groups| weighted::pr_auc_trapezoid(groups.iter().copied())),
        ("ks_statistic", 1e-14, |groups| weighted::ks_statistic(groups.iter().copied())),
    ]
    .map(|(name, tolerance, function)| (Table::new(name, tolerance), function));
    let mut partial = Table::new("partial AUC", 1e-12);
    let mut top = Table::new("top share", 1e-12);
    for (name, groups, case) in cases() {
        for (table, function) in &mut tables {
            table.compare_relative(function(&groups), number(&case[&table.name]), &name);
        }
        for row in case["partial_auc"].as_array().unwrap() {
            let row = numbers(row);
            let ours = ranking::partial_auc(groups.iter().copied(), row[0]).unwrap();
            partial.relative(ours.area, row[1], (&name, row[0]));
            partial.compare(Some(ours.standardised), Some(row[2]), (&name, row[0]));
        }
        for row in case["top_share"].as_array().unwrap() {
            let ours = top_share(&groups, row[0].as_f64().unwrap()).unwrap();
            top.compare(Some(ours.precision), number(&row[1]), (&name, row));
            top.compare(ours.recall, number(&row[2]), (&name, row));
            top.compare(ours.lift, number(&row[3]), (&name, row));
            top.compare(Some(ours.gain), number(&row[4]), (&name, row));
        }
    }
    for (table, _) in tables {
        table.check();
    }
    partial.check();
    top.check();
}

#[test]
fn ks_limits() {
    let mut table = Table::new("ks limits", 1e-14);
    for row in reference()["ks_limits"].as_array().unwrap() {
        let row = numbers(row);
        let (lower, upper) = ranking::ks_limits(row[0], row[1], row[2], row[3]).unwrap();
        table.compare(Some(lower), Some(row[4]), &row);
        table.compare(Some(upper), Some(row[5]), &row);
    }
    table.check();
    for (ks, positives, negatives, tail) in [
        (-0.1, 5.0, 5.0, 0.05),
        (1.1, 5.0, 5.0, 0.05),
        (0.5, 0.0, 5.0, 0.05),
        (0.5, 5.0, f64::NAN, 0.05),
        (f64::NAN, 5.0, 5.0, 0.05),
        (0.5, 5.0, 5.0, 0.0),
        (0.5, 5.0, 5.0, 1.0),
    ] {
        assert_eq!(ranking::ks_limits(ks, positives, negatives, tail), None);
    }
}

#[test]
fn nothing_without_rows() {
    let empty = || core::iter::empty::<Scored>();
    let weightless =
        [Scored { score: 0.5, positives: Mass { rows: 2, weight: 0.0, squared: 0.0 }, negatives: Mass::default() }];
    let weightless = || weightless.iter().copied();
    for binning in [Binning::EqualWidth, Binning::EqualCount] {
        assert_eq!(calibration::bins(empty(), binning, Closed::Right, 10), None);
        assert_eq!(calibration::bins(weightless(), binning, Closed::Right, 10), None);
        assert_eq!(calibration::brier_decomposition(weightless(), &[], Closed::Left), None);
    }
    assert_eq!(calibration::mean_score(weightless()), None);
    assert_eq!(calibration::observed_expected_ratio(empty()), None);
    assert_eq!(calibration::observed_expected_limits(empty(), 0.05), None);
    assert_eq!(calibration::spiegelhalter(weightless()), None);
    assert_eq!(calibration::fit(&Logits::new(weightless())), None);
    assert_eq!(calibration::in_the_large(&Logits::new(empty())), None);
    assert_eq!(calibration::integrated(&Logits::new(weightless()), weightless()), None);
    assert_eq!(weighted::roc_auc(weightless()), None);
    assert_eq!(weighted::average_precision(weightless()), None);
    assert_eq!(ranking::partial_auc(weightless(), 0.5), None);
    assert_eq!(top_share(&weightless().collect::<Vec<_>>(), 0.5), None);
    for measure in [calibration::expected, calibration::maximum, calibration::expected_squared] {
        assert_eq!(measure(&[]), None);
    }
    assert_eq!(calibration::expected_limits(&[], 0.05), None);
    assert_eq!(calibration::maximum_limits(&[], 0.05), None);
    assert_eq!(calibration::hosmer_lemeshow(&[], Sample::External), None);
    let one = [Scored { score: 0.0, positives: Mass::of_rows(0), negatives: Mass::of_rows(3) }];
    let one = || one.iter().copied();
    assert_eq!(calibration::bins(one(), Binning::EqualWidth, Closed::Right, 0), None);
    assert_eq!(calibration::observed_expected_ratio(one()), None);
    assert_eq!(calibration::observed_expected_limits(one(), 0.05), None);
    for share in [0.0, -0.5, 1.5, f64::NAN] {
        assert_eq!(top_share(&one().collect::<Vec<_>>(), share), None);
    }
}

/// Rows on a few or many distinct scores, 0 and 1 among them.
fn rows(weight: impl Strategy<Value = f64>) -> impl Strategy<Value = Vec<(f64, bool, f64)>> {
    let score = prop_oneof![
        0.0..=1.0_f64,
        (0_u32..=10).prop_map(|k| f64::from(k) / 10.0),
        (0_u32..=3).prop_map(|k| f64::from(k) / 3.0)
    ];
    prop::collection::vec((score, any::<bool>(), weight), 1..60)
}

fn weight() -> impl Strategy<Value = f64> {
    prop_oneof![Just(1.0), 0.01..20.0_f64, (0_u32..4).prop_map(f64::from)]
}

fn scaled(groups: &[Scored], factor: f64) -> Vec<Scored> {
    let of =
        |mass: Mass| Mass { rows: mass.rows, weight: factor * mass.weight, squared: factor * factor * mass.squared };
    groups.iter().map(|g| Scored { score: g.score, positives: of(g.positives), negatives: of(g.negatives) }).collect()
}

/// Both undefined, or equal up to rounding.
fn close(a: Option<f64>, b: Option<f64>, tolerance: f64) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= tolerance * (1.0 + b.abs()),
        (a, b) => a == b,
    }
}

fn any_binning() -> impl Strategy<Value = (Binning, Closed, usize)> {
    let binning = prop_oneof![Just(Binning::EqualWidth), Just(Binning::EqualCount)];
    (binning, prop_oneof![Just(Closed::Left), Just(Closed::Right)], 1_usize..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn equal_weights_are_no_weights(rows in rows(Just(1.0)), factor in prop_oneof![Just(1.0), 0.001..1000.0_f64]) {
        let groups = grouped(&rows);
        let ties: Vec<TieGroup> = groups
            .iter()
            .map(|g| TieGroup { score: g.score, positives: g.positives.rows, negatives: g.negatives.rows })
            .collect();
        let groups = scaled(&groups, factor);
        let groups = || groups.iter().copied();
        prop_assert!(close(weighted::roc_auc(groups()), ranking::roc_auc(&ties), 1e-12));
        let (ours, theirs) = (weighted::delong_variance(groups()), ranking::delong_variance(&ties));
        prop_assert_eq!(ours.is_some(), theirs.is_some());
        for (ours, theirs) in ours.into_iter().zip(theirs) {
            prop_assert!((ours - theirs).abs() <= 1e-12 * theirs, "{ours:e} {theirs:e}");
        }
        prop_assert!(close(weighted::average_precision(groups()), ranking::average_precision(&ties), 1e-12));
        prop_assert!(close(weighted::pr_auc_trapezoid(groups()), ranking::pr_auc_trapezoid(&ties), 1e-12));
        prop_assert!(close(weighted::ks_statistic(groups()), ranking::ks_statistic(&ties), 1e-12));
        prop_assert!(close(ranking::partial_auc(groups(), 1.0).map(|part| part.area), ranking::roc_auc(&ties), 1e-12));
        // Exactly: 0 and 1 have their own intervals.
        if let Some(auc) = ranking::roc_auc(&ties).filter(|auc| [0.0, 1.0].contains(auc)) {
            prop_assert_eq!(weighted::roc_auc(groups()), Some(auc));
            prop_assert!(weighted::delong_variance(groups()).is_none_or(|variance| variance == 0.0));
        }
    }

    #[test]
    fn doubling_all_weights_changes_nothing(rows in rows(weight()), (binning, closed, count) in any_binning()) {
        let single = grouped(&rows);
        let double = scaled(&single, 2.0);
        let (single, double) = (|| single.iter().copied(), || double.iter().copied());
        prop_assert_eq!(weighted::roc_auc(single()), weighted::roc_auc(double()));
        prop_assert_eq!(weighted::delong_variance(single()), weighted::delong_variance(double()));
        prop_assert_eq!(weighted::average_precision(single()), weighted::average_precision(double()));
        prop_assert_eq!(weighted::ks_statistic(single()), weighted::ks_statistic(double()));
        prop_assert_eq!(calibration::mean_score(single()), calibration::mean_score(double()));
        prop_assert_eq!(calibration::spiegelhalter(single()), calibration::spiegelhalter(double()));
        let a = calibration::bins(single(), binning, closed, count);
        let b = calibration::bins(double(), binning, closed, count);
        prop_assert_eq!(a.as_deref().and_then(calibration::expected), b.as_deref().and_then(calibration::expected));
        let limits = |bins: &Option<Vec<Bin>>| calibration::expected_limits(bins.as_deref()?, 0.025);
        prop_assert_eq!(limits(&a), limits(&b));
        let line = |logits| calibration::fit(&logits).map(|line| line.slope);
        let (a, b) = (calibration::fit(&Logits::new(single())), line(Logits::new(double())));
        prop_assert!(close(a.map(|line| line.slope), b, 1e-9), "{:?} {:?}", a, b);
    }

    #[test]
    fn brier_components_add_up(rows in rows(weight()), (binning, closed, count) in any_binning()) {
        let groups = grouped(&rows);
        let total: f64 = rows.iter().map(|row| row.2).sum();
        let loss = |&(score, positive, weight): &(f64, bool, f64)| {
            let distance = if positive { 1.0 - score } else { score };
            weight * distance * distance
        };
        let brier = (total > 0.0).then(|| rows.iter().map(loss).sum::<f64>() / total);
        let parts = brier_parts(&groups, binning, closed, count);
        prop_assert!(close(parts.map(|parts| parts.brier()), brier, 1e-13), "{:?} {:?}", parts, brier);
    }

    #[test]
    fn bins_hold_every_row_between_their_edges(rows in rows(weight()), (binning, closed, count) in any_binning()) {
        let groups = grouped(&rows);
        let total: f64 = rows.iter().map(|row| row.2).sum();
        let bins = calibration::bins(groups.iter().copied(), binning, closed, count).unwrap_or_default();
        prop_assert!(bins.len() <= count);
        prop_assert!((bins.iter().map(|bin| bin.mass().weight).sum::<f64>() - total).abs() <= 1e-12 * total);
        for bin in &bins {
            prop_assert!(bin.lower <= bin.score && bin.score <= bin.upper, "{bin:?}");
        }
        prop_assert!(bins.windows(2).all(|pair| pair[0].upper <= pair[1].lower && pair[0].score < pair[1].score));
    }

    #[test]
    fn error_limits_contain_the_error_and_are_nested(
        rows in rows(0.01..20.0_f64),
        (binning, closed, count) in any_binning(),
        a in 0.001..0.45_f64,
        b in 0.001..0.45_f64,
    ) {
        type Limits = fn(&[Bin], f64) -> Option<(f64, f64)>;
        let groups = grouped(&rows);
        let bins = calibration::bins(groups.iter().copied(), binning, closed, count).unwrap();
        let (small, large) = (a.min(b), a.max(b));
        for (value, limits) in [
            (calibration::expected(&bins).unwrap(), calibration::expected_limits as Limits),
            (calibration::maximum(&bins).unwrap(), calibration::maximum_limits),
        ] {
            let ((lower, upper), (low, high)) = (limits(&bins, small).unwrap(), limits(&bins, large).unwrap());
            prop_assert!(lower < upper && low < high);
            prop_assert!(lower <= low + 1e-12 && high <= upper + 1e-12);
            prop_assert!(low <= value + 1e-12 && value <= high + 1e-12 && lower >= 0.0 && upper <= 1.0 + 1e-12);
        }
    }

    #[test]
    fn recalibration_solves_its_equations(rows in rows(weight())) {
        let groups = grouped(&rows);
        let logit = |score: f64| {
            let q = score.clamp(1e-15, 1.0 - 1e-15);
            libm::log(q / (1.0 - q))
        };
        if let Some(line) = calibration::fit(&logits(&groups)) {
            let (mut level, mut tilt, mut size) = (0.0, 0.0, 0.0);
            for &(score, positive, weight) in &rows {
                let p = 1.0 / (1.0 + libm::exp(-(line.intercept + line.slope * logit(score))));
                let residual = weight * (if positive { 1.0 - p } else { -p });
                level += residual;
                tilt += residual * logit(score);
                size += weight * logit(score).abs() + weight;
            }
            prop_assert!(level.abs() <= 1e-10 * size && tilt.abs() <= 1e-10 * size, "{level} {tilt} {size} {line:?}");
        }
    }

    #[test]
    fn recalibration_exists_where_scores_overlap(rows in rows(weight())) {
        let clipped = |row: &(f64, bool, f64)| row.0.clamp(1e-15, 1.0 - 1e-15);
        let score = |class| rows.iter().filter(move |row| row.1 == class && row.2 > 0.0).map(clipped);
        let smallest = |class| score(class).fold(f64::INFINITY, f64::min);
        let largest = |class| score(class).fold(f64::NEG_INFINITY, f64::max);
        let overlap = largest(true) > smallest(false) && largest(false) > smallest(true);
        prop_assert_eq!(calibration::fit(&logits(&grouped(&rows))).is_some(), overlap);
        let both = score(true).next().is_some() && score(false).next().is_some();
        prop_assert_eq!(calibration::in_the_large(&logits(&grouped(&rows))).is_some(), both);
    }

    #[test]
    fn top_share_grows_with_the_share(rows in rows(0.01..20.0_f64), a in 0.001..=1.0_f64, b in 0.001..=1.0_f64) {
        let groups = grouped(&rows);
        let top = |k: f64| top_share(&groups, k).unwrap();
        let (small, large) = (top(a.min(b)), top(a.max(b)));
        prop_assert!(small.gain <= large.gain + 1e-9);
        prop_assert!((0.0..=1.0 + 1e-12).contains(&small.precision));
        prop_assert!(close(top(1.0).recall, top(1.0).recall.map(|_| 1.0), 1e-12));
        prop_assert!(close(top(1.0).lift, top(1.0).lift.map(|_| 1.0), 1e-12));
    }
}
