use super::{Context, demo::wait_for_ctrl_c};
use crate::{
    failure::{Failure, Outcome, sentence},
    print,
};
use std::net::SocketAddr;
use wx_sim::{
    Callback, DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_SECRET, DEFAULT_TOKEN, Mode, Options, Simulator,
};

/// The API and the pictures of the platform on one address, for tests and for trying things out. Every option has a
/// fixed default.
#[derive(Debug, clap::Args)]
pub(crate) struct Sim {
    /// Where it listens; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,

    /// AppID (开发者 ID) of the simulated account
    #[arg(long, value_name = "ID", default_value = DEFAULT_APP_ID)]
    app_id: String,

    /// AppSecret (开发者密码) of the simulated account
    #[arg(long, value_name = "SECRET", default_value = DEFAULT_SECRET)]
    secret: String,

    /// Token (令牌) of the callback configuration
    #[arg(long, value_name = "TOKEN", default_value = DEFAULT_TOKEN)]
    token: String,

    /// EncodingAESKey (消息加解密密钥) of the callback configuration
    #[arg(long, value_name = "KEY", default_value = DEFAULT_AES_KEY)]
    aes_key: String,

    /// Mode of the pushes: plain (明文), compatible (兼容) or safe (安全)
    #[arg(long, value_name = "MODE", default_value_t = Mode::Plain)]
    mode: Mode,

    /// Where pushes are posted to [default: nowhere]
    #[arg(long, value_name = "URL")]
    callback: Option<String>,
}

impl Sim {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let key = self
            .aes_key
            .parse()
            .map_err(|error: wx_crypto::InvalidKey| Failure::invalid(error.to_string()))?;
        let callback = Callback::default().url(self.callback).mode(self.mode).token(self.token).aes_key(key);
        let options = Options::default()
            .listen(self.listen)
            .app_id(&self.app_id)
            .secret(self.secret)
            .callback(callback);
        let simulator = Simulator::start(options).await.map_err(|error| match error {
            wx_sim::Error::Listen { .. } => Failure::failed(sentence(&error)),
            _ => Failure::invalid(sentence(&error)),
        })?;
        let base = simulator.base_url();
        if context.json {
            print::json(
                &serde_json::json!({ "base_url": base, "app_id": self.app_id, "mode": self.mode.name() }),
            );
        } else {
            print::line(&format!(
                "the platform is simulated at {base} (account {}, {} mode)",
                self.app_id, self.mode
            ));
            print::line(&format!("use it with WX_API_BASE={base} WX_APP_ID={} WX_APP_SECRET=…", self.app_id));
            print::line("Ctrl-C ends it");
        }
        wait_for_ctrl_c().await?;
        simulator.shutdown().await;
        Ok(())
    }
}
