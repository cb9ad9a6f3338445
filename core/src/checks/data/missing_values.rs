use crate::checks::{ANY, Answer, Judge, check};
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::{Context, role_name};

check! {
    /// # What it asks
    /// Do all rows have a value in every column the audit rests on?
    ///
    /// # Why it matters
    /// A measure is computed on the rows that have what it needs. Where values are missing for some people more than
    /// for others, every number of the report describes the rest.
    ///
    /// # When it does not apply
    /// Always applies. Labels are left to the check of label coverage.
    ///
    /// # How to read it
    /// Met when nothing is missing. Otherwise not assessed: the plan states no limit, so the counts are given for a person
    /// to judge. Rows with a missing protected attribute are a group of their own.
    ///
    /// # What to do
    /// Find the step that loses the values; compare the outcome of rows with and without a value.
    ///
    /// # References
    /// Rubin (1976), Biometrika 63, on when missingness can be ignored.
    id: "data/missing-values",
    title: "Values are present",
    dimension: Data,
    severity: Medium,
    needs: [],
    since: "0.1.0",
    judge: Judge::Own { tasks: ANY, judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    let measurements = context.facts.measurements;
    if measurements.rows == 0 {
        return Answer::not_assessed(Reason::NoRows);
    }
    let incomplete: Vec<String> = measurements
        .columns
        .iter()
        .filter(|(column, _)| role_name(column.role) != "label")
        .filter_map(|(column, missing)| {
            let missing = missing.filter(|&missing| missing > 0)?;
            Some(format!("{} ({}: {})", column.spec.name, role_name(column.role), words::count(missing)))
        })
        .collect();
    vec![Answer {
        outcome: Some(if incomplete.is_empty() { Outcome::Met } else { Outcome::NotAssessed }),
        reason: (!incomplete.is_empty()).then_some(Reason::NoCriterion),
        of: measurements.rows,
        names: incomplete,
        ..Answer::default()
    }]
}

fn words(answer: &Answer, _: &Context<'_>) -> String {
    let rows = words::rows(answer.of);
    if answer.names.is_empty() {
        format!("No value was missing in any column with a role, over {rows}.")
    } else {
        format!("Of {rows}, values were missing in: {}.", answer.names.join("; "))
    }
}
