/// What the areas of a file are called, where the file itself does not say it.
#[derive(Clone, Debug, Default)]
pub struct Naming {
    /// Kind of every area read: "district".
    pub kind: String,
    /// Edition shown to people: "Boundary-Line, May 2014".
    pub set: String,
    /// Property that holds the code; otherwise it is looked for.
    pub code: Option<String>,
    /// Property that holds the name; otherwise it is looked for.
    pub name: Option<String>,
    /// An outline that crosses itself is refused: what lies within one is not certain.
    pub uncrossed: bool,
}

/// Properties that are taken for a code or a name in this order, after those of the ONS pattern (`LAD13CD`, `WD13NM`).
const CODES: [&str; 8] = ["code", "gss_code", "gss", "area_code", "codes", "id", "ref", "reference"];
const NAMES: [&str; 5] = ["name", "title", "label", "area_name", "description"];

impl Naming {
    /// Code and name of a feature with these properties. Without a code property the name, as a slug, is the code.
    pub(super) fn of(&self, properties: &[(String, String)]) -> Result<(String, String), String> {
        let get = |key: &str| {
            let found = properties.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
            found.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let find = |given: &Option<String>, ending: &str, list: &[&str]| match given {
            Some(key) => get(key).map(Some).ok_or_else(|| format!("the property “{key}” is missing or empty")),
            None => {
                let ons = properties.iter().map(|(key, _)| key.as_str()).find(|key| is_ons(key, ending));
                Ok(ons.into_iter().chain(list.iter().copied()).find_map(get))
            }
        };
        let name = find(&self.name, "nm", &NAMES)?.map(|name| without_suffix(&name));
        let code =
            find(&self.code, "cd", &CODES)?.or_else(|| name.as_deref().map(slug)).filter(|code| !code.is_empty());
        let code = code.ok_or("it has neither a code nor a name")?;
        Ok((code.clone(), name.unwrap_or(code)))
    }
}

/// `CTYUA16CD`, `lad13nm`: letters, two figures of the year, `cd` or `nm`.
fn is_ons(key: &str, ending: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let Some(stem) = key.strip_suffix(ending) else { return false };
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    stem.len() == letters.len() + 2
        && (2..=6).contains(&letters.len())
        && letters.bytes().all(|b| b.is_ascii_lowercase())
}

/// Boundary-Line marks boroughs: "City of Bristol (B)".
fn without_suffix(name: &str) -> String {
    name.strip_suffix(" (B)").unwrap_or(name).to_owned()
}

fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(naming: &Naming, properties: &[(&str, &str)]) -> Result<(String, String), String> {
        let owned: Vec<_> = properties.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
        naming.of(&owned)
    }

    #[test]
    fn code_and_name_are_found_under_the_names_that_publishers_use() {
        for (properties, code, name) in [
            (&[("WD13CD", "E05002009"), ("WD13CDO", "00HCNR"), ("WD13NM", "Blagdon")][..], "E05002009", "Blagdon"),
            (
                &[("NAME", "City of Bristol (B)"), ("AREA_CODE", "UTA"), ("CODE", "E06000023")],
                "E06000023",
                "City of Bristol",
            ),
            (
                &[("objectid", "4"), ("ctyua16cd", "E06000024"), ("ctyua16nm", "North Somerset")],
                "E06000024",
                "North Somerset",
            ),
            (&[("Name", "Avon and Somerset"), ("description", "x")], "avon-and-somerset", "Avon and Somerset"),
            (&[("code", "BS23"), ("name", " ")], "BS23", "BS23"),
        ] {
            assert_eq!(of(&Naming::default(), properties), Ok((code.into(), name.into())));
        }
    }

    #[test]
    fn a_property_that_the_caller_names_must_be_there() {
        let naming = Naming { code: Some("ref".into()), ..Naming::default() };
        assert_eq!(of(&naming, &[("REF", "7"), ("code", "8"), ("name", "x")]), Ok(("7".into(), "x".into())));
        assert_eq!(of(&naming, &[("code", "8")]), Err("the property “ref” is missing or empty".into()));
    }

    #[test]
    fn an_area_without_code_and_name_is_refused() {
        assert!(of(&Naming::default(), &[("HECTARES", "35112")]).is_err());
        assert!(of(&Naming::default(), &[("name", "–––")]).is_err());
    }
}
