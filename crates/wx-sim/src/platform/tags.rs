use super::Users;
use std::collections::BTreeMap;

/// The tags (标签, protocol §10.3) that the account gives its followers.
pub(crate) struct Tags {
    names: BTreeMap<u32, String>,
    next: u32,
}

impl Tags {
    /// Those that cannot be changed (45058).
    pub(crate) fn is_built_in(id: u32) -> bool {
        id < 3
    }

    pub(crate) fn create(&mut self, name: &str) -> u32 {
        let id = self.next;
        self.next += 1;
        self.names.insert(id, name.to_owned());
        id
    }

    pub(crate) fn rename(&mut self, id: u32, name: &str) {
        self.names.insert(id, name.to_owned());
    }

    pub(crate) fn delete(&mut self, id: u32, users: &mut Users) {
        self.names.remove(&id);
        users.forget_tag(id);
    }

    pub(crate) fn exists(&self, id: u32) -> bool {
        self.names.contains_key(&id)
    }

    pub(crate) fn is_taken(&self, name: &str) -> bool {
        self.names.values().any(|taken| taken == name)
    }

    /// How many the account made.
    pub(crate) fn made(&self) -> usize {
        self.names.len() - 1
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (u32, &str)> {
        self.names.iter().map(|(id, name)| (*id, name.as_str()))
    }
}

impl Default for Tags {
    fn default() -> Self {
        Self { names: BTreeMap::from([(2, "星标组".to_owned())]), next: 100 }
    }
}
