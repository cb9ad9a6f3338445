//! The p%-rule of the Veritas toolkit of the Monetary Authority of Singapore.

use super::{Kind, Reading, Rulebook, Setting, Settings, estimated, of_attribute, of_group};
use crate::checks::{Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::{Context, Dimension, Estimate, GroupFacts, Share, gap, rate};
use crate::plan::Key;
use crate::stats::{Part, Uncertainty};

/// The rulebook.
pub(super) static RULEBOOK: Rulebook = Rulebook {
    name: "veritas",
    source: "MAS FEAT principles, Veritas toolkit 2.2.1",
    settings: &[
        Setting {
            key: Key::new("threshold", "80", "p of the p%-rule, in percent"),
            kind: Kind::Number { low: 1.0, high: 100.0, default: Some(80.0) },
        },
        Setting {
            key: Key::new(
                "metrics",
                "equal_opportunity",
                "the primary fairness metric, or several, by Veritas's names",
            ),
            kind: Kind::Names { known: &NAMES, default: &["disparate_impact"], several: true },
        },
    ],
    needs_reference: true,
    needs_intersection: false,
    read,
};

check! {
    /// # What it asks
    /// Is the primary fairness metric within Veritas's p%-rule for every group?
    ///
    /// # Why it matters
    /// Banks and insurers in Singapore assess fairness by the FEAT principles with this toolkit; its verdict is "fair" or
    /// "unfair" for one metric, chosen by the fairness tree.
    ///
    /// # When it does not apply
    /// Without decisions (and labels, for most metrics), or where the plan declares no reference group: Veritas's
    /// privileged group. One group is compared with it at a time.
    ///
    /// # How to read it
    /// With the threshold 80, a ratio is fair within 0.2 of 1: from 0.8 to 1.2, not to 1.25. A difference is fair when it is
    /// not larger than 0.2 times the privileged group's own value. Differences are privileged minus other group, opposite
    /// to AIF360; ratios are other divided by privileged. The toolkit decides by the point value, and so does this;
    /// intervals are ours. A threshold between 0 and 1 is not taken: the toolkit would use it as the tolerance
    /// itself, against its own documentation. What it leaves as nan is undefined here, with its reason.
    ///
    /// # What to do
    /// Choose the primary metric by the fairness tree and write down why; look for the cause of an unfair one in the
    /// features.
    ///
    /// # References
    /// Monetary Authority of Singapore (2018), Principles to Promote Fairness, Ethics, Accountability and Transparency;
    /// Veritas Consortium (2021), FEAT Fairness Principles Assessment Methodology.
    id: "fairness/rulebook-veritas",
    title: "The p%-rule (Veritas)",
    dimension: Fairness,
    severity: Medium,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Rulebook(&RULEBOOK),
}

/// A metric: the mean of some rates, as a difference or a ratio.
struct Metric {
    name: &'static str,
    rates: &'static [&'static str],
    ratio: bool,
}

const fn difference(name: &'static str, rates: &'static [&'static str]) -> Metric {
    Metric { name, rates, ratio: false }
}

const fn ratio(name: &'static str, rates: &'static [&'static str]) -> Metric {
    Metric { name, rates, ratio: true }
}

const METRICS: [Metric; 22] = [
    ratio("disparate_impact", &["selection_rate"]),
    difference("demographic_parity", &["selection_rate"]),
    difference("equal_opportunity", &["recall"]),
    ratio("equal_opportunity_ratio", &["recall"]),
    difference("fpr_parity", &["false_positive_rate"]),
    ratio("fpr_ratio", &["false_positive_rate"]),
    difference("tnr_parity", &["specificity"]),
    ratio("tnr_ratio", &["specificity"]),
    difference("fnr_parity", &["false_negative_rate"]),
    ratio("fnr_ratio", &["false_negative_rate"]),
    difference("ppv_parity", &["precision"]),
    ratio("ppv_ratio", &["precision"]),
    difference("npv_parity", &["negative_predictive_value"]),
    ratio("npv_ratio", &["negative_predictive_value"]),
    difference("fdr_parity", &["false_discovery_rate"]),
    ratio("fdr_ratio", &["false_discovery_rate"]),
    difference("for_parity", &["false_omission_rate"]),
    ratio("for_ratio", &["false_omission_rate"]),
    difference("equal_odds", &["recall", "false_positive_rate"]),
    ratio("equal_odds_ratio", &["recall", "false_positive_rate"]),
    difference("neg_equal_odds", &["specificity", "false_negative_rate"]),
    ratio("neg_equal_odds_ratio", &["specificity", "false_negative_rate"]),
];

const NAMES: [&str; METRICS.len()] = names();

const fn names() -> [&'static str; METRICS.len()] {
    let mut names = [""; METRICS.len()];
    let mut place = 0;
    while place < METRICS.len() {
        names[place] = METRICS[place].name;
        place += 1;
    }
    names
}

fn read(context: &Context<'_>, settings: &Settings) -> Vec<Reading> {
    let threshold = settings.number("threshold").unwrap_or(80.0);
    let chosen: Vec<&Metric> =
        METRICS.iter().filter(|metric| settings.names("metrics").contains(&metric.name)).collect();
    context.facts.dimensions.iter().flat_map(|dimension| compare(context, dimension, &chosen, threshold)).collect()
}

fn compare(context: &Context<'_>, dimension: &Dimension, metrics: &[&Metric], threshold: f64) -> Vec<Reading> {
    let attribute = &dimension.attribute;
    let (reference, others) = match gap::against_reference(context.plan, dimension) {
        Ok(found) => found,
        Err(reason) => return vec![Reading::not_assessed(of_attribute(attribute), reason)],
    };
    let one = |group: &GroupFacts, metric: &Metric| judge(context, attribute, metric, (group, reference), threshold);
    others.iter().flat_map(|group| metrics.iter().map(|metric| one(group, metric))).collect()
}

fn judge(
    context: &Context<'_>,
    attribute: &[String],
    metric: &Metric,
    (group, privileged): (&GroupFacts, &GroupFacts),
    threshold: f64,
) -> Reading {
    let subject = of_group(attribute, &group.group, &privileged.group);
    let (names, name, other) = (attribute.join(" and "), words::group(&group.group), words::group(&privileged.group));
    let (estimate, own) = match measured(context, metric, group, privileged) {
        Ok(found) => found,
        Err(reason) => {
            let text = format!(
                "Veritas's {} of {names} {name} against {other} was not computed: {}.",
                metric.name,
                words::reason(reason)
            );
            return Reading { part: Some(metric.name), text, ..Reading::not_assessed(subject, reason) };
        }
    };
    let tolerance = 1.0 - threshold / 100.0;
    let value = estimate.value.unwrap_or_default();
    let (fair, rule) = if metric.ratio {
        let (low, high) = (words::threshold(1.0 - tolerance), words::threshold(1.0 + tolerance));
        ((value - 1.0).abs() <= tolerance, format!("a ratio is fair from {low} to {high}"))
    } else {
        let most = tolerance * own;
        (
            value.abs() <= most,
            format!(
                "a difference is fair up to {} in size, {} of the privileged group's {}",
                words::number(most),
                words::number(tolerance),
                words::number(own)
            ),
        )
    };
    let text = format!(
        "Veritas's {} of {names} {name} against {other}, the privileged group, was {} ({}). By its p%-rule with p = {} {rule}: \
         {}. The toolkit reads the point value.",
        metric.name,
        words::number(value),
        words::rows(estimate.n),
        words::number(threshold),
        if fair { "fair" } else { "unfair" },
    );
    Reading {
        subject,
        part: Some(metric.name),
        outcome: if fair { Outcome::Met } else { Outcome::NotMet },
        reason: None,
        figures: vec![
            estimated(metric.name, &estimate, context.plan.level),
            super::figure("privileged_value", own, privileged.rows),
        ],
        text,
        concerned: Some(group.rows),
    }
}

/// The metric with its interval, and the privileged group's own value.
fn measured(
    context: &Context<'_>,
    metric: &Metric,
    group: &GroupFacts,
    privileged: &GroupFacts,
) -> Result<(Estimate, f64), Reason> {
    let theirs = shares(context, metric, privileged)?;
    let mine = shares(context, metric, group)?;
    let sum = |shares: &[Share]| shares.iter().map(|share| share.value).sum::<f64>();
    let count = theirs.len() as f64;
    let (own, other) = (sum(&theirs) / count, sum(&mine) / count);
    let n = theirs.iter().chain(&mine).map(|share| share.rows).sum();
    if !metric.ratio {
        // Denominators of the rates of one metric are different rows, so the rates err independently.
        let part = |share: &Share, factor| Part { factor: factor / count, value: share.value, of: share.wilson() };
        let parts = theirs.iter().map(|share| part(share, 1.0)).chain(mine.iter().map(|share| part(share, -1.0)));
        let uncertainty = Uncertainty::Sum { parts: parts.collect() };
        return Ok((Estimate::new(own - other, n, "").with(uncertainty), own));
    }
    if own == 0.0 {
        return Err(if other == 0.0 { Reason::ZeroDenominator } else { Reason::Infinite });
    }
    let uncertainty = match (&mine[..], &theirs[..]) {
        ([a], [b]) => Some(Uncertainty::Koopman { x1: a.successes, n1: a.trials, x2: b.successes, n2: b.trials }),
        _ => None,
    };
    Ok((Estimate::new(other / own, n, "").with(uncertainty), own))
}

fn shares(context: &Context<'_>, metric: &Metric, group: &GroupFacts) -> Result<Vec<Share>, Reason> {
    let share = |name: &&str| {
        if *name != "selection_rate" && context.plan.roles.label.is_none() {
            return Err(Reason::NoLabels);
        }
        let rate = rate(name, context.plan.favourable).ok_or(Reason::NoRows)?;
        let share = rate.share(&group.confusion);
        if !rate.is_shown(group) {
            return Err(Reason::Suppressed);
        }
        share.ok_or(rate.empty())
    };
    metric.rates.iter().map(share).collect()
}
