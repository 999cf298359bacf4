//! What goes over a socket: frames, and Discord's zlib-stream transport compression.

use flate2::{Compress, Compression, FlushCompress, Status};

/// Room added to the compressed output at a time.
const ROOM: usize = 16 * 1024;

/// Something to send on a socket.
#[derive(Debug)]
pub(crate) enum Frame {
    /// JSON text.
    Text(String),
    /// A close with code and reason.
    Close(u16, &'static str),
    /// End the connection without a word.
    Drop,
}

/// One zlib stream per connection, flushed after each message.
pub(crate) struct Deflater {
    inner: Compress,
}

impl Deflater {
    /// A fresh stream.
    pub(crate) fn new() -> Self {
        Self { inner: Compress::new(Compression::fast(), true) }
    }

    /// The next message of the stream, ending in the sync marker `00 00 FF FF`.
    pub(crate) fn pack(&mut self, text: &str) -> Vec<u8> {
        let mut rest = text.as_bytes();
        let mut packed = Vec::with_capacity(ROOM);
        loop {
            packed.reserve(ROOM);
            let before = self.inner.total_in();
            let status = self.inner.compress_vec(rest, &mut packed, FlushCompress::Sync);
            let taken = usize::try_from(self.inner.total_in() - before).unwrap_or(rest.len());
            rest = rest.get(taken..).unwrap_or_default();
            let roomy = packed.len() < packed.capacity();
            if status.is_err() || rest.is_empty() && (roomy || matches!(status, Ok(Status::BufError))) {
                return packed;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_ends_in_the_sync_marker_and_reads_back() {
        let mut deflater = Deflater::new();
        let mut inflater = flate2::Decompress::new(true);
        for text in ["{}".to_owned(), "é".repeat(200_000), "last".to_owned()] {
            let packed = deflater.pack(&text);
            assert!(packed.ends_with(&[0, 0, 0xff, 0xff]));
            let mut plain = Vec::with_capacity(text.len() + 64);
            inflater.decompress_vec(&packed, &mut plain, flate2::FlushDecompress::Sync).unwrap();
            assert_eq!(String::from_utf8(plain).unwrap(), text);
        }
    }
}
