use super::plan::PlanRow;
use crate::edge;
use std::sync::Arc;
use wx_channel::{
    AccountId, BatchId, Claim, ClaimRules, Code, CodeLedger, CodeOrder, Settlement, StoreError,
};
use wx_qrcode::{BatchJournal, Claimed, Settled, SettledRow};

/// The ledger of codes as the journal of a batch.
#[derive(Clone)]
pub(super) struct LedgerJournal {
    pub(super) ledger: Arc<dyn CodeLedger>,
    pub(super) account: AccountId,
    pub(super) batch: BatchId,
    pub(super) rules: ClaimRules,
}

impl LedgerJournal {
    pub(super) fn order(&self, row: &PlanRow) -> CodeOrder {
        let order = CodeOrder::new(self.account.clone(), &row.request);
        order.batch(self.batch.clone()).channel(row.channel.clone())
    }

    pub(super) fn orders(&self, rows: &[PlanRow]) -> Vec<CodeOrder> {
        rows.iter().map(|row| self.order(row)).collect()
    }

    fn settlement(&self, settled: SettledRow<PlanRow>) -> Settlement {
        let SettledRow { row, settled, .. } = settled;
        let order = self.order(&row);
        match settled {
            Settled::Created(response) => {
                let code = Code::new(self.account.clone(), &row.request, &response, edge::now());
                Settlement::Created(code.batch(order.batch).channel(order.channel))
            }
            Settled::NotDone(reason) => Settlement::NotDone { order, reason },
            Settled::Unknown(reason) => Settlement::Unknown { order, reason },
        }
    }
}

impl BatchJournal for LedgerJournal {
    type Row = PlanRow;
    type Error = StoreError;

    async fn claim(&self, rows: &[PlanRow]) -> Result<Vec<Claimed>, StoreError> {
        let claims = self.ledger.claim(&self.orders(rows), &self.rules, edge::now()).await?;
        let claimed = claims.into_iter().map(|claim| match claim {
            Claim::Granted => Claimed::Granted,
            Claim::Known(_) => Claimed::Known,
            Claim::Unknown(_) => Claimed::Unknown,
            Claim::Full { taken } => Claimed::Full { taken },
        });
        Ok(claimed.collect())
    }

    async fn settle(&self, rows: Vec<SettledRow<PlanRow>>) -> Result<(), StoreError> {
        let settlements: Vec<_> = rows.into_iter().map(|settled| self.settlement(settled)).collect();
        self.ledger.settle(&settlements).await
    }
}
