//! What several checks ask of a dossier.

use jiff::civil::Date;

use super::sections::operations::Monitor;
use super::sections::people::PersonRecord;
use super::{Dossier, PersonId};

impl Monitor {
    /// Whether it names a criterion.
    pub(crate) fn covers_criterion(&self, id: &str) -> bool {
        self.covers.get().is_some_and(|covered| covered.iter().any(|criterion| criterion.as_str() == id))
    }

    /// Whether it names a risk.
    pub(crate) fn covers_risk(&self, id: &str) -> bool {
        self.risks.get().is_some_and(|covered| covered.iter().any(|risk| risk.as_str() == id))
    }
}

impl Dossier {
    /// The person with an id.
    pub(crate) fn person(&self, id: &PersonId) -> Option<&PersonRecord> {
        self.people.persons.iter().find(|person| person.id.text() == Some(id.as_str()))
    }

    /// What is wrong with an id of a person, if nobody has it.
    pub(crate) fn stranger(&self, id: &PersonId) -> Option<String> {
        self.person(id).is_none().then(|| format!("`{}` is not among the people", id.as_str()))
    }

    /// The day of the last change until a day that is not recorded as insignificant.
    pub(crate) fn last_significant_change(&self, until: Date) -> Option<Date> {
        let significant = self.changes.iter().filter(|change| change.significant.get() != Some(&false));
        significant.filter_map(|change| change.at.get().copied()).filter(|at| *at <= until).max()
    }
}
