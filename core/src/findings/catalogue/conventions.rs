//! What the name of a convention says: of a comparison of groups with whom, and of how many numbers it consists; and in words.

/// Whether groups are compared with one that the plan declares in `reference_groups`.
pub fn needs_reference(convention: &str) -> bool {
    matches!(convention, "reference_group" | "agresti_caffo" | "pooled_reference" | "pooled_sd" | "population_sd")
}

/// Whether there is a number for each group, not one over all of them.
pub fn gives_each_group(convention: &str) -> bool {
    let undeclared = matches!(convention, "best_group" | "declared_population" | "four_fifths" | "overall");
    undeclared || (needs_reference(convention) && convention != "pooled_reference")
}

/// Whether there is such a number of groups only, as it takes all groups of an attribute to work it out.
pub fn needs_groups(convention: &str) -> bool {
    convention == "empirical_bayes"
}

/// Whether the number says which side is the higher one.
pub fn is_signed(convention: &str) -> bool {
    gives_each_group(convention) || needs_reference(convention)
}

/// What it is, for a person who chooses among several; empty where there is no such convention.
pub(super) fn in_words(convention: &str) -> &'static str {
    match convention {
        "standard" => "the usual definition",
        // Comparisons of groups.
        "max_min" => "largest minus smallest",
        "min_max" => "smallest over largest",
        "max_min_bonferroni" => "largest minus smallest, all pairs of groups by Bonferroni",
        "min_max_bonferroni" => "smallest over largest, all pairs of groups by Bonferroni",
        "max_min_mean" => "largest minus smallest, mean of the two rates",
        "min_max_mean" => "smallest over largest, mean of the two rates",
        "all_groups" => "all groups at once",
        "reference_group" => "each against the reference group",
        "agresti_caffo" => "each against the reference group, by Agresti and Caffo",
        "pooled_reference" => "all others together against the reference group",
        "best_group" => "each against the best group",
        "overall" => "against all rows",
        "four_fifths" => "each against four fifths of the best rate",
        "declared_population" => "each against its declared share of the population",
        "fairlearn" => "as Fairlearn counts it",
        "fairlearn_mean" => "as Fairlearn counts it, mean of the two rates",
        "fairlearn_to_overall" => "against all rows, as Fairlearn counts it",
        "fairlearn_to_overall_mean" => "against all rows, as Fairlearn counts it, mean of the two rates",
        "aif360" => "as AIF360 counts it",
        "pooled_sd" => "in standard deviations of the two groups, pooled",
        "population_sd" => "in standard deviations of all rows",
        "each_feature" => "each feature",
        // Intervals and tests.
        "clopper_pearson" => "with the exact interval (Clopper and Pearson)",
        "delong_plain" => "with DeLong's plain interval",
        "empirical_bayes" => "shrunken towards all groups (empirical Bayes)",
        "mid_p" => "exact test, mid-p",
        "exact" => "exact test",
        "chi_squared" => "chi-squared test",
        "dagostino" => "D'Agostino's test",
        "jarque_bera" => "Jarque and Bera's test",
        "external" => "rows the model was not fitted to",
        "development" => "rows the model was fitted to",
        // Averages over classes.
        "macro_average" => "mean over the classes",
        "weighted_average" => "mean over the classes by their labels",
        "micro_average" => "over all classes taken together",
        "macro_zero_division_0" => "mean over the classes, an undefined one counted as 0",
        "weighted_zero_division_0" => "mean over the classes by their labels, an undefined one counted as 0",
        "present_classes" => "mean over the classes that have labels",
        "ovr_macro" => "mean over each class against the rest",
        "ovr_weighted" => "mean over each class against the rest, by their labels",
        "ovo_macro" => "mean over every pair of classes",
        "ovo_weighted" => "mean over every pair of classes, by their labels",
        "linear" => "disagreement weighted by its distance",
        "quadratic" => "disagreement weighted by its squared distance",
        "top_2" => "among the 2 highest scores",
        "top_3" => "among the 3 highest scores",
        "top_5" => "among the 5 highest scores",
        // Ways to cut and to count.
        "top_1_percent" => "the highest 1 % of the scores",
        "top_5_percent" => "the highest 5 % of the scores",
        "top_10_percent" => "the highest 10 % of the scores",
        "top_20_percent" => "the highest 20 % of the scores",
        "fpr_1_percent" => "up to a false positive rate of 1 %",
        "fpr_5_percent" => "up to a false positive rate of 5 %",
        "fpr_10_percent" => "up to a false positive rate of 10 %",
        "fpr_20_percent" => "up to a false positive rate of 20 %",
        "alpha_0_1" => "of the 0.1 quantile",
        "alpha_0_5" => "of the 0.5 quantile",
        "alpha_0_9" => "of the 0.9 quantile",
        "equal_width" => "ten bins of equal width",
        "equal_width_left_closed" => "ten bins of equal width, closed on the left",
        "equal_count" => "ten bins of equally many rows",
        "equal_count_left_closed" => "ten bins of equally many rows, closed on the left",
        "in_the_large" => "with slope 1",
        "joint" => "fitted together with the slope",
        "labelled" => "of rows with a label",
        "nonzero_labels" => "labels of 0 left out",
        "scikit_learn" => "as scikit-learn counts it",
        _ => "",
    }
}
