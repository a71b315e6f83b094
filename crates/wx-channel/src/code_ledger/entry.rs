use super::EntryCursor;
use crate::{BookedOrder, ChannelName, Code, CodeState};
use wx_model::{ActionName, SceneValue};

/// A line of the ledger: a code, or an order that is no code yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "an order ends as a code")]
pub enum LedgerEntry {
    /// The platform gave a ticket.
    Code(Code),
    /// It did not, or nobody knows.
    Order(BookedOrder),
}

impl LedgerEntry {
    /// The kind of the code.
    pub fn action_name(&self) -> ActionName {
        match self {
            Self::Code(code) => code.action_name,
            Self::Order(booked) => booked.order.action_name,
        }
    }

    /// Its scene.
    pub fn scene(&self) -> &SceneValue {
        match self {
            Self::Code(code) => &code.scene,
            Self::Order(booked) => &booked.order.scene,
        }
    }

    /// Its channel, if any.
    pub fn channel(&self) -> Option<&ChannelName> {
        match self {
            Self::Code(code) => code.channel.as_ref(),
            Self::Order(booked) => booked.order.channel.as_ref(),
        }
    }

    /// How far it has come at that time, in seconds since 1970.
    pub fn state(&self, now: i64) -> CodeState {
        match self {
            Self::Code(code) => code.state(now),
            Self::Order(booked) => booked.stage.state(),
        }
    }

    /// The code, if there is one.
    pub fn code(&self) -> Option<&Code> {
        match self {
            Self::Code(code) => Some(code),
            Self::Order(_) => None,
        }
    }

    /// Its place in the ledger.
    pub fn cursor(&self) -> EntryCursor {
        let (batch, since, ticket) = match self {
            Self::Code(code) => (&code.batch, code.created, code.ticket.as_str()),
            Self::Order(booked) => (&booked.order.batch, booked.planned, ""),
        };
        EntryCursor {
            action_name: self.action_name().as_str().to_owned(),
            scene: self.scene().as_str().to_owned(),
            batch: batch.as_ref().map_or_else(String::new, ToString::to_string),
            since,
            ticket: ticket.to_owned(),
        }
    }
}
