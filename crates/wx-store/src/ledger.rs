//! The ledger of codes inside a transaction.

use crate::{row, sql, writer};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use std::collections::HashMap;
use wx_channel::{
    AccountId, BookedOrder, ChannelName, Claim, ClaimRules, Code, CodeOrder, EntryCursor, LedgerEntry,
    LedgerQuery, OrderStage, Places, Settlement,
};
use wx_model::Ticket;

pub(crate) fn plan(transaction: &Transaction<'_>, order: &CodeOrder, now: i64) -> rusqlite::Result<()> {
    let channel = order.channel.as_ref().map(ChannelName::as_str);
    let [account, kind, scene, batch] = key(order);
    let stage = OrderStage::Planned.as_str();
    let values = params![account, kind, scene, batch, stage, now, channel, may_have_code(order)];
    transaction.prepare_cached(sql::PLAN_ORDER)?.execute(values).map(drop)
}

/// Whether places are left is known by an upper bound as long as that is below the mark: to count a hundred thousand codes
/// takes longer than to write a group of claims.
pub(crate) fn claim(
    transaction: &Transaction<'_>,
    bounds: &mut PlaceBounds,
    orders: &[CodeOrder],
    rules: &ClaimRules,
    now: i64,
) -> rusqlite::Result<Vec<Claim>> {
    bounds.look(transaction)?;
    let mut claims = Vec::with_capacity(orders.len());
    for order in orders {
        let has_room = !order.action_name.is_permanent() || bounds.is_below(&order.account, rules.stop_mark);
        if has_room && claim_planned(transaction, order)? {
            if order.action_name.is_permanent() {
                bounds.add(&order.account);
            }
            claims.push(Claim::Granted);
            continue;
        }
        let (code, booked) = (code(transaction, order)?, booked(transaction, order)?);
        let had_place = booked.as_ref().is_some_and(|booked| booked.stage != OrderStage::Planned);
        let needs_place = order.action_name.is_permanent() && code.is_none() && !had_place;
        let taken =
            if needs_place { bounds.taken(transaction, &order.account, rules.stop_mark)? } else { 0 };
        let claim = rules.decide(order, code, booked, || taken);
        if claim == Claim::Granted {
            book(transaction, order, OrderStage::Asked, now, None)?;
            if needs_place {
                bounds.add(&order.account);
            }
        }
        claims.push(claim);
    }
    Ok(claims)
}

/// What [`ClaimRules::decide`] grants to nearly every order of a batch, in one statement: it is planned and has no code. Says
/// whether it was.
fn claim_planned(transaction: &Transaction<'_>, order: &CodeOrder) -> rusqlite::Result<bool> {
    let channel = order.channel.as_ref().map(ChannelName::as_str);
    let [account, kind, scene, batch] = key(order);
    let values = params![account, kind, scene, batch, channel, may_have_code(order)];
    let claimed = transaction.prepare_cached(sql::CLAIM_PLANNED)?.execute(values)?;
    Ok(claimed > 0)
}

/// How many places of each account are taken at most, by what this connection wrote since it counted them.
#[derive(Debug, Default)]
pub(crate) struct PlaceBounds {
    /// Changes when another connection has written.
    version: Option<i64>,
    at_most: HashMap<AccountId, u64>,
}

impl PlaceBounds {
    /// Forgets everything if another connection has written.
    fn look(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let version = connection.prepare_cached(sql::DATA_VERSION)?.query_row([], |row| row.get(0))?;
        if self.version.replace(version) != Some(version) {
            self.at_most.clear();
        }
        Ok(())
    }

    /// Whether fewer are taken for sure, without counting.
    fn is_below(&self, account: &AccountId, mark: u64) -> bool {
        self.at_most.get(account).is_some_and(|at_most| *at_most < mark)
    }

    /// What is taken at most; exactly, if that is not below the mark.
    fn taken(&mut self, connection: &Connection, account: &AccountId, mark: u64) -> rusqlite::Result<u64> {
        if let Some(at_most) = self.at_most.get(account).filter(|at_most| **at_most < mark) {
            return Ok(*at_most);
        }
        let taken = places(connection, account)?.taken();
        self.at_most.insert(account.clone(), taken);
        Ok(taken)
    }

    /// This connection takes one more, at most.
    pub(crate) fn add(&mut self, account: &AccountId) {
        if let Some(at_most) = self.at_most.get_mut(account) {
            *at_most += 1;
        }
    }
}

pub(crate) fn settle(
    transaction: &Transaction<'_>,
    bounds: &mut PlaceBounds,
    settlement: &Settlement,
) -> rusqlite::Result<()> {
    match settlement {
        Settlement::Created(code) => {
            writer::put_code(transaction, code)?;
            let batch = row::batch_text(code.batch.as_ref());
            let key = [code.account.as_str(), code.action_name.as_str(), code.scene.as_str(), batch];
            let orders = transaction.prepare_cached(sql::FORGET_ORDER)?.execute(key)?;
            if orders == 0 {
                bounds.add(&code.account);
            }
            Ok(())
        }
        Settlement::NotDone { order, reason } => {
            book(transaction, order, OrderStage::Planned, 0, reason.as_deref())
        }
        Settlement::Unknown { order, reason } => {
            bounds.add(&order.account);
            book(transaction, order, OrderStage::Asked, 0, Some(reason))
        }
        Settlement::GivenUp(order) => {
            transaction.prepare_cached(sql::FORGET_PLAN)?.execute(key(order))?;
            transaction.prepare_cached(sql::GIVE_UP_ORDER)?.execute(key(order)).map(drop)
        }
    }
}

fn book(
    transaction: &Transaction<'_>,
    order: &CodeOrder,
    stage: OrderStage,
    now: i64,
    reason: Option<&str>,
) -> rusqlite::Result<()> {
    let channel = order.channel.as_ref().map(ChannelName::as_str);
    let [account, kind, scene, batch] = key(order);
    let values = params![account, kind, scene, batch, stage.as_str(), now, channel, reason];
    transaction.prepare_cached(sql::BOOK_ORDER)?.execute(values).map(drop)
}

/// In one transaction, so that SQLite locks once.
pub(crate) fn find_all(
    connection: &Connection,
    orders: &[CodeOrder],
) -> rusqlite::Result<Vec<Option<LedgerEntry>>> {
    let transaction = connection.unchecked_transaction()?;
    orders.iter().map(|order| find(&transaction, order)).collect()
}

pub(crate) fn find(connection: &Connection, order: &CodeOrder) -> rusqlite::Result<Option<LedgerEntry>> {
    match code(connection, order)? {
        Some(code) => Ok(Some(LedgerEntry::Code(code))),
        None => Ok(booked(connection, order)?.map(LedgerEntry::Order)),
    }
}

/// Outside of a batch, a temporary order stands for no code: it may be made again.
fn may_have_code(order: &CodeOrder) -> bool {
    order.action_name.is_permanent() || order.batch.is_some()
}

fn code(connection: &Connection, order: &CodeOrder) -> rusqlite::Result<Option<Code>> {
    if !may_have_code(order) {
        return Ok(None);
    }
    connection.prepare_cached(sql::CODE_OF_ORDER)?.query_row(key(order), row::code).optional()
}

fn booked(connection: &Connection, order: &CodeOrder) -> rusqlite::Result<Option<BookedOrder>> {
    connection.prepare_cached(sql::BOOKED_ORDER)?.query_row(key(order), row::booked_order).optional()
}

pub(crate) fn places(connection: &Connection, account: &AccountId) -> rusqlite::Result<Places> {
    let count = |row: &Row<'_>| Ok(Places::new(row::count(row, 0)?, row::count(row, 1)?));
    connection.prepare_cached(sql::PLACES)?.query_row([account.as_str()], count)
}

pub(crate) fn entries(
    connection: &Connection,
    query: &LedgerQuery,
    after: Option<&EntryCursor>,
    limit: u32,
) -> rusqlite::Result<Vec<LedgerEntry>> {
    let values = params![
        query.account.as_str(),
        after.map(|at| &at.action_name),
        after.map(|at| &at.scene),
        after.map(|at| &at.batch),
        after.map(|at| at.since),
        after.map(|at| &at.ticket),
        query.now,
        query.state.map(wx_channel::CodeState::as_str),
        query.is_permanent,
        query.channel.as_ref().map(ChannelName::as_str),
        query.scene.as_ref().map(wx_model::SceneValue::as_str),
        query.ticket.as_ref().map(Ticket::as_str),
        query.url,
        query.expires_until,
        limit,
    ];
    connection.prepare_cached(sql::ENTRIES)?.query_map(values, row::ledger_entry)?.collect()
}

fn key(order: &CodeOrder) -> [&str; 4] {
    let batch = row::batch_text(order.batch.as_ref());
    [order.account.as_str(), order.action_name.as_str(), order.scene.as_str(), batch]
}
