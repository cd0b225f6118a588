//! Licence expressions as packages write them: SPDX's AND, OR, WITH and brackets, and the older `/` for OR.

/// Whether the terms can be met with licences of which `allowed` is true.
///
/// # Errors
/// What is wrong with the expression.
pub fn holds(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Result<bool, &'static str> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (holds, rest) = either(&words, allowed)?;
    if rest.is_empty() { Ok(holds) } else { Err("something follows the end") }
}

type Read<'a, 'b> = Result<(bool, &'a [&'b str]), &'static str>;

fn either<'a, 'b>(words: &'a [&'b str], allowed: &dyn Fn(&str) -> bool) -> Read<'a, 'b> {
    let (mut holds, mut rest) = both(words, allowed)?;
    while let ["OR", more @ ..] = rest {
        let (other, after) = both(more, allowed)?;
        (holds, rest) = (holds | other, after);
    }
    Ok((holds, rest))
}

fn both<'a, 'b>(words: &'a [&'b str], allowed: &dyn Fn(&str) -> bool) -> Read<'a, 'b> {
    let (mut holds, mut rest) = one(words, allowed)?;
    while let ["AND", more @ ..] = rest {
        let (other, after) = one(more, allowed)?;
        (holds, rest) = (holds & other, after);
    }
    Ok((holds, rest))
}

fn one<'a, 'b>(words: &'a [&'b str], allowed: &dyn Fn(&str) -> bool) -> Read<'a, 'b> {
    match words {
        ["(", inner @ ..] => match either(inner, allowed)? {
            (holds, [")", rest @ ..]) => Ok((holds, rest)),
            _ => Err("a bracket is not closed"),
        },
        [] | ["AND" | "OR" | "WITH" | ")", ..] => Err("a licence is missing"),
        [_, "WITH"] => Err("an exception is missing"),
        [id, "WITH", exception, rest @ ..] => Ok((allowed(&format!("{id} WITH {exception}")), rest)),
        [id, rest @ ..] => Ok((allowed(id), rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(expression: &str) -> Result<bool, &'static str> {
        holds(expression, &|id| ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&id))
    }

    #[test]
    fn one_of_several_is_enough_but_all_of_several_are_needed() {
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("GPL-3.0-only OR MIT", true),
            ("GPL-3.0-only/MIT", true),
            ("MIT AND GPL-3.0-only", false),
            ("MIT AND ISC", true),
            ("GPL-3.0-only AND ISC OR MIT", true),
            ("GPL-3.0-only AND (ISC OR MIT)", false),
            ("(MIT OR GPL-3.0-only) AND ISC", true),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0-only", true),
            ("Apache-2.0 WITH other-exception", false),
        ] {
            assert_eq!(ask(expression), Ok(expected), "{expression}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_allowed() {
        for broken in ["", "MIT AND", "OR MIT", "(MIT", "MIT)", "MIT ISC", "MIT WITH", "()"] {
            assert!(ask(broken).is_err(), "{broken}");
        }
    }
}
