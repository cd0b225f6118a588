use crate::{fonts, paper, reader::read, text};
use paper::{Block, Fault, LONGEST, Paper, Rank};

#[test]
fn what_is_said_can_be_copied_out() {
    let Some(fonts) = fonts() else { return };
    let said = [
        "It cost £640 – she said “don’t”, and 50 % of 3 × 4 m² is 6 €.",
        "Zażółć gęślą jaźń. Příliš žluťoučký kůň. Llŷn, Ŵyn. Đặng Thị Hương.",
        "Съешь же ещё этих мягких французских булок. Ґанок, їжак, єнот.",
        "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.",
    ];
    let blocks = said.iter().flat_map(|line| [text(line), Block::Heading(Rank::Second, (*line).into())]).collect();
    let paper = paper(blocks);
    assert!(paper.stood_in_for(fonts).is_empty());
    let letters = read(&paper.pdf(fonts).unwrap()).letters();
    for line in said {
        let line: String = line.chars().filter(|sign| !sign.is_whitespace()).collect();
        assert_eq!(letters.matches(&line).count(), 2, "{line}");
    }
}

#[test]
fn a_letter_the_font_has_not_is_seen_as_a_sign_and_copied_as_itself() {
    let Some(fonts) = fonts() else { return };
    let paper = paper(vec![text("He is called علي and lives in 東京 😀.")]);
    assert_eq!(fonts.stands_in(), '\u{fffd}');
    assert_eq!(paper.stood_in_for(fonts), "علي東京😀".chars().collect());
    let letters = read(&paper.pdf(fonts).unwrap()).letters();
    assert!(letters.contains("Heiscalledعليandlivesin東京😀."), "{letters}");
}

#[test]
fn every_kind_of_block_is_said_once_and_in_order() {
    let Some(fonts) = fonts() else { return };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let table = Block::Table {
        head: vec!["h1".into(), "h2".into()],
        rows: vec![vec!["i1".into(), "i2".into()], vec!["j1".into()]],
    };
    let paper = paper(vec![
        Block::Heading(Rank::First, "a".into()),
        Block::Heading(Rank::Second, "b".into()),
        text("c"),
        Block::List(vec!["d".into(), String::new(), "e".into()]),
        Block::Rows(vec![pair("f1", "f2"), pair("", ""), pair("g1", "")]),
        table,
        Block::Note("k".into()),
    ]);
    let file = read(&paper.pdf(fonts).unwrap());
    let said = file.texts().join("\n");
    let expected =
        "Westmark Police\nYour report\nMade on 4 October 2026\na\nb\nc\n•\nd\n•\ne\nf1\nf2\ng1\nh1\nh2\ni1\ni2\nj1\nk";
    assert_eq!(said, expected);
}

#[test]
fn equal_papers_are_equal_bytes() {
    let Some(fonts) = fonts() else { return };
    let paper = paper(vec![text("Zażółć 😀 gęślą"), crate::things(60)]);
    assert_eq!(paper.pdf(fonts).unwrap(), paper.clone().pdf(fonts).unwrap());
    let other = Paper { made: "Made on 5 October 2026".into(), ..paper.clone() };
    assert_ne!(paper.pdf(fonts).unwrap(), other.pdf(fonts).unwrap());
}

#[test]
fn a_paper_that_is_too_long_is_refused_and_nothing_is_cut() {
    let Some(fonts) = fonts() else { return };
    let fault = Paper { blocks: vec![text(&"a".repeat(LONGEST + 1))], ..Paper::default() }.pdf(fonts);
    assert_eq!(fault, Err(Fault::TooLong(LONGEST + 1)));
    let many: String = (0x1_0000..0x2_0000).filter_map(char::from_u32).collect();
    assert_eq!(paper(vec![text(&many)]).pdf(fonts), Err(Fault::TooManySigns));
}
