//! How often the intervals of `modelassay::stats` hold the truth, and how often its decisions are wrong, by seeded simulation.
//!
//! Every random number is a function of (seed, name of the scenario, replicate, index), so that a row of a table does not
//! change when others are added, removed or reordered.

mod agreement;
mod calibration;
mod classes;
mod coverage;
mod decisions;
mod dependence;
mod draws;
mod gaps;
mod losses;
mod numbers;
mod ranking;
mod rates;

const LEVEL: f64 = 0.95;
/// Probability of a wrong decision on either side.
const TAIL: f64 = 0.5 * (1.0 - LEVEL);
/// Sizes of the samples.
const SIZES: [u32; 3] = [30, 100, 1000];

/// What a replicate costs, and so how many there are.
#[derive(Clone, Copy)]
enum Cost {
    /// A few counts.
    Counts,
    /// Every row has a score, or many groups are compared.
    Rows,
    /// Every replicate resamples its counts.
    Resampled,
}

impl Cost {
    /// Replicates of the thorough and of the quick simulation.
    fn replicates(self, full: bool) -> u32 {
        match (self, full) {
            (Self::Counts, true) => 40_000,
            (Self::Rows, true) => 10_000,
            (Self::Resampled, true) => 2_000,
            (Self::Counts, false) => 800,
            (Self::Rows, false) => 120,
            (Self::Resampled, false) => 16,
        }
    }
}

/// The quick simulation: an error that names every scenario that falls short.
pub fn small() -> Result<(), String> {
    let failed = [coverage::failures(), decisions::failures()].concat();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

/// The thorough simulation as the tables of docs/statistics.md.
pub fn full() -> String {
    let decisions = format!("{}\n{}", decisions::INTRODUCTION, decisions::table());
    format!("{}\n{decisions}", coverage::table())
}

/// Four standard errors of a share over so many samples: what chance does not explain.
fn beyond_chance(share: f64, samples: u32) -> f64 {
    4.0 * (share * (1.0 - share) / f64::from(samples.max(1))).sqrt()
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}
