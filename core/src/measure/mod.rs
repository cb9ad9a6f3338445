//! `measure`: the only step that touches rows. What it keeps is mergeable and free of order, bit for bit.
//!
//! The state has five kinds: [`counts`], [`sums`], [`distribution`], [`keys`] and the sample of rows.

mod answers;
mod binary;
mod bins;
mod cells;
mod classes;
pub mod counts;
mod digest;
pub mod distribution;
mod features;
mod fixed_sum;
mod intake;
pub mod keys;
mod labels;
mod linked;
mod measurements;
mod multiclass;
mod numbers;
mod outcome;
mod ranked;
pub(crate) mod regression;
mod rows;
mod sample;
mod scores;
pub mod sums;
mod task;
mod unknown;

pub use answers::{BinaryAnswers, ClassAnswers, NumberAnswers};
pub use binary::{BinaryCell, BinaryTable, Membership};
pub use features::{Feature, FeatureValues, MAX_CATEGORIES};
pub use fixed_sum::FixedSum;
pub use intake::TableIntake;
pub use labels::{LabelIndex, LabelIntake};
pub use linked::{Answered, LinkedRow};
pub use measurements::{Cell, Group, LabelJoin, Measurements};
pub use multiclass::{ClassScores, Counted, MulticlassCell, MulticlassTable, ScoredRows};
pub use numbers::NumberContract;
pub use ranked::RunWeight;
pub use regression::{PairSums, Range, RegressionCell, RegressionTable, Spread};
pub use sample::Sample;
pub use scores::{ClassContract, ScoreContract};
pub use task::TaskTable;
