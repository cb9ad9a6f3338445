//! The share of audits that decide a criterion wrongly when the truth is as hard as it can be.

use std::fmt::Write;

use modelassay::stats::{Side, Uncertainty, multiplicity};

use super::draws::{Draws, Rate};
use super::{Cost, LEVEL, SIZES, TAIL, beyond_chance, percent};

/// What stands above the table.
pub(super) const INTRODUCTION: &str = "\
Share of simulated audits, in percent, that decide wrongly when the truth lies exactly at the threshold or a bound, where that
is likeliest; every share may be at most 2.5 but for chance and what the table above says of the interval. Bold: above 3.0. Over
many groups a decision is wrong when it is wrong for any of them, so this is the family-wise error under the null.
";

/// Above this a share stands in bold, and what is known to exceed it states its own limit.
const USUAL_CEILING: f64 = 0.03;

/// A criterion and a population at its threshold.
struct Scenario {
    decision: &'static str,
    population: String,
    n: u32,
    /// The share above which the quick simulation fails.
    ceiling: f64,
    cost: Cost,
    wrong: Box<dyn Fn(&mut Draws) -> bool>,
}

fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for n in SIZES {
        all.extend([
            equivalence("within ±0.1, wrongly met", n, (0.3, 0.2), newcombe, (-0.1, 0.1), true),
            equivalence("within ±0.1, wrongly not met", n, (0.3, 0.2), newcombe, (-0.1, 0.1), false),
            equivalence("within ±0.1, wrongly met", n, (0.15, 0.05), newcombe, (-0.1, 0.1), true),
            equivalence("ratio within 0.8 to 1.25, wrongly met", n, (0.4, 0.5), koopman, (0.8, 1.25), true),
            equivalence("ratio within 0.8 to 1.25, wrongly not met", n, (0.4, 0.5), koopman, (0.8, 1.25), false),
            equivalence("not more than 0.05 less, wrongly met", n, (0.25, 0.3), newcombe, (-0.05, f64::INFINITY), true),
        ]);
    }
    for groups in [2, 10, 60] {
        for n in SIZES {
            for p in [0.1, 0.3] {
                all.push(each_at_least("every group at least the rate, wrongly not met", groups, n, p, true));
            }
        }
    }
    for groups in [10, 60] {
        all.push(each_at_least("the same without Holm's adjustment", groups, 100, 0.3, false));
    }
    for groups in [2, 10, 60] {
        for n in SIZES {
            all.push(each_against_reference(groups, n, 0.3));
        }
    }
    all
}

/// What the quick simulation finds to exceed its ceiling.
pub(super) fn failures() -> Vec<String> {
    let exceeds = |scenario: Scenario| {
        let replicates = scenario.cost.replicates(false);
        let share = simulate(&scenario, replicates);
        let Scenario { decision, population, n, ceiling, .. } = scenario;
        let too_often = share > ceiling + beyond_chance(ceiling, replicates);
        too_often.then(|| format!("{decision}, {population}, n = {n}: {share:.3} wrong, at most {ceiling}"))
    };
    scenarios().into_iter().filter_map(exceeds).collect()
}

/// The thorough simulation.
pub(super) fn table() -> String {
    let mut table = String::from("| decision | population | n | wrong |\n| --- | --- | ---: | ---: |\n");
    for scenario in scenarios() {
        let share = simulate(&scenario, scenario.cost.replicates(true));
        let bold = if share > USUAL_CEILING { "**" } else { "" };
        let Scenario { decision, population, n, .. } = scenario;
        // Writing to a String cannot fail.
        let _ = writeln!(table, "| {decision} | {population} | {n} | {bold}{}{bold} |", percent(share));
    }
    table
}

fn simulate(scenario: &Scenario, replicates: u32) -> f64 {
    let Scenario { decision, population, n, wrong, .. } = scenario;
    let name = format!("{decision}/{population}/{n}");
    let count = (0..replicates).filter(|&replicate| wrong(&mut Draws::new(&name, replicate))).count();
    count as f64 / f64::from(replicates)
}

type Gap = fn((f64, f64), (f64, f64)) -> Uncertainty;

fn newcombe((x1, n1): (f64, f64), (x2, n2): (f64, f64)) -> Uncertainty {
    Uncertainty::Newcombe { x1, n1, x2, n2 }
}

fn koopman((x1, n1): (f64, f64), (x2, n2): (f64, f64)) -> Uncertainty {
    Uncertainty::Koopman { x1, n1, x2, n2 }
}

/// Two groups whose gap lies at one of two bounds: called met when the whole interval lies between them, not met when it
/// lies wholly beyond one.
fn equivalence(
    decision: &'static str,
    n: u32,
    (p1, p2): (f64, f64),
    gap: Gap,
    (low, high): (f64, f64),
    met: bool,
) -> Scenario {
    let (first, second) = (Rate::new(n, p1), Rate::new(n, p2));
    Scenario {
        decision,
        population: format!("rates {p1} and {p2}"),
        n,
        ceiling: USUAL_CEILING,
        cost: Cost::Counts,
        wrong: Box::new(move |draws| {
            let gap = gap(first.draw(draws), second.draw(draws));
            let Some((lower, upper)) = gap.interval(LEVEL) else { return false };
            if met { low <= lower && upper <= high } else { upper < low || high < lower }
        }),
    }
}

/// Whether any p-value decides, after Holm's adjustment or as it is.
fn any_decides(p_values: &[f64], adjusted: bool) -> bool {
    if adjusted { multiplicity::holm(p_values).iter().any(|p| *p < TAIL) } else { p_values.iter().any(|p| *p < TAIL) }
}

fn each_at_least(decision: &'static str, groups: usize, n: u32, p: f64, adjusted: bool) -> Scenario {
    let rows = Rate::new(n, p);
    Scenario {
        decision,
        population: format!("{groups} groups at rate {p}"),
        n,
        ceiling: if adjusted { USUAL_CEILING } else { 1.0 },
        cost: Cost::Counts,
        wrong: Box::new(move |draws| {
            let p_value = |_| {
                let (x, n) = rows.draw(draws);
                Uncertainty::Wilson { x, n }.p_value(p, Side::Below).unwrap_or(1.0)
            };
            any_decides(&(0..groups).map(p_value).collect::<Vec<_>>(), adjusted)
        }),
    }
}

fn each_against_reference(groups: usize, n: u32, p: f64) -> Scenario {
    let rows = Rate::new(n, p);
    Scenario {
        decision: "no group below the reference, wrongly not met",
        population: format!("{groups} groups at rate {p}"),
        n,
        ceiling: USUAL_CEILING,
        cost: if groups > 2 { Cost::Resampled } else { Cost::Counts },
        wrong: Box::new(move |draws| {
            let reference = rows.draw(draws);
            let p_value = |_| newcombe(rows.draw(draws), reference).p_value(0.0, Side::Below).unwrap_or(1.0);
            any_decides(&(1..groups).map(p_value).collect::<Vec<_>>(), true)
        }),
    }
}
