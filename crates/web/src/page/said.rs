use catalogue::Line;

/// The lines of an answer as one text: `Phone: 01632 960001; Best time: evening`.
pub fn said(lines: &[Line]) -> String {
    let line = |line: &Line| match &line.name {
        Some(name) => format!("{name}: {}", line.text),
        None => line.text.clone(),
    };
    lines.iter().map(line).collect::<Vec<_>>().join("; ")
}
