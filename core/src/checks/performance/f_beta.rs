use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Is the weighted harmonic mean of precision and recall high enough, where missing a positive costs more (F2)
    /// or less (F0.5) than a false alarm?
    ///
    /// # Why it matters
    /// F1 weighs precision and recall alike, which hardly any use does. F2 counts recall double, F0.5 counts
    /// precision double: the choice says in public which mistake is worse.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where no row is positive by label or by decision.
    ///
    /// # How to read it
    /// Between 0 and 1, with no fixed level of chance: it rises with the base rate, so groups or periods with
    /// different base rates are not comparable. The interval is the multinomial variance on the logit scale; true
    /// negatives do not narrow it.
    ///
    /// # What to do
    /// Look at precision and recall apart. If the wanted one is too low, move the threshold on labelled data that
    /// were not used for training; if both are, no threshold will do.
    ///
    /// # References
    /// van Rijsbergen (1979), Information Retrieval, 2nd edition; Takahashi et al. (2022), Applied Intelligence 52.
    id: "performance/f-beta",
    title: "F-beta",
    dimension: Performance,
    severity: Medium,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["f2", "f0_5"]),
}
