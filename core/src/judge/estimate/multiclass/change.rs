//! What changed from a baseline model of several classes, from rows that both answered.

use super::super::change::{LABELLED, Pairs, Side, difference, under};
use super::super::rates::{Share, share_of};
use super::super::{Estimate, linked};
use super::Whole;
use crate::findings::v1::Reason;
use crate::judge::classes::ClassRow;
use crate::judge::linked::{Answers, LinkedRows};
use crate::measure::counts::{Decided, Label};
use crate::stats::{Part, Uncertainty};

/// The estimate of a measure that compares two models; `None` for any other.
pub(super) fn estimate(whole: &Whole<'_>, name: &str, convention: &str) -> Option<Estimate> {
    if !matches!(name, "accuracy_change" | "balanced_accuracy_change" | "mcnemar_p_value" | "mcnemar_chi_squared") {
        return None;
    }
    let Some(rows) = whole.counts.linked.as_deref() else {
        return Some(Estimate::undefined(Reason::NoBaseline, 0, "rows"));
    };
    let classes = whole.counts.classes;
    if name == "balanced_accuracy_change" {
        return Some(mean_recall(rows, classes));
    }
    let right = rows.mapped(|row| correctness(row, classes));
    let pairs = Pairs::new(&right);
    Some(if name == "accuracy_change" { pairs.accuracy() } else { pairs.mcnemar(name, convention) })
}

/// A row by whether each model is right: positive for the true class, negative for any other.
fn correctness(row: &ClassRow, classes: usize) -> Answers {
    let judged = |decision: usize| match decision {
        decision if decision == classes => Decided::Missing,
        decision if decision == row.label => Decided::Positive,
        _ => Decided::Negative,
    };
    Answers {
        label: if row.label < classes { Label::Positive } else { Label::Missing },
        decision: judged(row.decision),
        baseline: judged(row.baseline),
        score: None,
        ranked: None,
        baseline_score: None,
    }
}

/// Mean recall of both models: the errors of the two means go together as the rows tell.
fn mean_recall(rows: &LinkedRows<ClassRow>, classes: usize) -> Estimate {
    let models: [fn(&ClassRow) -> usize; 2] = [|row| row.decision, |row| row.baseline];
    let counts = |row: &ClassRow, class: usize| row.label == class && row.decision < classes && row.baseline < classes;
    let recall = |model: fn(&ClassRow) -> usize, class: usize| {
        let all = rows.tally(|row| counts(row, class));
        let share = share_of(rows.weighted, rows.tally(|row| counts(row, class) && model(row) == class), all)?;
        let error = |row: &ClassRow| (f64::from(model(row) == class) - share.value) / share.weight;
        Some(Side { share, influence: rows.influence(|row| counts(row, class).then(|| error(row))) })
    };
    let factor = 1.0 / classes as f64;
    let mean = |model| {
        let sides = (0..classes).map(|class| recall(model, class)).collect::<Option<Vec<Side>>>()?;
        let influence = linked::sum(&sides.iter().map(|side| (factor, &side.influence)).collect::<Vec<_>>());
        let parts = std::slice::from_ref(&influence);
        let shares: Vec<Share> = sides.iter().map(|side| under(rows, side.share, parts)).collect();
        let part = |share: &Share| Part { factor, value: share.value, of: share.wilson() };
        let parts: Vec<Part> = shares.iter().map(part).collect();
        let value = super::value_of(&parts);
        let (count, trials) = shares.iter().fold((0, 0.0), |sum, share| (sum.0 + share.rows, sum.1 + share.trials));
        let all = Share { rows: count, trials, ..shares[0] };
        Some((Part { factor: 1.0, value, of: Uncertainty::Sum { parts } }, influence, all))
    };
    match models.map(mean) {
        [Some((first, mine, share)), Some((second, theirs, other))] => {
            let correlation = rows.correlation(&mine, &theirs);
            difference(rows, [first, second], correlation, &[mine, theirs], [share, other], LABELLED)
        }
        _ => {
            let known = |row: &ClassRow| row.label < classes && counts(row, row.label);
            let n = rows.tally(known).rows;
            Estimate::undefined(if n == 0 { Reason::NoRows } else { Reason::NoPositives }, n, LABELLED)
        }
    }
}
