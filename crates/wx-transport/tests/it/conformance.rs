//! Both transports over the network keep the rules of all transports.

mod reqwest_keeps_the_rules {
    wx_transport::conformance_tests!(|limits| {
        wx_transport::ReqwestTransport::with_options(&limits.into()).unwrap()
    });
}

mod hyper_keeps_the_rules {
    wx_transport::conformance_tests!(|limits| {
        wx_transport::HyperTransport::with_options(&limits.into()).unwrap()
    });
}
