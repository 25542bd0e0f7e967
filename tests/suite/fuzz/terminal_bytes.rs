//! Bytes of a terminal: the same inputs however they are cut into pieces, and no control character among the keys.

use strideboard::{
    app::key::Code,
    runtime::input::{Input, Parser},
};

use super::Target;

pub(super) const TARGET: Target = Target {
    corpus,
    words: &[
        "\u{1b}", "\u{1b}[", "\u{1b}O", "\u{1b}[A", "\u{1b}[1;5C", "\u{1b}[<0;10;10M", "\u{1b}[<65;65535;65536M", "\u{1b}[200~",
        "\u{1b}[201~", "\u{1b}]0;title\u{7}", "\u{1b}P", "\u{1b}\\", "\u{1b}[97;5u", "\u{1b}[27;5;97~", "\u{1b}[M   ",
        "\u{1b}[[A", "\u{1b}[I", "\u{9b}", "é", "平", "👍", "\r\n", ";", "9999999999", "m", "~", "u",
    ],
    run,
};

fn corpus() -> Vec<Vec<u8>> {
    ["jjx", "\u{1b}[A\u{1b}[B", "\u{1b}[200~two\rlines\u{1b}[201~", "é平", "\u{1b}[<0;3;4M\u{1b}[<0;3;4m", ""]
        .map(|text| text.as_bytes().to_vec())
        .to_vec()
}

fn run(bytes: &[u8]) {
    let whole = read([bytes].into_iter());
    assert_eq!(read(bytes.chunks(1)), whole);
    assert_eq!(read(bytes.chunks(7)), whole);
    assert!(whole.len() <= bytes.len() + 1);
    for input in whole {
        if let Input::Key(key) = input
            && let Code::Char(c) = key.code
        {
            assert!(!c.is_control(), "{key:?}");
        }
    }
}

fn read<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<Input> {
    let mut parser = Parser::default();
    let mut inputs = Vec::new();
    pieces.for_each(|piece| parser.advance(piece, &mut |input| inputs.push(input)));
    parser.expire(&mut |input| inputs.push(input));
    assert_eq!(parser.pending(), None);
    inputs
}
