use crate::{fonts, paper, reader::read, text, things};
use paper::{Block, Paper, Rank};

#[test]
fn a_reader_who_does_not_see_is_told_what_is_what() {
    let Some(fonts) = fonts() else { return };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let paper = paper(vec![
        Block::Heading(Rank::First, "What happened".into()),
        text("A bike was stolen."),
        Block::Heading(Rank::Second, "More".into()),
        Block::List(vec!["one".into(), "two".into()]),
        Block::Rows(vec![pair("When", "Today"), pair("Where", "Here")]),
        things(70),
    ]);
    let file = read(&paper.pdf(fonts).unwrap());
    let tags = |name: &str| file.count(&format!("/S /{name}\n"));
    assert_eq!((tags("Document"), tags("H1"), tags("H2"), tags("H3"), tags("P")), (1, 1, 1, 1, 3));
    assert_eq!((tags("L"), tags("LI"), tags("Lbl"), tags("LBody")), (1, 2, 2, 2));
    assert_eq!((tags("Table"), tags("THead"), tags("TBody"), tags("TR")), (2, 1, 2, 2 + 1 + 70));
    assert_eq!((tags("TH"), tags("TD")), (2 + 3, 2 + 3 * 70));
    assert_eq!((file.count("/Scope /Row"), file.count("/Scope /Column")), (2, 3));
    assert_eq!(file.count("/ListNumbering /Disc"), 1);
}

#[test]
fn the_file_says_its_language_its_title_and_what_it_keeps_to() {
    let Some(fonts) = fonts() else { return };
    let paper = Paper { title: "Rhif <1> & «2»".into(), language: "cy".into(), ..paper(vec![text("a")]) };
    let bytes = paper.pdf(fonts).unwrap();
    let all = String::from_utf8_lossy(&bytes);
    assert!(all.starts_with("%PDF-1.7"));
    for words in [
        "/Lang (cy)",
        "/Marked true",
        "/DisplayDocTitle true",
        "<pdfuaid:part>1</pdfuaid:part>",
        ">Rhif &lt;1&gt; &amp; «2»</rdf:li>",
    ] {
        assert!(all.contains(words), "{words}");
    }
    for absent in ["CreationDate", "ModDate", "/ID", "Producer"] {
        assert!(!all.contains(absent), "{absent}");
    }
}

#[test]
fn a_paper_without_a_title_is_named_by_its_reference() {
    let Some(fonts) = fonts() else { return };
    let bytes = Paper { title: String::new(), ..paper(vec![text("a")]) }.pdf(fonts).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("/Title (Reference MH-7K2P-94QD)"));
}
