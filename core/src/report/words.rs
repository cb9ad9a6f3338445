//! The words of the schema's enumerations.

use crate::findings::catalogue;
use crate::findings::v1::{
    Dimension, EvidenceClass, Finding, Measure, Outcome, Reason, Severity, Subject, Tally, VerdictOutcome,
};
use crate::plan::{Comparator, Task};

use super::text;

/// Every outcome, worst first.
pub(super) const OUTCOMES: [Outcome; 6] =
    [Outcome::NotMet, Outcome::Error, Outcome::Undecided, Outcome::NotAssessed, Outcome::NotApplicable, Outcome::Met];

/// The word of an outcome.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::NotMet => "not met",
        Outcome::Undecided => "undecided",
        Outcome::NotAssessed => "not assessed",
        Outcome::NotApplicable => "not applicable",
        Outcome::Error => "error",
    }
}

/// The class of an outcome in style sheets.
pub(super) fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::NotMet => "not-met",
        Outcome::Undecided => "undecided",
        Outcome::NotAssessed => "not-assessed",
        Outcome::NotApplicable => "not-applicable",
        Outcome::Error => "error",
    }
}

/// The sign of an outcome as a character.
pub(super) fn sign(outcome: Outcome) -> char {
    match outcome {
        Outcome::Met => '●',
        Outcome::NotMet => '■',
        Outcome::Undecided => '◐',
        Outcome::NotAssessed => '○',
        Outcome::NotApplicable => '–',
        Outcome::Error => '×',
    }
}

/// How many of a tally had an outcome.
pub(super) fn of(tally: &Tally, outcome: Outcome) -> u64 {
    match outcome {
        Outcome::Met => tally.met,
        Outcome::NotMet => tally.not_met,
        Outcome::Undecided => tally.undecided,
        Outcome::NotAssessed => tally.not_assessed,
        Outcome::NotApplicable => tally.not_applicable,
        Outcome::Error => tally.error,
    }
}

/// `5 met, 2 not met, 2 undecided`: what a tally holds, zeros left out.
pub(super) fn tally(tally: &Tally) -> String {
    use Outcome::{Error, Met, NotApplicable, NotAssessed, NotMet, Undecided};
    let parts: Vec<_> = [Met, NotMet, Undecided, NotAssessed, NotApplicable, Error]
        .into_iter()
        .filter(|&kind| of(tally, kind) > 0)
        .map(|kind| match (of(tally, kind) == tally.total, tally.total) {
            (true, 1) => outcome(kind).to_owned(),
            (true, 2) => format!("both {}", outcome(kind)),
            (true, _) => format!("all {}", outcome(kind)),
            (false, _) => format!("{} {}", text::count(of(tally, kind)), outcome(kind)),
        })
        .collect();
    parts.join(", ")
}

/// The word of a verdict.
pub(super) fn verdict(verdict: VerdictOutcome) -> &'static str {
    match verdict {
        VerdictOutcome::Fail => "Fail",
        VerdictOutcome::Incomplete => "Incomplete",
        VerdictOutcome::Conditional => "Conditional",
        VerdictOutcome::Pass => "Pass",
    }
}

/// The outcome whose sign and colour a verdict borrows.
pub(super) fn verdict_sign(verdict: VerdictOutcome) -> Outcome {
    match verdict {
        VerdictOutcome::Fail => Outcome::NotMet,
        VerdictOutcome::Incomplete | VerdictOutcome::Conditional => Outcome::Undecided,
        VerdictOutcome::Pass => Outcome::Met,
    }
}

/// The heading of a dimension.
pub(super) fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Performance => "Performance",
        Dimension::Fairness => "Fairness",
        Dimension::Data => "Data",
        Dimension::Predictions => "Predictions",
        Dimension::Documentation => "Documentation",
        Dimension::Acceptance => "Acceptance criteria",
        Dimension::DataGovernance => "Data governance",
        Dimension::Risks => "Risks and impact",
        Dimension::Transparency => "Transparency",
        Dimension::Monitoring => "Monitoring",
        Dimension::Access => "Access and security",
        Dimension::Incidents => "Incidents",
        Dimension::Oversight => "Human oversight",
        Dimension::ThirdParties => "Third parties",
        Dimension::AuditProgramme => "Audit programme",
    }
}

/// The word of a severity.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "information",
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

/// The words of an evidence class.
pub(super) fn evidence(class: EvidenceClass) -> &'static str {
    match class {
        EvidenceClass::Test => "test: computed here",
        EvidenceClass::Record => "record: a dated document that was checked",
        EvidenceClass::Attestation => "attestation: a named person says so",
    }
}

/// The words of a task.
pub(super) fn task(task: Task) -> &'static str {
    match task {
        Task::Binary => "binary classification",
        Task::Multiclass => "multiclass classification",
        Task::Regression => "regression",
    }
}

/// The sign of a comparator; that of two bounds has none.
pub(super) fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "≥",
        Comparator::MoreThan => ">",
        Comparator::AtMost => "≤",
        Comparator::LessThan => "<",
        Comparator::Within => "",
    }
}

pub(super) use crate::findings::words::reason;

/// What would let it be assessed; `None` where nothing can be provided or a remark would say no more than the reason.
pub(super) fn provide(reason: Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::NoRows => "Rows in which the columns this needs are all present.",
        Reason::NoPositives | Reason::NoNegatives => {
            "More labelled rows of these groups: both label values are needed."
        }
        Reason::NoPositiveDecisions | Reason::NoNegativeDecisions => {
            "More decided rows of these groups: both decisions are needed."
        }
        Reason::NBelowMinimum => "More rows of these groups, at least the criterion's minimum n.",
        Reason::NoLabels => {
            "Labels: name their column as label in the plan, or give them as a second table with an id."
        }
        Reason::NoDecisions => {
            "Decisions: name their column as prediction in the plan, or name a score and a threshold."
        }
        Reason::NoScores => "Scores: name their column as score in the plan.",
        Reason::NoPredictions => "Predictions: name their column as prediction in the plan.",
        Reason::NoQuantiles => "Quantiles: name the column of at least two levels under quantiles in the plan.",
        Reason::NoProtectedAttributes => "Protected attributes: list their columns under protected in the plan.",
        Reason::NoReferenceGroup => "A reference group for the attribute, under reference_groups in the plan.",
        Reason::GroupAbsent => "Rows of the named group, or its name as the data spell it.",
        Reason::SingleGroup => "Rows of at least one more group.",
        Reason::NoCriterion => "An acceptance criterion, if it matters for this model.",
        Reason::ColumnMissing => "The missing column, or its name as the table spells it.",
        Reason::NoIds => "An identifier of rows: name their column as id in the plan.",
        Reason::NoTimes => "When each prediction was made and each label known: time and label_time in the plan.",
        Reason::AsOfMissing => "The day the audit speaks for, as_of.",
        Reason::DossierMissing => "The governance evidence: `modelassay init --dossier` writes a first dossier.",
        Reason::NotStated => "The records this asks for, in the dossier.",
        Reason::FewRecords => "More of what the dossier counts.",
        Reason::StatedUnknown => "Somebody who finds out what the dossier says is unknown.",
        Reason::ScoresOutOfRange => "Scores between 0 and 1.",
        Reason::ScoresInfinite => "Finite scores.",
        Reason::FewGroups => "Rows of at least three groups.",
        Reason::NoWeights => "Weights of rows, if they have any: name their column as weight in the plan.",
        Reason::NoStrata => {
            "Strata, if something may explain a difference: list their columns under strata in the plan."
        }
        Reason::NoSimilarity => "What makes people alike: consistency in the plan.",
        Reason::NoProxies => "The question itself: proxies: true in the plan.",
        Reason::NoPopulationShare => "The shares of the groups in the population, under population in the plan.",
        Reason::GroupUncertain => "The group of each row, in place of probabilities.",
        Reason::NoBaseline => "A model to compare with: name its columns under baseline in the plan.",
        Reason::SingleSubject => "Rows of more subjects.",
        Reason::ClustersNotSupported | Reason::GroupsShareSubjects => {
            "A table with one row for each subject, if it is to be decided."
        }
        Reason::SmallNumbers => "More people: a longer period, or steps of the selection taken together.",
        Reason::ScoresCoarsened => "A larger precision.max_keys in the plan.",
        Reason::ClassAbsent => "Rows of the named class, or its name as the label spells it.",
        Reason::StatedNotApplicable
        | Reason::Contradicted
        | Reason::TooFewClasses
        | Reason::ZeroDenominator
        | Reason::Infinite
        | Reason::Negative
        | Reason::FitFailed
        | Reason::ZeroVariance
        | Reason::Suppressed
        | Reason::TooManyValues
        | Reason::WeightsNotSupported
        | Reason::TooManyRows
        | Reason::IntervalDegenerate
        | Reason::NoPassMark
        | Reason::ReadingsDiffer => return None,
    })
}

/// One sentence on a method of interval estimation, by its stable name.
pub(super) fn method(name: &str) -> &'static str {
    match name {
        "newcombe_paired" => "Newcombe's score interval for the difference of two rates of the same rows (method 10).",
        "mover_paired" => "The limits of two estimates from the same rows, combined with their correlation.",
        "delong_paired" => "DeLong's variance of the difference of two areas under ROC curves of the same rows.",
        "obuchowski_logit_clustered" | "obuchowski_clustered" | "obuchowski_paired_clustered" => {
            "Obuchowski's variance for subjects with several rows: placements are added up by subject."
        }
        _ if name.ends_with("clustered") => {
            "The same interval for subjects with several rows: with the effective number of rows, and t for so many subjects."
        }
        "wilson" => "Wilson's score interval for a share of rows; sound for few rows and for shares near 0 or 1.",
        "clopper_pearson" => {
            "Clopper and Pearson's exact interval for a share of rows; never too short, often too long."
        }
        "agresti_caffo" => {
            "Agresti and Caffo's interval for the difference of two independent rates: one success and one failure added to each."
        }
        "newcombe" => "Newcombe's hybrid score interval for the difference of two independent rates.",
        "koopman" => "Koopman's score interval for the ratio of two independent rates.",
        "pairwise_newcombe_bonferroni" => {
            "Newcombe's interval for every pair of groups, Bonferroni-adjusted: the extremes of many groups differ by chance alone."
        }
        "pairwise_koopman_bonferroni" => {
            "Koopman's interval for every pair of groups, Bonferroni-adjusted: the extremes of many groups differ by chance alone."
        }
        "log_student_t" => {
            "Student's interval on the scale of logarithms, by the influence function: keeps to the range of the measure and \
             assumes no distribution of the errors."
        }
        "order_statistics" => "Two order statistics around the median, by the binomial: exact for any distribution.",
        "odds_wilson" => "Wilson's limits of the share behind the odds, mapped.",
        "welch" => "Welch's t for the difference of two means, each with its own variance.",
        "empirical_bayes_beta" => {
            "The beta distribution of the rate given those of the other groups, with the errors of what they have in common."
        }
        "pairwise_newcombe_max_t" => {
            "Newcombe's interval for every pair of groups, all at once: how far pairs stray by chance was resampled from the counts."
        }
        "pairwise_koopman_max_t" => {
            "Koopman's interval for every pair of groups, all at once: how far pairs stray by chance was resampled from the counts."
        }
        "mover_wilson" => "Wilson's limits of several rates, combined by the method of variance estimates recovery.",
        "jaccard_wilson" => "Wilson's score interval for TP / (TP + FP + FN).",
        "f1_wilson" => "Wilson's score interval for TP / (TP + FP + FN), mapped to F1.",
        "delong_logit" => "DeLong's variance of the area under the ROC curve, on the logit scale.",
        "mann_whitney_newcombe5" => {
            "Newcombe's method 5 for the Mann-Whitney statistic, where a class has too few rows for DeLong's."
        }
        "delong" => "DeLong's variance of the area under the ROC curve, symmetric and not clipped.",
        "average_precision_logit" => "Interval on the logit scale, mapped back.",
        "average_precision_wilson" => "Wilson's score interval on the number of positives, at the ends of the scale.",
        "student_t" => "Student's t interval of a mean, from exact sums.",
        "wald" => "The estimate plus or minus its standard error times a normal quantile: for large samples.",
        "log_wald" => "The estimate times a power of its standard error on the log scale: for large samples.",
        "mover" => "The limits of independent parts, combined by the method of variance estimates recovery.",
        "mover_correlated" => {
            "The limits of parts that rest on the same rows, combined with the correlation of their errors."
        }
        "mover_log" => "The limits of two independent measures, combined on the logarithmic scale.",
        "bonferroni_sum" => "The limits of parts that may depend on each other, each at its share of the error: wide.",
        "simultaneous_bonferroni" => "The limits of several measures at once, Bonferroni-adjusted.",
        "pairwise_mover_bonferroni" | "pairwise_mover_log_bonferroni" => {
            "The combined limits of every pair of groups, Bonferroni-adjusted: the extremes of many groups differ by chance alone."
        }
        "pairwise_mover_max_t" | "pairwise_mover_log_max_t" => {
            "The combined limits of every pair of groups, all at once: how far pairs stray by chance was simulated."
        }
        "f_beta_logit" => "Multinomial variance of F-beta on the logit scale.",
        "adjusted_fisher_z" => {
            "Multinomial variance on Fisher's z scale, of the counts with one row added: rare classes are not taken at their word."
        }
        "adjusted_root" => {
            "Influence function on the scale of square roots, of the counts with half a row of every benefit added."
        }
        "hall_t" => "Student's t of a mean, transformed so that the long tail of squares does not shift it.",
        "fisher_z" => "Variance on Fisher's z scale, which keeps a coefficient between -1 and 1.",
        "bin_wilson_bonferroni" => {
            "Wilson's limits in every bin, Bonferroni-adjusted: wide, and too short only where bins hold a few rows."
        }
        "dkw_massart" => {
            "Dvoretzky-Kiefer-Wolfowitz-Massart bands around both distributions: wide, and never too short."
        }
        "noncentral_chi_squared" => {
            "All strengths of association under which the observed chi-square would not surprise."
        }
        "woolf" => "Standard error of the log odds ratio, with a half added to every cell where one is empty.",
        _ => "Described in docs/statistics.md.",
    }
}

/// The title of a measure.
pub(super) fn measure(name: &str) -> String {
    catalogue::find(name).map_or_else(|| text::short(name, 60), |entry| entry.title.to_owned())
}

/// A short title of a measure, without what stands in parentheses.
pub(super) fn measure_short(name: &str) -> String {
    let title = measure(name);
    title.split(" (").next().unwrap_or(&title).to_owned()
}

/// A value as its measure's shape asks.
pub(super) fn value(measure: &Measure, digits: usize) -> String {
    measure.value.map_or_else(|| text::NONE.to_owned(), |value| text::significant(value, digits))
}

/// One value of a protected attribute.
pub(super) fn level_of(value: Option<&str>) -> String {
    match value {
        None => "(missing)".to_owned(),
        Some(text) if text.trim().is_empty() => "(blank)".to_owned(),
        Some(text) => text::short(text, 60),
    }
}

/// A group of an attribute or an intersection: `black, female`.
pub(super) fn group(values: &[Option<String>]) -> String {
    values.iter().map(|value| level_of(value.as_deref())).collect::<Vec<_>>().join(", ")
}

/// An attribute or an intersection: `race × sex`.
pub(super) fn attribute(names: &[String]) -> String {
    names.iter().map(|name| text::short(name, 60)).collect::<Vec<_>>().join(" × ")
}

/// A group where its attribute is known from the context: `black, against white`.
pub(super) fn group_of(about: &Subject) -> String {
    if about.attribute.is_empty() {
        return subject(about);
    }
    let mut out = if about.group.is_empty() { "all groups".to_owned() } else { group(&about.group) };
    if !about.reference.is_empty() {
        out.push_str(", against ");
        out.push_str(&group(&about.reference));
    }
    out
}

/// What a finding is about.
pub(super) fn about(finding: &Finding) -> String {
    if finding.dimension.reads_dossier() { "dossier".to_owned() } else { subject(&finding.subject) }
}

/// What a number or finding is about: `race: black, against white`.
pub(super) fn subject(subject: &Subject) -> String {
    let mut parts = Vec::new();
    if !subject.attribute.is_empty() {
        let mut part = attribute(&subject.attribute);
        if !subject.group.is_empty() {
            part.push_str(": ");
            part.push_str(&group(&subject.group));
        }
        if !subject.reference.is_empty() {
            part.push_str(", against ");
            part.push_str(&group(&subject.reference));
        }
        parts.push(part);
    }
    if let Some(class) = &subject.class {
        parts.push(format!("class {}", text::short(class, 60)));
    }
    if let Some(window) = &subject.window {
        parts.push(text::short(window, 60));
    }
    if let Some(feature) = &subject.feature {
        parts.push(format!("column {}", text::short(feature, 60)));
    }
    if parts.is_empty() { "all rows".to_owned() } else { parts.join("; ") }
}
