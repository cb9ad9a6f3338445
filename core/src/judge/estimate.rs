//! The value of a measure for one group, with its uncertainty.

use super::facts::{Confusion, Facts, GroupFacts, Tally};
use crate::findings::catalogue::{Entry, Need, Shape};
use crate::findings::v1::Reason;
use crate::measure::counts::{CellCounts, Decided, ENTRIES, Label};
use crate::measure::sums::Moments;
use crate::plan::{Plan, Side};
use crate::stats::Uncertainty;
use crate::stats::ranking::{self, TieGroup};

/// A value, or the reason why there is none, and what is known of its error.
#[derive(Clone, Debug)]
pub(crate) struct Estimate {
    pub(crate) value: Result<f64, Reason>,
    pub(crate) uncertainty: Option<Uncertainty>,
    /// Rows in its denominator.
    pub(crate) n: u64,
    /// Kish's effective n, where rows are weighted.
    pub(crate) n_effective: Option<f64>,
    /// Which rows count.
    pub(crate) population: &'static str,
    /// Certain bounds, where scores were coarsened.
    pub(crate) bounds: Option<(f64, f64)>,
}

/// A share of rows: which entries of the confusion matrix count, of which.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    numerator: u16,
    denominator: u16,
    population: &'static str,
    /// Why it is undefined when the denominator is empty.
    empty: Reason,
}

const fn bit(label: Label, decision: Decided) -> u16 {
    1 << CellCounts::entry(label, decision)
}

const TP: u16 = bit(Label::Positive, Decided::Positive);
const FP: u16 = bit(Label::Negative, Decided::Positive);
const TN: u16 = bit(Label::Negative, Decided::Negative);
const FN: u16 = bit(Label::Positive, Decided::Negative);
const UNLABELLED_POSITIVE: u16 = bit(Label::Missing, Decided::Positive);
const UNLABELLED_NEGATIVE: u16 = bit(Label::Missing, Decided::Negative);
const DECIDED_POSITIVE: u16 = TP | FP | UNLABELLED_POSITIVE;
const DECIDED_NEGATIVE: u16 = TN | FN | UNLABELLED_NEGATIVE;
const POSITIVE_LABEL: u16 = TP | FN | bit(Label::Positive, Decided::Missing) | bit(Label::Positive, Decided::Excluded);
const NEGATIVE_LABEL: u16 = FP | TN | bit(Label::Negative, Decided::Missing) | bit(Label::Negative, Decided::Excluded);

const BOTH: &str = "labelled and decided";

/// The definition of a rate, or `None` when the measure is not a plain share of rows.
pub(crate) fn rate(name: &str, favourable: Side) -> Option<Rate> {
    let (numerator, denominator, population, empty) = match name {
        "prevalence" => (POSITIVE_LABEL, POSITIVE_LABEL | NEGATIVE_LABEL, "labelled", Reason::NoRows),
        "selection_rate" => (
            match favourable {
                Side::Positive => DECIDED_POSITIVE,
                Side::Negative => DECIDED_NEGATIVE,
            },
            DECIDED_POSITIVE | DECIDED_NEGATIVE,
            "decided",
            Reason::NoRows,
        ),
        "accuracy" => (TP | TN, TP | FP | TN | FN, BOTH, Reason::NoRows),
        "precision" => (TP, TP | FP, "labelled, decided positive", Reason::NoPositiveDecisions),
        "false_discovery_rate" => (FP, TP | FP, "labelled, decided positive", Reason::NoPositiveDecisions),
        "negative_predictive_value" => (TN, TN | FN, "labelled, decided negative", Reason::NoNegativeDecisions),
        "false_omission_rate" => (FN, TN | FN, "labelled, decided negative", Reason::NoNegativeDecisions),
        "recall" => (TP, TP | FN, "decided, labelled positive", Reason::NoPositives),
        "false_negative_rate" => (FN, TP | FN, "decided, labelled positive", Reason::NoPositives),
        "specificity" => (TN, TN | FP, "decided, labelled negative", Reason::NoNegatives),
        "false_positive_rate" => (FP, TN | FP, "decided, labelled negative", Reason::NoNegatives),
        "label_coverage" => (POSITIVE_LABEL | NEGATIVE_LABEL, (1 << ENTRIES) - 1, "rows", Reason::NoRows),
        "jaccard" => (TP, TP | FP | FN, "labelled and decided, either positive", Reason::ZeroDenominator),
        _ => return None,
    };
    Some(Rate { numerator, denominator, population, empty })
}

/// A rate of some rows as successes and trials, effective where weighted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    /// Successes; `value * trials`.
    pub(crate) successes: f64,
    /// Trials: rows, or Kish's effective n.
    pub(crate) trials: f64,
    /// The rate.
    pub(crate) value: f64,
    /// Rows in the denominator.
    pub(crate) rows: u64,
}

impl Rate {
    /// The share among some rows; `None` when the denominator is empty.
    pub(crate) fn share(&self, confusion: &Confusion) -> Option<Share> {
        let part = confusion.tally(self.numerator);
        let whole = confusion.tally(self.denominator);
        share(confusion.weights.is_some(), part, whole)
    }

    /// Why it is undefined when the denominator is empty.
    pub(crate) fn empty(&self) -> Reason {
        self.empty
    }

    /// Which rows count.
    pub(crate) fn population(&self) -> &'static str {
        self.population
    }
}

fn share(weighted: bool, part: Tally, whole: Tally) -> Option<Share> {
    if !weighted {
        let (successes, trials) = (part.rows as f64, whole.rows as f64);
        return (whole.rows > 0).then(|| Share { successes, trials, value: successes / trials, rows: whole.rows });
    }
    (whole.weight > 0.0).then(|| {
        let trials = whole.weight * whole.weight / whole.squared;
        let value = part.weight / whole.weight;
        Share { successes: value * trials, trials, value, rows: whole.rows }
    })
}

/// Why a measure cannot be had under this plan at all.
pub(crate) fn missing_need(plan: &Plan, needs: &[Need], labels_joined: bool) -> Option<Reason> {
    let roles = &plan.roles;
    needs.iter().find_map(|need| match need {
        Need::Labels if roles.label.is_none() => Some(Reason::NoLabels),
        Need::Decisions if roles.prediction.is_none() && plan.threshold.is_none() => Some(Reason::NoDecisions),
        Need::Scores if roles.score.is_none() => Some(Reason::NoScores),
        Need::Groups if plan.protected.is_empty() => Some(Reason::NoProtectedAttributes),
        Need::Ids if roles.id.is_none() => Some(Reason::NoIds),
        Need::LabelTimes if roles.time.is_none() || (roles.label_time.is_none() && !labels_joined) => {
            Some(Reason::NoTimes)
        }
        Need::LabelTimes if roles.label_time.is_none() => Some(Reason::NoTimes),
        _ => None,
    })
}

/// The value of a measure that is not a gap; what rests on too few rows of a group stays hidden.
pub(crate) fn estimate(
    plan: &Plan,
    facts: &Facts<'_>,
    entry: &Entry,
    convention: &str,
    group: &GroupFacts,
) -> Estimate {
    let estimate = unguarded(plan, facts, entry, convention, group);
    let hidden = match estimate.value {
        _ if group.group.is_empty() => false,
        Ok(value) if entry.shape == Shape::Count => value > 0.0 && value < plan.min_n_shown as f64,
        Ok(_) => estimate.n < plan.min_n_shown,
        Err(_) => false,
    };
    if hidden { undefined(Reason::Suppressed, estimate.n, estimate.population) } else { estimate }
}

fn unguarded(plan: &Plan, facts: &Facts<'_>, entry: &Entry, convention: &str, group: &GroupFacts) -> Estimate {
    let labelled_and_decided = group.confusion.tally(TP | FP | TN | FN);
    if let Some(reason) = missing_need(plan, entry.needs, facts.measurements.labels.is_some()) {
        return undefined(reason, 0, BOTH);
    }
    if group.suppressed {
        return undefined(Reason::Suppressed, group.rows, "rows");
    }
    if let Some(rate) = rate(entry.name, plan.favourable) {
        return match rate.share(&group.confusion) {
            None => undefined(rate.empty, 0, rate.population),
            Some(share) => Estimate {
                value: Ok(share.value),
                uncertainty: Some(Uncertainty::Wilson { x: share.successes, n: share.trials }),
                n: share.rows,
                n_effective: group.confusion.weights.is_some().then_some(share.trials),
                population: rate.population,
                bounds: None,
            },
        };
    }
    let count = |mask: u16| Estimate {
        value: Ok(group.confusion.tally(mask).rows as f64),
        uncertainty: None,
        n: labelled_and_decided.rows,
        n_effective: None,
        population: BOTH,
        bounds: None,
    };
    match entry.name {
        "n" => Estimate {
            value: Ok(group.rows as f64),
            uncertainty: None,
            n: group.rows,
            n_effective: None,
            population: "rows",
            bounds: None,
        },
        "true_positives" => count(TP),
        "false_positives" => count(FP),
        "true_negatives" => count(TN),
        "false_negatives" => count(FN),
        "balanced_accuracy" => balanced_accuracy(&group.confusion, labelled_and_decided.rows),
        "f1" => f1(&group.confusion),
        _ if plan.roles.weight.is_some() => undefined(Reason::WeightsNotSupported, 0, SCORED),
        "roc_auc" => roc_auc(facts, group, convention),
        "average_precision" => average_precision(facts, group),
        "log_loss" => mean_loss(group, &group.losses.log_loss),
        "brier" => mean_loss(group, &group.losses.brier),
        _ => undefined(Reason::NoRows, 0, BOTH),
    }
}

const SCORED: &str = "scored and labelled";

fn undefined(reason: Reason, n: u64, population: &'static str) -> Estimate {
    Estimate { value: Err(reason), uncertainty: None, n, n_effective: None, population, bounds: None }
}

fn balanced_accuracy(confusion: &Confusion, rows: u64) -> Estimate {
    let weighted = confusion.weights.is_some();
    let recall = share(weighted, confusion.tally(TP), confusion.tally(TP | FN));
    let specificity = share(weighted, confusion.tally(TN), confusion.tally(TN | FP));
    match (recall, specificity) {
        (None, None) => undefined(Reason::NoRows, 0, BOTH),
        (None, _) => undefined(Reason::NoPositives, rows, BOTH),
        (_, None) => undefined(Reason::NoNegatives, rows, BOTH),
        (Some(a), Some(b)) => Estimate {
            value: Ok(0.5 * (a.value + b.value)),
            uncertainty: Some(Uncertainty::MoverMean { x1: a.successes, n1: a.trials, x2: b.successes, n2: b.trials }),
            n: rows,
            n_effective: weighted.then_some(a.trials + b.trials),
            population: BOTH,
            bounds: None,
        },
    }
}

fn f1(confusion: &Confusion) -> Estimate {
    const POPULATION: &str = "labelled and decided, either positive";
    let weighted = confusion.weights.is_some();
    let Some(jaccard) = share(weighted, confusion.tally(TP), confusion.tally(TP | FP | FN)) else {
        return undefined(Reason::ZeroDenominator, 0, POPULATION);
    };
    let misses =
        share(weighted, confusion.tally(FP), confusion.tally(TP | FP | FN)).map_or(0.0, |share| share.successes);
    Estimate {
        value: Ok(2.0 * jaccard.value / (1.0 + jaccard.value)),
        uncertainty: Some(Uncertainty::F1Wilson {
            tp: jaccard.successes,
            fp: misses,
            fn_: (jaccard.trials - jaccard.successes - misses).max(0.0),
        }),
        n: jaccard.rows,
        n_effective: weighted.then_some(jaccard.trials),
        population: POPULATION,
        bounds: None,
    }
}

/// Rows of each class among the scored and labelled, or why a ranking measure is undefined.
fn classes(group: &GroupFacts) -> Result<(u64, u64), Reason> {
    let positives: u64 = group.ties.iter().map(|tie| tie.positives).sum();
    let negatives: u64 = group.ties.iter().map(|tie| tie.negatives).sum();
    match (positives, negatives) {
        (0, 0) => Err(Reason::NoRows),
        (0, _) => Err(Reason::NoPositives),
        _ => Ok((positives, negatives)),
    }
}

fn roc_auc(facts: &Facts<'_>, group: &GroupFacts, convention: &str) -> Estimate {
    let n = Facts::scored_and_labelled(group);
    let (positives, negatives) = match classes(group) {
        Err(reason) => return undefined(reason, n, SCORED),
        Ok((_, 0)) => return undefined(Reason::NoNegatives, n, SCORED),
        Ok(classes) => classes,
    };
    let Some(auc) = ranking::roc_auc(&group.ties) else { return undefined(Reason::NoRows, n, SCORED) };
    let variance = ranking::delong_variance(&group.ties).unwrap_or(0.0);
    let (p, q) = (positives as f64, negatives as f64);
    let uncertainty = if convention == "delong_plain" {
        Uncertainty::DeLong { auc, variance }
    } else {
        Uncertainty::LogitDeLong { auc, variance, positives: p, negatives: q }
    };
    let bounds = (facts.measurements.score_bits_dropped > 0).then(|| {
        // Rows that coarsening tied may be ordered either way: each such pair counts between 0 and 1 instead of a half.
        let tied: f64 = group.ties.iter().map(|tie| tie.positives as f64 * tie.negatives as f64).sum();
        let slack = 0.5 * tied / (p * q);
        ((auc - slack).max(0.0), (auc + slack).min(1.0))
    });
    Estimate { value: Ok(auc), uncertainty: Some(uncertainty), n, n_effective: None, population: SCORED, bounds }
}

fn average_precision(facts: &Facts<'_>, group: &GroupFacts) -> Estimate {
    let n = Facts::scored_and_labelled(group);
    let positives = match classes(group) {
        Err(reason) => return undefined(reason, n, SCORED),
        Ok((positives, _)) => positives,
    };
    let Some(value) = ranking::average_precision(&group.ties) else { return undefined(Reason::NoRows, n, SCORED) };
    let bounds = (facts.measurements.score_bits_dropped > 0)
        .then(|| ordered(&group.ties, false).zip(ordered(&group.ties, true)))
        .flatten();
    Estimate {
        value: Ok(value),
        uncertainty: Some(Uncertainty::LogitAveragePrecision { value, positives: positives as f64 }),
        n,
        n_effective: None,
        population: SCORED,
        bounds,
    }
}

/// Average precision if every tie were broken for (or against) the positives.
fn ordered(ties: &[TieGroup], positives_first: bool) -> Option<f64> {
    let split: Vec<TieGroup> = ties
        .iter()
        .flat_map(|tie| {
            let positives = TieGroup { negatives: 0, ..*tie };
            let negatives = TieGroup { positives: 0, ..*tie };
            // Ascending by score: what comes later is ranked first.
            if positives_first { [negatives, positives] } else { [positives, negatives] }
        })
        .filter(|tie| tie.positives + tie.negatives > 0)
        .collect();
    ranking::average_precision(&split)
}

fn mean_loss(group: &GroupFacts, moments: &Moments) -> Estimate {
    let n = Facts::scored_and_labelled(group);
    if n == 0 {
        return undefined(Reason::NoRows, 0, SCORED);
    }
    if group.losses.rows != n {
        return undefined(Reason::ScoresOutOfRange, n, SCORED);
    }
    let rows = n as f64;
    let sum = moments.sum.value();
    let mean = sum / rows;
    // The sums are exact, so the shortcut formula loses only what this one subtraction rounds.
    let variance = ((moments.squares.value() - sum * mean) / (rows - 1.0)).max(0.0);
    let uncertainty = (n > 1 && variance > 0.0).then_some(Uncertainty::StudentT { mean, variance, n: rows });
    Estimate { value: Ok(mean), uncertainty, n, n_effective: None, population: SCORED, bounds: None }
}
