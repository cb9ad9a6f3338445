//! The Hosmer-Lemeshow test of calibration over bins.
//!
//! Hosmer and Lemeshow 1980, "Goodness of fit tests for the multiple logistic regression model", Communications in
//! Statistics - Theory and Methods 9, 1043-1069: Σ n (o - c)² / (c (1 - c)) over bins, usually tenths of equal count,
//! against chi-squared. On data the model has not seen each bin is a degree of freedom; on the data it was fitted to,
//! two are lost. Weighted bins enter with Kish's effective n.
//!
//! Handle with care: another grouping gives another p-value; few rows hide gross miscalibration, and with many rows the
//! test rejects any model for deviations nobody would notice. It says nothing about where or how much.
//!
//! A bin whose scores are all 0 or all 1 adds nothing when outcomes agree. Undefined (`None`) without bins, when
//! outcomes contradict such a bin (the statistic is infinite), and for development data in fewer than three bins.

use super::Bin;
use crate::stats::chi_squared;

/// Whether the model has seen the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// Data it was not fitted to: as many degrees of freedom as bins.
    External,
    /// Data it was fitted to: two fewer.
    Development,
}

/// The test's outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HosmerLemeshow {
    /// Chi-squared under calibration.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub degrees: usize,
    /// Probability of a larger one under calibration.
    pub p_value: f64,
}

/// Tests whether every bin's observed share is its mean score.
#[must_use]
pub fn hosmer_lemeshow(bins: &[Bin], sample: Sample) -> Option<HosmerLemeshow> {
    let lost = match sample {
        Sample::External => 0,
        Sample::Development => 2,
    };
    let degrees = bins.len().checked_sub(lost).filter(|&degrees| degrees > 0)?;
    let statistic: f64 = bins.iter().map(component).sum();
    let p_value = chi_squared::sf(statistic, degrees as f64);
    statistic.is_finite().then_some(HosmerLemeshow { statistic, degrees, p_value })
}

fn component(bin: &Bin) -> f64 {
    let gap = bin.gap();
    if gap == 0.0 { 0.0 } else { bin.mass().effective() * (gap * gap) / (bin.score * (1.0 - bin.score)) }
}
