//! Template files: a template that draws or says why not, or mistakes in its file.

use strideboard::{
    app::template::start,
    catalog::{Kinds, template::{Template, source, templates}},
};

use super::Target;

pub(super) const TARGET: Target = Target {
    corpus,
    words: &[
        "id: \"", "title: \"", "about: \"", "questions: [", "lines: r#\"", "\"#", "Name(\"", "Names([", "Number(1)", "ask: \"",
        "{", "}", "{}", "{{", "zone ", "asset ", "entry ", " -> ", " @", "[", "]", "\"", "(", ")", ",", "//", "/*", "via ",
    ],
    run,
};

fn corpus() -> Vec<Vec<u8>> {
    templates().iter().filter_map(|template| source(&template.id)).map(|file| file.as_bytes().to_vec()).collect()
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Template::from_text(&text) {
        Ok(template) => {
            let today = jiff::civil::date(2026, 11, 20);
            match start(&template, &[].into(), Kinds::builtin(), "New", today, &mut || 0) {
                Ok(session) => assert_eq!(session.threats().count() + session.mitigations.len(), 0),
                Err(errors) => assert!(!errors.is_empty()),
            }
        }
        Err(problems) => assert!(!problems.is_empty()),
    }
}
