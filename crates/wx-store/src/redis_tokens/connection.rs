use super::error::{Failure, RedisOpenError, RedisOpenErrorKind};
use redis::{
    Client,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use std::time::Duration;

/// How long a call waits for a connection and for its answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// One connection for all calls, made anew when it breaks.
pub(super) async fn open(address: &str) -> Result<ConnectionManager, RedisOpenError> {
    // The reason may quote the address.
    let client = Client::open(address).map_err(|_| RedisOpenError::new(RedisOpenErrorKind::Address))?;
    let config = ConnectionManagerConfig::new()
        .set_number_of_retries(1)
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE));
    let connection = ConnectionManager::new_with_config(client, config).await;
    connection.map_err(|error| Failure::from(error).into())
}
