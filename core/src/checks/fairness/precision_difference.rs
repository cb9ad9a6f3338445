use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// When the model says yes, is it right about equally often in every group?
    ///
    /// # Why it matters
    /// A decision should mean the same for whomever it is made. If positive decisions are less often right in one
    /// group, those who act on them are misled about that group, and its members bear more unfounded decisions.
    ///
    /// # When it does not apply
    /// Without decisions, labels or a protected attribute, or where fewer than two groups that can be shown have
    /// labelled positive decisions.
    ///
    /// # How to read it
    /// 0 is parity (predictive parity). With `max_min` the highest precision minus the lowest; with `reference_group`
    /// group minus reference. Groups with different distributions of risk differ in precision even when one threshold
    /// is applied to perfectly calibrated scores, so a gap alone does not prove a different standard, nor its absence
    /// the same one. Intervals are Newcombe's, over positive decisions only.
    ///
    /// # What to do
    /// Compare calibration by group first. If scores overstate the risk of one group, recalibrate or add the features
    /// that are missing there; if scores are calibrated in all groups, the gap comes from different base rates, and
    /// closing it will move recall or false positive rates apart: decide on purpose which to keep and write it down.
    ///
    /// # References
    /// Chouldechova (2017), Fair prediction with disparate impact, Big Data 5; Simoiu, Corbett-Davies and Goel (2017),
    /// The problem of infra-marginality in outcome tests for discrimination, Annals of Applied Statistics 11.
    id: "fairness/precision-difference",
    title: "Difference in precision",
    dimension: Fairness,
    severity: High,
    needs: [Labels, Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["precision_difference"]),
}
