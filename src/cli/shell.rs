//! Words of a shell: what is suggested to be typed, and what git hands to one.

/// A text as one word, whatever is in it.
pub(super) fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_word() {
        for (text, expected) in [
            ("strideboard", "strideboard"),
            ("/opt/a-b/strideboard", "/opt/a-b/strideboard"),
            ("/home/it's me/$x", "'/home/it'\\''s me/$x'"),
            ("", "''"),
        ] {
            assert_eq!(word(text), expected);
        }
    }
}
