//! Keys in the notation of the settings: what is a key is written and read back as the same key.

use strideboard::app::{command::TABLE, key::Key, keymap::Keymap};

use super::Target;

pub(super) const TARGET: Target = Target {
    corpus,
    words: &["<", ">", "<lt>", "<ctrl-", "<alt-", "<shift-", "tab>", "f12>", "<f99>", "<esc>", "-", "<ctrl-alt-shift-x>"],
    run,
};

fn corpus() -> Vec<Vec<u8>> {
    TABLE.iter().flat_map(|row| row.keys).map(|keys| keys.as_bytes().to_vec()).collect()
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if let Ok(keys) = Key::parse_sequence(&text) {
        let written: String = keys.iter().map(|key| key.notation()).collect();
        assert_eq!(Key::parse_sequence(&written).as_ref(), Ok(&keys), "{written}");
    }
    let (name, keys) = text.split_once(' ').unwrap_or(("zoom", &text));
    let (keymap, _) = Keymap::with(&[(name.to_owned(), vec![keys.to_owned()])].into());
    assert!(TABLE.iter().all(|row| keymap.keys_of(row.command).len() <= row.keys.len().max(1)));
}
