use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Are like applicants selected alike, whatever their group: is there a difference within the strata of the plan?
    ///
    /// # Why it matters
    /// Groups often apply for different things. A gap over all rows can vanish, or turn round, when each department,
    /// product or grade is looked at on its own (Simpson's paradox), and a gap within every stratum can hide in the
    /// whole. Both numbers are needed to say what happened.
    ///
    /// # When it does not apply
    /// Without `strata`, decisions or a declared reference group, or where rows are weighted: these tests count
    /// people.
    ///
    /// # How to read it
    /// The conditional difference is the mean over the strata of group minus reference, with Mantel and Haenszel's
    /// weights; the conditional odds ratio is common to all strata. The Cochran-Mantel-Haenszel p says how surprising
    /// the data are if there is no difference in any stratum. A small Breslow-Day p says that the strata differ, so
    /// that one common number hides something: read them one by one. What may explain a difference is a decision:
    /// a stratum that is itself a result of discrimination explains it away.
    ///
    /// # What to do
    /// Say in the plan why the strata are legitimate. Where the gap is within strata, look at the decision; where it
    /// is only between them, look at who applies for what, and why.
    ///
    /// # References
    /// Mantel and Haenszel (1959), JNCI 22; Greenland and Robins (1985), Biometrics 41; Sato, Greenland and Robins
    /// (1989), Biometrics 45; Breslow and Day (1980) with Tarone (1985); Bickel, Hammel and O'Connell (1975), Science
    /// 187.
    id: "fairness/conditional-parity",
    title: "Selection within strata",
    dimension: Fairness,
    severity: Medium,
    needs: [Decisions, Groups, Strata],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "conditional_selection_rate_difference", "conditional_odds_ratio", "conditional_independence_p_value",
        "strata_homogeneity_p_value",
    ]),
}
