//! Where results go.

use std::io::{self, BufWriter, StdoutLock};

/// Standard output, buffered.
pub(super) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}
