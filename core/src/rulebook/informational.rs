//! Rulebooks of libraries that give numbers and no rule to judge them by.

use super::{Reading, estimated, of_attribute};
use crate::findings::catalogue;
use crate::findings::v1::{Outcome, Reason};
use crate::findings::words;
use crate::judge::{Context, Dimension, gap};

/// A number of a library: its name there, our measure, and the convention that computes it as the library does.
pub(super) type Number = (&'static str, &'static str, &'static str);

/// The library's numbers of every attribute, without a judgement.
pub(super) fn read(context: &Context<'_>, library: &str, numbers: &[Number]) -> Vec<Reading> {
    context.facts.dimensions.iter().map(|dimension| attribute(context, library, numbers, dimension)).collect()
}

fn attribute(context: &Context<'_>, library: &str, numbers: &[Number], dimension: &Dimension) -> Reading {
    let subject = of_attribute(&dimension.attribute);
    let mut figures = Vec::new();
    let mut parts = Vec::new();
    for (name, measure, convention) in numbers {
        let Some(entry) = catalogue::find(measure) else { continue };
        for gap in gap::gaps(context.plan, context.facts, entry, convention, dimension) {
            figures.push(estimated(name, &gap.estimate, context.plan.level));
            parts.push(match gap.estimate.value {
                Ok(value) => format!("{name} {}", words::number(value)),
                Err(reason) => format!("{name} undefined ({})", words::reason(reason)),
            });
        }
    }
    if figures.iter().all(|figure| figure.value.is_none()) {
        let reason = figures.first().and_then(|figure| figure.undefined).unwrap_or(Reason::NoRows);
        return Reading { figures, ..Reading::not_assessed(subject, reason) };
    }
    let text = format!(
        "As {library} counts between groups of {}: {}. {library} has no rule that judges them.",
        dimension.attribute.join(" and "),
        parts.join("; ")
    );
    let (outcome, reason) = (Outcome::NotApplicable, Some(Reason::NoPassMark));
    Reading { subject, part: None, outcome, reason, figures, text, concerned: None }
}
