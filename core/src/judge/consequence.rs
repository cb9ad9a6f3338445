//! What a criterion that is not met means in numbers of people: of how many rows something held, and of how many it would
//! have held at the rate of the other group, or would have to hold.

use super::criteria::{Judged, holds};
use super::estimate::{Share, rate};
use super::facts::{Facts, GroupFacts};
use crate::findings::catalogue;
use crate::findings::v1::Subject;
use crate::findings::words;
use crate::measure::Group;
use crate::plan::{Comparator, Criterion, Plan};

/// One sentence; none for what is not a share of rows, and for weighted rows, whose shares are not shares of people.
pub(super) fn consequence(plan: &Plan, facts: &Facts<'_>, judged: &Judged<'_>) -> Option<String> {
    let base = judged.entry.of.map_or(Some(judged.entry), catalogue::find)?;
    let happened = Happened::of(base.name)?;
    let share = |group: &GroupFacts| {
        let counted = group.confusion.weights.is_none();
        counted.then(|| rate(base.name, plan.favourable)?.share(&group.confusion)).flatten()
    };
    let subject = &judged.subject;
    judged.estimate.value.ok()?;
    if judged.entry.of.is_none() {
        let group = if subject.group.is_empty() { &facts.overall } else { find(facts, subject, &subject.group)? };
        let share = share(group)?;
        let allowed = allowed(judged.criterion, share.rows)?;
        return Some(format!("{}; the plan {allowed}.", happened.sentence(subject, &subject.group, share)));
    }
    let (group, reference) = judged.compared()?;
    let (share, theirs) = (share(find(facts, subject, group)?)?, share(find(facts, subject, reference)?)?);
    let expected = (theirs.value * share.rows as f64).round();
    let more = expected - share.successes;
    let direction = if more > 0.0 { "more" } else { "fewer" };
    (more != 0.0).then(|| {
        format!(
            "{}; at the rate of {} it would have been about {}, {} {direction}.",
            happened.sentence(subject, group, share),
            words::group(reference),
            words::count(expected as u64),
            words::count(more.abs() as u64)
        )
    })
}

fn find<'f>(facts: &'f Facts<'_>, subject: &Subject, group: &Group) -> Option<&'f GroupFacts> {
    facts.dimension(&subject.attribute)?.groups.iter().find(|facts| facts.group == *group)
}

/// The least or the most rows with which the criterion would hold; none where no number would do.
fn allowed(criterion: &Criterion, rows: u64) -> Option<String> {
    let at_least = matches!(criterion.comparator, Comparator::AtLeast | Comparator::MoreThan);
    let near = (criterion.threshold * rows as f64).round();
    // The product may be rounded across a whole number, the judgement is on the share itself.
    let near = (near - 1.0).max(0.0) as u64..=(near + 1.0).max(0.0) as u64;
    let mut fitting = near.filter(|&count| count <= rows && holds(criterion, count as f64 / rows as f64));
    let count = if at_least { fitting.next() } else { fitting.next_back() };
    count.map(|count| match at_least {
        true => format!("asks for {} at least", words::count(count)),
        false => format!("allows {} at most", words::count(count)),
    })
}

/// What a rate is a share of, and what held for those it counts.
struct Happened {
    /// Which rows count, after the word.
    rows: &'static str,
    /// Verb for one and for several.
    verb: (&'static str, &'static str),
    /// What held.
    what: &'static str,
}

const WAS: (&str, &str) = ("was", "were");
const HAD: (&str, &str) = ("had", "had");

impl Happened {
    fn of(name: &str) -> Option<Self> {
        let (rows, verb, what) = match name {
            "selection_rate" => (" with a decision", WAS, "decided favourably"),
            "recall" => (" with a positive label", WAS, "decided positive"),
            "false_negative_rate" => (" with a positive label", WAS, "decided negative"),
            "false_positive_rate" => (" with a negative label", WAS, "decided positive"),
            "specificity" => (" with a negative label", WAS, "decided negative"),
            "precision" => (" decided positive", HAD, "a positive label"),
            "false_discovery_rate" => (" decided positive", HAD, "a negative label"),
            "negative_predictive_value" => (" decided negative", HAD, "a negative label"),
            "false_omission_rate" => (" decided negative", HAD, "a positive label"),
            "accuracy" => (" with a label and a decision", WAS, "decided as the label says"),
            "prevalence" => (" with a label", HAD, "a positive one"),
            "label_coverage" => ("", HAD, "a label"),
            _ => return None,
        };
        Some(Self { rows, verb, what })
    }

    /// "Of 76 rows with a positive label of race black, 55 were decided positive".
    fn sentence(&self, subject: &Subject, group: &Group, share: Share) -> String {
        let whose = Subject { group: group.clone(), ..subject.clone() };
        let count = share.successes as u64;
        let verb = if count == 1 { self.verb.0 } else { self.verb.1 };
        format!(
            "Of {}{}{}, {} {verb} {}",
            words::rows(share.rows),
            words::of_subject(&whose),
            self.rows,
            words::count(count),
            self.what
        )
    }
}
