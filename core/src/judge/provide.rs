//! What the dossier lacks, by what it would answer.

use std::cmp::Reverse;

use crate::checks::{Judge, registry};
use crate::dossier::{Absence, Dossier};
use crate::findings::v1::Lacking;

/// Every record that checks wait for, the one that most of them wait for first. What is stated not to apply is not lacking.
pub(super) fn lacking(dossier: &Dossier) -> Vec<Lacking> {
    let mut lacking: Vec<Lacking> = Vec::new();
    for check in registry::all() {
        let Judge::Dossier { rests_on, .. } = check.judge else { continue };
        for path in rests_on {
            let absent = matches!(dossier.absence_at(path), Some(Absence::Missing | Absence::Unknown));
            let Some(spec) = Dossier::spec_at(path).filter(|_| absent) else { continue };
            match lacking.iter_mut().find(|record| record.path == *path) {
                Some(record) => record.checks.push(check.meta.id.to_owned()),
                None => lacking.push(Lacking {
                    path: (*path).to_owned(),
                    about: spec.about.trim().to_owned(),
                    example: spec.example.to_owned(),
                    checks: vec![check.meta.id.to_owned()],
                }),
            }
        }
    }
    lacking.sort_by_key(|record| Reverse(record.checks.len()));
    lacking
}
