//! What can be a name, and quotes around it: `"order history service" -> db`, `@"Public edge"`, `"sql over tls"`.
//!
//! Owns what stands between two of them, so that a name may hold more words than one would guess, or signs that mean
//! something elsewhere. Refuses a quote without its other half, which is a character like any other.

use std::borrow::Cow;

/// Characters of the longest quoted name.
pub(super) const LONGEST: usize = 80;

/// Words of a new name, at most.
pub(super) const SHORT: usize = 3;

/// Whether a text can be the name of something new: one to three words without punctuation.
pub(super) fn is_name(text: &str) -> bool {
    is_name_of(text, SHORT)
}

/// The same with another number of words.
pub(super) fn is_name_of(text: &str, most: usize) -> bool {
    text.contains(char::is_alphanumeric)
        && text.split_whitespace().count() <= most
        && !text
            .contains([':', ';', ',', '?', '!', '"', '(', ')', '[', ']', '{', '}', '<', '>', '=', '@', '%', '→', '↔'])
}

/// The name that is said: what stands in quotes, or a text that can be a name without them.
pub(super) fn name(text: &str) -> Option<&str> {
    quoted(text).or_else(|| Some(text).filter(|text| is_name(text)))
}

/// What stands between quotes that begin and end a text.
pub(super) fn quoted(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?.trim();
    let fits = inner.contains(char::is_alphanumeric) && inner.chars().count() <= LONGEST;
    (fits && !inner.contains('"')).then_some(inner)
}

/// A name as a line takes it: in quotes when something in it means something else there.
pub(super) fn sayable(name: &str) -> Cow<'_, str> {
    let plain = !name.contains([':', '[', ']', '%', '@', '<', '>', '=', '→', '↔']);
    if plain || name.contains('"') { Cow::Borrowed(name) } else { Cow::Owned(format!("\"{name}\"")) }
}

/// The same text, byte for byte as long, in which nothing between quotes looks like a sign.
pub(super) fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut left = text;
    while let Some((front, inner)) = left.split_once('"') {
        let Some((inner, after)) = inner.split_once('"') else { break };
        masked.push_str(front);
        masked.extend(std::iter::repeat_n('_', inner.len() + 2));
        left = after;
    }
    masked.push_str(left);
    masked
}

/// The words of a text; what stands in quotes, with the sign in front of them, is one word.
pub(super) fn words(text: &str) -> Vec<&str> {
    let masked = masked(text);
    let mut words = Vec::new();
    let mut start = 0;
    for (at, _) in masked.match_indices(' ').chain([(masked.len(), "")]) {
        if start < at {
            words.push(&text[start..at]);
        }
        start = at + 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(words("a \"b c\" @\"d e\" f"), ["a", "\"b c\"", "@\"d e\"", "f"]);
        assert_eq!(words("it is \"half a quote"), ["it", "is", "\"half", "a", "quote"]);
        assert_eq!(words(" é \"ü → x\""), ["é", "\"ü → x\""]);
    }

    #[test]
    fn a_quoted_text_is_a_name_whatever_it_holds() {
        assert_eq!(name("\"order history: read, write\""), Some("order history: read, write"));
        assert_eq!(name("order history"), Some("order history"));
        for no_name in ["\"\"", "\" \"", "\"a\" \"b\"", "\"a", "one two three four"] {
            assert_eq!(name(no_name), None, "{no_name}");
        }
    }
}
