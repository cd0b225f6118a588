use ttf_parser::{Face, GlyphId, Tag, name_id};

use crate::{
    Fault,
    letter::{Letter, is_simple, is_space},
};

/// The two fonts of a paper, TrueType. Reading them takes microseconds, so nobody needs to keep this.
pub struct Fonts<'a> {
    regular: Font<'a>,
    bold: Font<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    Regular,
    Bold,
}

pub struct Font<'a> {
    pub bytes: &'a [u8],
    pub face: Face<'a>,
    /// From the font's units to thousandths.
    pub scale: f32,
    stand_in: char,
}

impl<'a> Fonts<'a> {
    /// # Errors
    /// When one is no TrueType font with the signs that a paper always needs.
    pub fn read(regular: &'a [u8], bold: &'a [u8]) -> Result<Fonts<'a>, Fault> {
        Ok(Fonts { regular: Font::read(regular)?, bold: Font::read(bold)? })
    }

    /// What the eye sees for a character that the font has not: `�`, or what comes nearest to it in this font.
    #[must_use]
    pub fn stands_in(&self) -> char {
        self.regular.stand_in
    }

    pub(crate) fn of(&self, weight: Weight) -> &Font<'a> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    pub(crate) fn has_not(&self, sign: char) -> bool {
        [&self.regular, &self.bold].iter().any(|font| font.glyph(sign).is_none())
    }
}

impl<'a> Font<'a> {
    fn read(bytes: &'a [u8]) -> Result<Font<'a>, Fault> {
        let face = Face::parse(bytes, 0).map_err(|_| Fault::Font)?;
        if face.raw_face().table(Tag::from_bytes(b"glyf")).is_none() {
            return Err(Fault::Font);
        }
        let has = |sign: &char| face.glyph_index(*sign).is_some_and(|glyph| glyph.0 != 0);
        let stand_in = ['\u{fffd}', '\u{25a1}', '?'].into_iter().find(has).ok_or(Fault::Font)?;
        if !has(&' ') {
            return Err(Fault::Font);
        }
        let scale = 1_000.0 / f32::from(face.units_per_em());
        Ok(Font { bytes, face, scale, stand_in })
    }

    fn glyph(&self, sign: char) -> Option<GlyphId> {
        let own = || self.face.glyph_index(sign).filter(|glyph| glyph.0 != 0 && is_simple(sign));
        // Spaces of any width that the font has not are still spaces.
        own().or_else(|| if is_space(sign) { self.face.glyph_index(' ') } else { None })
    }

    pub fn letter(&self, sign: char) -> Letter {
        let stand_in = || self.face.glyph_index(self.stand_in).unwrap_or_default();
        let glyph = self.glyph(sign).unwrap_or_else(stand_in);
        Letter { sign, glyph: glyph.0, width: self.width(glyph.0) }
    }

    /// In thousandths of the size, rounded as the file says it.
    pub fn width(&self, glyph: u16) -> f32 {
        (f32::from(self.face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0)) * self.scale).round()
    }

    pub fn name(&self) -> String {
        let names = self.face.names();
        let name = names.into_iter().filter(|name| name.name_id == name_id::POST_SCRIPT_NAME);
        name.filter_map(|name| name.to_string()).next().unwrap_or_else(|| "Font".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_font_is_refused() {
        for bytes in [&b""[..], b"%PDF-1.7", &[0; 4_096]] {
            assert_eq!(Fonts::read(bytes, bytes).err(), Some(Fault::Font));
        }
    }
}
