//! `wx code image` against a platform, or a gateway before it, that answers with anything.

use crate::program::{Run, wx_in};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    thread,
};
use tempfile::TempDir;

const URL: &str = "http://weixin.qq.com/q/02ZyXwVuTsRqP10000M03k";
const OTHER: &str = "http://weixin.qq.com/q/02AyXwVuTsRqP10000M03k";

/// A folder with a picture of before, and what a download does to it.
struct Download {
    folder: TempDir,
}

impl Download {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("code.jpg"), "of before").unwrap();
        Self { folder }
    }

    /// The picture of a code as a JPEG.
    fn picture(&self, url: &str) -> Vec<u8> {
        let drawn = wx_in(self.folder.path(), &["code", "render", url, "--out", "drawn.jpg"], &[]);
        assert_eq!(drawn.code, 0, "{drawn:?}");
        let file = self.folder.path().join("drawn.jpg");
        let bytes = fs::read(&file).unwrap();
        fs::remove_file(file).unwrap();
        bytes
    }

    /// The program's end, when the answer is this.
    fn run(&self, head: &str, body: &[u8]) -> Run {
        let head = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len());
        self.run_with(
            move |mut stream, body| {
                // The program may have seen enough.
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
            },
            body,
        )
    }

    fn run_with(&self, answer: impl Fn(TcpStream, &[u8]) + Send + 'static, body: &[u8]) -> Run {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let body = body.to_vec();
        // Ends with the test's process: the program may call again.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let count = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).count();
                if count > 0 {
                    answer(stream, &body);
                }
            }
        });
        let args = ["code", "image", "gQH47joAAA==", "--out", "code.jpg", "--url", URL];
        wx_in(self.folder.path(), &args, &[("WX_API_BASE", &base)])
    }

    /// It was refused with these words, and nothing was written.
    #[track_caller]
    fn assert_refused(&self, run: &Run, code: i32, part: &str) {
        assert!(run.code == code && run.stderr.contains(part) && run.stdout.is_empty(), "{part}: {run:?}");
        assert_eq!(fs::read(self.folder.path().join("code.jpg")).unwrap(), b"of before");
        assert_eq!(fs::read_dir(self.folder.path()).unwrap().count(), 1, "a file was left");
    }
}

#[test]
fn the_right_picture_is_written_whatever_it_is_called() {
    for kind in ["image/jpg", "image/jpeg", "text/html", "application/octet-stream"] {
        let download = Download::new();
        let picture = download.picture(URL);
        let run = download.run(&format!("200 OK\r\nContent-Type: {kind}"), &picture);
        assert_eq!(run.code, 0, "{kind}: {run:?}");
        assert_eq!(fs::read(download.folder.path().join("code.jpg")).unwrap(), picture);
        assert_eq!(fs::read_dir(download.folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn anything_else_is_refused_and_nothing_is_written() {
    let download = Download::new();
    let picture = download.picture(URL);
    let ok = "200 OK\r\nContent-Type: image/jpg";
    let refused = |head: &str, body: &[u8], code: i32, part: &str| {
        download.assert_refused(&download.run(head, body), code, part);
    };
    refused(ok, &download.picture(OTHER), 1, "says something else than the url of its ticket");
    refused(ok, &picture[..picture.len() / 3], 4, "the picture that came cannot be used");
    refused(ok, &[0xff, 0xd8, 0xff], 4, "the picture is damaged");
    refused(ok, b"\x89PNG\r\n\x1a\n", 4, "the picture is damaged");
    refused(ok, b"GIF89a\xff", 4, "a file of another kind, neither JPEG nor PNG");
    refused(ok, b"", 4, "the picture that came is empty");
    refused(ok, b"<html>please log in</html>", 4, "a page of HTML or XML");
    refused(ok, br#"{"errcode":40097,"errmsg":"invalid args"}"#, 3, "40097");
    refused(ok, br#"{"hint":1}"#, 4, "JSON without a return code");
    refused("404 Not Found", b"", 1, "the platform has no picture for this ticket");
    refused("503 Service Unavailable", &picture, 4, "503");
    refused("302 Found\r\nLocation: /login", b"", 1, "302");
}

#[test]
fn an_empty_ticket_is_no_ticket() {
    let download = Download::new();
    let run = wx_in(download.folder.path(), &["code", "image", "", "--out", "code.jpg"], &[]);
    download.assert_refused(&run, 2, "the ticket is empty");
    wx_in(download.folder.path(), &["code", "show-url", ""], &[]).assert_sentence(2, "the ticket is empty");
}

#[test]
fn an_endless_body_is_cut_off() {
    let download = Download::new();
    let picture = download.picture(URL);
    let endless = |mut stream: TcpStream, body: &[u8]| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpg\r\n\r\n";
        let mut more = stream.write_all(head).and_then(|()| stream.write_all(body));
        while more.is_ok() {
            more = stream.write_all(&[0; 4096]);
        }
    };
    let run = download.run_with(endless, &picture);
    download.assert_refused(&run, 1, "bytes");
}
