use crate::checks::{Judge, Review, check};
use crate::dossier::Dossier;
use crate::dossier::sections::acceptance::DeclaredMeasure;
use crate::findings::catalogue;
use crate::findings::words;
use crate::judge::Context;

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
    /// A declared number is contradicted when it lies outside the confidence interval of the same measure of all rows, widened
    /// by the `tolerance` that it declares. Numbers without an interval here cannot contradict.
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
    judge: Judge::Dossier(judge),
}

fn judge(context: &Context<'_>, dossier: &Dossier) -> Review {
    if let Some(absent) = Review::absent(&dossier.acceptance.declared) {
        return absent;
    }
    let mut review = Review::of("declared numbers that were measured", "lie within the interval");
    for (index, declared) in dossier.acceptance.declared.iter().enumerate() {
        if let Some((lower, upper)) = measured(context, declared) {
            let tolerance = declared.tolerance.get().copied().unwrap_or(0.0);
            let Some(value) = declared.value.get().copied() else { continue };
            let outside = value < lower - tolerance || value > upper + tolerance;
            let name = declared.measure.text().unwrap_or_default();
            let source = declared.source.text().unwrap_or("the dossier");
            let said = format!(
                "{source} says {name} is {}, the data say {} to {}",
                words::number(value),
                words::number(lower),
                words::number(upper)
            );
            review.look_for_contradiction(format!("acceptance.declared[{index}]"), outside.then_some(said));
        }
    }
    review
}

/// The interval of the same measure of all rows.
fn measured(context: &Context<'_>, declared: &DeclaredMeasure) -> Option<(f64, f64)> {
    if declared.group.get().is_some() {
        return None;
    }
    let name = declared.measure.text()?;
    let entry = catalogue::find(name).filter(|entry| entry.fits(context.plan.task) && !entry.compares_groups())?;
    let convention = entry.default_convention(context.facts.aspect)?;
    let estimate = context.facts.overall.estimates.get(entry, convention);
    let interval = crate::judge::interval(&estimate, context.plan.level)?;
    Some((interval.lower?, interval.upper?))
}
