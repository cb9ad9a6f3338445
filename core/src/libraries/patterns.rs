//! What the functions of a library have in common.

/// Where the value of a function comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    /// One of our conventions.
    Convention(&'static str),
    /// The same with the opposite sign.
    Opposite(&'static str),
    /// The smaller of the ratio and its inverse.
    Folded(&'static str),
    /// Each group divided by the one with the highest rate.
    Highest,
    /// Each group divided by the declared reference group, or else by the largest.
    Largest,
    /// Numbers of selected people instead of rates, against the same group.
    LargestCounts,
    /// Only described.
    Nothing,
}

/// How a library compares a rate between groups; `R` in the formula stands for the rate.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) library: &'static str,
    pub(super) formula: &'static str,
    pub(super) source: Source,
    pub(super) differs: &'static str,
    pub(super) empty: &'static str,
    pub(super) defect: Option<&'static str>,
}

impl Pattern {
    /// Our convention that computes the same.
    pub(super) fn convention(&self) -> Option<&'static str> {
        match self.source {
            Source::Convention(name) => Some(name),
            _ => None,
        }
    }
}

/// What our own functions are listed under.
pub(super) const OURS: &str = "modelassay";

const OURS_EMPTY: &str = "undefined, with the reason";
const FAIRLEARN_EMPTY: &str = "a group whose rate has no denominator counts as 0, so without positives both its true positive \
                               rate and its false negative rate are 0; a ratio with nothing above 0 is nan";
const AIF360_EMPTY: &str = "nan; inf for a ratio to 0 (aif360.sklearn: 0 for both)";
const AEQUITAS_EMPTY: &str = "a rate without a denominator is NaN";
const AEQUITAS_DEFECT: Option<&str> =
    Some("inf is replaced by 10.0 in the whole table, so a division by 0 looks like a disparity of ten");
const VERITAS_EMPTY: &str = "nan; inf for a ratio to 0";
const HOLISTIC_EMPTY: &str = "nan or inf; an error where a group has one label only";

pub(super) static OUR_RANGE: Pattern = Pattern {
    library: OURS,
    formula: "max R − min R",
    source: Source::Convention("max_min"),
    differs: "over the groups that have a rate and may be shown; its interval allows for having picked the extremes",
    empty: OURS_EMPTY,
    defect: None,
};
pub(super) static OUR_RANGE_RATIO: Pattern =
    Pattern { formula: "min R / max R", source: Source::Convention("min_max"), ..OUR_RANGE };
pub(super) static OUR_REFERENCE: Pattern = Pattern {
    library: OURS,
    formula: "R(u) − R(p)",
    source: Source::Convention("reference_group"),
    differs: "each group against the declared reference group, with its own interval",
    empty: OURS_EMPTY,
    defect: None,
};
pub(super) static OUR_REFERENCE_RATIO: Pattern = Pattern { formula: "R(u) / R(p)", ..OUR_REFERENCE };
pub(super) static FAIRLEARN: Pattern = Pattern {
    library: "fairlearn",
    formula: "max R − min R",
    source: Source::Convention("fairlearn"),
    differs: "all groups at once, without a sign and without an interval",
    empty: FAIRLEARN_EMPTY,
    defect: None,
};
pub(super) static FAIRLEARN_RATIO: Pattern = Pattern { formula: "min R / max R", ..FAIRLEARN };
pub(super) static FAIRLEARN_OVERALL: Pattern = Pattern {
    library: "fairlearn (to_overall)",
    formula: "max |R(u) − R(all)|",
    source: Source::Convention("fairlearn_to_overall"),
    differs: "against all rows, among which a large group weighs most",
    empty: FAIRLEARN_EMPTY,
    defect: None,
};
pub(super) static FAIRLEARN_OVERALL_RATIO: Pattern =
    Pattern { formula: "min of R(u) / R(all) and its inverse", ..FAIRLEARN_OVERALL };
pub(super) static OUR_MEAN_ODDS: Pattern =
    Pattern { formula: "mean of TPR(u) − TPR(p) and FPR(u) − FPR(p)", ..OUR_REFERENCE };
pub(super) static OUR_ABS_ODDS: Pattern =
    Pattern { formula: "mean of |TPR(u) − TPR(p)| and |FPR(u) − FPR(p)|", ..OUR_REFERENCE };
pub(super) static OUR_ODDS: Pattern = Pattern { formula: "larger of max − min of TPR and of FPR", ..OUR_RANGE };
pub(super) static OUR_ODDS_RATIO: Pattern =
    Pattern { formula: "smaller of min / max of TPR and of FPR", ..OUR_RANGE_RATIO };
pub(super) static FAIRLEARN_ODDS: Pattern = Pattern { formula: "larger of max − min of TPR and of FPR", ..FAIRLEARN };
pub(super) static FAIRLEARN_OVERALL_ODDS: Pattern =
    Pattern { formula: "larger of max |TPR(u) − TPR(all)| and max |FPR(u) − FPR(all)|", ..FAIRLEARN_OVERALL };
pub(super) static FAIRLEARN_ODDS_RATIO: Pattern = Pattern {
    formula: "smaller of min / max of TPR and of FPR",
    defect: Some(
        "where no group has a false positive, the ratio of FPR is nan and the answer depends on its place in min()",
    ),
    ..FAIRLEARN_RATIO
};
pub(super) static AIF360: Pattern = Pattern {
    library: "aif360",
    formula: "R(all u) − R(p)",
    source: Source::Convention("pooled_reference"),
    differs: "two groups: all others taken together against the privileged one; negative is to their disadvantage",
    empty: AIF360_EMPTY,
    defect: None,
};
pub(super) static AIF360_RATIO: Pattern = Pattern {
    formula: "R(all u) / R(p)",
    differs: "two groups: all others taken together against the privileged one; may exceed 1",
    ..AIF360
};
pub(super) static AIF360_FOLDED: Pattern = Pattern {
    library: "aif360.sklearn (make_scorer)",
    formula: "min of R(all u) / R(p) and its inverse",
    source: Source::Folded("pooled_reference"),
    differs: "the same folded to at most 1, so it does not say who is worse off",
    empty: "a small epsilon for 0",
    defect: None,
};
pub(super) static AIF360_ODDS: Pattern = Pattern {
    formula: "mean of FPR(all u) − FPR(p) and TPR(all u) − TPR(p)",
    differs: "signed, so a gap in errors that favour and one in errors that harm cancel",
    ..AIF360
};
pub(super) static AIF360_ABS_ODDS: Pattern = Pattern {
    formula: "mean of |FPR(all u) − FPR(p)| and |TPR(all u) − TPR(p)|",
    differs: "sizes, so nothing cancels",
    ..AIF360
};
pub(super) static AIF360_EQUALIZED: Pattern = Pattern {
    formula: "max of |FPR(all u) − FPR(p)| and |TPR(all u) − TPR(p)|",
    differs: "the larger size, of two groups only",
    ..AIF360
};
pub(super) static AEQUITAS: Pattern = Pattern {
    library: "aequitas",
    formula: "R(u) / R(p)",
    source: Source::Largest,
    differs: "p is the predefined group, else the largest one; fair from tau to 1 / tau",
    empty: AEQUITAS_EMPTY,
    defect: AEQUITAS_DEFECT,
};
pub(super) static AEQUITAS_COUNTS: Pattern = Pattern {
    formula: "selected(u) / selected(p)",
    source: Source::LargestCounts,
    differs: "numbers of selected people, not rates, so it follows the size of the group",
    ..AEQUITAS
};
pub(super) static VERITAS: Pattern = Pattern {
    library: "veritas",
    formula: "R(p) − R(u)",
    source: Source::Opposite("reference_group"),
    differs: "privileged minus other: the sign is opposite to that of aif360",
    empty: VERITAS_EMPTY,
    defect: None,
};
pub(super) static VERITAS_RATIO: Pattern = Pattern {
    formula: "R(u) / R(p)",
    source: Source::Convention("reference_group"),
    differs: "fair within 0.2 of 1, which is 0.8 to 1.2 and not to 1.25",
    ..VERITAS
};
pub(super) static VERITAS_ODDS: Pattern = Pattern {
    formula: "mean of TPR(p) − TPR(u) and FPR(p) − FPR(u)",
    differs: "minus the average odds difference of aif360",
    ..VERITAS
};
pub(super) static VERITAS_AUC: Pattern = Pattern {
    formula: "AUC(p) − AUC(u)",
    source: Source::Nothing,
    defect: Some(
        "rows with equal scores are not tied, so a constant score gives 0.496 or 0.996 by the order of rows, and the mask of \
         the group is permuted twice, so the groups' AUCs are those of other rows",
    ),
    ..VERITAS
};
pub(super) static HOLISTIC: Pattern = Pattern {
    library: "holisticai",
    formula: "R(u) − R(p)",
    source: Source::Convention("reference_group"),
    differs: "two groups named by the caller, signed",
    empty: HOLISTIC_EMPTY,
    defect: None,
};
pub(super) static HOLISTIC_RATIO: Pattern =
    Pattern { formula: "R(u) / R(p)", differs: "two groups named by the caller; may exceed 1", ..HOLISTIC };
pub(super) static HOLISTIC_FOLDED: Pattern = Pattern {
    formula: "min of R(u) / R(p) and its inverse",
    source: Source::Folded("reference_group"),
    differs: "folded to at most 1, so it does not say who is worse off",
    ..HOLISTIC
};
pub(super) static HOLISTIC_ODDS: Pattern = Pattern {
    formula: "mean of TPR(u) − TPR(p) and FPR(u) − FPR(p)",
    differs: "signed, so the two may cancel",
    ..HOLISTIC
};
pub(super) static HOLISTIC_ABROCA: Pattern = Pattern {
    formula: "AUC(u) − AUC(p)",
    differs: "signed",
    defect: Some("it is called ABROCA and is not the area between the ROC curves: curves that cross can cancel"),
    ..HOLISTIC
};
pub(super) static TOOLBOX: Pattern = Pattern {
    library: "ai verify (toolbox)",
    formula: "R(i) / R(j) for each pair i < j",
    source: Source::Nothing,
    differs: "groups are the full intersection of the features; the order of the pair is that of the values",
    empty: "0",
    defect: None,
};
pub(super) static TOOLBOX_COUNTS: Pattern = Pattern {
    formula: "|selected(i) − selected(j)|",
    differs: "a difference of head counts, not of rates",
    defect: Some("called Equal Selection Parity, it grows with the size of the groups however equal the rates are"),
    ..TOOLBOX
};
pub(super) static TOOLBOX_RATES: Pattern = Pattern {
    formula: "R(u), its denominator counted over all groups",
    differs: "no comparison: it lists a number for each group",
    defect: Some(
        "the denominator is that of the whole population, so the number is the group's share of the whole and follows its size",
    ),
    ..TOOLBOX
};
pub(super) static IMPACT: Pattern = Pattern {
    library: "aedt-audit (LL144)",
    formula: "R(u) / max R",
    source: Source::Highest,
    differs: "each group against the most selected one; unknown categories and those under 2 % are no benchmark",
    empty: "no ratio",
    defect: None,
};
pub(super) static OUR_INDEX: Pattern = Pattern {
    library: OURS,
    formula: "of the benefits b = decision − label + 1, mean m",
    source: Source::Convention("all_groups"),
    differs: "weighted rows enter with their weight; with an interval",
    empty: OURS_EMPTY,
    defect: None,
};
pub(super) static AIF360_ENTROPY: Pattern = Pattern {
    formula: "mean of ((b / m)^2 − 1) / 2",
    source: Source::Convention("all_groups"),
    differs: "the same for alpha 1 and 2; weights are ignored",
    empty: "inf for alpha 0 where somebody has no benefit",
    defect: Some("with alpha = 0 it divides by the mean once more than its own documentation says"),
    ..AIF360
};
pub(super) static HOLISTIC_ENTROPY: Pattern = Pattern {
    formula: "mean of ((b / m)^2 − 1) / 2",
    source: Source::Convention("all_groups"),
    differs: "the same for alpha 1 and 2",
    defect: Some("with alpha = 0 it divides by the mean once more"),
    ..HOLISTIC
};
pub(super) static AIF360_THEIL: Pattern = Pattern {
    formula: "mean of (b / m) ln(b / m)",
    differs: "the same; weights are ignored",
    defect: None,
    ..AIF360_ENTROPY
};
pub(super) static HOLISTIC_THEIL: Pattern =
    Pattern { formula: "mean of (b / m) ln(b / m)", differs: "the same", defect: None, ..HOLISTIC_ENTROPY };
pub(super) static AIF360_VARIATION: Pattern =
    Pattern { formula: "sqrt(2 GE(2))", differs: "the same; weights are ignored", defect: None, ..AIF360_ENTROPY };
pub(super) static HOLISTIC_VARIATION: Pattern = Pattern {
    formula: "2 sqrt(GE(2))",
    source: Source::Nothing,
    differs: "larger by the square root of 2",
    defect: Some("it is 2 sqrt(GE(2)) where the coefficient of variation is sqrt(2 GE(2))"),
    ..HOLISTIC_ENTROPY
};
