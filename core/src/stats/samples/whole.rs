//! Distances of all parts of a sample from the whole of it, in one walk over its rows.
//!
//! Between two scores of a part its distribution is flat and that of the whole only rises, so the largest distance is at a
//! score of the part, and the area between the two has a closed form in prefix sums: a part takes as long as it is large.
//! The values are those of [`super::wasserstein`] and of the Kolmogorov-Smirnov distance
//! (`ranking::weighted::ks_statistic`) with the part on one side and the whole on the other.

/// How far a part lies from the whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// Largest distance between the distributions.
    pub ks: f64,
    /// Wasserstein distance; `None` where a score of the whole is infinite.
    pub wasserstein: Option<f64>,
}

/// Rows of a part that share a score.
#[derive(Clone, Copy, Debug)]
pub struct PartRows {
    /// The score.
    pub score: f64,
    /// The part.
    pub part: usize,
    /// Their weight.
    pub weight: f64,
}

/// The distance of each of `parts` parts from all of them together; `rows` ascend by score. `None` where a part has no
/// weight.
#[must_use]
pub fn from_whole(rows: impl Iterator<Item = PartRows> + Clone, parts: usize) -> Vec<Option<Distance>> {
    let mut walks = vec![Walk::default(); parts];
    for row in rows.clone() {
        walks[row.part].total += row.weight;
    }
    let mut whole = Whole::new(walks.iter().map(|walk| walk.total).sum(), rows.size_hint().1.unwrap_or(0));
    for PartRows { score, part, weight } in rows {
        let place = whole.add(score, weight);
        let walk = &mut walks[part];
        if walk.from < place {
            walk.visit(&whole, place);
        }
        walk.weight += weight;
    }
    whole.end();
    let last = whole.scores.len().saturating_sub(1);
    let bounded = [whole.scores.first(), whole.scores.last()].into_iter().flatten().all(|score| score.is_finite());
    let finished = walks.into_iter().map(|mut walk| {
        (walk.total > 0.0).then(|| {
            walk.visit(&whole, last);
            let known = bounded && walk.wasserstein.is_finite();
            Distance { ks: walk.ks, wasserstein: known.then_some(walk.wasserstein) }
        })
    });
    finished.collect()
}

/// The distribution of the whole as far as it was read.
struct Whole {
    total: f64,
    /// Weight of the rows so far.
    weight: f64,
    scores: Vec<f64>,
    /// Share of the weight up to each score but the last, and with it.
    share: Vec<f64>,
    /// Area under the distribution up to each score.
    area: Vec<f64>,
}

impl Whole {
    fn new(total: f64, scores: usize) -> Self {
        let [scores, share, area] = [(); 3].map(|()| Vec::with_capacity(scores));
        Self { total, weight: 0.0, scores, share, area }
    }

    /// Adds rows; tells the place of their score.
    fn add(&mut self, score: f64, weight: f64) -> usize {
        let last = self.scores.last().copied();
        if last != Some(score) {
            let area = last.map_or(0.0, |last| {
                let share = self.end();
                self.area[self.area.len() - 1] + share * (score - last)
            });
            self.scores.push(score);
            self.area.push(area);
        }
        self.weight += weight;
        self.scores.len() - 1
    }

    /// No more rows have the last score: the share of the weight up to it.
    fn end(&mut self) -> f64 {
        let share = self.weight / self.total;
        self.share.push(share);
        share
    }
}

/// How far the comparison of a part has come.
#[derive(Clone, Default)]
struct Walk {
    /// Place of its last score in the whole.
    from: usize,
    weight: f64,
    total: f64,
    ks: f64,
    wasserstein: f64,
}

impl Walk {
    /// Goes on to a place in the whole; the part has no rows between.
    fn visit(&mut self, whole: &Whole, to: usize) {
        let (from, share) = (self.from, self.weight / self.total);
        self.from = to;
        let passed = &whole.share[from..to];
        // The part may begin only here.
        if to > from || share > 0.0 {
            self.ks = self.ks.max((share - whole.share[from]).abs());
        }
        if let Some(last) = passed.last() {
            self.ks = self.ks.max((share - last).abs());
        }
        let crossing = from + first_at_least(passed, share);
        let width = |a: usize, b: usize| whole.scores[b] - whole.scores[a];
        let area = |a: usize, b: usize| whole.area[b] - whole.area[a];
        let below = share * width(from, crossing) - area(from, crossing);
        let above = area(crossing, to) - share * width(crossing, to);
        self.wasserstein += below.max(0.0) + above.max(0.0);
    }
}

/// The first place of ascending values with at least this one: most often at an end, where the others need not be read.
fn first_at_least(values: &[f64], value: f64) -> usize {
    match (values.first(), values.last()) {
        (Some(first), _) if *first >= value => 0,
        (_, Some(last)) if *last < value => values.len(),
        _ => values.partition_point(|other| *other < value),
    }
}
