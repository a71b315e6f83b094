use crate::{
    http_client::{Response, get, post},
    stage::Stage,
};
use bytes::Bytes;
use http::{Request, header};
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::json;
use wx_sim::Options;

#[tokio::test]
async fn the_page_comes_whole_and_under_a_strict_policy() {
    let stage = Stage::start().await;
    let page = get(&stage.url("/sim/console")).await;
    let named: Vec<_> = page.text().split('"').filter(|text| text.starts_with("/sim/console/")).collect();
    assert_eq!(named.len(), 4, "icon, two styles, script: {named:?}");
    for path in ["/sim/console"].into_iter().chain(named) {
        let answer = get(&stage.url(path)).await;
        assert_eq!(answer.status, 200, "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let missing = get(&stage.url("/sim/console/..%2fconsole.rs")).await;
    assert_eq!((missing.status, missing.header("x-content-type-options")), (404, "nosniff"));
}

#[tokio::test]
async fn every_script_imports_files_that_are_there() {
    let stage = Stage::start().await;
    let mut waiting = vec!["main.js".to_owned()];
    let mut seen = Vec::new();
    while let Some(name) = waiting.pop() {
        let script = get(&stage.url(&format!("/sim/console/{name}"))).await;
        assert_eq!(
            (script.status, script.header("content-type")),
            (200, "text/javascript; charset=utf-8"),
            "{name}"
        );
        for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(!script.text().contains(forbidden), "{name}: texts become text nodes, never markup");
        }
        let imports = script.text().split("from \"./").skip(1).filter_map(|rest| rest.split('"').next());
        let new: Vec<_> = imports.map(str::to_owned).filter(|one| !seen.contains(one)).collect();
        seen.push(name);
        waiting.extend(new);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 9, "{seen:?}");
}

#[tokio::test]
async fn the_operator_makes_codes_and_looks_at_them() {
    let stage = Stage::start().await;
    stage.sim.inject(wx_sim::Fault::errcode(-1)).unwrap();
    let request = json!({
        "action_name": "QR_STR_SCENE", "action_info": { "scene": { "scene_str": "fair" } }, "expire_seconds": 60,
    });
    let made = post(&stage.url("/sim/codes"), request.to_string()).await;
    assert_eq!((made.status, &made.json()["expire_seconds"]), (200, &json!(60)));
    let listed = get(&stage.url("/sim/codes")).await.json();
    assert_eq!(listed["codes"][0]["ticket"], made.json()["ticket"]);
    assert_eq!(listed["codes"][0]["action_name"], "QR_STR_SCENE");
    assert_eq!(stage.transcript(), "1 the operator made a code: QR_STR_SCENE scene \"fair\" for 60 s\n");

    let picture = get(&stage.url("/sim/codes/1/picture")).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/jpeg"));
    assert_eq!(stage.sim.faults().len(), 1, "neither is a call that a fault strikes");
    stage.sim.clear_faults();
    let ticket = made.json()["ticket"].as_str().unwrap().to_owned();
    let ticket: String = form_urlencoded(&ticket);
    let shown = get(&stage.url(&format!("/cgi-bin/showqrcode?ticket={ticket}"))).await;
    assert_eq!(shown.body, picture.body, "what the platform shows");
    assert_eq!(get(&stage.url("/sim/codes/2/picture")).await.status, 404);
}

/// A ticket ends in `=` and may contain `+`.
fn form_urlencoded(ticket: &str) -> String {
    ticket.replace('+', "%2B").replace('=', "%3D")
}

#[tokio::test]
async fn a_code_that_the_platform_would_refuse_is_refused() {
    let stage = Stage::with(Options::default().permanent_cap(0)).await;
    let scene = |scene: &str| json!({ "action_name": "QR_LIMIT_STR_SCENE", "action_info": { "scene": { "scene_str": scene } } });
    for (body, error) in [
        (json!({}), "40052 invalid action name"),
        (json!([]), "47001 data format error"),
        (scene(""), "40053 invalid action info, please check document"),
        (scene("fair"), "45029 qrcode count out of limit"),
    ] {
        let answer = post(&stage.url("/sim/codes"), body.to_string()).await;
        assert_eq!((answer.status, answer.json()), (400, json!({ "error": error })), "{body}");
    }
}

#[tokio::test]
async fn pages_of_elsewhere_make_no_codes() {
    let stage = Stage::start().await;
    for (name, value) in [("origin", "http://evil.test"), ("origin", "null")] {
        let request = Request::post(stage.url("/sim/codes")).header(name, value);
        let answer = send(request.body(Full::from("{}")).unwrap()).await;
        assert_eq!(answer.status, 403, "{name} {value}");
    }
    // A name of elsewhere that leads here.
    let request = Request::post(stage.url("/sim/codes"))
        .header(header::HOST, "evil.test:8090")
        .header(header::ORIGIN, "http://evil.test:8090");
    assert_eq!(send(request.body(Full::from("{}")).unwrap()).await.status, 403);
    // What a browser sends for a GET from such a page, which has no origin.
    for (host, status) in [("evil.test:8090", 403), ("localhost:8090", 200), ("[::1]:8090", 200)] {
        let request = Request::get(stage.url("/sim/transcript"))
            .header(header::HOST, host)
            .header(header::USER_AGENT, "Mozilla/5.0");
        assert_eq!(send(request.body(Full::default()).unwrap()).await.status, status, "{host}");
    }
}

async fn send(request: Request<Full<Bytes>>) -> Response {
    let answer = Client::builder(TokioExecutor::new()).build_http().request(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Response { status: parts.status.as_u16(), headers: parts.headers, body }
}

#[tokio::test]
async fn without_the_control_routes_there_is_no_console() {
    let stage = Stage::with(Options::default().without_control()).await;
    assert_eq!(get(&stage.url("/sim/console")).await.json()["errcode"], 40066);
}
