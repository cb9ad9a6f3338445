//! Adverse impact ratio and standardised mean difference as lenders in the United States read them.

use super::people::{Category, People};
use super::{Kind, Reading, Rulebook, Setting, Settings, estimated, figure, of_attribute, of_group};
use crate::checks::{Judge, check};
use crate::findings::catalogue;
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::{Context, Dimension, Estimate, gap};
use crate::plan::{Key, Side};
use crate::stats::Uncertainty;
use crate::stats::association::{self, TwoByTwo};

/// The rulebook.
pub(super) static RULEBOOK: Rulebook = Rulebook {
    name: "us_credit",
    source: "Practice of US fair-lending analysis; no regulator of lending has codified these marks",
    settings: &[
        Setting {
            key: Key::new(
                "smd",
                "0.3",
                "standardised mean difference of the scores from which a group counts as disadvantaged; without it none is \
                 read, as there is no agreed mark",
            ),
            kind: Kind::Number { low: 0.0, high: 10.0, default: None },
        },
        Setting {
            key: Key::new(
                "smd_denominator",
                "pooled",
                "standard deviation that the difference is divided by: `pooled` (of the two groups) or `population` (of \
                 everybody)",
            ),
            kind: Kind::Names { known: &["pooled", "population"], default: &["pooled"], several: false },
        },
    ],
    needs_reference: true,
    needs_intersection: false,
    read,
};

check! {
    /// # What it asks
    /// How do the approval rates of each group compare with those of the control group, by the bands that lenders in the
    /// United States work with, and, where the plan sets a mark, how far apart do the scores lie?
    ///
    /// # Why it matters
    /// The adverse impact ratio is the first number of a fair-lending analysis; below 0.80 the difference is usually
    /// called practically significant, between 0.80 and 0.90 it is reviewed, above 0.90 it is left. No regulator of
    /// lending has made these marks a rule.
    ///
    /// # When it does not apply
    /// Without decisions, without a declared reference group (the control group), or where rows are weighted: the test
    /// counts people.
    ///
    /// # How to read it
    /// Above 0.90: *met*. From 0.80 to 0.90: *undecided*, to be reviewed. Below 0.80: *not met* where Fisher's exact test,
    /// two-sided at 5 %, is significant too, else *undecided*. The bands are read from the point value in whole numbers;
    /// the gap in percentage points and the interval of the ratio stand beside it. The standardised mean difference is the
    /// difference of mean scores divided by a standard deviation; a group is disadvantaged where it lies on
    /// the unfavourable side by at least the plan's `smd`.
    ///
    /// # What to do
    /// Look for less discriminatory thresholds and features with like performance, and record the business need for what
    /// remains.
    ///
    /// # References
    /// Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, chapter 2; Equal Credit Opportunity Act,
    /// 15 U.S.C. 1691 and Regulation B, 12 CFR 1002.
    id: "fairness/rulebook-us-credit",
    title: "Adverse impact ratio (US credit)",
    dimension: Fairness,
    severity: High,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Rulebook(&RULEBOOK),
}

/// Above it nothing is done.
const SATISFACTORY: (u64, u64) = (9, 10);
/// Below it the difference matters in practice.
const PRACTICAL: (u64, u64) = (4, 5);
/// Two-sided error of the test.
const ALPHA: f64 = 0.05;

fn read(context: &Context<'_>, settings: &Settings) -> Vec<Reading> {
    context.facts.dimensions.iter().flat_map(|dimension| compare(context, settings, dimension)).collect()
}

fn compare(context: &Context<'_>, settings: &Settings, dimension: &Dimension) -> Vec<Reading> {
    let attribute = &dimension.attribute;
    let not_assessed = |reason| vec![Reading::not_assessed(of_attribute(attribute), reason)];
    let Some(reference) = gap::reference_group(context.plan, attribute) else {
        return not_assessed(Reason::NoReferenceGroup);
    };
    let people = match People::of(context, dimension) {
        Ok(people) => people,
        Err(reason) => return not_assessed(reason),
    };
    let Some(&control) = people.known.iter().find(|category| *category.group == reference) else {
        let hidden = people.hidden.contains(&&reference);
        return not_assessed(if hidden { Reason::Suppressed } else { Reason::GroupAbsent });
    };
    let nothing = |group, reason| Reading::not_assessed(of_group(attribute, group, &reference), reason);
    let mut readings: Vec<Reading> = people.hidden.iter().map(|group| nothing(group, Reason::Suppressed)).collect();
    readings.extend(people.empty.iter().map(|group| nothing(group, Reason::NoRows)));
    for &group in people.known.iter().filter(|category| category.group != control.group) {
        readings.push(impact(context, attribute, &people, group, control));
        if let Some(mark) = settings.number("smd") {
            readings.push(standardised(context, settings, dimension, (group, control), mark));
        }
    }
    readings
}

fn impact(
    context: &Context<'_>,
    attribute: &[String],
    people: &People<'_>,
    group: Category<'_>,
    control: Category<'_>,
) -> Reading {
    let Some(ratio) = group.ratio(control) else {
        return Reading::not_assessed(of_group(attribute, group.group, control.group), Reason::ZeroDenominator);
    };
    let not = |category: Category<'_>| category.people - category.selected;
    let table = TwoByTwo { a: group.selected, b: not(group), c: control.selected, d: not(control) };
    let p = association::fisher_exact(table).map(|test| test.two_sided);
    let significant = p.is_some_and(|p| p < ALPHA);
    // Exactly 0.90 is within the band that is reviewed.
    let satisfactory = !control_at_least(group, control, SATISFACTORY);
    let practical = !group.at_least(control, PRACTICAL);
    let (outcome, reason, band) = if satisfactory {
        (Outcome::Met, None, "above 0.90, satisfactory by common practice")
    } else if !practical {
        (Outcome::Undecided, None, "between 0.80 and 0.90, to be reviewed by common practice")
    } else if significant {
        (Outcome::NotMet, None, "below 0.80, practically significant by common practice")
    } else {
        (Outcome::Undecided, Some(Reason::ReadingsDiffer), "below 0.80, practically significant by common practice")
    };
    let n = group.people + control.people;
    let gap = group.rate() - control.rate();
    let (x1, n1, x2, n2) = (group.selected as f64, group.people as f64, control.selected as f64, control.people as f64);
    let level = context.plan.level;
    let ratio_estimate = Estimate::new(ratio, n, "decided").with(Uncertainty::Koopman { x1, n1, x2, n2 });
    let gap_estimate = Estimate::new(gap, n, "decided").with(Uncertainty::Newcombe { x1, n1, x2, n2 });
    let names = attribute.join(" and ");
    let text = format!(
        "Adverse impact ratio of {names} {} against {} was {} ({} against {}; a gap of {} percentage points): {band}. \
         {}; no regulator of lending has codified this mark.{}",
        words::group(group.group),
        words::group(control.group),
        words::number(ratio),
        group.words(),
        control.words(),
        words::number(100.0 * gap),
        match p {
            Some(p) => format!(
                "Fisher's exact test: p {}, {} at 5 %",
                words::number(p),
                if significant { "significant" } else { "not significant" }
            ),
            None => "Fisher's exact test was not computed for so many people".to_owned(),
        },
        people.unknown_words(&names),
    );
    let mut figures = vec![
        estimated("approval_rate", &group.estimate(), level),
        estimated("control_approval_rate", &control.estimate(), level),
        estimated("adverse_impact_ratio", &ratio_estimate, level),
        estimated("marginal_gap", &gap_estimate, level),
    ];
    figures.extend(p.map(|p| figure("fisher_p_value", p, n)));
    Reading {
        subject: of_group(attribute, group.group, control.group),
        part: None,
        outcome,
        reason,
        figures,
        text,
        concerned: Some(group.people),
    }
}

/// Whether a fraction of the control group's rate is at least the group's.
fn control_at_least(group: Category<'_>, control: Category<'_>, (part, whole): (u64, u64)) -> bool {
    control.at_least(group, (whole, part))
}

fn standardised(
    context: &Context<'_>,
    settings: &Settings,
    dimension: &Dimension,
    (group, control): (Category<'_>, Category<'_>),
    mark: f64,
) -> Reading {
    let subject = of_group(&dimension.attribute, group.group, control.group);
    let (names, name) = (dimension.attribute.join(" and "), words::group(group.group));
    let population = settings.names("smd_denominator") == ["population"];
    let convention = if population { "population_sd" } else { "pooled_sd" };
    let estimate = catalogue::find("standardized_mean_difference")
        .map(|entry| gap::gaps(context.plan, context.facts, entry, convention, dimension))
        .and_then(|gaps| gaps.into_iter().find(|gap| gap.group == *group.group))
        .map_or_else(|| Estimate::undefined(Reason::NoScores, 0, "scored"), |gap| gap.estimate);
    let value = match estimate.value {
        Ok(value) => value,
        Err(reason) => {
            let text = format!(
                "The standardised mean difference of the scores of {names} {name} was not read: {}.",
                words::reason(reason)
            );
            return Reading { part: Some("smd"), text, ..Reading::not_assessed(subject, reason) };
        }
    };
    // Higher scores are better where the positive decision is the favourable one.
    let disadvantage = if context.plan.favourable == Side::Positive { -value } else { value };
    let outcome = if disadvantage >= mark { Outcome::NotMet } else { Outcome::Met };
    let text = format!(
        "Mean score of {names} {name} differed from that of {} by {} {} standard deviations ({} people). The plan's mark \
         for a disadvantage is {} standard deviations; it is a setting of the plan and no agreed mark.",
        words::group(control.group),
        words::number(value),
        if population { "population" } else { "pooled" },
        words::count(estimate.n),
        words::number(mark),
    );
    Reading {
        subject,
        part: Some("smd"),
        outcome,
        reason: None,
        figures: vec![estimated("standardised_mean_difference", &estimate, context.plan.level)],
        text,
        concerned: Some(group.people),
    }
}
