//! Pages as the bytes of a PDF.

mod content;
mod face;
mod metadata;
mod tags;

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, TextStr, types::TabOrder};

use crate::{
    Fault, Paper,
    flow::Laid,
    font::{Fonts, Weight},
    style,
};
use face::Codes;

/// Objects get their numbers in the order they are asked for.
pub struct Numbers(Ref);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0.bump()
    }
}

pub fn pdf(paper: &Paper, laid: &Laid, fonts: &Fonts) -> Result<Vec<u8>, Fault> {
    let mut numbers = Numbers(Ref::new(1));
    let mut pdf = Pdf::new();
    pdf.set_version(1, 7);
    let (catalog, pages, information, metadata, root) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next(), numbers.next());
    let sheets: Vec<_> = laid.sheets.iter().map(|_| (numbers.next(), numbers.next())).collect();
    let page_numbers: Vec<_> = sheets.iter().map(|(page, _)| *page).collect();

    let mut codes = [Codes::new(Weight::Regular), Codes::new(Weight::Bold)];
    let mut marked = Vec::new();
    let mut drawn = Vec::new();
    for sheet in &laid.sheets {
        let (bytes, nodes) = content::draw(sheet, &mut codes)?;
        drawn.push(bytes);
        marked.push(nodes);
    }
    let mut faces = Vec::new();
    for codes in &codes {
        if !codes.is_empty() {
            faces.push((codes.name(), face::embed(&mut pdf, &mut numbers, fonts.of(codes.weight), codes)?));
        }
    }
    for (at, ((page, content), bytes)) in sheets.iter().zip(drawn).enumerate() {
        pdf.stream(*content, &squeezed(&bytes)).filter(Filter::FlateDecode);
        let mut page = pdf.page(*page);
        page.parent(pages).media_box(Rect::new(0.0, 0.0, style::WIDE, style::HIGH)).contents(*content);
        page.struct_parents(i32::try_from(at).unwrap_or(i32::MAX)).tab_order(TabOrder::StructureOrder);
        let mut resources = page.resources();
        let mut dict = resources.fonts();
        for (name, font) in &faces {
            dict.pair(*name, *font);
        }
    }
    let count = i32::try_from(page_numbers.len()).unwrap_or(i32::MAX);
    pdf.pages(pages).kids(page_numbers.iter().copied()).count(count);
    tags::write(&mut pdf, &mut numbers, root, &laid.tree, &page_numbers, &marked);

    let title = [&paper.title, &paper.reference].into_iter().find(|title| !title.is_empty()).map_or("", |title| title);
    pdf.document_info(information).title(TextStr(title));
    pdf.metadata(metadata, metadata::packet(title, &paper.language).as_bytes());
    let mut whole = pdf.catalog(catalog);
    whole.pages(pages).metadata(metadata).lang(TextStr(&paper.language));
    whole.mark_info().marked(true);
    whole.viewer_preferences().display_doc_title(true);
    whole.pair(Name(b"StructTreeRoot"), root);
    whole.finish();
    Ok(pdf.finish())
}

fn squeezed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all bytes")
}
