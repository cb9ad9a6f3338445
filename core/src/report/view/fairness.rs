//! Whether groups are treated alike, attribute by attribute.

use super::super::{text, words};
use super::disparity::{Disparity, disparity};
use super::figures::{self, Figure};
use super::index::Index;
use super::sections::sentence;

/// One attribute or intersection.
pub(in super::super) struct Attribute {
    /// Its anchor: names from the data are no anchors.
    pub(in super::super) anchor: String,
    /// Its name.
    pub(in super::super) title: String,
    /// What came out, in a sentence.
    pub(in super::super) sentence: String,
    /// Charts of its rates.
    pub(in super::super) rates: Vec<Figure>,
    /// The groups side by side.
    pub(in super::super) disparity: Option<Disparity>,
    /// Charts of its gaps and of the scores.
    pub(in super::super) figures: Vec<Figure>,
}

/// Attributes and intersections shown.
const ATTRIBUTES: usize = 8;

/// Every attribute in order, and what is left out.
pub(super) fn attributes(index: &Index<'_>) -> (Vec<Attribute>, Option<String>) {
    let all = index.attributes();
    let more = all.len().saturating_sub(ATTRIBUTES) as u64;
    let shown = all.into_iter().take(ATTRIBUTES).enumerate();
    let attributes = shown.filter_map(|(place, attribute)| of(index, place, attribute)).collect();
    let note = format!("{} in the JSON.", text::counted(more, "more attribute is", "more attributes are"));
    (attributes, (more > 0).then_some(note))
}

fn of(index: &Index<'_>, place: usize, attribute: &[String]) -> Option<Attribute> {
    let findings: Vec<_> = index
        .report
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.criterion.is_some() && finding.subject.attribute == attribute)
        .collect();
    let rates: Vec<_> =
        [figures::lattice(index, attribute), figures::rates(index, attribute)].into_iter().flatten().collect();
    let disparity = disparity(index, attribute);
    let figures: Vec<_> =
        [figures::gaps, figures::sweep, figures::calibration, figures::ranking, figures::numbers, figures::quantiles]
            .into_iter()
            .filter_map(|figure| figure(index, attribute))
            .collect();
    (!rates.is_empty() || disparity.is_some() || !figures.is_empty()).then(|| Attribute {
        anchor: format!("by-{}", place + 1),
        title: format!("By {}", words::attribute(attribute)),
        sentence: sentence(&findings),
        rates,
        disparity,
        figures,
    })
}
