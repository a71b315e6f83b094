use crate::{
    console::{Days, unreadable},
    server::Shared,
};
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
};
use wx_channel::Report;

/// `GET /api/report?from=2026-01-01&to=2026-01-31`: the figures per channel; both days are optional.
pub(crate) async fn report(
    State(shared): State<Shared>,
    Query(days): Query<Days>,
) -> Result<Json<Report>, (StatusCode, String)> {
    let query = days.query(&shared.account)?;
    shared.store.report(&query).await.map(Json).map_err(|error| unreadable(&error))
}
