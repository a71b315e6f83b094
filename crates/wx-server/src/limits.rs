use std::time::Duration;

/// What a connection may cost before it is known to come from the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Time for the head of a request, also while a kept-alive connection waits for its next one. Default 5 s.
    pub header: Duration,
    /// Size of the head of a request, at least 8192 bytes. Default 16 KiB.
    pub header_bytes: usize,
    /// Time for the body of a request, within the time of the answer. Default 3 s.
    pub body: Duration,
    /// Size of the body of a push. Default 64 KiB: six times a text message of the platform's greatest length in
    /// compatible mode.
    pub body_bytes: usize,
    /// Time from the head of a push to its answer; the platform hangs up after 5 s. Default 4.5 s.
    pub answer: Duration,
    /// Connections at the same time; further ones wait in the system's queue. Default 4096.
    pub connections: usize,
    /// Longest life of a connection; the request it is busy with then still gets its answer. Default 10 s.
    pub connection_life: Duration,
    /// Time for open requests to finish when the service stops. Default 10 s.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header: Duration::from_secs(5),
            header_bytes: 16 * 1024,
            body: Duration::from_secs(3),
            body_bytes: 64 * 1024,
            answer: Duration::from_millis(4500),
            connections: 4096,
            connection_life: Duration::from_secs(10),
            stop: Duration::from_secs(10),
        }
    }
}
