//! Bias audit tables of New York City's Local Law 144 of 2021.

use super::people::{Category, People, highest};
use super::{Kind, Reading, Rulebook, Setting, Settings, estimated, figure, of_attribute};
use crate::checks::{Judge, check};
use crate::findings::v1::{Figure, Outcome, Reason};
use crate::findings::words;
use crate::judge::{Context, Dimension, Estimate, rate};
use crate::plan::Key;

/// The rulebook.
pub(super) static RULEBOOK: Rulebook = Rulebook {
    name: "ll144",
    source: "New York City Local Law 144 of 2021, 6 RCNY 5-300 to 5-304",
    settings: &[Setting {
        key: Key::new(
            "exclude_below",
            "0.02",
            "a category with a smaller share of the people is shown and left out of the impact ratios; the rule allows at \
             most 0.02, and 0 leaves none out",
        ),
        kind: Kind::Number { low: 0.0, high: 0.02, default: Some(0.02) },
    }],
    needs_reference: false,
    needs_intersection: true,
    read,
};

check! {
    /// # What it asks
    /// What are the selection rates, scoring rates and impact ratios that New York City's Local Law 144 asks a bias audit
    /// to state, by sex, by race or ethnicity, and by both together?
    ///
    /// # Why it matters
    /// An employer in New York City that uses an automated employment decision tool must have an independent audit of the
    /// last year and publish these numbers before using it. The law sets no mark to pass.
    ///
    /// # When it does not apply
    /// Outside hiring and promotion; without decisions or scores; where rows are weighted: it counts people. The plan's
    /// `protected` needs two attributes and their intersection.
    ///
    /// # How to read it
    /// The impact ratio divides a category's selection rate by that of the most selected category. Where the plan has
    /// scores, the scoring rate is the share of a category strictly above the median score of everybody, and its impact
    /// ratio is against the highest scoring category. A category with less than 2 % of the people whose category is known
    /// may be left out of the ratios, and is by default; its number and its rate are stated all the same. People of
    /// unknown category are stated by number. The ratios have no interval: the category they are divided by is the
    /// highest of those observed.
    ///
    /// # What to do
    /// Publish the tables with the date of the audit, the source of the data and the date on which the tool came into use.
    /// Set `min_n_shown: 1` where the law asks for every category and no person can be recognised. Judge the ratios by a
    /// criterion of the plan or by the rulebook `eeoc`.
    ///
    /// # References
    /// New York City Administrative Code 20-870 to 20-874; Rules of the City of New York, title 6, 5-300 to 5-304 (in
    /// force since 5 July 2023).
    id: "fairness/rulebook-ll144",
    title: "Bias audit tables (Local Law 144)",
    dimension: Fairness,
    severity: Info,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Rulebook(&RULEBOOK),
}

fn read(context: &Context<'_>, settings: &Settings) -> Vec<Reading> {
    let below = settings.number("exclude_below").unwrap_or(0.0);
    context.facts.dimensions.iter().map(|dimension| table(context, dimension, below)).collect()
}

/// One table: the categories of an attribute, those too small for a ratio, and what the sentence says of it.
fn table(context: &Context<'_>, dimension: &Dimension, exclude_below: f64) -> Reading {
    let attribute = of_attribute(&dimension.attribute);
    let people = match People::of(context, dimension) {
        Ok(people) => people,
        Err(reason) => return Reading::not_assessed(attribute, reason),
    };
    let names = dimension.attribute.join(" and ");
    let total: u64 = people.known.iter().map(|category| category.people).sum();
    let (large, small): (Vec<Category<'_>>, Vec<Category<'_>>) =
        people.known.iter().partition(|category| category.people as f64 >= exclude_below * total as f64);
    let mut figures = Vec::new();
    let mut text = format!("Bias audit by {names} (6 RCNY 5-301). Selection: ");
    text.push_str(&rates(context, ("selection_rate", "impact_ratio"), &large, &small, &mut figures));
    match scoring(context, dimension, &people) {
        Ok(categories) => {
            let is_small = |category: &Category<'_>| small.iter().any(|other| other.group == category.group);
            let (small, large): (Vec<Category<'_>>, Vec<Category<'_>>) = categories.iter().partition(|c| is_small(c));
            text.push_str(". Scores beyond the median: ");
            text.push_str(&rates(context, ("scoring_rate", "scoring_impact_ratio"), &large, &small, &mut figures));
        }
        Err(Reason::NoScores) => {}
        Err(reason) => text.push_str(&format!(". Scoring rates were not computed: {}", words::reason(reason))),
    }
    text.push('.');
    if !small.is_empty() {
        let listed: Vec<String> = small.iter().map(|category| words::group(category.group)).collect();
        text.push_str(&format!(
            " Under {} of the people, and left out of the ratios: {}.",
            words::level(exclude_below),
            listed.join("; ")
        ));
    }
    if !people.hidden.is_empty() {
        let listed: Vec<String> = people.hidden.iter().map(|group| words::group(group)).collect();
        text.push_str(&format!(
            " Hidden, as fewer than {} people or the complement of such a category: {}.",
            context.plan.min_n_shown,
            listed.join("; ")
        ));
    }
    text.push_str(&match people.unknown {
        // The rule asks for the number even when it is 0.
        Some(0) => format!(" Nobody is of unknown {names}."),
        _ => people.unknown_words(&names),
    });
    text.push_str(" The law sets no mark to pass.");
    figures.push(Figure {
        value: people.unknown.map(|people| people as f64),
        undefined: people.unknown.is_none().then_some(Reason::Suppressed),
        n: None,
        ..figure("unknown", 0.0, 0)
    });
    Reading {
        subject: attribute,
        part: None,
        outcome: Outcome::NotApplicable,
        reason: Some(Reason::NoPassMark),
        figures,
        text,
        concerned: None,
    }
}

/// Rates and ratios of the categories, in words; their figures are added.
fn rates(
    context: &Context<'_>,
    (rate_name, ratio_name): (&str, &str),
    large: &[Category<'_>],
    small: &[Category<'_>],
    figures: &mut Vec<Figure>,
) -> String {
    let best = highest(large);
    let mut parts = Vec::new();
    for (category, compared) in
        large.iter().map(|category| (category, true)).chain(small.iter().map(|category| (category, false)))
    {
        let group = category.group.clone();
        let rate = estimated(rate_name, &category.estimate(), context.plan.level);
        figures.push(Figure { group: group.clone(), ..rate });
        let mut part =
            format!("{} {} ({})", words::group(category.group), words::number(category.rate()), category.words());
        if compared {
            let ratio = best.and_then(|best| category.ratio(best));
            let estimate = match ratio {
                Some(ratio) => Estimate::new(ratio, category.people, "decided"),
                None => Estimate::undefined(Reason::ZeroDenominator, category.people, "decided"),
            };
            figures.push(Figure { group, ..estimated(ratio_name, &estimate, context.plan.level) });
            part.push_str(&match ratio {
                Some(ratio) => format!(", ratio {}", words::number(ratio)),
                None => ", no ratio".to_owned(),
            });
        }
        parts.push(part);
    }
    if parts.is_empty() { "no category can be shown".to_owned() } else { parts.join("; ") }
}

/// Of each category that may be shown, the people with a score, and those beyond the median score of everybody.
fn scoring<'f>(
    context: &Context<'_>,
    dimension: &'f Dimension,
    people: &People<'f>,
) -> Result<Vec<Category<'f>>, Reason> {
    if context.plan.roles.score.is_none() {
        return Err(Reason::NoScores);
    }
    if context.facts.binary().is_some_and(|table| table.score_bits_dropped > 0) {
        return Err(Reason::ScoresCoarsened);
    }
    let rate = rate("scoring_rate", context.plan.favourable).ok_or(Reason::NoScores)?;
    let scored = |category: &Category<'f>| {
        let facts = dimension.groups.iter().find(|facts| facts.group == *category.group)?;
        let share = rate.share(&facts.confusion).filter(|share| share.rows >= context.plan.min_n_shown)?;
        Some(Category { group: category.group, selected: share.successes as u64, people: share.rows })
    };
    Ok(people.known.iter().filter_map(scored).collect())
}
