use crate::clock;
use std::sync::Arc;
use wx_channel::{AccountId, Claim, ClaimRules, Code, CodeLedger, CodeOrder, Settlement, StoreError};
use wx_model::CreateRequest;
use wx_qrcode::{BatchJournal, Claimed, Settled, SettledRow};

/// The ledger of codes as the journal of a batch.
pub(crate) struct LedgerJournal {
    pub(crate) ledger: Arc<dyn CodeLedger>,
    pub(crate) account: AccountId,
}

impl BatchJournal for LedgerJournal {
    type Row = CreateRequest;
    type Error = StoreError;

    async fn claim(&self, rows: &[CreateRequest]) -> Result<Vec<Claimed>, StoreError> {
        let orders: Vec<_> = rows.iter().map(|row| CodeOrder::new(self.account.clone(), row)).collect();
        let claims = self.ledger.claim(&orders, &ClaimRules::new(), clock::now()).await?;
        let claimed = claims.into_iter().map(|claim| match claim {
            Claim::Granted => Claimed::Granted,
            Claim::Known(_) => Claimed::Known,
            Claim::Unknown(_) => Claimed::Unknown,
            Claim::Full { taken } => Claimed::Full { taken },
        });
        Ok(claimed.collect())
    }

    async fn settle(&self, rows: Vec<SettledRow<CreateRequest>>) -> Result<(), StoreError> {
        let settlements = rows.into_iter().map(|SettledRow { row, settled, .. }| {
            let order = CodeOrder::new(self.account.clone(), &row);
            match settled {
                Settled::Created(response) => {
                    Settlement::Created(Code::new(self.account.clone(), &row, &response, clock::now()))
                }
                Settled::NotDone(reason) => Settlement::NotDone { order, reason },
                Settled::Unknown(reason) => Settlement::Unknown { order, reason },
            }
        });
        self.ledger.settle(&settlements.collect::<Vec<_>>()).await
    }
}
