use crate::{
    fonts, paper,
    reader::{File, Run, read},
    text, things,
};
use paper::{Block, Fonts, Rank};

fn made(blocks: Vec<Block>, fonts: &Fonts) -> File {
    read(&paper(blocks).pdf(fonts).unwrap())
}

fn seen<'a>(page: &'a [Run], words: &str) -> Vec<&'a Run> {
    page.iter().filter(|run| run.text.contains(words)).collect()
}

#[test]
fn a_long_table_goes_over_pages_with_its_head_on_each() {
    let Some(fonts) = fonts() else { return };
    let file = made(vec![text("Before"), things(200)], fonts);
    assert!(file.pages.len() > 5);
    for (at, page) in file.pages.iter().enumerate() {
        let head = seen(page, "Description");
        assert_eq!(head.len(), 1, "page {at}");
        // Said once, and repeated for the eye.
        assert_eq!(head[0].is_artifact, at > 0, "page {at}");
        let first = seen(page, "thing")[0];
        assert!(head[0].y > first.y);
    }
    for at in 0..200 {
        assert_eq!(file.letters().matches(&format!("thing{at:04}")).count(), 1, "{at}");
    }
}

#[test]
fn every_page_names_its_number_and_the_reference_for_the_eye() {
    let Some(fonts) = fonts() else { return };
    let file = made(vec![things(100)], fonts);
    let count = file.pages.len();
    for (at, page) in file.pages.iter().enumerate() {
        for words in [format!("Page {} of {count}", at + 1), "Reference MH-7K2P-94QD".to_owned()] {
            let found = seen(page, &words);
            assert_eq!(found.len(), 1, "{words}");
            assert!(found[0].is_artifact && found[0].y < 60.0);
        }
        assert_eq!(seen(page, "Westmark Police").len(), 1);
    }
}

#[test]
fn no_heading_is_the_last_thing_on_a_page() {
    let Some(fonts) = fonts() else { return };
    for lines in 30..60 {
        let mut blocks: Vec<_> = (0..lines).map(|line| text(&format!("line {line}"))).collect();
        blocks.push(Block::Heading(Rank::First, "Heading one".into()));
        blocks.push(Block::Heading(Rank::Second, "Heading two".into()));
        blocks.push(if lines % 2 == 0 { things(3) } else { text(&"word ".repeat(60)) });
        let file = made(blocks, fonts);
        let page = file.pages.iter().find(|page| !seen(page, "Heading one").is_empty()).unwrap();
        let two = seen(page, "Heading two");
        let after = page.iter().filter(|run| !run.is_artifact && run.y < two[0].y).count();
        assert!(after >= 2, "{lines} lines before");
    }
}

#[test]
fn nothing_stands_outside_the_margins() {
    let Some(fonts) = fonts() else { return };
    let wide =
        Block::Table { head: vec!["Head of it".into(); 6], rows: vec![vec!["some words that go on".into(); 6]; 90] };
    let blocks = vec![text(&"several words ".repeat(900)), wide, Block::Note("aside ".repeat(500)), things(9)];
    for page in made(blocks, fonts).pages {
        for run in page {
            assert!(run.x >= 68.0 && run.x < 595.28 - 68.0, "{run:?}");
            assert!(run.is_artifact || (run.y > 84.0 && run.y < 841.89 - 50.0), "{run:?}");
        }
    }
}

#[test]
fn no_two_lines_stand_on_each_other() {
    let Some(fonts) = fonts() else { return };
    let list = Block::List(vec!["item ".repeat(40); 30]);
    for page in made(vec![text(&"several words ".repeat(300)), list, things(40)], fonts).pages {
        let mut places: Vec<_> = page.iter().map(|run| ((run.x * 100.0) as i32, (run.y * 100.0) as i32)).collect();
        places.sort_unstable();
        assert!(places.windows(2).all(|two| two[0].0 != two[1].0 || two[1].1 - two[0].1 > 1_000), "{places:?}");
    }
}

#[test]
fn a_row_higher_than_a_page_goes_on_over_the_next() {
    let Some(fonts) = fonts() else { return };
    let words: String = (0..3_000).map(|at| format!("w{at:04} ")).collect();
    let table =
        Block::Table { head: vec!["What".into(), "Story".into()], rows: vec![vec!["Bag".into(), words.clone()]] };
    let file = made(vec![table, text("after")], fonts);
    assert!(file.pages.len() > 3);
    assert!(file.letters().contains(&words.replace(' ', "")));
    assert!(file.letters().ends_with("after"));
}
