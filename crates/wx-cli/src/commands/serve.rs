use super::{Context, demo::wait_for_ctrl_c};
use crate::{
    config::{CallbackArgs, ClientArgs, DatabaseArgs, account},
    edge,
    failure::{Failure, Outcome, sentence},
    print,
};
use std::{net::SocketAddr, sync::Arc};
use wx_server::{CallbackRoute, Server};
use wx_store::SqliteStore;

/// Runs the callback service, the JSON API and the dashboard
///
/// The address for the platform (服务器地址) and the console are two listeners, so that only the first one is put behind
/// the public web server.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// Where the callback service listens [default: 127.0.0.1:8080]
    #[arg(long, env = "WX_LISTEN", value_name = "ADDRESS")]
    listen: Option<SocketAddr>,

    /// Where dashboard and JSON API listen; they ask for no password [default: 127.0.0.1:8081]
    #[arg(long, env = "WX_CONSOLE", value_name = "ADDRESS")]
    console: Option<SocketAddr>,

    /// Name under which a proxy serves the console [default: none, it answers to localhost and addresses]
    #[arg(long, env = "WX_CONSOLE_HOST", value_name = "NAME")]
    console_host: Option<String>,

    /// Path of the callback address [default: /wx/callback]
    #[arg(long, env = "WX_CALLBACK_PATH", value_name = "PATH")]
    path: Option<String>,

    #[command(flatten)]
    callback: CallbackArgs,

    #[command(flatten)]
    client: ClientArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

impl Serve {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let settings = &context.settings;
        let app_id = self.client.account.app_id(settings)?;
        // Nothing is called yet; a setting that cannot be is told now, and not when the first call needs it.
        self.client.token.source(settings)?;
        let callback = self.callback.callback(&app_id, settings)?;
        let path =
            self.path.or_else(|| settings.callback.path.clone()).unwrap_or_else(|| "/wx/callback".to_owned());
        let route = CallbackRoute::new(path.clone(), callback)
            .map_err(|error| Failure::invalid(error.to_string()))?;
        let store = Arc::new(SqliteStore::open(self.database.path(settings))?);
        let local = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let mut builder = Server::builder(account(&app_id), store, Arc::new(edge::now));
        if let Some(name) = self.console_host.or_else(|| settings.console_host.clone()) {
            builder = builder.console_host(name);
        }
        let server = builder
            .callback(route)
            .listen(self.listen.or(settings.listen).unwrap_or_else(|| local(8080)))
            .console(self.console.or(settings.console).unwrap_or_else(|| local(8081)))
            .bind()
            .await
            .map_err(|error| Failure::failed(sentence(&error)))?;
        let unknown = |error| Failure::failed(format!("the service has no address: {error}"));
        let callback_url = format!("http://{}{path}", server.callback_addr().map_err(unknown)?);
        let console_url = format!("http://{}/", server.console_addr().map_err(unknown)?);
        if context.json {
            print::json(&serde_json::json!({ "callback": callback_url, "console": console_url }));
        } else {
            print::line(&format!("callback  {callback_url}  ({} mode)", self.callback.mode(settings)?));
            print::line(&format!("console   {console_url}  (keep it private)"));
            print::line("Ctrl-C ends the service");
        }
        self.callback.warn(settings)?;
        let mut trouble = None;
        let ended = server.run(async { trouble = wait_for_ctrl_c().await.err() }).await;
        ended.map_err(|error| Failure::failed(error.to_string()))?;
        trouble.map_or(Ok(()), Err)
    }
}
