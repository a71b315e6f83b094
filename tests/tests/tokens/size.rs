use std::{env, str::FromStr};

/// How much of it: small for every change, as large as `cargo xtask campaign` asks for by night.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) processes: usize,
    pub(crate) expiries: usize,
}

impl Size {
    pub(crate) fn asked_for() -> Self {
        Self { processes: number("WX_FLEET_PROCESSES", 16), expiries: number("WX_FLEET_EXPIRIES", 50) }
    }
}

fn number<T: FromStr>(name: &str, otherwise: T) -> T {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}
