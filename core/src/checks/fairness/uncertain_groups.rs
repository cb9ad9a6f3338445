use crate::checks::{Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason, Subject};
use crate::judge::Context;
use crate::plan::Task;

check! {
    /// # What it asks
    /// Are groups known, or only the probability that a row belongs to one?
    ///
    /// # Why it matters
    /// Where the law forbids asking, groups are inferred, for example from surname and address (BISG). A row then counts
    /// for each group by its probability. That is an estimate of the truth only under an assumption no table can prove.
    ///
    /// # When it does not apply
    /// Without `memberships` in the plan: there is then no answer in the report.
    ///
    /// # How to read it
    /// A weighted rate is right on average if decisions do not depend on the true group among rows with equal
    /// probabilities. Otherwise it is off by the covariance of decision and true group given the probabilities, over
    /// the group's share: where a group is treated worse even among people with equal probabilities, its rate comes
    /// out too high, and the gap too small. Intervals know only of sampling error, by Kish's effective number of
    /// rows. They treat the groups as different rows although each row counts in several, and so err on the wide side.
    ///
    /// # What to do
    /// Read gaps of such groups as indications. Ask for the true groups, of a sample at least, and measure the bias
    /// there.
    ///
    /// # References
    /// Chen, Kallus, Mao, Svacha and Udell (2019), Fairness under unawareness, FAT*; Consumer Financial Protection Bureau
    /// (2014), Using publicly available information to proxy for unidentified race and ethnicity.
    id: "fairness/uncertain-groups",
    title: "Groups known as probabilities",
    dimension: Fairness,
    severity: Medium,
    needs: [],
    since: "0.1.0",
    judge: Judge::Own { tasks: &[Task::Binary], judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    let answer = |attribute: &String| Answer {
        outcome: Some(Outcome::Undecided),
        reason: Some(Reason::GroupUncertain),
        subject: Subject { attribute: vec![attribute.clone()], ..Subject::default() },
        ..Answer::default()
    };
    context.plan.memberships.keys().map(answer).collect()
}

fn words(answer: &Answer, _context: &Context<'_>) -> String {
    let attribute = answer.subject.attribute.join(" and ");
    format!(
        "Groups of {attribute} are known as probabilities only. Rates by {attribute} are right on average only if decisions \
         do not depend on the true group among rows with equal probabilities; otherwise gaps come out too small or too large \
         by an amount that these data cannot tell."
    )
}
