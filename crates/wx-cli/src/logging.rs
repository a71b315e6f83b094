use std::io::{self, IsTerminal};
use tracing_subscriber::EnvFilter;

/// Logs go to stderr. `RUST_LOG` decides what is shown; `-v` and `-vv` are shorthands. Without them a service warns,
/// and a command that ends leaves it to its last sentence.
///
/// Crates that print whole URLs at `debug` stay at `warn` whatever is asked for: an access token stands in them.
pub(crate) fn start(verbose: u8, is_service: bool) {
    let default = match verbose {
        0 if is_service => "warn",
        0 => "off",
        1 => "info",
        _ => "debug",
    };
    let mut filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    for noisy in ["reqwest=warn", "hyper_util=warn", "hyper=warn", "h2=warn", "rustls=warn"] {
        filter = filter.add_directive(noisy.parse().expect("the directives above are valid"));
    }
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        // Its way to tell that stderr cannot be written to is to panic on stderr.
        .log_internal_errors(false)
        .init();
}
