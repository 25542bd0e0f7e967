//! Findings for people at a terminal, and in the log of a pipeline.
//!
//! Runners read commands out of logs; a line of ours never is one, whatever a session or a file is called.

use super::report::{Found, Report, Summary};
use crate::{
    cli::{
        page::{Ink, Page},
        words::count,
    },
    review::check::Severity,
};

pub(super) fn page(report: &Report, mut page: Page) -> Page {
    for file in &report.files {
        for one in &file.findings {
            finding(&file.path, one, &mut page);
        }
    }
    let Summary { errors, warnings, hints, waived, unreadable } = report.summary;
    let read = report.files.len() - unreadable;
    // Nothing was judged, so there is nothing to say about it; why not is said on standard error.
    if read == 0 {
        return page;
    }
    let read = count(read, "session");
    let waived = if waived == 0 { String::new() } else { format!(", {waived} waived") };
    page.line(if errors + warnings + hints == 0 {
        format!("nothing found in {read}{waived}")
    } else {
        format!(
            "{}, {}, {}{waived} in {read}",
            count(errors, "error"),
            count(warnings, "warning"),
            count(hints, "hint")
        )
    });
    page
}

fn finding(path: &str, one: &Found, page: &mut Page) {
    let (ink, severity) = match one.severity {
        _ if one.waived.is_some() => (Ink::Dim, "waived"),
        Severity::Error => (Ink::Red, "error"),
        Severity::Warning => (Ink::Yellow, "warning"),
        Severity::Hint => (Ink::Cyan, "hint"),
    };
    let start = if path.trim_start().starts_with(':') { "./" } else { "" };
    let place = inert(&format!("{start}{path}:{}:{}: ", one.line, one.column));
    let (id, message) = (format!(" [{}]", one.id), inert(&one.message));
    let parts = [(Ink::Bold, place.as_str()), (ink, severity), (Ink::Plain, ": ")];
    page.parts(&[parts.as_slice(), &[(Ink::Plain, &message), (Ink::Dim, &id)]].concat());
    if let Some(waived) = &one.waived {
        page.line(inert(&format!("  until {} by {}: {}", waived.until, waived.owner, waived.reason)));
    } else if let Some(hint) = &one.hint {
        page.parts(&[(Ink::Plain, "  "), (Ink::Cyan, "hint"), (Ink::Plain, ": "), (Ink::Plain, &inert(hint))]);
    }
}

/// Runners look for `##[` and `##vso[` anywhere in a line.
fn inert(text: &str) -> String {
    text.replace("##", "# #")
}
