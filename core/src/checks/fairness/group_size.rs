use crate::checks::{ANY, Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason, Subject};
use crate::findings::words;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Does every protected group have enough rows to be judged and shown?
    ///
    /// # Why it matters
    /// A gap for a handful of people is noise, and showing their numbers may disclose who they are. Groups that drop out
    /// silently are the groups an audit exists for.
    ///
    /// # When it does not apply
    /// Without a protected attribute.
    ///
    /// # How to read it
    /// Groups below `min_n` cannot decide a criterion; groups below `min_n_shown`, and the groups from which they could be
    /// worked out, have no numbers anywhere in the report. With `small_groups: pool` the groups below `min_n` count
    /// together as one group. All of them are listed here by name, never dropped.
    ///
    /// # What to do
    /// Audit a longer period, pool groups where that makes sense to the people concerned, or sample the small groups
    /// on purpose; say in the report which groups no conclusion was drawn for.
    ///
    /// # References
    /// Uniform Guidelines, Questions and Answers 20-24 (44 FR 11996, 1979) on small numbers.
    id: "fairness/group-size",
    title: "Groups are large enough",
    dimension: Fairness,
    severity: Low,
    needs: [Groups],
    since: "0.1.0",
    judge: Judge::Own { tasks: ANY, judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    let dimension = |dimension: &crate::judge::Dimension| {
        let small: Vec<_> =
            dimension.groups.iter().filter(|group| group.suppressed || group.rows < context.plan.min_n).collect();
        Answer {
            outcome: Some(if small.is_empty() { Outcome::Met } else { Outcome::Undecided }),
            reason: (!small.is_empty()).then_some(Reason::NBelowMinimum),
            subject: Subject { attribute: dimension.attribute.clone(), ..Subject::default() },
            // The number of rows of hidden groups would disclose them.
            concerned: None,
            of: dimension.groups.len() as u64,
            names: small
                .iter()
                .map(|group| &group.group)
                .chain(&dimension.pooled)
                .map(|group| words::group(group))
                .collect(),
        }
    };
    context.facts.dimensions.iter().map(dimension).collect()
}

fn words(answer: &Answer, context: &Context<'_>) -> String {
    let attribute = answer.subject.attribute.join(" and ");
    let groups = answer.of;
    if answer.names.is_empty() {
        return format!("All {groups} groups of {attribute} have at least {} rows.", context.plan.min_n);
    }
    format!(
        "{} of {groups} groups of {attribute} are too small to judge (under {} rows) or to show (under {}), or would give \
         such a group away: {}.",
        answer.names.len(),
        context.plan.min_n,
        context.plan.min_n_shown,
        answer.names.join("; ")
    )
}
