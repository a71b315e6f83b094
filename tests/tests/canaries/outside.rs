use scenarios::Canaries;
use std::{
    error::Error,
    fmt::{Debug, Display, Write as _},
    io,
    sync::{Arc, Mutex},
};
use tracing_subscriber::{filter::LevelFilter, fmt::format::FmtSpan};

/// All that leaves the process, or might if somebody prints it.
pub(crate) struct Outside {
    log: Log,
    said: Mutex<Vec<(String, Vec<u8>)>>,
}

#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Outside {
    /// Everything that anybody logs from now on, our crates and those of others.
    pub(crate) fn listen() -> Self {
        let log = Log::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        Self { log, said: Mutex::default() }
    }

    /// Something that was shown, written, sent to a stranger or kept.
    pub(crate) fn hears(&self, place: &str, text: impl Into<Vec<u8>>) {
        self.said.lock().unwrap().push((place.to_owned(), text.into()));
    }

    pub(crate) fn hears_debug(&self, place: &str, value: &(impl Debug + ?Sized)) {
        self.hears(place, format!("{value:?} {value:#?}"));
    }

    /// Whatever can be printed of an error and its causes.
    pub(crate) fn hears_error(&self, place: &str, error: &(dyn Error + 'static), other: impl Display) {
        let mut text = format!("{other}");
        let mut next = Some(error);
        while let Some(error) = next {
            write!(text, "\n{error} {error:#} {error:?} {error:#?}").unwrap();
            next = error.source();
        }
        self.hears(place, text);
    }

    /// Where one of them is, and which.
    pub(crate) fn find(&self, canaries: &Canaries) -> Option<String> {
        let said = self.said.lock().unwrap();
        let mut found =
            said.iter().filter_map(|(place, text)| Some(format!("{place}: {}", canaries.find(text)?)));
        found.next().or_else(|| Some(format!("log: {}", canaries.find(&*self.log.0.lock().unwrap())?)))
    }

    /// The control: there was something to search.
    pub(crate) fn assert_heard_enough(&self) {
        let log = self.log.0.lock().unwrap();
        let log = String::from_utf8_lossy(&log);
        for part in
            ["wx_call", "wx_token", "/cgi-bin/qrcode/create", "wx_sim", "push refused", "TRACE", "observed"]
        {
            assert!(log.contains(part), "nothing was logged about {part}");
        }
        let said = self.said.lock().unwrap().len();
        assert!(said > 300 && log.len() > 500_000, "{said} {}", log.len());
    }
}
