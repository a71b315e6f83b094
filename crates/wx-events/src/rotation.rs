/// A secret while it is exchanged: the current one and, for a while, the previous one.
#[derive(Debug, Clone)]
pub(crate) struct Rotating<T> {
    current: T,
    previous: Option<T>,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Generation {
    Current,
    Previous,
}

impl<T> Rotating<T> {
    pub(crate) fn new(current: T) -> Self {
        Self { current, previous: None }
    }

    pub(crate) fn set_previous(&mut self, previous: T) {
        self.previous = Some(previous);
    }

    pub(crate) fn current(&self) -> &T {
        &self.current
    }

    pub(crate) fn get(&self, generation: Generation) -> Option<&T> {
        match generation {
            Generation::Current => Some(&self.current),
            Generation::Previous => self.previous.as_ref(),
        }
    }

    pub(crate) fn is_either(&self, condition: impl Fn(&T) -> bool) -> bool {
        condition(&self.current) || self.previous.as_ref().is_some_and(condition)
    }

    /// What the current secret gives, else what the previous one gives, else the error of the current one. The
    /// previous one is asked only then, so that it costs nothing where it is not needed.
    pub(crate) fn attempt<R, E>(&self, attempt: impl Fn(&T) -> Result<R, E>) -> Result<(R, Generation), E> {
        attempt(&self.current).map(|result| (result, Generation::Current)).or_else(|error| {
            let previous = self.previous.as_ref().and_then(|previous| attempt(previous).ok());
            previous.map(|result| (result, Generation::Previous)).ok_or(error)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn the_previous_secret_is_asked_only_when_the_current_one_fails() {
        let mut secrets = Rotating::new(3);
        secrets.set_previous(5);
        let asked = Cell::new(0);
        let attempt = |wanted: i32| {
            asked.set(0);
            secrets.attempt(|secret| {
                asked.set(asked.get() + 1);
                if *secret == wanted { Ok(*secret) } else { Err(-*secret) }
            })
        };
        assert_eq!((attempt(3), asked.get()), (Ok((3, Generation::Current)), 1));
        assert_eq!((attempt(5), asked.get()), (Ok((5, Generation::Previous)), 2));
        assert_eq!((attempt(7), asked.get()), (Err(-3), 2));
        assert_eq!(Rotating::new(3).attempt(|secret| Err::<(), _>(*secret)), Err(3));
        assert_eq!(Rotating::new(3).get(Generation::Previous), None);
    }
}
