use crate::checks::{Judge, check};

check! {
    /// # What it asks
    /// How far from the truth are the predictions, in the unit of the label?
    ///
    /// # Why it matters
    /// Whoever acts on the number (staffing, stock, a price) bears its error in this unit. The mean is the cost
    /// when an error twice as large costs twice as much.
    ///
    /// # When it does not apply
    /// Without labels or predictions that are numbers.
    ///
    /// # How to read it
    /// The median tells the ordinary row, the mean also the bad ones; a mean far above the median is a tail of
    /// large errors. The mean has Student's interval, the median one from order statistics, which needs no
    /// assumption but six rows. The maximum is the worst row of this table only: it grows with the number of rows,
    /// has no interval, and a criterion on it needs `rule: point`.
    ///
    /// # What to do
    /// Look at the rows with the largest errors first: wrong labels and changed units hide there. Then compare with
    /// what a constant or last period's value would have achieved (R², D²).
    ///
    /// # References
    /// Willmott and Matsuura (2005), Climate Research 30; David and Nagaraja (2003), Order Statistics, sec. 7.1.
    id: "performance/absolute-error",
    title: "Absolute error",
    dimension: Performance,
    severity: High,
    needs: [Labels, Predictions],
    since: "0.1.0",
    judge: Judge::Measures(&["mean_absolute_error", "median_absolute_error", "max_error"]),
}
