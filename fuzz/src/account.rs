use std::sync::{Arc, LazyLock};
use wx_crypto::{EncodingAesKey, signature};
use wx_events::{Callback, CallbackQuery};
use wx_model::{AppId, CallbackToken};

pub(crate) const TOKEN: &str = "ChannelToken2026";
pub(crate) const APP_ID: &str = "wx7a3f00c1d2e3b4a5";
/// The time at which everything happens, in seconds since 1970.
pub(crate) const NOW: i64 = 1_767_229_200;

/// The key of the sample account.
pub(crate) static KEY: LazyLock<EncodingAesKey> =
    LazyLock::new(|| "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A".parse().expect("43 letters and digits"));
/// A key that its senders do not have.
pub(crate) static OTHER_KEY: LazyLock<EncodingAesKey> =
    LazyLock::new(|| "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG".parse().expect("43 letters and digits"));

/// The sample account in plain mode.
pub(crate) static PLAIN: LazyLock<Callback> = LazyLock::new(|| certain(Callback::plain(token())));
/// In compatible mode.
pub(crate) static COMPATIBLE: LazyLock<Callback> =
    LazyLock::new(|| certain(Callback::compatible(token(), KEY.clone(), app_id())));
/// In safe mode.
pub(crate) static SAFE: LazyLock<Callback> =
    LazyLock::new(|| certain(Callback::safe(token(), KEY.clone(), app_id())));
/// In safe mode, while the other key is given up.
pub(crate) static ROTATING: LazyLock<Callback> =
    LazyLock::new(|| SAFE.clone().previous_key(OTHER_KEY.clone()));

fn token() -> CallbackToken {
    CallbackToken::from(TOKEN)
}

fn app_id() -> AppId {
    AppId::from(APP_ID)
}

/// Without chance, so that an input always does the same.
fn certain(callback: Callback) -> Callback {
    callback.random(Arc::new(|bytes: &mut [u8]| bytes.fill(7)))
}

/// A query as the platform signs it for an `Encrypt` text.
pub(crate) fn query_for(encrypt: &str) -> CallbackQuery {
    let mut query = CallbackQuery::parse("timestamp=1767229200&nonce=918273645&encrypt_type=aes");
    query.msg_signature = signature([TOKEN, &query.timestamp, &query.nonce, encrypt]);
    query
}

/// The body that carries an `Encrypt` text, as the platform writes it.
pub(crate) fn envelope(encrypt: &str) -> String {
    format!(
        "<xml><ToUserName><![CDATA[gh_3f9a1c77be20]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
    )
}
