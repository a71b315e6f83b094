use super::push;
use crate::{commands::push::send::courier::Courier, config::Secrets, failure::Outcome};
use wx_events::Mode;

/// Why a service that takes our Token takes no push.
pub(super) enum Suspect {
    /// It takes one of this mode.
    Mode(Mode),
    /// It takes none that is encrypted as here.
    Key,
    /// It takes none in the clear, and there is no key to try others.
    Encryption,
    /// It takes it, but answers badly.
    Nobody,
}

impl Suspect {
    /// Pushes in the other modes: the one that is taken tells what the service expects.
    pub(super) async fn find(courier: &Courier, secrets: &Secrets) -> Outcome<Self> {
        let ours = secrets.mode.unwrap_or(Mode::Plain);
        for mode in [Mode::Safe, Mode::Plain, Mode::Compatible] {
            let other = Secrets { mode: Some(mode), ..secrets.clone() };
            // Without a key there is only the clear mode.
            let Ok(callback) = other.callback() else { continue };
            if mode != ours && push(courier, &callback, secrets).await?.verdict.is_content() {
                return Ok(Self::Mode(mode));
            }
        }
        Ok(if ours == Mode::Plain { Self::Encryption } else { Self::Key })
    }
}
