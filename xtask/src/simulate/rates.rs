//! Intervals of a rate, and of the difference, the ratio and the odds ratio of two.

use modelassay::stats::Uncertainty;
use modelassay::stats::association::TwoByTwo;

use super::coverage::{Scenario, USUAL_FLOOR};
use super::draws::{Draws, Rate};
use super::{Cost, SIZES};

const RATES: [f64; 5] = [0.01, 0.05, 0.1, 0.3, 0.5];
const PAIRS: [(f64, f64); 4] = [(0.5, 0.5), (0.3, 0.1), (0.95, 0.9), (0.02, 0.02)];

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for n in SIZES {
        for p in RATES {
            all.push(one("Wilson", n, p, |x, n| Uncertainty::Wilson { x, n }));
        }
    }
    for n in SIZES {
        for p in RATES {
            all.push(one("Clopper-Pearson", n, p, |x, n| Uncertainty::ClopperPearson { x, n }));
        }
    }
    for n in SIZES {
        all.extend([0.02, 0.1, 0.3].map(|p| weighted(n, p, false)));
        all.extend([0.02, 0.1, 0.3].map(|p| weighted(n, p, true)));
    }
    for (method, of) in [
        ("Newcombe", (|x1, n1, x2, n2| Uncertainty::Newcombe { x1, n1, x2, n2 }) as Compare),
        ("Agresti-Caffo", |x1, n1, x2, n2| Uncertainty::AgrestiCaffo { x1, n1, x2, n2 }),
    ] {
        for n in SIZES {
            for (p1, p2) in PAIRS {
                all.push(two(method, n, format!("{p1} - {p2}"), (p1, p2), p1 - p2, of));
            }
        }
    }
    for n in SIZES {
        for (p1, p2) in PAIRS {
            let koopman: Compare = |x1, n1, x2, n2| Uncertainty::Koopman { x1, n1, x2, n2 };
            all.push(two("Koopman", n, format!("{p1} / {p2}"), (p1, p2), p1 / p2, koopman));
        }
    }
    for n in SIZES {
        for (p1, p2) in PAIRS {
            let woolf: Compare = |x1, n1, x2, n2| Uncertainty::OddsRatio {
                table: TwoByTwo { a: x1 as u64, b: (n1 - x1) as u64, c: x2 as u64, d: (n2 - x2) as u64 },
            };
            let truth = p1 / (1.0 - p1) / (p2 / (1.0 - p2));
            all.push(two("Woolf, odds ratio", n, format!("rates {p1} and {p2}"), (p1, p2), truth, woolf));
        }
    }
    all
}

fn one(method: &'static str, n: u32, p: f64, of: fn(f64, f64) -> Uncertainty) -> Scenario {
    let rows = Rate::new(n, p);
    let expected = f64::from(n) * p;
    // With few successes expected, the interval after none or one misses a rate that is not that rare.
    let floor = if method == "Wilson" && expected <= 2.0 { 0.91 } else { USUAL_FLOOR };
    Scenario {
        method,
        population: format!("rate {p}"),
        n,
        truth: p,
        floor,
        cost: Cost::Counts,
        draw: Box::new(move |draws| {
            let (x, n) = rows.draw(draws);
            Some(of(x, n))
        }),
    }
}

type Compare = fn(f64, f64, f64, f64) -> Uncertainty;

fn two(method: &'static str, n: u32, population: String, (p1, p2): (f64, f64), truth: f64, of: Compare) -> Scenario {
    let (first, second) = (Rate::new(n, p1), Rate::new(n, p2));
    Scenario {
        method,
        population,
        n,
        truth,
        floor: USUAL_FLOOR,
        cost: Cost::Counts,
        draw: Box::new(move |draws| {
            let ((x1, n1), (x2, n2)) = (first.draw(draws), second.draw(draws));
            Some(of(x1, n1, x2, n2))
        }),
    }
}

/// A weighted share with Kish's effective number of rows: two thirds of the rows weigh 1, the others 5; or successes weigh
/// 5 twice as often as failures, so that weights tell of the outcome.
fn weighted(n: u32, p: f64, telling: bool) -> Scenario {
    let heavy = move |success: bool| match (telling, success) {
        (false, _) => 1.0 / 3.0,
        (true, true) => 0.5,
        (true, false) => 0.25,
    };
    let mean = move |success: bool| 1.0 + 4.0 * heavy(success);
    let truth = p * mean(true) / (p * mean(true) + (1.0 - p) * mean(false));
    let draw = move |draws: &mut Draws| {
        let (mut part, mut whole, mut squared) = (0.0, 0.0, 0.0);
        for _ in 0..n {
            let success = draws.uniform() < p;
            let weight = if draws.uniform() < heavy(success) { 5.0 } else { 1.0 };
            whole += weight;
            squared += weight * weight;
            part += if success { weight } else { 0.0 };
        }
        let trials = whole * whole / squared;
        Some(Uncertainty::Wilson { x: part / whole * trials, n: trials })
    };
    let kind = if telling { "weights 1 or 5, told by the outcome" } else { "weights 1 or 5" };
    Scenario {
        method: "Wilson, effective n",
        population: format!("rate {p}, {kind}"),
        n,
        truth,
        floor: 0.92,
        cost: Cost::Counts,
        draw: Box::new(draw),
    }
}
