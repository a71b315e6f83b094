use std::time::Duration;

/// How long a transport waits and how much it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest time for name, connection, proxy and TLS together. Default 5 s.
    pub connect: Duration,
    /// The longest time from the start of a request to the last byte of its answer. Default 15 s.
    pub total: Duration,
    /// The largest body of an answer in bytes, after decompression too. Default 8 MiB.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(15), body: 8 * 1024 * 1024 }
    }
}
