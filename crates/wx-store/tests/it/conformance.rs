use crate::sample::Place;
use proptest::prelude::*;
use wx_channel::{MemoryStore, conformance};

wx_channel::conformance_tests!(Place::new());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// The figures are counted twice, in Rust and in SQL, by two texts that share nothing.
    #[test]
    fn sqlite_and_memory_agree_on_random_histories(history in conformance::history()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(conformance::agree(&MemoryStore::new(), &*Place::new(), &history));
    }
}
