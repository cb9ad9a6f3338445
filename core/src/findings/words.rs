//! Numbers and names in sentences.

use super::numbers;
pub(crate) use super::numbers::{count, level, threshold};
use super::v1::{Reason, Subject};

/// A number with three significant digits.
pub fn number(value: f64) -> String {
    numbers::significant(value, 3)
}

/// "1 row", "2 rows".
pub fn rows(value: u64) -> String {
    format!("{} row{}", count(value), if value == 1 { "" } else { "s" })
}

/// "1 subject", "2 subjects".
pub fn subjects(value: u64) -> String {
    format!("{} subject{}", count(value), if value == 1 { "" } else { "s" })
}

/// A time span given in microseconds, in days or hours.
pub fn duration(microseconds: i64) -> String {
    const DAY: f64 = 86_400e6;
    let days = microseconds as f64 / DAY;
    let (value, unit) = if days.abs() >= 1.0 { (days, "day") } else { (days * 24.0, "hour") };
    format!("{} {unit}{}", number(value), if value == 1.0 { "" } else { "s" })
}

/// A group in a sentence: `black`, `black, female`, `(missing)`.
pub fn group(values: &[Option<String>]) -> String {
    let values: Vec<&str> = values.iter().map(|value| value.as_deref().unwrap_or("(missing)")).collect();
    values.join(", ")
}

/// What a subject is, after a measure's name: empty for the whole table, else ` of race black`.
pub fn of_subject(subject: &Subject) -> String {
    let class = of_class(subject);
    if subject.attribute.is_empty() {
        class
    } else if let Some(feature) = &subject.feature {
        format!("{class} of {feature} with {}", subject.attribute.join(" and "))
    } else if subject.group.is_empty() {
        format!("{class} between groups of {}", subject.attribute.join(" and "))
    } else {
        format!("{class} of {} {}", subject.attribute.join(" and "), group(&subject.group))
    }
}

/// The class of a subject, after a measure's name: ` of class Gentoo`, empty where it has none.
pub fn of_class(subject: &Subject) -> String {
    subject.class.as_ref().map_or_else(String::new, |class| format!(" of class {class}"))
}

/// Why there is no number, as the end of a sentence that starts "was not computed:".
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoRows => "no row has the values it needs",
        Reason::NoPositives => "no positive labels among its rows",
        Reason::NoNegatives => "no negative labels among its rows",
        Reason::NoPositiveDecisions => "no positive decisions among its rows",
        Reason::NoNegativeDecisions => "no negative decisions among its rows",
        Reason::ZeroDenominator => "its denominator is zero",
        Reason::Infinite => "the rate it is compared with is zero",
        Reason::Negative => "a ratio of negative numbers says nothing",
        Reason::NBelowMinimum => "fewer rows than the plan asks for",
        Reason::Suppressed => "fewer rows than the plan shows, or the complement of such a group",
        Reason::NoLabels => "the plan names no label column",
        Reason::NoDecisions => "the plan names neither a prediction column nor a threshold",
        Reason::NoScores => "the plan names no score column",
        Reason::NoPredictions => "the plan names no column of predictions",
        Reason::NoQuantiles => "the plan names fewer than two columns of quantiles",
        Reason::NoProtectedAttributes => "the plan names no protected attribute",
        Reason::NoReferenceGroup => "the plan names no reference group for the attribute",
        Reason::GroupAbsent => "the group has no rows",
        Reason::SingleGroup => "only one group can be compared",
        Reason::NoCriterion => "the plan states no criterion for it",
        Reason::ColumnMissing => "the table lacks the column",
        Reason::NoIds => "the plan names no id column",
        Reason::NoTimes => "the plan names no time of the prediction, or none of the label",
        Reason::AsOfMissing => "the audit has no as_of date",
        Reason::DossierMissing => "no dossier was given",
        Reason::NotStated => "the dossier says nothing of it",
        Reason::StatedUnknown => "the dossier says that it is not known",
        Reason::StatedNotApplicable => "the dossier says that there can be none",
        Reason::Contradicted => "what is written disagrees with what was measured or is written elsewhere",
        Reason::FewRecords => "the dossier counts too few to tell",
        Reason::ScoresOutOfRange => "scores lie outside 0 to 1",
        Reason::NoWeights => "the plan names no weight column",
        Reason::FitFailed => "its fit did not succeed: the scores separate the classes, or do not vary",
        Reason::ZeroVariance => "all rows are alike",
        Reason::WeightsNotSupported => "this measure does not take sample weights yet",
        Reason::ClustersNotSupported => "its error is not known yet where subjects have several rows",
        Reason::GroupsShareSubjects => "the groups have subjects in common",
        Reason::SingleSubject => "all its rows are of one subject",
        Reason::NoBaseline => "the plan names no such column of a baseline model",
        Reason::ClassAbsent => "no row has the class",
        Reason::TooFewClasses => "the model has no more classes than it looks at",
        Reason::IntervalDegenerate => "it has no interval that could decide",
        Reason::NoStrata => "the plan names no strata",
        Reason::NoSimilarity => "the plan does not say what makes people alike",
        Reason::NoProxies => "the plan does not ask what features tell",
        Reason::TooManyValues => "the column has too many different texts to be a category",
        Reason::NoPopulationShare => "the plan declares no share of the group in the population",
        Reason::GroupUncertain => "only the probability is known that a row belongs to the group",
        Reason::TooManyRows => "more rows than this exact test takes; read the mid-p of Fisher's test",
        Reason::FewGroups => "fewer than three groups can be compared",
        Reason::ScoresInfinite => "a score is infinite",
        Reason::NoPassMark => "the rulebook sets no mark to pass",
        Reason::SmallNumbers => "one selection more or less would turn the answer",
        Reason::ReadingsDiffer => "practical and statistical significance point to different answers",
        Reason::ScoresCoarsened => "more distinct scores than the plan keeps exactly",
    }
}
