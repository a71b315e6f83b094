use crate::CustomMessage;
use std::collections::VecDeque;

/// The customer-service messages that were sent, the last [`KEPT`].
#[derive(Default)]
pub(crate) struct MessageLog {
    sent: VecDeque<CustomMessage>,
    count: u64,
}

impl MessageLog {
    /// Keeps a message and gives it its number.
    pub(crate) fn add(&mut self, mut message: CustomMessage) {
        self.count += 1;
        message.number = self.count;
        if self.sent.len() == KEPT {
            self.sent.pop_front();
        }
        self.sent.push_back(message);
    }

    /// The messages behind the one of this number.
    pub(crate) fn after(&self, number: u64) -> impl Iterator<Item = &CustomMessage> {
        self.sent.iter().filter(move |message| message.number > number)
    }
}

/// At up to 64 KB each.
const KEPT: usize = 1000;
