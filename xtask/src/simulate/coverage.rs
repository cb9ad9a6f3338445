//! The share of samples whose interval holds the truth.

use std::fmt::Write;

use modelassay::stats::Uncertainty;

use super::draws::Draws;
use super::{
    Cost, LEVEL, agreement, beyond_chance, calibration, classes, dependence, gaps, losses, numbers, percent, ranking,
    rates,
};

/// Expected coverage of a good 95 % interval; scenarios known to fall short state their own.
pub(super) const USUAL_FLOOR: f64 = 0.93;

/// A population, a sample size and an interval.
pub(super) struct Scenario {
    pub(super) method: &'static str,
    pub(super) population: String,
    pub(super) n: u32,
    pub(super) truth: f64,
    /// The coverage below which the quick simulation fails.
    pub(super) floor: f64,
    pub(super) cost: Cost,
    pub(super) draw: Draw,
}

/// What a sample says; `None` where it says nothing.
pub(super) type Draw = Box<dyn Fn(&mut Draws) -> Option<Uncertainty>>;

/// What became of the intervals of one scenario.
struct Row {
    replicates: u32,
    intervals: u32,
    below: u32,
    above: u32,
}

impl Row {
    fn share(&self, count: u32) -> f64 {
        f64::from(count) / f64::from(self.intervals.max(1))
    }

    fn coverage(&self) -> f64 {
        self.share(self.intervals - self.below - self.above)
    }
}

fn scenarios() -> Vec<Scenario> {
    let mut all = rates::scenarios();
    all.extend(agreement::scenarios());
    all.extend(classes::scenarios());
    all.extend(ranking::scenarios());
    all.extend(losses::scenarios());
    all.extend(numbers::scenarios());
    all.extend(calibration::scenarios());
    all.extend(gaps::scenarios());
    all.extend(dependence::scenarios());
    all
}

/// What the quick simulation finds to fall short of its floor.
pub(super) fn failures() -> Vec<String> {
    let falls_short = |scenario: Scenario| {
        let row = simulate(&scenario, false);
        let Scenario { method, population, n, floor, .. } = scenario;
        let short = row.intervals > 0 && row.coverage() < floor - beyond_chance(floor, row.intervals);
        short.then(|| format!("{method}, {population}, n = {n}: coverage {:.3}, floor {floor}", row.coverage()))
    };
    scenarios().into_iter().filter_map(falls_short).collect()
}

/// The thorough simulation.
pub(super) fn table() -> String {
    let mut table = String::from(
        "| interval | population | n | coverage | wholly below the truth | wholly above | no interval |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for scenario in scenarios() {
        let row = simulate(&scenario, true);
        let missing = f64::from(row.replicates - row.intervals) / f64::from(row.replicates);
        let bold = if row.coverage() < USUAL_FLOOR { "**" } else { "" };
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "| {} | {} | {} | {bold}{}{bold} | {} | {} | {} |",
            scenario.method,
            scenario.population,
            scenario.n,
            percent(row.coverage()),
            percent(row.share(row.below)),
            percent(row.share(row.above)),
            percent(missing),
        );
    }
    table
}

fn simulate(scenario: &Scenario, full: bool) -> Row {
    let Scenario { method, population, n, truth, draw, cost, .. } = scenario;
    let replicates = cost.replicates(full);
    let (mut intervals, mut below, mut above) = (0, 0, 0);
    // A truth at the end of the range is met by a limit that only rounding keeps from it.
    let slack = 1e-12;
    for replicate in 0..replicates {
        let mut draws = Draws::new(&format!("{method}/{population}/{n}"), replicate);
        let interval = draw(&mut draws).and_then(|uncertainty| uncertainty.interval(LEVEL));
        if let Some((lower, upper)) = interval {
            intervals += 1;
            below += u32::from(upper < *truth - slack);
            above += u32::from(lower > *truth + slack);
        }
    }
    Row { replicates, intervals, below, above }
}
