//! What became of every entry, in numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::case::Entry;
use crate::compare::Fate;
use crate::mapping::{Later, Mapping};

const BEGIN: &str = "<!-- counts: written by the suite -->\n";
const END: &str = "<!-- /counts -->";

#[derive(Default)]
pub(crate) struct Account {
    cases: BTreeMap<String, Counts>,
    /// Entries by deliberate difference.
    differences: BTreeMap<String, usize>,
    /// Matched entries that have no value on either side.
    undefined: usize,
    /// Unmapped entries by issue and kind, then by metric.
    later: BTreeMap<(u32, String), BTreeMap<String, usize>>,
    rows_used: BTreeSet<usize>,
    unplanned: Vec<String>,
    mismatches: Vec<String>,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    entries: usize,
    compared: usize,
    matched: usize,
    different: usize,
}

impl Counts {
    fn line(self, name: &str) -> String {
        let Self { entries, compared, matched, different } = self;
        let mapped = compared + different;
        format!("| {name} | {entries} | {mapped} | {compared} | {matched} | {different} | {} |\n", entries - mapped)
    }
}

impl Account {
    pub(crate) fn unmapped(&mut self, case: &str, entry: &Entry, later: Option<&Later>) {
        self.cases.entry(case.to_owned()).or_default().entries += 1;
        match later {
            Some(later) => {
                let metrics = self.later.entry((later.issue, later.what.clone())).or_default();
                *metrics.entry(entry.metric.clone()).or_default() += 1;
            }
            None => self.unplanned.push(format!("{case}: {entry}")),
        }
    }

    pub(crate) fn mapped(&mut self, mapping: &Mapping, case: &str, place: usize, entry: &Entry, fate: Fate) {
        let counts = self.cases.entry(case.to_owned()).or_default();
        counts.entries += 1;
        self.rows_used.insert(place);
        if let Some(different) = mapping.different(&mapping.row[place])
            && different.compared_under.is_none() == matches!(fate, Fate::Different)
        {
            *self.differences.entry(different.id.clone()).or_default() += 1;
        }
        match fate {
            Fate::Different => counts.different += 1,
            Fate::Matched => {
                counts.compared += 1;
                counts.matched += 1;
                self.undefined += usize::from(entry.value.is_none());
            }
            Fate::Mismatched(what) => {
                counts.compared += 1;
                self.mismatches.push(format!("{case}: {entry}: {what}"));
            }
        }
    }

    fn total(&self) -> Counts {
        self.cases.values().fold(Counts::default(), |sum, counts| Counts {
            entries: sum.entries + counts.entries,
            compared: sum.compared + counts.compared,
            matched: sum.matched + counts.matched,
            different: sum.different + counts.different,
        })
    }

    /// Tables in Markdown, for the document and the terminal.
    fn tables(&self, mapping: &Mapping) -> String {
        let audited: usize =
            self.cases.values().filter(|counts| counts.compared > 0).map(|counts| counts.entries).sum();
        let compared = self.total().compared;
        let mut text = format!(
            "Of the {audited} entries of the cases that this release audits, {compared} are compared (floor {}); \
             {} of them are undefined on both sides.\n\n",
            mapping.floor, self.undefined
        );
        text.push_str(
            "| case | entries | mapped | compared | matched | deliberately different | unmapped |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        );
        for (name, counts) in &self.cases {
            text += &counts.line(name);
        }
        text += &self.total().line("**all**");
        text += "\n| deliberate difference | peer | ours | theirs | why | compared under | entries |\n\
                 | --- | --- | --- | --- | --- | --- | ---: |\n";
        for different in &mapping.different {
            let under = different.compared_under.as_deref().unwrap_or("not compared; that it differs so is checked");
            let entries = self.differences.get(&different.id).copied().unwrap_or_default();
            let (id, peer, ours, theirs, why) =
                (&different.id, &different.peer, &different.ours, &different.theirs, &different.why);
            let _ = writeln!(text, "| `{id}` | {peer} | {ours} | {theirs} | {why} | {under} | {entries} |");
        }
        text += "\n| unmapped | issue | entries | by metric |\n| --- | ---: | ---: | --- |\n";
        for ((issue, what), metrics) in &self.later {
            let by_metric: Vec<String> = metrics.iter().map(|(metric, count)| format!("{metric} {count}")).collect();
            let entries: usize = metrics.values().sum();
            let _ = writeln!(text, "| {what} | {issue} | {entries} | {} |", by_metric.join(", "));
        }
        text
    }

    /// The account for the terminal, mismatches in full.
    pub(crate) fn text(&self, mapping: &Mapping) -> String {
        let Counts { entries, compared, matched, different } = self.total();
        let mut text = format!(
            "conformance: {entries} entries, {compared} compared, {matched} matched, {different} deliberately different, \
             {} unmapped\n{}",
            entries - compared - different,
            self.tables(mapping)
        );
        for (title, lines) in [("mismatches", &self.mismatches), ("neither mapped nor planned", &self.unplanned)] {
            let _ = writeln!(text, "{title}: {}", lines.len());
            for line in lines {
                let _ = writeln!(text, "  {line}");
            }
        }
        text
    }

    pub(crate) fn check(&self, mapping: &Mapping) {
        assert!(self.mismatches.is_empty(), "{} mismatches, listed above", self.mismatches.len());
        assert!(self.unplanned.is_empty(), "{} entries neither mapped nor planned", self.unplanned.len());
        let dead = mapping.row.iter().enumerate().filter(|(place, _)| !self.rows_used.contains(place));
        let dead: Vec<String> = dead.map(|(_, row)| row.describe()).collect();
        assert!(dead.is_empty(), "rows that answer nothing: {dead:#?}");
        let compared = self.total().compared;
        assert!(compared >= mapping.floor, "only {compared} entries compared; the floor is {}", mapping.floor);
    }

    /// The document with the current tables between its markers.
    pub(crate) fn insert(&self, mapping: &Mapping, document: &str) -> String {
        let (before, rest) = document.split_once(BEGIN).expect("the opening marker");
        let (_, after) = rest.split_once(END).expect("the closing marker");
        format!("{before}{BEGIN}\n{}\n{END}{after}", self.tables(mapping))
    }
}
