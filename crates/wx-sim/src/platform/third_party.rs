use super::Account;
use crate::{
    Component, Error, Push,
    push::{Authorized, Notice},
};

/// What the owner of the account and the platform do about a third-party platform (protocol §1.7).
impl Account {
    /// The next `component_verify_ticket`.
    pub(crate) fn verify_ticket(&mut self) -> Result<Push, Error> {
        let component = self.third_party()?.app_id;
        let ticket = self.authorization.new_ticket(self.now, &self.random);
        Ok(self.notice(&component).verify_ticket(&ticket))
    }

    /// The owner authorises it, or does so once more.
    pub(crate) fn authorize(&mut self) -> Result<Push, Error> {
        let component = self.third_party()?.app_id;
        let is_update = self.authorization.is_granted;
        let (text, expires) = self.authorization.grant(self.now, &self.random);
        let pre_auth_code = self.authorization.pre_auth_code(self.now).unwrap_or_default().to_owned();
        let code = Authorized { text: &text, expires, pre_auth_code: &pre_auth_code };
        let account = self.options.app_id.clone();
        Ok(self.notice(&component).authorized(is_update, &account, &code))
    }

    /// The owner takes the authorisation back.
    pub(crate) fn unauthorize(&mut self) -> Result<Push, Error> {
        let component = self.third_party()?.app_id;
        if !self.authorization.is_granted {
            return Err(Error::NotAuthorized);
        }
        self.authorization.withdraw(self.now);
        let account = self.options.app_id.clone();
        Ok(self.notice(&component).unauthorized(&account))
    }

    fn third_party(&self) -> Result<Component, Error> {
        self.options.component.clone().ok_or(Error::NoComponent)
    }

    fn notice<'a>(&mut self, component: &'a str) -> Notice<'a> {
        Notice { number: self.next_number(), component, now: self.now }
    }
}
