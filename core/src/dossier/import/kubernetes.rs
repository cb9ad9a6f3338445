//! RBAC of Kubernetes: roles say what may be done, bindings say by whom.
//!
//! Source: "Using RBAC Authorization" of the Kubernetes documentation, `rbac.authorization.k8s.io/v1`.

use std::collections::BTreeMap;

use super::draft::{Draft, Given, MAX_STATEMENTS};
use super::source::Found;

/// Resources by which a model is served, `*` for all of a group.
const SERVING: [(&str, &str); 6] = [
    ("apps", "deployments"),
    ("apps", "statefulsets"),
    ("apps", "daemonsets"),
    ("serving.kserve.io", "inferenceservices"),
    ("machinelearning.seldon.io", "seldondeployments"),
    ("ray.io", "rayservices"),
];
/// Resources by which a model is trained.
const TRAINING: [(&str, &str); 5] = [
    ("kubeflow.org", "pytorchjobs"),
    ("kubeflow.org", "tfjobs"),
    ("kubeflow.org", "xgboostjobs"),
    ("trainer.kubeflow.org", "trainjobs"),
    ("ray.io", "rayjobs"),
];
const READS: [&str; 3] = ["get", "list", "watch"];
const WRITES: [&str; 4] = ["create", "update", "patch", "delete"];

/// What the roles may do that every cluster has.
const BUILT_IN: [(&str, &[&str]); 4] =
    [("cluster-admin", &["admin"]), ("admin", &["admin"]), ("edit", &["read", "deploy"]), ("view", &["read"])];

/// A permission of a role, with the resources for which it holds: `*`, `deployments.apps` or `deployments.apps/name`.
#[derive(Clone)]
struct Right {
    permission: Given,
    resources: Vec<String>,
}

/// Kind, namespace and name of a role; a cluster's has no namespace.
type Roles = BTreeMap<(String, String, String), Vec<Right>>;

/// Whether a manifest is of RBAC, or a list that starts with one that is.
pub(super) fn fits(manifest: &Found<'_>) -> bool {
    let first = manifest.peek_list("items").and_then(|items| items.first().and_then(|item| item.peek("kind")));
    let kind = first.or_else(|| manifest.peek("kind"));
    matches!(kind, Some("Role" | "ClusterRole" | "RoleBinding" | "ClusterRoleBinding"))
}

pub(super) fn read(documents: &[Found<'_>], draft: &mut Draft) {
    let objects: Vec<Found<'_>> = documents.iter().flat_map(objects).collect();
    let (mut roles, mut bindings) = (Roles::new(), Vec::new());
    for object in &objects {
        match object.peek("kind") {
            Some(kind @ ("Role" | "ClusterRole")) => {
                let (namespace, name) = metadata(object);
                let rights = object.list("rules").iter().flat_map(rights).collect();
                roles.insert((kind.to_owned(), namespace, name), rights);
            }
            Some("RoleBinding" | "ClusterRoleBinding") => bindings.push(object),
            _ => object.unread("a manifest that is neither a role nor a binding"),
        }
    }
    let mut left = MAX_STATEMENTS;
    for binding in bindings {
        bind(binding, &roles, &mut left, draft);
    }
}

fn objects<'s>(document: &Found<'s>) -> Vec<Found<'s>> {
    if !document.has("items") {
        return vec![document.clone()];
    }
    document.bookkeeping(&["apiVersion", "kind", "metadata"]);
    document.list("items")
}

/// Namespace and name of an object.
fn metadata(object: &Found<'_>) -> (String, String) {
    object.bookkeeping(&["apiVersion", "kind", "metadata"]);
    let metadata = object.get("metadata");
    let of = |key| metadata.as_ref().and_then(|metadata| metadata.peek(key)).unwrap_or_default().to_owned();
    (of("namespace"), of("name"))
}

/// What a rule allows, in the dossier's words; what none of them means is noted.
fn rights(rule: &Found<'_>) -> Vec<Right> {
    let texts = |key: &str| rule.list(key).iter().filter_map(Found::given).collect::<Vec<_>>();
    let (groups, resources, verbs, names) =
        (texts("apiGroups"), texts("resources"), texts("verbs"), texts("resourceNames"));
    let all = |given: &[Given]| given.iter().any(|given| given.text == "*");
    if let Some(verb) = verbs.first()
        && all(&groups)
        && all(&resources)
        && all(&verbs)
    {
        return vec![Right { permission: verb.saying("admin"), resources: vec!["*".to_owned()] }];
    }
    let covers = |given: &[Given], word: &str| given.iter().any(|given| given.text == "*" || given.text == word);
    let mut rights = Vec::new();
    for (known, write) in [(SERVING.as_slice(), "deploy"), (TRAINING.as_slice(), "train")] {
        let covered = known.iter().filter(|(group, resource)| covers(&groups, group) && covers(&resources, resource));
        let resources: Vec<String> = covered
            .flat_map(|(group, resource)| {
                let whole = format!("{resource}.{group}");
                let single = names.iter().map(|name| format!("{whole}/{}", name.text)).collect::<Vec<_>>();
                if single.is_empty() { vec![whole] } else { single }
            })
            .collect();
        if resources.is_empty() {
            continue;
        }
        for (words, permission) in [(READS.as_slice(), "read"), (WRITES.as_slice(), write)] {
            let Some(verb) = verbs.iter().find(|verb| verb.text == "*" || words.contains(&verb.text.as_str())) else {
                continue;
            };
            rights.push(Right { permission: verb.saying(permission), resources: resources.clone() });
        }
    }
    if rights.is_empty() {
        rule.unread("a rule that says neither who serves nor who trains a model");
    } else {
        leave(rule, |resource| {
            let mut known = SERVING.iter().chain(&TRAINING);
            resource == "*" || known.any(|(group, known)| covers(&groups, group) && resource == *known)
        });
    }
    rights
}

/// Notes the resources and verbs of a rule that none of the dossier's permissions means.
fn leave(rule: &Found<'_>, known: impl Fn(&str) -> bool) {
    let verb = |verb: &str| verb == "*" || READS.contains(&verb) || WRITES.contains(&verb);
    let members = |key| rule.list(key).into_iter().filter_map(|found| Some((found.given()?.text, found)));
    for (_, resource) in members("resources").filter(|(text, _)| !known(text)) {
        resource.unread("a resource by which no model is served or trained");
    }
    for (_, verb) in members("verbs").filter(|(text, _)| !verb(text)) {
        verb.unread("a verb that none of the dossier's permissions means");
    }
}

/// States for every subject of a binding what its role may do.
fn bind(binding: &Found<'_>, roles: &Roles, left: &mut usize, draft: &mut Draft) {
    let (namespace, _) = metadata(binding);
    let Some(role) = binding.get("roleRef") else { return binding.unread("a binding without a role") };
    role.bookkeeping(&["apiGroup", "kind"]);
    let Some(name) = role.text("name") else { return role.unread("a role without a name") };
    let within = if role.peek("kind") == Some("Role") { namespace.as_str() } else { "" };
    let key = (role.peek("kind").unwrap_or_default().to_owned(), within.to_owned(), name.text.clone());
    let Some(rights) = roles.get(&key).cloned().or_else(|| built_in(&name)) else {
        return binding.unread("a binding of a role that is not in the file");
    };
    let subjects = binding.list("subjects");
    let statements = subjects.len() * rights.iter().map(|right| 1 + right.resources.len()).sum::<usize>();
    let Some(rest) = left.checked_sub(statements) else {
        return binding.unread("more rights than a dossier holds");
    };
    *left = rest;
    for subject in &subjects {
        let Some((principal, service)) = principal(subject, &namespace) else { continue };
        let Some(account) = draft.item("security.access", &[&principal.text], principal.from.clone()) else { continue };
        draft.set_in(&account, "kind", service.then(|| principal.saying("service")));
        for right in &rights {
            draft.set_in(&account, "permissions", Some(right.permission.clone()));
            for resource in &right.resources {
                draft.set_in(&account, "scope", Some(right.permission.saying(scope(&namespace, resource))));
            }
        }
    }
}

/// A resource in a namespace, or in all of them.
fn scope(namespace: &str, resource: &str) -> String {
    match (namespace, resource) {
        ("", "*") => "*".to_owned(),
        ("", resource) => format!("*/{resource}"),
        (namespace, resource) => format!("{namespace}/{resource}"),
    }
}

fn built_in(name: &Given) -> Option<Vec<Right>> {
    let (_, permissions) = BUILT_IN.iter().find(|(known, _)| *known == name.text)?;
    let right = |permission: &&str| Right { permission: name.saying(*permission), resources: vec!["*".to_owned()] };
    Some(permissions.iter().map(right).collect())
}

/// The name by which the cluster knows a subject, and whether it is a program.
fn principal(subject: &Found<'_>, namespace: &str) -> Option<(Given, bool)> {
    subject.bookkeeping(&["apiGroup", "kind", "namespace"]);
    let name = subject.text("name")?;
    match subject.peek("kind") {
        Some("ServiceAccount") => {
            let namespace = subject.peek("namespace").unwrap_or(namespace);
            Some((name.saying(format!("system:serviceaccount:{namespace}:{}", name.text)), true))
        }
        Some("User") => {
            let service = name.text.starts_with("system:");
            Some((name, service))
        }
        Some("Group") => {
            subject.unread("a group, of which the file does not say whom it has; state its members");
            Some((name, false))
        }
        _ => {
            subject.unread("neither a user, a group nor a service account");
            None
        }
    }
}
