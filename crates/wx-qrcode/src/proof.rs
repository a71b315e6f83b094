use crate::{Error, Image};

impl Image {
    /// What the code in the picture says: its symbol is found and decoded, in a picture of at most 25 million pixels.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unreadable`](crate::ErrorKind::Unreadable) if the file is damaged, larger, or shows no code.
    pub fn text(&self) -> Result<String, Error> {
        let text = wx_render::read_one(self.bytes()).map_err(|error| Error::unreadable(error.to_string()))?;
        text.ok_or_else(|| Error::unreadable("no code can be read in it".to_owned()))
    }

    /// Checks that the code in the picture says exactly this, the `url` that came with its ticket.
    ///
    /// # Errors
    ///
    /// As with [`text`](Self::text), and [`ErrorKind::OtherCode`](crate::ErrorKind::OtherCode) if it says something else.
    pub fn prove(&self, url: &str) -> Result<(), Error> {
        if self.text()? == url { Ok(()) } else { Err(Error::other_code()) }
    }
}
