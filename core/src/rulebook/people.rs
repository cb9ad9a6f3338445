//! The people of an attribute as regulators count them: known categories compared, the others stated by number.

use crate::findings::v1::Reason;
use crate::findings::words;
use crate::judge::{Context, Dimension, Estimate, GroupFacts, Share, rate};
use crate::measure::Group;

/// The people of an attribute or intersection.
#[derive(Debug)]
pub(super) struct People<'f> {
    /// Categories with people, in the order of the report.
    pub(super) known: Vec<Category<'f>>,
    /// Categories whose numbers stay hidden.
    pub(super) hidden: Vec<&'f Group>,
    /// Categories in which nobody was decided on.
    pub(super) empty: Vec<&'f Group>,
    /// People whose category is missing; `None` where that number would disclose a hidden group.
    pub(super) unknown: Option<u64>,
}

/// The people of one category on whom was decided.
#[derive(Clone, Copy, Debug)]
pub(super) struct Category<'f> {
    /// Its values.
    pub(super) group: &'f Group,
    /// Those with the favourable decision.
    pub(super) selected: u64,
    /// All of them.
    pub(super) people: u64,
}

impl<'f> People<'f> {
    /// Counts people. Weighted rows are not people.
    pub(super) fn of(context: &Context<'_>, dimension: &'f Dimension) -> Result<Self, Reason> {
        if context.facts.overall.confusion.weights.is_some() {
            return Err(Reason::WeightsNotSupported);
        }
        if dimension.groups.iter().any(|group| group.uncertain) {
            return Err(Reason::GroupUncertain);
        }
        let rate = rate("selection_rate", context.plan.favourable).ok_or(Reason::NoDecisions)?;
        let mut people = Self { known: Vec::new(), hidden: Vec::new(), empty: Vec::new(), unknown: Some(0) };
        for GroupFacts { group, confusion, suppressed, .. } in &dimension.groups {
            let share = rate.share(confusion);
            let hidden = *suppressed || share.is_some_and(|share| share.rows < context.plan.min_n_shown);
            if group.iter().any(Option::is_none) {
                let here = share.map_or(0, |share| share.rows);
                people.unknown = people.unknown.filter(|_| !hidden).map(|before| before + here);
                continue;
            }
            match share {
                _ if hidden => people.hidden.push(group),
                None => people.empty.push(group),
                Some(Share { successes, rows, .. }) => {
                    people.known.push(Category { group, selected: successes as u64, people: rows });
                }
            }
        }
        Ok(people)
    }

    /// The category with the highest rate; the first of several that share it.
    pub(super) fn highest(&self) -> Option<Category<'f>> {
        highest(&self.known)
    }

    /// How many people are left out because their category is unknown, as the end of a text.
    pub(super) fn unknown_words(&self, attribute: &str) -> String {
        match self.unknown {
            Some(0) => String::new(),
            Some(1) => format!(" 1 person of unknown {attribute} is left out."),
            Some(people) => format!(" {} people of unknown {attribute} are left out.", words::count(people)),
            None => format!(" People of unknown {attribute} are left out; their number is hidden."),
        }
    }
}

/// The category with the highest rate; the first of several that share it.
pub(super) fn highest<'f>(categories: &[Category<'f>]) -> Option<Category<'f>> {
    categories.iter().copied().reduce(|best, other| if best.at_least(other, (1, 1)) { best } else { other })
}

impl Category<'_> {
    /// Share of the people that is selected.
    pub(super) fn rate(self) -> f64 {
        self.selected as f64 / self.people as f64
    }

    /// The rate with its interval.
    pub(super) fn estimate(self) -> Estimate {
        let (successes, trials) = (self.selected as f64, self.people as f64);
        let share = Share { successes, trials, value: self.rate(), rows: self.people, weight: trials, subjects: None };
        Estimate::new(share.value, share.rows, "decided").with(share.wilson())
    }

    /// This rate divided by another; `None` when nobody of the other is selected.
    pub(super) fn ratio(self, other: Self) -> Option<f64> {
        (other.selected > 0).then(|| self.rate() / other.rate())
    }

    /// Whether this rate is at least a fraction of another, in whole numbers: a ratio of exactly four fifths is.
    pub(super) fn at_least(self, other: Self, (part, whole): (u64, u64)) -> bool {
        let product = |a: u64, b: u64, c: u64| (u128::from(a) * u128::from(b)).saturating_mul(u128::from(c));
        product(self.selected, other.people, whole) >= product(other.selected, self.people, part)
    }

    /// "75 of 118"
    pub(super) fn words(self) -> String {
        format!("{} of {}", words::count(self.selected), words::count(self.people))
    }
}
