//! The statements of a script of pgbench, or of what the program sends, in one form that can be compared. It runs nothing.
//! The benchmarks use it, and the test that keeps their scripts in step with the program.

/// The statements of a text in a plain form: without comments and pgbench's own commands, each value a `?`.
pub(crate) fn statements(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.starts_with("--") && !line.starts_with('\\'));
    let text = lines.collect::<Vec<_>>().join(" ").to_lowercase().replace("\\gset", ";");
    text.split(';').map(plain).filter(|statement| !statement.is_empty()).collect()
}

/// Makes one form of many: `$1`, `:name`, `'text'` and `null` all become `?`, with or without a type (the program's values
/// carry theirs, pgbench's are text), and one space stands between words.
fn plain(statement: &str) -> String {
    let mut out = String::new();
    let mut rest = statement.trim();
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        let word = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        let (piece, next) = match letter {
            '\'' => ("?", after.split_once('\'').map_or("", |(_, next)| next)),
            '$' => ("?", &after[word(after)..]),
            ':' if after.starts_with(':') => ("::", &after[1..]),
            ':' => ("?", &after[word(after)..]),
            letter if letter.is_whitespace() => (" ", after.trim_start()),
            letter if letter.is_alphanumeric() || letter == '_' => match rest.split_at(word(rest)) {
                ("null", next) => ("?", next),
                split => split,
            },
            letter => (&rest[..letter.len_utf8()], after),
        };
        out.push_str(piece);
        rest = match next.strip_prefix("::") {
            Some(kind) if piece == "?" => &kind[word(kind)..],
            _ => next,
        };
    }
    out
}
