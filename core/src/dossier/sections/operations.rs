//! How it is watched, changed and supplied: monitoring, incidents, changes, third parties, risks.

use super::acceptance::Compares;
use crate::dossier::leaf::{
    Count, Criteria, Date, Flag, Moment, Monitors, Number, Person, Persons, Risks, Sha256, Text, Texts, Url, choice,
};
use crate::dossier::record::record;
use crate::dossier::stated::{Many, Stated};

record! {
    /// How the model is watched.
    Monitoring as "the monitoring" {
        /// The plan of monitoring.
        plan: Url = "docs/monitoring.md";
        /// Every monitor.
        monitors: Many<Monitor> = "[{id: auc-weekly, measure: roc_auc, covers: [auc]}]";
        /// Metrics that the service exports.
        exported_metrics: Texts = "[model_auc, model_latency_seconds]";
        /// How users report what goes wrong.
        feedback_channel: Text = "lending-support@example.com";
    }
}

record! {
    /// A monitor.
    Monitor as "a monitor" {
        /// Its id.
        id (required): Text = "auc-weekly";
        /// What it watches, as a plan names it.
        measure: Text = "roc_auc";
        /// Criteria that it covers.
        covers: Criteria = "[auc]";
        /// Risks that it covers.
        risks: Risks = "[r-degradation]";
        /// Metric that the service exports.
        metric: Text = "model_auc";
        /// Whether larger or smaller is good.
        comparator: Compares = "\">=\"";
        /// Value beyond which it alerts.
        threshold: Number = "0.76";
        /// Over which time.
        window: Text = "7d";
        /// Name of the alert.
        alert: Text = "MortgageAucLow";
        /// Whom the alert reaches.
        receiver: Text = "pager:model-oncall";
        /// Who answers.
        owner: Person = "p-ong";
        /// When it fired last.
        last_fired: Date = "2026-08-02";
        /// When it was tested last.
        last_tested: Date = "2026-09-15";
    }
}

record! {
    /// What can go wrong.
    Risk as "a risk" {
        /// Its id.
        id (required): Text = "r-degradation";
        /// In words.
        description: Text = "performance falls when interest rates move";
        /// Whom it affects.
        affected: Texts = "[applicants]";
        /// How bad it would be, from 1 to 5.
        severity: Count = "4";
        /// How likely it is, from 1 to 5.
        likelihood: Count = "3";
        /// What is done about it.
        measures: Texts = "[weekly monitor, yearly refit]";
        /// How bad it still is, from 1 to 5.
        residual_severity: Count = "3";
        /// How likely it still is, from 1 to 5.
        residual_likelihood: Count = "2";
        /// Who answers for it.
        owner: Person = "p-lim";
        /// Who accepts what remains.
        accepted_by: Person = "p-chan";
        /// The day they did.
        accepted_at: Date = "2026-01-15";
        /// The day it is looked at again.
        review_at: Date = "2027-01-15";
    }
}

record! {
    /// What went wrong, and how that is handled.
    Incidents as "the incidents" {
        /// The procedure.
        procedure: Url = "docs/incidents.md";
        /// Who fills its roles.
        responders: Persons = "[p-ong, p-lee]";
        /// Exercises of it.
        exercises: Many<Exercise> = "[{kind: incident, date: 2026-05-04, result: passed}]";
        /// What went wrong.
        log: Many<Incident> = "[{id: i-7, aware_at: 2026-06-01, severity: high}]";
        /// Complaints that came in.
        complaints: Many<Complaint> = "[{id: c-12, opened: 2026-03-02, closed: 2026-03-20, overturned: false}]";
    }
}

record! {
    /// An exercise.
    Exercise as "an exercise" {
        /// What was exercised.
        kind: Drill = "incident";
        /// The day.
        date: Date = "2026-05-04";
        /// What was played through.
        scenario: Text = "scores drift after a data feed breaks";
        /// How it went.
        result: Text = "passed";
        /// Who took part.
        participants: Persons = "[p-ong, p-lee]";
        /// How long it took, in seconds.
        seconds: Count = "840";
    }
}

record! {
    /// Something that went wrong.
    Incident as "an incident" {
        /// Its id.
        id (required): Text = "i-7";
        /// When it happened.
        occurred_at: Moment = "2026-05-31T22:10:00Z";
        /// When somebody knew.
        aware_at: Moment = "2026-06-01T07:40:00Z";
        /// How bad it was.
        severity: Grade = "high";
        /// What kind of serious incident it was under the EU AI Act.
        serious: SeriousIncident = "none";
        /// How many people it concerned.
        affected: Count = "112";
        /// When an authority was told.
        reported_at: Moment = "2026-06-03";
        /// By when it is to be closed.
        due: Date = "2026-07-01";
        /// When it was closed.
        closed_at: Date = "2026-06-20";
        /// Why it happened.
        root_cause: Text = "a renamed column was read as missing";
        /// Risk to which it belongs.
        risks: Risks = "[r-degradation]";
        /// Monitors that were added.
        monitors: Monitors = "[missing-daily]";
    }
}

record! {
    /// A complaint.
    Complaint as "a complaint" {
        /// Its id.
        id (required): Text = "c-12";
        /// The day it came in.
        opened: Date = "2026-03-02";
        /// The day it was answered.
        closed: Date = "2026-03-20";
        /// Whether the decision was changed.
        overturned: Flag = "false";
    }
}

record! {
    /// A change of the model or around it.
    Change as "a change" {
        /// Its id.
        id (required): Text = "ch-4";
        /// The day.
        at: Date = "2026-02-01";
        /// Artefact before.
        from_hash: Sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        /// Artefact after.
        to_hash: Sha256 = "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9";
        /// What changed.
        what: Changes = "[training_data]";
        /// Whether it matters for what was tested before.
        significant: Flag = "true";
        /// Who assessed that.
        assessed_by: Person = "p-lee";
        /// Who approved it.
        approved_by: Person = "p-lim";
        /// How to go back.
        rollback: Text = "redeploy 2025.3";
    }
}

record! {
    /// Somebody else on whom the model depends.
    ThirdParty as "a third party" {
        /// Who.
        supplier (required): Text = "Example Bureau";
        /// What they supply.
        service: Text = "credit history";
        /// Whether the contract lets you audit them.
        audit_right: Flag = "true";
        /// Days of notice before they change something.
        change_notice_days: Count = "30";
        /// Certificate they hold.
        certificate: Text = "ISO/IEC 27001";
        /// The day until which it counts.
        certified_until: Date = "2027-05-31";
        /// The day they were assessed last.
        assessed_at: Date = "2026-02-20";
        /// What you would do without them.
        fallback: Text = "manual underwriting";
    }
}

choice! {
    /// What is exercised.
    DrillKind as Drill {
        /// The incident procedure.
        Incident = "incident",
        /// Switching the model off.
        KillSwitch = "kill_switch",
        /// Going back to the version before.
        Rollback = "rollback",
    }
}

choice! {
    /// How bad something is.
    Severity as Grade {
        /// A little.
        Low = "low",
        /// Somewhat.
        Medium = "medium",
        /// Badly.
        High = "high",
        /// As bad as it gets.
        Critical = "critical",
    }
}

choice! {
    /// A serious incident under Article 3(49) of the EU AI Act.
    Serious as SeriousIncident {
        /// Not serious in that sense.
        None = "none",
        /// Death of a person.
        Death = "death",
        /// Serious harm to health, property or the environment.
        Harm = "harm",
        /// Disruption of critical infrastructure, or a widespread infringement.
        Infrastructure = "infrastructure",
        /// Breach of obligations that protect fundamental rights.
        FundamentalRights = "fundamental_rights",
    }
}

choice! {
    /// What changed.
    ChangeKind as ChangeOf {
        /// The architecture.
        Architecture = "architecture",
        /// What the model takes in.
        Features = "features",
        /// What it was trained on.
        TrainingData = "training_data",
        /// The decision threshold.
        Threshold = "threshold",
        /// Whom it is used on.
        Population = "population",
        /// What it is used for.
        Purpose = "purpose",
        /// Something around it.
        Infrastructure = "infrastructure",
        /// Something a supplier supplies.
        Supplier = "supplier",
        /// Who owns it.
        Ownership = "ownership",
    }
}

/// What changed, in several words.
pub type Changes = Stated<Vec<ChangeKind>>;
