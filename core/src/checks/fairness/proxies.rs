use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Which inputs of the model tell the group of a person?
    ///
    /// # Why it matters
    /// Leaving an attribute out does not keep a model from using it: a postcode, a first name or an employer may carry it. Where
    /// a feature tells the group well, the model can treat groups differently without ever seeing them.
    ///
    /// # When it does not apply
    /// Without `proxies: true`, `features` and a protected attribute; for texts of which nearly every row has its own.
    ///
    /// # How to read it
    /// Cramér's V is 0 where feature and group are unrelated and 1 where the one fixes the other; its interval is that of
    /// the noncentral chi-square. τ is the share of wrong guesses of the group that knowing the feature saves. Numbers with
    /// more than twenty values count by tenths. The p-values are raw, one for each feature: among many, some are small by
    /// chance, so look at the size first. Rows are counted, weights are not.
    ///
    /// # What to do
    /// Ask for every strong proxy what it contributes that is not the group: measure the model without it, or within strata
    /// of what it is meant to stand for. Several weak proxies together can tell what none tells alone; this check looks
    /// at one at a time.
    ///
    /// # References
    /// Bergsma (2013), Journal of the Korean Statistical Society 42; Goodman and Kruskal (1954), JASA 49; Steiger and
    /// Fouladi (1997); Prince and Schwarcz (2020), Proxy discrimination in the age of artificial intelligence, Iowa Law
    /// Review 105.
    id: "fairness/proxies",
    title: "Features that tell the group",
    dimension: Fairness,
    severity: Medium,
    needs: [Groups, Proxies],
    since: "0.1.0",
    judge: Judge::Measures(&["proxy_cramers_v", "proxy_goodman_kruskal_tau", "proxy_p_value"]),
}
