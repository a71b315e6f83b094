use crate::{Act, Delivery, Error, delivery::Courier, platform::Platform};
use std::sync::Arc;

/// The platform and the courier who carries its pushes: what the Rust handle and the control routes both act on.
#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) platform: Arc<Platform>,
    pub(crate) courier: Arc<Courier>,
}

impl Stage {
    pub(crate) fn new(platform: Platform) -> Self {
        Self { platform: Arc::new(platform), courier: Arc::new(Courier::new()) }
    }

    pub(crate) async fn act(&self, act: Act) -> Result<Delivery, Error> {
        let push = self.platform.perform(&act)?;
        Ok(self.courier.deliver(&self.platform, push, act.lost_answers).await)
    }

    pub(crate) async fn redeliver(&self, number: u64) -> Result<Delivery, Error> {
        let push = self.platform.pushed(number)?;
        Ok(self.courier.deliver(&self.platform, push, 0).await)
    }
}
