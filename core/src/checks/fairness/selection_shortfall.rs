use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How many more favourable decisions would a group need, to be selected as often as the others?
    ///
    /// # Why it matters
    /// A ratio says how unequal treatment is, not how much of it there is. Agencies read the shortfall beside it: a
    /// ratio of 0.7 may stand for two people or for two thousand.
    ///
    /// # When it does not apply
    /// Without decisions or a protected attribute, or where only one group can be compared.
    ///
    /// # How to read it
    /// In decisions (or their weight), negative where the group has more. `best_group` aims at the best rate,
    /// `four_fifths` at four fifths of it, `reference_group` at the rate of the declared group, `overall` at that of all
    /// rows. Which group is the best is uncertain too, and the interval allows for that. The size of the group is taken
    /// as given.
    ///
    /// # What to do
    /// A shortfall below one decision is none in practice, however small the ratio; a large one is worth a reason even
    /// where the ratio passes four fifths.
    ///
    /// # References
    /// 29 CFR 1607.4(D); OFCCP, Practical significance in EEO analysis, frequently asked questions.
    id: "fairness/selection-shortfall",
    title: "Shortfall of selections",
    dimension: Fairness,
    severity: Medium,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["selection_shortfall"]),
}
