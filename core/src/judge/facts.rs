//! The groups of an audit: measurements added up by attribute and intersection.

use std::array::from_fn;
use std::ops::AddAssign;
use std::sync::Arc;

use ndarray::Array2;

use super::classes::{ClassCounts, Pairs};
use super::estimate::{Estimates, shrink};
use super::gap::{Resampled, distances};
use super::grouping::Grouping;
use super::linked::LinkedRows;
use super::numbers::GroupNumbers;
use super::scores::GroupScores;
use crate::findings::catalogue::Aspect;
use crate::findings::v1::{Subject, TableName};
use crate::measure::counts::{CellCounts, DECISIONS, ENTRIES, LABELS};
use crate::measure::sums::LossSums;
use crate::measure::{
    BinaryTable, ClassContract, Group, Measurements, MulticlassTable, RegressionTable, ScoreContract, TaskTable,
};
use crate::parallel;
use crate::plan::{Plan, SmallGroups, Task};
use crate::stats::samples::{self, Distance};

/// One table, seen whole and by group.
#[derive(Clone, Debug)]
pub(crate) struct Facts<'m> {
    /// Which table.
    pub(crate) table: TableName,
    /// Its measurements.
    pub(crate) measurements: &'m Measurements,
    /// Whose numbers these are.
    pub(crate) aspect: Aspect,
    /// The class that they set against the rest, if they do.
    pub(crate) class: Option<String>,
    /// What the score of that class promises.
    pub(crate) contract: ScoreContract,
    /// All rows.
    pub(crate) overall: GroupFacts,
    /// Every protected attribute and intersection of the plan, in its order.
    pub(crate) dimensions: Vec<Dimension>,
    /// Each class of a model of several against the rest: the same rows and groups as a binary model.
    pub(crate) classes: Vec<Facts<'m>>,
    /// What the scores of several classes promise together.
    pub(crate) class_contract: Option<&'m ClassContract>,
}

/// The groups of one attribute or intersection.
#[derive(Clone, Debug)]
pub(crate) struct Dimension {
    /// The attributes.
    pub(crate) attribute: Vec<String>,
    /// Its groups with rows, ordered; missing values first.
    pub(crate) groups: Vec<GroupFacts>,
    /// Whether a subject has rows in more than one of them.
    pub(crate) shared_subjects: bool,
    /// Names of the groups that were taken together because each of them is small.
    pub(crate) pooled: Vec<Group>,
    /// For every cell of the table, which of the groups its rows belong to; empty where that is not known.
    pub(crate) of_cell: Vec<usize>,
    /// The same groups within each stratum; empty where the plan names no strata.
    pub(crate) strata: Vec<Stratum>,
    /// How far the rates of the groups may lie apart by chance.
    pub(crate) resampled: Resampled,
    /// How far the scores of each group that is compared lie from those of all.
    pub(crate) distances: Vec<Option<Distance>>,
}

/// The groups of an attribute within one combination of the strata.
#[derive(Clone, Debug)]
pub(crate) struct Stratum {
    /// Rows by label and decision, for each group in the order of the dimension; `None` without rows.
    pub(crate) groups: Vec<Option<Confusion>>,
}

/// What is known of one group.
#[derive(Clone, Debug)]
pub(crate) struct GroupFacts {
    /// Its values; empty for the whole table.
    pub(crate) group: Group,
    /// Rows.
    pub(crate) rows: u64,
    /// Rows by label and decision.
    pub(crate) confusion: Confusion,
    /// Scored rows by score.
    pub(crate) scores: GroupScores,
    /// Losses.
    pub(crate) losses: LossSums,
    /// Labels, predictions and errors of a model that predicts a number.
    pub(crate) numbers: Option<Box<GroupNumbers>>,
    /// Rows of a model of several classes.
    pub(crate) classes: Option<ClassCounts>,
    /// Whether its numbers stay hidden.
    pub(crate) suppressed: bool,
    /// Whether only the probability is known that a row belongs to it.
    pub(crate) uncertain: bool,
    /// The value of every measure of rows, worked out once.
    pub(crate) estimates: Estimates,
}

/// Label x decision matrix.
#[derive(Clone, Debug)]
pub(crate) struct Confusion {
    /// Rows, `LABELS x DECISIONS`.
    pub(crate) rows: Array2<u64>,
    /// Sums of weights and of squared weights, where rows are weighted.
    pub(crate) weights: Option<(Array2<f64>, Array2<f64>)>,
    /// The rows themselves, where the plan names subjects or a baseline model.
    pub(crate) linked: Option<Arc<LinkedRows>>,
    /// Scored rows below, at and above the median of all scores of the table.
    scoring: [Tally; 3],
    /// That median, where there are scores.
    pub(crate) median: Option<f64>,
}

/// Scored rows below the median of all scores, as a bit of a mask after those of the matrix.
pub(super) const SCORED_BELOW: u16 = 1 << ENTRIES;
/// Scored rows at the median.
pub(super) const SCORED_AT: u16 = SCORED_BELOW << 1;
/// Scored rows above it.
pub(super) const SCORED_ABOVE: u16 = SCORED_AT << 1;

/// Rows, weight and squared weight of some entries.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rows: u64,
    pub(crate) weight: f64,
    pub(crate) squared: f64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.rows += other.rows;
        self.weight += other.weight;
        self.squared += other.squared;
    }
}

impl std::ops::Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { rows: self.rows + other.rows, weight: self.weight + other.weight, squared: self.squared + other.squared }
    }
}

impl Confusion {
    pub(super) fn new(counts: &CellCounts) -> Self {
        let shape = (LABELS, DECISIONS);
        let weights = counts.weights.as_ref().map(|sums| {
            (
                Array2::from_shape_fn(shape, |(label, decision)| sums[label * DECISIONS + decision].weight.value()),
                Array2::from_shape_fn(shape, |(label, decision)| sums[label * DECISIONS + decision].squared.value()),
            )
        });
        Self {
            rows: Array2::from_shape_fn(shape, |(label, decision)| counts.rows[label * DECISIONS + decision]),
            weights,
            linked: None,
            scoring: [Tally::default(); 3],
            median: None,
        }
    }

    /// The rows by subject, where the plan names subjects.
    pub(crate) fn clustered(&self) -> Option<&LinkedRows> {
        self.linked.as_deref().filter(|linked| linked.clustered)
    }

    /// Whether rows do not count one each, so that an effective number of them is told.
    pub(crate) fn has_effective_rows(&self) -> bool {
        self.weights.is_some() || self.clustered().is_some()
    }

    /// Adds up the entries whose bit is set in the mask.
    pub(crate) fn tally(&self, mask: u16) -> Tally {
        let mut tally = Tally::default();
        for entry in (0..ENTRIES).filter(|entry| mask >> entry & 1 == 1) {
            let at = [entry / DECISIONS, entry % DECISIONS];
            tally.rows += self.rows[at];
            if let Some((weight, squared)) = &self.weights {
                tally.weight += weight[at];
                tally.squared += squared[at];
            }
        }
        for (side, scored) in self.scoring.iter().enumerate() {
            if mask >> (ENTRIES + side) & 1 == 1 {
                tally += *scored;
            }
        }
        tally
    }
}

impl GroupFacts {
    /// A group of which only the number of rows is known yet.
    pub(super) fn new(group: Group, rows: u64) -> Self {
        Self {
            group,
            rows,
            confusion: Confusion::new(&CellCounts::default()),
            scores: GroupScores::default(),
            losses: LossSums::default(),
            numbers: None,
            classes: None,
            suppressed: false,
            uncertain: false,
            estimates: Estimates::default(),
        }
    }

    /// A group of which only the scores are known.
    pub(super) fn of_scores(scores: GroupScores) -> Self {
        Self { scores, ..Self::new(Vec::new(), 0) }
    }

    /// With the rows themselves.
    pub(super) fn linked(mut self, rows: LinkedRows) -> Self {
        self.confusion.linked = Some(Arc::new(rows));
        self
    }

    /// The facts of several groups taken together; scores are left out.
    pub(crate) fn pooled<'a>(groups: impl Iterator<Item = &'a Self>) -> Option<Confusion> {
        let groups: Vec<&Self> = groups.collect();
        let subjects: Vec<&LinkedRows> = groups.iter().filter_map(|group| group.confusion.clustered()).collect();
        let linked = (!subjects.is_empty()).then(|| Arc::new(LinkedRows::joined(&subjects)));
        let unlinked = |group: &Self| Confusion { linked: None, ..group.confusion.clone() };
        let pooled = groups.into_iter().map(unlinked).reduce(|a, b| Confusion {
            rows: a.rows + b.rows,
            weights: a.weights.zip(b.weights).map(|(a, b)| (a.0 + b.0, a.1 + b.1)),
            linked: None,
            scoring: from_fn(|side| {
                let mut both = a.scoring[side];
                both += b.scoring[side];
                both
            }),
            median: a.median.or(b.median),
        })?;
        Some(Confusion { linked, ..pooled })
    }
}

impl<'m> Facts<'m> {
    /// Adds the measurements of a table up by group, marks what must stay hidden, and works out every measure.
    pub(crate) fn new(plan: &Plan, table: TableName, measurements: &'m Measurements, threads: usize) -> Self {
        if let TaskTable::Multiclass(several) = &measurements.task {
            return Self::of_classes(plan, table, measurements, several, threads);
        }
        let mut facts = Self::grouped(plan, table, measurements, None, threads);
        facts.estimate(plan, None, threads);
        facts
    }

    /// The groups of a table, or of one class against the rest, without their estimates.
    fn grouped(
        plan: &Plan,
        table: TableName,
        measurements: &'m Measurements,
        view: Option<&BinaryTable>,
        threads: usize,
    ) -> Self {
        // All rows are the group of no attribute.
        let attributes: Vec<&[String]> =
            [&[][..]].into_iter().chain(plan.protected.iter().map(Vec::as_slice)).collect();
        let mut dimensions =
            parallel::map(&attributes, threads, |attribute| by_attribute(plan, measurements, view, attribute));
        let mut overall = dimensions.remove(0).groups.pop().unwrap_or_else(|| GroupFacts::new(Vec::new(), 0));
        dimensions.extend(plan.memberships.keys().map(|attribute| by_membership(plan, measurements, attribute)));
        for dimension in &mut dimensions {
            super::suppress::mark(&mut dimension.groups, plan.min_n_shown);
        }
        if let Some(median) = samples::median(overall.scores.all()) {
            let groups = dimensions.iter_mut().flat_map(|dimension| &mut dimension.groups);
            let groups: Vec<&mut GroupFacts> = std::iter::once(&mut overall).chain(groups).collect();
            let around = parallel::map(&groups, threads, |group| group.scores.around(median));
            for (group, around) in groups.into_iter().zip(around) {
                group.confusion.scoring = around;
                group.confusion.median = Some(median);
            }
        }
        Self {
            table,
            measurements,
            aspect: Aspect::Model(plan.task),
            class: None,
            contract: ScoreContract::default(),
            overall,
            dimensions,
            classes: Vec::new(),
            class_contract: None,
        }
    }

    /// A model of several classes: as a whole by its highest score, and each class against the rest.
    fn of_classes(
        plan: &Plan,
        table: TableName,
        measurements: &'m Measurements,
        several: &'m MulticlassTable,
        threads: usize,
    ) -> Self {
        let of_class = |(place, class): (usize, &String)| {
            let view = several.against_rest(place);
            let mut facts = Self::grouped(plan, table, measurements, Some(&view), threads);
            facts.contract = view.contract.clone();
            (facts.aspect, facts.class) = (Aspect::Class, Some(class.clone()));
            facts.estimate(plan, Some(&view), threads);
            facts
        };
        let mut facts = Self::grouped(plan, table, measurements, Some(&several.top_label()), threads);
        facts.aspect = Aspect::Model(Task::Multiclass);
        facts.class_contract = Some(&several.contract);
        facts.classes = several.classes.iter().enumerate().map(of_class).collect();
        let pairs_of = |of_cell: &[usize], groups: usize| match Pairs::are_asked_for(plan) {
            true => Pairs::by_group(several, of_cell, groups),
            false => vec![Pairs::default(); groups],
        };
        let estimate = |group: &mut GroupFacts, counts: ClassCounts, pairs: &Pairs, views: Vec<&GroupFacts>| {
            group.estimates = Estimates::of_classes(plan, measurements, group, &counts, pairs, &views);
            group.classes = Some(counts);
        };
        let together = vec![0; measurements.cells.len()];
        let (counts, pairs) = (ClassCounts::by_group(plan, several, &together, 1), pairs_of(&together, 1));
        for (counts, pairs) in counts.into_iter().zip(&pairs) {
            estimate(&mut facts.overall, counts, pairs, facts.classes.iter().map(|class| &class.overall).collect());
        }
        let reported = facts.dimensions.iter_mut().enumerate().filter(|_| table == TableName::Predictions);
        for (place, dimension) in reported {
            let groups = dimension.groups.len();
            let counts = ClassCounts::by_group(plan, several, &dimension.of_cell, groups);
            let pairs = pairs_of(&dimension.of_cell, groups);
            for (index, ((group, counts), pairs)) in dimension.groups.iter_mut().zip(counts).zip(&pairs).enumerate() {
                let views = facts.classes.iter().map(|class| &class.dimensions[place].groups[index]).collect();
                estimate(group, counts, pairs, views);
            }
            super::suppress::complement(&mut dimension.groups);
        }
        facts
    }

    /// Works out every measure of a binary table. Of the reference table only the whole is reported.
    fn estimate(&mut self, plan: &Plan, view: Option<&BinaryTable>, threads: usize) {
        let Self { measurements, aspect, overall, .. } = self;
        let reported = if self.table == TableName::Predictions { self.dimensions.as_mut_slice() } else { &mut [] };
        let table = view.or(match &measurements.task {
            TaskTable::Binary(table) => Some(table),
            TaskTable::Multiclass(_) | TaskTable::Regression(_) => None,
        });
        // The whole table first: it costs most.
        let mut work = vec![Work::Measures(overall), Work::Digest];
        work.extend(reported.iter().map(Work::Distances));
        work.extend(reported.iter().flat_map(|dimension| &dimension.groups).map(Work::Measures));
        let mut done = parallel::map(&work, threads, |work| match *work {
            Work::Digest => {
                measurements.digest();
                Done::default()
            }
            Work::Measures(group) => {
                let estimates = Estimates::new(plan, measurements, *aspect, view, group);
                Done { estimates, ..Done::default() }
            }
            Work::Distances(dimension) => {
                let distances = table.map_or_else(Vec::new, |table| distances(plan, table, dimension));
                Done { distances, ..Done::default() }
            }
        })
        .into_iter();
        let mut next = || done.next().unwrap_or_default();
        (overall.estimates, _) = (next().estimates, next());
        for dimension in reported.iter_mut() {
            dimension.distances = next().distances;
        }
        for group in reported.iter_mut().flat_map(|dimension| &mut dimension.groups) {
            group.estimates = next().estimates;
        }
        for dimension in reported.iter_mut() {
            super::suppress::complement(&mut dimension.groups);
        }
        let resampled = Resampled::of_dimensions(plan, measurements, reported, threads);
        for (dimension, resampled) in reported.iter_mut().zip(resampled) {
            dimension.resampled = resampled;
            shrink(plan, *aspect, &mut dimension.groups);
        }
    }

    /// What was measured of labels, decisions and scores.
    pub(crate) fn binary(&self) -> Option<&'m BinaryTable> {
        match &self.measurements.task {
            TaskTable::Binary(table) => Some(table),
            TaskTable::Multiclass(_) | TaskTable::Regression(_) => None,
        }
    }

    /// What was measured of labels and predictions that are numbers.
    pub(crate) fn numbers(&self) -> Option<&'m RegressionTable> {
        match &self.measurements.task {
            TaskTable::Regression(table) => Some(table),
            TaskTable::Binary(_) | TaskTable::Multiclass(_) => None,
        }
    }

    /// What a number of all rows is about.
    pub(crate) fn subject(&self) -> Subject {
        Subject { class: self.class.clone(), ..Subject::default() }
    }

    /// These facts, or those of one class against the rest.
    pub(crate) fn of_class(&self, class: Option<&str>) -> Option<&Self> {
        match class {
            None => Some(self),
            Some(class) => self.classes.iter().find(|facts| facts.class.as_deref() == Some(class)),
        }
    }

    /// These facts where they are of two classes, else those of each class against the rest.
    pub(crate) fn of_two_classes(&self) -> impl Iterator<Item = &Self> {
        let several = self.aspect == Aspect::Model(Task::Multiclass);
        self.each().filter(move |facts| !several || facts.class.is_some())
    }

    /// These facts, then those of each class.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.classes)
    }

    /// The groups of an attribute or intersection.
    pub(crate) fn dimension(&self, attribute: &[String]) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.attribute == attribute)
    }
}

/// What is worked out of a table, each for itself.
enum Work<'f> {
    /// The digest of the measurements, which the report asks for later.
    Digest,
    /// The measures of a group.
    Measures(&'f GroupFacts),
    /// The distances of the groups of an attribute from all rows.
    Distances(&'f Dimension),
}

#[derive(Default)]
struct Done {
    estimates: Estimates,
    distances: Vec<Option<Distance>>,
}

/// The groups of an attribute or intersection whose values are known.
fn by_attribute(
    plan: &Plan,
    measurements: &Measurements,
    view: Option<&BinaryTable>,
    attribute: &[String],
) -> Dimension {
    let attributes = plan.attributes();
    let places = |names: &[String]| -> Vec<usize> {
        names.iter().filter_map(|name| attributes.iter().position(|other| other == name)).collect()
    };
    let mut grouping = Grouping::by(measurements, &places(attribute));
    let pooled = match plan.small_groups {
        SmallGroups::Suppress => Vec::new(),
        SmallGroups::Pool => grouping.pool(measurements, plan.min_n),
    };
    let binary = view.or(match &measurements.task {
        TaskTable::Binary(binary) => Some(binary),
        TaskTable::Multiclass(_) | TaskTable::Regression(_) => None,
    });
    let strata = match binary {
        Some(binary) if !plan.strata.is_empty() => grouping.strata(measurements, binary, &places(&plan.strata)),
        _ => Vec::new(),
    };
    let (groups, shared_subjects) = grouping.groups(plan, measurements, view);
    Dimension {
        attribute: attribute.to_vec(),
        groups,
        shared_subjects,
        pooled,
        of_cell: grouping.of_cell,
        strata,
        resampled: Resampled::default(),
        distances: Vec::new(),
    }
}

/// The groups of an attribute of which only probabilities are known; whoever it is, every row counts for each group by
/// the probability that it belongs to it.
fn by_membership(plan: &Plan, measurements: &Measurements, attribute: &str) -> Dimension {
    let memberships = match &measurements.task {
        TaskTable::Binary(binary) => binary.memberships.as_slice(),
        TaskTable::Multiclass(_) | TaskTable::Regression(_) => &[],
    };
    let groups = plan
        .membership_columns()
        .zip(memberships)
        .filter(|((name, ..), _)| *name == attribute)
        .map(|((_, group, _), membership)| {
            let group = vec![Some(group.to_owned())];
            // Rows are those expected, which is what hiding small groups is about.
            let facts = GroupFacts::new(group, membership.expected.value() as u64);
            GroupFacts { confusion: Confusion::new(&membership.counts), uncertain: true, ..facts }
        })
        .collect();
    Dimension {
        attribute: vec![attribute.to_owned()],
        groups,
        shared_subjects: false,
        pooled: Vec::new(),
        of_cell: Vec::new(),
        strata: Vec::new(),
        resampled: Resampled::default(),
        distances: Vec::new(),
    }
}
