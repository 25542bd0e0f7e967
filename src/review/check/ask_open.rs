//! Too few of the letters that are worth a question.

use super::{Check, Context, Finding};
use crate::method::coverage::Coverage;

pub(super) const CHECK: Check =
    Check { id: "ask-open", summary: "Fewer letters worth a question were talked about than the profile wants", run };

fn run(context: &Context) -> Vec<Finding> {
    let ask = Coverage::of(context.session, &context.parked).total.ask;
    let wanted = (ask.total * context.profile.ask as usize).div_ceil(100);
    if ask.decided >= wanted {
        return Vec::new();
    }
    let profile = &context.profile.name;
    let message = format!("{ask} ask letters are decided; `{profile}` wants {wanted}");
    let hint = "say clear, not applicable or a threat for the open ask letters (`space` goes to the next)";
    vec![CHECK.finding(context.profile.soft, message).hint(hint)]
}
