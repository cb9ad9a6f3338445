use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Could selection and group be unrelated, or is the difference in selection rate too large for chance?
    ///
    /// # Why it matters
    /// Regulators and courts read tests beside the four-fifths ratio: two standard deviations in employment cases,
    /// Fisher's exact test where rows are few. A ratio below 0.8 in twelve rows proves nothing, one of 0.9 in a
    /// million may be certain.
    ///
    /// # When it does not apply
    /// Without decisions or a protected attribute, where everybody or nobody is selected, or where rows are
    /// weighted: these tests count people.
    ///
    /// # How to read it
    /// z and the p-values compare each group with the declared reference group, or all others pooled; the chi-
    /// square compares all groups. Boschloo's test finds more than Fisher's in few rows and takes up to 200 of them. The p-values here are raw: with several groups, judge by the Holm-adjusted
    /// criterion on the selection rate. A p says how surprising the data are without a difference, not how large
    /// the difference is. Only the odds ratio has an interval; a criterion on the others needs `rule: point`.
    ///
    /// # What to do
    /// Read with the ratio and the difference in selection rate. Significant and small, or large and not
    /// significant, are both answers to give in full.
    ///
    /// # References
    /// 29 CFR 1607.4(D); Hazelwood School District v. United States, 433 U.S. 299 (1977); Fisher (1935), The Design
    /// of Experiments; Agresti (2013), Categorical Data Analysis.
    id: "fairness/selection-association",
    title: "Selection and group",
    dimension: Fairness,
    severity: Medium,
    needs: [Decisions, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "selection_rate_odds_ratio", "selection_rate_z", "selection_rate_z_p_value",
        "selection_rate_fisher_p_value", "selection_rate_fisher_mid_p_value", "selection_rate_boschloo_p_value",
        "selection_rate_chi_squared", "selection_rate_chi_squared_p_value",
    ]),
}
