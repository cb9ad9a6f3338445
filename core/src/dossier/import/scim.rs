//! Users of SCIM 2.0: a `ListResponse`, or one user.
//!
//! Source: RFC 7643, sections 4.1 and 4.3; RFC 7644, section 3.4.2.

use std::collections::BTreeMap;

use super::draft::{Draft, Given};
use super::source::Found;

/// Attributes of an employee.
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

pub(super) fn read(response: &Found<'_>, draft: &mut Draft) {
    response.bookkeeping(&["schemas"]);
    let users = if response.has("Resources") { page(response, draft) } else { vec![response.clone()] };
    let names = users.iter().filter_map(|user| Some((user.peek("id")?, user.peek("userName")?))).collect();
    for found in &users {
        user(found, &names, draft);
    }
}

/// The resources of a response, which may be one page of several.
fn page<'s>(response: &Found<'s>, draft: &mut Draft) -> Vec<Found<'s>> {
    response.bookkeeping(&["startIndex", "itemsPerPage"]);
    let resources = response.list("Resources");
    if let Some(total) = response.text("totalResults").filter(|total| total.text != resources.len().to_string()) {
        draft.note(total.from, "not every user is in the file: give the other pages too");
    }
    resources
}

fn user(user: &Found<'_>, names: &BTreeMap<&str, &str>, draft: &mut Draft) {
    if user.peek("active").is_some_and(|active| active.eq_ignore_ascii_case("false")) {
        return user.unread("an account that is not active");
    }
    let Some(login) = user.text("userName") else { return user.unread("a resource without a userName is no user") };
    user.bookkeeping(&["schemas", "id", "meta", "active"]);
    let Some(account) = draft.item("security.access", &[&login.text], login.from.clone()) else { return };
    for entitlement in values(user, "entitlements") {
        draft.set_in(&account, "permissions", Some(entitlement));
    }
    // Programs have users too, but no name as people have.
    let Some(name) = user.get("name").and_then(|name| full_name(&name)) else {
        return draft.note(login.from, "an account without the name of a person: say whose it is");
    };
    draft.set_in(&account, "kind", Some(name.saying("person")));
    draft.set_in(&account, "person", Some(login.clone()));
    let Some(person) = draft.item("people.persons", &[&login.text], login.from) else { return };
    draft.set_in(&person, "name", Some(name));
    for role in values(user, "roles") {
        draft.set_in(&person, "roles", Some(role));
    }
    let Some(employee) = user.get(ENTERPRISE) else { return };
    draft.set_in(&person, "org_unit", employee.text("department"));
    if let Some(manager) = employee.get("manager") {
        manager.bookkeeping(&["$ref", "displayName"]);
        let Some(id) = manager.text("value") else { return };
        match names.get(id.text.as_str()) {
            Some(name) => draft.set_in(&person, "manager", Some(id.saying(*name))),
            None => draft.note(id.from, "a manager who is not in the file"),
        }
    }
}

/// A name as it is written, else from its parts.
fn full_name(name: &Found<'_>) -> Option<Given> {
    let parts = [name.text("givenName"), name.text("familyName")].into_iter().flatten().collect::<Vec<_>>();
    let joined = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ");
    name.text("formatted").or_else(|| parts.first().map(|part| part.saying(joined)))
}

/// The values of an attribute that has several.
fn values(user: &Found<'_>, attribute: &str) -> Vec<Given> {
    let value = |found: &Found<'_>| {
        if !found.is_map() {
            return found.given();
        }
        found.bookkeeping(&["display", "type", "primary", "$ref"]);
        found.text("value")
    };
    user.list(attribute).iter().filter_map(value).collect()
}
