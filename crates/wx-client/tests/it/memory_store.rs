use async_trait::async_trait;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use wx_client::{MemoryTokenStore, TokenStore, conformance::TokenStoreRig};
use wx_model::AppId;

/// A store whose clock is set by hand.
struct Rig {
    store: MemoryTokenStore,
    millis: Arc<AtomicI64>,
}

impl Rig {
    fn new() -> Self {
        let millis = Arc::new(AtomicI64::new(1_000_000_000));
        let hand = Arc::clone(&millis);
        let now = move || Duration::from_millis(hand.load(Ordering::SeqCst).unsigned_abs());
        Self { store: MemoryTokenStore::new().clock(now), millis }
    }
}

#[async_trait]
impl TokenStoreRig for Rig {
    fn store(&self) -> &dyn TokenStore {
        &self.store
    }

    async fn pass(&self, _: &AppId, millis: i64) {
        self.millis.fetch_add(millis, Ordering::SeqCst);
    }
}

wx_client::token_store_tests!(Rig::new());

wx_client::component_store_tests!(Box::new(wx_client::MemoryComponentStore::new()));
