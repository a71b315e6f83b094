//! What each example must do, with the simulator as the platform.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

use serde_json::{Value, json};
use std::{
    io::{self, BufRead, BufReader, ErrorKind, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};
use wx_client::Client;
use wx_sim::{
    Callback, DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_SECRET, DEFAULT_TOKEN, Mode, Options, Simulator,
    Verdict,
};

/// Lets the platform talk to `program` as it does in safe mode.
pub(crate) async fn check(program: &str) {
    let messages = Messages::receive();
    let service = Service::start(program, &messages.api);
    let platform = Simulator::start(Options::default()).await.unwrap();
    platform.configure(Callback::to(format!("http://{}/", service.address)).mode(Mode::Safe)).unwrap();

    assert!(platform.verify_callback().await.unwrap().passed);
    follow_and_scan_are_answered_by_one_rule(&platform).await;
    an_order_is_answered_later(&platform, &messages).await;
    forgeries_are_refused(&service);
}

async fn follow_and_scan_are_answered_by_one_rule(platform: &Simulator) {
    let ticket = ticket(platform, "shop-042").await;
    for event in ["subscribe", "SCAN"] {
        let delivery = platform.scan(PERSON, &ticket).await.unwrap();
        assert_eq!((delivery.push.kind.as_str(), delivery.attempts.len()), (event, 1));
        let reply = delivery.reply().unwrap();
        assert!(reply.contains("<Content><![CDATA[Welcome to shop-042]]></Content>"), "{reply}");
    }
    let other = platform.say(PERSON, "hello").await.unwrap();
    assert_eq!(other.attempts[0].verdict, Verdict::Acknowledged);
}

async fn an_order_is_answered_later(platform: &Simulator, messages: &Messages) {
    let delivery = platform.say(PERSON, "Orders").await.unwrap();
    assert_eq!(delivery.attempts[0].verdict, Verdict::Acknowledged);
    let expected = json!({ "touser": PERSON, "msgtype": "text", "text": { "content": "One is on its way" } });
    assert_eq!(messages.next(), expected);
}

fn forgeries_are_refused(service: &Service) {
    let forged = "signature=0&msg_signature=0&timestamp=1767229200&nonce=1&encrypt_type=aes";
    let clear = "<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime>\
        <MsgType>event</MsgType><Event>SCAN</Event><EventKey>shop-042</EventKey></xml>";
    let envelope = "<xml><ToUserName>gh_1</ToUserName><Encrypt>AAAA</Encrypt></xml>";
    assert_eq!(service.status("POST", forged, clear), 403);
    assert_eq!(service.status("POST", forged, envelope), 403);
    assert_eq!(service.status("POST", forged, "<xml>"), 400);
    assert_eq!(service.status("GET", &format!("{forged}&echostr=1"), ""), 403);
}

const PERSON: &str = "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI";

async fn ticket(platform: &Simulator, scene: &str) -> String {
    let client =
        Client::builder(DEFAULT_APP_ID, DEFAULT_SECRET).api_base(platform.base_url()).build().unwrap();
    let request =
        json!({ "action_name": "QR_LIMIT_STR_SCENE", "action_info": { "scene": { "scene_str": scene } } });
    let created: Value = client.post_json("/cgi-bin/qrcode/create", &request).await.unwrap();
    created["ticket"].as_str().unwrap().to_owned()
}

/// The example at work. It ends with the test.
struct Service {
    process: Child,
    address: String,
}

impl Service {
    fn start(program: &str, api: &str) -> Self {
        let mut process = Command::new(program)
            .envs([
                ("WX_TOKEN", DEFAULT_TOKEN),
                ("WX_AES_KEY", DEFAULT_AES_KEY),
                ("WX_APP_ID", DEFAULT_APP_ID),
            ])
            .envs([("WX_APP_SECRET", DEFAULT_SECRET), ("WX_API_BASE", api), ("WX_LISTEN", "127.0.0.1:0")])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { process, address }
    }

    fn status(&self, method: &str, query: &str, body: &str) -> u16 {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(stream, "{method} /?{query} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n").unwrap();
        write!(stream, "Content-Length: {length}\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.process.kill().and_then(|()| self.process.wait()).unwrap();
    }
}

/// The API of the platform as far as it takes customer-service messages, which the simulator does not.
struct Messages {
    api: String,
    sent: Receiver<Value>,
}

impl Messages {
    fn receive() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let api = format!("http://{}", listener.local_addr().unwrap());
        let (sender, sent) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                if let Some(message) = take(stream.unwrap()).unwrap() {
                    sender.send(message).unwrap();
                }
            }
        });
        Self { api, sent }
    }

    fn next(&self) -> Value {
        self.sent.recv_timeout(Duration::from_mins(1)).expect("a message within a minute")
    }
}

/// Answers one call; gives the message if it was one.
fn take(mut stream: TcpStream) -> io::Result<Option<Value>> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
    }
    let lower = head.to_lowercase();
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    let is_message = head.starts_with("POST /cgi-bin/message/custom/send?access_token=");
    let answer = json!({ "errcode": 0, "errmsg": "ok", "access_token": "t", "expires_in": 7200 }).to_string();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{answer}",
        answer.len()
    )?;
    Ok(is_message.then(|| serde_json::from_slice(&body).unwrap()))
}
