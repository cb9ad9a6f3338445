//! Intervals of a model of several classes as a whole: agreement, averages over the classes, and averages of areas.

use modelassay::stats::agreement::{self, Weighting};
use modelassay::stats::class_shares::ClassShare;
use modelassay::stats::ranking::TieGroup;
use modelassay::stats::{Part, Uncertainty};

use super::coverage::{Scenario, USUAL_FLOOR};
use super::draws::{Draws, separation};
use super::{Cost, SIZES, ranking};

type Matrix = Vec<Vec<f64>>;

/// Shares of the classes, and how often a row is decided for its own; the rest go to the others by their shares.
#[derive(Clone, Copy)]
struct Classes {
    shares: &'static [f64],
    right: f64,
}

const POPULATIONS: [Classes; 4] = [
    Classes { shares: &[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], right: 0.8 },
    Classes { shares: &[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], right: 0.95 },
    Classes { shares: &[0.5, 0.3, 0.15, 0.04, 0.01], right: 0.75 },
    Classes { shares: &[0.9, 0.08, 0.02], right: 0.9 },
];

impl Classes {
    fn name(&self) -> String {
        let shares: Vec<String> = self.shares.iter().map(|share| format!("{:.0}", 100.0 * share)).collect();
        format!("classes of {} %, {:.0} % right", shares.join(", "), 100.0 * self.right)
    }

    /// Shares of rows by label and decision.
    fn matrix(&self) -> Matrix {
        let entry = |label: usize, decision: usize| {
            let own = self.shares[label];
            let given =
                if label == decision { self.right } else { (1.0 - self.right) * self.shares[decision] / (1.0 - own) };
            own * given
        };
        let size = self.shares.len();
        (0..size).map(|label| (0..size).map(|decision| entry(label, decision)).collect()).collect()
    }

    /// The counts of `n` rows.
    fn draw(&self, n: u32, draws: &mut Draws) -> Matrix {
        let size = self.shares.len();
        let ends: Vec<f64> = self
            .matrix()
            .concat()
            .iter()
            .scan(0.0, |sum, share| {
                *sum += share;
                Some(*sum)
            })
            .collect();
        let mut counts = vec![vec![0.0; size]; size];
        for _ in 0..n {
            let u = draws.uniform();
            let cell = ends.partition_point(|end| *end <= u).min(size * size - 1);
            counts[cell / size][cell % size] += 1.0;
        }
        counts
    }
}

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for n in SIZES {
        for population in POPULATIONS {
            all.push(scenario(
                "Matthews correlation of classes",
                n,
                population,
                agreement::matthews_correlation_matrix,
                |matrix| Some(Uncertainty::MatthewsCorrelationOfClasses { matrix }),
            ));
            all.push(scenario("Cohen's kappa of classes", n, population, kappa, |matrix| {
                Some(Uncertainty::CohenKappaOfClasses { matrix, weighting: Weighting::None })
            }));
        }
    }
    for n in SIZES {
        for population in POPULATIONS {
            all.push(average("Macro recall, MOVER", n, population, Average::Recall));
            all.push(average("Macro precision, MOVER", n, population, Average::Precision));
            all.push(average("Macro F1, MOVER with correlations", n, population, Average::F1));
        }
    }
    for n in SIZES {
        for auc in [0.75, 0.9] {
            all.push(areas(n, auc, false));
            all.push(areas(n, auc, true));
        }
    }
    all
}

fn kappa(matrix: &[Vec<f64>]) -> Option<f64> {
    agreement::cohen_kappa_matrix(matrix, Weighting::None)
}

fn scenario(
    method: &'static str,
    n: u32,
    population: Classes,
    value: impl Fn(&[Vec<f64>]) -> Option<f64> + 'static,
    uncertainty: impl Fn(Matrix) -> Option<Uncertainty> + 'static,
) -> Scenario {
    Scenario {
        method,
        population: population.name(),
        n,
        truth: value(&population.matrix()).unwrap_or(f64::NAN),
        // The rows of a class of 1 % are a handful, if there are any.
        floor: match n {
            30 => 0.82,
            100 => 0.90,
            _ => USUAL_FLOOR,
        },
        cost: Cost::Rows,
        draw: Box::new(move |draws| {
            let matrix = population.draw(n, draws);
            value(&matrix)?;
            uncertainty(matrix)
        }),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Average {
    Recall,
    Precision,
    F1,
}

impl Average {
    fn share(self) -> ClassShare {
        match self {
            Self::Recall => ClassShare::Recall,
            Self::Precision => ClassShare::Precision,
            Self::F1 => ClassShare::Overlap,
        }
    }

    /// The classes' values; `None` where one has none.
    fn parts(self, matrix: &[Vec<f64>]) -> Option<Vec<Part>> {
        let size = matrix.len();
        let of_class = |class: usize| {
            let tp = matrix[class][class];
            let labelled: f64 = matrix[class].iter().sum();
            let decided: f64 = matrix.iter().map(|row| row[class]).sum();
            let (value, of, rows) = match self {
                Self::Recall => (tp / labelled, Uncertainty::Wilson { x: tp, n: labelled }, labelled),
                Self::Precision => (tp / decided, Uncertainty::Wilson { x: tp, n: decided }, decided),
                Self::F1 => {
                    let (fp, fn_) = (decided - tp, labelled - tp);
                    (2.0 * tp / (labelled + decided), Uncertainty::F1Wilson { tp, fp, fn_ }, labelled + decided)
                }
            };
            (rows > 0.0).then_some(Part { factor: 1.0 / size as f64, value, of })
        };
        (0..size).map(of_class).collect()
    }
}

fn average(method: &'static str, n: u32, population: Classes, of: Average) -> Scenario {
    let value = move |matrix: &[Vec<f64>]| Some(of.parts(matrix)?.iter().map(|part| part.factor * part.value).sum());
    scenario(method, n, population, value, move |matrix| {
        let classes: Vec<usize> = (0..matrix.len()).collect();
        let correlations = of.share().correlations(&matrix, &matrix, &classes);
        Some(Uncertainty::CorrelatedSum { parts: of.parts(&matrix)?, correlations })
    })
}

/// Mean area of each of three equal classes against the rest, or of every pair of them. Scores are normal and independent,
/// that of the true class further up, so every area is the same.
fn areas(n: u32, auc: f64, pairs: bool) -> Scenario {
    const SIZE: usize = 3;
    Scenario {
        method: if pairs { "Mean AUC of pairs, Bonferroni" } else { "Mean AUC against the rest, Bonferroni" },
        population: format!("3 equal classes, AUC {auc}"),
        n,
        truth: auc,
        floor: USUAL_FLOOR,
        cost: Cost::Rows,
        draw: Box::new(move |draws| {
            let shift = separation(auc);
            let rows: Vec<(usize, [f64; SIZE])> = (0..n)
                .map(|row| {
                    let label = row as usize % SIZE;
                    (label, std::array::from_fn(|class| draws.normal(if class == label { shift } else { 0.0 })))
                })
                .collect();
            let area = |class: usize, against: Option<usize>| {
                let counts = |label: usize| label == class || against.is_none_or(|other| other == label);
                let mut ties: Vec<TieGroup> = rows
                    .iter()
                    .filter(|(label, _)| counts(*label))
                    .map(|(label, scores)| TieGroup {
                        score: scores[class],
                        positives: u64::from(*label == class),
                        negatives: u64::from(*label != class),
                    })
                    .collect();
                ties.sort_by(|a, b| a.score.total_cmp(&b.score));
                let positives = ties.iter().map(|tie| tie.positives as u32).sum::<u32>();
                let of = ranking::logit(&ties, positives, ties.len() as u32 - positives);
                let value = modelassay::stats::ranking::roc_auc(&ties)?;
                Some((value, of))
            };
            let others = |class: usize| (0..SIZE).filter(move |other| *other != class).map(Some);
            let each: Vec<(f64, Uncertainty)> = (0..SIZE)
                .flat_map(|class| {
                    if pairs { others(class).collect() } else { vec![None] }
                        .into_iter()
                        .map(move |other| (class, other))
                })
                .map(|(class, other)| area(class, other))
                .collect::<Option<_>>()?;
            let factor = 1.0 / each.len() as f64;
            Some(Uncertainty::BoundedSum {
                parts: each.into_iter().map(|(value, of)| Part { factor, value, of }).collect(),
            })
        }),
    }
}
