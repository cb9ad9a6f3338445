//! What was read, for the report.

use super::role_name;
use crate::dossier::Dossier;
use crate::findings::v1::{ColumnSummary, DossierSummary, Inputs, LabelsSummary, Period, TableSummary};
use crate::measure::Measurements;
use crate::plan::{Plan, Role};

pub(super) fn inputs(
    plan: &Plan,
    predictions: &Measurements,
    reference: Option<&Measurements>,
    dossier: Option<&Dossier>,
) -> Inputs {
    let labels = predictions.labels.map(|join| LabelsSummary {
        rows: join.rows,
        duplicates: join.duplicates,
        conflicting: join.conflicting,
        without_id: join.without_id,
        unmatched: join.unmatched,
        predictions_without_label: predictions.unlabelled,
        late: (plan.max_label_delay.is_some() && plan.roles.time.is_some() && plan.roles.label_time.is_some())
            .then_some(predictions.late),
    });
    Inputs {
        predictions: table(predictions),
        reference: reference.map(table),
        labels,
        dossier: dossier
            .map(|dossier| DossierSummary { digest: dossier.digest(), sections: dossier.stated().len() as u64 }),
    }
}

fn table(measurements: &Measurements) -> TableSummary {
    TableSummary {
        digest: measurements.digest().to_owned(),
        rows: measurements.rows,
        period: measurements.period.map(|(from, to)| Period { from: time(from), to: time(to) }),
        columns: measurements
            .columns
            .iter()
            .map(|(column, missing)| ColumnSummary {
                name: column.spec.name.clone(),
                role: role_name(column.role).to_owned(),
                missing: if column.role == Role::Label { Some(measurements.unlabelled) } else { *missing },
            })
            .collect(),
        score_bits_dropped: measurements.task.bits_dropped(),
    }
}

/// ISO 8601, without the time of day where it is midnight.
fn time(microseconds: i64) -> String {
    let moment = jiff::Timestamp::from_microsecond(microseconds).unwrap_or_default();
    let civil = jiff::tz::Offset::UTC.to_datetime(moment);
    if civil.time() == jiff::civil::Time::midnight() { civil.date().to_string() } else { format!("{civil}Z") }
}
