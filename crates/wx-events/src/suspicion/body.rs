use super::Suspicion;

/// What the first bytes tell. Whoever asks has a body that was not read, so a guess does no harm.
pub(super) fn look(body: &[u8]) -> Option<Suspicion> {
    LOOKS.iter().find(|look| (look.matches)(body)).map(|look| Suspicion::new(look.name, look.sentence))
}

struct Look {
    name: &'static str,
    matches: fn(&[u8]) -> bool,
    sentence: &'static str,
}

const LOOKS: &[Look] = &[
    Look {
        name: "empty",
        matches: |body| body.trim_ascii().is_empty(),
        sentence: "the body is empty: it was read before, or the request is the GET that checks the address",
    },
    Look {
        name: "utf16",
        matches: |body| body.starts_with(&[0xff, 0xfe]) || body.starts_with(&[0xfe, 0xff]),
        sentence: "the body is UTF-16, which an editor makes when it saves; save it as UTF-8",
    },
    Look {
        name: "compressed",
        matches: |body| body.starts_with(&[0x1f, 0x8b]) || body.starts_with(b"PK\x03\x04"),
        sentence: "the body is compressed; unpack it first, and look for a proxy that compresses requests",
    },
    Look {
        name: "web_page",
        matches: |body| ["<!doctype html", "<html"].iter().any(|begin| begins(body, begin)),
        sentence: "the body is a web page, so something between the platform and you answered in its place",
    },
    Look {
        name: "http_request",
        matches: |body| ["POST /", "GET /", "HTTP/1"].iter().any(|begin| begins(body, begin)),
        sentence: "the body begins with the HTTP head; keep only what follows the first empty line",
    },
    Look {
        name: "percent_encoded",
        matches: |body| begins(body, "%3cxml") || begins(body, "%7b"),
        sentence: "the body is percent-encoded; decode it first, and look for a proxy that takes it for a form",
    },
    Look {
        name: "quoted",
        matches: |body| {
            begins(body, "\"<xml") || begins(body, "'<xml") || begins(body, "\"{") || begins(body, "b'<xml")
        },
        sentence: "the body stands in quotation marks; take the text inside them, with its escapes undone",
    },
    Look {
        name: "escaped",
        matches: |body| begins(body, "&lt;xml"),
        sentence: "the body is escaped for a web page (&lt; for <); take it from where it came in",
    },
    Look {
        name: "encrypt_text_alone",
        matches: is_base64,
        sentence: "the body is the Encrypt text alone; give the whole body, with the elements around it",
    },
];

/// Whether the body begins so, in letters of either case, behind blanks.
fn begins(body: &[u8], begin: &str) -> bool {
    let body = body.trim_ascii_start();
    body.get(..begin.len()).is_some_and(|head| head.eq_ignore_ascii_case(begin.as_bytes()))
}

/// One word of at least two AES blocks.
fn is_base64(body: &[u8]) -> bool {
    let text = body.trim_ascii();
    text.len() >= 44 && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_told_apart() {
        let encrypt = "11T6E6EuTUv+OsPbqnqFd/BpLfK8p6ctfU2K84ik+wAcvC8kKzQJjpTOMpiS2EvR";
        let bodies: [(&[u8], Option<&str>); 14] = [
            (b"", Some("empty")),
            (b" \r\n", Some("empty")),
            (b"\xff\xfe<\0x\0", Some("utf16")),
            (b"\x1f\x8b\x08", Some("compressed")),
            (b"\n<HTML><body>", Some("web_page")),
            (b"POST /wx/callback HTTP/1.1\r\n", Some("http_request")),
            (b"%3Cxml%3E", Some("percent_encoded")),
            (b"\"<xml>\\n\"", Some("quoted")),
            (b"&lt;xml&gt;", Some("escaped")),
            (encrypt.as_bytes(), Some("encrypt_text_alone")),
            (b"<xml></xml>", None),
            (b"{\"ToUserName\":1}", None),
            (b"hello", None),
            (b"\0\0\0", None),
        ];
        for (body, name) in bodies {
            assert_eq!(look(body).map(|found| found.name()), name, "{}", String::from_utf8_lossy(body));
        }
    }
}
