use super::{
    Make,
    probe::Probe,
    server::{Server, Then},
};

/// Also when not one byte of it came.
pub async fn a_cut_head_is_no_answer(make: Make<'_>) {
    let probe = Probe::new(make);
    for answer in [
        "",
        "H",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\ncontent-le",
        "HTTP/1.1 100 Continue\r\n\r\n",
    ] {
        let server = Server::answering(answer, Then::Close).await;
        probe.unsafe_error(&server, answer).await;
    }
}

/// Half of it is not given out.
pub async fn a_cut_body_is_no_answer(make: Make<'_>) {
    let probe = Probe::new(make);
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n123456789",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nha",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n",
    ] {
        let server = Server::answering(answer, Then::Close).await;
        probe.unsafe_error(&server, answer).await;
    }
}

/// At once, after the request, or in the middle of the answer.
pub async fn a_reset_is_no_answer(make: Make<'_>) {
    let probe = Probe::new(make);
    let server = Server::start(async |peer| peer.reset()).await;
    // Whether the request was on its way by then, nobody can say.
    let error = probe.error(&server.url("/secret/path")).await;
    assert!(!error.is_timeout() && server.requests().is_empty(), "{error:?}");
    for answer in ["", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"] {
        let server = Server::answering(answer, Then::Reset).await;
        probe.unsafe_error(&server, answer).await;
    }
}

/// Two different lengths, or one that is no number: nobody knows where the answer ends.
pub async fn a_wrong_length_is_no_answer(make: Make<'_>) {
    let probe = Probe::new(make);
    for length in
        ["-1", "+4", "four", "4x", "0x4", "4, 5", "4\r\ncontent-length: 5", "99999999999999999999999", ""]
    {
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\nhalf");
        let server = Server::answering(answer, Then::Close).await;
        probe.unsafe_error(&server, length).await;
    }
}

/// Sizes that are none, that are larger than all memory, or that are not kept.
pub async fn wrong_chunks_are_no_answer(make: Make<'_>) {
    let probe = Probe::new(make);
    for chunks in [
        "xyz\r\n",
        "-4\r\nhalf\r\n0\r\n\r\n",
        "4\r\nhalf5\r\n0\r\n\r\n",
        "fffffffffffffffff\r\nhalf\r\n0\r\n\r\n",
        "4\nhalf\n0\n\n",
        "\r\n4\r\nhalf\r\n0\r\n\r\n",
        "4 4\r\nhalf\r\n0\r\n\r\n",
    ] {
        let answer = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}");
        let server = Server::answering(answer, Then::Close).await;
        probe.unsafe_error(&server, chunks).await;
    }
}

/// Other protocols, and heads that are none.
pub async fn what_is_not_http_is_no_answer(make: Make<'_>) {
    let probe = Probe::new(make);
    for answer in [
        "220 mail.example.com ESMTP\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "<html></html>\r\n\r\n",
        "\u{15}\u{3}\u{1}\0\u{2}\u{2}(",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
    ] {
        let server = Server::answering(answer, Then::Close).await;
        probe.unsafe_error(&server, answer).await;
    }
}

/// A request that creates something must not create it twice: after an error the caller decides.
pub async fn nothing_is_sent_twice(make: Make<'_>) {
    for then in [Then::Close, Then::Reset] {
        let server = Server::answering("", then).await;
        Probe::new(make).unsafe_error(&server, "no answer").await;
        assert_eq!(server.requests().len(), 1, "the request was sent again");
    }
}

/// There, a connection that ends without an answer looks as if the server had closed it before.
pub async fn nothing_is_sent_twice_on_a_used_connection(make: Make<'_>) {
    let probe = Probe::new(make);
    for reset in [false, true] {
        let server = Server::start(move |mut peer| async move {
            peer.request().await;
            peer.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
            peer.request().await;
            if reset {
                peer.reset();
            }
        })
        .await;
        let mut asked = 0;
        // Until a connection is used a second time.
        while probe
            .ask(&server.url("/secret/path"))
            .await
            .inspect_err(|error| assert!(!error.is_repeat_safe()))
            .is_ok()
        {
            asked += 1;
            assert!(asked < 100, "no connection was ever used again");
        }
        assert_eq!(server.requests().len(), asked + 1, "a request was sent again");
    }
}
