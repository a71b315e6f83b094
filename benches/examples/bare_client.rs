//! Creates permanent codes with hyper-util's client and nothing else: `bare_client BASE CODES CONCURRENCY`. Prints how many
//! a second. `cargo xtask campaign batch` compares `wx code batch` with it.
#![expect(clippy::unwrap_used, reason = "a program of one purpose may stop where it goes wrong")]

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use std::{
    env,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Instant,
};

type Http = Client<HttpConnector, Full<Bytes>>;

async fn post(client: &Http, url: &str, body: String) -> serde_json::Value {
    let request = http::Request::post(url).header("content-type", "application/json");
    let answer = client.request(request.body(Full::from(body)).unwrap()).await.unwrap();
    serde_json::from_slice(&answer.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "it measures")]
#[tokio::main]
async fn main() {
    let args: Vec<String> = env::args().collect();
    let (base, codes) = (args[1].clone(), args[2].parse::<u32>().unwrap());
    let concurrency: usize = args[3].parse().unwrap();
    let client: Http = Client::builder(TokioExecutor::new()).build_http();
    let account = r#"{"grant_type":"client_credential","appid":"wx7a3f00c1d2e3b4a5","secret":"00112233445566778899aabbccddeeff"}"#;
    let token = post(&client, &format!("{base}/cgi-bin/stable_token"), account.to_owned()).await;
    let url =
        format!("{base}/cgi-bin/qrcode/create?access_token={}", token["access_token"].as_str().unwrap());
    let next = Arc::new(AtomicU32::new(0));
    let begun = Instant::now();
    let workers: Vec<_> = (0..concurrency)
        .map(|_| {
            let (client, url, next) = (client.clone(), url.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= codes {
                        return;
                    }
                    let body = format!(
                        r#"{{"action_name":"QR_LIMIT_STR_SCENE","action_info":{{"scene":{{"scene_str":"shop-{number:06}"}}}}}}"#
                    );
                    let answer = post(&client, &url, body).await;
                    assert!(answer["ticket"].is_string(), "{answer}");
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    println!("{:.0}", f64::from(codes) / begun.elapsed().as_secs_f64());
}
