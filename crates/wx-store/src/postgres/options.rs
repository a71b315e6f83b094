use std::time::Duration;

/// How a store connects to its PostgreSQL server.
///
/// ```
/// use wx_store::PostgresOptions;
///
/// let options = PostgresOptions::default().connections(8);
/// # let _ = options;
/// ```
#[derive(Debug, Clone)]
pub struct PostgresOptions {
    pub(super) connections: usize,
    pub(super) patience: Duration,
    pub(super) root_certificates: Option<Vec<u8>>,
}

impl Default for PostgresOptions {
    /// Up to 4 connections, 5 s to get one, the root certificates of the system.
    fn default() -> Self {
        Self { connections: 4, patience: Duration::from_secs(5), root_certificates: None }
    }
}

impl PostgresOptions {
    /// How many connections are open at the same time, at least 1.
    pub fn connections(mut self, count: usize) -> Self {
        self.connections = count.max(1);
        self
    }

    /// How long a call waits for a connection, and a connection for the server.
    pub fn patience(mut self, limit: Duration) -> Self {
        self.patience = limit;
        self
    }

    /// Trusts servers with a certificate of these authorities (PEM) instead of those that the system trusts.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates = Some(pem.into());
        self
    }
}
