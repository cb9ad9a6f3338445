use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Is the rate of favourable decisions of every group close enough, as a ratio, to that of the others or of the
    /// declared reference group?
    ///
    /// # Why it matters
    /// A low ratio of selection rates is the usual first sign of adverse impact; the four-fifths rule of US employment
    /// guidelines and the credit industry's adverse impact ratio are both read from it.
    ///
    /// # When it does not apply
    /// Without decisions, without a protected attribute, or where fewer than two groups can be shown.
    ///
    /// # How to read it
    /// 1 is parity. With `reference_group` each group is divided by the declared reference (values above 1 favour the
    /// group); with `min_max` the lowest rate is divided by the highest, and its interval allows for having picked the
    /// extremes. It says nothing about whether the difference is justified by the labels: read recall and false
    /// positive rate beside it.
    ///
    /// # What to do
    /// Check sample sizes first, then which features carry the gap and whether each is needed for the purpose; try other
    /// thresholds on the score curve; record why a remaining gap is justified, or change the decision rule.
    ///
    /// # References
    /// 29 CFR 1607.4(D) (four-fifths rule); Koopman (1984), Biometrics 40; Nam (1995), Biometrical Journal 37.
    id: "fairness/selection-rate-ratio",
    title: "Ratio of selection rates",
    dimension: Fairness,
    severity: High,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["selection_rate_ratio"]),
}
