use crate::checks::{ANY, Answer, Judge, check};
use crate::dossier::{Absence, Dossier, Slot};
use crate::findings::words;
use crate::judge::Context;

check! {
    /// # What it asks
    /// Does the dossier say something of every section?
    ///
    /// # Why it matters
    /// Half of what fails in an audit is not a number: nobody owns the model, nothing says what it is for, no alert would
    /// ring. What nobody wrote down cannot be checked.
    ///
    /// # When it does not apply
    /// Always, once a dossier is given; without one it is not assessed, and no other question is asked of a dossier.
    ///
    /// # How to read it
    /// A section counts when it says anything at all, also that it is not known or why there can be nothing. The faults
    /// list the sections that are missing.
    ///
    /// # What to do
    /// Write the missing sections, with `unknown` where nobody knows and `not_applicable` and the reason where there can be
    /// nothing. `modelassay init --dossier` shows every key.
    ///
    /// # References
    /// NIST AI RMF 1.0, Govern 1.4; EU AI Act, Annex IV.
    id: "documentation/dossier",
    title: "The dossier is complete",
    dimension: Documentation,
    severity: Low,
    needs: [Dossier],
    evidence: Record,
    since: "0.1.0",
    judge: Judge::Own { tasks: ANY, judge, words },
}

fn judge(context: &Context<'_>) -> Vec<Answer> {
    let missing: Vec<String> = sections(context)
        .filter(|(_, slot)| slot.absence() == Some(&Absence::Missing))
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    let of = sections(context).count() as u64;
    vec![Answer { names: missing.clone(), ..Answer::none_of(missing.len() as u64, of) }]
}

fn words(answer: &Answer, _: &Context<'_>) -> String {
    if answer.names.is_empty() {
        return format!("The dossier says something of all {} sections.", answer.of);
    }
    format!(
        "The dossier says nothing of {} of {} sections: {}.",
        words::count(answer.names.len() as u64),
        answer.of,
        answer.names.join(", ")
    )
}

fn sections<'d>(context: &Context<'d>) -> impl Iterator<Item = (&'static str, &'d dyn Slot)> {
    context.dossier.into_iter().flat_map(Dossier::sections)
}
