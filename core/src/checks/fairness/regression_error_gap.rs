use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// Is the predicted number about as right for every group, and wrong in the same direction?
    ///
    /// # Why it matters
    /// A valuation that is too low for one neighbourhood, or a need that is underestimated for one group of
    /// patients, is a disadvantage that no average shows.
    ///
    /// # When it does not apply
    /// Without labels, predictions (or quantiles) or a protected attribute, or where fewer than two groups that can
    /// be shown have a value.
    ///
    /// # How to read it
    /// A gap in mean error says that one group is predicted too high relative to another: the harm of a number with
    /// consequences. Gaps in absolute or squared error say for whom it is less certain; they follow the spread of
    /// the labels, so compare the percentage error or R² too. A gap in coverage says that the stated intervals are
    /// right for some only. Intervals combine the groups' own; `max_min` and `min_max` are adjusted for the choice
    /// of the pair.
    ///
    /// # What to do
    /// If the bias differs, look for a feature that means something else in that group, or labels measured
    /// otherwise. If only the spread differs, more rows or better features for the group; wider intervals
    /// meanwhile.
    ///
    /// # References
    /// Obermeyer et al. (2019), Science 366; Agarwal, Dudík and Wu (2019), ICML; Zou and Donner (2008), Statistics
    /// in Medicine 27.
    id: "fairness/regression-error-gap",
    title: "Gaps in errors",
    dimension: Fairness,
    severity: High,
    needs: [Labels, Groups],
    since: "0.1.0",
    judge: Judge::Measures(&[
        "mean_absolute_error_difference", "mean_absolute_error_ratio", "median_absolute_error_difference",
        "median_absolute_error_ratio", "root_mean_squared_error_difference", "root_mean_squared_error_ratio",
        "mean_absolute_percentage_error_difference", "mean_absolute_percentage_error_ratio",
        "mean_error_difference", "r2_difference", "interval_coverage_difference",
    ]),
}
