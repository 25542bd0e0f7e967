//! What was promised until a day that has passed.

use jiff::civil::Date;

use super::{Check, Context, Finding};
use crate::{review::words, session::EntryId};

pub(super) const CHECK: Check =
    Check { id: "overdue", summary: "A mitigation, an action or a question was due on a day that has passed", run };

fn run(context: &Context) -> Vec<Finding> {
    let Some(today) = context.today else { return Vec::new() };
    let mitigations = context.session.mitigations.iter().filter_map(|mitigation| {
        let due = mitigation.overdue(today)?;
        Some(finding(context, EntryId::Mitigation(mitigation.id), &mitigation.owner, due))
    });
    let notes = context.session.notes.iter().filter_map(|note| {
        let due = note.overdue(today)?;
        Some(finding(context, EntryId::Note(note.id), &note.owner, due).letter(note.letter))
    });
    mitigations.chain(notes).collect()
}

fn finding(context: &Context, record: EntryId, owner: &str, due: Date) -> Finding {
    let name = words::named(context.session, &record);
    let hint = match owner.trim() {
        "" => "say who sees to it, and until when".to_owned(),
        owner => format!("ask {}, or give it another day", words::person(context.session, owner)),
    };
    CHECK.warning(format!("{name} was due on {due}")).at(record).hint(hint)
}
