/// One element of a reply as the platform reads it: no attributes, no DTD, text joined from its pieces.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Element<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: String,
    pub(crate) children: Vec<Element<'a>>,
}

impl<'a> Element<'a> {
    /// Reads a whole document. The work is proportional to its length, and nesting ends at [`DEEPEST`].
    pub(crate) fn read(document: &'a str) -> Option<Self> {
        let mut reader = Reader { rest: document };
        reader.skip_prolog()?;
        let root = reader.element(DEEPEST)?;
        reader.rest.trim().is_empty().then_some(root)
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of a child; empty where there is none.
    pub(crate) fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }
}

/// The deepest reply, a news reply, has four floors.
const DEEPEST: u8 = 8;

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn skip_prolog(&mut self) -> Option<()> {
        self.rest = self.rest.trim_start();
        if self.eat("<?xml") {
            self.until("?>")?;
            self.rest = self.rest.trim_start();
        }
        Some(())
    }

    fn element(&mut self, floors: u8) -> Option<Element<'a>> {
        let floors = floors.checked_sub(1)?;
        self.eat("<").then_some(())?;
        let tag = self.until(">")?;
        let name = tag.strip_suffix('/').unwrap_or(tag).trim_end();
        is_name(name).then_some(())?;
        let mut element = Element { name, text: String::new(), children: Vec::new() };
        if !tag.ends_with('/') {
            self.content(&mut element, floors)?;
        }
        Some(element)
    }

    fn content(&mut self, element: &mut Element<'a>, floors: u8) -> Option<()> {
        loop {
            if self.eat("</") {
                return (self.until(">")?.trim_end() == element.name).then_some(());
            } else if self.eat("<![CDATA[") {
                element.text += self.until("]]>")?;
            } else if self.eat("<!--") {
                self.until("-->")?;
            } else if self.rest.starts_with('<') {
                element.children.push(self.element(floors)?);
            } else {
                let (text, rest) = self.rest.split_at(self.rest.find('<')?);
                self.rest = rest;
                unescape_into(&mut element.text, text)?;
            }
        }
    }

    fn eat(&mut self, start: &str) -> bool {
        let rest = self.rest.strip_prefix(start);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn until(&mut self, end: &str) -> Option<&'a str> {
        let (before, after) = self.rest.split_once(end)?;
        self.rest = after;
        Some(before)
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

fn unescape_into(target: &mut String, text: &str) -> Option<()> {
    let mut pieces = text.split('&');
    *target += pieces.next()?;
    for piece in pieces {
        let (entity, rest) = piece.split_once(';')?;
        target.push(character(entity)?);
        *target += rest;
    }
    Some(())
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = entity.strip_prefix('#')?;
            let hex = number.strip_prefix('x').map(|digits| u32::from_str_radix(digits, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_the_pieces_of_a_text() {
        let document =
            "<?xml version=\"1.0\"?>\n<xml><A>1 &lt; <![CDATA[2 & <b>]]>&#x4f60;<!-- no --></A><B/></xml>\n";
        let root = Element::read(document).unwrap();
        assert_eq!(root.text_of("A"), "1 < 2 & <b>你");
        assert_eq!(root.child("B").unwrap().text, "");
        assert_eq!(root.child("C"), None);
    }

    #[test]
    fn refuses_what_is_not_well_formed() {
        let deep = format!("{}{}", "<a>".repeat(9), "</a>".repeat(9));
        for bad in [
            "",
            "success",
            "<xml>",
            "<xml></XML>",
            "<xml></xml>x",
            "<xml><A></xml>",
            "<xml>&nbsp;</xml>",
            "<xml>a & b</xml>",
            "<xml><A><![CDATA[</A></xml>",
            "<!DOCTYPE x [<!ENTITY a 'b'>]><xml></xml>",
            "<1></1>",
            deep.as_str(),
        ] {
            assert_eq!(Element::read(bad), None, "{bad}");
        }
    }
}
