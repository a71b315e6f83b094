/// Writes the elements of a document below its root, in their order.
pub(crate) trait Writer: Sized {
    fn with_capacity(bytes: usize) -> Self;

    /// A text of any characters.
    fn text(&mut self, name: &str, text: &str);

    /// A text without a character that means anything in the document: `write` puts it at the end of the body so far.
    fn plain(&mut self, name: &str, write: impl FnOnce(&mut String));

    fn number(&mut self, name: &str, number: i64);

    fn open(&mut self, name: &str);

    fn close(&mut self, name: &str);

    /// Groups of one name, one after another.
    fn groups<T>(&mut self, name: &str, items: &[T], write: impl Fn(&mut Self, &T));

    /// The document whole.
    fn finish(self) -> String;
}
