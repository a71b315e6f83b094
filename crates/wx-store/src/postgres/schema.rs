use super::{
    error::{PostgresError, PostgresErrorKind},
    failure::Failure,
};
use tokio_postgres::{Client, error::SqlState};

/// The schema as numbered steps; a step that was released is never edited.
const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/postgres/V1__tokens.sql")];

/// The schema that this version writes.
pub(super) const VERSION: i32 = 1;

const CREATE: &str = "CREATE TABLE IF NOT EXISTS wx_migration (version integer NOT NULL PRIMARY KEY, \
    applied timestamptz NOT NULL DEFAULT now())";

/// Brings the tables up to date, all steps or none, one process at a time. If they are, no right to create is needed.
pub(super) async fn migrate(client: &mut Client) -> Result<(), PostgresError> {
    let done = match version(client).await? {
        Some(found) if found > VERSION => return Err(newer(found)),
        Some(VERSION) => return Ok(()),
        done => done,
    };
    if done.is_none() {
        create(client).await?;
    }
    let transaction = client.transaction().await.map_err(Failure::from)?;
    // Whoever waits here finds the steps done.
    let lock = "LOCK TABLE wx_migration IN ACCESS EXCLUSIVE MODE";
    transaction.batch_execute(lock).await.map_err(Failure::from)?;
    let done = steps(&transaction).await?;
    for (step, number) in MIGRATIONS.iter().zip(1..).filter(|(_, number)| *number > done) {
        transaction.batch_execute(step).await.map_err(Failure::from)?;
        let note = format!("INSERT INTO wx_migration (version) VALUES ({number})");
        transaction.batch_execute(&note).await.map_err(Failure::from)?;
    }
    transaction.commit().await.map_err(Failure::from)?;
    Ok(())
}

/// The number of the last step, if any process ever came this far.
async fn version(client: &Client) -> Result<Option<i32>, Failure> {
    let exists = "SELECT to_regclass('wx_migration') IS NOT NULL";
    let exists: bool = client.query_typed_one(exists, &[]).await?.get(0);
    if exists { steps(client).await.map(Some) } else { Ok(None) }
}

async fn steps(client: &impl tokio_postgres::GenericClient) -> Result<i32, Failure> {
    let rows = client.query_typed("SELECT COALESCE(MAX(version), 0) FROM wx_migration", &[]).await?;
    Ok(rows.first().map_or(0, |row| row.get(0)))
}

/// Two processes may get past `IF NOT EXISTS` together; one of them finds the name taken.
async fn create(client: &Client) -> Result<(), Failure> {
    match client.batch_execute(CREATE).await {
        Err(error) if is_taken(error.code()) => Ok(()),
        created => created.map_err(Failure::from),
    }
}

fn is_taken(code: Option<&SqlState>) -> bool {
    matches!(
        code,
        Some(&SqlState::UNIQUE_VIOLATION | &SqlState::DUPLICATE_TABLE | &SqlState::DUPLICATE_OBJECT)
    )
}

fn newer(found: i32) -> PostgresError {
    PostgresError::new(PostgresErrorKind::Newer { found })
}
