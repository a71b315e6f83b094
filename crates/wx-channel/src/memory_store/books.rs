use crate::{
    BookedOrder, Claim, ClaimRules, Code, CodeOrder, EntryCursor, LedgerEntry, LedgerQuery, OrderStage,
    Places, Settlement,
};
use std::collections::BTreeMap;
use wx_model::Ticket;

/// Kind, scene and batch.
type OrderKey = (&'static str, String, String);

/// The orders of one account; its codes are elsewhere.
#[derive(Debug, Default)]
pub(super) struct Books(BTreeMap<OrderKey, BookedOrder>);

/// All codes of the account.
type Codes = BTreeMap<Ticket, Code>;

impl Books {
    pub(super) fn plan(&mut self, codes: &Codes, order: &CodeOrder, now: i64) {
        if code_of(codes, order).is_none() {
            self.0.entry(key(order)).or_insert_with(|| BookedOrder {
                order: order.clone(),
                stage: OrderStage::Planned,
                planned: now,
                reason: None,
            });
        }
    }

    pub(super) fn claim(&mut self, codes: &Codes, order: &CodeOrder, rules: &ClaimRules, now: i64) -> Claim {
        let booked = self.0.get(&key(order)).cloned();
        let claim = rules.decide(order, code_of(codes, order), booked, || self.places(codes).taken());
        if claim == Claim::Granted {
            self.book(order, OrderStage::Asked, now, None);
        }
        claim
    }

    /// What a settlement says about an order; a code it creates is left to the caller.
    pub(super) fn settle(&mut self, settlement: &Settlement) {
        match settlement {
            Settlement::Created(code) => {
                self.0.remove(&key_of_code(code));
            }
            Settlement::NotDone { order, reason } => {
                self.book(order, OrderStage::Planned, 0, reason.clone());
            }
            Settlement::Unknown { order, reason } => {
                self.book(order, OrderStage::Asked, 0, Some(reason.clone()));
            }
            Settlement::GivenUp(order) => self.give_up(order),
        }
    }

    fn book(&mut self, order: &CodeOrder, stage: OrderStage, now: i64, reason: Option<String>) {
        let planned = self.0.get(&key(order)).map_or(now, |booked| booked.planned);
        self.0.insert(key(order), BookedOrder { order: order.clone(), stage, planned, reason });
    }

    fn give_up(&mut self, order: &CodeOrder) {
        let key = key(order);
        match self.0.get_mut(&key) {
            Some(booked) if booked.stage != OrderStage::Planned => booked.stage = OrderStage::GivenUp,
            _ => drop(self.0.remove(&key)),
        }
    }

    pub(super) fn find(&self, codes: &Codes, order: &CodeOrder) -> Option<LedgerEntry> {
        let booked = || self.0.get(&key(order)).cloned().map(LedgerEntry::Order);
        code_of(codes, order).map(LedgerEntry::Code).or_else(booked)
    }

    pub(super) fn entries(
        &self,
        codes: &Codes,
        query: &LedgerQuery,
        after: Option<&EntryCursor>,
        limit: u32,
    ) -> Vec<LedgerEntry> {
        let orders = self.0.values().cloned().map(LedgerEntry::Order);
        let all = codes.values().cloned().map(LedgerEntry::Code).chain(orders);
        let mut wanted: Vec<_> =
            all.filter(|entry| query.wants(entry) && Some(&entry.cursor()) > after).collect();
        wanted.sort_by_cached_key(LedgerEntry::cursor);
        wanted.truncate(limit as usize);
        wanted
    }

    pub(super) fn places(&self, codes: &Codes) -> Places {
        let created = codes.values().filter(|code| code.action_name.is_permanent()).count();
        let is_unknown = |booked: &&BookedOrder| {
            booked.order.action_name.is_permanent() && booked.stage != OrderStage::Planned
        };
        Places::new(created as u64, self.0.values().filter(is_unknown).count() as u64)
    }
}

fn key(order: &CodeOrder) -> OrderKey {
    let batch = order.batch.as_ref().map_or_else(String::new, ToString::to_string);
    (order.action_name.as_str(), order.scene.as_str().to_owned(), batch)
}

fn key_of_code(code: &Code) -> OrderKey {
    let batch = code.batch.as_ref().map_or_else(String::new, ToString::to_string);
    (code.action_name.as_str(), code.scene.as_str().to_owned(), batch)
}

/// The newest one that the order stands for. Outside of a batch, a temporary order stands for none: it may be made again.
fn code_of(codes: &Codes, order: &CodeOrder) -> Option<Code> {
    let is_known = order.action_name.is_permanent() || order.batch.is_some();
    let same = codes.values().filter(|code| is_known && key_of_code(code) == key(order));
    same.max_by_key(|code| (code.created, &code.ticket)).cloned()
}
