//! A font with what is used of it.

use std::collections::BTreeMap;

use pdf_writer::{
    Filter, Finish, Name, Pdf, Rect, Ref, Str,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
};
use subsetter::{GlyphRemapper, subset};

use super::{Numbers, squeezed};
use crate::{
    Fault,
    font::{Font, Weight},
    letter::Letter,
};

const IDENTITY: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// One code for each character: two characters that a font draws alike are still two when they are copied.
pub struct Codes {
    pub weight: Weight,
    by_sign: BTreeMap<char, u16>,
    /// In the order of their codes, the first of which is 1.
    letters: Vec<Letter>,
}

impl Codes {
    pub fn new(weight: Weight) -> Codes {
        Codes { weight, by_sign: BTreeMap::new(), letters: Vec::new() }
    }

    pub fn name(&self) -> Name<'static> {
        match self.weight {
            Weight::Regular => Name(b"R"),
            Weight::Bold => Name(b"B"),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    pub fn of(&mut self, letter: Letter) -> Result<u16, Fault> {
        if let Some(code) = self.by_sign.get(&letter.sign) {
            return Ok(*code);
        }
        let code = u16::try_from(self.letters.len() + 1).map_err(|_| Fault::TooManySigns)?;
        self.letters.push(letter);
        self.by_sign.insert(letter.sign, code);
        Ok(code)
    }
}

/// Writes the font; gives the number of the object that pages name.
pub fn embed(pdf: &mut Pdf, numbers: &mut Numbers, font: &Font, codes: &Codes) -> Result<Ref, Fault> {
    let (whole, cid, descriptor, file, map, unicode) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next(), numbers.next(), numbers.next());
    let mut glyphs = GlyphRemapper::new();
    // From code to glyph, two bytes each; code 0 is drawn nowhere.
    let mut places = vec![0, 0];
    for letter in &codes.letters {
        places.extend(glyphs.remap(letter.glyph).to_be_bytes());
    }
    let part = subset(font.bytes, 0, &glyphs).map_err(|_| Fault::Font)?;
    // Six letters say that the font is not whole. Two papers may have the same: they are two files.
    let name = format!("PAPERS+{}", font.name());
    let name = Name(name.as_bytes());

    pdf.type0_font(whole)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(unicode);
    let mut written = pdf.cid_font(cid);
    written.subtype(CidFontType::Type2).base_font(name).system_info(IDENTITY).font_descriptor(descriptor);
    written.default_width(0.0).cid_to_gid_map_stream(map);
    let widths = [font.width(0)].into_iter().chain(codes.letters.iter().map(|letter| letter.width));
    written.widths().consecutive(0, widths);
    written.finish();

    let scaled = |units: i16| f32::from(units) * font.scale;
    let bounds = font.face.global_bounding_box();
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(scaled(bounds.x_min), scaled(bounds.y_min), scaled(bounds.x_max), scaled(bounds.y_max)))
        .italic_angle(0.0)
        .ascent(scaled(font.face.ascender()))
        .descent(scaled(font.face.descender()))
        .cap_height(scaled(font.face.capital_height().unwrap_or_else(|| font.face.ascender())))
        .stem_v(if codes.weight == Weight::Bold { 140.0 } else { 90.0 })
        .font_file2(file);
    let length = i32::try_from(part.len()).map_err(|_| Fault::Font)?;
    pdf.stream(file, &squeezed(&part)).filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
    pdf.stream(map, &squeezed(&places)).filter(Filter::FlateDecode);

    let mut cmap = UnicodeCmap::new(Name(b"Paper"), IDENTITY);
    for (code, letter) in (1_u16..).zip(&codes.letters) {
        cmap.pair(code, said(letter.sign));
    }
    pdf.cmap(unicode, &squeezed(&cmap.finish())).filter(Filter::FlateDecode);
    Ok(whole)
}

/// ISO 14289-1, 7.21.7: these three may not be said.
fn said(sign: char) -> char {
    if matches!(sign, '\0' | '\u{feff}' | '\u{fffe}') { char::REPLACEMENT_CHARACTER } else { sign }
}
