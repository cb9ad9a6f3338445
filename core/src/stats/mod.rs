//! Statistics: numbers in, numbers out.
//!
//! One method, one file, each with its formula, its source, what it does at the edges and with NaN. Transcendental
//! functions come from `libm`, or from `elementary` in loops over rows, and every sum has one fixed order or is exact, so results are the same bits on every
//! platform. What is undefined is `None`, never 0 or NaN; only the distribution functions, whose arguments their callers
//! have checked, pass a NaN on. Nothing here uses the rest of the crate. How far each interval can be trusted is measured
//! in docs/statistics.md.

pub mod agreement;
pub mod association;
pub mod beta;
pub mod binomial;
pub mod calibration;
pub mod chi_squared;
pub mod class_shares;
pub mod consistency;
pub mod differential_fairness;
pub mod empirical_bayes;
pub mod exact_sum;
pub mod gamma;
pub mod gap_change;
pub mod inequality;
pub mod max_t;
pub mod multiplicity;
pub mod noncentral_chi_squared;
pub mod normal;
pub mod power;
pub mod random;
pub mod ranking;
pub mod regression;
pub mod samples;
pub mod student_t;
pub mod subjects;
pub mod uncertainty;

mod agresti_caffo;
mod auc_interval;
mod average_precision_interval;
mod clopper_pearson;
mod clustered;
mod composite;
pub(crate) mod elementary;
mod koopman;
mod mean_interval;
mod mover;
mod newcombe;
mod odds;
mod overlap;
mod paired;
mod pairwise;
mod root;
mod scored;
mod skewed_mean;
mod wald;
mod welch;
mod wilson;

pub use auc_interval::MIN_PER_CLASS;
pub use exact_sum::ExactSum;
pub use paired::cautious_correlation;
pub use scored::{Mass, Scored};
pub use uncertainty::{Part, Side, Uncertainty};
