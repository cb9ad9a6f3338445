//! Samples of scores, areas between curves and shrunken rates: against their definitions written out row by row, and what
//! must hold for every input. The values of independent libraries are in tests/fairness.rs.

use modelassay::stats::empirical_bayes::{Posterior, fit};
use modelassay::stats::ranking::{self, abroca, partial_auc, weighted};
use modelassay::stats::samples::{
    Atom, Distance, PartRows, from_whole, median, pooled_standardised, population_standardised, side_by_side, together,
    wasserstein,
};
use modelassay::stats::{Mass, Scored};
use proptest::prelude::*;

/// Rows (score on a grid, weight) as a sample.
fn sample(rows: &[(u8, u32)]) -> Vec<Atom> {
    let atoms: Vec<Atom> = rows
        .iter()
        .map(|&(score, weight)| {
            let weight = f64::from(weight);
            Atom { score: f64::from(score) / 16.0, mass: Mass { rows: 1, weight, squared: weight * weight } }
        })
        .collect();
    together(atoms.chunks(1))
}

fn rows() -> impl Strategy<Value = Vec<(u8, u32)>> {
    prop::collection::vec((0_u8..17, 1_u32..5), 1..40)
}

/// Two classes of rows by score.
fn scored() -> impl Strategy<Value = Vec<Scored>> {
    (rows(), rows()).prop_map(|(positives, negatives)| side_by_side(&sample(&positives), &sample(&negatives)))
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * (1.0 + b.abs())
}

/// Every score as often as it weighs, in order.
fn repeated(rows: &[(u8, u32)]) -> Vec<f64> {
    let mut all: Vec<f64> = rows
        .iter()
        .flat_map(|&(score, weight)| std::iter::repeat_n(f64::from(score) / 16.0, weight as usize))
        .collect();
    all.sort_by(f64::total_cmp);
    all
}

/// Distances from a whole against those of two samples side by side.
fn compare(parts: &[Vec<Atom>]) -> Result<(), TestCaseError> {
    let whole = together(parts.iter().map(Vec::as_slice));
    for (part, distance) in parts.iter().zip(from_whole(rows_of(parts).into_iter(), parts.len())) {
        let plain = || side_by_side(part, &whole).into_iter();
        let distance = distance.unwrap();
        prop_assert!(close(distance.wasserstein.unwrap(), wasserstein(plain()).unwrap()));
        prop_assert!(close(distance.ks, weighted::ks_statistic(plain()).unwrap()));
    }
    Ok(())
}

/// All rows of some parts, by score.
fn rows_of(parts: &[Vec<Atom>]) -> Vec<PartRows> {
    let of_part = |(part, atoms): (usize, &Vec<Atom>)| -> Vec<PartRows> {
        atoms.iter().map(|atom| PartRows { score: atom.score, part, weight: atom.mass.weight }).collect()
    };
    let mut rows: Vec<PartRows> = parts.iter().enumerate().flat_map(of_part).collect();
    rows.sort_by(|a, b| a.score.total_cmp(&b.score));
    rows
}

/// Some parts in long runs.
#[test]
fn distances_from_a_large_whole_are_those_side_by_side() {
    let atom = |place: u32| Atom { score: f64::from(place).sqrt(), mass: Mass::of_rows(1 + u64::from(place % 3)) };
    let of = |part: u32| -> Vec<Atom> {
        (0..30_000).filter(|place| (place / 7_000 + place % 5) % 3 == part).map(atom).collect()
    };
    compare(&[of(0), of(1), of(2), (29_000..30_000).map(atom).collect()]).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_weighted_median_is_that_of_repeated_rows(rows in rows()) {
        let all = repeated(&rows);
        let middle = all.len() / 2;
        let expected = if all.len() % 2 == 1 { all[middle] } else { 0.5 * (all[middle - 1] + all[middle]) };
        prop_assert_eq!(median(sample(&rows).into_iter()), Some(expected));
    }

    /// The distance of equally many rows is the mean distance of the ordered rows.
    #[test]
    fn wasserstein_moves_the_ordered_rows(pairs in prop::collection::vec((0_u8..17, 0_u8..17), 1..40)) {
        let of = |scores: Vec<u8>| scores.into_iter().map(|score| (score, 1)).collect::<Vec<_>>();
        let (a, b): (Vec<u8>, Vec<u8>) = pairs.into_iter().unzip();
        let (a, b) = (of(a), of(b));
        let moved: f64 = repeated(&a).iter().zip(repeated(&b)).map(|(a, b)| (a - b).abs()).sum();
        let ours = wasserstein(side_by_side(&sample(&a), &sample(&b)).into_iter()).unwrap();
        prop_assert!(close(ours, moved / a.len() as f64));
    }

    #[test]
    fn distances_are_distances(a in rows(), b in rows(), c in rows()) {
        let [a, b, c] = [a, b, c].map(|rows| sample(&rows));
        type Distance = fn(Vec<Scored>) -> Option<f64>;
        let distances: [Distance; 2] =
            [|both| wasserstein(both.into_iter()), |both| weighted::ks_statistic(both.into_iter())];
        for distance in distances {
            let between = |a: &[Atom], b: &[Atom]| distance(side_by_side(a, b)).unwrap();
            prop_assert_eq!(between(&a, &a), 0.0);
            prop_assert!(close(between(&a, &b), between(&b, &a)));
            prop_assert!(between(&a, &c) <= between(&a, &b) + between(&b, &c) + 1e-12);
            prop_assert!((0.0..=1.0).contains(&between(&a, &b)));
        }
    }

    /// A part is 1 - π as far from the whole as from the rest.
    #[test]
    fn a_part_is_nearer_to_its_whole(a in rows(), b in rows()) {
        let (a, b) = (sample(&a), sample(&b));
        let weight = |sample: &[Atom]| sample.iter().map(|atom| atom.mass.weight).sum::<f64>();
        let factor = weight(&b) / (weight(&a) + weight(&b));
        let whole = together([a.as_slice(), b.as_slice()].into_iter());
        let distance = |a: &[Atom], b: &[Atom]| wasserstein(side_by_side(a, b).into_iter()).unwrap();
        prop_assert!(close(distance(&a, &whole), factor * distance(&a, &b)));
    }

    /// The quick way to many parts is the plain one.
    #[test]
    fn distances_from_a_whole_are_those_side_by_side(a in rows(), b in rows()) {
        compare(&[sample(&a), sample(&b)])?;
    }

    /// The other way round the sign changes; scores in another unit change nothing.
    #[test]
    fn a_standardised_difference_has_no_unit(a in rows(), b in rows(), others in rows(), unit in 0.1..50.0_f64) {
        let [a, b, others] = [a, b, others].map(|rows| sample(&rows));
        let scaled = |sample: &[Atom]| -> Vec<Atom> {
            sample.iter().map(|atom| Atom { score: 3.0 + unit * atom.score, ..*atom }).collect()
        };
        let pairs = [
            (pooled_standardised(&a, &b), pooled_standardised(&b, &a), pooled_standardised(&scaled(&a), &scaled(&b))),
            (
                population_standardised(&a, &b, &[&others]),
                population_standardised(&b, &a, &[&others]),
                population_standardised(&scaled(&a), &scaled(&b), &[&scaled(&others)]),
            ),
        ];
        for (found, turned, scaled) in pairs {
            let (Some(found), Some(turned), Some(scaled)) = (found, turned, scaled) else { continue };
            prop_assert!(close(found.value, -turned.value));
            prop_assert!((found.value - scaled.value).abs() <= 1e-9 * (1.0 + found.value.abs()));
            if let (Some(a), Some(b)) = (found.variance, turned.variance) {
                prop_assert!(a > 0.0 && close(a, b));
            }
        }
    }

    #[test]
    fn curves_differ_by_their_areas_at_least(a in scored(), b in scored()) {
        let auc = |scored: &[Scored]| weighted::roc_auc(scored.iter().copied()).unwrap();
        let area = abroca(a.iter().copied(), b.iter().copied()).unwrap();
        prop_assert!(area >= (auc(&a) - auc(&b)).abs() - 1e-12 && area <= 1.0);
        prop_assert!(close(area, abroca(b.iter().copied(), a.iter().copied()).unwrap()));
        prop_assert!(abroca(a.iter().copied(), a.iter().copied()).unwrap() <= 1e-15);
    }

    /// Up to a false positive rate of 1 the partial area is the whole one, and so is its variance.
    #[test]
    fn the_whole_partial_area_has_delongs_variance(scored in scored()) {
        let groups = || scored.iter().copied();
        let delong = weighted::delong_variance(groups());
        match (partial_auc(groups(), 1.0).and_then(|part| part.variance), delong) {
            (Some(ours), Some(delong)) => prop_assert!((ours - delong).abs() <= 1e-12, "{ours} {delong}"),
            (ours, delong) => prop_assert_eq!(ours, delong),
        }
        let part = partial_auc(groups(), 0.3).unwrap();
        let (factor, offset) = ranking::PartialAuc::standardisation(0.3);
        prop_assert!(close(part.standardised, factor * part.area / 0.3 + offset));
    }

    /// A shrunken rate lies between the raw one and that of all, and the nearer to the latter the fewer rows there are.
    #[test]
    fn rates_are_drawn_together(groups in prop::collection::vec((0_u32..=50, 0_u32..200), 3..12)) {
        let groups: Vec<(f64, f64)> =
            groups.into_iter().map(|(x, more)| (f64::from(x), f64::from(x + more + 2))).collect();
        let Some(prior) = fit(&groups) else { return Ok(()) };
        prop_assert!(prior.correlation > 0.0 && prior.correlation <= 1.0);
        for &(x, n) in &groups {
            let Posterior { mean, variance } = prior.posterior(x, n).unwrap();
            let (low, high) = if x / n < prior.mean { (x / n, prior.mean) } else { (prior.mean, x / n) };
            prop_assert!(mean >= low - 1e-12 && mean <= high + 1e-12 && variance > 0.0);
            let more = prior.posterior(10.0 * x, 10.0 * n).unwrap();
            prop_assert!((more.mean - x / n).abs() <= (mean - x / n).abs() + 1e-12);
        }
    }
}

/// Two curves that cross in the middle: the areas under both are one half, and so is the area between them.
#[test]
fn crossing_curves_are_seen() {
    let row = |score: f64, positives: u64, negatives: u64| Scored {
        score,
        positives: Mass::of_rows(positives),
        negatives: Mass::of_rows(negatives),
    };
    // Up to (0, 1/2), right to (1, 1/2), up: and its mirror image.
    let first = [row(0.1, 1, 0), row(0.5, 0, 2), row(0.9, 1, 0)];
    let second = [row(0.1, 0, 1), row(0.5, 2, 0), row(0.9, 0, 1)];
    assert_eq!(abroca(first.into_iter(), second.into_iter()), Some(0.5));
    // Against the diagonal each has two triangles of base and height one half.
    let diagonal = [row(0.5, 3, 3)];
    assert_eq!(abroca(first.into_iter(), diagonal.into_iter()), Some(0.25));
    assert_eq!(abroca([row(0.5, 3, 0)].into_iter(), diagonal.into_iter()), None);
}

#[test]
fn what_has_no_rows_has_no_distance() {
    let some = sample(&[(3, 1), (9, 1)]);
    assert_eq!(median([].into_iter()), None);
    assert_eq!(wasserstein(side_by_side(&some, &[]).into_iter()), None);
    assert_eq!(pooled_standardised(&some, &[]), None);
    let alike = sample(&[(3, 1), (3, 1)]);
    assert_eq!(pooled_standardised(&alike, &alike), None, "no spread to measure by");
    let infinite = [Atom { score: f64::INFINITY, mass: Mass::of_rows(2) }];
    assert_eq!(pooled_standardised(&infinite, &some), None);
    assert_eq!(population_standardised(&some, &some, &[&infinite]), None);
    assert_eq!(wasserstein(side_by_side(&infinite, &some).into_iter()), None);
    let ends = [Atom { score: f64::NEG_INFINITY, ..infinite[0] }, infinite[0]];
    assert_eq!(median(ends.into_iter()), Some(0.0));
    let [low, high] = ends.map(|atom| PartRows { score: atom.score, part: usize::from(atom.score > 0.0), weight: 2.0 });
    let distance = Some(Distance { ks: 0.5, wasserstein: None });
    assert_eq!(from_whole([low, high].into_iter(), 3), [distance, distance, None]);
    assert_eq!(from_whole([].into_iter(), 1), [None]);
    assert_eq!(fit(&[(1.0, 2.0), (1.0, 2.0)]), None, "two groups say nothing of how groups differ");
    assert_eq!(fit(&[(0.0, 1.0), (1.0, 1.0), (1.0, 1.0)]), None, "nor do groups of one row");
    assert_eq!(fit(&[(0.0, 4.0), (0.0, 5.0), (0.0, 9.0)]), None);
    assert_eq!(fit(&[(1.0, 4.0), (2.0, 5.0), (f64::NAN, 9.0)]), None);
}
