//! The importers, on samples that the packages made which write such files (`tests/importers/make_samples.py`), or written
//! as their tools write them where no package does.
#![cfg(feature = "dossier")]

use modelassay::dossier::import::{File, Format, Import, import};
use modelassay::dossier::{Dossier, alert_rules};
use modelassay::error::{Code, Error};
use proptest::prelude::*;

const SAMPLES: [(&str, Format, &str); 19] = [
    ("README.md", Format::ModelCard, include_str!("fixtures/importers/README.md")),
    ("MLmodel", Format::Mlflow, include_str!("fixtures/importers/MLmodel")),
    ("bom.cdx.json", Format::Cyclonedx, include_str!("fixtures/importers/bom.cdx.json")),
    ("croissant.json", Format::Croissant, include_str!("fixtures/importers/croissant.json")),
    ("rules.yaml", Format::Prometheus, include_str!("fixtures/importers/rules.yaml")),
    ("prometheus-rule.yaml", Format::Prometheus, include_str!("fixtures/importers/prometheus-rule.yaml")),
    ("grafana-alerts.yaml", Format::Grafana, include_str!("fixtures/importers/grafana-alerts.yaml")),
    ("alertmanager.yml", Format::Alertmanager, include_str!("fixtures/importers/alertmanager.yml")),
    ("prov.json", Format::Prov, include_str!("fixtures/importers/prov.json")),
    ("openlineage.ndjson", Format::Openlineage, include_str!("fixtures/importers/openlineage.ndjson")),
    ("dvc.lock", Format::Dvc, include_str!("fixtures/importers/dvc.lock")),
    ("card-toolkit.json", Format::CardToolkit, include_str!("fixtures/importers/card-toolkit.json")),
    ("scim-users.json", Format::Scim, include_str!("fixtures/importers/scim-users.json")),
    ("rbac.yaml", Format::Kubernetes, include_str!("fixtures/importers/rbac.yaml")),
    ("iam-account.json", Format::AwsIam, include_str!("fixtures/importers/iam-account.json")),
    ("iam-policy.json", Format::AwsIam, include_str!("fixtures/importers/iam-policy.json")),
    ("credential-report.csv", Format::AwsCredentials, include_str!("fixtures/importers/credential-report.csv")),
    ("access-review.csv", Format::AccessReview, include_str!("fixtures/importers/access-review.csv")),
    ("incidents.csv", Format::Incidents, include_str!("fixtures/importers/incidents.csv")),
];

fn read(name: &str, text: &str) -> Result<Import, Error> {
    import(&[File { name, text, format: None }], None)
}

fn refused(name: &str, text: &str) -> (Code, String) {
    let error = read(name, text).expect_err("it is refused");
    (error.problems[0].code, error.to_string())
}

/// What became of files, for people who review it.
fn shown(imported: &Import) -> String {
    let mut out = imported.text.clone();
    for unread in &imported.unread {
        let from = &unread.from;
        let line = from.line.unwrap_or_default();
        out += &format!("\nunread {}:{line} {} x{}: {}", from.file, from.key, unread.count, unread.why);
    }
    for conflict in &imported.conflicts {
        let (kept, given) = (&conflict.kept_from, &conflict.from);
        out += &format!("\nconflict {}: {} ({}) against ", conflict.path, conflict.kept, kept.file);
        out += &format!("{} ({} {})", conflict.given, given.file, given.key);
    }
    out
}

#[test]
fn every_sample_is_told_apart_and_its_draft_is_a_dossier() {
    for (name, format, text) in SAMPLES {
        let imported = read(name, text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(imported.formats, [format], "{name}");
        let dossier = Dossier::parse(&imported.text, name).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!imported.filled.is_empty(), "{name}");
        // What is said to be filled is what the dossier states.
        let canonical = dossier.canonical();
        for filled in &imported.filled {
            let pointer = format!("/{}", filled.path.replace(['.', '['], "/").replace(']', ""));
            assert_eq!(canonical.pointer(&pointer), Some(&filled.value), "{name}: {}", filled.path);
        }
        insta::assert_snapshot!(name, shown(&imported));
    }
}

#[test]
fn a_format_may_be_named() {
    let (_, _, text) = SAMPLES[1];
    let imported = import(&[File { name: "x", text, format: Format::find("mlflow") }], None).expect("it is read");
    assert_eq!(imported.formats, [Format::Mlflow]);
    for (word, format) in Format::ALL {
        assert_eq!(serde_json::to_value(format).expect("a word"), word);
    }
}

#[test]
fn several_files_make_one_draft_and_contradictions_are_listed() {
    let files = SAMPLES.map(|(name, _, text)| File { name, text, format: None });
    let imported = import(&files, None).expect("they are read");
    Dossier::parse(&imported.text, "draft").expect("it parses");
    let auc: Vec<_> =
        imported.conflicts.iter().filter(|conflict| conflict.path == "acceptance.declared[1].value").collect();
    assert_eq!(auc.len(), 1, "{:#?}", imported.conflicts);
    assert_eq!((auc[0].kept.as_f64(), auc[0].given.as_f64()), (Some(0.82), Some(0.79)));
    assert_eq!((auc[0].kept_from.file.as_str(), auc[0].from.file.as_str()), ("README.md", "card-toolkit.json"));
}

#[test]
fn beside_a_dossier_only_what_is_new_is_drafted() {
    let text = "{identity: {name: {value: Mortgage, evidence: [{uri: a.pdf}]}, version: unknown, \
                artifact: {sha256: f8737e6bc3e6bc174a17980cf5a1e7420369147d32ed18ffa3deb50afe15d073}}, \
                data: {datasets: [{id: train-2025}, {id: holdout-2025, uri: holdout.csv}]}, acceptance: {declared: [{measure: roc_auc, value: 0.82}]}}";
    let dossier = Dossier::parse(text, "dossier.yaml").expect("it parses");
    let (name, _, text) = SAMPLES[2];
    let imported = import(&[File { name, text, format: None }], Some((&dossier, "dossier.yaml"))).expect("it is read");
    let said: Vec<_> = imported.conflicts.iter().map(|conflict| (conflict.path.as_str(), &conflict.kept)).collect();
    assert_eq!(
        said,
        [
            ("identity.name", &serde_json::json!("Mortgage")),
            ("data.datasets[1].uri", &serde_json::json!("holdout.csv"))
        ]
    );
    let filled: Vec<_> = imported.filled.iter().map(|filled| filled.path.as_str()).collect();
    assert!(filled.contains(&"identity.version"), "{filled:?}");
    assert!(!imported.text.contains("f8737e6b") && !imported.text.contains("train-2025"), "{}", imported.text);
    let again = Dossier::parse(&imported.text, "draft").expect("it parses");
    let rest = import(&[File { name, text, format: None }], Some((&again, "draft"))).expect("it is read");
    assert!(rest.conflicts.is_empty(), "{:?}", rest.conflicts);
}

#[test]
fn what_a_dossier_rules_out_is_not_drafted() {
    let text = "{identity: {provider: {not_applicable: in house}}, risks: {not_applicable: none}, acceptance: unknown}";
    let dossier = Dossier::parse(text, "dossier.yaml").expect("it parses");
    let (name, _, text) = SAMPLES[2];
    let imported = import(&[File { name, text, format: None }], Some((&dossier, "dossier.yaml"))).expect("it is read");
    let paths: Vec<_> = imported.conflicts.iter().map(|conflict| conflict.path.as_str()).collect();
    assert_eq!(paths, ["identity.provider.name", "identity.provider.contact", "risks", "risks", "risks"]);
    assert!(!imported.text.contains("risks:") && imported.text.contains("acceptance:"), "{}", imported.text);
}

#[test]
fn what_is_nothing_known_is_refused_with_what_there_is() {
    assert_eq!(refused("x.json", "{\"a\": 1}").0, Code::FormatUnknown);
    assert!(refused("x.json", "[1, 2]").1.contains("cyclonedx"));
    assert_eq!(refused("x.md", "no heading").0, Code::FormatUnknown);
    assert_eq!(refused("x.csv", "a,b\n1,2\n").0, Code::FormatUnknown);
    assert_eq!(refused("x.csv", "id\n\"a\n").0, Code::FileDamaged);
    assert_eq!(refused("x.json", "{\"bomFormat\": ").0, Code::FileDamaged);
    for name in ["x.json", "x.yaml", "MLmodel"] {
        assert_eq!(refused(name, "").0, Code::FileDamaged, "{name}");
    }
    let (code, message) = refused("rules.yaml", "groups: []\n---\ngroups: [\n");
    assert_eq!(code, Code::FileDamaged);
    assert!(message.contains("rules.yaml") && message.contains("line 4"), "{message}");
}

#[test]
fn hostile_texts_end_within_the_budgets() {
    let bomb = "flavors: &a [x, x]\nrun_id: [*a, *a, *a]\n";
    assert_eq!(refused("MLmodel", bomb).0, Code::FileDamaged);
    let deep = format!("{{\"bomFormat\": \"CycloneDX\", \"x\": {}", "[".repeat(1_000_000));
    assert_eq!(refused("bom.json", &deep).0, Code::BudgetExceeded);
    let wide = format!("groups: [{}]", "a,".repeat(1_000_000));
    assert_eq!(refused("rules.yaml", &wide).0, Code::BudgetExceeded);
    let long = "x".repeat(100_000_000);
    for name in ["x.md", "x.csv", "x.json", "MLmodel"] {
        assert_eq!(refused(name, &long).0, Code::BudgetExceeded, "{name}");
    }
    let documents = "---\n- a\n".repeat(100_000);
    assert_eq!(refused("rules.yaml", &documents).0, Code::BudgetExceeded);
    // The metadata of a card, and what is written inside a text, are read within the same budgets.
    let (card, inside) = (format!("---\nx: {}\n---\n# a", "[".repeat(100)), "[".repeat(1000));
    assert_eq!(refused("x.md", &card).0, Code::BudgetExceeded);
    let imported = read("MLmodel", &format!("flavors: {{}}\nsignature: {{inputs: '{inside}'}}")).expect("it is read");
    assert!(imported.unread[0].why.contains("nested"), "{:?}", imported.unread);
    let many = format!("# a\n{}", "## intended use\nx\n".repeat(100_000));
    assert!(read("x.md", &many).is_ok());
    let rules = (0..5_000).map(|rule| format!("{{alert: a, expr: a{rule} < 1}},")).collect::<String>();
    let imported = read("rules.yaml", &format!("groups: [{{rules: [{rules}]}}]")).expect("it is read");
    assert_eq!(imported.filled.iter().filter(|filled| filled.path.ends_with(".threshold")).count(), 5_000);
}

#[test]
fn texts_of_any_characters_come_through() {
    let odd = "a\u{7f}\u{85}\u{2028}\u{feff}\"\\'#: {[&*!|>%@`\t\u{1F600} \u{0}";
    let json = serde_json::json!({"model_details": {"name": odd}}).to_string().replace('\u{7f}', "\\u007f");
    let imported = read("card.json", &json).expect("it is read");
    let dossier = Dossier::parse(&imported.text, "draft").expect("it parses");
    assert_eq!(dossier.identity.name.text(), Some(odd.trim()), "{}", imported.text);
}

#[test]
fn whom_an_alert_reaches_follows_from_the_labels_of_its_rule() {
    let (_, _, rules) = SAMPLES[4];
    let (_, _, routes) = SAMPLES.into_iter().find(|(name, ..)| *name == "alertmanager.yml").expect("a sample");
    let (rules, routes) = (("rules.yaml", rules), ("alertmanager.yml", routes));
    // In either order, as rules are read first.
    let drafts = [[rules, routes], [routes, rules]].map(|files| {
        let imported = import(&files.map(|(name, text)| File { name, text, format: None }), None).expect("it is read");
        (imported.filled, imported.unread, imported.conflicts)
    });
    assert_eq!(drafts[0], drafts[1]);
    let (filled, unread, conflicts) = &drafts[0];
    let receivers: Vec<_> =
        filled.iter().filter(|filled| filled.path.ends_with(".receiver")).map(|filled| filled.value.as_str()).collect();
    assert_eq!(receivers, [Some("pager:model-oncall"), Some("ml-chat, ml-mail"), Some("ml-chat, ml-mail")]);
    let given: Vec<_> = conflicts.iter().map(|conflict| conflict.given.as_str()).collect();
    assert_eq!(given, [Some("model-oncall")]);
    // Neither the alert of silence nor the one that only a route names has a severity.
    let undecided = unread.iter().filter(|unread| unread.why.contains("no rule states")).count();
    assert_eq!(undecided, 2, "{unread:#?}");
}

#[test]
fn a_policy_and_a_credential_report_meet_in_one_account() {
    let of = |wanted: &str| SAMPLES.into_iter().find(|(name, ..)| *name == wanted).expect("a sample");
    let files =
        [of("iam-account.json"), of("credential-report.csv")].map(|(name, _, text)| File { name, text, format: None });
    let imported = import(&files, None).expect("they are read");
    let dossier = Dossier::parse(&imported.text, "draft").expect("it parses");
    let access = dossier.canonical()["security"]["access"].clone();
    let user = access
        .as_array()
        .and_then(|all| all.iter().find(|one| one["principal"].as_str().is_some_and(|name| name.ends_with("lee.wei"))));
    assert_eq!(
        user.map(|user| (user["permissions"].clone(), user["mfa"].clone())),
        Some((serde_json::json!(["train", "read"]), true.into()))
    );
}

#[test]
fn rules_of_the_api_of_grafana_are_read_too() {
    let rule = serde_json::json!({
        "id": 1, "uid": "a", "orgID": 1, "folderUID": "f", "ruleGroup": "g", "title": "A", "condition": "B", "for": "5m",
        "data": [
            {"refId": "A", "queryType": "", "relativeTimeRange": {"from": 600, "to": 0}, "datasourceUid": "p",
             "model": {"expr": "model_psi", "refId": "A"}},
            {"refId": "B", "datasourceUid": "__expr__", "model": {"type": "threshold", "expression": "A", "refId": "B",
             "conditions": [{"evaluator": {"type": "gt", "params": [0.2]}}]}}
        ]
    });
    for text in [rule.to_string(), serde_json::json!([rule]).to_string()] {
        let imported = read("rules.json", &text).expect("it is read");
        assert_eq!(imported.formats, [Format::Grafana]);
        for line in ["metric: \"model_psi\"", "comparator: \"<=\"", "threshold: 0.2", "window: \"5m\""] {
            assert!(imported.text.contains(line), "{line}: {}", imported.text);
        }
        assert!(imported.unread.is_empty(), "{:?}", imported.unread);
    }
    // Steps that read one another in a circle end.
    let circle = rule.to_string().replace("\"expr\":\"model_psi\"", "\"expression\":\"B\"");
    assert!(!read("rules.json", &circle).expect("it is read").text.contains("metric:"));
}

#[test]
fn wildcards_mean_what_they_cover() {
    let allows = |action: &str| {
        let text =
            serde_json::json!({"Statement": {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": "*"}});
        let imported = read("policy.json", &text.to_string()).expect("it is read");
        let permissions = imported.filled.iter().filter(|filled| filled.path.contains("permissions"));
        permissions.filter_map(|filled| Some(filled.value.as_str()?.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(allows("*"), ["admin"]);
    assert_eq!(allows("SageMaker:*"), ["admin"]);
    assert_eq!(allows("sagemaker:Create*"), ["train", "deploy"]);
    assert_eq!(allows("sagemaker:*Job"), ["train"]);
    assert_eq!(allows("sagemaker:UpdateEndpoin?"), ["deploy"]);
    assert!(allows("s3:*").is_empty() && allows("sagemaker:CreateEndpoint?").is_empty());
}

#[test]
fn the_alerts_of_a_dossier_are_routed_as_well() {
    let dossier = "monitoring: {monitors: [{id: auc, alert: MortgageAucLow}]}";
    let dossier = Dossier::parse(dossier, "dossier.yaml").expect("it parses");
    let text = "receivers: [{name: a, webhook_configs: []}]\nroute: {receiver: a, routes: [{match_re: {alertname: 'Other.*'}}]}";
    let files = |text| [File { name: "alertmanager.yml", text, format: None }];
    let imported = import(&files(text), Some((&dossier, "dossier.yaml"))).expect("it is read");
    assert!(imported.filled.is_empty() && imported.unread.iter().any(|unread| unread.why.contains("no rule states")));
    let text = text.replace(".*", "");
    let imported = import(&files(&text), Some((&dossier, "dossier.yaml"))).expect("it is read");
    assert!(imported.text.contains("receiver: \"a\""), "{}", imported.text);
}

/// A sample with something put in the place of something else.
fn mutated() -> impl Strategy<Value = (&'static str, String)> {
    let put = prop_oneof![
        Just(String::new()),
        "[\\PC\n]{0,6}",
        prop::sample::select(vec![
            "null",
            "[]",
            "{}",
            "1",
            "-1e999",
            "\"\"",
            "[[1]]",
            "{a: {b: 1}}",
            "\n---\n",
            "unknown",
            "&a",
            "*a"
        ])
        .prop_map(str::to_owned),
    ];
    (0..SAMPLES.len(), any::<prop::sample::Index>(), 0..40_usize, put).prop_map(|(sample, at, length, put)| {
        let (name, _, text) = SAMPLES[sample];
        let characters: Vec<char> = text.chars().collect();
        let start = at.index(characters.len());
        let end = (start + length).min(characters.len());
        let kept = |part: &[char]| part.iter().collect::<String>();
        (name, kept(&characters[..start]) + &put + &kept(&characters[end..]))
    })
}

/// A sample of which one value of the tree is of another type.
fn retyped() -> impl Strategy<Value = (&'static str, String)> {
    let trees: Vec<_> = SAMPLES.iter().filter(|(name, ..)| name.ends_with(".json")).collect();
    let values = vec!["null", "true", "[]", "{}", "[{}]", "[[\"a\"]]", "{\"name\": []}", "-7", "\"x=y\"", "\"\""];
    (prop::sample::select(trees), any::<prop::sample::Index>(), prop::sample::select(values)).prop_map(
        |(sample, at, put)| {
            let (name, _, text) = sample;
            let mut tree: serde_json::Value = serde_json::from_str(text).expect("a sample is JSON");
            let mut paths = Vec::new();
            list(&tree, String::new(), &mut paths);
            let path = &paths[at.index(paths.len())];
            *tree.pointer_mut(path).expect("it is there") = serde_json::from_str(put).expect("it is JSON");
            (*name, tree.to_string())
        },
    )
}

fn list(tree: &serde_json::Value, path: String, paths: &mut Vec<String>) {
    let below: Vec<(String, &serde_json::Value)> = match tree {
        serde_json::Value::Object(map) => map.iter().map(|(key, value)| (key.replace('/', "~1"), value)).collect(),
        serde_json::Value::Array(items) => {
            items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in below {
        list(value, format!("{path}/{key}"), paths);
    }
    paths.push(path);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing panics, and a draft that is given is a dossier.
    /// Whatever a dossier names, its missing rules are YAML that the importer reads.
    #[test]
    fn missing_rules_are_read_again(model in "\\PC{1,20}", id in "[a-z{}\"\\\\: #é]{1,12}", threshold in -1e6..1e6_f64) {
        let criterion = serde_json::json!({"id": format!("c{id}"), "measure": "roc_auc", "comparator": ">=", "threshold": threshold});
        let text = serde_json::json!({"identity": {"model_id": format!("m{model}")}, "acceptance": {"criteria": [criterion]}});
        if let Ok(dossier) = Dossier::parse(&text.to_string(), "dossier") {
            let rules = alert_rules(&dossier);
            prop_assert_eq!(rules.rules.len(), 1);
            let imported = read("rules.yaml", &rules.text).unwrap();
            let bound = imported.filled.iter().find(|filled| filled.path == "monitoring.monitors[0].threshold");
            prop_assert_eq!(bound.and_then(|filled| filled.value.as_f64()), Some(threshold));
        }
    }

    #[test]
    fn no_change_of_a_sample_breaks_an_importer((name, text) in prop_oneof![mutated(), retyped()]) {
        for format in std::iter::once(None).chain(Format::ALL.map(|(_, format)| Some(format))) {
            if let Err(error) = import(&[File { name, text: &text, format }], None) {
                let known = [Code::FileDamaged, Code::FormatUnknown, Code::BudgetExceeded];
                prop_assert!(known.contains(&error.problems[0].code), "{error}");
            }
        }
    }
}
