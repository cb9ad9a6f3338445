//! Rules of Prometheus for what must hold and alerts nobody yet: one for each acceptance criterion and level of service, and one
//! for each metric that falls silent, which no threshold would notice.
//!
//! Source: "Alerting rules" and "Metric names and labels" of the Prometheus documentation, release 3.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::Dossier;
use super::sections::acceptance::{AcceptanceCriterion, Comparison, Sla};
use super::sections::operations::Monitor;
use crate::findings::catalogue;
use crate::findings::words::number;
use crate::yaml::words::{bare, double_quoted};

/// What a metric is called here that nobody exports yet.
const PREFIX: &str = "model_";
/// How long a metric must be missing. A service that restarts is back by then.
const SILENT: &str = "1h";

/// Rules for what alerts nobody.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AlertRules {
    /// The rule file, in YAML; empty where there is no rule.
    pub text: String,
    /// What each rule of a threshold watches.
    pub rules: Vec<AlertRule>,
    /// What alerts nobody and has no rule.
    pub left: Vec<NoAlert>,
}

/// A rule of a threshold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlertRule {
    /// Name of the alert.
    pub alert: String,
    /// Path of what it watches.
    pub watches: String,
    /// When it fires.
    pub expr: String,
    /// The metric.
    pub metric: String,
    /// Whether the dossier says that the service exports it.
    pub exported: bool,
}

/// What alerts nobody and has no rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoAlert {
    /// Its path.
    pub path: String,
    /// Why.
    pub why: String,
}

/// The rules that are missing.
#[must_use]
pub fn alert_rules(dossier: &Dossier) -> AlertRules {
    let mut writer = Writer { dossier, found: AlertRules::default() };
    for (index, criterion) in dossier.acceptance.criteria.iter().enumerate() {
        writer.watch(Bound::of_criterion(criterion, format!("acceptance.criteria[{index}]")));
    }
    for (index, sla) in dossier.acceptance.slas.iter().enumerate() {
        writer.watch(Bound::of_sla(sla, format!("acceptance.slas[{index}]")));
    }
    for (index, risk) in dossier.risks.iter().enumerate() {
        let id = risk.id.text().unwrap_or_default();
        let alerts = |monitor: &Monitor| monitor.alert.get().is_some() && monitor.covers_risk(id);
        if !dossier.monitoring.monitors.iter().any(alerts) {
            writer
                .leave(format!("risks[{index}]"), "no metric follows from a risk: add the monitor that would show it");
        }
    }
    writer.finish()
}

/// What must hold, and what it is called.
struct Bound<'d> {
    path: String,
    id: &'d str,
    measure: &'d str,
    attribute: Option<&'d str>,
    comparator: Option<Comparison>,
    threshold: Option<f64>,
    /// Whether monitors name it; those of a level of service are told by the measure.
    is_criterion: bool,
}

impl<'d> Bound<'d> {
    fn of_criterion(criterion: &'d AcceptanceCriterion, path: String) -> Self {
        Self {
            path,
            id: criterion.id.text().unwrap_or_default(),
            measure: criterion.measure.text().unwrap_or_default(),
            attribute: criterion.attribute.text(),
            comparator: criterion.comparator.get().copied(),
            threshold: criterion.threshold.get().copied(),
            is_criterion: true,
        }
    }

    fn of_sla(sla: &'d Sla, path: String) -> Self {
        Self {
            path,
            id: sla.id.text().unwrap_or_default(),
            measure: sla.measure.text().unwrap_or_default(),
            attribute: None,
            comparator: sla.comparator.get().copied(),
            threshold: sla.threshold.get().copied(),
            is_criterion: false,
        }
    }

    fn is_watched_by(&self, monitor: &Monitor) -> bool {
        if self.is_criterion {
            monitor.covers_criterion(self.id)
        } else {
            monitor.measure.text().map(catalogue::known_as) == Some(catalogue::known_as(self.measure))
        }
    }

    /// `MortgageApprovalRankingTooLow`.
    fn alert(&self, model: &str, comparator: Comparison) -> String {
        let bad = match comparator {
            Comparison::AtLeast | Comparison::MoreThan => "TooLow",
            Comparison::AtMost | Comparison::LessThan => "TooHigh",
        };
        format!("{}{}{bad}", in_camel_case(model), in_camel_case(self.id))
    }
}

struct Writer<'d> {
    dossier: &'d Dossier,
    found: AlertRules,
}

impl<'d> Writer<'d> {
    fn model(&self) -> &'d str {
        self.dossier.identity.model_id.text().unwrap_or("model")
    }

    fn leave(&mut self, path: String, why: &str) {
        self.found.left.push(NoAlert { path, why: why.to_owned() });
    }

    fn watch(&mut self, bound: Bound<'_>) {
        let monitors = || self.dossier.monitoring.monitors.iter().filter(|monitor| bound.is_watched_by(monitor));
        if monitors().any(|monitor| monitor.alert.get().is_some()) {
            return;
        }
        let (Some(comparator), Some(threshold)) = (bound.comparator, bound.threshold) else {
            return self.leave(bound.path, "states no comparator or no threshold");
        };
        let metric = monitors().find_map(|monitor| monitor.metric.text()).or_else(|| self.exported_as(&bound));
        let proposed = proposed(&bound);
        let metric = metric.unwrap_or(&proposed).to_owned();
        if !is_metric(&metric) {
            return self.leave(bound.path, "its metric has a name that Prometheus does not take");
        }
        let model = self.model();
        let broken = match comparator {
            Comparison::AtLeast => "<",
            Comparison::MoreThan => "<=",
            Comparison::AtMost => ">",
            Comparison::LessThan => ">=",
        };
        let alert = bound.alert(model, comparator);
        let exported = self.dossier.monitoring.exported_metrics.get();
        let rule = AlertRule {
            alert,
            expr: format!("{metric} {broken} {threshold}"),
            exported: exported.is_some_and(|known| known.contains(&metric)),
            metric,
            watches: bound.path,
        };
        let says = |text: &str| text.replace("{{", "{{\"{{\"}}");
        let summary = format!(
            "{} of {} is {{{{ $value }}}}; {} requires {} {}",
            says(bound.measure),
            says(model),
            says(bound.id),
            comparator.word(),
            number(threshold)
        );
        let comment =
            if rule.exported { "" } else { "  # not among exported_metrics: export it, or name the metric that is" };
        let _ = write!(
            self.found.text,
            "      - alert: {}\n        expr: {}{comment}\n",
            double_quoted(&rule.alert),
            double_quoted(&rule.expr)
        );
        self.labels(&rule.watches, &summary);
        self.found.rules.push(rule);
    }

    /// An exported metric that is named after the measure, such as `mortgage_auc`.
    fn exported_as(&self, bound: &Bound<'_>) -> Option<&str> {
        if bound.attribute.is_some() {
            // The name would have to say which groups are compared.
            return None;
        }
        let measure = catalogue::known_as(bound.measure);
        let exported = self.dossier.monitoring.exported_metrics.get()?;
        let ends = |metric: &str| metric.match_indices('_').map(|(at, _)| at + 1).chain([0]).collect::<Vec<_>>();
        exported
            .iter()
            .map(String::as_str)
            .find(|metric| ends(metric).iter().any(|&at| catalogue::known_as(&metric[at..]) == measure))
    }

    fn labels(&mut self, watches: &str, summary: &str) {
        let monitoring = &self.dossier.monitoring;
        let receivers: BTreeSet<&str> =
            monitoring.monitors.iter().filter_map(|monitor| monitor.receiver.text()).collect();
        let mut labels = vec![("model", self.model()), ("watches", watches)];
        labels.extend(self.dossier.people.accountable.get().map(|person| ("owner", person.as_str())));
        // Of several receivers none is the one.
        labels.extend(receivers.first().filter(|_| receivers.len() == 1).map(|receiver| ("receiver", *receiver)));
        let out = &mut self.found.text;
        out.push_str("        labels:\n");
        for (name, value) in labels {
            let _ = writeln!(out, "          {name}: {}", double_quoted(value));
        }
        let _ = write!(out, "        annotations:\n          summary: {}\n", double_quoted(summary));
    }

    fn finish(mut self) -> AlertRules {
        let metrics: BTreeSet<String> = self.found.rules.iter().map(|rule| rule.metric.clone()).collect();
        for metric in metrics {
            let alert = double_quoted(&format!("{}Silent", in_camel_case(&metric)));
            let expr = double_quoted(&format!("absent({metric})"));
            let _ = write!(self.found.text, "      - alert: {alert}\n        expr: {expr}\n        for: {SILENT}\n");
            self.labels("monitoring.exported_metrics", &format!("{metric} has not been there for {SILENT}"));
        }
        if !self.found.text.is_empty() {
            let model = self.model();
            self.found.text = format!(
                "# Alerts for what must hold and has none yet, by the dossier of {}.\n\
                 groups:\n  - name: {}\n    rules:\n{}",
                bare(model),
                double_quoted(model),
                self.found.text
            );
        }
        self.found
    }
}

fn proposed(bound: &Bound<'_>) -> String {
    let by = bound.attribute.map(|attribute| format!("_by_{attribute}")).unwrap_or_default();
    format!("{PREFIX}{}{by}", catalogue::known_as(bound.measure))
}

/// Letters, digits, underscores and colons, and no digit first.
fn is_metric(name: &str) -> bool {
    let fits = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | ':');
    name.chars().all(fits) && name.starts_with(|first: char| !first.is_ascii_digit())
}

fn in_camel_case(text: &str) -> String {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let capital = |word: &str| {
        let mut rest = word.chars();
        rest.next().map(|first| first.to_uppercase().chain(rest).collect::<String>()).unwrap_or_default()
    };
    words.map(capital).collect()
}
