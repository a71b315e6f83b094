use super::{
    page_content::{Ink, PageContent},
    pdf_file::PdfFile,
    shading::{Shading, color},
};
use pdf_writer::Ref;
use resvg::{
    tiny_skia::{Path, Transform},
    usvg::{
        self, BlendMode, ClipPath, Fill, FillRule, Group, Node, Opacity, Paint, PaintOrder, Stroke, Tree,
    },
};
use std::io::{self, Write};

/// Adds an SVG as shapes that fill the unit square; nothing if it does what shapes cannot say.
pub(super) fn add<W: Write>(file: &mut PdfFile<W>, tree: &Tree) -> io::Result<Option<Ref>> {
    if !is_vector(tree.root()) {
        return Ok(None);
    }
    let mut form = PageContent::new(1.0, 1.0);
    let (width, height) = (tree.size().width(), tree.size().height());
    form.content.transform([1.0 / width, 0.0, 0.0, -1.0 / height, 0.0, 1.0]);
    draw(tree.root(), 1.0, &mut form, file)?;
    file.form(form).map(Some)
}

fn is_vector(group: &Group) -> bool {
    let is_plain =
        group.mask().is_none() && group.filters().is_empty() && group.blend_mode() == BlendMode::Normal;
    // Two shapes in a see-through group show nothing of each other, which takes more than shapes.
    let is_opaque = group.opacity() == Opacity::ONE || shapes(group) <= 1;
    let is_clipped = group.clip_path().is_some_and(|clip| clip_outline(group, clip).is_none());
    let is_fine = |node: &Node| match node {
        Node::Group(group) => is_vector(group),
        Node::Path(path) => {
            let paints = path.fill().map(Fill::paint).into_iter();
            let mut paints = paints.chain(path.stroke().map(Stroke::paint));
            paints.all(|paint| matches!(paint, Paint::Color(_)) || Shading::of_svg(paint).is_some())
        }
        Node::Image(_) | Node::Text(_) => false,
    };
    is_plain && is_opaque && !is_clipped && group.children().iter().all(is_fine)
}

/// How many areas are painted.
fn shapes(group: &Group) -> usize {
    let of = |node: &Node| match node {
        Node::Group(group) => shapes(group),
        Node::Path(path) => usize::from(path.fill().is_some()) + usize::from(path.stroke().is_some()),
        Node::Image(_) | Node::Text(_) => 1,
    };
    group.children().iter().map(of).sum()
}

/// The outline and whether it is filled even-odd, of a clip path of one shape.
fn clip_outline(group: &Group, clip: &ClipPath) -> Option<(Path, bool)> {
    let (None, [node]) = (clip.clip_path(), clip.root().children()) else { return None };
    let (path, own) = match node {
        Node::Path(path) => (path, Transform::identity()),
        Node::Group(inner) => match (inner.children(), inner.clip_path()) {
            ([Node::Path(path)], None) => (path, inner.transform()),
            _ => return None,
        },
        Node::Image(_) | Node::Text(_) => return None,
    };
    let transform = group.abs_transform().pre_concat(clip.transform()).pre_concat(own);
    let is_even_odd = path.fill()?.rule() == FillRule::EvenOdd;
    Some((path.data().clone().transform(transform)?, is_even_odd))
}

fn draw<W: Write>(
    group: &Group,
    opacity: f32,
    form: &mut PageContent,
    file: &mut PdfFile<W>,
) -> io::Result<()> {
    let opacity = opacity * group.opacity().get();
    form.content.save_state();
    if let Some((path, is_even_odd)) = group.clip_path().and_then(|clip| clip_outline(group, clip)) {
        form.clip(&path, is_even_odd);
    }
    for node in group.children() {
        match node {
            Node::Group(group) => draw(group, opacity, form, file)?,
            Node::Path(path) if path.is_visible() => draw_path(path, opacity, form, file)?,
            Node::Path(_) | Node::Image(_) | Node::Text(_) => {}
        }
    }
    form.content.restore_state();
    Ok(())
}

fn draw_path<W: Write>(
    path: &usvg::Path,
    opacity: f32,
    form: &mut PageContent,
    pdf: &mut PdfFile<W>,
) -> io::Result<()> {
    let transform = path.abs_transform();
    let fill = path.fill().map(|fill| {
        (Some(path.data().clone()), fill.paint(), fill.opacity(), fill.rule() == FillRule::EvenOdd)
    });
    let stroke = path.stroke().map(|stroke| {
        let outline = path.data().stroke(&stroke.to_tiny_skia(), FINENESS);
        (outline, stroke.paint(), stroke.opacity(), false)
    });
    let mut parts = [fill, stroke];
    if path.paint_order() == PaintOrder::StrokeAndFill {
        parts.reverse();
    }
    for (outline, paint, own, is_even_odd) in parts.into_iter().flatten() {
        let Some(outline) = outline.and_then(|outline| outline.transform(transform)) else { continue };
        let ink = match (paint, Shading::of_svg(paint)) {
            (Paint::Color(plain), _) => Ink::Color(color(*plain)),
            (_, Some(shading)) => Ink::Shading { shading, transform },
            (_, None) => continue,
        };
        form.fill(&outline, &ink, opacity * own.get(), is_even_odd, pdf)?;
    }
    Ok(())
}

/// How much finer than its units a line's outline is worked out.
const FINENESS: f32 = 16.0;
