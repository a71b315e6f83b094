use crate::{Act, Delivery, Error, Order, Push, delivery::Courier, platform::Platform};
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
        let (push, is_held) = self.platform.account().perform_or_hold(&act)?;
        if is_held {
            return Ok(Delivery::held(push));
        }
        Ok(self.courier.deliver(&self.platform, push, act.lost_answers).await)
    }

    /// What is about nobody is about the third-party platform.
    pub(crate) async fn redeliver(&self, push: Push) -> Delivery {
        if push.openid.is_empty() {
            return self.courier.notify(&self.platform, push).await;
        }
        self.courier.deliver(&self.platform, push, 0).await
    }

    /// Delivers what was held, one after the other, and holds no more.
    pub(crate) async fn release(&self, order: Order) -> Vec<Delivery> {
        let mut held = self.platform.account().held.take().unwrap_or_default();
        order.arrange(&mut held, &self.platform.random);
        let mut deliveries = Vec::with_capacity(held.len());
        for (push, lost_answers) in held {
            deliveries.push(self.courier.deliver(&self.platform, push, lost_answers).await);
        }
        deliveries
    }

    pub(crate) async fn push_verify_ticket(&self) -> Result<Delivery, Error> {
        let push = self.platform.account().verify_ticket()?;
        Ok(self.courier.notify(&self.platform, push).await)
    }

    pub(crate) async fn authorize(&self) -> Result<Delivery, Error> {
        let push = self.platform.account().authorize()?;
        Ok(self.courier.notify(&self.platform, push).await)
    }

    pub(crate) async fn unauthorize(&self) -> Result<Delivery, Error> {
        let push = self.platform.account().unauthorize()?;
        Ok(self.courier.notify(&self.platform, push).await)
    }
}
