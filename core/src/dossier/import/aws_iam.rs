//! Policies of AWS IAM in JSON: a policy document, or all identities of an account with theirs
//! (`aws iam get-account-authorization-details`).
//!
//! Source: "IAM JSON policy element reference" of the IAM user guide; `GetAccountAuthorizationDetails` of the IAM API;
//! "Actions, resources, and condition keys for Amazon SageMaker AI" of the service authorization reference.

use std::collections::BTreeMap;

use super::draft::{Draft, Given, MAX_STATEMENTS};
use super::source::Found;

/// Actions that mean exactly one of the dossier's permissions.
const ACTIONS: [(&str, &str); 10] = [
    ("sagemaker:describemodel", "read"),
    ("sagemaker:describemodelpackage", "read"),
    ("sagemaker:describeendpoint", "read"),
    ("sagemaker:createtrainingjob", "train"),
    ("sagemaker:createautomljobv2", "train"),
    ("sagemaker:createhyperparametertuningjob", "train"),
    // It sets the approval of a version in the model registry.
    ("sagemaker:updatemodelpackage", "approve"),
    ("sagemaker:createendpoint", "deploy"),
    ("sagemaker:updateendpoint", "deploy"),
    ("sagemaker:updateendpointweightsandcapacities", "deploy"),
];
/// Actions of which each covers everything that can be done to a model.
const EVERYTHING: [&str; 4] = ["*", "*:*", "sagemaker:*", "sagemaker*"];

/// What one statement of a policy allows.
struct Allowed {
    permissions: Vec<Given>,
    scope: Vec<Given>,
}

/// Whether a tree is one or the other.
pub(super) fn fits(root: &Found<'_>) -> bool {
    root.has("Statement") || root.has("UserDetailList") || root.has("RoleDetailList")
}

pub(super) fn read(root: &Found<'_>, draft: &mut Draft) {
    if root.has("Statement") {
        resource_policy(root, draft);
    } else {
        identities(root, draft);
    }
}

/// A policy of a resource names its principals; one of an identity is attached to them elsewhere.
fn resource_policy(policy: &Found<'_>, draft: &mut Draft) {
    policy.bookkeeping(&["Version", "Id"]);
    let mut left = MAX_STATEMENTS;
    for statement in policy.list("Statement") {
        let Some(named) = statement.get("Principal") else {
            statement.unread("it names no principal: import `aws iam get-account-authorization-details` too");
            continue;
        };
        let Some(allowed) = allowed(&statement) else { continue };
        for (principal, service) in principals(&named) {
            grant(&principal, service, std::slice::from_ref(&allowed), &mut left, draft);
        }
    }
}

/// The principals of a statement, and whether each is a service.
fn principals(named: &Found<'_>) -> Vec<(Given, bool)> {
    if !named.is_map() {
        return named.given().into_iter().map(|everybody| (everybody, false)).collect();
    }
    let of_kind = |(kind, found): (&str, Found<'_>)| {
        let service = kind == "Service";
        found.items().iter().filter_map(Found::given).map(|principal| (principal, service)).collect::<Vec<_>>()
    };
    named.members().into_iter().flat_map(of_kind).collect()
}

/// Users and roles, each with the policies in it, attached to it and of its groups.
fn identities(details: &Found<'_>, draft: &mut Draft) {
    details.bookkeeping(&["Marker"]);
    if let Some(cut) = details.get("IsTruncated").filter(|_| details.peek("IsTruncated") == Some("true")) {
        cut.unread("not every identity is in the file: give the other pages too");
    }
    let managed: BTreeMap<String, Vec<Allowed>> = details.list("Policies").iter().filter_map(managed).collect();
    let groups: BTreeMap<String, (Vec<Allowed>, Vec<String>)> = (details.list("GroupDetailList").iter())
        .filter_map(|group| {
            group.bookkeeping(&["Path", "GroupId", "CreateDate", "Arn"]);
            Some((group.text("GroupName")?.text, policies(group, "GroupPolicyList", &managed)))
        })
        .collect();
    let mut left = MAX_STATEMENTS;
    for (list, inline, name) in
        [("UserDetailList", "UserPolicyList", "UserName"), ("RoleDetailList", "RolePolicyList", "RoleName")]
    {
        for identity in details.list(list) {
            identity.bookkeeping(&["Path", "UserId", "RoleId", "CreateDate", name]);
            let Some(arn) = identity.text("Arn") else { continue };
            let own = policies(&identity, inline, &managed);
            let Some(account) = draft.item("security.access", &[&arn.text], arn.from.clone()) else { continue };
            if let Some(used) = identity.get("RoleLastUsed") {
                used.bookkeeping(&["Region"]);
                draft.set_in(&account, "last_used", used.text("LastUsedDate"));
            }
            let of_groups = identity.list("GroupList").into_iter().filter_map(|name| {
                let group = groups.get(&name.given()?.text);
                if group.is_none() {
                    name.unread("a group that is not in the file");
                }
                group
            });
            for (inline, attached) in std::iter::once(&own).chain(of_groups) {
                grant(&arn, false, inline, &mut left, draft);
                for policy in attached.iter().filter_map(|arn| managed.get(arn)) {
                    grant(&arn, false, policy, &mut left, draft);
                }
            }
        }
    }
}

/// A managed policy by its ARN, in the version that counts.
fn managed(policy: &Found<'_>) -> Option<(String, Vec<Allowed>)> {
    policy.bookkeeping(&[
        "PolicyName",
        "PolicyId",
        "Path",
        "DefaultVersionId",
        "AttachmentCount",
        "PermissionsBoundaryUsageCount",
        "IsAttachable",
        "CreateDate",
        "UpdateDate",
    ]);
    let versions = policy.list("PolicyVersionList");
    let (present, past): (Vec<_>, Vec<_>) =
        versions.into_iter().partition(|version| version.peek("IsDefaultVersion") == Some("true"));
    past.iter().for_each(Found::ignore);
    present.iter().for_each(|version| version.bookkeeping(&["VersionId", "IsDefaultVersion", "CreateDate"]));
    let documents = present.iter().filter_map(|version| version.get("Document"));
    Some((policy.text("Arn")?.text, documents.flat_map(|document| statements(&document)).collect()))
}

/// What the policies within an identity allow, and the ARNs of those attached to it.
fn policies(
    identity: &Found<'_>,
    inline: &str,
    managed: &BTreeMap<String, Vec<Allowed>>,
) -> (Vec<Allowed>, Vec<String>) {
    let inline = identity.list(inline).into_iter().flat_map(|policy| {
        policy.bookkeeping(&["PolicyName"]);
        policy.get("PolicyDocument").map(|document| statements(&document)).unwrap_or_default()
    });
    let attached = identity.list("AttachedManagedPolicies").into_iter().filter_map(|policy| {
        policy.bookkeeping(&["PolicyName"]);
        let arn = policy.text("PolicyArn")?.text;
        if !managed.contains_key(&arn) {
            policy.unread("a policy that is not in the file");
        }
        Some(arn)
    });
    (inline.collect(), attached.collect())
}

fn statements(document: &Found<'_>) -> Vec<Allowed> {
    if !document.is_map() {
        document.unread("a policy that is a text; decode it first");
    }
    document.bookkeeping(&["Version", "Id"]);
    document.list("Statement").iter().filter_map(allowed).collect()
}

/// What a statement allows in the dossier's words, if anything.
fn allowed(statement: &Found<'_>) -> Option<Allowed> {
    statement.bookkeeping(&["Sid"]);
    if statement.text("Effect").is_none_or(|effect| effect.text != "Allow") {
        statement.unread("it denies; a dossier says what accounts may do");
        return None;
    }
    if statement.has("NotAction") || statement.has("NotResource") || statement.has("NotPrincipal") {
        statement.unread("it allows all but what it names; say yourself what that is");
        return None;
    }
    let permissions: Vec<Given> = statement.list("Action").iter().flat_map(permissions).collect();
    let scope = statement.list("Resource").iter().filter_map(Found::given).collect();
    (!permissions.is_empty()).then_some(Allowed { permissions, scope })
}

/// What an action means, which may have wildcards.
fn permissions(action: &Found<'_>) -> Vec<Given> {
    let Some(given) = action.given() else { return Vec::new() };
    let pattern = given.text.to_lowercase();
    if EVERYTHING.contains(&pattern.as_str()) {
        return vec![given.saying("admin")];
    }
    let covered = ACTIONS.iter().filter(|(known, _)| matches(&pattern, known));
    let found: Vec<Given> = covered.map(|(_, permission)| given.saying(*permission)).collect();
    if found.is_empty() {
        action.unread("an action that none of the dossier's permissions means");
    }
    found
}

/// Whether a pattern covers a text: `*` stands for any characters, `?` for one.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut from, mut back) = (0, 0, None);
    while from < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                back = Some((at, from));
                at += 1;
            }
            Some(c) if *c == b'?' || *c == text[from] => (at, from) = (at + 1, from + 1),
            // The last star takes one character more.
            _ => match back {
                Some((star, taken)) => {
                    back = Some((star, taken + 1));
                    (at, from) = (star + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|c| *c == b'*')
}

/// States what an account may do.
fn grant(principal: &Given, service: bool, allowed: &[Allowed], left: &mut usize, draft: &mut Draft) {
    let statements = allowed.iter().map(|allowed| 1 + allowed.permissions.len() + allowed.scope.len()).sum();
    let Some(rest) = left.checked_sub(statements) else {
        return draft.note(principal.from.clone(), "more rights than a dossier holds");
    };
    *left = rest;
    let Some(account) = draft.item("security.access", &[&principal.text], principal.from.clone()) else { return };
    draft.set_in(&account, "kind", service.then(|| principal.saying("service")));
    for allowed in allowed {
        for permission in &allowed.permissions {
            draft.set_in(&account, "permissions", Some(permission.clone()));
        }
        for resource in &allowed.scope {
            draft.set_in(&account, "scope", Some(resource.clone()));
        }
    }
}
