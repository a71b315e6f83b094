use crate::stage::Stage;
use serde_json::json;
use wx_sim::{Callback, Options};

#[tokio::test]
async fn addresses_are_listed() {
    let stage = Stage::start().await;
    for path in ["/cgi-bin/getcallbackip", "/cgi-bin/get_api_domain_ip"] {
        assert_eq!(stage.fetch(path, "").await, json!({ "ip_list": ["127.0.0.1", "198.51.100.0/24"] }));
    }
    let stage = Stage::with(Options::default().callback_ips(["203.0.113.7".to_owned()]).api_ips([])).await;
    assert_eq!(stage.fetch("/cgi-bin/getcallbackip", "").await, json!({ "ip_list": ["203.0.113.7"] }));
    assert_eq!(stage.fetch("/cgi-bin/get_api_domain_ip", "").await, json!({ "ip_list": [] }));
}

#[tokio::test]
async fn the_callback_address_is_looked_at() {
    const CHECK: &str = "/cgi-bin/callback/check";
    let stage = Stage::start().await;
    let all = json!({ "action": "all", "check_operator": "UNICOM" });
    assert_eq!(stage.code(CHECK, &all).await, 40201);
    stage.sim.configure(Callback::to("http://203.0.113.80:80/wx")).unwrap();
    assert_eq!(
        stage.call(CHECK, &all).await,
        json!({
            "dns": [{ "ip": "203.0.113.80", "real_operator": "UNICOM" }],
            "ping": [{ "ip": "203.0.113.80", "from_operator": "UNICOM", "package_loss": "0%", "time": "23.079ms" }],
        })
    );
    let dns = stage.call(CHECK, &json!({ "action": "dns", "check_operator": "DEFAULT" })).await;
    assert_eq!(dns, json!({ "dns": [{ "ip": "203.0.113.80", "real_operator": "CAP" }] }));
    stage.sim.configure(Callback::to("http://localhost:1/")).unwrap();
    assert_eq!(stage.call(CHECK, &json!({ "action": "ping" })).await["ping"][0]["ip"], "127.0.0.1");
    for (body, expected) in [
        (json!({ "action": "trace" }), 40202),
        (json!({}), 40202),
        (json!({ "action": "all", "check_operator": "MOON" }), 40203),
    ] {
        assert_eq!(stage.code(CHECK, &body).await, expected, "{body}");
    }
}
