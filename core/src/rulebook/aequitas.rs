//! The parity verdicts of Aequitas.

use super::{Kind, Reading, Rulebook, Setting, Settings, figure, of_attribute, of_group};
use crate::checks::{Judge, check};
use crate::findings::v1::{Figure, Outcome, Reason};
use crate::findings::words;
use crate::judge::{Context, Dimension, GroupFacts, Share, gap, rate};
use crate::plan::{Key, Plan};

/// The rulebook.
pub(super) static RULEBOOK: Rulebook = Rulebook {
    name: "aequitas",
    source: "Aequitas 1.1.0, aequitas.fairness.Fairness",
    settings: &[
        Setting {
            key: Key::new("tau", "0.8", "a disparity from tau to 1 / tau is fair"),
            kind: Kind::Number { low: 0.01, high: 1.0, default: Some(0.8) },
        },
        Setting {
            key: Key::new("parities", "[impact, fpr, fnr]", "the parities that are judged, by Aequitas's names"),
            kind: Kind::Names {
                known: &NAMES,
                default: &["statistical", "impact", "fdr", "fpr", "for", "fnr"],
                several: true,
            },
        },
    ],
    needs_reference: false,
    needs_intersection: false,
    read,
};

check! {
    /// # What it asks
    /// Are the disparities of each group within Aequitas's bounds, from tau to 1 / tau?
    ///
    /// # Why it matters
    /// Public bodies use Aequitas's verdicts ("Fair", "Unfair") and its fairness tree; the bounds are symmetric, so a group
    /// can fail for being treated better than the reference.
    ///
    /// # When it does not apply
    /// Without decisions or a protected attribute; where rows are weighted: Aequitas takes no weights. Without labels only
    /// statistical and impact parity are read.
    ///
    /// # How to read it
    /// A disparity is a group's number divided by that of the reference group: the one that the plan declares, else the
    /// largest group. *Impact* parity compares rates of selection; *statistical* parity compares numbers of selected
    /// people, so it follows the size of a group and a small group fails it however fair the rates are: leave it out by
    /// the setting `parities` unless equal numbers are the aim. The default parities make up Aequitas's overall fairness.
    /// Values are points, as in Aequitas. A disparity that does not exist is undefined here, and the group undecided, where
    /// Aequitas writes 10 for a division by 0 and calls a pair unfair when one of two is missing. Selection is counted by
    /// the plan's favourable decision.
    ///
    /// # What to do
    /// Choose the parities by what a wrong decision costs the person concerned, then look for the cause of those that
    /// fail.
    ///
    /// # References
    /// Saleiro et al. (2018), Aequitas: A Bias and Fairness Audit Toolkit, arXiv:1811.05577.
    id: "fairness/rulebook-aequitas",
    title: "Parity verdicts (Aequitas)",
    dimension: Fairness,
    severity: Medium,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Rulebook(&RULEBOOK),
}

/// A parity by its rate; statistical parity, of the numbers selected, is of none.
const PARITIES: [(&str, &str); 10] = [
    ("statistical", "selection_rate"),
    ("impact", "selection_rate"),
    ("fdr", "false_discovery_rate"),
    ("fpr", "false_positive_rate"),
    ("for", "false_omission_rate"),
    ("fnr", "false_negative_rate"),
    ("tpr", "recall"),
    ("tnr", "specificity"),
    ("npv", "negative_predictive_value"),
    ("precision", "precision"),
];

const NAMES: [&str; PARITIES.len()] = names();

const fn names() -> [&'static str; PARITIES.len()] {
    let mut names = [""; PARITIES.len()];
    let mut place = 0;
    while place < PARITIES.len() {
        names[place] = PARITIES[place].0;
        place += 1;
    }
    names
}

fn read(context: &Context<'_>, settings: &Settings) -> Vec<Reading> {
    context.facts.dimensions.iter().flat_map(|dimension| compare(context, settings, dimension)).collect()
}

fn compare(context: &Context<'_>, settings: &Settings, dimension: &Dimension) -> Vec<Reading> {
    let attribute = of_attribute(&dimension.attribute);
    if context.facts.overall.confusion.weights.is_some() {
        return vec![Reading::not_assessed(attribute, Reason::WeightsNotSupported)];
    }
    if dimension.groups.iter().any(|group| group.uncertain) {
        return vec![Reading::not_assessed(attribute, Reason::GroupUncertain)];
    }
    let groups = gap::compared(context.plan, dimension);
    let (reference, how) = match gap::against_reference(context.plan, dimension) {
        Ok((reference, _)) => (Some(reference), "the declared reference"),
        Err(Reason::NoReferenceGroup) => (largest(&groups), "the largest group"),
        Err(reason) => return vec![Reading::not_assessed(attribute, reason)],
    };
    let others: Vec<&GroupFacts> =
        groups.iter().copied().filter(|group| reference.is_some_and(|other| other.group != group.group)).collect();
    match reference {
        Some(reference) if !others.is_empty() => {
            others.into_iter().map(|group| judge(context, settings, dimension, (group, reference), how)).collect()
        }
        _ => vec![Reading::not_assessed(attribute, Reason::SingleGroup)],
    }
}

/// The largest group that is shown; the first of several of one size.
pub(crate) fn largest<'f>(groups: &[&'f GroupFacts]) -> Option<&'f GroupFacts> {
    groups
        .iter()
        .copied()
        .filter(|group| !group.suppressed)
        .reduce(|largest, other| if other.rows > largest.rows { other } else { largest })
}

fn judge(
    context: &Context<'_>,
    settings: &Settings,
    dimension: &Dimension,
    (group, reference): (&GroupFacts, &GroupFacts),
    how: &str,
) -> Reading {
    let tau = settings.number("tau").unwrap_or(0.8);
    let labels = context.plan.roles.label.is_some();
    let mut figures: Vec<Figure> = Vec::new();
    let (mut fair, mut unfair, mut undefined) = (Vec::new(), Vec::new(), Vec::new());
    let chosen = settings.names("parities");
    for (name, of) in PARITIES.iter().filter(|(name, of)| chosen.contains(name) && (labels || *of == "selection_rate"))
    {
        match disparity(context.plan, (name, of), group, reference) {
            Ok((value, n)) => {
                figures.push(figure(&format!("{name}_disparity"), value, n));
                let words = format!("{name} {}", words::number(value));
                if (tau..=1.0 / tau).contains(&value) { fair.push(words) } else { unfair.push(words) }
            }
            Err(reason) => {
                figures.push(Figure {
                    value: None,
                    undefined: Some(reason),
                    n: None,
                    ..figure(&format!("{name}_disparity"), 0.0, 0)
                });
                undefined.push((*name, reason));
            }
        }
    }
    let subject = of_group(&dimension.attribute, &group.group, &reference.group);
    if fair.is_empty() && unfair.is_empty() {
        let reason = undefined.first().map_or(Reason::NoLabels, |(_, reason)| *reason);
        return Reading { figures, ..Reading::not_assessed(subject, reason) };
    }
    let (outcome, reason) = match (unfair.is_empty(), undefined.first()) {
        (false, _) => (Outcome::NotMet, None),
        (true, Some((_, reason))) => (Outcome::Undecided, Some(*reason)),
        (true, None) => (Outcome::Met, None),
    };
    let missing: Vec<String> =
        undefined.iter().map(|(name, reason)| format!("{name} ({})", words::reason(*reason))).collect();
    let parts: Vec<String> = [("unfair", unfair), ("fair", fair), ("undefined", missing)]
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(word, list)| format!("{word}: {}", list.join(", ")))
        .collect();
    let text = format!(
        "Aequitas's disparities of {} {} against {}, {how} ({}; fair from {} to {}): {}.{}",
        dimension.attribute.join(" and "),
        words::group(&group.group),
        words::group(&reference.group),
        words::rows(group.rows + reference.rows),
        words::threshold(tau),
        words::threshold(1.0 / tau),
        parts.join("; "),
        if chosen.contains(&"statistical") { " Statistical parity compares numbers of people, not rates." } else { "" },
    );
    Reading { subject, part: None, outcome, reason, figures, text, concerned: Some(group.rows) }
}

/// A group's number divided by the reference group's, and the rows of both.
fn disparity(
    plan: &Plan,
    (name, of): (&str, &str),
    group: &GroupFacts,
    reference: &GroupFacts,
) -> Result<(f64, u64), Reason> {
    let rate = rate(of, plan.favourable).ok_or(Reason::NoRows)?;
    let share = |group: &GroupFacts| {
        let share = rate.share(&group.confusion);
        if !rate.is_shown(group) {
            return Err(Reason::Suppressed);
        }
        share.ok_or(rate.empty())
    };
    let (mine, theirs) = (share(group)?, share(reference)?);
    let number = |share: Share| if name == "statistical" { share.successes } else { share.value };
    match (number(mine), number(theirs)) {
        (0.0, 0.0) => Err(Reason::ZeroDenominator),
        (_, 0.0) => Err(Reason::Infinite),
        (mine_number, theirs_number) => Ok((mine_number / theirs_number, mine.rows + theirs.rows)),
    }
}
