use super::within;
use crate::{Call, Client, Error, Repeat};
use serde::de::DeserializeOwned;
use wx_model::{UserCumulate, UserCumulateResponse, UserDataRequest, UserSummary, UserSummaryResponse};

/// The platform's own figures of followers: per day and source, never per scene.
#[derive(Debug, Clone)]
pub struct Statistics(pub(super) Client);

impl Statistics {
    /// Who came and went (获取用户增减数据, protocol §10.5), of 1 to 7 days.
    ///
    /// # Errors
    ///
    /// [`Error`]; 61503 before 08:00 in Beijing for yesterday. Nothing is sent for more days or what is no day.
    pub async fn user_summary(&self, days: &UserDataRequest) -> Result<Vec<UserSummary>, Error> {
        let answer: UserSummaryResponse = self.ask("/datacube/getusersummary", days).await?;
        Ok(answer.list)
    }

    /// How many followed at the end of each day (获取累计用户数据), of 1 to 7 days.
    ///
    /// # Errors
    ///
    /// As with [`user_summary`](Self::user_summary).
    pub async fn user_cumulate(&self, days: &UserDataRequest) -> Result<Vec<UserCumulate>, Error> {
        let answer: UserCumulateResponse = self.ask("/datacube/getusercumulate", days).await?;
        Ok(answer.list)
    }

    async fn ask<R: DeserializeOwned>(&self, path: &str, days: &UserDataRequest) -> Result<R, Error> {
        within(path, days.check())?;
        self.0.call(&Call::post(path, days)?.repeat(Repeat::Always)).await
    }
}
