//! A third-party platform (第三方平台) and all its secrets.

use crate::{COMPONENT_SECRET, Outside, Tap};
use serde_json::Value;
use wx_client::{Client, RetryPolicy};
use wx_sim::{DEFAULT_APP_ID, Delivery, Fault, Options, Simulator};
use wx_store::SqliteTokenStore;
use wx_transport::ReqwestTransport;

const COMPONENT: &str = "wx9c00c1d2e3b4a5f6";

pub(crate) async fn all(outside: &Outside, tap: &Tap) {
    let transport = ReqwestTransport::new();
    let calls = ["api_component_token", "api_query_auth", "api_create_preauthcode", "api_authorizer_token"];
    for call in calls {
        for fault in [
            Fault::errcode(-1),
            Fault::errcode(61023),
            Fault::errcode(42006),
            Fault::html(),
            Fault::cut_json(),
            Fault::reset(),
            Fault::status(502),
            Fault::huge(),
        ] {
            authorisation(outside, tap, &transport, fault.on(format!("/cgi-bin/component/{call}")).times(2))
                .await;
        }
    }
}

async fn authorisation(outside: &Outside, tap: &Tap, transport: &ReqwestTransport, fault: Fault) {
    let component = wx_sim::Component::new(COMPONENT, COMPONENT_SECRET);
    outside.hears_debug("simulated component", &component);
    let sim = Simulator::start(Options::default().component(component)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteTokenStore::open(folder.path().join("tokens.db")).unwrap();
    let process = || {
        let builder = Client::builder(COMPONENT, COMPONENT_SECRET).api_base(sim.base_url());
        builder.transport(tap.on(transport.clone())).component(store.clone()).unwrap()
    };
    // The other one is not given the token that comes with a code, so it asks for one.
    let (component, other) = (process(), process());
    let ticket = pushed(&sim.push_verify_ticket().await.unwrap(), "ComponentVerifyTicket");
    component.put_verify_ticket(&ticket.as_str().into(), 1).await.unwrap();
    sim.inject(fault).unwrap();
    for _time in 0..3 {
        if let Err(error) = component.pre_auth_code().await {
            outside.hears_error("pre_auth_code", &error, error.in_chinese());
        }
        let code = pushed(&sim.authorize().await.unwrap(), "AuthorizationCode");
        if let Err(error) = component.redeem(&code.as_str().into()).await {
            outside.hears_error("redeem", &error, error.in_chinese());
        }
        let client = Client::with_token_source(DEFAULT_APP_ID, other.authorizer(DEFAULT_APP_ID))
            .api_base(sim.base_url())
            .transport(tap.on(transport.clone()))
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
        if let Err(error) = client.get_json::<Value>("/cgi-bin/tags/get", &[]).await {
            outside.hears_error("call", &error, error.in_chinese());
        }
        outside.hears_debug("client of an account", &(&client, &component, &other, &store));
    }
    outside.hears("transcript", format!("{}{:?}", sim.transcript_text(), sim.transcript()));
}

/// Without an address the notice stays where it is.
fn pushed(delivery: &Delivery, name: &str) -> String {
    let xml = &delivery.push.xml;
    let text = xml.split_once(&format!("<{name}>")).unwrap().1.split_once(&format!("</{name}>")).unwrap().0;
    text.trim_start_matches("<![CDATA[").trim_end_matches("]]>").to_owned()
}
