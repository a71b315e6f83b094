use pdf_writer::{Dict, Name, Ref, writers::Resources as Writer};

/// The objects that a content refers to, each by a name that is its number.
#[derive(Debug, Default)]
pub(super) struct Resources {
    pictures: Vec<Ref>,
    shadings: Vec<Ref>,
    opacities: Vec<Ref>,
}

impl Resources {
    /// The name under which it is drawn.
    pub(super) fn picture(&mut self, id: Ref) -> String {
        named(&mut self.pictures, 'P', id)
    }

    pub(super) fn shading(&mut self, id: Ref) -> String {
        named(&mut self.shadings, 'S', id)
    }

    pub(super) fn opacity(&mut self, id: Ref) -> String {
        named(&mut self.opacities, 'G', id)
    }

    pub(super) fn write(&self, mut resources: Writer<'_>) {
        write(resources.x_objects(), 'P', &self.pictures);
        write(resources.shadings(), 'S', &self.shadings);
        write(resources.ext_g_states(), 'G', &self.opacities);
    }
}

fn write(mut names: Dict<'_>, letter: char, ids: &[Ref]) {
    for id in ids {
        names.pair(Name(format!("{letter}{}", id.get()).as_bytes()), *id);
    }
}

fn named(all: &mut Vec<Ref>, letter: char, id: Ref) -> String {
    if !all.contains(&id) {
        all.push(id);
    }
    format!("{letter}{}", id.get())
}
