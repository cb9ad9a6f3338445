//! The report, arranged for reading: what every renderer shares.

mod appendix;
mod classes;
mod criteria;
mod disparity;
mod fairness;
mod figures;
mod index;
mod missing;
mod reproduce;
mod sections;
mod verdict;

pub(super) use appendix::{Appendix, appendix};
pub(super) use classes::{Classes, classes};
pub(super) use criteria::{CriterionRow, criteria};
pub(super) use disparity::{Cell, Disparity, Verdict, open_disparities};
pub(super) use index::{Index, href};
pub(super) use missing::{Missing, Wanted, missing, wanted};
pub(super) use reproduce::{Reproduce, reproduce};
pub(super) use sections::{Section, sections};
pub(super) use verdict::{Facts, facts};
