//! Rust text without comments and without what stands in quotes, so that a rule reads code as code and words as words.

/// What stood in quotes, and the line it begins on (from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    pub line: usize,
    pub text: String,
    at: usize,
}

/// `code` is as long as the text it came from; comments, quoted words and, if asked, tests are spaces in it.
#[derive(Debug)]
pub struct Code {
    pub code: String,
    pub literals: Vec<Literal>,
}

impl Code {
    /// With its tests.
    pub fn whole(text: &str) -> Self {
        let mut bytes = text.as_bytes().to_vec();
        let mut literals = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let (end, quoted) = piece(text.as_bytes(), at);
            if let Some((from, to)) = quoted {
                literals.push(Literal { line: line_of(text, at), text: text[from..to].to_owned(), at });
                blank(&mut bytes[from..to]);
            } else if end > at + 1 {
                blank(&mut bytes[at..end]);
            }
            at = end;
        }
        Self { code: String::from_utf8_lossy(&bytes).into_owned(), literals }
    }

    /// Without whatever stands under `#[cfg(test)]`.
    pub fn shipped(text: &str) -> Self {
        let mut whole = Self::whole(text);
        let spans = whole.test_spans();
        let mut bytes = whole.code.into_bytes();
        for (from, to) in &spans {
            blank(&mut bytes[*from..*to]);
        }
        whole.literals.retain(|literal| !spans.iter().any(|(from, to)| (*from..*to).contains(&literal.at)));
        Self { code: String::from_utf8_lossy(&bytes).into_owned(), literals: whole.literals }
    }

    pub fn line(&self, at: usize) -> usize {
        line_of(&self.code, at)
    }

    /// Names of modules declared as `#[cfg(test)] mod name;`, whose files only tests compile.
    pub fn test_modules(&self) -> Vec<String> {
        let item = |(from, to): (usize, usize)| self.code.get(from..to)?.rsplit(']').next().map(str::trim);
        self.test_spans()
            .into_iter()
            .filter_map(item)
            .filter_map(|item| item.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
            .map(|name| name.trim().to_owned())
            .collect()
    }

    pub fn test_lines(&self) -> usize {
        self.test_spans().into_iter().map(|(from, to)| self.code[from..to].lines().count()).sum()
    }

    fn test_spans(&self) -> Vec<(usize, usize)> {
        let mut spans = Vec::new();
        let mut from = 0;
        while let Some(found) = self.code[from..].find("#[cfg(test)]") {
            let start = from + found;
            let end = item_end(self.code.as_bytes(), start);
            spans.push((start, end));
            from = end;
        }
        spans
    }
}

/// The end of the item after the attribute at `start`: its `;`, or the brace that closes its body.
fn item_end(code: &[u8], start: usize) -> usize {
    let (mut depth, mut in_brackets) = (0_usize, 0_usize);
    for (at, byte) in code.iter().enumerate().skip(start) {
        match byte {
            b'[' | b'(' => in_brackets += 1,
            b']' | b')' => in_brackets = in_brackets.saturating_sub(1),
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            b';' if depth == 0 && in_brackets == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// The end of the piece that begins at `at`, and for a string the span between its quotes. A byte of code is a piece.
fn piece(text: &[u8], at: usize) -> (usize, Option<(usize, usize)>) {
    let rest = &text[at..];
    let seek = |wanted: &[u8], from: usize| {
        text[from..].windows(wanted.len()).position(|window| window == wanted).map_or(text.len(), |found| from + found)
    };
    if rest.starts_with(b"//") {
        return (seek(b"\n", at), None);
    }
    if rest.starts_with(b"/*") {
        return (block_end(text, at), None);
    }
    let before = at.checked_sub(1).map_or(b' ', |before| text[before]);
    if rest[0] == b'r' && !(before.is_ascii_alphanumeric() && before != b'b') {
        let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
        if rest.get(1 + hashes) == Some(&b'"') {
            let closing: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
            let from = at + 2 + hashes;
            let to = seek(&closing, from);
            return ((to + closing.len()).min(text.len()), Some((from, to)));
        }
    }
    match rest[0] {
        b'"' => {
            let to = quote_end(text, at + 1, b'"');
            ((to + 1).min(text.len()), Some((at + 1, to)))
        }
        // 'a' and '\n' are characters; 'a without a closing quote is a lifetime.
        b'\'' if rest.get(1) == Some(&b'\\') => ((quote_end(text, at + 1, b'\'') + 1).min(text.len()), None),
        b'\'' => {
            let width = match rest.get(1) {
                Some(0xF0..) => 4,
                Some(0xE0..) => 3,
                Some(0xC0..) => 2,
                _ => 1,
            };
            (if rest.get(1 + width) == Some(&b'\'') { at + 2 + width } else { at + 1 }, None)
        }
        _ => (at + 1, None),
    }
}

fn quote_end(text: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from;
    while at < text.len() && text[at] != quote {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    at.min(text.len())
}

fn block_end(text: &[u8], at: usize) -> usize {
    let (mut depth, mut end) = (0_usize, at);
    while end < text.len() {
        if text[end..].starts_with(b"/*") {
            (depth, end) = (depth + 1, end + 2);
        } else if text[end..].starts_with(b"*/") {
            (depth, end) = (depth - 1, end + 2);
            if depth == 0 {
                return end;
            }
        } else {
            end += 1;
        }
    }
    text.len()
}

fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<String> {
        Code::whole(text).literals.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn comments_and_quotes_are_not_code() {
        let code = Code::whole("let a = \"x // y\"; // tokio\n/* a /* b */ fs */ let c = '\"'; let d: &'static str;");
        assert_eq!(
            code.code.split_whitespace().collect::<Vec<_>>().join(" "),
            "let a = \" \"; let c = ; let d: &'static str;"
        );
        assert_eq!(code.literals, [Literal { line: 1, text: "x // y".into(), at: 8 }]);
    }

    #[test]
    fn raw_and_escaped_quotes_end_where_they_end() {
        assert_eq!(
            literals(r####"f(r#"a "b" c"#, "d\"e", br"f\", b"g", '\'', "é")"####),
            ["a \"b\" c", "d\\\"e", "f\\", "g", "é"]
        );
    }

    #[test]
    fn a_variable_that_ends_in_r_opens_no_raw_string() {
        assert_eq!(literals("var\"a\""), ["a"]);
    }

    #[test]
    fn tests_are_left_out_of_what_is_shipped() {
        let text = "fn a() { \"one\"; }\n#[cfg(test)]\nmod tests { fn b() { \"two\"; } }\nfn c() { \"three\"; }";
        let shipped = Code::shipped(text);
        assert!(shipped.code.contains("fn c") && !shipped.code.contains("fn b"));
        assert_eq!(
            shipped.literals.iter().map(|l| (l.line, l.text.as_str())).collect::<Vec<_>>(),
            [(1, "one"), (4, "three")]
        );
        assert_eq!(Code::whole(text).test_lines(), 2);
    }

    #[test]
    fn modules_declared_for_tests_are_named() {
        assert_eq!(Code::whole("#[cfg(test)]\n#[path = \"x\"] mod fixtures;\nmod other;").test_modules(), ["fixtures"]);
    }

    #[test]
    fn text_that_stops_in_the_middle_is_read_to_its_end() {
        for text in ["\"a", "/* a", "r#\"a", "'", "#[cfg(test)] mod x {", "\"a\\"] {
            assert_eq!(Code::shipped(text).code.len(), text.len(), "{text}");
        }
    }
}
