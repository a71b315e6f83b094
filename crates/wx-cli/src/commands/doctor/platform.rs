use super::{Finding, Report, check::Check};
use crate::{edge, failure::sentence, print};
use bytes::Bytes;
use http::{Request, Response, header::DATE};
use wx_client::BaseUrl;
use wx_model::ApiStatus;
use wx_transport::{ReqwestTransport, Transport};

/// Any call will do; without a token it is refused and costs nothing.
const PATH: &str = "/cgi-bin/getcallbackip";
const A_LITTLE: u64 = 60;
/// What services that check the time of a push usually allow (protocol §6.3).
const TOO_MUCH: u64 = 300;

/// Whether the platform answers, and whether our clock agrees with its own.
pub(super) async fn check(report: &mut Report, base: Option<&str>, window: Option<u32>) -> bool {
    let base = match base.map_or_else(|| Ok(BaseUrl::official_api()), str::parse) {
        Ok(base) => base,
        Err(error) => {
            report.add(Finding::failed(Check::Platform, format!("the base address: {error}"), REMEDY));
            return false;
        }
    };
    let before = edge::now();
    let answer = match ask(&base).await {
        Ok(answer) => answer,
        Err(reason) => {
            report.add(Finding::failed(Check::Platform, format!("{base}: {reason}"), REMEDY));
            return false;
        }
    };
    if serde_json::from_slice::<ApiStatus>(answer.body()).is_err() {
        report.add(Finding::failed(
            Check::Platform,
            format!("{base} answers status {}, but not as the platform does", answer.status().as_u16()),
            REMEDY,
        ));
        return false;
    }
    report.add(Finding::ok(Check::Platform, format!("{base} answers")));
    report.add(judge_clock(&answer, [before, edge::now()], window));
    true
}

const REMEDY: [&str; 2] = [
    "check the base address (WX_API_BASE), the name service, firewall and proxies on the way",
    "请检查基础地址（WX_API_BASE）、DNS、防火墙以及途中的代理",
];

async fn ask(base: &BaseUrl) -> Result<Response<Bytes>, String> {
    let request = Request::get(base.url(PATH, &[])).body(Bytes::new()).map_err(|error| error.to_string())?;
    ReqwestTransport::new().send(request).await.map_err(|error| sentence(&error))
}

/// Our clock against the `Date` of the answer, which was written between these two moments.
fn judge_clock(answer: &Response<Bytes>, [before, after]: [i64; 2], window: Option<u32>) -> Finding {
    let date = answer.headers().get(DATE).and_then(|date| date.to_str().ok());
    let Some(date) = date.and_then(|date| httpdate::parse_http_date(date).ok()) else {
        return Finding::skipped(Check::Clock, "the answer has no date");
    };
    let date = date.duration_since(std::time::UNIX_EPOCH).map_or(0, |date| date.as_secs());
    let date = i64::try_from(date).unwrap_or(i64::MAX);
    let ahead = before.saturating_sub(date).max(0).saturating_add(after.saturating_sub(date).min(0));
    let off = ahead.unsigned_abs();
    let text = format!(
        "this machine is {} {} the platform",
        print::duration(off),
        if ahead < 0 { "behind" } else { "ahead of" }
    );
    let most = window.map_or(TOO_MUCH, |window| TOO_MUCH.min(u64::from(window)));
    match off {
        _ if off > most => {
            let window = window.filter(|window| off > u64::from(*window));
            let consequence = window.map_or(String::new(), |window| {
                format!("; every push is refused, because it lies outside the time window of {window} s")
            });
            Finding::failed(Check::Clock, format!("{text}{consequence}"), SET)
        }
        0..=1 => Finding::ok(Check::Clock, "agrees with the platform's"),
        2..=A_LITTLE => Finding::ok(Check::Clock, text),
        _ => Finding::warning(Check::Clock, text, SET),
    }
}

const SET: [&str; 2] = [
    "let the clock follow a time server, such as with `timedatectl set-ntp true`",
    "请启用网络时间同步（NTP），例如 timedatectl set-ntp true",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    const NOW: i64 = 1_767_229_200;

    fn judged(theirs: i64, ours: [i64; 2], window: Option<u32>) -> Finding {
        let theirs = Duration::from_secs(theirs.unsigned_abs());
        let date = httpdate::fmt_http_date(UNIX_EPOCH + theirs);
        let answer = Response::builder().header(DATE, date).body(Bytes::new()).unwrap();
        judge_clock(&answer, ours, window)
    }

    fn verdict(off: i64, window: Option<u32>) -> &'static str {
        judged(NOW, [NOW + off; 2], window).verdict.name()
    }

    #[test]
    fn the_way_of_the_answer_is_none_of_the_clock() {
        for ours in [[NOW, NOW], [NOW - 15, NOW], [NOW, NOW + 15]] {
            assert_eq!(judged(NOW, ours, None).text, "agrees with the platform's");
        }
        assert_eq!(judged(NOW, [NOW - 30, NOW - 15], None).text, "this machine is 15 s behind the platform");
        assert_eq!(
            judged(NOW, [NOW + 15, NOW + 30], None).text,
            "this machine is 15 s ahead of the platform"
        );
    }

    #[test]
    fn a_clock_may_differ_by_a_minute_and_within_the_window() {
        assert_eq!([0, 30, -30].map(|off| verdict(off, None)), ["ok"; 3]);
        assert_eq!([200, -200].map(|off| verdict(off, None)), ["warning"; 2]);
        assert_eq!([400, -400].map(|off| verdict(off, None)), ["failed"; 2]);
        assert_eq!([verdict(200, Some(100)), verdict(400, Some(600))], ["failed"; 2]);
    }
}
