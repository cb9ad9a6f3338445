//! The sign of an outcome: a shape that is told apart without its colour. The word always stands beside it.

use crate::findings::v1::Outcome;

use super::super::words;
use super::canvas::{Paint, inline_colour};

/// A sign of one em, hidden from screen readers because the word follows.
pub(in super::super) fn sign(outcome: Outcome, paint: Paint) -> String {
    let shape = match outcome {
        Outcome::Met => r#"<circle cx="6" cy="6" r="5"/>"#,
        Outcome::NotMet => r#"<path d="M1 1h10v10H1z"/>"#,
        Outcome::Undecided => {
            r#"<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.2"/><path d="M6 1.6a4.4 4.4 0 0 0 0 8.8z"/>"#
        }
        Outcome::NotAssessed => {
            r#"<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.2"/>"#
        }
        Outcome::NotApplicable => r#"<path d="M1.5 5.2h9v1.6h-9z"/>"#,
        Outcome::Error => r#"<path d="M2 2l8 8M10 2l-8 8" fill="none" stroke="currentColor" stroke-width="2"/>"#,
    };
    match paint {
        Paint::Page => {
            format!(
                r#"<svg class="sign {}" viewBox="0 0 12 12" aria-hidden="true">{shape}</svg>"#,
                words::class(outcome)
            )
        }
        Paint::Inline => format!(
            r#"<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" style="color:{};fill:currentColor;vertical-align:-1px;display:inline-block">{shape}</svg>"#,
            inline_colour(outcome)
        ),
    }
}
