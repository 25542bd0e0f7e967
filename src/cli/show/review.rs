//! What a review left: who signed for the session, and what was said about it and is not settled.

use crate::{
    cli::{comment, page::Page},
    format::beside::Beside,
    review::{
        comment::threads,
        endorsement::{called, standing},
        print::Prints,
    },
    session::Session,
};

pub(super) fn write(page: &mut Page, session: &Session, beside: &Beside) {
    if !beside.endorsements.is_empty() {
        page.heading("Endorsements");
        let now = Prints::of(session);
        for one in standing(&beside.endorsements) {
            let delta = one.delta(&now);
            let state = if delta.is_empty() { "holds".to_owned() } else { format!("stale: {}", delta.words(session)) };
            page.line(format!(
                "  {} {} {} on {}; {state}",
                called(&beside.endorsements, one.id),
                one.who(),
                one.decision.name(),
                one.on
            ));
            one.conditions.iter().for_each(|condition| page.indented(5, condition));
        }
    }
    let threads = threads(session, &beside.comments);
    let open: Vec<_> = threads.iter().filter(|thread| !thread.resolved).collect();
    if !open.is_empty() {
        page.heading("Open comments");
        for thread in open {
            comment::one(page, session, "  ", thread);
        }
    }
}
