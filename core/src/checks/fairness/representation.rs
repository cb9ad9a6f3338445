use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Is each group as large a part of the rows as the plan says it is of the population?
    ///
    /// # Why it matters
    /// A group that hardly occurs was hardly learnt from, and its numbers are uncertain. A group that stays away, or is
    /// kept away before the model sees it, does not show in any rate of those who came.
    ///
    /// # When it does not apply
    /// Without `population` in the plan, or for intersections, whose shares it does not declare.
    ///
    /// # How to read it
    /// Share of the rows whose group is known, relative to the declared share (ratio) or minus it (difference), with
    /// Wilson's interval. Declared shares are taken as exact. Rows without a group are left out of both sides.
    ///
    /// # What to do
    /// Check that the population is the right one: the people the model is meant for, not the country. Then find out
    /// where the group is lost.
    ///
    /// # References
    /// Regulation (EU) 2024/1689, Art. 10(3)-(4) on representative data; Suresh and Guttag (2021), EAAMO.
    id: "fairness/representation",
    title: "Groups against their share of the population",
    dimension: Fairness,
    severity: Medium,
    needs: [Groups],
    since: "0.1.0",
    judge: Judge::Measures(&["representation_difference", "representation_ratio"]),
}
