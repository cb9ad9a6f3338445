//! Adverse impact as the Uniform Guidelines on employee selection read it.

use super::people::{Category, People, highest};
use super::{Reading, Rulebook, Settings, estimated, figure, of_attribute, of_group};
use crate::checks::{Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::{Context, Dimension};
use crate::stats::association::{self, TwoByTwo};

/// The rulebook.
pub(super) static RULEBOOK: Rulebook = Rulebook {
    name: "eeoc",
    source: "Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D); Questions and Answers 18 to 24, 44 FR 11996",
    settings: &[],
    needs_reference: false,
    needs_intersection: false,
    read,
};

check! {
    /// # What it asks
    /// Do the selection rates show adverse impact, as the Uniform Guidelines on employee selection read them: by the
    /// four-fifths rule, by a test of significance, and by both together?
    ///
    /// # Why it matters
    /// Enforcement agencies in the United States regard a rate below four fifths of the highest group's rate as evidence
    /// of adverse impact. Courts ask besides whether the difference is more than chance: two or three standard
    /// deviations. A ratio alone condemns small samples, a test alone condemns trifles in large ones.
    ///
    /// # When it does not apply
    /// Without decisions or a protected attribute; outside employment selection, where it is at most a screen. Where
    /// rows are weighted: it counts people.
    ///
    /// # How to read it
    /// Each group is compared with the group of the highest rate. Practical significance: the rate is below four fifths
    /// of the highest, compared in whole numbers. Statistical significance: at least two standard deviations of the
    /// pooled difference (z); below 30 people in both groups together, Fisher's exact test, two-sided, at 5 %. *Not
    /// met* needs both, and that one selection moved to the group would not undo the four-fifths answer (flip-flop).
    /// *Met* needs neither. Otherwise the two disagree, or the numbers are small: *undecided*. Values are read as
    /// points and p-values are raw, as the Guidelines do; intervals and adjusted values stand beside the plan's own
    /// criteria. People whose group is unknown are counted and not compared.
    ///
    /// # What to do
    /// Look at each step of the selection by itself, gather a longer period where numbers are small, and have the
    /// procedure validated or replaced where adverse impact stays.
    ///
    /// # References
    /// 29 CFR 1607.4(D); Questions and Answers, 44 FR 11996 (1979), 18 to 24; Castaneda v. Partida, 430 U.S. 482 (1977);
    /// Hazelwood School District v. United States, 433 U.S. 299 (1977).
    id: "fairness/rulebook-eeoc",
    title: "Adverse impact (Uniform Guidelines)",
    dimension: Fairness,
    severity: High,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Rulebook(&RULEBOOK),
}

/// Four fifths.
const FOUR_FIFTHS: (u64, u64) = (4, 5);
/// Fewer people than this in both groups together are tested exactly.
const SMALL: u64 = 30;
/// Standard deviations beyond which chance is no longer suspected.
const DEVIATIONS: f64 = 2.0;
/// The same for an exact test.
const ALPHA: f64 = 0.05;

/// What a test says of two groups.
#[derive(Clone, Copy, Debug)]
enum Test {
    Fisher {
        p: f64,
    },
    Deviations {
        z: f64,
        p: f64,
    },
    /// Everybody is selected, so there is nothing to test.
    Nothing,
}

impl Test {
    fn of(group: Category<'_>, best: Category<'_>) -> Self {
        let not = |category: Category<'_>| category.people - category.selected;
        let table = TwoByTwo { a: group.selected, b: not(group), c: best.selected, d: not(best) };
        if group.people + best.people < SMALL {
            return association::fisher_exact(table).map_or(Self::Nothing, |test| Self::Fisher { p: test.two_sided });
        }
        association::two_proportion_z(table).map_or(Self::Nothing, |test| Self::Deviations { z: test.z, p: test.p })
    }

    fn significant(self) -> bool {
        match self {
            Self::Fisher { p } => p < ALPHA,
            Self::Deviations { z, .. } => z.abs() >= DEVIATIONS,
            Self::Nothing => false,
        }
    }

    fn words(self) -> String {
        let verdict = if self.significant() { "statistically significant" } else { "not statistically significant" };
        match self {
            Self::Fisher { p } => {
                format!(
                    "Fisher's exact test, as fewer than {SMALL} people are compared: p {}, {verdict}",
                    words::number(p)
                )
            }
            Self::Deviations { z, .. } => {
                format!("two standard deviations (Hazelwood, 433 U.S. 299): z {}, {verdict}", words::number(z))
            }
            Self::Nothing => "everybody was selected, so there is nothing to test".to_owned(),
        }
    }
}

fn read(context: &Context<'_>, _: &Settings) -> Vec<Reading> {
    context.facts.dimensions.iter().flat_map(|dimension| compare(context, dimension)).collect()
}

fn compare(context: &Context<'_>, dimension: &Dimension) -> Vec<Reading> {
    let attribute = &dimension.attribute;
    let people = match People::of(context, dimension) {
        Ok(people) => people,
        Err(reason) => return vec![Reading::not_assessed(of_attribute(attribute), reason)],
    };
    let nothing = |group, reason| Reading::not_assessed(of_group(attribute, group, &Vec::new()), reason);
    let mut readings: Vec<Reading> = people.hidden.iter().map(|group| nothing(group, Reason::Suppressed)).collect();
    readings.extend(people.empty.iter().map(|group| nothing(group, Reason::NoRows)));
    match people.highest() {
        Some(best) if people.known.len() > 1 && best.selected > 0 => {
            let others = (0..people.known.len()).filter(|&place| people.known[place].group != best.group);
            readings.extend(others.map(|place| judge(context.plan.level, attribute, &people, place, best)));
        }
        Some(_) if people.known.len() > 1 => {
            readings.push(Reading::not_assessed(of_attribute(attribute), Reason::ZeroDenominator));
        }
        _ => readings.push(Reading::not_assessed(of_attribute(attribute), Reason::SingleGroup)),
    }
    readings
}

fn judge(level: f64, attribute: &[String], people: &People<'_>, place: usize, best: Category<'_>) -> Reading {
    let group = people.known[place];
    let ratio = group.ratio(best).unwrap_or(1.0);
    let practical = !group.at_least(best, FOUR_FIFTHS);
    let test = Test::of(group, best);
    let moved = moved(&people.known, place, best, practical);
    let flips = moved.is_some_and(|(_, below)| below != practical);
    let (outcome, reason) = match (practical, test.significant()) {
        (true, true) if flips => (Outcome::Undecided, Some(Reason::SmallNumbers)),
        (true, true) => (Outcome::NotMet, None),
        (false, false) => (Outcome::Met, None),
        _ => (Outcome::Undecided, Some(Reason::ReadingsDiffer)),
    };
    let together = match (practical, test.significant()) {
        (true, true) => "practically and statistically significant",
        (true, false) => "practically significant only",
        (false, true) => "statistically significant only",
        (false, false) => "neither practically nor statistically significant",
    };
    let (name, best_name) = (words::group(group.group), words::group(best.group));
    let names = attribute.join(" and ");
    let text = format!(
        "Selection rate of {names} {name} was {} times that of {best_name}, the highest ({} against {}). Four-fifths rule \
         (29 CFR 1607.4(D)): {} 0.80; {}. Together: {together}{}.{}{}",
        words::number(ratio),
        group.words(),
        best.words(),
        if practical { "below" } else { "at least" },
        test.words(),
        match outcome {
            Outcome::NotMet => ", which is evidence of adverse impact",
            Outcome::Met => ", so no evidence of adverse impact",
            _ => "",
        },
        moved.map_or_else(String::new, |(after, below)| flip_words(practical, (&name, &best_name), after, below)),
        people.unknown_words(&names),
    );
    let n = group.people + best.people;
    let mut figures = vec![
        estimated("selection_rate", &group.estimate(), level),
        estimated("highest_selection_rate", &best.estimate(), level),
        figure("impact_ratio", ratio, n),
    ];
    figures.extend(match test {
        Test::Fisher { p } => vec![figure("fisher_p_value", p, n)],
        Test::Deviations { z, p } => vec![figure("z", z, n), figure("p_value", p, n)],
        Test::Nothing => Vec::new(),
    });
    figures.extend(moved.map(|(after, _)| figure("impact_ratio_after_one_selection", after, n)));
    Reading {
        subject: of_group(attribute, group.group, best.group),
        part: None,
        outcome,
        reason,
        figures,
        text,
        concerned: Some(group.people),
    }
}

/// The ratio, and whether it is below four fifths, after one selection went from the highest group to this one where it is
/// below, or the other way where it is not. `None` where nobody can be moved.
fn moved(known: &[Category<'_>], place: usize, best: Category<'_>, towards: bool) -> Option<(f64, bool)> {
    let mut after = known.to_vec();
    let from = known.iter().position(|category| category.group == best.group)?;
    let (giver, taker) = if towards { (from, place) } else { (place, from) };
    after[giver].selected = after[giver].selected.checked_sub(1)?;
    after[taker].selected += 1;
    if after[taker].selected > after[taker].people {
        return None;
    }
    let highest = highest(&after)?;
    Some((after[place].ratio(highest)?, !after[place].at_least(highest, FOUR_FIFTHS)))
}

fn flip_words(practical: bool, (name, best): (&str, &str), after: f64, below: bool) -> String {
    let (giver, taker) = if practical { (best, name) } else { (name, best) };
    let change = if below == practical { "would not change" } else { "would change" };
    format!(
        " One selection moved from {giver} to {taker} {change} the four-fifths answer (ratio {}).",
        words::number(after)
    )
}
