//! Threats written into a team's file: one row more, everything else as people wrote it.

use ron::ser::PrettyConfig;

use super::{CATALOGUE, FORMAT, decode_catalogue, decode_team};
use crate::{
    catalog::Threat,
    format::{
        session::rewrite,
        strict::{self, Diagnostic, Outline, dialect},
    },
};

/// What a new catalogue file starts with.
const FIRST_LINE: &str = "// Threats of our own for strideboard, named under `catalogues` in strideboard.ron.";

/// A row as it stands in the list of a file, each field on a line of its own.
#[expect(clippy::missing_panics_doc, reason = "it cannot, as the comment inside proves")]
pub fn row(threat: &Threat) -> String {
    let config = PrettyConfig::new().new_line("\n").indentor("    ").struct_names(true).depth_limit(1);
    // Writing to a String cannot fail, a row is three levels deep, and all its names are identifiers: those are the
    // only errors ron has for writing.
    let pretty = dialect().to_string_pretty(threat, config).expect("a row can always be written");
    let mut out = String::with_capacity(pretty.len() + 64);
    for line in pretty.lines() {
        out.push_str("        ");
        rewrite(line, &mut out);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push_str(",\n");
    out
}

/// A team's file, or one that it names, with one more threat; a new catalogue file for no bytes. Comments, layout and
/// line ends stay as they are. What would not be read again is refused.
pub fn with_threat(bytes: &[u8], threat: &Threat) -> Result<String, Vec<Diagnostic>> {
    if bytes.trim_ascii().is_empty() {
        return Ok(format!(
            "{FIRST_LINE}\nCatalogue(\n    format: {FORMAT},\n    threats: [\n{}    ],\n)\n",
            row(threat)
        ));
    }
    let text = strict::text(bytes, &CATALOGUE)?;
    // Only what is sound is added to; the readers say what is wrong with the rest.
    let outline = Outline::new(&text);
    let is_team = outline.root().is_some_and(|root| text[outline.node(root).name.clone()] == *"Team");
    let read = |text: &str| {
        let bytes = text.as_bytes();
        if is_team { decode_team(bytes).map(drop) } else { decode_catalogue(bytes).map(drop) }
    };
    read(&text)?;
    let Some(root) = outline.root() else { return Err(Vec::new()) };
    let list = outline.field(&text, root, "threats").map(|list| outline.inner(&text, list));
    let around = list.unwrap_or(root);
    let close = outline.node(around).span.end - 1;
    let begun = outline.children(around).last().map(|last| outline.node(last).span.end);
    let addition = match list {
        Some(_) => format!("{}    ", row(threat)),
        None => format!("    threats: [\n{}    ],\n", row(threat)),
    };
    let mut new = text.clone().into_owned();
    // The bracket starts its line, or is brought to one; what stands before it on its line stays where it is.
    let line = text[..close].rfind('\n').map_or(0, |end| end + 1);
    let own_line = text[line..close].trim().is_empty();
    if own_line {
        new.replace_range(line..close, &addition);
    } else {
        new.insert_str(close, &format!("\n{addition}"));
    }
    if let Some(end) = begun
        && !text[end..close].trim_start().starts_with(',')
    {
        new.insert(end, ',');
    }
    read(&new)?;
    let returns = bytes.windows(2).any(|pair| pair == b"\r\n");
    Ok(if returns { new.replace('\n', "\r\n") } else { new })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::builtin;

    fn with(text: &str) -> String {
        with_threat(text.as_bytes(), builtin().threat("web.S2").unwrap()).unwrap()
    }

    #[test]
    fn every_built_in_row_reads_back_the_same() {
        for threat in builtin().threats() {
            let again: Threat = dialect().from_str(row(threat).trim().trim_end_matches(',')).unwrap();
            assert_eq!(again, *threat);
        }
    }

    #[test]
    fn a_row_is_added_and_every_other_line_stays() {
        let mine = "// ours\nTeam(\n    format: 1,\n    threats: [\n        // none yet\n    ],\n    disable: [\"web.S1\"], // why\n)\n";
        let new = with(mine);
        assert!(mine.lines().all(|line| new.lines().any(|other| other == line)), "{new}");
        assert_eq!(decode_team(new.as_bytes()).unwrap().rows.overlay.threats[0].id, "web.S2");
    }

    #[test]
    fn a_row_finds_its_place_in_any_layout() {
        for text in [
            "",
            "Catalogue(format: 1)",
            "Catalogue(format: 1, threats: [])",
            "Catalogue(\n    format: 1,\n    threats: [],\n)",
            "Catalogue(format: 1, kinds: [],)\n// the end\n",
            "(format: 1)",
            "Catalogue(\r\n    format: 1,\r\n)\r\n",
        ] {
            let read = decode_catalogue(with(text).as_bytes());
            assert_eq!(read.unwrap_or_else(|why| panic!("{text}: {why:?}")).overlay.threats.len(), 1, "{text}");
        }
    }

    #[test]
    fn a_row_that_is_there_or_a_file_that_is_broken_is_left_alone() {
        let row = builtin().threat("web.S2").unwrap();
        let once = with("Catalogue(format: 1)");
        let told = |text: &str| with_threat(text.as_bytes(), row).unwrap_err()[0].message.clone();
        assert_eq!(told(&once), "`web.S2` stands here twice; two rows cannot share an id");
        assert_eq!(told("Catalogue(format: 1, thread: [])"), "the catalogue file has no field `thread`");
    }
}
