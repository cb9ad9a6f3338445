//! Collects what is wrong with a table's values, so that the user sees many problems at once.

use crate::error::{Error, Problem, Result};

/// Reading stops at this many problems.
pub(super) const MAX_PROBLEMS: usize = 20;

/// Problems in the order of the table.
#[derive(Debug, Default)]
pub(super) struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    /// Adds one; past [`MAX_PROBLEMS`] they are dropped, because reading stops there.
    pub(super) fn push(&mut self, problem: Problem) {
        if self.found.len() < MAX_PROBLEMS {
            self.found.push(problem);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.found.len() >= MAX_PROBLEMS
    }

    /// All of them as one error, if there is any.
    pub(super) fn into_result(mut self) -> Result<()> {
        if self.is_full()
            && let Some(last) = self.found.last_mut()
        {
            last.message.push_str(&format!("; reading stopped at this problem, the {MAX_PROBLEMS}th"));
        }
        if self.found.is_empty() { Ok(()) } else { Err(Error { problems: self.found }) }
    }
}

/// A value as it can be shown in a message: one line, at most 40 characters, in quotes.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::from("'");
    for (index, character) in text.chars().enumerate() {
        if index == 40 {
            shown.push('…');
            break;
        }
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown.push('\'');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_strange_texts_are_shown_on_one_line() {
        assert_eq!(shown("a\nb"), r"'a\nb'");
        assert_eq!(shown(&"x".repeat(50)), format!("'{}…'", "x".repeat(40)));
    }
}
