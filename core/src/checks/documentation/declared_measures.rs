use crate::checks::{Asked, Judge, Review, check};
use crate::dossier::Dossier;
use crate::findings::catalogue::{self, Entry};
use crate::findings::v1::Reason;
use crate::findings::words;
use crate::judge::{Context, interval};

check! {
    /// # What it asks
    /// Do the numbers that documents declare lie within what these data show?
    ///
    /// # Why it matters
    /// A card that promises more than the data hold is worse than none: it is believed.
    ///
    /// # When it does not apply
    /// Without declared numbers, or where none of them can be measured on these data.
    ///
    /// # How to read it
    /// A declared number is contradicted when it lies outside the confidence interval of the same measure of all rows, or of the
    /// `group` it names, widened by the `tolerance` that it declares. Numbers without an interval here cannot contradict and are
    /// not counted.
    ///
    /// # What to do
    /// Find out which of the two is wrong: another population, another period, a leak in the test data. Then correct the
    /// document.
    ///
    /// # References
    /// EU AI Act, Article 15 (3).
    id: "documentation/declared-measures",
    title: "Declared numbers hold",
    dimension: Documentation,
    severity: High,
    needs: [Dossier],
    since: "0.1.0",
    judge: Judge::Dossier { rests_on: &["acceptance.declared"], asked: Asked::anytime(judge) },
}

fn judge(context: &Context<'_>, dossier: &Dossier) -> Review {
    let mut review = Review::of("declared numbers that could be measured", "hold");
    let mut unmeasured = None;
    for (index, declared) in dossier.acceptance.declared.iter().enumerate() {
        let (Some(name), Some(value)) = (declared.measure.text(), declared.value.get()) else { continue };
        let path = format!("acceptance.declared[{index}]");
        let Some(entry) = catalogue::find(name) else {
            review.look(path, Some(format!("there is no measure `{name}`")));
            continue;
        };
        match measured(context, entry, declared.group.text()) {
            Ok((lower, upper)) => {
                let tolerance = declared.tolerance.get().copied().unwrap_or(0.0);
                let outside = *value < lower - tolerance || *value > upper + tolerance;
                let said = || {
                    let group = declared.group.text().map(|group| format!(" of {group}")).unwrap_or_default();
                    let source = declared.source.text().unwrap_or("the dossier");
                    let [value, lower, upper] = [*value, lower, upper].map(words::number);
                    format!("{source} says {name}{group} is {value}, the data say {lower} to {upper}")
                };
                review.look_for_contradiction(path, outside.then(said));
            }
            Err(reason) => unmeasured = Some(reason),
        }
    }
    review.or_not_assessed(unmeasured)
}

/// The interval of a measure of all rows, or of a group such as `sex=female` or `race=black,sex=female`.
fn measured(context: &Context<'_>, entry: &Entry, group: Option<&str>) -> Result<(f64, f64), Reason> {
    let aspect = context.facts.aspect;
    let convention =
        entry.default_convention(aspect).filter(|_| entry.fits(context.plan.task) && !entry.compares_groups());
    let convention = convention.ok_or(Reason::NoCriterion)?;
    let facts = match group {
        None => &context.facts.overall,
        Some(name) => context
            .facts
            .dimensions
            .iter()
            .flat_map(|dimension| {
                dimension.groups.iter().map(|facts| (named(&dimension.attribute, &facts.group), facts))
            })
            .find(|(named, _)| named == name)
            .map(|(_, facts)| facts)
            .ok_or(Reason::GroupAbsent)?,
    };
    let estimate = facts.estimates.get(entry, convention);
    estimate.value?;
    let interval = interval(&estimate, context.plan.level).and_then(|interval| interval.lower.zip(interval.upper));
    interval.ok_or(Reason::IntervalDegenerate)
}

fn named(attributes: &[String], values: &[Option<String>]) -> String {
    let pairs = attributes.iter().zip(values);
    let pairs = pairs.map(|(attribute, value)| format!("{attribute}={}", value.as_deref().unwrap_or("(missing)")));
    pairs.collect::<Vec<_>>().join(",")
}
