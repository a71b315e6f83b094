//! The calls that are known by name, grouped as the platform's documentation groups them. Each group is a handle of the
//! client; its bodies are types of `wx_model`.

mod messages;
mod network;
mod pages;
mod quotas;
mod short_keys;
mod statistics;
mod tags;
mod users;

pub use messages::Messages;
pub use network::Network;
pub use pages::{Page, Pages};
pub use quotas::Quotas;
pub use short_keys::ShortKeys;
pub use statistics::Statistics;
pub use tags::Tags;
pub use users::Users;

use crate::{Client, Error};
use wx_model::OverLimit;

/// The calls by name. (Codes are made and shown by the crate `wx-qrcode`.)
impl Client {
    /// Who follows, and from where (用户管理, protocol §10.1, §10.2).
    pub fn users(&self) -> Users {
        Users(self.clone())
    }

    /// Tags of followers (标签管理, protocol §10.3).
    pub fn tags(&self) -> Tags {
        Tags(self.clone())
    }

    /// Customer-service messages (客服消息, protocol §10.4).
    pub fn messages(&self) -> Messages {
        Messages(self.clone())
    }

    /// The platform's own figures (数据统计, protocol §10.5).
    pub fn statistics(&self) -> Statistics {
        Statistics(self.clone())
    }

    /// Texts behind short keys (短 key 托管, protocol §4.2).
    pub fn short_keys(&self) -> ShortKeys {
        ShortKeys(self.clone())
    }

    /// Allowances and refused requests (额度与 rid, protocol §5.4).
    pub fn quotas(&self) -> Quotas {
        Quotas(self.clone())
    }

    /// Addresses and connections (网络, protocol §5.2, §5.3).
    pub fn network(&self) -> Network {
        Network(self.clone())
    }
}

/// What the platform would refuse is an error before it is sent.
fn within(path: &str, checked: Result<(), OverLimit>) -> Result<(), Error> {
    checked.map_err(|error| Error::request(path, &error.to_string(), None))
}
