use std::future::Future;
use wx_model::{CreateRequest, CreateResponse};

/// Where a [`Batch`](crate::Batch) writes down what it is about to do and what came of it: the ledger of codes, say.
///
/// What these methods have answered must survive the end of the process.
pub trait BatchJournal: Send + Sync + 'static {
    /// A row of the plan; it tells what to ask the platform for.
    type Row: AsRef<CreateRequest> + Send + Sync + 'static;
    /// Why it cannot write; ends the run.
    type Error: Send + 'static;

    /// Claims the right to ask for these rows, and says for each, in order, whether it was granted. A row that is never
    /// settled must not be granted again by itself if its code is permanent.
    fn claim(&self, rows: &[Self::Row]) -> impl Future<Output = Result<Vec<Claimed>, Self::Error>> + Send;

    /// Writes down what came of rows that were granted.
    fn settle(
        &self,
        rows: Vec<SettledRow<Self::Row>>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// What a journal says about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a batch does something else in each case")]
pub enum Claimed {
    /// Ask the platform, once.
    Granted,
    /// There is a ticket already.
    Known,
    /// It was asked for and the answer is not known.
    Unknown,
    /// No further permanent code is to be asked for.
    Full {
        /// How many places are taken.
        taken: u64,
    },
}

/// A row and what came of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SettledRow<R> {
    /// The row.
    pub row: R,
    /// What came of it.
    pub settled: Settled,
}

/// What came of a row that was granted.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a journal writes down each of them")]
pub enum Settled {
    /// The platform gave a ticket.
    Created(CreateResponse),
    /// It surely was not done; the reason in a sentence without secrets, if there was a call.
    NotDone(Option<String>),
    /// It may have been done: the answer was lost, in a sentence without secrets.
    Unknown(String),
}
