//! Template files: a template that draws or says why not, or mistakes in its file.

use strideboard::{
    app::template::start,
    catalog::{
        Kinds,
        template::{source, templates},
    },
    format::team::decode_template,
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
    match decode_template(bytes) {
        Ok((template, _)) => {
            let today = jiff::civil::date(2026, 11, 20);
            match start(&template, &[].into(), Kinds::builtin(), "New", today, &mut || 0) {
                Ok(session) => assert_eq!(session.threats().count() + session.mitigations.len(), 0),
                Err(errors) => assert!(!errors.is_empty()),
            }
        }
        Err(problems) => assert!(!problems.is_empty() && problems.iter().all(|one| one.line > 0 && one.column > 0)),
    }
}
