use crate::{fonts, paper, reader::read, text};
use paper::{Block, Paper, Rank};
use proptest::{collection::vec, prelude::*};
use unicode_normalization::UnicodeNormalization;

/// What must come out again: in form NFC, without spaces, and without the three that a file may not say.
fn expected(words: &[&str]) -> String {
    let said = |sign: char| if matches!(sign, '\0' | '\u{feff}' | '\u{fffe}') { '\u{fffd}' } else { sign };
    words.iter().flat_map(|words| words.nfc()).map(said).filter(|sign| !sign.is_whitespace()).collect()
}

/// The same words as every kind of block: each must say all of them.
fn survives(words: &str) {
    let Some(fonts) = fonts() else { return };
    let own = || words.to_owned();
    let table = |head: Vec<String>| Block::Table { head, rows: vec![vec![own()], vec![own(), own()], Vec::new()] };
    let blocks = [
        (1, text(words)),
        (1, Block::Heading(Rank::Second, own())),
        (1, Block::Note(own())),
        (2, Block::Rows(vec![(own(), own())])),
        (4, table(vec![own()])),
        (3, table(Vec::new())),
    ];
    for (times, block) in blocks {
        let bytes = Paper { blocks: vec![block], language: "en".into(), ..Paper::default() }.pdf(fonts).unwrap();
        assert!(read(&bytes).letters() == expected(&vec![words; times]), "{} characters", words.chars().count());
    }
}

#[test]
fn a_very_long_word_is_cut_between_letters_and_is_all_there() {
    survives(&"x".repeat(5_000));
    survives(&format!("https://example.org/{}", "a-b/c_d?e=f&".repeat(300)));
}

#[test]
fn twenty_thousand_characters_are_all_there() {
    survives(&"The lock was cut through. Съешь же ещё. ".repeat(500));
}

#[test]
fn control_characters_are_all_there() {
    survives(&(0..=0x9f_u8).map(char::from).collect::<String>());
    survives("a\tb\r\nc\n\n\nd\u{2028}e");
}

#[test]
fn characters_that_turn_the_text_around_turn_nothing() {
    let words = "pay \u{202e}0001£\u{202c} to \u{2066}me\u{2069} \u{200f}now\u{ad}\u{200b}";
    survives(words);
    let Some(fonts) = fonts() else { return };
    assert!(paper(vec![text(words)]).stood_in_for(fonts).contains(&'\u{202e}'));
}

#[test]
fn marks_without_end_and_spaces_without_end_are_all_there() {
    survives(&format!("a{}b", "\u{301}\u{327}".repeat(2_000)));
    survives(&format!("a{}b", " ".repeat(20_000)));
    survives(&"\u{a0}".repeat(3_000));
}

#[test]
fn nothing_at_all_is_one_empty_page() {
    let Some(fonts) = fonts() else { return };
    let empty = [
        text(""),
        Block::List(Vec::new()),
        Block::Rows(Vec::new()),
        Block::Table { head: Vec::new(), rows: Vec::new() },
    ];
    for blocks in [Vec::new(), empty.to_vec()] {
        let file = read(&Paper { blocks, ..Paper::default() }.pdf(fonts).unwrap());
        assert_eq!((file.pages.len(), file.letters().as_str()), (1, ""));
    }
}

#[test]
fn a_table_of_a_hundred_columns_and_headings_without_end_come_to_an_end() {
    let Some(fonts) = fonts() else { return };
    let row: Vec<_> = (0..100).map(|at| format!("cell{at}")).collect();
    let wide = Block::Table { head: row.clone(), rows: vec![row; 5] };
    assert_eq!(read(&paper(vec![wide]).pdf(fonts).unwrap()).letters().matches("cell99").count(), 6);
    let headings = vec![Block::Heading(Rank::First, "h".repeat(200)); 600];
    assert!(read(&paper(headings).pdf(fonts).unwrap()).pages.len() > 30);
}

fn words() -> impl Strategy<Value = String> {
    let common = "[a-zA-Zà-žа-яα-ω0-9 £’.,\n-]{0,300}".prop_map(String::from);
    prop_oneof![common, any::<String>(), "[a-z]{0,200}", "(\\PC|\u{202e}|\u{301}| |\n){0,60}"]
}

fn block() -> impl Strategy<Value = (Vec<String>, Block)> {
    let heading = words().prop_map(|words| (vec![words.clone()], Block::Heading(Rank::First, words)));
    let paragraph = words().prop_map(|words| (vec![words.clone()], Block::Paragraph(words)));
    let rows = vec((words(), words()), 0..6).prop_map(|rows| {
        let said = rows.iter().flat_map(|(label, value)| [label.clone(), value.clone()]).collect();
        (said, Block::Rows(rows))
    });
    let table = (vec(words(), 0..4), vec(vec(words(), 0..5), 0..8)).prop_map(|(head, rows)| {
        let said = head.iter().chain(rows.iter().flatten()).cloned().collect();
        (said, Block::Table { head, rows })
    });
    prop_oneof![heading, paragraph, rows, table]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_put_in_comes_out_in_its_order(blocks in vec(block(), 0..8)) {
        if let Some(fonts) = fonts() {
            let (said, blocks): (Vec<_>, Vec<_>) = blocks.into_iter().unzip();
            let said: Vec<_> = said.iter().flatten().map(String::as_str).collect();
            let paper = Paper { blocks, language: "en".into(), ..Paper::default() };
            let bytes = paper.pdf(fonts).unwrap();
            prop_assert_eq!(read(&bytes).letters(), expected(&said));
            prop_assert_eq!(bytes, paper.pdf(fonts).unwrap());
        }
    }
}
