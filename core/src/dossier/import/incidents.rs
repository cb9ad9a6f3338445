//! A register of incidents in CSV: one row each, columns named as in `incidents.log` of the dossier.

use super::csv::Table;
use super::draft::Draft;
use crate::dossier::Dossier;
use crate::dossier::record::{Shape, Spec};

pub(super) fn read(table: &Table, draft: &mut Draft) {
    let fields = fields();
    for row in table.rows() {
        let Some(item) = row.text("id").and_then(|id| draft.item("incidents.log", &[&id.text], id.from)) else {
            draft.note(row.origin(), "a row without an id");
            continue;
        };
        for field in fields.iter().filter(|field| field.name != "id") {
            draft.set_in(&item, field.name, row.text(field.name));
        }
    }
}

/// The fields of an incident.
fn fields() -> &'static [Spec] {
    let below =
        |specs: &'static [Spec], name: &str| match specs.iter().find(|spec| spec.name == name).map(|spec| spec.shape) {
            Some(Shape::One(specs) | Shape::Many(specs)) => specs,
            _ => &[],
        };
    below(below(Dossier::keys(), "incidents"), "log")
}
