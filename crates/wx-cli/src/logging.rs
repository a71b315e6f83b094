use std::io::{self, IsTerminal};
use tracing::{Level, Metadata};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, filter_fn},
    fmt,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// Logs go to stderr. `RUST_LOG` decides what is shown; `-v` and `-vv` are shorthands. Without them a service warns,
/// and a command that ends leaves it to its last sentence.
pub(crate) fn start(verbose: u8, is_service: bool) {
    let default = match verbose {
        0 if is_service => "warn",
        0 => "off",
        1 => "info",
        _ => "debug",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let layer = fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        // Its way to tell that stderr cannot be written to is to panic on stderr.
        .log_internal_errors(false)
        .with_filter(filter.and(filter_fn(is_discreet)));
    tracing_subscriber::registry().with(layer).init();
}

/// These print whole addresses at `debug`, and an access token stands in them: of them only warnings are shown, whatever
/// is asked for. (A directive of `RUST_LOG` that names one of their modules would win over one of ours.)
const TALKATIVE: [&str; 5] = ["reqwest", "hyper_util", "hyper", "h2", "rustls"];

fn is_discreet(metadata: &Metadata<'_>) -> bool {
    let name = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::WARN || !TALKATIVE.contains(&name)
}
