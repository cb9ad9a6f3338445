use crate::checks::{Answer, Judge, check};
use crate::findings::v1::{Outcome, Subject};
use crate::findings::words;
use crate::judge::{Context, Dimension, Facts, Reversal, reversal};
use crate::plan::Task;

check! {
    /// # What it asks
    /// Does a group that is selected less often than the reference group come out ahead within the strata, or the other
    /// way round?
    ///
    /// # Why it matters
    /// Then the number over all rows and the number that compares like with like tell opposite stories (Simpson's
    /// paradox), and whoever reads only one of them is misled.
    ///
    /// # When it does not apply
    /// Without `strata`, decisions or a declared reference group, or where rows are weighted.
    ///
    /// # How to read it
    /// Undecided: for the groups named, both differences are certain at the plan's level, and they point in opposite
    /// directions. Met: no group shows that.
    ///
    /// # What to do
    /// Report both numbers, and decide with the people who know the process whether the strata are a legitimate
    /// explanation or a part of the problem.
    ///
    /// # References
    /// Simpson (1951), JRSS B 13; Bickel, Hammel and O'Connell (1975), Science 187; Pearl (2014), The American
    /// Statistician 68.
    id: "fairness/strata-reversal",
    title: "No reversal within strata",
    dimension: Fairness,
    severity: Medium,
    needs: [Decisions, Groups, Strata],
    since: "0.1.0",
    judge: Judge::Own { tasks: &[Task::Binary, Task::Multiclass], judge, words: sentence },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    let answer = |facts: &Facts<'_>, dimension: &Dimension| {
        let subject = Subject { attribute: dimension.attribute.clone(), ..facts.subject() };
        let answer = match reversal(context.plan, facts, dimension) {
            Err(reason) => Answer { outcome: Some(Outcome::NotAssessed), reason: Some(reason), ..Answer::default() },
            Ok(Reversal { groups, compared }) => Answer {
                outcome: Some(if groups.is_empty() { Outcome::Met } else { Outcome::Undecided }),
                of: compared,
                names: groups.iter().map(|group| words::group(group)).collect(),
                ..Answer::default()
            },
        };
        Answer { subject, ..answer }
    };
    let of_facts =
        |facts: &Facts<'_>| facts.dimensions.iter().map(|dimension| answer(facts, dimension)).collect::<Vec<_>>();
    context.facts.of_two_classes().flat_map(of_facts).collect()
}

fn sentence(answer: &Answer, context: &Context<'_>) -> String {
    let attribute = format!("{}{}", answer.subject.attribute.join(" and "), words::of_class(&answer.subject));
    let strata = context.plan.strata.join(" and ");
    if let Some(reason) = answer.reason {
        return format!(
            "Reversals within {strata} were not looked for among groups of {attribute}: {}.",
            words::reason(reason)
        );
    }
    if answer.names.is_empty() {
        return format!(
            "No group of {attribute} is certainly ahead over all rows and behind within {strata}, or the other way round \
             ({} compared with the reference group).",
            answer.of
        );
    }
    format!(
        "Simpson's paradox: over all rows and within {strata} the difference to the reference group points in opposite \
         directions for {attribute} {}. Neither number is the whole answer.",
        answer.names.join("; ")
    )
}
