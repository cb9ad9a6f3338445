//! Association, agreement and inequality against SciPy, statsmodels, scikit-learn and mpmath (fixtures/stats/*.py), and what
//! must hold for every input.

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]
#![expect(clippy::print_stdout, reason = "shows the accuracy reached, with --nocapture")]

mod agreement;
mod association;
mod samples;
mod support;
