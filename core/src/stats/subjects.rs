//! Errors of estimates from rows of which several may belong to one subject.
//!
//! To first order an estimate misses the truth by the sum of what each row adds, its influence. Rows of one subject are
//! added up before they are squared, so whatever they share enters the variance: C / (C - 1) Σ (Σ u)² over the C subjects
//! (Liang and Zeger 1986, Biometrika 73, 13-22, with the correction that survey packages use). For the area under the ROC
//! curve, whose influences are placements among positives and among negatives, this is Obuchowski's variance (1997,
//! Biometrics 53, 567-578): each class has its own count of subjects, and a term for subjects with rows of both.
//!
//! The *design effect* (Kish 1965, "Survey Sampling", sec. 8.2) is that variance over the one by the same formula with every
//! row a subject of its own: what intervals made for independent rows are widened by. It is exactly 1 where no subject has
//! two rows. Where all influences are 0 (a rate of 0 or 1) the sample says nothing of how alike a subject's rows are; they
//! are then taken as wholly alike, and the effect is Σ (Σ w)² over subjects / Σ w² over rows.

/// Rows that are alike, of one subject.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repeated {
    /// The subject; `None` where each of the rows is a subject of its own.
    pub subject: Option<u32>,
    /// Number of rows.
    pub rows: u64,
    /// Weight of each of them.
    pub weight: f64,
}

/// What each row adds to the error of an estimate; `None` for rows that it does not rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence(pub Vec<Option<f64>>);

/// How much rows of one subject widen an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DesignEffect {
    /// Variance with subjects over variance without.
    pub effect: f64,
    /// Subjects that the estimate rests on.
    pub subjects: u64,
    /// Rows that it rests on.
    pub rows: u64,
}

impl DesignEffect {
    /// How many independent rows this many are worth. Never more: a sample that looks better than independent rows does so
    /// by chance (Korn and Graubard 1998, Survey Methodology 24, 193-201).
    #[must_use]
    pub fn effective(&self, rows: f64) -> f64 {
        rows / self.effect.max(1.0)
    }
}

/// Covariance of two estimates; `by_subject` or with every row a subject of its own. Rows of one subject stand together.
/// `None` where fewer than two subjects have rows that either estimate rests on.
#[must_use]
pub fn covariance(rows: &[Repeated], a: &Influence, b: &Influence, by_subject: bool) -> Option<f64> {
    let (mut sum, mut subjects) = (0.0, 0_u64);
    for Subject { members, alike, together } in each_subject(rows, by_subject) {
        let (mut first, mut second, mut counts) = (0.0, 0.0, false);
        for row in members {
            let times = if together { rows[row].rows as f64 } else { 1.0 };
            if let Some(influence) = a.0[row] {
                first += times * influence;
                counts = true;
            }
            if let Some(influence) = b.0[row] {
                second += times * influence;
                counts = true;
            }
        }
        if counts {
            sum += alike as f64 * (first * second);
            subjects += alike;
        }
    }
    let count = subjects as f64;
    (subjects > 1).then(|| count / (count - 1.0) * sum)
}

/// Variance of an estimate whose error is the sum of several parts.
#[must_use]
pub fn variance(rows: &[Repeated], parts: &[Influence], by_subject: bool) -> Option<f64> {
    let mut sum = 0.0;
    for (place, part) in parts.iter().enumerate() {
        sum += covariance(rows, part, part, by_subject)?;
        for other in &parts[place + 1..] {
            sum += 2.0 * covariance(rows, part, other, by_subject)?;
        }
    }
    Some(sum.max(0.0))
}

/// The design effect of an estimate whose error is the sum of several parts. `None` for fewer than two subjects.
#[must_use]
pub fn design_effect(rows: &[Repeated], parts: &[Influence]) -> Option<DesignEffect> {
    let counts = |row: usize| parts.iter().any(|part| part.0[row].is_some());
    let (mut subjects, mut alike_rows, mut own, mut as_one) = (0, 0, 0.0, 0.0);
    for Subject { members, alike, together } in each_subject(rows, true) {
        let (mut weight, mut found) = (0.0, false);
        for row in members.filter(|&row| counts(row)) {
            let Repeated { rows: count, weight: each, .. } = rows[row];
            weight += if together { count as f64 * each } else { each };
            own += count as f64 * each * each;
            alike_rows += count;
            found = true;
        }
        if found {
            subjects += alike;
            as_one += alike as f64 * weight * weight;
        }
    }
    if subjects < 2 {
        return None;
    }
    if subjects == alike_rows {
        return Some(DesignEffect { effect: 1.0, subjects, rows: alike_rows });
    }
    let independent = variance(rows, parts, false).unwrap_or(0.0);
    let effect = if independent > 0.0 { variance(rows, parts, true)? / independent } else { as_one / own };
    effect.is_finite().then_some(DesignEffect { effect, subjects, rows: alike_rows })
}

/// Rows that stand together.
struct Subject {
    members: std::ops::Range<usize>,
    /// Subjects that these are: one, or as many as there are rows where each is its own.
    alike: u64,
    /// Whether all the rows are of one subject.
    together: bool,
}

/// The subjects of some rows, or every row as a subject of its own.
fn each_subject(rows: &[Repeated], by_subject: bool) -> impl Iterator<Item = Subject> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = rows.get(start)?;
        let together = by_subject && first.subject.is_some();
        let mut end = start + 1;
        while together && rows.get(end).is_some_and(|row| row.subject == first.subject) {
            end += 1;
        }
        let subject = Subject { members: start..end, alike: if together { 1 } else { first.rows }, together };
        start = end;
        Some(subject)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(subject: Option<u32>, rows: u64) -> Repeated {
        Repeated { subject, rows, weight: 1.0 }
    }

    /// Three subjects, a mean of 0.6: by hand, Σ (Σ (x - 0.6))² = (1 + 1 - 1.2)² + (0 + 1 - 1.2)² + (0 - 0.6)² = 1.04.
    #[test]
    fn rows_of_a_subject_are_added_before_they_are_squared() {
        let rows = [row(Some(0), 2), row(Some(1), 1), row(Some(1), 1), row(Some(2), 1)];
        let mean = Influence([1.0, 0.0, 1.0, 0.0].iter().map(|x| Some((x - 0.6) / 5.0)).collect());
        let by_subject = covariance(&rows, &mean, &mean, true).expect("three subjects");
        assert!((by_subject - 1.5 * 1.04 / 25.0).abs() < 1e-15);
        // Every row for itself: 5 / 4 of (3 x 0.4² + 2 x 0.6²) / 25.
        let by_row = covariance(&rows, &mean, &mean, false).expect("five rows");
        assert!((by_row - 1.25 * 1.2 / 25.0).abs() < 1e-15);
        let design = design_effect(&rows, &[mean]).expect("three subjects");
        assert!((design.effect - by_subject / by_row).abs() < 1e-15);
        assert_eq!((design.subjects, design.rows), (3, 5));
    }

    #[test]
    fn rows_without_a_subject_are_subjects_of_their_own() {
        let rows = [row(None, 3), row(None, 2)];
        let mean = Influence(vec![Some(0.4 / 5.0), Some(-0.6 / 5.0)]);
        let design = design_effect(&rows, std::slice::from_ref(&mean)).expect("five subjects");
        assert_eq!(design, DesignEffect { effect: 1.0, subjects: 5, rows: 5 });
        assert_eq!(covariance(&rows, &mean, &mean, true), covariance(&rows, &mean, &mean, false));
    }

    #[test]
    fn without_variation_the_rows_of_a_subject_are_taken_as_alike() {
        let rows = [row(Some(0), 4), row(Some(1), 1), row(Some(2), 1)];
        let constant = Influence(vec![Some(0.0); 3]);
        assert_eq!(design_effect(&rows, &[constant]).map(|design| design.effect), Some(18.0 / 6.0));
    }

    #[test]
    fn one_subject_says_nothing_of_how_subjects_vary() {
        let rows = [row(Some(0), 4), row(Some(0), 1), row(Some(1), 1)];
        let elsewhere = Influence(vec![Some(0.1), Some(-0.1), None]);
        assert_eq!(design_effect(&rows, std::slice::from_ref(&elsewhere)), None);
        assert_eq!(covariance(&rows, &elsewhere, &elsewhere, true), None);
        assert_eq!(design_effect(&[], &[Influence(Vec::new())]), None);
    }
}
