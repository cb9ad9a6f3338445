//! Intervals of estimates from few subjects: Student's t in place of the normal distribution.
//!
//! How subjects vary is estimated from C of them, so the critical value is that of Student's t with C - 1 degrees of
//! freedom. Intervals for independent rows do the same with the number of rows less 1, if they say so or not (the normal
//! value is its limit), so what changes is t with C - 1 in place of t with n - 1 degrees (Korn and Graubard 1998, "Confidence
//! intervals for proportions with small expected number of positive counts estimated from survey data", Survey Methodology
//! 24, 193-201). A tail probability of the one is mapped to the tail probability of the other that has the same quantile, so
//! that any interval can be read that way, and any p-value mapped back; nothing changes where C = n.

use super::subjects::DesignEffect;
use super::{Uncertainty, student_t};

/// The tail at which an interval for independent rows reaches as far as one for `subjects` does at `tail`.
pub(super) fn tail_of_rows(tail: f64, rows: u64, subjects: u64) -> Option<f64> {
    mapped(tail, subjects, rows)
}

/// The p-value with `subjects`, where it would be `p` for independent rows.
pub(super) fn p_of_subjects(p: f64, rows: u64, subjects: u64) -> Option<f64> {
    mapped(p, rows, subjects)
}

/// The probability that a t with `to` subjects has beyond the quantile that a t with `from` has at `tail`.
fn mapped(tail: f64, from: u64, to: u64) -> Option<f64> {
    if from < 2 || to < 2 {
        return None;
    }
    let inside = tail > 0.0 && tail < 1.0;
    if from == to || !inside {
        return Some(tail);
    }
    Some(student_t::cdf(student_t::quantile(tail, (from - 1) as f64), (to - 1) as f64))
}

impl Uncertainty {
    /// The sampling model of independent rows as one of subjects: with the design effect in its variance, or in its number
    /// of rows, and with as few degrees of freedom as there are subjects. `None` for one that has neither by itself.
    #[must_use]
    pub fn by_subject(self, design: &DesignEffect) -> Option<Self> {
        let of = Box::new(self.widened(design)?);
        Some(Self::Clustered { of, rows: design.rows, subjects: design.subjects, looks: 1 })
    }

    fn widened(self, design: &DesignEffect) -> Option<Self> {
        let DesignEffect { effect, .. } = *design;
        Some(match self {
            Self::Wilson { x, n } => Self::Wilson { x: x / n * design.effective(n), n: design.effective(n) },
            Self::StudentT { mean, variance, n } => Self::StudentT { mean, variance: variance * effect, n },
            Self::LogStudentT { value, variance, n } => Self::LogStudentT { value, variance: variance * effect, n },
            // How skewed the sums of subjects are is not known.
            Self::SkewedMean { mean, variance, n, power, .. } => Self::LogStudentT {
                value: libm::pow(mean, power),
                variance: power * power * variance / n / (mean * mean) * effect,
                n,
            },
            Self::Entropy { cells, alpha, root } => {
                let cells = cells.into_iter().map(|(benefit, rows)| (benefit, design.effective(rows))).collect();
                Self::Entropy { cells, alpha, root }
            }
            Self::Correlation { r, variance } => Self::Correlation { r, variance: variance * effect },
            Self::Median { values, n } => Self::Median { values, n: design.effective(n) },
            Self::Linear { of, factor, offset } => Self::Linear { of: Box::new(of.widened(design)?), factor, offset },
            Self::MatthewsCorrelationOfClasses { matrix } => {
                Self::MatthewsCorrelationOfClasses { matrix: effective(matrix, design) }
            }
            Self::CohenKappaOfClasses { matrix, weighting } => {
                Self::CohenKappaOfClasses { matrix: effective(matrix, design), weighting }
            }
            _ => return None,
        })
    }
}

fn effective(matrix: Vec<Vec<f64>>, design: &DesignEffect) -> Vec<Vec<f64>> {
    matrix.into_iter().map(|row| row.into_iter().map(|count| design.effective(count)).collect()).collect()
}

/// The name of a method with this correction.
pub(super) fn method(of: &'static str) -> &'static str {
    match of {
        "wilson" => "wilson_clustered",
        "clopper_pearson" => "clopper_pearson_clustered",
        "agresti_caffo" => "agresti_caffo_clustered",
        "newcombe" => "newcombe_clustered",
        "koopman" => "koopman_clustered",
        "pairwise_newcombe_bonferroni" => "pairwise_newcombe_bonferroni_clustered",
        "pairwise_koopman_bonferroni" => "pairwise_koopman_bonferroni_clustered",
        "mover_wilson" => "mover_wilson_clustered",
        "jaccard_wilson" => "jaccard_wilson_clustered",
        "odds_wilson" => "odds_wilson_clustered",
        "average_precision_logit" => "average_precision_logit_clustered",
        "average_precision_wilson" => "average_precision_wilson_clustered",
        "bin_wilson_bonferroni" => "bin_wilson_bonferroni_clustered",
        "f1_wilson" => "f1_wilson_clustered",
        "delong_logit" => "obuchowski_logit_clustered",
        "delong" => "obuchowski_clustered",
        "mann_whitney_newcombe5" => "mann_whitney_newcombe5_clustered",
        "welch" => "welch_clustered",
        "student_t" => "student_t_clustered",
        "wald" => "wald_clustered",
        "log_student_t" => "log_student_t_clustered",
        "order_statistics" => "order_statistics_clustered",
        "mover" => "mover_clustered",
        "f_beta_logit" => "f_beta_logit_clustered",
        "fisher_z" => "fisher_z_clustered",
        "adjusted_fisher_z" => "adjusted_fisher_z_clustered",
        "adjusted_root" => "adjusted_root_clustered",
        "newcombe_paired" => "newcombe_paired_clustered",
        "mover_paired" => "mover_paired_clustered",
        "delong_paired" => "obuchowski_paired_clustered",
        _ => "clustered",
    }
}
