//! Code that records name and that is not in the repository.

use super::{Check, Context, Finding};
use crate::review::{
    code::{self, Print},
    words,
};

/// Most globs that are held against the files; each looks at every file.
const GLOBS: usize = 500;

pub(super) const CHECK: Check = Check {
    id: "code-gone",
    summary: "A record names code that is not in the repository, or too much of it to say what changed",
    run,
};

fn run(context: &Context) -> Vec<Finding> {
    let Some(listing) = &context.code else { return Vec::new() };
    let mut found = Vec::new();
    let mut globs = 0;
    for (path, records) in code::named(context.session) {
        globs += usize::from(code::is_glob(path));
        if code::is_glob(path) && globs > GLOBS {
            continue;
        }
        let (what, hint) = match listing.print(path) {
            Print::Nothing => {
                let perhaps = listing.perhaps(path, &Print::Nothing);
                let hint = if perhaps.is_empty() {
                    "name where that code is now, from the top of the repository".to_owned()
                } else {
                    format!("perhaps it is {} now", perhaps.join(" or "))
                };
                ("is not in the repository".to_owned(), hint)
            }
            Print::TooMany => {
                (format!("matches more than {} files", code::MOST), "name a folder or a narrower glob".to_owned())
            }
            Print::File(_) | Print::Folder(_) | Print::Files(_) => continue,
        };
        for record in records {
            let name = words::named(context.session, &record);
            found.push(CHECK.warning(format!("{name}: its code {path} {what}")).at(record).hint(hint.clone()));
        }
    }
    found
}
