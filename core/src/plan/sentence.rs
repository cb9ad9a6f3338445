//! Criteria in plain words.

use super::model::{Comparator, Criterion, CriterionSubject, Plan, Rule};
use crate::findings::catalogue::{self, Entry, Shape};
use crate::findings::numbers;

impl Criterion {
    /// The criterion in plain words: "ROC AUC is at least 0.7".
    pub fn sentence(&self) -> String {
        sentence(self, None)
    }

    /// The same with the reference group by its name:
    /// "selection rate of every group of race is at least 0.8 times that of white".
    pub fn sentence_in(&self, plan: &Plan) -> String {
        sentence(self, Some(plan))
    }

    /// What it asks of the measure: "at least 0.7".
    pub fn requirement(&self) -> String {
        comparison(self)
    }
}

fn sentence(criterion: &Criterion, plan: Option<&Plan>) -> String {
    let entry = catalogue::find(&criterion.measure);
    let comparison = comparison(criterion);
    let text = match &criterion.subject {
        CriterionSubject::Overall => format!("{} is {comparison}", title(entry, criterion)),
        CriterionSubject::EachGroup { attribute } => {
            format!("{} of every group of {} is {comparison}", title(entry, criterion), attribute.join(" and "))
        }
        CriterionSubject::Group { attribute, group } => {
            format!("{} of {} is {comparison}", title(entry, criterion), named(attribute, group))
        }
        CriterionSubject::Gap { attribute, group } => gap(criterion, entry, plan, attribute, group),
    };
    match criterion.rule {
        Rule::Interval => text,
        Rule::Point => text + " (by the estimate alone)",
    }
}

fn gap(
    criterion: &Criterion,
    entry: Option<&Entry>,
    plan: Option<&Plan>,
    attribute: &[String],
    group: &[Option<String>],
) -> String {
    let Some(base) = entry.and_then(|entry| entry.of).and_then(catalogue::find) else {
        return comparison_of_groups(criterion, entry, plan, attribute, group);
    };
    let title = title(Some(base), criterion);
    let ratio = entry.is_some_and(|entry| entry.shape == Shape::Ratio);
    let names = attribute.join(" and ");
    let of = if group.is_empty() { format!("every group of {names}") } else { named(attribute, group) };
    let reference = reference(plan, attribute);
    match criterion.convention.as_str() {
        "reference_group" if ratio => {
            format!("{title} of {of} is {} times that of {reference}", comparison(criterion))
        }
        "reference_group" | "agresti_caffo" => {
            format!("{title} of {of} minus that of {reference} is {}", comparison(criterion))
        }
        "pooled_reference" => {
            let rest = format!("{title} of all other groups of {names} together");
            if ratio {
                format!("{rest} is {} times that of {reference}", comparison(criterion))
            } else {
                format!("{rest} minus that of {reference} is {}", comparison(criterion))
            }
        }
        "best_group" | "overall" => {
            let other = if criterion.convention == "overall" { "that of all rows" } else { "that of the best group" };
            let comparison = comparison(criterion);
            if ratio {
                format!("{title} of {of} is {comparison} times {other}")
            } else {
                format!("{title} of {of} minus {other} is {comparison}")
            }
        }
        "fairlearn_to_overall" => {
            let both = format!("{title} of a group of {names} and of all rows");
            let comparison = comparison(criterion);
            if ratio {
                format!("lowest ratio between {both} is {comparison} (as fairlearn counts it)")
            } else {
                format!("largest difference between {both} is {comparison} (as fairlearn counts it)")
            }
        }
        convention => {
            let how = if convention == "fairlearn" { " (as fairlearn counts it)" } else { "" };
            let comparison = comparison(criterion);
            if ratio {
                format!("lowest {title} of a group of {names} is {comparison} times the highest{how}")
            } else {
                format!("highest {title} of a group of {names} minus the lowest is {comparison}{how}")
            }
        }
    }
}

/// "equalized odds difference between groups of race is at most 0.10".
fn comparison_of_groups(
    criterion: &Criterion,
    entry: Option<&Entry>,
    plan: Option<&Plan>,
    attribute: &[String],
    group: &[Option<String>],
) -> String {
    let title = title(entry, criterion);
    let names = attribute.join(" and ");
    let comparison = comparison(criterion);
    let how = criterion.convention.replace('_', " ");
    match criterion.convention.as_str() {
        "declared_population" if group.is_empty() => format!("{title} of every group of {names} is {comparison}"),
        "declared_population" => format!("{title} of {} is {comparison}", named(attribute, group)),
        convention if catalogue::gives_each_group(convention) => {
            let of = if group.is_empty() { format!("every group of {names}") } else { named(attribute, group) };
            let (against, how) = match convention {
                "best_group" => ("the best group".to_owned(), String::new()),
                "four_fifths" => ("four fifths of the best rate".to_owned(), String::new()),
                "overall" => ("all rows".to_owned(), String::new()),
                "reference_group" => (reference(plan, attribute), String::new()),
                _ => (reference(plan, attribute), format!(" ({how})")),
            };
            format!("{title} of {of} against {against} is {comparison}{how}")
        }
        "pooled_reference" => {
            format!(
                "{title} of all other groups of {names} together against {} is {comparison}",
                reference(plan, attribute)
            )
        }
        "max_min" | "min_max" | "max_min_bonferroni" | "min_max_bonferroni" | "all_groups" => {
            format!("{title} between groups of {names} is {comparison}")
        }
        _ => format!("{title} between groups of {names} is {comparison} ({how})"),
    }
}

/// "white", "race white and sex male", or "the reference group".
fn reference(plan: Option<&Plan>, attribute: &[String]) -> String {
    let values: Option<Vec<Option<String>>> = attribute
        .iter()
        .map(|name| plan.and_then(|plan| plan.reference_groups.get(name)).map(|value| Some(value.clone())))
        .collect();
    match (values, attribute) {
        (Some(values), [_]) => values.into_iter().flatten().collect(),
        (Some(values), _) => named(attribute, &values),
        (None, _) => "the reference group".to_owned(),
    }
}

/// "race black", "race black and sex missing".
fn named(attribute: &[String], group: &[Option<String>]) -> String {
    let parts: Vec<String> = attribute
        .iter()
        .zip(group)
        .map(|(name, value)| format!("{name} {}", value.as_deref().unwrap_or("missing")))
        .collect();
    parts.join(" and ")
}

/// "at least 0.7", "between −0.05 and 0.05".
fn comparison(criterion: &Criterion) -> String {
    let number = numbers::threshold;
    match (criterion.comparator, criterion.threshold_upper) {
        (Comparator::AtLeast, _) => format!("at least {}", number(criterion.threshold)),
        (Comparator::MoreThan, _) => format!("more than {}", number(criterion.threshold)),
        (Comparator::AtMost, _) => format!("at most {}", number(criterion.threshold)),
        (Comparator::LessThan, _) => format!("less than {}", number(criterion.threshold)),
        (Comparator::Within, Some(upper)) => format!("between {} and {}", number(criterion.threshold), number(upper)),
        (Comparator::Within, None) => format!("at least {}", number(criterion.threshold)),
    }
}

/// The title inside a sentence: without what stands in parentheses, and in lower case unless it is a name.
fn title(entry: Option<&Entry>, criterion: &Criterion) -> String {
    let definition = entry.and_then(|entry| entry.definition_words(&criterion.convention));
    let definition = definition.map_or_else(String::new, |words| format!(" ({words})"));
    let class = criterion.class.as_ref().map_or_else(String::new, |class| format!(" of class {class}"));
    measure_title(entry, criterion) + &definition + &class
}

fn measure_title(entry: Option<&Entry>, criterion: &Criterion) -> String {
    let Some(entry) = entry else { return criterion.measure.clone() };
    let title = entry.title.split(" (").next().unwrap_or(entry.title);
    let names = [
        "Boschloo",
        "Brier",
        "Cohen",
        "Fisher",
        "Gini",
        "Hosmer",
        "Jaccard",
        "Kolmogorov",
        "Matthews",
        "Spiegelhalter",
        "Theil",
        "Wasserstein",
    ];
    let name = names.iter().any(|name| title.starts_with(name))
        || title.chars().nth(1).is_none_or(|second| !second.is_lowercase());
    if name {
        return title.to_owned();
    }
    let mut letters = title.chars();
    let lower: String = letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect());
    if catalogue::needs_groups(&criterion.convention) { format!("shrunken {lower}") } else { lower }
}
