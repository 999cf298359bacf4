//! Reads Server-Sent Events from bytes that come in any pieces (WHATWG HTML, 9.2.6).
//!
//! Lines end in LF, CR or CRLF; a byte order mark at the start and comments are passed over; several lines of data are joined. An
//! event's name and a proposed pause are not looked at. What the text means is its reader's.

/// Longest line and longest data that is read, in bytes.
const LONGEST: usize = 64 << 10;
/// What a text may begin with.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A block: what stands between two empty lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// Its id, where it has one of its own.
    pub id: Option<String>,
    /// Its data, where it has some.
    pub data: Option<String>,
}

/// A line or the data of a block is longer than any of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a line that is too long")]
pub struct TooLong;

/// Reads blocks.
#[derive(Debug, Default)]
pub struct Reader {
    line: Vec<u8>,
    // The byte before was CR: an LF that follows belongs to it.
    after_cr: bool,
    begun: bool,
    block: Block,
}

impl Reader {
    /// Takes the next bytes; gives the blocks that they complete.
    ///
    /// # Errors
    /// [`TooLong`]: nothing more can be read.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<Block>, TooLong> {
        let mut blocks = Vec::new();
        for byte in bytes {
            let follows_cr = std::mem::replace(&mut self.after_cr, *byte == b'\r');
            match byte {
                b'\n' if follows_cr => {}
                b'\n' | b'\r' => blocks.extend(self.end_of_line()?),
                other => {
                    self.line.push(*other);
                    if self.line.len() > LONGEST {
                        return Err(TooLong);
                    }
                }
            }
        }
        Ok(blocks)
    }

    fn end_of_line(&mut self) -> Result<Option<Block>, TooLong> {
        let bytes = std::mem::take(&mut self.line);
        let first = !std::mem::replace(&mut self.begun, true);
        let bytes = if first { bytes.strip_prefix(MARK).unwrap_or(&bytes) } else { &bytes };
        let line = String::from_utf8_lossy(bytes);
        if line.is_empty() {
            let block = std::mem::take(&mut self.block);
            return Ok((block != Block::default()).then_some(block));
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => match &mut self.block.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.block.data = Some(value.to_owned()),
            },
            // One that holds NUL is passed over, as the standard says.
            "id" if !value.contains('\0') => self.block.id = Some(value.to_owned()),
            _ => {}
        }
        if self.block.data.as_ref().is_some_and(|data| data.len() > LONGEST) { Err(TooLong) } else { Ok(None) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block(id: Option<&str>, data: Option<&str>) -> Block {
        Block { id: id.map(str::to_owned), data: data.map(str::to_owned) }
    }

    fn read(text: &str) -> Vec<Block> {
        Reader::default().take(text.as_bytes()).unwrap()
    }

    #[test]
    fn blocks_are_read_as_the_standard_says() {
        assert_eq!(read("id: 7-1\ndata: {}\n\n"), [block(Some("7-1"), Some("{}"))]);
        assert_eq!(read(": still here\n\nid:7-0\n\n"), [block(Some("7-0"), None)]);
        assert_eq!(read("data: a\ndata:  b\ndata\n\n"), [block(None, Some("a\n b\n"))]);
        assert_eq!(read("event: x\nretry: 5\nunknown: y\n\n"), []);
        assert_eq!(read("\u{feff}data: a\n\n"), [block(None, Some("a"))]);
        assert_eq!(read("data: a\r\n\r\ndata: b\r\rdata: c\n\n").len(), 3);
        assert_eq!(read("id: a\0b\ndata: c\n\n"), [block(None, Some("c"))]);
        assert_eq!(read("data: not ended\n"), [], "what breaks off is no block");
    }

    #[test]
    fn what_is_longer_than_any_of_ours_is_refused() {
        let long = vec![b'x'; LONGEST + 1];
        assert_eq!(Reader::default().take(&long), Err(TooLong));
        let mut reader = Reader::default();
        let line = format!("data: {}\n", "x".repeat(LONGEST / 2));
        assert_eq!(reader.take(line.as_bytes()), Ok(Vec::new()));
        assert_eq!(reader.take(line.as_bytes()), Err(TooLong));
    }

    proptest! {
        #[test]
        fn the_pieces_make_no_difference(
            lines in prop::collection::vec("(data|id|:|event)?:? ?[a-zé{}\u{1F600}]{0,9}(\r\n|\n|\r)(\r\n|\n|\r)?", 0..20),
            cuts in prop::collection::vec(0usize..400, 0..30),
        ) {
            let text = lines.concat();
            let whole = Reader::default().take(text.as_bytes()).unwrap();
            let mut reader = Reader::default();
            let mut pieces = Vec::new();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(text.len())).chain([0, text.len()]).collect();
            cuts.sort_unstable();
            for pair in cuts.windows(2) {
                pieces.extend(reader.take(&text.as_bytes()[pair[0]..pair[1]]).unwrap());
            }
            prop_assert_eq!(pieces, whole);
        }

        #[test]
        fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
            prop_assert!(Reader::default().take(&bytes).is_ok());
        }
    }
}
