/// The words of a text as they are compared: lower case, no accents or apostrophes, short forms written out.
///
/// "St Mary’s Rd" and "Saint Marys Road" give the same words. "St" may be a saint or a street, so both become "st".
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\'' | '’' | '‘' | '`' | '´' | 'ʼ' => {}
            '&' => plain.push_str(" and "),
            c if c.is_ascii() => plain.push(c.to_ascii_lowercase()),
            c => plain.extend(c.to_lowercase().flat_map(|c| without_accent(c).chars().chain(kept(c)))),
        }
    }
    let parts = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.flat_map(|word| junction(word).unwrap_or_else(|| vec![whole(word).to_owned()])).collect()
}

/// "j21" and "m5j21" as they are said: "junction 21", "m5 junction 21".
fn junction(word: &str) -> Option<Vec<String>> {
    let (road, number) = word.split_once('j')?;
    let is_number = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    let is_road = road.is_empty() || road.strip_prefix(['m', 'a']).is_some_and(is_number);
    // "J4a" lies beside "J4".
    if !is_road || !is_number(number.strip_suffix('a').unwrap_or(number)) {
        return None;
    }
    let said = [road, "junction", number];
    Some(said.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect())
}

/// Words that people put before a place and that no name needs.
pub(crate) fn is_filler(word: &str) -> bool {
    ["the", "near", "by", "at", "in", "on", "of", "opposite", "outside", "off", "and"].contains(&word)
}

fn whole(word: &str) -> &str {
    match word {
        "saint" | "street" | "str" => "st",
        "rd" => "road",
        "ave" | "av" => "avenue",
        "ln" => "lane",
        "cl" => "close",
        "cres" => "crescent",
        "ct" => "court",
        "dr" | "drv" => "drive",
        "gdns" => "gardens",
        "gr" | "gro" => "grove",
        "pk" => "park",
        "pl" => "place",
        "sq" => "square",
        "stn" => "station",
        "terr" => "terrace",
        "jct" | "junc" => "junction",
        "mt" => "mount",
        word => word,
    }
}

/// Empty where the letter bears no accent that is known.
fn without_accent(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => "a",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' => "i",
        'ñ' | 'ń' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ł' => "l",
        'ś' | 'š' => "s",
        'ž' | 'ż' | 'ź' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        _ => "",
    }
}

fn kept(c: char) -> Option<char> {
    // A combining mark after a plain letter is an accent too.
    let mark = ('\u{300}'..='\u{36f}').contains(&c);
    (without_accent(c).is_empty() && !mark).then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_apostrophes_and_short_forms_do_not_matter() {
        for (one, other) in [
            ("St Mary’s Rd", "saint marys road"),
            ("King's Ave.", "KINGS AVENUE"),
            ("High St", "High Street"),
            ("Café Ŵy", "cafe wy"),
            ("Cafe\u{301}", "café"),
            ("Weston-super-Mare", "weston super  mare"),
            ("Fish & Chips", "fish and chips"),
            ("M5 J21", "m5 junction 21"),
            ("M5J21a", "M5, Jct 21A"),
        ] {
            assert_eq!(words(one), words(other));
        }
        assert_eq!(words("J Jo J1234 XJ6 M5J"), ["j", "jo", "j1234", "xj6", "m5j"]);
        assert_eq!(words(" – ¿? "), [""; 0]);
        assert_eq!(words("Þ 東京"), ["þ", "東京"]);
    }
}
