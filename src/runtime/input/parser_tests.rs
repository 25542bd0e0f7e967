//! What terminals send, and what becomes of it.

use proptest::prelude::*;

use super::*;

fn read(bytes: &[u8]) -> Vec<Input> {
    let (mut parser, mut inputs) = (Parser::default(), Vec::new());
    parser.advance(bytes, &mut |input| inputs.push(input));
    if parser.pending().is_some() {
        parser.expire(&mut |input| inputs.push(input));
    }
    assert_eq!(parser.pending(), None);
    inputs
}

/// The keys in the notation people write them in; anything else fails.
fn keys(bytes: &[u8]) -> String {
    let key = |input| match input {
        Input::Key(key) => key.notation(),
        other => format!("{other:?}"),
    };
    read(bytes).into_iter().map(key).collect()
}

#[test]
fn bytes_become_the_keys_people_know() {
    let table: &[(&[u8], &str)] = &[
        (b"aZ 1", "aZ<space>1"),
        ("é日🌞".as_bytes(), "é日🌞"),
        (b"\r\t\x7f\x1b", "<enter><tab><backspace><esc>"),
        (b"\x00\x01\x03\x08\x0a\x1a", "<ctrl-space><ctrl-a><ctrl-c><ctrl-h><ctrl-j><ctrl-z>"),
        (b"\x1c\x1d\x1e\x1f", "<ctrl-\\><ctrl-]><ctrl-^><ctrl-_>"),
        (b"\x1bx\x1bX\x1b\r\x1b\x7f\x1b\x01", "<alt-x><alt-X><alt-enter><alt-backspace><ctrl-alt-a>"),
        ("\x1bé".as_bytes(), "<alt-é>"),
        (b"\x1b\x1b", "<esc><esc>"),
        (b"\x1b\x1b[A", "<esc><up>"),
        (b"\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F", "<up><down><right><left><home><end>"),
        (b"\x1bOA\x1bOB\x1bOC\x1bOD\x1bOH\x1bOF", "<up><down><right><left><home><end>"),
        (b"\x1b[1~\x1b[2~\x1b[3~\x1b[4~\x1b[5~\x1b[6~", "<home><insert><delete><end><pageup><pagedown>"),
        (b"\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~", "<f1><f2><f3><f4><f5><f6>"),
        (b"\x1b[20~\x1b[21~\x1b[23~\x1b[24~\x1b[[A\x1b[[E", "<f9><f10><f11><f12><f1><f5>"),
        (b"\x1b[Z\x1b[1;2Z", "<shift-tab><shift-tab>"),
        (b"\x1b[1;2A\x1b[1;3B\x1b[1;5C\x1b[1;6D", "<shift-up><alt-down><ctrl-right><ctrl-shift-left>"),
        (b"\x1b[3;5~\x1b[15;2~\x1b[1;5P", "<ctrl-delete><shift-f5><ctrl-f1>"),
        (b"\x1b[97u\x1b[97;2u\x1b[97;5u\x1b[13;2u\x1b[27;5;105~", "aA<ctrl-a><shift-enter><ctrl-i>"),
        (b"\x1b[", "<alt-[>"),
        (b"\x1bO", "<alt-O>"),
        (b"\x1b]", "<alt-]>"),
        (b"\x1bP", "<alt-P>"),
    ];
    for (bytes, expected) in table {
        assert_eq!(keys(bytes), *expected, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn what_is_no_key_types_nothing_and_swallows_no_key_after_it() {
    let table: &[&[u8]] = &[
        b"\xff\xc3\x80\xc1",
        b"\xed\xa0\x80",
        b"\xc2\x9b",
        b"\x1b[?62;22c",
        b"\x1b[12;40R",
        b"\x1b[0n",
        b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
        b"\x1b]11;rgb:ffff/ffff/ffff\x07",
        b"\x1bP1+r544e\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[M !!",
        b"\x1b[99999999999A",
        b"\x1b[;;;;;;;;x",
        b"\x1b[<0;1M",
        b"\x1b[<0;70000;1M",
        b"\x1b[<35;3;3M",
        b"\x1b[<1;3;3M",
        b"\x1b[\x80",
        b"\x1b[57441u",
    ];
    for bytes in table {
        let followed = [*bytes, b"k"].concat();
        let got = keys(&followed);
        assert!(got.ends_with('k'), "{:?} gave {got}", String::from_utf8_lossy(bytes));
        assert!(got.chars().count() <= 2, "{:?} gave {got}", String::from_utf8_lossy(bytes));
    }
    let endless = [b"\x1b[".as_slice(), &[b'1'; 70], b"k"].concat();
    assert!(keys(&endless).ends_with("1k"));
}

#[test]
fn a_broken_character_does_not_take_the_next_one_with_it() {
    assert_eq!(keys(b"\xe2\x82k"), "k");
    assert_eq!(keys(b"\xc3\x1b[A"), "<up>");
    assert_eq!(keys(b"\x1b\xc3k"), "k");
}

#[test]
fn the_mouse_says_where_and_what() {
    let mouse = |column, row, kind| Input::Mouse(Mouse { column, row, kind });
    assert_eq!(
        read(b"\x1b[<0;1;1M\x1b[<32;2;1M\x1b[<0;300;120m\x1b[<64;5;6M\x1b[<65;5;6M\x1b[<16;1;1M"),
        [
            mouse(0, 0, MouseKind::Press),
            mouse(4, 5, MouseKind::ScrollUp),
            mouse(4, 5, MouseKind::ScrollDown),
            mouse(0, 0, MouseKind::Press),
        ]
    );
}

#[test]
fn focus_and_paste_are_told_apart_from_keys() {
    assert_eq!(read(b"\x1b[I\x1b[O"), [Input::FocusGained, Input::FocusLost]);
    assert_eq!(
        read("\x1b[200~one\r\ntwo\rthr\x1b[Aée\x03\x1b[201~k".as_bytes()),
        [Input::Paste("one\ntwo\nthr\x1b[Aée\x03".into()), Input::Key(Key::char('k'))]
    );
    assert_eq!(read(b"\x1b[200~no end"), [Input::Paste("no end".into())]);
    assert_eq!(read(b"\x1b[201~k"), [Input::Key(Key::char('k'))]);
}

#[test]
fn a_long_paste_is_one_input() {
    let text = "word ".repeat(200_000);
    let bytes = [b"\x1b[200~", text.as_bytes(), b"\x1b[201~"].concat();
    assert_eq!(read(&bytes), [Input::Paste(text)]);
}

proptest! {
    /// How the bytes are cut makes no difference, and nothing makes it panic.
    #[test]
    fn pieces_give_the_same_as_the_whole(
        parts in proptest::collection::vec(prop_oneof![
            any::<Vec<u8>>(),
            Just(b"\x1b[".to_vec()), Just(b"\x1b".to_vec()), Just(b"\x1b[200~".to_vec()), Just(b"\x1b[201~".to_vec()),
            Just(b"\x1b[<0;12;3M".to_vec()), Just(b"1;5".to_vec()), Just("é".as_bytes().to_vec()),
        ], 0..12),
    ) {
        let (mut pieces, mut whole) = (Vec::new(), Vec::new());
        let mut parser = Parser::default();
        for part in &parts {
            parser.advance(part, &mut |input| pieces.push(input));
        }
        Parser::default().advance(&parts.concat(), &mut |input| whole.push(input));
        prop_assert_eq!(pieces, whole);
    }
}
