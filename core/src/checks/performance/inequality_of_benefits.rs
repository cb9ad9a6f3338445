use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How unequally are the model's mistakes spread over individuals, whatever group they belong to?
    ///
    /// # Why it matters
    /// Group rates can agree while some people carry all the errors. These indices look at everybody: the benefit
    /// of a person is 1 where decision and label agree, 2 for a positive decision that the label does not bear out,
    /// 0 for a missed positive.
    ///
    /// # When it does not apply
    /// Without decisions or labels, or where nobody has a benefit.
    ///
    /// # How to read it
    /// 0 means that everyone has the same benefit. The generalized entropy index (α = 2) is half the squared
    /// coefficient of variation; the Theil index (α = 1) weighs people without benefit less. The numbers have no
    /// natural limit and depend on the base rate: compare versions of one model on one population. Weighted rows
    /// count by their weight; AIF360 ignores weights here, and its coefficient of variation is too large by √2.
    ///
    /// # What to do
    /// If the index rose, see which mistakes grew: gifts and misses weigh differently. The part between groups says
    /// how much of it is a matter of groups.
    ///
    /// # References
    /// Speicher et al. (2018), A unified approach to quantifying algorithmic unfairness, KDD; Shorrocks (1980),
    /// Econometrica 48.
    id: "performance/inequality-of-benefits",
    title: "Inequality of benefits",
    dimension: Performance,
    severity: Low,
    needs: [Labels, Decisions],
    since: "0.1.0",
    judge: Judge::Measures(&["generalized_entropy_index", "theil_index", "coefficient_of_variation"]),
}
