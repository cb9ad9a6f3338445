//! The dossier: the governance evidence that a team keeps beside a model, read strictly and stated in full.
//!
//! Nothing in it must be there: a partial dossier gives a partial audit. What is there must be right: an unknown key, a
//! wrong type or an id that nobody can tell apart is an error with its place.

#[cfg(feature = "dossier")]
mod alert_rules;
mod canonical;
mod evidence;
#[cfg(feature = "dossier")]
pub mod import;
mod keys;
pub mod leaf;
mod queries;
mod read;
pub(crate) mod record;
pub mod sections;
mod stated;
mod template;

#[cfg(feature = "dossier")]
pub use alert_rules::{AlertRule, AlertRules, NoAlert, alert_rules};
pub use evidence::Evidence;
pub use leaf::{CriterionId, DatasetId, Digest, EvidenceClass, Instant, MonitorId, PersonId, RiskId};
pub use record::{Kind, Shape, Spec, Target};
pub use stated::{Absence, Many, One, Stated};
pub use template::init_dossier;

pub(crate) use record::Slot;

use record::{Declared as _, Record, record};
use sections::acceptance::{Acceptance, Explainability, Fairness, Purpose};
use sections::data::{Data, Design};
use sections::documents::{Attestation, Document, Exception, Impact, Oversight, PastAudit, Retention};
use sections::identity::{Classification, Identity};
use sections::operations::{Change, Incidents, Monitoring, Risk, ThirdParty};
use sections::people::People;
use sections::security::Security;

/// Version of the dossier format.
pub const SCHEMA_VERSION: u64 = 1;

record! {
    /// The governance evidence of one version of a model.
    Dossier as "a dossier" {
        /// Version of the dossier format.
        schema_version: leaf::Count = "1";
        /// Which model it is.
        identity: One<Identity> = "{model_id: mortgage-approval, version: \"2026.1\"}";
        /// How much depends on it.
        classification: One<Classification> = "{tier: high}";
        /// What the model is for.
        purpose: One<Purpose> = "{intended_use: recommend approval of mortgages}";
        /// Who does what.
        people: One<People> = "{accountable: p-lim}";
        /// How the model is built.
        design: One<Design> = "{algorithm: gradient boosted trees}";
        /// The data behind it.
        data: One<Data> = "{datasets: [{id: train-2025, role: train}]}";
        /// What must hold.
        acceptance: One<Acceptance> = "{criteria: [{id: auc, measure: roc_auc, comparator: \">=\", threshold: 0.75}]}";
        /// What fairness means here.
        fairness: One<Fairness> = "{definition: equal opportunity}";
        /// How decisions are explained.
        explainability: One<Explainability> = "{method: SHAP}";
        /// How people watch over the decisions.
        oversight: One<Oversight> = "{mode: a loan officer confirms every refusal}";
        /// How it is protected.
        security: One<Security> = "{threat_model: docs/threats.md}";
        /// What can go wrong.
        risks: Many<Risk> = "[{id: r-degradation, severity: 4, likelihood: 3}]";
        /// What it could do to people, assessed.
        impact: One<Impact> = "{dpia: docs/dpia.pdf}";
        /// What is written about it.
        documents: Many<Document> = "[{id: model-card, slots: [purpose], uri: docs/model-card.md}]";
        /// How it is watched.
        monitoring: One<Monitoring> = "{monitors: [{id: auc-weekly, covers: [auc]}]}";
        /// What went wrong, and how that is handled.
        incidents: One<Incidents> = "{procedure: docs/incidents.md}";
        /// What changed.
        changes: Many<Change> = "[{id: ch-4, at: 2026-02-01, what: [training_data]}]";
        /// Who else it depends on.
        third_parties: Many<ThirdParty> = "[{supplier: Example Bureau, service: credit history}]";
        /// Audits of the past.
        audits: Many<PastAudit> = "[{id: audit-2025, kind: full, finished: 2025-11-28}]";
        /// What people vouch for.
        attestations: Many<Attestation> = "[{control: human-oversight, by: p-goh, at: 2026-03-01}]";
        /// Exceptions to what must hold.
        exceptions: Many<Exception> = "[{subject: fairness/selection-rate-ratio, expires: 2026-12-31}]";
        /// How long things are kept.
        retention: One<Retention> = "{decisions_months: 84}";
    }
}

impl Dossier {
    /// What it may state: its sections, and below them everything else.
    pub fn keys() -> &'static [Spec] {
        Self::SPECS
    }

    /// Every section with its name.
    pub(crate) fn sections(&self) -> impl Iterator<Item = (&'static str, &dyn Slot)> {
        let all = Self::SPECS.iter().map(|spec| spec.name).zip(self.slots());
        all.filter(|(name, _)| *name != "schema_version")
    }

    /// Names of the sections of which it says something.
    pub(crate) fn stated(&self) -> Vec<&'static str> {
        let stated = self.sections().filter(|(_, slot)| slot.absence() != Some(&Absence::Missing));
        stated.map(|(name, _)| name).collect()
    }

    /// The field at a path such as `acceptance.criteria`.
    pub(crate) fn spec_at(path: &str) -> Option<&'static Spec> {
        let mut names = path.split('.');
        let find = |specs: &'static [Spec], name: &str| specs.iter().find(|spec| spec.name == name);
        let first = find(Self::SPECS, names.next()?)?;
        names.try_fold(first, |spec, name| match spec.shape {
            Shape::One(below) | Shape::Many(below) => find(below, name),
            Shape::Leaf(_) | Shape::Leaves(_) => None,
        })
    }

    /// Why there is nothing at a path such as `acceptance.criteria`, or `None` where something is given.
    pub(crate) fn absence_at(&self, path: &str) -> Option<&Absence> {
        let mut record: &dyn Record = self;
        for name in path.split('.') {
            let place = record.specs().iter().position(|spec| spec.name == name);
            // A path that does not exist would be a mistake of a check, which the tests of the registry find.
            let Some(slot) = place.and_then(|place| record.slots().into_iter().nth(place)) else { break };
            if let Some(absence) = slot.absence() {
                return Some(absence);
            }
            match slot.records().into_iter().next() {
                Some((_, below)) => record = below,
                None => break,
            }
        }
        None
    }

    /// Calls a function for every field, with its path.
    pub(crate) fn walk<'d>(&'d self, visit: &mut dyn FnMut(&str, &Spec, &'d dyn Slot)) {
        record::walk(self, "", visit);
    }
}
