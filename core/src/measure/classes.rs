//! The classes of a model: their numbers while rows are read, and their order at the end.

use super::cells::Levels;
use super::labels::MISSING_LABEL;
use super::rows::JoinedLabels;
use crate::plan::{canonical_value, is_json_number};
use crate::table;

/// Most classes of a model: a table that holds more has a label that is no class.
pub(super) const MAX_CLASSES: usize = 100;
/// The number of a class that is not known.
pub(super) const MISSING: u32 = MAX_CLASSES as u32;
/// Class numbers, the missing one included.
pub(super) const STRIDE: u32 = MISSING + 1;

/// Numbers classes as they are met. Beyond [`MAX_CLASSES`] they are only noticed, so that memory stays small.
pub(super) struct Codes<'c> {
    pub(super) classes: &'c mut Levels,
    pub(super) too_many: &'c mut bool,
}

impl Codes<'_> {
    /// The number of a class.
    pub(super) fn of(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return MISSING;
        }
        if self.classes.texts().len() >= MAX_CLASSES && !self.classes.knows(text) {
            *self.too_many = true;
            return MISSING;
        }
        self.classes.code(text)
    }

    /// The class of every row of a column; what the column's dictionary lists without rows is no class.
    pub(super) fn of_column(&mut self, codes: Option<&table::Codes<'_>>, rows: usize) -> Vec<u32> {
        let Some(codes) = codes else { return vec![MISSING; rows] };
        let mut numbers: Vec<Option<u32>> = vec![None; codes.dictionary.len()];
        let number = |code: &u32| {
            let place = *code as usize;
            let Some(text) = codes.dictionary.get(place) else { return MISSING };
            *numbers[place].get_or_insert_with(|| self.of(&canonical_value(text)))
        };
        codes.codes.iter().map(number).collect()
    }

    /// The class of every row whose label came from another table.
    pub(super) fn of_joined(&mut self, joined: &JoinedLabels<'_>) -> Vec<u32> {
        let mut numbers: Vec<Option<u32>> = vec![None; joined.classes.len()];
        let number = |&code: &u64| match joined.classes.get(code as usize) {
            Some(class) if code != MISSING_LABEL => *numbers[code as usize].get_or_insert_with(|| self.of(class)),
            _ => MISSING,
        };
        joined.codes.iter().map(number).collect()
    }
}

/// The classes in order, and the place of each given one: by their numbers if all are such, else by their texts.
pub(super) fn in_order(texts: &[String]) -> (Vec<String>, Vec<usize>) {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    if texts.iter().all(|text| is_json_number(text)) {
        let number = |place: usize| texts[place].parse::<f64>().unwrap_or(f64::NAN);
        order.sort_by(|&a, &b| number(a).total_cmp(&number(b)).then_with(|| texts[a].cmp(&texts[b])));
    } else {
        order.sort_by(|&a, &b| texts[a].cmp(&texts[b]));
    }
    let mut places = vec![0; texts.len()];
    for (place, &index) in order.iter().enumerate() {
        places[index] = place;
    }
    (order.into_iter().map(|index| texts[index].clone()).collect(), places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_as_numbers_and_words_as_words() {
        let sorted = |texts: &[&str]| in_order(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()).0;
        assert_eq!(sorted(&["10", "9", "-1", "2.5"]), ["-1", "2.5", "9", "10"]);
        assert_eq!(sorted(&["10", "9", "none"]), ["10", "9", "none"]);
        assert_eq!(in_order(&["b".to_owned(), "a".to_owned()]).1, [1, 0]);
    }

    #[test]
    fn more_classes_than_are_kept_are_noticed() {
        let (mut classes, mut too_many) = (Levels::default(), false);
        let mut codes = Codes { classes: &mut classes, too_many: &mut too_many };
        let numbers: Vec<u32> = (0..MAX_CLASSES).map(|class| codes.of(&class.to_string())).collect();
        assert_eq!(numbers.last(), Some(&(MISSING - 1)));
        assert_eq!((codes.of("7"), codes.of(""), *codes.too_many), (7, MISSING, false));
        assert_eq!((codes.of("one more"), *codes.too_many), (MISSING, true));
    }
}
