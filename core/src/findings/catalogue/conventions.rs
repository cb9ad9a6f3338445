//! What the name of a convention says of a comparison of groups: with whom, and of how many numbers it consists.

/// Whether groups are compared with one that the plan declares in `reference_groups`.
pub fn needs_reference(convention: &str) -> bool {
    matches!(convention, "reference_group" | "pooled_reference" | "pooled_sd" | "population_sd")
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
