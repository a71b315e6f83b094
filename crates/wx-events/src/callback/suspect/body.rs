use super::Inquiry;
use crate::{
    Callback, Mode, Suspicion,
    document::{Document, Malformed},
};
use wx_model::{Fields, Push};

impl Inquiry<'_> {
    /// A body without `Encrypt` where one is needed.
    pub(super) fn of_clear_body(&self) -> Suspicion {
        let is_push = self.fields().is_some_and(|fields| Push::from_fields(fields).is_ok());
        match (is_push, self.token_holds()) {
            (false, _) => self.of_no_push(),
            (true, true) if self.callback.mode == Mode::Compatible => Suspicion::new(
                "clear_but_announced",
                "the query announces an encrypted body, but the body is clear; look for something on the way that \
                 rewrites bodies, or take query and body of the same request",
            ),
            (true, true) => Suspicion::new(
                "clear_in_safe_mode",
                "the body is a clear push, and the Token is right: the console stands in plain mode; choose safe mode \
                 in the console, or open it in plain mode (if the console does stand in safe mode, somebody who has \
                 seen a query made this up)",
            ),
            (true, false) => Suspicion::new(
                "clear_and_unsigned",
                "the body is a clear push, the mode asks for an encrypted one, and the signature does not hold \
                 either: it is another account's, or somebody made it up",
            ),
        }
    }

    /// A body of nothing but `Encrypt` in plain mode.
    pub(super) fn of_encrypted_body(&self) -> Suspicion {
        if self.fields().is_some_and(|fields| fields.get("MsgSignature").is_some()) {
            return Suspicion::new(
                "reply",
                "the body is an encrypted reply of the account, not a push to it",
            );
        }
        Suspicion::new(
            "encrypted_in_plain_mode",
            "the Token is right, but the body is encrypted and the mode is plain: the console stands in safe mode; \
             open it in safe mode with the EncodingAESKey and the AppID",
        )
    }

    pub(super) fn of_time(&self, seconds: u64, now: i64) -> Suspicion {
        let Ok(signed) = self.query.timestamp.parse::<i64>() else {
            return Suspicion::new("timestamp", "the timestamp is no number of seconds since 1970");
        };
        let distance = in_words(seconds);
        match signed {
            _ if signed / 1000 > now / 2 => Suspicion::new(
                "milliseconds",
                "the timestamp is in milliseconds; the platform's is in seconds",
            ),
            _ if signed > now => Suspicion::new(
                "clock",
                format!(
                    "the push was signed {distance} from now, so the clock here is late, or the sender's is early"
                ),
            ),
            _ => Suspicion::new(
                "old",
                format!(
                    "the push was signed {distance} ago; leave the time window out for one that was kept, otherwise \
                     compare the clocks or suspect a replay"
                ),
            ),
        }
    }

    pub(super) fn of_account(&self, now: i64) -> Suspicion {
        let anybody = Callback { accounts: None, nonces: None, ..self.callback.clone() };
        let received = anybody.receive(self.query, self.body, now);
        let there = received.map(|received| received.push.to_user.to_string()).unwrap_or_default();
        let here = self.callback.accounts.as_ref().map_or_else(String::new, |accounts| {
            match accounts.iter().next() {
                Some(account) if accounts.len() == 1 => format!("{:?}", account.as_str()),
                _ => format!("{} others", accounts.len()),
            }
        });
        let sentence = format!(
            "the push is for the account {there:?}, this callback is for {here}; compare the original id (原始 ID) \
             with the console"
        );
        Suspicion::new("another_account", sentence)
    }

    pub(super) fn of_document(&self, malformed: &Malformed) -> Suspicion {
        if malformed.is_too_large() {
            return Suspicion::new("too_large", "the body is beyond the limits: is it a push at all?");
        }
        if matches!(&self.inside, Some(Ok(_))) {
            return Suspicion::new(
                "damaged",
                "the message inside the envelope is damaged, and it was encrypted so: the sender makes it wrongly",
            );
        }
        Suspicion::of_body(self.body).unwrap_or_else(|| damage(malformed))
    }

    pub(super) fn of_no_push(&self) -> Suspicion {
        let has = |name| self.fields().is_some_and(|fields| fields.get(name).is_some());
        if has("errcode") {
            return Suspicion::new("api_answer", "the body is the answer of an API call, not a push");
        }
        if has("MsgSignature") {
            return Suspicion::new(
                "reply",
                "the body is an encrypted reply of the account, not a push to it",
            );
        }
        Suspicion::new(
            "no_push",
            "the body can be read, but has not what every push has: is it a push at all?",
        )
    }

    fn fields(&self) -> Option<Fields> {
        Document::new(self.body, &self.callback.limits).and_then(|document| document.fields()).ok()
    }
}

fn damage(malformed: &Malformed) -> Suspicion {
    match malformed {
        Malformed::Truncated => Suspicion::new(
            "cut",
            "the body was cut: compare its length with the Content-Length, and look for a limit on the way",
        ),
        Malformed::NotUtf8 => Suspicion::new(
            "encoding",
            "the body was saved or passed on in another encoding than UTF-8, such as GBK; take the bytes as they came",
        ),
        Malformed::UnknownEntity => Suspicion::new(
            "unescaped",
            "a & stands outside CDATA and is not written &amp;: the platform never does that, so something on the way \
             rewrote the body, or somebody wrote it by hand",
        ),
        Malformed::Doctype => Suspicion::new(
            "doctype",
            "no push has a document type declaration: this is another document, or an attack on XML readers",
        ),
        _ => Suspicion::new(
            "damaged",
            "the body is damaged: something on the way cuts or rewrites bodies, or it was copied by hand",
        ),
    }
}

fn in_words(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} minutes", seconds / 60),
        7200..172_800 => format!("{} hours", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}
