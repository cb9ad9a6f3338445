//! Values that only plans hold.

use crate::error::{Code, Problem};
use crate::yaml::reader::{Field, Reader};
use crate::yaml::tree::Value;

impl Reader {
    /// The name of a column.
    pub(crate) fn column(&mut self, field: &Field<'_>) -> Option<String> {
        self.raw(field, "the name of a column", "write the name as it stands in the header of the table")
            .map(str::to_owned)
    }

    /// The fields of a list of columns, or of a single one.
    pub(crate) fn columns_of<'f>(&mut self, field: &'f Field<'_>, example: &str) -> Option<Vec<Field<'f>>> {
        if let Value::Map(_) = field.node.value {
            self.wrong_type(field, "a column or a list of columns", example);
            return None;
        }
        Some(field.items())
    }

    /// A confidence level.
    pub(crate) fn level(&mut self, field: &Field<'_>) -> Option<f64> {
        let level = self.number(field)?;
        if (0.5..1.0).contains(&level) {
            return Some(level);
        }
        let hint = if (50.0..100.0).contains(&level) {
            format!("write {} for {level} %", level / 100.0)
        } else if level > 0.0 && level < 0.5 {
            format!("the level is the confidence, not the error: {} leaves an error of {level}", 1.0 - level)
        } else {
            "0.95 is usual".to_owned()
        };
        let message = format!("`level` must be at least 0.5 and below 1, not {level}");
        self.wrong(field, Problem::new(Code::PlanInvalidValue, message).hint(hint));
        None
    }
}
