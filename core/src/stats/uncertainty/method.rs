//! What a sampling model is called, and whether it knows of subjects.

use super::{Part, Uncertainty};
use crate::stats::auc_interval::Auc;
use crate::stats::{average_precision_interval, clustered};

impl Uncertainty {
    /// The stable name of the method, as written into reports.
    #[must_use]
    pub fn method(&self) -> &'static str {
        match *self {
            Self::Wilson { .. } => "wilson",
            Self::ClopperPearson { .. } => "clopper_pearson",
            Self::Newcombe { .. } => "newcombe",
            Self::AgrestiCaffo { .. } => "agresti_caffo",
            Self::Koopman { .. } => "koopman",
            Self::PairwiseMaxDifference { .. } => "pairwise_newcombe_bonferroni",
            Self::PairwiseMinRatio { .. } => "pairwise_koopman_bonferroni",
            Self::MaxTDifference { .. } => "pairwise_newcombe_max_t",
            Self::MaxTRatio { .. } => "pairwise_koopman_max_t",
            Self::MoverMean { .. } | Self::MatthewsCorrelation { .. } | Self::CohenKappa { .. } => "mover_wilson",
            Self::JaccardWilson { .. } => "jaccard_wilson",
            Self::F1Wilson { .. } => "f1_wilson",
            Self::LogitDeLong { auc, variance, positives, negatives } => {
                if (Auc { auc, variance, positives, negatives }).is_large() {
                    "delong_logit"
                } else {
                    "mann_whitney_newcombe5"
                }
            }
            Self::DeLong { .. } => "delong",
            Self::LogitAveragePrecision { value, .. } => {
                if average_precision_interval::is_logit(value) {
                    "average_precision_logit"
                } else {
                    "average_precision_wilson"
                }
            }
            Self::StudentT { .. } => "student_t",
            Self::Welch { .. } => "welch",
            Self::Wald { .. } => "wald",
            Self::LogWald { .. } => "log_wald",
            Self::LogStudentT { .. } => "log_student_t",
            Self::SkewedMean { .. } => "hall_t",
            Self::Entropy { .. } => "adjusted_root",
            Self::Correlation { .. } => "fisher_z",
            Self::Median { .. } => "order_statistics",
            Self::Linear { ref of, .. }
            | Self::Absolute { ref of }
            | Self::Clamped { ref of, .. }
            | Self::OverWhole { ref of, .. } => of.method(),
            Self::Sum { .. } => "mover",
            Self::CorrelatedSum { .. } => "mover_correlated",
            Self::BoundedSum { .. } => "bonferroni_sum",
            Self::FBeta { .. } => "f_beta_logit",
            Self::MatthewsCorrelationOfClasses { .. } | Self::CohenKappaOfClasses { .. } => "adjusted_fisher_z",
            Self::CalibrationError { .. } => "bin_wilson_bonferroni",
            Self::CramersV { .. } => "noncentral_chi_squared",
            Self::KolmogorovSmirnov { .. } | Self::RocArea { .. } => "dkw_massart",
            Self::Odds { .. } => "odds_wilson",
            Self::EmpiricalBayes { .. } => "empirical_bayes_beta",
            Self::PairedDifference { ref first, .. } if matches!(first.of, Self::Wilson { .. }) => "newcombe_paired",
            Self::PairedDifference { .. } => "mover_paired",
            Self::GapChange { .. } => "mover_paired_furthest",
            Self::PairedDeLong { .. } => "delong_paired",
            Self::Clustered { ref of, .. } => clustered::method(of.method()),
            Self::OddsRatio { .. } => "woolf",
            Self::Quotient { .. } => "mover_log",
            Self::Largest { .. } | Self::Smallest { .. } => "simultaneous_bonferroni",
            Self::MaxDifference { max_t: Some(_), .. } => "pairwise_mover_max_t",
            Self::MinRatio { max_t: Some(_), .. } => "pairwise_mover_log_max_t",
            Self::MaxDifference { .. } => "pairwise_mover_bonferroni",
            Self::MinRatio { .. } => "pairwise_mover_log_bonferroni",
        }
    }

    /// Whether it knows that subjects have several rows, itself or in all its parts.
    #[must_use]
    pub fn is_by_subject(&self) -> bool {
        let all = |parts: &[Part]| parts.iter().all(|part| part.of.is_by_subject());
        match self {
            Self::Clustered { .. } => true,
            Self::Linear { of, .. } | Self::Absolute { of } | Self::Clamped { of, .. } => of.is_by_subject(),
            Self::Sum { parts }
            | Self::CorrelatedSum { parts, .. }
            | Self::BoundedSum { parts }
            | Self::MaxDifference { parts, .. }
            | Self::MinRatio { parts, .. } => all(parts),
            Self::GapChange { groups } => {
                groups.iter().all(|group| group.first.of.is_by_subject() && group.second.of.is_by_subject())
            }
            Self::Quotient { numerator, denominator } => numerator.of.is_by_subject() && denominator.of.is_by_subject(),
            Self::Largest { of } | Self::Smallest { of } => of.iter().all(Self::is_by_subject),
            _ => false,
        }
    }
}
