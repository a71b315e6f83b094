//! The rules find transports that break them.

use bytes::Bytes;
use http::{Request, Response};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
use wx_transport::{
    HyperTransport, Limits, Transport, TransportError, TransportErrorKind, async_trait, conformance,
};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    SendsAgain,
    FollowsRedirects,
    ForgetsConnections,
    HasNoLimits,
    SaysNothingWasSent,
    ShowsTheAddress,
    EncodesTwice,
    GivesWhatItHas,
}

#[derive(Debug)]
struct Faulty {
    fault: Fault,
    limits: Limits,
    inner: HyperTransport,
}

impl Faulty {
    fn new(fault: Fault, limits: Limits) -> Self {
        let limits = if fault == Fault::HasNoLimits { Limits::default() } else { limits };
        Self { fault, limits, inner: HyperTransport::with_options(&limits.into()).unwrap() }
    }

    fn fresh(&self) -> HyperTransport {
        HyperTransport::with_options(&self.limits.into()).unwrap()
    }
}

#[async_trait]
impl Transport for Faulty {
    async fn send(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let uri = request.uri().to_string();
        if self.fault == Fault::EncodesTwice {
            *request.uri_mut() = uri.replace('%', "%25").parse().unwrap();
        }
        let outcome = self.inner.send(request.clone()).await;
        match (self.fault, outcome) {
            (Fault::SendsAgain, Err(_)) => self.inner.send(request).await,
            (Fault::ForgetsConnections, Ok(_)) => self.fresh().send(request).await,
            (Fault::FollowsRedirects, Ok(answer)) if answer.headers().contains_key("location") => {
                let elsewhere = answer.headers()["location"].to_str().unwrap();
                self.inner.send(Request::get(elsewhere).body(Bytes::new()).unwrap()).await
            }
            (Fault::SaysNothingWasSent, Err(_)) => Err(TransportErrorKind::Connect.into()),
            (Fault::ShowsTheAddress, Err(error)) => Err(error.with_source(uri)),
            (Fault::GivesWhatItHas, Err(_)) => Ok(Response::new(Bytes::from_static(b"half"))),
            (_, outcome) => outcome,
        }
    }
}

macro_rules! finds {
    ($($name:ident: $fault:ident in $rule:ident),+ $(,)?) => {
        $(
            #[test]
            fn $name() {
                let check = |fault: Option<Fault>| {
                    let make = move |limits: Limits| -> Arc<dyn Transport> {
                        match fault {
                            Some(fault) => Arc::new(Faulty::new(fault, limits)),
                            None => Arc::new(HyperTransport::with_options(&limits.into()).unwrap()),
                        }
                    };
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                    catch_unwind(AssertUnwindSafe(|| runtime.block_on(conformance::$rule(&make))))
                };
                assert!(check(None).is_ok());
                assert!(check(Some(Fault::$fault)).is_err(), "the rule does not see it");
            }
        )+
    };
}

finds! {
    repeating: SendsAgain in nothing_is_sent_twice,
    repeating_on_a_used_connection: SendsAgain in nothing_is_sent_twice_on_a_used_connection,
    redirects: FollowsRedirects in a_redirect_is_an_answer,
    connections_for_one_request: ForgetsConnections in connections_are_used_again,
    no_body_limit: HasNoLimits in the_body_limit_itself_is_allowed,
    claims_that_nothing_was_sent: SaysNothingWasSent in a_cut_head_is_no_answer,
    addresses_in_errors: ShowsTheAddress in a_refused_connection_is_safe_to_repeat,
    encoding_twice: EncodesTwice in the_request_arrives_as_it_is,
    half_an_answer: GivesWhatItHas in a_cut_body_is_no_answer,
}
