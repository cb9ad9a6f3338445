//! What changed from the baseline model to the audited one, from rows that both answered.

use super::rates::{FN, FP, Share, TN, TP, by_subject, rate, share_of};
use super::{Estimate, linked};
use crate::findings::v1::Reason;
use crate::judge::facts::Confusion;
use crate::judge::linked::{Answers, LinkedRows};
use crate::measure::counts::{Decided, Label};
use crate::measure::sums::losses;
use crate::plan::Plan;
use crate::stats::association::mcnemar;
use crate::stats::ranking::{placements, weighted};
use crate::stats::subjects::Influence;
use crate::stats::{Mass, Part, Scored, Uncertainty, cautious_correlation};

const DECIDED: &str = "decided by both models";
pub(super) const LABELLED: &str = "labelled, decided by both models";
const SCORED: &str = "labelled, scored by both models";

/// The estimate of a measure that compares two models; `None` for any other.
pub(super) fn estimate(plan: &Plan, name: &str, convention: &str, confusion: &Confusion) -> Option<Estimate> {
    let of = name.strip_suffix("_change");
    if of.is_none() && !name.starts_with("mcnemar") {
        return None;
    }
    let Some(linked) = confusion.linked.as_deref() else {
        return Some(Estimate::undefined(Reason::NoBaseline, 0, "rows"));
    };
    let pairs = Pairs::new(linked);
    let scores = Pairs { linked };
    Some(match of {
        None => pairs.mcnemar(name, convention),
        Some("balanced_accuracy") => pairs.balanced_accuracy(),
        Some("f1") => pairs.f1(),
        Some("roc_auc") => scores.roc_auc(),
        Some("log_loss") => scores.loss(|score, positive| losses(score, positive).0),
        Some("brier") => scores.loss(|score, positive| losses(score, positive).1),
        Some(of) => {
            let rate = rate(of, plan.favourable)?;
            pairs.rate(rate.entries(), population(of), rate.empty())
        }
    })
}

/// Which rows the change of a rate rests on.
fn population(of: &str) -> &'static str {
    match of {
        "selection_rate" => DECIDED,
        "recall" | "false_negative_rate" => "decided by both models, labelled positive",
        "specificity" | "false_positive_rate" => "decided by both models, labelled negative",
        "precision" => "labelled, decided by both models, positive by either",
        "negative_predictive_value" => "labelled, decided by both models, negative by either",
        _ => LABELLED,
    }
}

/// One of the two models.
type Model = fn(&Answers) -> Decided;

const AUDITED: Model = |row| row.decision;
const BASELINE: Model = |row| row.baseline;

/// The rows of a group, of which those count that both models answered.
pub(super) struct Pairs<'l> {
    linked: &'l LinkedRows,
}

/// A share of rows under one of the models, and what each row adds to its error.
pub(super) struct Side {
    pub(super) share: Share,
    pub(super) influence: Influence,
}

impl<'l> Pairs<'l> {
    pub(super) fn new(linked: &'l LinkedRows) -> Self {
        Self { linked: linked.decisions() }
    }

    /// Whether rows are decided rightly.
    pub(super) fn accuracy(&self) -> Estimate {
        self.rate((TP | TN, TP | FP | TN | FN), LABELLED, Reason::NoRows)
    }

    fn side(&self, model: Model, (part, whole): (u16, u16)) -> Option<Side> {
        let decided = |decision| matches!(decision, Decided::Negative | Decided::Positive);
        let counts = |row: &Answers| decided(row.decision) && decided(row.baseline) && row.is_in(model(row), whole);
        let share = share_of(
            self.linked.weighted,
            self.linked.tally(|row| counts(row) && row.is_in(model(row), part)),
            self.linked.tally(counts),
        )?;
        let total = self.linked.tally(counts).weight;
        let error = |row: &Answers| (f64::from(row.is_in(model(row), part)) - share.value) / total;
        Some(Side { share, influence: self.linked.influence(|row| counts(row).then(|| error(row))) })
    }

    /// With the effective number of rows that subjects leave, where the plan names them.
    fn under(&self, share: Share, parts: &[Influence]) -> Share {
        under(self.linked, share, parts)
    }

    fn rate(&self, entries: (u16, u16), population: &'static str, empty: Reason) -> Estimate {
        let (Some(a), Some(b)) = (self.side(AUDITED, entries), self.side(BASELINE, entries)) else {
            return Estimate::undefined(empty, 0, population);
        };
        let phi = self.linked.correlation(&a.influence, &b.influence);
        let same_rows = a.influence.0.iter().zip(&b.influence.0).all(|(a, b)| a.is_some() == b.is_some());
        let shares = [&a, &b].map(|side| self.under(side.share, std::slice::from_ref(&side.influence)));
        let correlation = if same_rows {
            cautious_correlation(phi, shares[0].value, shares[1].value, shares[0].trials.min(shares[1].trials))
        } else {
            phi
        };
        let parts = shares.map(|share| Part { factor: 1.0, value: share.value, of: share.wilson() });
        difference(self.linked, parts, correlation, &[a.influence, b.influence], shares, population)
    }

    fn balanced_accuracy(&self) -> Estimate {
        let sides =
            [AUDITED, BASELINE].map(|model| Some([self.side(model, (TP, TP | FN))?, self.side(model, (TN, TN | FP))?]));
        let [Some(a), Some(b)] = sides else {
            let positives = self.side(AUDITED, (TP, TP | FN)).is_some();
            let reason = if positives { Reason::NoNegatives } else { Reason::NoPositives };
            return Estimate::undefined(reason, 0, LABELLED);
        };
        let of = |[recall, specificity]: [Side; 2]| {
            let error = linked::sum(&[(1.0, &recall.influence), (1.0, &specificity.influence)]);
            let parts = [recall.influence, specificity.influence];
            let [x, y] = [recall.share, specificity.share].map(|share| self.under(share, &parts));
            let part = Part {
                factor: 1.0,
                value: 0.5 * (x.value + y.value),
                of: Uncertainty::MoverMean { x1: x.successes, n1: x.trials, x2: y.successes, n2: y.trials },
            };
            let both = Share { rows: x.rows + y.rows, trials: x.trials + y.trials, ..x };
            (part, error, both)
        };
        let ((first, mine, share), (second, theirs, other)) = (of(a), of(b));
        let correlation = self.linked.correlation(&mine, &theirs);
        difference(self.linked, [first, second], correlation, &[mine, theirs], [share, other], LABELLED)
    }

    fn f1(&self) -> Estimate {
        let sides = [AUDITED, BASELINE].map(|model| {
            let entries = (TP, TP | FP | FN);
            let side = self.side(model, entries)?;
            let misses = self.side(model, (FP, entries.1))?.share.value;
            let share = self.under(side.share, std::slice::from_ref(&side.influence));
            let fp = misses * share.trials;
            let of =
                Uncertainty::F1Wilson { tp: share.successes, fp, fn_: (share.trials - share.successes - fp).max(0.0) };
            let part = Part { factor: 1.0, value: 2.0 * share.value / (1.0 + share.value), of };
            Some((part, side.influence, share))
        });
        let population = "labelled, decided by both models, any of the three positive";
        let [Some((first, mine, share)), Some((second, theirs, other))] = sides else {
            return Estimate::undefined(Reason::ZeroDenominator, 0, population);
        };
        let correlation = self.linked.correlation(&mine, &theirs);
        difference(self.linked, [first, second], correlation, &[mine, theirs], [share, other], population)
    }

    /// Rows that only one of the models decides rightly; a test that counts people.
    pub(super) fn mcnemar(&self, name: &str, convention: &str) -> Estimate {
        let both = [TP | TN, FP | FN].map(|mask| move |row: &Answers, decision: Decided| row.is_in(decision, mask));
        let [right, wrong] = both;
        let n =
            self.linked.tally(|row| [row.decision, row.baseline].iter().all(|&d| right(row, d) || wrong(row, d))).rows;
        if self.linked.weighted {
            return Estimate::undefined(Reason::WeightsNotSupported, n, LABELLED);
        }
        if n == 0 {
            return Estimate::undefined(Reason::NoRows, 0, LABELLED);
        }
        let b = self.linked.tally(|row| right(row, row.decision) && wrong(row, row.baseline)).rows;
        let c = self.linked.tally(|row| wrong(row, row.decision) && right(row, row.baseline)).rows;
        let Some(test) = mcnemar(b, c) else { return Estimate::undefined(Reason::ZeroVariance, n, LABELLED) };
        let value = match (name, convention) {
            ("mcnemar_chi_squared", _) => test.chi_squared.statistic,
            (_, "exact") => test.exact,
            (_, "chi_squared") => test.chi_squared.p,
            _ => test.mid_p,
        };
        Estimate::new(value, n, LABELLED)
    }

    /// Label and both scores of a row that has all three.
    fn scored(row: &Answers) -> Option<(bool, [f64; 2])> {
        let positive = match row.label {
            Label::Positive => true,
            Label::Negative => false,
            Label::Missing => return None,
        };
        Some((positive, [row.score? + 0.0, row.baseline_score? + 0.0]))
    }

    /// The rows by the score of one of the models.
    fn ranked(&self, model: usize) -> Vec<Scored> {
        let mut rows: Vec<(f64, bool, Mass)> = self
            .linked
            .rows()
            .filter_map(|(repeated, row)| {
                let (positive, scores) = Self::scored(row)?;
                let (count, weight) = (repeated.rows as f64, repeated.weight);
                let mass = Mass { rows: repeated.rows, weight: count * weight, squared: count * weight * weight };
                Some((scores[model], positive, mass))
            })
            .collect();
        // Stable: equal scores keep the order of the rows, in which their weights are added up.
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut ties: Vec<Scored> = Vec::new();
        for (score, positive, mass) in rows {
            if ties.last().is_none_or(|last| last.score != score) {
                ties.push(Scored { score, positives: Mass::default(), negatives: Mass::default() });
            }
            if let Some(last) = ties.last_mut() {
                *(if positive { &mut last.positives } else { &mut last.negatives }) += mass;
            }
        }
        ties
    }

    /// DeLong's test of two correlated areas, by subject where the plan names them.
    fn roc_auc(&self) -> Estimate {
        let n = self.linked.tally(|row| Self::scored(row).is_some()).rows;
        let undefined = |reason| Estimate::undefined(reason, n, SCORED);
        let count = |class: bool| self.linked.tally(|row| Self::scored(row).is_some_and(|row| row.0 == class));
        let (positives, negatives) = (count(true), count(false));
        match (positives.rows, negatives.rows) {
            (0, 0) => return undefined(Reason::NoRows),
            (0, _) => return undefined(Reason::NoPositives),
            (_, 0) => return undefined(Reason::NoNegatives),
            _ => {}
        }
        let ranked = [self.ranked(0), self.ranked(1)];
        let areas = [0, 1].map(|model| weighted::roc_auc(ranked[model].iter().copied()));
        let [Some(first), Some(second)] = areas else { return undefined(Reason::ZeroDenominator) };
        let places = [0, 1].map(|model| placements(ranked[model].iter().copied()));
        let placed = |model: usize, score: f64| {
            let found = places[model].binary_search_by(|place| place.score.total_cmp(&score)).ok()?;
            places[model].get(found)
        };
        let error = |class: bool| {
            let total = if class { positives.weight } else { negatives.weight };
            self.linked.influence(|row| {
                let (positive, scores) = Self::scored(row).filter(|(positive, _)| *positive == class)?;
                let [a, b] = [placed(0, scores[0])?, placed(1, scores[1])?];
                let of = if positive { a.of_positive - b.of_positive } else { a.of_negative - b.of_negative };
                Some((of - (first - second)) / total)
            })
        };
        let parts = [error(true), error(false)];
        let difference = first - second;
        let of = |variance| Uncertainty::PairedDeLong { difference, variance };
        linked::by_subject(
            self.linked,
            Estimate::new(difference, n, SCORED),
            self.linked.variance(&parts).map(of),
            &parts,
        )
    }

    /// The mean difference in a loss: Student's t of the differences of the rows.
    fn loss(&self, loss: impl Fn(f64, bool) -> f64) -> Estimate {
        let all = self.linked.tally(|row| Self::scored(row).is_some());
        let undefined = |reason| Estimate::undefined(reason, all.rows, SCORED);
        if all.rows == 0 {
            return undefined(Reason::NoRows);
        }
        let outside = |row: &Answers| {
            Self::scored(row).is_some_and(|(_, scores)| scores.iter().any(|score| !(0.0..=1.0).contains(score)))
        };
        if self.linked.answers.iter().any(outside) {
            return undefined(Reason::ScoresOutOfRange);
        }
        let difference =
            |row: &Answers| Self::scored(row).map(|(positive, [a, b])| loss(a, positive) - loss(b, positive));
        linked::mean_of_rows(self.linked, SCORED, difference)
    }
}

/// The difference of two estimates that rest on those shares of the rows.
pub(super) fn difference<A>(
    linked: &LinkedRows<A>,
    [first, second]: [Part; 2],
    correlation: f64,
    influences: &[Influence; 2],
    shares: [Share; 2],
    population: &'static str,
) -> Estimate {
    let counts = |row: usize| influences.iter().any(|influence| influence.0[row].is_some());
    let rows = (0..linked.repeated.len()).filter(|&row| counts(row)).map(|row| linked.repeated[row].rows);
    let value = first.value - second.value;
    let of = Uncertainty::PairedDifference { first: Box::new(first), second: Box::new(second), correlation };
    let estimate = Estimate::new(value, rows.sum(), population).with(by_subject(of, &shares));
    let subjects =
        if linked.clustered { Some(linked.design(influences).map_or(1, |design| design.subjects)) } else { None };
    let estimate = estimate.of_subjects(subjects);
    let effective = shares[0].trials.min(shares[1].trials);
    if linked.clustered || linked.weighted { estimate.effective(effective) } else { estimate }
}

/// A share with the effective number of rows that subjects leave, where the plan names them.
pub(super) fn under<A>(linked: &LinkedRows<A>, share: Share, parts: &[Influence]) -> Share {
    if linked.clustered { share.under(linked.design(parts)) } else { share }
}
