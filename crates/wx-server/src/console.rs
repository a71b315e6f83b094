//! The private side: dashboard and JSON report.

use crate::{dashboard, host, report_route, server::Shared};
use axum::{
    Router,
    http::{HeaderValue, StatusCode, header},
    middleware::from_fn_with_state,
    routing::get,
};
use std::sync::Arc;
use tower_http::{catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer};
use wx_channel::{AccountId, Day, DayRange, ReportQuery};

pub(crate) fn router(shared: Shared, host: Option<String>) -> Router {
    let policy =
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    let secure = |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .route("/", get(dashboard::page))
        .route("/dashboard.css", get(dashboard::style))
        .route("/api/report", get(report_route::report))
        .with_state(shared)
        .layer(from_fn_with_state(Arc::new(host), host::check))
        .layer(CatchPanicLayer::new())
        .layer(secure(header::CONTENT_SECURITY_POLICY, policy))
        .layer(secure(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(secure(header::REFERRER_POLICY, "no-referrer"))
        .layer(secure(header::CACHE_CONTROL, "no-store"))
}

/// The days in the query of a page: `from` and `to`, each a date or empty.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Days {
    pub(crate) from: String,
    pub(crate) to: String,
}

impl Days {
    /// What to ask the store for, or a sentence that says which date is wrong.
    pub(crate) fn query(&self, account: &AccountId) -> Result<ReportQuery, (StatusCode, String)> {
        let day = |name: &str, text: &str| -> Result<Option<Day>, (StatusCode, String)> {
            if text.is_empty() {
                return Ok(None);
            }
            let wrong = |_| (StatusCode::BAD_REQUEST, format!("{name} is a date such as 2026-01-31"));
            text.parse().map(Some).map_err(wrong)
        };
        let (from, to) = (day("from", &self.from)?, day("to", &self.to)?);
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err((StatusCode::BAD_REQUEST, "from is a later day than to".to_owned()));
        }
        Ok(ReportQuery::new(account.clone()).days(DayRange::new(from, to)))
    }
}

/// Says that the figures cannot be read now, and logs why.
pub(crate) fn unreadable(error: &wx_channel::StoreError) -> (StatusCode, String) {
    tracing::error!(%error, "the report cannot be read");
    (StatusCode::SERVICE_UNAVAILABLE, "the figures cannot be read now; the log says why".to_owned())
}
